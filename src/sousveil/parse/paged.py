"""Tables that page ends break, put together: which table of a page goes on on the next, and what its rows are.

For formats that draw their tables on pages (PDF, OFD). A table goes on where it is the last on its page and the first
on the next, nothing but running heads and page numbers stands between, and its columns stand in the same places. Its
rows and columns are counted over all pages; a head that is printed again keeps the row number of the head, and a row
that was cut by the end of a page has one number on both.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from sousveil.parse.heads import MAX_HEAD_ROWS, is_head
from sousveil.parse.layout import Item, Row, text_of

_SAME_EDGE = 5.0
"""Points by which the border of a column may stand elsewhere on the next page; columns are 20 points wide at least."""

_MARGIN_LINES = 4
"""Lines at the top or bottom of a page that may be a running head or foot."""

_PAGE_NUMBER = re.compile(r"[\s\d第共页頁/\\—–―・.·|-]*(?:page|of|\s|\d|/)*", re.IGNORECASE)
_DIGITS = re.compile(r"\d+")
_NUMBER_OR_DAY = re.compile(r"[¥￥]?[\d.,，]+[%％]?|\d{4} ?[年/.-] ?\d{1,2}(?: ?[月/.-](?: ?\d{1,2} ?日?)?)?")


@dataclass(slots=True)
class _Part:
    """The rows of one table on one page; ``repeated``: how many of its first rows are the head once more."""

    page: int
    rows: list[Row]
    edges: tuple[float, ...]
    above: int
    below: int
    repeated: int = 0


def join_tables(pages: Sequence[Sequence[Item]]) -> list[list[Item]]:
    """Return pages with the rows of tables numbered over all pages; every table has a number of its own.

    Args:
        pages: lines and rows of each page; tables without a ``Place`` stay on their page.
    """
    running = _running_lines(pages)
    chains: list[list[_Part]] = []
    is_open = False
    for number, items in enumerate(pages):
        for count, part in enumerate(_parts(number, items)):
            goes_on = (
                is_open
                and count == 0
                and _is_margin(items[: part.above], running)
                and chains[-1][-1].page == number - 1
                and _fits(chains[-1], part)
            )
            if goes_on:
                chains[-1].append(part)
            else:
                chains.append([part])
            is_open = bool(part.edges) and _is_margin(items[len(items) - part.below :], running)
    numbered = {
        (part.page, part.rows[0].table): rows
        for key, chain in enumerate(chains)
        for part, rows in zip(chain, _number(key, chain), strict=True)
    }
    return [_replace(number, items, numbered) for number, items in enumerate(pages)]


def _replace(page: int, items: Iterable[Item], numbered: dict[tuple[int, int], list[Row]]) -> list[Item]:
    rows = {key: iter(found) for key, found in numbered.items() if key[0] == page}
    return [next(rows[page, item.table]) if isinstance(item, Row) else item for item in items]


def _parts(page: int, items: Sequence[Item]) -> list[_Part]:
    """Return the tables of a page in the order of their first rows."""
    found: dict[int, _Part] = {}
    for item in items:
        if not isinstance(item, Row):
            continue
        if item.table not in found:
            place = item.place
            edges, above, below = (place.edges, place.above, place.below) if place else ((), len(items), len(items))
            found[item.table] = _Part(page, [], edges, above, below)
        found[item.table].rows.append(item)
    return list(found.values())


def _running_lines(pages: Sequence[Sequence[Item]]) -> set[str]:
    """Return the lines that stand at the top or bottom of two pages or more, without their digits."""
    counts: Counter[str] = Counter()
    for items in pages:
        ends = (*items[:_MARGIN_LINES], *items[-_MARGIN_LINES:])
        lines = {_plain(text_of(item)) for item in ends if not isinstance(item, Row)}
        counts.update(lines)
    return {line for line, count in counts.items() if count > 1}


def _plain(line: str) -> str:
    return _DIGITS.sub("", line)


def _is_margin(items: Sequence[Item], running: set[str]) -> bool:
    """Return whether lines at the top or bottom of a page are only running heads and page numbers."""
    return len(items) <= _MARGIN_LINES and all(
        not isinstance(item, Row) and (_plain(text_of(item)) in running or _PAGE_NUMBER.fullmatch(text_of(item)))
        for item in items
    )


def _fits(chain: Sequence[_Part], part: _Part) -> bool:
    """Return whether a table can be the rest of another one; note how many rows of head it repeats."""
    before = chain[-1].edges
    few, many = sorted((before, part.edges), key=len)
    if len(few) < 3 or abs(few[0] - many[0]) > _SAME_EDGE or abs(few[-1] - many[-1]) > _SAME_EDGE:
        return False
    if any(abs(many[_nearest(many, edge)] - edge) > _SAME_EDGE for edge in few):
        return False
    repeated = _count_repeated(chain[0].rows, part.rows)
    if not repeated and is_head([box.text for box in part.rows[0].boxes]):
        return False
    part.repeated = repeated
    return True


def _count_repeated(first: Sequence[Row], rows: Sequence[Row]) -> int:
    """Return how many first rows of a part say what the first rows of the table said."""
    count = 0
    for head, row in zip(first[:MAX_HEAD_ROWS], rows, strict=False):
        if len(row.boxes) < 2 or [box.text for box in head.boxes] != [box.text for box in row.boxes]:
            break
        count += 1
    return count


def _nearest(edges: Sequence[float], edge: float) -> int:
    """Return the number of the border that stands nearest to a place; ``edges`` rise."""
    at = bisect_left(edges, edge)
    return min((number for number in (at - 1, at) if 0 <= number < len(edges)), key=lambda n: abs(edges[n] - edge))


def _number(key: int, chain: Sequence[_Part]) -> list[list[Row]]:
    """Return the rows of each part with the table's number, and rows and columns counted over all parts."""
    if len(chain) == 1:
        return [[replace(row, table=key) for row in chain[0].rows]]
    edges = _all_edges(chain)
    first = [_move(row, key, chain[0].edges, edges) for row in chain[0].rows]
    heads = max(part.repeated for part in chain)
    found = [[_as_head(row) if number < heads else row for number, row in enumerate(first)]]
    last = first[-1]
    for part in chain[1:]:
        rows = [replace(_move(row, key, part.edges, edges), continues=True) for row in part.rows]
        head = [replace(_as_head(row), row=first[number].row) for number, row in enumerate(rows[: part.repeated])]
        rest = rows[part.repeated :]
        if rest:
            shift = last.row - rest[0].row + (0 if _is_cut(last, rest[0]) else 1)
            rest = [replace(row, row=row.row + shift) for row in rest]
            last = rest[-1]
        found.append(head + rest)
    return found


