"""TED notices, both generations of forms. All bodies, persons and numbers are invented."""

import pytest

from sousveil.exceptions import DamagedError, EmptyFileError, UnsupportedTypeError
from sousveil.source import ted
from tests.source.checks import amount, read, values

BODY = """<CONTRACTING_BODY><ADDRESS_CONTRACTING_BODY><OFFICIALNAME>Ville d'Orme</OFFICIALNAME><TOWN>Orme Cedex 12</TOWN>
  <COUNTRY VALUE="FR"/><CONTACT_POINT>Jeanne Inventée</CONTACT_POINT><PHONE>+33 155501234</PHONE><E_MAIL>j@example.org</E_MAIL>
  </ADDRESS_CONTRACTING_BODY></CONTRACTING_BODY>"""
OBJECT = """<OBJECT_CONTRACT><TITLE><P>Vidéo<FT TYPE="SUP">2</FT> de la gare</P></TITLE><REFERENCE_NUMBER>25/20</REFERENCE_NUMBER>
  <SHORT_DESCR><P>Première ligne.</P><P>— seconde</P></SHORT_DESCR>{values}
  <OBJECT_DESCR ITEM="1"><TITLE><P>Caméras</P></TITLE><LOT_NO>1</LOT_NO><VAL_OBJECT CURRENCY="EUR">40</VAL_OBJECT>
  <SHORT_DESCR><P>Douze caméras.</P></SHORT_DESCR></OBJECT_DESCR></OBJECT_CONTRACT>"""
AWARD = """<AWARD_CONTRACT><CONTRACT_NO>{number}</CONTRACT_NO><AWARDED_CONTRACT><CONTRACTORS><CONTRACTOR><ADDRESS_CONTRACTOR>
  <OFFICIALNAME>{name}</OFFICIALNAME><PHONE>+33 100000000</PHONE></ADDRESS_CONTRACTOR></CONTRACTOR></CONTRACTORS>
  <VALUES{publication}><VAL_ESTIMATED_TOTAL CURRENCY="EUR">60</VAL_ESTIMATED_TOTAL><VAL_TOTAL CURRENCY="EUR">{value}</VAL_TOTAL></VALUES>
  </AWARDED_CONTRACT></AWARD_CONTRACT>"""
NOT_AWARDED = "<AWARD_CONTRACT><NO_AWARDED_CONTRACT><PROCUREMENT_UNSUCCESSFUL/></NO_AWARDED_CONTRACT></AWARD_CONTRACT>"


def export(forms: str, *, code: str = "7", name: str = "Contract award notice", coded: str = "") -> str:
    return f"""<?xml version="1.0"?><TED_EXPORT xmlns="http://publications.europa.eu/resource/schema/ted/R2.0.9/publication"
      xmlns:n2021="http://publications.europa.eu/resource/schema/ted/2021/nuts" DOC_ID="000001-2021">
      <CODED_DATA_SECTION><REF_OJS><DATE_PUB>20210503</DATE_PUB></REF_OJS><NOTICE_DATA><NO_DOC_OJS>2021/S 085-000001</NO_DOC_OJS>
      <LG_ORIG>FR</LG_ORIG><ISO_COUNTRY VALUE="FR"/><ORIGINAL_CPV CODE="32323500">Video-surveillance system</ORIGINAL_CPV>
      <n2021:PERFORMANCE_NUTS CODE="FRL03">Alpes-Maritimes</n2021:PERFORMANCE_NUTS>{coded}</NOTICE_DATA>
      <CODIF_DATA><TD_DOCUMENT_TYPE CODE="{code}">{name}</TD_DOCUMENT_TYPE></CODIF_DATA></CODED_DATA_SECTION>
      <FORM_SECTION>{forms}</FORM_SECTION></TED_EXPORT>"""


def form(*parts: str, values: str = "", language: str = "FR", category: str = "ORIGINAL", tag: str = "F03_2014") -> str:
    inner = "".join((BODY, OBJECT.format(values=values), *parts))
    return f'<{tag} FORM="{tag[:3]}" LG="{language}" CATEGORY="{category}">{inner}</{tag}>'


