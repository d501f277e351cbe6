"""``sousveil review FINDING VERDICT``, ``review list``, ``review undo``: what people decide on findings."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

import click

from sousveil.ask.reviews import VERDICTS, ReviewRow
from sousveil.cli.options import dataset_option, echo_json, json_option
from sousveil.cli.shown import Shown
from sousveil.dataset import open_dataset
from sousveil.model import Review, Verdict

_MOST_QUOTE = 160
_by_option = click.option("--by", default="", help="Who decides.")


class _Group(click.Group):
    """A group of which the id of a finding is no command: ``review ID confirmed`` is ``review judge ID confirmed``."""

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Return the command that the first word names, else the one that judges a finding."""
        if args and args[0] not in self.commands:
            args = ["judge", *args]
        return super().resolve_command(ctx, args)


@click.group("review", cls=_Group, subcommand_metavar="FINDING VERDICT | list | undo FINDING")
def command() -> None:
    """Confirm or reject a finding, or say that you are unsure: sousveil review FINDING confirmed|rejected|unsure.

    A decision is kept with its note in judgements.db and holds when everything else is made again. The newest one on a
    finding counts; undo brings back the one before. Findings are judged, never people.
    """


@command.command("judge", hidden=True)
@click.argument("finding")
@click.argument("verdict", type=click.Choice(VERDICTS))
@click.option("--note", default="", help="Why.")
@_by_option
@json_option
@dataset_option
def judge(*, finding: str, verdict: Verdict, note: str, by: str, as_json: bool, dataset: Path | None) -> None:
    """Keep what you decide on FINDING, by its id."""
    with open_dataset(dataset) as opened:
        kept = opened.judge_finding(finding, verdict, note, by=by)
    if as_json:
        echo_json({"v": 1, "review": asdict(kept)})
    else:
        click.echo(f"Decision {kept.number} kept: finding {kept.finding} is {_said(kept)}.")


@command.command("undo")
@click.argument("finding")
@_by_option
@json_option
@dataset_option
def undo(*, finding: str, by: str, as_json: bool, dataset: Path | None) -> None:
    """Take back the newest decision on FINDING; the one before it counts again."""
    with open_dataset(dataset) as opened:
        kept = opened.undo_review(finding, by=by)
    if as_json:
        echo_json({"v": 1, "review": asdict(kept)})
    else:
        click.echo(f"Decision {kept.undoes} taken back: finding {kept.finding} is {_said(kept)}.")


@command.command("list")
@click.option("--state", type=click.Choice(VERDICTS), help="Only these.")
@json_option
@dataset_option
def list_reviews(*, state: Verdict | None, as_json: bool, dataset: Path | None) -> None:
    """List what stands on findings, oldest first, with the counts of all findings."""
    with open_dataset(dataset) as opened:
        found = opened.reviews(state or "")
    if as_json:
        echo_json(found.to_json())
        return
    shown = Shown()
    for row in found.rows:
        _show(shown, row)
    if not found.rows:
        shown.line("Nothing was decided here yet. Ids of findings: sousveil show notice ID")
    shown.line(", ".join(f"{count:,} {name}" for name, count in found.counts.items()))
    if found.gone:
        shown.line(
            f"{found.gone:,} on findings that the dataset has no more: their files were read differently since, or are"
            " away. They are kept, and count again when the findings come back."
        )


def _show(shown: Shown, row: ReviewRow) -> None:
    review = row.review
    shown.line((review.state, "bold"), f"  {review.finding}  {row.kind or 'gone'} {row.value or ''}".rstrip())
    if row.quote:
        shown.line((f"“{' '.join(row.quote.split())[:_MOST_QUOTE]}”  p.{row.page}", "dim"), indent=4)
    told = "  ".join(filter(None, [review.made_at[:10], review.by, review.note]))
    shown.line((told if not row.is_gone else f"{told}  (was in notice {review.notice})", "dim"), indent=4)


def _said(review: Review) -> str:
    return "unreviewed again" if review.state == "unreviewed" else review.state
