"""The network: who is said to give data to whom. No end of it is a person, and none can be."""

from __future__ import annotations

from collections import Counter
from dataclasses import asdict, dataclass

from sousveil.ask.names import Named, name_ends
from sousveil.model import Flow
from sousveil.store.database import Store
from sousveil.store.institutions import Institutions
from sousveil.store.systems import Systems


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


def network(store: Store) -> Network:
    """Return all flows of data that the notices of the dataset state."""
    flows = Systems(store).flows()
    ends = name_ends(store, flows)
    known = Institutions(store).institutions_of([end for end, named in ends.items() if named.kind == "institution"])

    def kind(end: str) -> str:
        named = ends[end].kind
        if named == "institution":
            return known[end].kind
        return end.partition("@")[0] if named == "body" else named

    edges = [Edge(flow, ends[flow.source], ends[flow.target], kind(flow.source), kind(flow.target)) for flow in flows]
    edges.sort(key=lambda edge: (-len(edge.flow.findings), edge.source.name, edge.target.name))
    matrix = Counter((edge.source_kind, edge.target_kind) for edge in edges)
    kinds = Counter(kind for edge in edges for kind in (edge.source_kind, edge.target_kind))
    return Network(tuple(edges), tuple(kind for kind, _ in kinds.most_common()), dict(matrix))
