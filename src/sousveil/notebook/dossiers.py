"""Dossiers of an institution, a system, a place: what was bought and when, from whom, in which words."""

from __future__ import annotations

from sousveil.ask.cite import one_line
from sousveil.ask.dossier import Dossier, InstitutionView, PlaceView, SystemView
from sousveil.ask.face import Drawing
from sousveil.ask.facts import Quote
from sousveil.chart.words import family_of, title_of
from sousveil.draw.figures import money
from sousveil.exceptions import LeakError
from sousveil.notebook.markup import Html, chip, faint, line, note, said, source, strong, table, tag, whole

_MOST_PARTNERS, _MOST_QUOTES = 5, 3


def institution_html(view: InstitutionView) -> Html:
    """Return the dossier of an institution."""
    one = view.institution
    where = f"{view.place.name} {view.place.name_en}".strip() if view.place else one.country
    told = " · ".join(filter(None, [one.kind.replace("_", " "), one.level, where, one.id]))
    partner = "Suppliers" if view.side == "buyer" else "Customers"
    return _dossier(one.name, told, view.dossier, view.timeline(), partner)


def system_html(view: SystemView) -> Html:
    """Return the dossier of a system."""
    owner = view.owner.name if view.owner else ""
    told = " · ".join(filter(None, [view.system.programme, view.system.place, owner, view.system.id]))
    return _dossier(view.system.title, told, view.dossier, view.timeline(), "Buyers")


def place_html(view: PlaceView) -> Html:
    """Return the dossier of a place."""
    rate = view.per_million
    told = " · ".join(
        filter(None, [view.place.name_en, view.place.code, f"{rate:,.2f} purchases a million people" if rate else ""])
    )
    return _dossier(view.place.name, told, view.dossier, view.timeline(), "Suppliers")


def _dossier(name: str, told: str, dossier: Dossier, drawing: Drawing, partner: str) -> Html:
    sums = " · ".join(
        f"at least {money(one.amount, one.currency)}{'' if one.currency else ', currency not stated'}"
        f" (stated in {one.stated_in:,} of {one.of:,})"
        for one in dossier.totals.sums[:2]
    )
    word = "Known sales" if partner == "Customers" else "Known spending"
    raised = [one for one in dossier.flags if one.raised]
    partners = [
        (source(one.name), f"{one.purchases:,}", f"{one.share:.0%}", money(one.amount, one.currency or None))
        for one in dossier.partners[:_MOST_PARTNERS]
    ]
    return whole(
        line(strong(source(name)), faint(f" · {told}")),
        line(f"{word}: {sums}") if sums else "",
        note(dossier.totals.coverage),
        _drawn(drawing) if dossier.lanes else "",
        table((partner, "purchases", "share", "known sum"), partners, {1, 2, 3}) if partners else "",
        *(_quote(one) for one in _strongest(dossier)),
        note("Flags raised: ", ", ".join(f"{one.title} {one.raised:,}" for one in raised)) if raised else "",
    )


def _drawn(drawing: Drawing) -> Html:
    """Return the drawing, or what the gate says of it."""
    try:
        return Html(drawing.to_html())
    except LeakError as error:
        return note(error)


def _strongest(dossier: Dossier) -> list[Quote]:
    best: dict[str, Quote] = {}
    for quote in dossier.quotes:
        best.setdefault(quote.capability, quote)
    return sorted(best.values(), key=lambda quote: -quote.score)[:_MOST_QUOTES]


def _quote(quote: Quote) -> Html:
    words = said("“") + source(one_line(quote.quote)) + said("”")
    told = faint(f"  {title_of(quote.capability)}, p. {quote.page}, {quote.finding}")
    return tag("div", chip(family_of(quote.capability)), Html(words), told, style="margin:2px 0")
