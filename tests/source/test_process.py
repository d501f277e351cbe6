"""How purchases go in structured sources, and that no person's number is kept. All bodies and numbers are invented."""

import json
from dataclasses import replace

from sousveil.mask import mask
from sousveil.read import read as read_notices
from sousveil.source import eforms, ocds, table, ted
from tests.source.checks import read, values
from tests.source.test_eforms import SPACES

RELEASE = {
    "ocid": "ocds-zz0000-7",
    "id": "7-award",
    "date": "2024-02-03",
    "tag": ["award", "contract"],
    "buyer": {"id": "B1", "name": "Municipalidad de Villa Olmo"},
    "parties": [
        {
            "id": "B1",
            "name": "Municipalidad de Villa Olmo",
            "roles": ["buyer"],
            "identifier": {"scheme": "PE-RUC", "id": "20123456786"},
        },
        {"id": "GB-COH-01234567", "name": "Harbour Optics Ltd", "roles": ["supplier"]},
        {
            "id": "PE-RUC-10123456789",
            "name": "INVENTADA QUISPE ROSA",
            "roles": ["supplier"],
            "identifier": {"scheme": "PE-RUC", "id": "10123456789"},
        },
    ],
    "planning": {"budget": {"amount": {"amount": 90000, "currency": "PEN"}}},
    "relatedProcesses": [{"relationship": ["prior"], "identifier": "LP-0-2023"}],
    "tender": {
        "id": "LP-1-2024",
        "title": "Cámaras",
        "procurementMethod": "open",
        "procurementMethodDetails": "Licitación Pública",
        "numberOfTenderers": 3,
        "value": {"amount": 80000, "currency": "PEN"},
        "tenderPeriod": {"endDate": "2024-01-20T17:00:00Z"},
        "lots": [
            {"id": "1", "title": "Postes", "value": {"amount": 50000, "currency": "PEN"}},
            {"id": "2", "title": "Drones", "status": "unsuccessful"},
        ],
        "items": [
            {
                "description": "Cámara fija",
                "quantity": 12.0,
                "unit": {"name": "Unidad", "value": {"amount": 350, "currency": "PEN"}},
                "relatedLot": "1",
            }
        ],
    },
    "awards": [
        {
            "status": "active",
            "date": "2024-02-01",
            "relatedLots": ["1"],
            "value": {"amount": 42000, "currency": "PEN"},
            "suppliers": [
                {"id": "GB-COH-01234567", "name": "Harbour Optics Ltd"},
                {"id": "PE-RUC-10123456789", "name": "INVENTADA QUISPE ROSA"},
            ],
        }
    ],
    "contracts": [{"id": "C-77", "dateSigned": "2024-02-03T10:00:00Z"}],
}


def spans(document):
    for record in document.records:
        for lot in record.lots:
            yield lot.span
            yield from (one.span for one in (lot.title, lot.budget, lot.award_amount, *lot.suppliers) if one)
        for item in record.items:
            yield from (one.span for one in (item.name, item.quantity, item.unit_price) if one)
        yield from (one.span for one in record.identifiers)


def check_spans(document):
    for span in spans(document):
        assert document.pages[span.page - 1].text[span.start : span.end] == span.quote


def test_ocds():
    document = read(ocds, json.dumps(RELEASE))
    check_spans(document)
    notice = read_notices(document)[0]
    assert (notice.method.value, notice.method.span.quote) == ("open", "Licitación Pública")
    assert (notice.deadline.value, notice.awarded_on.value, notice.signed_on.value) == (
        "2024-01-20",
        "2024-02-01",
        "2024-02-03",
    )
    assert (notice.bidders.value, notice.contract_number.value, notice.related_number.value) == (3, "C-77", "LP-0-2023")
    assert (notice.budget.value, notice.ceiling.value) == (90000, 80000)
    first, second = notice.lots
    assert (first.number, first.title.value, first.budget.value, first.award_amount.value) == (
        "1",
        "Postes",
        50000,
        42000,
    )
    assert (second.number, second.is_failed, second.suppliers) == ("2", True, ())
    item = notice.items[0]
    assert (item.name.value, item.quantity.value, item.unit, item.unit_price.value, item.lot) == (
        "Cámara fija",
        12,
        "Unidad",
        350,
        "1",
    )


