"""Data of hospitals, schools and welfare that flow to the police."""

from __future__ import annotations

from collections.abc import Iterator

from sousveil.flag.case import Case, spans_of
from sousveil.flag.indicator import Indicator
from sousveil.flag.text_at_hand import answer, places
from sousveil.flag.words import heard, holds, plain
from sousveil.model import Field, Flag, Span

RULE = "flow_to_police"
_CIVIL = ("health", "education", "welfare")
"""Kinds of institutions whose data are not collected for the police (rows of ``data/organs.yml``)."""


def check(case: Case) -> Flag:
    """Return whether data flow to the police from a hospital, school or welfare body, or its systems are joined."""
    civil = _civil_buyer(case)
    spans = tuple(dict.fromkeys((*_links(case, is_civil=civil is not None), *_said(case, is_civil=civil is not None))))
    buyer = f" The buyer is {civil.span.quote}." if civil else ""
    says = f"Data of a health, school or welfare body go to the police in {places(len(spans))}.{buyer}"
    nothing = "The requirements at hand join no data of health, school or welfare with the police."
    quoted = (*spans[:4], *spans_of(civil)) if spans else ()
    return answer(case, RULE, says, quoted, nothing, places=len(spans))


def _civil_buyer(case: Case) -> Field | None:
    """Return the buyer as printed, if it is a hospital, school or the like."""
    stated = case.last("buyer")
    if stated is None:
        return None
    if case.buyer is not None and case.buyer.kind in _CIVIL:
        return stated[1]
    name = plain(str(stated[1].value))
    return stated[1] if holds(name, "civil_source") and not holds(name, "police") else None


def _links(case: Case, *, is_civil: bool) -> Iterator[Span]:
    """Yield links whose receiver is the police and whose source is civil, as the finder of links cut them."""
    for link in case.stated("link"):
        details = dict(link.details)
        receiver, source = plain(str(details.get("to") or "")), plain(str(details.get("from") or ""))
        quote = plain(link.span.quote)
        is_to_police = holds(receiver, "police") and not holds(receiver, "civil_source")
        if is_to_police and (holds(source, "civil_source") or holds(quote, "civil_source") or is_civil):
            yield link.span


def _said(case: Case, *, is_civil: bool) -> Iterator[Span]:
    """Yield sentences with a word for handing over, the police after it, and a civil source before it."""
    for said in heard(case).get("flow", ()):
        before, after = said.sentence[: said.place], said.sentence[said.place + len(said.word) :]
        if holds(after, "police") and (holds(before, "civil_source") or (is_civil and not holds(before, "police"))):
            yield said.span


INDICATOR = Indicator(
    id=RULE,
    title="Data flow to the police",
    subject="rights",
    question="Do data that a hospital, school or welfare body holds flow to the police?",
    formula=(
        "a link to the police (kind police) from a body of kind civil_source, or in a purchase of such a body; or a "
        "sentence with a word of kind flow, civil source before it and police after it"
    ),
    ocds_paths=("tender/description", "tender/documents", "buyer/name"),
    needs=("the requirements",),
    limits=(
        "Cameras at a school gate that call the police in an emergency are flagged like a transfer of pupils' records.",
        "A link required is not a link that works.",
    ),
    check=check,
)
