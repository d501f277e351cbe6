"""OFD, China's national format for fixed pages (GB/T 33190-2016: a ZIP of XML parts) -> pages of lines and tables.

A page's text stands in pieces (``TextCode``) anywhere on it; they are joined to lines by their places, and to tables
by the lines drawn around them, those of the page's template too. A file may hold several documents; their pages follow
one another. Files attached to a document are named in a mark, and so are pages of pictures, and pages whose characters
mean nothing without their font.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from sousveil.exceptions import DamagedError, EmptyFileError, EncryptedError
from sousveil.parse.layout import Item, Layout
from sousveil.parse.noise import is_garbage
from sousveil.parse.package import Package, open_package
from sousveil.parse.page_numbers import list_numbers
from sousveil.parse.paged import join_tables
from sousveil.parse.placed import Drawing, read_drawing
from sousveil.parse.scan.inside import InsidePictures
from sousveil.parse.scan.pictures import check_pictures
from sousveil.parse.wrapped import body_width, join_wrapped
from sousveil.parse.xmltext import parse_xml

_AGAIN = "Fetch the file again."
_MAX_DOCUMENTS = 100

_BLANK, _SCAN, _UNREADABLE, _BROKEN = "blank", "scan", "unreadable", "broken"
_TROUBLES = {
    _SCAN: "no text, only pictures: a scan, not recognised",
    _UNREADABLE: "text that means nothing without its font",
    _BROKEN: "damaged or missing, not read",
}


@dataclass(slots=True)
class _Document:
    """What one document of the file says about itself."""

    folder: str
    pages: list[str]
    templates: dict[str, str]
    attachments: list[str] = field(default_factory=list)
    media: dict[str, str] = field(default_factory=dict)
    """Names of the parts that hold pictures, by the ids that pages use for them."""


def lay_ofd(untrusted: bytes, layout: Layout) -> str:
    """Write every page of an OFD file into ``layout``; return '' (its parts say their own character set).

    Raises:
        EncryptedError: it opens only with a password or a certificate.
        DamagedError: the package, or its list of documents, is broken.
        EmptyFileError: its pages hold nothing, or pictures without text.
        PicturesOnlyError: they hold pictures that were not recognised.
    """
    package = open_package(untrusted, layout.limits)
    if package.has("Encryptions.xml") or package.has("encryption.xml"):
        raise EncryptedError(
            "the document opens only with a password or a certificate",
            "Save it without protection with the program that made it, and read the file again.",
        )
    pictures = InsidePictures(package, layout.pictures)
    pages: list[list[Item]] = []
    troubles: dict[str, list[int]] = {}
    attachments: list[str] = []
    for document in _documents(package):
        attachments += document.attachments
        for items, trouble in _pages(package, document, layout.limits.max_pages - len(pages), pictures):
            pages.append(items)
            if trouble:
                troubles.setdefault(trouble, []).append(len(pages))
        if len(document.pages) and len(pages) >= layout.limits.max_pages:
            layout.mark(f"more than {layout.limits.max_pages:,} pages: the rest is not read")
            break
    pages = join_tables(pages)
    width = body_width(pages)
    for items in pages:
        layout.start_page()
        for item in join_wrapped(items, width):
            layout.add(item)
    _judge(troubles, attachments, layout)
    return ""


def _judge(troubles: dict[str, list[int]], attachments: list[str], layout: Layout) -> None:
    if not layout.has_text:
        check_pictures(layout.pictures, len(troubles.get(_SCAN, ())))
        if _BROKEN in troubles:
            raise DamagedError("no page of the document can be read", _AGAIN)
        raise EmptyFileError("the document has no text", "Nothing to do, unless another viewer shows text.")
    for trouble, words in _TROUBLES.items():
        numbers = troubles.get(trouble)
        if numbers:
            layout.mark(f"page{'s' if len(numbers) > 1 else ''} {list_numbers(numbers)}: {words}")
    if attachments:
        more = " …" if len(attachments) > 5 else ""
        layout.mark(f"files attached to the document not read: {', '.join(attachments[:5])}{more}")


def _documents(package: Package) -> Iterator[_Document]:
    """Yield the documents that the file lists.

    Raises:
        DamagedError: there is no list, or nothing on it.
    """
    root = _read(package, "OFD.xml")
    bodies = [] if root is None else root.findall(".//{*}DocRoot")
    places = [_resolve("", body.text or "") for body in bodies[:_MAX_DOCUMENTS]]
    if not places:
        places = [name for name in package.names if posixpath.basename(name) == "document.xml"]
    if not places:
        raise DamagedError("the OFD file lists no document", _AGAIN)
    for place in places:
        element = _read(package, place)
        if element is None:
            raise DamagedError(f"the part {place} of the OFD file is missing or broken", _AGAIN)
        yield _to_document(package, element, posixpath.dirname(place))


def _to_document(package: Package, root: etree._Element, folder: str) -> _Document:
    pages = [_resolve(folder, page.get("BaseLoc", "")) for page in root.iterfind("{*}Pages/{*}Page")]
    templates = {
        template.get("ID", ""): _resolve(folder, template.get("BaseLoc", ""))
        for template in root.iterfind(".//{*}TemplatePage")
    }
    document = _Document(folder, pages, templates, media=_media(package, root, folder))
    for place in root.iterfind("{*}Attachments"):
        listing = _read(package, _resolve(folder, place.text or ""))
        if listing is not None:
            document.attachments += [
                item.get("Name") or posixpath.basename(item.findtext("{*}FileLoc") or "") or "(no name)"
                for item in listing.iterfind(".//{*}Attachment")
            ]
    return document


def _media(package: Package, root: etree._Element, folder: str) -> dict[str, str]:
    """Return the names of the parts that hold pictures, by their ids, as the document's lists of resources say."""
    found: dict[str, str] = {}
    for place in root.iterfind("{*}CommonData/*"):
        if not str(place.tag).endswith(("}PublicRes", "}DocumentRes")):
            continue
        name = _resolve(folder, place.text or "")
        listing = _read(package, name)
        if listing is None:
            continue
        base = _resolve(posixpath.dirname(name), listing.get("BaseLoc", ".") or ".")
        for medium in listing.iterfind(".//{*}MultiMedia"):
            found[medium.get("ID", "")] = _resolve(base, medium.findtext("{*}MediaFile") or "")
    return found


