"""What can be told of a set of purchases: when what was bought, how large, from whom, in which words, with which flags.

Every function takes a table of ids of purchases (``chosen.py``) and returns rows that lead back to their evidence.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from sousveil.ask.coverage import SPENT_LIST as _SPENT
from sousveil.data.terms import capabilities
from sousveil.store.database import Store
from sousveil.store.flags import decode_checks

_MOST_PARTNERS = 50


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


def partners(store: Store, table: str, side: str) -> tuple[Partner, ...]:
    """Return the bodies on one side of purchases (``buyer`` or ``supplier``), those with the most purchases first."""
    whose = "procurement_suppliers.institution" if side == "supplier" else "procurements.buyer"
    joined = "JOIN procurement_suppliers ON procurement = procurements.id" if side == "supplier" else ""
    shared = "(SELECT count(*) FROM procurement_suppliers AS shared WHERE shared.procurement = procurements.id)"
    alone = f"{shared} = 1 AND " if side == "supplier" else ""
    of = store.rows(
        f"SELECT count(DISTINCT procurements.id) AS n FROM {table} CROSS JOIN procurements USING (id) {joined}"
        f" WHERE {whose} <> ''"
    )[0]["n"]
    least = store.rows(
        f"""SELECT n FROM (SELECT {whose} AS who, count(*) AS n FROM {table} CROSS JOIN procurements USING (id) {joined}
                           WHERE {whose} <> '' GROUP BY 1)
            WHERE who IN (SELECT id FROM institutions) ORDER BY n DESC LIMIT 1 OFFSET {_MOST_PARTNERS - 1}"""
    )
    rows = store.rows(
        f"""SELECT who, name, currency, purchases, amount, stated_in, whole FROM (
                SELECT {whose} AS who, coalesce(CASE WHEN {alone}amount_rule IN ({_SPENT}) THEN currency END, '')
                           AS currency, count(*) AS purchases,
                       sum(CASE WHEN {alone}amount_rule IN ({_SPENT}) THEN amount END) AS amount,
                       coalesce(sum({alone}amount_rule IN ({_SPENT})), 0) AS stated_in,
                       sum(count(*)) OVER (PARTITION BY {whose}) AS whole
                FROM {table} CROSS JOIN procurements USING (id) {joined} WHERE {whose} <> '' GROUP BY 1, 2
            ) JOIN institutions ON institutions.id = who WHERE whole >= ? ORDER BY who, currency""",
        (least[0]["n"] if least else 0,),
    )
    found: dict[str, list[dict[str, object]]] = defaultdict(list)
    for row in rows:
        found[row["who"]].append(dict(row))
    made = [_partner(who, str(told[0]["name"]), told, of) for who, told in found.items()]
    return tuple(sorted(made, key=lambda one: (-one.purchases, -(one.amount or 0), one.id))[:_MOST_PARTNERS])


def _partner(who: str, name: str, told: Sequence[dict[str, object]], of: int) -> Partner:
    """Return a partner with the sum in the currency that most of its purchases state."""
    purchases = sum(int(str(one["purchases"])) for one in told)
    best = max(told, key=lambda one: int(str(one["stated_in"])))
    stated = int(str(best["stated_in"]))
    amount = float(str(best["amount"])) if stated else None
    return Partner(who, name, purchases, purchases / of if of else 0.0, amount, str(best["currency"]), stated)


def count_flags(store: Store, table: str) -> tuple[FlagCount, ...]:
    """Return what each indicator says of purchases, in the order of the indicators.

    What was checked and not raised is stored in one body a purchase, and bodies are alike: each is decoded once.
    """
    from sousveil.flag import INDICATORS  # noqa: PLC0415 (thirty modules)

    rows = store.rows(
        f"SELECT rule, count(*) AS n FROM {table} AS chosen CROSS JOIN flags ON procurement = chosen.id GROUP BY rule"
    )
    raised = {row["rule"]: row["n"] for row in rows}
    bodies = store.connection.execute(
        f"SELECT body FROM {table} AS chosen CROSS JOIN checks ON procurement = chosen.id"
    )
    others: Counter[tuple[str, str]] = Counter()
    for body, n in Counter(row[0] for row in bodies).items():
        for rule, state, _ in decode_checks(body):
            others[rule, state] += n
    return tuple(
        FlagCount(
            one.id,
            one.title,
            one.subject,
            raised.get(one.id, 0),
            others[one.id, "clear"],
            others[one.id, "insufficient"],
        )
        for one in INDICATORS
    )
