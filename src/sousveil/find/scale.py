"""Scale: how many of what. Numbers with units that count things of surveillance, with comparator and role.

A number counts when what it counts is a watching thing, or stands beside a capability, or heads an item list of a
notice that has one. Unit prices, spares, ports, working days and what a device can do are no scale.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import chain

from sousveil.data.items import number_words
from sousveil.data.units import Unit
from sousveil.find.bill import BillRow
from sousveil.find.clauses import clause_bounds, clause_end, line_bounds, tidy
from sousveil.find.counted import before_comma, before_object, cue_pattern, cut_after, kind_of
from sousveil.find.counts import Count, iter_counts
from sousveil.find.cues import holds
from sousveil.find.ground import Ground
from sousveil.find.item_rows import cell_at, head_roles, name_above, name_in_row
from sousveil.find.lexicon import even
from sousveil.model import SPEAKING, Finding, Notice, Page, Scalar, finding_id, make_span

_NEAR = 12
"""Characters before a number in which a comparator or a verb of buying stands."""
_MOST_PER_PAGE = 400
"""A page with more counts than this is a price list; the rest of it is left to the item table."""
_NAME_LIMIT = 40
"""Characters of a term that can stand for the name of what is counted; longer ones are clauses."""
_SCORES = {"watch": 0.9, "carry": 0.7, "other": 0.5, "": 0.5}
_NO_CAPABILITY_SCORE = 0.3
_CELL_SLACK = 4
"""Characters a cell may hold beside number and unit and still be a quantity cell: brackets, a comparator."""
_AFTER_OBJECT = re.compile(r"[ ]?(?:的)?[a-z]{0,12}[ ]?[\u4e00-\u9fffa-z0-9+/-]{2,30}")


@dataclass(frozen=True, slots=True)
class _Reading:
    """What a count means.

    ``kind`` is the kind of object (watch, carry, other, spare, port, or empty), ``form`` how it stands: row, stacked,
    prose.
    """

    count: Count
    start: int
    end: int
    name: str
    kind: str
    form: str


def find_scale(notice: Notice, grounds: Iterable[Ground], capabilities: Iterable[Finding]) -> tuple[Finding, ...]:
    """Return the scale findings of a notice, in order of position, withheld ones with what argued against them.

    ``value`` is short (``100 路``); details are number, unit (as printed), object, comparator, per, role.
    """
    stated = [finding for finding in capabilities if finding.state == "stated"]
    found: list[Finding] = []
    for ground in grounds:
        near = sorted(_term_place(ground, item) for item in stated if item.span.page == ground.page.number)
        found.extend(_on_page(ground, notice, _Company(near, is_any=bool(stated))))
    return tuple(found)


def _term_place(ground: Ground, capability: Finding) -> tuple[int, int]:
    """Return where the term of a capability stands in its quotation; the whole where a description was met."""
    span = capability.span
    term = even(capability.rule.partition(":")[2])
    at = ground.text.find(term, span.start, span.end) if term else -1
    return (at, at + len(term)) if at >= 0 else (span.start, span.end)


@dataclass(frozen=True, slots=True)
class _Company:
    """The capabilities around: their places on the page, and whether the notice has any."""

    places: list[tuple[int, int]]
    is_any: bool


def _on_page(ground: Ground, notice: Notice, company: _Company) -> list[Finding]:
    found: list[Finding] = []
    seen: set[tuple[float, str, str]] = set()
    taken: list[tuple[int, ...]] = []
    text = ground.text
    heads = _Heads(text)
    listed = (row.count for row in ground.bill if row.count)
    for number, count in enumerate(chain(listed, iter_counts(text, company.places))):
        if number >= _MOST_PER_PAGE:
            break
        place = bisect_left(taken, (count.end,))  # behind all that begin before the end: the last of them ends last
        is_taken = place > 0 and taken[place - 1][1] > count.start
        if is_taken or ground.section_at(count.start) not in SPEAKING:
            continue
        row = ground.bill_row_at(count.start)
        if row is not None and row.is_apart(count.start):
            continue
        reading = _read(ground.page.text, text, count, heads, row)
        against = _against(text, reading, company)
        key = (float(count.value), text[slice(*count.printed)], reading.name)
        if against is None:
            continue
        taken.insert(place, (count.start, count.end))
        if key in seen:
            continue
        seen.add(key)
        found.append(_finding(ground, notice, reading, company, against))
    return sorted(found, key=lambda finding: finding.span.start)


class _Heads:
    """The head above each row of an item list; a head holds until a line without cells."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._known: dict[int, dict[str, int] | None] = {}

    def above(self, line_start: int) -> dict[str, int] | None:
        """Return role -> column of the head above a row, or None."""
        start = line_start
        passed: list[int] = []
        roles: dict[str, int] | None = None
        while start > 0 and len(passed) < 200:
            end = start - 1
            start = self._text.rfind("\n", 0, end) + 1
            if start in self._known:
                roles = self._known[start]
                break
            if " | " not in self._text[start:end]:
                break
            passed.append(start)
            roles = head_roles(self._text, start, end)
            if roles:
                break
        for place in passed:
            self._known[place] = roles
        return roles


