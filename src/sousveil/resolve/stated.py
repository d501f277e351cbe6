"""What a notice states about systems and links, slim: all that resolving them needs, and no more."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from sousveil.model import Finding, Notice
from sousveil.resolve.notice_place import place_of


@dataclass(frozen=True, slots=True, order=True)
class Stated:
    """One finding of kind ``system`` or ``link``, with what its notice says of the buyer.

    Attributes:
        finding: its id.
        kind: ``system`` or ``link``.
        value: row of ``data/systems.yml`` for a system, empty for a link.
        quote: the words that state it.
        printed: the system's name as printed, empty for a link.
        source: who gives, as printed; empty where the words do not say.
        target: who receives, as printed; empty where the words do not say.
        what: what is handed on, as printed; may be empty.
        form: of the link, as ``data/links.yml`` has it: ``to``, ``from``, or ``with``, which only says that both are
            joined; empty for a system.
        in_title: whether it stands where the notice says what is bought.
        notice: its id.
        title: of the notice.
        buyer: the buyer as printed.
        institution: id of the buyer, empty where it is not known.
        place: code of the notice's place.
    """

    finding: str
    kind: Literal["system", "link"]
    value: str = ""
    quote: str = ""
    printed: str = ""
    source: str = ""
    target: str = ""
    what: str = ""
    form: str = ""
    in_title: bool = False
    notice: str = ""
    title: str = ""
    buyer: str = ""
    institution: str = ""
    place: str = ""


def to_stated(finding: Finding, notice: Notice, *, institution: str = "", place: str | None = None) -> Stated | None:
    """Return what a finding of kind system or link states, or None for other kinds and for withheld findings.

    Args:
        finding: as read.
        notice: that states it.
        institution: id of the buyer, where institutions are resolved.
        place: code of the notice's place, where it is known already.
    """
    if finding.state != "stated" or finding.kind not in {"system", "link"}:
        return None
    details = dict(finding.details)
    is_link = finding.kind == "link"
    return Stated(
        finding=finding.id,
        kind="link" if is_link else "system",
        value="" if is_link else finding.value,
        quote=finding.span.quote,
        printed=str(details.get("term") or ""),
        source=str(details.get("from") or ""),
        target=str(details.get("to") or ""),
        what=str(details.get("what") or ""),
        form=finding.rule.removeprefix("link.") if is_link else "",
        in_title=finding.section == "subject",
        notice=notice.id,
        title=str(notice.title.value) if notice.title else "",
        buyer=str(notice.buyer.value) if notice.buyer else "",
        institution=institution,
        place=place_of(notice) if place is None else place,
    )
