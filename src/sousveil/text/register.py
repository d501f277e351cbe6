"""Numbers of bodies in public registers, told by form and check character; numbers of persons are none of them."""

from __future__ import annotations

import re

_ALPHABET = "0123456789abcdefghjklmnpqrtuwxy"
"""Characters of the unified code of GB 32100-2015: no i, o, s, v, z, which are taken for digits."""
_WEIGHTS = tuple(pow(3, place, 31) for place in range(17))
_BODY_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)
"""Of the code of a body within it (GB 11714-1997)."""
_FORM = re.compile(
    rf"(?:1[1239]|2[129]|3[1-59]|4[19]|5[1-59]|6[129]|7[1-9]|8[19]|9[13]|a[19]|n[1239]|[gjy]1)\d{{6}}[{_ALPHABET}]{{10}}"
)
"""Registering department and class of the body; 92 is a natural person's trade, and no number that is kept."""
_RESIDENT_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)


def is_unified_code(folded: str) -> bool:
    """Return whether 18 folded characters are a unified social credit code of a body (GB 32100-2015).

    Codes of sole traders (92) are not, nor is a number that is also a valid number of a resident.

    >>> is_unified_code("91350100m000100y43"), is_unified_code("92350100m000100y43")
    (True, False)
    """
    if len(folded) != 18 or not _FORM.fullmatch(folded) or is_resident_number(folded):
        return False
    total = sum(_ALPHABET.index(char) * weight for char, weight in zip(folded, _WEIGHTS, strict=False))
    return _ALPHABET[(31 - total % 31) % 31] == folded[17]


def has_body_code(folded: str) -> bool:
    """Return whether the code of a body inside 18 characters has its own check character (GB 11714-1997).

    Registers of free trade zones gave out unified codes whose last character is wrong; this one is right in them.

    >>> has_body_code("91350100m000100y43")
    True
    """
    if len(folded) != 18 or not _FORM.fullmatch(folded):
        return False
    code = folded[8:17]
    total = sum(int(char, 36) * weight for char, weight in zip(code, _BODY_WEIGHTS, strict=False))
    return code[8] == "0123456789x0"[11 - total % 11]


def is_resident_number(folded: str) -> bool:
    """Return whether 18 folded characters are a Chinese resident number with a valid check (GB 11643-1999)."""
    if len(folded) != 18 or not folded[:17].isdecimal() or not "1900" <= folded[6:10] <= "2035":
        return False
    total = sum(int(char) * weight for char, weight in zip(folded, _RESIDENT_WEIGHTS, strict=False))
    return "10x98765432"[total % 11] == folded[17]


def is_lei(folded: str) -> bool:
    """Return whether 20 folded characters are a legal entity identifier (ISO 17442) with valid check digits.

    >>> is_lei("529900t8bm49aursdo55"), is_lei("529900t8bm49aursdo56")
    (True, False)
    """
    if len(folded) != 20 or not folded.isascii() or not folded.isalnum() or not folded[18:].isdecimal():
        return False
    return int("".join(str(int(char, 36)) for char in folded)) % 97 == 1
