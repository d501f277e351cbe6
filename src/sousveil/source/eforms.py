"""eForms notices (UBL 2.3 with the EU's extensions), read by business term (BT) as the eForms SDK defines them.

The roots are ContractNotice, ContractAwardNotice, PriorInformationNotice and BusinessRegistrationInformationNotice.
Rendering is an allow-list: of an organisation only name, town and country are written; contacts, touch points,
telephones, signatories, beneficial owners and review bodies never are. A winner listed as a natural person
(``NaturalPersonIndicator``) is covered, unless a legal form in its name says it is a company.
"""

from __future__ import annotations

from dataclasses import replace

from lxml import etree

from sousveil.data.codes import notice_codes
from sousveil.data.methods import method_codes
from sousveil.exceptions import EmptyFileError, UnsupportedTypeError
from sousveil.model import Amount, Document, Field, Item, Lot, Span
from sousveil.settings import Limits
from sousveil.source.eforms_parts import in_language, money_of
from sousveil.source.eforms_result import write_results
from sousveil.source.organisations import Organisation, load_organisations, write_organisation
from sousveil.source.render import PageBuilder, clean_line
from sousveil.source.render import to_document as render
from sousveil.source.values import to_country, to_iso_date, to_language, to_number
from sousveil.source.xmlfile import load_root, local_name, strip_namespaces, text_of

ROOTS = frozenset(
    {"ContractNotice", "ContractAwardNotice", "PriorInformationNotice", "BusinessRegistrationInformationNotice"}
)
_EXTENSION = "UBLExtensions/UBLExtension/ExtensionContent/EformsExtension"
_NOT_READ = ("TenderingTerms", "FieldsPrivacy", "UltimateBeneficialOwner", "Contact", "TouchPoint")
"""Conditions, review bodies and persons: a third of a notice's elements, none of them rendered."""
_WHOLE_LOT = frozenset({"Lot", "Part"})
"""Scheme names of lots that are bought; groups of lots repeat their members' values."""


def to_document(untrusted: bytes, *, file: str, name: str, limits: Limits) -> Document:
    """Return the document of one eForms notice: one page, one record.

    Raises:
        UnsupportedTypeError: XML of another kind.
        EmptyFileError: a notice in which nothing is filled in.
        DamagedError: broken XML.
        LimitError: larger than the limits allow.
    """
    root = load_root(untrusted, limits)
    if local_name(root) not in ROOTS:
        reason = f"The XML is no eForms notice but <{local_name(root)[:60]}>"
        raise UnsupportedTypeError(reason, "Only eForms and TED notices are read from XML; send others as HTML or PDF.")
    strip_namespaces(root, without=_NOT_READ)
    language = text_of(root.find("NoticeLanguageCode")).strip()
    document = render(
        [root],
        lambda page, notice: _write_notice(page, notice, language),
        file=file,
        media_type="application/xml",
        name=name,
        limits=limits,
        language=to_language(language),
    )
    if not document.pages:
        raise EmptyFileError("the eForms notice holds no values", "It may be a template; fetch the notice itself.")
    return document


