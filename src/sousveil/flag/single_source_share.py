"""A buyer that mostly asks one supplier (OCP R013)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sousveil.flag.indicator import Indicator, clear, insufficient, judge_buyers, percent, raised
from sousveil.flag.market import Market, MarketRow
from sousveil.model import Flag

RULE = "single_source_share"
LEAST = 5
"""Purchases of a buyer with a known method before a share says anything."""
SHARE = 0.5
"""Share of purchases without competition from which it is the rule."""


def compare(market: Market) -> Iterator[Flag]:
    """Return for every purchase whether it is a direct one of a buyer that makes at least half of five or more so."""
    return judge_buyers(market, RULE, _judge)


def _judge(group: Sequence[MarketRow]) -> Iterator[Flag]:
    known = [row for row in group if row.method]
    direct = [row for row in known if row.method == "direct"]
    for row in group:
        if not row.method:
            yield insufficient(row, RULE, "the method")
        elif row.method != "direct":
            yield clear(row, RULE, f"Does not apply: the method is {row.method}.", row.spans)
        elif len(known) < LEAST:
            yield insufficient(
                row, RULE, f"at least {LEAST} purchases of this buyer with a method ({len(known)} at hand)"
            )
        else:
            share = len(direct) / len(known)
            says = (
                f"{row.buyer_name or row.buyer} asked one supplier in {len(direct)} of {len(known)} purchases with a "
                f"known method ({percent(share)})."
            )
            others = tuple(span for other in direct[:3] for span in other.spans[-1:])
            give = raised if share >= SHARE else clear
            spans = (*row.spans[-1:], *row.spans[:2], *others)
            yield give(row, RULE, says, spans, direct=len(direct), purchases=len(known), share=round(share, 4))


INDICATOR = Indicator(
    id=RULE,
    title="High share of single sources",
    subject="procurement",
    question="Is asking one supplier the rule with this buyer?",
    formula="direct purchases of the buyer / purchases of the buyer with a known method >= 0.5, of at least 5",
    ocds_paths=("buyer/id", "tender/procurementMethod"),
    needs=("buyer", "method", "5 purchases of the buyer with a method"),
    limits=("Where single sources must be announced and small purchases need not be, the share is that of the duty.",),
    compare=compare,
)
