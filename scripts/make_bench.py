"""Writes our own labelled notices, ``bench/notices/*.jsonl``, from the manuscripts in ``bench/manuscripts``.

    python scripts/make_bench.py [--check]

Each line is one notice: ``id``, ``text`` and the labels of the reading sets. All names and figures are invented. How the
labels came about, and how far they were compared with the program afterwards, says ``bench/notices/README.md``.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import re
import sys
from pathlib import Path
from typing import Any

from samples.labels import quotes_of, title_alternatives, to_label
from samples.manuscript import Manuscript, load_manuscripts

BENCH = Path(__file__).resolve().parent.parent / "bench"
_FILES = {"zh": "zh", "zh-Hant": "zh-hant", "en": "en"}


def main() -> int:
    """Write the files, or with ``--check`` say which would change; the exit code is 1 then, or where a quote fails."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true", help="write nothing; report what would change")
    is_check = parser.parse_args().check
    rows = [to_row(manuscript) for manuscript in load_manuscripts(BENCH / "manuscripts")]
    faults = [fault for row in rows for fault in check_row(row)]
    print(*faults, sep="\n")
    changed = 0
    for name, text in to_files(rows).items():
        file = BENCH / "notices" / f"{name}.jsonl"
        if not file.is_file() or file.read_text("utf-8") != text:
            changed += 1
            if not is_check:
                file.parent.mkdir(exist_ok=True)
                file.write_text(text, "utf-8")
    negatives = sum(row["capabilities"] == ["none"] for row in rows)
    print(f"{len(rows)} notices, {negatives} without a capability; {changed} files changed")
    return 1 if faults or (is_check and changed) else 0


def to_row(manuscript: Manuscript) -> dict[str, Any]:
    """Return the notice with its labels; the manuscript's body is the text, word for word."""
    label = to_label(manuscript, manuscript.expect[0], [])
    del label["to_mask"], label["purchase"], label["attempt"], label["duplicate_of"]
    text = manuscript.body.strip() + "\n"
    label["title_alt"] = list(dict.fromkeys([*label["title_alt"], *title_alternatives(label["title"], text)]))
    digest = hashlib.sha256(text.encode()).hexdigest()
    return {"id": manuscript.path, "text": text, "text_sha256": digest, "provenance": "own", **label}


def to_files(rows: list[dict[str, Any]]) -> dict[str, str]:
    """Return file name -> JSON lines, by language: zh, zh-hant, en, and the others together."""
    files: dict[str, list[str]] = {}
    for row in rows:
        files.setdefault(_FILES.get(row["language"], "others"), []).append(json.dumps(row, ensure_ascii=False))
    return {name: "\n".join(lines) + "\n" for name, lines in files.items()}


def check_row(row: dict[str, Any]) -> list[str]:
    """Return what does not stand in the text: quotations must stand word for word, other values without white space."""
    text, squeezed = row["text"], re.sub(r"\s", "", row["text"])
    faults = [f"{row['id']}: not in the text: {quote}" for quote in quotes_of(row) if quote not in text]
    values = [row[key] for key in ("title", "buyer", "agency", "project_number", "province", "city")] + row["suppliers"]
    faults += [
        f"{row['id']}: no such value: {value}"
        for value in values
        if value and re.sub(r"\s", "", str(value)) not in squeezed
    ]
    return faults


if __name__ == "__main__":
    sys.exit(main())
