"""Tables stay tables: heads, merged cells, page ends, and columns without borders; all names are invented."""

import io
from itertools import pairwise

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sousveil.parse.aligned import find_aligned, text_lines
from sousveil.parse.drawn import sort_into_cells
from sousveil.parse.heads import head_depth, is_head
from sousveil.parse.layout import Box, Layout, Place, Row
from sousveil.parse.paged import join_tables
from sousveil.parse.rowwise import RowPlan, Rowwise
from sousveil.parse.ruling import Line, find_grids
from sousveil.parse.word import _plan
from sousveil.settings import Limits
from tests.parse.samples import make_docx, make_pdf, make_xlsx, paragraph, ruled_grid, text_at
from tests.parse.support import cell_texts, check_document, parse_bytes


@pytest.mark.parametrize(
    "texts",
    [
        ["序号", "货物名称", "技术参数", "单位", "数量", "单价", "备注"],
        ["标段", "中标供应商", "地址", "中标金额(万元)"],
        ["设备名称", "数量（台）"],
        ["序 号", "评审因素", "评审标准"],
        ["序号", "某某", "某某某"],
        ["No.", "Description of goods", "Qty", "Unit price"],
        ["Descripción", "Cantidad", "Precio"],
    ],
)
def test_heads(texts):
    assert is_head(texts)


@pytest.mark.parametrize(
    "texts",
    [
        ["数量"],
        ["采购单位", "云溪市公安局", "预算金额", "12万元"],
        ["项目名称", "视频监控", "采购方式", "公开招标"],
        ["1", "摄像机", "台", "12"],
        ["委托单位：", "地址：", "数量："],
        ["名称", "设备名称"],
        ["本项目的货物名称，以合同为准", "数量"],
        ["甲", "乙", "丙"],
    ],
)
def test_no_heads(texts):
    assert not is_head(texts)


def test_a_merged_head_has_as_many_rows_as_its_tallest_cell():
    assert head_depth(["序号", "名称", "采购数量"], [(2, 1), (2, 1), (1, 2)]) == 2
    assert head_depth(["类别", "名称", "数量"], [(3, 1), (1, 1), (1, 1)]) == 1


def headers(document, table=0):
    grid = document.tables[table]
    text = document.pages[grid.page - 1].text
    return [text[cell.start : cell.end] for cell in grid.cells if cell.is_header]


def test_the_head_is_below_the_title_of_the_table():
    html = (
        "<table><tr><td colspan=3>货物清单</td></tr><tr><td>序号</td><td>货物名称</td><td>数量</td></tr>"
        "<tr><td>1</td><td>摄像机</td><td>12</td></tr></table>"
    )
    assert headers(parse_bytes(html.encode(), "a.html")) == ["序号", "货物名称", "数量"]


def merged(value):
    return f"<w:tcPr><w:vMerge{value}/></w:tcPr>"


def test_cells_merged_downwards_in_docx():
    rows = [
        ("", "类别", "名称"),
        (merged(" w:val='restart'"), "前端", "摄像机"),
        (merged(""), "", "立杆"),
        (merged(" w:val='continue'"), "", "支架"),
        (merged(" w:val='restart'"), "后端", "服务器"),
        (merged(""), "余文", "交换机"),  # text of its own is not lost
    ]
    body = "".join(
        f"<w:tr><w:tc>{mark}{paragraph(first)}</w:tc><w:tc>{paragraph(second)}</w:tc></w:tr>"
        for mark, first, second in rows
    )
    document = parse_bytes(make_docx(f"<w:tbl>{body}</w:tbl>"))
    text = document.pages[0].text
    spans = {text[cell.start : cell.end]: cell.row_span for cell in document.tables[0].cells if cell.column == 0}
    assert spans == {"类别": 1, "前端": 3, "后端": 1, "余文": 1}


