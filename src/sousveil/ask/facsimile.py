"""Pictures of pages: drawn by a locked-down worker when they are asked for, kept by what they were made of.

The name under which a picture is kept is made of the bytes of the file, the masked text of the page, its masks and the
versions of the steps: a page that is masked anew has a new picture, and the old one is never found again.
"""

from __future__ import annotations

import contextlib
import hashlib
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from threading import Lock
from typing import TYPE_CHECKING

import msgspec

from sousveil.ask.pictures_kept import KeptPictures
from sousveil.ask.proof import stored_as
from sousveil.ask.sightings import Seen
from sousveil.evidence.vault import Vault
from sousveil.exceptions import NotFoundError, SandboxError, WithheldError, WorkerError
from sousveil.model import Document, Page
from sousveil.parse.facsimile.drawn import Drawn, Place
from sousveil.parse.facsimile.pixels import to_png
from sousveil.pipeline import VERSIONS
from sousveil.run.pool import Pool
from sousveil.run.protocol import Job, Json
from sousveil.settings import DEFAULT_LIMITS, Limits

if TYPE_CHECKING:
    from pathlib import Path

DRAWER = "sousveil.pipeline.picturing:work"
"""What the worker runs, by name."""

_FORMAT = "facsimile=1"
"""Version of how pages are drawn."""
_LONGEST_S = 15.0
"""Seconds that a page may take; real ones take one at most, and somebody waits."""
_LEAST_SAME_LINE = 0.5
"""Share of the height of the lower one by which two letters of a line overlap."""

_WARMING, _ASKED = 0, 1
"""Keys of jobs: the answer to the first, which only starts the worker, is passed by."""

_decode = msgspec.json.Decoder(Drawn).decode


@dataclass(frozen=True, slots=True, kw_only=True)
class Facsimile:
    """The picture of a page on which nobody can be seen.

    Attributes:
        width: in pixels.
        height: likewise.
        png: grey, with nothing in it but a size and pixels.
        places: where the words of the page stand, by their offsets in its text.
    """

    width: int
    height: int
    png: bytes
    places: tuple[Place, ...]

    @property
    def tag(self) -> str:
        """What changes when the picture does."""
        return hashlib.sha256(self.png).hexdigest()[:32]

    def areas(self, start: int, end: int) -> list[tuple[int, int, int, int]]:
        """Return where a passage stands, line by line: left, top, right, bottom in pixels."""
        found: list[tuple[int, int, int, int]] = []
        for first, last, *box in self.places:
            if last <= start or first >= end:
                continue
            area = _part(first, last, box, (max(start, first), min(end, last)))
            if found and _is_same_line(found[-1], area):
                before = found[-1]
                found[-1] = (
                    min(before[0], area[0]),
                    min(before[1], area[1]),
                    max(before[2], area[2]),
                    max(before[3], area[3]),
                )
            else:
                found.append(area)
        return found


def _part(first: int, last: int, box: Sequence[int], kept: tuple[int, int]) -> tuple[int, int, int, int]:
    """Return the part of a line that was recognised as a whole, as if its characters were equally wide."""
    left, top, right, bottom = box
    wide = (right - left) / max(last - first, 1)
    return int(left + (kept[0] - first) * wide), top, int(left + (kept[1] - first) * wide), bottom


def _is_same_line(one: tuple[int, int, int, int], other: tuple[int, int, int, int]) -> bool:
    shared = min(one[3], other[3]) - max(one[1], other[1])
    low = min(one[3] - one[1], other[3] - other[1])
    return shared >= _LEAST_SAME_LINE * low and -low * 2 <= other[0] - one[2] <= low * 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """A picture that is asked for: which bytes, which page as it is stored, and how many pages the file has."""

    file: str
    stored_as: str
    member: str
    name: str
    page: Page
    count: int

    @property
    def key(self) -> str:
        """The name under which the picture is kept."""
        made_of = msgspec.json.encode((self.file, self.page, self.count, VERSIONS, _FORMAT))
        return hashlib.sha256(made_of).hexdigest()


def has_pictures(document: Document) -> bool:
    """Return whether the pages of a document have a fixed look: PDFs and picture files."""
    return document.media_type == "application/pdf" or document.media_type.startswith("image/")


