"""Text layers that mean nothing: their font has no map to characters, or a wrong one."""

from __future__ import annotations

import unicodedata

_GARBAGE_SHARE = 0.3
"""Private-use, replacement or control characters above this share of a page: its font has no character map. Sound
pages of the sample corpus stay below 0.02 (bullets of symbol fonts)."""

_GARBAGE_CATEGORIES = frozenset({"Co", "Cn", "Cc", "Cs"})
_SAMPLE = 5_000


def is_garbage(text: str) -> bool:
    """Return whether a text layer is noise: more than 30 % of its characters mean nothing by themselves."""
    signs = [char for char in text[:_SAMPLE] if not char.isspace()]
    bad = sum(
        1
        for char in signs
        if char == "\ufffd" or (char > "\x7e" and unicodedata.category(char) in _GARBAGE_CATEGORIES) or char < " "
    )
    return bad > _GARBAGE_SHARE * len(signs)
