"""Scores the mask on labelled cases: recall per kind, precision, institutions damaged.

Run ``PYTHONPATH=src python bench/masking.py [SET|FILE] [--misses N] [--json]``; without a set all are measured and held
against ``masking_floors.json``, and a figure below its floor ends with exit code 1. A name or number counts as found
only when every letter and digit of it is covered; a mask counts as right when at least half of it lies on something
marked. ``⟦org:…⟧`` (institutions) and ``⟦keep:…⟧`` (other words and numbers) count as damaged when one character is
covered; ``⟦may:…⟧`` counts neither way.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

from sousveil.mask import mask_text

FOLDER = Path(__file__).resolve().parent.parent / "tests" / "mask" / "cases"
FLOORS = Path(__file__).with_name("masking_floors.json")
_MARK = re.compile(r"⟦([a-z]+):([^⟧]*)⟧")


class Gold(NamedTuple):
    """A marked stretch: its range in the bare text, and its kind."""

    start: int
    end: int
    kind: str


@dataclass(slots=True)
class Score:
    """Counts over all cases."""

    wanted: Counter[str] = field(default_factory=Counter)
    found: Counter[str] = field(default_factory=Counter)
    masks: int = 0
    right: int = 0
    orgs: int = 0
    damaged: int = 0
    kept: int = 0
    kept_damaged: int = 0
    documents: int = 0
    lines: int = 0
    misses: list[str] = field(default_factory=list)

    def to_dict(self) -> dict[str, object]:
        """Return the rates, rounded to four places."""
        recall = {kind: round(self.found[kind] / count, 4) for kind, count in sorted(self.wanted.items())}
        return {
            "documents": self.documents,
            "lines": self.lines,
            "wanted": dict(sorted(self.wanted.items())),
            "recall": recall,
            "precision": round(self.right / max(1, self.masks), 4),
            "institutions": self.orgs,
            "institutions_damaged": round(self.damaged / max(1, self.orgs), 4),
            "others": self.kept,
            "others_damaged": round(self.kept_damaged / max(1, self.kept), 4),
        }


def load_cases(path: Path) -> list[tuple[str, str, list[Gold]]]:
    """Return title, bare text and marked stretches of each case in a file."""
    cases = []
    for part in re.split(r"(?m)^%% ?", path.read_text(encoding="utf-8"))[1:]:
        title, body = part.split("\n", 1)
        text, golds, last = "", [], 0
        for match in _MARK.finditer(body):
            text += body[last : match.start()]
            golds.append(Gold(len(text), len(text) + len(match[2]), match[1]))
            text += match[2]
            last = match.end()
        cases.append((title, text + body[last:], golds))
    return cases


def score_cases(cases: list[tuple[str, str, list[Gold]]]) -> Score:
    """Return the counts for cases."""
    score = Score()
    for title, text, golds in cases:
        _score_case(score, title, text, golds)
    return score


def _score_case(score: Score, title: str, text: str, golds: list[Gold]) -> None:
    _, masks = mask_text(text)
    covered = {place for mask in masks for place in range(mask.start, mask.end)}
    personal: set[int] = set()
    score.documents += 1
    score.lines += text.count("\n")
    for gold in golds:
        here = range(gold.start, gold.end)
        if gold.kind in {"org", "keep"}:
            _score_kept(score, gold, is_damaged=any(place in covered for place in here))
            if any(place in covered for place in here):
                score.misses.append(f"DAMAGED {title}: {_context(text, gold.start, gold.end)}")
            continue
        personal.update(here)
        if gold.kind == "may":
            continue
        score.wanted[gold.kind] += 1
        if all(place in covered for place in here if text[place].isalnum()):
            score.found[gold.kind] += 1
        else:
            score.misses.append(f"MISSED {gold.kind} {title}: {_context(text, gold.start, gold.end)}")
    for mask in masks:
        score.masks += 1
        inside = sum(place in personal for place in range(mask.start, mask.end))
        if 2 * inside >= mask.end - mask.start:
            score.right += 1
        else:
            score.misses.append(f"FALSE {mask.kind} {title}: {_context(text, mask.start, mask.end)}")


def _score_kept(score: Score, gold: Gold, *, is_damaged: bool) -> None:
    if gold.kind == "org":
        score.orgs += 1
        score.damaged += is_damaged
    else:
        score.kept += 1
        score.kept_damaged += is_damaged


def _context(text: str, start: int, end: int) -> str:
    return repr(text[max(0, start - 14) : start] + "⟦" + text[start:end] + "⟧" + text[end : end + 14])


def under_floor(name: str, rates: dict[str, Any], floors: dict[str, float]) -> list[str]:
    """Return what is worse than its floor, in words; damage may not be above its own."""
    figures = {**rates["recall"], "precision": rates["precision"]}
    worse = [
        f"{name}: {key} {figures[key]:.4f} is under its floor {floor}"
        for key, floor in floors.items()
        if key in figures and figures[key] < floor
    ]
    worse += [
        f"{name}: {key} {rates[key]:.4f} is above {floors[key]}"
        for key in ("institutions_damaged", "others_damaged")
        if rates[key] > floors.get(key, 1.0)
    ]
    return worse


def measure_all() -> int:
    """Print one line for each set that has floors, then what is under them; return the exit code."""
    floors = json.loads(FLOORS.read_text(encoding="utf-8"))
    worse: list[str] = []
    for name, wanted in floors.items():
        rates: dict[str, Any] = score_cases(load_cases(FOLDER / f"{name}.txt")).to_dict()
        recall = " ".join(f"{kind} {value:.3f}" for kind, value in rates["recall"].items())
        damage = f"damaged {rates['institutions_damaged']:.3f} of {rates['institutions']}"
        print(f"{name:14} {rates['documents']:4} documents  {recall}  precision {rates['precision']:.3f}  {damage}")
        worse += under_floor(name, rates, wanted)
    for line in worse:
        print(line)
    return 1 if worse else 0


def main() -> int:
    """Print the score of one set of cases, or of all with their floors."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("cases", nargs="?", help="name of a set, or a file of cases; all sets if left out")
    arguments.add_argument("--misses", type=int, default=0, metavar="N", help="print the first N errors")
    arguments.add_argument("--json", action="store_true")
    options = arguments.parse_args()
    if not options.cases:
        return measure_all()
    path = FOLDER / f"{options.cases}.txt"
    score = score_cases(load_cases(path if path.exists() else Path(options.cases)))
    rates = score.to_dict()
    if options.json:
        print(json.dumps(rates, ensure_ascii=False))
        return 0
    for key, value in rates.items():
        print(f"{key:22} {value}")
    for line in score.misses[: options.misses]:
        print(line)
    return 0


if __name__ == "__main__":
    sys.exit(main())
