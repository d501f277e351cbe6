"""``sousveil resolve``: which names are one institution, which notices one purchase, and what people decide on them."""

from __future__ import annotations

from pathlib import Path

import click

from sousveil.ask.institutions import JudgementReport
from sousveil.cli.options import Command, dataset_option, echo_json, json_option
from sousveil.cli.shown import Shown
from sousveil.dataset import open_dataset
from sousveil.model import Decision

_note_option = click.option("--note", default="", help="Why.")


def _judging_options(command: Command) -> Command:
    """Add what every judgement on names takes: a note, who decides, whether it is only tried, and where."""
    by = click.option("--by", default="", help="Who decides.")
    dry_run = click.option("--dry-run", is_flag=True, help="Only say what it would do.")
    return _note_option(by(dry_run(json_option(dataset_option(command)))))


@click.group("resolve")
def command() -> None:
    """Decide which names are one institution; the rules decide where nobody has.

    A judgement is kept with its note in judgements.db and holds when everything else is made again. A later one on the
    same names counts instead of an earlier one.
    """


@command.command("pairs")
@click.option("--limit", type=click.IntRange(1), default=20, show_default=True, help="How many.")
@click.option("--least", type=click.FloatRange(0, 1), default=0.3, show_default=True, help="Lowest score.")
@json_option
@dataset_option
def pairs(*, limit: int, least: float, as_json: bool, dataset: Path | None) -> None:
    """List pairs of institutions that may be one and were not made one, the likeliest first."""
    with open_dataset(dataset) as opened:
        found = opened.names.pairs(least=least)
    if as_json:
        rows = [
            {
                "left": {"id": pair.left, "name": pair.names[0]},
                "right": {"id": pair.right, "name": pair.names[1]},
                "score": pair.score,
                "reasons": pair.reasons,
            }
            for pair in found[:limit]
        ]
        echo_json({"v": 1, "total": len(found), "pairs": rows})
        return
    shown = Shown()
    for pair in found[:limit]:
        shown.line((f"{pair.score:.2f}", "bold"), "  ", (pair.names[0], "cyan"), "  ", (pair.names[1], "cyan"))
        shown.line("; ".join(pair.reasons), indent=6)
        shown.line((f"{pair.left}  {pair.right}", "dim"), indent=6)
    if not found:
        shown.line("No pair is worth a look.")
    else:
        shown.line(
            f"{min(limit, len(found))} of {len(found)}. Decide: sousveil resolve merge|split LEFT RIGHT --note WHY"
        )


@command.command("merge")
@click.argument("left")
@click.argument("right")
@_judging_options
def merge(*, left: str, right: str, note: str, by: str, dry_run: bool, as_json: bool, dataset: Path | None) -> None:
    """Say that LEFT and RIGHT are one institution; each is a name as printed, or an id."""
    _judge("merge", (left, right), "", note, by, dry_run=dry_run, as_json=as_json, dataset=dataset)


@command.command("split")
@click.argument("left")
@click.argument("right")
@_judging_options
def split(*, left: str, right: str, note: str, by: str, dry_run: bool, as_json: bool, dataset: Path | None) -> None:
    """Say that LEFT and RIGHT are two; LEFT goes apart, other spellings stay with RIGHT."""
    _judge("split", (left, right), "", note, by, dry_run=dry_run, as_json=as_json, dataset=dataset)


@command.command("rename")
@click.argument("name")
@click.argument("title")
@_judging_options
def rename(*, name: str, title: str, note: str, by: str, dry_run: bool, as_json: bool, dataset: Path | None) -> None:
    """Show the institution of NAME as TITLE."""
    _judge("rename", (name,), title, note, by, dry_run=dry_run, as_json=as_json, dataset=dataset)


@command.command("together")
@click.argument("notice")
@click.argument("other")
@_note_option
@dataset_option
def together(*, notice: str, other: str, note: str, dataset: Path | None) -> None:
    """Say that two notices, by id, are of one purchase."""
    with open_dataset(dataset) as opened:
        opened.judge_notices("together", notice, other, note)
        click.echo(f"Kept. They are in procurement {opened.procurement(notice).procurement.id}.")


@command.command("apart")
@click.argument("notice")
@click.argument("other")
@_note_option
@dataset_option
def apart(*, notice: str, other: str, note: str, dataset: Path | None) -> None:
    """Say that two notices, by id, are of two purchases."""
    with open_dataset(dataset) as opened:
        opened.judge_notices("apart", notice, other, note)
        ids = [opened.procurement(one).procurement.id for one in (notice, other)]
        click.echo(f"Kept. They are in procurements {ids[0]} and {ids[1]}.")


@command.command("list")
@json_option
@dataset_option
def list_judgements(*, as_json: bool, dataset: Path | None) -> None:
    """List what was decided on names, oldest first."""
    with open_dataset(dataset) as opened:
        rows = opened.names.judgements()
    if as_json:
        echo_json({"v": 1, "judgements": rows})
        return
    shown = Shown()
    for row in rows:
        right = row.title if row.right is None else row.right.name
        shown.line(
            f"{row.number:>4}  {row.decision:<6}  ", (row.left.name, "cyan"), "  ", (right, "cyan"), f"  {row.note}"
        )
    if not rows:
        shown.line("Nothing was decided on names yet. Pairs worth a look: sousveil resolve pairs")


def _judge(
    decision: Decision,
    names: tuple[str, ...],
    title: str,
    note: str,
    by: str,
    *,
    dry_run: bool,
    as_json: bool,
    dataset: Path | None,
) -> None:
    with open_dataset(dataset) as opened:
        report = opened.names.judge(decision, *names, title=title, note=note, by=by, is_kept=not dry_run)
    if as_json:
        echo_json(
            {"v": 1, "kept": not dry_run, "before": report.before, "after": report.after, "judgement": report.judgement}
        )
    else:
        click.echo(_told(report, is_kept=not dry_run))


def _told(report: JudgementReport, *, is_kept: bool) -> str:
    head = f"Judgement {report.judgement.number} kept." if is_kept else "Nothing kept."
    return f"{head} {' and '.join(report.before)} -> {' and '.join(dict.fromkeys(report.after))}"
