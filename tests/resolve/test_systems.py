"""Systems and flows, from invented notices that are really read."""

import random
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sousveil.data.end_words import body_words
from sousveil.data.places import place
from sousveil.model import COVER
from sousveil.resolve.stated import Stated
from sousveil.resolve.systems import resolve_systems
from tests.resolve.notices import stated_by, tender

SKYNET = tender("澧浦市公安局", "湖南省澧浦市公安局天网工程视频监控采购项目", "人脸识别摄像机200台。")
ALBANY = tender(
    "岷阳市公安局", "四川省岷阳市公安局人像大数据平台采购项目", "人脸识别。", "与四川省公安厅人像系统级联对接。"
)


def flows_of(text, **options):
    found = resolve_systems(stated_by(text, **options))
    return [(flow.source, flow.target) for flow in found.flows]


def titles(found):
    return {item.id: item.title for item in (*found.systems, *found.bodies)}


def test_a_programme_has_an_instance_for_each_place():
    other = tender("厦门市公安局", "福建省厦门市公安局天网工程运维项目", "视频监控运维。")
    found = resolve_systems([*stated_by(SKYNET), *stated_by(other, number=2)])
    systems = {system.id: system for system in found.systems}
    assert set(systems) == {"skynet", "skynet@澧浦市", "skynet@350200"}
    assert (systems["skynet@350200"].programme, systems["skynet@350200"].place) == ("skynet", "350200")
    assert systems["skynet@350200"].title == "Skynet (天网), 厦门市"
    assert (systems["skynet"].programme, systems["skynet"].place) == ("", "")


def test_two_notices_of_one_place_make_one_instance():
    text = tender("厦门市公安局", "福建省厦门市公安局天网工程二期项目", "视频监控。")
    found = resolve_systems([*stated_by(text), *stated_by(text, number=2)])
    (system,) = [item for item in found.systems if item.id == "skynet@350200"]
    assert len(system.findings) >= 2


def test_the_owner_is_the_institution_that_buys_it_as_its_own():
    found = resolve_systems(stated_by(SKYNET, institution="CN-USCC-1"))
    assert {system.owner for system in found.systems if system.id == "skynet@澧浦市"} == {"CN-USCC-1"}


def test_two_owners_with_equal_right_are_none():
    both = [*stated_by(SKYNET, institution="CN-USCC-1"), *stated_by(SKYNET, number=2, institution="CN-USCC-2")]
    found = resolve_systems(both)
    assert {system.owner for system in found.systems if system.id == "skynet@澧浦市"} == {""}


def test_a_platform_that_only_the_notice_names_is_kept_by_its_full_name():
    found = resolve_systems(stated_by(ALBANY))
    names = titles(found)
    (flow,) = found.flows
    assert flow.is_mutual
    assert {names[flow.source], names[flow.target]} == {"岷阳市公安局人像大数据平台", "四川省公安厅人像系统"}
    assert {system.place for system in found.systems if system.title == "四川省公安厅人像系统"} == {"510000"}


def test_the_same_platform_named_by_two_buyers_is_one():
    lines = ("视频监控。", "数据统一上传省厅情报平台。")
    first = stated_by(tender("澧浦市公安局", "湖南省澧浦市公安局视频监控项目", *lines))
    second = stated_by(tender("安溆市公安局", "湖南省安溆市公安局视频监控项目", *lines), number=2)
    found = resolve_systems([*first, *second])
    assert {flow.target for flow in found.flows} == {"smart_policing@430000"}
    assert {flow.source for flow in found.flows} == {"police@澧浦市", "police@安溆市"}


@pytest.mark.parametrize(
    ("buyer", "title", "line", "flow"),
    [
        ("厦门市公安局", "福建省厦门市公安局视频监控项目", "视频推送至省公安厅。", ("police@350200", "police@350000")),
        (
            "云岭县公安局",
            "贵州省云岭县公安局DNA检验采购项目",
            "Y-STR检验数据上传全国公安机关DNA数据库。",
            ("police@云岭县", "dna_database@CN"),
        ),
        (
            "洧阳市公安局",
            "河南省洧阳市公安局车牌识别卡口项目",
            "过车数据实时上传省公安厅机动车缉查布控系统。",
            ("police@洧阳市", "vehicle_control@410000"),
        ),
        (
            "湘邵县教育局",
            "湖南省湘邵县教育局校园人脸识别项目",
            "校园视频接入县公安局雪亮平台。",
            ("education@湘邵县", "sharp_eyes@湘邵县"),
        ),
        (
            "安溆市公安局",
            "湖南省安溆市公安局情指行一体化平台采购项目",
            "汇聚三大运营商手机信令数据。",
            ("telecom@安溆市", "intelligence_command@安溆市"),
        ),
        (
            "桂漓市公安局",
            "广西桂漓市公安局人脸识别项目",
            "数据由物业系统向市公安局单向推送。",
            ("businesses@桂漓市", "police@桂漓市"),
        ),
    ],
)
def test_direction(buyer, title, line, flow):
    found = flows_of(tender(buyer, title, "人脸识别、视频监控。", line))
    kinds = [(source.split("@")[0], target) for source, target in found]
    assert flow in found or (flow[0].startswith("businesses") and kinds == [(found[0][0], flow[1])]), found


def test_a_list_of_givers_makes_a_flow_for_each():
    text = tender(
        "祁河县公安局", "河北省祁河县公安局一人一档管理平台采购项目", "人脸识别。", "汇聚县卫健委、民政局、教育局数据。"
    )
    assert {source for source, _ in flows_of(text)} == {"health@祁河县", "civil_affairs@祁河县", "education@祁河县"}


