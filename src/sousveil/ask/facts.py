"""What can be told of a set of purchases: when what was bought, how large, from whom, in which words, with which flags.

Every function takes a table of ids of purchases (``chosen.py``) and returns rows that lead back to their evidence.
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from sousveil.ask.coverage import SPENT_LIST as _SPENT
from sousveil.data.terms import capabilities
from sousveil.store.database import Store
from sousveil.store.flags import Flags
from sousveil.store.reviews import mirror_reviews

_MOST_QUOTES = 3
"""Quotations of one capability."""
_MOST_SCALES = 12
_MOST_PARTNERS = 50
_NOT_REJECTED = "findings.id NOT IN (SELECT finding FROM temp.reviews WHERE state = 'rejected')"


@dataclass(frozen=True, slots=True)
class Lane:
    """Purchases of one capability in one month; a purchase of several capabilities stands in the lane of each.

    ``amount`` is what those were worth whose sum is known; purchases of several capabilities count whole in each lane,
    so lanes must not be added up.
    """

    capability: str
    month: str
    """``YYYY-MM``, ``YYYY`` where only the year is known, empty where nothing is."""
    purchases: int
    awarded: int
    """Of these, those of which a winner is named, or what was spent is known."""
    amount: float | None
    planned: float | None
    """Budgets and ceilings of those of which nothing else is known."""
    currency: str
    stated_in: int


@dataclass(frozen=True, slots=True)
class FamilyMonth:
    """Purchases of one family of capabilities in one month, each once; of them those that somebody won."""

    family: str
    month: str
    purchases: int
    awarded: int


@dataclass(frozen=True, slots=True)
class FirstSeen:
    """The first purchase in which a capability is met, by the day of its first notice."""

    capability: str
    date: str
    procurement: str
    purchases: int
    """All purchases of the capability."""


@dataclass(frozen=True, slots=True)
class Scale:
    """A figure that a notice states: not always what was bought, the words tell."""

    number: float
    unit: str
    object: str
    comparator: str
    quote: str
    finding: str
    notice: str


@dataclass(frozen=True, slots=True)
class Partner:
    """A body on the other side, and how much of the purchases it has.

    ``amount`` counts only purchases that it has alone: what is shared cannot be divided.
    """

    id: str
    name: str
    purchases: int
    share: float
    """Of the purchases that name anybody on that side; 0 to 1."""
    amount: float | None
    currency: str
    stated_in: int


@dataclass(frozen=True, slots=True)
class Quote:
    """Words of a notice that show a capability."""

    capability: str
    quote: str
    finding: str
    notice: str
    page: int
    score: float
    section: str
    date: str
    """Of publication, ISO; empty where none is known."""


@dataclass(frozen=True, slots=True)
class FlagCount:
    """What one indicator says of purchases; ``insufficient`` is how often the notices do not tell."""

    rule: str
    title: str
    subject: str
    raised: int
    clear: int
    insufficient: int


def lanes(store: Store, table: str) -> tuple[Lane, ...]:
    """Return purchases by capability and month, in order of time; sums of two currencies stand in two rows."""
    rows = store.rows(
        f"""SELECT capability, substr(first_date, 1, 7) AS month, count(*) AS purchases,
                   sum({_WON}) AS awarded, sum(CASE WHEN amount_rule IN ({_SPENT}) THEN amount END) AS amount,
                   sum(CASE WHEN amount_rule NOT IN ('', {_SPENT}) THEN amount END) AS planned,
                   coalesce(CASE WHEN amount_rule <> '' THEN currency END, '') AS currency,
                   coalesce(sum(amount_rule IN ({_SPENT})), 0) AS stated_in
            FROM {table} CROSS JOIN procurements USING (id)
            JOIN procurement_capabilities ON procurement_capabilities.procurement = id
            GROUP BY capability, month, 7 ORDER BY month, capability, currency"""
    )
    return tuple(Lane(**dict(row)) for row in rows)


_WON = (
    f"(amount_rule IN ({_SPENT}) OR EXISTS (SELECT 1 FROM procurement_suppliers AS won"
    " WHERE won.procurement = procurements.id))"
)


def family_months(store: Store, table: str) -> tuple[FamilyMonth, ...]:
    """Return purchases by family and month, in order of time; those without any date have an empty month."""
    families = ", ".join(f"('{leaf.id}', '{leaf.family}')" for leaf in capabilities())
    rows = store.rows(
        f"""WITH families (capability, family) AS (VALUES {families})
            SELECT family, month, count(*) AS purchases, sum(is_won) AS awarded FROM (
                SELECT DISTINCT id, family, substr(first_date, 1, 7) AS month, {_WON} AS is_won
                FROM {table} CROSS JOIN procurements USING (id)
                JOIN procurement_capabilities ON procurement_capabilities.procurement = id
                JOIN families USING (capability)
            ) GROUP BY family, month ORDER BY month, family"""
    )
    return tuple(FamilyMonth(**dict(row)) for row in rows)


def first_seen(store: Store, table: str) -> tuple[FirstSeen, ...]:
    """Return when each capability was first met, the earliest first; those without any date last."""
    rows = store.rows(
        f"""SELECT capability, min(CASE WHEN first_date <> '' THEN first_date || ' ' || id END) AS first,
                   min(id) AS any, count(*) AS purchases
            FROM {table} CROSS JOIN procurements USING (id)
            JOIN procurement_capabilities ON procurement_capabilities.procurement = id GROUP BY capability"""
    )
    found = []
    for row in rows:
        date, _, procurement = (row["first"] or "").partition(" ")
        found.append(FirstSeen(row["capability"], date, procurement or row["any"], row["purchases"]))
    return tuple(sorted(found, key=lambda one: (not one.date, one.date, one.capability)))


def largest_scales(store: Store, table: str) -> tuple[Scale, ...]:
    """Return the largest figure of each unit that notices of surveillance purchases state, the commonest units first.

    Lengths of time and figures of other purchases are left out by the finder already; what somebody rejected, here.
    """
    mirror_reviews(store)
    rows = store.rows(
        f"""SELECT findings.id, findings.notice, quote, findings.body
            FROM {table} AS chosen CROSS JOIN summaries ON summaries.procurement = chosen.id
            CROSS JOIN findings ON findings.notice = summaries.notice
            WHERE +kind = 'scale' AND {_NOT_REJECTED}"""
    )
    by_unit: dict[str, list[Scale]] = defaultdict(list)
    for row in rows:
        details = dict(json.loads(row["body"])[2])
        number = details.get("number")
        if isinstance(number, int | float):
            told = [str(details.get(name) or "") for name in ("unit", "object", "comparator")]
            by_unit[told[0]].append(
                Scale(float(number), told[0], told[1], told[2], row["quote"], row["id"], row["notice"])
            )
    units = sorted(by_unit.values(), key=lambda found: (-len(found), found[0].unit))[:_MOST_SCALES]
    return tuple(max(found, key=lambda one: (one.number, one.finding)) for found in units)


def partners(store: Store, table: str, side: str) -> tuple[Partner, ...]:
    """Return the bodies on one side of purchases (``buyer`` or ``supplier``), those with the most purchases first."""
    whose = "procurement_suppliers.institution" if side == "supplier" else "procurements.buyer"
    joined = "JOIN procurement_suppliers ON procurement = procurements.id" if side == "supplier" else ""
    shared = "(SELECT count(*) FROM procurement_suppliers AS shared WHERE shared.procurement = procurements.id)"
    alone = f"{shared} = 1 AND " if side == "supplier" else ""
    rows = store.rows(
        f"""SELECT {whose} AS who, name,
                   coalesce(CASE WHEN {alone}amount_rule IN ({_SPENT}) THEN currency END, '') AS currency,
                   count(*) AS purchases, sum(CASE WHEN {alone}amount_rule IN ({_SPENT}) THEN amount END) AS amount,
                   coalesce(sum({alone}amount_rule IN ({_SPENT})), 0) AS stated_in
            FROM {table} CROSS JOIN procurements USING (id) {joined}
            JOIN institutions ON institutions.id = {whose} GROUP BY 1, 2, 3"""
    )
    found: dict[str, list[dict[str, object]]] = defaultdict(list)
    for row in rows:
        found[row["who"]].append(dict(row))
    of = store.rows(
        f"SELECT count(DISTINCT procurements.id) AS n FROM {table} CROSS JOIN procurements USING (id) {joined}"
        f" WHERE {whose} <> ''"
    )[0]["n"]
    made = [_partner(who, str(told[0]["name"]), told, of) for who, told in found.items()]
    return tuple(sorted(made, key=lambda one: (-one.purchases, -(one.amount or 0), one.id))[:_MOST_PARTNERS])


def _partner(who: str, name: str, told: Sequence[dict[str, object]], of: int) -> Partner:
    """Return a partner with the sum in the currency that most of its purchases state."""
    purchases = sum(int(str(one["purchases"])) for one in told)
    best = max(told, key=lambda one: int(str(one["stated_in"])))
    stated = int(str(best["stated_in"]))
    amount = float(str(best["amount"])) if stated else None
    return Partner(who, name, purchases, purchases / of if of else 0.0, amount, str(best["currency"]), stated)


def quotes(store: Store, table: str) -> tuple[Quote, ...]:
    """Return the strongest quotations of each capability, each wording once; none that somebody rejected.

    Sentences stand before rows of a bill, and those before the subject: a title tells that something is bought.
    """
    mirror_reviews(store)
    rows = store.rows(
        f"""SELECT value AS capability, quote, findings.id AS finding, findings.notice, page, score,
                   section, coalesce(publication_date, '') AS date
            FROM {table} AS chosen CROSS JOIN summaries ON summaries.procurement = chosen.id
            CROSS JOIN findings ON findings.notice = summaries.notice
            CROSS JOIN notices ON notices.id = findings.notice
            WHERE +kind = 'capability' AND {_NOT_REJECTED}
            ORDER BY value, CASE section WHEN 'body' THEN 0 WHEN 'items' THEN 1 ELSE 2 END,
                     score DESC, length(quote) DESC, findings.id"""
    )
    chosen: dict[str, dict[str, Quote]] = defaultdict(dict)
    for row in rows:
        held = chosen[row["capability"]]
        if len(held) < _MOST_QUOTES:
            held.setdefault(" ".join(row["quote"].split()), Quote(**dict(row)))
    return tuple(quote for held in chosen.values() for quote in held.values())


def count_flags(store: Store, ids: Sequence[str]) -> tuple[FlagCount, ...]:
    """Return what each indicator says of purchases, in the order of the indicators."""
    from sousveil.flag import INDICATORS  # noqa: PLC0415 (thirty modules)

    flags = Flags(store)
    raised = Counter(flag.rule for found in flags.raised(ids).values() for flag in found)
    others = Counter((rule, state) for found in flags.checks(ids).values() for rule, state, _ in found)
    return tuple(
        FlagCount(
            one.id,
            one.title,
            one.subject,
            raised[one.id],
            others[one.id, "clear"],
            others[one.id, "insufficient"],
        )
        for one in INDICATORS
    )
