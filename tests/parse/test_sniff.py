import gzip
import json

import pytest

from sousveil.exceptions import EmptyFileError, LimitError, UnsupportedTypeError
from sousveil.parse.sniff import sniff
from sousveil.settings import Limits
from tests.parse.samples import NOTICE, make_docx, make_pdf, make_xlsx, make_zip, paragraph, text_at
from tests.parse.support import parse_bytes

UBL = "urn:oasis:names:specification:ubl:schema:xsd:"
CASES = [
    (NOTICE.encode(), "a.html", "html"),
    (NOTICE.encode("gb18030"), "a.doc", "html"),
    (NOTICE.encode("utf-16"), "a", "html"),
    (b"  <p>a</p><br/>", "fragment", "html"),
    ("公告如下：<br>一、项目<br><p>内容</p><table><tr><td>甲</td></tr></table><p>乙</p>".encode(), "x.txt", "html"),
    ("采购公告\n一、项目名称：监控".encode(), "notice", "text"),
    ("采购公告".encode("gb18030"), "notice.bin", "text"),
    (make_pdf(text_at(72, 700, "hello")), "a.txt", "pdf"),
    (b"\n\n" + make_pdf(text_at(72, 700, "hello")), "a", "pdf"),
    (make_docx(paragraph("正文")), "a.zip", "docx"),
    (make_xlsx({"s": [["a", 1]]}), "a.xls", "xlsx"),
    (make_zip({"a.txt": b"x", "word/b.txt": b"y"}), "a.docx", "zip"),
    (make_zip({"mimetype": b"application/vnd.oasis.opendocument.text", "content.xml": b"<x/>"}, method=0), "a", "odt"),
    (make_zip({"mimetype": b"application/vnd.oasis.opendocument.spreadsheet"}, method=0), "a", "ods"),
    (make_zip({"mimetype": b"application/epub+zip"}, method=0), "a", "epub"),
    (make_zip({"OFD.xml": b"<x/>", "Doc_0/Document.xml": b"<x/>"}), "a", "ofd"),
    (gzip.compress(b"text"), "a.gz", "gz"),
    (b'{"text": "\xe9\x87\x87\xe8\xb4\xad", "id": "1"}', "1.json", "notice-json"),
    (json.dumps({"releases": [], "uri": "x"}).encode(), "r.tar.gz", "ocds-json"),
    (json.dumps({"ocid": "ocds-x-1", "id": "1", "tag": ["tender"]}).encode(), "r", "ocds-json"),
    (json.dumps([{"ocid": "ocds-x-1"}]).encode(), "r", "ocds-json"),
    (b'{"releases": [{"ocid": "cut off', "r", "ocds-json"),
    (b'{"ocid": "a"}\n{"ocid": "b"}\n', "r", "ocds-jsonl"),
    (b'{"ocid": "a"}\n{"ocid": "b', "r", "ocds-jsonl"),
    (b'[{"title": "a", "price": 3}]', "r", "table-json"),
    (b'\xef\xbb\xbf{"meta": {}, "items": [{"title": "a"}]}', "r", "table-json"),
    (b'{"title": "a"}\n{"title": "b"}', "r.jsonl", "table-json"),
    (b'{"name": "x", "version": 3}', "package.json", "json"),
    (b"[1, 2, 3]", "x.json", "json"),
    (
        f'<?xml version="1.0"?><!-- c --><ContractNotice xmlns="{UBL}ContractNotice-2" xmlns:a="b"/>'.encode(),
        "a",
        "eforms",
    ),
    (f'<can:ContractAwardNotice xmlns:can="{UBL}ContractAwardNotice-2"/>'.encode(), "a", "eforms"),
    (f'<PriorInformationNotice xmlns="{UBL}PriorInformationNotice-2"/>'.encode("utf-16"), "a", "eforms"),
    (f'<Invoice xmlns="{UBL}Invoice-2"/>'.encode(), "a", "xml"),
    (b'<?xml version="1.0"?><TED_EXPORT xmlns="x"><a/></TED_EXPORT>', "a", "ted"),
    (b'<?xml version="1.0"?><rss><channel/></rss>', "a", "xml"),
    (b'<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml"><body/></html>', "a.xml", "html"),
    (b"<5 items, see below>", "a", "text"),
    ("编号,名称\n1,摄像机\n".encode("gb18030"), "a.csv", "csv"),
    (b"a\tb\tc\td\n" * 8, "dump", "csv"),
    (b"One, two, three, and four.\nFive, six.\n" * 4, "prose.txt", "text"),
    (b"", "a.pdf", "empty"),
    (b"\x00" * 512, "a.docx", "empty"),
    (b"\x89PNG\r\n\x1a\n\x00", "a.jpg", "png"),
    (b"{\\rtf1 x}", "a.doc", "rtf"),
    (b"Rar!\x1a\x07\x01\x00", "a.zip", "rar"),
    (b"WARC/1.0\r\nWARC-Type: warcinfo\r\n", "a", "warc"),
    (b"From: a@example.org\nTo: b@example.org\nSubject: x\nDate: y\n\nbody", "a", "eml"),
    (b"From a@example.org Mon\nFrom: a@example.org\nTo: b\nSubject: x\n\nbody", "a", "mbox"),
    (b"MZ is how this sentence begins.", "a.txt", "text"),
    (b"\x04\x00m\x00i\x00\x00\x00\x00\x00\x00\x00\x00\x01\x02\x03", "~$tender.docx", "owner-lock"),
    (b"\x01\x02\x03\x04\x05\x06\x07\x00" * 8, "a.bin", "unknown"),
]


@pytest.mark.parametrize(
    ("data", "name", "kind"), CASES, ids=[f"{kind}-{number}" for number, (_, _, kind) in enumerate(CASES)]
)
def test_content_decides(data, name, kind):
    assert sniff(data, name).name == kind


def test_recognised_types_without_a_reader_are_named():
    kind = sniff(b"SQLite format 3\x00", "scan")
    assert (kind.media_type, kind.is_supported) == ("application/vnd.sqlite3", False)
    with pytest.raises(UnsupportedTypeError, match="sqlite3"):
        parse_bytes(b"SQLite format 3\x00")


def test_structured_kinds_are_supported_by_name():
    for data in (b'{"releases": []}', b'[{"a": 1}]', b"<TED_EXPORT><a/></TED_EXPORT>", b'{"text": "x"}'):
        assert sniff(data, "x").is_supported


def test_empty_file_and_file_of_blanks():
    for data, words in ((b"", "empty"), (b" \n\x00\x00", "blanks")):
        with pytest.raises(EmptyFileError, match=words):
            parse_bytes(data)


def test_file_beyond_the_limit_names_the_figure():
    with pytest.raises(LimitError, match="1,001 bytes"):
        parse_bytes(b"a" * 1001, limits=Limits(max_file_bytes=1000))


def test_large_json_is_told_by_its_top_level():
    data = json.dumps({"note": "x", "releases": [{"ocid": str(n), "text": "y"} for n in range(2000)]}).encode()
    assert sniff(data, "r").name == "ocds-json"
