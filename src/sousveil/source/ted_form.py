"""Forms of TED schema R2.0.9 (F01 to F25, MOVE): head values and body text."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from lxml import etree

from sousveil.model import Amount, Field, Lot, Span
from sousveil.source.organisations import scheme_of
from sousveil.source.render import PageBuilder, clean_line
from sousveil.source.values import Money, to_currency, to_iso_date, to_number
from sousveil.source.xmlfile import all_text, text_of


@dataclass(frozen=True, slots=True)
class Body:
    """An authority as the form names it: institution fields only."""

    name: str
    town: str
    country: str
    number: str = ""
    """National registration number as printed."""


@dataclass(frozen=True, slots=True)
class Head:
    """What the top of the page needs, whichever generation the form is of.

    ``estimate`` and ``total`` are printed sums; the tuples hold one entry per lot or award, None where no sum is given.
    """

    title: str
    reference: str
    buyers: tuple[Body, ...]
    estimate: Money | None
    total: Money | None
    lot_estimates: tuple[Money | None, ...]
    award_estimates: tuple[Money | None, ...]
    award_values: tuple[Money | None, ...]


def read_head(form: etree._Element) -> Head:
    """Return the head values of a form. After a contract's modification the total is the one after it."""
    objects = form.findall("OBJECT_CONTRACT")
    main = objects[0] if objects else etree.Element("OBJECT_CONTRACT")
    lots = [lot for found in objects for lot in found.findall("OBJECT_DESCR")]
    awards = form.findall("AWARD_CONTRACT/AWARDED_CONTRACT")
    changed = form.find("MODIFICATIONS_CONTRACT")
    total = _first_money(main, ("VAL_TOTAL",))
    if changed is not None:
        total = (
            _first_money(changed, ("DESCRIPTION_PROCUREMENT//VAL_TOTAL", "INFO_MODIFICATIONS//VAL_TOTAL_AFTER"))
            or total
        )
    return Head(
        title=all_text(main.find("TITLE")),
        reference=all_text(main.find("REFERENCE_NUMBER")),
        buyers=tuple(_to_body(address) for address in form.iterfind("CONTRACTING_BODY/*") if address.tag in _BUYERS),
        estimate=_first_money(main, ("VAL_ESTIMATED_TOTAL", "VAL_OBJECT")),
        total=total,
        lot_estimates=tuple(money_of(lot.find("VAL_OBJECT")) for lot in lots),
        award_estimates=tuple(_first_money(award, (".//VAL_ESTIMATED_TOTAL",)) for award in awards),
        award_values=tuple(_first_money(award, (".//VAL_TOTAL",)) for award in awards),
    )


_BUYERS = frozenset({"ADDRESS_CONTRACTING_BODY", "ADDRESS_CONTRACTING_BODY_ADDITIONAL"})


def _to_body(address: etree._Element) -> Body:
    country = address.find("COUNTRY")
    return Body(
        all_text(address.find("OFFICIALNAME")),
        text_of(address.find("TOWN")),
        (country.get("VALUE") or "") if country is not None else "",
        clean_line(text_of(address.find("NATIONALID"))),
    )


def money_of(element: etree._Element | None) -> Money | None:
    """Return number and currency of a value element; None where missing, zero, or marked as not for publication."""
    if element is None or not _is_public(element):
        return None
    number = to_number(element.get("FMTVAL") or text_of(element))
    currency = element.get("CURRENCY")
    parent = element.getparent()
    if currency is None and parent is not None:
        currency = parent.get("CURRENCY")
    return (number, to_currency(currency)) if number else None


def _is_public(element: etree._Element) -> bool:
    return all(found.get("PUBLICATION") != "NO" for found in (element, *element.iterancestors()))


def _first_money(parent: etree._Element, paths: Iterable[str]) -> Money | None:
    for path in paths:
        money = money_of(parent.find(path))
        if money:
            return money
    return None


def is_nothing_awarded(form: etree._Element) -> bool:
    """Return whether the form lists awards and every one of them says that nothing was awarded."""
    awards = [*form.iterfind("AWARD_CONTRACT"), *form.iterfind("RESULTS")]
    failed = [
        award
        for award in awards
        if award.find("NO_AWARDED_CONTRACT") is not None or award.find("NO_AWARDED_PRIZE") is not None
    ]
    return bool(awards) and len(failed) == len(awards)


_OBJECT_BLOCKS = (("SHORT_DESCR", "Description"),)
_LOT_BLOCKS = (
    ("MAIN_SITE", "place"),
    ("SHORT_DESCR", "description"),
    ("OPTIONS_DESCR", "options"),
    ("RENEWAL_DESCR", "renewal"),
    ("INFO_ADD", "additional information"),
    ("JUSTIFICATION", "justification"),
)
_PROCEDURE_BLOCKS = (
    ("FRAMEWORK/JUSTIFICATION", "Reason for the framework"),
    ("MAIN_FEATURES_AWARD", "Main features of the award"),
    ("CRITERIA_EVALUATION", "Evaluation criteria"),
    ("NUMBER_VALUE_PRIZE", "Prizes"),
)
_CONDITION_BLOCKS = (
    ("SUITABILITY", "Suitability"),
    ("ECONOMIC_FINANCIAL_INFO", "Economic and financial standing"),
    ("TECHNICAL_PROFESSIONAL_INFO", "Technical and professional ability"),
    ("RULES_CRITERIA", "Rules and criteria"),
    ("PERFORMANCE_CONDITIONS", "Performance conditions"),
)


