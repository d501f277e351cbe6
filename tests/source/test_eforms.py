"""eForms notices. All bodies, persons and numbers are invented."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sousveil.exceptions import DamagedError, EmptyFileError, FileFailure, UnsupportedTypeError
from sousveil.source import eforms
from tests.source.checks import amount, read, values

SPACES = (
    'xmlns:cac="urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2" '
    'xmlns:cbc="urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2" '
    'xmlns:ext="urn:oasis:names:specification:ubl:schema:xsd:CommonExtensionComponents-2" '
    'xmlns:efac="http://data.europa.eu/p27/eforms-ubl-extension-aggregate-components/1" '
    'xmlns:efbc="http://data.europa.eu/p27/eforms-ubl-extension-basic-components/1" '
    'xmlns:efext="http://data.europa.eu/p27/eforms-ubl-extensions/1"'
)


def organisation(key: str, name: str, town: str = "Elmstad", *, person: bool = False) -> str:
    return f"""<efac:Organization><efbc:NaturalPersonIndicator>{str(person).lower()}</efbc:NaturalPersonIndicator>
      <efac:Company><cac:PartyIdentification><cbc:ID>{key}</cbc:ID></cac:PartyIdentification>
      <cac:PartyName><cbc:Name languageID="ENG">English {name}</cbc:Name><cbc:Name languageID="NOR">{name}</cbc:Name></cac:PartyName>
      <cac:PostalAddress><cbc:CityName>{town}</cbc:CityName><cac:Country><cbc:IdentificationCode>NOR</cbc:IdentificationCode></cac:Country></cac:PostalAddress>
      <cac:Contact><cbc:Name>Kari Oppdiktet</cbc:Name><cbc:Telephone>+47 55501234</cbc:Telephone><cbc:ElectronicMail>kari@example.org</cbc:ElectronicMail></cac:Contact>
      </efac:Company></efac:Organization>"""


def lot(key: str, value: str, *, scheme: str = "Lot") -> str:
    return f"""<cac:ProcurementProjectLot><cbc:ID schemeName="{scheme}">{key}</cbc:ID><cac:ProcurementProject>
      <cbc:Name languageID="NOR">Del {key}</cbc:Name><cbc:Description languageID="NOR">Kameraer til {key}</cbc:Description>
      <cac:MainCommodityClassification><cbc:ItemClassificationCode listName="cpv">35125300</cbc:ItemClassificationCode></cac:MainCommodityClassification>
      {value}</cac:ProcurementProject></cac:ProcurementProjectLot>"""


def estimate(value: str) -> str:
    return (
        f'<cac:RequestedTenderTotal><cbc:EstimatedOverallContractAmount currencyID="NOK">{value}'
        "</cbc:EstimatedOverallContractAmount></cac:RequestedTenderTotal>"
    )


def notice(
    root: str = "ContractNotice",
    *,
    subtype: str = "16",
    extension: str = "",
    project: str = "",
    lots: str = "",
    head: str = "",
) -> str:
    return f"""<?xml version="1.0"?><{root} xmlns="urn:oasis:names:specification:ubl:schema:xsd:{root}-2" {SPACES}>
    {head}
    <ext:UBLExtensions><ext:UBLExtension><ext:ExtensionContent><efext:EformsExtension>{extension}
      <efac:NoticeSubType><cbc:SubTypeCode>{subtype}</cbc:SubTypeCode></efac:NoticeSubType>
      <efac:Organizations>{organisation("ORG-1", "Elmstad politi")}{organisation("ORG-2", "Vokter AS")}
        {organisation("ORG-3", "Ola Oppdiktet", person=True)}{organisation("ORG-4", "Vaktsom B.V.", person=True)}
        {organisation("ORG-5", "Elmstad tingrett")}</efac:Organizations>
      </efext:EformsExtension></ext:ExtensionContent></ext:UBLExtension></ext:UBLExtensions>
    <cbc:ID>0a1b2c3d</cbc:ID><cbc:ContractFolderID>folder-1</cbc:ContractFolderID><cbc:IssueDate>2024-05-06+02:00</cbc:IssueDate>
    <cbc:NoticeTypeCode>cn-standard</cbc:NoticeTypeCode><cbc:NoticeLanguageCode>NOR</cbc:NoticeLanguageCode>
    <cac:ContractingParty><cac:Party><cac:PartyIdentification><cbc:ID>ORG-1</cbc:ID></cac:PartyIdentification></cac:Party></cac:ContractingParty>
    <cac:ProcurementProject><cbc:ID>24/007</cbc:ID><cbc:Name languageID="ENG">Cameras</cbc:Name><cbc:Name languageID="NOR">Kameraer</cbc:Name>
      <cbc:Description languageID="NOR">Faste kameraer</cbc:Description>{project}</cac:ProcurementProject>{lots}</{root}>"""


def test_a_contract_notice():
    document = read(eforms, notice(project=estimate("1500000.50"), lots=lot("LOT-1", estimate("1"))))
    assert document.language == "no"
    assert values(document, "title") == ["Kameraer"]
    assert values(document, "buyer") == ["Elmstad politi"]
    assert values(document, "notice_type") == ["tender"]
    assert values(document, "project_number") == ["24/007", "folder-1"]
    assert values(document, "publication_date") == ["2024-05-06"]
    assert (values(document, "city"), values(document, "country")) == (["Elmstad"], ["NO"])
    assert values(document, "codes") == ["CPV:35125300"]
    assert amount(document, "budget") == (1_500_000.5, "NOK")
    assert "LOT-1 description: Kameraer til LOT-1" in document.pages[0].text


def test_persons_and_review_bodies_are_not_rendered():
    text = read(eforms, notice()).pages[0].text
    for word in ("Kari", "5550", "kari@", "tingrett"):
        assert word not in text


def test_the_budget_of_lots_is_their_sum_without_groups_and_withheld_values():
    lots = (
        lot("LOT-1", estimate("10"))
        + lot("LOT-2", estimate("20"))
        + lot("LOT-3", estimate("-1"))
        + lot("GLO-1", estimate("30"), scheme="LotsGroup")
    )
    document = read(eforms, notice(lots=lots))
    assert amount(document, "budget") == (30, "NOK")
    assert "1 more without a value" in dict(document.records[0].amounts)["budget"].note


def test_the_framework_maximum_is_the_budget_where_nothing_is_estimated():
    maximum = (
        "<cac:RequestedTenderTotal><ext:UBLExtensions><ext:UBLExtension><ext:ExtensionContent><efext:EformsExtension>"
        '<efbc:FrameworkMaximumAmount currencyID="EUR">99</efbc:FrameworkMaximumAmount>'
        "</efext:EformsExtension></ext:ExtensionContent></ext:UBLExtension></ext:UBLExtensions></cac:RequestedTenderTotal>"
    )
    assert amount(read(eforms, notice(project=maximum)), "budget") == (99, "EUR")


def tender(key: str, group: str, value: str, rank: str = "1") -> str:
    return f"""<efac:LotTender><cbc:ID>{key}</cbc:ID><cbc:RankCode>{rank}</cbc:RankCode>
      <cac:LegalMonetaryTotal><cbc:PayableAmount currencyID="NOK">{value}</cbc:PayableAmount></cac:LegalMonetaryTotal>
      <efac:TenderingParty><cbc:ID>{group}</cbc:ID></efac:TenderingParty><efac:TenderLot><cbc:ID>LOT-1</cbc:ID></efac:TenderLot></efac:LotTender>"""


def party(key: str, *members: str) -> str:
    tenderers = "".join(f"<efac:Tenderer><cbc:ID>{member}</cbc:ID></efac:Tenderer>" for member in members)
    return f"<efac:TenderingParty><cbc:ID>{key}</cbc:ID>{tenderers}</efac:TenderingParty>"


def lot_result(code: str, *tenders: str) -> str:
    offered = "".join(f"<efac:LotTender><cbc:ID>{key}</cbc:ID></efac:LotTender>" for key in tenders)
    return f"<efac:LotResult><cbc:TenderResultCode>{code}</cbc:TenderResultCode>{offered}</efac:LotResult>"


def award(*parts: str) -> str:
    return notice(
        "ContractAwardNotice", subtype="29", extension=f"<efac:NoticeResult>{''.join(parts)}</efac:NoticeResult>"
    )


def test_winners_are_the_tenders_of_settled_contracts():
    contract = "<efac:SettledContract><cbc:ID>C</cbc:ID><efac:LotTender><cbc:ID>T2</cbc:ID></efac:LotTender></efac:SettledContract>"
    document = read(
        eforms,
        award(
            lot_result("selec-w", "T1", "T2"),
            tender("T1", "P1", "5"),
            tender("T2", "P2", "7"),
            contract,
            party("P1", "ORG-5"),
            party("P2", "ORG-2", "ORG-4"),
        ),
    )
    assert values(document, "notice_type") == ["award"]
    assert values(document, "suppliers") == ["Vokter AS", "Vaktsom B.V."]
    assert amount(document, "award_amount") == (7, "NOK")


def test_without_contracts_rank_one_wins_and_sums_are_added():
    parts = [lot_result("selec-w", "T1", "T2"), lot_result("selec-w", "T3"), lot_result("clos-nw", "T4")]
    tenders = [
        tender("T1", "P1", "5", "2"),
        tender("T2", "P2", "7"),
        tender("T3", "P3", "11", ""),
        tender("T4", "P1", "13"),
    ]
    document = read(eforms, award(*parts, *tenders, party("P1", "ORG-5"), party("P2", "ORG-2"), party("P3", "ORG-3")))
    assert values(document, "suppliers") == ["Vokter AS", "█" * len("Ola Oppdiktet")]
    assert amount(document, "award_amount") == (18, "NOK")
    assert "Oppdiktet" not in document.pages[0].text


def test_the_printed_total_outranks_the_sum():
    total = '<cbc:TotalAmount currencyID="NOK">100</cbc:TotalAmount>'
    document = read(eforms, award(total, lot_result("selec-w", "T1"), tender("T1", "P1", "5"), party("P1", "ORG-2")))
    assert amount(document, "award_amount") == (100, "NOK")


def test_nothing_awarded_is_a_termination():
    assert values(read(eforms, award(lot_result("clos-nw"), lot_result("clos-nw"))), "notice_type") == ["termination"]
    assert values(read(eforms, award(lot_result("clos-nw"), lot_result("selec-w"))), "notice_type") == ["award"]


@pytest.mark.parametrize(
    ("subtype", "kind"),
    [
        ("1", "intention"),
        ("10", "tender"),
        ("25", "award"),
        ("38", "contract"),
        ("E1", "requirements"),
        ("N16", "tender"),
        ("X02", "other"),
    ],
)
def test_subtypes(subtype, kind):
    assert values(read(eforms, notice(subtype=subtype)), "notice_type") == [kind]


@pytest.mark.parametrize(("reason", "kind"), [("update-add", "correction"), ("cancel", "termination")])
def test_change_notices(reason, kind):
    changes = (
        f"<efac:Changes><efac:ChangeReason><cbc:ReasonCode>{reason}</cbc:ReasonCode></efac:ChangeReason></efac:Changes>"
    )
    assert values(read(eforms, notice(extension=changes)), "notice_type") == [kind]


def test_the_day_in_the_journal_outranks_the_day_of_dispatch():
    published = "<efac:Publication><efbc:PublicationDate>2024-05-09Z</efbc:PublicationDate></efac:Publication>"
    assert values(read(eforms, notice(extension=published)), "publication_date") == ["2024-05-09"]


@pytest.mark.parametrize(
    ("raw", "error"),
    [
        ("", EmptyFileError),
        ("<ContractNotice>", DamagedError),
        ("<ContractNotice/>", EmptyFileError),
        ("<html/>", UnsupportedTypeError),
        ("not xml", DamagedError),
        (
            '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><ContractNotice>&b;</ContractNotice>',
            UnsupportedTypeError,
        ),
        ("<a>" * 300 + "</a>" * 300, DamagedError),
    ],
)
def test_what_is_refused(raw, error):
    with pytest.raises(error):
        read(eforms, raw)


def test_no_file_is_read_through_an_entity(tmp_path):
    secret = tmp_path / "secret.txt"
    secret.write_text("SECRET")
    raw = f'<!DOCTYPE x [<!ENTITY f SYSTEM "file://{secret}">]><ContractNotice><ID>&f;</ID></ContractNotice>'
    with pytest.raises(UnsupportedTypeError):
        read(eforms, raw)


@given(st.integers(0, 4000), st.text(max_size=3))
def test_a_damaged_notice_ends_in_a_document_or_a_reason(place, junk):
    raw = award(lot_result("selec-w", "T1"), tender("T1", "P1", "5"), party("P1", "ORG-2"))
    try:
        read(eforms, raw[:place] + junk + raw[place + len(junk) :])
    except FileFailure as failure:
        assert failure.reason  # noqa: PT017
