"""Groups, categories of data, named systems, laws."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sousveil.data.cues import data_categories, groups, laws, links, purposes, systems
from sousveil.find.cues import scan
from sousveil.find.lexicon import even
from tests.find.pages import findings, stated

LEAD = "临江市公安局视频监控系统采购项目\n"


@pytest.mark.parametrize(
    ("line", "group"),
    [
        ("对重点人员进行管控。", "key_persons"),
        ("采集流动人口信息。", "floating_population"),
        ("标注少数民族人员。", "ethnic_minorities"),
        ("社区矫正对象定位。", "offenders"),
        ("Monitoring of asylum seekers.", "migrants"),
        ("контроль за мигрантами", "migrants"),
    ],
)
def test_groups(line: str, group: str) -> None:
    assert stated(LEAD + line, "group") == [group]


@pytest.mark.parametrize(
    "line", ["新疆维吾尔自治区某市。", "支持少数民族地区企业优惠。", "监狱企业是指为罪犯、戒毒人员提供劳动的企业。"]
)
def test_groups_in_other_company(line: str) -> None:
    found = findings(LEAD + line, "group", explain=True)
    assert found
    assert all(finding.reasons_against for finding in found)


def test_groups_and_data_need_a_capability() -> None:
    text = "东岭监狱罪犯食堂大米采购项目"
    assert stated(text, "group") == []
    assert findings(text, "group", explain=True)[0].reasons_against == ("the notice buys no surveillance",)


@pytest.mark.parametrize(
    ("line", "category"),
    [
        ("存储人脸图片一千万张。", "face_images"),
        ("建设Y-STR库,血样入库。", "dna"),
        ("汇聚人员轨迹。", "location"),
        ("分析话单。", "call_records"),
        ("Processing of ANPR data and GPS tracking", "vehicle_data"),
    ],
)
def test_data_categories(line: str, category: str) -> None:
    assert category in stated(LEAD + line, "data")


@pytest.mark.parametrize(
    ("line", "system"),
    [
        ("接入雪亮工程", "sharp_eyes"),
        ("接入公安视频專網", "video_network"),
        ("ties to Eurodac", "eurodac"),
        ("天网工程二期", "skynet"),
    ],
)
def test_systems(line: str, system: str) -> None:
    assert stated(LEAD + line, "system") == [system]


def test_a_value_is_quoted_three_times_at_most() -> None:
    assert len(stated(LEAD + "雪亮工程。\n" * 9, "system")) == 3


@pytest.mark.parametrize(
    ("line", "value", "number"),
    [
        ("依据《中华人民共和国反恐怖主义法》建设。", "counter_terrorism_cn", None),
        (
            "按《关于加强社会治安防控体系建设的意见》（公通字〔2021〕4号）执行。",
            "关于加强社会治安防控体系建设的意见",
            "[2021]4号",
        ),
        ("Processing under GDPR art. 9 applies.", "gdpr", "art. 9"),
        ("符合GB/T 28181标准。", "video_standard_cn", None),
    ],
)
def test_laws(line: str, value: str, number: str | None) -> None:
    (finding,) = findings(LEAD + line, "legal")
    assert (finding.value, dict(finding.details)["number"]) == (value, number)


def test_procurement_law_is_withheld() -> None:
    text = LEAD + "根据《中华人民共和国政府采购法》及《供应商信用管理办法》。"
    assert stated(text, "legal") == []
    assert [f.value for f in findings(text, "legal", explain=True)] == ["procurement_cn"]


def test_every_word_of_every_table_is_found() -> None:
    rows = (*purposes(), *links(), *groups(), *data_categories(), *systems(), *laws())
    unscanned = {"filler", "ability", "before", "after", "what", "toward", "whom", "served", "means", "head", "core"}
    unscanned |= {"particle", "handed"}
    for row in rows:
        for word in row.words if getattr(row, "form", "") not in unscanned else ():
            hits = scan(even(word.replace("*", ""))).values()
            assert any(hit.row is row or word in hit.word or hit.word in word for kind in hits for hit in kind), word


@settings(max_examples=30, deadline=None)
@given(st.text(alphabet="重点人员《公安法》〔2021〕4号 GDPR art. 9\n雪亮工程DNA样本。", max_size=120))
def test_spans_hold_on_any_text(text: str) -> None:
    for kind in ("group", "data", "system", "legal"):
        findings("视频监控" + text, kind, explain=True)


def test_hostile_lines_end() -> None:
    for text in ("《" * 50_000, "[2021]" * 20_000 + "号", "雪亮工程" * 20_000):
        findings("视频监控" + text, "legal", explain=True)
