"""Notices of structured sources: their fields as they are; what is missing is read from the text of their pages.

A record of a standard (OCDS, eForms, TED) is complete in its parties and sums: what it leaves out is not looked for in
its descriptions, and the rest is taken from the text only where a label or a place's name tells it. A row of a table
says only what its columns are for, and often carries the notice's own text: there the text fills in everything.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from sousveil.model import Document, Field, Identifier, Lot, Notice, Page, Record
from sousveil.read.notice import read_text, sections_of
from sousveil.read.process import PROCESS

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
    *PROCESS,
)
_FROM_TEXT = (
    "notice_type",
    "project_number",
    "title",
    "buyer",
    "publication_date",
    "country",
    "province",
    "city",
    "attempt",
)
_SOUND_RULES = (
    "label ",
    "name of the notice",
    "end of the number",
    "gazetteer",
    "province of",
    "name of country",
    "sign of country",
    "language",
)


def read_record(document: Document, record: Record, number: int) -> Notice:
    """Return the notice of a record; ``number`` counts the records of the file from 1."""
    pages = document.pages[record.first_page - 1 : record.last_page] or document.pages[:1]
    notice_id = document.id if len(document.records) == 1 else f"{document.id}#{number}"
    if record.is_text:
        return read_text(document, pages, notice_id)
    stated = dict(record.fields)
    if any(value.rule.startswith("table:") for values in stated.values() for value in values):
        return _of_row(document, pages, notice_id, record)
    fields: dict[str, Any] = {name: _first(stated, name) for name in _ONE}
    missing = [name for name in _FROM_TEXT if fields[name] is None]
    if missing:
        fields |= _from_text(read_text(document, pages, notice_id), missing)
    amounts = dict(record.amounts)
    return Notice(
        id=notice_id,
        document=document.id,
        file=document.file,
        first_page=pages[0].number,
        last_page=pages[-1].number,
        language=document.language,
        budget=amounts.get("budget"),
        ceiling=amounts.get("ceiling"),
        award_amount=amounts.get("award_amount"),
        lots=record.lots,
        items=record.items,
        identifiers=record.identifiers,
        suppliers=stated.get("suppliers", ()),
        has_candidates_only=bool(stated.get("has_candidates_only")),
        codes=stated.get("codes", ()),
        sections=sections_of(pages, document.language),
        **fields,
    )


def _of_row(document: Document, pages: Sequence[Page], notice_id: str, record: Record) -> Notice:
    """Return the notice of a table row: its columns, and for the rest what its text says."""
    text = read_text(document, pages, notice_id)
    stated, amounts = dict(record.fields), dict(record.amounts)
    fields: dict[str, Any] = {name: _first(stated, name) or getattr(text, name) for name in _ONE}
    if suppliers := stated.get("suppliers", ()):
        fields |= {"suppliers": suppliers, "has_candidates_only": bool(stated.get("has_candidates_only"))}
    return replace(
        text,
        budget=amounts.get("budget", text.budget),
        award_amount=amounts.get("award_amount", text.award_amount),
        lots=_with_winners(text.lots, suppliers),
        identifiers=_once((*record.identifiers, *text.identifiers)),
        codes=stated.get("codes", ()),
        **fields,
    )


def _once(identifiers: tuple[Identifier, ...]) -> tuple[Identifier, ...]:
    """Return each number of a role once, the first."""
    found: dict[tuple[str, str, str], Identifier] = {}
    for one in identifiers:
        found.setdefault((one.role, one.scheme, one.value), one)
    return tuple(found.values())


def _with_winners(lots: tuple[Lot, ...], suppliers: tuple[Field, ...]) -> tuple[Lot, ...]:
    """Return the lots; the only one has the winners that the columns name."""
    return (replace(lots[0], suppliers=suppliers),) if len(lots) == 1 and suppliers else lots


def _from_text(text: Notice, missing: Sequence[str]) -> dict[str, Field | None]:
    """Return the missing fields that the text tells by a label or a place's name."""
    found: dict[str, Field | None] = {}
    for name in missing:
        field = getattr(text, name)
        found[name] = field if field is not None and field.rule.startswith(_SOUND_RULES) else None
    return found


def _first(stated: dict[str, tuple[Field, ...]], name: str) -> Field | None:
    return next(iter(stated.get(name, ())), None)
