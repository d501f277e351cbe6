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
    "publication_date",
    "country",
    "province",
    "city",
)
_AMOUNTS = ("budget", "award_amount")
_MANY = ("suppliers", "codes")
_FROM_TEXT = frozenset(("notice_type", "project_number", "title", "buyer", "publication_date", "country"))
"""What the text may fill in when a record of a standard lacks it; its parties and sums are complete as they are. A row
of a table says only what its columns are for, and often carries the notice's own text: there the text fills in all."""


def read_record(document: Document, record: Record, number: int) -> Notice:
    """Return the notice of a record; ``number`` counts the records of the file from 1."""
    pages = document.pages[record.first_page - 1 : record.last_page] or document.pages[:1]
    notice_id = document.id if len(document.records) == 1 else f"{document.id}#{number}"
    fields, amounts = dict(record.fields), dict(record.amounts)
    is_table = any(value.rule.startswith("table:") for values in fields.values() for value in values)
    text = read_text(document, pages, notice_id)
    changes: dict[str, Field | Amount | tuple[Field, ...] | bool | None] = {}
    for name in _ONE:
        if fields.get(name):
            changes[name] = fields[name][0]
        elif not is_table and name not in _FROM_TEXT:
            changes[name] = None
    for name in _AMOUNTS:
        if name in amounts or not is_table:
            changes[name] = amounts.get(name)
    for name in _MANY:
        if fields.get(name) or not is_table:
            changes[name] = fields.get(name, ())
    if "suppliers" in changes:
        changes["has_candidates_only"] = bool(fields.get("has_candidates_only"))
    return replace(text, **changes)  # type: ignore[arg-type]
