import pytest
from hypothesis import given
from hypothesis import strategies as st

from sousveil.exceptions import EmptyFileError
from sousveil.parse.depth import MAX_HTML_DEPTH, limit_depth
from sousveil.parse.sniff import Kind
from tests.parse.samples import NOTICE
from tests.parse.support import cell_texts, check_document, parse_bytes, text_of


def page(body):
    return f"<html><body>{body}</body></html>".encode()


def test_notice_as_a_person_reads_it():
    document = parse_bytes(NOTICE.encode())
    check_document(document)
    assert document.pages[0].text.split("\n") == [
        "首页 采购公告",
        "云溪市公安局视频监控扩容项目公开招标公告",
        "发布日期：2025年3月4日",
        "项目编号：YXCG-2025-017",
        "序号 | 名称 | 数量",
        "1 | 高清摄像机 | 120台",
        "存储服务器 | 4台",
        "合计 | 124",
    ]
    cells = document.tables[0].cells
    assert [(cell.row, cell.column, cell.row_span, cell.column_span, cell.is_header) for cell in cells] == [
        (0, 0, 1, 1, True),
        (0, 1, 1, 1, True),
        (0, 2, 1, 1, True),
        (1, 0, 2, 1, False),
        (1, 1, 1, 1, False),
        (1, 2, 1, 1, False),
        (2, 1, 1, 1, False),
        (2, 2, 1, 1, False),
        (3, 0, 1, 2, False),
        (3, 2, 1, 1, False),
    ]


@pytest.mark.parametrize(
    ("body", "text"),
    [
        ("<p>视频<b>监</b><font>控</font></p>", "视频监控"),
        ("<p>a<br>b</p>c", "a\nb\nc"),
        ("<div>a<div>b</div>c</div>", "a\nb\nc"),
        ("<p>视频监\n   控系统</p>", "视频监控系统"),
        ("<p>video\n surveillance</p>", "video surveillance"),
        ("<p>a&nbsp;&nbsp;b\u3000c\u200bd</p>", "a b\u3000cd"),
        ("<pre>a\n  b</pre>", "a\nb"),
        ('<div style="white-space: pre-wrap">甲\n乙</div>', "甲\n乙"),
        ("<style>.c{color:red;white-space:pre-line}</style><div class='b c'>甲\n乙</div>", "甲\n乙"),
        ("<a href='http://secret.example/'>甲</a><a>乙</a>", "甲 乙"),
        ("<span class=label>采购人</span><span class=value>某局</span>", "采购人 某局"),
        ("<span class=MsoNormal>采购</span><span class=MsoNormal>人</span>", "采购人"),
        (
            "<script>var a='x';</script><noscript>n</noscript><svg><text>t</text></svg><template>u</template>正文",
            "正文",
        ),
        ("<img alt='alt'><p title='tip'>正文</p>", "正文"),
        ("<p hidden>a</p><p style='Display : None'>b</p><p style='visibility:hidden'>c</p>正文", "正文"),
        ("<select><option>北京<option>上海</select>正文", "正文"),
        (
            "采购人：<input type=text readonly value='某局'><input value='请输入关键字'><input type=hidden value=x>",
            "采购人： 某局",
        ),
        ("<ul><li>一<li>二</ul>", "一\n二"),
        ("<!-- c -->正文<!-- d -->", "正文"),
        ("<td>stray</td><tr>正文", "stray正文"),
        ("<ruby>監<rt>かん</rt></ruby>視", "監視"),
        ("&lt;b&gt; 5 &gt; 3", "<b> 5 > 3"),
    ],
)
def test_decisions(body, text):
    assert text_of(page(body)) == text


@pytest.mark.parametrize(
    ("body", "text"),
    [
        # layout tables: one cell, one column
        ("<table><tr><td><p>甲</p><p>乙</p></td></tr></table>", "甲\n乙"),
        ("<table><tr><td>甲</td></tr><tr><td>乙</td></tr></table>", "甲\n乙"),
        # a table inside a layout cell
        ("<table><tr><td>菜单</td><td><table><tr><td>甲</td><td>1</td></tr></table></td></tr></table>", "菜单\n甲 | 1"),
        # a table inside a cell of a list
        (
            (
                "<table><tr><td>采购人</td><td>某局</td></tr><tr><td>清单</td><td><table><tr><td>甲</td><td>1</td></tr>"
                "<tr><td>乙</td><td>2</td></tr></table></td></tr></table>"
            ),
            "采购人 | 某局\n清单\n甲 | 1\n乙 | 2",
        ),
        ("<table><tr><td>甲</td><td></td><td>丙</td><td></td></tr></table>", "甲 |  | 丙"),
        ("<table><tr><td></td><td>乙</td><td>丙</td></tr></table>", "乙 | 丙"),
        ("<table><tr><td>甲<br>乙</td><td>丙</td></tr></table>", "甲 乙 | 丙"),
        ("<table><caption>表一</caption><tr><td>甲</td><td>乙</td></tr></table>", "表一\n甲 | 乙"),
        (
            "<table><tr><td colspan=3><p>说明一</p><p>说明二</p></td></tr><tr><td>甲</td><td>乙</td><td>丙</td></tr></table>",
            "说明一\n说明二\n甲 | 乙 | 丙",
        ),
        ("<table><tr><td rowspan=0 colspan=x>甲</td><td>乙</td></tr><tr><td>丙</td></tr></table>", "甲 | 乙\n丙"),
    ],
)
def test_tables(body, text):
    document = parse_bytes(page(body))
    check_document(document)
    assert document.pages[0].text == text


