import pytest
from hypothesis import given
from hypothesis import strategies as st

from sousveil.exceptions import DamagedError, EmptyFileError, EncryptedError
from tests.parse.samples import make_zip
from tests.parse.support import cell_texts, check_document, check_fate, parse_bytes, text_of

NAMES = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{space}:1.0"'
    for name, space in {
        "office": "office",
        "text": "text",
        "table": "table",
        "draw": "drawing",
        "style": "style",
        "svg": "svg-compatible",
    }.items()
)


def make_odt(body, *, kind="text", styles="", manifest="", **parts):
    members = {
        "mimetype": f"application/vnd.oasis.opendocument.{'text' if kind == 'text' else kind}".encode(),
        "content.xml": f"<office:document-content {NAMES}><office:body><office:{kind}>{body}</office:{kind}></office:body></office:document-content>".encode(),
        "META-INF/manifest.xml": manifest.encode(),
        **parts,
    }
    if styles:
        members["styles.xml"] = f"<office:document-styles {NAMES}>{styles}</office:document-styles>".encode()
    return make_zip(members, method=0)


def p(text):
    return f"<text:p>{text}</text:p>"


def row(*cells):
    return f"<table:table-row>{''.join(cells)}</table:table-row>"


def cell(text, **spans):
    extra = "".join(f' table:number-{key}-spanned="{value}"' for key, value in spans.items())
    return f"<table:table-cell{extra}>{p(text)}</table:table-cell>"


COVERED = "<table:covered-table-cell/>"
TABLE = f"<table:table><table:table-header-rows>{row(cell('名称'), cell('数量'), cell('单价'))}</table:table-header-rows>{row(cell('摄像机', rows=2), cell('120台'), cell('1'))}{row(COVERED, cell('60台'), cell('2'))}{row(cell('合计', columns=2), COVERED, cell('3'))}</table:table>"


def test_paragraphs_and_inline_elements():
    body = (
        "<text:h>采购公告</text:h>"
        + p("岷阳市<text:span>公安局</text:span><text:s/>视频<text:tab/>监控")
        + p("甲<text:line-break/>乙")
    )
    assert text_of(make_odt(body)) == "采购公告\n岷阳市公安局 视频 监控\n甲\n乙"


def test_tables_keep_their_columns():
    document = parse_bytes(make_odt(p("前") + TABLE + p("后")))
    check_document(document)
    assert document.pages[0].text.split("\n") == [
        "前",
        "名称 | 数量 | 单价",
        "摄像机 | 120台 | 1",
        "60台 | 2",
        "合计 | 3",
        "后",
    ]
    assert cell_texts(document)[2:] == [[(1, "60台"), (2, "2")], [(0, "合计"), (2, "3")]]
    assert [cell.is_header for cell in document.tables[0].cells][:4] == [True, True, True, False]


def test_what_is_not_shown_is_left_out():
    body = (
        "<text:tracked-changes><text:changed-region><text:deletion>"
        + p("删掉的")
        + "</text:deletion></text:changed-region></text:tracked-changes>"
        + p(
            "正文<office:annotation>"
            + p("批注")
            + "</office:annotation>继续<draw:frame><svg:title>图</svg:title></draw:frame>"
        )
    )
    assert text_of(make_odt(body)) == "正文继续"


def test_notes_and_margins_stand_behind_the_body():
    body = p(
        "一<text:note><text:note-citation>1</text:note-citation><text:note-body>"
        + p("脚注")
        + "</text:note-body></text:note>二"
    )
    styles = f"<style:master-page><style:header>{p('页眉')}</style:header><style:footer>{p('3')}</style:footer></style:master-page>"
    assert text_of(make_odt(body, styles=styles)) == "一二\n脚注\n页眉"


def test_slides_are_pages():
    body = f"<draw:page><draw:frame><draw:text-box>{p('一')}</draw:text-box></draw:frame></draw:page><draw:page>{p('二')}</draw:page>"
    assert text_of(make_odt(body, kind="presentation")) == "一\f二"


def test_password_damage_and_no_text():
    with pytest.raises(EncryptedError):
        parse_bytes(make_odt(p("x"), manifest="<m><encryption-data/></m>"))
    with pytest.raises(DamagedError, match="well-formed"):
        parse_bytes(make_odt("<text:p>"))
    xml = b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'
    with pytest.raises(DamagedError, match="entities"):
        parse_bytes(make_zip({"mimetype": b"application/vnd.oasis.opendocument.text", "content.xml": xml}, method=0))
    with pytest.raises(EmptyFileError, match="1 picture "):
        parse_bytes(make_odt("", **{"Pictures/1.png": b"x"}))


def test_repeated_cells_are_believed_to_a_degree():
    many = '<table:table-cell table:number-columns-repeated="999999999">' + p("x") + "</table:table-cell>"
    assert text_of(make_odt(f"<table:table>{row(many)}</table:table>")).count("x") <= 100


@given(st.data())
def test_mutated_documents_end(data):
    sample = bytearray(make_odt(p("前") + TABLE, styles="<style:master-page/>"))
    for _ in range(data.draw(st.integers(1, 6))):
        sample[data.draw(st.integers(80, len(sample) - 1))] = data.draw(st.integers(0, 255))
    check_fate(bytes(sample), "a.odt")


def test_every_opendocument_text_of_the_corpus_ends_well(shared):
    paths = list((shared / "corpus").rglob("*.odt"))
    assert paths
    for path in paths:
        check_fate(path.read_bytes(), path.name)
    text = text_of((shared / "corpus/office/tika_testODFwithOOo3.odt").read_bytes())
    assert "Apache Tika Test Document" in text
    assert ": , ," not in text
