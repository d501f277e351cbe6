"""The known amount: which sum is taken, and why the others are not."""

import pytest

from sousveil.resolve import Part, stitch
from tests.resolve.purchases import award, contract, notice


def amount_of(*summaries):
    (purchase,) = stitch(summaries)
    return purchase.amount


def why(amount, notice_id):
    return next(reason for refused, _, reason in amount.refused if refused == notice_id)


def test_contract_over_award_over_budget():
    assert amount_of(notice("a")).rule == "budget"
    assert amount_of(notice("a"), award("b")).value == 2_900_000
    amount = amount_of(notice("a"), award("b"), contract("c", award=2_850_000.0))
    assert (amount.value, amount.rule, amount.notices) == (2_850_000, "contract", ("c",))
    assert why(amount, "b") == "a contract says what it came to"


def test_a_correction_wins():
    changed = award(
        "c",
        notice_type="correction",
        title="临江县公安局视频监控系统采购项目结果变更公告",
        award=2_700_000.0,
        date="2024-04-09",
    )
    amount = amount_of(notice("a"), award("b"), changed)
    assert amount.value == 2_700_000
    assert why(amount, "b") == "corrected by c"


def test_lots_are_added_once():
    lots = (
        Part("1", None, 1_000_000.0, ("甲公司",)),
        Part("2", None, 900_000.0, ("乙公司",)),
        Part("3", is_failed=True),
    )
    amount = amount_of(notice("a"), award("b", award=None, lots=lots))
    assert (amount.value, amount.rule) == (1_900_000, "lots")
    amount = amount_of(notice("a"), award("b", award=1_900_000.0, lots=lots))
    assert (amount.value, amount.rule) == (1_900_000, "award")


def test_a_lot_called_again_counts_once():
    one = award(
        "b", award=None, lots=(Part("1", None, 1_000_000.0, ("甲公司",)), Part("2", None, 900_000.0, ("乙公司",)))
    )
    again = award("c", award=None, attempt=2, date="2024-06-01", lots=(Part("2", None, 950_000.0, ("丙公司",)),))
    amount = amount_of(notice("a"), one, again)
    assert amount.value == 1_950_000
    assert "950000" in why(amount, "b")


def test_contracts_of_some_lots_and_awards_of_the_rest():
    lots = (Part("1", None, 1_000_000.0, ("甲公司",)), Part("2", None, 900_000.0, ("乙公司",)))
    signed = contract("c", award=990_000.0, suppliers=("甲公司",), title="临江县公安局视频监控系统采购项目1包合同公告")
    amount = amount_of(notice("a"), award("b", award=None, lots=lots, suppliers=("甲公司", "乙公司")), signed)
    assert (amount.value, amount.rule) == (1_890_000, "contract_and_lots")


def test_a_contract_amended_counts_once():
    one = contract("c", contract_number="HT-1", award=2_900_000.0)
    amended = contract("d", contract_number="HT-1", award=3_100_000.0, date="2024-09-01")
    assert amount_of(notice("a"), one, amended).value == 3_100_000


@pytest.mark.parametrize(("won", "taken", "refused"), [(290.0, 3_000_000, "b"), (29_000_000_000.0, 3_000_000, "b")])
def test_a_slip_of_ten_thousand_is_refused(won, taken, refused):
    amount = amount_of(notice("a"), award("b", award=won))
    assert (amount.value, amount.rule) == (taken, "budget")
    assert why(amount, refused).startswith("ten thousand times apart")


def test_a_budget_printed_in_ten_thousand_is_refused():
    amount = amount_of(notice("a", budget=300.0), award("b"))
    assert (amount.value, amount.rule) == (2_900_000, "award")
    assert why(amount, "a").startswith("ten thousand times apart")


def test_currencies_are_never_added():
    amount = amount_of(notice("a"), award("b", currency="USD", award=400_000.0), contract("c", award=2_880_000.0))
    assert (amount.value, amount.currency) == (2_880_000, "CNY")
    assert why(amount, "b") == "in USD, not in CNY"


def test_who_only_came_first_won_nothing_yet():
    ranked = award("b", has_candidates_only=True, title="临江县公安局视频监控系统采购项目中标候选人公示")
    amount = amount_of(notice("a"), ranked)
    assert amount.rule == "candidate"
    assert stitch([notice("a"), ranked])[0].suppliers == ()


def test_nothing_was_spent_where_nobody_won():
    end = notice(
        "b", notice_type="termination", title="临江县公安局视频监控系统采购项目废标公告", date="2024-03-30", budget=None
    )
    (purchase,) = stitch([notice("a"), end])
    assert purchase.status == "ended"
    assert purchase.amount is None
    assert purchase.refused == (("a", 3_000_000.0, "the purchase ended without a winner"),)
    assert purchase.missing == ()