def award(number: str, name: str, value: str, publication: str = "") -> str:
    return AWARD.format(number=number, name=name, value=value, publication=publication)


def test_an_award_notice():
    document = read(
        ted,
        export(form(award("1", "Optique SAS", "50"), award("2", "Veille SARL", "7.5"), award("3", "Optique SAS", "1"))),
    )
    assert document.language == "fr"
    assert values(document, "title") == ["Vidéo2 de la gare"]
    assert values(document, "buyer") == ["Ville d'Orme"]
    assert values(document, "notice_type") == ["award"]
    assert values(document, "project_number") == ["25/20"]
    assert values(document, "publication_date") == ["2021-05-03"]
    assert (values(document, "city"), values(document, "country")) == (["Orme"], ["FR"])
    assert values(document, "codes") == ["CPV:32323500"]
    assert values(document, "suppliers") == ["Optique SAS", "Veille SARL"]
    assert amount(document, "award_amount") == (58.5, "EUR")
    assert amount(document, "budget") == (40, "EUR")
    text = document.pages[0].text
    assert "CPV: 32323500 Video-surveillance system" in text
    assert "Description: Première ligne.\n— seconde" in text
    for word in ("Inventée", "+33", "j@example"):
        assert word not in text


def test_printed_totals_outrank_sums():
    totals = '<VAL_ESTIMATED_TOTAL CURRENCY="EUR">500</VAL_ESTIMATED_TOTAL><VAL_TOTAL CURRENCY="EUR">450.25</VAL_TOTAL>'
    document = read(ted, export(form(award("1", "Optique SAS", "50"), values=totals)))
    assert amount(document, "award_amount") == (450.25, "EUR")
    assert amount(document, "budget") == (500, "EUR")


def test_values_not_for_publication_are_not_rendered():
    document = read(ted, export(form(award("1", "Optique SAS", "50", ' PUBLICATION="NO"'))))
    assert amount(document, "award_amount") is None
    assert "Value of the award" not in document.pages[0].text


@pytest.mark.parametrize(
    ("code", "kind"),
    [
        ("0", "intention"),
        ("3", "tender"),
        ("M", "tender"),
        ("V", "award"),
        ("K", "contract"),
        ("2", "correction"),
        ("8", "other"),
    ],
)
def test_types(code, kind):
    assert values(read(ted, export(form(), code=code)), "notice_type") == [kind]


def test_nothing_awarded_is_a_termination_and_an_unknown_code_asks_the_form():
    assert values(read(ted, export(form(NOT_AWARDED, NOT_AWARDED))), "notice_type") == ["termination"]
    assert values(read(ted, export(form(NOT_AWARDED, award("1", "X", "1")))), "notice_type") == ["award"]
    assert values(read(ted, export(form(), code="?")), "notice_type") == ["award"]


def test_the_form_in_the_notices_own_language_is_read():
    translated = form(language="EN", category="TRANSLATION").replace("Vidéo", "Translated video")
    assert values(read(ted, export(translated + form())), "title") == ["Vidéo2 de la gare"]
    unmarked = form(language="EN", category="X").replace("Vidéo", "Translated video") + form(category="X")
    assert read(ted, export(unmarked)).language == "fr"


def test_a_modification_tells_the_total_after_it():
    changed = """<MODIFICATIONS_CONTRACT><DESCRIPTION_PROCUREMENT><SHORT_DESCR><P>Plus de caméras</P></SHORT_DESCR>
      <VALUES><VAL_TOTAL CURRENCY="EUR">90</VAL_TOTAL></VALUES></DESCRIPTION_PROCUREMENT><INFO_MODIFICATIONS>
      <SHORT_DESCR><P>Ajout</P></SHORT_DESCR><VALUES><VAL_TOTAL_BEFORE CURRENCY="EUR">50</VAL_TOTAL_BEFORE>
      <VAL_TOTAL_AFTER CURRENCY="EUR">90</VAL_TOTAL_AFTER></VALUES></INFO_MODIFICATIONS></MODIFICATIONS_CONTRACT>"""
    document = read(ted, export(form(award("1", "Optique SAS", "50"), changed, tag="F20_2014"), code="K"))
    assert values(document, "notice_type") == ["contract"]
    assert amount(document, "award_amount") == (90, "EUR")
    assert "Value before the modification: 50 EUR" in document.pages[0].text


