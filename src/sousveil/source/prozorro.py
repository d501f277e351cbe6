"""Tenders of Ukraine's ProZorro register as releases: the same words as OCDS, without its envelope."""

from __future__ import annotations

from sousveil.source.values import Json, as_objects, as_text

_STANDING = frozenset({"active", "pending"})


def is_tender(found: Json) -> bool:
    """Return whether a JSON object is a tender of the register."""
    return isinstance(found.get("tenderID"), str) and isinstance(found.get("procuringEntity"), dict)


def to_release(tender: Json) -> Json:
    """Return the tender as a release. Bids, complaints, questions, criteria and attachments of bidders are left out.

    The register shows the state of today: it is an award notice once an award stands, a termination when the whole
    tender failed, else a tender. The day of publication is the day the tender was made (``dateCreated``).
    """
    awards = [award for award in as_objects(tender.get("awards")) if award.get("status") in _STANDING]
    status = as_text(tender.get("status"))
    tag = "award" if awards else "tenderCancellation" if status in {"cancelled", "unsuccessful"} else "tender"
    entity = tender.get("procuringEntity")
    return {
        "ocid": "",
        "id": tender.get("id"),
        "tag": [tag],
        "language": "uk",
        "date": tender.get("dateCreated") or _first_publication(tender),
        "buyer": entity,
        "tender": {
            "id": tender.get("tenderID"),
            "title": tender.get("title"),
            "description": tender.get("description"),
            "status": status if status in {"cancelled", "unsuccessful"} else "",
            "value": tender.get("value"),
            "procurementMethodDetails": tender.get("procurementMethodType"),
            "mainProcurementCategory": tender.get("mainProcurementCategory"),
            "tenderPeriod": tender.get("tenderPeriod"),
            "lots": tender.get("lots"),
            "items": tender.get("items"),
            "documents": tender.get("documents"),
        },
        "awards": awards,
    }


def _first_publication(tender: Json) -> object:
    period = tender.get("enquiryPeriod")
    return period.get("startDate") if isinstance(period, dict) else tender.get("date")
