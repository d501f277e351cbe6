"""DOCX and PPTX -> text and tables: one pass over the parts' XML, without building a tree.

Out: paragraphs and tables in the order of the file, tables inside tables too; text boxes behind the paragraph they
are anchored to; foot- and endnotes behind the body, then each different header and footer once. A slide is a page.
Left out: deleted and moved-away text of tracked changes, hidden text, field codes, comments. Numbers that Word
counts by itself (list numbers, chapter numbers) stand nowhere in the file's text and are not made up.
"""

from __future__ import annotations

import io
import re
from collections.abc import Callable

from lxml import etree

from sousveil.exceptions import DamagedError, EmptyFileError
from sousveil.parse.charset import decode
from sousveil.parse.grid import MAX_SPAN, CellDraft, TableDraft, finish_table
from sousveil.parse.layout import Item, Layout, clean_line, is_page_number
from sousveil.parse.package import Package, open_package
from sousveil.parse.scan.inside import InsidePictures
from sousveil.parse.scan.pictures import check_pictures
from sousveil.parse.webpage import lay_markup
from sousveil.parse.xmltext import check_entities

_TAGS = (
    *("p", "t", "tab", "br", "cr", "noBreakHyphen", "r", "vanish", "tbl", "tr", "tc", "gridSpan", "vMerge"),
    *("tblHeader", "txbxContent", "Fallback", "del", "moveFrom", "txBody", "blip", "imagedata"),
)
_DROPPED = frozenset({"Fallback", "del", "moveFrom"})
"""Elements whose text is not the document's: the copy for old programs, and what tracked changes took away."""

_EMBEDDED = re.compile(r"(?:word|ppt)/embeddings/[^/]{1,200}\.(?:docx?|xlsx?|pptx?|pdf|zip)$")
_MEDIA = re.compile(r"(?:word|ppt)/media/")
_FEW_CHARS = 50
_AGAIN = "Fetch the file again."


def lay_docx(untrusted: bytes, layout: Layout) -> str:
    """Write the body, notes, headers and footers of a DOCX file; return '' (its parts are UTF-8).

    Raises:
        EncryptedError: it opens only with a password.
        DamagedError: the package or its main part is broken.
        EmptyFileError: it holds nothing, or pictures without text.
        PicturesOnlyError: it holds pictures that were not recognised.
    """
    package = open_package(untrusted, layout.limits)
    main = _main_part(package, "word/document.xml")
    layout.start_page()
    pictures = InsidePictures(package, layout.pictures)
    _lay(_read_shown(package, main, pictures, layout.page_number), layout)
    for name in ("word/footnotes.xml", "word/endnotes.xml"):
        _lay(read_part(package.read(name)), layout)
    if not layout.has_text:
        _lay_chunks(package, layout)
    has_body = layout.has_text
    for lines in _margins(package):
        _lay(list(lines), layout)
    _judge(package, layout, has_body=has_body)
    return ""


def lay_pptx(untrusted: bytes, layout: Layout) -> str:
    """Write one page for each slide of a PPTX file, with its notes; return ''.

    Raises:
        EncryptedError: it opens only with a password.
        DamagedError: the package or a slide is broken.
        EmptyFileError: it holds nothing, or pictures without text.
        PicturesOnlyError: it holds pictures that were not recognised.
    """
    package = open_package(untrusted, layout.limits)
    numbers = sorted(
        int(match[1]) for name in package.names if (match := re.fullmatch(r"ppt/slides/slide(\d{1,6})\.xml", name))
    )
    pictures = InsidePictures(package, layout.pictures)
    for number in numbers:
        layout.start_page()
        _lay(_read_shown(package, f"ppt/slides/slide{number}.xml", pictures, layout.page_number), layout)
    _judge(package, layout, has_body=layout.has_text)
    return ""


def _read_shown(package: Package, part: str, pictures: InsidePictures, page: int) -> list[Item]:
    """Return the lines and rows of a part, and of the pictures it shows, each behind the paragraph it stands in."""
    names = pictures.related(part)
    return read_part(package.read(part), lambda relation: pictures.items(names.get(relation, ""), page))


def _main_part(package: Package, default: str) -> str:
    """Return the name of the main part as the package's relations say, else the usual one."""
    rels = package.read("_rels/.rels").decode("utf-8", "replace")
    for element in re.findall(r"<[^<>]{0,2000}/officeDocument\"[^<>]{0,2000}>", rels):
        target = re.search(r"Target=\"/?([^\"]{1,300})\"", element)
        if target and package.has(target[1]):
            return target[1]
    if not package.has(default):
        raise DamagedError("the office file has no main part: it is damaged or cut off", _AGAIN)
    return default