def test_cells_merged_downwards_in_rtf():
    def row(first, second, mark):
        return f"\\trowd{mark}\\cellx1000\\cellx2000 \\pard\\intbl {first}\\cell {second}\\cell\\row "

    rtf = (
        "{\\rtf1\\ansi "
        + row("Kind", "Name", "")
        + row("A", "b", "\\clvmgf")
        + row("", "c", "\\clvmrg")
        + row("", "d", "")
        + "}"
    )
    document = parse_bytes(rtf.encode())
    text = document.pages[0].text
    assert [(text[c.start : c.end], c.row_span) for c in document.tables[0].cells] == [
        ("Kind", 1), ("Name", 1), ("A", 2), ("b", 1), ("c", 1), ("d", 1)
    ]  # fmt: skip


def test_the_row_plan_of_a_doc_file_says_what_is_merged():
    edges = (0).to_bytes(2, "little") + (1000).to_bytes(2, "little") + (2000).to_bytes(2, "little")
    cells = bytes((0x20, 0)) + bytes(18) + bytes((0x60, 0)) + bytes(18)
    assert _plan(bytes((2,)) + edges + cells, is_header=True) == RowPlan(
        (0, 1000, 2000), is_header=True, below=(True, False)
    )
    assert _plan(bytes((2,)) + edges[:4], is_header=False) == RowPlan()


def test_merged_cells_and_two_rows_of_head_in_a_workbook():
    book = openpyxl.Workbook()
    sheet = book.active
    for row, values in enumerate(
        (
            ("货物清单",),
            ("序号", "名称", "采购数量"),
            (None, None, "单位", "数量"),
            (1, "摄像机", "台", 12),
            (2, None, "套", 3),
        ),
        1,
    ):
        for column, value in enumerate(values, 1):
            sheet.cell(row, column, value)
    for area in ("A1:D1", "A2:A3", "B2:B3", "C2:D2", "B4:B5"):
        sheet.merge_cells(area)
    out = io.BytesIO()
    book.save(out)
    document = parse_bytes(out.getvalue(), "a.xlsx")
    text = document.pages[0].text
    spans = {text[c.start : c.end]: (c.row_span, c.column_span) for c in document.tables[0].cells}
    assert spans["货物清单"] == (1, 4)
    assert (spans["序号"], spans["采购数量"], spans["摄像机"]) == ((2, 1), (1, 2), (2, 1))
    assert headers(document) == ["序号", "名称", "采购数量", "单位", "数量"]


def test_a_list_of_addresses_has_no_head():
    document = parse_bytes(
        make_xlsx({"a": [["四川", "http://a.example", "OK"], ["重庆", "http://b.example", "OK"]]}), "a.xlsx"
    )
    assert headers(document) == []


# ---------------------------------------------------------------------- page ends


def test_a_table_on_a_full_page_goes_on_and_keeps_its_rows():
    layout = Layout(Limits(max_page_chars=60))
    for number in range(8):
        layout.add_row(Row(1, number, (Box(0, f"item {number}"), Box(1, "x" * 10))))
    layout.add_row(Row(2, 0, (Box(0, "other"), Box(1, "table"))))
    _, tables, _ = layout.finish()
    assert [table.continues for table in tables] == [False, True, True, False]
    assert [cell.row for table in tables[:3] for cell in table.cells if cell.column == 0] == list(range(8))


def test_a_number_of_rows_that_falls_begins_a_new_table():
    layout = Layout(Limits())
    layout.start_page()
    for number in (0, 1, 0, 1):  # body and footnotes of an office file count their tables alike
        layout.add_row(Row(1, number, (Box(0, "a"), Box(1, "b"))))
    layout.start_page()
    layout.add_row(Row(1, 5, (Box(0, "a"), Box(1, "b"))))
    assert [table.continues for table in layout.finish()[1]] == [False, False, False]


EDGES = (50.0, 100.0, 200.0, 300.0)


def rows(lines, edges=EDGES, above=0, below=0):
    return [
        Row(0, number, tuple(Box(c, text) for c, text in enumerate(line) if text), Place(edges, above, below))
        for number, line in enumerate(lines)
    ]


HEAD = ("序号", "名称", "数量")


def shape(items):
    return [
        (item.row, [box.column for box in item.boxes], item.continues, any(box.is_header for box in item.boxes))
        for item in items
        if isinstance(item, Row)
    ]


