"""Sums: the budget, else the ceiling; the total won, the sum of the lots where lots are won apart.

Never a sum: service fees, deposits, prices of documents, unit prices, rates, prices per year, covered digits, nought.
"""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal
from itertools import islice

from sousveil.model import Amount, Field, Span
from sousveil.read.draft import Draft, Found
from sousveil.read.prose import find_budget, find_settled, find_won_lots, find_won_sum
from sousveil.read.sheet import Sheet
from sousveil.text.money import Money, iter_money, unit_of
from sousveil.text.numerals import iter_numbers

MAX_VALUE = 300
"""Characters after a label in which its sum is looked for: 本项目预算金额为 … 元，其中 …"""
_BARE = re.compile(r"[¥$€£]?\s*(?:约|人民币|总价|总计|合计|报价|小写)?:?\s*[¥$]?\s*\d")
_NOT_TOTAL = re.compile(
    r"/\s?(?:年|月|天|台|套|个|路|次|人|米|吨|点|份|项|批)|单价|每(?:年|月|台|套|路|个|人)|%|费率|下浮|折扣"
)
_UNKNOWN = re.compile(r"\*{2,}|█|×{2}|\?{2}")
_PROSE_BUDGET = re.compile(  # budget (sum, price, checked price), ceiling, control price, limit; about, not above, is
    r"(?:预算(?:金额|(?:审核|控制)?价|总价|总金额|为)?|限价|控制价|拦标价|上限价|最高限额)(?:\([^()]{0,12}\))?"
    r"(?:合计|总额|总计|人民币|约|共计|不超过|均?为|是|:|\s){0,4}(?=[\d¥零壹贰叁肆伍陆柒捌玖拾])"
)
_PROSE_REPORT = re.compile(  # invests, puts in, grants, spends, costs; in all, about, nearly, is
    r"(?:投资|投入|拨款|经费|花费|费用|资金)(?:总额)?(?:共计|约|近|达|为|逾|超过|共|合计|\s){0,3}(?=[\d¥])"
)
"""What the press says is spent; a notice that speaks of investment speaks of works around the purchase."""
_WON = frozenset(("award", "contract"))
_PER_UNIT = frozenset(("年", "月", "台", "套", "个", "路", "次", "人", "天", "米", "点", "份"))
_MAX_MENTIONS = 40
"""Mentions of a budget in sentences that are looked at; a tender document of 40 pages has about ten."""
_SMALLEST = Decimal(1)
_LEAST_BARE = Decimal(1000)
"""A bare number below, under a Chinese label of money without unit, is in ten thousands or no sum: not told."""
_LEAST_LATIN = Decimal(100)
_SLIP = Decimal(10**7)
"""Ten million ten-thousands would be a hundred billion yuan: the head says 万元, the cell is in yuan."""
_CHANGED = re.compile(r"(?:更正|变更|调整|修改|修正|改|现)为[: ]?|(?:更正|变更|调整|修改)后(?:为|:)[: ]?")
_SCALED = re.compile(r"[万亿]")
_UNIT_BELOW = re.compile(r"[ ]*\n\s*\(?(?:人民币)?[百千万亿]{0,2}[元圆]\)?")
_UNIT_BEHIND = re.compile(r"\((?:人民币)?[百千万亿]{0,2}[元圆]")


def read_budget(draft: Draft, kind: str | None) -> Amount | None:
    """Return the stated budget, else the ceiling, else the sum of the budgets of the lots, or None."""
    found = [*draft.of("budget", rank=2), *draft.of("ceiling"), *draft.of("budget")]
    for item in sorted(found, key=_is_old):
        if item.entry.is_lot or (item.entry.layout == "column" and _rows(draft, item) > 1):
            continue
        amount = amount_of(draft, item)
        if amount is not None:
            return amount
    for fields in (("budget",), ("ceiling",), ("lot_budget",)):
        lots = _lot_sum(draft, fields)
        if lots is not None:
            return lots
    if kind not in _WON:
        amount = _first(draft, draft.of("value"))
        if amount is not None:
            return amount
    return (_in_prose(draft) or _in_report(draft, kind)) if draft.is_han else _in_sentence(draft, kind)