def test_ocds_numbers_are_those_of_bodies_only():
    document = read(ocds, json.dumps(RELEASE))
    found = [(one.role, one.name, one.scheme, one.value) for one in document.records[0].identifiers]
    assert found == [
        ("buyer", "Municipalidad de Villa Olmo", "PE-RUC", "20123456786"),
        ("supplier", "Harbour Optics Ltd", "GB-COH", "01234567"),
    ]
    assert "10123456789" not in document.pages[0].text
    winners = document.records[0].lots[0].suppliers
    assert winners[0].value == "Harbour Optics Ltd"
    assert "ROSA" not in str(winners[1].value)
    assert "█" in winners[1].span.quote


def test_a_covered_number_goes():
    document = read(ocds, json.dumps(RELEASE))
    record = document.records[0]
    span = record.identifiers[0].span
    page = document.pages[0]
    covered = page.text[: span.start] + "█" * (span.end - span.start) + page.text[span.end :]
    masked = mask(replace(document, pages=(replace(page, text=covered),)))
    assert [one.scheme for one in masked.records[0].identifiers] == ["GB-COH"]
    check_spans(masked)


NATIONAL = "<cac:PartyLegalEntity><cbc:CompanyID>{}</cbc:CompanyID></cac:PartyLegalEntity>"


def company(key: str, name: str, number: str, *, is_person: bool = False) -> str:
    return f"""<efac:Organization><efbc:NaturalPersonIndicator>{str(is_person).lower()}</efbc:NaturalPersonIndicator>
    <efac:Company><cac:PartyIdentification><cbc:ID>{key}</cbc:ID></cac:PartyIdentification>
    <cac:PartyName><cbc:Name>{name}</cbc:Name></cac:PartyName>
    <cac:PostalAddress><cac:Country><cbc:IdentificationCode>ESP</cbc:IdentificationCode></cac:Country></cac:PostalAddress>
    {NATIONAL.format(number)}</efac:Company></efac:Organization>"""


def lot(key: str, title: str) -> str:
    return f"""<cac:ProcurementProjectLot><cbc:ID schemeName="Lot">{key}</cbc:ID><cac:TenderingProcess>
    <cac:TenderSubmissionDeadlinePeriod><cbc:EndDate>2024-05-20+02:00</cbc:EndDate></cac:TenderSubmissionDeadlinePeriod>
    </cac:TenderingProcess><cac:ProcurementProject><cbc:Name>{title}</cbc:Name>
    <cbc:EstimatedOverallContractQuantity unitCode="EA">40</cbc:EstimatedOverallContractQuantity>
    <cac:RequestedTenderTotal><cbc:EstimatedOverallContractAmount currencyID="EUR">90000</cbc:EstimatedOverallContractAmount>
    </cac:RequestedTenderTotal></cac:ProcurementProject></cac:ProcurementProjectLot>"""


