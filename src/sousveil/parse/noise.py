"""Text layers that mean nothing: their font has no map to characters, or a wrong one."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

_GARBAGE_SHARE = 0.3
"""Private-use, replacement or control characters above this share of a page: its font has no character map. Sound
pages of the sample corpus stay below 0.02 (bullets of symbol fonts)."""

_GARBAGE_CATEGORIES = frozenset({"Co", "Cn", "Cc", "Cs"})
_SAMPLE = 5_000

_LEAST_HAN, _RARE_SHARE = 50, 0.3
"""Chinese characters that are common in neither script, above this share of at least fifty: the font's map is shifted.
Of characters drawn at random 0.65 are; sound pages stay below 0.03, Japanese ones below 0.2."""

_COMMON = (
    ("gb2312", frozenset(bytes([byte]) for byte in range(0xB0, 0xD8))),
    ("big5", frozenset(bytes([byte]) for byte in range(0xA4, 0xC7))),
)
"""First levels of GB 2312 (3,755 characters) and Big5 (5,401), by their first bytes: the common ones."""

_LEAST_LETTERS, _UPPER_LATIN_SHARE = 80, 0.5
"""Letters of U+00AA to U+00FF above this share of at least eighty: no language writes so; bytes were taken for Latin-1.
Vietnamese and Icelandic pages have 0.25."""


def is_garbage(text: str) -> bool:
    """Return whether a text layer is noise: characters that mean nothing by themselves, or that nobody writes.

    >>> is_garbage("\ue000\ue001\ue002 a"), is_garbage("视频监控系统 120 台")
    (True, False)
    """
    signs = [char for char in text[:_SAMPLE] if not char.isspace()]
    bad = sum(
        1
        for char in signs
        if char == "\ufffd" or (char > "\x7e" and unicodedata.category(char) in _GARBAGE_CATEGORIES) or char < " "
    )
    return bad > _GARBAGE_SHARE * len(signs) or _is_shifted(signs)


def _is_shifted(signs: Sequence[str]) -> bool:
    han = [char for char in signs if "\u4e00" <= char <= "\u9fff"]
    if len(han) >= _LEAST_HAN and sum(map(_is_rare, han)) > _RARE_SHARE * len(han):
        return True
    letters = [char for char in signs if char.isalpha()]
    upper = sum("\u00aa" <= char <= "\u00ff" for char in letters)
    return len(letters) >= _LEAST_LETTERS and upper > _UPPER_LATIN_SHARE * len(letters)


def _is_rare(char: str) -> bool:
    return not any(char.encode(charset, "ignore")[:1] in common for charset, common in _COMMON)
