"""How right quantities, purposes and links are on short excerpts written before the finders were looked at.

``bench/phrases/dev.yml`` may be read miss by miss (``--errors``); ``bench/phrases/measure.yml`` is for figures only.
Unlike ``make quality`` an answer that the label calls optional counts neither way, and precision of quotations is the
share of printed ones that overlap a label.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml

from quality import read_texts
from scoring import Tally, overlap, plain

HERE = Path(__file__).resolve().parent / "phrases"

Row = Mapping[str, Any]


def load(name: str) -> list[dict[str, Any]]:
    """Return the labelled excerpts of a file of bench/phrases."""
    loaded: list[dict[str, Any]] = yaml.safe_load((HERE / f"{name}.yml").read_text(encoding="utf-8"))
    return loaded


def compare_quantities(label: Row, row: Row) -> tuple[Tally, list[str]]:
    """Return right, given and expected quantities of an excerpt, and what is missing or too many."""
    want = [(float(q["value"]), _units(q)) for q in label.get("quantities", ())]
    optional = [(float(q["value"]), _units(q)) for q in label.get("optional_quantities", ())]
    given = [(float(q["value"]), plain(q["unit"]), q["quote"]) for q in row.get("quantities", ())]
    tally, notes = Tally(expected=len(want)), []
    for value, unit, quote in given:
        if hit := next((w for w in want if w[0] == value and unit in w[1]), None):
            want.remove(hit)
            tally.add(1, 1, 0)
        elif not any(w[0] == value and (unit in w[1] or w[1] == {None}) for w in optional):
            tally.add(0, 1, 0)
            notes.append(f"too many {value:g} {unit}: {quote}")
    return tally, notes + [f"missing {value:g} {sorted(map(str, units))}" for value, units in want]


def _units(quantity: Row) -> set[str | None]:
    return {plain(unit) for unit in (quantity["unit"], *quantity.get("alt_units", ()))}


def compare_quotes(wanted: list[str], optional: list[str], given: list[str]) -> tuple[Tally, list[str]]:
    """Return a tally of quotations (right are labels that were found), and what is missing or too many."""
    counted = [quote for quote in given if not any(overlap(label, quote) for label in optional)]
    wrong = [quote for quote in counted if not any(overlap(label, quote) for label in wanted)]
    missing = [label for label in wanted if not any(overlap(label, quote) for quote in counted)]
    right = len(wanted) - len(missing)
    notes = [f"too many: {quote}" for quote in wrong] + [f"missing: {label}" for label in missing]
    return Tally(right, right + len(wrong), len(wanted)), notes


def main() -> int:
    """Print a table of figures for each file; 1 where nothing was read."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--errors", action="store_true", help="list the misses of dev.yml")
    options = parser.parse_args()
    for name in ("dev", "measure"):
        labels = load(name)
        rows = read_texts(labels)
        totals: dict[str, Tally] = {kind: Tally() for kind in ("quantities", "purposes", "data_links")}
        languages: Counter[str] = Counter()
        for label in labels:
            row = rows.get(str(label["id"]), {})
            languages[label["language"]] += 1
            links = [link["quote"] for link in label.get("data_links", ())]
            results = {
                "quantities": compare_quantities(label, row),
                "purposes": compare_quotes(
                    list(label.get("purposes", ())),
                    list(label.get("purposes_optional", ())),
                    [str(found["quote"]) for found in row.get("purposes", ())],  # type: ignore[attr-defined]
                ),
                "data_links": compare_quotes(
                    links,
                    [],
                    [str(found["quote"]) for found in row.get("data_links", ())],  # type: ignore[attr-defined]
                ),
            }
            for kind, (tally, notes) in results.items():
                totals[kind].add(tally.right, tally.given, tally.expected)
                if options.errors and name == "dev":
                    print("\n".join(f"{label['id']} {kind} {note}" for note in notes), end="\n" if notes else "")
        print(name, dict(languages))
        for kind, tally in totals.items():
            precision, recall = tally.precision or 0.0, tally.recall or 0.0
            print(f"  {kind:<11} {tally.right}/{tally.given}/{tally.expected} P {precision:.2f} R {recall:.2f}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
