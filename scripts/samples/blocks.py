"""The markup of a manuscript's body, as blocks that every layout understands.

``# title`` · ``## heading`` · ``= label：value`` · ``% label：value`` (overview) · ``| cell | cell |`` · ``- item`` ·
``> signature`` · ``@@sheet name`` · ``---`` page break · anything else is a paragraph.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Kind = Literal["title", "heading", "pair", "overview", "table", "item", "signature", "sheet", "break", "paragraph"]
_MARKS: dict[str, Kind] = {"# ": "title", "## ": "heading", "- ": "item", "> ": "signature", "@@sheet ": "sheet"}


@dataclass(frozen=True)
class Block:
    """A piece of a notice: ``text`` (for a pair: its label), ``value`` (pairs), ``rows`` (tables)."""

    kind: Kind
    text: str = ""
    value: str = ""
    rows: tuple[tuple[str, ...], ...] = ()

    @property
    def line(self) -> str:
        """The block as one line of plain text; a pair keeps its full-width colon."""
        return f"{self.text}：{self.value}" if self.kind in ("pair", "overview") else self.text


def to_blocks(body: str) -> list[Block]:
    """Return the blocks of a body; consecutive table lines make one table."""
    blocks: list[Block] = []
    rows: list[tuple[str, ...]] = []
    for line in [*body.split("\n"), ""]:
        if line.startswith("| "):
            rows.append(tuple(cell.strip() for cell in line.strip().strip("|").split("|")))
            continue
        if rows:
            blocks.append(Block("table", rows=tuple(rows)))
            rows = []
        if line.strip():
            blocks.append(_to_block(line))
    return blocks


def _to_block(line: str) -> Block:
    if line == "---":
        return Block("break")
    if line[:2] in ("= ", "% "):
        mark = "：" if "：" in line else ":"
        label, _, value = line[2:].partition(mark)
        return Block("pair" if line[0] == "=" else "overview", label.strip(), value.strip())
    for mark, kind in _MARKS.items():
        if line.startswith(mark):
            return Block(kind, line.removeprefix(mark).strip())
    return Block("paragraph", line.strip())


def title_of(blocks: list[Block]) -> str:
    """Return the text of the first title block, or an empty string."""
    return next((block.text for block in blocks if block.kind == "title"), "")
