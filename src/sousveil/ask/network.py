"""The network: who is said to give data to whom. No end of it is a person, and none can be."""

from __future__ import annotations

from collections import Counter
from dataclasses import asdict, dataclass

from sousveil.ask.names import Flowing, Named, every_flow
from sousveil.data.places import contains
from sousveil.model import Flow
from sousveil.store.database import Store
from sousveil.store.packed import iter_chunks, marks

MOST_NODES = 150
"""Nodes beyond which a drawing is a knot: measured on screens of 1440 pixels."""


@dataclass(frozen=True, slots=True)
class Edge:
    """A flow of data that notices state, with its ends for people to read.

    Attributes:
        flow: as stored.
        source: the end that gives.
        target: the end that receives.
        source_kind: kind of body or ``system``: a row of the matrix.
        target_kind: the same of the other end: a column.
    """

    flow: Flow
    source: Named
    target: Named
    source_kind: str
    target_kind: str


@dataclass(frozen=True, slots=True)
class Network:
    """All flows, the most stated first, and how many there are from kind to kind.

    Flows of which only is said that two are joined stand in one cell, in the order of their ids.
    """

    edges: tuple[Edge, ...]
    kinds: tuple[str, ...]
    matrix: dict[tuple[str, str], int]

    def to_json(self) -> dict[str, object]:
        """Return the network as plain values."""
        return {
            "v": 1,
            "edges": [
                {
                    **asdict(edge.flow),
                    "source_name": edge.source.name,
                    "target_name": edge.target.name,
                    "source_kind": edge.source_kind,
                    "target_kind": edge.target_kind,
                }
                for edge in self.edges
            ],
            "matrix": [{"from": giver, "to": taker, "flows": n} for (giver, taker), n in sorted(self.matrix.items())],
        }


@dataclass(frozen=True, slots=True)
class Node:
    """An end of flows that is drawn: its id, its name, its kind, how many findings name a flow of it."""

    id: str
    named: Named
    kind: str
    findings: int


@dataclass(frozen=True, slots=True)
class Graph:
    """The part of a network that can still be read as a drawing.

    Attributes:
        nodes: those with the most findings, in this order.
        edges: the flows between them.
        nodes_left_out: how many are not drawn.
        edges_left_out: the same of flows.
    """

    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]
    nodes_left_out: int
    edges_left_out: int


def graph_of(found: Network, *, most: int = MOST_NODES) -> Graph:
    """Return the nodes that the most findings name, at most so many, and the flows between them."""
    weights: Counter[str] = Counter()
    ends: dict[str, tuple[Named, str]] = {}
    for edge in found.edges:
        for end, named, kind in (
            (edge.flow.source, edge.source, edge.source_kind),
            (edge.flow.target, edge.target, edge.target_kind),
        ):
            weights[end] += len(edge.flow.findings)
            ends[end] = (named, kind)
    chosen = set(sorted(weights, key=lambda end: (-weights[end], end))[:most])
    edges = tuple(edge for edge in found.edges if edge.flow.source in chosen and edge.flow.target in chosen)
    joined = {end for edge in edges for end in (edge.flow.source, edge.flow.target)}
    nodes = tuple(Node(end, *ends[end], weights[end]) for end in sorted(joined, key=lambda end: (-weights[end], end)))
    return Graph(nodes, edges, len(weights) - len(nodes), len(found.edges) - len(edges))


def network(store: Store, *, place: str = "", data: str = "", flowing: Flowing | None = None) -> Network:
    """Return the flows of data that the notices of the dataset state.

    Args:
        store: the rows.
        place: code of a division; only flows with an end in it.
        data: row of ``data/data_categories.yml``; only flows of such data.
        flowing: all flows of data, where the caller has them already.
    """
    every = flowing or every_flow(store)
    flows = [flow for flow in every.flows if not data or data in flow.data]
    ends = every.ends
    kinds_of: dict[str, str] = {}
    for some in iter_chunks([end for end, named in ends.items() if named.kind == "institution"]):
        rows = store.rows(f"SELECT id, kind FROM institutions WHERE id IN ({marks(some)})", some)
        kinds_of.update((row["id"], row["kind"]) for row in rows)

    def kind(end: str) -> str:
        named = ends[end].kind
        if named == "institution":
            return kinds_of[end]
        return end.partition("@")[0] if named == "body" else named

    def is_there(end: str) -> bool:
        at = ends[end].place
        return at == place or (bool(at) and contains(place, at))

    edges = [
        Edge(flow, ends[flow.source], ends[flow.target], kind(flow.source), kind(flow.target))
        for flow in flows
        if not place or is_there(flow.source) or is_there(flow.target)
    ]
    edges.sort(key=lambda edge: (-len(edge.flow.findings), edge.source.name, edge.target.name))
    matrix = Counter((edge.source_kind, edge.target_kind) for edge in edges)
    kinds = Counter(kind for edge in edges for kind in (edge.source_kind, edge.target_kind))
    return Network(tuple(edges), tuple(kind for kind, _ in kinds.most_common()), dict(matrix))
