"""Every quotation stands at its offsets, whatever blanks a page has, and none lies on characters that cover a person.

The texts are ours, all names invented. They are read as they are, with lines in another order, with blanks of every
kind put in, and with stretches covered as the masks cover names: one full block for each character.
"""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sousveil.find import find
from sousveil.find.quotations import main_quotations
from sousveil.model import COVER, Document, Field, Finding, Notice, Page, make_span

SHA = "ef" * 32
BLANKS = st.sampled_from((" ", "  ", "\u3000", "\u00a0", "\t", "\n", "\n\n", "\u2003"))
TEXTS = (
    (
        "东棠县公安局视频监控扩容项目\n为进一步提升社会治安防控能力，新建高清球机86台、人脸抓拍机二十四台。"
        "联系人王某，电话略。图像上传至市公安局共享平台，对重点人员动态管控，依据《反恐怖主义法》和公安部令第82号。"
    ),
    (
        "项次 | 品名 | 单位 | 数量 | 联系人\n一 | 人脸识别摄像机 | 台 | 310 | 李某\n二 | 车牌识别终端 | 套 | 12 | 赵某\n"
        "数据源：旅馆业系统；人像库由80万人扩至200万人，与雪亮工程平台对接。"
    ),
    "名称\n高点摄像机\n数量\n7\n单位\n台\n用途\n重点区域人群聚集预警\n负责人\n孙某某",
    (
        "Aldmere Force CCTV and ANPR renewal\nSupply of forty-two (42) fixed cameras and 16 x PTZ cameras to deter theft. "
        "Contact Jane Example. Images will be transmitted every night to the police control room under the Data Protection Act."
    ),
    (
        "Videovigilancia en Vallarena: 25 cámaras y 6 lectores de matrículas con el fin de prevenir delitos. Contacto Ana "
        "Ejemplo. Las imágenes se enviarán sin demora al centro de mando de la Policía Local."
    ),
    (
        "Videoüberwachung: fünfundzwanzig Domkameras, um gesuchte Personen zu identifizieren. Ansprechpartner Max Muster. "
        "Die Bilder werden an die Leitstelle der Polizei übertragen."
    ),
    "Видеонаблюдение: не менее 1 200 камер для розыска лиц. Контакт Иванов Пример. Передача изображений в дежурную часть.",
)


def read(text: str) -> list[Finding]:
    """Return all findings of a one-page notice, withheld ones too, and its main quotations."""
    page = Page(1, text)
    title = (
        Field(text.split("\n", 1)[0], make_span(SHA, page, 0, text.find("\n")), "test") if "\n" in text[1:] else None
    )
    notice = Notice("n", "d", SHA, 1, 1, title=title, language="zh" if "\u4e00" <= text[:1] <= "\u9fff" else "en")
    found = find(Document(SHA, "text/plain", "a.txt", (page,)), notice, explain=True)
    main = main_quotations(notice, found)
    assert {finding.id for finding in main} <= {finding.id for finding in found}
    return [*found, *main]


def check(text: str) -> None:
    for finding in read(text):
        span = finding.span
        assert span.quote
        assert text[span.start : span.end] == span.quote
        assert span.quote == span.quote.strip()
        assert COVER not in span.quote, finding


@pytest.mark.parametrize("text", TEXTS)
def test_as_it_is(text: str) -> None:
    assert {finding.kind for finding in read(text)} >= {"capability", "scale"}
    check(text)


@settings(max_examples=120, deadline=None)
@given(st.sampled_from(TEXTS), st.lists(st.tuples(st.floats(0, 1), BLANKS), min_size=1, max_size=12))
def test_with_blanks_put_in(text: str, blanks: list[tuple[float, str]]) -> None:
    for place, blank in sorted(blanks, reverse=True):
        at = int(place * len(text))
        text = text[:at] + blank + text[at:]
    check(text)


@settings(max_examples=80, deadline=None)
@given(st.lists(st.sampled_from([line for text in TEXTS for line in text.split("\n")]), min_size=2, max_size=8), BLANKS)
def test_with_lines_in_another_order(lines: list[str], blank: str) -> None:
    check(blank.join(lines))
    check("\n".join(lines))


@settings(max_examples=150, deadline=None)
@given(st.sampled_from(TEXTS), st.lists(st.tuples(st.floats(0, 1), st.integers(1, 6)), min_size=1, max_size=8))
def test_with_persons_covered(text: str, covers: list[tuple[float, int]]) -> None:
    for place, length in covers:
        at = int(place * len(text))
        text = (
            text[:at]
            + "".join(char if char == "\n" else COVER for char in text[at : at + length])
            + text[at + length :]
        )
    check(text)
