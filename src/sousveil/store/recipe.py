"""What a row was made by: versions, limits, what recognised its pictures, mapping of its columns, the user's terms.

A file whose row was made by another recipe than today's is read again, where that could give anything else.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from sousveil.settings import OcrMode

Pictures = Literal["none", "waiting", "auto", "all"]
"""``none``: it has no pictures to recognise; ``waiting``: they were not recognised; else the mode they were read in."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipe:
    """How a file was read.

    Attributes:
        versions: of every step and table.
        limits: digest of the limits that differ from the defaults, ``default`` where none does, or where it was read
            whole, so that none was met.
        pictures: what became of its pictures.
        engine: name and version of what recognised them; empty where nothing was recognised.
        mapping: digest of the mapping of columns that it was read with; empty for none.
        terms: digest of the user's own terms that were looked for in it; empty for none.
    """

    versions: str
    limits: str = "default"
    pictures: Pictures = "none"
    engine: str = ""
    mapping: str = ""
    terms: str = ""

    def to_text(self) -> str:
        """Return the recipe as it is stored.

        >>> Recipe(versions="parse=1", pictures="auto", engine="e-1").to_text()
        'parse=1 | limits=default | pictures=auto | engine=e-1 | mapping= | terms='
        """
        names = ("limits", "pictures", "engine", "mapping", "terms")
        return " | ".join([self.versions, *(f"{name}={getattr(self, name)}" for name in names)])

    @property
    def mode(self) -> OcrMode:
        """The mode in which its pages would be read again as they were."""
        return "all" if self.pictures == "all" else "auto"

    @property
    def is_recognised(self) -> bool:
        """Whether an engine is needed to read it again."""
        return self.pictures in {"auto", "all"}


def from_text(text: str) -> Recipe:
    """Return the recipe that was stored; a text of another shape is a recipe that no run has today.

    >>> from_text(Recipe(versions="parse=1").to_text()) == Recipe(versions="parse=1"), from_text("old").versions
    (True, 'old')
    """
    versions, *rest = text.split(" | ")
    values = dict(part.split("=", 1) for part in rest if "=" in part)
    pictures = values.get("pictures", "none")
    return Recipe(
        versions=versions,
        limits=values.get("limits", "default"),
        pictures=pictures if pictures in {"none", "waiting", "auto", "all"} else "none",  # type: ignore[arg-type]
        engine=values.get("engine", ""),
        mapping=values.get("mapping", ""),
        terms=values.get("terms", ""),
    )
