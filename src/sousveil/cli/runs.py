"""``sousveil runs``: what the runs did, which files could not be read, and what to ask of the run that goes on.

Paths are shown with persons covered, on the screen as in a table: either is soon in a mail to somebody.
"""

from __future__ import annotations

import csv
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

import click
import msgspec

from sousveil.ask.runs import FailureGroup, group_failures, list_failures, list_runs, show_run, state_of_run
from sousveil.cli.options import balance, dataset_option, echo_json, json_option
from sousveil.cli.progress import live_line
from sousveil.dataset import open_dataset
from sousveil.ingest.options import Counts
from sousveil.live import Wish, ask, look, look_going

_COUNTS = ("seen", "read", "partly", "failed", "duplicate", "unchanged", "notices", "findings")


@click.group("runs")
def command() -> None:
    """What the runs did, which files could not be read; and to pause, resume or stop the run that goes on."""


@command.command("list")
@dataset_option
@json_option
def list_command(*, dataset: Path | None, as_json: bool) -> None:
    """All runs, newest first."""
    with open_dataset(dataset) as opened:
        rows = list_runs(opened.store)
        live = look(opened.paths)
    if as_json:
        echo_json({"v": 1, "runs": rows})
        return
    for row in rows:
        now = state_of_run(row, live)
        state = {"finished": "", "interrupted": "  (interrupted; run the same command again)"}.get(now, f"  ({now})")
        click.echo(f"{row['number']:>4}  {row['started_at']}  {_balance(row)}; {row['notices']} notices{state}")


@command.command("show")
@click.argument("number", type=int)
@dataset_option
@json_option
def show(*, number: int, dataset: Path | None, as_json: bool) -> None:
    """One run: its paths, versions and balance."""
    with open_dataset(dataset) as opened:
        row = show_run(opened.store, number)
    if as_json:
        echo_json({"v": 1, "run": number, **{name: row[name] for name in _COUNTS}, "seconds": row["seconds"]})
        return
    click.echo(f"Run {number}, begun {row['started_at']}, finished {row['finished_at'] or 'never (interrupted)'}")
    click.echo(f"{_balance(row)}; {row['notices']} notices, {row['findings']} findings, {row['seconds']:.1f} s")
    click.echo(f"steps {row['versions']}")
    for path in str(row["paths"]).splitlines():
        click.echo(f"  {path}")


@command.command("now")
@dataset_option
@json_option
def now(*, dataset: Path | None, as_json: bool) -> None:
    """What the run that goes on is doing: how far it is, how fast, what is left."""
    with open_dataset(dataset) as opened:
        live = look_going(opened.paths)
    if as_json:
        echo_json({"v": 1, "live": None if live is None else msgspec.to_builtins(live)})
    elif live is None:
        click.echo("No run is going on. What the last ones did: sousveil runs list")
    else:
        click.echo(f"Run {live.run}, {live_line(live)}")
        click.echo(f"{balance(Counts(**live.counts))}; {live.counts.get('notices', 0):,} notices so far")


@command.command("pause")
@dataset_option
def pause(*, dataset: Path | None) -> None:
    """Let the run that goes on rest; what it has read is kept and can be searched."""
    _ask(dataset, "pause", "It pauses when the files in hand are read. To go on: sousveil runs resume")


@command.command("resume")
@dataset_option
def resume(*, dataset: Path | None) -> None:
    """Let the run that pauses go on."""
    _ask(dataset, "", "It goes on.")


@command.command("stop")
@dataset_option
def stop(*, dataset: Path | None) -> None:
    """End the run that goes on, as Ctrl-C would: the same ingest goes on where it stopped."""
    _ask(dataset, "stop", "It stops at the next file; nothing is lost: the same ingest goes on from there.")


def _ask(dataset: Path | None, wish: Wish, said: str) -> None:
    with open_dataset(dataset) as opened:
        live = ask(opened.paths, wish)
    click.echo(f"Run {live.run}, {live_line(live)}. {said}")


@command.command("failures")
@click.option("--csv", "as_csv", is_flag=True, help="A table for a spreadsheet.")
@click.option("--jsonl", is_flag=True, help="One JSON object per line.")
@dataset_option
def failures(*, as_csv: bool, jsonl: bool, dataset: Path | None) -> None:
    """Files that could not be read, or not wholly: where, why, and what to do.

    Persons in names of files are covered; folder and ending stay.
    """
    with open_dataset(dataset) as opened:
        failed = list_failures(opened.store)
        groups = group_failures(opened.store)
    if jsonl:
        for one in failed:
            echo_json({name: getattr(one, name) for name in _COLUMNS if name != "status"})
    elif as_csv:
        table = csv.writer(sys.stdout)
        table.writerow(_COLUMNS)
        table.writerows([getattr(one, name) for name in _COLUMNS] for one in failed)
    else:
        _show_failures(groups)


_COLUMNS = ("path", "status", "stage", "reason", "advice", "tries")


def _show_failures(groups: Sequence[FailureGroup]) -> None:
    """Print failures grouped by reason, the most frequent first, with one example each."""
    for group in groups:
        click.echo(f"{group.files:>5}  {group.status}: {group.reason}")
        click.echo(f"       for example {group.example}")
        click.echo(f"       {group.advice}")
    click.echo(f"{sum(group.files for group in groups)} files in all. Every path: sousveil runs failures --csv")


def _balance(row: Mapping[str, object]) -> str:
    return balance(Counts(**{name: row[name] for name in _COUNTS}))  # type: ignore[arg-type]
