"""The registry: one file and one place for each indicator, in a fixed order; every purchase gets every answer."""

from pathlib import Path

from sousveil import flag
from tests.flag.purchases import assert_quotes, case_of, market_of

ROOM = Path(flag.__file__).parent
PURCHASE = ("青石县公安局人脸识别系统采购项目公开招标公告\n采购人：青石县公安局\n预算金额：300万元\n",)


def test_every_file_with_an_indicator_is_in_the_registry_once():
    files = {path.stem for path in ROOM.glob("*.py") if "INDICATOR = Indicator(" in path.read_text(encoding="utf-8")}
    ids = [indicator.id for indicator in flag.INDICATORS]
    assert len(ids) == len(set(ids))
    assert set(ids) == files


def test_there_are_enough_of_both_subjects():
    subjects = [indicator.subject for indicator in flag.INDICATORS]
    assert subjects.count("procurement") >= 16
    assert subjects.count("rights") >= 8
    assert subjects == sorted(subjects)  # about the purchase first


def test_an_indicator_looks_at_one_purchase_or_at_many():
    assert all((indicator.check is None) != (indicator.compare is None) for indicator in flag.INDICATORS)


def test_all_indicators_of_one_purchase_answer_in_order():
    case = case_of(PURCHASE)
    found = flag.check_all(case)
    assert [item.rule for item in found] == [indicator.id for indicator in flag.INDICATORS if indicator.check]
    assert {item.procurement for item in found} == {"p1"}
    for item in found:
        assert_quotes(item, [case])


def test_all_indicators_of_a_market_answer_for_every_purchase():
    rows, cases = market_of([PURCHASE, PURCHASE])
    found = flag.check_market(rows, cases.__getitem__)
    rules = [indicator.id for indicator in flag.INDICATORS if indicator.compare]
    assert sorted((item.rule, item.procurement) for item in found) == sorted(
        (rule, row.procurement) for rule in rules for row in rows
    )


def test_a_case_without_notices_is_insufficient_or_does_not_apply_never_raised():
    found = flag.check_all(case_of(()))
    assert {item.state for item in found} <= {"clear", "insufficient"}
    assert {item.rule for item in found if item.state == "clear"} == {"late_change"}