OLD = """<CONTRACT_AWARD_DEFENCE CATEGORY="ORIGINAL" FORM="18" LG="IT"><FD_CONTRACT_AWARD_DEFENCE>
  <AUTHORITY><CA_CE_CONCESSIONAIRE_PROFILE>{organisation}<TOWN>Olmo</TOWN><COUNTRY VALUE="IT"/>
  <ATTENTION>Mario Inventato</ATTENTION></CA_CE_CONCESSIONAIRE_PROFILE></AUTHORITY>
  <OBJECT><TITLE_CONTRACT><P>Sistema di sorveglianza</P></TITLE_CONTRACT>
  <SHORT_CONTRACT_DESCRIPTION><P>Dieci telecamere</P></SHORT_CONTRACT_DESCRIPTION>
  <TOTAL_FINAL_VALUE><COSTS_RANGE_AND_CURRENCY_WITH_VAT_RATE CURRENCY="EUR"><VALUE_COST FMTVAL="2165471.94">2 165 471,94</VALUE_COST>
  </COSTS_RANGE_AND_CURRENCY_WITH_VAT_RATE></TOTAL_FINAL_VALUE></OBJECT>
  <FILE_REFERENCE_NUMBER><P>T1</P></FILE_REFERENCE_NUMBER>
  <AWARD_OF_CONTRACT_DEFENCE><CONTRACT_NUMBER>9</CONTRACT_NUMBER><ECONOMIC_OPERATOR_NAME_ADDRESS><CONTACT_DATA_WITHOUT_RESPONSIBLE_NAME>
  <ORGANISATION><OFFICIALNAME>Vigile srl</OFFICIALNAME></ORGANISATION></CONTACT_DATA_WITHOUT_RESPONSIBLE_NAME></ECONOMIC_OPERATOR_NAME_ADDRESS>
  <CONTRACT_VALUE_INFORMATION><INITIAL_ESTIMATED_TOTAL_VALUE_CONTRACT CURRENCY="EUR"><VALUE_COST>3000000</VALUE_COST>
  </INITIAL_ESTIMATED_TOTAL_VALUE_CONTRACT></CONTRACT_VALUE_INFORMATION></AWARD_OF_CONTRACT_DEFENCE>
  </FD_CONTRACT_AWARD_DEFENCE></CONTRACT_AWARD_DEFENCE>"""


@pytest.mark.parametrize(
    "organisation",
    [
        "<ORGANISATION><OFFICIALNAME>Ministero degli Olmi</OFFICIALNAME></ORGANISATION>",  # R2.0.8
        "<ORGANISATION>Ministero degli Olmi</ORGANISATION>",  # R2.0.7
    ],
)
def test_forms_of_the_old_generation(organisation):
    document = read(ted, export(OLD.format(organisation=organisation)))
    assert values(document, "title") == ["Sistema di sorveglianza"]
    assert values(document, "buyer") == ["Ministero degli Olmi"]
    assert values(document, "project_number") == ["T1"]
    assert values(document, "suppliers") == ["Vigile srl"]
    assert amount(document, "award_amount") == (2_165_471.94, "EUR")
    assert amount(document, "budget") == (3_000_000, "EUR")
    assert "Inventato" not in document.pages[0].text
    assert document.language == "it"


@pytest.mark.parametrize(
    ("raw", "error"),
    [
        ("<TED_EXPORT/>", EmptyFileError),
        ("<TED_EXPORT><FORM_SECTION/></TED_EXPORT>", EmptyFileError),
        ("<TED_EXPORT><FORM_SECTION>", DamagedError),
        ("<rss/>", UnsupportedTypeError),
    ],
)
def test_what_is_refused(raw, error):
    with pytest.raises(error):
        read(ted, raw)


def test_a_file_without_coded_data_is_read_from_its_form():
    raw = f"<TED_EXPORT><FORM_SECTION>{form(award('1', 'Optique SAS', '50'))}</FORM_SECTION></TED_EXPORT>"
    document = read(ted, raw)
    assert values(document, "country") == ["FR"]
    assert values(document, "notice_type") == ["award"]