def write_body(page: PageBuilder, form: etree._Element) -> None:
    """Write object, lots, procedure, awards, modifications, changes, conditions and additional information."""
    for main in form.iterfind("OBJECT_CONTRACT"):
        for tag, label in _OBJECT_BLOCKS:
            page.block(label, all_text(main.find(tag)))
        for lot in main.iterfind("OBJECT_DESCR"):
            _write_lot(page, lot)
    for procedure in form.iterfind("PROCEDURE"):
        write_once(page, "related_number", "Previous notice", text_of(procedure.find("NOTICE_NUMBER_OJ")))
        write_day(page, "deadline", "Deadline for tenders", text_of(procedure.find("DATE_RECEIPT_TENDERS")))
        for justification in procedure.iter("D_JUSTIFICATION"):
            page.block("Reason for award without publication", all_text(justification))
        for tag, label in _PROCEDURE_BLOCKS:
            page.block(label, all_text(procedure.find(tag)))
    for info in form.iterfind("COMPLEMENTARY_INFO"):
        write_once(page, "related_number", "Original notice", text_of(info.find("NOTICE_NUMBER_OJ")))
    seen: set[str] = set()
    awards = [*form.iterfind("AWARD_CONTRACT"), *form.iterfind("RESULTS")]
    for award in awards:
        _write_award(page, award, seen, is_only=len(awards) == 1)
    for modification in form.iterfind("MODIFICATIONS_CONTRACT"):
        _write_modification(page, modification, seen)
    for change in form.iterfind("CHANGES/CHANGE"):
        _write_change(page, change)
    page.block("Changes", all_text(form.find("CHANGES/INFO_ADD")))
    for conditions in form.iterfind("LEFTI"):
        page.heading("Conditions for participation")
        for tag, label in _CONDITION_BLOCKS:
            page.block(label, all_text(conditions.find(tag)))
    page.block("Additional information", all_text(form.find("COMPLEMENTARY_INFO/INFO_ADD")))


def write_once(page: PageBuilder, name: str, label: str, text: str) -> None:
    """Write a line; the first of its kind is the notice's value."""
    if page.has(name):
        page.line(label, text)
    else:
        page.field(name, label, text, rule=f"ted:{label}")


def write_day(page: PageBuilder, name: str, label: str, text: str) -> None:
    """Write a day; the first of its kind is the notice's."""
    iso = to_iso_date(text.strip())
    if iso is None or page.has(name):
        page.line(label, text)
    else:
        page.field(name, label, text, rule=f"ted:{label}", value=iso, lead=10 if text.strip()[4:5] == "-" else 8)


def keep_lot(page: PageBuilder, number: str, label: str, title: Span | None, budget: Amount | None) -> None:
    """Keep a lot whose number stands in the label of its title's line."""
    if number and title is not None:
        at = page.label_of(title, label)
        place = Span(at.file, at.page, at.end - len(number), at.end, number)
        page.keep_lot(number, Lot(number, place, Field(title.quote, title, "ted:LOT/TITLE"), budget))


def tell_lots(page: PageBuilder, printed: str, amount: Amount | None, suppliers: list[Field]) -> None:
    """Give the lots that an award is for its winners, and its sum where it is for one."""
    keys = [key for key in _LOT_LIST.split(printed) if key]
    for key in keys:
        lot = page.lot(key)
        if lot is None:
            continue
        won = {str(one.value): one for one in (*lot.suppliers, *suppliers)}
        worth = lot.award_amount or (amount if len(keys) == 1 else None)
        is_failed = not won
        page.keep_lot(key, replace(lot, award_amount=worth, suppliers=tuple(won.values()), is_failed=is_failed))


_LOT_LIST = re.compile(r"[,;/ ]+(?:and |et |und |y )?")


def _write_lot(page: PageBuilder, lot: etree._Element) -> None:
    number = clean_line(text_of(lot.find("LOT_NO")))
    label = f"Lot {number}" if number else "Lot"
    title = page.line(label, all_text(lot.find("TITLE")))
    codes = (code.get("CODE") or "" for code in lot.iterfind("CPV_ADDITIONAL/CPV_CODE"))
    page.line(f"{label} CPV", ", ".join(code for code in codes if code))
    money = money_of(lot.find("VAL_OBJECT"))
    span = page.amount("", f"{label} estimated value", *money, rule="") if money else None
    keep_lot(page, number, label, title, Amount(*money, span, "ted:VAL_OBJECT") if money and span else None)
    for tag, word in _LOT_BLOCKS:
        page.block(f"{label} {word}", all_text(lot.find(tag)))
    duration = lot.find("DURATION")
    if duration is not None:
        page.line(f"{label} duration", f"{text_of(duration)} {(duration.get('TYPE') or '').lower()}")
    dates = f"{text_of(lot.find('DATE_START'))} – {text_of(lot.find('DATE_END'))}"
    page.line(f"{label} period", dates.strip(" –"))


