"""Data sharing of one subject: who gives it data, who receives from it, as notices say."""

from __future__ import annotations

from sousveil.ask.dossier import Dossier
from sousveil.chart import links
from sousveil.chart.data_codes import data_code
from sousveil.chart.network import end_name, kind_name, to_end
from sousveil.chart.words import tell
from sousveil.draw.chart import Cell, Chart, Column, Rows
from sousveil.draw.sides import End, two_sides
from sousveil.model import Flow

_MOST_DRAWN = 14
"""Ends of one side that are drawn; the table has all."""


def flows_chart(dossier: Dossier, subject: str, language: str = "en") -> Chart:
    """Return the flows of data of a subject.

    Args:
        dossier: of the subject.
        subject: its name.
        language: of the words.
    """
    ids = frozenset(dossier.own_ends)
    ordered = sorted(dossier.flows, key=lambda one: -len(one.findings))
    givers = [flow for flow in ordered if flow.target in ids and flow.source not in ids]
    takers = [flow for flow in ordered if flow.target not in ids or flow.source in ids]
    heads = (tell(language, "gives data"), tell(language, "receives data, or is joined"))
    drawn = (
        [_end(flow, flow.source, dossier, language) for flow in givers[:_MOST_DRAWN]],
        [_end(flow, flow.target, dossier, language) for flow in takers[:_MOST_DRAWN]],
    )
    label = tell(language, "Data flows stated in notices")
    left = len(givers) + len(takers) - sum(map(len, drawn))
    note = tell(language, "What is planned and required, not what was seen to happen.")
    return Chart(
        name="flows",
        title=label,
        summary=tell(
            language,
            "{} flows to it, {} from it or joined with it; a wider line is stated in more findings.",
            len(givers),
            len(takers),
        ),
        columns=tuple(
            Column(name, tell(language, words))
            for name, words in (
                ("source", "Gives"),
                ("target", "Receives"),
                ("is_mutual", "Direction"),
                ("data", "Data"),
                ("what", "What"),
                ("words", "Words"),
                ("findings", "Findings"),
            )
        ),
        rows=Rows(dossier.flows, lambda flow: _row(flow, dossier, language)),
        drawing=two_sides(*drawn, subject, heads, label),
        narrow=two_sides(*drawn, subject, heads, label, is_narrow=True),
        leaves_out=f"{note} {tell(language, '{} more stand in the table only.', left)}" if left else note,
    )


def to_flow(flow: Flow) -> str:
    """Return the address of a flow with its quotations."""
    return links.with_query("/network", [("give", flow.source), ("take", flow.target)]) + "#edges"


def _end(flow: Flow, end: str, dossier: Dossier, language: str) -> End:
    code, colour = data_code(flow.data[0]) if flow.data else ("", "MON")
    name = end_name(dossier.ends[end], language)
    told = ", ".join([*(kind_name(one, language) for one in flow.data), *flow.what[:2]])
    count = tell(language, "findings: {}", len(flow.findings))
    return End(name, f"{told} · {count}" if told else count, code, f"c-{colour}", len(flow.findings), to_flow(flow),
               f"{name}: {told or tell(language, 'data not named')}; {count}")  # fmt: skip


def _row(flow: Flow, dossier: Dossier, language: str) -> tuple[Cell, ...]:
    source, target = dossier.ends[flow.source], dossier.ends[flow.target]
    return (
        Cell(end_name(source), to_end(flow.source, source), label=end_name(source, language)),
        Cell(end_name(target), to_end(flow.target, target), label=end_name(target, language)),
        Cell("mutual" if flow.is_mutual else "one way", label="↔" if flow.is_mutual else "→"),
        Cell("; ".join(flow.data), label=", ".join(kind_name(one, language) for one in flow.data)),
        Cell("; ".join(flow.what)),
        Cell("; ".join(flow.words)),
        Cell(len(flow.findings), to_flow(flow)),
    )
