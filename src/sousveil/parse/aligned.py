"""Tables whose borders are not drawn: columns told by the gaps between words that stand below each other.

Precision before recall: a table begins only below a line of three heads or more (``is_head``), or between three rules
of one width; prose in two columns has neither. What comes out are the borders as they would have been drawn, so that
the rest of the way is that of a ruled table. Pure geometry in points, y upwards.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from sousveil.parse.heads import is_head, role_of
from sousveil.parse.ruling import Line

Glyph = tuple[str, float, float, float, float]
"""Character, left, bottom, right, top."""

_GAP = 0.8
"""Share of the height of a character that parts two cells; justified Chinese is set up to 0.3 apart."""

_SAME_LINE = 0.4
"""Share of the height by which the middles of two characters of a line may differ."""

_MAX_PITCH = 4.0
"""Heights of a line from one row to the next; farther down the table has ended."""

_SAME_PLACE = 3.0
"""Points: rules of one table begin and end together, a head printed again stands where it stood."""

MIN_HEADS = 3
"""Two heads beside each other also stand over two columns of prose."""

_SINGLE_LINED = frozenset(("number", "quantity", "unit", "price", "lot"))
"""Columns whose cells have one line: each of their cells is a row."""

_CUT = 0.3
"""Share of the height of a line by which rows stand farther apart than the lines of a cell."""

_SLACK = 12.0
"""Points by which a line may reach out of the table on either side."""


@dataclass(frozen=True, slots=True)
class Segment:
    """Words that stand close together on a line: a cell, or a line of one."""

    text: str
    left: float
    bottom: float
    right: float
    top: float


TextLine = list[Segment]


@dataclass(frozen=True, slots=True)
class Columns:
    """Columns of a table that may go on on the next page: heads with their places, what each is, and the borders."""

    heads: tuple[Segment, ...]
    roles: tuple[str, ...]
    edges: tuple[float, ...]


@dataclass(slots=True)
class Found:
    """Borders of the tables of a page, and the columns of the last one where it may go on."""

    horizontal: list[Line] = field(default_factory=list)
    vertical: list[Line] = field(default_factory=list)
    open_columns: Columns | None = None


def text_lines(glyphs: Iterable[Glyph]) -> list[TextLine]:
    """Return the lines of a page from the top down, each in segments from left to right."""
    lines: list[list[Glyph]] = []
    for glyph in sorted(
        (glyph for glyph in glyphs if not glyph[0].isspace()), key=lambda glyph: -(glyph[2] + glyph[4])
    ):
        height = glyph[4] - glyph[2]
        if lines and abs(_middle(lines[-1][0]) - _middle(glyph)) <= _SAME_LINE * height:
            lines[-1].append(glyph)
        else:
            lines.append([glyph])
    return [[*_segments(sorted(line, key=lambda glyph: glyph[1]))] for line in lines]


def _middle(glyph: Glyph) -> float:
    return (glyph[2] + glyph[4]) / 2


def _segments(line: Sequence[Glyph]) -> Iterator[Segment]:
    start = 0
    for number in range(1, len(line) + 1):
        if number < len(line):
            before, glyph = line[number - 1], line[number]
            if glyph[1] - before[3] <= _GAP * (glyph[4] - glyph[2]):
                continue
        part = line[start:number]
        yield Segment(
            "".join(glyph[0] for glyph in part),
            part[0][1],
            min(glyph[2] for glyph in part),
            max(glyph[3] for glyph in part),
            max(glyph[4] for glyph in part),
        )
        start = number


def find_aligned(lines: Sequence[TextLine], rules: Sequence[Line], carried: Columns | None) -> Found:
    """Return the borders of the tables on a page that lack them.

    Args:
        lines: of the page, from the top down.
        rules: horizontal lines drawn on it.
        carried: columns of a table that reached the end of the page before.
    """
    found = Found()
    at = 0
    while at < len(lines):
        columns = _start(lines, at, carried if not found.horizontal else None)
        if columns is None:
            at += 1
            continue
        end = _end(lines, at, columns)
        table = _lay(lines[at:end], rules, columns, carried) if end - at > 1 else None
        if table is None:
            at += 1
            continue
        horizontal, vertical, edges = table
        found.horizontal += horizontal
        found.vertical += vertical
        is_last = all(len(line) < MIN_HEADS for line in lines[end:]) and len(lines) - end <= 2
        found.open_columns = Columns(columns.heads, columns.roles, edges) if is_last else None
        at = end
    return found


def _start(lines: Sequence[TextLine], at: int, carried: Columns | None) -> Columns | None:
    """Return the columns of a table that begins with a line: below heads, or as the rest of one of the page before."""
    line = lines[at]
    if len(line) >= MIN_HEADS and is_head([segment.text for segment in line]):
        roles = tuple(role_of(segment.text) for segment in line)
        return Columns(tuple(line), roles, ())
    return carried if carried is not None and _is_rest(lines[at:], carried.edges) else None


def _is_rest(lines: Sequence[TextLine], edges: Sequence[float]) -> bool:
    """Return whether lines go on in columns: one with three cells or more, and before it only lines of cells."""
    for line in lines:
        places = [_column_of(segment, edges) for segment in line]
        if None in places or len(set(places)) < len(places):
            return False
        if len(places) >= MIN_HEADS:
            return True
    return False


def _column_of(segment: Segment, edges: Sequence[float]) -> int | None:
    """Return the column that a segment stands in, or None where it reaches over a border."""
    for number, (left, right) in enumerate(pairwise(edges)):
        if left - 1 <= segment.left and segment.right <= right + 1:
            return number
    return None


def _end(lines: Sequence[TextLine], at: int, columns: Columns) -> int:
    """Return the line behind a table: the first that is running text, stands apart, or heads another table."""
    left, right = columns.heads[0].left, columns.heads[-1].right
    if columns.edges:
        left, right = columns.edges[0], columns.edges[-1]
    end = at + 1
    height = columns.heads[0].top - columns.heads[0].bottom
    while end < len(lines):
        line = lines[end]
        pitch = lines[end - 1][0].bottom - line[0].bottom
        crossed = max(
            sum(segment.left < head.left and head.right < segment.right for head in columns.heads) for segment in line
        )
        is_prose = len(line) == 1 and (crossed > 1 or line[0].right - line[0].left > 0.6 * (right - left))
        is_outside = line[-1].right > right + 6 * _SLACK or line[0].left < left - 6 * _SLACK
        if pitch > _MAX_PITCH * height or is_prose or is_outside:
            break
        if len(line) >= MIN_HEADS and is_head([segment.text for segment in line]):
            break
        end += 1
    return end


def _lay(
    lines: Sequence[TextLine], rules: Sequence[Line], columns: Columns, carried: Columns | None
) -> tuple[list[Line], list[Line], tuple[float, ...]] | None:
    """Return the borders of a table, and those of its columns; None where its cells do not stand in columns."""
    edges = columns.edges or _edges(lines, columns.heads, carried)
    if not edges:
        return None
    rows = _rows_by_rules(lines, rules, edges) or _rows(lines, columns, edges)
    filled = [len({_column_of(segment, edges) for line in row for segment in line} - {None}) for row in rows]
    width = len(edges) - 1
    if _has_crowds([line for row in rows for line in row], edges):
        return None
    full = sum(count * 2 >= width and count > 1 for count in filled)
    if len(rows) < (2 if columns.edges else 3) or full * 5 < len(rows) * 3:
        return None
    borders = _borders(rows)
    left, right = edges[0], edges[-1]
    horizontal = [Line(at, left, right) for at in borders]
    vertical = [Line(edge, borders[-1], borders[0]) for edge in (left, right)]
    for row, (top, bottom) in zip(rows, pairwise(borders), strict=True):
        spanning = [segment for line in row for segment in line if _column_of(segment, edges) is None]
        vertical += [
            Line(edge, bottom, top)
            for edge in edges[1:-1]
            if not any(segment.left < edge - 1 and edge + 1 < segment.right for segment in spanning)
        ]
    return horizontal, vertical, edges


def _has_crowds(lines: Sequence[TextLine], edges: Sequence[float]) -> bool:
    """Return whether more than a fifth of the lines have two words in one column: the heads were not all found."""
    crowded = 0
    for line in lines:
        places = [place for segment in line if (place := _column_of(segment, edges)) is not None]
        crowded += len(set(places)) < len(places)
    return crowded * 5 > len(lines)


def _edges(lines: Sequence[TextLine], heads: Sequence[Segment], carried: Columns | None) -> tuple[float, ...]:
    """Return the borders of the columns below heads, in the middle of the gaps; () where words stand across them.

    The widest words come first: they say how far a column reaches, so that short ones find it.
    """
    reach = [[head.left, head.right] for head in heads]
    body = [segment for line in lines[1:] for segment in line]
    for segment in sorted(body, key=lambda segment: segment.left - segment.right):
        met = [place for place in reach if segment.left < place[1] and place[0] < segment.right]
        if len(met) > 1:
            continue
        place = met[0] if met else min(reach, key=lambda place: max(place[0] - segment.right, segment.left - place[1]))
        place[0], place[1] = min(place[0], segment.left), max(place[1], segment.right)
    if any(before[1] > after[0] for before, after in pairwise(reach)):
        return ()
    inner = [(before[1] + after[0]) / 2 for before, after in pairwise(reach)]
    edges = (reach[0][0] - _SAME_PLACE, *inner, reach[-1][1] + _SAME_PLACE)
    if carried is not None and len(carried.edges) == len(edges):
        gaps = [(-1e9, reach[0][0]), *((a[1], b[0]) for a, b in pairwise(reach)), (reach[-1][1], 1e9)]
        if all(low - 1 <= edge <= high + 1 for edge, (low, high) in zip(carried.edges, gaps, strict=True)):
            return carried.edges
    return edges


def _rows_by_rules(lines: Sequence[TextLine], rules: Sequence[Line], edges: Sequence[float]) -> list[list[TextLine]]:
    """Return the rows where rules part them: four rules over most of the width at least, else none."""
    left, right = edges[0], edges[-1]
    top, bottom = lines[0][0].top, lines[-1][0].bottom
    height = lines[0][0].top - lines[0][0].bottom
    ats = sorted(
        {
            round(rule.at, 1)
            for rule in rules
            if min(rule.end, right) - max(rule.start, left) > 0.8 * (right - left)
            and bottom - 2 * height < rule.at < top + 2 * height
        },
        reverse=True,
    )
    if len(ats) < 4:
        return []
    rows: list[list[TextLine]] = [[]]
    for line in lines:
        while len(ats) > 0 and (line[0].top + line[0].bottom) / 2 < ats[0]:
            ats.pop(0)
            if rows[-1]:
                rows.append([])
        rows[-1].append(line)
    return rows


def _rows(lines: Sequence[TextLine], columns: Columns, edges: Sequence[float]) -> list[list[TextLine]]:
    """Return the lines of each row: one row for each number, price or unit; rows part at the widest gap between two."""
    told = {number for number, role in enumerate(columns.roles) if role in _SINGLE_LINED} or {0}
    anchors = [
        number
        for number, line in enumerate(lines)
        if any(_column_of(segment, edges) in told for segment in line) or (number == 0 and not columns.edges)
    ]
    starts = [0]
    if columns.edges and anchors and anchors[0]:  # what stands above the first row is the rest of one that was cut
        gaps = [_bottom(lines[number]) - _top(lines[number + 1]) for number in range(anchors[0])]
        if max(gaps) > _CUT * (lines[0][0].top - lines[0][0].bottom):
            starts.append(gaps.index(max(gaps)) + 1)
    for anchor, following in pairwise(anchors):
        gaps = [_bottom(lines[number]) - _top(lines[number + 1]) for number in range(anchor, following)]
        widest = max(gaps)
        starts.append(anchor + 1 + max(number for number, gap in enumerate(gaps) if gap >= widest - 0.3))
    return [[*lines[start:end]] for start, end in zip(starts, [*starts[1:], len(lines)], strict=True)]


def _bottom(line: TextLine) -> float:
    return min(segment.bottom for segment in line)


def _top(line: TextLine) -> float:
    return max(segment.top for segment in line)


def _borders(rows: Sequence[Sequence[TextLine]]) -> list[float]:
    """Return the borders of rows, falling: between the lowest line of one and the highest of the next."""
    tops = [max(map(_top, row)) for row in rows]
    bottoms = [min(map(_bottom, row)) for row in rows]
    inner = [(bottom + top) / 2 for bottom, top in zip(bottoms[:-1], tops[1:], strict=True)]
    return [tops[0] + _SAME_PLACE, *inner, bottoms[-1] - _SAME_PLACE]
