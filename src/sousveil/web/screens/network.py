"""Network ``/network``: kinds of bodies by kinds of bodies, a graph, and the quotations of chosen flows."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from sousveil.ask import graph
from sousveil.ask.leaving import check_leaving
from sousveil.ask.names import Named
from sousveil.ask.network import Edge, Network
from sousveil.ask.packages import GraphmlWriter
from sousveil.chart.network import graph_chart, kind_name, kinds_chart, to_edge
from sousveil.data.places import Place
from sousveil.settings import VERSION
from sousveil.store.packed import iter_chunks, marks
from sousveil.web import links
from sousveil.web.asked import Answer, Asked, Download

_MOST_EDGES = 100
_MOST_PLACES = 12


@dataclass(frozen=True, slots=True)
class Said:
    """Words that state a flow: the finding, and its quotation."""

    finding: str
    quote: str


def network(asked: Asked) -> Answer:
    """Answer with who is said to give data to whom.

    ``?place=`` and ``?data=`` narrow everything; ``?from=`` and ``?to=`` choose a cell of the matrix, ``?give=`` and
    ``?take=`` an arrow, ``?end=`` a body or system, of which the quotations are shown.

    Raises:
        NotFoundError: there is no such place.
    """
    at, found = _found(asked)
    kept = tuple((name, asked.text(name)) for name in ("place", "data") if asked.text(name))
    chosen = {name: asked.text(name) for name in ("from", "to", "give", "take", "end")}
    is_narrowed = any(chosen.values())
    edges = [edge for edge in found.edges if _is_chosen(edge, chosen)] if is_narrowed else found.edges
    shown = edges[:_MOST_EDGES]
    quotes = _quotes(asked, [one for edge in shown for one in edge.flow.findings[: None if is_narrowed else 1]])
    charts = asked.dataset.kept.get(
        ("network", asked.language, kept),
        lambda: (kinds_chart(found, asked.language, kept=kept), graph_chart(found, asked.language, kept=kept)),
        of=found,
    )
    places = () if at else asked.dataset.kept.get(("places", asked.text("data")), lambda: _places(found), of=found)
    return Answer(
        "network.html",
        found.to_json,
        {
            "found": found,
            "edges": [(edge, to_edge(edge, kept), _said(edge, quotes)) for edge in shown],
            "total": len(edges),
            "is_narrowed": is_narrowed,
            "told": _told(chosen, found, asked.language),
            "away": links.with_query("/network", kept),
            "place": at,
            "data": asked.text("data"),
            "places": places,
            "kind_name": lambda kind: kind_name(kind, asked.language),
        },
        charts=charts,
    )


def graphml(asked: Asked) -> Download:
    """Answer with the same flows as GraphML, every end of them and no other node.

    Raises:
        NotFoundError: there is no such place.
        LeakError: a name may be that of a person; nothing is given out.
    """
    _, found = _found(asked)
    nodes: dict[str, tuple[Named, str]] = {}
    for edge in found.edges:
        nodes[edge.flow.source] = (edge.source, edge.source_kind)
        nodes[edge.flow.target] = (edge.target, edge.target_kind)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "network.graphml"
        writer = GraphmlWriter(path, graph.KEYS)
        for key, (named, kind) in sorted(nodes.items()):
            values = {"kind": named.kind, "name": named.name, "body_kind": kind, "place": named.place}
            writer.add("nodes", {"id": key, **values})
        for row in _rows(found):
            writer.add("edges", row)
        writer.close([("dataset", asked.dataset.title), ("flows", str(len(found.edges))), ("sousveil", VERSION)])
        body = path.read_bytes()
    names = {named.name for named, _ in nodes.values() if named.kind == "institution"}
    check_leaving(body, "network.graphml", allowed=names, computed=graph.COMPUTED)
    return Download("network.graphml", "application/graphml+xml", body)


def _rows(found: Network) -> Iterator[dict[str, object]]:
    for edge in found.edges:
        flow = edge.flow
        yield {
            "source": flow.source,
            "target": flow.target,
            "kind": "data",
            "words": "; ".join(flow.words),
            "data": "; ".join(flow.data),
            "is_mutual": flow.is_mutual,
            "findings": "; ".join(flow.findings),
        }


def _found(asked: Asked) -> tuple[Place | None, Network]:
    """Return the place that is asked for, and the network in it."""
    at = asked.dataset.place(asked.text("place")).place if asked.text("place") else None
    return at, asked.dataset.network(place=at.code if at else "", data=asked.text("data"))


def _is_chosen(edge: Edge, chosen: dict[str, str]) -> bool:
    flow = edge.flow
    pairs = (
        ("from", edge.source_kind),
        ("to", edge.target_kind),
        ("give", flow.source),
        ("take", flow.target),
    )
    is_there = all(chosen[name] in ("", value) for name, value in pairs)
    return is_there and chosen["end"] in ("", flow.source, flow.target)


def _told(chosen: dict[str, str], found: Network, language: str) -> str:
    """Return in words which flows are chosen; nothing for all."""
    if not any(chosen.values()):
        return ""
    names = {edge.flow.source: edge.source.name for edge in found.edges}
    names |= {edge.flow.target: edge.target.name for edge in found.edges}
    if chosen["end"]:
        return names.get(chosen["end"], chosen["end"])
    giver = kind_name(chosen["from"], language) or names.get(chosen["give"], chosen["give"])
    taker = kind_name(chosen["to"], language) or names.get(chosen["take"], chosen["take"])
    return f"{giver or '*'} → {taker or '*'}"


def _quotes(asked: Asked, findings: Sequence[str]) -> dict[str, str]:
    """Return the quotations of findings, by id."""
    quotes: dict[str, str] = {}
    for some in iter_chunks(findings):
        rows = asked.dataset.store.rows(f"SELECT id, quote FROM findings WHERE id IN ({marks(some)})", some)
        quotes.update((row["id"], row["quote"]) for row in rows)
    return quotes


def _said(edge: Edge, quotes: Mapping[str, str]) -> list[Said]:
    """Return the words that state a flow, of those that were looked up."""
    return [Said(one, quotes[one]) for one in edge.flow.findings if one in quotes]


def _places(found: Network) -> tuple[str, ...]:
    """Return the codes of the places in which most ends of flows lie."""
    counts: dict[str, int] = {}
    for edge in found.edges:
        for code in {edge.source.place, edge.target.place} - {""}:
            counts[code] = counts.get(code, 0) + 1
    return tuple(sorted(counts, key=lambda code: (-counts[code], code))[:_MOST_PLACES])
