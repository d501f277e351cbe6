"""Parts of an OCDS release: parties, planning, tender, awards, contracts."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sousveil.ask.units import Row
from sousveil.model import COVER, Amount, Field, Finding, Institution, Item, Lot, Notice

OWN = "sousveil"
"""The member of a release that holds what the standard has no place for."""
_CURRENCY = re.compile("[A-Z]{3}")
_DOCUMENT_TYPES = {
    "intention": "plannedProcurementNotice",
    "requirements": "marketStudies",
    "tender": "tenderNotice",
    "correction": "clarifications",
    "award": "awardNotice",
    "contract": "contractNotice",
    "termination": "cancellationDetails",
}
_STATUSES = {"intention": "planned", "requirements": "planned", "award": "complete", "contract": "complete"}


@dataclass(frozen=True, slots=True)
class Context:
    """What is known of a notice from elsewhere: its purchase, its file, the institutions behind its names."""

    ocid: str
    file: Row
    bodies: dict[tuple[str, str], Institution]

    def reference(self, role: str, name: str) -> Row:
        """Return a reference to a party."""
        return {"id": self.party_id(role, name), "name": name}

    def party_id(self, role: str, name: str) -> str:
        """Return the id of a party: that of its institution, else a hash of its name; never a printed number."""
        found = self.bodies.get((role, name))
        return f"{OWN}-{found.id}" if found else f"{OWN}-n-{hashlib.sha256(name.encode()).hexdigest()[:16]}"

    def published(self, notice: Notice) -> str:
        """Return a moment for ``release.date``: the day of publication, else when the file was first seen.

        OCDS wants a time and a zone, which notices do not print: the beginning of the day or month, in China's zone
        for China. What is really stated stands in our own member.
        """
        if notice.publication_date is None:
            return str(self.file["seen_at"] or "1970-01-01T00:00:00Z")
        return moment(str(notice.publication_date.value), notice)


def moment(day: str, notice: Notice) -> str:
    """Return a day, month or year as a moment."""
    zone = "+08:00" if notice.country and notice.country.value == "CN" else "Z"
    return f"{day}{'-01' * (2 - day.count('-'))}T00:00:00{zone}"


def amount_of(amount: Amount | None) -> Row | None:
    """Return a sum as an OCDS value; None for zero, which in notices means: not told."""
    if amount is None or not amount.value:
        return None
    found: Row = {"amount": amount.value}
    if amount.currency and _CURRENCY.fullmatch(amount.currency):
        found["currency"] = amount.currency
    return found


def _filled(row: Row) -> Row:
    return {name: value for name, value in row.items() if value not in (None, "", [], {})}


def _text(found: Field | None) -> str:
    return "" if found is None or found.value is None else str(found.value)


def shown(found: Iterable[Field]) -> list[str]:
    """Return the values without those that are covered."""
    return [str(one.value) for one in found if COVER not in str(one.value)]


def parties_of(notice: Notice, context: Context) -> list[Row]:
    """Return the parties with all their roles; the buyer has the notice's place for its address."""
    roles = (
        ("buyer", "buyer", [notice.buyer] if notice.buyer else []),
        ("agency", "procuringEntity", [notice.agency] if notice.agency else []),
        ("supplier", "supplier", notice.suppliers),
    )
    found: dict[str, Row] = {}
    for role, ocds_role, fields in roles:
        for name in shown(fields):
            body = context.bodies.get((role, name))
            party = found.setdefault(context.party_id(role, name), {"name": name, "roles": []})
            if ocds_role not in party["roles"]:
                party["roles"].append(ocds_role)
            party.update(_filled(_numbers(notice, role, name)))
            if role == "buyer":
                party.update(_filled({"address": _address(notice)}))
            if body:
                party["details"] = _filled({"kind": body.kind, "level": body.level})
    return [{"id": key, **party} for key, party in found.items()]


def _numbers(notice: Notice, role: str, name: str) -> Row:
    """Return the official numbers that the notice prints for a body."""
    printed = [
        {"scheme": one.scheme, "id": one.value, "legalName": name}
        for one in notice.identifiers
        if one.role == role and one.name == name
    ]
    return {"identifier": printed[0], "additionalIdentifiers": printed[1:]} if printed else {}


def _address(notice: Notice) -> Row:
    return _filled(
        {"region": _text(notice.province), "locality": _text(notice.city), "countryName": _text(notice.country)}
    )


def planning_of(notice: Notice, findings: Sequence[Finding]) -> Row:
    """Return the budget, and the words that say what the purchase is for."""
    purposes = list(dict.fromkeys(one.span.quote for one in findings if one.kind == "purpose"))
    budget = amount_of(notice.budget)
    return _filled({"rationale": "\n".join(purposes), "budget": {"amount": budget} if budget else None})


