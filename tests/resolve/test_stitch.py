"""Stitching: which notices are one purchase, whatever their order and whatever else is there."""

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sousveil.resolve import connected, keys_of, stitch
from tests.resolve.labelled import CASES, SUMMARIES
from tests.resolve.purchases import award, contract, groups, notice

RENEWED = "临江县公安局2025年视频监控系统采购项目公开招标公告"


def test_stages_with_one_number_are_one_purchase():
    (purchase,) = stitch([contract("c"), award("b"), notice("a")])
    assert purchase.notices == ("a", "b", "c")
    assert purchase.status == "contracted"
    assert purchase.missing == ()
    assert {item.kind for item in purchase.stitches} == {"stage"}
    assert len(purchase.stitches) == 2


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"title": RENEWED, "numbers": ("HYGP-2025-0148",), "date": "2025-03-06"}, "a renewal"),
        ({"title": "临江县公安局视频监控系统（二期）采购项目公开招标公告", "numbers": ()}, "another phase"),
        ({"buyer": "永和县公安局", "title": "视频监控系统采购项目公开招标公告", "numbers": ()}, "another county"),
        ({"numbers": ("HYGP-2024-0152",)}, "the next number of a series"),
        ({"title": "临江县公安局执法记录仪采购项目公开招标公告", "numbers": ()}, "another thing"),
        ({"country": "TW"}, "another country"),
    ],
)
def test_what_only_looks_alike_stays_apart(changes, why):
    assert len(stitch([notice("a"), notice("b", **changes)])) == 2, why


@pytest.mark.parametrize(
    "number",
    [
        "ＨＹＧＰ－２０２４－０１５１",
        "HYGP〔2024〕0151号",
        "HYGP20240151",
        "项目编号：HYGP-2024-0151",
        "HYGP-2024-0151（第二次）",
    ],
)
def test_a_number_is_known_in_any_spelling(number):
    assert len(stitch([notice("a"), award("b", numbers=(number,), title="中标公告", buyer="")])) == 1


def test_a_short_number_needs_its_buyer():
    one = notice("a", numbers=("2024-01",))
    assert len(stitch([one, award("b", numbers=("2024-01",))])) == 1
    assert len(stitch([one, award("b", numbers=("2024-01",), buyer="永和县公安局", title="视频监控系统中标公告")])) == 2


def test_a_second_call_is_another_attempt():
    ended = notice(
        "b", notice_type="termination", title="临江县公安局视频监控系统采购项目废标公告", date="2024-03-28", budget=None
    )
    again = notice(
        "c",
        title="临江县公安局视频监控系统采购项目（第二次）公开招标公告",
        numbers=("HYGP-2024-0188",),
        date="2024-04-10",
    )
    (purchase,) = stitch([notice("a"), ended, again])
    assert purchase.attempts == 2
    assert "attempt" in {item.kind for item in purchase.stitches}
    assert purchase.status == "tendered"


def test_a_copy_is_a_sighting():
    (purchase,) = stitch(
        [award("a", file="1"), award("b", file="2", source="province", date="2024-04-03"), contract("c")]
    )
    (copy,) = [item for item in purchase.stitches if item.kind == "copy"] or [None]
    assert copy is None, "another day and no text: not known to be the same"
    (purchase,) = stitch([award("a", file="1"), award("b", file="2", source="province")])
    assert [(item.notice, item.other) for item in purchase.stitches if item.kind == "copy"] == [("b", "a")]
    assert purchase.amount.notices == ("a",)


def test_withheld_buyers_are_nobody():
    one = notice("a", buyer="某部", title="视频监控系统采购公告", numbers=())
    assert (
        len(stitch([one, notice("b", buyer="某部", title="视频监控系统采购公告", numbers=(), date="2024-03-30")])) == 2
    )


def test_a_call_off_is_a_purchase_of_its_own():
    frame = notice(
        "f",
        title="执法记录仪框架协议征集公告",
        numbers=("JDKJ-2023-0008",),
        buyer="江东省政府采购中心",
        date="2023-03-01",
    )
    called = contract(
        "c", title="执法记录仪框架协议采购合同", numbers=("JDKJ-2023-0008",), contract_number="QH-7", date="2023-07-03"
    )
    purchases = {purchase.notices: purchase for purchase in stitch([frame, called])}
    assert purchases["f",].is_framework
    assert purchases["f",].amount is None
    assert purchases["f",].refused[0][2].startswith("ceiling of a framework")
    assert purchases["c",].framework == purchases["f",].id
    assert purchases["c",].amount.value == 2_900_000.0


