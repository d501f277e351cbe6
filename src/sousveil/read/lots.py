"""Lots: the parts of a purchase that are won by themselves, from tables, headings, labels, and the title.

A row of a table that has a lot's number carries what its other columns say. A heading (合同包1(巡考):) carries the
values below it, up to the next heading. A lot that only a title names (…标包2招标公告) is the one lot of its notice.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import islice
from typing import NamedTuple

from sousveil.data.lot_words import lot_words
from sousveil.model import Amount, Field, Lot, Span
from sousveil.read.draft import Draft, Found
from sousveil.read.lot_mentions import Mention, iter_mentions, key_of, number_in
from sousveil.read.parties import names_of
from sousveil.read.sheet import Sheet
from sousveil.read.sums import amount_of
from sousveil.text.fold import fold
from sousveil.text.money import iter_money

MAX_LOTS = 300
"""Lots that are read: the largest framework agreements seen in TED have about 250."""
_MAX_MENTIONS = 400
_MAX_TITLE = 80
"""Characters of a lot's title; what is longer is a sentence about it."""
_SUMS = ("lot_budget", "budget", "ceiling")
_ROW = frozenset(
    (
        "lot_number",
        "lot_title",
        "row_number",
        "supplier",
        "candidate",
        "award_amount",
        "title",
        "item_name",
        "project_number",
        *_SUMS,
    )
)
_LEAD = re.compile(r"(?:\(?[一二三四五六七八九十\d]{1,3}[)、.]|\([一二三四五六七八九十\d]{1,3}\)|[#*★▲●■◆【\[\s])*")
_MAJOR = re.compile(r"(?:^|\n)[ \t]*[一二三四五六七八九十]{1,3}[、.]")
_TITLE = re.compile(r"\s?(?:[:、(\]】,\-—]|名称)[:\s]{0,2}(?P<title>[^\n|]{2,90})")
_WITH_WINNER = re.compile(r"\s(?P<title>[^\n|:。;,]{2,60}):")
"""第1包 前端设备:甲公司,中标价…: title, then who won."""
_NO_TITLE = re.compile(
    # bid won, offered, supplier, sum, yuan, budget, limit, company, must, deposit, rejected, condition, bidder, reason
    r"中标|成交|供应商|金额|\d元|万元|预算|限价|公司|须|应当|保证金|废标|流标|资格|投标人|理由|人民币|[。;!?]|详见|最高|得分"
)
_NOT_FAILED = re.compile(r"如|若|将|按|作为?$|否则|视为|不予|应|可能|规定")


@dataclass(slots=True)
class _Part:
    """A lot while its mentions are gathered."""

    number: str
    span: Span
    title: Field | None = None
    budget: Amount | None = None
    award_amount: Amount | None = None
    suppliers: dict[str, Field] = field(default_factory=dict)
    is_failed: bool = False

    @property
    def is_told(self) -> bool:
        return self.title is not None or self.budget is not None or bool(self.suppliers) or self.is_failed

    def lot(self) -> Lot:
        suppliers = tuple(self.suppliers.values())
        is_failed = self.is_failed and not suppliers
        return Lot(self.number, self.span, self.title, self.budget, self.award_amount, suppliers, is_failed)


class _Stretch(NamedTuple):
    """The text that a heading of a lot stands over."""

    mention: Mention
    end: int


def read_lots(
    draft: Draft, *, kind: str | None, title: Field | None, suppliers: tuple[Field, ...], award: Amount | None
) -> tuple[Lot, ...]:
    """Return the lots in the order in which they are first told."""
    reader = _Reader(draft, kind, suppliers)
    reader.read_rows()
    for sheet in draft.sheets:
        mentions = list(islice(iter_mentions(sheet.folded, is_han=draft.is_han), _MAX_MENTIONS))
        reader.read_headings(sheet, mentions)
        reader.read_labels(sheet)
        reader.read_failures(sheet, mentions)
    told = [part.lot() for part in reader.parts.values() if part.is_told or part.award_amount is not None]
    if told:
        return tuple(told[:MAX_LOTS])
    return _of_title(draft, kind, title, suppliers, award)


