"""Why: from a finding or a field back to the words, the page, the file, and where and when it was seen."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from sousveil.ask.sightings import Seen, sightings_of
from sousveil.data.own import SHIPPED, OwnTerms
from sousveil.data.terms import Term
from sousveil.evidence.vault import Vault
from sousveil.exceptions import NotFoundError, UsageError
from sousveil.model import Amount, Field, Finding, Notice, Page, Span
from sousveil.settings import DEFAULT_LIMITS, Limits
from sousveil.store.database import Store
from sousveil.store.recipe import Recipe, from_text

if TYPE_CHECKING:
    from sousveil.ask.proof import Check

FIELDS = (
    "notice_type", "project_number", "title", "buyer", "agency", "budget", "award_amount", "suppliers",
    "publication_date", "country", "province", "city", "codes", "method", "ceiling", "contract_number",
    "related_number", "attempt", "documents_from", "deadline", "awarded_on", "signed_on", "first_published", "bidders",
)  # fmt: skip
"""Fields of a notice that carry a span."""

_CONTEXT = 60
"""Characters shown on either side of the quote."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Why:
    """The way back from a statement to its evidence.

    Attributes:
        id: what was asked for.
        what: kind of finding, or name of the field.
        value: what it says.
        finding: the finding; None for a field.
        notice: id of the notice that it belongs to.
        span: the words in the page.
        before: words in front of the quote.
        after: words behind it.
        page_label: name of the sheet or record; empty where pages have only numbers.
        name: the file's name as found.
        media_type: the file's type.
        rule: what found it.
        score: of a finding; None for a field.
        term: the lexicon's row behind the rule, with gloss and source, where there is one.
        sightings: where and when the bytes were seen.
        confidence: how sure the engine is of the words, 0 to 1; None where they were not recognised on a picture.
        checks: whether the evidence still says the same; empty when not asked for.
    """

    id: str
    what: str
    value: object
    finding: Finding | None
    notice: str
    span: Span
    before: str
    after: str
    page_label: str
    name: str
    media_type: str
    rule: str
    score: float | None
    reasons_for: tuple[str, ...]
    reasons_against: tuple[str, ...]
    term: Term | None
    sightings: tuple[Seen, ...]
    confidence: float | None
    checks: tuple[Check, ...]

    @property
    def is_proved(self) -> bool:
        """Whether every check holds."""
        return all(check.is_ok for check in self.checks)

    def to_json(self) -> dict[str, object]:
        """Return the object that ``why --json`` prints."""
        span = self.span
        return {
            "v": 1,
            "finding": {
                "id": self.id,
                "kind": self.what,
                "value": self.value,
                "notice": self.notice,
                "details": self._details(),
            },
            "rule": self.rule,
            "score": self.score,
            "for": list(self.reasons_for),
            "against": list(self.reasons_against),
            "span": {"file": span.file, "page": span.page, "start": span.start, "end": span.end, "quote": span.quote},
            "confidence": self.confidence,
            "sightings": [seen.to_json() for seen in self.sightings],
            "term": {
                "term": self.term.term,
                "language": self.term.language,
                "gloss": self.term.gloss,
                "source": self.term.source,
            }
            if self.term
            else None,
            "file": {"name": self.name, "media_type": self.media_type},
            "checks": [{"name": check.name, "ok": check.is_ok, "text": check.text} for check in self.checks],
        }

    def _details(self) -> dict[str, object]:
        return dict(self.finding.details) if self.finding else {}


def _prove(
    vault: Vault, span: Span, sightings: tuple[Seen, ...], *, name: str, recipe: Recipe, limits: Limits, mapping: str
) -> tuple[Check, ...]:
    from sousveil.ask.proof import prove  # noqa: PLC0415 (every reader, and a worker to run it)

    return tuple(prove(vault, span, name=name, sightings=sightings, recipe=recipe, limits=limits, mapping=mapping))


