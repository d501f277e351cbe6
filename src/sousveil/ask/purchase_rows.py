"""Rows of purchases, institutions and sources for an export."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from sousveil.ask.coverage import SPENT_LIST
from sousveil.ask.rows import whole_day
from sousveil.ask.units import Chosen, Row, Unit
from sousveil.data.places import place
from sousveil.model import Institution, Procurement
from sousveil.store.flags import Flags
from sousveil.store.institutions import Institutions
from sousveil.store.packed import marks
from sousveil.store.purchases import Purchases

PROCUREMENT_COLUMNS = (
    "procurement", "title", "buyer", "buyer_institution", "suppliers", "supplier_institutions", "status", "first_date",
    "first_day", "last_date", "last_day", "country", "place", "place_name", "amount", "currency", "amount_rule",
    "capabilities", "attempts", "lots", "is_framework", "framework", "missing", "flags", "notices",
)  # fmt: skip
INSTITUTION_COLUMNS = (
    "institution", "name", "kind", "level", "country", "place", "place_name", "parent", "identifiers", "aliases",
    "bought", "spent", "sold", "earned", "reasons",
)  # fmt: skip
SOURCE_COLUMNS = ("source", "notices", "files", "first_seen", "last_seen")


def iter_purchases(chosen: Chosen) -> Iterator[Unit]:
    """Yield a row for each purchase; with the id of each of its notices, those not asked for too."""
    purchases, institutions, flags = Purchases(chosen.store), Institutions(chosen.store), Flags(chosen.store)
    for some in chosen.batches("purchases"):
        found = purchases.procurements_of(some)
        bodies = institutions.institutions_of(
            sorted({one for held in found.values() for one in (held.buyer, *held.suppliers) if one})
        )
        capabilities = _capabilities(chosen, some)
        raised = flags.raised(some)
        for one in some:
            if one in found:
                rules = sorted({flag.rule for flag in raised.get(one, ())})
                yield Unit(
                    f"procurement {one}",
                    (("procurements", _purchase_row(found[one], bodies, capabilities[one], rules)),),
                )


def _purchase_row(found: Procurement, bodies: dict[str, Institution], capabilities: list[str], flags: list[str]) -> Row:
    buyer, known = bodies.get(found.buyer), place(found.place)
    suppliers = [bodies[one] for one in found.suppliers if one in bodies]
    return {
        "procurement": found.id,
        "title": found.title or None,
        "buyer": buyer.name if buyer else None,
        "buyer_institution": found.buyer or None,
        "suppliers": [one.name for one in suppliers],
        "supplier_institutions": [one.id for one in suppliers],
        "status": found.status,
        "first_date": found.first_date or None,
        "first_day": whole_day(found.first_date),
        "last_date": found.last_date or None,
        "last_day": whole_day(found.last_date),
        "country": found.country or None,
        "place": found.place or None,
        "place_name": known.name if known else None,
        "amount": found.amount.value if found.amount else None,
        "currency": found.amount.currency if found.amount else None,
        "amount_rule": found.amount.rule if found.amount else None,
        "capabilities": capabilities,
        "attempts": found.attempts,
        "lots": found.lots,
        "is_framework": "yes" if found.is_framework else "no",
        "framework": found.framework or None,
        "missing": list(found.missing),
        "flags": flags,
        "notices": list(found.notices),
    }


def _capabilities(chosen: Chosen, ids: Sequence[str]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    rows = chosen.store.rows(
        "SELECT procurement, capability FROM procurement_capabilities"
        f" WHERE procurement IN ({marks(ids)}) ORDER BY procurement, capability",
        ids,
    )
    for row in rows:
        found[row["procurement"]].append(row["capability"])
    return found


def iter_institutions(chosen: Chosen) -> Iterator[Unit]:
    """Yield a row for each institution that the notices name, with what it bought and sold in their purchases."""
    institutions = Institutions(chosen.store)
    for some in chosen.batches("institutions"):
        found = institutions.institutions_of(some)
        bought = _trade(chosen, some, "buyer", "procurements")
        sold = _trade(chosen, some, "institution", "procurements JOIN procurement_suppliers ON procurement = id")
        for one in some:
            if one in found:
                row = _institution_row(found[one], bought[one], sold[one])
                yield Unit(f"institution {one}", (("institutions", row),))


def _institution_row(found: Institution, bought: list[tuple[int, str]], sold: list[tuple[int, str]]) -> Row:
    known = place(found.place)
    return {
        "institution": found.id,
        "name": found.name,
        "kind": found.kind,
        "level": found.level or None,
        "country": found.country or None,
        "place": found.place or None,
        "place_name": known.name if known else None,
        "parent": found.parent or None,
        "identifiers": list(found.identifiers),
        "aliases": [alias.name for alias in found.aliases],
        "bought": sum(count for count, _ in bought),
        "spent": [text for _, text in bought if text],
        "sold": sum(count for count, _ in sold),
        "earned": [text for _, text in sold if text],
        "reasons": list(found.reasons),
    }


def _trade(chosen: Chosen, ids: Sequence[str], column: str, table: str) -> dict[str, list[tuple[int, str]]]:
    """Return by institution how many purchases it has on one side, and what is known to be spent, per currency.

    A sum shared by several suppliers is not divided: it is left out for all of them.
    """
    found: dict[str, list[tuple[int, str]]] = defaultdict(list)
    alone = (
        " AND (SELECT count(*) FROM procurement_suppliers AS others WHERE others.procurement = id) = 1"
        if column == "institution"
        else ""
    )
    rows = chosen.store.rows(
        f"""SELECT {column} AS who, CASE WHEN amount_rule IN ({SPENT_LIST}){alone}
                       THEN coalesce(currency, 'currency not stated') ELSE '' END AS unit,
                   count(*) AS purchases, sum(amount) AS amount FROM {table}
            WHERE {column} IN ({marks(ids)}) AND id IN (SELECT id FROM temp.exported_purchases)
            GROUP BY who, unit ORDER BY who, unit""",
        ids,
    )
    for row in rows:
        text = f"{row['unit']} {row['amount']:.2f}" if row["unit"] else ""
        found[row["who"]].append((row["purchases"], text))
    return found


def iter_sources(chosen: Chosen) -> Iterator[Unit]:
    """Yield a row for each source that the notices were seen in."""
    rows = chosen.store.rows(
        """SELECT source, count(DISTINCT notices.id) AS notices, count(DISTINCT sightings.file) AS files,
                  min(seen_at) AS first_seen, max(seen_at) AS last_seen
           FROM temp.exported_notices AS taken JOIN notices USING (id) JOIN sightings ON sightings.file = notices.file
           GROUP BY source ORDER BY source"""
    )
    for row in rows:
        yield Unit(f"source {row['source']}", (("sources", {name: row[name] for name in SOURCE_COLUMNS}),))
