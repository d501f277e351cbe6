"""Page as a picture ``/d/{id}?form=image&p=N``, with the passages of findings on it; ``/d/{id}/pages/N.png`` alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import Response

from sousveil.ask.facsimile import Facsimile, Wanted, has_pictures
from sousveil.ask.show import DocumentView
from sousveil.exceptions import SousveilError
from sousveil.model import Page
from sousveil.web import links
from sousveil.web.asked import Asked
from sousveil.web.marks import Quoted

POOR = 0.8
"""Mean confidence of recognised words below which a page is opened as a picture; the reader of scans marks it, too."""

Area = tuple[int, int, int, int]
"""Left, top, width, height in pixels."""


@dataclass(frozen=True, slots=True)
class Boxed:
    """A passage on the picture: what quotes it, and where it stands, line by line."""

    quoted: Quoted
    areas: tuple[Area, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PictureShown:
    """A page as a picture.

    Attributes:
        page: its number.
        href: address of the picture; empty where there is none.
        withheld: why there is none, and what to do.
        boxed: passages of findings.
        found: where the words of the search stand.
        before: address of the page before; empty for none.
        after: address of the page behind it; empty for none.
    """

    page: int
    href: str = ""
    withheld: str = ""
    width: int = 0
    height: int = 0
    boxed: tuple[Boxed, ...] = ()
    found: tuple[Area, ...] = ()
    before: str = ""
    after: str = ""


def is_picture_asked(asked: Asked, view: DocumentView, page: Page | None) -> bool:
    """Return whether the page is to be shown as a picture: as asked, else where it was recognised badly."""
    form = asked.text("form")
    if page is None or not has_pictures(view.document):
        return False
    return form == "image" or (form != "text" and is_poor(page))


def sureness(page: Page) -> float:
    """Return how sure the engine is of a page, each word weighing as much as it has characters; 1 where it was read."""
    weight = sum(box.end - box.start for box in page.boxes)
    return sum(box.confidence * (box.end - box.start) for box in page.boxes) / weight if weight else 1.0


def is_poor(page: Page) -> bool:
    """Return whether the words of a page should be compared with its picture before anybody relies on them."""
    return sureness(page) < POOR


def form_href(asked: Asked, view: DocumentView, form: str, page: int) -> str:
    """Return the address of a page of a document in one of its two forms."""
    query = [("form", form), ("p", page), ("q", asked.text("q")), ("notice", asked.text("notice"))]
    return links.with_query(links.page("d", view.document.id), query)


def show_picture(
    asked: Asked, view: DocumentView, page: Page, quoted: Sequence[Quoted], found: Sequence[tuple[int, int]]
) -> PictureShown:
    """Return a page as a picture, or why there is none; ``quoted`` and ``found`` are what is marked on it.

    A bad file takes 15 s to be given up: this asks the vault and a worker, never the store, so that nobody has to wait.
    """
    number = page.number
    numbers = {one.number for one in view.document.pages}
    before = form_href(asked, view, "image", number - 1) if number - 1 in numbers else ""
    after = form_href(asked, view, "image", number + 1) if number + 1 in numbers else ""
    facsimiles = asked.dataset.facsimiles
    try:
        picture = facsimiles.draw(facsimiles.wanted(view.document, view.sightings, number))
    except SousveilError as error:
        return PictureShown(page=number, withheld=str(error), before=before, after=after)
    return PictureShown(
        page=number,
        href=f"{links.page('d', view.document.id)}/pages/{number}.png",
        width=picture.width,
        height=picture.height,
        boxed=tuple(
            Boxed(one, areas) for one in quoted if one.page == number and (areas := _areas(picture, one.start, one.end))
        ),
        found=tuple(area for start, end in found for area in _areas(picture, start, end)),
        before=before,
        after=after,
    )


def _areas(picture: Facsimile, start: int, end: int) -> tuple[Area, ...]:
    return tuple(
        (left, top, max(right - left, 1), max(bottom - top, 1))
        for left, top, right, bottom in picture.areas(start, end)
    )


def wanted(asked: Asked) -> Wanted:
    """Return which picture is asked for.

    Raises:
        NotFoundError: there is no such document or page.
        WithheldError: its pages have no fixed look.
    """
    view = asked.dataset.document(asked.path["id"])
    return asked.dataset.facsimiles.wanted(view.document, view.sightings, int(asked.path["number"]))


def png(picture: Facsimile, request: Request) -> Response:
    """Return a picture alone, or that it is still the same as the one that the asker has."""
    tag = f'"{picture.tag}"'
    headers = {"etag": tag}
    if tag in [one.strip() for one in request.headers.get("if-none-match", "").split(",")]:
        return Response(status_code=304, headers=headers)
    return Response(picture.png, media_type="image/png", headers=headers)
