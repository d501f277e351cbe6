"""Lists of searches: a file of words, queries or bodies, one to a line, read whatever program wrote it.

A list is a CSV (comma, semicolon or tab; UTF-8 with or without mark, UTF-16, GB18030). A first line that names columns
is a head: ``query``, and filters as search names them. Without a head every line is one query; of a file that ends in
``.txt`` it is the line as it stands, commas and quotation marks included. A bad line is a line with a problem.
"""

from __future__ import annotations

import codecs
import csv
import difflib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from sousveil.ask.filters import ALIASES, FIELDS
from sousveil.exceptions import UsageError

_QUERY = "query"
_MARKS = ",;\t"
_BOMS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_ENCODINGS = ("utf-8", "gb18030")
"""Tried in this order: Chinese in GB18030 is hardly ever UTF-8 by chance."""
_SINGLE = frozenset({"date", "amount"})
"""Filters with one value; in the others a semicolon parts several."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ListLine:
    """One line of a list.

    Attributes:
        number: of the line, from 1.
        query: words, as they stand.
        filters: values by the names of filters.
        problem: why it cannot be asked; mostly empty.
    """

    number: int
    query: str = ""
    filters: dict[str, tuple[str, ...]] = field(default_factory=dict)
    problem: str = ""


def read_list(source: Path | Iterable[str | Mapping[str, str] | ListLine]) -> tuple[ListLine, ...]:
    """Return the lines of a file, or of queries, or of mappings of columns to cells.

    Raises:
        UsageError: the file cannot be opened, or is no text.
    """
    if isinstance(source, Path):
        try:
            return parse_list(source.read_bytes(), source.name)
        except OSError as error:
            raise UsageError(
                f"{source} cannot be read: {error.strerror}. Name a file with one search per line."
            ) from error
    return tuple(_of_row(number, row) for number, row in enumerate(source, 1))


def parse_list(data: bytes, name: str) -> tuple[ListLine, ...]:
    r"""Return the lines of a list; blank lines at its end are none.

    >>> [(one.query, one.filters) for one in parse_list("query;place\n声纹;Sichuan\n".encode("gb18030"), "x.csv")]
    [('声纹', {'place': ('Sichuan',)})]

    Raises:
        UsageError: it is no text.
    """
    lines = _decode(data, name).replace("\r\n", "\n").replace("\r", "\n").rstrip().split("\n")
    if name.lower().endswith(".txt"):
        return tuple(_line(number, [_QUERY], [text]) for number, text in enumerate(lines, 1))
    mark = max(_MARKS, key=lines[0].count)
    named = [cell.strip().lower() for cell in _cells(lines[0], mark) or ()]
    head = [ALIASES.get(name, name) for name in named]
    if not _is_head(head):
        return tuple(_read(number, text, mark, [_QUERY]) for number, text in enumerate(lines, 1))
    return tuple(_read(number, text, mark, head) for number, text in enumerate(lines[1:], 2))


def _decode(data: bytes, name: str) -> str:
    marked = [encoding for mark, encoding in _BOMS if data.startswith(mark)]
    for encoding in marked or _ENCODINGS:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise UsageError(f"{name} is no text in UTF-8 or GB18030. Save the list as CSV, with one search per line.")


def _is_head(cells: Sequence[str]) -> bool:
    return _QUERY in cells or (bool(cells) and all(cell in FIELDS for cell in cells))


def _cells(text: str, mark: str) -> list[str] | None:
    """Return the cells of a line; None where its quotation marks do not fit: it must not swallow those behind it."""
    try:
        return next(csv.reader([text], delimiter=mark, strict=True), [])
    except csv.Error:
        return None


def _read(number: int, text: str, mark: str, head: Sequence[str]) -> ListLine:
    cells = _cells(text, mark)
    if cells is None:
        return ListLine(
            number=number,
            query=text.strip(),
            problem='The quotation marks of the line do not fit. In a CSV an exact phrase is written """人脸识别""".',
        )
    return _line(number, head, cells)


def _line(number: int, head: Sequence[str], cells: Sequence[str]) -> ListLine:
    found = [(name, cell.strip()) for name, cell in zip(head, cells, strict=False) if cell.strip()]
    query = next((cell for name, cell in found if name == _QUERY), "")
    filters = {name: _values(name, cell) for name, cell in found if name != _QUERY}
    return ListLine(number=number, query=query, filters=filters, problem=_problem(found, head, cells))


def _of_row(number: int, row: str | Mapping[str, str] | ListLine) -> ListLine:
    if isinstance(row, ListLine):
        return row
    return _line(number, [_QUERY], [row]) if isinstance(row, str) else _line(number, list(row), list(row.values()))


def _values(name: str, cell: str) -> tuple[str, ...]:
    parts = [cell] if name in _SINGLE else cell.split(";")
    return tuple(part.strip() for part in parts if part.strip())


def _problem(found: Sequence[tuple[str, str]], head: Sequence[str], cells: Sequence[str]) -> str:
    if any(cell.strip() for cell in cells[len(head) :]):
        return (
            f"The line has {len(cells)} columns, the head names {len(head)}. Write a first line that names all of them,"
            " as in query,place,date"
        )
    unknown = next((name for name, _ in found if name != _QUERY and name not in FIELDS), None)
    if unknown is not None:
        near = difflib.get_close_matches(unknown, list(FIELDS), n=2, cutoff=0.5)
        advice = f"Did you mean {' or '.join(near)}?" if near else f"Known are: {', '.join(FIELDS)}."
        return f"There is no filter {unknown!r}. {advice}"
    return "" if found else "The line is empty: there is nothing to search for."
