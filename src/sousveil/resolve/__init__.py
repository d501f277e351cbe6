"""Names to institutions, notices to procurements.

In: mentions of bodies in notices (``mention.py``), judgements of persons, summaries of notices (``summary.py``). Out:
institutions with the reasons for every merge; purchases with the reasons for every stitch, and the one sum that is
counted. Refused: natural persons and sole traders, who get no institution; names that do not say whose body they are.
Kept where: nowhere; this room is pure, and the store keeps what it returns.

A name is tidied (``spelling.py``) and taken apart (``name.py``, which asks ``public.py``, ``company.py``,
``western.py`` or ``vendor.py``), and equal parts have equal keys. ``nodes.py`` gathers spellings by key,
``grouping.py`` makes keys one that share an official number or were cut short, ``institution.py`` builds the
institutions.

Notices that share a key (``keys.py``) are weighed in pairs (``weigh.py``) and joined (``stitch.py``); ``amount.py``
chooses the sum of a purchase.

What notices say of platforms and of data that is handed on (``stated.py``) becomes systems (``systems.py``) and flows
(``flows.py``); ``notice_place.py`` tells the code of a notice's place.
"""

from __future__ import annotations

from sousveil.resolve.institution import Resolution, resolve, resolve_spellings
from sousveil.resolve.judgement import NONE, Judgements
from sousveil.resolve.keys import connected, keys_of
from sousveil.resolve.mention import Mention, Spelling, mentions_of
from sousveil.resolve.name import parse_name
from sousveil.resolve.notice_place import place_of
from sousveil.resolve.pairs import Pair, find_pairs
from sousveil.resolve.parts import NameParts
from sousveil.resolve.stated import Stated, to_stated
from sousveil.resolve.stitch import stitch
from sousveil.resolve.summary import Part, Summary, summarise
from sousveil.resolve.systems import Systems, resolve_systems

__all__ = [
    "NONE",
    "Judgements",
    "Mention",
    "NameParts",
    "Pair",
    "Part",
    "Resolution",
    "Spelling",
    "Stated",
    "Summary",
    "Systems",
    "connected",
    "find_pairs",
    "keys_of",
    "mentions_of",
    "parse_name",
    "place_of",
    "resolve",
    "resolve_spellings",
    "resolve_systems",
    "stitch",
    "summarise",
    "to_stated",
]