def test_a_repeated_head_keeps_its_number_and_a_cut_row_too():
    first = rows([HEAD, ("1", "摄像机", "12台"), ("2", "支持国家标准的", "3台")], below=1)
    second = rows([HEAD, ("", "服务器", ""), ("3", "立杆", "5根")], above=1, below=1)
    pages = join_tables([[*first, "第 1 页"], ["云溪市采购文件", *second, "第 2 页"], ["云溪市采购文件"]])
    assert shape(pages[0]) == [(0, [0, 1, 2], False, True), (1, [0, 1, 2], False, False), (2, [0, 1, 2], False, False)]
    assert shape(pages[1]) == [(0, [0, 1, 2], True, True), (2, [1], True, False), (3, [0, 1, 2], True, False)]
    assert len({item.table for page in pages for item in page if isinstance(item, Row)}) == 1


@pytest.mark.parametrize(
    ("between", "second"),
    [
        (["二、评审办法见下表"], rows([("3", "立杆", "5")], above=1)),  # text stands between
        ([], rows([("序号", "单位", "备注"), ("1", "台", "无")])),  # another head
        ([], rows([("3", "立杆", "5")], edges=(50.0, 150.0, 220.0, 300.0))),  # other columns
        ([], rows([("3", "立杆", "5")], edges=(90.0, 100.0, 200.0, 300.0))),  # another place
    ],
)
def test_tables_that_do_not_belong_together(between, second):
    pages = join_tables([rows([HEAD, ("1", "摄像机", "12")]), [*between, *second]])
    assert not any(item.continues for page in pages for item in page if isinstance(item, Row))
    assert len({item.table for page in pages for item in page if isinstance(item, Row)}) == 2


@pytest.mark.parametrize("rest", [("", "服务器", "3"), ("", "2018 年 01 月", ""), ("4", "", "支持")])
def test_a_row_below_a_merged_cell_is_not_the_rest_of_a_cut_row(rest):
    pages = join_tables([rows([HEAD, ("1", "摄像机", "12台")]), rows([rest])])
    assert [item.row for item in pages[1]] == [2]


def test_parts_with_other_merged_columns_share_the_columns_of_all():
    first = rows([HEAD, ("1", "摄像机", "12")])
    second = rows([("2", "立杆 灰色", "5")], edges=(50.0, 100.0, 150.0, 200.0, 300.0))
    second = [Row(0, 0, (Box(0, "2"), Box(1, "立杆"), Box(2, "灰色"), Box(3, "5")), second[0].place)]
    joined = join_tables([first, second])
    assert [[(box.column, box.column_span) for box in row.boxes] for page in joined for row in page] == [
        [(0, 1), (1, 2), (3, 1)],
        [(0, 1), (1, 2), (3, 1)],
        [(0, 1), (1, 1), (2, 1), (3, 1)],
    ]


def test_a_ruled_table_over_two_pdf_pages():
    xs, ys = (50, 120, 250, 400), (800, 780, 760, 740)
    first = ruled_grid(xs, ys) + "".join(
        text_at(x, y, words)
        for y, line in zip(
            (785, 765, 745), (("No.", "Item", "Qty"), ("1", "camera", "12"), ("2", "server", "3")), strict=True
        )
        for x, words in zip((55, 125, 255), line, strict=True)
    )
    second = ruled_grid(xs, ys[:3]) + text_at(55, 785, "3") + text_at(125, 785, "pole") + text_at(255, 785, "9")
    second += (
        text_at(55, 765, "4") + text_at(125, 765, "switch") + text_at(255, 765, "1") + text_at(72, 600, "End of list.")
    )
    document = parse_bytes(make_pdf(first, second))
    check_document(document)
    assert [(table.page, table.continues) for table in document.tables] == [(1, False), (2, True)]
    assert [cell.row for cell in document.tables[1].cells if cell.column == 0] == [3, 4]
    assert headers(document) == ["No.", "Item", "Qty"]


