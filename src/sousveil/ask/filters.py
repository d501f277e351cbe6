"""Fields of a search: what the user writes as an option or in the query, resolved to exact values of the index.

Each filter takes one or several values, any of which may hold; different filters must all hold. What no capability,
type or kind can be is refused with what would be near; a buyer or place that the dataset does not know finds nothing.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Sequence
from dataclasses import dataclass, fields
from functools import cache, lru_cache
from typing import get_args

from sousveil.ask.joined import JOINED, joined_ids, joined_node
from sousveil.ask.naming import name_key as _key
from sousveil.ask.naming import nearest as _nearest
from sousveil.data.codes import countries
from sousveil.data.places import place
from sousveil.data.provinces import provinces
from sousveil.data.terms import capabilities
from sousveil.exceptions import UsageError
from sousveil.index.question import AnyOf, Between, Facet, Holds, Lacks, Node
from sousveil.index.words import Words
from sousveil.model import FindingKind, NoticeType
from sousveil.store.database import Store
from sousveil.text.fold import fold

_UNITS = {"": 1, "k": 1e3, "m": 1e6, "mn": 1e6, "bn": 1e9, "万": 1e4, "百万": 1e6, "千万": 1e7, "亿": 1e8}
"""Units of amounts; the Chinese ones are ten thousand, million, ten million, a hundred million."""
_NUMBER = re.compile(
    r"(\d{1,3}(?:,\d{3}){1,6}(?:\.\d{1,4})?|\d{1,18}(?:\.\d{1,4})?) ?([a-z]{0,2}|万|百万|千万|亿)元?"
)  # 元: yuan
COVER = "█"
"""Stands for a letter of a person's name."""
_DATE = re.compile(r"(\d{4})(?:[-/](\d{1,2}))?(?:[-/](\d{1,2}))?")
_CLASS_WORDS = (
    "特别行政区",
    "维吾尔自治区",
    "壮族自治区",
    "回族自治区",
    "自治区",
    "自治州",
    "地区",
    "省",
    "市",
    "盟",
    "县",
)
"""Class words behind the name of a place: special administrative and autonomous regions, prefecture, province, city,
league, county; notices are indexed without them."""

