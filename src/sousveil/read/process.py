"""How a purchase goes: method, call, days, numbers, lots, items, identifiers; read when parties and sums are known."""

from __future__ import annotations

from dataclasses import replace

from sousveil.model import Field, Notice
from sousveil.read.attempt import read_attempt
from sousveil.read.bidders import read_bidders
from sousveil.read.days import read_days
from sousveil.read.draft import Draft
from sousveil.read.headline import Headline
from sousveil.read.identifiers import read_identifiers
from sousveil.read.items import read_items
from sousveil.read.lots import read_lots
from sousveil.read.method import read_method
from sousveil.read.number import number_of
from sousveil.read.sums import read_ceiling

PROCESS = (
    "method",
    "contract_number",
    "related_number",
    "attempt",
    "documents_from",
    "deadline",
    "awarded_on",
    "signed_on",
    "first_published",
    "bidders",
)
"""The fields of one value that are read here, in the order of ``Notice``."""


def with_process(draft: Draft, headline: Headline | None, notice: Notice) -> Notice:
    """Return the notice with the fields that tell how the purchase goes."""
    kind = None if notice.notice_type is None else str(notice.notice_type.value)
    days = read_days(draft, kind)
    country = "" if notice.country is None else str(notice.country.value)
    return replace(
        notice,
        method=read_method(draft, headline, notice.title),
        ceiling=read_ceiling(draft, notice.budget),
        contract_number=_number(draft, "contract_number"),
        related_number=_related(draft),
        attempt=read_attempt(draft, kind, headline, notice.title, notice.project_number),
        documents_from=days.documents_from,
        deadline=days.deadline,
        awarded_on=days.awarded_on,
        signed_on=days.signed_on,
        first_published=days.first_published,
        bidders=read_bidders(draft, kind),
        lots=read_lots(draft, kind=kind, title=notice.title, suppliers=notice.suppliers, award=notice.award_amount),
        items=read_items(draft),
        identifiers=read_identifiers(
            draft, buyer=notice.buyer, agency=notice.agency, suppliers=notice.suppliers, country=country
        ),
    )


def _number(draft: Draft, field: str) -> Field | None:
    for item in draft.of(field):
        span = number_of(item, is_han=draft.is_han)
        if span is not None:
            return draft.text_field(item.sheet, *span, f"label {item.entry.label.strip()}")
    return None


def _related(draft: Draft) -> Field | None:
    """Return the number under a label that says it is that of the notice before: 原公告的采购项目编号."""
    for item in draft.of("project_number"):
        if not item.entry.label.lstrip("0123456789、.() 一二三四五六七八九十").startswith("原"):
            continue
        span = number_of(item, is_han=draft.is_han)
        if span is not None:
            return draft.text_field(item.sheet, *span, f"label {item.entry.label.strip()}")
    return _number(draft, "related_number")
