"""Documents: pages, tables, records and file names follow one another. All persons are invented."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sousveil.mask import mask, mask_name
from sousveil.mask import text as detectors
from sousveil.mask.columns import iter_table_columns
from sousveil.mask.document import mask_text
from sousveil.model import Amount, Cell, Document, Field, Mask, Page, Record, Span, Table

FILE = "0" * 64


def document(*texts, tables=(), records=(), name="notice.html"):
    pages = tuple(Page(number, text) for number, text in enumerate(texts, 1))
    return Document(FILE, "text/html", name, pages, tables=tables, records=records)


def field_at(page, text, words, value=None):
    start = text.index(words)
    return Field(value if value is not None else words, Span(FILE, page, start, start + len(words), words), "label")


def test_every_page_carries_its_masks():
    masked = mask(document("联系人：张晓明", "无人"))
    assert masked.pages[0].text == "联系人：███"
    assert masked.pages[0].masks == (Mask(4, 7, "name"),)
    assert masked.pages[1].masks == ()


def test_names_are_carried_from_page_to_page():
    masked = mask(document("项目经理：赵云飞", "赵云飞，一级建造师"))
    assert masked.pages[1].text == "███，一级建造师"


def test_a_parsed_table_hides_the_column_of_names_and_keeps_its_cells():
    text = "评委\n得分\n鲁达海\n90\n"
    cells = (Cell(0, 0, 0, 2, is_header=True), Cell(0, 1, 3, 5, is_header=True), Cell(1, 0, 6, 9), Cell(1, 1, 10, 12))
    masked = mask(document(text, tables=(Table(1, cells),)))
    assert masked.pages[0].text == "评委\n得分\n███\n90\n"
    assert masked.tables[0].cells == cells


def test_a_column_of_names_goes_on_on_the_next_page():
    head = (Cell(0, 0, 0, 2, is_header=True), Cell(0, 1, 3, 5, is_header=True))
    first = Table(1, (*head, Cell(1, 0, 6, 9), Cell(1, 1, 10, 12)))
    rest = (Cell(2, 0, 0, 3), Cell(2, 1, 4, 6))
    texts = ("评委\n得分\n鲁达海\n90", "祝拓山\n85")
    masked = mask(document(*texts, tables=(first, Table(2, rest, continues=True))))
    assert [page.text for page in masked.pages] == ["评委\n得分\n███\n90", "███\n85"]
    alone = mask(document(*texts, tables=(first, Table(2, rest))))
    assert alone.pages[1].text == "祝拓山\n85"


def test_a_second_row_of_a_head_closes_no_column_of_names_and_another_head_does():
    text = "评委\n成员\n鲁达海\n数量\n祝英山"
    rows = (Cell(0, 0, 0, 2, is_header=True), Cell(1, 0, 3, 5, is_header=True), Cell(2, 0, 6, 9))
    later = (Cell(9, 0, 10, 12, is_header=True), Cell(10, 0, 13, 16))
    found = [text[name.start : name.end] for name in iter_table_columns(text, text, (*rows, *later))]
    assert found == ["鲁达海"]


def test_records_show_no_more_than_the_page():
    text = "供应商：赵云飞（个体工商户） 采购人：某某局 金额：100元"
    supplier = field_at(1, text, "赵云飞")
    buyer = field_at(1, text, "某某局")
    amount = Amount(100.0, "CNY", Span(FILE, 1, text.index("100"), text.index("100") + 3, "100"), "price")
    record = Record(
        "7", 1, 1, fields=(("suppliers", (supplier,)), ("buyer", (buyer,))), amounts=(("award_amount", amount),)
    )
    fields = dict(mask(document(text, records=(record,))).records[0].fields)
    assert fields["suppliers"][0].value == "███"
    assert fields["suppliers"][0].span.quote == "███"
    assert fields["buyer"] == (buyer,)


def test_a_value_written_otherwise_than_its_quote_is_covered_too():
    text = "联系人：赵云飞 女士"
    value = field_at(1, text, "赵云飞 女士", value="赵云飞女士")
    record = Record("1", 1, 1, fields=(("buyer", (value,)),))
    (masked,) = dict(mask(document(text, records=(record,))).records[0].fields)["buyer"]
    assert masked.value == "███女士"


def test_masking_a_masked_document_changes_nothing():
    once = mask(document("联系人：张晓明 13800138000", "电话：0991-2935817", name="张晓明_简历.pdf"))
    assert mask(once) == once


def test_names_of_files_hide_persons_and_keep_their_length():
    assert mask_name("授权委托书-张伟.pdf") == "授权委托书-██.pdf"
    assert mask_name("赵云飞简历.docx") == "███简历.docx"
    assert mask_name("赵云飞身份证13800138000.jpg") == "███身份证███████████.jpg"
    assert mask_name("CV_Jane_Doe.pdf") == "CV_████████.pdf"
    assert mask_name("某市公安局人脸识别系统采购公告.html") == "某市公安局人脸识别系统采购公告.html"
    assert mask_name("李宁体育用品有限公司授权委托书.pdf") == "李宁体育用品有限公司授权委托书.pdf"
    assert mask(document("", name="赵云飞简历.docx")).name == "███简历.docx"


def test_a_label_at_the_end_of_a_page_announces_the_name_on_the_next():
    first, second = (
        Page(1, "地址：江城市公园路1号\n项目联系人：\n"),
        Page(2, "\n  沈未央\n电话：见公告\n沈未央另行通知"),
    )
    masked = mask(Document("f", "application/pdf", "n.pdf", (first, second)))
    assert masked.pages[0].text == first.text
    assert masked.pages[1].text == "\n  ███\n电话：见公告\n███另行通知"


def test_a_label_in_mid_page_announces_nothing_on_the_next():
    first, second = Page(1, "项目联系人：详见附件\n"), Page(2, "高清球机\n二、采购需求")
    assert mask(Document("f", "application/pdf", "n.pdf", (first, second))).pages[1].text == second.text


def test_a_line_of_single_characters_between_marks_is_looked_through_once():
    for text in ("('村', '社', '镇', '摄像')", "村、社、镇、乡"):
        assert mask_text(text)[0] == text


@given(st.text("ab Zé.,:;-@#()/0123456789+x\n\t_'·", max_size=60))
def test_texts_without_labels_and_far_letters_are_told_as_quickly_as_fully(words):
    quickly = detectors.find_ranges(words, detectors.fold_text(words))
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(detectors, "_BEYOND", re.compile(""))
        assert detectors.find_ranges(words, detectors.fold_text(words)) == quickly


def test_values_that_repeat_are_masked_each_time_alike():
    assert [mask_text("联系人：张晓明")[0] for _ in range(2)] == ["联系人：███"] * 2
