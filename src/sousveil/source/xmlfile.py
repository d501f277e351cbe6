"""XML files as trees without namespaces; no entity, no external file, no network, no huge tree."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from sousveil.exceptions import DamagedError, EmptyFileError, LimitError, UnsupportedTypeError
from sousveil.settings import Limits


def load_root(untrusted: bytes, limits: Limits) -> etree._Element:
    """Return the root element; comments and processing instructions are dropped, names keep their namespaces.

    Raises:
        EmptyFileError: nothing but white space.
        DamagedError: the bytes are no well-formed XML.
        UnsupportedTypeError: the file declares entities, which no notice does.
        LimitError: the file is larger than allowed.
    """
    if len(untrusted) > limits.max_file_bytes:
        raise LimitError(f"the file has {len(untrusted)} bytes", "Split it, or raise max_file_bytes in sousveil.toml.")
    raw = untrusted.lstrip()
    if not raw:
        raise EmptyFileError("the file is empty", "Fetch it again; the source may have answered with nothing.")
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True, remove_pis=True
    )
    try:
        root = etree.fromstring(raw, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise DamagedError(
            f"the XML is broken: {str(error)[:200]}", "Fetch it again; it may have been cut off."
        ) from error
    if root is None:
        raise DamagedError("the XML has no root element", "Fetch it again; it may have been cut off.")
    document_type = root.getroottree().docinfo
    if document_type.internalDTD is not None and any(document_type.internalDTD.iterentities()):
        reason = "The XML declares entities, which notices do not"
        raise UnsupportedTypeError(reason, "Look at it with care: files like this are made to attack readers.")
    return root


def local_name(element: etree._Element) -> str:
    """Return the element's name without namespace.

    >>> local_name(etree.fromstring("<a:b xmlns:a='urn:x'/>"))
    'b'
    """
    tag: str = element.tag
    return tag[tag.rfind("}") + 1 :]


def strip_namespaces(root: etree._Element, *, without: tuple[str, ...] = ()) -> None:
    """Take the namespaces off ``root`` and all below it: paths become short and the same in all versions.

    Elements named in ``without`` are removed first with all they hold: parts no reader needs cost most of the time.
    """
    for name in without:
        for element in list(root.iter(f"{{*}}{name}")):
            parent = element.getparent()
            if parent is not None:
                parent.remove(element)
    for element in root.iter(etree.Element):
        tag = element.tag
        if tag[0] == "{":
            element.tag = tag[tag.rfind("}") + 1 :]


def text_of(element: etree._Element | None) -> str:
    """Return the element's own text, empty where it is missing."""
    return (element.text or "") if element is not None else ""


def all_text(element: etree._Element | None) -> str:
    r"""Return the text of an element and everything in it; paragraphs (``P``) stand on lines of their own.

    >>> all_text(etree.fromstring("<D><P>5 m<FT>3</FT></P><P>two</P></D>"))
    '5 m3\ntwo'
    """
    if element is None:
        return ""
    paragraphs = element.findall("P")
    if not paragraphs:
        return "".join(_strings(element))
    return "\n".join("".join(_strings(paragraph)) for paragraph in paragraphs)


def _strings(element: etree._Element) -> Iterator[str]:
    yield from (str(text) for text in element.itertext())
