"""Measures how tables survive reading: cells, rows, heads, spans and page ends, for each format.

Run ``make tables`` (``WRITE=1`` writes bench/tables.md), or ``python bench/tables.py --misses`` to see what went wrong.
White space inside cells is not compared: a line break in a cell is a blank in the text, and nothing in Chinese.
"""

from __future__ import annotations

import argparse
import hashlib
from collections import Counter
from dataclasses import dataclass, field
from itertools import groupby
from pathlib import Path
from typing import NamedTuple

from sousveil.model import Document, Table
from sousveil.parse import parse
from sousveil.parse.sniff import sniff
from sousveil.settings import Limits
from table_cases import Case, cases
from table_makers import AFTER, BEFORE, MAKERS

FIGURES = ("cells", "rows", "heads", "spans", "joined", "prose kept")
RESULT = Path(__file__).with_name("tables.md")


class Read(NamedTuple):
    """A cell as read: its place in the joined table, its text, its spans and whether it is a head."""

    row: int
    column: int
    text: str
    spans: tuple[int, int]
    is_header: bool


@dataclass
class Score:
    """Right and all, for each figure."""

    right: Counter[str] = field(default_factory=Counter)
    all: Counter[str] = field(default_factory=Counter)

    def add(self, figure: str, right: int, of: int) -> None:
        """Count ``right`` of ``of``."""
        self.right[figure] += right
        self.all[figure] += of

    def rate(self, figure: str) -> str:
        """Return the share as printed, a dash where nothing was to be found."""
        return f"{self.right[figure] / self.all[figure]:.3f}" if self.all[figure] else "–"


def read_file(data: bytes, name: str) -> Document:
    """Return the document that the reader makes of a file."""
    return parse(data, file=hashlib.sha256(data).hexdigest(), name=name, kind=sniff(data, name), limits=Limits())


def joined_tables(document: Document) -> list[list[Read]]:
    """Return each table over all its pages; parts of a row that a page end cut are put together."""
    texts = {page.number: page.text for page in document.pages}
    found: list[list[Table]] = []
    for table in document.tables:
        if table.continues and found:
            found[-1].append(table)
        else:
            found.append([table])
    return [_join(texts, parts) for parts in found]


def _join(texts: dict[int, str], parts: list[Table]) -> list[Read]:
    cells = [
        (cell, texts[part.page][cell.start : cell.end])
        for part in parts
        for cell in part.cells
        if not (part.continues and cell.is_header)
    ]
    places: dict[tuple[int, int], Read] = {}
    for cell, text in cells:
        key = (cell.row, cell.column)
        before = places[key].text if key in places else ""
        places[key] = Read(*key, before + "".join(text.split()), (cell.row_span, cell.column_span), cell.is_header)
    return [places[key] for key in sorted(places)]


def truth(case: Case) -> list[Read]:
    """Return the cells that a reader should find."""
    return [
        Read(r, c, "".join(text.split()), case.spans.get((r, c), (1, 1)), r < case.heads)
        for r, row in enumerate(case.grid)
        for c, text in enumerate(row)
        if text
    ]


def _rows(cells: list[Read]) -> list[tuple[tuple[int, str], ...]]:
    return [tuple((cell.column, cell.text) for cell in row) for _, row in groupby(cells, lambda cell: cell.row)]


def judge(case: Case, document: Document, score: Score) -> list[str]:
    """Add what was right in one file; return the cells that were missed."""
    tables = joined_tables(document)
    cells = [cell for table in tables for cell in table]
    wanted = truth(case)
    heads = {cell.text for cell in wanted if cell.is_header}
    found = Counter((cell.column, cell.text) for cell in cells)
    missed = Counter((cell.column, cell.text) for cell in wanted) - found
    score.add("cells", len(wanted) - missed.total(), len(wanted))
    rows = Counter(_rows(wanted))
    score.add("rows", (rows & Counter(row for table in tables for row in _rows(table))).total(), rows.total())
    flagged = Counter((cell.column, cell.text) for cell in cells if cell.is_header and cell.text in heads)
    false = sum(1 for cell in cells if cell.is_header and cell.text not in heads)
    right = (Counter((cell.column, cell.text) for cell in wanted if cell.is_header) & flagged).total()
    score.add("heads", right, sum(cell.is_header for cell in wanted) + false)
    spans = Counter((cell.column, cell.text, cell.spans) for cell in wanted if cell.spans != (1, 1))
    score.add("spans", (spans & Counter((cell.column, cell.text, cell.spans) for cell in cells)).total(), spans.total())
    if len(document.pages) > 1:
        best = max(tables, key=len, default=[])
        score.add("joined", sum((Counter(_rows(best)) & rows).values()) >= rows.total() * 0.98, 1)
    prose = "".join("".join(page.text.split()) for page in document.pages)
    inside = {cell.text for cell in cells}
    if document.media_type.endswith("sheet"):
        return [f"{text!r} in column {column}" for column, text in missed]
    score.add(
        "prose kept",
        sum(text in prose and not any(text[:20] in cell for cell in inside) for text in (BEFORE, AFTER)),
        2,
    )
    return [f"{text!r} in column {column}" for column, text in missed]


def measure(*, shows_misses: bool) -> dict[str, Score]:
    """Return the scores of each format, and of each way a drawn table is broken."""
    scores: dict[str, Score] = {}
    for name, (ending, make) in MAKERS.items():
        for case in cases():
            score = scores.setdefault(name, Score())
            single = Score()
            document = read_file(make(case), f"x.{ending}")
            missed = judge(case, document, single)
            score.right += single.right
            score.all += single.all
            if shows_misses:
                print(f"{name} / {case.name}: " + ", ".join(f"{figure} {single.rate(figure)}" for figure in FIGURES))
                print("".join(f"    {words}\n" for words in missed[:4]), end="")
    return scores


def report(scores: dict[str, Score]) -> str:
    """Return the result as a page."""
    lines = [
        "# Tables\n",
        "Generated tables with known truth (`bench/table_cases.py`), read back. `make tables WRITE=1` makes this.\n",
        "- cells: text exact and in its column; rows: all cells of a row exact; heads: cells of the head known as",
        "  such, false ones count against it; spans: merged cells with their rows and columns.",
        "- joined: of files whose table takes more than one page, those where it is one table with all rows (98 %).",
        "- prose kept: sentences before and behind the table that are text and not part of it.\n",
        "| format | " + " | ".join(FIGURES) + " |",
        "|---|" + "---|" * len(FIGURES),
    ]
    for name, score in scores.items():
        lines.append(f"| {name} | " + " | ".join(score.rate(figure) for figure in FIGURES) + " |")
    return "\n".join(lines) + "\n"


def main() -> None:
    """Measure and print."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--write", action="store_true", help="write bench/tables.md")
    options.add_argument("--misses", action="store_true", help="print each file's figures and what was missed")
    chosen = options.parse_args()
    page = report(measure(shows_misses=chosen.misses))
    print(page)
    if chosen.write:
        RESULT.write_text(page, encoding="utf-8")


if __name__ == "__main__":
    main()