def _read(original: str, text: str, count: Count, heads: _Heads, row: BillRow | None) -> _Reading:
    """Return what a count is a count of, and where the statement begins and ends."""
    if row is not None and row.name and row.count == count:
        return _Reading(count, count.start, count.end, row.name, kind_of(row.even), "row")
    line_start, line_end = line_bounds(text, count.start, count.end)
    cell_start, cell_end = cell_at(text, line_start, line_end, count.start)
    beside = (cell_end - cell_start) - (count.end - count.start)
    is_cell = cell_start > line_start or cell_end < line_end
    if is_cell and (count.is_split or beside <= _CELL_SLACK):
        name = name_in_row(text, line_start, line_end, count.start, heads.above(line_start))
        return _named(original, text, count, name, "row")
    if not is_cell and beside <= 1:
        return _named(original, text, count, name_above(text, line_start), "stacked")
    return _read_prose(original, text, count)


def _named(original: str, text: str, count: Count, name: tuple[int, int] | None, form: str) -> _Reading:
    if name is None:
        return _Reading(count, count.start, count.end, "", "", form)
    left, right = tidy(text, *name)
    return _Reading(count, count.start, count.end, original[left:right], kind_of(text[left:right]), form)


def _read_prose(original: str, text: str, count: Count) -> _Reading:
    """Return the thing counted in running text: what follows the unit, or what stands before the number."""
    if count.unit.style == "noun":
        return _Reading(count, count.start, count.end, _without_number(original, count), "watch", "prose")
    if count.unit.names:
        name = original[count.end - len(count.unit.names) : count.end]
        return _Reading(count, count.start, count.end, name, kind_of(even(name)) or "other", "prose")
    low = clause_bounds(text, count.start, count.end)[0]
    before = before_object(text, low, count.start) or before_comma(text, low, count)
    match = _AFTER_OBJECT.match(text, count.end)
    after = cut_after(text, match.start(), match.end()) if match else None
    kinds = [(place, kind_of(text[place[0] : place[1]])) for place in (after, before) if place]
    ranked = sorted(kinds, key=lambda pair: ("watch", "carry", "spare", "other", "port", "").index(pair[1]))
    if not ranked:
        return _Reading(count, count.start, count.end, "", "", "prose")
    (left, right), kind = ranked[0]
    left, right = tidy(text, left, right)
    bounds = (min(left, count.start), max(right, count.end)) if right > left else (count.start, count.end)
    return _Reading(count, *bounds, original[left:right].strip(), kind, "prose")


_NUMBERS = re.compile(r"[0-9][0-9.,\s]*(?:\([0-9]+\)\s*)?(?:[x×]\s)?")


def _without_number(original: str, count: Count) -> str:
    """Return the words of a count of a noun without its number: *forty-two fixed cameras* are fixed cameras."""
    words = original[count.start : count.end]
    spelled = sorted(number_words(count.unit.language), key=len, reverse=True)
    folded = even(words)
    said = next((word for word in spelled if folded.startswith(f"{word} ")), "")
    digits = _NUMBERS.match(words)
    return words[len(said) if said else digits.end() if digits else 0 :].strip()


