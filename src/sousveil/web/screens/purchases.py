"""Lists behind numbers: purchases ``/p`` and quotations ``/e``, by filters, with what they add up to."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import fields

from sousveil.ask.coverage import SPENT
from sousveil.ask.finding_list import FINDING_FIELDS, list_findings, make_finding_filters
from sousveil.ask.purchase_list import (
    PURCHASE_FIELDS,
    STATES,
    SUMS,
    PurchaseFilters,
    list_purchases,
    make_purchase_filters,
)
from sousveil.chart.words import title_of
from sousveil.web import links
from sousveil.web.asked import Answer, Asked
from sousveil.web.screens.naming import field_name, label_of

_PER_LIST = 50
_CHOICES = {"status": STATES, "sum": tuple(SUMS)}


def purchases(asked: Asked) -> Answer:
    """Answer with the purchases that meet the filters of the address, the newest first, and what they add up to.

    Raises:
        UsageError: a filter cannot be understood.
    """
    filters = purchase_filters(asked)
    number, limit = _page(asked)
    data = asked.dataset
    found = data.kept.get(
        ("purchases", filters, number, limit),
        lambda: list_purchases(data.store, filters, offset=(number - 1) * limit, limit=limit),
    )
    total = found.totals.purchases
    given = [(name, value) for name in filters.active for value in getattr(filters, name)]
    return Answer(
        "purchases.html",
        found.to_json,
        {
            "found": found,
            "given": given,
            "spent": SPENT,
            "chips": list(_chips("/p", given, asked)),
            "typed": {name: " ".join(getattr(filters, name)) for name in ("buyer", "supplier", "place", "year")},
            "choices": [(name, known, getattr(filters, name)) for name, known in _CHOICES.items()],
            "cap": filters.cap[0] if len(filters.cap) == 1 else "",
            "kept": [
                (name, value)
                for name, value in given
                if name not in (*_TYPED, *_CHOICES) and not (name == "cap" and len(filters.cap) == 1)
            ],
            **_paging("/p", given, number, total, limit),
        },
    )


_TYPED = ("buyer", "supplier", "place", "year")
"""Filters that have a box on the page; the others come with links."""


def purchase_filters(asked: Asked) -> PurchaseFilters:
    """Return the filters of purchases that an address names."""
    return make_purchase_filters({item.name: asked.query.getlist(item.name) for item in fields(PurchaseFilters)})


def findings(asked: Asked) -> Answer:
    """Answer with the quotations that meet the filters of the address.

    Raises:
        UsageError: a filter cannot be understood.
    """
    filters = make_finding_filters({name: asked.query.getlist(name) for name in FINDING_FIELDS})
    number, limit = _page(asked)
    found = list_findings(asked.dataset.store, filters, offset=(number - 1) * limit, limit=limit)
    given = [(name, value) for name in filters.active for value in getattr(filters, name)]
    return Answer(
        "findings.html",
        found.to_json,
        {
            "found": found,
            "chips": list(_chips("/e", given, asked)),
            **_paging("/e", given, number, found.total, limit),
        },
    )


def _page(asked: Asked) -> tuple[int, int]:
    return asked.number("page", 1, least=1, most=100_000), asked.number("limit", _PER_LIST, least=1, most=1000)


def _chips(path: str, given: Sequence[tuple[str, str]], asked: Asked) -> Iterator[tuple[str, str, str]]:
    """Yield the filters of the address: name, value as a reader knows it, and the address without it."""
    for one in given:
        name, value = one
        label = title_of(value, asked.language) if name == "cap" else label_of(name, value, asked)
        yield (
            field_name(name, asked.language),
            label,
            links.with_query(path, [other for other in given if other != one]),
        )


def _paging(path: str, given: Sequence[tuple[str, str]], number: int, total: int, limit: int) -> dict[str, object]:
    pages = -(-total // limit)
    kept = [*given, ("limit", limit if limit != _PER_LIST else "")]
    return {
        "number": number,
        "pages": pages,
        "before": links.with_query(path, [*kept, ("page", number - 1)]) if number > 1 else "",
        "after": links.with_query(path, [*kept, ("page", number + 1)]) if number < pages else "",
    }


PURCHASE_PARAMETERS = tuple(
    (name, f"filter, may stand several times; for example {example}") for name, example in PURCHASE_FIELDS.items()
)
FINDING_PARAMETERS = tuple(
    (name, f"filter, may stand several times; for example {example}") for name, example in FINDING_FIELDS.items()
)
