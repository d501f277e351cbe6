"""``make quality``: how right the readers and finders are, per field, capability and language; floors are pinned.

Sets: ``own`` (bench/notices/*.jsonl, written for this purpose), ``dev`` (bench/second/dev.jsonl, hard ones), ``sample``
(the shipped demonstration notices) and ``gold`` (160 labelled real notices in the folder named by $SOUSVEIL_SHARED;
left out where it is absent). ``--blind`` adds ``blind`` and ``second`` (bench/blind, bench/second/notices.jsonl,
written without sight of the program; nobody tunes on them, they are looked at rarely). A figure under its floor in
floors.json fails; ``--write`` writes quality.json and quality.md and raises floors that were passed.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from scoring import FIELDS, Tally, mistakes, score
from sousveil.bulk import read_files

HERE = Path(__file__).resolve().parent
SHARED = Path(os.environ.get("SOUSVEIL_SHARED", HERE.parents[1] / "shared"))
SAMPLE = HERE.parent / "src" / "sousveil" / "sample"
SLACK = 0.005
"""A floor is pinned this far under the figure reached, so that a rounding does not fail a build."""

Rows = dict[str, dict[str, object]]


def load_jsonl(path: Path) -> list[dict[str, object]]:
    """Return the objects of a JSONL file."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def iter_sets(*, with_blind: bool) -> Iterator[tuple[str, list[dict[str, object]], Rows]]:
    """Yield name, labels and what was read, for every set that is there."""
    if with_blind:
        blind = load_jsonl(HERE / "blind" / "notices.jsonl")
        yield "blind", blind, read_texts(blind)
        second = load_jsonl(HERE / "second" / "notices.jsonl")
        yield "second", second, read_texts(second)
    own = [row for path in sorted((HERE / "notices").glob("*.jsonl")) for row in load_jsonl(path)]
    if own:
        yield "own", own, read_texts(own)
    dev = load_jsonl(HERE / "second" / "dev.jsonl")
    yield "dev", dev, read_texts(dev)
    if (SAMPLE / "expected.jsonl").is_file():
        labels = load_jsonl(SAMPLE / "expected.jsonl")
        found = {_path(row): row for row in read_files([SAMPLE / "notices"])}
        yield "sample", labels, {str(label["id"]): found.get(str(label["path"]), {}) for label in labels}
    if (SHARED / "gold" / "labels.jsonl").is_file():
        rows = {str(row["id"]): row for row in read_files([SHARED / "gold" / "notices"])}
        yield "gold", load_jsonl(SHARED / "gold" / "labels.jsonl"), rows


def _path(row: dict[str, object]) -> str:
    """Return a row's place as expected.jsonl writes it: the file, ``#n`` where the file holds several notices."""
    path = str(row["source_path"]).removeprefix(f"{SAMPLE / 'notices'}/")
    number = str(row["id"]).rpartition("#")[2] if "#" in str(row["id"]) else ""
    return f"{path}#{number}" if number else path


def read_texts(labels: list[dict[str, object]]) -> Rows:
    """Read labelled texts as if each were a file."""
    with tempfile.TemporaryDirectory() as folder:
        for label in labels:
            name, text = str(label.get("name") or ""), str(label["text"])
            if not name:  # text as it was copied from a page, not a file that was found
                name, text = f"{label['id']}.json", json.dumps({"id": label["id"], "text": text}, ensure_ascii=False)
            Path(folder, name).write_text(text, encoding="utf-8")
        return {str(row["id"]): row for row in read_files([Path(folder)])}


def to_figures(tallies: dict[str, Tally]) -> dict[str, dict[str, float | int | None]]:
    """Return tallies as plain figures, rounded to three digits."""
    return {
        name: {
            "right": tally.right,
            "given": tally.given,
            "expected": tally.expected,
            "precision": _round(tally.precision),
            "recall": _round(tally.recall),
            "f1": _round(tally.f1),
        }
        for name, tally in sorted(tallies.items())
    }


def _round(value: float | None) -> float | None:
    return None if value is None else round(value, 3)


def show(name: str, figures: dict[str, dict[str, float | int | None]]) -> str:
    """Return the figures of a set as a Markdown table."""
    lines = [
        f"## {name}",
        "",
        "| | right | given | expected | precision | recall | F1 |",
        "|---|---|---|---|---|---|---|",
    ]
    order = [
        *FIELDS,
        "capabilities",
        "any",
        *(key for key in figures if key.startswith("cap:")),
        "evidence",
        "quantities",
        "purposes",
        "data_links",
    ]
    for key in order:
        f = figures.get(key)
        if f and (f["given"] or f["expected"]):
            cells = [
                f[c] if f[c] is not None else "–" for c in ("right", "given", "expected", "precision", "recall", "f1")
            ]
            lines.append(f"| {key} | " + " | ".join(map(str, cells)) + " |")
    return "\n".join(lines) + "\n"


