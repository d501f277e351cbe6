import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sousveil.exceptions import DamagedError
from sousveil.model import Document
from sousveil.parse.layout import clean_line
from sousveil.settings import Limits
from tests.parse.samples import NOTICE, make_docx, make_xlsx, make_zip, paragraph, table
from tests.parse.support import check_fate, parse_bytes, text_of


def test_plain_text():
    assert (
        text_of("\ufeff  采购公告 \r\n\r\n\r\n\r\n\u3000\u3000一、项目\t名称\x00\r二\n\n".encode())
        == "采购公告\n\n一、项目 名称\n二"
    )


def test_form_feed_begins_a_page():
    document = parse_bytes("第一页\f第二页\f\f第四页\f\n".encode())
    assert [page.text for page in document.pages] == ["第一页", "第二页", "", "第四页"]


def test_long_text_is_continued_on_further_pages():
    lines = [f"第{number}行" for number in range(100)] + ["长" * 250]
    document = parse_bytes("\n".join(lines).encode(), limits=Limits(max_page_chars=100))
    assert all(len(page.text) <= 100 for page in document.pages)
    assert "".join(page.text for page in document.pages).replace("\n", "") == "".join(lines)
    assert document.marks == ()


def test_text_beyond_the_limit_is_marked():
    document = parse_bytes(b"abc\n" * 100, limits=Limits(max_text_chars=150))
    assert document.pages[0].text.count("abc") == 50
    assert document.marks == ("more than 150 characters: the rest is not read",)


def test_notice_in_json():
    data = json.dumps({"id": "1", "title": "监控采购", "text": "一、预算\n\n二、内容\ud83d"}).encode()
    document = parse_bytes(data)
    assert document.pages[0].text == "监控采购\n一、预算\n\n二、内容\ufffd"
    assert text_of(json.dumps({"title": "监控 采购", "text": "监控采购公告"}).encode()) == "监控采购公告"
    assert text_of(json.dumps({"text": "<p>一</p><p>二</p><br>"}).encode()) == "一\n二"
    assert isinstance(document, Document)


def test_notice_json_that_is_none():
    from sousveil.parse.layout import Layout
    from sousveil.parse.text import lay_notice_json

    for data in (b'{"text": 3}', b'{"text": "x'):
        with pytest.raises(DamagedError):
            lay_notice_json(data, Layout(Limits()))


def test_xml_is_the_text_of_its_elements():
    xml = '<?xml version="1.0" encoding="gb2312"?><rss><title>公告</title><item>甲<b>乙</b>丙</item><d>&lt;p&gt;一&lt;/p&gt;&lt;p&gt;二&lt;/p&gt;</d><!-- c --></rss>'
    assert (
        text_of(xml.encode("gb18030")) == "公告\n甲\n乙\n丙\n一\n二"
        or text_of(xml.encode("gb18030")) == "公告\n甲\n丙\n乙\n一\n二"
    )


def test_broken_xml_gives_what_can_be_read():
    document = parse_bytes(b'<?xml version="1.0"?><a><b>one</b><b>two</b><b>thr')
    assert document.pages[0].text.startswith("one\ntwo")
    assert "not well-formed" in document.marks[0]


def test_xml_that_reads_files_or_explodes_is_refused(tmp_path):
    secret = tmp_path / "secret.txt"
    secret.write_text("the secret", encoding="utf-8")
    for declaration in (
        f'<!ENTITY x SYSTEM "file://{secret}">',
        '<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;"><!ENTITY x "&c;&c;&c;&c;&c;">',
        f'<!ENTITY % p SYSTEM "file://{secret}"> %p; <!ENTITY x "y">',
    ):
        xml = f'<?xml version="1.0"?><!DOCTYPE a [{declaration}]><a>text &x;</a>'
        with pytest.raises(DamagedError, match="entities"):
            parse_bytes(xml.encode())


def test_document_says_where_it_comes_from():
    document = parse_bytes(NOTICE.encode("gb18030"), "notice.html")
    assert (document.name, document.media_type, document.charset, document.language) == (
        "notice.html",
        "text/html",
        "gb18030",
        "und",
    )
    assert len(document.file) == 64


@given(st.text(max_size=60))
def test_clean_line(text):
    line = clean_line(text)
    assert line == line.strip()
    assert "  " not in line
    assert "\n" not in line
    assert clean_line(line) == line
    line.encode("utf-8")


STARTS = [
    b"",
    b"<html>",
    b'<?xml version="1.0"?>',
    b'{"text": "',
    b"%PDF-1.7\n",
    b"PK\x03\x04",
    b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
    b"\xff\xfe",
    b"From: a\nTo: b\nDate: c\n",
    b"a,b\n",
]


@given(st.sampled_from(STARTS), st.binary(max_size=400), st.sampled_from(["a", "a.csv", "a.xls"]))
def test_random_bytes_raise_nothing_but_file_failures(start, rest, name):
    check_fate(start + rest, name)


SAMPLES = [
    NOTICE.encode(),
    NOTICE.encode("gb18030"),
    NOTICE.encode("utf-16"),
    make_docx(
        paragraph("视频", "监控") + table([paragraph("甲"), paragraph("乙")], [paragraph("丙"), paragraph("丁")])
    ),
    make_xlsx({"s": [["名称", "数量"], ["摄像机", 12]]}),
    make_zip(
        {"[Content_Types].xml": b"<T/>", "word/document.xml": b"<w:d xmlns:w='x'><w:p><w:t>a</w:t></w:p></w:d>"},
        method=0,
    ),
]


@settings(max_examples=150)
@given(st.sampled_from(SAMPLES), st.data())
def test_mutated_files_raise_nothing_but_file_failures(sample, data):
    changed = bytearray(sample)
    for _ in range(data.draw(st.integers(1, 10))):
        changed[data.draw(st.integers(0, len(changed) - 1))] = data.draw(st.integers(0, 255))
    changed = changed[: data.draw(st.integers(len(changed) // 2, len(changed)))]
    check_fate(bytes(changed), "a")
