"""Children and young people as those watched."""

from __future__ import annotations

from sousveil.flag.case import Case, spans_of
from sousveil.flag.indicator import Indicator
from sousveil.flag.no_legal_basis import biometrics
from sousveil.flag.text_at_hand import answer, named, places, sentences, spoken
from sousveil.flag.words import holds, plain
from sousveil.model import Field, Flag

RULE = "minors"


def check(case: Case) -> Flag:
    """Return whether minors are named as watched, or biometrics are bought by or for a school for children."""
    said = named(case, "minors")
    traits = biometrics(case)
    school = _school(case) if traits else None
    spans = [item.span for item in said]
    parts = [f"minors are named in {places(sentences(said))} ({spoken(said)})"] if said else []
    if school:
        spans = [*spans_of(school, traits[0]), *spans]
        parts.append(f"a school ({school.span.quote}) is to have {traits[0].value}")
    sentence = " and ".join(parts)
    says = f"{sentence[:1].upper()}{sentence[1:]}."
    nothing = "The requirements at hand name no minors beside words for watching, and no school beside biometrics."
    return answer(case, RULE, says, spans, nothing, places=sentences(said), school=bool(school))


def _school(case: Case) -> Field | None:
    """Return the buyer or title that names a school for children."""
    for notice in case.notices:
        for field in (notice.buyer, notice.title):
            if field is not None and holds(f" {plain(str(field.value))} ", "school"):
                return field
    return None


INDICATOR = Indicator(
    id=RULE,
    title="Minors",
    subject="rights",
    question="Are children or young people watched, or their biometrics collected?",
    formula=(
        "a word of kind minors with the company the table asks for; or a biometric capability, and buyer or title of "
        "kind school"
    ),
    ocds_paths=("tender/description", "tender/documents", "buyer/name", "tender/title"),
    needs=("the requirements",),
    limits=(
        "Gates for the staff of a school look the same as gates for its pupils.",
        "Universities are not schools for children here.",
    ),
    check=check,
)
