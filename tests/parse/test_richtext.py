import pytest
from hypothesis import given
from hypothesis import strategies as st

from sousveil.exceptions import DamagedError, EmptyFileError
from tests.parse.support import cell_texts, check_document, check_fate, parse_bytes, text_of

FONTS = r"{\fonttbl{\f0\froman\fcharset0 Times;}{\f1\fnil\fcharset134 SimSun;}{\f2\fnil\fcharset136 MingLiU;}{\f3\fcharset204 Arial;}{\f4\fcharset2 Wingdings;}}"


def escaped(text, charset):
    return "".join(rf"\'{byte:02x}" for byte in text.encode(charset))


def rtf(body, head=r"\ansi\ansicpg936\deff0"):
    return ("{\\rtf1" + head + FONTS + body + "}").encode("latin-1")


def test_code_pages_follow_the_font():
    body = (
        rf"\f1 {escaped('采购公告', 'gbk')}\par\f2 {escaped('採購公告', 'big5')}\par"
        rf"\f3 {escaped('Закупка', 'cp1251')}\par\f0 plain\par"
    )
    assert text_of(rtf(body)).split("\n") == ["采购公告", "採購公告", "Закупка", "plain"]


def test_the_second_byte_of_a_character_may_be_a_letter_or_stand_behind_a_line_end():
    data = "镕乗".encode("gbk")  # 镕 U+9555 is E946, second byte "F"
    body = (
        "\\f1 "
        + "".join(rf"\'{byte:02x}" if byte > 127 else chr(byte).replace("\\", "\\\\") for byte in data)
        + "\\par"
    )
    assert text_of(rtf(body)) == "镕乗"
    assert text_of(rtf("\\f1 \\'b2\n\\'c9\\'b9\r\n\\'ba\\par")) == "采购"
    assert text_of(rtf("\\f1 采购\\par".encode("gbk").decode("latin-1"))) == "采购"


def test_unicode_with_its_stand_ins():
    assert text_of(rtf(r"\uc1\u37319?\u-29444?{\uc2\u20844\'b9\'ab}{\uc0\u21578}end\par")) == "采購公告end"
    assert text_of(rtf(r"\u-10179?\u-8704?\par")) == "\U0001f600"


@pytest.mark.parametrize("head", [r"\ansi\ansicpg1252", r"\ansi", r"\mac"])
def test_chinese_that_claims_to_be_western(head):
    words = "岷阳市公安局关于视频监控系统建设项目的公开招标公告，预算金额为五十万元。"
    assert text_of(rtf(rf"\f0 {escaped(words, 'gbk')}\par", head)) == words


def test_western_accents_stay():
    assert text_of(rtf(r"\f0 Marché public n\'b0 3 \'e0 Orl\'e9ans, d\'e9lai", r"\ansi\ansicpg1252")).endswith(
        "n° 3 à Orléans, délai"
    )


def row(*cells, edges=(3000, 6000, 9000)):
    places = "".join(rf"\cellx{edge}" for edge in edges)
    return rf"\trowd\trleft0{places}" + "".join(rf"\pard\intbl {cell}\cell" for cell in cells) + r"\row"


def test_tables_keep_their_columns():
    body = (
        r"\pard before\par"
        + row("No", "Name", "Count")
        + row("1", "Camera", "120")
        + row("Sum", "120", edges=(6000, 9000))
        + r"\pard after\par"
    )
    document = parse_bytes(rtf(body))
    check_document(document)
    assert document.pages[0].text.split("\n") == [
        "before",
        "No | Name | Count",
        "1 | Camera | 120",
        "Sum | 120",
        "after",
    ]
    assert cell_texts(document)[2] == [(0, "Sum"), (2, "120")]


def test_a_table_inside_a_cell():
    body = (
        r"\trowd\cellx3000\cellx9000\pard\intbl outer\cell"
        r"\pard\intbl\itap2 a\nestcell b\nestcell{\*\nesttableprops\trowd\cellx100\cellx200\nestrow}"
        r"{\nonesttables\par}\pard\intbl\itap1 tail\cell\row\pard end\par"
    )
    assert text_of(rtf(body)).split("\n") == ["outer", "a | b", "tail", "end"]


def test_what_is_not_shown_is_left_out():
    body = (
        r"{\info{\title secret}{\author someone}}{\stylesheet{\s0 Normal;}}shown{\v hidden}{\deleted gone}"
        r"{\field{\*\fldinst HYPERLINK x}{\fldrslt link}}{\pict\pngblip 89504e47}{\*\unknown stuff}"
        r"{\*\bkmkstart mark}{\annotation note}\par"
    )
    assert text_of(rtf(body)) == "shownlink"
    assert text_of(rtf("a\\bin5 }{}{}b\\par")) == "ab"


def test_notes_and_margins_stand_behind_the_body():
    body = r"{\header Top\par}{\footer 3\par}one{\footnote\pard a note\par} two\par{\header Top\par}"
    assert text_of(rtf(body)).split("\n") == ["one two", "a note", "Top"]


def test_numbers_of_lists_and_signs():
    assert text_of(rtf(r"{\listtext\'95\tab}item\par\f4 \'fc\f0  done\u-3844?\par")).split("\n")[-1] == "done"
    assert text_of(rtf(r"a\~b\_c\-d\emdash e\{f\}\\\par")) == "a b-cd—e{f}\\"


def test_cut_file_says_so():
    document = parse_bytes(rtf(r"words\par{more words")[:-2])
    assert document.pages[0].text.startswith("words")
    assert "cut off" in document.marks[0]


def test_nothing_to_read():
    with pytest.raises(EmptyFileError):
        parse_bytes(rtf(""))
    with pytest.raises(DamagedError, match="nested"):
        parse_bytes(rtf("{" * 5_000))


@given(st.text(alphabet="采购公告Ж é\\{}'ab", max_size=60))
def test_any_text_comes_back(text):
    body = "".join(
        rf"\u{ord(char) if ord(char) < 32768 else ord(char) - 65536}?" if ord(char) > 126 or char in "\\{}" else char
        for char in text
    )
    assert text_of(rtf(f"x{body}x\\par")) == " ".join(f"x{text}x".split())


@given(st.data())
def test_mutated_files_end(data):
    sample = bytearray(
        rtf(r"{\header Top\par}" + row("a", "b", "c") + rf"\f1 {escaped('采购', 'gbk')}\u37319?{{\v x}}")
    )
    for _ in range(data.draw(st.integers(1, 10))):
        sample[data.draw(st.integers(5, len(sample) - 1))] = data.draw(st.sampled_from(b"{}\\'u0\xb2 \n"))
    check_fate(bytes(sample[: data.draw(st.integers(6, len(sample)))]), "a.rtf")


def test_every_rtf_file_of_the_corpus_ends_well(shared):
    paths = list((shared / "corpus").rglob("*.rtf"))
    assert paths
    for path in paths:
        check_fate(path.read_bytes(), path.name)
    assert "ゾルゲと尾崎、淡々と最期" in text_of((shared / "corpus/encodings/tika_testRTFJapanese.rtf").read_bytes())
