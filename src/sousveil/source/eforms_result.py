"""Results of an eForms award notice: which tenders won, who made them, what they cost."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from sousveil.source.organisations import Organisation, write_organisation
from sousveil.source.render import PageBuilder, clean_line
from sousveil.source.values import to_currency, to_number
from sousveil.source.xmlfile import text_of

Money = tuple[float, str | None]


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
    total = _money(result.find("TotalAmount"))
    seen: set[str] = set()
    values: list[Money | None] = []
    for tender in winners:
        values.append(_write_tender(page, tender, is_total=total is None and len(winners) == 1))
        group = groups.get(text_of(tender.find("TenderingParty/ID")).strip())
        _write_tenderers(page, group, organisations, seen)
    for contract in result.iterfind("SettledContract"):
        _write_contract(page, contract, language)
    for lot_result in result.iterfind("LotResult"):
        _write_lot_result(page, lot_result)
    if total:
        page.amount("award_amount", "Total value of all contracts", *total, rule="eforms:BT-161")
    elif len(winners) > 1:
        page.total("award_amount", "Total of winning tenders", values, rule="eforms:BT-720")
    maximum = _money(result.find("OverallMaximumFrameworkContractsAmount"))
    if maximum:
        name = "" if page.has("budget") else "budget"
        page.amount(name, "Maximum value of all framework agreements", *maximum, rule="eforms:BT-118")


def _id(element: etree._Element) -> str:
    return text_of(element.find("ID")).strip()


def _money(element: etree._Element | None) -> Money | None:
    number = to_number(text_of(element)) if element is not None else None
    return (number, to_currency(element.get("currencyID"))) if number and element is not None else None


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


def _write_tender(page: PageBuilder, tender: etree._Element, *, is_total: bool) -> Money | None:
    """Write a winning tender's reference and value; return the value."""
    lot = clean_line(text_of(tender.find("TenderLot/ID")))
    page.line("Winning tender", f"{lot} {text_of(tender.find('TenderReference/ID'))}")
    money = _money(tender.find("LegalMonetaryTotal/PayableAmount"))
    if money:
        page.amount("award_amount" if is_total else "", "Value of the tender", *money, rule="eforms:BT-720")
    return money


def _write_tenderers(
    page: PageBuilder, group: etree._Element | None, organisations: dict[str, Organisation], seen: set[str]
) -> None:
    if group is None:
        return
    for reference in group.iterfind("Tenderer/ID"):
        key = text_of(reference).strip()
        organisation = organisations.get(key)
        if organisation is None or key in seen:
            continue
        seen.add(key)
        write_organisation(page, "suppliers", "Supplier", organisation, rule="eforms:BT-500/OPT-310")


def _write_contract(page: PageBuilder, contract: etree._Element, language: str) -> None:
    titles = contract.findall("Title")
    title = next((found for found in titles if found.get("languageID") == language), titles[0] if titles else None)
    page.line("Contract", f"{text_of(contract.find('ContractReference/ID'))} {text_of(title)}")
    page.line("Contract signed", text_of(contract.find("IssueDate")))


def _write_lot_result(page: PageBuilder, lot: etree._Element) -> None:
    """Write results that say that nothing was awarded, with the reason (BT-144)."""
    result = text_of(lot.find("TenderResultCode")).strip()
    if result and result != "selec-w":
        name = text_of(lot.find("TenderLot/ID"))
        page.line(
            f"Result of {clean_line(name) or 'the lot'}",
            f"{result} {text_of(lot.find('DecisionReason/DecisionReasonCode'))}",
        )
