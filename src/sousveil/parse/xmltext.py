"""XML without a reader of its own -> the text of its elements, one line per element.

No entity is resolved, nothing is fetched. A document that declares entities of its own is refused: that is how
bombs and stolen files are written, and no portal needs it.
"""

from __future__ import annotations

import re

from lxml import etree

from sousveil.exceptions import DamagedError
from sousveil.parse.charset import decode
from sousveil.parse.layout import Layout, clean_line
from sousveil.parse.webpage import lay_markup

_DECLARATION = re.compile(r"\A\s{0,999}<\?xml[^>]{0,999}\?>")
_ENTITY = re.compile(r"<!ENTITY\s", re.IGNORECASE)
_MARKUP = re.compile(r"</(?:p|div|td|tr|table|span|a|b|strong|ul|li|font)>|<(?:br|img|hr)\b", re.IGNORECASE)
_DOCTYPE_WINDOW = 200_000


def make_parser(*, recover: bool = False) -> etree.XMLParser:
    """Return an XML parser for hostile input: no entities, no network, no DTD, no huge trees."""
    return etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        dtd_validation=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
        recover=recover,
    )


def parse_xml(untrusted: str | bytes) -> etree._Element:
    """Return the root element.

    Raises:
        DamagedError: the XML is not well-formed, or declares entities of its own.
    """
    data = untrusted.encode("utf-8", "replace") if isinstance(untrusted, str) else untrusted
    try:
        root = etree.fromstring(data, make_parser())
    except (etree.XMLSyntaxError, ValueError) as error:
        raise DamagedError(f"the XML is not well-formed: {str(error)[:160]}", "Fetch the file again.") from error
    check_entities(root)
    return root


def check_entities(root: etree._Element) -> None:
    """Raise ``DamagedError`` if the document declares entities."""
    dtd = root.getroottree().docinfo.internalDTD
    if dtd is not None and next(dtd.iterentities(), None) is not None:
        raise DamagedError(
            "the XML declares entities of its own, which can hide a bomb or read other files",
            "Save the document without a DOCTYPE if you trust it, and read it again.",
        )


def lay_xml(untrusted: bytes, layout: Layout) -> str:
    """Write the text of all elements into ``layout`` and return the character set.

    Raises:
        DamagedError: see ``parse_xml``.
    """
    decoded = decode(untrusted)
    if decoded.mark:
        layout.mark(decoded.mark)
    text = _DECLARATION.sub("", decoded.text)
    root = _parse_leniently(re.sub("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]", "", text), layout)
    for element in root.iter(etree.Element):
        _lay_element(element, layout)
    return decoded.charset


def _parse_leniently(text: str, layout: Layout) -> etree._Element:
    """Return the root; where the XML is broken, what stands before and around the broken place, with a mark."""
    try:
        return parse_xml(text)
    except DamagedError as error:
        if _ENTITY.search(text[:_DOCTYPE_WINDOW]):
            raise
        try:
            root = etree.fromstring(text.encode("utf-8", "replace"), make_parser(recover=True))
        except (etree.XMLSyntaxError, ValueError):
            raise error from None
        if root is None or not "".join(root.itertext()).strip():
            raise
        layout.mark(f"{error.reason}; what stands around the broken place is read")
        return root


def _lay_element(element: etree._Element, layout: Layout) -> None:
    """Write what stands in an element before its first child, and what stands behind each child."""
    for raw in (element.text, *(child.tail for child in element)):
        if not raw or raw.isspace():
            continue
        if len(_MARKUP.findall(raw[:20_000])) >= 2:
            lay_markup(raw, layout)  # HTML that stands escaped inside an element, as feeds have it
            continue
        for line in raw.split("\n"):
            layout.add_line(clean_line(line))