def _is_old(item: Found) -> bool:
    """Return whether a label speaks of what a correction took back (原预算金额: the former budget)."""
    return item.entry.label.lstrip("(0123456789、.) ").startswith("原")


def _in_sentence(draft: Draft, kind: str | None) -> Amount | None:
    """Return a budget told in a sentence in another language than Chinese, where no label tells one."""
    for sheet in draft.sheets[:1]:
        is_settled = kind in _WON or (kind == "other" and find_settled(sheet) is not None)
        found = find_budget(sheet, is_settled=is_settled)
        if found is not None:
            offset, money = found
            return _made(draft, sheet, offset, money, "in a sentence")
    return None


def read_award(draft: Draft, kind: str | None, suppliers: tuple[Field, ...], *, are_candidates: bool) -> Amount | None:
    """Return the total won, or None where nobody has won or the sum is not told."""
    if are_candidates or kind not in {"award", "contract", "other", None}:
        return None
    found = [item for item in draft.of("award_amount") if item.entry.context != "candidate"]
    amount = _total(draft, found, len(suppliers))
    if amount is not None:
        return amount
    if not suppliers and draft.is_han and kind != "other":
        return None
    if not draft.is_han:
        beside = [(item, amount) for item in draft.of("supplier") if (amount := _beside_name(draft, item))]
        if beside:
            return _lots_of(beside)
    if draft.is_han:
        lots = find_won_lots(draft.sheets[0]) if draft.sheets else []
        made = [_made(draft, draft.sheets[0], offset, money, "in a sentence") for _, offset, money in lots]
        won = [amount for amount in made if amount is not None]
        if len(won) > 1:
            total = round(sum(amount.value for amount in won), 2)
            return Amount(total, won[0].currency, won[0].span, won[0].rule, f"sum of {len(won)} lots")
        told = find_won_sum(draft.sheets[0]) if draft.sheets else None
        if told is not None:
            return _made(draft, draft.sheets[0], told[0], told[1], "in a sentence")
        return _total(
            draft, [item for item in draft.of("total") if item.entry.context in {"supplier", ""}], len(suppliers)
        )
    values = draft.of("value") if kind in _WON else []
    pairs = [(item, amount) for item in values if (amount := amount_of(draft, item))]
    if len(suppliers) > 1 and len(pairs) == len(suppliers):
        return _lots_of(pairs)
    return pairs[0][1] if pairs else _settled(draft, suppliers)


def _settled(draft: Draft, suppliers: tuple[Field, ...]) -> Amount | None:
    """Return the sum that a sentence says was agreed with the supplier."""
    found = find_settled(draft.sheets[0]) if suppliers and draft.sheets else None
    return None if found is None else _made(draft, draft.sheets[0], *found, "in a sentence")


def _beside_name(draft: Draft, item: Found) -> Amount | None:
    """Return the sum printed behind a winner's name: ``Buena pro ítem 1: NAME — PEN 69384.0``."""
    start = item.entry.start
    for money in iter_money(item.sheet.folded[start : min(item.entry.end, start + MAX_VALUE)]):
        if money.start > 3 and not money.per:
            return _made(draft, item.sheet, start, money, f"beside {item.entry.label.strip()}")
    return None


def read_ceiling(draft: Draft, budget: Amount | None) -> Amount | None:
    """Return the highest price allowed where it is stated beside the budget, or None."""
    if budget is None:
        return None
    for item in draft.of("ceiling"):
        is_part = item.entry.is_lot or "费" in item.entry.label  # 费 (charge): 地质勘察费最高限价 limits one of several
        if is_part or (item.entry.layout == "column" and _rows(draft, item) > 1):
            continue
        amount = amount_of(draft, item)
        if amount is not None and not _are_one(amount.span, budget.span):
            return amount
    lots = _lot_sum(draft, ("ceiling",))
    return None if lots is None or _are_one(lots.span, budget.span) else lots


