"""Purposes: the clauses that say what a purchase is for, quoted, never inferred.

An aim is opened by a leading word (为了 in order to, con el fin de), begins with a verb of aiming (提升 raise) at the
start of a clause or behind its means (通过 by means of), says what is done to whom (对…管控, control of …) or what is
served (为…提供支撑, support for …), and names something that watching serves: order, crime, traffic, control. Aims of
bidding, of quality and abilities of products are left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from itertools import islice

from sousveil.data.cues import Cue, purposes
from sousveil.find.clauses import QUOTE_LIMIT, line_bounds, sentence_bounds, tidy
from sousveil.find.cues import Hit, islice_from, scan
from sousveil.find.ground import Ground
from sousveil.model import COVER, SPEAKING, Finding, Notice, finding_id, make_span

_LISTS = "items"
"""Item lists describe products: what they let a product do is no aim of the purchase; in them only strong words in
running lines count."""
_SCORES = {"label": 0.9, "lead": 0.85, "serve": 0.75, "verb": 0.7, "act": 0.65}
_NO_CAPABILITY_SCORE = 0.4
_STOP_REACH = 25
"""Characters before a leading word in which a word of bidding argues it away, in languages of words."""
_SHORTEST = 12
"""Letters of the shortest aim in languages of words: ``used for bail``."""
_MOST_PER_PAGE = 100
_MOST = 12
"""Purposes quoted for one notice; more are repetitions."""
_OPENING = " :、(\"'“”0123456789.一二三四五六七八九十"
"""Marks and ordinals (一 to 十 are one to ten) that may stand before the first word of a clause."""


@dataclass(frozen=True, slots=True)
class _Aim:
    """Bounds of an aim, the cue that opens it, and what argues against it."""

    start: int
    end: int
    cue: Cue
    against: tuple[str, ...]


def find_purpose(notice: Notice, grounds: Iterable[Ground], *, has_capability: bool) -> tuple[Finding, ...]:
    """Return the stated purposes of a notice in order of position; ``value`` is the clause itself.

    Boilerplate aims are returned withheld, and without a capability all but aims of order; their score is low.
    """
    found: list[Finding] = []
    seen: set[str] = set()
    for ground in grounds:
        for aim in islice(_joined(ground.text, _aims(ground)), _MOST_PER_PAGE):
            finding = _finding(notice, ground, aim, has_capability=has_capability)
            if finding.value not in seen:
                seen.add(finding.value)
                found.append(finding)
    stated = [finding for finding in found if finding.state == "stated"][:_MOST]
    return (*stated, *(finding for finding in found if finding.state == "withheld"))


def _aims(ground: Ground) -> Iterator[_Aim]:
    hits = scan(ground.text).get("purpose", ())
    last_end = -1
    for place, hit in enumerate(hits):
        row = hit.row
        if not isinstance(row, Cue) or row.form not in _SCORES or hit.start < last_end:
            continue
        section = ground.section_at(hit.start)
        if section not in SPEAKING or (section == _LISTS and not _speaks_in_list(ground.text, hit, row)):
            continue
        aim = _han_aim(ground.text, hits, place) if row.language == "zh" else _word_aim(ground.text, hits, place)
        if aim:
            last_end = aim.end
            yield aim


def _speaks_in_list(text: str, hit: Hit, cue: Cue) -> bool:
    start, end = line_bounds(text, hit.start, hit.end)
    return " | " not in text[start:end] and (cue.language != "zh" or (cue.form != "verb" and cue.strength == "strong"))


def _han_aim(text: str, hits: tuple[Hit, ...], place: int) -> _Aim | None:
    """Return the aim that a Chinese cue opens, up to the end of its clause."""
    hit = hits[place]
    cue = hit.row
    assert isinstance(cue, Cue)
    if cue.form == "label":
        start, end = hit.end, _sentence_end(text, hit.end)
        company = _company(hits, place, start, end, start)
        return _Aim(start, end, cue, company.against) if company.has_domain and end - start >= 6 else None
    clause_start = max(text.rfind(mark, max(0, hit.start - 80), hit.start) for mark in f",。;\n:|!{COVER}") + 1
    clause_start = max(clause_start, hit.start - 80, 0)
    if cue.form in ("act", "serve"):
        return _done_or_served(text, hits, place, clause_start)
    before = text[clause_start : hit.start].strip()
    end = _clause_end(text, hit.end)
    company = _company(hits, place, hit.start, end, clause_start)
    if cue.form == "verb" and not _opens(before, company):
        return None
    if cue.form == "lead" and cue.strength == "weak" and not company.has_verb:
        return None
    if not company.has_domain and cue.strength != "strong":
        return None
    if cue.form == "lead" and not (company.has_domain or company.has_verb):
        return None
    start = hit.start
    if cue.form == "verb" and before and (len(before) <= 6 or _names_means(before)):
        start = clause_start
    if cue.form == "lead" and cue.strength == "strong" and not company.has_domain and not company.against:
        return None
    return _Aim(start, end, cue, company.against)


def _done_or_served(text: str, hits: tuple[Hit, ...], place: int, clause_start: int) -> _Aim | None:
    """Return the aim whose clause says what is done to whom or what is served, or None."""
    hit = hits[place]
    cue = hit.row
    assert isinstance(cue, Cue)
    opening = _act_start(text, clause_start, hit) if cue.form == "act" else _serve_start(text, clause_start, hit)
    if opening < 0:
        return None
    end = _clause_end(text, hit.end)
    company = _company(hits, place, opening, end, clause_start)
    return _Aim(opening, end, cue, company.against) if company.has_domain else None


_MEANS_REACH = 40
"""Characters from the word that opens the means (通过 through) to the verb of the aim."""
_OTHER_WORDS = ("以上", "以下", "以及", "以内", "以外", "以前", "以后", "通过率", "利用率", "将来", "对于投标", "对外")
"""Longer words that begin like an opener: above, below, as well as, within, except, before, after, rates, future."""
_PLACE = re.compile("在[^,。;在]{2,12}?(?=对|为)")
"""Where it happens, before what is done: 在国道检查站对… (at the checkpoint, to …)."""
_SERVED_REACH = 16
"""Characters from 提供 (provides) to what is provided."""


def _names_means(before: str) -> bool:
    """Return whether the words before a verb name the means of the aim: 通过人机关联 (by linking people and phones)."""
    rest = before.strip(_OPENING)
    return 3 <= len(rest) <= _MEANS_REACH and rest.startswith(_words("means")) and not rest.startswith(_OTHER_WORDS)


def _act_start(text: str, clause_start: int, hit: Hit) -> int:
    """Return where a clause begins that says what is done to whom, or -1: 对 (to) persons … 管控 (control)."""
    if not any(word in text[clause_start : hit.start] for word in _words("toward")):
        return -1
    start = _past_fillers(text, clause_start, hit.start)
    before = text[start : hit.start]
    opener = next((word for word in _words("toward") if before.startswith(word)), "")
    if not opener or before.startswith(_OTHER_WORDS) or not any(word in before for word in _words("whom")):
        return -1
    is_brought = opener in ("把", "将")  # take … and: only with what becomes of it (…在基层, at the base)
    return -1 if is_brought and not (hit.word.endswith("在") or text.startswith("在", hit.end)) else start


def _serve_start(text: str, clause_start: int, hit: Hit) -> int:
    """Return where a clause begins that says what is served, or -1: 为 (for) … 提供 (provides) 支撑 (support)."""
    if "为" not in text[clause_start : hit.start]:
        return -1
    start = _past_fillers(text, clause_start, hit.start)
    given = text[hit.end : _clause_end(text, hit.end)][:_SERVED_REACH]
    is_served = text.startswith("为", start) and any(word in given for word in _words("served"))
    return start if is_served and hit.start - start >= 4 else -1


@cache
def _lead_words() -> tuple[str, ...]:
    """Return subjects and fillers that may stand before 对 and 为, which are not skipped themselves."""
    return tuple(word for word in (*_words("head"), *_words("filler")) if word != "为")


def _past_fillers(text: str, start: int, end: int) -> int:
    """Return the first place that is no mark, filler (并 and), subject (系统 the system) or place (在… in …)."""
    while start < end:
        word = next((word for word in _lead_words() if text.startswith(word, start, end)), "")
        place = _PLACE.match(text, start, end)
        word = place.group() if place else word
        if not word and text[start] not in _OPENING:
            return start
        start += len(word) or 1
    return start


@dataclass(frozen=True, slots=True)
class _Company:
    """The other cue words of a clause."""

    has_domain: bool
    has_verb: bool
    has_lead: bool
    against: tuple[str, ...]


def _company(hits: tuple[Hit, ...], place: int, start: int, end: int, clause_start: int) -> _Company:
    """Return the company of a cue: hits within its clause, looked for among the neighbours of its place."""
    cue = hits[place].row
    assert isinstance(cue, Cue)
    domain = verb = lead = False
    against: list[str] = []
    first = place
    while first and hits[first - 1].start >= clause_start:
        first -= 1
    for other in islice_from(hits, first):
        if other.start >= end:
            break
        row = other.row
        if not isinstance(row, Cue):
            continue
        if row.language != cue.language:
            continue
        is_inside = other.start >= start
        domain |= row.form == "domain" and is_inside
        verb |= row.form == "verb" and is_inside
        lead |= row.form == "lead" and not is_inside
        if row.form == "stop" and (cue.language == "zh" or other.start >= start - _STOP_REACH):
            against.append(f"stands with {other.word}")
    return _Company(domain, verb, lead, tuple(against[:3]))


def _opens(before: str, company: _Company) -> bool:
    """Return whether a verb of aiming begins its clause: nothing before it but fillers, or a leading word."""
    if before.endswith(_words("ability")):
        return False
    if _names_means(before):
        return True
    rest = before
    for _ in range(4):
        shorter = next((rest.removesuffix(word) for word in _words("filler") if rest.endswith(word)), rest).strip()
        if shorter == rest:
            break
        rest = shorter
    has_subject_and_filler = rest != before and len(rest) > 4
    return not rest.strip(_OPENING) or company.has_lead or has_subject_and_filler


@cache
def _words(form: str) -> tuple[str, ...]:
    """Return the words of a form that stand right before a verb, longest first."""
    words = [word for row in purposes() if row.form == form for word in row.words]
    return tuple(sorted(words, key=len, reverse=True))


def _word_aim(text: str, hits: tuple[Hit, ...], place: int) -> _Aim | None:
    """Return the aim that a cue opens in a language of words: to the end of its sentence."""
    hit = hits[place]
    cue = hit.row
    assert isinstance(cue, Cue)
    if cue.form == "label":
        at_start = hit.start == 0 or text[hit.start - 1] == "\n"
        if not at_start:
            return None
    left, right = sentence_bounds(text, hit.start, hit.end)
    end = _before_next_lead(hits, place, right)
    company = _company(hits, place, hit.start, end, left)
    start = hit.end if cue.form == "label" else hit.start
    if hit.word.startswith("um ") and cue.language == "de" and not _ZU.search(text, hit.end, end):
        return None
    needs_domain = not (cue.form == "label" and cue.language != "en")
    if (needs_domain and not company.has_domain) or end - start < _SHORTEST:
        return None
    return _Aim(start, end, cue, company.against)


_ZU = re.compile(r"(?<!\w)zu \w|\wzu\w+en(?!\w)")
"""The infinitive that German *um* (in order) asks for: um … zu identifizieren, um … festzustellen."""


def _before_next_lead(hits: tuple[Hit, ...], place: int, end: int) -> int:
    """Return where the next aim of the same sentence begins, else ``end`` (to monitor …, and to find …)."""
    cue = hits[place].row
    for other in islice_from(hits, place + 1):
        if other.start >= end:
            break
        is_lead = isinstance(other.row, Cue) and other.row.form == "lead" and other.row.strength == "strong"
        if is_lead and other.row.language == cue.language and other.start - hits[place].start > _SHORTEST:
            return other.start
    return end


def _clause_end(text: str, start: int) -> int:
    places = [text.find(mark, start, start + QUOTE_LIMIT) for mark in (",", "。", ";", "\n", " | ", "\u3000", COVER)]
    return min((place for place in places if place >= 0), default=min(len(text), start + QUOTE_LIMIT))


def _sentence_end(text: str, start: int) -> int:
    return min(sentence_bounds(text, start, start)[1], start + QUOTE_LIMIT)


def _joined(text: str, aims: Iterable[_Aim]) -> Iterator[_Aim]:
    """Yield aims, those that follow each other after a comma as one, as long as they fit in a quotation."""
    held: _Aim | None = None
    for aim in aims:
        is_next = (
            held is not None and 0 <= aim.start - held.end <= 2 and text[held.end : aim.start].strip() in (",", "")
        )
        if held and is_next and aim.end - held.start <= QUOTE_LIMIT and bool(held.against) == bool(aim.against):
            held = _Aim(held.start, aim.end, held.cue, held.against + aim.against)
            continue
        if held:
            yield held
        held = aim
    if held:
        yield held


def _finding(notice: Notice, ground: Ground, aim: _Aim, *, has_capability: bool) -> Finding:
    start, end = tidy(ground.page.text, aim.start, aim.end)
    span = make_span(notice.file, ground.page, start, end)
    score = _SCORES[aim.cue.form] if has_capability else _NO_CAPABILITY_SCORE
    against = aim.against
    names_order = aim.cue.language == "zh" or any(word in ground.text[start:end] for word in _words("core"))
    is_core = aim.cue.strength == "strong" and names_order
    if not has_capability and not is_core:
        against = (*against, "the notice buys no surveillance")
    return Finding(
        finding_id(span, "purpose", span.quote),
        "purpose",
        span.quote,
        span,
        notice.id,
        f"purpose.{aim.cue.form}",
        score,
        "withheld" if against else "stated",
        ground.section_at(start),
        (f"opened by words for: {aim.cue.gloss}",),
        against,
    )
