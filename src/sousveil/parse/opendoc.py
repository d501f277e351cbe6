"""ODT and ODP (LibreOffice, OpenOffice) -> text and tables; a slide is a page.

Out: paragraphs and tables in the order of the file, notes behind the body, then each different header and footer once.
Left out: deleted text of tracked changes, hidden text, comments, numbers of lists that the program counts by itself.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial

from lxml import etree

from sousveil.exceptions import DamagedError, EmptyFileError, EncryptedError
from sousveil.parse.grid import MAX_SPAN, CellDraft, TableDraft, finish_table
from sousveil.parse.layout import Item, Layout, clean_line, is_page_number
from sousveil.parse.package import Package, open_package
from sousveil.parse.scan.inside import InsidePictures
from sousveil.parse.scan.pictures import check_pictures
from sousveil.parse.webpage import MAX_TABLE_DEPTH
from sousveil.parse.xmltext import check_entities

_SKIPPED = frozenset(
    (
        *("tracked-changes", "annotation", "annotation-end", "sequence-decls", "variable-decls", "user-field-decls"),
        *(
            "forms",
            "scripts",
            "settings",
            "hidden-paragraph",
            "hidden-text",
            "table-source",
            "event-listeners",
        ),
        *("object-ole", "binary-data", "shapes", "note-citation", "meta", "dde-connection-decls"),
    )
)
_LINES = frozenset(("p", "h"))
_MAX_REPEATED = 100
"""Copies of one cell believed; empty cells to the edge of the sheet repeat a thousand times."""

_AGAIN = "Fetch the file again."


def lay_opendocument(untrusted: bytes, layout: Layout) -> str:
    """Write an ODT or ODP file into ``layout``; return '' (its parts say their own character set).

    Raises:
        EncryptedError: it opens only with a password.
        DamagedError: the package or its content is broken.
        EmptyFileError: it holds nothing, or pictures without text.
        PicturesOnlyError: it holds pictures that were not recognised.
    """
    package = open_package(untrusted, layout.limits)
    if b"encryption-data" in package.read("META-INF/manifest.xml") or package.has("encrypted-package"):
        raise EncryptedError(
            "the document opens only with a password",
            "Remove the password with the program that set it, and read the file again.",
        )
    root = _parse(package, "content.xml")
    pictures = InsidePictures(package, layout.pictures)
    slides = root.findall(".//{*}body/{*}presentation/{*}page")
    for part in slides or [root]:
        layout.start_page()
        reader = _Reader(partial(pictures.items, page=layout.page_number))
        for item in [*reader.read(part), *reader.notes]:
            layout.add(item)
    _judge(package, layout)
    if not slides:
        for lines in dict.fromkeys(_margins(package)):
            for line in lines:
                layout.add(line)
    return ""


def _parse(package: Package, name: str) -> etree._Element:
    if not package.has(name):
        raise DamagedError("the office file has no main part: it is damaged or cut off", _AGAIN)
    try:
        parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
        root = etree.fromstring(package.read(name), parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise DamagedError(f"the text of the office file is not well-formed: {str(error)[:160]}", _AGAIN) from error
    check_entities(root)
    return root


def _margins(package: Package) -> Iterator[tuple[Item, ...]]:
    """Yield the texts of headers and footers."""
    if not package.has("styles.xml"):
        return
    root = _parse(package, "styles.xml")
    for master in root.iterfind(".//{*}master-page"):
        for element in master:
            if isinstance(element.tag, str) and _name(element).startswith(("header", "footer")):
                items = tuple(item for item in _Reader().read(element) if not is_page_number(item))
                if items:
                    yield items


def _judge(package: Package, layout: Layout) -> None:
    pictures = sum(1 for name in package.names if name.startswith("pictures/"))
    if not layout.has_text:
        check_pictures(layout.pictures, pictures)
        raise EmptyFileError("the file has no text", "Nothing to do, unless another program shows text in it.")
    embedded = sorted(
        {name.split("/")[0] for name in package.names if name.startswith("object ") and name.endswith("/content.xml")}
    )
    if embedded:
        layout.mark(f"objects inside the document not read: {len(embedded)}")


class _Reader:
    """A walk over the elements of one part, without recursion."""

    def __init__(self, read_picture: Callable[[str], list[Item]] = lambda _: []) -> None:
        self.read_picture = read_picture
        self.out: list[Item] = []
        self.outer: list[list[Item]] = []
        self.inline: list[str] = []
        self.tables: list[TableDraft] = []
        self.repeats: list[int] = []
        self.notes: list[Item] = []
        self.table_count = 0

    def read(self, root: etree._Element) -> list[Item]:
        """Return lines and rows of an element."""
        skipped: etree._Element | None = None
        for event, element in etree.iterwalk(root, events=("start", "end")):
            if not isinstance(element.tag, str):
                if event == "end" and skipped is None and element is not root:
                    self._take(element.tail)
                continue
            if skipped is None and event == "start":
                if _is_skipped(element):
                    skipped = element
                else:
                    self._start(element)
            elif event == "end":
                if skipped is element:
                    skipped = None
                elif skipped is None:
                    self._end(element)
                if skipped is None and element is not root:
                    self._take(element.tail)
        self._flush()
        return self.out

    def _take(self, text: str | None) -> None:
        if text:
            self.inline.append(text)

    def _flush(self) -> None:
        if self.inline:
            line = clean_line("".join(self.inline))
            self.inline = []
            if line:
                self.out.append(line)

    def _start(self, element: etree._Element) -> None:
        name = _name(element)
        if name in _LINES or name == "text-box":
            self._flush()
        elif name in {"tab", "s"}:
            self.inline.append(" ")
        elif name in {"line-break", "soft-page-break"}:
            self.inline.append(" ") if name == "soft-page-break" else self._flush()
        elif name == "note":
            self.outer.append(self.out)
            self.outer.append([*self.inline])
            self.inline, self.out = [], []
        elif name == "image":
            self._show(element)
        elif name == "table":
            self._start_table()
        elif name == "table-row" and self.tables:
            self.tables[-1].start_row()
            around = element.getparent()
            self.tables[-1].is_header_row = around is not None and _name(around) == "table-header-rows"
        elif name in {"table-cell", "covered-table-cell"}:
            self._start_cell(element, is_covered=name != "table-cell")
        self._take(element.text)

    def _end(self, element: etree._Element) -> None:
        name = _name(element)
        if name in _LINES:
            self._flush()
        elif name == "note":
            self._flush()
            self.notes += self.out
            self.inline = [piece for piece in self.outer.pop() if isinstance(piece, str)]
            self.out = self.outer.pop()
        elif name == "table":
            self._flush()
            if self.tables:
                finish_table(self.out, self.tables.pop())
        elif name == "table-row" and self.tables and self.tables[-1].cells is not None:
            self.out += self.tables[-1].end_row()
        elif name == "table-cell":
            self._end_cell()

    def _show(self, element: etree._Element) -> None:
        """Take in the text on a picture, where it has any."""
        place = next((value for key, value in element.attrib.items() if key.endswith("}href")), "")
        items = self.read_picture(place.removeprefix("./"))
        if items:
            self._flush()
            self.out += items

    def _start_table(self) -> None:
        self._flush()
        self.table_count += 1
        self.tables.append(TableDraft(self.table_count, len(self.out)))

    def _start_cell(self, element: etree._Element, *, is_covered: bool) -> None:
        if is_covered or not self.tables or self.tables[-1].cells is None or len(self.tables) > MAX_TABLE_DEPTH:
            return
        self._flush()
        draft = CellDraft(
            [], _number(element, "number-rows-spanned"), _number(element, "number-columns-spanned"), is_header=False
        )
        self.tables[-1].cells.append(draft)
        self.repeats.append(min(_number(element, "number-columns-repeated"), _MAX_REPEATED))
        self.outer.append(self.out)
        self.out = draft.items

    def _end_cell(self) -> None:
        if not self.outer or not self.tables or self.tables[-1].cells is None or len(self.tables) > MAX_TABLE_DEPTH:
            return
        self._flush()
        self.out = self.outer.pop()
        cells = self.tables[-1].cells
        for _ in range(self.repeats.pop() - 1):
            cells.append(CellDraft(list(cells[-1].items), cells[-1].row_span, cells[-1].column_span, is_header=False))


def _is_skipped(element: etree._Element) -> bool:
    """Return whether what an element holds is no text: tool tips of pictures, patterns of indexes, and the like."""
    name = _name(element)
    return name in _SKIPPED or name.endswith("-source") or (name in {"title", "desc"} and "svg" in element.tag)


def _name(element: etree._Element) -> str:
    return str(element.tag).rsplit("}", 1)[-1]


def _number(element: etree._Element, name: str) -> int:
    """Return a positive number from an attribute of the table namespace, 1 where it is not there."""
    raw = element.get(f"{{urn:oasis:names:tc:opendocument:xmlns:table:1.0}}{name}", "1")
    return max(1, min(int(raw), MAX_SPAN)) if raw.isascii() and raw.isdigit() and len(raw) < 9 else 1
