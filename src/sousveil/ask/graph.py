"""GraphML: institutions, systems and bodies; who bought from whom, and which data is said to go where."""

from __future__ import annotations

from collections.abc import Iterator

from sousveil.ask.coverage import SPENT_LIST
from sousveil.ask.ftm import bodies_among, flows_of
from sousveil.ask.names import name_ends
from sousveil.ask.units import Chosen, Row, Unit
from sousveil.store.institutions import Institutions

KEYS = (
    ("kind", "node", "string"),
    ("name", "node", "string"),
    ("body_kind", "node", "string"),
    ("country", "node", "string"),
    ("place", "node", "string"),
    ("kind", "edge", "string"),
    ("purchases", "edge", "int"),
    ("amount", "edge", "double"),
    ("currency", "edge", "string"),
    ("stated_in", "edge", "int"),
    ("first_date", "edge", "string"),
    ("last_date", "edge", "string"),
    ("words", "edge", "string"),
    ("data", "edge", "string"),
    ("is_mutual", "edge", "boolean"),
    ("findings", "edge", "string"),
)
"""Values of nodes and edges, and their types."""
COMPUTED = frozenset({"id", "source", "target", "kind", "body_kind", "country", "place", "currency", "findings"}) | {
    "data", "first_date", "last_date",
}  # fmt: skip
"""Values that sousveil computes: they hold no words of a document."""


def iter_graph(chosen: Chosen) -> Iterator[Unit]:
    """Yield nodes, then edges; an edge whose end the gate stopped is left out."""
    flows = flows_of(chosen)
    ends = name_ends(chosen.store, flows)
    for some in chosen.bodies():
        for one, found in Institutions(chosen.store).institutions_of(some).items():
            node = {"id": one, "kind": "institution", "name": found.name, "body_kind": found.kind}
            yield Unit(f"institution {one}", (("nodes", node | {"country": found.country, "place": found.place}),))
    for key in sorted(set(ends) - bodies_among(chosen, list(ends))):
        named = ends[key]
        yield Unit(f"{named.kind} {key}", (("nodes", {"id": key, "kind": named.kind, "name": named.name,
                                                      "place": named.place}),))  # fmt: skip
    yield from _purchase_edges(chosen)
    for number, flow in enumerate(flows, 1):
        if not chosen.left_out.intersection((flow.source, flow.target)):
            row: Row = {
                "source": flow.source,
                "target": flow.target,
                "kind": "data",
                "words": "; ".join(flow.words),
                "data": "; ".join(flow.data),
                "is_mutual": flow.is_mutual,
                "findings": "; ".join(flow.findings),
            }
            yield Unit(f"flow {number}", (("edges", row),))


def _purchase_edges(chosen: Chosen) -> Iterator[Unit]:
    """Yield one edge for each buyer, supplier and currency: a sum shared by several suppliers is in none."""
    known = "(SELECT id FROM institutions)"
    alone = "(SELECT count(*) FROM procurement_suppliers AS others WHERE others.procurement = procurements.id) = 1"
    is_stated = f"amount_rule IN ({SPENT_LIST}) AND {alone}"
    rows = chosen.store.connection.execute(
        f"""SELECT buyer AS source, institution AS target, 'purchase' AS kind, count(*) AS purchases,
                   sum(CASE WHEN {is_stated} THEN amount END) AS amount,
                   CASE WHEN {is_stated} THEN coalesce(currency, '') END AS currency, sum({is_stated}) AS stated_in,
                   min(nullif(first_date, '')) AS first_date, max(nullif(last_date, '')) AS last_date
            FROM procurements JOIN temp.exported_purchases USING (id)
            JOIN procurement_suppliers ON procurement_suppliers.procurement = procurements.id
            WHERE buyer IN {known} AND institution IN {known} GROUP BY buyer, institution, 6 ORDER BY 1, 2, 6"""
    )
    for row in rows:
        if not chosen.left_out.intersection((row["source"], row["target"])):
            yield Unit(f"institution {row['source']}", (("edges", dict(row)),))