FIELDS = {
    "cap": "face_recognition",
    "buyer": "岷阳市公安局",
    "supplier": "启衡",
    "agency": "招标",
    "place": "Sichuan",
    "type": "award",
    "language": "zh",
    "kind": "link",
    "source": "portal",
    "flag": "single_bidder",
    "system": "sharp_eyes",
    "institution": "岷阳市公安局",
    "procurement": "k3ab7q2m4xpa",
    "organ": "police",
    "level": "county",
    "state": "confirmed",
    "date": "2018..2020",
    "amount": ">5m",
}
"""Every field with an example of a value; names in the examples are invented."""
ALIASES = {"lang": "language", "capability": "cap", "purchase": "procurement"}
"""Other names of fields in the query language."""
NONE = "none"
"""Value of a field that finds the notices which do not state it."""
_ROLES = ("buyer", "supplier", "agency")
_COLUMNS: dict[str, Facet] = {"cap": "capability", "place": "province"}
"""Columns of the index whose field has another name; ``place:none`` is a notice without a province."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Filters:
    """What the notices must have besides the words; empty filters ask for nothing.

    Attributes:
        cap: ids, titles or three-letter families of capabilities (``face_recognition``, ``FAC``).
        buyer: names of buyers; exact where one is so called, else a part of the name; or the id of an institution, for
            all its spellings. So are supplier and agency.
        place: provinces, cities or countries, in Chinese or English; or a code, with everything inside it.
        type: types of notices (``award``).
        language: tags (``zh``).
        kind: kinds of findings of which the notice must have one (``link``).
        source: names given at ingest.
        flag: indicators that the purchase of the notice raises.
        system: ids or names of systems that the notice names; a programme includes its instances.
        institution: ids or names of bodies that the notice names, in whatever role and spelling.
        procurement: ids of purchases, or of one of their notices.
        organ: kinds of the institution that buys (``police``).
        level: levels of the institution that buys (``county``).
        state: what was decided on a finding of the notice: ``confirmed``, ``rejected``, ``unsure``, ``unreviewed``.
        date: a year, month or day, or ``A..B`` of them with open ends (``2018..``).
        amount: ``A..B`` with open ends and units (``50万..2m``), or ``>5m``; of the award, else of the budget.
    """

    cap: tuple[str, ...] = ()
    buyer: tuple[str, ...] = ()
    supplier: tuple[str, ...] = ()
    agency: tuple[str, ...] = ()
    place: tuple[str, ...] = ()
    type: tuple[str, ...] = ()
    language: tuple[str, ...] = ()
    kind: tuple[str, ...] = ()
    source: tuple[str, ...] = ()
    flag: tuple[str, ...] = ()
    system: tuple[str, ...] = ()
    institution: tuple[str, ...] = ()
    procurement: tuple[str, ...] = ()
    organ: tuple[str, ...] = ()
    level: tuple[str, ...] = ()
    state: tuple[str, ...] = ()
    date: str = ""
    amount: str = ""

    @property
    def active(self) -> tuple[str, ...]:
        """Names of the filters that ask for something."""
        return tuple(item.name for item in fields(self) if getattr(self, item.name))

    def to_text(self) -> str:
        """Return the filters as command-line options, for messages and method sheets."""
        words = []
        for name in self.active:
            value = getattr(self, name)
            words += [f"--{name} {one}" for one in ([value] if isinstance(value, str) else value)]
        return " ".join(words)


def make_filters(**values: str | Sequence[str] | None) -> Filters:
    """Return filters from single values or lists of them.

    >>> make_filters(cap="FAC", date="2018..2020").active
    ('cap', 'date')

    Raises:
        UsageError: there is no filter of that name.
    """
    known = {item.name for item in fields(Filters)}
    chosen: dict[str, str | tuple[str, ...]] = {}
    for name, value in values.items():
        if name not in known:
            raise UsageError(f"There is no filter {name!r}. {_nearest(name, known)}")
        if not value:
            continue
        if name in ("date", "amount"):
            chosen[name] = value if isinstance(value, str) else value[-1]
        else:
            chosen[name] = (value,) if isinstance(value, str) else tuple(value)
    return Filters(**chosen)  # type: ignore[arg-type]


def to_node(name: str, values: Sequence[str], store: Store, words: Words, notes: list[str]) -> Node:
    """Return what the index must hold for a field to have one of the values.

    Args:
        name: a field of ``FIELDS``.
        values: as the user wrote them; any of them will do.
        store: the rows, by whose tables flags, systems, institutions and purchases are told.
        words: the index, to which names of buyers and places are resolved.
        notes: what the user should know is added here.

    Raises:
        UsageError: a value cannot be understood; the message names what would be near.
    """
    if name in JOINED:
        return joined_node(store, name, [one for value in values for one in joined_ids(store, name, value)])
    stated = [value for value in values if value != NONE]
    lacking = [Lacks(_COLUMNS.get(name, name))] if len(stated) < len(values) else []  # type: ignore[arg-type]
    own = {value: joined_ids(store, name, value) for value in stated} if name in _ROLES else {}
    ids = [one for found in own.values() for one in found]
    by_id = [joined_node(store, name, ids)] if ids else []
    others = [value for value in stated if not own.get(value)]
    printed = [_printed(name, others, words, notes)] if others else []
    return _any([*lacking, *by_id, *printed])


def _printed(name: str, values: Sequence[str], words: Words, notes: list[str]) -> Node:
    """Return what the index must hold for a field that notices print themselves."""
    if name == "cap":
        leaves = dict.fromkeys(leaf for value in values for leaf in capability_ids(value))
        return Holds("capability", tuple(leaves))
    if name == "type":
        return Holds("type", tuple(_one_of(name, value, get_args(NoticeType)) for value in values))
    if name == "kind":
        return Holds("kind", tuple(_one_of(name, value, get_args(FindingKind)) for value in values))
    if name == "place":
        return _places(values, words, notes)
    if name == "date":
        return _any([Between("date", *parse_dates(value)) for value in values])
    if name == "amount":
        notes.append(f"amount {', '.join(values)} is compared with the figures as printed, in whatever currency")
        return _any([Between("amount", *parse_amounts(value)) for value in values])
    return Holds(name, _names(name, values, words, notes))  # type: ignore[arg-type]


def _any(nodes: Sequence[Node]) -> Node:
    return nodes[0] if len(nodes) == 1 else AnyOf(tuple(nodes))


def parse_dates(text: str) -> tuple[int | None, int | None]:
    """Return first and last day, as YYYYMMDD, of a date or a range of dates; None for an open end.

    >>> parse_dates("2018..2020-06"), parse_dates("2019-03-05"), parse_dates("..2019"), parse_dates(">=2019")
    ((20180101, 20200631), (20190305, 20190305), (None, 20191231), (20190101, None))

    Raises:
        UsageError: it is no date.
    """
    first, last = _ends(text)
    if (mark := fold(text)[:2]) in (">=", "<="):
        first, last = (text[2:].strip(), "") if mark == ">=" else ("", text[2:].strip())
    elif text[:1] in "<>" and text:
        raise UsageError(f"date {text}: write from which day or up to which: 2019.. or ..2019, or with >= or <=")
    dates = (_date(first, text, (1, 1)), _date(last, text, (12, 31)))
    if dates[0] and dates[1] and dates[0] > dates[1]:
        raise UsageError(f"date {text}: the end lies before the beginning. Turn them round: {last}..{first}")
    return dates


def parse_amounts(text: str) -> tuple[float | None, float | None]:
    """Return least and greatest amount of a range; None for an open end. No currency is converted.

    >>> parse_amounts("50万..2m"), parse_amounts(">5m"), parse_amounts("1,200,000..")
    ((500000.0, 2000000.0), (5000000.0, None), (1200000.0, None))

    Raises:
        UsageError: it is no amount.
    """
    if text[:1] in "<>":
        value = _amount(text[1:].removeprefix("="), text)
        return (value, None) if text[0] == ">" else (None, value)
    first, last = _ends(text)
    amounts = (_amount(first, text), _amount(last, text))
    if amounts[0] is not None and amounts[1] is not None and amounts[0] > amounts[1]:
        raise UsageError(f"amount {text}: the end is less than the beginning. Turn them round: {last}..{first}")
    return amounts


def _ends(text: str) -> tuple[str, str]:
    first, dots, last = text.strip().partition("..")
    return (first.strip(), last.strip()) if dots else (first, first)


def _date(text: str, whole: str, default: tuple[int, int]) -> int | None:
    if not text:
        return None
    found = _DATE.fullmatch(fold(text))
    month, day = (int(found[part] or default[part - 2]) for part in (2, 3)) if found else (0, 0)
    if not found or not 1 <= month <= 12 or not 1 <= day <= (monthrange(int(found[1]), month)[1] if found[3] else 31):
        raise UsageError(f"date {whole}: {text!r} is no date. Write 2019, 2019-06, 2019-06-21, or a range: 2018..2020")
    return int(found[1]) * 10_000 + month * 100 + day


def _amount(text: str, whole: str) -> float | None:
    if not text:
        return None
    found = _NUMBER.fullmatch(fold(text))
    if not found or found[2] not in _UNITS:
        raise UsageError(f"amount {whole}: {text!r} is no amount. Write 500000, 500k, 2m or 50万, or a range: 1m..5m")
    return float(found[1].replace(",", "")) * _UNITS[found[2]]


def capability_ids(value: str) -> tuple[str, ...]:
    """Return the ids of the capabilities that an id, a title or a three-letter family names.

    Raises:
        UsageError: there is none of that name; the message names what would be near.

    >>> capability_ids("Gait recognition"), capability_ids("FAC")[:2]
    (('gait_recognition',), ('face_recognition', 'gait_recognition'))
    """
    key = _key(value)
    leaves = capabilities()
    for names in (lambda leaf: (leaf.id, leaf.title, leaf.title_zh), lambda leaf: (leaf.family,)):
        found = tuple(leaf.id for leaf in leaves if key in {_key(name) for name in names(leaf)})
        if found:
            return found
    known = [name for leaf in leaves for name in (leaf.id, leaf.title.lower())] + sorted(
        {leaf.family for leaf in leaves}
    )
    raise UsageError(f"There is no capability {value!r}. {_nearest(value, known)} All of them: sousveil glossary")


def _one_of(name: str, value: str, known: Sequence[str]) -> str:
    if value.lower() in known:
        return value.lower()
    raise UsageError(f"There is no {name} {value!r}. Known are: {', '.join(known)}.")


def _names(facet: Facet, asked: Sequence[str], words: Words, notes: list[str]) -> tuple[str, ...]:
    """Return the values of a facet that are called so, else those that contain what was asked."""
    values = _keyed(words.values(facet))
    chosen: dict[str, None] = {}
    for one in asked:
        if COVER in one:
            raise UsageError(f"{COVER} stands for the name of a person, which is covered and cannot be searched for.")
        key = _key(one)
        found = [value for value, name in values.items() if name == key]
        if not found and facet in ("buyer", "supplier", "agency"):
            found = [value for value, name in values.items() if key in name]
            if len(found) > 1:
                notes.append(f"{facet} {one!r}: {len(found)} names contain it")
        if not found:
            notes.append(f"no {facet} is called {one!r} here")
        chosen.update(dict.fromkeys(found))
    return tuple(chosen)


@lru_cache(maxsize=8)
def _keyed(values: tuple[str, ...]) -> dict[str, str]:
    """Return values with their keys; 30,000 buyers take a tenth of a second, once after each commit of the index."""
    return {value: _key(value) for value in values}


def _places(asked: Sequence[str], words: Words, notes: list[str]) -> Node:
    """Return provinces, cities and countries that are called so, in any of their names; and all inside a code."""
    codes = {one: code for one in asked if (code := _place_code(one))}
    group: list[Node] = [Holds("division", tuple(dict.fromkeys(codes.values())))] if codes else []
    found = set(codes)
    asked = [one for one in asked if one not in codes]
    facets: tuple[Facet, ...] = ("province", "city", "country")
    for facet in facets:
        values = words.values(facet)
        chosen: list[str] = []
        for one in asked:
            keys = _place_keys(one)
            alike = [value for value in values if keys & _place_keys(value)]
            chosen += alike
            found |= {one} if alike else set()
        if chosen:
            group.append(Holds(facet, tuple(chosen)))
    notes.extend(f"no place is called {one!r} here" for one in asked if one not in found)
    return AnyOf(tuple(group))


def _place_code(asked: str) -> str:
    """Return the code of a place where a code was written; names, which several places share, are left alone.

    >>> _place_code("510000"), _place_code("cn-sc"), _place_code("DE3"), _place_code("Sichuan"), _place_code("")
    ('510000', '510000', 'DE3', '', '')
    """
    is_code = asked.isascii() and (len(asked) == 2 or "-" in asked or any(map(str.isdigit, asked)))
    found = place(asked.upper()) if is_code else None
    return found.code if found else ""


@lru_cache(maxsize=20_000)
def _place_keys(name: str) -> frozenset[str]:
    """Return the keys of a place: its name with and without class word, its names in English and Chinese, its code."""
    key = _key(name)
    keys = {key}
    for word in _CLASS_WORDS:
        if key.endswith(word) and len(key) > len(word) + 1:
            keys.add(key.removesuffix(word))
            break
    for names in _province_keys():
        if keys & names:
            keys |= names
    code = countries().get(name.casefold()) or countries().get(key)
    return frozenset(keys | {f"country {code}"} if code else keys)


@cache
def _province_keys() -> tuple[frozenset[str], ...]:
    """Return the keys of each province of China, in all its names."""
    return tuple(frozenset(_key(other) for other in (one.short, *one.names)) for one in provinces())