def _write_notice(page: PageBuilder, root: etree._Element, language: str) -> None:
    extension = root.find(_EXTENSION)
    organisations = load_organisations(extension, language)
    page.key = clean_line(text_of(root.find("ID"))) or clean_line(text_of(root.find("ContractFolderID")))
    project = root.find("ProcurementProject")
    page.field("title", "Title", in_language(project, "Name", language), rule="eforms:BT-21-Procedure")
    buyers = _write_buyers(page, root, organisations)
    _write_type(page, root, extension)
    _write_numbers(page, root, project, extension)
    _write_dates(page, root, extension)
    _write_changes(page, extension, language)
    lots = [lot for lot in root.findall("ProcurementProjectLot") if _scheme(lot) in _WHOLE_LOT]
    if not page.has("title") and len(lots) == 1:
        title = in_language(lots[0].find("ProcurementProject"), "Name", language)
        page.field("title", "Title", title, rule="eforms:BT-21-Lot")
    for part in (root, *lots[:1]):
        before = text_of(part.find("TenderingProcess/NoticeDocumentReference/ID"))
        if page.has("related_number"):
            page.line("Previous notice", before)
        else:
            page.field("related_number", "Previous notice", before, rule="eforms:OPP-090")
    _write_budget(page, project, lots)
    _write_place(page, buyers)
    page.line("Contract nature", text_of(root.find("ProcurementProject/ProcurementTypeCode")))
    _write_method(page, text_of(root.find("TenderingProcess/ProcedureCode")))
    description = in_language(project, "Description", language)
    page.block("Description", description)
    codes: dict[str, None] = {}
    _write_codes(page, project, codes)
    for lot in lots:
        _write_lot(page, lot, language, clean_line(description), codes)
    if extension is not None:
        write_results(page, extension, organisations, language)
    page.block("Additional information", in_language(project, "Note", language))


def _scheme(lot: etree._Element) -> str:
    identifier = lot.find("ID")
    return identifier.get("schemeName", "Lot") if identifier is not None else "Lot"


def _write_buyers(
    page: PageBuilder, root: etree._Element, organisations: dict[str, Organisation]
) -> list[Organisation]:
    """Write the buyers (OPT-300) and the service providers acting for them; return the buyers."""
    buyers: list[Organisation] = []
    agents: list[Organisation] = []
    for party in root.iterfind("ContractingParty/Party"):
        buyer = organisations.get(text_of(party.find("PartyIdentification/ID")).strip())
        if buyer and buyer not in buyers:
            buyers.append(buyer)
        for provider in party.iterfind("ServiceProviderParty"):
            agent = organisations.get(text_of(provider.find("Party/PartyIdentification/ID")).strip())
            if agent and agent not in agents and text_of(provider.find("ServiceTypeCode")).strip() == "serv-prov":
                agents.append(agent)
    for buyer in buyers:
        write_organisation(page, "buyer", "Buyer", buyer, rule="eforms:BT-500/OPT-300")
    for agent in agents:
        if agent not in buyers:
            write_organisation(page, "agency", "Procurement service provider", agent, rule="eforms:BT-500/OPT-030")
    page.line("Buyer type", text_of(root.find("ContractingParty/ContractingPartyType/PartyTypeCode")))
    page.line("Buyer activity", text_of(root.find("ContractingParty/ContractingActivity/ActivityTypeCode")))
    return buyers


def _write_type(page: PageBuilder, root: etree._Element, extension: etree._Element | None) -> None:
    """Write the notice type: change notices are corrections (or terminations), the subtype tells the rest."""
    subtype = text_of(extension.find("NoticeSubType/SubTypeCode")).strip() if extension is not None else ""
    code = text_of(root.find("NoticeTypeCode")).strip()
    row = notice_codes("eforms").get(subtype.removeprefix("N")) or notice_codes("eforms-type").get(code)
    if row is None:
        page.line("Notice type", f"{subtype} {code}")
        return
    value = row.type
    changes = extension.find("Changes") if extension is not None else None
    if changes is not None or code == "corr":
        reasons = {text_of(reason).strip() for reason in changes.iter("ReasonCode")} if changes is not None else set()
        value = "termination" if "cancel" in reasons else "correction"
        page.line("Change notice", ", ".join(sorted(reasons)) or "yes")
    elif value == "award" and extension is not None and _is_nothing_awarded(extension):
        value = "termination"
    text = f"{row.name} ({subtype or code})"
    page.field("notice_type", "Notice type", text, rule="eforms:OPP-070", value=value)


def _is_nothing_awarded(extension: etree._Element) -> bool:
    """Return whether every lot's result says that no winner was chosen and the competition is closed (BT-142)."""
    results = [text_of(code).strip() for code in extension.iterfind("NoticeResult/LotResult/TenderResultCode")]
    return bool(results) and all(result == "clos-nw" for result in results)


