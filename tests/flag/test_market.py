"""Comparisons of many purchases: edges of windows and thresholds, boilerplate, and what a long list costs."""

import pytest

from sousveil import flag
from sousveil.flag import MarketRow
from sousveil.model import Span

SPAN = Span("0" * 64, 1, 0, 1, "x")


def row(number, **changes):
    given = {
        "procurement": f"p{number:05}",
        "buyer": "b1",
        "suppliers": ("s1",),
        "supplier_names": ("甲乙丙科技有限公司",),
        "amount": 1_000_000.0,
        "currency": "CNY",
        "method": "limited",
        "day": "2026-03-01",
        "country": "CN",
        "capabilities": ("face_recognition",),
        "spans": (SPAN,),
    }
    return MarketRow(**{**given, **changes})


def states(rows, rule):
    return {item.procurement: item.state for item in flag.check_market(rows) if item.rule == rule}


@pytest.mark.parametrize(
    ("changes", "state"),
    [
        ({}, "raised"),
        ({"day": "2026-04-30"}, "raised"),  # 60 days after
        ({"day": "2026-05-01"}, "clear"),  # 61
        ({"amount": 999_999.0}, "clear"),  # together one yuan under the threshold
        ({"amount": 2_000_000.0}, "clear"),  # by itself at the threshold
        ({"buyer": "b2"}, "clear"),
        ({"capabilities": ("dna",)}, "clear"),
        ({"currency": "USD"}, "clear"),
        ({"method": "open"}, "clear"),
        ({"is_free": True}, "clear"),
        ({"country": "PE"}, "insufficient"),
        ({"day": "2026"}, "insufficient"),
        ({"amount": None}, "insufficient"),
        ({"capabilities": ()}, "insufficient"),
    ],
)
def test_a_purchase_is_split_only_with_its_like(changes, state):
    assert states([row(1), row(2, **changes)], "split_purchase")["p00002"] == state


def test_every_member_of_a_split_is_flagged_once():
    rows = [row(number, amount=700_000.0, day=f"2026-03-{number:02}") for number in range(1, 7)]
    found = [item for item in flag.check_market(rows) if item.rule == "split_purchase"]
    assert [item.state for item in found] == ["raised"] * 6


def test_a_share_needs_five_purchases_and_half():
    mixed = [row(number, suppliers=(f"t{number}",)) for number in range(3)]
    mine = [row(number) for number in range(10, 12)]
    assert set(states([*mixed[:2], *mine], "repeated_winner").values()) == {"insufficient"}
    five = states([*mixed, *mine], "repeated_winner")
    assert five["p00010"] == "clear"  # two of five
    six = states([*mixed, *mine, row(12)], "repeated_winner")
    assert six["p00010"] == "raised"  # three of six
    assert six["p00000"] == "clear"


def test_the_share_of_single_sources_flags_the_single_sources():
    rows = [row(number, method="direct" if number < 3 else "open") for number in range(6)]
    found = states(rows, "single_source_share")
    assert [found[item.procurement] for item in rows] == ["raised"] * 3 + ["clear"] * 3


def test_sentences_of_many_buyers_are_boilerplate():
    prints = tuple(range(8))
    few = [row(number, buyer=f"b{number}", prints=prints) for number in range(3)]
    many = [row(number, buyer=f"b{number}", prints=prints) for number in range(12)]
    assert set(states(few, "identical_text").values()) == {"raised"}
    assert set(states(many, "identical_text").values()) == {"clear"}


def test_six_common_sentences_of_many_are_too_small_a_share():
    long = tuple(range(100, 164))
    rows = [row(1, prints=long), row(2, buyer="b2", prints=tuple(sorted((*long[:6], *range(30)))))]
    assert set(states(rows, "identical_text").values()) == {"clear"}  # 6 of 36


def test_order_of_rows_does_not_matter():
    rows = [row(number, day=f"2026-03-{number:02}", amount=700_000.0) for number in range(1, 9)]
    assert flag.check_market(rows) == flag.check_market(reversed(rows))


def test_a_supplier_that_cannot_be_told_is_insufficient():
    rows = [row(number, suppliers=(), supplier_names=()) for number in range(6)]
    assert set(states(rows, "repeated_winner").values()) == {"insufficient"}
