"""Pairs worth a look: what is proposed, with which reasons, and what is not proposed again."""

import pytest

from sousveil.model import Judgement, Named
from sousveil.resolve import Judgements, Mention, find_pairs, resolve


def pairs(*names, role="supplier", judgements=(), **place):
    mentions = [Mention(str(number), role, name, **place) for number, name in enumerate(names)]
    kept = Judgements(judgements)
    return find_pairs(resolve(mentions, kept), kept)


@pytest.mark.parametrize(
    ("names", "role", "reason"),
    [
        (("岷阳锐视科技有限公司", "岷阳锐视科技股份有限公司"), "supplier", "another legal form: jsc and ltd"),
        (("岷阳锐视智能科技有限公司", "岷阳锐规智能科技有限公司"), "supplier", "the names differ in one character"),
        (("杭州锐视科技有限公司", "锐视科技有限公司"), "supplier", "the same proper name, one without a place"),
        (("岷阳市质量技术监督局", "岷阳市市场监督管理局"), "buyer", "another body before, a part of the later one"),
    ],
)
def test_what_may_be_one_is_proposed(names, role, reason):
    (pair,) = pairs(*names, role=role)
    assert reason in pair.reasons
    assert set(pair.names) == set(names)


def test_numbers_and_directions_are_no_slip():
    (pair,) = pairs("岷阳第一建筑工程有限公司", "岷阳第二建筑工程有限公司")
    assert pair.score == 0.1


def test_a_part_and_its_whole_are_no_pair():
    assert pairs("岷阳锐视科技有限公司", "岷阳锐视科技有限公司大河分公司") == ()


def test_what_was_judged_is_not_proposed_again():
    names = ("岷阳锐视科技有限公司", "岷阳锐视科技股份有限公司")
    split = Judgement(1, "split", Named(names[0]), Named(names[1]))
    assert pairs(*names, judgements=(split,)) == ()


def test_a_number_beside_the_wrong_body_is_a_doubt():
    code = "CN-USCC:11330106002482123C"
    mentions = [
        Mention("a", "buyer", "岷阳市公安局", code),
        Mention("b", "buyer", "岷阳市公安局", code),
        Mention("c", "buyer", "岷阳市司法局", code),
    ]
    (pair,) = find_pairs(resolve(mentions))
    assert f"{code} is the number of 岷阳市公安局" in pair.reasons
