"""Notices of structured sources: their fields as they are; what is missing is read from the text of their pages."""

from __future__ import annotations

from dataclasses import replace

from sousveil.model import Amount, Document, Field, Notice, Record
from sousveil.read.notice import read_text

_ONE = (
    "notice_type",
    "project_number",
    "title",
    "buyer",
    "agency",
    "budget",
    "award_amount",
    "publication_date",
    "country",
    "province",
    "city",
)
_MANY = ("suppliers", "codes")
_FROM_TEXT = frozenset(("notice_type", "project_number", "title", "buyer", "publication_date", "country"))
"""Fields that the text may fill when a record lacks them; parties and sums of a record are complete as they are."""


def read_record(document: Document, record: Record, number: int) -> Notice:
    """Return the notice of a record; ``number`` counts the records of the file from 1."""
    pages = tuple(page for page in document.pages if record.first_page <= page.number <= record.last_page)
    notice_id = document.id if len(document.records) == 1 else f"{document.id}#{number}"
    stated = dict(record.fields)
    if not pages:
        pages = document.pages[:1]
    text = read_text(document, pages, notice_id)
    changes: dict[str, Field | Amount | tuple[Field | Amount, ...] | bool | None] = {}
    for name in _ONE:
        values = stated.get(name, ())
        if values:
            changes[name] = values[0]
        elif name not in _FROM_TEXT:
            changes[name] = None
    for name in _MANY:
        changes[name] = stated.get(name, ())
    changes["has_candidates_only"] = bool(stated.get("has_candidates_only"))
    return replace(text, **changes)  # type: ignore[arg-type]
