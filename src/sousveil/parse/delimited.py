"""CSV and its relatives -> one page of rows: delimiter and quoting found by trying them."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterator

from sousveil.exceptions import DamagedError
from sousveil.parse.charset import decode
from sousveil.parse.layout import Layout
from sousveil.parse.sheet import lay_rows

_DELIMITERS = (",", "\t", ";", "|")
_SAMPLE_CHARS = 60_000
_MAX_FIELD_CHARS = 16 * 1024 * 1024
_LOST_QUOTE_CHARS = 100_000
"""A quoted field longer than this over several lines has lost its closing quote."""

csv.field_size_limit(_MAX_FIELD_CHARS)


def lay_csv(untrusted: bytes, layout: Layout) -> str:
    """Write the rows of a delimited table and return its character set.

    Raises:
        DamagedError: a field is longer than 16 million characters.
    """
    decoded = decode(untrusted)
    if decoded.mark:
        layout.mark(decoded.mark)
    text = decoded.text.replace("\x00", "")
    delimiter = find_delimiter(text)
    quoting: int = csv.QUOTE_MINIMAL
    if _has_lost_quote(text, delimiter):
        layout.mark("a quotation mark is never closed: quotation marks are read as text")
        quoting = csv.QUOTE_NONE
    try:
        lay_rows(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, quoting=quoting), layout, label="")  # type: ignore[arg-type]
    except csv.Error as error:
        raise DamagedError(
            f"the table cannot be read: {error}", "Open it in a spreadsheet program and save it again."
        ) from error
    return decoded.charset


def find_delimiter(text: str) -> str:
    r"""Return the delimiter that gives most rows the same number of columns, more than one.

    >>> find_delimiter("a;b,c;d\n1;2,3;4\n")
    ';'
    """
    best = ","
    best_score = 0.0
    for delimiter in _DELIMITERS:
        widths = Counter(_widths(text, delimiter))
        widths.pop(0, None)
        if not widths:
            continue
        width, count = max(widths.items(), key=lambda item: (item[1] * (item[0] > 1), item[0]))
        score = count / widths.total() * min(width, 20) if width > 1 else 0.0
        if score > best_score:
            best, best_score = delimiter, score
    return best


def _widths(text: str, delimiter: str) -> Iterator[int]:
    """Yield the number of columns of the first rows."""
    sample = text[:_SAMPLE_CHARS]
    if len(text) > len(sample):
        sample = sample.rsplit("\n", 1)[0]
    try:
        yield from (
            len(row)
            for _, row in zip(
                range(200), csv.reader(io.StringIO(sample, newline=""), delimiter=delimiter), strict=False
            )
        )
    except csv.Error:
        return


def _has_lost_quote(text: str, delimiter: str) -> bool:
    if '"' not in text:
        return False
    try:
        return any(
            len(field) > _LOST_QUOTE_CHARS and field.count("\n") > 100
            for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
            for field in row
        )
    except csv.Error:
        return True
