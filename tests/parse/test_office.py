import pytest

from sousveil.exceptions import DamagedError, EmptyFileError, EncryptedError, LimitError
from sousveil.parse.package import open_package
from sousveil.settings import Limits
from tests.parse.samples import make_docx, make_zip, paragraph, table
from tests.parse.support import cell_texts, check_document, parse_bytes, text_of


def test_runs_paragraphs_and_tables_in_order():
    body = (
        paragraph("视频", "监控")
        + table(
            [paragraph("名称"), paragraph("数量")], [paragraph("摄像机") + paragraph("（室外）"), paragraph("12台")]
        )
        + paragraph("完")
    )
    document = parse_bytes(make_docx(body))
    check_document(document)
    assert document.pages[0].text == "视频监控\n名称 | 数量\n摄像机 （室外） | 12台\n完"
    assert document.media_type.endswith("wordprocessingml.document")


def test_nested_table_merged_cells_and_header_row():
    inner = table([paragraph("甲"), paragraph("1")])
    header = (
        "<w:tbl><w:tr><w:trPr><w:tblHeader/></w:trPr><w:tc><w:tcPr><w:gridSpan w:val='2'/></w:tcPr>"
        + paragraph("标的")
        + "</w:tc><w:tc>"
        + paragraph("数量")
        + "</w:tc></w:tr><w:tr><w:tc>"
        + paragraph("a")
        + "</w:tc><w:tc>"
        + paragraph("b")
        + "</w:tc><w:tc>"
        + paragraph("c")
        + "</w:tc></w:tr></w:tbl>"
    )
    document = parse_bytes(make_docx(header + table([paragraph("清单"), inner + paragraph("尾")])))
    assert document.pages[0].text == "标的 | 数量\na | b | c\n清单\n甲 | 1\n尾"
    assert cell_texts(document) == [[(0, "标的"), (2, "数量")], [(0, "a"), (1, "b"), (2, "c")]]
    assert [cell.is_header for cell in document.tables[0].cells] == [True, True, False, False, False]


@pytest.mark.parametrize(
    ("body", "text"),
    [
        ("<w:p><w:r><w:t>a</w:t><w:tab/><w:t>b</w:t><w:br/><w:t>c</w:t></w:r></w:p>", "a b\nc"),
        (
            "<w:p><w:ins><w:r><w:t>新</w:t></w:r></w:ins><w:del><w:r><w:delText>旧</w:delText><w:t>x</w:t></w:r></w:del></w:p>",
            "新",
        ),
        ("<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>藏</w:t></w:r><w:r><w:t>见</w:t></w:r></w:p>", "见"),
        (
            "<w:p><w:r><w:instrText>PAGE</w:instrText></w:r><w:hyperlink><w:r><w:t>链接</w:t></w:r></w:hyperlink></w:p>",
            "链接",
        ),
        ("<w:sdt><w:sdtContent>" + paragraph("控件") + "</w:sdtContent></w:sdt>", "控件"),
        (
            "<w:p><w:pPr><w:tabs><w:tab/></w:tabs></w:pPr><w:r><w:t>甲</w:t></w:r><w:r><w:noBreakHyphen/><w:t>1</w:t></w:r></w:p>",
            "甲-1",
        ),
        (
            "<w:p><w:r><w:t>前</w:t></w:r><mc:AlternateContent><mc:Choice><w:txbxContent>"
            + paragraph("框")
            + "</w:txbxContent></mc:Choice><mc:Fallback><w:txbxContent>"
            + paragraph("框")
            + "</w:txbxContent></mc:Fallback></mc:AlternateContent><w:r><w:t>后</w:t></w:r></w:p>",
            "前后\n框",
        ),
    ],
)
def test_what_counts_as_text(body, text):
    assert text_of(make_docx(body)) == text


def test_notes_headers_and_footers_come_once_behind_the_body():
    parts = {
        "header1": paragraph("页眉"),
        "header2": paragraph("页眉"),
        "footer1": paragraph("3"),
        "footnotes": paragraph("脚注"),
    }
    assert text_of(make_docx(paragraph("正文"), **parts)) == "正文\n脚注\n页眉"


def test_only_pictures_fails_and_little_text_is_marked():
    members = {
        "[Content_Types].xml": b"<T/>",
        "word/document.xml": b"<w:d xmlns:w='x'/>",
        "word/media/image1.png": b"x",
    }
    with pytest.raises(EmptyFileError, match="1 picture and no text"):
        parse_bytes(make_zip(members))
    members["word/document.xml"] = "<w:d xmlns:w='x'><w:p><w:t>见附图</w:t></w:p></w:d>".encode()
    members["word/embeddings/list.xlsx"] = b"x"
    document = parse_bytes(make_zip(members))
    assert document.marks == ("files inside the document not read: list.xlsx",)


def test_html_in_place_of_a_body():
    members = {
        "[Content_Types].xml": b"<T/>",
        "word/document.xml": b"<w:d xmlns:w='x'><w:altChunk/></w:d>",
        "word/afchunk.htm": "<html><body><p>采购公告</p></body></html>".encode(),
    }
    assert text_of(make_zip(members)) == "采购公告"


def test_encrypted_damaged_and_bombs():
    ole = bytes.fromhex("d0cf11e0a1b11ae1") + b"\x00" * 22 + b"\x09\x00" + b"\x00" * 600
    with pytest.raises(EncryptedError):
        open_package(ole, Limits())
    good = make_docx(paragraph("正文" * 500))
    for cut in (good[:-40], good[:120]):
        with pytest.raises(DamagedError):
            parse_bytes(cut, "tender.docx")
    with pytest.raises(DamagedError, match="not well-formed"):
        parse_bytes(make_docx("<w:p>"))
    bomb = make_docx("<w:p><w:r><w:t>" + "a" * 3_000_000 + "</w:t></w:r></w:p>")
    with pytest.raises(LimitError, match="200 times its packed size"):
        parse_bytes(bomb)


def test_entities_of_a_part_are_refused():
    xml = b'<?xml version="1.0"?><!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/hostname">]><w:d xmlns:w="x"><w:p><w:t>&x;</w:t></w:p></w:d>'
    with pytest.raises(DamagedError, match="entities"):
        parse_bytes(make_zip({"[Content_Types].xml": b"<T/>", "word/document.xml": xml}))


def test_slides_are_pages():
    a = 'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
    members = {
        "[Content_Types].xml": b"<T/>",
        "ppt/slides/slide2.xml": f"<p {a}><a:p><a:r><a:t>二</a:t></a:r></a:p></p>".encode(),
        "ppt/slides/slide10.xml": f"<p {a}><a:tbl><a:tr><a:tc gridSpan='2'><a:p><a:r><a:t>x</a:t></a:r></a:p></a:tc><a:tc><a:p><a:r><a:t>y</a:t></a:r></a:p></a:tc></a:tr></a:tbl></p>".encode(),
    }
    assert text_of(make_zip(members)) == "二\fx | y"