def test_what_is_given_and_the_words_are_told():
    text = tender("厦门市公安局", "福建省厦门市公安局人脸识别项目", "人脸识别。", "人脸抓拍数据推送至省公安厅。")
    (flow,) = resolve_systems(stated_by(text)).flows
    assert flow.data == ("face_images",)
    assert flow.words[0].startswith("推送")
    assert flow.is_source_stated
    assert not flow.is_mutual


def test_a_source_that_no_words_name_is_marked():
    text = tender("厦门市公安局", "福建省厦门市公安局人脸识别项目", "人脸识别。", "接入省公安厅。")
    flows = resolve_systems(stated_by(text)).flows
    assert [flow.is_source_stated for flow in flows] == [False]


@pytest.mark.parametrize("line", ["不得接入省公安厅。", "暂不推送至省公安厅。", "视频未接入省公安厅。"])
def test_what_is_denied_is_no_flow(line):
    found = resolve_systems(stated_by(tender("厦门市公安局", "福建省厦门市公安局人脸识别项目", "人脸识别。", line)))
    assert found.flows == ()


@pytest.mark.parametrize(
    "target", ["辖区群众", "值班民警", "█████", "各部门", "上级平台", "网格员手机端", "第三方系统", "学生家长"]
)
def test_people_and_vague_words_are_no_end(target):
    link = Stated(
        "f", "link", quote="视频推送至", source="视频", target=target, form="to", buyer="厦门市公安局", place="350200"
    )
    found = resolve_systems([link])
    assert (found.flows, found.bodies, found.unresolved) == ((), (), ("f",))


def test_records_of_people_are_what_is_given():
    link = Stated(
        "f", "link", quote="人员信息推送至省公安厅", source="人员信息", target="省公安厅", form="to",
        buyer="厦门市公安局", place="350200",
    )  # fmt: skip
    assert [flow.source for flow in resolve_systems([link]).flows] == ["police@350200"]


def test_an_institution_that_is_known_is_an_end():
    link = Stated(
        "f", "link", quote="视频推送至澧浦市公安局", source="视频", target="澧浦市公安局", form="to",
        buyer="澧浦市教育局", place="430000", institution="i-school",
    )  # fmt: skip
    found = resolve_systems([link], {"澧浦市公安局": "i-police"})
    assert [(flow.source, flow.target) for flow in found.flows] == [("i-school", "i-police")]


@pytest.mark.parametrize(
    ("text", "target"),
    [
        (
            (
                "Tender: CCTV\nBuyer: Ayuntamiento de Valdehonda (Almería), Spain\nCCTV system\n"
                "Las imágenes de videovigilancia se transmitirán en directo a la Sala de la Policía Local"
            ),
            "police",
        ),
        (
            (
                "Contract notice\nBuyer: Calderfell Police, United Kingdom\nTitle: ANPR cameras\n"
                "The Force seeks ANPR cameras, and to feed reads to the national ANPR service.\n"
            ),
            "anpr_national",
        ),
    ],
)
def test_abroad(text, target):
    assert any(found[1].startswith(target) for found in flows_of(text)), flows_of(text)


def everything():
    texts = [SKYNET, ALBANY]
    texts += [
        tender("厦门市公安局", "福建省厦门市公安局天网工程", "人脸识别。", line)
        for line in ("推送至省厅平台。", "接入公安视频专网。")
    ]
    return [item for number, text in enumerate(texts, 1) for item in stated_by(text, number=number)]


ALL = everything()


@settings(max_examples=25, deadline=None)
@given(st.randoms(use_true_random=False), st.integers(0, 3))
def test_order_and_repetition_change_nothing(order: random.Random, times: int):
    items = ALL * (times + 1)
    order.shuffle(items)
    assert resolve_systems(items) == resolve_systems(ALL)


WORDS = [word for part in ("kind", "level", "store", "own", "person", "vague") for word, _ in body_words(part)]


@settings(max_examples=150, deadline=None)
@given(
    st.lists(st.sampled_from([*WORDS, "厦门市", "岷阳市", COVER, "、", "x"]), max_size=4).map("".join),
    st.lists(st.sampled_from([*WORDS, "福建省", "澧浦市", COVER, "、", "y"]), max_size=4).map("".join),
    st.sampled_from(["to", "from", "with"]),
    st.sampled_from(["350200", "", "CN", "ES"]),
)
def test_every_end_is_something_that_is_listed_and_nothing_is_lost(source, target, form, code):
    link = Stated(
        "f", "link", quote=source + target, source=source, target=target, form=form, buyer="厦门市公安局", place=code
    )
    found = resolve_systems([link])
    known = {item.id for item in (*found.systems, *found.bodies)}
    for flow in found.flows:
        assert {flow.source, flow.target} <= known
        assert flow.source != flow.target
        assert flow.findings == ("f",)
    assert bool(found.flows) is not bool(found.unresolved)
    for item in (*found.systems, *found.bodies):
        assert not item.place or place(item.place) is not None
        assert COVER not in item.title
        assert all(COVER not in name for name in item.names)


def test_masked_words_never_name_a_system():
    link = Stated(
        "f",
        "link",
        quote="q",
        source="视频",
        target=f"市公安局{COVER * 3}平台",
        form="to",
        buyer="厦门市公安局",
        place="350200",
    )
    assert resolve_systems([link]).systems == ()
    assert resolve_systems([replace(link, target="市公安局情报平台", source=COVER)]).flows == ()
