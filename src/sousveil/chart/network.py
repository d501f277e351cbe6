"""Who gives data to whom: kinds of bodies by kinds of bodies, and a graph of those that most findings name."""

from __future__ import annotations

from collections.abc import Set as AbstractSet

from sousveil.ask.names import Named
from sousveil.ask.network import Edge, Graph, Network, graph_of
from sousveil.chart import links
from sousveil.chart.data_codes import data_code
from sousveil.chart.words import name_in, tell
from sousveil.draw.chart import Cell, Chart, Column, Key, Rows
from sousveil.draw.graph import Arrow, Node, graph
from sousveil.draw.grid import TINTS, GridCell, GridRow, grid

_MOST_KINDS = 16
"""Rows and columns of the matrix that are drawn; the list of flows has every kind."""

Narrowed = tuple[tuple[str, str], ...]
"""Filters of the page that links keep: place, data."""


def kinds_chart(found: Network, language: str = "en", *, kept: Narrowed = ()) -> Chart:
    """Return flows from kinds of bodies (rows) to kinds of bodies (columns).

    Args:
        found: the network.
        language: of the words.
        kept: filters that links keep.
    """
    kinds = found.kinds[:_MOST_KINDS]
    most = max(found.matrix.values(), default=1)
    rows, drawn = [], []
    for giver in kinds:
        counts = [found.matrix.get((giver, taker), 0) for taker in kinds]
        hrefs = [_to_cell(giver, taker, kept) if count else "" for taker, count in zip(kinds, counts, strict=True)]
        tints = [-(-count * TINTS // most) for count in counts]
        name = kind_name(giver, language)
        rows.append(
            (
                Cell(giver, _to_cell(giver, "", kept), name),
                *(Cell(count, href, tint=tint) for count, href, tint in zip(counts, hrefs, tints, strict=True)),
            )
        )
        drawn.append(
            GridRow(
                name,
                tuple(
                    GridCell(str(count or ""), tint, href, f"{name} → {kind_name(taker, language)}: {count}")
                    for taker, count, tint, href in zip(kinds, counts, tints, hrefs, strict=True)
                ),
            )
        )
    out = sum(n for (giver, taker), n in found.matrix.items() if giver not in kinds or taker not in kinds)
    note = tell(language, "Both ends of a joint flow stand in the order of their ids.")
    return Chart(
        name="kinds",
        title=tell(language, "From (rows) to (columns)"),
        summary=tell(language, "{} flows of data between {} kinds of bodies.", len(found.edges), len(found.kinds)),
        columns=(Column("gives", tell(language, "gives")), *(Column(one, kind_name(one, language)) for one in kinds)),
        rows=tuple(rows),
        drawing=grid(drawn, [("", kind_name(one, language)) for one in kinds], tell(language, "Flows by kind of body"))
        if kinds
        else "",
        leaves_out=f"{note} {tell(language, '{} flows of rarer kinds are only in the list.', out)}" if out else note,
    )


def graph_chart(found: Network, language: str = "en", *, kept: Narrowed = ()) -> Chart:
    """Return the bodies and systems that most findings name, with the flows between them.

    Args:
        found: the network.
        language: of the words.
        kept: filters that links keep.
    """
    shown = graph_of(found)
    drawn = frozenset(node.id for node in shown.nodes)
    return Chart(
        name="graph",
        title=tell(language, "Bodies and systems"),
        summary=tell(
            language,
            "{} bodies and systems, {} flows; an arrow leads to the quotations that state it.",
            len(shown.nodes),
            len(shown.edges),
        ),
        columns=tuple(
            Column(name, tell(language, label))
            for name, label in (
                ("source", "Gives"),
                ("source_kind", "Kind"),
                ("target", "Receives"),
                ("target_kind", "Kind"),
                ("is_mutual", "Direction"),
                ("data", "Data"),
                ("words", "Words"),
                ("findings", "Findings"),
                ("is_drawn", "Drawn"),
            )
        ),
        rows=Rows(found.edges, lambda edge: _row(edge, _is_drawn(edge, drawn), language, kept)),
        drawing=_drawn(shown, language, kept),
        keys=tuple(_keys(shown, language, kept)),
        leaves_out=tell(
            language,
            "Not drawn: {} bodies and systems that fewer findings name, {} flows. No end of a flow is a person.",
            shown.nodes_left_out,
            shown.edges_left_out,
        ),
    )


def _is_drawn(edge: Edge, drawn: AbstractSet[str]) -> bool:
    """Return whether a flow is drawn: both of its ends are."""
    return edge.flow.source in drawn and edge.flow.target in drawn


def _drawn(shown: Graph, language: str, kept: Narrowed) -> str:
    numbers = {node.id: place for place, node in enumerate(shown.nodes)}
    nodes = [
        Node(
            end_name(node.named, language),
            kind_name(node.kind, language),
            node.findings,
            links.with_query("/network", [("end", node.id), *kept]) + "#edges",
            f"{end_name(node.named, language)} ({kind_name(node.kind, language)}): "
            + tell(language, "findings: {}", node.findings),
        )
        for node in shown.nodes
    ]
    arrows = [
        Arrow(
            numbers[edge.flow.source],
            numbers[edge.flow.target],
            "+".join(dict.fromkeys(data_code(one)[0] for one in edge.flow.data)),
            f"c-{data_code(edge.flow.data[0] if edge.flow.data else '')[1]}",
            len(edge.flow.findings),
            to_edge(edge, kept),
            edge_tip(edge, language),
            edge.flow.is_mutual,
        )
        for edge in shown.edges
    ]
    return graph(nodes, arrows, tell(language, "Flows of data that notices state"))


def edge_tip(edge: Edge, language: str) -> str:
    """Return what a flow is, in one line."""
    data = ", ".join(kind_name(one, language) for one in edge.flow.data) or tell(language, "data not named")
    way = "↔" if edge.flow.is_mutual else "→"
    count = tell(language, "findings: {}", len(edge.flow.findings))
    return f"{end_name(edge.source, language)} {way} {end_name(edge.target, language)}: {data}; {count}"


def _keys(shown: Graph, language: str, kept: Narrowed) -> list[Key]:
    """Return what the codes stand for, those that are drawn."""
    others = [pair for pair in kept if pair[0] != "data"]
    found = dict.fromkeys(one for edge in shown.edges for one in edge.flow.data)
    keys = [
        Key(
            f"c-{data_code(one)[1]}",
            data_code(one)[0],
            kind_name(one, language),
            links.with_query("/network", [("data", one), *others]),
        )
        for one in sorted(found, key=data_code)
    ]
    if any(not edge.flow.data for edge in shown.edges):
        keys.append(Key("c-MON", "", tell(language, "data not named")))
    return keys


def _row(edge: Edge, is_drawn: bool, language: str, kept: Narrowed) -> tuple[Cell, ...]:
    flow = edge.flow
    return (
        Cell(end_name(edge.source), to_end(flow.source, edge.source), label=end_name(edge.source, language)),
        Cell(edge.source_kind, label=kind_name(edge.source_kind, language)),
        Cell(end_name(edge.target), to_end(flow.target, edge.target), label=end_name(edge.target, language)),
        Cell(edge.target_kind, label=kind_name(edge.target_kind, language)),
        Cell("mutual" if flow.is_mutual else "one way", label="↔" if flow.is_mutual else "→"),
        Cell("; ".join(flow.data), label=", ".join(kind_name(one, language) for one in flow.data)),
        Cell("; ".join(flow.words)),
        Cell(len(flow.findings), to_edge(edge, kept)),
        Cell("yes" if is_drawn else "no", label=tell(language, "yes" if is_drawn else "no")),
    )


def kind_name(kind: str, language: str = "en") -> str:
    """Return the name of a kind of body or of a category of data.

    >>> kind_name("call_records"), kind_name("police", "zh")
    ('call records', '公安')
    """
    return tell(language, kind.replace("_", " "))


def end_name(named: Named, language: str = "en") -> str:
    """Return the name of an end of a flow; that of an institution as it is printed."""
    return named.name if named.kind == "institution" else name_in(named.name.replace("_", " "), language)


def to_end(key: str, named: Named) -> str:
    """Return the page of an end of a flow; empty for a body that is known by kind and place only."""
    return (
        links.page({"institution": "i", "system": "s"}[named.kind], key)
        if named.kind in ("institution", "system")
        else ""
    )


def to_edge(edge: Edge, kept: Narrowed = ()) -> str:
    """Return the address of a flow with its quotations."""
    pairs = [("give", edge.flow.source), ("take", edge.flow.target), *kept]
    return links.with_query("/network", pairs) + "#edges"


def _to_cell(giver: str, taker: str, kept: Narrowed) -> str:
    return links.with_query("/network", [("from", giver), ("to", taker), *kept]) + "#edges"
