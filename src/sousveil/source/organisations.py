"""Organisations of an eForms notice by their technical id, reduced to what names an institution and its place."""

from __future__ import annotations

import re
from dataclasses import dataclass

from lxml import etree

from sousveil.data.registers import register_of
from sousveil.model import Role
from sousveil.source.render import PageBuilder, clean_line
from sousveil.source.values import to_country
from sousveil.source.xmlfile import text_of
from sousveil.text.fold import fold
from sousveil.text.register import is_lei, is_unified_code

_LEGAL_FORM = re.compile(
    r"(?<![^\s,(])(?:(?i:b\.v|n\.v|gmbh|s\.a|s\.a\.s|sarl|s\.?r\.?l|s\.?p\.?a|s\.l|s\.?l\.u|ltd|limited|llc|plc|inc"
    r"|oyj|asa|aps|a/s|oü|s\.r\.o|a\.s|d\.o\.o|d\.d|kft|zrt|nyrt|sp\. ?z ?o\. ?o|s\.c|uab|sia|lda|eood|ood|company"
    r"|corporation|vof|snc)|BV|NV|KG|AG|OY)\.?(?![^\s,.)])"
)
"""Legal forms of companies: a buyer that ticks 'natural person' for `… B.V.` has ticked the wrong box. Forms of two
letters that are also words or surnames (SA, AS, AB) are left out: in doubt a name is covered."""


@dataclass(frozen=True, slots=True)
class Organisation:
    """An organisation, institution fields only; ``is_person`` where the notice says so and no legal form denies it."""

    id: str
    name: str
    town: str
    country: str
    nuts: str
    is_person: bool
    number: str = ""
    """Official registration number (BT-501) as printed."""


def load_organisations(extension: etree._Element | None, language: str) -> dict[str, Organisation]:
    """Return the organisations of a notice by technical id (OPT-200), names in the notice's language where given."""
    if extension is None:
        return {}
    found: dict[str, Organisation] = {}
    for element in extension.iterfind("Organizations/Organization"):
        company = element.find("Company")
        if company is None:
            continue
        identifier = text_of(company.find("PartyIdentification/ID")).strip()
        found[identifier] = _to_organisation(identifier, element, company, language)
    return found


def _to_organisation(identifier: str, element: etree._Element, company: etree._Element, language: str) -> Organisation:
    names = company.findall("PartyName/Name")
    best = next((name for name in names if name.get("languageID") == language), names[0] if names else None)
    name = clean_line(text_of(best))
    is_person = text_of(element.find("NaturalPersonIndicator")).strip() == "true" and not _LEGAL_FORM.search(name)
    address = company.find("PostalAddress")

    def at(path: str) -> str:
        return clean_line(text_of(address.find(path))) if address is not None else ""

    number = "" if is_person else clean_line(text_of(company.find("PartyLegalEntity/CompanyID")))
    return Organisation(
        identifier,
        name,
        at("CityName"),
        at("Country/IdentificationCode"),
        at("CountrySubentityCode"),
        is_person,
        number,
    )


def write_organisation(page: PageBuilder, field: str, label: str, organisation: Organisation, *, rule: str) -> None:
    """Write an organisation's name as a value of ``field``, covered where it is a natural person."""
    if organisation.is_person:
        page.person(field, label, organisation.name, rule=rule)
    else:
        page.field(field, label, organisation.name, rule=rule)
        scheme = scheme_of(organisation.number, organisation.country, is_public=field != "suppliers")
        if scheme:
            page.identifier(_ROLES[field], organisation.name, scheme, organisation.number, label=f"{label} identifier")


_LEAST_DIGITS = 2
"""Different digits of a number: 00000000 stands where none was entered."""
_NATIONAL = re.compile(r"(?=(?:[^\d]*\d){3})(?:[^\W\d_]{1,5}[ :.-]{0,2})?[\w./ -]{3,24}")
"""A number: three digits or more, and no sentence; forms also hold names in its place."""
_ROLES: dict[str, Role] = {"buyer": "buyer", "agency": "agency", "suppliers": "supplier"}


def scheme_of(number: str, country: str, *, is_public: bool) -> str:
    """Return the scheme of a body's official number; empty where it is not to be kept.

    Forms prescribe no scheme: it is told by the country and the number's form. A public body's number of another
    form is kept under its country; a supplier's may be a person's, and is not.

    >>> scheme_of("B12345678", "ESP", is_public=False), scheme_of("12345678Z", "ESP", is_public=False)
    ('ES-CIF', '')
    >>> scheme_of("DIR3 L01280796", "ESP", is_public=True)
    'ES-NATIONAL'
    """
    code, folded = to_country(country) or "", fold(number)
    if len({char for char in folded if char.isdigit()}) < _LEAST_DIGITS:
        return ""
    if is_lei(folded):
        return "XI-LEI"
    if is_unified_code(folded):
        return "CN-USCC"
    found = register_of("company id", code, folded)
    if found is not None and found[1] == len(folded):
        return found[0]
    return f"{code}-NATIONAL" if is_public and code and _NATIONAL.fullmatch(folded) else ""
