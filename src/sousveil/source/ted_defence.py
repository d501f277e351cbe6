"""Forms of TED schemas R2.0.7 and R2.0.8: the generation before 2014, in use for defence (F16 to F18) until 2023.

Their elements nest deeply and under names of their own for each form; what is wanted is told by the last names.
"""

from __future__ import annotations

from lxml import etree

from sousveil.model import Amount, Field
from sousveil.source.render import PageBuilder, clean_line
from sousveil.source.ted_form import (
    Body,
    Head,
    keep_lot,
    money_of,
    tell_lots,
    write_count,
    write_day,
    write_once,
)
from sousveil.source.values import Money
from sousveil.source.xmlfile import all_text, text_of


def is_old_form(form: etree._Element) -> bool:
    """Return whether a form is of the old generation: its content stands in one element named ``FD_…``."""
    return len(form) > 0 and form[0].tag.startswith("FD_")


def read_head(form: etree._Element) -> Head:
    """Return the head values of an old form."""
    awards = _awards(form)
    estimates = [award.find(".//INITIAL_ESTIMATED_TOTAL_VALUE_CONTRACT/VALUE_COST") for award in awards]
    values = [
        award.find(".//CONTRACT_VALUE_INFORMATION/COSTS_RANGE_AND_CURRENCY_WITH_VAT_RATE/VALUE_COST")
        for award in awards
    ]
    buyer = form.find(".//CA_CE_CONCESSIONAIRE_PROFILE")
    return Head(
        title=_first_text(form, "TITLE_CONTRACT"),
        reference=_first_text(form, "FILE_REFERENCE_NUMBER"),
        buyers=(_to_body(buyer),) if buyer is not None else (),
        estimate=_estimate(form),
        total=money_of(form.find(".//TOTAL_FINAL_VALUE//VALUE_COST")),
        lot_estimates=(),
        award_estimates=tuple(money_of(value) for value in estimates),
        award_values=tuple(money_of(value) for value in values),
    )


def write_body(page: PageBuilder, form: etree._Element) -> None:
    """Write description, scope, lots, awards, conditions and additional information."""
    page.block("Description", _first_text(form, "SHORT_CONTRACT_DESCRIPTION"))
    page.block("Place", _first_text(form, "LOCATION") or _first_text(form, "LABEL"))
    page.block("Quantity or scope", _first_text(form, "TOTAL_QUANTITY_OR_SCOPE"))
    page.block("Options", _first_text(form, "OPTION_DESCRIPTION"))
    for title in form.iter("LOT_TITLE"):
        lot = title.getparent()
        if lot is not None:
            number = clean_line(text_of(lot.find("LOT_NUMBER")))
            label = f"Lot {number}" if number else "Lot"
            keep_lot(page, number, label, page.line(label, all_text(title)), None)
            page.block("Lot description", all_text(lot.find("LOT_DESCRIPTION")))
            page.block("Lot quantity", all_text(lot.find("NATURE_QUANTITY_SCOPE/TOTAL_QUANTITY_OR_SCOPE")))
    seen: set[str] = set()
    awards = _awards(form)
    for award in awards:
        _write_award(page, award, seen, is_only=len(awards) == 1)
    page.block("Reason for award without publication", _first_text(form, "REASON_CONTRACT_LAWFUL"))
    page.block("Additional information", _first_text(form, "ADDITIONAL_INFORMATION"))


def _awards(form: etree._Element) -> list[etree._Element]:
    return [award for award in form[0] if award.tag.startswith("AWARD_OF_CONTRACT")]


def _first_text(form: etree._Element, tag: str) -> str:
    return all_text(next(form.iter(tag), None))


def _to_body(profile: etree._Element) -> Body:
    """Return the authority; its name stands in ``OFFICIALNAME`` (R2.0.8) or in ``ORGANISATION`` itself (R2.0.7)."""
    organisation = profile.find("ORGANISATION")
    name = all_text(organisation.find("OFFICIALNAME")) if organisation is not None else ""
    country = profile.find("COUNTRY")
    code = (country.get("VALUE") or "") if country is not None else ""
    return Body(name or text_of(organisation), text_of(profile.find("TOWN")), code)


def _estimate(form: etree._Element) -> Money | None:
    """Return the estimated value of the object; of a range the upper end, which is the ceiling."""
    for tag in ("QUANTITY_SCOPE_WORKS_DEFENCE", "NATURE_QUANTITY_SCOPE", "QUANTITY_SCOPE"):
        costs = form.find(f".//{tag}//COSTS_RANGE_AND_CURRENCY")
        if costs is None:
            continue
        high = costs.find("RANGE_VALUE_COST/HIGH_VALUE")
        money = money_of(costs.find("VALUE_COST"))
        if money is None and high is not None:
            upper = money_of(high)
            money = (upper[0], upper[1] or costs.get("CURRENCY")) if upper else None
        if money:
            return money
    return None


def _write_award(page: PageBuilder, award: etree._Element, seen: set[str], *, is_only: bool) -> None:
    label = clean_line(f"Award {text_of(award.find('CONTRACT_NUMBER'))}")
    lot = clean_line(text_of(award.find("LOT_NUMBER")))
    title = clean_line(all_text(award.find("CONTRACT_TITLE")))
    page.line(label, f"lot {lot} {title}" if lot else title)
    date = award.find("CONTRACT_AWARD_DATE")
    if date is not None:
        parts = (text_of(date.find(part)).strip().zfill(2) for part in ("YEAR", "MONTH", "DAY"))
        write_day(page, "awarded_on", "Date of the contract", "-".join(parts))
    if is_only:
        write_once(page, "contract_number", "Contract number", text_of(award.find("CONTRACT_NUMBER")))
        write_count(page, text_of(award.find("OFFERS_RECEIVED_NUMBER")))
    suppliers: list[Field] = []
    worth: Amount | None = None
    for organisation in award.iterfind("ECONOMIC_OPERATOR_NAME_ADDRESS//ORGANISATION"):
        name = clean_line(all_text(organisation.find("OFFICIALNAME")) or text_of(organisation))
        if name.casefold() not in seen:
            seen.add(name.casefold())
            page.field("suppliers", "Supplier", name, rule="ted:ECONOMIC_OPERATOR/OFFICIALNAME")
        kept = page.named("suppliers", name)
        suppliers += [kept] if kept is not None else []
    for path, word in (
        (".//INITIAL_ESTIMATED_TOTAL_VALUE_CONTRACT/VALUE_COST", "Estimated value of the award"),
        (".//CONTRACT_VALUE_INFORMATION/COSTS_RANGE_AND_CURRENCY_WITH_VAT_RATE/VALUE_COST", "Value of the award"),
    ):
        money = money_of(award.find(path))
        span = page.amount("", word, *money, rule="") if money else None
        if money and span is not None and word == "Value of the award":
            worth = Amount(*money, span, "ted:CONTRACT_VALUE_INFORMATION")
    tell_lots(page, lot, worth, suppliers)
