"""One need cut into purchases that each stay under the threshold (OCP R011)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from sousveil.data.legal_limits import LegalLimit, legal_limit
from sousveil.flag.buyer import FREE
from sousveil.flag.indicator import Indicator, clear, insufficient, money, raised
from sousveil.flag.market import Market, MarketRow
from sousveil.model import Flag

RULE = "split_purchase"
WINDOW = 60
"""Days within which purchases of the same thing are likely one need (OCP guide: 'a short period')."""

_SHOWN = 3
"""Purchases of a cluster that are named and quoted."""

Dated = tuple[date, MarketRow, LegalLimit]


def compare(market: Market) -> Iterator[Flag]:
    """Yield for every purchase whether it and its like of the same buyer pass the threshold only together."""
    groups: dict[tuple[str, str, tuple[str, ...]], list[Dated]] = {}
    for row in market.rows:
        day, limit = _day(row), legal_limit("open_tender", row.country)
        things = row.capabilities or row.codes
        wanted = {
            "the buyer": row.buyer,
            "what is bought": things,
            "the sum": row.amount,
            "the day": day,
            "a country whose threshold is known here": limit,
        }
        missing = [name for name, value in wanted.items() if not value]
        if missing or day is None or limit is None:
            yield insufficient(row, RULE, *missing)
        elif row.is_free:
            yield clear(row, RULE, FREE, row.spans)
        elif row.method == "open":
            yield clear(row, RULE, "Does not apply: the purchase was tendered openly.", row.spans)
        else:
            groups.setdefault((row.buyer, row.currency, things), []).append((day, row, limit))
    for group in groups.values():
        yield from _judge(group)


@dataclass(frozen=True, slots=True)
class _Cluster:
    """Purchases ``first`` to ``last`` of a list, and what they add up to."""

    first: int
    last: int
    total: float


def _judge(group: Sequence[Dated]) -> Iterator[Flag]:
    """Yield the flags of one buyer's purchases of one kind, in order of day; two ends move over them once."""
    small = [item for item in group if (item[1].amount or 0) < item[2].value and item[1].currency == item[2].currency]
    clusters: dict[str, _Cluster] = {}
    first, total, reached = 0, 0.0, 0
    for last, (day, row, limit) in enumerate(small):
        total += row.amount or 0
        while (day - small[first][0]).days > WINDOW:
            total -= small[first][1].amount or 0
            first += 1
        if last > first and total >= limit.value:
            cluster = _Cluster(first, last, total)
            for _, member, _ in small[max(first, reached) : last + 1]:
                clusters[member.procurement] = cluster
            reached = last + 1
    for _, row, limit in group:
        yield _flag(row, limit, small, clusters.get(row.procurement))


def _flag(row: MarketRow, limit: LegalLimit, small: Sequence[Dated], cluster: _Cluster | None) -> Flag:
    if cluster is None:
        return clear(row, RULE, f"No purchases of the same thing within {WINDOW} days pass the threshold together.")
    number = cluster.last - cluster.first + 1
    shown = [member for _, member, _ in small[cluster.first : cluster.first + _SHOWN]]
    names = ", ".join(member.procurement for member in shown)
    says = (
        f"{number} purchases of {', '.join(row.capabilities or row.codes)} by {row.buyer_name or row.buyer} within "
        f"{(small[cluster.last][0] - small[cluster.first][0]).days} days add up to "
        f"{money(cluster.total, row.currency)}; each is below {money(limit.value, limit.currency)}, from which open "
        f"tenders are asked for ({names}{' …' if number > _SHOWN else ''})."
    )
    spans = (*row.spans[:3], *(span for member in shown if member is not row for span in member.spans[:1]))
    inputs = {"purchases": number, "total": cluster.total, "threshold": limit.value}
    return raised(row, RULE, says, spans, law=limit.law, **inputs)


def _day(row: MarketRow) -> date | None:
    try:
        return date.fromisoformat(row.day[:10])
    except ValueError:
        return None


INDICATOR = Indicator(
    id=RULE,
    title="Split purchase",
    subject="procurement",
    question="Was one need cut into purchases that each stay under the threshold for open tenders?",
    formula=(
        "two or more purchases of one buyer, of the same capabilities (else codes), within 60 days, none tendered "
        "openly, each sum < threshold in data/legal_limits.yml <= all sums together"
    ),
    ocds_paths=("buyer/id", "tender/items/classification", "awards/value", "tender/procurementMethod", "date"),
    needs=("buyer", "sum", "capabilities or codes", "day", "country"),
    limits=(
        "The same kind of thing is not the same need: two schools of one education bureau may each need cameras.",
        "Purchases that are not in the collection are not counted.",
    ),
    compare=compare,
)
