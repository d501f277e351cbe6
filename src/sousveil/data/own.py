"""The user's own terms: rows that are looked for in one dataset beside the shipped ones, and shipped rows put aside.

They are read and checked by ``sousveil.find.own``, travel to the workers as JSON, and are one object there however
often they arrive, so that what is built from them is built once.
"""

from __future__ import annotations

import hashlib
from dataclasses import asdict, dataclass
from functools import cached_property, lru_cache

import msgspec

from sousveil.data.terms import Term, terms

YOURS = "your term"
"""Source of every row that the user wrote; what the user gives as source stands behind it."""


@dataclass(frozen=True, eq=False)
class OwnTerms:
    """What a dataset's ``terms.yml`` says; compared by identity, for the same text gives the same object.

    Attributes:
        rows: terms to look for, ``@NAME`` written out.
        off: term and capability of the shipped rows that are not looked for: switched off, or replaced by a row; of a
            description of a function its rule (``Function.rule``) in place of the term.
    """

    rows: tuple[Term, ...] = ()
    off: frozenset[tuple[str, str]] = frozenset()

    @cached_property
    def text(self) -> str:
        """The JSON that travels to a worker; empty where nothing is said."""
        if not self.rows and not self.off:
            return ""
        said = {"rows": [asdict(row) for row in self.rows], "off": sorted(self.off)}
        return msgspec.json.encode(said, order="sorted").decode()

    @cached_property
    def digest(self) -> str:
        """Eight hexadecimal digits that change when other terms would be found; empty where nothing is said."""
        return hashlib.sha256(self.text.encode()).hexdigest()[:8] if self.text else ""

    @cached_property
    def all(self) -> tuple[Term, ...]:
        """The terms that are looked for: the shipped ones that are not put aside, then the user's."""
        if not self.text:
            return terms()
        return (*(row for row in terms() if (row.term, row.capability) not in self.off), *self.rows)


SHIPPED = OwnTerms()
"""No terms but the shipped ones."""


@lru_cache(maxsize=8)
def own_from_json(text: str) -> OwnTerms:
    """Return the terms that ``OwnTerms.text`` wrote."""
    return msgspec.json.decode(text, type=OwnTerms) if text else SHIPPED
