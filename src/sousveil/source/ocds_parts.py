"""Lots, items and numbers of bodies of an OCDS release, kept for the notice while they are written."""

from __future__ import annotations

import re
from dataclasses import replace

from sousveil.model import Amount, Field, Item, Lot, Role, Span
from sousveil.source.organisations import scheme_of
from sousveil.source.parties import person_prefix
from sousveil.source.render import PageBuilder, clean_line, format_number
from sousveil.source.values import Json, Money, as_object, as_objects, as_text, to_currency, to_number

DEAD = frozenset({"cancelled", "unsuccessful", "withdrawn"})
"""Statuses of tenders, lots, awards and contracts (OCDS codelists) that mean: nothing bought here."""
_LONGEST_ID = 12
"""Ids of lots that are longer are keys of a database; such a lot is counted by its place in the list."""
_ORG_ID = re.compile(r"(?P<scheme>[A-Z]{2}-[A-Z0-9_]{2,12})-(?P<number>[A-Za-z0-9][\w./-]{2,30})")
"""An id of a party that is an identifier of org-id.guide: GB-COH-01234567."""
_KEY = re.compile(r"[0-9a-f]{8}-?(?:[0-9a-f]{4}-?){3}[0-9a-f]{12}", re.IGNORECASE)
_SCHEME = re.compile(r"[A-Z]{2,3}(?:-[A-Z0-9_]{2,16})+")


def is_key(number: str) -> bool:
    """Return whether a number holds a UUID or an MD5 sum: a key of a database, no number that a buyer gave.

    >>> is_key("d41d8cd98f00b204e9800998ecf8427e"), is_key("GB-2024-000123")
    (True, False)
    """
    return _KEY.search(number) is not None


def money_of(raw: object) -> Money | None:
    """Return number and currency of an OCDS value, None where no amount above zero is given (zero means: not told)."""
    value = as_object(raw)
    number = to_number(value.get("amount"))
    if number is None:
        number = to_number(value.get("amountGross"))
    return (number, to_currency(value.get("currency"))) if number else None


def write_lots(page: PageBuilder, tender: Json) -> None:
    """Write the lots of a tender: title, description, value."""
    for place, lot in enumerate(as_objects(tender.get("lots")), 1):
        printed = as_text(lot.get("id"))
        number = printed if len(printed) <= _LONGEST_ID else ""
        label = f"Lot {number}".strip()
        title, description = as_text(lot.get("title")), as_text(lot.get("description"))
        span = page.line(label, title)
        if clean_line(description) not in {clean_line(title), clean_line(as_text(tender.get("description")))}:
            block = page.block(f"{label} description", description)
            span = span or block
        money = money_of(lot.get("value"))
        worth = page.amount("", f"{label} value", *money, rule="") if money else None
        _keep_lot(page, lot, (number or str(place), label), title=span if title else None, told=span or worth)
        if money and worth is not None:
            _keep_budget(page, printed, Amount(*money, worth, "ocds:tender.lots.value"))


def _keep_lot(page: PageBuilder, lot: Json, named: tuple[str, str], *, title: Span | None, told: Span | None) -> None:
    """Keep a lot that a line tells of; its number is printed in the label, else its title stands for it."""
    if told is None:
        return
    number, label = named
    place = page.label_of(told, label) if label != "Lot" and title is not None else told
    field = None if title is None else Field(title.quote, title, "ocds:tender.lots.title")
    is_failed = lot.get("status") in DEAD
    page.keep_lot(as_text(lot.get("id")), Lot(number, place, field, is_failed=is_failed))


def _keep_budget(page: PageBuilder, key: str, budget: Amount) -> None:
    kept = page.lot(key)
    if kept is not None:
        page.keep_lot(key, replace(kept, budget=budget))


def lots_of(entry: Json) -> list[str]:
    """Return the ids of the lots that an award or contract is for."""
    related = entry.get("relatedLots")
    if isinstance(related, list):
        return [as_text(one) for one in related]
    alone = as_text(entry.get("lotID")) or as_text(entry.get("relatedLot"))
    if alone:
        return [alone]
    items = as_objects(entry.get("items"))
    return list(dict.fromkeys(as_text(item["relatedLot"]) for item in items if item.get("relatedLot")))


