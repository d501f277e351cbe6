"""Short summaries for the tests of stitching."""

from dataclasses import replace

from sousveil.resolve import Summary

CALL = Summary(
    "call",
    "tender",
    ("HYGP-2024-0151",),
    "临江县公安局视频监控系统采购项目公开招标公告",
    buyer="临江县公安局",
    date="2024-03-05",
    budget=3_000_000.0,
    currency="CNY",
    country="CN",
)
"""A tender of a county police; all names are invented."""


def notice(id_: str, **changes) -> Summary:
    return replace(CALL, id=id_, **changes)


def award(id_: str, **changes) -> Summary:
    values = {
        "notice_type": "award",
        "title": "临江县公安局视频监控系统采购项目中标公告",
        "date": "2024-04-02",
        "budget": None,
        "award": 2_900_000.0,
        "suppliers": ("恒安科技有限公司",),
    }
    return notice(id_, **(values | changes))


def contract(id_: str, **changes) -> Summary:
    values = {"notice_type": "contract", "title": "临江县公安局视频监控系统采购项目合同公告", "date": "2024-05-02"}
    return award(id_, **(values | changes))


def groups(purchases) -> set[frozenset[str]]:
    return {frozenset(purchase.notices) for purchase in purchases}
