"""Names to institutions, notices to procurements.

In: mentions of bodies in notices (``mention.py``), judgements of persons. Out: institutions with the reasons for every
merge. Refused: natural persons and sole traders, who get no institution; names that do not say whose body they are.
Kept where: nowhere; this room is pure, and the store keeps what it returns.

A name is tidied (``spelling.py``) and taken apart (``name.py``, which asks ``public.py``, ``company.py``,
``western.py`` or ``vendor.py``), and equal parts have equal keys. ``nodes.py`` gathers spellings by key,
``grouping.py`` makes keys one that share an official number or were cut short, ``institution.py`` builds the
institutions.
"""

from __future__ import annotations

from sousveil.resolve.institution import Resolution, resolve, resolve_spellings
from sousveil.resolve.judgement import NONE, Judgements
from sousveil.resolve.mention import Mention, Spelling, mentions_of
from sousveil.resolve.name import parse_name
from sousveil.resolve.pairs import Pair, find_pairs
from sousveil.resolve.parts import NameParts

__all__ = [
    "NONE",
    "Judgements",
    "Mention",
    "NameParts",
    "Pair",
    "Resolution",
    "Spelling",
    "find_pairs",
    "mentions_of",
    "parse_name",
    "resolve",
    "resolve_spellings",
]
