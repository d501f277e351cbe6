"""Files that leave, taken apart into the texts that a reader would see, each with its place."""

from __future__ import annotations

import csv
import html
import importlib
import io
import re
import sys
import zipfile
from collections.abc import Callable, Iterator
from typing import NamedTuple

import msgspec

from sousveil.exceptions import LeakError


class Part(NamedTuple):
    """A text inside a file: the file, where in it, the head or key above it, the text."""

    file: str
    place: str
    head: str
    text: str


def iter_parts(data: bytes | str, file: str) -> Iterator[Part]:
    """Yield the texts of a file, in order.

    Raises:
        LeakError: the file has no form that can be read here, so it cannot be checked.
    """
    ending = file.rsplit(".", 1)[-1].lower() if "." in file else ""
    if isinstance(data, bytes) and data.startswith(b"PK"):
        yield from _iter_pack(data, file)
    elif isinstance(data, bytes) and ending == "parquet":
        yield from _iter_parquet(data, file)
    else:
        text = data if isinstance(data, str) else _decode(data, file)
        yield from READERS.get(ending, _iter_text)(text, file)


def _decode(data: bytes, file: str) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise LeakError(
            f"Refused: {file} is no UTF-8 text, table or pack, so it cannot be checked. Write it in a format that can."
        ) from error


_BLOCK_CHARS = 100_000
"""Characters of text looked at together: labels reach over a few lines, never over pages."""


def _iter_text(text: str, file: str) -> Iterator[Part]:
    """Yield blocks of lines, each under the number of its first line; what a line says may hang on the one before."""
    line = start = 0
    while start < len(text):
        end = len(text)
        if end - start > _BLOCK_CHARS:
            end = text.rfind("\n", start, start + _BLOCK_CHARS) + 1 or start + _BLOCK_CHARS
        block = text[start:end]
        yield Part(file, f"line {line + 1} and following", "", block)
        line, start = line + block.count("\n"), end


def _iter_lines(text: str, file: str) -> Iterator[Part]:
    for number, line in enumerate(text.split("\n"), 1):
        yield Part(file, f"line {number}", "", line)


def _iter_csv(text: str, file: str, mark: str = ",") -> Iterator[Part]:
    """Yield the cells of a table, each below its head; a cell that repeats in its column is yielded once."""
    csv.field_size_limit(sys.maxsize)
    table = csv.reader(io.StringIO(text, newline=""), delimiter=mark)
    heads = next(table, [])
    yield from (Part(file, f"line 1, column {place}", "", head) for place, head in enumerate(heads, 1))
    seen: list[set[str]] = [set() for _ in heads]
    for row in table:
        seen.extend(set() for _ in range(len(row) - len(seen)))
        for place, (cell, before) in enumerate(zip(row, seen, strict=False)):
            if not cell or cell in before:
                continue
            if len(before) >= MAX_SEEN:
                before.clear()
            before.add(cell)
            head = heads[place] if place < len(heads) else ""
            yield Part(file, f"line {table.line_num}, column {head or place + 1}", head, cell)


MAX_SEEN = 50_000
"""Different cells of a column that are remembered; more of them are read again where they repeat."""


def _iter_tsv(text: str, file: str) -> Iterator[Part]:
    yield from _iter_csv(text, file, "\t")


def _iter_jsonl(text: str, file: str) -> Iterator[Part]:
    decoder = msgspec.json.Decoder()
    seen: set[tuple[str, str]] = set()
    for number, line in enumerate(text.split("\n"), 1):
        if line.strip():
            for part in _walk(_decoded(decoder, line, file), file, f"line {number}, ", "", ""):
                if (part.head, part.text) not in seen:
                    yield part
                    seen.add((part.head, part.text))
            if len(seen) > MAX_SEEN:
                seen.clear()


def _iter_json(text: str, file: str) -> Iterator[Part]:
    yield from _walk(_decoded(msgspec.json.Decoder(), text, file), file, "", "$", "")


def _decoded(decoder: msgspec.json.Decoder[object], text: str, file: str) -> object:
    try:
        return decoder.decode(text)
    except msgspec.DecodeError as error:
        raise LeakError(f"Refused: {file} is no JSON ({error}), so it cannot be checked. This is a bug.") from error


def _walk(value: object, file: str, before: str, path: str, head: str) -> Iterator[Part]:
    """Yield the strings of a JSON value and its keys; numbers are sums and counts that sousveil computes."""
    if isinstance(value, str):
        yield Part(file, before + (path or "value"), head, value)
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield Part(file, f"{before}key {path}", "", str(key))
            yield from _walk(inner, file, before, f"{path}.{key}" if path else str(key), str(key))
    elif isinstance(value, list):
        for number, inner in enumerate(value):
            yield from _walk(inner, file, before, f"{path}[{number}]", head)


