"""What the findings of purchases state together: how many there are, in which words, and how large.

All are read once, one by one: those of a whole country are hundreds of thousands, and only the best are kept.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from operator import itemgetter
from typing import Any, NamedTuple

import msgspec

from sousveil.ask.facts import Quote, Scale
from sousveil.store.database import Store
from sousveil.store.packed import iter_chunks, marks
from sousveil.store.reviews import mirror_reviews

_MOST_QUOTES = 3
"""Quotations of one capability."""
_MOST_SCALES = 12
_BESIDE = 60
"""Characters between the begin of a term and that of a figure: about one clause of Chinese. Chosen, not measured; the
quotation beside the figure lets a reader judge."""
_SECTIONS = {"body": 0, "items": 1}
"""Sentences stand before rows of a bill, and those before the subject: a title tells that something is bought."""

_details = msgspec.json.Decoder(tuple[msgspec.Raw, msgspec.Raw, tuple[tuple[str, Any], ...]]).decode
_at_notice = itemgetter(3)


@dataclass(frozen=True, slots=True, kw_only=True)
class Stated:
    """What findings state together.

    Attributes:
        findings: how many there are.
        findings_of: of each capability.
        quotes: the strongest quotations of each capability, each wording once; none that somebody rejected.
        scales: the largest figure of each unit, the commonest units first; none that somebody rejected.
        extents: the largest figure beside each capability, of the unit that is stated most often beside it.
    """

    findings: int
    findings_of: dict[str, int]
    quotes: tuple[Quote, ...]
    scales: tuple[Scale, ...]
    extents: dict[str, Scale]


class _Figure(NamedTuple):
    """A figure that a notice states; figures are compared by number, then by id."""

    number: float
    finding: str
    unit: str
    object: str
    comparator: str
    notice: str


@dataclass(slots=True)
class _Units:
    """How many figures of each unit there are, and the largest."""

    counts: Counter[str] = field(default_factory=Counter)
    largest: dict[str, _Figure] = field(default_factory=dict)

    def add(self, figure: _Figure) -> None:
        self.counts[figure.unit] += 1
        held = self.largest.get(figure.unit)
        if held is None or held < figure:
            self.largest[figure.unit] = figure

    def commonest(self, most: int) -> list[_Figure]:
        units = sorted(self.counts, key=lambda unit: (-self.counts[unit], unit))[:most]
        return [self.largest[unit] for unit in units]


Rank = tuple[int, float, int, str]
"""Of a quotation, the strongest least: its section, its score, its length, its id; the middle two negative."""


@dataclass(slots=True)
class _Strongest:
    """The strongest quotations of one capability, by wording."""

    held: dict[str, Rank] = field(default_factory=dict)
    weakest: Rank | None = None
    """Of as many as are kept; None where there are fewer."""

    def add(self, rank: Rank, quote: str) -> None:
        if self.weakest is not None and rank >= self.weakest:
            return
        words = " ".join(quote.split())
        self.held[words] = min(rank, self.held.get(words, rank))
        if len(self.held) > _MOST_QUOTES:
            del self.held[max(self.held, key=self.held.__getitem__)]
        if len(self.held) == _MOST_QUOTES:
            self.weakest = max(self.held.values())

    def ids(self) -> list[str]:
        return [rank[-1] for rank in sorted(self.held.values())]


class _Reading:
    """What was read so far."""

    def __init__(self, rejected: frozenset[str]) -> None:
        self._rejected = rejected
        self.counts: Counter[tuple[str, str]] = Counter()
        self.quotes: dict[str, _Strongest] = defaultdict(_Strongest)
        self.scales = _Units()
        self.beside: dict[str, _Units] = defaultdict(_Units)

    def read(self, rows: Iterable[tuple[Any, ...]]) -> None:
        """Take in the findings of one notice."""
        terms: list[tuple[str, int, int]] = []
        figures: dict[int, list[tuple[int, _Figure]]] = {}
        for kind, value, finding, notice, page, start, section, score, quote, body in rows:
            self.counts[kind, value] += 1
            if kind == "capability":
                terms.append((value, page, start))
                if finding not in self._rejected:
                    self.quotes[value].add((_SECTIONS.get(section, 2), -score, -len(quote), finding), quote)
            elif kind == "scale" and (figure := _figure(body, finding, notice)) is not None:
                figures.setdefault(page, []).append((start, figure))
                if finding not in self._rejected:
                    self.scales.add(figure)
        if figures and terms:
            self._join(terms, figures)

    def _join(self, terms: Sequence[tuple[str, int, int]], figures: dict[int, list[tuple[int, _Figure]]]) -> None:
        """Count each figure once for each capability that a term stands for near it."""
        near: set[tuple[str, _Figure]] = set()
        for several in figures.values():
            several.sort()
        for value, page, start in terms:
            several = figures.get(page, [])
            first = bisect_left(several, start - _BESIDE, key=itemgetter(0))
            last = bisect_right(several, start + _BESIDE, key=itemgetter(0))
            near.update((value, figure) for _, figure in several[first:last])
        for value, figure in near:
            self.beside[value].add(figure)


def stated(store: Store, table: str) -> Stated:
    """Return what the findings in the notices of purchases state together.

    Lengths of time and figures of other purchases are left out by the finder already. Figures of different units are
    not compared.
    """
    mirror_reviews(store)
    rejected = frozenset(row[0] for row in store.rows("SELECT finding FROM temp.reviews WHERE state = 'rejected'"))
    reading = _Reading(rejected)
    cursor = store.connection.cursor()
    cursor.row_factory = None  # plain tuples: a third quicker to take apart
    rows = cursor.execute(
        f"""SELECT kind, value, findings.id, findings.notice, page, start, section, score,
                   CASE kind WHEN 'capability' THEN quote END, CASE kind WHEN 'scale' THEN findings.body END
            FROM {table} AS chosen CROSS JOIN summaries ON summaries.procurement = chosen.id
            CROSS JOIN findings ON findings.notice = summaries.notice"""
    )
    for _, some in groupby(rows, key=_at_notice):
        reading.read(some)
    scales = reading.scales.commonest(_MOST_SCALES)
    extents = {value: reading.beside[value].commonest(1)[0] for value in sorted(reading.beside)}
    told = _told(store, [one.finding for one in (*scales, *extents.values())])
    return Stated(
        findings=reading.counts.total(),
        findings_of={value: n for (kind, value), n in sorted(reading.counts.items()) if kind == "capability"},
        quotes=_quotes(store, [one for value in sorted(reading.quotes) for one in reading.quotes[value].ids()]),
        scales=tuple(_scale(one, told) for one in scales),
        extents={value: _scale(one, told) for value, one in extents.items()},
    )


def _figure(body: bytes, finding: str, notice: str) -> _Figure | None:
    """Return the figure of a finding; None where it has no number."""
    details = dict(_details(body)[2])
    number = details.get("number")
    if not isinstance(number, int | float):
        return None
    unit, object_, comparator = (str(details.get(name) or "") for name in ("unit", "object", "comparator"))
    return _Figure(float(number), finding, unit, object_, comparator, notice)


def _scale(one: _Figure, told: dict[str, str]) -> Scale:
    return Scale(one.number, one.unit, one.object, one.comparator, told[one.finding], one.finding, one.notice)


def _told(store: Store, ids: Sequence[str]) -> dict[str, str]:
    """Return the quotations of findings, by id."""
    found: dict[str, str] = {}
    for some in iter_chunks(ids):
        rows = store.rows(f"SELECT id, quote FROM findings WHERE id IN ({marks(some)})", some)
        found.update((row["id"], row["quote"]) for row in rows)
    return found


def _quotes(store: Store, ids: Sequence[str]) -> tuple[Quote, ...]:
    """Return findings as quotations, in the order of the ids."""
    found: dict[str, Quote] = {}
    for some in iter_chunks(ids):
        rows = store.rows(
            f"""SELECT value AS capability, quote, findings.id AS finding, findings.notice, page, score, section,
                       coalesce(publication_date, '') AS date
                FROM findings JOIN notices ON notices.id = findings.notice WHERE findings.id IN ({marks(some)})""",
            some,
        )
        found.update((row["finding"], Quote(**dict(row))) for row in rows)
    return tuple(found[one] for one in ids if one in found)
