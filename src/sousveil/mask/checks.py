"""Check digits: whether a string of digits can be an identity, card or account number."""

from __future__ import annotations

_RESIDENT_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_RESIDENT_CHECKS = "10x98765432"
_DNI_LETTERS = "trwagmyfpdxbnjzsqvhlcke"
_DNI_FIRST = str.maketrans("xyz", "012")
_IBAN_LENGTHS = {
    country: length
    for length, countries in {
        15: "no",
        16: "be",
        18: "dk fi fo gl nl",
        19: "mk si",
        20: "at ba ee kz lt lu xk",
        21: "ch cr hr li lv",
        22: "bg bh de gb ge ie me rs va",
        23: "ae gi il iq om tl",
        24: "ad cz es md pk ro sa se sk tn vg",
        25: "ly pt",
        26: "is tr",
        27: "bi dj fr gr it mc mr sm",
        28: "al az by cy do gt hu lb ma pl sv",
        29: "br eg ps qa ua",
        30: "jo kw mu",
        31: "mt sc",
        33: "ru",
    }.items()
    for country in countries.split()
}
"""Characters of an IBAN by country, from the SWIFT register of 2023."""
_TAIWAN_FIRST = "abcdefghjklmnpqrstuvxywzio"


def is_resident_number(text: str) -> bool:
    """Return whether 18 characters are a Chinese resident number with a valid check character (GB 11643-1999).

    Only the check character and the form are tested: the first six digits are the place of issue, not of birth, so
    they cannot be checked against the date that follows.

    >>> is_resident_number("11010519491231002x")
    True
    """
    if len(text) != 18 or not text[:17].isdecimal() or text[0] in "09":
        return False
    if not ("1900" <= text[6:10] <= "2035" and "01" <= text[10:12] <= "12" and "01" <= text[12:14] <= "31"):
        return False
    total = sum(int(c) * w for c, w in zip(text, _RESIDENT_WEIGHTS, strict=False))
    return _RESIDENT_CHECKS[total % 11] == text[17]


def is_luhn(digits: str) -> bool:
    """Return whether digits satisfy the Luhn check of payment cards (ISO/IEC 7812).

    >>> is_luhn("4111111111111111")
    True
    """
    total = 0
    for place, char in enumerate(reversed(digits)):
        digit = int(char) * (1 + place % 2)
        total += digit - 9 * (digit > 9)
    return total % 10 == 0


def is_iban(text: str) -> bool:
    """Return whether lower-case text without blanks is an IBAN with valid check digits (ISO 13616).

    >>> is_iban("gb82west12345698765432")
    True
    """
    if _IBAN_LENGTHS.get(text[:2]) != len(text) or not text.isascii() or not text.isalnum():
        return False
    return int("".join(str(int(c, 36)) for c in text[4:] + text[:4])) % 97 == 1


def is_dni(text: str) -> bool:
    """Return whether lower-case text is a Spanish DNI or NIE with its letter.

    >>> is_dni("12345678z"), is_dni("x1234567l")
    (True, True)
    """
    number = text[:-1].translate(_DNI_FIRST)
    return number.isdecimal() and text[-1:] == _DNI_LETTERS[int(number) % 23]


def is_cpf(digits: str) -> bool:
    """Return whether 11 digits are a Brazilian taxpayer number with valid check digits.

    >>> is_cpf("52998224725")
    True
    """
    if len(digits) != 11 or not digits.isdecimal() or len(set(digits)) == 1:
        return False
    for length in (9, 10):
        total = sum(int(c) * w for c, w in zip(digits, range(length + 1, 1, -1), strict=False))
        if int(digits[length]) != total * 10 % 11 % 10:
            return False
    return True


def is_taiwan_id(text: str) -> bool:
    """Return whether lower-case text is a Taiwanese national identity number.

    >>> is_taiwan_id("a123456789")
    True
    """
    if len(text) != 10 or text[0] not in _TAIWAN_FIRST or not text[1:].isdecimal():
        return False
    first = _TAIWAN_FIRST.index(text[0]) + 10
    total = first // 10 + first % 10 * 9
    total += sum(int(c) * w for c, w in zip(text[1:], (8, 7, 6, 5, 4, 3, 2, 1, 1), strict=True))
    return total % 10 == 0
