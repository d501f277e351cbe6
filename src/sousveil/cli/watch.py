"""``sousveil watch add|list|check|show|rm``: searches that are kept, and what is new in them."""

from __future__ import annotations

import shlex
from pathlib import Path
from typing import Any

import click

from sousveil.ask.search import Hit
from sousveil.ask.watching import SHOWN, Checked, WatchState
from sousveil.cli.options import counted, dataset_option, echo_json, json_option
from sousveil.cli.question import filter_options, raw_option, take_filters
from sousveil.cli.shown import Shown
from sousveil.dataset import open_dataset
from sousveil.store.watches import Watch

_SHOWN_TERMS = 9
"""Terms named before ``+N``: one line of a terminal."""
_jsonl_option = click.option("--jsonl", "as_jsonl", is_flag=True, help="One JSON object per watch.")


@click.group("watch")
def command() -> None:
    """Keep searches, and ask what is new in them.

    Watches lie in judgements.db, where people's decisions are, and outlive a rebuild. A watch is for bodies,
    technologies and places; what asks for a person is refused.
    """


@command.command("add", context_settings={"ignore_unknown_options": True})  # -not is a word of the query
@click.argument("name")
@click.argument("query", nargs=-1)
@filter_options
@raw_option
@click.option("--dry-run", is_flag=True, help="Only say what it would find.")
@json_option
@dataset_option
def add(
    *,
    name: str,
    query: tuple[str, ...],
    raw: bool,
    dry_run: bool,
    as_json: bool,
    dataset: Path | None,
    **filters: Any,  # noqa: ANN401 (checked by take_filters)
) -> None:
    """Keep a search under a NAME; QUERY and filters are those of search. What matches now is not new."""
    for word in query:
        if word.startswith("--"):
            raise click.NoSuchOption(word)
    with open_dataset(dataset) as opened:
        asked = take_filters(filters)
        if dry_run:
            watch = opened.watches.make(name, " ".join(query), asked, raw=raw)
            found = opened.search(watch.query, asked, raw=raw, limit=0, facets=False)
            total = found.total
            shape: dict[str, object] = {"v": 1, "kept": False, "name": watch.name, "total": total}
        else:
            state = opened.watch(name, " ".join(query), asked, raw=raw)
            watch, total = state.watch, state.total or 0
            shape = {"v": 1, "kept": True, **state.to_json()}
            found = opened.search(watch.query, asked, raw=raw, limit=0, facets=False)
    if as_json:
        echo_json(shape)
        return
    shown = Shown()
    for note in found.notes:
        shown.line((f"note: {note}", "dim"))
    shown.line(
        "Nothing kept. " if dry_run else "Kept. ",
        f"{counted(total, 'notice')} {'matches now; it is' if total == 1 else 'match now; they are'} not new.",
    )
    if not dry_run:
        shown.line(f"what is new later: sousveil watch check {shlex.quote(watch.name)}")


@command.command("list")
@_jsonl_option
@json_option
@dataset_option
def list_watches(*, as_json: bool, as_jsonl: bool, dataset: Path | None) -> None:
    """List the watches with how many notices match, and how many are new since the last check."""
    with open_dataset(dataset) as opened:
        states = tuple(opened.watches)
    if as_json:
        echo_json({"v": 1, "watches": [state.to_json() for state in states]})
    elif as_jsonl:
        for state in states:
            echo_json(state.to_json())
    elif not states:
        Shown().line("Nothing is watched yet. Keep a search: sousveil watch add NAME QUERY")
    else:
        head = ("name", "new", "notices", "checked", "asks for")
        Shown().table([head, *map(_row, states)], numbers=frozenset({1, 2}))
        for state in states:
            if state.problem:
                click.echo(f"{state.watch.name}: {state.problem}", err=True)


@command.command("show")
@click.argument("name")
@click.option("--limit", type=click.IntRange(0), default=SHOWN, show_default=True, help="Most notices to show.")
@json_option
@dataset_option
def show(*, name: str, limit: int, as_json: bool, dataset: Path | None) -> None:
    """Show a watch, and the notices that were new in it the last time."""
    with open_dataset(dataset) as opened:
        watches = opened.watches
        state = watches[name]
        hits = watches.hits(state, limit)
    if as_json:
        ids, rows = list(state.last_new), [hit.to_row() for hit in hits]
        echo_json({"v": 1, **state.to_json(), "last_new_ids": ids, "hits": rows})
        return
    shown = Shown()
    shown.line((state.watch.name, "bold"), f"  {asks_for(state.watch)}")
    total = "it errs" if state.total is None else f"{state.total:,} notices, {state.new:,} new since the last check"
    shown.line(f"{total} ({_day(state.checked_at)})", indent=2)
    shown.line((_command_of(state), "dim"), indent=2)
    if state.problem:
        click.echo(state.problem, err=True)
    if state.last_new:
        shown.line(f"new on {_day(state.last_new_at)}: {len(state.last_new):,}", indent=2)
        _show_hits(shown, hits, state.watch, len(state.last_new))
    else:
        shown.line("nothing was new in it yet", indent=2)