def _lay(items: list[Item], layout: Layout) -> None:
    for item in items:
        layout.add(item)


def _margins(package: Package) -> list[tuple[Item, ...]]:
    """Return the different texts of headers and footers, headers first."""
    found: dict[tuple[Item, ...], None] = {}
    names = [name for name in package.names if re.fullmatch(r"word/(?:header|footer)\d{0,6}\.xml", name)]
    for name in sorted(names, key=lambda name: ("footer" in name, name)):
        items = read_part(package.read(name))
        lines = tuple(item for item in items if not is_page_number(item))
        if lines:
            found.setdefault(lines)
    return list(found)


def _lay_chunks(package: Package, layout: Layout) -> None:
    """Write HTML parts that programs put in place of a body (``altChunk``)."""
    for name in sorted(package.names):
        if name.startswith("word/") and name.endswith((".htm", ".html", ".xhtml")):
            lay_markup(decode(package.read(name)).text, layout)


def _judge(package: Package, layout: Layout, *, has_body: bool) -> None:
    """Mark what was not read; fail where there is no body."""
    embedded = sorted(name.rsplit("/", 1)[-1] for name in package.names if _EMBEDDED.match(name))
    pictures = sum(1 for name in package.names if _MEDIA.match(name))
    if not has_body:
        check_pictures(layout.pictures, pictures)
        raise EmptyFileError("the file has no text", "Nothing to do, unless another program shows text in it.")
    if embedded:
        layout.mark(f"files inside the document not read: {', '.join(embedded[:5])}{' …' if len(embedded) > 5 else ''}")
    if layout.pictures.waiting and layout.char_count < _FEW_CHARS * pictures:
        layout.mark(f"{pictures} picture{'s' if pictures > 1 else ''} beside very little text: not recognised")


def read_part(untrusted: bytes, read_picture: Callable[[str], list[Item]] = lambda _: []) -> list[Item]:
    """Return the lines and rows of one XML part; [] for an empty one.

    Args:
        untrusted: the part.
        read_picture: gives those on a picture by the id of its relation.

    Raises:
        DamagedError: the XML is broken or declares entities.
    """
    if not untrusted:
        return []
    try:
        return _Part(read_picture).read(untrusted)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise DamagedError(f"the text of the office file is not well-formed: {str(error)[:160]}", _AGAIN) from error