def tender_of(notice: Notice, context: Context) -> Row:
    """Return what is bought and how."""
    kind = _text(notice.notice_type)
    agency = _text(notice.agency)
    days = {"startDate": notice.documents_from, "endDate": notice.deadline}
    tender = {
        "title": _text(notice.title),
        "status": "cancelled" if kind == "termination" else _STATUSES.get(kind, "active"),
        "procuringEntity": context.reference("agency", agency) if agency and COVER not in agency else None,
        "value": amount_of(notice.ceiling),
        "procurementMethod": _text(notice.method),
        "procurementMethodDetails": notice.method.span.quote if notice.method else "",
        "tenderPeriod": {name: moment(_text(day), notice) for name, day in days.items() if day},
        "numberOfTenderers": notice.bidders.value if notice.bidders else None,
        "lots": [_lot(lot) for lot in notice.lots],
        "items": [*_subject(notice), *(_item(number, item) for number, item in enumerate(notice.items, 1))],
        "documents": [_document(notice, context, kind)],
    }
    return {"id": _text(notice.project_number) or context.ocid, **_filled(tender)}


def _subject(notice: Notice) -> list[Row]:
    """Return the codes of the notice as an item without a name: OCDS classifies items, not purchases."""
    codes = [_code(str(one.value)) for one in notice.codes]
    if not codes:
        return []
    return [_filled({"id": "subject", "classification": codes[0], "additionalClassifications": codes[1:]})]


def _code(printed: str) -> Row:
    scheme, _, code = printed.rpartition(":")
    return _filled({"scheme": scheme, "id": code})


def _lot(lot: Lot) -> Row:
    found = {"title": _text(lot.title), "value": amount_of(lot.budget)}
    return {"id": lot.number, **_filled(found | {"status": "unsuccessful" if lot.is_failed else None})}


def _item(number: int, item: Item) -> Row:
    price = amount_of(item.unit_price)
    own = _filled({"brand": _text(item.brand), "model": _text(item.model)})
    quantity = item.quantity.value if item.quantity and isinstance(item.quantity.value, int | float) else None
    found = {
        "description": _text(item.name),
        "quantity": quantity,
        "unit": _filled({"name": item.unit, "value": price}),
        "relatedLot": item.lot,
        OWN: own,
    }
    return {"id": str(number), **_filled(found)}


def _document(notice: Notice, context: Context, kind: str) -> Row:
    address = str(context.file["address"] or "")
    found = {
        "documentType": _DOCUMENT_TYPES.get(kind),
        "url": address if address.startswith(("http://", "https://")) else None,
        "datePublished": context.published(notice) if notice.publication_date else None,
        "language": notice.language if notice.language != "und" else None,
    }
    return {"id": notice.id.replace("#", "-"), **_filled(found)}


def awards_of(notice: Notice, context: Context) -> list[Row]:
    """Return the awards: one for each lot that was won where their sums make the whole, else one for all.

    OCDS has one value for each award, so a sum that is not known to be divided is not divided.
    """
    kind = _text(notice.notice_type)
    value = None if kind == "contract" else amount_of(notice.award_amount)
    suppliers = shown(notice.suppliers)
    won = [lot for lot in notice.lots if shown(lot.suppliers) and lot.number]
    common = {
        "status": "pending" if notice.has_candidates_only else "active",
        "date": moment(_text(notice.awarded_on), notice) if notice.awarded_on else None,
    }
    if won and _are_the_whole(won, notice, value):
        return [
            _award(context, f"-{lot.number}", common, shown(lot.suppliers), amount_of(lot.award_amount))
            | {"relatedLots": [lot.number]}
            for lot in won
        ]
    if not suppliers and value is None and not (notice.awarded_on or needs_contract(notice)):
        return []
    return [_award(context, "", common, suppliers, value)]


def _are_the_whole(won: Sequence[Lot], notice: Notice, value: Row | None) -> bool:
    """Return whether the lots name all suppliers, and their sums make what the notice says was won in all."""
    named = {name for lot in won for name in shown(lot.suppliers)}
    sums = [lot.award_amount.value for lot in won if lot.award_amount]
    total = value["amount"] if value else 0
    return named == set(shown(notice.suppliers)) and abs(sum(sums) - total) < 0.01


def _award(context: Context, mark: str, common: Row, suppliers: Sequence[str], value: Row | None) -> Row:
    found = common | {
        "suppliers": [context.reference("supplier", name) for name in suppliers],
        "value": value,
    }
    return {"id": f"{context.ocid}-award{mark}", **_filled(found)}


def needs_contract(notice: Notice) -> bool:
    """Return whether the notice says anything of a contract."""
    return _text(notice.notice_type) == "contract" or bool(notice.signed_on or notice.contract_number)


def contracts_of(notice: Notice, context: Context, awards: Sequence[Row]) -> list[Row]:
    """Return the contract that the notice tells of."""
    if not needs_contract(notice) or not awards:
        return []
    found = {
        "status": "active",
        "value": amount_of(notice.award_amount) if _text(notice.notice_type) == "contract" else None,
        "dateSigned": moment(_text(notice.signed_on), notice) if notice.signed_on else None,
    }
    number = _text(notice.contract_number) or f"{context.ocid}-contract"
    return [{"id": number, "awardID": awards[0]["id"], **_filled(found)}]
