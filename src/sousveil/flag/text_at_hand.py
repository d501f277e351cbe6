"""Whether the requirements of a purchase are at hand, and the answer of an indicator that looks for words in them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sousveil.flag.case import AWARDS, Case
from sousveil.flag.indicator import clear, insufficient, raised
from sousveil.flag.words import Said, heard, is_denied, speaking_length
from sousveil.model import Flag, Scalar, Span

LEAST = 300
"""Characters about what is bought that are a statement of requirements; a call that only points to an attachment has
fewer (median of notices that name no device: about 150)."""
_NOT_CALLS = (*AWARDS, "termination", "other")


def requirement_length(case: Case) -> int:
    """Return how many characters of the calls at hand speak of what is bought."""
    calls = [
        notice for notice in case.notices if notice.notice_type is None or notice.notice_type.value not in _NOT_CALLS
    ]
    return speaking_length(case, calls)


def has_requirements(case: Case) -> bool:
    """Return whether enough text of the requirements is at hand to say that something does not stand in it."""
    return requirement_length(case) >= LEAST


def answer(case: Case, rule: str, says: str, spans: Sequence[Span], nothing: str, **inputs: Scalar) -> Flag:
    """Return the flag of an indicator that looks for statements in the requirements.

    Raised with ``says`` where there are quotations and the purchase buys surveillance at all; else clear with
    ``nothing`` where the requirements were at hand, else insufficient.
    """
    is_surveillance = bool(case.stated("capability"))
    if spans and is_surveillance:
        return raised(case, rule, says, spans, **inputs)
    if not has_requirements(case):
        return insufficient(case, rule, "the requirements")
    if not is_surveillance:
        nothing = "Does not apply: no capability of surveillance was found in this purchase."
    return clear(case, rule, nothing, characters_read=requirement_length(case))


def named(case: Case, *kinds: str) -> tuple[Said, ...]:
    """Return what is said of some kinds and not denied in the same breath (不含情绪分析, no emotion analysis)."""
    return tuple(said for kind in kinds for said in heard(case).get(kind, ()) if not is_denied(said))


def spoken(items: Iterable[Said]) -> str:
    """Return the words of some sayings for a sentence: each once, in order, at most five."""
    words = list(dict.fromkeys(" ".join(item.word.split()) for item in items))
    shown = ", ".join(words[:5])
    return f"{shown} and {len(words) - 5} more" if len(words) > 5 else shown


def sentences(items: Iterable[Said]) -> int:
    """Return in how many sentences some words stand."""
    return len({item.span for item in items})


def places(count: int) -> str:
    """Return a number of places for a sentence.

    >>> places(1), places(3)
    ('1 place', '3 places')
    """
    return "1 place" if count == 1 else f"{count} places"