def _pages(
    package: Package, document: _Document, limit: int, pictures: InsidePictures
) -> Iterator[tuple[list[Item], str]]:
    """Yield lines and rows of each page, and '' or what is the matter with it; pictures of a scan are recognised."""
    templates: dict[str, Drawing] = {}
    for number, place in enumerate(document.pages[: max(0, limit)], 1):
        root = _read(package, place)
        if root is None:
            yield [], _BROKEN
            continue
        drawing = Drawing()
        for reference in root.iterfind(".//{*}Template"):
            name = reference.get("TemplateID", "")
            if name not in templates:
                template = _read(package, document.templates.get(name, ""))
                templates[name] = read_drawing(template) if template is not None else Drawing()
            drawing.add(templates[name])
        own = read_drawing(root)
        drawing.add(own)
        items, trouble = drawing.items(), _trouble(own)
        seen = [item for shown in own.pictures for item in pictures.items(document.media.get(shown, ""), number)]
        yield items + seen, "" if seen and trouble == _SCAN else trouble


def _trouble(drawing: Drawing) -> str:
    text = "".join(char for char, *_ in drawing.glyphs)
    if text.strip():
        return _UNREADABLE if is_garbage(text) else ""
    return _SCAN if drawing.pictures else _BLANK


def _read(package: Package, name: str) -> etree._Element | None:
    """Return the root of a part, None where there is none or it is broken."""
    if not name or not package.has(name):
        return None
    try:
        return parse_xml(package.read(name))
    except DamagedError:
        return None


def _resolve(folder: str, place: str) -> str:
    """Return a part's name from a place that is relative to a folder, or absolute.

    >>> _resolve("Doc_0", "Pages/Page_0/Content.xml"), _resolve("Doc_0", "/Doc_0/Document.xml")
    ('Doc_0/Pages/Page_0/Content.xml', 'Doc_0/Document.xml')
    """
    place = place.strip().replace("\\", "/")
    if not place:
        return ""
    return posixpath.normpath(place.lstrip("/") if place.startswith("/") else posixpath.join(folder, place))
