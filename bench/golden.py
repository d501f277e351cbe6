"""``make golden``: what the shipped notices are read as, against what was accepted; every change with its source line.

``tests/golden/sample.jsonl`` holds one accepted row per notice. Without options the differences are printed, one per
changed value, beside the line of the notice it came from; ``--accept`` asks for nothing and writes all of them,
``--accept PATH…`` only those of the files named, so that changes are accepted case by case.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator
from pathlib import Path

from sousveil.bulk import read_files

HERE = Path(__file__).resolve().parent
SAMPLE = HERE.parent / "src" / "sousveil" / "sample" / "notices"
GOLDEN = HERE.parent / "tests" / "golden" / "sample.jsonl"

Row = dict[str, object]


def read_sample() -> list[Row]:
    """Return the rows of all shipped notices, paths relative to the sample folder."""
    rows = [dict(row) for row in read_files([SAMPLE])]
    for row in rows:
        row["source_path"] = str(row["source_path"]).removeprefix(f"{SAMPLE}/")
    return rows


def load_golden() -> list[Row]:
    """Return the accepted rows."""
    if not GOLDEN.is_file():
        return []
    return [json.loads(line) for line in GOLDEN.read_text(encoding="utf-8").splitlines()]


def key_of(row: Row) -> tuple[str, str]:
    """Return what tells a row: path and id."""
    return str(row["source_path"]), str(row["id"])


def iter_changes(accepted: list[Row], now: list[Row]) -> Iterator[tuple[tuple[str, str], str, object, object]]:
    """Yield (path and id, key, accepted value, value now) for every value that differs."""
    before, after = {key_of(row): row for row in accepted}, {key_of(row): row for row in now}
    for key in sorted(before.keys() | after.keys()):
        old, new = before.get(key, {}), after.get(key, {})
        for name in sorted(old.keys() | new.keys()):
            if old.get(name) != new.get(name):
                yield key, name, old.get(name), new.get(name)


def show_change(key: tuple[str, str], name: str, old: object, new: object) -> None:
    """Print one change: single values on two lines, lists as what went and what came, each with its quotation."""
    print(f"{key[0]} [{key[1]}] {name}")
    if isinstance(old, list) and isinstance(new, list):
        for sign, items in (
            ("-", [item for item in old if item not in new]),
            ("+", [item for item in new if item not in old]),
        ):
            for item in items:
                print(f"  {sign} {json.dumps(item, ensure_ascii=False)}")
        return
    print(f"  - {json.dumps(old, ensure_ascii=False)}")
    print(f"  + {json.dumps(new, ensure_ascii=False)}")


def main() -> int:
    """Print changes, or accept them; return 1 where there are any that were not accepted."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--accept", nargs="*", metavar="PATH", help="accept all changes, or those of these files")
    options = parser.parse_args()
    accepted, now = load_golden(), read_sample()
    changes = list(iter_changes(accepted, now))
    for change in changes:
        show_change(*change)
    if options.accept is None:
        print(f"{len(changes)} changes; accept them with: make golden ACCEPT=1" if changes else "no changes")
        return 1 if changes else 0
    chosen = set(options.accept)
    kept = [row for row in accepted if chosen and row["source_path"] not in chosen]
    taken = [row for row in now if not chosen or row["source_path"] in chosen]
    GOLDEN.parent.mkdir(parents=True, exist_ok=True)
    lines = [json.dumps(row, ensure_ascii=False) for row in sorted(kept + taken, key=key_of)]
    GOLDEN.write_text("\n".join(lines) + "\n", encoding="utf-8")
    print(f"accepted {len(changes)} changes")
    return 0


if __name__ == "__main__":
    sys.exit(main())