def _write_award(page: PageBuilder, award: etree._Element, seen: set[str], *, is_only: bool) -> None:
    """Write one award: number, lot, title, date, contractors, values; or that nothing was awarded."""
    label = clean_line(f"Award {text_of(award.find('CONTRACT_NO'))}")
    lot = clean_line(text_of(award.find("LOT_NO")))
    title = clean_line(all_text(award.find("TITLE")))
    page.line(label, f"lot {lot} {title}" if lot else title)
    if award.find("NO_AWARDED_CONTRACT") is not None or award.find("NO_AWARDED_PRIZE") is not None:
        discontinued = award.find(".//PROCUREMENT_DISCONTINUED") is not None
        page.line(
            "Result", "not awarded, procedure discontinued" if discontinued else "not awarded, no suitable tender"
        )
        tell_lots(page, lot, None, [])
        return
    write_day(page, "signed_on", "Date of the contract", text_of(award.find(".//DATE_CONCLUSION_CONTRACT")))
    if is_only:
        write_once(page, "contract_number", "Contract number", text_of(award.find("CONTRACT_NO")))
        write_count(page, text_of(award.find(".//NB_TENDERS_RECEIVED")))
    suppliers = _write_contractors(page, award, seen)
    worth: Amount | None = None
    for path, word in (
        (".//VAL_ESTIMATED_TOTAL", "Estimated value of the award"),
        (".//VAL_TOTAL", "Value of the award"),
    ):
        money = money_of(award.find(path))
        span = page.amount("", word, *money, rule="") if money else None
        if money and span is not None and path == ".//VAL_TOTAL":
            worth = Amount(*money, span, "ted:AWARD_CONTRACT/VAL_TOTAL")
    tell_lots(page, lot, worth, suppliers)


def write_count(page: PageBuilder, text: str) -> None:
    """Write how many tenders were received."""
    printed = text.strip()
    if printed.isdecimal() and len(printed) <= _MOST_DIGITS:
        page.field("bidders", "Tenders received", printed, rule="ted:NB_TENDERS_RECEIVED", value=int(printed))


_MOST_DIGITS = 4


def _write_contractors(page: PageBuilder, award: etree._Element, seen: set[str]) -> list[Field]:
    """Write the contractors or prize winners that have not been written yet; return all of them."""
    found: list[Field] = []
    for address in (*award.iter("ADDRESS_CONTRACTOR"), *award.iter("ADDRESS_WINNER")):
        name = clean_line(all_text(address.find("OFFICIALNAME")))
        if not _is_public(address):
            continue
        if name.casefold() not in seen:
            seen.add(name.casefold())
            page.field("suppliers", "Supplier", name, rule="ted:ADDRESS_CONTRACTOR/OFFICIALNAME")
            body = _to_body(address)
            scheme = scheme_of(body.number, body.country, is_public=False)
            if scheme:
                page.identifier("supplier", name, scheme, body.number, label="Supplier identifier")
        kept = page.named("suppliers", name)
        found += [kept] if kept is not None else []
    return found


def _write_modification(page: PageBuilder, modification: etree._Element, seen: set[str]) -> None:
    procurement, info = modification.find("DESCRIPTION_PROCUREMENT"), modification.find("INFO_MODIFICATIONS")
    if procurement is not None:
        page.block("Description after the modification", all_text(procurement.find("SHORT_DESCR")))
        _write_contractors(page, procurement, seen)
    if info is None:
        return
    page.block("Modification", all_text(info.find("SHORT_DESCR")))
    page.block(
        "Reason for the modification",
        all_text(info.find("ADDITIONAL_NEED")) or all_text(info.find("UNFORESEEN_CIRCUMSTANCE")),
    )
    for path, word in (
        (".//VAL_TOTAL_BEFORE", "Value before the modification"),
        (".//VAL_TOTAL_AFTER", "Value after the modification"),
    ):
        money = money_of(info.find(path))
        if money:
            page.amount("", word, *money, rule="")


def _write_change(page: PageBuilder, change: etree._Element) -> None:
    where = f"{text_of(change.find('WHERE/SECTION'))} {text_of(change.find('WHERE/LABEL'))}"
    for tag, word in (("OLD_VALUE", "instead of"), ("NEW_VALUE", "read")):
        value = change.find(tag)
        if value is not None:
            text = all_text(value.find("TEXT")) or " ".join(text_of(value.find(part)) for part in ("DATE", "TIME"))
            page.block(clean_line(f"Change {where} {word}"), text)
