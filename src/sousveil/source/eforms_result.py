"""Results of an eForms award notice: which tenders won, who made them, what they cost."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from lxml import etree

from sousveil.model import Amount, Field, Span
from sousveil.source.eforms_parts import money_of
from sousveil.source.organisations import Organisation, write_organisation
from sousveil.source.render import PageBuilder, clean_line
from sousveil.source.values import Money, to_iso_date
from sousveil.source.xmlfile import text_of

_MOST_DIGITS = 4


def write_results(
    page: PageBuilder, extension: etree._Element, organisations: dict[str, Organisation], language: str
) -> None:
    """Write the winners of all lots with their sums, then what was won in all.

    A tender won where a settled contract names it; without contracts, where its lot's result chose a winner and its
    rank is 1, or it is the lot's only tender. The total is the printed one (BT-161), else the sum of the winning
    tenders (BT-720).
    """
    result = extension.find("NoticeResult")
    if result is None:
        return
    winners = _find_winners(result)
    groups = {_id(group): group for group in result.iterfind("TenderingParty")}
    total = money_of(result.find("TotalAmount"))
    seen: set[str] = set()
    values: list[Money | None] = []
    for tender in winners:
        money, span = _write_tender(page, tender, is_total=total is None and len(winners) == 1)
        values.append(money)
        group = groups.get(text_of(tender.find("TenderingParty/ID")).strip())
        found = _write_tenderers(page, group, organisations, seen)
        amount = Amount(*money, span, "eforms:BT-720") if money and span else None
        _tell_lot(page, clean_line(text_of(tender.find("TenderLot/ID"))), amount, found)
    contracts = result.findall("SettledContract")
    for contract in contracts:
        _write_contract(page, contract, language, is_only=len(contracts) == 1)
    lot_results = result.findall("LotResult")
    for lot_result in lot_results:
        _write_lot_result(page, lot_result, is_only=len(lot_results) == 1)
    if total:
        page.amount("award_amount", "Total value of all contracts", *total, rule="eforms:BT-161")
    elif len(winners) > 1:
        page.total("award_amount", "Total of winning tenders", values, rule="eforms:BT-720")
    maximum = money_of(result.find("OverallMaximumFrameworkContractsAmount"))
    if maximum:
        name = "" if page.has("budget") else "budget"
        page.amount(name, "Maximum value of all framework agreements", *maximum, rule="eforms:BT-118")


def _id(element: etree._Element) -> str:
    return text_of(element.find("ID")).strip()


def _find_winners(result: etree._Element) -> list[etree._Element]:
    """Return the winning tenders, each once, in the order of the notice."""
    tenders = {_id(tender): tender for tender in result.iterfind("LotTender")}
    chosen = dict.fromkeys(text_of(ref).strip() for ref in result.iterfind("SettledContract/LotTender/ID"))
    if not chosen:
        chosen = dict.fromkeys(_chosen_by_lots(result, tenders))
    return [tenders[key] for key in chosen if key in tenders]


def _chosen_by_lots(result: etree._Element, tenders: dict[str, etree._Element]) -> Iterator[str]:
    for lot in result.iterfind("LotResult"):
        if text_of(lot.find("TenderResultCode")).strip() != "selec-w":
            continue
        offered = [text_of(ref).strip() for ref in lot.iterfind("LotTender/ID")]
        for key in offered:
            rank = text_of(tenders[key].find("RankCode")).strip() if key in tenders else ""
            if rank == "1" or len(offered) == 1:
                yield key


def _tell_lot(page: PageBuilder, key: str, amount: Amount | None, suppliers: list[Field]) -> None:
    """Give a lot one of its winning tenders; sums of several winners (of a framework) are left to the total."""
    lot = page.lot(key)
    if lot is not None:
        won = {str(one.value): one for one in (*lot.suppliers, *suppliers)}
        worth = amount if not lot.suppliers else None
        page.keep_lot(key, replace(lot, award_amount=worth, suppliers=tuple(won.values())))


def _write_tender(page: PageBuilder, tender: etree._Element, *, is_total: bool) -> tuple[Money | None, Span | None]:
    """Write a winning tender's reference and value; return the value and where it stands."""
    lot = clean_line(text_of(tender.find("TenderLot/ID")))
    page.line("Winning tender", f"{lot} {text_of(tender.find('TenderReference/ID'))}")
    money = money_of(tender.find("LegalMonetaryTotal/PayableAmount"))
    if money is None:
        return None, None
    name = "award_amount" if is_total else ""
    return money, page.amount(name, "Value of the tender", *money, rule="eforms:BT-720")


