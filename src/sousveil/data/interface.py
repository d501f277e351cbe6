"""Words of the web interface, in English and in Chinese: those of the pages, and sentences of answers."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache

from sousveil.data.load import load_table

LANGUAGES = ("en", "zh")
"""Languages of the interface; of text that is shown, there is no limit."""
_GAP = "{}"
_KEPT = 20_000
"""Sentences that are kept in Chinese: a page has a few hundred, most of them those of the page before."""
_TELLING = 8
"""Characters between two gaps that tell a wording from others; in front of fewer (`{} is {}`) must stand Chinese."""
_GAPPED, _GAPPED_HAN = "(.+?)", r"(.*?[\u3400-\u9fff].*?)"
_LISTED = re.compile(r",? and |, ")


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """Words of the interface; ``{}`` stands for a figure.

    Attributes:
        en: as the templates have them, and their key.
        zh: simplified Chinese.
    """

    en: str
    zh: str


@dataclass(frozen=True, slots=True)
class _Wording:
    """A sentence with gaps: how it is recognised, a piece that it cannot do without, its Chinese."""

    pattern: re.Pattern[str]
    piece: str
    zh: str


@cache
def messages() -> dict[str, str]:
    """Return the Chinese of every English message."""
    return {row.en: row.zh for row in load_table("interface", Message, key=("en",))}


@cache
def sentences() -> dict[str, str]:
    """Return the Chinese of every English sentence of an answer; ``{}`` stands for a figure or a name."""
    return {row.en: row.zh for row in load_table("sentences", Message, key=("en",))}


@cache
def _wordings() -> tuple[_Wording, ...]:
    """Return the sentences with gaps, the longest wording first."""
    found = []
    for en, zh in sorted(sentences().items(), key=lambda item: -len(item[0].replace(_GAP, ""))):
        if _GAP in en:
            pieces = en.split(_GAP)
            is_loose = not pieces[0] and len(pieces) > 2 and len("".join(pieces)) < _TELLING
            first = _GAPPED_HAN if is_loose else _GAPPED
            middle = [first, *([_GAPPED] * (len(pieces) - 2)), ""]
            pattern = re.compile("".join(re.escape(a) + b for a, b in zip(pieces, middle, strict=True)), re.DOTALL)
            found.append(_Wording(pattern, max(pieces, key=len), zh))
    return tuple(found)


def say(language: str, words: str) -> str:
    """Return a message in a language of the interface; words that are no message stay as they are.

    >>> say("zh", "Documents"), say("en", "Documents")
    ('文件', 'Documents')
    """
    return messages().get(words, words) if language == "zh" else words


def retell(language: str, sentence: str) -> str:
    """Return a sentence of an answer in a language of the interface; one that no wording fits stays as it is.

    What stands in the gaps is looked up, too, lists one by one.

    >>> retell("zh", "The call names none of 3 winners."), retell("en", "The call names none of 3 winners.")
    ('采购文件未提到 3 家中标人中的任何一家。', 'The call names none of 3 winners.')
    >>> retell("zh", "The notices at hand do not state the deadline and the method.")
    '现有公告未写明：截止日、采购方式。'
    """
    return _chinese(sentence) if language == "zh" and sentence else sentence


@lru_cache(maxsize=_KEPT)
def _chinese(sentence: str) -> str:
    known = sentences().get(sentence) or messages().get(sentence)
    if known and _GAP not in known:
        return known
    parts = sentence.split("; ")
    told = [_chinese(part) for part in parts] if len(parts) > 1 else []
    if told and all(one != part for one, part in zip(told, parts, strict=True)):
        return "；".join(told)
    for wording in _wordings():
        if wording.piece in sentence and (found := wording.pattern.fullmatch(sentence)):
            return wording.zh.format(*map(_filled, found.groups()))
    return "；".join(told) if told else sentence


def _filled(words: str) -> str:
    """Return what stands in a gap: known words, or a list of them, else as it is."""
    said = _chinese(words)
    if said != words:
        return said
    parts = _LISTED.split(words)
    told = [_chinese(part) for part in parts]
    return "、".join(told) if len(parts) > 1 and all(a != b for a, b in zip(parts, told, strict=True)) else words