def _has(cue: str, place: str, text: str, start: int, end: int) -> bool:
    return bool(cue_pattern(cue, place).search(text[start:end]))


def _against(text: str, reading: _Reading, company: _Company) -> tuple[str, ...] | None:
    """Return what argues a count away, empty when nothing does; None when it is no count of things at all."""
    count = reading.count
    unit = count.unit
    line_start, line_end = line_bounds(text, count.start, count.end)
    low = max(clause_bounds(text, count.start, count.end)[0], count.start - _NEAR)
    is_rate_of_things = bool(count.per) and unit.style == "measure" and unit.kind in _THINGS
    if (
        reading.kind == "port"
        or is_rate_of_things
        or _is_article(text, reading, low)
        or not _has_company(unit, text[line_start:line_end], reading.name)
    ):
        return None
    if _has("unit", "before", text, low, count.start) and not _PER_TIME.search(text, low, count.start):
        return ("counts parts of one unit",)
    if reading.kind == "spare":
        return ("a spare or accessory",)
    if count.value == 1 and (reading.kind == "carry" or reading.name.endswith(_ONE_OF_A_KIND)):
        return ("one of what carries the system",)
    if cue_pattern("replaced", "after").search(text, count.end, min(clause_end(text, count.end), count.end + _NEAR)):
        return ("replaced by the number after it",)
    is_capacity = unit.kind in _HELD and _has("capacity", "before", text, line_start, count.start)
    is_wanted = is_capacity or unit.kind == "rate"
    if reading.form == "prose" and not is_wanted and _says_ability(text, low, count.start):
        return ("says what a device can do",)
    if company.is_any:
        is_near = is_capacity or any(line_start <= start < line_end for start, _ in company.places)
        if reading.form != "prose" and reading.kind == "" and reading.name and not is_near:
            return ("an item beside the surveillance",)
        return () if _is_scale(text, reading, low, is_near=is_near) else None
    return () if _is_main_item(text, reading, low) else None


_ONE_OF_A_KIND = ("系统", "平台", "软件", "服务", "展示")
"""What a buyer has one of: system, platform, software, service, display. One of it is no scale."""


def _is_article(text: str, reading: _Reading, low: int) -> bool:
    """Return whether a spelled one is an article: 打开一张… (open a …), not 购置一套… (buy one set)."""
    count = reading.count
    if reading.form != "prose" or not text.startswith("一", count.start) or count.value != 1:
        return False
    is_followed = text[count.end : count.end + 1] not in ("", *",。;、\n)")
    return is_followed and not _has("buy", "before", text, low, count.start)


def _says_ability(text: str, low: int, start: int) -> bool:
    """Return whether a number is what a device can do: 支持16路 (supports 16 channels), not 具备抓拍能力的前端420个."""
    found = cue_pattern("performance", "before").search(text, low, start)
    return found is not None and "的" not in text[found.end() : start]


_SHORTEST_NAME = 3
"""Characters of the name of a thing of no known kind that is counted beside a capability."""
_VAGUE = frozenset("个处只支")
"""Measures of anything (piece, place): what they count must be a watching thing."""
_PER_TIME = re.compile("每[年月日天周季][^,。;]{0,2}$")
"""Each year, month, day …: a rate of the purchase, no part of one unit."""
_FLOWN = frozenset(("架", "架次"))
"""Measures of aircraft and of flights: they count nothing else."""
_THINGS = frozenset(("kit", "device", "site", "vehicle"))
_HELD = frozenset(("person", "record", "storage"))


def _has_company(unit: Unit, line: str, name: str) -> bool:
    """Return whether a unit of many uses (条, 人, points) stands in a line about what it is listed for.

    A measure of a spaced script (шт., pieces) may stand in a whole paragraph: there the object's own name must tell.
    """
    if not unit.needs or unit.style == "noun":  # the company of nouns was asked for where they were found
        return True
    is_piece = unit.style == "measure" and unit.language not in ("zh", "und")
    return holds(even(name), unit.needs) or (not is_piece and holds(line, unit.needs))