def test_cells_know_their_column_below_a_hanging_cell():
    body = "<table><tr><td rowspan=3>包1</td><td>甲</td></tr><tr><td>乙</td><td>2</td></tr><tr><td>丙</td><td>3</td></tr></table>"
    assert cell_texts(parse_bytes(page(body))) == [
        [(0, "包1"), (1, "甲")],
        [(1, "乙"), (2, "2")],
        [(1, "丙"), (2, "3")],
    ]


def test_title_comes_first_unless_the_text_says_it():
    head = "<html><head><title>{}</title></head><body><p>视频监控采购公告</p><p>内容</p></body></html>"
    assert text_of(head.format("视频监控采购公告 - 某市政府采购网").encode()) == "视频监控采购公告\n内容"
    assert text_of(head.format("人脸识别项目").encode()) == "人脸识别项目\n视频监控采购公告\n内容"


def test_publication_date_of_the_head_is_kept():
    data = "<html><head><meta name=PubDate content='2025-03-04 10:00'></head><body>{}</body></html>"
    assert text_of(data.format("正文").encode()) == "PubDate: 2025-03-04 10:00\n正文"
    assert text_of(data.format("2025年03月04日").encode()) == "2025年03月04日"


def test_hidden_text_is_read_with_a_mark_when_there_is_no_other():
    document = parse_bytes(page("<div style='display:none'>公告正文</div>"))
    assert document.pages[0].text == "公告正文"
    assert "hidden" in document.marks[0]


def test_page_built_by_a_script_fails_with_advice():
    with pytest.raises(EmptyFileError, match="script builds it") as caught:
        parse_bytes(page("<div id=app></div><script>render()</script>"))
    assert "after it has loaded" in caught.value.advice
    assert "script" in parse_bytes(page("<p>加载中</p><script>render()</script>")).marks[0]


def test_frame_set():
    with pytest.raises(EmptyFileError, match="frame set"):
        parse_bytes(b"<html><frameset><frame src=a></frameset></html>")


@pytest.mark.parametrize("tag", ["div", "b", "span", "font", "ul", "blockquote", "table><tr><td", "p><b"])
def test_deep_nesting_neither_hangs_nor_recurses(tag):
    closing = "".join(f"</{name}>" for name in reversed(tag.split("><")))
    deep = f"<{tag}>" * 100_000 + "最里面的话" + closing * 100_000
    document = parse_bytes(page(deep))
    assert "最里面的话" in document.pages[0].text
    check_document(document)


def test_only_tags_beyond_the_depth_are_taken_out():
    flat = "<div><p>a</p></div>" * 6000
    assert limit_depth(flat) == (flat, False)
    unclosed = "<p>a" * 20_000 + "<tr><td>" * 9000
    assert limit_depth(unclosed) == (unclosed, False)
    deep, was_deep = limit_depth("<i>" * 9000 + "x" + "</i>" * 9000)
    assert was_deep
    assert (deep.count("<i>"), deep.count("</i>")) == (MAX_HTML_DEPTH, MAX_HTML_DEPTH)


def test_attribute_bomb():
    assert text_of(page("<p " + " ".join(f"a{n}=1" for n in range(20_000)) + ">x</p>")) == "x"


TAGS = st.sampled_from(
    [
        *(
            "<p>",
            "</p>",
            "<div>",
            "</div>",
            "<table>",
            "</table>",
            "<tr>",
            "</tr>",
            "<td>",
            "<td rowspan=2>",
            "<th colspan=2>",
            "</td>",
        ),
        *(
            "<b>",
            "</b>",
            "<br>",
            "<pre>",
            "</pre>",
            "<a>",
            "</a>",
            "<caption>",
            "<tbody>",
            "<form>",
            "<select>",
            "<span class=label>",
            "</span>",
        ),
    ]
)
WORDS = st.text(alphabet=st.sampled_from("采购公告视频监控 |\n\t\u3000\xa0\x00\u200bab1&<"), max_size=8)


@given(st.lists(st.one_of(TAGS, WORDS), max_size=60))
def test_any_soup_of_tags_gives_clean_text_and_true_cells(pieces):
    document = parse_bytes(page("甲" + "".join(pieces)), kind=Kind("html", "text/html", is_supported=True))
    check_document(document)
    for grid in document.tables:
        text = document.pages[grid.page - 1].text
        for cell in grid.cells:
            assert text[cell.start : cell.end].strip() == text[cell.start : cell.end]
