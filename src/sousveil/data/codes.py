"""Codes: countries, languages, currency names, notice types of the standards, marks of natural persons.

Each accessor returns a plain mapping made once per process from the table of the same name.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from sousveil.data.load import load_table


@dataclass(frozen=True, slots=True, kw_only=True)
class Country:
    """A country: ISO 3166 codes, its names in notices, its currency where a dump of bare sums has been met."""

    code: str
    code3: str
    names: tuple[str, ...]
    currency: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Language:
    """A language: ISO 639 code of three letters and of two."""

    code3: str
    code: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Currency:
    """A currency's name as printed, and its ISO 4217 code."""

    name: str
    code: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeCode:
    """A code of a standard's list of notice types.

    Attributes:
        scheme: ``eforms`` (notice subtype OPP-070), ``eforms-type`` (notice type BT-02), ``ted`` (document type TD),
            ``ted-form`` (standard form), ``ocds`` (release tag).
        code: the code.
        type: our notice type; empty where the code does not tell it.
        name: the standard's name of the code, as it is rendered.
    """

    scheme: str
    code: str
    type: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonMark:
    """What tells in structured data that a party is a natural person.

    Attributes:
        kind: ``id`` the party's id begins so; ``scheme`` its identifier's scheme is this; ``name`` its name begins so;
            ``detail`` a detail of the party (legal form, entity type) has this value; ``digits`` its identifier is of
            this scheme and has so many digits. Compared without case.
        text: the beginning or the value.
        source: who defines it.
    """

    kind: str
    text: str
    source: str


@cache
def countries() -> dict[str, str]:
    """Return code of two letters by code of two or three letters and by name, keys in lower case."""
    rows = load_table("countries", Country, key=("code",))
    return {key.casefold(): row.code for row in rows for key in (row.code, row.code3, *row.names)}


@cache
def country_currencies() -> dict[str, str]:
    """Return ISO 4217 code by country code, for countries whose dumps tell bare sums."""
    return {row.code: row.currency for row in load_table("countries", Country, key=("code",)) if row.currency}


@cache
def languages() -> dict[str, str]:
    """Return language code of two letters by code of three."""
    return {row.code3: row.code for row in load_table("languages", Language, key=("code3",))}


@cache
def currencies() -> dict[str, str]:
    """Return ISO 4217 code by printed name in lower case."""
    return {row.name.casefold(): row.code for row in load_table("currencies", Currency, key=("name",))}


@cache
def notice_codes(scheme: str) -> dict[str, NoticeCode]:
    """Return the rows of one scheme by code."""
    return {
        row.code: row for row in load_table("notice_codes", NoticeCode, key=("scheme", "code")) if row.scheme == scheme
    }


@cache
def person_marks(kind: str) -> tuple[str, ...]:
    """Return the texts of one kind of mark, in lower case."""
    return tuple(
        row.text.casefold() for row in load_table("person_marks", PersonMark, key=("kind", "text")) if row.kind == kind
    )
