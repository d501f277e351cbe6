"""``sousveil search QUERY``: notices with the passages that show why they were found."""

from __future__ import annotations

import shlex
from pathlib import Path
from typing import Any

import click

from sousveil.ask.search import SORTS, Hit, SearchResult
from sousveil.ask.understand import explicit
from sousveil.cli.options import dataset_option, echo_json, json_option
from sousveil.cli.question import filter_options, raw_option, take_filters
from sousveil.cli.shown import Shown, capability_title
from sousveil.dataset import open_dataset
from sousveil.draw.figures import money

_LIMIT = 20
"""Hits shown unless asked otherwise: what fits on two screens."""
_SHOWN_TERMS = 9
"""Terms named before ``+N``: one line of a terminal."""
_SHOWN_VALUES = 5
"""Values named per facet."""


@click.command("search", context_settings={"ignore_unknown_options": True})  # -not is a word of the query
@click.argument("query", nargs=-1)
@filter_options
@raw_option
@click.option("--sort", type=click.Choice(SORTS), help="Order; default: relevance, without words the newest first.")
@click.option("--limit", type=click.IntRange(0), default=_LIMIT, show_default=True, help="Most hits to show.")
@click.option("--offset", type=click.IntRange(0), default=0, help="Hits to pass over.")
@click.option("--passages", type=click.IntRange(0, 50), default=2, show_default=True, help="Passages per hit.")
@click.option("--jsonl", "as_jsonl", is_flag=True, help="One JSON object per hit.")
@click.option("--ids", "as_ids", is_flag=True, help="Only the ids of the notices.")
@click.option(
    "--terms", "is_explicit", is_flag=True, help="Only the query with the terms behind its words, to be edited."
)
@click.option("--fail-empty", is_flag=True, help="End with exit code 3 when nothing is found.")
@json_option
@dataset_option
def command(
    *,
    query: tuple[str, ...],
    raw: bool,
    sort: Any,  # noqa: ANN401 (one of SORTS, checked by click)
    limit: int,
    offset: int,
    passages: int,
    as_jsonl: bool,
    as_ids: bool,
    is_explicit: bool,
    fail_empty: bool,
    as_json: bool,
    dataset: Path | None,
    **filters: Any,  # noqa: ANN401 (checked by take_filters)
) -> int:
    """Find notices by words and filters.

    QUERY: words, all of which must stand in the notice; "exact phrase"; -not; OR; (brackets); near:10 A B; fields
    such as type:award. A word that the lexicon knows is searched as its terms in all languages; raw:WORD or --raw
    switches that off. Without QUERY the filters alone decide.
    """
    for word in query:
        if word.startswith("--"):
            raise click.NoSuchOption(word)
    with open_dataset(dataset) as opened:
        if is_explicit:
            click.echo(explicit(" ".join(query), opened.own_terms))
            return 0
        result = opened.search(
            " ".join(query),
            take_filters(filters),
            raw=raw,
            sort=sort,
            limit=limit,
            offset=offset,
            passages=passages,
            facets=not (as_jsonl or as_ids),
            joined=as_json,
        )
    if as_json:
        echo_json(result.to_json())
    elif as_jsonl:
        for row in result.to_rows():
            echo_json(row)
    elif as_ids:
        for hit in result:
            click.echo(hit.notice)
    else:
        same = [
            *(["--raw"] if raw else []),
            *([f"--sort {sort}"] if sort else []),
            *([f"--limit {limit}"] if limit != _LIMIT else []),
        ]
        _show(Shown(), result, same)
    return 3 if fail_empty and not result.total else 0


def _show(shown: Shown, result: SearchResult, same: list[str]) -> None:
    terms = [term.text for term in result.searched_as]
    if terms:
        more = f" +{len(terms) - _SHOWN_TERMS}" if len(terms) > _SHOWN_TERMS else ""
        shown.line("searched as ", (" · ".join(terms[:_SHOWN_TERMS]), "bold"), more)
    for note in result.notes:
        shown.line((f"note: {note}", "dim"))
    shown.line((f"{result.total:,}", "bold"), f" of {result.of:,} notices")
    if not result.total:
        _show_empty(shown, result)
        return
    for hit in result:
        _show_hit(shown, hit)
    _show_facets(shown, result)
    _show_next(shown, result, same)


def _show_hit(shown: Shown, hit: Hit) -> None:
    shown.line()
    shown.line((hit.title or "(no title)", "bold"))
    facts = [hit.date, hit.type, hit.buyer, hit.place, money(hit.amount, hit.currency)]
    if hit.amount_of == "budget":
        facts[-1] = f"{facts[-1]} (budget)"
    shown.line("  ·  ".join(fact for fact in facts if fact) or "nothing else is stated", indent=2)
    if hit.suppliers:
        shown.line("to ", ", ".join(hit.suppliers), indent=2)
    if hit.capabilities:
        shown.line((", ".join(map(capability_title, hit.capabilities)), "cyan"), indent=2)
    for passage in hit.passages:
        gloss = (f"  ({passage.gloss})", "dim") if passage.gloss else ""
        shown.line((f"p.{passage.page} ", "dim"), shown.passage(passage), gloss, indent=2)
    shown.line((f"notice {hit.notice}", "dim"), indent=2)


def _show_facets(shown: Shown, result: SearchResult) -> None:
    shown.line()
    for name, counts in result.facets.items():
        if counts:
            values = counts if name == "year" else counts[:_SHOWN_VALUES]
            shown.line((f"{name:<11}", "dim"), "  ".join(f"{value} {count:,}" for value, count in values))


def _show_next(shown: Shown, result: SearchResult, same: list[str]) -> None:
    shown.line()
    first = result[0] if len(result) else None
    if first and first.findings:
        shown.line(f"next: sousveil show notice {first.notice}   sousveil why {first.findings[0].id}")
    elif first:
        shown.line(f"next: sousveil show notice {first.notice}")
    if result.offset + len(result) < result.total:
        shown.line(f"more: {_again(result, same)} --offset {result.offset + max(1, len(result))}")


def _show_empty(shown: Shown, result: SearchResult) -> None:
    for obstacle in result.obstacles:
        shown.line(f"without {obstacle.name}: {obstacle.total:,}", indent=2)
    if not result.of:
        shown.line("The dataset holds no notices yet. Read some: sousveil ingest PATH…")
    elif not result.obstacles or not any(obstacle.total for obstacle in result.obstacles):
        shown.line("Try a shorter word, or OR between words. Terms that are known: sousveil glossary WORD")


def _again(result: SearchResult, same: list[str]) -> str:
    """Return the command that asks the same again."""
    words = ["sousveil", "search", *([shlex.quote(result.query)] if result.query else [])]
    for name in result.filters.active:
        value = getattr(result.filters, name)
        words += [f"--{name} {shlex.quote(one)}" for one in ((value,) if isinstance(value, str) else value)]
    return " ".join([*words, *same])