@cache
def _failed() -> re.Pattern[str]:
    return re.compile("|".join(re.escape(fold(word)) for word in lot_words("failed")))


class _Reader:
    """Gathers what a notice says of its lots."""

    def __init__(self, draft: Draft, kind: str | None, suppliers: tuple[Field, ...]) -> None:
        self.draft = draft
        self.kind = kind
        self.winners = dict.fromkeys(str(supplier.value) for supplier in suppliers)
        self.parts: dict[str, _Part] = {}
        self.taken: set[tuple[int, int]] = set()
        """Sheet number and first character of values that a row gave to a lot."""

    def part(self, sheet: Sheet, start: int, end: int) -> _Part:
        number = sheet.page.text[start:end]
        return self.parts.setdefault(key_of(number), _Part(number, self.draft.span(sheet, start, end)))

    # ---- rows

    def read_rows(self) -> None:
        rows: dict[tuple[int, int, int], list[Found]] = {}
        for name in _ROW:
            for item in self.draft.by_field.get(name, ()):
                if item.entry.group is not None and item.entry.start < item.entry.end:
                    rows.setdefault((item.sheet.page.number, *item.entry.group), []).append(item)
        for key in sorted(rows):
            self._read_row(sorted(rows[key], key=lambda item: item.entry.start))

    def _read_row(self, row: Sequence[Found]) -> None:
        span = _number_of(row)
        if span is None:
            return
        sheet = row[0].sheet
        part = self.part(sheet, *span)
        for item in row:
            self._tell(part, item)
        first, last = row[0].entry.start, max(item.entry.end for item in row)
        if _failed().search(sheet.folded, first, min(len(sheet.folded), _line_end(sheet, last))):
            part.is_failed = True

    def _tell(self, part: _Part, item: Found) -> None:
        """Give a lot what one value says of it; the first of a kind counts."""
        entry, name = item.entry, item.entry.field
        self.taken.add((item.sheet.page.number, entry.start))
        if name in {"lot_title", "item_name", "title"}:
            if part.title is None or name == "lot_title":
                rule = f"label {entry.label.strip()}"
                part.title = self._title(item.sheet, entry.start, entry.end, rule) or part.title
        elif name in _SUMS:
            if part.budget is None or (name == "budget" and "预算" in entry.label):
                part.budget = amount_of(self.draft, item) or part.budget
        elif name == "award_amount" or (name == "total" and entry.context in {"supplier", ""}):
            if part.award_amount is None and self.kind != "tender":
                part.award_amount = amount_of(self.draft, item)
        elif name in {"supplier", "candidate", "bidder"}:
            for found in names_of(self.draft, [item]):
                if str(found.value) in self.winners:
                    part.suppliers.setdefault(str(found.value), found)

    def _title(self, sheet: Sheet, start: int, end: int, rule: str) -> Field | None:
        mention = next(iter_mentions(sheet.folded, start, end, is_han=self.draft.is_han), None)
        if mention is not None and mention.start == start:
            rest = _TITLE.match(sheet.folded, mention.end, end)
            start = rest.start("title") if rest else start
            if start == mention.start and mention.end >= end:
                return None
        text = sheet.folded[start:end].strip()
        if not 2 <= len(text) <= 3 * _MAX_TITLE or text.isdecimal():
            return None
        return self.draft.text_field(sheet, start, end, rule)

    # ---- headings

    def read_headings(self, sheet: Sheet, mentions: Sequence[Mention]) -> None:
        stretches = list(_stretches(sheet, mentions))
        if not stretches:
            return
        starts = [stretch.mention.start for stretch in stretches]
        for stretch in stretches:
            self._read_heading(sheet, stretch)
        for name in (
            *_SUMS,
            "award_amount",
            "total",
            "supplier",
            "candidate",
            *(() if self.draft.is_han else ("title",)),
        ):
            for item in self.draft.by_field.get(name, ()):
                entry = item.entry
                is_taken = (sheet.page.number, entry.start) in self.taken
                if item.sheet is not sheet or is_taken or entry.start == entry.end:
                    continue
                place = bisect_right(starts, entry.at) - 1
                if place >= 0 and entry.at < stretches[place].end:
                    self._tell(self._part_of(sheet, stretches[place].mention), item)

    def _part_of(self, sheet: Sheet, mention: Mention) -> _Part:
        at = sheet.folded.rindex(mention.number, mention.start, mention.end)
        return self.part(sheet, at, at + len(mention.number))

    def _read_heading(self, sheet: Sheet, stretch: _Stretch) -> None:
        """Read the rest of a heading's line: a title, or who won for how much."""
        mention = stretch.mention
        end = min(_line_end(sheet, mention.end), stretch.end)
        match = _TITLE.match(sheet.folded, mention.end, end)
        if match is None:
            match = _WITH_WINNER.match(sheet.folded, mention.end, end)
            if match is not None and self.kind in {"award", "contract"}:
                self._read_winner(sheet, mention, match.end(), end)
                part = self.parts.get(mention.key)
                if part is not None and part.suppliers and part.title is None:
                    part.title = self.draft.text_field(sheet, *match.span("title"), "heading")
            return
        start = match.start("title")
        text = match["title"]
        if not _NO_TITLE.search(text) and len(text) <= _MAX_TITLE:
            stop = _balanced(sheet.folded, start, start + len(text.rstrip(" :,;")))
            mention_again = next(iter_mentions(sheet.folded, start, stop, is_han=self.draft.is_han), None)
            if stop > start + 1 and (mention_again is None or mention_again.end - mention_again.start < stop - start):
                part = self._part_of(sheet, mention)
                part.title = part.title or self.draft.text_field(sheet, start, stop, "heading")
        elif self.kind in {"award", "contract"}:
            self._read_winner(sheet, mention, start, end)

    def _read_winner(self, sheet: Sheet, mention: Mention, start: int, end: int) -> None:
        """Read a line that says who won a lot, by the names of the notice's suppliers."""
        text = sheet.page.text[start:end]
        named = [(name, at) for name in self.winners if (at := text.find(name)) >= 0]
        if not named:
            return
        part = self._part_of(sheet, mention)
        for name, at in named:
            found = self.draft.text_field(sheet, start + at, start + at + len(name), "line of the lot")
            part.suppliers.setdefault(name, found)
        if part.award_amount is None:
            for money in iter_money(sheet.folded[start:end]):
                if not money.per and money.value >= 1:
                    span = self.draft.span(sheet, start + money.start, start + money.end)
                    currency = money.currency or self.draft.home_currency
                    part.award_amount = Amount(float(money.value), currency, span, "line of the lot")
                    break

    # ---- labels and failures

    def read_labels(self, sheet: Sheet) -> None:
        """Read labels that name their lot: 包1中标金额, 第二标段预算."""
        for name in (*_SUMS, "award_amount", "supplier", "candidate"):
            for item in self.draft.by_field.get(name, ()):
                entry = item.entry
                if not entry.is_lot or item.sheet is not sheet or entry.start == entry.end or entry.group:
                    continue
                mention = next(
                    iter_mentions(sheet.folded, entry.at, entry.at + len(entry.label), is_han=self.draft.is_han), None
                )
                if mention is not None:
                    self._tell(self._part_of(sheet, mention), item)

    def read_failures(self, sheet: Sheet, mentions: Sequence[Mention]) -> None:
        """Note the lots of which a sentence says that nobody won them."""
        if not mentions:
            return
        for number, mention in enumerate(mentions):
            end = min(mentions[number + 1].start if number + 1 < len(mentions) else len(sheet.folded), mention.end + 40)
            end = min(end, _sentence_end(sheet, mention.end))
            match = _failed().search(sheet.folded, mention.end, end)
            if match and not _NOT_FAILED.search(sheet.folded, mention.end, match.start()):
                self._part_of(sheet, mention).is_failed = True


