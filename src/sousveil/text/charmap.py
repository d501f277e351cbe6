"""One character to one character, fast: a table over all of Unicode, looked up for a whole text at once.

``str.translate`` with a dictionary costs 0.1 µs a character; a page is folded, indexed, read and searched, so that was
a quarter of the whole line. A lookup in an array costs a seventh of it (measured 2026-11 on 4,000 characters: 0.38 ms
against 0.05 ms) and gives the same text.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping

import numpy as np

_SHORT = 80
"""Characters below which a dictionary is faster than the way to the array and back."""


class CharMap:
    """A mapping of characters to characters; those it does not name stay as they are.

    >>> CharMap({ord("a"): "b"}).apply("banana" * 20)[:6]
    'bbnbnb'
    """

    def __init__(self, table: Mapping[int, str]) -> None:
        self._table = dict(table)
        self._codes = np.arange(sys.maxunicode + 1, dtype="<u4")
        for code, char in self._table.items():
            self._codes[code] = ord(char)

    def apply(self, text: str) -> str:
        """Return the text with every character mapped; as many code points as before."""
        if len(text) < _SHORT:
            return text.translate(self._table)
        codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype="<u4")
        mapped: bytes = self._codes[codes].tobytes()
        return mapped.decode("utf-32-le", "surrogatepass")
