"""Collection that those concerned are not meant to notice."""

from __future__ import annotations

from sousveil.flag.case import Case
from sousveil.flag.indicator import Indicator
from sousveil.flag.text_at_hand import answer, named, places, sentences, spoken
from sousveil.model import Flag

RULE = "covert_collection"


def check(case: Case) -> Flag:
    """Return whether the purchase asks for collecting unnoticed."""
    said = named(case, "covert")
    says = f"Collection that is not to be noticed is asked for in {places(sentences(said))}: {spoken(said)}."
    nothing = "The requirements at hand ask for nothing hidden."
    return answer(case, RULE, says, tuple(item.span for item in said), nothing, places=sentences(said))


INDICATOR = Indicator(
    id=RULE,
    title="Covert collection",
    subject="rights",
    question="Are people to be recorded or their data collected without their noticing?",
    formula="a word of kind covert (隐蔽采集, 无感采集, covert camera), without words of concealed building works",
    ocds_paths=("tender/description", "tender/documents"),
    needs=("the requirements",),
    limits=(
        "Police may watch covertly under a warrant: the flag asks which law and whose order.",
        "无感 (without being felt) is also a word of advertisement for gates that open by themselves.",
    ),
    check=check,
)
