"""Words that announce a natural person, or a number that leads to one: what stands after them is covered."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from sousveil.data.load import load_table


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonLabel:
    """A group of labels of one language that are read alike.

    Attributes:
        group: name of the group; unique together with ``language``.
        language: BCP 47 tag, or ``nordic``, ``cs`` for neighbouring languages kept in one row.
        kind: what is covered: name, phone, chat, mail, id, bank, plate, address, other; ``none`` for a decoy.
        strength: ``strong`` covers any plausible value; ``weak`` only after a colon or in the next cell; ``lead``
            stands directly before a name; ``honorific`` likewise; ``trader`` names a natural person who trades;
            ``decoy`` is a longer word that contains a label and announces nobody.
        gloss: plain English meaning.
        labels: the words, folded (lower case, half width, simplified).
        panel: whether names may follow on many lines, each with post and employer.
        spaced: whether the characters may stand apart (``联 系 人``), as forms print them.
    """

    group: str
    language: str
    kind: str
    strength: str
    gloss: str
    labels: tuple[str, ...]
    panel: bool = False
    spaced: bool = False


@cache
def person_labels() -> tuple[PersonLabel, ...]:
    """Return all groups of labels."""
    return load_table("person_labels", PersonLabel, key=("group", "language"))
