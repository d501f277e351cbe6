"""The same requirements in the calls of different buyers (own indicator; OCP R007)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from sousveil.flag.fingerprint import KEPT, shared_with
from sousveil.flag.indicator import Indicator, clear, insufficient, percent, raised
from sousveil.flag.market import Market, MarketRow
from sousveil.model import Flag, Span

RULE = "identical_text"
LEAST = 6
"""Fingerprints that two calls must share."""
SHARE = 0.3
"""Share of the shorter call's fingerprints that must be common."""
COMMON = 12
"""Buyers that have a sentence from which it is boilerplate: it says nothing about any two of them. It bounds the work:
each fingerprint is compared with at most eleven others."""


def compare(market: Market) -> Iterator[Flag]:
    """Yield for every purchase whether another buyer's call asks for the same in the same words."""
    places: dict[int, list[int]] = {}
    for index, row in enumerate(market.rows):
        for value in row.prints if row.buyer else ():
            places.setdefault(value, []).append(index)
    rare = {value: rows for value, rows in places.items() if len(rows) > 1 and _buyers(market, rows) < COMMON}
    for row in market.rows:
        if not row.buyer or len(row.prints) < LEAST:
            missing = ("the buyer" if not row.buyer else "", "" if len(row.prints) >= LEAST else "the requirements")
            yield insufficient(row, RULE, *filter(None, missing))
        else:
            yield _judge(market, row, rare)


def _buyers(market: Market, rows: list[int]) -> int:
    return len({market.rows[index].buyer for index in rows[: COMMON * 4]}) if len(rows) <= COMMON * 4 else COMMON


def _judge(market: Market, row: MarketRow, rare: dict[int, list[int]]) -> Flag:
    shared = Counter(
        index for value in row.prints for index in rare.get(value, ()) if market.rows[index].buyer != row.buyer
    )
    most = shared.most_common(1)
    count = most[0][1] if most else 0
    if not most or count < LEAST:
        return clear(row, RULE, f"No other buyer's call shares {LEAST} demanding sentences.", shared=count)
    other = market.rows[most[0][0]]
    share = count / min(len(row.prints), len(other.prints))
    says = (
        f"{count} of {min(len(row.prints), len(other.prints))} demanding sentences ({percent(share)}) stand word for "
        f"word in purchase {other.procurement} of {other.buyer_name or other.buyer}."
    )
    give = raised if share >= SHARE else clear
    spans = _quotes(market, row, other) if share >= SHARE else ()
    return give(row, RULE, says, spans, shared=count, share=round(share, 4), other=other.procurement, sampled=KEPT)


def _quotes(market: Market, row: MarketRow, other: MarketRow) -> tuple[Span, ...]:
    """Return common sentences of both purchases where their text can be had, else their titles."""
    if market.recall is None:
        return (*row.spans[:2], *other.spans[:2])
    common = frozenset(row.prints) & frozenset(other.prints)
    mine, theirs = (
        {item.value: item.span for item in shared_with(market.recall(of.procurement), common)} for of in (row, other)
    )
    return tuple(span for value in list(mine)[:3] if value in theirs for span in (mine[value], theirs[value]))


INDICATOR = Indicator(
    id=RULE,
    title="Identical requirements across buyers",
    subject="procurement",
    question="Do different buyers ask for the same in the same words?",
    formula=(
        "two purchases of different buyers share >= 6 fingerprints of demanding sentences, and >= 0.3 of the shorter "
        "one's (64 kept of each); sentences of 12 or more buyers are boilerplate"
    ),
    ocds_paths=("tender/documents", "tender/description", "tender/items/description"),
    needs=("buyer", "the requirements with at least 6 demanding sentences"),
    limits=(
        "One agency, one consultant or one model text of a ministry explains the same words as well as one maker does.",
        "Sentences that were changed in one character are not recognised.",
    ),
    compare=compare,
)
