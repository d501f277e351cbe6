"""People watched for what they say, ask or stand up for."""

from __future__ import annotations

from sousveil.flag.case import Case
from sousveil.flag.indicator import Indicator
from sousveil.flag.text_at_hand import answer, named, places, sentences, spoken
from sousveil.model import Flag

RULE = "protected_conduct"


def check(case: Case) -> Flag:
    """Return whether petitioners, protesters, journalists or defenders of rights are named as watched."""
    said = named(case, "conduct")
    says = f"People are named for conduct that rights protect in {places(sentences(said))}: {spoken(said)}."
    nothing = "The requirements at hand name nobody for petition, protest, press or defence of rights."
    return answer(case, RULE, says, tuple(item.span for item in said), nothing, places=sentences(said))


INDICATOR = Indicator(
    id=RULE,
    title="Protected conduct",
    subject="rights",
    question="Are people named as targets because they petition, protest, report or defend rights?",
    formula="a word of kind conduct, with the company the table asks for, in a purchase that buys surveillance",
    ocds_paths=("tender/description", "tender/documents"),
    needs=("the requirements",),
    limits=(
        "Petition offices (信访局) buy much for their own work: a hall with cameras for visitors is not a watchlist.",
    ),
    check=check,
)