EFORMS = f"""<?xml version="1.0"?><ContractAwardNotice xmlns="urn:oasis:names:specification:ubl:schema:xsd:ContractAwardNotice-2" {SPACES}>
<ext:UBLExtensions><ext:UBLExtension><ext:ExtensionContent><efext:EformsExtension>
<efac:NoticeResult>
<efac:LotResult><cbc:TenderResultCode>selec-w</cbc:TenderResultCode>
<efac:LotTender><cbc:ID>TEN-1</cbc:ID></efac:LotTender><efac:ReceivedSubmissionsStatistics>
<efbc:StatisticsCode>tenders</efbc:StatisticsCode><efbc:StatisticsNumeric>4</efbc:StatisticsNumeric>
</efac:ReceivedSubmissionsStatistics><efac:TenderLot><cbc:ID>LOT-0001</cbc:ID></efac:TenderLot></efac:LotResult>
<efac:LotTender><cbc:ID>TEN-1</cbc:ID><cac:LegalMonetaryTotal><cbc:PayableAmount currencyID="EUR">80000</cbc:PayableAmount>
</cac:LegalMonetaryTotal><efac:TenderingParty><cbc:ID>TPA-1</cbc:ID></efac:TenderingParty>
<efac:TenderLot><cbc:ID>LOT-0001</cbc:ID></efac:TenderLot></efac:LotTender>
<efac:SettledContract><cbc:ID>CON-1</cbc:ID><cbc:AwardDate>2024-06-01+02:00</cbc:AwardDate>
<cbc:IssueDate>2024-06-20+02:00</cbc:IssueDate><efac:ContractReference><cbc:ID>K-9</cbc:ID></efac:ContractReference>
<efac:LotTender><cbc:ID>TEN-1</cbc:ID></efac:LotTender></efac:SettledContract>
<efac:TenderingParty><cbc:ID>TPA-1</cbc:ID><efac:Tenderer><cbc:ID>ORG-2</cbc:ID></efac:Tenderer>
<efac:Tenderer><cbc:ID>ORG-3</cbc:ID></efac:Tenderer><efac:Tenderer><cbc:ID>ORG-4</cbc:ID></efac:Tenderer></efac:TenderingParty>
</efac:NoticeResult><efac:NoticeSubType><cbc:SubTypeCode>29</cbc:SubTypeCode></efac:NoticeSubType>
<efac:Organizations>{company("ORG-1", "Ayuntamiento de Villarreina", "P1234567A")}
{company("ORG-2", "Videos del Sur SL", "B12345678")}{company("ORG-3", "Comercial Inventada", "12345678Z")}
{company("ORG-4", "Ana Inventada", "B12345679", is_person=True)}</efac:Organizations>
</efext:EformsExtension></ext:ExtensionContent></ext:UBLExtension></ext:UBLExtensions>
<cbc:ID>11111111-2222-4333-8444-555555555555</cbc:ID><cbc:IssueDate>2024-06-25+02:00</cbc:IssueDate>
<cbc:NoticeLanguageCode>SPA</cbc:NoticeLanguageCode>
<cac:ContractingParty><cac:Party><cac:PartyIdentification><cbc:ID>ORG-1</cbc:ID></cac:PartyIdentification></cac:Party></cac:ContractingParty>
<cac:TenderingProcess><cbc:ProcedureCode>restricted</cbc:ProcedureCode>
<cac:NoticeDocumentReference><cbc:ID>00123456-2024</cbc:ID></cac:NoticeDocumentReference></cac:TenderingProcess>
<cac:ProcurementProject><cbc:Name>Cámaras</cbc:Name></cac:ProcurementProject>
{lot("LOT-0001", "Cámaras fijas")}</ContractAwardNotice>"""


def test_eforms():
    document = read(eforms, EFORMS)
    check_spans(document)
    notice = read_notices(document)[0]
    found = (notice.method, notice.related_number, notice.deadline, notice.awarded_on, notice.signed_on)
    assert [field.value for field in found] == ["selective", "00123456-2024", "2024-05-20", "2024-06-01", "2024-06-20"]
    assert (notice.bidders.value, notice.contract_number.value) == (4, "K-9")
    won = notice.lots[0]
    assert (won.number, won.title.value, won.budget.value, won.award_amount.value) == (
        "LOT-0001",
        "Cámaras fijas",
        90000,
        80000,
    )
    assert won.suppliers[0].value == "Videos del Sur SL"
    item = notice.items[0]
    assert (item.name.value, item.quantity.value, item.unit, item.lot) == ("Cámaras fijas", 40, "EA", "LOT-0001")


def test_eforms_keeps_no_number_of_the_form_of_a_persons():
    document = read(eforms, EFORMS)
    found = [(one.role, one.scheme, one.value) for one in document.records[0].identifiers]
    assert found == [("buyer", "ES-CIF", "P1234567A"), ("supplier", "ES-CIF", "B12345678")]
    assert "12345678Z" not in document.pages[0].text
    assert "B12345679" not in document.pages[0].text


def test_eforms_lot_that_nobody_won():
    failed = EFORMS.replace("selec-w", "clos-nw").replace(
        "<efac:LotTender><cbc:ID>TEN-1</cbc:ID></efac:LotTender></efac:SettledContract>", "</efac:SettledContract>"
    )
    lots = read(eforms, failed).records[0].lots
    assert [(one.number, one.is_failed, one.suppliers) for one in lots] == [("LOT-0001", True, ())]


