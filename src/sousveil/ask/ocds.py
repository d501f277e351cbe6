"""OCDS 1.1: a release for each notice, a record for each purchase.

What the standard has no place for (quotations, offsets, hashes, who was left out) stands in one member of our own,
``sousveil``, described in ``docs/ocds-evidence``. Persons are not exported: no contact points, no covered names.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime

from sousveil.ask.ocds_parts import OWN, Context, awards_of, contracts_of, parties_of, planning_of, tender_of
from sousveil.ask.rows import sighted
from sousveil.ask.units import Chosen, Row, Unit
from sousveil.ask.why import FIELDS
from sousveil.model import COVER, Amount, Field, Finding, Institution, Notice, Procurement, Span
from sousveil.store.institutions import Institutions
from sousveil.store.packed import marks
from sousveil.store.purchases import Purchases

OCID_PREFIX = "sousveil-"
"""No prefix of the OCDS register: whoever publishes the file asks for one there."""
_LOTS = "https://raw.githubusercontent.com/open-contracting-extensions/ocds_lots_extension/v1.1.5/extension.json"
_EVIDENCE = "urn:sousveil:ocds-evidence:1"
"""Our extension; a name, no address: its files are in ``docs/ocds-evidence``."""
COMPUTED = frozenset({"ocid", "file", "document", "notice", "noticeType", "date", "datePublished"}) | {
    "publicationDate",
    "rule", "field", "procurementMethod", "kind", "procurement", "notices", "capability", "tag", "documentType",
    "seenAt", "capabilities", "extensions", "status",
}  # fmt: skip
"""Members that sousveil computes, or takes from a list of codes: they hold no words of a document."""
_TAGS = {
    "intention": "planning",
    "requirements": "planning",
    "tender": "tender",
    "correction": "tenderUpdate",
    "award": "award",
    "contract": "contract",
    "termination": "tenderCancellation",
}


def package_head(member: str) -> Row:
    """Return what stands before the releases or records of a package."""
    now = datetime.now(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
    return {
        "uri": f"urn:sousveil:{member}:{now}",
        "version": "1.1",
        "publishedDate": now,
        "publisher": {"name": "sousveil, from notices published by others"},
    }


def package_tail() -> Row:
    """Return what stands behind them: ``extensions``, which grow while releases are made."""
    return {"extensions": [_EVIDENCE]}


def iter_releases(chosen: Chosen, tail: Row) -> Iterator[Unit]:
    """Yield the release of each notice; extensions that are used are noted in ``tail``."""
    for some in chosen.batches("notices"):
        for notice, release in _releases(chosen, some, tail):
            yield Unit(f"notice {notice}", (("releases", release),))


def iter_records(chosen: Chosen, tail: Row) -> Iterator[Unit]:
    """Yield the record of each purchase: the releases of all its notices, and what they say together."""
    for some in chosen.batches("purchases"):
        for one, procurement in Purchases(chosen.store).procurements_of(some).items():
            releases = [release for _, release in _releases(chosen, procurement.notices, tail)]
            if releases:
                record = {
                    "ocid": releases[0]["ocid"],
                    "releases": releases,
                    "compiledRelease": _compile(procurement, releases),
                }
                yield Unit(f"procurement {one}", (("records", record),))


def _releases(chosen: Chosen, ids: Sequence[str], tail: Row) -> Iterator[tuple[str, Row]]:
    notices = chosen.store.notices(ids)
    findings = chosen.store.findings_in(ids)
    files = sighted(chosen.store, {notice.file for notice in notices.values()})
    bodies = Institutions(chosen.store)
    named = bodies.parties(ids)
    known = bodies.institutions_of(sorted({who for found in named.values() for _, _, who in found if who}))
    purchases = {
        row["notice"]: row["procurement"]
        for row in chosen.store.rows(
            f"SELECT notice, procurement FROM summaries WHERE notice IN ({marks(ids)})", list(ids)
        )
    }
    for one in ids:
        if one in notices:
            context = Context(
                ocid=f"{OCID_PREFIX}{purchases.get(one) or one.replace('#', '-')}",
                file=files[notices[one].file],
                bodies=_resolved(named.get(one, ()), known),
            )
            release = to_release(notices[one], findings.get(one, ()), context)
            if release["tender"].get("lots") and _LOTS not in tail["extensions"]:
                tail["extensions"].append(_LOTS)
            yield one, release


def _resolved(
    named: Sequence[tuple[str, str, str]], known: dict[str, Institution]
) -> dict[tuple[str, str], Institution]:
    """Return the institution of each role and name; names of several (a consortium) stand for none."""
    found: dict[tuple[str, str], list[Institution]] = {}
    for role, name, who in named:
        if who in known:
            found.setdefault((role, name), []).append(known[who])
    return {key: one[0] for key, one in found.items() if len(one) == 1}


def to_release(notice: Notice, findings: Sequence[Finding], context: Context) -> Row:
    """Return a notice as an OCDS release."""
    kind = str(notice.notice_type.value) if notice.notice_type else None
    stated = [finding for finding in findings if finding.state == "stated"]
    parties = parties_of(notice, context)
    awards = awards_of(notice, context)
    release: Row = {
        "ocid": context.ocid,
        "id": notice.id.replace("#", "-"),
        "date": context.published(notice),
        "tag": [_TAGS.get(kind or "", "award" if notice.suppliers or notice.award_amount else "tender")],
        "initiationType": "tender",
        "parties": parties,
        "tender": tender_of(notice, context),
    }
    if notice.language != "und":
        release["language"] = notice.language
    if notice.buyer and COVER not in str(notice.buyer.value):
        release["buyer"] = context.reference("buyer", str(notice.buyer.value))
    optional = {
        "planning": planning_of(notice, stated),
        "awards": awards,
        "contracts": contracts_of(notice, context, awards),
        "relatedProcesses": _related(notice),
    }
    return (
        release | {name: value for name, value in optional.items() if value} | {OWN: _evidence(notice, stated, context)}
    )


def _related(notice: Notice) -> list[Row]:
    if notice.related_number is None:
        return []
    number = str(notice.related_number.value)
    return [{"id": "1", "relationship": ["prior"], "scheme": "number", "identifier": number}]


def _evidence(notice: Notice, findings: Sequence[Finding], context: Context) -> Row:
    """Return what OCDS has no place for; ``null`` where the notice does not say."""
    names = [one for one in (notice.buyer, notice.agency, *notice.suppliers) if one]
    return {
        "notice": notice.id,
        "document": notice.document,
        "file": notice.file,
        "pages": [notice.first_page, notice.last_page],
        "noticeType": _value(notice.notice_type),
        "publicationDate": _value(notice.publication_date),
        "projectNumber": _value(notice.project_number),
        "place": {
            "country": _value(notice.country), "region": _value(notice.province), "locality": _value(notice.city),
        },
        "ceiling": notice.ceiling.value if notice.ceiling else None,
        "hasCandidatesOnly": notice.has_candidates_only,
        "attempt": _value(notice.attempt),
        "firstPublished": _value(notice.first_published),
        "lots": [_lot(one.number, one.award_amount) for one in notice.lots if one.award_amount],
        "namesLeftOut": sum(COVER in str(one.value) for one in names),
        "extraction": "by rules, not reviewed",
        "source": context.file["source"],
        "address": context.file["address"],
        "seenAt": context.file["seen_at"],
        "evidence": list(_fields(notice)),
        "findings": [
            {
                "id": one.id, "kind": one.kind, "value": one.value, "score": one.score, "rule": one.rule,
                "details": dict(one.details), **_span(one.span),
            }
            for one in findings
        ],
    }  # fmt: skip


def _lot(number: str, amount: Amount) -> Row:
    return {"id": number, "awardAmount": amount.value, "currency": amount.currency, **_span(amount.span)}


def _fields(notice: Notice) -> Iterator[Row]:
    """Yield where each value of the notice is printed; values with covered names are left out."""
    for name in FIELDS:
        held = getattr(notice, name)
        for one in held if isinstance(held, tuple) else (held,) if held is not None else ():
            if COVER not in str(one.value):
                yield {"field": name, "value": one.value, "rule": one.rule, **_span(one.span)}


def _span(span: Span) -> Row:
    return {"quote": span.quote, "page": span.page, "start": span.start, "end": span.end}


def _value(found: Field | None) -> object:
    return found.value if found else None


def _compile(procurement: Procurement, releases: Sequence[Row]) -> Row:
    """Return what the releases say together, the later ones last; the sum that is counted stands in our member."""
    merged: Row = {}
    for release in releases:
        merged = _merge(merged, {name: value for name, value in release.items() if name not in {OWN, "tag", "id"}})
    amount = procurement.amount
    own: Row = {
        "procurement": procurement.id,
        "notices": list(procurement.notices),
        "status": procurement.status,
        "knownAmount": None,
        "missing": list(procurement.missing),
        "stitches": [
            {"notices": [one.notice, one.other], "kind": one.kind, "score": one.score, "reasons": list(one.reasons)}
            for one in procurement.stitches
        ],
    }
    if amount:
        own["knownAmount"] = {"amount": amount.value, "currency": amount.currency, "rule": amount.rule}
    if procurement.framework:
        related = {"id": "framework", "relationship": ["framework"], "scheme": "ocid"}
        related["identifier"] = f"{OCID_PREFIX}{procurement.framework}"
        merged["relatedProcesses"] = [*merged.get("relatedProcesses", ()), related]
    return merged | {"id": f"{releases[0]['ocid']}-compiled", "tag": ["compiled"], OWN: own}


def _merge(older: Row, newer: Row) -> Row:
    """Return two objects as one as OCDS merges them: later values win, lists of objects with ids are joined by id."""
    merged = dict(older)
    for name, value in newer.items():
        held = merged.get(name)
        if isinstance(held, dict) and isinstance(value, dict):
            merged[name] = _merge(held, value)
        elif name == "roles" and isinstance(held, list):
            merged[name] = [*held, *(role for role in value if role not in held)]
        elif isinstance(held, list) and isinstance(value, list) and all(isinstance(one, dict) for one in held + value):
            by_id = {one["id"]: one for one in held}
            for one in value:
                by_id[one["id"]] = _merge(by_id.get(one["id"], {}), one)
            merged[name] = list(by_id.values())
        else:
            merged[name] = value
    return merged
