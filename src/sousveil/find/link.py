"""Links: who gives data to whom, and which systems are joined.

A cue tells the direction: the receiver follows (上传至 upload to, connected to), the source follows (汇聚 gather,
data from), both sides are joined (与…对接 join with, integrated with), or a verb of sending has its receiver behind a
particle (images are sent every night to the control room). The other side must name a body, a system or
a store; uploading bids and plugging in power are left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from itertools import islice

from sousveil.data.cues import Cue, links
from sousveil.find.clauses import QUOTE_LIMIT, sentence_bounds, tidy
from sousveil.find.cues import Hit, scan
from sousveil.find.ground import Ground
from sousveil.find.lexicon import even
from sousveil.model import SPEAKING, Finding, Notice, Scalar, finding_id, make_span

_FORMS = ("to", "from", "with", "send")
_MOST_PER_PAGE = 100
_MOST = 20
"""Links quoted for one notice; a specification repeats them for every module."""
_SIDE = 40
"""Characters of a side: a name of a body or system; a longer one is cut at a mark."""
_NO_CAPABILITY_SCORE = 0.4


@dataclass(frozen=True, slots=True)
class _Link:
    """Bounds of the statement, its two sides (may be empty), the cue, and what argues against it."""

    start: int
    end: int
    source: str
    receiver: str
    cue: Cue
    against: tuple[str, ...]


def find_link(notice: Notice, grounds: Iterable[Ground], *, has_capability: bool) -> tuple[Finding, ...]:
    """Return the data flows a notice states; ``value`` is ``from → to`` with what is known.

    Details: from, to, what. Without a capability in the notice only links with both sides count.
    """
    found: list[Finding] = []
    seen: set[str] = set()
    for ground in grounds:
        for link in islice(_links(ground), _MOST_PER_PAGE):
            finding = _finding(notice, ground, link, has_capability=has_capability)
            if finding.span.quote not in seen:
                seen.add(finding.span.quote)
                found.append(finding)
    stated = [finding for finding in found if finding.state == "stated"][:_MOST]
    return (*stated, *(finding for finding in found if finding.state == "withheld"))


def _links(ground: Ground) -> Iterator[_Link]:
    hits = scan(ground.text).get("link", ())
    reach = -1
    for place, hit in enumerate(hits):
        row = hit.row
        if not isinstance(row, Cue) or row.form not in _FORMS or hit.start < reach:
            continue
        if ground.section_at(hit.start) not in SPEAKING:
            continue
        link = (_read_sent if row.form == "send" else _read_link)(ground, hits, place, row)
        if link:
            reach = link.end
            yield link


def _read_link(ground: Ground, hits: tuple[Hit, ...], place: int, cue: Cue) -> _Link | None:
    """Return the link that a cue states, or None when no body or system stands on the side it points to."""
    text = ground.text
    hit = hits[place]
    left, right = _bounds(ground.page.text, text, hit, cue)
    company = [other for other in _around(hits, place, left, right) if other.row.language == cue.language]
    nouns = [other for other in company if _form(other) in _NOUNS and not _is_inside(other, hit)]
    before = any(noun.end <= hit.start for noun in nouns)
    after = [noun for noun in nouns if noun.start >= hit.start]
    ground_words = _Words(text[left : hit.start], text[hit.start : hit.end], text[hit.end : right])
    is_body = any(_form(noun) == "body" and noun.start - hit.end <= _BODY_REACH for noun in after)
    if not _has_other_side(cue, ground_words, (before, bool(after)), is_body=is_body):
        return None
    against = tuple(f"stands with {other.word}" for other in company if _stops(other, hit, cue))[:3]
    begun = min((noun.start for noun in after if noun.start < hit.end), default=hit.end)
    source, receiver = _sides(ground, hit._replace(end=begun), cue, (left, right))
    start, end = (left, right) if right - left <= QUOTE_LIMIT else tidy(ground.page.text, left, right, keep=hit.start)
    return _Link(start, end, source, receiver, cue, against)


def _is_inside(other: Hit, hit: Hit) -> bool:
    """Return whether a word lies wholly inside a cue; 省厅 (the province's police) only begins in 上传省."""
    return hit.start <= other.start and other.end <= hit.end


_SENT_REACH = 70
"""Characters between a verb of sending, its particle and the receiver: what is sent and how often stand there."""
_VERB_LAST = frozenset(("de", "nl"))
"""Languages whose verb of sending may end the clause: die Bilder werden an die Leitstelle übertragen."""


def _read_sent(ground: Ground, hits: tuple[Hit, ...], place: int, cue: Cue) -> _Link | None:
    """Return the link of a verb of sending whose receiver stands behind a particle of its own, or None.

    *Results must be exported every night to the case management platform*: the sentence names what is handed on, and a
    body or system follows the particle.
    """
    text, hit = ground.text, hits[place]
    left, right = sentence_bounds(text, hit.start, hit.end, 160)
    if not _company_words(cue.language, "handed").search(text, left, right):
        return None
    company = [other for other in _around(hits, place, left, right) if other.row.language == cue.language]
    nouns = [other for other in company if _form(other) in _NOUNS and not (hit.start <= other.start < hit.end)]
    given = _receiver(text, hit, cue, (left, right), nouns)
    if given is None:
        return None
    start, end = given
    against = tuple(f"stands with {other.word}" for other in company if _stops(other, hit, cue))[:3]
    is_last = end <= hit.start
    source = _side(ground, left, start if is_last else hit.start, is_before=True)
    receiver = _side(ground, start, end, is_before=False)
    bounds = (left, right) if right - left <= QUOTE_LIMIT else tidy(ground.page.text, left, right, keep=hit.start)
    return _Link(*bounds, source, receiver, cue, against)


def _receiver(text: str, hit: Hit, cue: Cue, bounds: tuple[int, int], nouns: Iterable[Hit]) -> tuple[int, int] | None:
    """Return where the receiver of what is sent stands: behind the verb, or before a verb that ends its clause."""
    particles = _company_words(cue.language, "particle")
    after = [(hit.end, bounds[1])]
    before = [(bounds[0], hit.start)] if cue.language in _VERB_LAST else []
    for low, high in (*after, *before):
        for found in particles.finditer(text, low, high):
            if low == hit.end and found.start() - low > _SENT_REACH:
                break
            stop = text.find(", ", found.end(), high)
            end = stop if stop >= 0 else high
            if any(found.end() <= noun.start < min(end, found.end() + _SENT_REACH) for noun in nouns):
                return found.end(), end
    return None


@cache
def _company_words(language: str, form: str) -> re.Pattern[str]:
    """Return what finds the words of a form in one language, whole."""
    words = [even(word) for row in links() if (row.form, row.language) == (form, language) for word in row.words]
    return re.compile("|".join(_whole(word) for word in sorted(words, key=len, reverse=True)) or "(?!)")


_STOP_REACH = 40
"""Characters to either side of a cue in which a word of bidding argues it away, in languages of words: their sentences
are long (the Force seeks a supplier to replace … and to feed reads to …)."""


def _stops(other: Hit, hit: Hit, cue: Cue) -> bool:
    is_near = other.end >= hit.start - _STOP_REACH and other.start <= hit.end + _STOP_REACH
    return _form(other) == "stop" and (cue.language == "zh" or is_near)


def _form(hit: Hit) -> str:
    return hit.row.form if isinstance(hit.row, Cue) else ""


def _around(hits: tuple[Hit, ...], place: int, left: int, right: int) -> list[Hit]:
    first = place
    while first and hits[first - 1].start >= left:
        first -= 1
    last = place
    while last < len(hits) and hits[last].start < right:
        last += 1
    return list(hits[first:last])


def _bounds(original: str, text: str, hit: Hit, cue: Cue) -> tuple[int, int]:
    """Return the bounds of the statement: the clause in Chinese, the part of the sentence around the cue elsewhere."""
    left, right = sentence_bounds(text, hit.start, hit.end, 160)
    if cue.language == "zh":
        comma = max(text.rfind(mark, left, hit.start) for mark in ",:")
        wide = original.rfind("\u3000", left, hit.start)
        stops = (text.find(",", hit.end, right), original.find("\u3000", hit.end, right))
        stop = min((place for place in stops if place >= 0), default=right)
        return max(left, comma + 1, wide + 1, hit.start - _SPAN), min(stop, hit.end + _SPAN)
    mark = max(text.rfind(mark, left, hit.start) for mark in (", ", "- ", "— ", ": "))
    left = mark + 2 if mark >= 0 and (hit.start - mark > 12 or text[mark] == ":") else left
    comma = text.find(", ", hit.end + 12, right)
    return left, comma if comma >= 0 else right


_SPAN = 80
"""Characters to either side of a cue that may belong to its statement."""


_NOUNS = ("noun", "body")
_BODY_REACH = 14
"""Characters between a cue and the body it points to: its district and rank (市公安局公交分局)."""
_NAMED = re.compile('[”"』」]?(?:管理|服务|交换|应用|支撑)?(?:平台|系统|体系)')
"""A platform, system or centre that is called after what it does: 数据共享管理系统 joins nothing here."""
_WITH = ("与", "和", "同", "跟", "从")
"""Chinese words for with and from, before a side."""


@dataclass(frozen=True, slots=True)
class _Words:
    """The words of a statement before its cue, of the cue, and after it."""

    before: str
    cue: str
    after: str


def _has_other_side(cue: Cue, words: _Words, nouns: tuple[bool, bool], *, is_body: bool) -> bool:
    """Return whether a noun stands where the cue points.

    Weak cues of handing over want one on both sides (or data before, or a body behind, or 向, toward), weak cues of
    joining one behind or two joined before (甲与乙对接, A with B); a word in 至, 到, 给 (to) wants its
    receiver.
    """
    has_before, has_after = nouns
    is_joined = has_before and any(word in words.before for word in _WITH)
    if cue.form == "with" and cue.language == "zh" and not has_before and _NAMED.match(words.after):
        return False
    if cue.strength == "medium":
        return is_joined
    if cue.strength == "toward":
        return has_before and bool(_TOWARD.search(words.before))
    if cue.form == "from":
        return has_after or (has_before and "从" in words.before)  # 从甲归集 (gathered from A)
    if cue.strength == "strong":
        return has_after or (has_before and words.cue[-1] not in "至到给")
    if cue.form == "with":
        return has_after or is_joined
    if has_before and _TOWARD.search(words.before):
        return True
    is_named = is_body or words.after.lstrip("至到给入了").startswith(_particles("level"))
    return has_after and (has_before or is_named or bool(_edges()[2].search(words.before)))


@cache
def _particles(form: str) -> tuple[str, ...]:
    """Return the words of a form that only stand beside a cue, longest first."""
    words = [even(word) for row in links() if row.form == form for word in row.words]
    return tuple(sorted(words, key=len, reverse=True))


def _sides(ground: Ground, hit: Hit, cue: Cue, bounds: tuple[int, int]) -> tuple[str, str]:
    """Return source and receiver as printed; an empty string for what the clause does not say."""
    text_before = ground.text[bounds[0] : hit.start].lstrip()
    before = _side(ground, bounds[0], hit.start, is_before=True)
    after = _side(ground, hit.end, bounds[1], is_before=False)
    if cue.form == "from":
        return _given(before, after)
    if cue.form == "to" and cue.language == "zh":
        is_given = text_before.startswith(_particles("given"))
        return _chinese_sides(before, after, is_given=is_given)
    if cue.form == "to" and " to " in after:  # reported by A to B
        source, _, receiver = after.partition(" to ")
        return source, receiver
    if cue.form == "with" and not after and re.match(r"(?:[0-9]{1,2}[.)])?(?:并)?[与和同]", text_before):
        return "", before
    if cue.form == "with" and not after:
        parts = before.split("与", 1)  # 甲与乙 (A with B) before the cue
        return (parts[0], parts[1]) if len(parts) == 2 else (before, "")
    return before, after


def _given(before: str, after: str) -> tuple[str, str]:
    """Return source and receiver around a verb of gathering: 平台从甲归集 (the platform gathers from A), 归集甲数据."""
    receiver, word, source = before.rpartition("从")
    return (source, receiver) if word and source else (after, before)


def _chinese_sides(before: str, after: str, *, is_given: bool) -> tuple[str, str]:
    """Return source and receiver of 甲上传至乙 (A uploads to B); 甲向乙推送, 接入甲数据 (data of A) are turned."""
    toward = _TOWARD.search(before)
    if toward:
        return before[: toward.start()], before[toward.end() :]
    if is_given:
        return before, after if not _DATA_END.search(after) else ""
    return (after, before) if _DATA_END.search(after) else (before, after)


_TOWARD = re.compile("(?:(?<![单双定方])向|(?<!提)供(?![应电货方给暖水]))(?=.{2})")
"""Toward, not inside 单向 (one-way), 双向 (both ways), 定向 (directed), 方向 (direction); for the use of, not
inside 提供 (provide), 供应 (supply), 供电 (power), 供货 (deliver)."""
_DATA_END = re.compile("(?:数据|资源|视频|图像|流量|画面)(?:等)?$")
"""Data, resources, video, pictures, traffic at the end: what is joined is a source."""


def _side(ground: Ground, start: int, end: int, *, is_before: bool) -> str:
    """Return the words of one side, without the particles around them, the part nearest to the cue."""
    text = ground.text
    while start < end and not text[start].isalnum():
        start += 1
    while end > start and text[end - 1] == " ":
        end -= 1
    lead, tail, _ = _edges()
    found = lead.match(text, start, end)
    start = found.end() if found else start
    found = tail.search(text, start, end)
    end = found.start() if found and found.start() > start else end
    if end - start > _SIDE and is_before:
        space = text.find(" ", end - _SIDE, end)
        start = space + 1 if space >= 0 else end - _SIDE
    elif end - start > _SIDE:
        space = text.rfind(" ", start, start + _SIDE)
        end = space if space > start else start + _SIDE
    left, right = tidy(ground.page.text, start, end)
    return ground.page.text[left:right]


@cache
def _edges() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    """Return particles before a side, particles after it, and words for what is handed on."""
    words = {form: [even(word) for row in links() if row.form == form for word in row.words] for form in _EDGE_FORMS}
    before, after, what = (
        "|".join(_whole(word) for word in sorted(words[form], key=len, reverse=True)) for form in _EDGE_FORMS
    )
    return (
        re.compile(rf"(?:(?:[0-9]{{1,2}}[.)]|{before})[ ]?){{1,6}}"),
        re.compile(rf"(?:[ ]?(?:{after})){{1,4}}$"),
        re.compile(what),
    )


_EDGE_FORMS = ("before", "after", "what")


def _whole(word: str) -> str:
    """Return the pattern of a word, whole where words have spaces; ``*`` stands for an ending."""
    pattern = re.escape(word).replace(r"\*", r"\w{0,8}")
    return rf"\b{pattern}\b" if word[0] < "\u2e80" else pattern


def _finding(notice: Notice, ground: Ground, link: _Link, *, has_capability: bool) -> Finding:
    start, end = tidy(ground.page.text, link.start, link.end)
    span = make_span(notice.file, ground.page, start, end)
    what = _edges()[2].search(ground.text, start, end)
    against = link.against
    if not has_capability:
        against = (*against, "the notice buys no surveillance")
    value = " → ".join(side for side in (link.source, link.receiver) if side) or span.quote
    details: tuple[tuple[str, Scalar], ...] = (
        ("from", link.source or None),
        ("to", link.receiver or None),
        ("what", ground.page.text[what.start() : what.end()] if what else None),
    )
    return Finding(
        finding_id(span, "link", value),
        "link",
        value,
        span,
        notice.id,
        f"link.{link.cue.form}",
        (0.8 if link.cue.strength == "strong" else 0.6) if has_capability else _NO_CAPABILITY_SCORE,
        "withheld" if against else "stated",
        ground.section_at(start),
        (f"words for: {link.cue.gloss}",),
        against,
        details,
    )