def why(
    store: Store,
    vault: Vault,
    asked: str,
    *,
    limits: Limits = DEFAULT_LIMITS,
    is_proving: bool = True,
    mapping_of: Callable[[str], str] = lambda _: "",
    own: OwnTerms = SHIPPED,
) -> Why:
    """Return the way back from a finding (its id) or a field (``NOTICE:field``, ``NOTICE:suppliers.2``).

    Args:
        store: the rows.
        vault: the bytes as found.
        asked: the id.
        limits: what reading the bytes again may cost.
        is_proving: whether to load the bytes and read them again.
        mapping_of: gives the mapping of columns by its digest.
        own: the user's terms.

    Raises:
        NotFoundError: there is no such finding, notice or field.
        UsageError: a notice without the name of a field.
    """
    found, what, notice = _asked(store, asked)
    span = found.span
    document = store.document(span.file)
    page = next(page for page in document.pages if page.number == span.page)
    sightings = sightings_of(store, span.file)
    state = store.file_state(span.file)
    recipe = from_text(state.versions if state else "")
    finding = found if isinstance(found, Finding) else None

    def proving() -> tuple[Check, ...]:
        mapping = mapping_of(recipe.mapping)
        return _prove(vault, span, sightings, name=document.name, recipe=recipe, limits=limits, mapping=mapping)

    return Why(
        id=asked,
        what=what,
        value=found.value,
        finding=finding,
        notice=notice.id,
        span=span,
        before=page.text[max(0, span.start - _CONTEXT) : span.start],
        after=page.text[span.end : span.end + _CONTEXT],
        page_label=page.label,
        name=document.name,
        media_type=document.media_type,
        rule=found.rule,
        score=finding.score if finding else None,
        reasons_for=found.reasons_for if isinstance(found, Finding) else _note(found),
        reasons_against=finding.reasons_against if finding else (),
        term=term_of(finding, own) if finding else None,
        sightings=sightings,
        confidence=_confidence(page, span),
        checks=proving() if is_proving else (),
    )


def _confidence(page: Page, span: Span) -> float | None:
    """Return how sure the engine is of the least sure of the words, None where they were not recognised."""
    return min((box.confidence for box in page.boxes if box.start < span.end and span.start < box.end), default=None)


def _asked(store: Store, asked: str) -> tuple[Finding | Field | Amount, str, Notice]:
    """Return the finding or field that was asked for, its name, and its notice."""
    if ":" in asked:
        notice_id, _, name = asked.rpartition(":")
        notice = store.notice(notice_id)
        return _field(notice, name), name, notice
    finding = _finding(store, asked)
    return finding, finding.kind, store.notice(finding.notice)


def _finding(store: Store, asked: str) -> Finding:
    try:
        return store.finding(asked)
    except NotFoundError:
        if store.notices([asked]):
            raise UsageError(
                f"{asked} is a notice. Name one of its fields: sousveil why {asked}:buyer ({', '.join(FIELDS)})"
            ) from None
        raise


def _field(notice: Notice, name: str) -> Field | Amount:
    """Return a field by name; of several values by number from 1 (``suppliers.2``), the first without number."""
    plain, _, number = name.partition(".")
    if plain not in FIELDS or (number and not number.isdecimal()):
        raise UsageError(f"A notice has no field {name!r}. It has: {', '.join(FIELDS)}; of several: suppliers.2")
    value: Field | Amount | tuple[Field, ...] | None = getattr(notice, plain)
    if isinstance(value, tuple):
        place = int(number or 1) - 1
        value = value[place] if 0 <= place < len(value) else None
    if value is None:
        what = name.replace("_", " ")
        raise NotFoundError(
            f"Notice {notice.id} does not state {what}. What it states: sousveil show notice {notice.id}"
        )
    return value


def _note(found: Field | Amount) -> tuple[str, ...]:
    return (found.note,) if found.note else ()


def term_of(finding: Finding, own: OwnTerms = SHIPPED) -> Term | None:
    """Return the row of the lexicon that the rule of a finding names (``zh:人脸识别``, face recognition), or None."""
    return _terms(own).get((finding.rule, finding.value))


@lru_cache(maxsize=4)
def _terms(own: OwnTerms) -> dict[tuple[str, str], Term]:
    """Return the terms by rule and capability."""
    return {(f"{term.language}:{term.term}", term.capability): term for term in own.all}
