"""GeoJSON: where institutions bought what; a point for each place that purchases are known to be in."""

from __future__ import annotations

from collections.abc import Iterator

from sousveil.ask.coverage import SPENT_LIST
from sousveil.ask.units import Chosen, Row, Unit
from sousveil.data.places import parents, place

COMPUTED = frozenset({"code", "level", "country", "population", "population_year", "type"})
"""Members that come from the table of places."""


def iter_features(chosen: Chosen, tail: Row) -> Iterator[Unit]:
    """Yield a feature for each place; ``tail`` tells how many purchases stand on no point.

    A place is as small as the notices tell, a county here, a province there: purchases are counted at that place
    alone, never again at the larger one.
    """
    capabilities: dict[str, dict[str, int]] = {}
    for row in chosen.store.rows(
        """SELECT place, capability, count(*) AS n FROM procurements JOIN temp.exported_purchases USING (id)
           JOIN procurement_capabilities ON procurement = procurements.id GROUP BY place, capability
           ORDER BY place, capability"""
    ):
        capabilities.setdefault(row["place"], {})[row["capability"]] = row["n"]
    tail["without_place"] = 0
    for row in chosen.store.rows(
        """SELECT procurements.place AS place, count(*) AS n, min(nullif(first_date, '')) AS first,
                  max(nullif(last_date, '')) AS last
           FROM procurements JOIN temp.exported_purchases USING (id) GROUP BY procurements.place ORDER BY 1"""
    ):
        found = place(row["place"])
        if found is None or found.latitude is None or found.longitude is None:
            tail["without_place"] += row["n"]
            continue
        properties = {
            "code": row["place"],
            "name": found.name,
            "name_en": found.name_en,
            "level": found.level,
            "country": found.country,
            "in": [one.name_en for one in parents(row["place"])],
            "population": found.population,
            "population_year": found.population_year,
            "purchases": row["n"],
            "first_date": row["first"],
            "last_date": row["last"],
            "spent": _spent(chosen, row["place"]),
            "capabilities": capabilities.get(row["place"], {}),
        }
        point = {"type": "Point", "coordinates": [found.longitude, found.latitude]}
        feature = {"type": "Feature", "id": row["place"], "geometry": point, "properties": properties}
        yield Unit(f"place {row['place']}", (("features", feature),))


def _spent(chosen: Chosen, code: str) -> Row:
    """Return what is known to be spent in a place, per currency, and in how many of the purchases it is stated."""
    rows = chosen.store.rows(
        f"""SELECT coalesce(currency, '') AS currency, sum(amount) AS amount, count(*) AS stated_in
            FROM procurements JOIN temp.exported_purchases USING (id)
            WHERE procurements.place = ? AND amount_rule IN ({SPENT_LIST}) GROUP BY 1 ORDER BY 1""",
        (code,),
    )
    return {row["currency"] or "unknown": {"amount": row["amount"], "stated_in": row["stated_in"]} for row in rows}