def test_a_row_without_a_line_at_the_end_of_the_page_is_a_row():
    rows_ = [Line(100, 0, 90), Line(80, 0, 90)]
    grids = find_grids(rows_, [Line(at, 40, 100) for at in (0, 30, 60, 90)])
    assert grids[0].ys == (100, 80, 40)
    assert find_grids(rows_, [Line(0, 40, 100), *(Line(at, 80, 100) for at in (30, 60, 90))])[0].ys == (100, 80)


# ---------------------------------------------------------------------- no borders

LIST = (
    ("No.", "Item", "Unit", "Qty"),
    ("1", "dome camera", "set", "120"),
    ("2", "server", "set", "6"),
    ("3", "pole", "piece", "75"),
)


def columns(lines, y=700, xs=(60, 120, 300, 400)):
    return "".join(
        text_at(x, y - 18 * n, words)
        for n, line in enumerate(lines)
        for x, words in zip(xs, line, strict=False)
        if words
    )


def test_columns_without_borders():
    prose = text_at(60, 760, "The goods listed below are to be delivered in May.")
    document = parse_bytes(
        make_pdf(
            prose
            + columns(LIST)
            + text_at(60, 600, "All goods come with a warranty of three years and more than that.")
        )
    )
    check_document(document)
    assert cell_texts(document) == [[*enumerate(line)] for line in LIST]
    assert headers(document) == list(LIST[0])
    assert document.pages[0].text.startswith("The goods listed below")


def test_columns_without_borders_go_on_on_the_next_page():
    second = [("4", "switch", "set", "9"), ("5", "a longer name of a thing", "set", "1")]
    document = parse_bytes(make_pdf(columns(LIST), columns(second)))
    assert [table.continues for table in document.tables] == [False, True]
    assert [cell.row for cell in document.tables[1].cells if cell.column == 0] == [4, 5]


def test_the_rest_of_a_row_that_a_page_end_cut_stays_with_its_row():
    second = text_at(120, 700, "of stainless steel") + columns(
        [("4", "switch", "set", "9"), ("5", "cable", "set", "1")], y=676
    )
    document = parse_bytes(make_pdf(columns(LIST), second))
    assert [(cell.row, cell.column) for cell in document.tables[1].cells][:3] == [(3, 1), (4, 0), (4, 1)]


@pytest.mark.parametrize(
    "content",
    [
        columns(
            [
                ("The first column of prose", "and the second one"),
                ("goes on over lines", "which stand beside"),
                ("but have nothing", "to do with it"),
            ],
            xs=(60, 320),
        ),
        columns([("Unit:", "Price:", "Item:"), ("", "", ""), ("set", "12", "camera")]),  # a form
        columns([("No.", "Item", "Qty")]),  # heads without rows
        # heads of two lines, of which only the lower one is known: two columns have none
        columns([("", "", "", ""), ("Model", "Unit", "Qty", "")], xs=(200, 300, 400, 500))
        + columns(
            [("1", "camera", "A1", "set", "12"), ("2", "server", "B2", "set", "3")] * 3,
            y=640,
            xs=(60, 120, 200, 300, 400),
        ),
        columns([("Alpha", "Beta", "Gamma"), ("1", "2", "3"), ("4", "5", "6")]),  # no known heads
    ],
)
def test_what_is_no_table(content):
    assert parse_bytes(make_pdf(content)).tables == ()


# ---------------------------------------------------------------------- promises


@st.composite
def tilings(draw):
    """Rows and columns, and rectangles (row, column, rows, columns) that cover the grid without overlap."""
    height, width = draw(st.integers(1, 5)), draw(st.integers(2, 5))
    free = {(r, c) for r in range(height) for c in range(width)}
    found = []
    for r in range(height):
        for c in range(width):
            if (r, c) not in free:
                continue
            down, across = draw(st.integers(1, height - r)), draw(st.integers(1, width - c))
            while any((r, c + n) not in free for n in range(across)):
                across -= 1
            found.append((r, c, down, across))
            free -= {(r + a, c + b) for a in range(down) for b in range(across)}
    return height, width, found


WORDS = st.text(alphabet="甲乙丙1a ，|", min_size=0, max_size=6)


