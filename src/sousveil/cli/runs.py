"""``sousveil runs``: what the runs did, and which files could not be read."""

from __future__ import annotations

import csv
import sys
from pathlib import Path

import click

from sousveil.cli.options import balance, dataset_option, echo_json, json_option
from sousveil.dataset import open_dataset
from sousveil.exceptions import NotFoundError
from sousveil.ingest.options import Counts

_COUNTS = ("seen", "read", "partly", "failed", "duplicate", "unchanged", "notices", "findings")


@click.group("runs")
def command() -> None:
    """What the runs did, and which files could not be read."""


@command.command("list")
@dataset_option
@json_option
def list_runs(*, dataset: Path | None, as_json: bool) -> None:
    """All runs, newest first."""
    with open_dataset(dataset) as opened:
        rows = [dict(row) for row in opened.store.rows("SELECT * FROM runs ORDER BY number DESC")]
    if as_json:
        echo_json({"v": 1, "runs": rows})
        return
    for row in rows:
        state = "" if row["finished_at"] else "  (interrupted; run the same command again)"
        click.echo(f"{row['number']:>4}  {row['started_at']}  {_balance(row)}; {row['notices']} notices{state}")


@command.command("show")
@click.argument("number", type=int)
@dataset_option
@json_option
def show(*, number: int, dataset: Path | None, as_json: bool) -> None:
    """One run: its paths, versions and balance."""
    with open_dataset(dataset) as opened:
        found = opened.store.rows("SELECT * FROM runs WHERE number = ?", (number,))
    if not found:
        raise NotFoundError(f"No run {number}. All runs: sousveil runs list")
    row = dict(found[0])
    if as_json:
        echo_json({"v": 1, "run": number, **{name: row[name] for name in _COUNTS}, "seconds": row["seconds"]})
        return
    click.echo(f"Run {number}, begun {row['started_at']}, finished {row['finished_at'] or 'never (interrupted)'}")
    click.echo(f"{_balance(row)}; {row['notices']} notices, {row['findings']} findings, {row['seconds']:.1f} s")
    click.echo(f"steps {row['versions']}")
    for path in row["paths"].splitlines():
        click.echo(f"  {path}")


@command.command("failures")
@click.option("--csv", "as_csv", is_flag=True, help="A table for a spreadsheet.")
@click.option("--jsonl", is_flag=True, help="One JSON object per line.")
@dataset_option
def failures(*, as_csv: bool, jsonl: bool, dataset: Path | None) -> None:
    """Files that could not be read, or not wholly: where, why, and what to do."""
    with open_dataset(dataset) as opened:
        rows = [dict(row) for row in opened.store.rows(_FAILURES)]
    if jsonl:
        for row in rows:
            echo_json({name: row[name] for name in ("path", "stage", "reason", "advice", "tries")})
    elif as_csv:
        table = csv.writer(sys.stdout)
        table.writerow(("path", "status", "stage", "reason", "advice", "tries"))
        table.writerows(
            [row[name] for name in ("path", "status", "stage", "reason", "advice", "tries")] for row in rows
        )
    else:
        _show_failures(rows)


_FAILURES = """
SELECT failures.address AS path, coalesce(files.status, 'failed') AS status, failures.stage, failures.reason,
       failures.advice, failures.tries
FROM failures LEFT JOIN files ON files.file = failures.file
ORDER BY status, failures.reason, failures.address
"""


def _show_failures(rows: list[dict[str, object]]) -> None:
    """Print failures grouped by reason, the most frequent first, with one example each."""
    groups: dict[tuple[object, object, object], list[dict[str, object]]] = {}
    for row in rows:
        groups.setdefault((row["status"], row["reason"], row["advice"]), []).append(row)
    for (status, reason, advice), members in sorted(groups.items(), key=lambda group: -len(group[1])):
        click.echo(f"{len(members):>5}  {status}: {reason}")
        click.echo(f"       for example {members[0]['path']}")
        click.echo(f"       {advice}")
    click.echo(f"{len(rows)} files in all. Every path: sousveil runs failures --csv")


def _balance(row: dict[str, object]) -> str:
    return balance(Counts(**{name: row[name] for name in _COUNTS}))  # type: ignore[arg-type]
