"""One supplier that wins most of what a buyer buys (OCP R040, opentender WINNER_CA_SHARE)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from sousveil.flag.indicator import Indicator, clear, insufficient, judge_buyers, percent, raised
from sousveil.flag.market import Market, MarketRow
from sousveil.model import Flag, Span

RULE = "repeated_winner"
LEAST = 5
"""Purchases of a buyer with a known winner before a share says anything."""
_SHOWN = 3
"""Titles of a supplier's other purchases that are quoted."""
SHARE = 0.5
"""Share from which one supplier wins most."""


def compare(market: Market) -> Iterator[Flag]:
    """Return for every purchase whether its winner wins at least half of five or more purchases of the buyer."""
    return judge_buyers(market, RULE, _judge)


def _judge(group: Sequence[MarketRow]) -> Iterator[Flag]:
    won = [row for row in group if row.suppliers]
    times = Counter(supplier for row in won for supplier in set(row.suppliers))
    titles: dict[str, list[Span]] = {}
    for row in won:
        for supplier in row.suppliers:
            titles.setdefault(supplier, [])[_SHOWN:] = row.spans[:1]
    for row in group:
        if not row.suppliers:
            yield insufficient(row, RULE, "a winner")
        elif len(won) < LEAST:
            yield insufficient(
                row, RULE, f"at least {LEAST} purchases of this buyer with a winner ({len(won)} at hand)"
            )
        else:
            yield _flag(row, len(won), times, titles)


def _flag(row: MarketRow, won: int, times: Counter[str], titles: Mapping[str, Sequence[Span]]) -> Flag:
    best = max(row.suppliers, key=lambda supplier: (times[supplier], supplier))
    place = row.suppliers.index(best)
    name = row.supplier_names[place] if len(row.supplier_names) == len(row.suppliers) else best
    share = times[best] / won
    says = (
        f"{name} won {times[best]} of {won} purchases of {row.buyer_name or row.buyer} with a known winner "
        f"({percent(share)})."
    )
    give = raised if share >= SHARE else clear
    return give(
        row, RULE, says, (*row.spans[:3], *titles.get(best, ())), won=times[best], purchases=won, share=round(share, 4)
    )


INDICATOR = Indicator(
    id=RULE,
    title="Repeated winner",
    subject="procurement",
    question="Does one supplier win most of what this buyer buys?",
    formula="purchases of the buyer that the supplier won / its purchases with a known winner >= 0.5, of at least 5",
    ocds_paths=("buyer/id", "awards/suppliers/id"),
    needs=("buyer", "winner", "5 purchases of the buyer with a winner"),
    limits=(
        "Counted in purchases, not in money: one large contract weighs as much as a small one.",
        "A collection about one product finds the few who make it; the share is of this collection only.",
        "Two names of one company that were not resolved count as two.",
    ),
    compare=compare,
)
