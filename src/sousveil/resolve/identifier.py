"""Official numbers of institutions: spelling, check digits, and which are those of natural persons."""

from __future__ import annotations

import re

from sousveil.data.codes import person_marks

_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
"""Characters of the unified social credit code, GB 32100-2015; no I, O, S, V, Z."""
_USCC = re.compile(r"[0-9A-HJ-NPQRTUWXY]{18}")
_PREFERENCE = ("CN-USCC", "TW-UBN", "XI-LEI")
"""Schemes whose number names an institution before all others."""


def normal_code(identifier: str) -> str:
    """Return an identifier as ``SCHEME:VALUE`` in capitals without blanks; empty where there is no value.

    >>> normal_code("cn-uscc: 9199 0106 ma2c fxy3 0j"), normal_code("GB-COH:")
    ('CN-USCC:91990106MA2CFXY30J', '')
    """
    if not identifier:
        return ""
    scheme, _, value = identifier.strip().upper().partition(":")
    value = re.sub(r"[\s.\-/]", "", value) if scheme.startswith(("CN-", "XI-")) else re.sub(r"\s", "", value)
    return f"{scheme.strip()}:{value}" if value and scheme else ""


def is_uscc(value: str) -> bool:
    """Return whether 18 characters are a unified social credit code whose check character is right.

    Codes that fail exist (those of free trade zones that begin with M), so failing is no proof against one.

    >>> is_uscc("91990106MA2CFXY30J"), is_uscc("91990106MA2CFXY30A")
    (True, False)
    """
    if not _USCC.fullmatch(value):
        return False
    total = sum(_ALPHABET.index(char) * pow(3, place, 31) for place, char in enumerate(value[:17]))
    return _ALPHABET[(31 - total % 31) % 31] == value[17]


def is_lei(value: str) -> bool:
    """Return whether 20 characters are a legal entity identifier whose check digits are right (ISO 17442).

    >>> is_lei("529900T8BM49AURSDO55"), is_lei("529900T8BM49AURSDO56")
    (True, False)
    """
    if len(value) != 20 or not value.isascii() or not value.isalnum():
        return False
    return int("".join(str(int(char, 36)) for char in value)) % 97 == 1


def is_sound(code: str) -> bool:
    """Return whether a code can be trusted to name one body: its check digits are right, where it has any."""
    scheme, _, value = code.partition(":")
    if scheme == "CN-USCC":
        return is_uscc(value)
    if scheme == "XI-LEI":
        return is_lei(value)
    return len(value) >= 4 and any(char.isdigit() for char in value) and len(set(value)) > 1


def is_person_code(code: str) -> bool:
    """Return whether a code is that of a natural person or a sole trader: they get no institution.

    >>> is_person_code("CN-USCC:92330000MA2CFXY30X"), is_person_code("CN-USCC:91990106MA2CFXY30J")
    (True, False)
    """
    scheme, _, value = code.partition(":")
    if scheme == "CN-USCC" and value.startswith("92"):
        return True
    lower = code.casefold()
    if scheme.casefold() in person_marks("scheme") or lower.replace(":", "-").startswith(person_marks("id")):
        return True
    return f"{scheme.casefold()}:{len(value)}" in person_marks("digits") and value.isdecimal()


def preference(code: str) -> tuple[int, str]:
    """Return what sorts the codes of an institution: the one that names it first."""
    scheme = code.partition(":")[0]
    return (_PREFERENCE.index(scheme) if scheme in _PREFERENCE else len(_PREFERENCE), code)


def code_id(code: str) -> str:
    """Return the id of the institution that a code names.

    >>> code_id("CN-USCC:91990106MA2CFXY30J")
    'cn-uscc-91990106ma2cfxy30j'
    """
    return re.sub(r"[^0-9a-z]+", "-", code.casefold()).strip("-")


def place_of_code(code: str) -> str:
    """Return the division that registered a state organ or institution by digits 3 to 8 of its code, or nothing.

    >>> place_of_code("CN-USCC:11330106002482123C"), place_of_code("CN-USCC:91990106MA2CFXY30J")
    ('330106', '')
    """
    scheme, _, value = code.partition(":")
    return value[2:8] if scheme == "CN-USCC" and value[:2] in {"11", "12", "13"} and value[2:8].isdecimal() else ""
