"""Flows of data: who gives which data to whom, from links whose two ends can be told."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache

from sousveil.data.bodies import body_words
from sousveil.data.cues import data_categories, links
from sousveil.data.denials import denials
from sousveil.model import Flow
from sousveil.resolve.ends import End, end_of, plain
from sousveil.resolve.stated import Stated

_FORMS = ("to", "from", "with")
_NOT_REACH = 6
"""Characters before a word of a link in which a word for not denies it: 不得与…共享, 暂不接入."""


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
    """Every end with the link that states it and its words."""
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
        source, target = end_of(link.source, link, institutions), end_of(link.target, link, institutions)
        if word is None or source is None or target is None or source.id == target.id or not _is_said(source, target):
            unresolved.add(link.finding)
            continue
        first, second = (source, target) if not link.is_joined else sorted((source, target), key=lambda end: end.id)
        flow = gathered.setdefault((first.id, second.id, link.is_joined), _Gathered())
        flow.data.update(_categories(link.quote))
        flow.findings.add(link.finding)
        flow.words.update([word] if word else [])
        flow.what.update([link.what] if link.what else [])
        flow.is_source_stated |= source.is_stated
        ends += [(source, link, link.source), (target, link, link.target)]
    return Flows(
        tuple(_flow(key, flow) for key, flow in sorted(gathered.items())), tuple(ends), tuple(sorted(unresolved))
    )


def _is_said(source: End, target: End) -> bool:
    """Return whether at least one end is named by the words."""
    return source.is_stated or target.is_stated


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
    found = [(text.find(word), -len(word), word) for word in _link_words() if word in text]
    for row in denials():
        if row.kind in {"not", "list"} and any(word in text for word in row.words):
            return None
    if not found:
        return ""
    outside = [item for item in found if not _inside_end(item, link)] or found
    at, _, word = min(outside, key=lambda item: (item[1], item[0]))
    before = text[max(0, at - _NOT_REACH) : at]
    if any(no in before or (no in text[:at] and no.strip().isascii() is not False) for no in _denying(text)):
        return None
    return word


def _inside_end(found: tuple[int, int, str], link: Stated) -> bool:
    return any(found[2] in plain(side) for side in (link.source, link.target) if side)


def _denying(text: str) -> tuple[str, ...]:
    """Return the words for not, of the language that a text is written in."""
    is_chinese = re.search(r"[\u4e00-\u9fff]", text) is not None
    return tuple(word for word, row in body_words("not") if (row.language == "zh") is is_chinese)


@cache
def _link_words() -> tuple[str, ...]:
    return tuple(dict.fromkeys(plain(word).rstrip("*") for row in links() if row.form in _FORMS for word in row.words))


def _categories(quote: str) -> list[str]:
    """Return the categories of personal data that words name."""
    text = plain(quote)
    found = []
    for row in data_categories():
        words = [plain(word).rstrip("*") for word in row.words]
        hit = any(
            word in text if row.language.startswith("zh") else re.search(rf"\b{re.escape(word)}", text)
            for word in words
        )
        is_clear = all(word.replace("~", "") not in text for word in row.unless if "~" not in word)
        if hit and is_clear and (not row.needs or any(plain(word) in text for word in row.needs)):
            found.append(row.category)
    return found
