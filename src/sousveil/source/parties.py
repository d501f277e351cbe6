"""Parties of OCDS data: which one a reference means, and whether it is a natural person."""

from __future__ import annotations

from sousveil.data.codes import person_marks
from sousveil.source.render import PageBuilder, clean_line
from sousveil.source.values import Json, as_object, as_objects, as_text


def party_index(release: Json) -> dict[str, Json]:
    """Return the release's parties by id (the first of each)."""
    found: dict[str, Json] = {}
    for party in as_objects(release.get("parties")):
        found.setdefault(as_text(party.get("id")), party)
    return found


def find_role(release: Json, role: str) -> list[Json]:
    """Return the parties that hold a role of the OCDS codelist partyRole, in order."""
    found = []
    for party in as_objects(release.get("parties")):
        roles = party.get("roles")
        if (isinstance(roles, list) and role in roles) or roles == role:
            found.append(party)
    return found


def person_prefix(reference: Json, party: Json) -> int | None:
    """Return None for an institution; for a natural person how many characters of the name are only a legal form.

    The marks are those of ``data/person_marks.yml``: beginnings of ids, identifier schemes, legal forms in details,
    legal forms at the beginning of the name.
    """
    name = clean_line(as_text(reference.get("name")) or as_text(party.get("name"))).casefold()
    if name.startswith(person_marks("name")):
        return next(len(form) for form in person_marks("name") if name.startswith(form))
    return 0 if _is_person(reference) or _is_person(party) else None


def _is_person(source: Json) -> bool:
    """Return whether id, identifier or details of a party are those of a natural person."""
    if as_text(source.get("id")).casefold().startswith(person_marks("id")):
        return True
    identifier = as_object(source.get("identifier"))
    if identifier:
        scheme, number = as_text(identifier.get("scheme")).casefold(), as_text(identifier.get("id"))
        if scheme in person_marks("scheme"):
            return True
        if number.isdigit() and f"{scheme}:{len(number)}" in person_marks("digits"):
            return True
    words = (
        *as_object(source.get("details")).values(),
        identifier.get("legalPersonality"),
        identifier.get("legalForm"),
    )
    return any(isinstance(word, str) and word.casefold() in person_marks("detail") for word in words)


def write_party(page: PageBuilder, field: str, label: str, reference: Json, party: Json, *, rule: str) -> bool:
    """Write a party's name as a value of ``field``, covered where it is a person; return whether it has a name."""
    name = as_text(reference.get("name")) or as_text(party.get("name"))
    if not name.strip():
        return False
    prefix = person_prefix(reference, party)
    if prefix is None:
        page.field(field, label, name, rule=rule)
    else:
        page.person(field, label, name, rule=rule, visible=prefix)
    return True
