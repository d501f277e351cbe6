"""What a search found: hits, one hit, one finding."""

from __future__ import annotations

from sousveil.ask.cite import CitedFinding, one_line
from sousveil.ask.passages import Passage
from sousveil.ask.search import Hit, SearchResult
from sousveil.chart.words import family_of, statement
from sousveil.draw.figures import money, several
from sousveil.notebook.markup import (
    Html,
    chip,
    faint,
    line,
    marked,
    note,
    quoted,
    said,
    source,
    strong,
    table,
    tag,
    unbroken,
    whole,
)

MOST_HITS = 10
_MOST_TERMS = 6
_MOST_FINDINGS = 12


def hits_html(result: SearchResult) -> Html:
    """Return hits as a table, under what was asked and what it was searched as."""
    filters = result.filters.to_text().removeprefix("--").replace(" --", ", ")
    asked = ", ".join(filter(None, [result.query and f"“{result.query}”", filters]))
    terms = [term.text for term in result.searched_as]
    shown = " · ".join(terms[:_MOST_TERMS]) + (f" +{len(terms) - _MOST_TERMS}" * (len(terms) > _MOST_TERMS))
    here = result.hits[:MOST_HITS]
    first = result.offset + 1
    return whole(
        line(
            strong(several(result.total, "notice")),
            f" of {result.of:,} for {asked or 'everything'}",
            faint(f" · searched as {shown}") if terms else "",
            faint(f" · {first} to {result.offset + len(here)} shown") if len(here) < result.total else "",
        ),
        table(("date", "notice", "buyer", "sum", "found"), map(_hit_row, here), {3}) if here else "",
        *(note(words) for words in result.notes),
        *(note(f"Without {one.name}: {several(one.total, 'notice')}.") for one in result.obstacles if one.total),
        note("All of them: .to_pandas() · .to_polars() · .to_arrow()"),
    )


def _hit_row(hit: Hit) -> tuple[object, ...]:
    words = [source(hit.title or "no title")]
    if hit.passages:
        words.append(tag("div", *_passage(hit.passages[0]), style="font-size:12px;opacity:.85"))
    return (
        unbroken(hit.date or "undated"),
        Html("".join(words)),
        source(hit.buyer or ""),
        money(hit.amount, hit.currency),
        families(hit.capabilities),
    )


def families(capabilities: tuple[str, ...]) -> Html:
    """Return the codes of the families of capabilities, each once."""
    return Html("".join(chip(code) for code in dict.fromkeys(family_of(one) for one in capabilities)))


def _passage(passage: Passage) -> list[Html]:
    """Return a passage in pieces, what was looked for marked; its English behind it."""
    pieces, place = [], passage.start
    for start, end in sorted(passage.matches):
        if start >= place:
            pieces.append(source(passage.text[place - passage.start : start - passage.start]))
            pieces.append(marked(source(passage.text[start - passage.start : end - passage.start])))
            place = end
    pieces.append(source(passage.text[place - passage.start :]))
    return [*pieces, faint(f"  p. {passage.page}" + (f", {passage.gloss}" if passage.gloss else ""))]


def hit_html(hit: Hit) -> Html:
    """Return a hit with its passages and findings."""
    told = (hit.date or "undated", hit.type, hit.place, money(hit.amount, hit.currency), hit.notice)
    return whole(
        line(strong(source(hit.title or "no title"))),
        note(source(hit.buyer or "no buyer stated"), " · ", " · ".join(filter(None, told))),
        *(line(*_passage(passage)) for passage in hit.passages),
        findings_table(hit.findings),
    )


def findings_table(findings: tuple[CitedFinding, ...]) -> Html:
    """Return findings as a table, the first dozen."""
    rows = [
        (
            _says(one),
            one.kind,
            source(one_line(one.quote)),
            unbroken(f"p. {one.span.page}"),
            f"{one.score:.2f}",
            tag("code", one.id),
        )
        for one in findings[:_MOST_FINDINGS]
    ]
    if not rows:
        return note("No finding.")
    shown = table(("says", "kind", "in the words of the document", "page", "score", "id"), rows, {4})
    left = len(findings) - len(rows)
    return Html(shown + note(f"{several(left, 'finding')} more.")) if left else shown


def _says(finding: CitedFinding) -> Html:
    words = said(statement(finding))
    return Html(chip(family_of(finding.value)) + words) if finding.kind == "capability" else words


def finding_html(finding: CitedFinding) -> Html:
    """Return a finding: what it says, its words, its reasons, how to cite it."""
    return whole(
        line(strong(_says(finding)), faint(f" · {finding.kind} · score {finding.score:.2f} · {finding.rule}")),
        quoted(one_line(finding.quote)),
        *(note(f"+ {reason}") for reason in finding.reasons_for),
        *(note(f"− {reason}") for reason in finding.reasons_against),
        note(finding.cite()),
    )
