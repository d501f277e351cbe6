"""Rows of a bill of quantities: what is bought, of which make and model, how many, at which price."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from sousveil.model import Amount, Field, Item
from sousveil.read.draft import Draft, Found
from sousveil.read.lot_mentions import iter_mentions, number_in
from sousveil.read.names import is_company
from sousveil.text.money import iter_money, unit_of
from sousveil.text.numerals import iter_numbers

MAX_ITEMS = 500
_PARTS = ("item_name", "item_brand", "item_model", "item_quantity", "unit_price", "item_unit", "lot_number", "name")
_ROW = (*_PARTS, "bidder", "title", "lot_title")
_NAMES = ("item_name", "name", "bidder", "title", "lot_title")
"""Columns that can name what a row buys, the surest first; a bare 名称 (name) in a table is read as a bidder's."""
_UNIT = re.compile(r"\s?\(?(?P<unit>[\u4e00-\u9fff]{1,3}|[a-z]{1,10}|m2|㎡|m²)\)?\s*$")
_NOTHING = re.compile(r"[/\\\-—*无.\s]{0,4}$|详见|见附件|见公告|n/?a$|按|以.{2,20}为准")
_MAX_NAME = 160
_REACH = 240
"""Characters between the parts of one item that stand as labels one after the other."""
_LEAST_BARE = 1000
"""A price without unit below may be in ten thousands; as for all sums."""


def read_items(draft: Draft) -> tuple[Item, ...]:
    """Return the items in order of position: rows of tables, else labels one after the other."""
    items = [item for row in _rows(draft) if (item := _item(draft, row)) is not None]
    if not items:
        items = [item for row in _runs(draft) if (item := _item(draft, row)) is not None]
    return tuple(items[:MAX_ITEMS])


def _rows(draft: Draft) -> Iterator[Sequence[Found]]:
    rows: dict[tuple[int, int, int], list[Found]] = {}
    if not any(draft.by_field.get(name) for name in ("item_quantity", "unit_price", "item_model", "item_brand")):
        return
    for name in _ROW:
        for item in draft.by_field.get(name, ()):
            if item.entry.group is not None and item.entry.start < item.entry.end:
                rows.setdefault((item.sheet.page.number, *item.entry.group), []).append(item)
    for key in sorted(rows):
        yield rows[key]


def _runs(draft: Draft) -> Iterator[Sequence[Found]]:
    """Yield the labels of one item after the other: a new one begins where a label comes again, or far away."""
    found = [
        item
        for name in _PARTS
        for item in draft.by_field.get(name, ())
        if item.entry.group is None and item.entry.start < item.entry.end
    ]
    found.sort(key=lambda item: (item.sheet.page.number, item.entry.start))
    run: list[Found] = []
    for item in found:
        is_again = any(item.entry.field == other.entry.field for other in run)
        is_far = bool(run) and (item.sheet is not run[-1].sheet or item.entry.at - run[-1].entry.end > _REACH)
        if is_again or is_far:
            yield run
            run = []
        run.append(item)
    if run:
        yield run


def _item(draft: Draft, row: Sequence[Found]) -> Item | None:
    """Return the item of a row, or None where it has no name, or nothing but one."""
    by_name = {item.entry.field: item for item in reversed(row)}
    named = next((by_name[name] for name in _NAMES if name in by_name and _is_name(by_name[name])), None)
    if named is None:
        return None
    quantity, unit = _quantity(draft, by_name.get("item_quantity"))
    price = _price(draft, by_name.get("unit_price"))
    brand, model = _words(draft, by_name.get("item_brand")), _words(draft, by_name.get("item_model"))
    if quantity is None and price is None:
        return None
    unit = unit or _unit_beside(row)
    name = draft.text_field(
        named.sheet, named.entry.start, min(named.entry.end, named.entry.start + _MAX_NAME), _rule(named)
    )
    return Item(name, brand, model, quantity, unit, price, _lot(by_name))


def _is_name(item: Found) -> bool:
    """Return whether a cell names a thing: no company, no number; a bidder's cell only under a bare label."""
    value, label = item.value.strip(), item.entry.label.strip()
    if len(value) < 2 or is_company(value) or _NOTHING.match(value) or not any(char.isalpha() for char in value):
        return False
    return item.entry.field != "bidder" or label in {"名称", "项目名称"}


def _rule(item: Found) -> str:
    return f"label {item.entry.label.strip()}"


def _words(draft: Draft, item: Found | None) -> Field | None:
    if item is None or _NOTHING.match(item.value.strip()) or item.entry.end - item.entry.start > _MAX_NAME:
        return None
    return draft.text_field(item.sheet, item.entry.start, item.entry.end, _rule(item))


def _quantity(draft: Draft, item: Found | None) -> tuple[Field | None, str]:
    """Return how many and the unit beside the number; a cell that does not begin with a number tells none."""
    if item is None:
        return None, ""
    value = item.value[:40]
    number = next(iter_numbers(value), None)
    if number is None or number.start > 1:
        return None, ""
    unit = _UNIT.match(value, number.end)
    if number.end < len(value.rstrip()) and unit is None:
        return None, ""
    count = float(number.value)
    start = item.entry.start
    field = draft.field(
        int(count) if count == int(count) else count, item.sheet, start + number.start, start + number.end, _rule(item)
    )
    return field, unit["unit"] if unit else _unit_of_head(item.entry.label)


def _unit_of_head(label: str) -> str:
    match = re.search(r"\((?P<unit>[\u4e00-\u9fff]{1,2})\)", label)
    return match["unit"] if match and match["unit"] != "单位" else ""


def _unit_beside(row: Sequence[Found]) -> str:
    """Return the unit of a column of its own: 单位 (unit) is otherwise read as the name of a body."""
    for item in row:
        label = item.entry.label.strip()
        if (item.entry.field == "item_unit" or label == "单位") and 1 <= len(item.value.strip()) <= 4:
            return item.sheet.page.text[item.entry.start : item.entry.end].strip()
    return ""


def _price(draft: Draft, item: Found | None) -> Amount | None:
    """Return the price of one; a bare number takes the unit of its head."""
    if item is None:
        return None
    value, label, start = item.value[:80], item.entry.label, item.entry.start
    for money in iter_money(value):
        if money.start <= 4 and money.value > 0:
            span = draft.span(item.sheet, start + money.start, start + money.end)
            return Amount(float(money.value), money.currency or draft.home_currency, span, _rule(item))
    number = next(iter_numbers(value), None)
    unit = unit_of(label)
    if number is None or number.start > 1 or number.value <= 0 or number.end < len(value.strip()):
        return None
    if unit is None and number.value < _LEAST_BARE:
        return None
    factor, currency = unit or (1, None)
    span = draft.span(item.sheet, start + number.start, start + number.end)
    return Amount(float(number.value * factor), currency or draft.home_currency, span, _rule(item))


def _lot(by_name: dict[str, Found]) -> str:
    """Return the number of the lot that a row names."""
    item = by_name.get("lot_number")
    if item is not None:
        span = number_in(item.sheet.folded, item.entry.start, item.entry.end)
        return item.sheet.page.text[slice(*span)] if span else ""
    for name in ("lot_title", "item_name"):
        item = by_name.get(name)
        mention = next(iter_mentions(item.value), None) if item is not None else None
        if item is not None and mention is not None and mention.start == 0:
            at = item.entry.start + item.value.rindex(mention.number, mention.start, mention.end)
            return item.sheet.page.text[at : at + len(mention.number)]
    return ""