class _Part:
    """The state of a pass over one part: open tables, open text boxes, the line being written."""

    def __init__(self, read_picture: Callable[[str], list[Item]]) -> None:
        self.read_picture = read_picture
        self.out: list[Item] = []
        self.outer: list[list[Item]] = []
        self.inline: list[str] = []
        self.tables: list[TableDraft] = []
        self.boxes: list[tuple[list[str], list[Item]]] = []
        self.pending: list[Item] = []
        self.dropped = 0
        self.in_run = 0
        self.is_hidden = False
        self.table_count = 0
        self._starts: dict[str, Callable[[etree._Element], None]] = {
            "tbl": self._start_table,
            "tr": self._start_row,
            "tc": self._start_cell,
            "p": self._flush,
            "r": self._start_run,
            "txbxContent": self._start_box,
        }
        self._ends: dict[str, Callable[[etree._Element], None]] = {
            "t": self._take_text,
            "tab": self._take_blank,
            "br": self._flush,
            "cr": self._flush,
            "noBreakHyphen": self._take_hyphen,
            "vanish": self._hide,
            "gridSpan": self._widen,
            "vMerge": self._merge,
            "tblHeader": self._head,
            "p": self._end_paragraph,
            "tc": self._end_cell,
            "tr": self._end_row,
            "tbl": self._end_table,
            "txbxContent": self._end_box,
            "blip": self._show,
            "imagedata": self._show,
        }

    def read(self, untrusted: bytes) -> list[Item]:
        """Return what the part says."""
        events = etree.iterparse(
            io.BytesIO(untrusted),
            events=("start", "end"),
            tag=[f"{{*}}{tag}" for tag in _TAGS],
            resolve_entities=False,
            no_network=True,
            load_dtd=False,
            huge_tree=False,
            remove_comments=True,
            remove_pis=True,
        )
        is_checked = False
        for event, element in events:
            if not is_checked:
                check_entities(element)
                is_checked = True
            tag = element.tag.rsplit("}", 1)[-1]
            if tag in _DROPPED:
                self.dropped += 1 if event == "start" else -1
            elif not self.dropped:
                act = (self._starts if event == "start" else self._ends).get(tag)
                if act is not None:
                    act(element)
            if event == "end" and tag == "p":
                element.clear(keep_tail=True)
        self._flush()
        return self.out + self.pending

    def _flush(self, _element: etree._Element | None = None) -> None:
        if self.inline:
            line = clean_line("".join(self.inline))
            self.inline = []
            if line:
                self.out.append(line)

    def _start_run(self, _element: etree._Element) -> None:
        self.is_hidden = False

    def _hide(self, element: etree._Element) -> None:
        value = next((value for key, value in element.attrib.items() if key.endswith("val")), "1")
        properties = element.getparent()
        run = properties.getparent() if properties is not None else None
        if value not in {"0", "false", "off"} and run is not None and run.tag.endswith("}r"):
            self.is_hidden = True

    def _take_text(self, element: etree._Element) -> None:
        if not self.is_hidden and element.text:
            self.inline.append(element.text)

    def _take_blank(self, element: etree._Element) -> None:
        parent = element.getparent()
        if parent is None or not parent.tag.endswith("}tabs"):
            self.inline.append(" ")

    def _take_hyphen(self, _element: etree._Element) -> None:
        self.inline.append("-")

    def _end_paragraph(self, _element: etree._Element) -> None:
        self._flush()
        if self.pending and not self.boxes:
            self.out += self.pending
            self.pending = []

    def _start_box(self, _element: etree._Element) -> None:
        self.boxes.append((self.inline, self.out))
        self.inline = []
        self.out = []

    def _end_box(self, _element: etree._Element) -> None:
        self._flush()
        if self.boxes:
            content = self.out
            self.inline, self.out = self.boxes.pop()
            self.pending += content

    def _show(self, element: etree._Element) -> None:
        """Take in the picture that a drawing (DrawingML or VML) refers to."""
        for name, value in element.attrib.items():
            if name.endswith(("}embed", "}id")):
                self.pending += self.read_picture(value)

    def _start_table(self, _element: etree._Element) -> None:
        self._flush()
        self.table_count += 1
        self.tables.append(TableDraft(self.table_count, len(self.out)))

    def _start_row(self, _element: etree._Element) -> None:
        if self.tables:
            self.tables[-1].start_row()

    def _start_cell(self, _element: etree._Element) -> None:
        if self.tables and self.tables[-1].cells is not None:
            draft = CellDraft([], 1, 1, is_header=False)
            span = _element.get("gridSpan")  # slides say it on the cell itself
            if span and span.isdigit():
                draft.column_span = min(int(span), MAX_SPAN)
            draft.is_below = _element.get("vMerge") in {"1", "true"}
            if _element.get("hMerge") in {"1", "true"}:  # the cell to its left covers it, and says so
                draft.column_span = 0
            self.tables[-1].cells.append(draft)
            self.outer.append(self.out)
            self.out = draft.items

    def _widen(self, element: etree._Element) -> None:
        value = next((value for key, value in element.attrib.items() if key.endswith("val")), "1")
        if self.tables and self.tables[-1].cells and value.isdigit():
            self.tables[-1].cells[-1].column_span = max(1, min(int(value), MAX_SPAN))

    def _merge(self, element: etree._Element) -> None:
        """Take that the cell is merged with the one above, unless it begins such a cell (``restart``)."""
        if self.tables and self.tables[-1].cells:
            self.tables[-1].cells[-1].is_below = "restart" not in element.attrib.values()

    def _head(self, _element: etree._Element) -> None:
        if self.tables:
            self.tables[-1].is_header_row = True

    def _end_cell(self, _element: etree._Element) -> None:
        self._flush()
        if self.pending and not self.boxes:
            self.out += self.pending
            self.pending = []
        if self.outer and self.tables and self.tables[-1].cells is not None:
            self.out = self.outer.pop()

    def _end_row(self, _element: etree._Element) -> None:
        if self.tables:
            self.out += self.tables[-1].end_row()

    def _end_table(self, _element: etree._Element) -> None:
        if self.tables:
            finish_table(self.out, self.tables.pop())
