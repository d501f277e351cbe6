"""Titles taken apart."""

import pytest

from sousveil.resolve.titles import is_swap, read_title

BUYER = "临江县公安局"


@pytest.mark.parametrize(
    "printed",
    [
        "临江县公安局视频监控系统采购项目公开招标公告",
        "视频监控系统采购项目中标结果公告",
        "[临江县]临江县公安局视频监控系统采购项目(网)",
        "嘉诚招标代理有限公司关于临江县公安局视频监控系统采购项目（项目编号：JC2024-LJ-C017）的竞争性磋商公告",
        "临江县公安局视频监控系统项目（第三次）询比公告",
        "临江县公安局视频监控系统采购项目更正公告（二）",
        "江右省云岭市临江县公安局视频监控系统采购合同公告",
        "临江县公安局2024年2月政府采购意向-视频监控系统",
    ],
)
def test_one_purchase_has_one_core(printed):
    buyer = "江右省云岭市临江县公安局" if printed.startswith("江右") else BUYER
    assert read_title(printed, buyer).core == "视频监控系统"


@pytest.mark.parametrize(
    ("printed", "ordinals"),
    [
        ("2024年视频监控项目", {("year", "2024")}),
        ("2024-2026年视频监控项目", {("year", "2024"), ("year", "2025"), ("year", "2026")}),
        ("115年度數位鑑識設備採購案", {("year", "2026")}),
        ("雪亮工程（二期）建设项目", {("phase", "2")}),
        ("警用装备第三批采购", {("batch", "3")}),
        ("赛事活动项目（一）公开招标公告", {("part", "1")}),
        ("CCTV upgrade phase 2", {("phase", "2")}),
        ("视频监控质保期服务", set()),
        ("周期性巡检服务", set()),
    ],
)
def test_marks_that_part_purchases(printed, ordinals):
    assert read_title(printed).ordinals == ordinals


@pytest.mark.parametrize(
    ("printed", "lots", "attempt"),
    [
        ("视频监控项目（第一包：前端设备）成交公告", {"1"}, 1),
        ("视频监控项目2标段中标公告", {"2"}, 1),
        ("视频监控项目（二次）招标公告", set(), 2),
        ("视频监控项目重新招标公告", set(), 2),
        ("小区二次供水监控改造", set(), 1),
        ("视频监控项目第2次更正公告", set(), 1),
        ("Vidéoprotection urbaine - Lot 2", {"2"}, 1),
        ("Videovigilancia urbana (segunda convocatoria)", set(), 2),
    ],
)
def test_lots_and_calls(printed, lots, attempt):
    title = read_title(printed)
    assert (title.lots, title.attempt) == (lots, attempt)


def test_frameworks_and_what_is_called_off():
    assert read_title("执法记录仪框架协议征集公告").is_framework
    assert read_title("执法记录仪二次竞价公告").is_call_off
    assert not read_title("办公设备采购公告").is_framework


def test_a_word_for_another_is_no_longer_title():
    assert is_swap("城关派出所监控", "太平派出所监控")
    assert not is_swap("视频监控", "视频监控及门禁")
