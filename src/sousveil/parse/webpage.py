"""HTML -> text and tables, by a walk over blocks.

In: a page or a fragment, any character set. Out: one line per block, one line per table row. Decisions:

- Inline elements never cut a word; two links side by side, and two spans of which the first is classed as a label,
  are parted by a blank, as a style sheet would part them.
- ``script``, ``style``, ``noscript``, ``svg``, ``template``, options of forms and hidden elements are left out. If
  the page has no other text, hidden text is read, with a mark.
- Attributes are not text: no addresses of links, no ``alt``, no tool tips. The value of a read-only input is,
  because portals show contract data that way.
- The title comes first, unless the text says it already: the portal's ``ArticleTitle``, else ``<title>``. So does
  ``PubDate: …`` from the head, unless its day stands in the text.
- A line break in the source is a blank, and nothing between two Chinese characters; inside ``pre`` and elements
  styled ``white-space: pre…`` it ends a line.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from selectolax.lexbor import LexborHTMLParser, LexborNode

from sousveil.exceptions import EmptyFileError
from sousveil.parse.charset import decode
from sousveil.parse.depth import limit_depth
from sousveil.parse.grid import MAX_SPAN, CellDraft, TableDraft, finish_table
from sousveil.parse.heading import read_heading
from sousveil.parse.layout import Item, Layout, clean_line

_SKIP, _BLOCK, _BREAK, _PRE, _TABLE, _ROW, _CELL, _LINK, _FIELD, _AREA, _INLINE = range(11)

_ACTIONS: dict[str, int] = {
    **dict.fromkeys(
        (
            *(
                "script",
                "style",
                "noscript",
                "template",
                "svg",
                "head",
                "iframe",
                "object",
                "embed",
                "canvas",
                "audio",
                "video",
            ),
            *(
                "select",
                "datalist",
                "option",
                "optgroup",
                "rt",
                "rp",
                "noframes",
                "map",
                "progress",
                "meter",
                "-comment",
                "!doctype",
                "-doctype",
                "-undef",
            ),
        ),
        _SKIP,
    ),
    **dict.fromkeys(
        (
            *(
                "p",
                "div",
                "section",
                "article",
                "aside",
                "header",
                "footer",
                "main",
                "nav",
                "center",
                "body",
                "html",
                "form",
            ),
            *(
                "h1",
                "h2",
                "h3",
                "h4",
                "h5",
                "h6",
                "ul",
                "ol",
                "li",
                "dl",
                "dt",
                "dd",
                "blockquote",
                "address",
                "fieldset",
            ),
            *(
                "legend",
                "figure",
                "figcaption",
                "details",
                "summary",
                "caption",
                "thead",
                "tbody",
                "tfoot",
                "dir",
                "menu",
                "hgroup",
                "search",
                "dialog",
                "button",
            ),
        ),
        _BLOCK,
    ),
    "br": _BREAK,
    "hr": _BREAK,
    "pre": _PRE,
    "textarea": _AREA,
    "listing": _PRE,
    "xmp": _PRE,
    "plaintext": _PRE,
    "table": _TABLE,
    "tr": _ROW,
    "td": _CELL,
    "th": _CELL,
    "a": _LINK,
    "input": _FIELD,
}

_FEW_CHARS = 60
"""Text shorter than this beside a script is a title and "loading …"; the shortest real notice has 120 characters."""

MAX_TABLE_DEPTH = 30
"""Tables inside tables beyond this are read as blocks; old portals nest their layout up to 12 deep."""

_CJK = "\u2e80-\u2fdf\u3001-\u303f\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uff00-\uffef"
_WRAP_IN_CHINESE = re.compile(f"(?<=[{_CJK}])[ \t\r]{{0,200}}\n[ \t\r\n]{{0,400}}(?=[{_CJK}])")
_HIDDEN_STYLE = re.compile(r"(?:display\s{0,9}:\s{0,9}none|visibility\s{0,9}:\s{0,9}hidden)", re.IGNORECASE)
_PRE_STYLE = re.compile(r"white-space\s{0,9}:\s{0,9}(?:pre|break-spaces)", re.IGNORECASE)
_PRE_CLASS = re.compile(
    r"\.([\w-]{1,80})\s{0,9}\{[^{}]{0,1000}?white-space\s{0,9}:\s{0,9}(?:pre|break-spaces)", re.IGNORECASE
)
_LABEL_CLASS = re.compile(r"label|title|name|key|tit\b|lab\b|head|field", re.IGNORECASE)


def lay_webpage(untrusted: bytes, layout: Layout) -> str:
    """Write the page's text into ``layout`` and return its character set.

    Raises:
        EmptyFileError: the page has no text of its own: a frame set, or a page that a script builds.
    """
    decoded = decode(untrusted)
    if decoded.mark:
        layout.mark(decoded.mark)
    if not lay_markup(decoded.text, layout):
        raise _no_text(decoded.text)
    return decoded.charset


def lay_markup(untrusted: str, layout: Layout) -> bool:
    """Write the text of HTML that is decoded already, and return whether there was any; see ``lay_webpage``."""
    markup, was_deep = limit_depth(untrusted.encode("utf-8", "replace").decode("utf-8"))
    if was_deep:
        layout.mark("elements nested too deep: their text is read, their order of blocks is not certain")
    tree = LexborHTMLParser(markup)
    items = _Walk(markup, with_hidden=False).read(tree)
    if not items:
        items = _Walk(markup, with_hidden=True).read(tree)
        if items:
            layout.mark("all text of the page is hidden: shown to a reader only by a script, if at all")
    heading = read_heading(tree, items)
    for line in heading if items else ():
        layout.add_line(line)
    for item in items:
        layout.add(item)
    if "<script" in markup and layout.char_count < _FEW_CHARS:
        layout.mark("very little text: the page may be built by a script in the browser")
    return bool(items)


def _no_text(markup: str) -> EmptyFileError:
    if "<frame" in markup[:20_000].lower():
        return EmptyFileError("the page is a frame set without text", "Save the page inside the frame instead.")
    if "<script" in markup.lower():
        return EmptyFileError(
            "the page has no text: a script builds it in the browser",
            "Save the page from a browser after it has loaded.",
        )
    return EmptyFileError("the page has no text", "Nothing to do, unless the page shows text in a browser.")


class _Walk:
    """One pass over the tree, without recursion: depth costs nothing."""

    def __init__(self, markup: str, *, with_hidden: bool) -> None:
        self.with_hidden = with_hidden
        self.out: list[Item] = []
        self.inline: list[str] = []
        self.tables: list[TableDraft] = []
        self.outer: list[list[Item]] = []
        self.pre = 0
        self.table_count = 0
        has_pre = "white-space" in markup
        self.pre_classes = frozenset(_PRE_CLASS.findall(markup[:500_000])) if has_pre else frozenset()

    def read(self, tree: LexborHTMLParser) -> list[Item]:
        """Return the lines and rows of the page."""
        node: LexborNode | None = tree.root
        stack: list[tuple[LexborNode, Callable[[LexborNode], None] | None]] = []
        while node is not None:
            leave: Callable[[LexborNode], None] | None = None
            child = None
            if node.tag == "-text":
                self._take_text(node.text_content or "")
            else:
                descends, leave = self._enter(node)
                child = node.first_child if descends else None
            if child is not None:
                stack.append((node, leave))
                node = child
                continue
            if leave is not None:
                leave(node)
            following = node.next
            while following is None and stack:
                node, leave = stack.pop()
                if leave is not None:
                    leave(node)
                following = node.next
            node = following
        self._flush()
        return self.out

    def _take_text(self, text: str) -> None:
        if self.pre and "\n" in text:
            for line in text.split("\n")[:-1]:
                self.inline.append(line)
                self._flush()
            text = text.rsplit("\n", 1)[-1]
        if not text.isspace():
            self.inline.append(text)
        elif self.inline:
            self.inline.append("\n" if "\n" in text else " ")

    def _flush(self, _node: LexborNode | None = None) -> None:
        """End the line."""
        if not self.inline:
            return
        raw = "".join(self.inline) if len(self.inline) > 1 else self.inline[0]
        self.inline = []
        if "\n" in raw:
            raw = _WRAP_IN_CHINESE.sub("", raw)
        line = clean_line(raw)
        if line:
            self.out.append(line)

    def _enter(self, node: LexborNode) -> tuple[bool, Callable[[LexborNode], None] | None]:
        """Begin an element; return whether to go inside, and what to do at its end."""
        action = _ACTIONS.get(node.tag or "", _INLINE)
        if action == _SKIP:
            return False, None
        if action == _BREAK:
            self._flush()
            return False, None
        attributes = node.attributes
        if attributes and (not self.with_hidden or action == _AREA) and _is_hidden(attributes):
            return False, None
        if action == _INLINE:
            return True, self._after_label if attributes and _LABEL_CLASS.search(
                attributes.get("class") or ""
            ) else None
        if action == _LINK:
            return True, self._after_link
        if action == _FIELD:
            self._take_field(attributes)
            return False, None
        if action == _ROW and self.tables and self.tables[-1].cells is None:
            return self._enter_row()
        if action == _CELL and self.tables and self.tables[-1].cells is not None:
            return self._enter_cell(node.tag == "th", attributes)
        self._flush()
        if action == _TABLE and len(self.tables) < MAX_TABLE_DEPTH:
            return self._enter_table()
        if action in {_PRE, _AREA} or (attributes and self._is_preformatted(attributes)):
            self.pre += 1
            return True, self._leave_pre
        return True, self._flush

    def _is_preformatted(self, attributes: dict[str, str | None]) -> bool:
        style = attributes.get("style")
        if style and _PRE_STYLE.search(style):
            return True
        return bool(self.pre_classes) and not self.pre_classes.isdisjoint((attributes.get("class") or "").split())

    def _after_link(self, node: LexborNode) -> None:
        following = node.next
        if following is not None and following.tag == "a":
            self.inline.append(" ")

    def _after_label(self, node: LexborNode) -> None:
        following = node.next
        if following is not None and following.tag == node.tag:
            self.inline.append(" ")

    def _take_field(self, attributes: dict[str, str | None]) -> None:
        """Take the value of a text field that the reader cannot change: it shows data, it asks for nothing."""
        kind = (attributes.get("type") or "text").lower()
        if kind == "text" and ("readonly" in attributes or "disabled" in attributes):
            self.inline.append(f" {attributes.get('value') or ''} ")

    def _leave_pre(self, _node: LexborNode) -> None:
        self._flush()
        self.pre -= 1

    def _enter_table(self) -> tuple[bool, Callable[[LexborNode], None]]:
        self.table_count += 1
        self.tables.append(TableDraft(self.table_count, len(self.out)))
        return True, self._leave_table

    def _leave_table(self, _node: LexborNode) -> None:
        self._flush()
        finish_table(self.out, self.tables.pop())

    def _enter_row(self) -> tuple[bool, Callable[[LexborNode], None]]:
        self._flush()
        self.tables[-1].start_row()
        return True, self._leave_row

    def _leave_row(self, _node: LexborNode) -> None:
        self._flush()
        self.out += self.tables[-1].end_row()

    def _enter_cell(
        self, is_header: bool, attributes: dict[str, str | None]
    ) -> tuple[bool, Callable[[LexborNode], None]]:
        self._flush()
        draft = CellDraft([], _span(attributes.get("rowspan")), _span(attributes.get("colspan")), is_header)
        cells = self.tables[-1].cells
        assert cells is not None
        cells.append(draft)
        self.outer.append(self.out)
        self.out = draft.items
        return True, self._leave_cell

    def _leave_cell(self, _node: LexborNode) -> None:
        self._flush()
        self.out = self.outer.pop()


def _is_hidden(attributes: dict[str, str | None]) -> bool:
    if "hidden" in attributes:
        return True
    style = attributes.get("style")
    return bool(style) and _HIDDEN_STYLE.search(style or "") is not None


def _span(raw: str | None) -> int:
    """Return a row or column span; 0 means to the end of the table and is taken as 1,000 for rows and columns alike."""
    digits = (raw or "").strip()[:6]
    if not digits.isascii() or not digits.isdigit():
        return 1
    return min(int(digits), MAX_SPAN) or MAX_SPAN
