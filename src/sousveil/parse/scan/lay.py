"""Lines of text somewhere on a page -> items in the order of reading, each word still knowing its place.

A piece is a line of text, or the part of one that lies in one cell. What is written to the page is made of pieces put
one after the other, so the place of each is found by counting characters.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby, pairwise

from sousveil.model import TextBox
from sousveil.parse.aligned import MIN_HEADS, Segment, find_aligned
from sousveil.parse.heads import has_heads
from sousveil.parse.layout import Box, Item, Place, Row, Seen, clean_line
from sousveil.parse.ruling import Grid, find_grids
from sousveil.parse.wrapped import body_width, char_width, join_cell, join_wrapped

_SAME_LINE = 0.5
"""Share of the lower one's height by which two pieces must overlap to stand on one line."""
_LONG_CELL_CHARS = 1_500


@dataclass(frozen=True, slots=True)
class Piece:
    """Words with their place, in points, y upwards: levelled for sorting, and on the picture as it is."""

    text: str
    left: float
    bottom: float
    right: float
    top: float
    box: TextBox
    """On the picture; its offsets are set when the words are written."""

    @property
    def middle(self) -> float:
        """Height of the middle."""
        return (self.bottom + self.top) / 2


def lay_pieces(pieces: Sequence[Piece], grids: Sequence[Grid]) -> list[Item]:
    """Return the lines and table rows of a page, every piece once: in its cells, or in the text between tables."""
    between: list[list[Piece]] = [[] for _ in range(len(grids) + 1)]
    inside: list[dict[int, list[Piece]]] = [{} for _ in grids]
    for piece in pieces:
        for part, table, cell in _split(piece, grids):
            if cell is None:
                above = sum((other.ys[0] + other.ys[-1]) / 2 > part.middle for other in grids)
                between[above].append(part)
            else:
                inside[table].setdefault(cell, []).append(part)
    parts = [_lines(between[0])]
    for number, grid in enumerate(grids):
        parts += [_rows(number, grid, inside[number]), _lines(between[number + 1])]
    counts = [len(part) for part in parts]
    for number, grid in enumerate(grids, 1):
        at = 2 * number - 1
        place = Place(grid.xs, sum(counts[:at]), sum(counts[at + 1 :]))
        parts[at] = [replace(item, place=place) if isinstance(item, Row) else item for item in parts[at]]
    return [item for part in parts for item in part]


def aligned_grids(pieces: Sequence[Piece]) -> list[Grid]:
    """Return the tables whose columns stand below known heads, where no borders are drawn."""
    if not has_heads([piece.text for piece in pieces], MIN_HEADS):
        return []
    lines = [
        [Segment(piece.text, piece.left, piece.bottom, piece.right, piece.top) for piece in row]
        for row in _in_rows(pieces)
    ]
    found = find_aligned(lines, [], None)
    return find_grids(found.horizontal, found.vertical)


def _split(piece: Piece, grids: Sequence[Grid]) -> Iterator[tuple[Piece, int, int | None]]:
    """Yield the parts of a piece, each with the table and the cell it lies in; (0, None) outside tables.

    The engine takes neighbouring cells for one line where they stand close; a character lies in the cell around its
    middle. A part of one narrow character at the edge of a cell is a stroke over its border, and stays with the rest.
    """
    places = [_cell_at(x, piece.middle, grids) for x in _middles(piece)]
    if len(set(places)) == 1:
        yield piece, *places[0]
        return
    at = 0
    edges = _edges(piece)
    for place, group in groupby(places):
        end = at + len(list(group))
        text = clean_line(piece.text[at:end])
        if text:
            yield _part(piece, text, edges[at], edges[end]), *place
        at = end


def _cell_at(x: float, y: float, grids: Sequence[Grid]) -> tuple[int, int | None]:
    for number, grid in enumerate(grids):
        cell = grid.find(x, y)
        if cell is not None:
            return number, cell
    return 0, None


