"""``sousveil show notice|document|finding ID``: one thing in full; what many notices say is in ``dossiers.py``."""

from __future__ import annotations

from pathlib import Path

import click

from sousveil.ask.cite import CitedFinding, Language
from sousveil.ask.show import DocumentView, NoticeView, finding_json
from sousveil.ask.sightings import Seen
from sousveil.cli import dossiers
from sousveil.cli.options import dataset_option, echo_json, json_option
from sousveil.cli.parts import show_parts
from sousveil.cli.shown import Shown, capability_title
from sousveil.dataset import open_dataset
from sousveil.draw.figures import money
from sousveil.exceptions import NotFoundError
from sousveil.model import Amount, Field, Finding

_SHOWN_CHARS = 600
"""Characters shown of each page of a document; --all shows everything."""


@click.group("show")
def command() -> None:
    """One thing in full: a notice, document, finding, procurement, institution, system or place."""


for _dossier in (dossiers.procurement, dossiers.institution, dossiers.system, dossiers.place):
    command.add_command(_dossier)


@command.command("notice")
@click.argument("notice_id", metavar="ID")
@click.option("--explain", is_flag=True, help="Why each finding was made, and which were withheld and why.")
@json_option
@dataset_option
def notice(*, notice_id: str, explain: bool, as_json: bool, dataset: Path | None) -> None:
    """A notice: what it states, with the words that say so, and what was found in it."""
    with open_dataset(dataset) as opened:
        view = opened.notice(notice_id, explain=explain)
    if as_json:
        echo_json(view.to_json())
    else:
        _show_notice(Shown(), view, explain=explain)


@command.command("document")
@click.argument("document_id", metavar="ID")
@click.option("--page", type=click.IntRange(1), help="Only this page, in full.")
@click.option("--all", "is_whole", is_flag=True, help="All pages in full.")
@json_option
@dataset_option
def document(*, document_id: str, page: int | None, is_whole: bool, as_json: bool, dataset: Path | None) -> None:
    """A document: its pages of text (persons covered), tables, notices and sightings."""
    with open_dataset(dataset) as opened:
        view = opened.document(document_id)
    if as_json:
        echo_json(view.to_json())
    else:
        _show_document(Shown(), view, page, is_whole=is_whole)


@command.command("finding")
@click.argument("finding_id", metavar="ID")
@click.option("--cite", "is_citing", is_flag=True, help="Only a citation of it, for a text or a footnote.")
@click.option("--markdown", "is_markdown", is_flag=True, help="With --cite: as a footnote in Markdown.")
@click.option("--lang", type=click.Choice(["en", "zh"]), default="en", show_default=True, help="With --cite.")
@json_option
@dataset_option
def finding(
    *, finding_id: str, is_citing: bool, is_markdown: bool, lang: Language, as_json: bool, dataset: Path | None
) -> None:
    """A finding: what it says, its words and its reasons; with --cite how to cite it."""
    with open_dataset(dataset) as opened:
        found = opened.finding(finding_id)
    if is_citing or is_markdown:
        Shown().line(found.cite(language=lang, form="markdown" if is_markdown else "text"))
        return
    if as_json:
        echo_json(finding_json(found))
        return
    shown = Shown()
    _show_finding(shown, found)
    _show_reasons(shown, found)
    shown.line(f"notice {found.notice}", indent=4)
    shown.line(f"next: sousveil why {found.id}   sousveil show notice {found.notice}")


def _show_notice(shown: Shown, view: NoticeView, *, explain: bool) -> None:
    title = view.notice.title
    shown.line((str(title.value) if title else "(no title)", "bold"))
    for name, value in view.fields():
        shown.line((f"{name.replace('_', ' '):<17}", "dim"), _stated(value), indent=2)
    if view.notice.has_candidates_only:
        shown.line("the suppliers are ranked candidates: no award yet", indent=2)
    show_parts(shown, view.notice)
    for kind, found in view.by_kind().items():
        shown.line()
        shown.line((f"{kind} ({len(found)})", "bold"))
        for one in found:
            _show_finding(shown, one)
            if explain:
                _show_reasons(shown, one)
    if withheld := view.withheld():
        shown.line()
        shown.line((f"withheld ({len(withheld)})", "bold"))
        for one in withheld:
            _show_finding(shown, one)
            _show_reasons(shown, one)
    shown.line()
    _show_sightings(shown, view.sightings)
    first = next((found[0].id for found in view.by_kind().values()), f"{view.notice.id}:title")
    shown.line(f"next: sousveil why {first}   sousveil show document {view.notice.document}")


def _stated(value: Field | Amount) -> str:
    """Return a value and, where it is printed otherwise, the words that carry it."""
    if isinstance(value, Amount):
        said = f"{value.currency or ''} {value.value:,.2f}".strip()
        said += f" ({money(value.value, value.currency)})" if value.value >= 1_000_000 else ""
    else:
        said = str(value.value)
    quote = " ".join(value.span.quote.split())
    words = f"  “{quote}”" if quote != said else ""
    return f"{said}{words}  p.{value.span.page}"


def _show_finding(shown: Shown, found: CitedFinding) -> None:
    value = capability_title(found.value) if found.kind == "capability" else found.value
    quote = " ".join(found.span.quote.split())
    words = f"  “{quote}”" if quote != value else ""
    review = "" if found.review == "unreviewed" else f"  {found.review}"
    shown.line(
        (value, "cyan"), words, (f"  p.{found.span.page}  {found.score:.2f}  {found.id}", "dim"), review, indent=2
    )


def _show_reasons(shown: Shown, found: Finding) -> None:
    for reason in found.reasons_for:
        shown.line("+ ", reason, indent=4)
    for reason in found.reasons_against:
        shown.line("- ", reason, indent=4)
    shown.line(f"rule {found.rule}, score {found.score:g}, section {found.section}", indent=4)


def _show_document(shown: Shown, view: DocumentView, page: int | None, *, is_whole: bool) -> None:
    document = view.document
    pages = [one for one in document.pages if page in (None, one.number)]
    if not pages:
        raise NotFoundError(f"Document {document.id} has {len(document.pages)} pages, not {page}.")
    shown.line(
        (document.name, "bold"), f"  {document.media_type}, {view.size:,} bytes, {document.language}, {view.status}"
    )
    covered = ", ".join(f"{count} {kind}" for kind, count in view.masks().items())
    shown.line(f"{len(document.pages)} pages, {len(document.tables)} tables; covered: {covered or 'nothing'}")
    for mark in document.marks:
        shown.line(f"not complete: {mark}")
    shown.line("notices ", ", ".join(one.id for one in view.notices) or "none")
    for one in pages:
        shown.line()
        shown.line((f"page {one.number} {one.label}".rstrip(), "dim"))
        is_cut = not (is_whole or page) and len(one.text) > _SHOWN_CHARS
        shown.line(one.text[:_SHOWN_CHARS] if is_cut else one.text)
        if is_cut:
            shown.line((f"… {len(one.text) - _SHOWN_CHARS:,} more characters: --page {one.number}", "dim"))
    shown.line()
    _show_sightings(shown, view.sightings)


def _show_sightings(shown: Shown, sightings: tuple[Seen, ...]) -> None:
    for seen in sightings:
        status = f" (HTTP {seen.status})" if seen.status else ""
        shown.line(f"seen {seen.seen_at} {seen.source}: {seen.shown_address}{status}")