def _write_numbers(
    page: PageBuilder, root: etree._Element, project: etree._Element | None, extension: etree._Element | None
) -> None:
    internal = text_of(project.find("ID")) if project is not None else ""
    page.field("project_number", "Reference number", internal, rule="eforms:BT-22-Procedure")
    folder = text_of(root.find("ContractFolderID"))
    page.field("project_number", "Procedure identifier", folder, rule="eforms:BT-04")
    page.line("Notice identifier", f"{text_of(root.find('ID')).strip()} {text_of(root.find('VersionID')).strip()}")
    if extension is not None:
        page.line("Publication number", text_of(extension.find("Publication/NoticePublicationID")))


def _write_dates(page: PageBuilder, root: etree._Element, extension: etree._Element | None) -> None:
    """Write the day of publication in the Official Journal (OPP-012) where it is told, else of dispatch (BT-05)."""
    published = text_of(extension.find("Publication/PublicationDate")).strip() if extension is not None else ""
    issued = text_of(root.find("IssueDate")).strip()
    for label, text, rule in (("Publication date", published, "OPP-012"), ("Issue date", issued, "BT-05")):
        iso = to_iso_date(text)
        if iso and not page.has("publication_date"):
            page.field("publication_date", label, text, rule=f"eforms:{rule}", value=iso, lead=10)
        else:
            page.line(label, text)


def _write_changes(page: PageBuilder, extension: etree._Element | None, language: str) -> None:
    changes = extension.find("Changes") if extension is not None else None
    if changes is None:
        return
    changed = text_of(changes.find("ChangedNoticeIdentifier"))
    page.field("related_number", "Changed notice", changed, rule="eforms:BT-758")
    for change in changes.iterfind("Change"):
        page.block("Change", in_language(change, "ChangeDescription", language))
    for reason in changes.iterfind("ChangeReason"):
        page.block("Reason for the change", in_language(reason, "ReasonDescription", language))


def _write_budget(page: PageBuilder, project: etree._Element | None, lots: list[etree._Element]) -> None:
    """Write the estimated value (BT-27) of the procedure, else of its lots; else the framework maximum (BT-271/709)."""
    for path, label, rule in (
        ("RequestedTenderTotal/EstimatedOverallContractAmount", "Estimated value", "BT-27"),
        (f"RequestedTenderTotal/{_EXTENSION}/FrameworkMaximumAmount", "Framework maximum", "BT-271"),
    ):
        money = money_of(project.find(path)) if project is not None else None
        if money:
            page.amount("" if page.has("budget") else "budget", label, *money, rule=f"eforms:{rule}-Procedure")
        elif not page.has("budget"):
            values = [money_of(lot.find(f"ProcurementProject/{path}")) for lot in lots]
            page.total("budget", f"{label}, total of lots", values, rule=f"eforms:{rule}-Lot")
    if not page.has("budget"):
        path = "TenderingProcess/FrameworkAgreement/EstimatedMaximumValueAmount"
        values = [money_of(lot.find(path)) for lot in lots]
        page.total("budget", "Framework maximum, total of lots", values, rule="eforms:BT-709-Lot")


def _write_place(page: PageBuilder, buyers: list[Organisation]) -> None:
    """Write where the first buyer sits."""
    if not buyers:
        return
    buyer = buyers[0]
    page.field("city", "Town", buyer.town, rule="eforms:BT-513")
    country = to_country(buyer.country)
    if country:
        page.field("country", "Country", buyer.country, rule="eforms:BT-514", value=country)
    page.line("NUTS", buyer.nuts)


def _write_method(page: PageBuilder, code: str) -> None:
    """Write the procedure's code (BT-105), and keep the method it means."""
    method = method_codes().get(code.strip().lower())
    if method is None:
        page.line("Procedure", code)
    else:
        page.field("method", "Procedure", code, rule="eforms:BT-105", value=method)


