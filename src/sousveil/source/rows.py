"""Rows of flat record dumps: CSV with a head row, JSON lists of records, JSON lines; nested records are flattened."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass

import msgspec

from sousveil.data.codes import languages
from sousveil.exceptions import DamagedError, EmptyFileError, LimitError
from sousveil.settings import Limits
from sousveil.source.cells import is_hidden
from sousveil.source.jsonfile import load_values
from sousveil.source.render import format_number

_MAX_DEPTH = 5
_MAX_CELLS = 400
"""Cells of one row; nested records of one notice rarely have more than a hundred."""
_MAX_FIELD_CHARS = 4 * 1024 * 1024
_DELIMITERS = (",", "\t", ";", "|")
_decode = msgspec.json.Decoder().decode

csv.field_size_limit(_MAX_FIELD_CHARS)


@dataclass(frozen=True, slots=True)
class Cell:
    """One value of a row, with its own head and the head of the record it is nested in (empty at the top)."""

    parent: str
    head: str
    text: str


Row = tuple[Cell, ...]
Record = dict[str, object]


@dataclass(frozen=True, slots=True)
class Rows:
    """The rows of a file, its media type, and what could not be read."""

    rows: tuple[Row, ...]
    media_type: str
    marks: tuple[str, ...] = ()


def load_rows(untrusted: bytes, limits: Limits) -> Rows:
    """Return the rows of a CSV or JSON file.

    Raises:
        EmptyFileError: no row.
        DamagedError: neither CSV nor JSON.
        LimitError: larger than the limits allow.
    """
    if len(untrusted) > limits.max_file_bytes:
        raise LimitError(f"The file has {len(untrusted)} bytes", "Split it, or raise max_file_bytes in sousveil.toml.")
    if untrusted[:64].lstrip(b"\xef\xbb\xbf \t\r\n")[:1] not in {b"{", b"["}:
        return _load_csv(untrusted, limits)
    loaded = load_values(untrusted, limits)
    records, left = find_records(loaded.values)
    rows = tuple(tuple(flatten(record)) for record in records[: limits.max_pages])
    return Rows(rows, "application/json", (*loaded.marks, *_unread(len(records), limits), *_left(left)))


def _unread(count: int, limits: Limits) -> tuple[str, ...]:
    unread = count - limits.max_pages
    return (f"{unread} further rows were not read: limit of {limits.max_pages} records",) if unread > 0 else ()


def _left(count: int) -> tuple[str, ...]:
    return (f"{count} records of other lists in the file, which have other columns, were not read",) if count else ()


def find_records(values: tuple[object, ...]) -> tuple[list[Record], int]:
    """Return the records among top-level values, and how many records of another kind were left out.

    They are the lines, the one list, or an object's longest list of records with all other lists of the same columns.
    """
    if len(values) > 1:
        return [value for value in values if isinstance(value, dict)], 0
    value = values[0]
    if isinstance(value, list):
        return _records_in(value), 0
    if not isinstance(value, dict):
        return [], 0
    lists = [found for part in value.values() if isinstance(part, list) and (found := _records_in(part))]
    if not lists:
        return [value], 0
    heads = set(max(lists, key=len)[0])
    alike = [found for found in lists if len(heads & set(found[0])) * 2 >= len(heads)]
    records = [record for found in alike for record in found]
    return records, sum(len(found) for found in lists) - len(records)


def _records_in(values: list[object]) -> list[Record]:
    return [value for value in values if isinstance(value, dict)]


def flatten(record: Record) -> list[Cell]:
    """Return the cells of a record that may be rendered; nested objects give cells that name their parent.

    >>> [cell.head for cell in flatten({"a": 1, "b": {"c": "x"}, "d": [{"e": 2}, {"e": 3}], "f": None})]
    ['a', 'c', 'e', 'e']
    """
    cells: list[Cell] = []
    for cell in _walk("", "", record, 0):
        cells.append(cell)
        if len(cells) >= _MAX_CELLS:
            break
    return cells


def _walk(parent: str, head: str, value: object, depth: int) -> Iterator[Cell]:
    if head and is_hidden(parent, head):
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
        yield from _walk(parent, head, value.get("eng") or value.get("en") or next(iter(value.values())), depth + 1)
    elif depth < _MAX_DEPTH and isinstance(value, dict):
        for key, part in value.items():
            yield from _walk(head, str(key), part, depth + 1)
    elif depth < _MAX_DEPTH and isinstance(value, list):
        plain = [part for part in value if isinstance(part, str)]
        if plain:
            yield Cell(parent, head, ", ".join(plain))
        for part in value:
            if isinstance(part, dict):
                yield from _walk(parent, head, part, depth + 1)


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


def _load_csv(untrusted: bytes, limits: Limits) -> Rows:
    text = _decode_text(untrusted).replace("\x00", "")
    if not text.strip():
        raise EmptyFileError("The table is empty", "Fetch it again; the source may have answered with nothing.")
    delimiter = max(_DELIMITERS, key=text[:4096].split("\n", 1)[0].count)
    rows: list[Row] = []
    count = odd = 0
    try:
        reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
        heads = [head.strip() for head in next(reader)]
        for line in reader:
            if any(value.strip() for value in line):
                count += 1
                odd += len(line) != len(heads)
                if count <= limits.max_pages:
                    rows.append(_to_row(heads, line))
    except csv.Error as error:
        reason = f"The table cannot be read as CSV ({error})"
        raise DamagedError(reason, "Open it in a spreadsheet program and save it again.") from error
    marks = (f"{odd} rows have more or fewer cells than the head",) if odd else ()
    return Rows(tuple(rows), "text/csv", (*marks, *_unread(count, limits)))


def _to_row(heads: list[str], line: list[str]) -> Row:
    cells = (Cell("", head, value) for head, value in zip(heads, line, strict=False) if head)
    return tuple(cell for cell in cells if not is_hidden("", cell.head))[:_MAX_CELLS]


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
