"""Organisations of an eForms notice by their technical id, reduced to what names an institution and its place."""

from __future__ import annotations

import re
from dataclasses import dataclass

from lxml import etree

from sousveil.source.render import PageBuilder, clean_line
from sousveil.source.xmlfile import text_of

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

    return Organisation(
        identifier, name, at("CityName"), at("Country/IdentificationCode"), at("CountrySubentityCode"), is_person
    )


def write_organisation(page: PageBuilder, field: str, label: str, organisation: Organisation, *, rule: str) -> None:
    """Write an organisation's name as a value of ``field``, covered where it is a natural person."""
    if organisation.is_person:
        page.person(field, label, organisation.name, rule=rule)
    else:
        page.field(field, label, organisation.name, rule=rule)
