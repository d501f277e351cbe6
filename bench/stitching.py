"""Measures stitching: pairs found and missed, the error of the total, seconds and memory as notices grow.

Run ``make stitching`` (``WRITE=1`` writes bench/stitching.md and .json), or ``python bench/stitching.py --misses``.
"""

from __future__ import annotations

import argparse
import json
import resource
import time
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path

from growth import exponent, iter_sizes
from purchase_cases import Case, Truth, load
from purchase_made import made
from purchase_reading import as_read, corpora
from sousveil.model import Procurement
from sousveil.resolve import Part, Summary, keys_of, stitch
from sousveil.text.fingerprint import fingerprint

RESULT = Path(__file__).with_name("stitching")
ADDED = 1_000

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


def figures(name: str, truth: Mapping[str, str], summaries: Iterable[Summary]) -> dict[str, object]:
    """Return the figures of one set."""
    score = compare(truth, stitch(summaries))
    return {
        "set": name,
        "notices": len(truth),
        "purchases": len(set(truth.values())),
        "pairs": score.there,
        "precision": round(score.precision, 4),
        "recall": round(score.recall, 4),
    }


def error_of_total(truths: list[Truth], found: Iterable[Procurement]) -> float:
    """Return how far the totals are from the truth, the mean over currencies, as a share."""
    totals, true = total_of(found), true_total(truths)
    return sum(abs(totals[name] - true[name]) / true[name] for name in true) / len(true)


def measure() -> list[dict[str, object]]:
    """Return the figures of the labelled set, by its labels and as read, of made notices, and of corpora at hand."""
    cases, truths = load()
    truth = {case.id: case.purchase for case in cases}
    rows = []
    for name, make in (("labelled", as_labelled), ("labelled, as read", as_read)):
        summaries = [make(case) for case in cases]
        found = stitch(summaries)
        rows.append(
            figures(name, truth, summaries)
            | {
                "error of total": round(error_of_total(truths, found), 4),
                "amounts wrong": len(wrong_amounts(truths, found)),
            }
        )
    some = list(made(10_000))
    rows.append(figures("made", {summary.id: purchase for purchase, summary in some}, [item for _, item in some]))
    rows.extend(figures(f"corpus: {name}", truth, summaries) for name, truth, summaries in corpora())
    return rows


def time_of(count: int) -> dict[str, float]:
    """Return seconds of the processor and peak memory for so many made notices, and what a thousand more cost."""
    summaries = [summary for _, summary in made(count + ADDED)]
    old, new = summaries[:count], summaries[count:]
    start = time.process_time()
    stitch(old)
    stitched = time.process_time()
    index: dict[str, list[str]] = defaultdict(list)
    keys = {summary.id: keys_of(summary) for summary in old}
    for notice, found in keys.items():
        for key in found:
            index[key].append(notice)
    by_id = {summary.id: summary for summary in summaries}
    added = time.process_time()
    touched = closure(index, keys, new)
    stitch(by_id[notice] for notice in touched)
    return {
        "notices": count,
        "seconds": round(stitched - start, 1),
        "MB": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
        "touched": len(touched),
        "seconds for 1,000 more": round(time.process_time() - added, 1),
    }


def closure(index: dict[str, list[str]], keys: dict[str, tuple[str, ...]], new: Iterable[Summary]) -> set[str]:
    """Return the new notices and all that share a key with them, directly or through others."""
    for summary in new:
        keys[summary.id] = keys_of(summary)
        for key in keys[summary.id]:
            index[key].append(summary.id)
    waiting = [summary.id for summary in new]
    reached = set(waiting)
    seen: set[str] = set()
    while waiting:
        for key in set(keys[waiting.pop()]) - seen:
            seen.add(key)
            waiting.extend(set(index[key]) - reached)
            reached.update(index[key])
    return reached


def page(rows: list[dict[str, object]], speed: list[dict[str, float]]) -> str:
    """Return the results as a page."""
    lines = [
        "# Stitching\n",
        "Made by `make stitching WRITE=1`. How to read it, and what the sets are: docs/decisions/stitching.md.\n",
        "| set | notices | purchases | pairs | precision | recall | error of total | amounts wrong |",
        "|---|---|---|---|---|---|---|---|",
    ]
    lines += [
        f"| {row['set']} | {row['notices']} | {row['purchases']} | {row['pairs']} | {row['precision']} "
        f"| {row['recall']} | {row.get('error of total', '–')} | {row.get('amounts wrong', '–')} |"
        for row in rows
    ]
    lines += [
        "\nKeys, stitching and amounts of made notices, one process; seconds of the processor.\n",
        "| notices | seconds | MB | touched by 1,000 more | seconds for these |",
        "|---|---|---|---|---|",
    ]
    lines += [
        f"| {row['notices']:.0f} | {row['seconds']} | {row['MB']:.0f} | {row['touched']:.0f} "
        f"| {row['seconds for 1,000 more']} |"
        for row in speed
    ]
    lines.append(f"\nSeconds grow with notices to the power of {exponent(speed):.2f}.")
    return "\n".join(lines) + "\n"


def show_misses() -> None:
    """Print pairs and amounts of the labelled set that are wrong."""
    cases, truths = load()
    found = stitch(as_labelled(case) for case in cases)
    score = compare({case.id: case.purchase for case in cases}, found)
    lines = [*(f"wrong {a} {b}" for a, b in score.wrong), *(f"missed {a} {b}" for a, b in score.missed)]
    print("\n".join([*lines, *wrong_amounts(truths, found)]) or "nothing missed")


def main() -> None:
    """Measure and print."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--misses", action="store_true", help="print what was missed in the labelled set")
    options.add_argument("--size", type=int, help="measure time for so many notices and print it as JSON")
    options.add_argument("--write", action="store_true", help="write bench/stitching.md and .json")
    chosen = options.parse_args()
    if chosen.misses:
        show_misses()
        return
    if chosen.size:
        print(json.dumps(time_of(chosen.size)))
        return
    rows, speed = measure(), list(iter_sizes(__file__))
    text = page(rows, speed)
    print(text)
    if chosen.write:
        RESULT.with_suffix(".md").write_text(text, encoding="utf-8")
        kept = {"sets": rows, "speed": speed, "exponent": round(exponent(speed), 2)}
        RESULT.with_suffix(".json").write_text(json.dumps(kept, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