def check_floors(
    name: str, figures: dict[str, dict[str, float | int | None]], floors: dict[str, dict[str, float]]
) -> list[str]:
    """Return a line for every figure under its floor."""
    low = []
    for key, floor in floors.get(name, {}).items():
        measure = "recall" if key in ("evidence", "quantities", "purposes", "data_links") else "f1"
        value = figures.get(key, {}).get(measure)
        if value is None or value < floor:
            low.append(f"{name}: {key} {measure} is {value}, its floor is {floor}")
    return low


def raise_floors(
    name: str, figures: dict[str, dict[str, float | int | None]], floors: dict[str, dict[str, float]]
) -> None:
    """Pin floors under the figures reached; a floor never sinks."""
    pinned = floors.setdefault(name, {})
    for key in (*FIELDS, "capabilities", "any", "evidence", "quantities", "purposes", "data_links"):
        measure = "recall" if key in ("evidence", "quantities", "purposes", "data_links") else "f1"
        value = figures.get(key, {}).get(measure)
        if value is not None:
            pinned[key] = max(pinned.get(key, 0.0), round(value - SLACK, 3))


def main() -> int:
    """Score every set, print tables, and return 1 where a floor is broken."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--write", action="store_true", help="write quality.json and quality.md, raise floors")
    parser.add_argument("--blind", action="store_true", help="measure on the blind set too; do not tune on it")
    parser.add_argument("--errors", metavar="FIELD", help="list the notices where this field is wrong")
    options = parser.parse_args()
    floors_path = HERE / "floors.json"
    floors: dict[str, dict[str, float]] = json.loads(floors_path.read_text()) if floors_path.is_file() else {}
    before = json.loads((HERE / "quality.json").read_text()) if (HERE / "quality.json").is_file() else {}
    results, low = {}, []
    for name, labels, rows in iter_sets(with_blind=options.blind):
        figures = to_figures(score(labels, rows))
        for language in sorted({str(label.get("language")) for label in labels}):
            part = to_figures(score([label for label in labels if label.get("language") == language], rows))
            results[f"{name}:{language}"] = part
        results[name] = figures
        print(show(name, figures))
        print_changes(name, figures, before.get(name, {}))
        if options.errors and name not in {"blind", "second"}:
            print_errors(options.errors, labels, rows)
        low += check_floors(name, figures, floors)
        raise_floors(name, figures, floors)
    if options.write:
        (HERE / "quality.json").write_text(json.dumps(results, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
        tables = "\n".join(show(name, figures) for name, figures in results.items())
        (HERE / "quality.md").write_text(
            f"# Quality\n\nWritten by `make quality WRITE=1`.\n\n{tables}", encoding="utf-8"
        )
        floors_path.write_text(json.dumps(floors, indent=1) + "\n", encoding="utf-8")
    print("\n".join(low), file=sys.stderr)
    return 1 if low else 0


def print_changes(
    name: str, now: dict[str, dict[str, float | int | None]], before: dict[str, dict[str, float | int | None]]
) -> None:
    """Print every figure that differs from the one last written."""
    for key, figures in now.items():
        old = before.get(key)
        if old and old.get("f1") != figures["f1"]:
            print(f"{name}: {key} F1 {old.get('f1')} -> {figures['f1']}")


def print_errors(field: str, labels: list[dict[str, object]], rows: Rows) -> None:
    """Print the notices whose field is not right, with what was wanted and what was read."""
    for label in labels:
        row = rows.get(str(label["id"]), {})
        if field in FIELDS and mistakes(field, label, row):
            print(f"{label['id']}: wanted {label.get(field)!r}, read {row.get(field)!r}")
        elif field == "capabilities":
            want, have = set(label["capabilities"]) - {"none"}, set(row.get("capabilities", []))  # type: ignore[call-overload]
            optional = set(label.get("optional_capabilities") or [])  # type: ignore[call-overload]
            if want - have or have - want - optional:
                print(f"{label['id']}: missing {sorted(want - have)}, too many {sorted(have - want - optional)}")


if __name__ == "__main__":
    sys.exit(main())
