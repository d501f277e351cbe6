"""Text of a page in pieces: what is quoted by findings, what was searched, what was covered, what has a gloss.

Pieces are cut at stored offsets, never at tokens, and put together again they are the text of the page, character for
character.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from sousveil.model import Finding, Page, Table
from sousveil.text.fold import even, fold
from sousveil.web.words import code_of, gloss_of


@dataclass(frozen=True, slots=True)
class Quoted:
    """A stretch of a page that one or several findings quote.

    Attributes:
        number: in the order of the text of the document, from 1.
        code: three letters, of its first capability, else of its first kind; the colour.
        findings: that quote exactly this stretch.
    """

    number: int
    page: int
    start: int
    end: int
    code: str
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of text of which everything holds from its first to its last character.

    Attributes:
        quoted: stretches it lies in.
        begins: stretches of which it is the first piece.
        ends: stretches of which it is the last piece.
        found: number of the match of the search it lies in, from 1; 0 for none.
        covered: kind of what was covered (``name``, ``phone``); empty for nothing.
        gloss: English of the term it belongs to; empty for none.
    """

    text: str
    start: int
    quoted: tuple[Quoted, ...] = ()
    begins: tuple[Quoted, ...] = ()
    ends: tuple[Quoted, ...] = ()
    found: int = 0
    covered: str = ""
    gloss: str = ""

    @property
    def code(self) -> str:
        """Code of the shortest stretch it lies in: the most precise statement gives the colour."""
        return min(self.quoted, key=lambda one: one.end - one.start).code if self.quoted else ""


@dataclass(frozen=True, slots=True)
class Line:
    """A line of running text."""

    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class CellShown:
    """A cell of a table."""

    pieces: tuple[Piece, ...]
    row_span: int
    column_span: int
    is_header: bool


@dataclass(frozen=True, slots=True)
class Rows:
    """A table, or its part on one page."""

    rows: tuple[tuple[CellShown, ...], ...]


@dataclass(frozen=True, slots=True)
class Layers:
    """Everything that is shown of one page, beside its text.

    Attributes:
        quoted: in the order of the text.
        found: matches of the search, apart from one another.
        glosses: stretches that a term of the lexicon covers, with its English.
    """

    quoted: tuple[Quoted, ...] = ()
    found: tuple[tuple[int, int], ...] = ()
    glosses: tuple[tuple[int, int, str], ...] = field(default=())


def number_quotes(findings: Iterable[Finding]) -> tuple[Quoted, ...]:
    """Return the stretches that findings quote, each once, numbered in the order of the text."""
    stretches: dict[tuple[int, int, int], list[Finding]] = {}
    for one in findings:
        stretches.setdefault((one.span.page, one.span.start, one.span.end), []).append(one)
    quoted = []
    for number, (place, found) in enumerate(sorted(stretches.items(), key=lambda item: item[0]), 1):
        found.sort(key=lambda one: (one.kind != "capability", -one.score, one.value))
        quoted.append(Quoted(number, *place, code_of(found[0].value, found[0].kind), tuple(found)))
    return tuple(quoted)


def glosses_of(page: Page, quoted: Sequence[Quoted]) -> tuple[tuple[int, int, str], ...]:
    """Return where the terms stand by which capabilities were found, with their English, apart from one another."""
    plain = even(fold(page.text))
    places: dict[tuple[int, int], str] = {}
    for one in quoted:
        for term, gloss in {gloss_of(finding) for finding in one.findings} - {("", "")}:
            key = even(fold(term))
            at = plain.find(key, one.start, one.end) if key else -1
            if at >= 0:
                places[at, at + len(key)] = gloss
    apart: list[tuple[int, int, str]] = []
    for (start, end), gloss in sorted(places.items(), key=lambda item: (item[0][0], -item[0][1])):
        if not apart or start >= apart[-1][1]:
            apart.append((start, end, gloss))
    return tuple(apart)


def lay_out(page: Page, tables: Sequence[Table], layers: Layers) -> Iterator[Line | Rows]:
    """Yield the lines and tables of a page in order.

    Args:
        page: its masked text.
        tables: of the document; those of other pages are passed over.
        layers: what is shown in it.
    """
    pieces = tuple(cut(page, layers))
    here = sorted((table for table in tables if table.page == page.number and table.cells), key=_begin)
    place = 0
    for table in here:
        if _begin(table) < place:
            continue  # a table in a cell of the one before: its words stand there
        yield from _lines(pieces, page.text, place, _begin(table))
        yield Rows(tuple(_rows(pieces, table)))
        place = max(cell.end for cell in table.cells)
    yield from _lines(pieces, page.text, place, len(page.text))


def cut(page: Page, layers: Layers) -> Iterator[Piece]:
    """Yield the pieces of a page; joined they are its text."""
    stretches = [(one.start, one.end) for one in layers.quoted]
    stretches += [(mask.start, mask.end) for mask in page.masks]
    stretches += [*layers.found, *((start, end) for start, end, _ in layers.glosses)]
    size = len(page.text)
    cuts = sorted({0, size, *(min(max(place, 0), size) for stretch in stretches for place in stretch)})
    waiting = list(layers.quoted)
    open_now: list[Quoted] = []
    for start, end in pairwise(cuts):
        begins = [one for one in waiting if one.start == start and one.end > start]
        waiting = [one for one in waiting if one.start > start]
        open_now = [one for one in open_now if one.end > start] + begins
        yield Piece(
            text=page.text[start:end],
            start=start,
            quoted=tuple(open_now),
            begins=tuple(begins),
            ends=tuple(one for one in open_now if one.end == end),
            found=next((place for place, one in enumerate(layers.found, 1) if one[0] <= start < one[1]), 0),
            covered=next((mask.kind for mask in page.masks if mask.start <= start < mask.end), ""),
            gloss=next((gloss for first, last, gloss in layers.glosses if first <= start < last), ""),
        )


def _begin(table: Table) -> int:
    return min(cell.start for cell in table.cells)


def _lines(pieces: Sequence[Piece], text: str, start: int, end: int) -> Iterator[Line]:
    """Yield the lines between two offsets; empty ones part nothing that a reader misses."""
    while start < end:
        stop = text.find("\n", start, end)
        stop = end if stop < 0 else stop
        if text[start:stop].strip(" |　"):
            yield Line(clip(pieces, start, stop))
        start = stop + 1


def _rows(pieces: Sequence[Piece], table: Table) -> Iterator[tuple[CellShown, ...]]:
    rows: dict[int, list[CellShown]] = {}
    for cell in sorted(table.cells, key=lambda one: (one.row, one.column)):
        shown = CellShown(clip(pieces, cell.start, cell.end), cell.row_span, cell.column_span, cell.is_header)
        rows.setdefault(cell.row, []).append(shown)
    yield from (tuple(row) for _, row in sorted(rows.items()))


def clip(pieces: Sequence[Piece], start: int, end: int) -> tuple[Piece, ...]:
    """Return what lies of pieces between two offsets; what begins or ends outside does so no more."""
    clipped = []
    for piece in pieces:
        stop = piece.start + len(piece.text)
        if stop <= start or piece.start >= end:
            continue
        first, last = max(piece.start, start), min(stop, end)
        clipped.append(
            Piece(
                piece.text[first - piece.start : last - piece.start],
                first,
                piece.quoted,
                piece.begins if first == piece.start else (),
                piece.ends if last == stop else (),
                piece.found,
                piece.covered,
                piece.gloss,
            )
        )
    return tuple(clipped)
