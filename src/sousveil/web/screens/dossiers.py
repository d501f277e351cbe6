"""Dossiers of an institution, a system, a place; and a purchase. There is none of a person."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from sousveil.ask.dossier import Dossier, Side
from sousveil.ask.facts import Quote
from sousveil.ask.listing import list_institutions, list_systems
from sousveil.ask.procurement import ProcurementView
from sousveil.chart import capabilities_chart, flows_chart, lanes_chart, partners_chart, place_chart, purchase_chart
from sousveil.chart.capabilities import capability_rows
from sousveil.chart.words import family_of
from sousveil.data.interface import retell, say
from sousveil.draw import Chart
from sousveil.exceptions import UsageError
from sousveil.web import links
from sousveil.web.asked import Answer, Asked
from sousveil.web.words import type_title

_PER_LIST = 100
_MOST_QUOTES = 3
_SECTIONS = {"body": 0, "items": 1, "subject": 2}
"""Order of the parts of a notice by how much their words tell."""
_LONG = 120
"""Characters from which on a quotation is no better for being longer."""


def institutions(asked: Asked) -> Answer:
    """Answer with the institutions that bought or sold, those with the most purchases first.

    ``?name=`` narrows to a part of the name, ``?as=`` to those that bought (buyer) or sold (supplier).

    Raises:
        UsageError: there is no such side.
    """
    name, side = asked.text("name"), _side(asked.text("as"))
    number = asked.number("page", 1, least=1, most=100_000)
    data = asked.dataset
    found = data.kept.get(
        ("institutions", name, side, number),
        lambda: list_institutions(data.store, name, side=side, offset=(number - 1) * _PER_LIST, limit=_PER_LIST),
    )
    last = -(-found.total // _PER_LIST)
    kept = [("name", name), ("as", side or "")]
    return Answer(
        "institutions.html",
        found.to_json,
        {
            "found": found,
            "name": name,
            "side": side or "",
            "before": links.with_query("/i", [*kept, ("page", number - 1)]) if number > 1 else "",
            "after": links.with_query("/i", [*kept, ("page", number + 1)]) if number < last else "",
            "number": number,
            "pages": last,
        },
    )


def systems(asked: Asked) -> Answer:
    """Answer with the named systems, those that most findings name first."""
    found = asked.dataset.kept.get("systems", lambda: list_systems(asked.dataset.store))
    number = asked.number("page", 1, least=1, most=100_000)
    last = -(-len(found.rows) // _PER_LIST)
    return Answer(
        "systems.html",
        found.to_json,
        {
            "found": found,
            "rows": found.rows[(number - 1) * _PER_LIST : number * _PER_LIST],
            "before": links.with_query("/s", [("page", number - 1)]) if number > 1 else "",
            "after": links.with_query("/s", [("page", number + 1)]) if number < last else "",
            "number": number,
            "pages": last,
        },
    )


def institution(asked: Asked) -> Answer:
    """Answer with an institution; ``?as=supplier`` tells what it sold.

    Raises:
        NotFoundError: there is none with this id.
        UsageError: there is no such side.
    """
    view = asked.dataset.institution(asked.path["id"], side=_side(asked.text("as")))
    scope = [("buyer" if view.side == "buyer" else "supplier", view.institution.id)]
    partner = "Suppliers" if view.side == "buyer" else "Customers"
    charts = _charts(view.dossier, asked, scope, subject=view.institution.name, side=view.side, partner=partner)
    return Answer("institution.html", view.to_json, {"view": view, **_values(view.dossier, scope)}, charts=charts)


def system(asked: Asked) -> Answer:
    """Answer with a system.

    Raises:
        NotFoundError: there is none with this id.
    """
    view = asked.dataset.system(asked.path["id"])
    scope = [("system", view.system.id)]
    return Answer(
        "system.html",
        view.to_json,
        {"view": view, **_values(view.dossier, scope)},
        charts=_charts(view.dossier, asked, scope, subject=view.system.title, partner="Buyers"),
    )


def place(asked: Asked) -> Answer:
    """Answer with a place, by its code or its name.

    Raises:
        NotFoundError: there is none, or several are called so.
    """
    view = asked.dataset.place(asked.path["code"])
    scope = [("place", view.place.code)]
    return Answer(
        "place.html",
        view.to_json,
        {"view": view, **_values(view.dossier, scope)},
        charts=(
            place_chart(asked.dataset.map_counts(), view.place, asked.language),
            *_charts(view.dossier, asked, scope, subject=view.place.name),
        ),
    )


def procurement(asked: Asked) -> Answer:
    """Answer with a purchase, by its id or that of one of its notices.

    Raises:
        NotFoundError: there is none.
    """
    view = asked.dataset.procurement(asked.path["id"])
    return Answer(
        "procurement.html",
        view.to_json,
        {
            "view": view,
            "told": partial(_told, view, asked.language),
            "documents": {notice.file: notice.document for notice in view.notices},
        },
        charts=(purchase_chart(view, asked.language),),
    )


def _told(view: ProcurementView, language: str, reason: str) -> str:
    """Return why a notice belongs to the purchase, with the other notice by its type and day in place of its id."""
    for notice in view.notices:
        kind = type_title(str(notice.notice_type.value), language) if notice.notice_type else say(language, "Notice")
        day = str(notice.publication_date.value) if notice.publication_date else say(language, "undated")
        reason = reason.replace(notice.id, f"{kind} ({day})")
    return retell(language, reason)


def _side(asked: str) -> Side | None:
    if asked not in ("", "buyer", "supplier"):
        raise UsageError(f"as={asked[:20]} is no side. Write as=buyer or as=supplier.")
    return asked or None  # type: ignore[return-value]


def _charts(
    dossier: Dossier,
    asked: Asked,
    scope: Sequence[tuple[str, str]],
    *,
    subject: str,
    side: str = "buyer",
    partner: str = "Suppliers",
) -> tuple[Chart, ...]:
    """Return the charts that every dossier has; those of a large one are drawn once."""
    return asked.dataset.kept.get(
        ("charts", *scope, asked.language),
        lambda: (
            lanes_chart(dossier, asked.language, side=side, scope=scope),
            partners_chart(dossier, asked.language, partner=partner, scope=scope),
            flows_chart(dossier, subject, asked.language),
            capabilities_chart(dossier, asked.language, scope=scope),
        ),
        of=dossier,
    )


def _values(dossier: Dossier, scope: Sequence[tuple[str, str]]) -> dict[str, object]:
    """Return what the shared part of the dossiers needs."""
    raised = [one for one in dossier.flags if one.raised]
    return {
        "dossier": dossier,
        "scope": list(scope),
        "rows": capability_rows(dossier, scope),
        "quotes": _strongest(dossier.quotes),
        "raised": raised,
        "clear": [one for one in dossier.flags if not one.raised and one.clear],
        "untold": [one for one in dossier.flags if not one.raised and not one.clear and one.insufficient],
        "flag_count": sum(one.raised for one in raised),
        "span": _span(dossier),
    }


def _span(dossier: Dossier) -> str:
    """Return the first and the last year of the purchases; empty where no month is known."""
    years = sorted({one.month[:4] for one in dossier.lanes if one.month})
    return years[0] if len(years) == 1 else f"{years[0]} – {years[-1]}" if years else ""


def _strongest(quotes: Sequence[Quote]) -> list[Quote]:
    """Return the best quotation of different families, the surest first; of those that are as sure, the longest.

    Words of requirements stand before those of titles.
    """
    best: dict[str, Quote] = {}
    for quote in sorted(
        quotes, key=lambda one: (_SECTIONS.get(one.section, 1), -one.score, -min(len(one.quote), _LONG))
    ):
        if all(quote.quote != other.quote for other in best.values()):
            best.setdefault(family_of(quote.capability), quote)
    return list(best.values())[:_MOST_QUOTES]
