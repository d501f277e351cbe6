"""Emotion, ethnicity, sex or age read from faces and bodies."""

from __future__ import annotations

from sousveil.flag.case import Case
from sousveil.flag.ethnic_or_religious import in_place_name
from sousveil.flag.indicator import Indicator
from sousveil.flag.text_at_hand import answer, named, places, sentences, spoken
from sousveil.model import Flag

RULE = "attribute_recognition"


def check(case: Case) -> Flag:
    """Return whether feelings or attributes of people are to be read from their faces or bodies."""
    emotion = named(case, "emotion")
    said = (*emotion, *(item for item in named(case, "attribute") if not in_place_name(item)))
    says = (
        f"Emotions or attributes are read from faces or bodies in {places(sentences(said))}: {spoken(said)}"
        f"{' (emotions in ' + str(sentences(emotion)) + ')' if emotion else ''}."
    )
    nothing = "The requirements at hand ask for no emotions or attributes."
    return answer(
        case,
        RULE,
        says,
        tuple(item.span for item in said),
        nothing,
        places=sentences(said),
        emotions=sentences(emotion),
    )


INDICATOR = Indicator(
    id=RULE,
    title="Emotion or attribute recognition",
    subject="rights",
    question="Are emotions, ethnicity, sex or age to be read from faces or bodies?",
    formula="a word of kind emotion, or of kind attribute with the company the table asks for",
    ocds_paths=("tender/description", "tender/documents"),
    needs=("the requirements",),
    limits=(
        "Sex and age are listed by nearly every video analysis sold: the flag is common, weak without emotion.",
        "Lie detectors of police are counted as emotion recognition.",
    ),
    check=check,
)
