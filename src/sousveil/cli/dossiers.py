"""``sousveil show procurement|institution|system|place``: what many notices say together."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Literal

import click

from sousveil.ask.chosen import Totals
from sousveil.ask.dossier import Dossier, InstitutionView, PlaceView, SystemView
from sousveil.ask.procurement import ProcurementView
from sousveil.cli.options import dataset_option, echo_json, json_option
from sousveil.cli.shown import Shown, capability_title
from sousveil.dataset import open_dataset
from sousveil.draw.figures import money

_MOST_LINES = 10
"""Lines of a list; --json has all."""


@click.command("procurement")
@click.argument("procurement_id", metavar="ID")
@json_option
@dataset_option
def procurement(*, procurement_id: str, as_json: bool, dataset: Path | None) -> None:
    """A purchase: its notices, the sum that is counted and why, its flags. ID: of the purchase or of one notice."""
    with open_dataset(dataset) as opened:
        view = opened.procurement(procurement_id)
    if as_json:
        echo_json(view.to_json())
    else:
        _show_procurement(Shown(), view)


@click.command("institution")
@click.argument("institution_id", metavar="ID|NAME")
@click.option("--as", "side", type=click.Choice(["buyer", "supplier"]), help="What it bought, or what it sold.")
@json_option
@dataset_option
def institution(
    *, institution_id: str, side: Literal["buyer", "supplier"] | None, as_json: bool, dataset: Path | None
) -> None:
    """An institution: names, place, what it bought or sold, from whom or to whom, data flows, flags."""
    with open_dataset(dataset) as opened:
        view = opened.institution(institution_id, side=side)
    if as_json:
        echo_json(view.to_json())
    else:
        _show_institution(Shown(), view)


@click.command("system")
@click.argument("system_id", metavar="ID")
@json_option
@dataset_option
def system(*, system_id: str, as_json: bool, dataset: Path | None) -> None:
    """A named system: who has it, who gives which data to it and takes from it."""
    with open_dataset(dataset) as opened:
        view = opened.system(system_id)
    if as_json:
        echo_json(view.to_json())
    else:
        _show_system(Shown(), view)


@click.command("place")
@click.argument("place_code", metavar="CODE|NAME")
@json_option
@dataset_option
def place(*, place_code: str, as_json: bool, dataset: Path | None) -> None:
    """A division: what the bodies in it bought, when first, from whom."""
    with open_dataset(dataset) as opened:
        view = opened.place(place_code)
    if as_json:
        echo_json(view.to_json())
    else:
        _show_place(Shown(), view)


def _show_procurement(shown: Shown, view: ProcurementView) -> None:
    found = view.procurement
    shown.line((found.title or "(no title)", "bold"))
    shown.line(f"{found.status}, {found.first_date or 'undated'} to {found.last_date or 'undated'}", indent=2)
    if view.buyer:
        shown.line("buyer     ", view.buyer.name, (f"  {view.buyer.id}", "dim"), indent=2)
    for one in view.suppliers:
        shown.line("supplier  ", one.name, (f"  {one.id}", "dim"), indent=2)
    if view.capabilities:
        shown.line((", ".join(map(capability_title, view.capabilities)), "cyan"), indent=2)
    amount = found.amount
    if amount:
        notices = ", ".join(amount.notices)
        shown.line(
            "amount    ",
            (money(amount.value, amount.currency), "bold"),
            f"  by rule {amount.rule}, from {notices}",
            indent=2,
        )
    else:
        shown.line("amount    not known", indent=2)
    for notice, value, why in amount.refused if amount else found.refused:
        shown.line((f"not {value:,.0f} of {notice}: {why}", "dim"), indent=12)
    if found.missing:
        shown.line("missing   ", ", ".join(found.missing), indent=2)
    _show_notices(shown, view)
    _show_flags(shown, view)


def _show_notices(shown: Shown, view: ProcurementView) -> None:
    shown.line()
    shown.line((f"notices ({len(view.notices)})", "bold"))
    for notice in view.notices:
        date = str(notice.publication_date.value) if notice.publication_date else "undated"
        kind = str(notice.notice_type.value) if notice.notice_type else "?"
        title = str(notice.title.value) if notice.title else "(no title)"
        shown.line(f"{date:<11}{kind:<13}", title, (f"  {notice.id}", "dim"), indent=2)
        for reason in view.why_with(notice.id):
            shown.line((reason, "dim"), indent=6)


def _show_flags(shown: Shown, view: ProcurementView) -> None:
    shown.line()
    shown.line((f"flags ({len(view.raised)} raised): a reason to look, never a verdict", "bold"))
    for flag in view.raised:
        shown.line((flag.rule, "yellow"), f"  {flag.says}", indent=2)
        for span in flag.spans[:2]:
            shown.line((f"“{' '.join(span.quote.split())[:160]}”  p.{span.page}", "dim"), indent=4)
    clear = [rule for rule, state, _ in view.checked if state == "clear"]
    unknown = [rule for rule, state, _ in view.checked if state == "insufficient"]
    if clear:
        shown.line((f"checked, not raised: {', '.join(clear)}", "dim"), indent=2)
    if unknown:
        shown.line((f"could not be told from these notices: {', '.join(unknown)}", "dim"), indent=2)
    shown.line("what a flag means: sousveil flags explain RULE")


def _show_institution(shown: Shown, view: InstitutionView) -> None:
    found = view.institution
    shown.line((found.name, "bold"), (f"  {found.id}", "dim"))
    facts = [found.kind, found.level, view.place.name_en if view.place else found.country, *found.identifiers]
    shown.line("  ·  ".join(fact for fact in facts if fact), indent=2)
    for alias in found.aliases[:_MOST_LINES]:
        shown.line("also printed as ", alias.name, (f"  ({alias.reason})", "dim"), indent=2)
    if view.parent:
        shown.line("part of ", view.parent.name, (f"  {view.parent.id}", "dim"), indent=2)
    if view.parts:
        parts = ", ".join(one.name for one in view.parts[:_MOST_LINES])
        shown.line(f"its {len(view.parts)} parts are not counted here: {parts}", indent=2)
    shown.line()
    shown.line("what it ", "bought" if view.side == "buyer" else "sold")
    _show_dossier(shown, view.dossier, "supplier" if view.side == "buyer" else "customer")


def _show_system(shown: Shown, view: SystemView) -> None:
    found = view.system
    shown.line((found.title, "bold"), (f"  {found.id}", "dim"))
    if view.owner:
        shown.line("of ", view.owner.name, (f"  {view.owner.id}", "dim"), indent=2)
    if found.names:
        shown.line("printed as ", ", ".join(found.names[:_MOST_LINES]), indent=2)
    if view.instances:
        places = ", ".join(one.title for one in view.instances[:_MOST_LINES])
        shown.line(f"in {len(view.instances)} places: {places}", indent=2)
    _show_dossier(shown, view.dossier, "buyer")


def _show_place(shown: Shown, view: PlaceView) -> None:
    found = view.place
    shown.line((f"{found.name} {found.name_en}", "bold"), (f"  {found.code}", "dim"))
    if found.population:
        source = f"{found.population_source}, {found.population_year}"
        rate = f"{view.per_million:,.2f} purchases a million people" if view.per_million is not None else ""
        shown.line(f"{found.population:,} people ({source}); {rate}", indent=2)
    for former in found.former:
        shown.line(f"until {former.until - 1}: {former.name}", indent=2)
    _show_dossier(shown, view.dossier, "supplier")


def _show_dossier(shown: Shown, dossier: Dossier, partner: str) -> None:
    _show_totals(shown, dossier.totals)
    if dossier.first:
        shown.line()
        shown.line(("capabilities, first seen", "bold"))
        for one in dossier.first:
            shown.line(
                f"{one.date or 'undated':<11}",
                (capability_title(one.capability), "cyan"),
                f"  {one.purchases:,}",
                indent=2,
            )
    if dossier.quotes:
        shown.line()
        shown.line(("in their own words", "bold"))
        for quote in dossier.quotes:
            words = " ".join(quote.quote.split())
            shown.line(
                (capability_title(quote.capability), "cyan"), f"  “{words}”", (f"  {quote.finding}", "dim"), indent=2
            )
    if dossier.scales:
        shown.line()
        shown.line(("largest figure stated, by unit", "bold"))
        for scale in dossier.scales:
            words = " ".join(scale.quote.split())
            shown.line(f"{scale.number:,.10g} {scale.unit}", f"  “{words}”", (f"  {scale.finding}", "dim"), indent=2)
    if dossier.partners:
        shown.line()
        shown.line((f"{partner}s", "bold"))
        rows = [
            (f"{one.share:.0%}", f"{one.purchases:,}", money(one.amount, one.currency or "?"), one.name, one.id)
            for one in dossier.partners[:_MOST_LINES]
        ]
        shown.table([("share", "purchases", "alone", "", ""), *rows], numbers=frozenset({0, 1}))
    _show_flows(shown, dossier)
    _show_counts(shown, dossier)


def _show_totals(shown: Shown, totals: Totals) -> None:
    for one in totals.sums:
        spent = money(one.amount, one.currency or "(currency not stated)")
        shown.line(
            "spent at least ", (spent, "bold"), f"  stated in {one.stated_in:,} of {one.of:,} purchases", indent=2
        )
    shown.line(totals.coverage, indent=2)


def _show_flows(shown: Shown, dossier: Dossier) -> None:
    if not dossier.flows:
        return
    shown.line()
    shown.line(("data flows stated", "bold"))
    for flow in dossier.flows[:_MOST_LINES]:
        arrow = " <-> " if flow.is_mutual else " -> "
        ends = arrow.join(dossier.ends[end].name for end in (flow.source, flow.target))
        told = ", ".join((*flow.what, *flow.data)) or "data"
        shown.line(ends, f"  {told}", (f"  {', '.join(flow.findings[:3])}", "dim"), indent=2)


def _show_counts(shown: Shown, dossier: Dossier) -> None:
    raised = [one for one in dossier.flags if one.raised]
    if raised:
        shown.line()
        shown.line(("flags: reasons to look, never verdicts", "bold"))
        rows: Sequence[Sequence[str]] = [
            (f"{one.raised:,}", f"{one.clear:,}", f"{one.insufficient:,}", one.title, one.rule) for one in raised
        ]
        shown.table([("raised", "clear", "not told", "", ""), *rows], numbers=frozenset({0, 1, 2}))
