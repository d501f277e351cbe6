r"""RTF -> text and tables, in every code page that its fonts name.

Out: paragraphs and tables in the order of the file; numbers of lists, which RTF writes out; footnotes behind the body,
then each different header and footer once. Left out: hidden and deleted text, field codes, pictures, comments.

Bytes are collected over control words and decoded together, because programs put half of a Chinese character as
``\'b2`` and the other half as a letter.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from sousveil.exceptions import DamagedError
from sousveil.parse.charset import decode, name_of_code_page
from sousveil.parse.layout import Item, Layout, clean_line, is_page_number
from sousveil.parse.rowwise import RowDraft, RowPlan, Rowwise
from sousveil.parse.rtfwords import (
    BREAKS,
    CHARACTERS,
    FONT_CODE_PAGES,
    KEPT_STARRED,
    MARGINS,
    MULTIBYTE,
    NOTES,
    SIGN_CHARACTERS,
    SIGNS,
    SKIPPED,
    SYMBOLS,
    Group,
)

_TOKEN = re.compile(
    r"((?:\\'[0-9a-fA-F]{2}){1,4096})|((?:\\u-?\d{1,6} ?\?){2,4096})"  # runs of bytes, of characters with a stand-in
    r"|\\([a-zA-Z]{1,32})(-?\d{1,10})? ?|\\([^a-zA-Z])|([{}])|([^\\{}\r\n]{1,65536})",
    re.DOTALL,
)
_UNICODE = re.compile(r"\\u(-?\d{1,6}) ?")
_HALF = re.compile("[\ud800-\udfff]")
_MAX_GROUPS = 2_000
"""Groups inside groups. Word nests shapes and fields some twenty deep."""

_AGAIN = "Fetch the file again."


def lay_rtf(untrusted: bytes, layout: Layout) -> str:
    """Write an RTF file into ``layout`` and return the character set of its bytes, '' where it names none.

    Raises:
        DamagedError: its groups are nested beyond reason.
    """
    reader = _Reader(untrusted.decode("latin-1"))
    items = reader.read()
    layout.start_page()
    for item in [*items, *reader.notes]:
        layout.add(item)
    for lines in dict.fromkeys(reader.margins):
        for line in lines:
            layout.add(line)
    if reader.depth > 0:
        layout.mark("the file is cut off: what stands before the cut is read")
    return reader.charset


class _Reader:
    """One pass over the tokens of a file."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.charset = ""
        self.notes: list[Item] = []
        self.margins: list[tuple[Item, ...]] = []
        self.group = Group()
        self.groups: list[Group] = []
        self.fonts: dict[int, str | None] = {}
        self.font = 0
        self.default_font = -1
        self.guess: str | None = None
        self.raw = bytearray()
        self.line: list[str] = []
        self.rows = Rowwise()
        self.outer: list[tuple[list[str], Rowwise, int, bool]] = []
        self.level = 0
        self.in_table = False
        self.row = RowDraft()
        self.kept = RowPlan()
        self.skip = 0
        self.is_starred = False
        self.actions: dict[str, Callable[[int | None], None]] = {
            "u": self._take_unicode,
            "uc": self._set_fallbacks,
            "f": self._set_font,
            "fcharset": self._set_font_charset,
            "cpg": self._set_font_page,
            "ansicpg": self._set_page,
            "mac": lambda _: self._set_page(10000),
            "pc": lambda _: self._set_page(437),
            "pca": lambda _: self._set_page(850),
            "deff": self._set_default_font,
            "plain": self._reset_characters,
            "v": lambda value: self._set(is_hidden=value != 0),
            "deleted": lambda value: self._set(is_deleted=value != 0),
            "pard": self._reset_paragraph,
            "intbl": self._enter_table,
            "itap": self._set_level,
            "cell": lambda _: self._end_cell(1),
            "nestcell": lambda _: self._end_cell(max(self.level, 2)),
            "row": lambda _: self._end_row(1),
            "nesttableprops": self._keep_edges,
            "nestrow": self._end_nested_row,
            "trowd": self.row.start,
            "trhdr": self.row.head,
            "trleft": self.row.set_left,
            "cellx": self.row.add_edge,
            "clvmrg": self.row.merge,
        }

    @property
    def depth(self) -> int:
        """Groups that were opened and not closed."""
        return len(self.groups)

    def read(self) -> list[Item]:
        """Return lines and rows of the body."""
        at = 0
        end = len(self.text)
        match = _TOKEN.match
        while at < end:
            token = match(self.text, at)
            if token is None:
                at += 1  # a line end, which says nothing, or a lone backslash at the end
                continue
            at = token.end()
            hexadecimal, unicode, word, number, symbol, brace, plain = token.groups()
            if plain is not None:
                self._take(plain.encode("latin-1"))
            elif hexadecimal is not None:
                self._take(bytes.fromhex(hexadecimal.replace("\\'", "")))
            elif unicode is not None:
                at = self._take_run(unicode, token.start(), token.end())
            elif brace is not None:
                self._take_brace(brace)
            elif symbol is not None:
                self._take_symbol(symbol)
            elif word == "bin":
                at += max(0, int(number or 0))
            else:
                self._take_word(word, int(number) if number else None)
        while self.outer:
            self._end_aside("note")
        self._flush()
        return self.rows.finish()

    def _take(self, data: bytes) -> None:
        """Take bytes of text, less those that stand in for a Unicode character."""
        if self.skip:
            skipped = min(self.skip, len(data))
            self.skip -= skipped
            data = data[skipped:]
        group = self.group
        if data and not (group.is_skipped or group.is_hidden or group.is_deleted or group.is_font_table):
            self.raw += data

    def _take_unicode(self, number: int | None) -> None:
        group = self.group
        if number is not None and not (group.is_skipped or group.is_hidden or group.is_deleted or group.is_font_table):
            self._decode()
            self.line.append(chr(number & 0xFFFF))
        self.skip = group.fallback_count

    def _take_run(self, run: str, start: int, end: int) -> int:
        """Take characters that stand in the usual form, each with one stand-in; return where to read on."""
        group = self.group
        if group.fallback_count != 1 or group.is_font_table:
            first = _UNICODE.match(run)
            assert first is not None
            self._take_word("u", int(first[1]))
            return start + first.end()
        self.skip = 0
        self.is_starred = False
        if not (group.is_skipped or group.is_hidden or group.is_deleted):
            self._decode()
            self.line.append("".join(chr(int(number) & 0xFFFF) for number in _UNICODE.findall(run)))
        return end

    def _take_symbol(self, symbol: str) -> None:
        if symbol == "*":
            self.is_starred = True
        elif symbol in "\r\n":
            self._end_line()
        elif symbol in SYMBOLS:
            self._add(SYMBOLS[symbol])
        elif symbol in "\\{}":
            self._take(symbol.encode("ascii"))

    def _add(self, text: str) -> None:
        group = self.group
        if text and not (group.is_skipped or group.is_hidden or group.is_deleted):
            self._decode()
            self.line.append(text)

    def _decode(self) -> None:
        """Turn the bytes collected into text by the font they stand in."""
        if not self.raw:
            return
        data = bytes(self.raw)
        self.raw.clear()
        if data.isascii():
            self.line.append(data.decode("ascii"))
            return
        charset = self.group.charset or self._page()
        if charset == SIGNS:
            self.line.append(data.decode("ascii", "ignore"))
            return
        try:
            self.line.append(data.decode(charset))
        except UnicodeDecodeError:
            self.line.append(data.decode(self._guess(), "replace"))

    def _page(self) -> str:
        """Return the code page of the document; western ones are claimed by programs that write Chinese, too."""
        if self.charset in {"", "cp1252", "mac_roman", "cp437", "cp850"}:
            guess = self._guess()
            return guess if guess in MULTIBYTE or not self.charset else self.charset
        return self.charset

    def _guess(self) -> str:
        """Return the character set that all escaped bytes of the file together look like."""
        if self.guess is None:
            pairs = re.findall(r"\\'([89a-fA-F][0-9a-fA-F])(?:\\'([0-9a-fA-F]{2}))?", self.text[:2_000_000])
            data = bytes.fromhex("".join(first + (second or "20") for first, second in pairs))
            self.guess = decode(data).charset if data else "cp1252"
            if self.guess.startswith("utf-"):
                self.guess = "cp1252"
        return self.guess

    def _flush(self) -> None:
        line = self._take_line()
        if line:
            self.rows.add_line(self._depth_of_table(), line)

    def _take_line(self) -> str:
        """Return the line written so far, halves of characters beyond the basic plane joined, and begin another."""
        self._decode()
        text = "".join(self.line)
        self.line = []
        if _HALF.search(text):
            text = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
        return clean_line(text.translate(SIGN_CHARACTERS))

    def _end_line(self) -> None:
        if not self.group.is_skipped:
            self._flush()

    def _take_word(self, word: str, number: int | None) -> None:
        is_starred, self.is_starred = self.is_starred, False
        self.skip = 0 if word != "u" else self.skip
        if self.group.is_skipped:
            if word in {"u", "uc"}:
                self.actions[word](number)
            return
        if word in SKIPPED or (is_starred and word not in KEPT_STARRED):
            self._set(is_skipped=True)
        elif word == "fonttbl":
            self._set(is_font_table=True)
        elif word in MARGINS:
            self._start_aside("margin")
        elif word in NOTES:
            self._start_aside("note")
        elif word in BREAKS:
            self._end_line()
        elif word in CHARACTERS:
            self._add(CHARACTERS[word])
        else:
            action = self.actions.get(word)
            if action is not None:
                action(number)

    def _set(self, **changes: bool) -> None:
        self._decode()
        self.group = replace(self.group, **changes)  # type: ignore[arg-type]

    def _take_brace(self, brace: str) -> None:
        self.is_starred = False
        self.skip = 0
        if brace == "{":
            if len(self.groups) >= _MAX_GROUPS:
                raise DamagedError(f"the groups of the file are nested deeper than {_MAX_GROUPS:,}", _AGAIN)
            self.groups.append(self.group)
            if self.group.is_aside_start:
                self.group = replace(self.group, is_aside_start=False)
            return
        if not self.groups:
            return
        ended, before = self.group, self.groups.pop()
        if ended.charset != before.charset or ended.is_aside_start:
            self._decode()
        if ended.is_aside_start:
            self._end_aside(ended.aside)
        self.group = before

    def _set_fallbacks(self, number: int | None) -> None:
        self.group = replace(self.group, fallback_count=max(0, min(number if number is not None else 1, 8)))

    def _set_font(self, number: int | None) -> None:
        self.font = number or 0
        if self.group.is_font_table:
            self.fonts.setdefault(self.font, None)
            return
        charset = self.fonts.get(self.font)
        if charset != self.group.charset:
            self._decode()
            self.group = replace(self.group, charset=charset)

    def _set_font_charset(self, number: int | None) -> None:
        if self.group.is_font_table:
            page = FONT_CODE_PAGES.get(number or 0)
            self.fonts[self.font] = SIGNS if number == 2 else (name_of_code_page(page) or None if page else None)

    def _set_font_page(self, number: int | None) -> None:
        if self.group.is_font_table and number:
            self.fonts[self.font] = name_of_code_page(number) or self.fonts.get(self.font)

    def _set_page(self, number: int | None) -> None:
        if not self.charset:
            self.charset = name_of_code_page(number or 0)

    def _set_default_font(self, number: int | None) -> None:
        self.default_font = number if number is not None else -1

    def _reset_characters(self, _number: int | None) -> None:
        charset = self.fonts.get(self.default_font)
        self._decode()
        self.group = replace(self.group, charset=charset, is_hidden=False, is_deleted=False)

    def _depth_of_table(self) -> int:
        return max(self.level, 1) if self.in_table else 0

    def _reset_paragraph(self, _number: int | None) -> None:
        self.in_table = False
        self.level = 0

    def _enter_table(self, _number: int | None) -> None:
        self.in_table = True

    def _set_level(self, number: int | None) -> None:
        self.level = max(0, number or 0)
        self.in_table = self.in_table or self.level > 0

    def _end_cell(self, level: int) -> None:
        self.in_table, self.level = True, level if level > 1 else self.level
        self.rows.add_line(level, self._take_line())
        self.rows.end_cell(level)

    def _end_row(self, level: int) -> None:
        self._flush()
        self.rows.end_row(level, self.row.plan())

    def _keep_edges(self, _number: int | None) -> None:
        """Put aside what was said of the row around a table inside a cell."""
        self.kept = self.row.plan()

    def _end_nested_row(self, _number: int | None) -> None:
        self._end_row(max(self.level, 2))
        self.row.take(self.kept)

    def _start_aside(self, kind: str) -> None:
        self._decode()
        self.outer.append((self.line, self.rows, self.level, self.in_table))
        self.line, self.rows, self.level, self.in_table = [], Rowwise(), 0, False
        self.group = replace(self.group, aside=kind, is_aside_start=True)

    def _end_aside(self, kind: str) -> None:
        self._flush()
        items = self.rows.finish()
        if not self.outer:
            return
        self.line, self.rows, self.level, self.in_table = self.outer.pop()
        if kind == "note":
            self.notes += items
        else:
            self.margins.append(tuple(item for item in items if not is_page_number(item)))
