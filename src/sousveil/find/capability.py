"""Finds capabilities: a term of the lexicon, in a section that counts, about people, in the right company.

Every hit is weighed; what argues against it is kept as the reason of a withheld finding.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from sousveil.data.own import SHIPPED, OwnTerms
from sousveil.data.terms import contexts
from sousveil.find.denial import denied
from sousveil.find.firm import in_firm_name
from sousveil.find.function import find_functions
from sousveil.find.ground import Ground, quotation
from sousveil.find.lexicon import Hit, even, lexicon
from sousveil.find.sent import sent_to
from sousveil.find.subject import other_subject
from sousveil.model import COVER, Finding, Notice, Span, finding_id, make_span

MAX_PER_CAPABILITY = 5
"""Places quoted for one capability of one notice: enough to judge it, few enough to read."""

_COUNTING = {"subject": 0, "items": 1, "body": 2}
"""Sections whose words count as a purchase, best evidence first."""

_SCORE = {"strong": 0.9, "described": 0.8, "weak": 0.75}
"""Confidence of a term by strength, before the section: a starting point, to be replaced by the measured share of
confirmed findings once readers have judged enough of them."""
_SECTION_BONUS = {"subject": 0.08, "items": 0.05, "body": 0.0}


@dataclass(frozen=True, slots=True)
class _About:
    """What a notice says of itself, evened: its title, and title and buyer together."""

    title: str
    company: str
    title_span: Span | None
    language: str
    names_capability: bool
    """Whether the title itself holds a term: then it says that watching is bought."""

    def is_title(self, ground: Ground, hit: Hit) -> bool:
        """Return whether the hit stands in the title, which says what is bought wherever it is printed."""
        span = self.title_span
        return span is not None and span.page == ground.page.number and span.start <= hit.start and hit.end <= span.end


@dataclass(frozen=True, slots=True)
class _Weighed:
    """A hit with its section and what argues against it."""

    ground: Ground
    hit: Hit
    section: str
    against: tuple[str, ...]
    is_own_language: bool
    is_title: bool

    def rank(self, words: int, *, is_aside: bool) -> tuple[bool, int, bool, int, int, int, bool, int, int]:
        """Return what sorts the best evidence first.

        The title; then section, what is wanted before what stands already, strength (codes last), how many words of its
        clause say the same, longer terms, the notice's language, page and place.
        """
        term = self.hit.term
        weak = 2 if term.language == "codes" else int(term.strength != "strong")
        length = self.hit.end - self.hit.start
        place = self.ground.page.number, self.hit.start
        section = _COUNTING.get(self.section, 3)
        return not self.is_title, section, is_aside, weak, -words, -length, not self.is_own_language, *place


def find_capabilities(notice: Notice, grounds: tuple[Ground, ...], own: OwnTerms = SHIPPED) -> tuple[Finding, ...]:
    """Return the capabilities that a notice states, best evidence first, and what was withheld.

    ``own`` are the user's terms, looked for beside the shipped ones. At most ``MAX_PER_CAPABILITY`` places are quoted
    for a capability, and as many withheld.
    """
    words = lexicon(own)
    title = _title(notice, grounds)
    buyer = even(notice.buyer.span.quote) if notice.buyer else ""
    about = _About(
        title,
        f"{title}\n{buyer}",
        notice.title.span if notice.title else None,
        notice.language[:2],
        bool(words.scan(title)),
    )
    groups: dict[tuple[str, bool], list[_Weighed]] = {}
    for ground in grounds:
        for hit in (*words.scan(ground.text), *find_functions(ground.text, own.off)):
            if COVER in ground.text[hit.start : hit.end]:  # a description over a covered name cannot be quoted
                continue
            weighed = _weigh(ground, hit, about)
            groups.setdefault((hit.term.capability, bool(weighed.against)), []).append(weighed)
    findings: list[Finding] = []
    headline = _headline(notice, grounds)
    for group in groups.values():
        findings += [_to_finding(notice, weighed, place) for weighed, place in _best(group, headline)]
    return tuple(findings)


def _title(notice: Notice, grounds: tuple[Ground, ...]) -> str:
    """Return the evened title; where none was read, the first line of the notice."""
    if notice.title is not None:
        return even(notice.title.span.quote)
    head = grounds[0].text[:400].strip() if grounds else ""
    return head.split("\n", 1)[0][:160]


def _weigh(ground: Ground, hit: Hit, about: _About) -> _Weighed:
    is_title = about.is_title(ground, hit)
    section = "subject" if is_title else ground.section_at(hit.start)
    low, high = ground.item(hit.start, hit.end)
    against = _against(ground, hit, section, ground.text[low:high], about)
    return _Weighed(ground, hit, section, against, hit.term.language == about.language, is_title)


def _against(ground: Ground, hit: Hit, section: str, near: str, about: _About) -> tuple[str, ...]:
    """Return the first thing that argues the hit away, or nothing."""
    if section not in _COUNTING:
        return (f"section: {section}",)
    friend = hit.entry.unless.standing(ground.text, hit.start, hit.end, near)
    if friend is not None:
        return (f"false friend: {friend}",)
    if hit.term.needs and not _has_company(ground, hit, about.company):
        return ("weak term without company in its clause",)
    if not about.is_title(ground, hit):
        reason = denied(ground.text, hit.start, hit.end) or in_firm_name(ground, hit.start, hit.end)
        receiver = None if reason else _receiving(ground.text, hit) or _receiving_abroad(ground.text, hit)
        if reason or receiver:
            return (reason or f"receives data, is not bought: {receiver}",)
    is_bought = about.names_capability or _is_bought(ground, hit)
    reason = other_subject(near, about.title, hit.term.capability, is_bought=is_bought)
    return (reason,) if reason else ()


_COUNTED = re.compile(
    "[^。;,、\n]{0,12}?[0-9](?:台|套|路|个|处|只|部)|[^。;,、\n]{0,6}(?:采购|安装|改造|维护|维保|升级)"
)
"""A count after a term, or a word of buying and upkeep: purchase, install, convert, maintain, upgrade."""
_BUYING = re.compile(  # purchase, install, add, replace, build, maintain; right before a term
    r"(?:采购(?!人)|安装|新增|增设|更换|建设|改造|维护|购置|(?:install|purchase|maintain|supply)\w{0,9})[^。;,、\n]{0,8}$"
)


def _is_bought(ground: Ground, hit: Hit) -> bool:
    """Return whether the words around a term say that it is bought or kept up."""
    text = ground.text
    return bool(_COUNTED.match(text, hit.end) or _BUYING.search(text, max(0, hit.start - 24), hit.start))


_RECEIVERS = frozenset(("data_fusion_dossier", "smart_community_grid", "id_checkpoint"))
"""Leaves whose terms are names of platforms, centres and handsets, which many purchases send their data to."""
_SENT_TO = re.compile(  # upload, report, push, send back, gather into, pass on, synchronise; to
    "(?:上传|上报|推送|报送|回传|汇入|汇聚[至到]|传输[至到]|共享[至给]|同步[至到]|传[至到]|接入)[^,。;、\n]{0,16}$"
)
_SHARED = re.compile(  # with X … join, share, cascade, synchronise
    "[^,。;、\n]{0,8}(?:对接|共享|级联|互联|互通|同步|贯通|联通)"
)
_JOINED_WITH = re.compile("(?:与|和|同|向)[^,。;、\n]{0,14}$")


def _receiving(text: str, hit: Hit) -> str | None:
    """Return the words that make a named platform the receiver of data, or None."""
    if hit.term.capability not in _RECEIVERS:
        return None
    sent = _SENT_TO.search(text, max(0, hit.start - 24), hit.start)
    if sent:
        return text[sent.start() : hit.end]
    joined = _JOINED_WITH.search(text, max(0, hit.start - 16), hit.start)
    shared = _SHARED.match(text, hit.end, hit.end + 24) if joined else None
    return text[joined.start() : shared.end()] if joined and shared else None


def _receiving_abroad(text: str, hit: Hit) -> str | None:
    """Return the words that make a named platform the receiver of data, in a language with spaces, or None."""
    return sent_to(text, hit.start) if hit.term.capability in _RECEIVERS else None


def _has_company(ground: Ground, hit: Hit, company: str) -> bool:
    """Return whether a weak term has a word it needs, in its clause or, for words of police, in title or buyer."""
    low, high = ground.clause(hit.start, hit.end)
    inside = ground.text[hit.start : hit.end] if hit.term.strength == "described" else "\x00"
    clause = ground.text[low : hit.start] + inside + ground.text[hit.end : high]
    needs = hit.entry.needs
    if needs.standing(ground.text, hit.start, hit.end, clause):
        return True
    about = company.replace(ground.text[hit.start : hit.end], "\x00")  # the term is no company for itself
    return any(word in about for word in needs.words if word in _police())


@cache
def _police() -> frozenset[str]:
    return frozenset(even(word) for word in contexts()["police"])


def _best(group: list[_Weighed], headline: tuple[int, int]) -> list[tuple[_Weighed, tuple[int, int]]]:
    """Return the best hits of one capability, each with its clause; no clause is quoted twice, nor a mere part.

    The title comes first; of clauses of one section those with strong terms, then those that say it in more words. The
    headline of a report (page, end) comes after the sentences that say how many of what.
    """
    clauses = [(weighed, quotation(weighed.ground, weighed.hit.start, weighed.hit.end)) for weighed in group]
    words: dict[tuple[int, int], set[str]] = {}
    for weighed, (start, _) in clauses:
        said = weighed.ground.text[weighed.hit.start : weighed.hit.end]
        words.setdefault((weighed.ground.page.number, start), set()).add(said)
    clauses.sort(
        key=lambda pair: pair[0].rank(
            len(words[pair[0].ground.page.number, pair[1][0]]), is_aside=_is_aside(pair[0].ground, pair[1], headline)
        )
    )
    chosen: list[tuple[_Weighed, tuple[int, int]]] = []
    letters: list[str] = []
    for weighed, (start, end) in clauses:
        said = _NO_LETTERS.sub("", weighed.ground.text[start:end])
        if any(said in other or (other in said and len(other) >= _MOST * len(said)) for other in letters):
            continue
        chosen.append((weighed, (start, end)))
        letters.append(said)
        if len(chosen) == MAX_PER_CAPABILITY:
            break
    return chosen


_STANDING = re.compile(  # was built, has been installed, is there, at present, since …; words of other languages
    r"已建|已于|已经?(?:建成|建设|安装|实现|部署|接入|完成|投入|形成|开通)|现有|目前|原有|现状|前期建|一期(?:已|建成)|(?:从|自)[12]\d{3}年"
    r"|\b(?:existing|currently|already|since (?:19|20)\d\d|at present|existentes?|actualmente"
    r"|ya (?:cuenta|tiene|dispone)|existante?s?|actuellement|d[ée]j[àa]"
    r"|bestehende\w{0,2}|vorhandene\w{0,2}|derzeit|bereits|имеющ\w+|существующ\w+|уже)\b"
)
"""What the buyer has is no evidence of what it buys, as long as there is another place."""
_CHANGED = re.compile(  # extend (to), add, upgrade, convert, replace, renew; words of other languages
    r"扩[至容展充建]|新增|增加|升级|改造|更换|更新|维护|维保|运维"
    r"|\b(?:extend|expan|upgrad|replac|renew|maint|ampli|sustitu|renov|mantenim|[ée]tend|remplac|erweiter|ersetz|wartung"
    r"|расшир|модерниз|замен|обслужив)"
)
"""What becomes of what stands already is wanted."""
_MAX_HEADLINE = 160
"""Characters of a first line that may be a headline."""


def _is_aside(ground: Ground, place: tuple[int, int], headline: tuple[int, int]) -> bool:
    """Return whether a clause tells what stands already, or is the headline of a report."""
    page, end = headline
    is_standing = _STANDING.search(ground.text, *place) is not None and not _CHANGED.search(ground.text, *place)
    return is_standing or (ground.page.number == page and place[1] <= end)


def _headline(notice: Notice, grounds: tuple[Ground, ...]) -> tuple[int, int]:
    """Return page and end of the first line of a notice without a title (a report); nought twice where none is."""
    if notice.title is not None or not grounds:
        return 0, 0
    end = grounds[0].text.find("\n")
    return (grounds[0].page.number, end) if 0 < end <= _MAX_HEADLINE else (0, 0)


_NO_LETTERS = re.compile(r"[\W_]+")
_MOST = 0.6
"""Share of a clause that another must hold to make it a repetition: the title with a heading, a number, an ending."""


def _to_finding(notice: Notice, weighed: _Weighed, place: tuple[int, int]) -> Finding:
    term = weighed.hit.term
    span = make_span(notice.file, weighed.ground.page, *place)
    return Finding(
        id=finding_id(span, "capability", term.capability),
        kind="capability",
        value=term.capability,
        span=span,
        notice=notice.id,
        rule=f"{term.language}:{term.term}",
        score=round(
            _SCORE["weak" if term.language == "codes" else term.strength] + _SECTION_BONUS.get(weighed.section, 0.0), 2
        ),
        state="withheld" if weighed.against else "stated",
        section=weighed.section,
        reasons_for=(f"{term.term}: {term.gloss} ({term.source})", f"section: {weighed.section}"),
        reasons_against=weighed.against,
    )
