"""What a file is, from its content; its name only decides where the content leaves it open.

A page named ``.doc`` that is HTML is HTML, JSON named ``.tar.gz`` is JSON. Types without a reader are named all the
same, with ``is_supported`` False.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from sousveil.parse.bundle import CONTAINERS
from sousveil.parse.bundle.stream import peek_gzip
from sousveil.parse.charset import decode, is_binary
from sousveil.parse.container import find_ole_type, find_zip_type
from sousveil.parse.json_shape import find_json_type
from sousveil.parse.magic import find_type

PICTURES = frozenset({"png", "jpg", "tif", "bmp", "gif", "webp"})
"""Kinds whose text must be recognised."""

SUPPORTED = frozenset(
    {
        *CONTAINERS,
        *(
            "html",
            "text",
            "xml",
            "pdf",
            "docx",
            "pptx",
            "xlsx",
            "xls",
            "ods",
            "csv",
            "rtf",
            "doc",
            "ppt",
            "odt",
            "odp",
            "ofd",
        ),
        *PICTURES,
        *("ocds-json", "ocds-jsonl", "eforms", "ted", "notice-json", "table-json"),
        "empty",
    }
)
"""Kinds that are read."""

_HEAD_BYTES = 16_384
"""Enough for an XML prolog with comments, or a page's head."""

_HTML = re.compile(
    r"<(?:!doctype\s{1,9}html|html|head|body|title|table|div|p|h[1-6]|br|span|font|meta|script|style|center|ul|form|a\s)\b",
    re.IGNORECASE,
)
_HTML_START = re.compile(
    r"\s{0,999}<(?:!doctype\s{1,9}html|html|head|body|meta|table|div|p|h[1-6]|span|textarea|script)\b", re.IGNORECASE
)
_ROOT = re.compile(r"<(?:(?P<prefix>[A-Za-z_][\w.-]{0,60}):)?(?P<name>[A-Za-z_][\w.-]{0,100})(?P<rest>[^>]{0,4000})")
_XML_PROLOG = re.compile(
    r"<\?[^>]{0,2000}\?>|<!--.{0,8000}?-->|<!DOCTYPE[^\[>]{0,2000}(?:\[[^\]]{0,8000}\]\s{0,99})?>", re.DOTALL
)
_SPECIAL_TEXT = re.compile(r"^(?:\d{1,6}\s{1,4}\d\d:\d\d:\d\d[,.]\d{3} -->)")


@dataclass(frozen=True, slots=True)
class Kind:
    """The type of a file: short name, media type, and whether sousveil reads it."""

    name: str
    media_type: str
    is_supported: bool

    @property
    def is_container(self) -> bool:
        """Whether it holds files, which ``bundle`` takes out."""
        return self.name in CONTAINERS


def sniff(untrusted: bytes, name: str) -> Kind:
    r"""Return the kind of a file by its bytes; never raises.

    >>> sniff(b"<html><body>notice</body></html>", "notice.doc").name
    'html'
    >>> sniff(b"ITSF\x03\x00\x00\x00", "manual.chm")
    Kind(name='chm', media_type='application/vnd.ms-htmlhelp', is_supported=False)
    """
    kind, media_type = _find(untrusted, name.lower())
    return Kind(kind, media_type, kind in SUPPORTED)


def _find(untrusted: bytes, name: str) -> tuple[str, str]:
    if not untrusted.strip(b"\x00\t\n\r ") and len(untrusted) <= 65_536:
        return "empty", "application/x-empty"
    binary = is_binary(untrusted)
    found = find_type(untrusted, is_text=not binary)
    if found is None:
        return _find_binary(name) if binary else _find_text(untrusted, name)
    if found == ("zip", "application/zip"):
        return find_zip_type(untrusted, name)
    if found[0] == "gz":
        return _find_packed(untrusted) or found
    if found[0] == "ole":
        return _find_ole(untrusted, name)
    return found


def _find_packed(untrusted: bytes) -> tuple[str, str] | None:
    """Return the type of a web archive packed with gzip: packing is part of that format."""
    head = peek_gzip(untrusted, 16)
    if head.startswith(b"WARC/"):
        return "warc", "application/warc"
    return ("arc", "application/x-ia-arc") if head.startswith(b"filedesc:") else None


