"""Legal forms of companies outside China, so that ``GmbH`` and ``Gesellschaft mit beschränkter Haftung`` are one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from sousveil.data.load import load_table


@dataclass(frozen=True, slots=True, kw_only=True)
class LegalForm:
    """One form.

    Attributes:
        form: stands for all its spellings.
        words: spellings, lower case, without accents and dots.
    """

    form: str
    words: tuple[str, ...]


@cache
def legal_forms() -> Mapping[str, str]:
    """Return the form by its spelling, as words parted by single blanks."""
    return {word: row.form for row in load_table("legal_forms", LegalForm, key=("form",)) for word in row.words}
