"""``sousveil why ID``: from a finding or a field back to the words, the page, the bytes, the sighting."""

from __future__ import annotations

from pathlib import Path

import click

from sousveil.ask.why import Why
from sousveil.cli.options import dataset_option, echo_json, json_option
from sousveil.cli.shown import Shown
from sousveil.dataset import open_dataset


@click.command("why")
@click.argument("asked", metavar="ID")
@click.option("--no-proof", is_flag=True, help="Do not load the bytes and read them again.")
@json_option
@dataset_option
def command(*, asked: str, no_proof: bool, as_json: bool, dataset: Path | None) -> int:
    """Lead from a finding (its ID) or a field (NOTICE:buyer) back to its evidence, and check that it holds.

    Ends with exit code 1 when the evidence is missing or says something else now.
    """
    with open_dataset(dataset) as opened:
        answer = opened.why(asked, is_proving=not no_proof)
    if as_json:
        echo_json(answer.to_json())
    else:
        _show(Shown(), answer)
    return 0 if answer.is_proved else 1


def _show(shown: Shown, answer: Why) -> None:
    span = answer.span
    shown.line((f"{answer.what}: ", "dim"), (str(answer.value), "bold"))
    words = " ".join(span.quote.split())
    quote = (words, "bold reverse") if shown.is_terminal else f"[{words}]"
    shown.line("…", " ".join(answer.before.split()), quote, " ".join(answer.after.split()), "…", indent=2)
    label = f" ({answer.page_label})" if answer.page_label else ""
    shown.line((f"{'page':<9}", "dim"), f"{span.page}{label}, characters {span.start} to {span.end}", indent=2)
    if answer.confidence is not None:
        shown.line((f"{'picture':<9}", "dim"), f"recognised, confidence {answer.confidence:.2f}: compare", indent=2)
    shown.line((f"{'file':<9}", "dim"), f"{answer.name}, {answer.media_type}, sha256 {span.file}", indent=2)
    shown.line((f"{'notice':<9}", "dim"), answer.notice, indent=2)
    score = f", score {answer.score:g}" if answer.score is not None else ""
    shown.line((f"{'rule':<9}", "dim"), f"{answer.rule}{score}", indent=2)
    if answer.term:
        meaning = f"{answer.term.term} ({answer.term.language}): {answer.term.gloss}; source: {answer.term.source}"
        shown.line((f"{'term':<9}", "dim"), meaning, indent=2)
    for reason in answer.reasons_for:
        shown.line((f"{'for':<9}", "dim"), reason, indent=2)
    for reason in answer.reasons_against:
        shown.line((f"{'against':<9}", "dim"), reason, indent=2)
    for seen in answer.sightings:
        inside = f", inside {seen.container[:12]}…" if seen.container else ""
        status = f" (HTTP {seen.status})" if seen.status else ""
        place = f"{seen.seen_at} {seen.source}: {seen.shown_address}{status}{inside}, ledger line {seen.number}"
        shown.line((f"{'seen':<9}", "dim"), place, indent=2)
    for check in answer.checks:
        shown.line(
            (f"{'holds' if check.is_ok else 'BROKEN':<9}", "green" if check.is_ok else "bold red"), check.text, indent=2
        )
