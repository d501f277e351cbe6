import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sousveil.exceptions import DamagedError, EmptyFileError, EncryptedError, LimitError
from sousveil.parse.delimited import find_delimiter
from sousveil.parse.extent import check_password
from sousveil.parse.sheet import render
from sousveil.settings import Limits
from tests.parse.samples import make_xlsx, make_zip
from tests.parse.support import cell_texts, check_document, parse_bytes, text_of


def test_one_page_for_each_filled_sheet():
    data = make_xlsx(
        {
            "清单": [["名称", "数量", "日期"], ["摄像机", 120, dt.date(2025, 3, 4)], ["", "", ""], ["服务器", 4.5, ""]],
            "空": [],
            "二": [["a"]],
        }
    )
    document = parse_bytes(data, "list.xlsx")
    check_document(document)
    assert [(page.label, page.text) for page in document.pages] == [
        ("清单", "名称 | 数量 | 日期\n摄像机 | 120 | 2025-03-04\n服务器 | 4.5"),
        ("二", "a"),
    ]
    assert cell_texts(document)[1] == [(0, "摄像机"), (1, "120"), (2, "2025-03-04")]
    assert [cell.is_header for cell in document.tables[0].cells] == [True] * 3 + [False] * 5


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (20230405.0, "20230405"),
        (0.1 + 0.2, "0.3"),
        (1234567.89, "1234567.89"),
        (-3.0, "-3"),
        (110101199001011200.0, "110101199001011200"),
        (1e300, "1e+300"),
        (True, "TRUE"),
        (7, "7"),
        (dt.datetime(2023, 4, 5), "2023-04-05"),  # noqa: DTZ001 (cells have no zone)
        (dt.datetime(2023, 4, 5, 9, 30), "2023-04-05 09:30"),  # noqa: DTZ001 (cells have no zone)
        (dt.datetime(2023, 4, 5, 9, 30, 5), "2023-04-05 09:30:05"),  # noqa: DTZ001 (cells have no zone)
        (dt.date(2023, 4, 5), "2023-04-05"),
        (dt.time(9, 30), "09:30"),
        (" a\n b ", "a b"),
        ("", ""),
    ],
)
def test_values_as_a_person_reads_them(value, text):
    assert render(value) == text


def test_far_cells_keep_their_column_without_filling_the_page():
    data = make_xlsx({"s": [["a"] + [""] * 300 + ["b"]]})
    document = parse_bytes(data)
    assert document.pages[0].text == "a |  |  |  | b"
    assert cell_texts(document) == [[(0, "a"), (301, "b")]]


def test_sheet_that_reaches_over_the_whole_grid_is_refused():
    sheet = b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData><row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>2</v></c></row></sheetData></worksheet>'
    members = {"[Content_Types].xml": b"<T/>", "xl/workbook.xml": b"<w/>", "xl/worksheets/sheet1.xml": sheet}
    with pytest.raises(LimitError, match="1,048,576 rows and 16,384 columns"):
        parse_bytes(make_zip(members))


def test_repeated_cells_are_counted_before_they_are_unfolded():
    xml = (
        '<o:d xmlns:o="o" xmlns:table="t" xmlns:text="x"><table:table-row table:number-rows-repeated="1048576">'
        '<table:table-cell table:number-columns-repeated="1000"><text:p>x</text:p></table:table-cell></table:table-row></o:d>'
    )
    members = {"mimetype": b"application/vnd.oasis.opendocument.spreadsheet", "content.xml": xml.encode()}
    with pytest.raises(LimitError, match="filled cells"):
        parse_bytes(make_zip(members, method=0))


def test_empty_damaged_encrypted():
    with pytest.raises(EmptyFileError):
        parse_bytes(make_xlsx({"s": []}))
    data = make_xlsx({"s": [["a", 1]]})
    with pytest.raises(DamagedError):
        parse_bytes(data[:-60])
    biff = bytes.fromhex("0908100000060500") + b"\x00" * 12 + bytes.fromhex("2f00") + b"\x06\x00" + b"\x00" * 200
    with pytest.raises(EncryptedError, match="password"):
        check_password(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 504 + biff)


def test_csv_in_gb18030_with_header():
    data = '编号,名称,数量\r\n1,"摄像机,室外",12\r\n2,服务器,4\r\n'.encode("gb18030")
    document = parse_bytes(data, "list.csv")
    check_document(document)
    assert document.pages[0].text == "编号 | 名称 | 数量\n1 | 摄像机,室外 | 12\n2 | 服务器 | 4"
    assert document.charset == "gb18030"
    assert [cell.is_header for cell in document.tables[0].cells][:4] == [True, True, True, False]


@pytest.mark.parametrize(
    ("text", "mark"),
    [
        ("a,b\n1,2\n", ","),
        ("a;b\n1,5;2\n2,5;3\n", ";"),
        ("a\tb,c\n1\t2\n", "\t"),
        ("a|b\n1|2\n", "|"),
        ("", ","),
        ("solo\n", ","),
    ],
)
def test_delimiter(text, mark):
    assert find_delimiter(text) == mark


def test_quotation_mark_that_is_never_closed():
    data = ('id,text\n1,"oops\n' + "".join(f"{n},camera number {n} of the list\n" for n in range(5000))).encode()
    document = parse_bytes(data, "a.csv")
    assert "never closed" in document.marks[0]
    assert document.pages[0].text.count("\n") > 4000


def test_cell_limit_keeps_the_text():
    data = ("a,b\n" * 50).encode()
    document = parse_bytes(data, "a.csv", limits=Limits(max_cells=10))
    assert document.pages[0].text.count("a | b") == 50
    assert sum(len(grid.cells) for grid in document.tables) == 10
    assert "table cells" in document.marks[0]


@given(
    st.lists(
        st.lists(st.text(alphabet=st.characters(codec="utf-8"), max_size=6), min_size=2, max_size=5),
        min_size=1,
        max_size=8,
    )
)
def test_cells_of_any_table_hold_their_words(rows):
    from sousveil.parse.layout import Layout, clean_line
    from sousveil.parse.sheet import lay_rows

    layout = Layout(Limits())
    lay_rows(rows, layout, label="")
    pages, tables, _ = layout.finish()
    found = [(cell.row, cell.column, pages[0].text[cell.start : cell.end]) for grid in tables for cell in grid.cells]
    wanted = [(r, c, clean_line(text)) for r, row in enumerate(rows) for c, text in enumerate(row) if clean_line(text)]
    assert found == wanted


def test_text_of_numbers_only_has_no_header():
    assert not any(cell.is_header for cell in parse_bytes(b"1,2\n3,4\n", "a.csv").tables[0].cells)
    assert text_of(b"1,2\n3,4\n", "a.csv") == "1 | 2\n3 | 4"
