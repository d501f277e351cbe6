"""Which JSON this is: OCDS, OCDS lines, one notice, a list of records, or something without a reader.

Only the top level is decoded; what stands below stays bytes, so a package of 100 MB is told in a tenth of a second.
"""

from __future__ import annotations

import re

import msgspec

from sousveil.parse.charset import decode

_JSON = "application/json"
_JSONL = "application/x-ndjson"

_TOP = msgspec.json.Decoder(dict[str, msgspec.Raw])
_LIST = msgspec.json.Decoder(list[msgspec.Raw])

_LONE_SURROGATE = re.compile(
    rb"\\u[dD][89abAB][0-9a-fA-F]{2}(?!\\u[dD][c-fC-F])|(?<!\\u[dD][89abAB][0-9a-fA-F]{2})\\u[dD][c-fC-F][0-9a-fA-F]{2}"
)

_OCDS_KEYS = frozenset({"ocid", "releases", "records", "compiledRelease"})
_OCDS_HINT = re.compile(rb'"(?:ocid|releases|records|compiledRelease)"\s{0,99}:')
_TENDER_KEYS = frozenset({"tenderID", "procuringEntity", "procurementMethodType"})


_RECORDS_DEPTH = 3
"""Objects around a list of records: portals answer with two at most ({"result": {"data": {"records": [...]}}})."""
_LEAST_KEYED = 2
_MOST_OBJECTS = 50
"""Objects looked into at one level."""


def find_json_type(untrusted: bytes) -> tuple[str, str] | None:
    """Return ``(kind, media type)`` of JSON text, or None where the text is no JSON at all.

    Damaged OCDS keeps its kind, so that its reader says where it breaks; other damaged JSON is ``json``.
    """
    data = _as_utf8(untrusted).strip()
    shape = _decode_top(data)
    if shape is None and b"\\u" in data:
        data = mend_surrogates(data)
        shape = _decode_top(data)
    if isinstance(shape, dict):
        return _object_type(shape)
    if isinstance(shape, list):
        return _list_type(shape)
    lines = _first_lines(data)
    if len(lines) >= 1 and b"\n" in data and isinstance(_decode_top(lines[0]), dict):
        first = _TOP.decode(lines[0])
        return ("ocds-jsonl", _JSONL) if _OCDS_KEYS & first.keys() else ("table-json", _JSONL)
    if _OCDS_HINT.search(data[:65_536]):
        return "ocds-json", _JSON
    return ("json", _JSON) if re.match(rb'[\[{]\s{0,999}["\[{\]}]', data) else None


def mend_surrogates(data: bytes) -> bytes:
    r"""Return JSON with half surrogate pairs replaced, which programs leave that cut text by length.

    >>> mend_surrogates(rb'"a\ud83d"')
    b'"a\\ufffd"'
    """
    return _LONE_SURROGATE.sub(rb"\\ufffd", data)


def _as_utf8(untrusted: bytes) -> bytes:
    """Return the text as UTF-8 without byte order mark; JSON in UTF-16 and GB18030 exists."""
    try:
        untrusted.decode("utf-8")
    except UnicodeDecodeError:
        return decode(untrusted).text.encode("utf-8", "replace")
    return untrusted.removeprefix(b"\xef\xbb\xbf")


def _decode_top(data: bytes) -> dict[str, msgspec.Raw] | list[msgspec.Raw] | None:
    try:
        return _TOP.decode(data) if data[:1] == b"{" else _LIST.decode(data)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return None


def _first_lines(data: bytes) -> list[bytes]:
    """Return the first two lines that are not empty."""
    lines: list[bytes] = []
    start = 0
    while len(lines) < 2 and start < len(data):
        end = data.find(b"\n", start)
        end = len(data) if end < 0 else end
        line = data[start:end].strip()
        if line:
            lines.append(line)
        start = end + 1
    return lines


def _object_type(top: dict[str, msgspec.Raw]) -> tuple[str, str]:
    if _OCDS_KEYS & top.keys() and not ("text" in top and _is_string(top["text"])):
        return "ocds-json", _JSON
    inner = _decode_top(bytes(top["data"])) if "data" in top and _starts_with(top["data"], b"{") else None
    if isinstance(inner, dict) and (_OCDS_KEYS | _TENDER_KEYS) & inner.keys():
        return "ocds-json", _JSON
    if "text" in top and _is_string(top["text"]):
        return "notice-json", _JSON
    if _holds_records(top, 1):
        return "table-json", _JSON
    return "json", _JSON


def _holds_records(level: dict[str, msgspec.Raw], depth: int) -> bool:
    """Return whether an object holds a list of records at most three levels down, or is one of records by their ids."""
    if any(_is_record_list(value) for value in level.values()):
        return True
    objects = [value for value in level.values() if _starts_with(value, b"{")]
    if len(objects) >= _LEAST_KEYED and len(objects) == len(level) and _are_alike(objects[:2]):
        return True
    if depth >= _RECORDS_DEPTH or len(objects) > _MOST_OBJECTS:
        return False
    inner = (_decode_top(bytes(value)) for value in objects)
    return any(isinstance(found, dict) and _holds_records(found, depth + 1) for found in inner)


def _are_alike(objects: list[msgspec.Raw]) -> bool:
    """Return whether two objects share half of the members of the first."""
    first, second = (_decode_top(bytes(value)) for value in objects)
    if not (isinstance(first, dict) and isinstance(second, dict) and len(first) > 1):
        return False
    return len(first.keys() & second.keys()) * 2 >= len(first)


def _list_type(items: list[msgspec.Raw]) -> tuple[str, str]:
    first = _decode_top(bytes(items[0])) if items and _starts_with(items[0], b"{") else None
    if not isinstance(first, dict):
        return "json", _JSON
    return ("ocds-json", _JSON) if _OCDS_KEYS & first.keys() else ("table-json", _JSON)


def _is_string(value: msgspec.Raw) -> bool:
    return _starts_with(value, b'"')


def _starts_with(value: msgspec.Raw, sign: bytes) -> bool:
    """Look at the first byte without copying the rest, which may be 100 MB."""
    return bytes(memoryview(value)[:1]) == sign


def _is_record_list(value: msgspec.Raw) -> bool:
    """Return whether a value is a list whose first item is an object."""
    return re.match(rb"\[\s{0,999}\{", bytes(memoryview(value)[:1200])) is not None
