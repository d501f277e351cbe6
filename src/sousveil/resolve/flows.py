"""Flows of data: who gives which data to whom, from links whose two ends can be told."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache, lru_cache

from sousveil.data.cues import data_categories, links
from sousveil.data.denials import denials
from sousveil.data.end_words import body_words
from sousveil.model import Flow
from sousveil.resolve.ends import End, end_of, is_adverbial, plain
from sousveil.resolve.stated import Stated

_Words = tuple[str, ...]

_FORMS = ("to", "from", "with")
_NOT_REACH = 6
"""Characters before a word of a link in which a word for not denies it: 不得与…共享, 暂不接入."""
_LIST = re.compile(r"[、;；]|(?<=[局委厅院部])[和及与](?=[\u4e00-\u9fff])")
"""Marks between the members of a list, and 和, 及, 与 (and) between bodies."""
_BY_WAY_OF = re.compile(r"(?<=[数据图像视频画面记录果息])(?:经|通过|按)(?=.{2})")
"""By way of, through, according to, behind a word for data: what follows is no giver."""
_Named = tuple[End, str]
"""An end, and the words that name it; empty where none do."""


@dataclass(slots=True)
class _Gathered:
    data: set[str] = field(default_factory=set)
    findings: set[str] = field(default_factory=set)
    words: set[str] = field(default_factory=set)
    what: set[str] = field(default_factory=set)
    is_source_stated: bool = False


@dataclass(frozen=True, slots=True)
class Flows:
    """Flows, the ends they have, and the findings whose ends could not be told."""

    flows: tuple[Flow, ...]
    ends: tuple[tuple[End, Stated, str], ...]
    """Every end with the link that states it, and the words that name it."""
    unresolved: tuple[str, ...]


def resolve_flows(stated: Iterable[Stated], institutions: Mapping[str, str]) -> Flows:
    """Return the flows that links state; the order of the input does not matter.

    A link is left out, and told as unresolved, where its words deny it, where an end is a person or cannot be told, and
    where both ends are one.

    Args:
        stated: links; other kinds are passed over.
        institutions: id by plain name of the institutions that are known.
    """
    gathered: dict[tuple[str, str, bool], _Gathered] = {}
    ends: list[tuple[End, Stated, str]] = []
    unresolved: set[str] = set()
    for link in sorted(item for item in set(stated) if item.kind == "link"):
        word = _word(link)
        pairs = [] if word is None else _pairs(link, institutions)
        if not pairs:
            unresolved.add(link.finding)
        for source, target in pairs:
            _gather(gathered, link, word or "", source[0], target[0])
            ends += [(end, link, words) for end, words in (source, target)]
    flows = tuple(_flow(key, flow) for key, flow in sorted(gathered.items()))
    return Flows(flows, tuple(ends), tuple(sorted(unresolved)))


def _pairs(link: Stated, institutions: Mapping[str, str]) -> list[tuple[_Named, _Named]]:
    """Return the pairs of ends that a link joins: each of a list of sources with each of a list of targets."""
    sources = _ends(link.source, link, institutions, may_be_adverbial=link.form != "from")
    targets = _ends(link.target, link, institutions, may_be_adverbial=link.form == "from")
    return [
        (source, target)
        for source in sources
        for target in targets
        if source[0].id != target[0].id and (source[0].is_stated or target[0].is_stated)
    ]


def _ends(words: str, link: Stated, institutions: Mapping[str, str], *, may_be_adverbial: bool) -> list[_Named]:
    """Return the ends that one side names, one for each of a list; those that cannot be told are passed over."""
    if may_be_adverbial and words and is_adverbial(words) and plain(words) not in institutions:
        words = ""
    parts = [part for part in _LIST.split(_giver(_widened(words, link.quote))) if part] or [words]
    found: dict[str, _Named] = {}
    for part in parts:
        end = end_of(part, link, institutions, is_other=not may_be_adverbial)
        if end is not None:
            found.setdefault(end.id, (end, "" if end.is_own else part))
    return list(found.values())


def _widened(words: str, quote: str) -> str:
    """Return one side with the rank that stands before it in the quotation and was read as part of the link's word.

    >>> _widened("公安厅缉查布控系统", "数据上传省公安厅缉查布控系统")
    '省公安厅缉查布控系统'
    """
    before = quote[: quote.find(words)] if words else ""
    rank = next((word for word, row in body_words("level") if before.endswith(word) and row.language == "zh"), "")
    return rank + words


def _giver(words: str) -> str:
    """Return what gives in a side with words for by whom and by way of what: 数据由甲 is 甲, 图像经乙 is 图像.

    >>> _giver("数据由物业系统"), _giver("图像经视频专网"), _giver("经侦平台")
    ('物业系统', '图像', '经侦平台')
    """
    by = words.rpartition("由")[2]
    return _BY_WAY_OF.split(by)[0] or by


def _gather(
    gathered: dict[tuple[str, str, bool], _Gathered], link: Stated, word: str, source: End, target: End
) -> None:
    is_mutual = link.form == "with"
    first, second = sorted((source.id, target.id)) if is_mutual else (source.id, target.id)
    flow = gathered.setdefault((first, second, is_mutual), _Gathered())
    flow.data.update(_categories(link.quote))
    flow.findings.add(link.finding)
    flow.words.update([word] if word else [])
    flow.what.update([link.what] if link.what else [])
    flow.is_source_stated |= source.is_stated


def _flow(key: tuple[str, str, bool], flow: _Gathered) -> Flow:
    source, target, is_mutual = key
    return Flow(
        source,
        target,
        tuple(sorted(flow.data)),
        tuple(sorted(flow.findings)),
        tuple(sorted(flow.words)),
        tuple(sorted(flow.what)),
        is_mutual=is_mutual,
        is_source_stated=flow.is_source_stated,
    )


def _word(link: Stated) -> str | None:
    """Return the word that states a link, empty where none is found again, or None where the words deny it."""
    text = plain(link.quote)
    if any(word in text for row in denials() if row.kind in {"not", "list"} for word in row.words):
        return None
    found = [(-len(word), text.find(word), word) for word in _link_words(link.form) if word in text]
    outside = [item for item in found if not _is_inside_end(item[2], link)] or found
    if not outside:
        return ""
    _, at, word = min(outside)
    before = text[max(0, at - _NOT_REACH) : at]
    if any(no in before for no in _denying(text)):
        return None
    return word.rstrip("省市县") if len(word) > 2 else word  # 上传省: the rank belongs to the receiver


def _is_inside_end(word: str, link: Stated) -> bool:
    return any(word in plain(side) for side in (link.source, link.target) if side)


def _denying(text: str) -> tuple[str, ...]:
    """Return the words for not, of the script that a text is written in."""
    is_chinese = re.search(r"[\u4e00-\u9fff]", text) is not None
    return tuple(word for word, row in body_words("not") if (row.language == "zh") is is_chinese)


@cache
def _link_words(form: str) -> tuple[str, ...]:
    rows = [row for row in links() if row.form == form or (form not in _FORMS and row.form in _FORMS)]
    return tuple(dict.fromkeys(plain(word).rstrip("*") for row in rows for word in row.words))


@lru_cache(maxsize=1 << 14)
def _categories(quote: str) -> tuple[str, ...]:
    """Return the categories of personal data that words name."""
    text = plain(quote)
    return tuple(
        category
        for category, language, words, unless, needs in _category_words()
        if any(_stands(word, text, language) for word in words)
        and not any(word in text for word in unless)
        and (not needs or any(word in text for word in needs))
    )


@cache
def _category_words() -> tuple[tuple[str, str, _Words, _Words, _Words], ...]:
    """Return each row of categories with its language, its words, and those that must not and must stand beside."""
    return tuple(
        (
            row.category,
            row.language,
            tuple(plain(word).rstrip("*") for word in row.words),
            tuple(plain(word) for word in row.unless if "~" not in word),
            tuple(plain(word) for word in row.needs),
        )
        for row in data_categories()
    )


def _stands(word: str, text: str, language: str) -> bool:
    """Return whether a word stands in a text, at the beginning of a word where words have spaces."""
    if language.startswith("zh"):
        return word in text
    return re.search(rf"\b{re.escape(word)}", text) is not None