def _edges(piece: Piece) -> list[float]:
    """Return where each character begins, and where the last ends: wide ones take twice the room."""
    widths = [char_width(char) for char in piece.text]
    step = (piece.right - piece.left) / max(sum(widths), 1)
    edges = [piece.left]
    for width in widths:
        edges.append(edges[-1] + width * step)
    return edges


def _middles(piece: Piece) -> list[float]:
    edges = _edges(piece)
    return [(left + right) / 2 for left, right in pairwise(edges)]


def _part(piece: Piece, text: str, left: float, right: float) -> Piece:
    """Return the part of a piece between two places across, its box on the picture in proportion."""
    span, box = piece.right - piece.left, piece.box
    first, last = (left - piece.left) / span, (right - piece.left) / span
    wide, high = box.right - box.left, box.bottom - box.top
    if wide >= high:
        part = replace(box, left=box.left + first * wide, right=box.left + last * wide)
    else:  # the picture lies on its side
        part = replace(box, top=box.top + first * high, bottom=box.top + last * high)
    return replace(piece, text=text, left=left, right=right, box=part)


def _lines(pieces: Sequence[Piece]) -> list[Item]:
    """Return the text outside tables in lines, those joined that the margin broke."""
    rows = list(_in_rows(pieces))
    raw: list[Item] = [" ".join(piece.text for piece in row) for row in rows]
    texts = [item for item in join_wrapped(raw, body_width([raw])) if isinstance(item, str)]
    return [*seen_lines(texts, [piece for row in rows for piece in row])]


def _rows(number: int, grid: Grid, inside: dict[int, list[Piece]]) -> list[Item]:
    """Return the rows of a table; a row with one filled cell, or one as long as a page, as lines."""
    items: list[Item] = []
    for row in range(len(grid.ys) - 1):
        cells = [(cell, inside[at]) for at, cell in enumerate(grid.cells) if cell.row == row and at in inside]
        cells.sort(key=lambda filled: filled[0].column)
        if len(cells) < 2 or any(sum(len(piece.text) for piece in parts) > _LONG_CELL_CHARS for _, parts in cells):
            for _, parts in cells:
                items += _lines(parts)
            continue
        boxes = []
        for cell, parts in cells:
            lines = list(_in_rows(parts))
            text = join_cell([" ".join(piece.text for piece in line) for line in lines])
            seen = next(seen_lines([text], [piece for line in lines for piece in line]))
            boxes.append(Box(cell.column, text, cell.row_span, cell.column_span, seen=seen.boxes))
        items.append(Row(number, row, tuple(boxes)))
    return items


def _in_rows(pieces: Iterable[Piece]) -> Iterator[list[Piece]]:
    """Yield the pieces of each line from left to right, lines from the top down."""
    row: list[Piece] = []
    for piece in sorted(pieces, key=lambda piece: -piece.middle):
        if row and not _is_level(row[0], piece):
            yield sorted(row, key=lambda piece: piece.left)
            row = []
        row.append(piece)
    if row:
        yield sorted(row, key=lambda piece: piece.left)


def _is_level(one: Piece, other: Piece) -> bool:
    overlap = min(one.top, other.top) - max(one.bottom, other.bottom)
    return overlap > _SAME_LINE * min(one.top - one.bottom, other.top - other.bottom)


def seen_lines(texts: Iterable[str], pieces: Sequence[Piece]) -> Iterator[Seen]:
    """Yield each text with the places of the pieces it was put together from.

    Joining lines sets or drops blanks only, so the n-th letter of the texts is the n-th letter of the pieces.
    """
    rest = iter(pieces)
    for text in texts:
        letters = [at for at, char in enumerate(text) if not char.isspace()]
        boxes: list[TextBox] = []
        done = 0
        while done < len(letters):
            piece = next(rest)
            count = sum(not char.isspace() for char in piece.text)
            boxes.append(replace(piece.box, start=letters[done], end=letters[done + count - 1] + 1))
            done += count
        yield Seen(text, tuple(boxes))
