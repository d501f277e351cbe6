"""One call from bytes to document, and the check that every document must pass."""

import hashlib
from itertools import pairwise

from sousveil.exceptions import FileFailure
from sousveil.parse import parse
from sousveil.parse.sniff import sniff
from sousveil.settings import Limits


def parse_bytes(data, name="file", *, limits=None, kind=None):
    """Sniff and parse, as the pipeline does."""
    return parse(
        data,
        file=hashlib.sha256(data).hexdigest(),
        name=name,
        kind=kind or sniff(data, name),
        limits=limits or Limits(),
    )


def check_fate(data, name="file"):
    """Whatever the bytes are: a sound document, or a failure with reason and advice."""
    failure = None
    try:
        document = parse_bytes(data, name)
    except FileFailure as error:
        failure = error
    if failure is None:
        check_document(document)
    else:
        assert failure.reason
        assert failure.advice


def text_of(data, name="file", **settings):
    """The text of all pages, joined by form feeds."""
    return "\f".join(page.text for page in parse_bytes(data, name, **settings).pages)


def check_document(document):
    """Pages count from 1, text is clean, and cells of a row are parted by ' | ' in order."""
    assert [page.number for page in document.pages] == list(range(1, len(document.pages) + 1))
    for page in document.pages:
        page.text.encode("utf-8")
        assert not any(bad in page.text for bad in ("\x00", "\r", "\n\n\n"))
        assert all(line == line.strip() for line in page.text.split("\n"))
    for grid in document.tables:
        text = document.pages[grid.page - 1].text
        rows = {}
        for cell in grid.cells:
            assert 0 <= cell.start < cell.end <= len(text)
            assert "\n" not in text[cell.start : cell.end]
            rows.setdefault(cell.row, []).append(cell)
        for cells in rows.values():
            assert cells == sorted(cells, key=lambda cell: cell.column)
            for left, right in pairwise(cells):
                assert set(text[left.end : right.start].split(" ")) <= {"", "|"}
                assert text[left.end : right.start].startswith(" | ")


def cell_texts(document):
    """Rows of the first table as lists of (column, text)."""
    grid = document.tables[0]
    text = document.pages[grid.page - 1].text
    rows = {}
    for cell in grid.cells:
        rows.setdefault(cell.row, []).append((cell.column, text[cell.start : cell.end]))
    return list(rows.values())
