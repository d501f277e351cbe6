"""Releases that sousveil wrote itself: what OCDS made it say otherwise is said as it was.

OCDS wants a date, a tag and ids in every release; where the notice had none, or one that OCDS has no code for, the
member ``sousveil`` says so (``docs/ocds-evidence``).
"""

from __future__ import annotations

from sousveil.source.values import Json, as_object, as_objects, as_text

MEMBER = "sousveil"
_TYPES = frozenset({"requirements", "other"})
"""Types of notices that no tag stands for."""


def is_own(release: Json) -> bool:
    """Return whether sousveil wrote a release, of a notice or compiled."""
    return as_text(release.get("ocid")).startswith(f"{MEMBER}-") and isinstance(release.get(MEMBER), dict)


def to_stated(release: Json) -> Json:
    """Return one of our releases with nothing in it that the notice did not state.

    >>> own = {"ocid": "sousveil-p-1", "date": "2018-11-01T00:00:00+08:00", "tender": {"id": "sousveil-p-1"},
    ...        "sousveil": {"notice": "a", "publicationDate": "2018-11"}}
    >>> to_stated(own)["date"], to_stated(own)["tender"], to_stated(own)["ocid"]
    ('2018-11', {}, '')
    """
    said = as_object(release.get(MEMBER))
    tender = dict(as_object(release.get("tender")))
    ours = as_text(release.get("ocid"))
    if as_text(tender.get("id")) == ours:
        tender.pop("id")
    if said.get("ceiling") is not None and not as_object(release.get("planning")).get("budget"):
        tender.pop("value", None)
    contracts = [
        {name: value for name, value in one.items() if name != "id" or not as_text(value).startswith(ours)}
        for one in as_objects(release.get("contracts"))
    ]
    kind = as_text(said.get("noticeType"))
    changed = release | {
        "ocid": "",
        "date": as_text(said.get("publicationDate", release.get("date"))),
        "tender": tender,
        "contracts": contracts,
    }
    return changed | {"tag": [kind]} if kind in _TYPES else changed
