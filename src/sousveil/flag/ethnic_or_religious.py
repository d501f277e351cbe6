"""An ethnic or religious group named as those looked for; never as the name of a place or school."""

from __future__ import annotations

from sousveil.flag.case import Case
from sousveil.flag.indicator import Indicator
from sousveil.flag.text_at_hand import answer, named, places, sentences, spoken
from sousveil.flag.words import Said, words_of
from sousveil.model import Flag

RULE = "ethnic_or_religious"


def check(case: Case) -> Flag:
    """Return whether the purchase names an ethnic or religious group as watched, or ethnicity as an attribute."""
    said = tuple(item for item in named(case, "ethnic", "religious") if not in_place_name(item))
    says = f"An ethnic or religious group is named in {places(sentences(said))}: {spoken(said)}."
    nothing = "The requirements at hand name no ethnic or religious group as a target."
    return answer(case, RULE, says, tuple(item.span for item in said), nothing, places=sentences(said))


def in_place_name(said: Said) -> bool:
    """Return whether the word belongs to the name of a place, school or office: 某某族自治县, 民族中学."""
    end = said.place + len(said.word)
    for name in words_of("place_name"):
        at = said.sentence.find(name)
        while at >= 0:
            if at < end and at + len(name) > said.place - 1:
                return True
            at = said.sentence.find(name, at + 1)
    return False


INDICATOR = Indicator(
    id=RULE,
    title="Ethnic or religious group named",
    subject="rights",
    question="Is an ethnic or religious group named as those looked for, or ethnicity as an attribute to be read?",
    formula=(
        "a word of kind ethnic or religious that is not part of a name of kind place_name (自治区, 民族中学), "
        "with the company the table asks for"
    ),
    ocds_paths=("tender/description", "tender/documents"),
    needs=("the requirements",),
    limits=(
        "Groups told by description (region, family name, dress) are missed unless the table has the words.",
        "A group may be named as served or protected: read the sentence.",
    ),
    check=check,
)