def _number_of(row: Sequence[Found]) -> tuple[int, int] | None:
    """Return the span of the lot's number in a row: its own column, the count beside lot titles, or a named lot."""
    by_name = {item.entry.field: item for item in reversed(row)}
    for item in row:
        entry = item.entry
        if entry.field == "lot_number" or (entry.field == "project_number" and entry.label.strip().startswith("标段")):
            return number_in(item.sheet.folded, entry.start, entry.end)
    for name in ("lot_title", "item_name", "title"):
        found = by_name.get(name)
        if found is not None:
            mention = next(iter_mentions(found.sheet.folded, found.entry.start, found.entry.end), None)
            if mention is not None and mention.start - found.entry.start <= 1:
                at = found.sheet.folded.rindex(mention.number, mention.start, mention.end)
                return at, at + len(mention.number)
    count = by_name.get("row_number")
    if "lot_title" in by_name and count is not None and count.value.isdecimal():
        return count.entry.start, count.entry.end
    return None


def _stretches(sheet: Sheet, mentions: Sequence[Mention]) -> Iterator[_Stretch]:
    """Yield the lots that head their line, each with the end of what stands below it."""
    folded = sheet.folded
    heads = [mention for mention in mentions if _heads_line(folded, mention)]
    if not heads:
        return
    starts = {folded.rfind("\n", 0, head.start) + 1 for head in heads}
    majors = [match.start() for match in _MAJOR.finditer(folded)]
    majors = [place for place in majors if (place + 1 if place else 0) not in starts and place not in starts]
    for number, head in enumerate(heads):
        following = heads[number + 1].start if number + 1 < len(heads) else len(folded)
        place = bisect_right(majors, head.start)
        yield _Stretch(head, min(following, majors[place] if place < len(majors) else following))