def _is_scale(text: str, reading: _Reading, low: int, *, is_near: bool) -> bool:
    """Return whether a count in a notice with a capability is one of its scale."""
    if reading.kind == "watch" or reading.count.unit.kind in ("channel", "time", "rate"):
        return True
    if reading.count.unit.unit in _FLOWN:
        return True
    if reading.count.unit.unit in _VAGUE and not text[reading.count.start].isdigit():  # 四个 (four of them), 一个 (a)
        return False
    if reading.kind == "carry":
        return True
    if reading.form in ("row", "stacked"):
        return bool(reading.name)
    if reading.count.unit.unit in _VAGUE and reading.kind == "":
        return is_near and len(reading.name) >= _SHORTEST_NAME
    return is_near or reading.kind == "other" or _has("buy", "before", text, low, reading.count.start)


def _is_main_item(text: str, reading: _Reading, low: int) -> bool:
    """Return whether a count in a notice without a capability is a main item: an own line, row or a verb of buying."""
    if reading.count.unit.kind not in ("device", "vehicle", "site", "kit") or not reading.name:
        return False
    if reading.form != "prose":
        return reading.kind in ("watch", "carry", "other")
    if reading.kind in ("watch", "other"):
        return True
    return _has("buy", "before", text, low, reading.count.start) and reading.kind != ""


def _finding(ground: Ground, notice: Notice, reading: _Reading, company: _Company, against: tuple[str, ...]) -> Finding:
    count, page = reading.count, ground.page
    start, end = tidy(page.text, reading.start, reading.end, count.start)
    span = make_span(notice.file, page, min(start, count.start), max(end, count.end))
    unit = page.text[slice(*count.printed)]
    number = int(count.value) if count.value == count.value.to_integral_value() else float(count.value)
    value = f"{number} {unit}"
    details: tuple[tuple[str, Scalar], ...] = (
        ("number", number),
        ("unit", unit),
        ("object", reading.name or _nearest(page, company.places, count) or None),
        ("comparator", _comparator(ground.text, count)),
        ("per", count.per or None),
        ("role", _role(ground.text, reading, notice)),
    )
    return Finding(
        finding_id(span, "scale", value),
        "scale",
        value,
        span,
        notice.id,
        f"scale.{reading.form}",
        _SCORES.get(reading.kind, 0.5) if company.is_any else _NO_CAPABILITY_SCORE,
        "withheld" if against else "stated",
        ground.section_at(count.start),
        (f"unit: {count.unit.gloss}", *((f"the object is of kind {reading.kind}",) if reading.kind else ())),
        against,
        details,
    )


def _nearest(page: Page, near: list[tuple[int, int]], count: Count) -> str:
    """Return the words of the capability nearest before a count in its line, or an empty string."""
    line_start, line_end = line_bounds(page.text, count.start, count.end)
    inside = [place for place in near if line_start <= place[0] < line_end]
    plain = [place for place in inside if not any(char.isdigit() for char in page.text[place[0] : place[1]])]
    best = min(plain or inside, key=lambda place: abs(place[0] - count.start), default=None)
    return page.text[best[0] : best[1]] if best and best[1] - best[0] <= _NAME_LIMIT else ""


def _comparator(text: str, count: Count) -> str | None:
    low = max(line_bounds(text, count.start, count.end)[0], count.start - 20)
    for cue in ("at least", "at most", "about"):
        if _has(cue, "before", text, low, count.start):
            return cue
    for cue in ("at least", "about"):
        if cue_pattern(cue, "after").match(text, count.end):
            return cue
    return None


def _role(text: str, reading: _Reading, notice: Notice) -> str:
    """Return purchased, required, existing, planned, performance or reported: by words around, then by the stage."""
    if reading.count.unit.kind == "rate":
        return "performance"
    start, end = clause_bounds(text, reading.count.start, reading.count.end)
    if cue_pattern("existing", "after").search(text, reading.count.end, min(end, reading.count.end + _NEAR)):
        return "existing"
    for cue in ("existing", "planned"):
        if _has(cue, "line", text, start, end):
            return cue
    stage = notice.notice_type.value if notice.notice_type else None
    if stage in ("award", "contract"):
        return "purchased"
    if stage == "intention":
        return "planned"
    return "reported" if stage == "other" else "required"
