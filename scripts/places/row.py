"""One row of the table of places, as it is written."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

COLUMNS = (
    "code",
    "level",
    "parent",
    "name",
    "name_en",
    "other names",
    "population",
    "year",
    "source",
    "latitude",
    "longitude",
    "gone since",
    "successor",
    "former names (name:last year:code)",
)


@dataclass(slots=True)
class Row:
    """One place; empty strings for what is not known."""

    code: str
    level: str
    parent: str
    name: str
    name_en: str
    others: tuple[str, ...] = ()
    population: str = ""
    year: str = ""
    source: str = ""
    latitude: str = ""
    longitude: str = ""
    gone: str = ""
    successor: str = ""
    former: tuple[str, ...] = ()

    def cells(self) -> list[str]:
        """Return the cells of the row, in the order of ``COLUMNS``."""
        others = "|".join(dict.fromkeys(item for item in self.others if item and item not in {self.name, self.name_en}))
        return [
            self.code, self.level, self.parent, self.name, self.name_en if self.name_en != self.name else "", others,
            self.population, self.year, self.source, self.latitude, self.longitude, self.gone, self.successor,
            "|".join(dict.fromkeys(self.former)),
        ]  # fmt: skip


def lines(name: str) -> list[list[str]]:
    """Return the cells of the rows of a table beside this file, its head left out."""
    text = (Path(__file__).parent / name).read_text(encoding="utf-8")
    return [line.split("\t") for line in text.splitlines() if line and not line.startswith("#")]