def _all_edges(chain: Iterable[_Part]) -> list[float]:
    """Return the borders of the columns of all parts; those of one place count once."""
    edges: list[float] = []
    for edge in sorted(edge for part in chain for edge in part.edges):
        if not edges or edge - edges[-1] > _SAME_EDGE:
            edges.append(edge)
    return edges


def _move(row: Row, key: int, own: Sequence[float], edges: Sequence[float]) -> Row:
    """Return a row with its cells in the columns that all parts have together."""
    boxes = []
    for box in row.boxes:
        column = _nearest(edges, own[box.column])
        end = _nearest(edges, own[min(box.column + box.column_span, len(own) - 1)])
        boxes.append(replace(box, column=column, column_span=max(1, end - column)))
    return replace(row, table=key, boxes=tuple(boxes))


def _as_head(row: Row) -> Row:
    return replace(row, boxes=tuple(replace(box, is_header=True) for box in row.boxes))


def _is_cut(before: Row, row: Row) -> bool:
    """Return whether the first row of a page is the rest of the last row of the page before.

    It lacks the first cell, which counts or names the row, and says nothing where the row above said nothing; and it
    has no number or day alone in a cell, as a row below a merged cell would have.
    """
    above = {box.column for box in before.boxes}
    here = {box.column for box in row.boxes}
    return (
        min(above) == 0 < min(here)
        and here < above
        and all(box.row_span == 1 for box in before.boxes)
        and not any(_NUMBER_OR_DAY.fullmatch(box.text) for box in row.boxes)
    )
