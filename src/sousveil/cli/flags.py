"""``sousveil flags list|explain|run``: reasons to look at purchases."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import click
import msgspec

from sousveil.cli.options import dataset_option, echo_json, json_option
from sousveil.cli.shown import Shown
from sousveil.dataset import open_dataset
from sousveil.exceptions import NotFoundError
from sousveil.flag import INDICATORS, Indicator


@click.group("flags")
def command() -> None:
    """Indicators raised by purchases: each a reason to look, never a verdict."""


@command.command("list")
@click.argument("rule", required=False)
@click.option("--limit", type=click.IntRange(1), default=50, show_default=True, help="Most flags to show.")
@click.option("--jsonl", "as_jsonl", is_flag=True, help="One JSON object per flag, all of them.")
@json_option
@dataset_option
def list_flags(*, rule: str | None, limit: int, as_jsonl: bool, as_json: bool, dataset: Path | None) -> None:
    """How often each indicator is raised; with RULE the purchases that raise it, with the figures."""
    chosen = _indicator(rule).id if rule else ""
    with open_dataset(dataset) as opened:
        found = list(opened.flags(chosen))
    if as_jsonl:
        for flag in found:
            echo_json(msgspec.to_builtins(flag))
        return
    counts = Counter(flag.rule for flag in found)
    if as_json:
        echo_json(
            {
                "v": 1,
                "raised": [{"rule": one.id, "title": one.title, "count": counts[one.id]} for one in INDICATORS],
                "flags": msgspec.to_builtins(found) if rule else [],
            }
        )
        return
    shown = Shown()
    if not rule:
        rows = [(f"{counts[one.id]:,}", one.id, one.title, one.subject) for one in INDICATORS]
        shown.table([("raised", "rule", "", "about"), *rows], numbers=frozenset({0}))
        shown.line("next: sousveil flags list RULE   sousveil flags explain RULE")
        return
    for flag in found[:limit]:
        shown.line((flag.procurement, "bold"), f"  {flag.says}")
        for span in flag.spans[:2]:
            shown.line((f"“{' '.join(span.quote.split())[:160]}”  p.{span.page}", "dim"), indent=4)
    if len(found) > limit:
        shown.line(f"… {len(found) - limit:,} more: --limit {len(found)}")
    shown.line("next: sousveil show procurement ID")


@command.command("explain")
@click.argument("rule")
@json_option
def explain(*, rule: str, as_json: bool) -> None:
    """What an indicator asks, its formula, where OCDS keeps what it needs, and how it misleads."""
    found = _indicator(rule)
    if as_json:
        names = ("id", "title", "subject", "question", "formula", "ocds_paths", "needs", "limits")
        echo_json({"v": 1, **{name: getattr(found, name) for name in names}})
        return
    shown = Shown()
    shown.line((found.title, "bold"), (f"  {found.id}", "dim"))
    shown.line(found.question, indent=2)
    shown.line("raised when  ", found.formula, indent=2)
    shown.line("needs        ", "; ".join(found.needs), indent=2)
    shown.line("in OCDS      ", ", ".join(found.ocds_paths) or "nothing of the kind", indent=2)
    for limit in found.limits:
        shown.line("mind         ", limit, indent=2)
    shown.line(f"more: docs/flags/{found.id}.md")


@command.command("run")
@dataset_option
def run(*, dataset: Path | None) -> None:
    """Check the flags of every purchase again; every ingest checks those of purchases that changed."""
    with open_dataset(dataset) as opened:
        checked = opened.check_flags()
    click.echo(f"{checked:,} purchases checked", err=True)


def _indicator(rule: str) -> Indicator:
    """Return the indicator of a name.

    Raises:
        NotFoundError: there is none.
    """
    found = next((one for one in INDICATORS if one.id == rule), None)
    if found is None:
        raise NotFoundError(f"There is no flag {rule!r}. Known are: {', '.join(one.id for one in INDICATORS)}.")
    return found