def test_people_may_part_and_join():
    apart = frozenset([("b", "a")])
    assert groups(stitch([notice("a"), award("b"), contract("c")], apart=apart)) in (
        {frozenset("a"), frozenset("bc")},
        {frozenset("ac"), frozenset("b")},
    )
    other = notice("x", title="执法记录仪采购公告", numbers=("ZZZZ-2020-7777",))
    (purchase,) = stitch([notice("a"), other], together=frozenset([("x", "a")]))
    assert [(item.kind, item.score) for item in purchase.stitches] == [("judgement", 1.0)]
    assert len(stitch([notice("a"), other], together=frozenset([("a", "x")]), apart=frozenset([("x", "a")]))) == 2


def test_the_id_stays_when_notices_come():
    (alone,) = stitch([notice("a")])
    (whole,) = stitch(
        [notice("a"), award("b"), contract("c"), notice("0", notice_type="intention", numbers=(), date="2024-01-01")]
    )
    assert whole.id == alone.id
    assert whole.notices[0] == "0"


def test_two_purchases_never_share_an_id():
    first = notice("a", numbers=(), date="2022-03-01")
    second = notice("b", numbers=(), date="2024-03-01")
    assert len({purchase.id for purchase in stitch([first, second])}) == 2


def test_two_nameless_purchases_never_share_an_id():
    nameless = {"numbers": (), "buyer": "", "title": "监控采购"}
    assert (
        len({purchase.id for purchase in stitch([notice("a", **nameless), notice("b", **nameless, date="2019-01-01")])})
        == 2
    )


def test_a_block_of_one_key_costs_no_square():
    many = [
        notice(f"n{n:04d}", numbers=(f"HYGP-2024-{n + 1000}",), date=f"20{10 + n % 14}-0{1 + n % 9}-11")
        for n in range(600)
    ]
    assert len(stitch(many)) > 500


ALL = groups(stitch(SUMMARIES))


@settings(max_examples=5, deadline=None)
@given(st.integers(0, 10**6))
def test_order_is_of_no_weight(seed):
    shuffled = list(SUMMARIES)
    random.Random(seed).shuffle(shuffled)
    assert groups(stitch(shuffled)) == ALL
    assert stitch(shuffled) == stitch(SUMMARIES)


def test_each_connected_set_is_stitched_by_itself():
    by_id = {summary.id: summary for summary in SUMMARIES}
    sets = connected({summary.id: keys_of(summary) for summary in SUMMARIES})
    assert len(sets) > 40
    parts = [purchase for notices in sets for purchase in stitch(by_id[notice] for notice in notices)]
    assert sorted(parts, key=lambda purchase: purchase.id) == list(stitch(SUMMARIES))


def test_every_notice_is_in_one_purchase_with_its_reasons():
    purchases = stitch(SUMMARIES)
    found = [notice for purchase in purchases for notice in purchase.notices]
    assert sorted(found) == sorted(summary.id for summary in SUMMARIES)
    for purchase in purchases:
        told = {item.notice for item in purchase.stitches} | {item.other for item in purchase.stitches}
        assert len(purchase.notices) == 1 or told == set(purchase.notices)
        assert all(item.reasons and 0.5 < item.score <= 1 for item in purchase.stitches)


def test_stitching_again_changes_nothing():
    by_id = {summary.id: summary for summary in SUMMARIES}
    for purchase in stitch(SUMMARIES)[:40]:
        again = stitch(by_id[notice] for notice in purchase.notices)
        assert [item.notices for item in again] == [purchase.notices]


def test_notices_of_one_purchase_share_a_key_with_another_of_it():
    keys = {summary.id: set(keys_of(summary)) for summary in SUMMARIES}
    alone = []
    for case in CASES:
        others = [other.id for other in CASES if other.purchase == case.purchase and other.id != case.id]
        if others and not any(keys[case.id] & keys[other] for other in others):
            alone.append(case.id)
    assert alone == []
