"""``sousveil glossary``: the terms that are looked for, and the user's own."""

from __future__ import annotations

from pathlib import Path

import click

from sousveil.ask.glossary import GlossaryEntry, TermView, glossary, show_term, state_of
from sousveil.ask.own import own_rows, to_csv, to_row
from sousveil.ask.terms import expand, near_word
from sousveil.cli.options import dataset_option, echo_json, json_option
from sousveil.cli.shown import Shown
from sousveil.data.own import SHIPPED, OwnTerms
from sousveil.data.terms import Term
from sousveil.dataset import open_dataset
from sousveil.exceptions import NoDatasetError, StorageFullError
from sousveil.find.own import OwnRow, dump_own, load_own
from sousveil.paths import find_dataset

_SHOWN = 13
"""Terms of a search that are shown, and the words themselves."""
_STATES = {"shipped": "", "yours": " (yours)", "off": " (put aside)"}


class _ListFirst(click.Group):
    """A group whose ``list`` may be left out: ``sousveil glossary iris``."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        is_named = bool(args) and (args[0] in self.commands or args[0] in ctx.help_option_names)
        return super().parse_args(ctx, args if is_named else ["list", *args])


@click.group("glossary", cls=_ListFirst)
def command() -> None:
    """List the terms that are looked for, and add your own; without a command: list."""


@command.command("list")
@click.argument("word", nargs=-1)
@click.option("--cap", default="", metavar="ID", help="Only this capability: id, title or family.")
@click.option("--language", default="", metavar="TAG", help="Only terms in this language (zh, en).")
@click.option("--yours", "is_yours", is_flag=True, help="Only your own terms, and those you put aside.")
@click.option("--jsonl", "as_jsonl", is_flag=True, help="One JSON object per term.")
@json_option
@dataset_option
def list_terms(
    *,
    word: tuple[str, ...],
    cap: str,
    language: str,
    is_yours: bool,
    as_jsonl: bool,
    as_json: bool,
    dataset: Path | None,
) -> None:
    """List all terms, or those with WORD in the term, its meaning or its capability."""
    own = _own(dataset)
    asked = " ".join(word)
    found = glossary(asked, cap, language, own, is_yours=is_yours)
    if as_json:
        echo_json({"v": 1, "capabilities": [_shape(entry, own) for entry in found]})
    elif as_jsonl:
        for entry in found:
            for term in entry.terms:
                echo_json(_row(term, own))
    else:
        _show(Shown(), found, own, is_short=not (word or cap or language or is_yours))
        if not found and asked and not is_yours:
            _tell_search(Shown(), asked, own)


@command.command("show")
@click.argument("term", nargs=-1, required=True)
@json_option
@dataset_option
def show(*, term: tuple[str, ...], as_json: bool, dataset: Path | None) -> None:
    """Show one term in full: what it means, what must stand beside it and what must not, where it comes from."""
    own = _own(dataset)
    found = show_term(" ".join(term), own)
    if as_json:
        rows = [_row(view.term, own) | {"alike": [other.term for other in view.alike]} for view in found]
        echo_json({"v": 1, "terms": rows})
        return
    for view in found:
        _show_term(Shown(), view)


@command.command("import")
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@json_option
@dataset_option
def import_file(*, file: Path, as_json: bool, dataset: Path | None) -> int:
    """Take your own terms from a CSV or YAML file: term, capability, language, gloss, source, needs, unless, state.

    Rows that cannot be used are named and left out (exit code 5); the others are taken.
    """
    with open_dataset(dataset) as opened:
        report = opened.import_terms(file)
        kept = opened.paths.terms
    if as_json:
        counts = {"added": report.added, "replaced": report.replaced, "total": report.total}
        echo_json({"v": 1, **counts, "errors": list(report.errors)})
    else:
        click.echo(f"{report.added} added, {report.replaced} replaced, {len(report.errors)} not taken")
        if report.added or report.replaced:
            click.echo(f"{kept} holds {report.total}. Look for them in what is there: ingest the same paths again.")
    for error in report.errors:
        click.echo(error, err=True)
    return 5 if report.errors else 0


@command.command("export")
@click.option("--all", "is_all", is_flag=True, help="The shipped terms too.")
@click.option("--format", "file_format", type=click.Choice(["csv", "yaml"]), default="csv", show_default=True)
@click.option("-o", "target", type=click.Path(path_type=Path, dir_okay=False), help="Write to this file.")
@dataset_option
def export(*, is_all: bool, file_format: str, target: Path | None, dataset: Path | None) -> None:
    """Write your own terms in the form that import takes, to hand them on or to edit them."""
    rows = list(_own_rows(dataset))
    if is_all:
        own = _own(dataset)
        rows += [to_row(term) for term in own.all if state_of(term, own) == "shipped"]
    text = to_csv(rows) if file_format == "csv" else dump_own(rows)
    if target is None:
        click.echo(text, nl=False)
        return
    try:
        target.write_text(text, encoding="utf-8")
    except OSError as error:
        raise StorageFullError(
            f"{target} cannot be written: {error.strerror}. Choose another place with -o."
        ) from error
    click.echo(f"{target}: {len(rows)} terms")


def _own(dataset: Path | None) -> OwnTerms:
    """Return the own terms of the dataset that is named or near; the shipped ones are there without one."""
    try:
        return load_own(find_dataset(dataset).terms)
    except NoDatasetError:
        if dataset is not None:
            raise
        return SHIPPED


def _own_rows(dataset: Path | None) -> tuple[OwnRow, ...]:
    try:
        return own_rows(find_dataset(dataset).terms)
    except NoDatasetError:
        if dataset is not None:
            raise
        return ()


def _shape(entry: GlossaryEntry, own: OwnTerms) -> dict[str, object]:
    leaf = entry.capability
    rows = [_row(term, own) for term in entry.terms]
    return {"id": leaf.id, "family": leaf.family, "title": leaf.title, "meaning": leaf.meaning, "terms": rows}


def _row(term: Term, own: OwnTerms) -> dict[str, object]:
    names = ("term", "language", "gloss", "source", "strength", "capability", "needs", "unless")
    return {**{name: getattr(term, name) for name in names}, "state": state_of(term, own)}


def _show(shown: Shown, found: tuple[GlossaryEntry, ...], own: OwnTerms, *, is_short: bool) -> None:
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
            text = f"  {term.language}  {term.gloss}{weak}{_STATES[state_of(term, own)]}"
            shown.line((term.term, "cyan"), text, (f"  {term.source}", "dim"), indent=4)
    if not found:
        shown.line("No term fits. All capabilities: sousveil glossary")
    elif is_short:
        shown.line("Terms of one: sousveil glossary --cap ID   With a word: sousveil glossary WORD")


def _tell_search(shown: Shown, asked: str, own: OwnTerms) -> None:
    """Say what a search for words looks for that stand in no term as they are: forms of words, words for searching."""
    searched = expand(asked, own)
    near = near_word(asked, own)
    if len(searched) > 1:
        shown.line("A search for it looks for: ", " · ".join(term.text for term in searched[1:_SHOWN]), " …")
    elif near:
        shown.line(f"Did you mean {near}?")


def _show_term(shown: Shown, view: TermView) -> None:
    term = view.term
    shown.line((term.term, "bold"), f"  {term.language}  {term.gloss}{_STATES[view.state]}")
    facts = {
        "names": f"{view.capability.id}: a purchase that lets a body {view.capability.meaning}",
        "source": term.source,
        "needs": f"one of, in its clause: {', '.join(term.needs)}" if term.needs else "",
        "unless": f"one of, in its item: {', '.join(term.unless)}" if term.unless else "",
        "alike": ", ".join(f"{other.term} ({other.language})" for other in view.alike),
    }
    for name, text in facts.items():
        if text:
            shown.line((f"{name:<9}", "dim"), text, indent=2)