def tell_award(page: PageBuilder, entry: Json, amount: Amount | None, suppliers: list[Field]) -> None:
    """Give the lot of an award its sum and winners; an award for several lots says nothing of each one's sum."""
    keys = lots_of(entry)
    for key in keys:
        lot = page.lot(key)
        if lot is None:
            continue
        won = {str(one.value): one for one in (*lot.suppliers, *suppliers)}
        is_first = len(keys) == 1 and lot.award_amount is None
        page.keep_lot(
            key, replace(lot, suppliers=tuple(won.values()), award_amount=amount if is_first else lot.award_amount)
        )


def write_item(page: PageBuilder, label: str, item: Json) -> None:
    """Write one item with its quantity, and keep it."""
    unit = as_object(item.get("unit"))
    quantity = to_number(item.get("quantity"))
    text = name = clean_line(as_text(item.get("description")))
    if quantity:
        text = f"{name} — {format_number(quantity)} {as_text(unit.get('name'))}".strip()
    span = page.line(label, text)
    if span is None or not name:
        return
    of_name = Span(span.file, span.page, span.start, span.start + len(name), name)
    count: Field | None = None
    if quantity:
        start = span.start + len(name) + 3
        number = format_number(quantity)
        of_count = Span(span.file, span.page, start, start + len(number), number)
        count = Field(int(quantity) if quantity == int(quantity) else quantity, of_count, "ocds:items.quantity")
    price = money_of(unit.get("value"))
    of_price = page.amount("", f"{label} price of one", *price, rule="") if price else None
    lot = page.lot(as_text(item.get("relatedLot")))
    page.keep_item(
        Item(
            Field(name, of_name, "ocds:items.description"),
            quantity=count,
            unit=clean_line(as_text(unit.get("name"))),
            unit_price=Amount(*price, of_price, "ocds:items.unit.value") if price and of_price else None,
            lot=lot.number if lot is not None else "",
        )
    )


def write_identifier(page: PageBuilder, role: Role, label: str, reference: Json, party: Json) -> None:
    """Write the official number of a body, unless the body is a natural person."""
    name = as_text(reference.get("name")) or as_text(party.get("name"))
    if not name.strip() or person_prefix(reference, party) is not None:
        return
    for source in (reference, party):
        identifier = as_object(source.get("identifier"))
        scheme, number = as_text(identifier.get("scheme")).strip(), as_text(identifier.get("id")).strip()
        printed = _ORG_ID.fullmatch(as_text(source.get("id")).strip())
        if printed and not (number and _SCHEME.fullmatch(scheme)):
            scheme, number = printed["scheme"], printed["number"]
        number = number.removeprefix(f"{scheme}-")
        if not number or not _SCHEME.fullmatch(scheme) or is_key(number):
            continue
        if role != "supplier" or not _is_shared(scheme, number):
            page.identifier(role, name, scheme, number, label=f"{label} identifier")
        return


_OF_PERSONS_TOO = re.compile(
    r"(?:NIF|NIE|DNI|NIT|RFC|CURP|RUC|RUT|RUN|CUIT|CUIL|CF|CPF|OIB|PESEL|NIP|CNP|EGN|INN|EDR|TIN|PIN|NIN|PAN|BSN|CC|CI|ID|ICO"
    r"|AFM|VKN|TCKN|AADHAAR|SSN|VAT|TAX)(?:[_0-9]\w*)?"
)
"""Registers, mostly of taxes, that number natural persons too."""


def _is_shared(scheme: str, number: str) -> bool:
    """Return whether a supplier's number may be a person's: the register has both, and its form is no company's."""
    country, _, kind = scheme.partition("-")
    return _OF_PERSONS_TOO.fullmatch(kind) is not None and not scheme_of(number, country, is_public=False)