def _are_one(first: Span, second: Span) -> bool:
    return first.page == second.page and first.start < second.end and second.start < first.end


def _first(draft: Draft, found: list[Found]) -> Amount | None:
    return next((amount for item in found if (amount := amount_of(draft, item))), None)


def _rows(draft: Draft, item: Found) -> int:
    """Return how many rows the table of a column entry has under the same head."""
    if item.entry.group is None:
        return 0
    table = item.entry.group[0]
    return sum(
        1
        for other in draft.of(item.entry.field)
        if other.sheet is item.sheet
        and other.entry.group
        and other.entry.group[0] == table
        and other.entry.label == item.entry.label
    )


def _total(draft: Draft, found: list[Found], suppliers: int) -> Amount | None:
    """Return the total of award sums: a total row, the one sum, or the sum of lots."""
    pairs = [(item, amount) for item in found if (amount := amount_of(draft, item))]
    if not pairs:
        return None
    for item, amount in pairs:
        if (
            item.entry.label.strip().startswith(("总", "合计"))
            or "总中标" in item.entry.label
            or item.entry.label == "total value"
        ):
            return amount if item.entry.context != "supplier" or draft.is_han else _lots_of(pairs)
    best_rank = min(item.entry.rank for item, _ in pairs)
    pairs = [pair for pair in pairs if pair[0].entry.rank == best_rank]
    tables = [item.entry.group[0] for item, _ in pairs if item.entry.group]
    if tables:
        rows = [pair for pair in pairs if pair[0].entry.group and pair[0].entry.group[0] == tables[0]]
        apart = [pair for pair in pairs if pair[0].entry.label == rows[0][0].entry.label]
        if len(rows) == 1 and len(apart) == suppliers > 1:
            return _lots_of(apart)  # a table of one row for each lot
        lines = [pair for pair in pairs if not pair[0].entry.group]
        if len(rows) == 1 or not lines:
            return _lots_of(rows)
        pairs = lines
    values = list(dict.fromkeys(amount.value for _, amount in pairs))
    if len(values) == 1:
        return pairs[0][1]
    whole = max(values)
    if abs(sum(values) - 2 * whole) < 0.01:
        return next(amount for _, amount in pairs if amount.value == whole)
    if suppliers > 1 or any(item.entry.is_lot for item, _ in pairs):
        return _lots_of(pairs)
    return pairs[0][1]


def _lots_of(pairs: list[tuple[Found, Amount]]) -> Amount:
    """Return the sum of the lots; its span runs over the first one, the note counts them."""
    if len(pairs) == 1:
        return pairs[0][1]
    values = [amount.value for _, amount in pairs]
    whole = max(values)
    if len(values) > 2 and abs(sum(values) - 2 * whole) < 0.01:
        return next(amount for _, amount in pairs if amount.value == whole)
    first = pairs[0][1]
    return Amount(round(sum(values), 2), first.currency, first.span, first.rule, f"sum of {len(values)} lots")


def _lot_sum(draft: Draft, fields: tuple[str, ...]) -> Amount | None:
    found = [item for item in draft.of(*fields) if item.entry.is_lot or item.entry.layout == "column"]
    if not found:
        return None
    label = found[0].entry.label
    pairs = [(item, amount) for item in found if item.entry.label == label and (amount := amount_of(draft, item))]
    return _lots_of(pairs) if pairs else None