class Facsimiles:
    """Draws the pages of one dataset, one at a time.

    Args:
        vault: the bytes as found.
        folder: where pictures are kept; need not be there, nor be writable.
        limits: what drawing may cost.
    """

    def __init__(self, vault: Vault, folder: Path, limits: Limits = DEFAULT_LIMITS) -> None:
        self._vault, self._limits = vault, limits
        self._kept = KeptPictures(folder, f"{VERSIONS} {_FORMAT}")
        self._turn = Lock()
        self._pool: Pool | None = None

    def wanted(self, document: Document, sightings: Sequence[Seen], number: int) -> Wanted:
        """Return what the picture of a page is made of.

        Raises:
            NotFoundError: there is no such page.
            WithheldError: pages of such files have no fixed look.
            EvidenceError: the bytes are stored nowhere.
        """
        page = next((page for page in document.pages if page.number == number), None)
        if page is None:
            raise NotFoundError(f"Document {document.id} has {len(document.pages)} pages, and no page {number}.")
        if not has_pictures(document):
            raise WithheldError(f"pages of {document.media_type} have no fixed look", "Read the text.")
        stored, member = stored_as(self._vault, document.file, sightings)
        return Wanted(
            file=document.file,
            stored_as=stored,
            member=member,
            name=document.name,
            page=page,
            count=len(document.pages),
        )

    def draw(self, wanted: Wanted) -> Facsimile:
        """Return the picture of a page.

        Raises:
            WithheldError: there is none that may be shown; the message says why and what to do.
            EvidenceError: the bytes are missing or damaged.
            WorkerError: no worker starts.
        """
        with self._turn:
            kept = self._kept.load(wanted.key, Facsimile)
            if kept is not None:
                return kept
            picture = self._draw(wanted)
            self._kept.keep(wanted.key, picture)
            return picture

    def prepare(self) -> None:
        """Have a worker started, so that the first picture need not wait; what hinders it is told then."""
        with self._turn, contextlib.suppress(SandboxError, WorkerError):
            self._started().submit(Job(key=_WARMING, header=_header("", "", Page(1, ""), 1), payload=b""))

    def close(self) -> None:
        """End the worker."""
        with self._turn:
            pool, self._pool = self._pool, None
            if pool is not None:
                pool.close()

    def _started(self) -> Pool:
        if self._pool is None:
            limits = self._limits
            patience_s = min(limits.timeout_s, _LONGEST_S)
            self._pool = Pool.within(DRAWER, replace(limits, timeout_s=patience_s, cpu_s=_LONGEST_S), jobs=1)
        return self._pool

    def _draw(self, wanted: Wanted) -> Facsimile:
        pool = self._started()
        changed = {key: value for key, value in asdict(self._limits).items() if value != getattr(DEFAULT_LIMITS, key)}
        header = _header(wanted.name, wanted.member, wanted.page, wanted.count) | changed
        pool.submit(Job(key=_ASKED, header=header, payload=self._vault.load(wanted.stored_as)))
        try:
            answers = pool.take()
            while not any(answer.key == _ASKED for answer in answers):
                answers = pool.take()
        except (SandboxError, WorkerError):
            self._pool = None
            pool.close()
            raise
        answer = next(answer for answer in answers if answer.key == _ASKED)
        if answer.crashes:
            raise WithheldError(answer.crashes[0].reason, "Read the text of the page.")
        return _checked(answer.parts)


def _header(name: str, member: str, page: Page, count: int) -> dict[str, Json]:
    return {"name": name, "member": member, "stored": msgspec.json.encode(page).decode(), "count": count}


def _checked(parts: Sequence[bytes]) -> Facsimile:
    """Return the picture that a worker gave, in which only pixels are taken over.

    Raises:
        WithheldError: it gave none, or what it gave is no picture.
    """
    try:
        drawn = _decode(parts[0])
        if drawn.reason:
            raise WithheldError(drawn.reason, drawn.advice)
        png = to_png(drawn.pixels, drawn.width, drawn.height)
    except (IndexError, ValueError, msgspec.DecodeError) as error:
        raise WithheldError("what draws pages gave no picture", "Read the text of the page.") from error
    return Facsimile(width=drawn.width, height=drawn.height, png=png, places=drawn.places)
