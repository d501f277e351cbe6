"""``make chaos``: run the long versions of tests/chaos and print what was done, lost and doubled.

Run ``PYTHONPATH=src python bench/chaos.py [--write] [--only NAME]...``. With ``--write`` the figures of the tests that
ran replace their rows in ``bench/chaos.md``; rows of others stay.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import re
import sqlite3
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "bench" / "chaos.md"
_HEAD = "| what was done | times | lost | doubled | more |\n| --- | ---: | ---: | ---: | --- |\n"
_TABLE = re.compile(re.escape(_HEAD) + r"((?:\|.*\n)*)")
_MACHINE = re.compile(r"^Machine: .*\n", re.MULTILINE)
_COLUMNS = ("done", "lost", "doubled")


def run_tests(names: list[str], figures: Path) -> int:
    """Run the long tests, as a polite neighbour of what else the machine does; return pytest's exit code."""
    paths = [f"tests/chaos/test_{name}.py" for name in names] or ["tests/chaos"]
    environment = {**os.environ, "SOUSVEIL_CHAOS": "long", "SOUSVEIL_CHAOS_FIGURES": str(figures)}
    command = [sys.executable, "-m", "pytest", "-q", *paths]
    return subprocess.run(command, cwd=ROOT, env=environment, check=False, preexec_fn=lambda: os.nice(10)).returncode


def load_rows(figures: Path) -> dict[str, str]:
    """Return the lines of the table, by what was done; of the same thing done twice the later counts."""
    lines = figures.read_text(encoding="utf-8").splitlines() if figures.is_file() else []
    rows = [json.loads(line) for line in lines]
    return {row["row"]: _line(row) for row in rows}


def _line(row: dict[str, int | str]) -> str:
    shown = [_number(row.get(name, "")) for name in _COLUMNS]
    more = [f"{name} {_number(value)}" for name, value in row.items() if name not in {"row", *_COLUMNS}]
    return f"| {row['row']} | {' | '.join(shown)} | {', '.join(more)} |\n"


def _number(value: int | str) -> str:
    return f"{value:,}" if isinstance(value, int) else str(value)


def write_page(rows: dict[str, str], machine: str) -> None:
    """Put the rows into the page, each in the place of the one before."""
    page = PAGE.read_text(encoding="utf-8")
    found = _TABLE.search(page)
    assert found is not None, f"{PAGE} has no table of figures any more"
    before = {line.split(" | ")[0][2:]: line for line in found[1].splitlines(keepends=True)}
    table = "".join((before | rows).values())
    page = page[: found.start()] + _HEAD + table + page[found.end() :]
    PAGE.write_text(_MACHINE.sub(f"Machine: {machine}\n", page), encoding="utf-8")


def main() -> int:
    """Run, print the table, and write it where asked."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--write", action="store_true", help="keep the figures in bench/chaos.md")
    options.add_argument("--only", action="append", default=[], metavar="NAME", help="tests/chaos/test_NAME.py")
    chosen = options.parse_args()
    begun = time.monotonic()
    with tempfile.TemporaryDirectory() as work:
        figures = Path(work, "figures.jsonl")
        code = run_tests(chosen.only, figures)
        rows = load_rows(figures)
    print(_HEAD + "".join(rows.values()))
    print(f"{(time.monotonic() - begun) / 60:.0f} minutes; {'all passed' if code == 0 else 'FAILED'}")
    if chosen.write and code == 0:
        cores = os.cpu_count()
        write_page(rows, f"{cores} processors, {platform.release()}, SQLite {sqlite3.sqlite_version}.")
    return code


if __name__ == "__main__":
    sys.exit(main())