def amount_of(draft: Draft, item: Found) -> Amount | None:
    """Return the sum that a value states, or None."""
    sheet, entry = item.sheet, item.entry
    end = min(entry.end, entry.start + MAX_VALUE)
    unit_below = _UNIT_BELOW.match(sheet.folded, end) if end == entry.end else None
    if unit_below:
        end = unit_below.end()
    value = sheet.folded[entry.start : end].replace("\n", " ")
    changed = _CHANGED.search(value)
    if changed and any(char.isdigit() for char in value[: changed.start()]):
        moved = item._replace(entry=entry._replace(start=entry.start + changed.end()))
        amount = amount_of(draft, moved)
        old = value[: changed.start()].strip(" ,;由原")
        return _with_old(amount, old)
    if _UNKNOWN.search(value):
        return None
    rule = f"label {entry.label.strip()}"
    for money in iter_money(value):
        if money.per in _PER_UNIT or _NOT_TOTAL.search(value[max(0, money.start - 8) : money.end + 4]):
            continue
        amount = _made(draft, sheet, entry.start, money, rule, named=(unit_of(entry.label) or (0, None))[1])
        return _with_old(amount, entry.old)
    bare = _bare(value, entry.label, is_han=draft.is_han)
    return None if bare is None else _with_old(_made(draft, sheet, entry.start, bare, rule), entry.old)


def _with_old(amount: Amount | None, old: str) -> Amount | None:
    """Return an amount with what stood there before a correction in its note."""
    return replace(amount, note=f"before the correction: {old}") if amount is not None and old else amount


def _bare(value: str, label: str, *, is_han: bool) -> Money | None:
    """Return a sum without currency beside it: its unit stands in brackets behind it, in the label, or nowhere."""
    if not _BARE.match(value):
        return None
    number = next(iter_numbers(value), None)
    if number is None or number.start > 12 or _NOT_TOTAL.search(value[max(0, number.start - 8) : number.end + 4]):
        return None
    behind = value[number.end : number.end + 12].strip()
    if behind[:1] and behind[0] in "年月日天-个台套路项%号":
        return None
    unit = unit_of(behind) if _UNIT_BEHIND.match(behind) else unit_of(label)
    if unit is None and number.value < (_LEAST_BARE if is_han else _LEAST_LATIN):
        return None
    factor, currency = unit or (1, None)
    if factor > 1 and _SCALED.search(value, number.start, number.end):
        factor = 1  # 约997万 under a head in 万元: the cell says its scale itself
    is_slip = factor > 1 and number.value >= _SLIP
    return Money(number.value if is_slip else number.value * factor, currency, number.start, number.end)


def _made(
    draft: Draft, sheet: Sheet, offset: int, money: Money, rule: str, *, named: str | None = None
) -> Amount | None:
    """Return a sum as an amount; ``named`` is the currency of its label, which tells what a bare sign means."""
    if money.value < _SMALLEST:
        return None
    currency = money.currency or named or draft.home_currency
    note = "digits and words differ" if money.words_agree is False else ""
    return Amount(float(money.value), currency, draft.span(sheet, offset + money.start, offset + money.end), rule, note)


def _in_report(draft: Draft, kind: str | None) -> Amount | None:
    """Return what a report says is spent, or None for a notice."""
    for sheet in draft.sheets[:1] if kind == "other" else ():
        for match in islice(_PROSE_REPORT.finditer(sheet.folded), _MAX_MENTIONS):
            window = sheet.folded[match.end() : match.end() + 24]
            money = next(iter_money(window), None)
            if money is not None and money.start <= 1 and not money.per and not _UNKNOWN.search(window[: money.end]):
                return _made(draft, sheet, match.end(), money, "in a report")
    return None


def _in_prose(draft: Draft) -> Amount | None:
    """Return a budget or ceiling told in a sentence: 最高限价为2.59万元, 财政预算156万元."""
    for sheet in draft.sheets:
        for match in islice(_PROSE_BUDGET.finditer(sheet.folded), _MAX_MENTIONS):
            window = sheet.folded[match.end() : match.end() + 40].replace("\n", " ")
            money = next(iter_money(window), None) or _bare(window, match.group(), is_han=True)
            if (
                money is not None
                and (money.start <= 2 or money.words_agree is not None)
                and money.per not in _PER_UNIT
                and not _UNKNOWN.search(window[: money.end + 2])
            ):
                amount = _made(draft, sheet, match.end(), money, "in a sentence")
                if amount is not None:
                    return amount
    return None
