"""Notices of structured sources keep what the record states and take from the text only what labels tell."""

from sousveil.model import Amount, Document, Field, Page, Record, Span
from sousveil.read import read

FILE = "11" * 32
TEXT = "Title: Cameras for the harbour\nBuyer: Port of Eastwick\nCountry: GB\nDescription: worth £90,000 in all, awarded to Lens Ltd\n"


def span_of(words: str, text: str = TEXT, page: int = 1) -> Span:
    start = text.index(words)
    return Span(FILE, page, start, start + len(words), words)


def document_of(record: Record, text: str = TEXT, language: str = "en") -> Document:
    return Document(FILE, "application/json", "r.json", (Page(1, text),), records=(record,), language=language)


def test_stated_fields_come_first_and_labels_fill_the_rest():
    title = Field("Cameras", span_of("Cameras"), "ocds:tender/title")
    budget = Amount(90000.0, "GBP", span_of("£90,000"), "ocds:tender/value")
    record = Record("1", 1, 1, (("title", (title,)),), (("budget", budget),))
    (notice,) = read(document_of(record))
    assert notice.title == title
    assert notice.budget == budget
    assert notice.buyer.value == "Port of Eastwick"
    assert notice.country.value == "GB"


def test_parties_and_sums_are_not_looked_for_in_descriptions():
    (notice,) = read(document_of(Record("1", 1, 1, ())))
    assert notice.budget is None
    assert notice.award_amount is None
    assert notice.suppliers == ()


def test_a_table_row_lets_its_text_speak():
    text = "标题: 某镇监控中标公告\n正文: 采购人：清水镇人民政府 中标人：明光电子有限公司 中标金额：12万元\n"
    title = Field("某镇监控中标公告", span_of("某镇监控中标公告", text), "table:标题")
    (notice,) = read(document_of(Record("7", 1, 1, (("title", (title,)),)), text, "zh"))
    assert notice.title == title
    assert notice.buyer.value == "清水镇人民政府"
    assert [field.value for field in notice.suppliers] == ["明光电子有限公司"]
    assert notice.award_amount.value == 120000.0


def test_records_of_one_file_have_numbered_notices():
    pages = (Page(1, "Title: Cameras\n"), Page(2, "Title: Lenses\n"))
    records = (Record("a", 1, 1), Record("b", 2, 2))
    document = Document(FILE, "application/json", "r.json", pages, records=records, language="en")
    first, second = read(document)
    assert (first.id, second.id) == (f"{document.id}#1", f"{document.id}#2")
    assert (first.title.value, second.title.value) == ("Cameras", "Lenses")
    assert second.title.span.page == 2