@command.command("rm")
@click.argument("name")
@dataset_option
def remove(*, name: str, dataset: Path | None) -> None:
    """Remove a watch; notices stay as they are."""
    with open_dataset(dataset) as opened:
        state = opened.watches[name]
        opened.watches.remove(name)
    click.echo(f"Removed. To keep it again: sousveil watch add {shlex.quote(state.watch.name)} {asks_for(state.watch)}")


@command.command("check")
@click.argument("names", metavar="[NAME]...", nargs=-1)
@click.option("--keep", is_flag=True, help="Only look: what is new now is new the next time, too.")
@click.option("--limit", type=click.IntRange(0), default=SHOWN, show_default=True, help="Most notices to tell in full.")
@click.option("-q", "--quiet", is_flag=True, help="Print nothing: the exit code says whether something is new.")
@_jsonl_option
@json_option
@dataset_option
def check(
    *,
    names: tuple[str, ...],
    keep: bool,
    limit: int,
    quiet: bool,
    as_json: bool,
    as_jsonl: bool,
    dataset: Path | None,
) -> int:
    """Say what is new in each watch, or in the named ones, since the last check.

    Ends with exit code 10 when something is new, else with 5 when a query errs, else with 0.
    """
    done: list[Checked] = []
    shown = Shown()
    with open_dataset(dataset) as opened:
        for checked in opened.watches.check(*names, is_marking=not keep, limit=0 if quiet else limit):
            done.append(checked)
            if quiet or as_json:
                continue
            if as_jsonl:
                echo_json(checked.to_json())
            else:
                _show_checked(shown, checked)
    if as_json and not quiet:
        new = sum(len(one.new) for one in done)
        echo_json({"v": 1, "kept": keep, "new": new, "watches": [one.to_json() for one in done]})
    elif not done and not quiet and not as_jsonl:
        shown.line("Nothing is watched yet. Keep a search: sousveil watch add NAME QUERY")
    if any(one.new for one in done):
        return 10
    return 5 if any(one.problem for one in done) else 0


def _show_checked(shown: Shown, checked: Checked) -> None:
    if checked.problem:
        click.echo(f"{checked.watch.name}: not checked. {checked.problem}", err=True)
        return
    gone = f"; {checked.gone:,} match no more" if checked.gone else ""
    new = f"{len(checked.new):,} new" if checked.new else "nothing new"
    shown.line((checked.watch.name, "bold"), f": {new} since {_day(checked.since)}, {checked.total:,} in all{gone}")
    for said, terms in (("now also searched as", checked.widened), ("no longer searched as", checked.narrowed)):
        if terms:
            more = f" +{len(terms) - _SHOWN_TERMS}" if len(terms) > _SHOWN_TERMS else ""
            shown.line(f"{said} {' · '.join(terms[:_SHOWN_TERMS])}{more}", indent=2)
    if here := len(checked.new) - checked.arrived:
        shown.line(f"{here:,} of the new were in the dataset before: read again, or found by other words", indent=2)
    for note in checked.notes:
        shown.line((f"note: {note}", "dim"), indent=2)
    _show_hits(shown, checked.hits, checked.watch, len(checked.new))


def _show_hits(shown: Shown, hits: tuple[Hit, ...], watch: Watch, total: int) -> None:
    for hit in hits:
        shown.line()
        shown.line((hit.title or "(no title)", "bold"), indent=2)
        facts = "  ·  ".join(fact for fact in (hit.date, hit.type, hit.buyer, hit.place) if fact)
        shown.line(facts or "nothing else is stated", indent=4)
        for passage in hit.passages:
            shown.line((f"p.{passage.page} ", "dim"), shown.passage(passage), indent=4)
        shown.line((f"notice {hit.notice}", "dim"), indent=4)
    if hits and len(hits) < total:
        shown.line(
            f"… {total - len(hits):,} more: sousveil watch show {shlex.quote(watch.name)} --limit {total}", indent=2
        )


def _row(state: WatchState) -> tuple[str, ...]:
    total = "errs" if state.total is None else f"{state.total:,}"
    return (state.watch.name, f"{state.new:,}", total, _day(state.checked_at), asks_for(state.watch))


def asks_for(watch: Watch) -> str:
    """Return query and filters of a watch as the words of a command.

    >>> asks_for(Watch(name="x", query="声纹 公安", filters={"place": ("Sichuan",)}, is_raw=True))
    "'声纹 公安' --place Sichuan --raw"
    """
    words = [shlex.quote(watch.query)] if watch.query else []
    words += [f"--{name} {shlex.quote(one)}" for name, values in watch.filters.items() for one in values]
    return " ".join([*words, *(["--raw"] if watch.is_raw else [])])


def _command_of(state: WatchState) -> str:
    return f"sousveil search {asks_for(state.watch)}"


def _day(time: str) -> str:
    return f"{time[:16].replace('T', ' ')} UTC"
