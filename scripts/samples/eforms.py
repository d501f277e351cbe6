"""eForms notices in UBL: ContractNotice and ContractAwardNotice, with the elements real notices of the SDK 1.10 carry."""

from __future__ import annotations

from typing import Any
from xml.sax.saxutils import escape, quoteattr

_SPACES = (
    'xmlns:cac="urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2" '
    'xmlns:cbc="urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2" '
    'xmlns:efac="http://data.europa.eu/p27/eforms-ubl-extension-aggregate-components/1" '
    'xmlns:efbc="http://data.europa.eu/p27/eforms-ubl-extension-basic-components/1" '
    'xmlns:efext="http://data.europa.eu/p27/eforms-ubl-extensions/1" '
    'xmlns:ext="urn:oasis:names:specification:ubl:schema:xsd:CommonExtensionComponents-2"'
)
Spec = dict[str, Any]


def tag(name: str, *inner: str, **attributes: str) -> str:
    """Return an element; ``inner`` is markup already."""
    written = "".join(f" {key}={quoteattr(value)}" for key, value in attributes.items())
    return f"<{name}{written}>{''.join(inner)}</{name}>"


def leaf(name: str, text: object, **attributes: str) -> str:
    """Return an element with plain text, or nothing where there is no text."""
    return tag(name, escape(str(text)), **attributes) if text not in (None, "") else ""


def make_eforms(spec: Spec) -> str:
    """Return the notice: an award notice where the specification names winners, else a contract notice."""
    is_award = bool(spec.get("winners"))
    root = "ContractAwardNotice" if is_award else "ContractNotice"
    notice_type = leaf(
        "cbc:NoticeTypeCode",
        "can-standard" if is_award else "cn-standard",
        listName="result" if is_award else "competition",
    )
    parts = [
        _extension(spec, is_award=is_award),
        leaf("cbc:UBLVersionID", "2.3"),
        leaf("cbc:CustomizationID", "eforms-sdk-1.10"),
        leaf("cbc:ID", spec["id"], schemeName="notice-id"),
        leaf("cbc:ContractFolderID", spec["folder"]),
        leaf("cbc:IssueDate", f"{spec['issued']}+01:00"),
        leaf("cbc:IssueTime", "10:12:00+01:00"),
        leaf("cbc:VersionID", "01"),
        leaf("cbc:RegulatoryDomain", "32014L0024"),
        notice_type,
        leaf("cbc:NoticeLanguageCode", spec["lang"], listName="language"),
        _contracting_party(spec),
        tag("cac:TenderingTerms", _documents(spec)) if not is_award else "",
        tag("cac:TenderingProcess", leaf("cbc:ProcedureCode", "open", listName="procurement-procedure-type")),
        _project(spec, spec, with_place=True),
        *(_lot(spec, lot) for lot in spec["lots"]),
        tag("cac:TenderResult", leaf("cbc:AwardDate", f"{spec['awarded']}+01:00")) if is_award else "",
    ]
    name = f"urn:oasis:names:specification:ubl:schema:xsd:{root}-2"
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<{root} xmlns="{name}" {_SPACES}>\n'
        + "\n".join(filter(None, parts))
        + f"\n</{root}>\n"
    )


def _extension(spec: Spec, *, is_award: bool) -> str:
    organizations = [_organization("ORG-0001", spec["buyer"], spec["lang"])]
    organizations += [
        _organization(f"ORG-1{n:03}", winner, spec["lang"]) for n, winner in enumerate(spec.get("winners", []), 1)
    ]
    published = spec["publication"]
    inner = [
        _result(spec) if is_award else "",
        tag("efac:NoticeSubType", leaf("cbc:SubTypeCode", "29" if is_award else "16", listName="notice-subtype")),
        tag("efac:Organizations", *organizations),
        tag(
            "efac:Publication",
            leaf("efbc:NoticePublicationID", published["number"], schemeName="ojs-notice-id"),
            leaf("efbc:GazetteID", published["gazette"], schemeName="ojs-id"),
            leaf("efbc:PublicationDate", f"{published['date']}+01:00"),
        ),
    ]
    content = tag("ext:ExtensionContent", tag("efext:EformsExtension", *inner))
    return tag("ext:UBLExtensions", tag("ext:UBLExtension", content))


def _organization(key: str, party: Spec, lang: str) -> str:
    address = tag(
        "cac:PostalAddress",
        leaf("cbc:StreetName", party.get("street")),
        leaf("cbc:CityName", party["city"]),
        leaf("cbc:PostalZone", party.get("zone")),
        leaf("cbc:CountrySubentityCode", party.get("nuts"), listName="nuts"),
        tag("cac:Country", leaf("cbc:IdentificationCode", party["country"], listName="country")),
    )
    contact = tag(
        "cac:Contact",
        leaf("cbc:Name", party.get("contact")),
        leaf("cbc:Telephone", party.get("phone")),
        leaf("cbc:ElectronicMail", party.get("mail")),
    )
    company = tag(
        "efac:Company",
        tag("cac:PartyIdentification", leaf("cbc:ID", key, schemeName="organization")),
        tag("cac:PartyName", leaf("cbc:Name", party["name"], languageID=lang)),
        address,
        tag("cac:PartyLegalEntity", leaf("cbc:CompanyID", party.get("company_id", "00000000"))),
        contact if party.get("contact") or party.get("mail") else "",
    )
    return tag("efac:Organization", company)


