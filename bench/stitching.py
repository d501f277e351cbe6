"""Measures stitching: pairs found and missed, the error of the total, seconds and memory as notices grow.

Run ``make stitching`` (``WRITE=1`` writes bench/stitching.md and .json), or ``python bench/stitching.py --misses``.
"""

from __future__ import annotations

import argparse
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import combinations

from purchase_cases import Case, Truth, load
from sousveil.model import Procurement
from sousveil.resolve import Part, Summary, fingerprint, stitch

NOT_SPENT = {"budget", "ceiling", "candidate"}


def as_labelled(case: Case) -> Summary:
    """Return the summary of a notice that was read without an error."""
    values = case.values
    lots = tuple(
        Part(
            str(number),
            budget,
            rest[0] if rest else None,
            tuple(rest[1:2]) if rest and rest[0] else (),
            rest[1:2] == ["failed"],
        )
        for number, budget, *rest in values.get("lots", [])
    )
    is_blind = values.get("blind")
    numbers = (str(values["num"]),) if values["num"] and not is_blind else ()
    names = [*values.get("sup", []), *(name for lot in lots for name in lot.suppliers)]
    return Summary(
        case.id,
        case.type,
        numbers,
        values["title"],
        buyer="" if is_blind else values["by"],
        date=str(values["d"]),
        deadline=str(values.get("dl", "")),
        budget=values.get("bud"),
        ceiling=values.get("ceil"),
        award=values.get("won") or None,
        currency=values["cur"],
        currencies=(values["cur"],),
        country=values["country"],
        suppliers=tuple(names),
        has_candidates_only=bool(values.get("cand")),
        related_number=values.get("rel", ""),
        contract_number=values.get("con", ""),
        lots=lots,
        source=values.get("frame", ""),
        fingerprint=fingerprint(case.text),
    )


@dataclass
class Score:
    """Pairs of notices of one purchase: right, said, and there; sums said and true."""

    right: int = 0
    said: int = 0
    there: int = 0
    wrong: tuple[tuple[str, str], ...] = ()
    missed: tuple[tuple[str, str], ...] = ()

    @property
    def precision(self) -> float:
        """Return the share of pairs said that are right."""
        return self.right / self.said if self.said else 1.0

    @property
    def recall(self) -> float:
        """Return the share of pairs there that are said."""
        return self.right / self.there if self.there else 1.0


def pairs(groups: Iterable[Iterable[str]]) -> set[tuple[str, str]]:
    """Return all pairs within groups."""
    return {pair for group in groups for pair in combinations(sorted(group), 2)}


def compare(truth: Mapping[str, str], found: Iterable[Procurement]) -> Score:
    """Return the score of purchases against the purchase of each notice."""
    there: dict[str, list[str]] = defaultdict(list)
    for notice, purchase in truth.items():
        there[purchase].append(notice)
    wanted, said = pairs(there.values()), pairs(item.notices for item in found)
    right = wanted & said
    return Score(len(right), len(said), len(wanted), tuple(sorted(said - wanted)), tuple(sorted(wanted - said)))


def total_of(found: Iterable[Procurement]) -> Counter[str]:
    """Return what was spent, by currency: budgets and candidates are left out."""
    totals: Counter[str] = Counter()
    for item in found:
        if item.amount is not None and item.amount.rule not in NOT_SPENT:
            totals[item.amount.currency or ""] += item.amount.value
    return totals


def true_total(truths: Iterable[Truth]) -> Counter[str]:
    """Return what was truly spent, by currency."""
    totals: Counter[str] = Counter()
    for item in truths:
        if item.total is not None and item.rule not in NOT_SPENT:
            totals[item.currency] += item.total
    return totals


def wrong_amounts(truths: Iterable[Truth], found: Iterable[Procurement]) -> list[str]:
    """Return the purchases whose amount or rule is not the labelled one."""
    by_notice = {notice: item for item in found for notice in item.notices}
    lines = []
    for truth in truths:
        item = by_notice[f"{truth.id}/0"]
        got = (item.amount.value, item.amount.rule) if item.amount else (None, None)
        if got[0] != truth.total or got[1] != truth.rule:
            lines.append(f"{truth.id} ({truth.trap}): {got}, true {truth.total, truth.rule}")
    return lines


def main() -> None:
    """Measure and print."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--misses", action="store_true", help="print what was missed")
    chosen = options.parse_args()
    cases, truths = load()
    found = stitch(as_labelled(case) for case in cases)
    score = compare({case.id: case.purchase for case in cases}, found)
    print(len(cases), len(truths), f"precision {score.precision:.3f} recall {score.recall:.3f}")
    print(total_of(found), true_total(truths))
    wrong = wrong_amounts(truths, found)
    print(len(wrong))
    if chosen.misses:
        print(*(f"wrong {a} {b}" for a, b in score.wrong), sep="\n")
        print(*(f"missed {a} {b}" for a, b in score.missed), sep="\n")
        print(*wrong, sep="\n")


if __name__ == "__main__":
    main()