def _write_codes(page: PageBuilder, project: etree._Element | None, codes: dict[str, None]) -> None:
    """Write main (BT-262) and additional (BT-263) classification codes, each once."""
    if project is None:
        return
    for group in ("MainCommodityClassification", "AdditionalCommodityClassification"):
        for element in project.iterfind(f"{group}/ItemClassificationCode"):
            code, scheme = clean_line(text_of(element)), (element.get("listName") or "cpv").upper()
            if code and f"{scheme}:{code}" not in codes:
                codes[f"{scheme}:{code}"] = None
                page.field("codes", scheme, code, rule="eforms:BT-262", value=f"{scheme}:{code}")


def _write_lot(page: PageBuilder, lot: etree._Element, language: str, known: str, codes: dict[str, None]) -> None:
    """Write title, value, quantity, place, period and description of a lot, the description unless already written."""
    project = lot.find("ProcurementProject")
    if project is None:
        return
    label = clean_line(text_of(lot.find("ID"))) or "Lot"
    title = page.line(label, in_language(project, "Name", language))
    if title is not None and label != "Lot":
        field = Field(title.quote, title, "eforms:BT-21-Lot")
        page.keep_lot(label, Lot(label, page.label_of(title, label), field))
    for path, word in (
        ("RequestedTenderTotal/EstimatedOverallContractAmount", "estimated value"),
        (f"RequestedTenderTotal/{_EXTENSION}/FrameworkMaximumAmount", "framework maximum"),
    ):
        money = money_of(project.find(path))
        span = page.amount("", f"{label} {word}", *money, rule="") if money else None
        kept = page.lot(label)
        if money and span is not None and kept is not None and kept.budget is None:
            page.keep_lot(label, replace(kept, budget=Amount(*money, span, "eforms:BT-27-Lot")))
    _write_quantity(page, project, label)
    description = in_language(project, "Description", language)
    if clean_line(description) != known:
        page.block(f"{label} description", description)
    _write_codes(page, project, codes)
    places = (text_of(address.find("CityName")) for address in project.iterfind("RealizedLocation/Address"))
    page.line(f"{label} place of performance", ", ".join(dict.fromkeys(clean_line(place) for place in places if place)))
    nuts = (text_of(code) for code in project.iterfind("RealizedLocation/Address/CountrySubentityCode"))
    page.line(f"{label} NUTS", ", ".join(dict.fromkeys(clean_line(code) for code in nuts if code)))
    page.block(f"{label} place", in_language(project.find("RealizedLocation"), "Description", language))
    duration = project.find("PlannedPeriod/DurationMeasure")
    if duration is not None:
        page.line(f"{label} duration", f"{text_of(duration)} {duration.get('unitCode') or ''}")
    deadline = text_of(lot.find("TenderingProcess/TenderSubmissionDeadlinePeriod/EndDate"))
    iso = to_iso_date(deadline)
    if iso and not page.has("deadline"):
        page.field("deadline", f"{label} deadline", deadline, rule="eforms:BT-131", value=iso, lead=10)
    else:
        page.line(f"{label} deadline", deadline)
    for extension in project.iterfind("ContractExtension"):
        page.block(f"{label} options", in_language(extension, "OptionsDescription", language))
    page.block(f"{label} additional information", in_language(project, "Note", language))


def _write_quantity(page: PageBuilder, project: etree._Element, label: str) -> None:
    """Write how many the lot is for (BT-25); a lot with a quantity is an item under the lot's title."""
    element, lot = project.find("EstimatedOverallContractQuantity"), page.lot(label)
    if element is None:
        return
    count, unit = to_number(text_of(element)), element.get("unitCode") or ""
    span = page.line(f"{label} quantity", f"{text_of(element)} {unit}")
    if span is None or not count or lot is None or lot.title is None:
        return
    printed = span.quote.partition(" ")[0]
    place = Span(span.file, span.page, span.start, span.start + len(printed), printed)
    quantity = Field(int(count) if count == int(count) else count, place, "eforms:BT-25-Lot")
    page.keep_item(Item(lot.title, quantity=quantity, unit=unit, lot=lot.number))
