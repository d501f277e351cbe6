"""Scale: what counts as one, what it counts, and how it is meant."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sousveil.find.counts import iter_counts
from sousveil.find.lexicon import even
from tests.find.pages import findings, stated

LEAD = "临江市公安局人脸识别视频监控系统采购项目\n"


def details(text: str, **options) -> dict:
    (finding,) = findings(text, "scale", **options)
    return dict(finding.details)


@pytest.mark.parametrize(
    ("line", "number", "unit", "thing"),
    [
        ("采购内容:高清摄像机120路,服务期一年", 120, "路", "高清摄像机"),
        ("本项目拟采购36个站点监控系统维保服务", 36, "个站点", "监控系统维保服务"),
        ("新增户外探头4200个,五月完工", 4200, "个", "户外探头"),
        ("安装2台人脸抓拍机的项目", 2, "台", "人脸抓拍机"),
        ("购置三套指纹采集仪", 3, "套", "指纹采集仪"),
        ("接入视频1.2万路", 12000, "路", "接入视频"),
        ("人脸采集容量不少于800人", 800, "人", "人脸采集容量"),
        ("视频存储45天", 45, "天", "视频存储"),
        ("覆盖73个小区", 73, "个", "小区"),
        ("人证核验安检通道9条", 9, "条", "人证核验安检通道"),
        ("覆盖410家旅馆", 410, "家", "旅馆"),
        ("定位手环65只", 65, "只", "定位手环"),
        ("车载式采集单元2套", 2, "套", "车载式采集单元"),
        ("400万像素枪机 148台", 148, "台", "400万像素枪机"),
        ("1、一站式采集台,5套,单价158000元", 5, "套", "一站式采集台"),
        ("汰换类比摄影机,计486支", 486, "支", "类比摄影机"),
        ("出入口布设具备抓拍比对能力的前端420个", 420, "个", "具备抓拍比对能力的前端"),
        ("覆盖186家内保单位", 186, "家", "内保单位"),
        ("无人机巡查每年312架次", 312, "架次", "无人机巡查"),
    ],
)
def test_chinese_prose(line: str, number: int, unit: str, thing: str) -> None:
    found = details(LEAD + line)
    assert (found["number"], found["unit"], found["object"]) == (number, unit, thing)


@pytest.mark.parametrize(
    ("text", "number", "unit"),
    [
        ("Contract for CCTV: supply of 41 automated licence plate (ALPR) cameras for Northmere", 41, "cameras"),
        ("Purchase of two licence plate readers for the Northmere police", 2, "readers"),
        ("CCTV works: 4 additional cameras per station", 4, "cameras per station"),
        ("Proyecto de videovigilancia con 93 cámaras en Valverde", 93, "cámaras"),
        ("Система видеонаблюдения: 59 точек с камерами", 59, "точек"),
        ("Видеонаблюдение, брой видеокамери — 338 бр., охрана", 338, "бр."),
        ("Videoüberwachung: Beschaffung von Bodycams (1.250 Stück) für den Streifendienst", 1250, "Stück"),
        ("Facial recognition with watchlists of up to 9,000 images", 9000, "images"),
        ("Mobile phone extraction: 17 kiosks for front desks", 17, "kiosks"),
        ("Estadio: 28 tornos con reconocimiento facial", 28, "tornos"),
        ("Vidéoprotection : analyse de 90 flux", 90, "flux"),
        ("توريد 32 كاميرا مراقبة للمدينة", 32, "كاميرا"),
    ],
)
def test_other_languages(text: str, number: int, unit: str) -> None:
    found = details(text)
    assert (found["number"], found["unit"]) == (number, unit)


def test_a_noun_of_many_uses_counts_beside_a_capability() -> None:
    assert details("Polizei mit Bodycams: ausgeschrieben sind mindestens 600 Geräte samt Zubehör.")["number"] == 600
    assert findings("Mittagessen: ausgeschrieben sind mindestens 600 Geräte samt Zubehör.", "scale") == []


def test_a_number_parted_by_a_blank_is_read_in_its_own_language() -> None:
    text = "Enrôlement biométrique par empreintes : fourniture de 1 250 kits pour les bureaux."
    assert details(text)["number"] == 1250


def test_rows_under_a_head() -> None:
    text = (
        LEAD
        + "货物名称 | 规格 | 数量 | 单位 | 单价\n人脸抓拍摄像机 | 400万像素 | 26 | 台 | 3000\n机柜 | 42U | 3 | 个 | 900"
    )
    found = findings(text, "scale", explain=True)
    assert [(f.value, f.state, dict(f.details)["object"]) for f in found] == [
        ("26 台", "stated", "人脸抓拍摄像机"),
        ("3 个", "withheld", "机柜"),
    ]


def test_cells_on_lines_of_their_own() -> None:
    text = (
        LEAD
        + "名称\n品牌\n产地\n型号\n数量\n单价\n网络高清摄像机甲\n海图\n东岭市\nHT-100\n60个\n1380\n东岭电子有限公司\n拾音器\n声朗\n东岭市\nSL-5\n64个\n180"
    )
    found = findings(text, "scale")
    assert [(f.value, dict(f.details)["object"]) for f in found] == [("60 个", "网络高清摄像机甲"), ("64 个", "拾音器")]


@pytest.mark.parametrize(
    "line",
    [
        "合同签订后5个工作日内完成,质保期3年",
        "200万像素,识别率98%",
        "供应商数量3个以上",
        "设备编号ICT2026台账",
        "联系电话05910000000路",
        "≥2路RS485接口",
        "每包限1个成交人",
        "单价:300元/台",
        "采血管200人份/盒",
    ],
)
def test_no_scale(line: str) -> None:
    assert stated(LEAD + line, "scale") == []


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("每座标配1台摄像机", "says what a device can do"),
        ("录像机支持32路视频", "says what a device can do"),
        ("监控硬盘20块及网线3箱,摄像机支架40个", "a spare or accessory"),
    ],
)
def test_withheld_with_reason(line: str, reason: str) -> None:
    found = findings(LEAD + line, "scale", explain=True)
    assert [f.reasons_against for f in found] == [(reason,)]


def test_words_of_silent_sections_do_not_count() -> None:
    clause = "供应商须具备3台监控摄像机"
    assert stated(LEAD + clause, "scale", silent=("qualification", clause)) == []


@pytest.mark.parametrize(
    ("line", "stage", "comparator", "role"),
    [
        ("安装不少于50台摄像机", "tender", "at least", "required"),
        ("安装约50台摄像机", "award", "about", "purchased"),
        ("现有50台摄像机", "tender", None, "existing"),
        ("安装50台摄像机", "intention", None, "planned"),
        ("安装50台以上摄像机", "tender", "at least", "required"),
    ],
)
def test_comparator_and_role(line: str, stage: str, comparator: str | None, role: str) -> None:
    found = details(LEAD + line, stage=stage)
    assert (found["comparator"], found["role"]) == (comparator, role)


def test_main_items_without_a_capability_score_low() -> None:
    (finding,) = findings("东岭血站仓库项目\n拟采购4台智能升降机器人", "scale")
    assert finding.score < 0.5


def test_repeated_count_is_one_finding() -> None:
    assert stated(LEAD + "安装摄像机100路,每月巡检。摄像机100路三年费用另计", "scale") == ["100 路"]


@settings(max_examples=30, deadline=None)
@given(st.text(alphabet="0123456789一二十百万路台个套 |\n,。（）摄像机支持每cameras twof-.", max_size=120))
def test_spans_hold_on_any_text(text: str) -> None:
    for count in iter_counts(even(text)):
        assert 0 <= count.start < count.end <= len(text)
        assert count.start <= count.printed[0] <= count.printed[1]
    findings("视频监控" + text, "scale", explain=True)


def test_hostile_lines_end() -> None:
    assert stated("1" * 100_000 + "台", "scale") == []
    assert len(findings("摄像机1台," * 3_000, "scale")) == 1
    assert len(findings("camera " * 20_000, "scale")) == 0


@pytest.mark.parametrize(
    ("text", "number", "unit"),
    [
        ("Supply of forty-two fixed and PTZ cameras for Aldmere CCTV", 42, "cameras"),
        ("CCTV: twenty-four (24) dome cameras", 24, "cameras"),
        ("CCTV: 16 x PTZ cameras", 16, "cameras"),
        ("Facial recognition database of 45 million records", 45_000_000, "records"),
        ("Videovigilancia: veinticinco cámaras en Vallarena", 25, "cámaras"),
        ("Reconocimiento facial: base de 2 millones de rostros", 2_000_000, "rostros"),
        ("Vidéoprotection : soixante-quinze caméras", 75, "caméras"),
        ("Enrôlement biométrique : 1 250 kits d'enrôlement", 1250, "kits d'enrôlement"),
        ("Videoüberwachung: fünfundzwanzig Domkameras", 25, "Domkameras"),
        ("Kennzeichenerfassung: 35 Kennzeichenerfassungsgeräte", 35, "Kennzeichenerfassungsgeräte"),
        ("Видеонаблюдение: двадцати четырех видеокамер", 24, "видеокамер"),
        ("Распознавание лиц: база 1,5 млн эталонов", 1_500_000, "эталонов"),
        ("Распознавание лиц: база не менее 500 тыс. эталонов", 500_000, "эталонов"),
        ("Видеонаблюдение: не менее 1 200 обзорных и поворотных камер", 1200, "камер"),
        ("Videomonitoramento: trinta e duas câmeras", 32, "câmeras"),
        ("Videosorveglianza: ventotto telecamere", 28, "telecamere"),
    ],
)
def test_numbers_as_each_language_writes_them(text: str, number: int, unit: str) -> None:
    found = details(text)
    assert (found["number"], found["unit"]) == (number, unit)


@pytest.mark.parametrize(
    "text",
    [
        "CCTV: once cameras are installed the site is handed over",  # eleven in Spanish only
        "Videomonitoramento dos câmeras do centro",  # dos: of the, not two
        "CCTV: pictures of 1920 x 1080 cameras deliver",
        "CCTV: in 2024 cameras were installed",
        "Videoüberwachung: 35125300 Kameras",
    ],
)
def test_words_and_sizes_that_are_no_number_of_things(text: str) -> None:
    assert stated(text, "scale") == []


@pytest.mark.parametrize(
    ("line", "number", "unit", "thing"),
    [
        ("执法记录仪壹佰伍拾部", 150, "部", "执法记录仪"),
        ("虹膜采集仪 22（台）", 22, "台", "虹膜采集仪"),
        ("智能门禁锁3500把", 3500, "把", "智能门禁锁"),
        ("湖西县采购毛发检测试剂盒200人份", 200, "人份", "毛发检测试剂盒"),
        ("对讲门禁机20台", 20, "台", "对讲门禁机"),
    ],
)
def test_forms_of_chinese_counts(line: str, number: int, unit: str, thing: str) -> None:
    found = details(LEAD + line)
    assert (found["number"], found["unit"], found["object"]) == (number, unit, thing)


def test_a_rate_is_what_the_system_must_do() -> None:
    found = details(LEAD + "人脸比对能力不低于5000次/秒")
    assert (found["number"], found["unit"], found["role"], found["comparator"]) == (
        5000,
        "次/秒",
        "performance",
        "at least",
    )


@pytest.mark.parametrize(
    ("line", "values"),
    [
        ("摄像机30台更正为摄像机36台", ["36 台"]),
        ("监控平台软件1套,摄像机12台", ["12 台"]),
        ("步态识别比对模块1套", ["1 套"]),  # a module adds a capability: one is worth saying
        ("民警打开一张人脸图片即可", []),
        ("8.3节点存储", []),
        ("监控交换机12台", []),
    ],
)
def test_what_is_replaced_or_says_nothing_of_scale(line: str, values: list[str]) -> None:
    assert stated(LEAD + line, "scale") == values


def test_what_a_store_held_before_is_existing() -> None:
    found = findings(LEAD + "人像库由80万人扩至200万人", "scale")
    assert [(dict(f.details)["number"], dict(f.details)["role"]) for f in found] == [
        (800_000, "existing"),
        (2_000_000, "required"),
    ]


def test_a_bill_with_bars_has_any_order_and_units_of_its_own() -> None:
    text = (
        LEAD
        + "项次 | 品名 | 单位 | 数量\n一 | 密录器 | 具 | 310\n二 | 摄像机立杆 | 根 | 20\n三 | 查验门 | 樘 | 4\n四 | 摄像机线缆敷设 | 米 | 900"
    )
    assert stated(text, "scale") == ["310 具", "4 樘"]
