"""``sousveil glossary``: the terms that are looked for."""

from __future__ import annotations

import click

from sousveil.ask.glossary import GlossaryEntry, glossary
from sousveil.cli.options import echo_json, json_option
from sousveil.cli.shown import Shown


@click.command("glossary")
@click.argument("word", nargs=-1)
@click.option("--cap", default="", metavar="ID", help="Only this capability: id, title or family.")
@click.option("--language", default="", metavar="TAG", help="Only terms in this language (zh, en).")
@click.option("--jsonl", "as_jsonl", is_flag=True, help="One JSON object per term.")
@json_option
def command(*, word: tuple[str, ...], cap: str, language: str, as_jsonl: bool, as_json: bool) -> None:
    """List the terms that are looked for: all, or those with WORD in the term, its meaning or its capability."""
    found = glossary(" ".join(word), cap, language)
    if as_json:
        echo_json({"v": 1, "capabilities": [_shape(entry) for entry in found]})
    elif as_jsonl:
        for entry in found:
            for row in _terms(entry):
                echo_json(row)
    else:
        _show(Shown(), found, is_short=not (word or cap or language))


def _shape(entry: GlossaryEntry) -> dict[str, object]:
    leaf = entry.capability
    return {"id": leaf.id, "family": leaf.family, "title": leaf.title, "meaning": leaf.meaning, "terms": _terms(entry)}


def _terms(entry: GlossaryEntry) -> list[dict[str, object]]:
    names = ("term", "language", "gloss", "source", "strength", "capability", "needs", "unless")
    return [{name: getattr(term, name) for name in names} for term in entry.terms]


def _show(shown: Shown, found: tuple[GlossaryEntry, ...], *, is_short: bool) -> None:
    for entry in found:
        leaf = entry.capability
        shown.line(
            (f"{leaf.family} {leaf.title}", "bold"),
            (f"  {leaf.id}  {leaf.title_zh}", "dim"),
            f"  {len(entry.terms)} terms",
        )
        shown.line(f"a purchase that lets a body {leaf.meaning}", indent=2)
        for term in () if is_short else entry.terms:
            weak = "" if term.strength == "strong" else " (only near other words)"
            shown.line(
                (term.term, "cyan"), f"  {term.language}  {term.gloss}{weak}", (f"  {term.source}", "dim"), indent=4
            )
    if not found:
        shown.line("No term fits. All capabilities: sousveil glossary")
    elif is_short:
        shown.line("Terms of one: sousveil glossary --cap ID   With a word: sousveil glossary WORD")