def _find_ole(untrusted: bytes, name: str) -> tuple[str, str]:
    """Return the type of an OLE file; an encrypted one keeps the kind its name claims, and its reader refuses it."""
    kind, media_type = find_ole_type(untrusted)
    if kind != "encrypted":
        return kind, media_type
    return ("xlsx" if name.endswith((".xlsx", ".xlsm", ".xlsb")) else "docx"), media_type


def _find_binary(name: str) -> tuple[str, str]:
    """Return a type for bytes without a known signature; the name serves only to recognise leftovers of programs."""
    if name.startswith("~$") or "owner_lock" in name:
        return "owner-lock", "application/x-ms-owner-lock"
    return "unknown", "application/octet-stream"


def _find_text(untrusted: bytes, name: str) -> tuple[str, str]:
    head = decode(untrusted[:_HEAD_BYTES]).text.lstrip("\ufeff \t\r\n")
    if head.startswith(("{", "[")):
        found = find_json_type(untrusted)
        if found:
            return found
    if head.startswith("<"):
        found = _find_markup(head)
        if found:
            return found
    if _looks_like_html(head):
        return "html", "text/html"
    if _SPECIAL_TEXT.match(head):
        return "text", "application/x-subrip"
    if looks_like_table(head, name, is_whole=len(untrusted) <= _HEAD_BYTES):
        return "csv", "text/csv"
    return "text", "text/plain"


def _looks_like_html(head: str) -> bool:
    """Return whether text that does not begin with a tag is a page or a fragment of one: five known tags in 16 kB."""
    tags = _HTML.findall(head)
    return len(tags) >= 5 or any(tag.lower().startswith(("<html", "<body", "<!doctype")) for tag in tags)


def _find_markup(head: str) -> tuple[str, str] | None:
    """Return html, eforms, ted or xml by the root element; None where ``<`` begins something else."""
    if _HTML_START.match(head):
        return "html", "text/html"
    rest = head
    is_declared = head.startswith("<?xml")
    while match := _XML_PROLOG.match(rest):
        rest = rest[match.end() :].lstrip()
    root = _ROOT.match(rest)
    if not root:
        return ("xml", "application/xml") if is_declared else None
    name = root["name"]
    if name.lower() == "html" or _HTML_START.match(rest):
        return "html", "text/html"
    if name == "TED_EXPORT":
        return "ted", "application/xml"
    namespace = _namespace_of(root)
    if (
        "oasis:names:specification:ubl" in namespace and name.endswith("Notice")
    ) or "eforms-business-registration" in namespace:
        return "eforms", "application/xml"
    if is_declared or f"</{root.group(0)[1 : 1 + len(name)]}" in rest or "xmlns" in root["rest"] or rest != head:
        return "xml", "application/xml"
    return None


def _namespace_of(root: re.Match[str]) -> str:
    """Return the namespace of the root element as declared on it, or ''."""
    attribute = f"xmlns:{root['prefix']}" if root["prefix"] else "xmlns"
    match = re.search(rf"\b{re.escape(attribute)}\s{{0,9}}=\s{{0,9}}[\"']([^\"']{{0,300}})", root["rest"])
    return match[1] if match else ""


def looks_like_table(head: str, name: str, *, is_whole: bool) -> bool:
    """Return whether text is a delimited table.

    Named ``.csv`` or ``.tsv``: two lines or one with a delimiter are enough. Otherwise at least five lines must hold
    the same number, three or more, of tabs, semicolons or commas: prose does not.
    """
    lines = [line for line in head.split("\n") if line.strip()]
    if not is_whole and len(lines) > 1:
        lines.pop()
    if name.endswith((".csv", ".tsv", ".tab")):
        return any(mark in line for line in lines for mark in ",;\t|")
    for mark in "\t;,|":
        counts = {line.count(mark) for line in lines[:50]}
        if len(lines) >= 5 and len(counts) == 1 and counts.pop() >= 3:
            return True
    return False