TED = """<?xml version="1.0"?><TED_EXPORT><CODED_DATA_SECTION><NOTICE_DATA><LG_ORIG>FR</LG_ORIG><ISO_COUNTRY VALUE="FR"/></NOTICE_DATA>
<CODIF_DATA><TD_DOCUMENT_TYPE CODE="7">Contract award notice</TD_DOCUMENT_TYPE><PR_PROC CODE="4">Negotiated procedure</PR_PROC></CODIF_DATA>
</CODED_DATA_SECTION><FORM_SECTION><F03_2014 LG="FR" CATEGORY="ORIGINAL" FORM="F03">
<CONTRACTING_BODY><ADDRESS_CONTRACTING_BODY><OFFICIALNAME>Ville de Montclair</OFFICIALNAME><NATIONALID>21750001600019</NATIONALID>
<COUNTRY VALUE="FR"/></ADDRESS_CONTRACTING_BODY></CONTRACTING_BODY>
<OBJECT_CONTRACT><TITLE><P>Vidéoprotection</P></TITLE>
<OBJECT_DESCR><LOT_NO>1</LOT_NO><TITLE><P>Caméras</P></TITLE><VAL_OBJECT CURRENCY="EUR">5000</VAL_OBJECT></OBJECT_DESCR>
<OBJECT_DESCR><LOT_NO>2</LOT_NO><TITLE><P>Entretien</P></TITLE></OBJECT_DESCR></OBJECT_CONTRACT>
<PROCEDURE><NOTICE_NUMBER_OJ>2023/S 001-000001</NOTICE_NUMBER_OJ></PROCEDURE>
<AWARD_CONTRACT><CONTRACT_NO>A-1</CONTRACT_NO><LOT_NO>1</LOT_NO><AWARDED_CONTRACT>
<DATE_CONCLUSION_CONTRACT>2023-05-04</DATE_CONCLUSION_CONTRACT><TENDERS><NB_TENDERS_RECEIVED>5</NB_TENDERS_RECEIVED></TENDERS>
<CONTRACTORS><CONTRACTOR><ADDRESS_CONTRACTOR><OFFICIALNAME>Optique Bocage SARL</OFFICIALNAME>
<NATIONALID>326 912 557</NATIONALID><COUNTRY VALUE="FR"/></ADDRESS_CONTRACTOR></CONTRACTOR></CONTRACTORS>
<VALUES><VAL_TOTAL CURRENCY="EUR">4800</VAL_TOTAL></VALUES></AWARDED_CONTRACT></AWARD_CONTRACT>
<AWARD_CONTRACT><LOT_NO>2</LOT_NO><NO_AWARDED_CONTRACT><PROCUREMENT_UNSUCCESSFUL/></NO_AWARDED_CONTRACT></AWARD_CONTRACT>
</F03_2014></FORM_SECTION></TED_EXPORT>"""


def test_ted():
    document = read(ted, TED)
    check_spans(document)
    notice = read_notices(document)[0]
    assert (notice.method.value, notice.related_number.value, notice.signed_on.value) == (
        "selective",
        "2023/S 001-000001",
        "2023-05-04",
    )
    assert notice.bidders is None, "five offered for one of two lots"
    first, second = notice.lots
    assert (first.number, first.title.value, first.budget.value, first.award_amount.value) == (
        "1",
        "Caméras",
        5000,
        4800,
    )
    assert [one.value for one in first.suppliers] == ["Optique Bocage SARL"]
    assert (second.number, second.is_failed) == ("2", True)
    assert [(one.role, one.scheme) for one in notice.identifiers] == [("buyer", "FR-SIRENE"), ("supplier", "FR-SIRENE")]


def test_columns():
    rows = (
        "项目名称,采购人,采购方式,投标截止时间,合同编号,中标供应商,中标供应商统一社会信用代码,公告类型,中标日期,投标家数\n"
        "监控采购,云泽县公安局,竞争性磋商,2024-03-08 09:00,HT-7,江州明兴电力工程有限公司,91350100M000100Y43,中标公告,2024-03-10,4\n"
        "打印服务,云泽县公安局,单一来源,,,明兴图文店,92350100M000100Y43,中标公告,,\n"
    )
    document = read(table, rows)
    assert values(document, "method") == ["limited"]
    notices = read_notices(mask(document))
    first = notices[0]
    found = (first.deadline, first.contract_number, first.awarded_on, first.bidders)
    assert [field.value for field in found] == ["2024-03-08", "HT-7", "2024-03-10", 4]
    assert [(one.name, one.scheme) for one in first.identifiers] == [("江州明兴电力工程有限公司", "CN-USCC")]
    assert notices[1].method.value == "direct"
    assert notices[1].identifiers == ()
