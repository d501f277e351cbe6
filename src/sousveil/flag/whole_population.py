"""Biometrics of everybody in a place, suspected or not."""

from __future__ import annotations

from sousveil.flag.case import Case
from sousveil.flag.indicator import Indicator
from sousveil.flag.text_at_hand import answer, named, places, sentences, spoken
from sousveil.model import Flag

RULE = "whole_population"


def check(case: Case) -> Flag:
    """Return whether a sentence of the purchase has biometrics of a whole population in it."""
    said = named(case, "whole_population")
    says = f"Biometrics of a whole population are named in {places(sentences(said))}: {spoken(said)}."
    nothing = "No sentence of the requirements at hand names a whole population beside a biometric trait."
    return answer(case, RULE, says, tuple(item.span for item in said), nothing, places=sentences(said))


INDICATOR = Indicator(
    id=RULE,
    title="Biometrics of a whole population",
    subject="rights",
    question="Are faces, fingerprints, DNA, irises or voices of everybody in a place to be collected or held?",
    formula="a word of kind whole_population (everybody) in one sentence with a word for a biometric trait",
    ocds_paths=("tender/description", "tender/documents"),
    needs=("the requirements",),
    limits=(
        "Numbers are not weighed: two million faces in a town of one million say the same without the words.",
        "A sentence may say that not everybody is meant; read it.",
    ),
    check=check,
)
