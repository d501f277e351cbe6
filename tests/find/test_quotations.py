"""Main quotations: one for a capability the title does not say, two where it does; nothing is said twice."""

from sousveil.find import find
from sousveil.find.quotations import main_quotations
from sousveil.model import Document, Field, Notice, Page, make_span

SHA = "cd" * 32


def quotes(text: str, *, title: str = "") -> list[str]:
    """Return the main quotations of a one-page notice; all names in this file are invented."""
    page = Page(1, text)
    start = text.index(title) if title else 0
    name = Field(title, make_span(SHA, page, start, start + len(title)), "test") if title else None
    notice = Notice("n", "d", SHA, 1, 1, title=name)
    found = find(Document(SHA, "text/plain", "a.txt", (page,)), notice, explain=True)
    return [finding.span.quote for finding in main_quotations(notice, found)]


TITLE = "东棠县公安局视频监控扩容项目"


def test_a_title_comes_with_the_place_that_adds_to_it() -> None:
    text = f"{TITLE}\n项目名称：{TITLE}\n新增高清摄像机120台、视频存储2套\n另购摄像机支架"
    assert quotes(text, title=TITLE) == [TITLE, "新增高清摄像机120台、视频存储2套"]


def test_a_title_printed_again_adds_nothing() -> None:
    assert quotes(f"{TITLE}\n{TITLE}公开招标公告\n标题：{TITLE}（二次）", title=TITLE) == [TITLE]


def test_a_line_that_begins_with_the_title_may_add() -> None:
    line = f"{TITLE}，为各派出所安装高清摄像机四百二十台并接入市局平台统一存储"
    assert quotes(f"{TITLE}\n{line}", title=TITLE) == [TITLE, line]


def test_below_a_title_that_says_nothing_one_place_is_enough() -> None:
    text = "某单位设备采购项目\n新增高清摄像机120台\n视频监控平台1套\n人脸识别摄像机30台"
    found = quotes(text, title="某单位设备采购项目")
    assert found[0] in {"视频监控平台1套", "新增高清摄像机120台"}
    assert len(found) == 2  # one for each capability: video surveillance, face recognition
    assert "人脸识别摄像机30台" in found


def test_codes_add_nothing() -> None:
    title = "Body Worn Video Cameras for the Aldmere Force"
    assert quotes(f"{title}\nCPV: 32323500", title=title) == [title]


def test_a_hint_gives_way_to_a_strong_term() -> None:
    title = "柳河县公安局数据资源服务项目"
    strong = "建成一人一档全息档案库"
    assert strong in quotes(f"{title}\n{strong}", title=title)
    assert title not in quotes(f"{title}\n{strong}", title=title)


def test_a_sentence_of_the_procedure_that_names_the_title_adds_nothing() -> None:
    line = f"{TITLE}的潜在投标人应在省政府采购一体化平台免费获取电子版文件并于十月十三日十时前递交"
    assert quotes(f"{TITLE}\n{line}", title=TITLE) == [TITLE]
