"""Purposes: stated aims are quoted, boilerplate is not."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.find.pages import findings, stated

LEAD = "临江市公安局视频监控系统采购项目\n"


@pytest.mark.parametrize(
    ("text", "quote"),
    [
        (LEAD + "为进一步提升辖区治安防控能力,现需建设平台。", "为进一步提升辖区治安防控能力"),
        (LEAD + "建设目标：维护社会稳定、加强反恐源头管控。", "维护社会稳定、加强反恐源头管控"),
        (LEAD + "全面提升基层社会治理智能化水平。", "全面提升基层社会治理智能化水平"),
        (LEAD + "新建卡口,实现重点路口车辆布控,遏制街面警情高发。", "实现重点路口车辆布控,遏制街面警情高发"),
        (LEAD + "对刑满释放人员、社区矫正对象分级管控。", "对刑满释放人员、社区矫正对象分级管控"),
        (LEAD + "平台建成后为重大活动安保和案件侦破提供数据支撑。", "为重大活动安保和案件侦破提供数据支撑"),
        (LEAD + "通过人车关联分析实现嫌疑人员轨迹追踪。", "通过人车关联分析实现嫌疑人员轨迹追踪"),
        (LEAD + "在进城卡点对过往人员逐一核验身份。", "对过往人员逐一核验身份"),
        (LEAD + "设备用于边境巡逻和缉毒侦查。", "用于边境巡逻和缉毒侦查"),
        (LEAD + "把上访群体稳控在当地。", "把上访群体稳控在当地"),
        (
            "CCTV contract\nCameras are intended to curb insecurity at the market.",
            "intended to curb insecurity at the market",
        ),
        (
            "Videoüberwachung zur Verfolgung von Straftaten im Bahnhofsviertel.",
            "zur Verfolgung von Straftaten im Bahnhofsviertel",
        ),
        (
            "Vídeo: cámaras de videovigilancia para detectar aglomeraciones en Valverde.",
            "para detectar aglomeraciones en Valverde",
        ),
        ("Sistema di videosorveglianza per prevenire furti nel centro.", "per prevenire furti nel centro"),
        (
            "CCTV contract\nThe cameras are needed to help police identify wanted persons.",
            "to help police identify wanted persons",
        ),
        ("CCTV contract\nNeeded so that courts can check curfews.", "so that courts can check curfews"),
        (
            "Sistema de videovigilancia con el fin de prevenir delitos en Valverde.",
            "con el fin de prevenir delitos en Valverde",
        ),
        ("Vidéoprotection afin de lutter contre la délinquance.", "afin de lutter contre la délinquance"),
        ("Видеонаблюдение в целях профилактики правонарушений.", "в целях профилактики правонарушений"),
        ("كاميرات مراقبة بهدف مكافحة الجريمة", "بهدف مكافحة الجريمة"),
    ],
)
def test_aim_is_quoted(text: str, quote: str) -> None:
    assert stated(text, "purpose") == [quote]


@pytest.mark.parametrize(
    "line",
    [
        "为满足本次采购项目业务需求,启动采购。",
        "为保证开标顺利进行,投标人应提前签到。",
        "系统可实现人脸识别与布控功能。",
        "支持提升图像清晰度。",
        "加强施工质量管理。",
        "确保系统稳定运行。",
        "对设备人员进行培训。",
        "为采购人提供技术支持。",
        "对本项目人脸识别系统采购项目进行询价。",
        "将人员信息录入台账并核查。",
    ],
)
def test_boilerplate_and_abilities_are_no_aims(line: str) -> None:
    assert stated(LEAD + line, "purpose") == []


@pytest.mark.parametrize(
    "line",
    ["Bidders register in order to submit a tender.", "Used for invoices only.", "We aim to provide value for money."],
)
def test_english_boilerplate(line: str) -> None:
    assert stated("CCTV contract\n" + line, "purpose") == []


def test_boilerplate_is_kept_with_its_reason() -> None:
    found = findings(LEAD + "为加强治安防控能力,供应商须配合。为加强治安防控的投标培训。", "purpose", explain=True)
    assert [(f.state, bool(f.reasons_against)) for f in found] == [("stated", False), ("withheld", True)]


def test_silent_sections() -> None:
    clause = "为提升辖区治安防控能力"
    assert stated(LEAD + clause, "purpose", silent=("evaluation", clause)) == []


def test_score_is_low_without_a_capability() -> None:
    (finding,) = findings("东岭林场项目\n为进一步提升森林火灾综合防控水平,采购灭火器。", "purpose")
    assert finding.score < 0.5


@settings(max_examples=30, deadline=None)
@given(st.text(alphabet="为了提升治安防控能力,。;\n to help police用于投标 ", max_size=150))
def test_spans_hold_on_any_text(text: str) -> None:
    findings("视频监控" + text, "purpose", explain=True)


def test_hostile_lines_end() -> None:
    found = findings("视频监控" + "提升治安防控能力," * 5_000, "purpose")
    assert 1 <= len(found) <= 12
    assert findings("CCTV " + "to help police " * 5_000, "purpose", explain=True)


@pytest.mark.parametrize(
    "clause",
    [
        "为补齐农牧区感知短板",
        "牢牢掌握网上话语权",
        "变被动应对为主动预防",
        "解决现场残缺掌纹倒查耗时问题",
        "便于民警快速锁定可疑人员",
        "避免在押人员脱逃",
        "着眼提升边境管控能力",
        "解决看不住、管不全的问题",
    ],
)
def test_further_ways_to_say_what_for(clause: str) -> None:
    found = findings(f"临江市公安局人脸识别视频监控系统采购项目\n{clause}。", "purpose")
    assert [finding.span.quote for finding in found] == [clause]


@pytest.mark.parametrize("clause", ["避免影响投标人报价", "确保设备正常运行", "为确保工程质量"])
def test_aims_of_bidding_and_quality_are_left_out(clause: str) -> None:
    assert findings(f"临江市公安局人脸识别视频监控系统采购项目\n{clause}。", "purpose") == []


@pytest.mark.parametrize(
    ("text", "quote"),
    [
        (LEAD + "用途\n重点区域人群聚集预警\n数量\n2", "重点区域人群聚集预警"),
        (LEAD + "采购用途 | 重点人员动态管控 | 备注", "重点人员动态管控"),
        (
            "Videoüberwachung, um gesuchte Personen am Bahnhof zu identifizieren.",
            "um gesuchte Personen am Bahnhof zu identifizieren",
        ),
        (
            "Videovigilancia\nFinalidad: prevención de delitos en la vía pública.",
            "prevención de delitos en la vía pública",
        ),
        (
            "Vidéoprotection. Le projet vise à prévenir les atteintes aux biens.",
            "vise à prévenir les atteintes aux biens",
        ),
        ("Видеонаблюдение для распознавания разыскиваемых лиц.", "для распознавания разыскиваемых лиц"),
        ("CCTV works\nThe cameras assist in locating missing persons.", "assist in locating missing persons"),
    ],
)
def test_labels_on_their_own_and_aims_in_other_languages(text: str, quote: str) -> None:
    assert stated(text, "purpose") == [quote]


@pytest.mark.parametrize(
    "text",
    [
        LEAD + "用途 | 数量 | 单位",
        "Videoüberwachung\nPersonen melden sich um die Mittagszeit an der Pforte der Polizei.",
    ],
)
def test_heads_and_hours_are_no_aim(text: str) -> None:
    assert stated(text, "purpose") == []