def check_rectangles(document, height, width):
    """Cells cover rectangles that do not overlap, and their places in the text do not either."""
    check_document(document)
    for table in document.tables:
        fields = [
            (cell.row + a, cell.column + b)
            for cell in table.cells
            for a in range(cell.row_span)
            for b in range(cell.column_span)
        ]
        assert len(fields) == len(set(fields))
        assert all(r < height and c < width for r, c in fields)
        places = sorted((cell.start, cell.end) for cell in table.cells)
        assert all(left[1] <= right[0] for left, right in pairwise(places))


@settings(max_examples=60)
@given(tilings(), st.data())
def test_cells_of_html_stand_where_they_say(tiling, data):
    height, width, cells = tiling
    texts = [data.draw(WORDS) for _ in cells]
    body = ["" for _ in range(height)]
    for (r, _, down, across), text in zip(cells, texts, strict=True):
        body[r] += f"<td rowspan={down} colspan={across}>{text}</td>"
    document = parse_bytes(f"<p>x</p><table>{''.join(f'<tr>{row}</tr>' for row in body)}</table>".encode(), "a.html")
    check_rectangles(document, height, width)


@settings(max_examples=60)
@given(tilings(), st.data())
def test_cells_of_rowwise_formats_stand_where_they_say(tiling, data):
    height, width, cells = tiling
    starts = {(r, c): (down, across) for r, c, down, across in cells}
    below = {(r + n, c): across for r, c, down, across in cells for n in range(1, down)}
    taken = Rowwise()
    for r in range(height):
        edges, rest = [0], []
        for c in range(width):
            if (r, c) in starts or (r, c) in below:
                taken.add_line(1, data.draw(WORDS).strip() if (r, c) in starts else "")
                taken.end_cell(1)
                edges.append(1000 * (c + (starts[r, c][1] if (r, c) in starts else below[r, c])))
                rest.append((r, c) in below)
        taken.end_row(1, RowPlan(tuple(edges), below=tuple(rest)))
    layout = Layout(Limits())
    for item in taken.finish():
        layout.add(item)
    for table in layout.finish()[1]:
        fields = [
            (c.row + a, c.column + b) for c in table.cells for a in range(c.row_span) for b in range(c.column_span)
        ]
        assert len(fields) == len(set(fields))


@settings(max_examples=60)
@given(tilings(), st.data())
def test_joined_pages_keep_every_cell(tiling, data):
    height, width, cells = tiling
    xs = tuple(60.0 * n for n in range(width + 1))
    horizontal = [
        Line(20.0 * (height - r), xs[c], xs[c + across]) for r, c, down, across in cells for r in (r, r + down)
    ]
    vertical = [
        Line(xs[c], 20.0 * (height - r - down), 20.0 * (height - r))
        for r, c, down, across in cells
        for c in (c, c + across)
    ]
    characters = []
    for r, c, down, across in cells:
        place = ((xs[c] + xs[c + across]) / 2, 20.0 * (height - r - down / 2))
        characters += [(char, place) for char in data.draw(st.sampled_from(["", "1", "甲乙"]))]
    items = sort_into_cells(characters, find_grids(horizontal, vertical))
    pages = join_tables([items, items])
    assert [len(page) for page in pages] == [len(items), len(items)]
    for page in pages:
        for before, after in zip(items, page, strict=True):
            if isinstance(before, Row):
                assert [box.text for box in before.boxes] == [box.text for box in after.boxes]
                assert [box.row_span for box in before.boxes] == [box.row_span for box in after.boxes]
            else:
                assert before == after


@given(
    st.lists(st.tuples(st.sampled_from("数量名称单位序号1台"), st.integers(0, 500), st.integers(0, 300)), max_size=60)
)
def test_any_glyphs_make_sound_borders(glyphs):
    lines = text_lines([(char, float(x), float(y), x + 10.0, y + 10.0) for char, x, y in glyphs])
    assert sum(len(segment.text) for line in lines for segment in line) == len(glyphs)
    found = find_aligned(lines, [], None)
    assert all(line.start <= line.end for line in (*found.horizontal, *found.vertical))
