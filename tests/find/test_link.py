"""Links: who gives data to whom."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.find.pages import findings, stated

LEAD = "临江市公安局视频监控系统采购项目\n"


def sides(text: str) -> tuple:
    (finding,) = findings(text, "link")
    found = dict(finding.details)
    return found["from"], found["to"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (LEAD + "将抓拍图片上传至省厅视图平台。", ("抓拍图片", "省厅视图平台")),
        (LEAD + "整合汇聚娱乐场所治安管控系统。", ("娱乐场所治安管控系统", None)),
        (LEAD + "本平台与警综平台对接。", ("本平台", "警综平台")),
        (LEAD + "数据源：流动人口数据库。", ("流动人口数据库", None)),
        (LEAD + "采集信息统一上报省公安厅。", ("采集信息", "省公安厅")),
        (LEAD + "过车图片上传省厅。", ("过车图片", "省厅")),
        (LEAD + "数据由物业平台向县公安局单向推送。", ("数据由物业平台", "县公安局")),
        (LEAD + "由两家运营商按日推送信令数据。", ("两家运营商", None)),
        (LEAD + "接入交警支队卡口数据。", ("交警支队卡口数据", None)),
        (LEAD + "画面实时回传分局指挥中心。", ("画面", "分局指挥中心")),
        (LEAD + "2.与州公安局情报平台双向贯通。", (None, "州公安局情报平台")),
        (
            "CCTV works\nThe back office feeds data to the national ANPR service.",
            ("back office", "national ANPR service"),
        ),
        ("Videovigilancia: cesión de datos a la Guardia Civil", (None, "Guardia Civil")),
        ("Vidéoprotection: report d'images vers la brigade de gendarmerie", (None, "vers la brigade de gendarmerie")),
        ("Videoüberwachung, Abgleich mit dem Fahndungsbestand", (None, "dem Fahndungsbestand")),
        ("CCTV works\nThe cameras will be connected to the police control room.", ("cameras", "police control room")),
        ("CCTV works\nBreaks are reported by the provider to the agency.", ("provider", "the agency")),
        ("Videovigilancia: cámaras conectadas a la Jefatura de Policía", (None, "Jefatura de Policía")),
    ],
)
def test_sides(text: str, expected: tuple) -> None:
    source, receiver = sides(text)
    assert (source, receiver) == expected or (expected[0] is None and receiver == expected[1])


@pytest.mark.parametrize(
    "line",
    [
        "投标人须将投标文件上传至交易平台。",
        "摄像机接入电源,接入交换机24口。",
        "互联网平台运营服务。",
        "与采购人对接人沟通。",
        "专线接入系统。",
        "同步开展培训。",
        "上传营业执照及资质证书。",
        "公共安全视频监控建设联网应用项目。",
        "采购人:中共岭川市委宣传部。",
        "升级省视频数据共享管理系统。",
    ],
)
def test_boilerplate_is_no_link(line: str) -> None:
    assert stated(LEAD + line, "link") == []


def test_words_of_one_language_do_not_hide_those_of_another() -> None:
    text = "Compra de drones de la Policía Municipal con el objetivo de reforzar las tareas de vigilancia."
    assert stated(text, "purpose") == ["con el objetivo de reforzar las tareas de vigilancia"]
    read = "Licence plate recognition: results are compared against one or more lists of stolen vehicles."
    assert len(stated(read, "link")) == 1


def test_no_link_without_a_capability() -> None:
    found = findings("东岭水库项目\n将水位数据上传至省厅平台。", "link", explain=True)
    assert [f.state for f in found] == ["withheld"]


def test_what_is_handed_on() -> None:
    (finding,) = findings(LEAD + "将人脸图片推送至市局平台。", "link")
    assert dict(finding.details)["what"] == "人脸"


@settings(max_examples=30, deadline=None)
@given(st.text(alphabet="将数据上传至平台与对接。,汇聚系统\n connected to the police ", max_size=150))
def test_spans_hold_on_any_text(text: str) -> None:
    findings("视频监控" + text, "link", explain=True)


def test_hostile_lines_end() -> None:
    assert len(findings("视频监控" + "将数据上传至平台" * 5_000, "link")) <= 20


@pytest.mark.parametrize(
    "clause",
    [
        "采集到的指纹数据直接进入省厅库",
        "县平台数据定时汇总给州公安处",
        "旅馆登记信息自动发往派出所",
        "视频画面由物业侧引至街道综治中心",
        "从卫健、民政部门取数",
        "社区摄像头挂到分局平台",
        "人像库与部级平台打通",
        "车辆信息抄告交警支队",
        "抓拍记录经专线送州级平台",
        "档案卡片向派出所开放",
        "重大违反个案即时转介警方",
    ],
)
def test_further_ways_to_hand_data_on(clause: str) -> None:
    found = findings(f"临江市公安局人脸识别视频监控系统采购项目\n{clause}。", "link")
    assert [finding.span.quote for finding in found] == [clause]


@pytest.mark.parametrize("clause", ["从采购平台下载采购文件", "采购广播系统、报告厅设备", "同时抄送财政部门"])
def test_what_hands_no_data_on(clause: str) -> None:
    assert findings(f"临江市公安局人脸识别视频监控系统采购项目\n{clause}。", "link") == []
