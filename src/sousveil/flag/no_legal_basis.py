"""Biometrics bought without a word on the law that allows it."""

from __future__ import annotations

from sousveil.flag.case import Case, spans_of
from sousveil.flag.indicator import Indicator, clear, insufficient, raised
from sousveil.flag.text_at_hand import has_requirements, requirement_length
from sousveil.model import Finding, Flag

RULE = "no_legal_basis"
BIOMETRIC = (
    "face_recognition",
    "gait_recognition",
    "biometric_attribute_analysis",
    "fingerprint_palm",
    "iris",
    "voiceprint",
    "dna",
    "biometrics_generic",
)
"""Leaves of ``data/capabilities.yml`` that read a body."""
LEAST = 1_000
"""Characters of requirements that could hold a citation: a short notice cites nothing and hides nothing."""
_STANDARDS = ("video_standard_cn", "classified_protection_cn")
"""Rows of ``data/laws.yml`` that are technical standards: they say how, not by what right."""


def check(case: Case) -> Flag:
    """Return whether a purchase of biometrics cites no law, order or regulation but those of procurement."""
    traits = biometrics(case)
    length = requirement_length(case)
    if not traits and has_requirements(case):
        return clear(case, RULE, "Does not apply: no biometric capability was found in this purchase.")
    laws = tuple(law for law in case.stated("legal") if law.value not in _STANDARDS)
    if laws:
        says = f"{len(laws)} laws or orders are cited; the first is {laws[0].span.quote}."
        return clear(case, RULE, says, spans_of(*laws), laws=len(laws))
    if length < LEAST:
        return insufficient(case, RULE, "the requirements")
    kinds = ", ".join(dict.fromkeys(trait.value for trait in traits))
    says = f"{kinds} is bought, and {length:,} characters of requirements cite no law but that of procurement."
    return raised(case, RULE, says, spans_of(*traits), characters_read=length, capabilities=kinds)


def biometrics(case: Case) -> tuple[Finding, ...]:
    """Return the stated capabilities that read a body."""
    return case.stated("capability", *BIOMETRIC)


INDICATOR = Indicator(
    id=RULE,
    title="Biometrics without a cited legal basis",
    subject="rights",
    question="Are biometrics bought without naming the law that allows it?",
    formula=(
        "a biometric capability, at least 1,000 characters of requirements, and no finding of kind legal but technical "
        "standards (laws of procurement are withheld by the finder)"
    ),
    ocds_paths=("tender/description", "tender/documents", "planning/rationale"),
    needs=("the requirements",),
    limits=(
        "A buyer need not cite its legal basis in a tender: silence is a question to ask, not an unlawful purchase.",
        "Laws that the finder's table lacks, or that stand in another file, are not seen.",
    ),
    check=check,
)
