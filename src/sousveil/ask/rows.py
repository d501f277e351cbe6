"""Rows of findings and notices for an export: flat, with everything needed to check them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from sousveil.ask.frames import as_day
from sousveil.ask.units import Chosen, Row, Unit
from sousveil.ask.why import term_of
from sousveil.data.own import SHIPPED, OwnTerms
from sousveil.mask import mask_address
from sousveil.model import Amount, Field, Finding, Notice, ReviewState
from sousveil.store.database import Store
from sousveil.store.reviews import states_of

FINDING_COLUMNS = (
    "finding", "kind", "value", "quote", "gloss", "page", "start", "end", "score", "rule", "section", "details",
    "notice", "document", "type", "project_number", "title", "buyer", "agency", "suppliers", "date", "day", "country",
    "province", "city", "budget", "award_amount", "currency", "language", "file", "file_name", "source", "address",
    "seen_at", "review",
)  # fmt: skip
NOTICE_COLUMNS = (
    "notice", "document", "type", "project_number", "title", "buyer", "agency", "suppliers", "has_candidates_only",
    "date", "day", "country", "province", "city", "budget", "award_amount", "currency", "language", "capabilities",
    "findings", "first_page", "last_page", "file", "file_name", "source", "address", "seen_at",
)  # fmt: skip
COMPUTED = frozenset(
    {
        "finding", "kind", "page", "start", "end", "score", "rule", "section", "gloss", "notice", "document", "type",
        "has_candidates_only", "budget", "award_amount", "currency", "language", "capabilities", "findings",
        "first_page", "last_page", "file", "seen_at", "country", "date", "day", "review",
    }
)  # fmt: skip
"""Columns that sousveil computes (ids, hashes, offsets, sums, codes): they hold no words of a document."""


def iter_notices(chosen: Chosen, own: OwnTerms = SHIPPED) -> Iterator[Unit]:
    """Yield each notice with the rows of its findings; ``own`` are the user's terms."""
    for some in chosen.batches("notices"):
        notices = chosen.store.notices(some)
        findings = chosen.store.findings_in(some)
        states = states_of(chosen.store, [finding.id for found in findings.values() for finding in found])
        files = sighted(chosen.store, {notice.file for notice in notices.values()})
        for one in some:
            if one in notices:
                told = files[notices[one].file]
                yield _rows(notices[one], findings.get(one, ()), told, own, states)


def _rows(
    notice: Notice, findings: Sequence[Finding], file: Row, own_terms: OwnTerms, states: Mapping[str, ReviewState]
) -> Unit:
    stated = [finding for finding in findings if finding.state == "stated"]
    money = notice.award_amount or notice.budget
    common: Row = {
        "notice": notice.id,
        "document": notice.document,
        "type": _text(notice.notice_type),
        "project_number": _text(notice.project_number),
        "title": _text(notice.title),
        "buyer": _text(notice.buyer),
        "agency": _text(notice.agency),
        "suppliers": [str(supplier.value) for supplier in notice.suppliers],
        "date": _text(notice.publication_date),
        "day": whole_day(_text(notice.publication_date)),
        "country": _text(notice.country),
        "province": _text(notice.province),
        "city": _text(notice.city),
        "budget": _sum(notice.budget),
        "award_amount": _sum(notice.award_amount),
        "currency": money.currency if money else None,
        "language": notice.language,
        "file": notice.file,
        **file,
    }
    own: Row = common | {
        "has_candidates_only": "yes" if notice.has_candidates_only else "no",
        "capabilities": sorted({finding.value for finding in stated if finding.kind == "capability"}),
        "findings": len(stated),
        "first_page": notice.first_page,
        "last_page": notice.last_page,
    }
    found = tuple(("findings", _finding_row(finding, common, own_terms, states)) for finding in stated)
    return Unit(f"notice {notice.id}", (("notices", {name: own[name] for name in NOTICE_COLUMNS}), *found))


def _finding_row(finding: Finding, common: Row, own: OwnTerms, states: Mapping[str, ReviewState]) -> Row:
    span = finding.span
    term = term_of(finding, own)
    row: Row = common | {
        "finding": finding.id,
        "kind": finding.kind,
        "value": finding.value,
        "quote": span.quote,
        "gloss": term.gloss if term else None,
        "page": span.page,
        "start": span.start,
        "end": span.end,
        "score": finding.score,
        "rule": finding.rule,
        "section": finding.section,
        "details": dict(finding.details),
        "review": states.get(finding.id, "unreviewed"),
    }
    return {name: row[name] for name in FINDING_COLUMNS}


def sighted(store: Store, files: set[str]) -> dict[str, Row]:
    """Return name, source, address (persons covered) and time of the first sighting of files."""
    found: dict[str, Row] = {
        file: {"file_name": None, "source": None, "address": None, "seen_at": None} for file in files
    }
    marks = ",".join("?" * len(files))
    rows = store.rows(
        f"SELECT file, source, address, seen_at FROM sightings WHERE file IN ({marks}) ORDER BY number DESC",
        sorted(files),
    )
    for row in rows:
        address = mask_address(row["address"])
        name = address.rsplit("/", 1)[-1]
        found[row["file"]] = {"file_name": name, "source": row["source"], "address": address, "seen_at": row["seen_at"]}
    return found


def _text(found: Field | None) -> str | None:
    return None if found is None or found.value is None else str(found.value)


def _sum(found: Amount | None) -> float | None:
    return found.value if found else None


def whole_day(date: str | None) -> str | None:
    """Return a date of which the day is known; None where only the month or the year is.

    >>> whole_day("2019-05-06"), whole_day("2018-11"), whole_day(None)
    ('2019-05-06', None, None)
    """
    return date if date and as_day(date) else None