_TAG = re.compile(r"<(/?[a-zA-Z][a-zA-Z0-9]{0,15})?[^<>]*>")
_ATTRIBUTE = re.compile(r"""=[ ]?"([^"<>]{3,})"|=[ ]?'([^'<>]{3,})'""")
_CELLS = {"td", "th"}
_INLINE = frozenset(
    {
        *("a", "abbr", "b", "bdi", "bdo", "cite", "code", "data", "dfn", "em", "i", "kbd", "mark", "q", "s", "small"),
        *("span", "strong", "sub", "sup", "time", "u", "var", "wbr"),
    }
)


def _iter_html(text: str, file: str) -> Iterator[Part]:
    """Yield what a page shows, as text with its cells parted, and the values of attributes."""
    for number, line in enumerate(text.split("\n"), 1):
        for match in _ATTRIBUTE.finditer(line):
            yield Part(file, f"line {number}, attribute", "", html.unescape(match[1] or match[2]))
    shown = html.unescape(_TAG.sub(_instead_of, text))
    yield from _iter_text(shown, file)


def _instead_of(tag: re.Match[str]) -> str:
    """Return what stands in the text for a tag: nothing within a line, a cell's mark, or the end of a line."""
    name = (tag[1] or "").strip("/").lower()
    ends = "\n" * tag[0].count("\n")
    if name in _INLINE or tag[0].startswith(("</td", "</th>", "</TD", "</TH>")):
        return ends
    return f" | {ends}" if name in _CELLS else ends or "\r"


_XML_TEXT = re.compile(r'<c(?![^<>]*\bt="str")[^<>]*><v>[^<>]*</v>|<row r="(\d{1,9})"|>([^<>]+)<|="([^"<>]{5,})"')
"""A cell that holds a number is passed over: a sum of 11 digits is no telephone."""


def _iter_xml(text: str, file: str) -> Iterator[Part]:
    """Yield the texts and attributes of elements; a sheet of a workbook tells its rows."""
    place = "text"
    for match in _XML_TEXT.finditer(text):
        if match[1]:
            place = f"row {match[1]}"
        elif match[2] or match[3]:
            yield Part(file, place, "", html.unescape(match[2] or match[3]))


MAX_UNPACKED = 1 << 30
"""Bytes of a pack's members together; a larger one is refused, since it could not be checked in memory."""


def _iter_pack(data: bytes, file: str) -> Iterator[Part]:
    """Yield the texts of every member of a ZIP file (packs, workbooks), and the members' names."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as pack:
            members = [member for member in pack.infolist() if not member.is_dir()]
            if sum(member.file_size for member in members) > MAX_UNPACKED:
                raise LeakError(f"Refused: {file} unpacks to more than {MAX_UNPACKED:,} bytes. Write smaller packs.")
            for member in members:
                yield Part(file, "name of a member", "", member.filename)
                yield from iter_parts(pack.read(member), f"{file}/{member.filename}")
    except zipfile.BadZipFile as error:
        raise LeakError(f"Refused: {file} is a damaged pack, so it cannot be checked.") from error


def _iter_parquet(data: bytes, file: str) -> Iterator[Part]:
    """Yield the strings of a Parquet file, row by row; needs what wrote it, the extra ``parquet``."""
    try:
        reader = importlib.import_module("arro3.io").read_parquet(io.BytesIO(data))
    except ImportError as error:
        raise LeakError(
            f"Refused: {file} cannot be checked without its library: pip install 'sousveil[parquet]'. Or write CSV."
        ) from error
    number = 0
    for batch in reader:
        names = [field.name for field in batch.schema]
        for values in zip(*(batch.column(name).to_pylist() for name in names), strict=True):
            number += 1
            yield from _walk(dict(zip(names, values, strict=True)), file, f"row {number}, ", "", "")


READERS: dict[str, Callable[[str, str], Iterator[Part]]] = {
    "csv": _iter_csv,
    "tsv": _iter_tsv,
    "json": _iter_json,
    "geojson": _iter_json,
    "jsonld": _iter_json,
    "jsonl": _iter_jsonl,
    "ndjson": _iter_jsonl,
    "ftm": _iter_jsonl,
    "html": _iter_html,
    "htm": _iter_html,
    "svg": _iter_html,
    "xml": _iter_xml,
    "rels": _iter_xml,
    "gexf": _iter_xml,
    "graphml": _iter_xml,
    "css": _iter_lines,
    "js": _iter_lines,
}
"""How a file is taken apart, by its ending; any other text is read in blocks of lines."""
