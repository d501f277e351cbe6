"""Mentions: a name as one notice prints it, and the spellings that many mentions share."""

from __future__ import annotations

from dataclasses import dataclass

from sousveil.model import Notice, Role


@dataclass(frozen=True, slots=True, order=True)
class Spelling:
    """What many mentions have in common: resolving works on these, so that a name is read once.

    The place is that of the notice and belongs to buyers only: a supplier's notice says where the buyer is.
    """

    name: str
    country: str = ""
    province: str = ""
    city: str = ""
    identifier: str = ""
    is_buyer: bool = True


@dataclass(frozen=True, slots=True)
class Mention:
    """A body named in a notice.

    Attributes:
        notice: id of the notice.
        role: buyer, agency or supplier there.
        name: as printed.
        identifier: official number printed for it, ``scheme:value`` (``CN-USCC:9111…``); empty where none is.
        country: ISO 3166 alpha-2 of the notice.
        province: of the notice, as read.
        city: of the notice, as read.
    """

    notice: str
    role: Role
    name: str
    identifier: str = ""
    country: str = ""
    province: str = ""
    city: str = ""

    @property
    def spelling(self) -> Spelling:
        """The spelling that this mention is one of."""
        if self.role == "buyer":
            return Spelling(self.name, self.country, self.province, self.city, self.identifier)
        return Spelling(self.name, self.country, "", "", self.identifier, is_buyer=False)


def mentions_of(notice: Notice) -> tuple[Mention, ...]:
    """Return the bodies that a notice names: buyer, agency, suppliers, and those that win its lots, each once."""
    country, province, city = (
        str(field.value) if field is not None and field.value else ""
        for field in (notice.country, notice.province, notice.city)
    )
    numbers = {(item.role, item.name): f"{item.scheme}:{item.value}" for item in reversed(notice.identifiers)}
    named: list[tuple[Role, str]] = []
    if notice.buyer is not None:
        named.append(("buyer", str(notice.buyer.value)))
    if notice.agency is not None:
        named.append(("agency", str(notice.agency.value)))
    suppliers = (*notice.suppliers, *(field for lot in notice.lots for field in lot.suppliers))
    named += [("supplier", str(field.value)) for field in suppliers]
    return tuple(
        Mention(notice.id, role, name, numbers.get((role, name), ""), country, province, city)
        for role, name in dict.fromkeys(named)
    )