def _result(spec: Spec) -> str:
    currency, winners = spec["currency"], spec["winners"]
    results, tenders, contracts, parties = [], [], [], []
    for n, winner in enumerate(winners, 1):
        key, lot = f"{n:04}", tag("efac:TenderLot", leaf("cbc:ID", winner["lot"], schemeName="Lot"))
        tender = tag("efac:LotTender", leaf("cbc:ID", f"TEN-{key}", schemeName="tender"))
        results.append(
            tag(
                "efac:LotResult",
                leaf("cbc:ID", f"RES-{key}", schemeName="result"),
                leaf("cbc:TenderResultCode", "selec-w", listName="winner-selection-status"),
                tender,
                tag("efac:SettledContract", leaf("cbc:ID", f"CON-{key}", schemeName="contract")),
                lot,
            )
        )
        amount = tag(
            "cac:LegalMonetaryTotal", leaf("cbc:PayableAmount", f"{winner['amount']:.2f}", currencyID=currency)
        )
        party = tag("efac:TenderingParty", leaf("cbc:ID", f"TPA-{key}", schemeName="tendering-party"))
        tenders.append(tag("efac:LotTender", leaf("cbc:ID", f"TEN-{key}", schemeName="tender"), amount, party, lot))
        contracts.append(
            tag(
                "efac:SettledContract",
                leaf("cbc:ID", f"CON-{key}", schemeName="contract"),
                leaf("cbc:IssueDate", f"{winner['signed']}+01:00"),
                tag("efac:ContractReference", leaf("cbc:ID", winner["contract"])),
                tender,
            )
        )
        tenderer = tag("efac:Tenderer", leaf("cbc:ID", f"ORG-1{n:03}", schemeName="organization"))
        parties.append(tag("efac:TenderingParty", leaf("cbc:ID", f"TPA-{key}", schemeName="tendering-party"), tenderer))
    total = sum(winner["amount"] for winner in winners)
    return tag(
        "efac:NoticeResult",
        leaf("cbc:TotalAmount", f"{total:.2f}", currencyID=currency),
        *results,
        *tenders,
        *contracts,
        *parties,
    )


def _contracting_party(spec: Spec) -> str:
    return tag(
        "cac:ContractingParty",
        tag(
            "cac:ContractingPartyType",
            leaf("cbc:PartyTypeCode", spec["buyer"].get("type", "la"), listName="buyer-legal-type"),
        ),
        tag(
            "cac:ContractingActivity",
            leaf("cbc:ActivityTypeCode", spec["buyer"].get("activity", "pub-os"), listName="authority-activity"),
        ),
        tag("cac:Party", tag("cac:PartyIdentification", leaf("cbc:ID", "ORG-0001", schemeName="organization"))),
    )


def _documents(spec: Spec) -> str:
    link = tag(
        "cac:Attachment", tag("cac:ExternalReference", leaf("cbc:URI", f"https://vergabe.example.org/{spec['folder']}"))
    )
    return tag(
        "cac:CallForTendersDocumentReference",
        leaf("cbc:ID", "DOC-1"),
        leaf("cbc:DocumentType", "non-restricted-document"),
        link,
    )


def _project(spec: Spec, part: Spec, *, with_place: bool) -> str:
    place = tag(
        "cac:RealizedLocation",
        tag(
            "cac:Address",
            leaf("cbc:CityName", spec["buyer"]["city"]),
            leaf("cbc:CountrySubentityCode", spec["buyer"].get("nuts"), listName="nuts"),
            tag("cac:Country", leaf("cbc:IdentificationCode", spec["buyer"]["country"], listName="country")),
        ),
    )
    value = part.get("estimated")
    amount = leaf("cbc:EstimatedOverallContractAmount", f"{value:.2f}", currencyID=spec["currency"]) if value else ""
    additional = [
        tag("cac:AdditionalCommodityClassification", leaf("cbc:ItemClassificationCode", code, listName="cpv"))
        for code in part.get("more_cpv", [])
    ]
    return tag(
        "cac:ProcurementProject",
        leaf("cbc:ID", part.get("internal"), schemeName="InternalID"),
        leaf("cbc:Name", part["title"], languageID=spec["lang"]),
        leaf("cbc:Description", part["description"], languageID=spec["lang"]),
        leaf("cbc:ProcurementTypeCode", spec.get("nature", "supplies"), listName="contract-nature"),
        tag("cac:RequestedTenderTotal", amount) if amount else "",
        tag(
            "cac:MainCommodityClassification",
            leaf("cbc:ItemClassificationCode", part.get("cpv", spec["cpv"]), listName="cpv"),
        ),
        *additional,
        place if with_place else "",
    )


def _lot(spec: Spec, lot: Spec) -> str:
    criteria = tag(
        "cac:AwardingTerms",
        tag(
            "cac:AwardingCriterion",
            tag(
                "cac:SubordinateAwardingCriterion",
                leaf("cbc:AwardingCriterionTypeCode", "price", listName="award-criterion-type"),
            ),
        ),
    )
    return tag(
        "cac:ProcurementProjectLot",
        leaf("cbc:ID", lot["id"], schemeName="Lot"),
        tag("cac:TenderingTerms", criteria),
        _project(spec, lot, with_place=True),
    )
