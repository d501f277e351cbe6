"""People scored, ranked or predicted."""

from __future__ import annotations

from sousveil.flag.case import Case
from sousveil.flag.indicator import Indicator
from sousveil.flag.text_at_hand import answer, named, places, sentences, spoken
from sousveil.model import Flag

RULE = "person_scoring"


def check(case: Case) -> Flag:
    """Return whether people are to be scored, ranked by risk, or their conduct predicted."""
    said = named(case, "scoring")
    says = f"People are scored or their conduct is predicted in {places(sentences(said))}: {spoken(said)}."
    nothing = "The requirements at hand ask for no score of people and no prediction about them."
    return answer(case, RULE, says, tuple(item.span for item in said), nothing, places=sentences(said))


INDICATOR = Indicator(
    id=RULE,
    title="Scoring or prediction of people",
    subject="rights",
    question="Are people to be scored, ranked by risk, or their conduct predicted?",
    formula="a word of kind scoring in one sentence with a word for people",
    ocds_paths=("tender/description", "tender/documents"),
    needs=("the requirements",),
    limits=("Scores of risks of fire, flood or suppliers are argued away by words; some slip through.",),
    check=check,
)
