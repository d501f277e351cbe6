"""How answers are shown: colours and bold on a terminal, plain unbroken lines in a pipe."""

from __future__ import annotations

import re
from collections.abc import Sequence

from rich.cells import cell_len
from rich.console import Console
from rich.text import Text

from sousveil.ask.passages import Passage
from sousveil.data.terms import capabilities

_SPACES = re.compile(r"\s+")


class Shown:
    """Standard output for people."""

    def __init__(self) -> None:
        self.console = Console(highlight=False, markup=False, emoji=False)

    @property
    def is_terminal(self) -> bool:
        """Whether somebody looks at it."""
        return self.console.is_terminal

    def line(self, *parts: str | Text | tuple[str, str], indent: int = 0) -> None:
        """Print one line of parts, each a text or a text with its style; long lines wrap on a terminal only."""
        line = Text(" " * indent)
        for part in parts:
            if isinstance(part, tuple):
                line.append(*part)
            else:
                line.append(part)
        self.console.print(line, soft_wrap=not self.is_terminal)

    def table(self, rows: Sequence[Sequence[str]], numbers: frozenset[int] = frozenset()) -> None:
        """Print rows in columns; columns in ``numbers`` stand to the right. Wide characters count as two."""
        widths = [max(cell_len(row[place]) for row in rows) for place in range(len(rows[0]))] if rows else []
        for row in rows:
            cells = [
                " " * (width - cell_len(cell)) + cell if place in numbers else cell + " " * (width - cell_len(cell))
                for place, (cell, width) in enumerate(zip(row, widths, strict=True))
            ]
            self.console.print(Text("  ".join(cells).rstrip()), soft_wrap=True)

    def passage(self, passage: Passage) -> Text:
        """Return a passage on one line with what matched emphasised: bold on a terminal, in brackets elsewhere."""
        shown = Text()
        place = passage.start
        for start, end in passage.matches:
            shown.append(_on_one_line(passage.text[place - passage.start : start - passage.start]))
            words = _on_one_line(passage.text[start - passage.start : end - passage.start])
            shown.append(words if self.is_terminal else f"[{words}]", "bold reverse" if self.is_terminal else "")
            place = max(place, end)
        shown.append(_on_one_line(passage.text[place - passage.start :]))
        return shown


def capability_title(capability: str) -> str:
    """Return the English title of a capability, or the id where it has none."""
    return next((leaf.title for leaf in capabilities() if leaf.id == capability), capability)


def _on_one_line(text: str) -> str:
    return _SPACES.sub(" ", text)
