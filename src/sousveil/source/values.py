"""Values of structured files, normalised or None: dates, numbers, currencies, languages, countries, loose JSON."""

from __future__ import annotations

import math
import re
from datetime import date
from typing import cast

from sousveil.data.codes import countries, currencies, languages

Json = dict[str, object]
"""A JSON object whose members have not been checked."""
Money = tuple[float, str | None]
"""Number and currency (ISO 4217) of a sum."""

_DATE = re.compile(r"(\d{4})-?(\d{2})-?(\d{2})(?!\d)")
_NUMBER = re.compile(r"-?\d{1,15}(?:\.\d{1,12})?")
_LARGEST = 10**30
"""Larger numbers are no identifiers; Python refuses to print integers of thousands of digits."""
_FIRST_YEAR, _LAST_YEAR = 1980, 2100
"""Years a notice can carry; outside of them a date is a placeholder (``0001-01-01``, ``9999-12-31``)."""


def to_iso_date(text: object) -> str | None:
    """Return the calendar date at the start of an ISO date or date-time (``20210503`` too), None if there is none.

    >>> to_iso_date("2020-06-12T00:00:00-05:00"), to_iso_date("20210503"), to_iso_date("0001-01-01")
    ('2020-06-12', '2021-05-03', None)
    """
    match = _DATE.match(text) if isinstance(text, str) else None
    if match is None:
        return None
    year, month, day = (int(part) for part in match.groups())
    try:
        found = date(year, month, day)
    except ValueError:
        return None
    return found.isoformat() if _FIRST_YEAR <= year <= _LAST_YEAR else None


def to_number(raw: object) -> float | None:
    """Return a finite number of 0 or more from a JSON number or a plain decimal text; None for anything else.

    Thousands separators are taken off where they are unmistakable (spaces, and commas before a point or every
    three digits). Negative numbers stand for withheld values in eForms and are no amounts anywhere.

    >>> to_number("1 740 000.5"), to_number("1,234,567"), to_number("12,50"), to_number(-1), to_number(True)
    (1740000.5, 1234567.0, 12.5, None, None)
    """
    if isinstance(raw, bool):
        return None
    if isinstance(raw, int | float):
        try:
            value = float(raw)
        except OverflowError:
            return None
        return value if math.isfinite(value) and 0 <= value < 1e15 else None
    if not isinstance(raw, str) or len(raw) > 40:
        return None
    text = "".join(raw.split())
    if re.fullmatch(r"\d{1,3}(?:,\d{3}){1,5}(?:\.\d{1,10})?", text):
        text = text.replace(",", "")
    elif re.fullmatch(r"\d{1,15},\d{1,2}", text):
        text = text.replace(",", ".")
    return abs(float(text)) if _NUMBER.fullmatch(text) and not text.startswith("-") else None


def to_currency(raw: object) -> str | None:
    """Return the ISO 4217 code of a code or of a name in the currency table, None where neither is known.

    >>> to_currency("eur"), to_currency("Nuevos Soles"), to_currency("points")
    ('EUR', 'PEN', None)
    """
    if not isinstance(raw, str):
        return None
    text = raw.strip()
    if len(text) == 3 and text.isascii() and text.isalpha():
        return text.upper()
    return currencies().get(text.casefold())


def to_language(raw: object) -> str:
    """Return the two-letter tag of a language code of two or three letters, with or without region; ``und`` if unknown.

    >>> to_language("FRA"), to_language("en-GB"), to_language("NOB"), to_language("")
    ('fr', 'en', 'nb', 'und')
    """
    code = raw.strip().lower().replace("_", "-") if isinstance(raw, str) else ""
    if code.startswith("zh-hant") or code in {"zh-tw", "zh-hk"}:
        return "zh-Hant"
    code = code.partition("-")[0]
    if len(code) == 3:
        return languages().get(code, "und")
    return code if len(code) == 2 and code.isalpha() and code.isascii() else "und"


def to_country(raw: object) -> str | None:
    """Return the ISO 3166 code of two letters for a code of two or three letters or a country name.

    >>> to_country("Perú"), to_country("GBR"), to_country("UK"), to_country("Atlantis")
    ('PE', 'GB', 'GB', None)
    """
    return countries().get(raw.strip().casefold()) if isinstance(raw, str) else None


def as_object(raw: object) -> Json:
    """Return ``raw`` if it is a JSON object, else an empty one."""
    return cast("Json", raw) if isinstance(raw, dict) else {}


def as_objects(raw: object) -> list[Json]:
    """Return the objects in a JSON array; a lone object counts as an array of one."""
    if isinstance(raw, dict):
        return [cast("Json", raw)]
    return [item for item in raw if isinstance(item, dict)] if isinstance(raw, list) else []


def as_text(raw: object) -> str:
    """Return a JSON string, or a number as text; everything else is empty."""
    if isinstance(raw, str):
        return raw
    if isinstance(raw, bool) or not isinstance(raw, int | float):
        return ""
    return str(raw) if abs(raw) < _LARGEST else ""
