"""NameParts: what a name of a body consists of, and the key under which equal bodies meet."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from sousveil.model import Level

Form = Literal["public", "company", "foreign", "person", "vague"]
"""``public`` a body of China or Taiwan; ``company`` a Chinese company; ``foreign`` a name in other letters; ``person``
a natural person or sole trader, who gets no institution; ``vague`` a name that says neither place nor proper name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NameParts:
    """A name taken apart; equal keys name one institution.

    Attributes:
        text: the name, folded, without blanks, roles, brackets of roles.
        form: what sort of name it is.
        key: organ and place, or core and legal form; empty for persons and vague names.
        kind: row of ``data/body_kinds.yml``.
        level: of whom a public body is the organ.
        country: ISO 3166 alpha-2.
        place: code of its division; empty where no table has it, or several share the name.
        formed: a place told by its form, further in than ``place``; parts of it are parted by a slash.
        organ: row of ``data/bodies.yml``, else the organ as printed.
        units: parts of the body, outermost first: squad, station, office, branch.
        core: proper name of a company or institution.
        legal_form: ``ltd``, ``jsc``, ``gmbh``, …; empty where none is printed.
        whole_key: key of the institution that this one is a part of; empty where it is whole.
        whole: name of that institution, cut from this one; empty where the name does not print it.
        outline: key without what may be left out of a name; equal outlines are worth a look.
        context: what the notice tells of a place that no table has: codes or names, outermost first.
        reasons: why each part is what it is.
    """

    text: str
    form: Form
    key: str = ""
    kind: str = "other"
    level: Level = ""
    country: str = ""
    place: str = ""
    formed: str = ""
    organ: str = ""
    units: tuple[str, ...] = ()
    core: str = ""
    legal_form: str = ""
    whole_key: str = ""
    whole: str = ""
    outline: str = ""
    context: tuple[str, str] = ("", "")
    reasons: tuple[str, ...] = ()