def _write_tenderers(
    page: PageBuilder, group: etree._Element | None, organisations: dict[str, Organisation], seen: set[str]
) -> list[Field]:
    """Write the tenderers that were not written before; return all of the group's."""
    found: list[Field] = []
    for reference in group.iterfind("Tenderer/ID") if group is not None else ():
        key = text_of(reference).strip()
        organisation = organisations.get(key)
        if organisation is None:
            continue
        if key not in seen:
            seen.add(key)
            write_organisation(page, "suppliers", "Supplier", organisation, rule="eforms:BT-500/OPT-310")
        kept = page.named("suppliers", organisation.name)
        found += [kept] if kept is not None else []
    return found


def _write_contract(page: PageBuilder, contract: etree._Element, language: str, *, is_only: bool) -> None:
    """Write number, title and days of a contract; its number is the notice's where it is the only one."""
    titles = contract.findall("Title")
    title = next((found for found in titles if found.get("languageID") == language), titles[0] if titles else None)
    number = clean_line(text_of(contract.find("ContractReference/ID")))
    text = f"{number} {text_of(title)}"
    if is_only and number:
        page.field("contract_number", "Contract", text, rule="eforms:BT-150", value=number, lead=len(number))
    else:
        page.line("Contract", text)
    _write_day(page, "awarded_on", "Winner chosen", text_of(contract.find("AwardDate")), rule="eforms:BT-1451")
    _write_day(page, "signed_on", "Contract signed", text_of(contract.find("IssueDate")), rule="eforms:BT-145")


def _write_day(page: PageBuilder, name: str, label: str, text: str, *, rule: str) -> None:
    """Write a day; the first of its kind is the notice's."""
    iso = to_iso_date(text.strip())
    if iso is None or page.has(name):
        page.line(label, text)
    else:
        page.field(name, label, text, rule=rule, value=iso, lead=10)


def _write_lot_result(page: PageBuilder, lot: etree._Element, *, is_only: bool) -> None:
    """Write how many offered for a lot (BT-759), and where nothing was awarded, the reason (BT-144)."""
    result = text_of(lot.find("TenderResultCode")).strip()
    name = text_of(lot.find("TenderLot/ID"))
    _write_bidders(page, lot, clean_line(name), is_only=is_only)
    if result and result != "selec-w":
        kept = page.lot(clean_line(name))
        if kept is not None and result == "clos-nw":
            page.keep_lot(clean_line(name), replace(kept, is_failed=True))
        page.line(
            f"Result of {clean_line(name) or 'the lot'}",
            f"{result} {text_of(lot.find('DecisionReason/DecisionReasonCode'))}",
        )


def _write_bidders(page: PageBuilder, lot: etree._Element, name: str, *, is_only: bool) -> None:
    """Write how many tenders a lot received; they are those of the notice where it has one lot."""
    for statistics in lot.iterfind("ReceivedSubmissionsStatistics"):
        if text_of(statistics.find("StatisticsCode")).strip() != "tenders":
            continue
        printed = text_of(statistics.find("StatisticsNumeric")).strip()
        label = f"Tenders received {name}".strip()
        if is_only and printed.isdecimal() and len(printed) <= _MOST_DIGITS:
            page.field("bidders", label, printed, rule="eforms:BT-759", value=int(printed))
        else:
            page.line(label, printed)