def _heads_line(folded: str, mention: Mention) -> bool:
    line = folded.rfind("\n", 0, mention.start) + 1
    lead = _LEAD.match(folded, line, mention.start)
    return lead is not None and lead.end() == mention.start


def _balanced(folded: str, start: int, end: int) -> int:
    """Return the end of a title without the bracket that closes its heading: 合同包1(巡考)."""
    text = folded[start:end]
    while text.endswith((")", "]", "】")) and text.count(")") > text.count("("):
        text = text[:-1].rstrip(" :,;")
    return start + len(text)


def _line_end(sheet: Sheet, place: int) -> int:
    end = sheet.folded.find("\n", place)
    return len(sheet.folded) if end < 0 else end


def _sentence_end(sheet: Sheet, place: int) -> int:
    ends = [end for mark in "。;\n" if (end := sheet.folded.find(mark, place, place + 60)) >= 0]
    return min(ends, default=place + 60)


def _of_title(
    draft: Draft, kind: str | None, title: Field | None, suppliers: tuple[Field, ...], award: Amount | None
) -> tuple[Lot, ...]:
    """Return the lots that the title names; where it is one, the notice's winners and sum are its own."""
    sheet = draft.sheet_of(title) if title is not None else None
    if title is None or sheet is None:
        return ()
    mentions = iter_mentions(sheet.folded, title.span.start, title.span.end, is_han=draft.is_han)
    named = {mention.key: mention for mention in mentions}
    is_one = len(named) == 1
    found = []
    for mention in named.values():
        at = sheet.folded.rindex(mention.number, mention.start, mention.end)
        span = draft.span(sheet, at, at + len(mention.number))
        winners, sum_won = (suppliers, award) if is_one else ((), None)
        found.append(Lot(span.quote, span, None, None, sum_won, winners, is_failed=kind == "termination"))
    return tuple(found)
