"""Rows of flat record dumps: lines of CSV below their heads, records of JSON; nested records are flattened."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import msgspec

from sousveil.data.codes import languages
from sousveil.exceptions import DamagedError, EmptyFileError
from sousveil.settings import Limits
from sousveil.source.heads import Head, find_head, head_at
from sousveil.source.mapping import Source
from sousveil.source.render import format_number
from sousveil.source.roles import NO_MAPPING, Roles

_MAX_DEPTH = 5
_MAX_CELLS = 400
"""Cells of one row; nested records of one notice rarely have more than a hundred."""
_MAX_FIELD_CHARS = 4 * 1024 * 1024
_DELIMITERS = (",", "\t", ";", "|")
_decode = msgspec.json.Decoder().decode

csv.field_size_limit(_MAX_FIELD_CHARS)


@dataclass(frozen=True, slots=True)
class Cell:
    """One value of a row, with its own head and the head of the record it is nested in (empty at the top).

    A hidden cell has no text: nothing of it is kept.
    """

    parent: str
    head: str
    text: str
    is_hidden: bool = False


Row = tuple[Cell, ...]
Record = dict[str, object]


@dataclass(frozen=True, slots=True)
class Rows:
    """The rows of a file.

    Attributes:
        rows: those within the limit.
        media_type: of the file.
        marks: what could not be read.
        unit: of sums, as a line above the heads says.
        head_row: line of the heads, from 1; 0 where there are none, None in JSON.
    """

    rows: tuple[Row, ...]
    media_type: str
    marks: tuple[str, ...] = ()
    unit: str = ""
    head_row: int | None = None


def csv_rows(untrusted: bytes, limits: Limits, source: Source, *, with_hidden: bool = False) -> Rows:
    """Return the rows of a CSV file.

    Raises:
        EmptyFileError: no row.
        DamagedError: no CSV.
        LimitError: larger than the limits allow.
    """
    text = _decode_text(untrusted).replace("\x00", "")
    if not text.strip():
        raise EmptyFileError("the table is empty", "Fetch it again; the source may have answered with nothing.")
    delimiter = max(_DELIMITERS, key=text[:4096].split("\n", 1)[0].count)
    try:
        lines = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))
    except csv.Error as error:
        reason = f"The table cannot be read as CSV ({error})"
        raise DamagedError(reason, "Open it in a spreadsheet program and save it again.") from error
    head = _csv_head(lines, source)
    rows = [line for line in lines[head.first :] if any(value.strip() for value in line)]
    width = len(lines[head.first - 1]) if head.first else max(map(len, lines), default=0)
    odd = sum(len(line) != width for line in rows)
    marks = [f"{odd} rows have more or fewer cells than the head"] if odd else []
    above = sum(any(line) for line in lines[: head.first - head.lines])
    if above:
        marks.append(f"{above} lines above the heads of the columns are no rows of notices")
    roles = source.roles
    kept = tuple(to_row(head, line, roles, with_hidden=with_hidden) for line in rows[: limits.max_pages])
    return Rows(kept, "text/csv", (*marks, *unread(len(rows), limits)), head.unit, head.first)


def _csv_head(lines: list[list[str]], source: Source) -> Head:
    if source.head_row is not None:
        return head_at(lines, source.head_row - 1)
    return find_head(lines, source.roles, least=1) or head_at(lines, 0)


def unread(count: int, limits: Limits) -> tuple[str, ...]:
    """Return the mark for rows beyond the limit, if there are any."""
    beyond = count - limits.max_pages
    return (f"{beyond} further rows were not read: limit of {limits.max_pages} records",) if beyond > 0 else ()


def to_row(head: Head, line: Sequence[str], roles: Roles, *, with_hidden: bool = False) -> Row:
    """Return the cells of a line that may be rendered; ``with_hidden`` the others too, empty."""
    cells: list[Cell] = []
    for column in head.columns:
        is_hidden = roles.is_hidden(column.parent, column.head)
        if column.place < len(line) and (with_hidden or not is_hidden):
            cells.append(Cell(column.parent, column.head, "" if is_hidden else line[column.place], is_hidden))
    return tuple(cells[:_MAX_CELLS])


def flatten(record: Record, roles: Roles = NO_MAPPING, *, with_hidden: bool = False) -> list[Cell]:
    """Return the cells of a record that may be rendered; nested objects give cells that name their parent.

    >>> [cell.head for cell in flatten({"a": 1, "b": {"c": "x"}, "d": [{"e": 2}, {"e": 3}], "f": None})]
    ['a', 'c', 'e', 'e']
    """
    cells: list[Cell] = []
    for cell in _walk("", "", record, 0, roles):
        if cell.is_hidden and not with_hidden:
            continue
        cells.append(cell)
        if len(cells) >= _MAX_CELLS:
            break
    return cells


def _walk(parent: str, head: str, value: object, depth: int, roles: Roles) -> Iterator[Cell]:
    if head and roles.is_hidden(parent, head):
        yield Cell(parent, head, "", is_hidden=True)
        return
    if isinstance(value, str):
        nested = _nested(value) if value[:1] == "{" else None
        if nested is None:
            yield Cell(parent, head, value)
            return
        value = nested
    if isinstance(value, bool):
        yield Cell(parent, head, "true" if value else "false")
    elif isinstance(value, int):
        yield Cell(parent, head, str(value) if abs(value) < 10**30 else "")
    elif isinstance(value, float):
        yield Cell(parent, head, format_number(value) if abs(value) < 1e30 else "")
    elif depth < _MAX_DEPTH and isinstance(value, dict) and _is_translation(value):
        yield from _walk(
            parent, head, value.get("eng") or value.get("en") or next(iter(value.values())), depth + 1, roles
        )
    elif depth < _MAX_DEPTH and isinstance(value, dict):
        for key, part in value.items():
            yield from _walk(head, str(key), part, depth + 1, roles)
    elif depth < _MAX_DEPTH and isinstance(value, list):
        plain = [part for part in value if isinstance(part, str)]
        if plain:
            yield Cell(parent, head, ", ".join(plain))
        for part in value:
            if isinstance(part, dict):
                yield from _walk(parent, head, part, depth + 1, roles)


def _is_translation(value: Record) -> bool:
    """Return whether a record holds one text in several languages: its heads are language codes."""
    codes = languages()
    return bool(value) and all(key.lower() in codes or key.lower() == "mul" for key in value)


def _nested(text: str) -> Record | None:
    """Return the record that a text cell holds as JSON, None where it is plain text."""
    try:
        value = _decode(text)
    except (msgspec.DecodeError, RecursionError, UnicodeEncodeError):
        return None
    return value if isinstance(value, dict) else None


def _decode_text(untrusted: bytes) -> str:
    """Return the text: by its byte order mark, else UTF-8, else GB 18030 where it fits and is Chinese, else Latin."""
    if untrusted.startswith((b"\xff\xfe", b"\xfe\xff")):
        return untrusted.decode("utf-16", "replace")
    for charset in ("utf-8-sig", "gb18030"):
        try:
            text = untrusted.decode(charset)
        except UnicodeDecodeError:
            continue
        sample = [char for char in text[:20_000] if char > "\x7f"]
        han = sum("\u4e00" <= char <= "\u9fff" for char in sample)
        if charset == "utf-8-sig" or han * 2 >= len(sample):
            return text
    return untrusted.decode("cp1252", "replace")
