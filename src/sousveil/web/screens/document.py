"""Document ``/d/{id}``: its text with everything found in it, linked both ways; ``/n`` and ``/e`` lead here."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from sousveil.ask.cite import CitedFinding, Language, cited_of
from sousveil.ask.facsimile import has_pictures
from sousveil.ask.filters import Filters
from sousveil.ask.passages import Sought, find_matches
from sousveil.ask.procurement import ProcurementView, show_procurement
from sousveil.ask.show import DocumentView, finding_json
from sousveil.ask.understand import understand
from sousveil.chart.words import statement
from sousveil.exceptions import NotFoundError, UsageError
from sousveil.model import Amount, Field, Finding, Notice, Page
from sousveil.store.reviews import states_of
from sousveil.web import links
from sousveil.web.asked import Answer, Asked, Elsewhere
from sousveil.web.marks import Layers, Line, Quoted, Rows, glosses_of, lay_out, number_quotes
from sousveil.web.screens.facsimile import form_href, is_picture_asked, is_poor, show_picture, sureness
from sousveil.web.screens.naming import dossiers_of

PAGES = 24
"""Pages of a document that are shown at once: a tender of eighty pages would be two megabytes of markup."""
_MOST_NOTICES = 40
"""Notices of one file whose fields are shown; a dump has thousands, and the search finds each."""
_FIELDS = (
    ("buyer", "Buyer"),
    ("agency", "Agency"),
    ("publication_date", "Published"),
    ("notice_type", "Type"),
    ("project_number", "Number"),
    ("method", "Method"),
    ("deadline", "Deadline"),
)


@dataclass(frozen=True, slots=True)
class PageShown:
    """A page laid out, and how often the search was found in it before it began."""

    page: Page
    blocks: tuple[Line | Rows, ...]
    found: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Stated:
    """A field of the notice: label, what it says, and where: page and offset of the words."""

    label: str
    value: Field | Amount
    href: str


def document(asked: Asked) -> Answer:
    """Answer with a document; ``?p=`` opens it at a page, ``?q=`` marks words, ``?form=image`` shows a picture.

    Raises:
        NotFoundError: there is none with this id.
    """
    view = asked.dataset.document(asked.path["id"])
    pages = view.document.pages
    number = asked.number("p", 1, least=1)
    first = _first(view, number)
    page = next((one for one in pages if one.number == number), None)
    is_picture = is_picture_asked(asked, view, page)
    shown = (page,) if page is not None and is_picture else pages[first : first + PAGES]
    found = asked.dataset.store.findings_in([notice.id for notice in view.notices])
    quoted = number_quotes(one for several in found.values() for one in several if one.state == "stated")
    numbers = {page.number for page in shown}
    here = [one for one in quoted if one.page in numbers]
    sought = _sought(asked)
    chosen = heading_notice(view, asked.text("notice"), numbers)
    laid = [] if is_picture else [_page(view, one, here, sought) for one in shown]
    return Answer(
        "document.html",
        view.to_json,
        {
            "view": view,
            "document": view.document,
            "notice": chosen,
            "stated": _stated(chosen) if chosen else [],
            "dossiers": dossiers_of(asked, [chosen.id]) if chosen else {},
            "purchase": _purchase(asked, chosen),
            "pages": laid,
            "picture": None,
            "forms": _forms(asked, view, page),
            "sureness": sureness(page) if page is not None and is_poor(page) else None,
            "quoted": here,
            "elsewhere": len(quoted) - len(here),
            "codes": Counter(one.code for one in here).most_common(),
            "statement": statement,
            "query": asked.text("q"),
            "first": first,
            "window": PAGES,
            "sections": _windows(view, asked),
            "reviews": states_of(asked.dataset.store, [finding.id for one in here for finding in one.findings]),
            "token": asked.writing.token if asked.writing else "",
            "form": asked.text("form"),
            "citation": _citation(asked, chosen) if chosen else "",
            "citations": _citations(asked, view, here),
            "others": [notice for notice in view.notices if chosen is None or notice.id != chosen.id][:_MOST_NOTICES],
            "left_out": max(0, len(view.notices) - _MOST_NOTICES),
        },
        late={"picture": partial(show_picture, asked, view, page, here, find_matches(page, sought))}
        if is_picture and page
        else {},
        has_forms=asked.writing is not None,
    )


def document_answer(asked: Asked) -> Answer:
    """Answer with a document, for programs.

    Raises:
        NotFoundError: there is none with this id.
    """
    return Answer("error.html", asked.dataset.document(asked.path["id"]).to_json)


def notice(asked: Asked) -> Elsewhere:
    """Lead to the document of a notice, at its first page.

    Raises:
        NotFoundError: there is none with this id.
    """
    found = asked.dataset.store.notice(asked.path["id"])
    path = links.with_query(links.page("d", found.document), [("p", found.first_page), ("notice", found.id)])
    return Elsewhere(f"{path}#page-{found.first_page}")


def notice_answer(asked: Asked) -> Answer:
    """Answer with a notice, for programs.

    Raises:
        NotFoundError: there is none with this id.
    """
    return Answer("error.html", asked.dataset.notice(asked.path["id"]).to_json)


def finding(asked: Asked) -> Elsewhere:
    """Lead to the passage of a finding: this address is stable, for it is made of what the file holds.

    Raises:
        NotFoundError: there is none with this id.
    """
    found = asked.dataset.finding(asked.path["id"])
    where = asked.dataset.store.notice(found.notice)
    path = links.with_query(links.page("d", where.document), [("p", found.span.page), ("notice", _several(found))])
    return Elsewhere(f"{path}#f-{found.id}")


def finding_answer(asked: Asked) -> Answer:
    """Answer with a finding, for programs.

    Raises:
        NotFoundError: there is none with this id.
    """
    found = asked.dataset.finding(asked.path["id"])
    return Answer("error.html", lambda: finding_json(found))


def _citations(asked: Asked, view: DocumentView, quoted: Sequence[Quoted]) -> dict[int, str]:
    """Return how each quoted stretch is cited, by its number."""
    cited = cited_of(asked.dataset.store, view.notices)
    language = _citing_in(asked)
    return {
        one.number: CitedFinding.of(one.findings[0], cited[one.findings[0].notice]).cite(language=language)
        for one in quoted
    }


def _citation(asked: Asked, notice: Notice) -> str:
    """Return how a notice is cited as a whole."""
    return cited_of(asked.dataset.store, [notice])[notice.id].cite(language=_citing_in(asked))


def _citing_in(asked: Asked) -> Language:
    return "zh" if asked.language == "zh" else "en"


def _several(found: Finding) -> str:
    return found.notice if "#" in found.notice else ""


def _forms(asked: Asked, view: DocumentView, page: Page | None) -> dict[str, str]:
    """Return the addresses of a page as text and as a picture; none where pages have no fixed look."""
    if page is None or not has_pictures(view.document):
        return {}
    return {form: form_href(asked, view, form, page.number) for form in ("text", "image")}


def _first(view: DocumentView, number: int) -> int:
    """Return the index of the first page shown so that page ``number`` is among them."""
    numbers = [page.number for page in view.document.pages]
    if number not in numbers:
        raise NotFoundError(f"Document {view.document.id} has {len(numbers)} pages, and no page {number}.")
    return numbers.index(number) // PAGES * PAGES


def heading_notice(view: DocumentView, asked: str, numbers: set[int]) -> Notice | None:
    """Return the notice whose fields head the page: the one asked for, else the first of which a page is shown."""
    named = next((one for one in view.notices if one.id == asked), None)
    shown = (one for one in view.notices if any(one.first_page <= page <= one.last_page for page in numbers))
    return named or next(shown, None)


def _sought(asked: Asked) -> Sought:
    """Return the words to be marked; a query that cannot be understood marks nothing."""
    query = asked.text("q")
    if not query:
        return Sought.of(())
    data = asked.dataset
    try:
        return understand(data.store, data.words, query, Filters(), own=data.own_terms).sought
    except UsageError:
        return Sought.of(())


def _page(view: DocumentView, page: Page, quoted: list[Quoted], sought: Sought) -> PageShown:
    here = tuple(one for one in quoted if one.page == page.number)
    found = find_matches(page, sought)
    layers = Layers(here, found, glosses_of(page, here))
    return PageShown(page, tuple(lay_out(page, view.document.tables, layers)), found)


def _stated(notice: Notice) -> list[Stated]:
    path = links.page("d", notice.document)
    told: list[tuple[str, Field | Amount | None]] = [(label, getattr(notice, name)) for name, label in _FIELDS]
    told[2:2] = [("Supplier", one) for one in notice.suppliers]
    told += [("Budget", notice.budget), ("Award", notice.award_amount)]
    return [
        Stated(label, value, f"{links.with_query(path, [('p', value.span.page)])}#page-{value.span.page}")
        for label, value in told
        if value is not None
    ]


def _purchase(asked: Asked, notice: Notice | None) -> ProcurementView | None:
    """Return the purchase of a notice; None before purchases were put together."""
    if notice is None:
        return None
    try:
        return show_procurement(asked.dataset.store, notice.id)
    except NotFoundError:
        return None


def _windows(view: DocumentView, asked: Asked) -> list[tuple[str, str]]:
    """Return the stretches of pages of a long document: label and address."""
    pages = view.document.pages
    if len(pages) <= PAGES:
        return []
    path = links.page("d", view.document.id)
    query = asked.text("q")
    return [
        (
            f"{pages[start].number}–{pages[min(start + PAGES, len(pages)) - 1].number}",
            links.with_query(path, [("q", query), ("p", pages[start].number)]),
        )
        for start in range(0, len(pages), PAGES)
    ]
