"""What an end of a link means: a system, an institution, a kind of body at a place, or nothing that can be told.

The words of an end are short and loose (省厅情报平台; 前端点位; Jefatura de Policía Local). They are tried in this
order: a person is no end; an institution by its name; a system that the table of named systems has; a platform with an
owner; a kind of body; what the notice itself buys. Everything else is left unresolved.
"""

from __future__ import annotations

import base64
import hashlib
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from typing import Literal

from sousveil.data.cues import NamedSystem, systems
from sousveil.data.end_words import BodyPart, BodyWords, body_words
from sousveil.model import COVER
from sousveil.resolve.stated import Stated
from sousveil.resolve.whereabouts import Where, own_place, where
from sousveil.text.fold import fold, is_han

_TRIM = " ,.;:·-—、，。；：()[]\"'“”|"
_TAILS = re.compile(r"(?:等|的|进行|实现|统一|实时|数据|信息)+$")  # and so on, of, carry out, uniformly, live, data
_VERBS = re.compile(r"实现|进行|开展|并且|从而")  # realise, carry out, and, so that: no part of a name
_PROVINCE = re.compile(r"^[\u4e00-\u9fff]{2,7}?(?:省|自治区)(?=[\u4e00-\u9fff]{2,6}[市县区州盟旗])")
"""A province before the place of a name; it is left out, for other notices print the name without it."""
_LEAST_NAME = 2
"""Chinese characters that must be left of a name without general words, where it has no owner: 经侦基础库."""
_LONGEST_NAME = 40
"""Characters of a name of a system; longer words are a sentence."""


@dataclass(frozen=True, slots=True)
class End:
    """One end of a flow."""

    id: str
    kind: Literal["system", "institution", "body"]
    title: str
    place: str = ""
    programme: str = ""
    body: str = ""
    """Kind of body, for bodies."""
    is_own: bool = False
    """Whether it is what the notice buys, or the buyer."""
    is_stated: bool = True
    """False where no words name it: then it is the notice's own."""


def plain(words: str) -> str:
    """Return words folded and without accents, one character for one.

    >>> plain("Policía"), plain("視訊平台")
    ('policia', '视讯平台')
    """
    return "".join(unicodedata.normalize("NFKD", char)[0] for char in fold(words))


def end_of(words: str, stated: Stated, institutions: Mapping[str, str], *, is_other: bool = True) -> End | None:
    """Return what the words of one side mean, or None where it cannot be told.

    Args:
        words: the side as printed; empty words mean what the notice buys.
        stated: the link.
        institutions: id by plain name of the institutions that are known.
        is_other: whether this is the side that the link's word points to; a platform without an owner's name on the
            other side is the one that the notice buys.
    """
    text = _VERBS.split(plain(words))[0].strip(_TRIM)
    if COVER in words or _is_person(text) or _has("vague", text) or '"' in text:
        return None
    own = own_place(plain(stated.buyer), stated.place)
    if not text:
        return _own(stated, own)
    if text in institutions:
        return End(institutions[text], "institution", words.strip(_TRIM))
    at = where(text, own, stated.place)
    return (
        named_system(text, at)
        or _platform(text, words.strip(_TRIM)[: len(text)], at, is_other=is_other)
        or (_own(stated, own, is_stated=True) if stated.buyer and plain(stated.buyer) in text else None)
        or _body(text, at)
        or (_own(stated, own, is_stated=True) if _has("own", text) else None)
    )


def named_system(text: str, at: Where, only: str = "") -> End | None:
    """Return the system of the table that plain words name, at a place; None where none is named.

    Args:
        text: plain words.
        at: the place they mean.
        only: the one row that counts.
    """
    row = next((row for word, row in _system_words() if word in text and only in {"", row.system}), None)
    if row is None:
        return None
    if not row.has_instances or not at.key:
        return End(row.system, "system", row.title, "", row.system)
    return End(f"{row.system}@{at.key}", "system", f"{row.title}, {at.title}", at.code, row.system)


@cache
def _system_words() -> tuple[tuple[str, NamedSystem], ...]:
    """Return the words of named systems, longest first."""
    pairs = [(plain(word).rstrip("*"), row) for row in systems() for word in row.words]
    return tuple(sorted(pairs, key=lambda item: (-len(item[0]), item[0], item[1].system)))


def _platform(text: str, printed: str, at: Where, *, is_other: bool) -> End | None:
    """Return the platform, database or centre that an owner's name stands before (市公安局大数据平台)."""
    if not any(map(is_han, text)):
        return _register(text, printed, at)
    store = _last("store", text)
    if store is None or len(text) > _LONGEST_NAME or not at.key:
        return None
    end, word = store
    name = text[:end]
    owner = _first_body(name[: end - len(word)]) or _level(name[: end - len(word)])
    rest = name[owner[0] :] if owner else name
    is_named = owner is not None or (is_other and _has_proper_name(name[: end - len(word)]))
    if not is_named or rest == "" or len(name) - len(word) < 2:
        return None
    kind = owner[1].kind if owner else ""
    key = f"{at.key}|{kind}|{rest}"
    return End(_hash(key), "system", printed[:end] if len(printed) == len(text) else printed, at.code)


def _has_proper_name(name: str) -> bool:
    """Return whether more than general words (data, management, remote, comprehensive) stands before a store's word."""
    general = "|".join(re.escape(word) for word, _ in body_words("general"))
    return len(re.sub(general, "", name)) >= _LEAST_NAME


def _register(text: str, printed: str, at: Where) -> End | None:
    """Return the database or register that words in letters name with more than that one word."""
    has_name = any(word in text and len(text) > len(word) + 3 for word, _ in body_words("register"))
    if not has_name or not at.key or len(text) > 2 * _LONGEST_NAME:
        return None
    name = re.sub(r"^(?:the|el|la|le|les|los|der|die|das|dem|den|il|o|a) ", "", text)
    return End(_hash(f"{at.key}||{name}"), "system", printed, at.code)


def _level(text: str) -> tuple[int, BodyWords] | None:
    """Return where a word for a rank ends in the head of a name (省, 全市, 州), and its row."""
    return next(((text.find(word) + len(word), row) for word, row in body_words("level") if word in text), None)


def _first_body(text: str) -> tuple[int, BodyWords] | None:
    """Return where the words for a kind of body end, and their row; the last one in the words counts."""
    found = [(text.rfind(word) + len(word), len(word), row) for word, row in body_words("kind") if word in text]
    best = max(found, key=lambda item: (item[0], item[1]), default=None)
    if best is None:
        return None
    end = best[0]
    following = re.match(
        r"[厅局署委会部]{1,2}(?:[\u4e00-\u9fff]{2,4}分局)?", text[end:]
    )  # department, bureau, committee
    return end + (following.end() if following else 0), best[2]


def _body(text: str, at: Where) -> End | None:
    """Return the kind of body that words name, at a place."""
    rows = [row for word, row in body_words("level") if row.kind and word in text]
    found = _first_body(text)
    kind = found[1].kind if found else rows[0].kind if rows else ""
    if not kind or not at.key:
        return None
    return End(f"{kind}@{at.key}", "body", f"{kind}, {at.title}", at.code, "", kind)


def _own(stated: Stated, own: Where, *, is_stated: bool = False) -> End | None:
    """Return what the notice buys, as far as its title names it: a system, else the buyer."""
    title = plain(stated.title)
    at = own if own.key else Where(stated.place)
    system = named_system(title, at) or _titled(title, stated, at)
    buyer = _body(plain(stated.buyer), at)
    if system is None and stated.institution:
        system = End(stated.institution, "institution", stated.buyer, at.code)
    found = system or buyer
    return None if found is None else replace(found, is_own=True, is_stated=is_stated)


def _titled(title: str, stated: Stated, at: Where) -> End | None:
    """Return the platform that a title names before its words for building and buying."""
    tails = "|".join(re.escape(word) for word, _ in body_words("tail"))
    stores = "|".join(
        re.escape(word) for word, row in body_words("store") if is_han(word[0]) and word not in "库云工程"
    )
    match = re.match(rf"([\u4e00-\u9fff0-9a-z-]{{2,{_LONGEST_NAME}}}?(?:{stores}))(?={tails}|$)", title)
    if match is None or not at.key:
        return None
    name = _PROVINCE.sub("", match[1])
    buyer = _PROVINCE.sub("", plain(stated.buyer))
    rest = name.removeprefix(buyer) if buyer else name
    if rest in {word for word, _ in body_words("store")}:
        return None
    key = f"{at.key}|{stated.institution or buyer}|{rest}"
    return End(_hash(key), "system", stated.title[len(match[1]) - len(name) : len(match[1])], at.code)


def _is_person(text: str) -> bool:
    """Return whether words mean people: they end in a word for them, or hold one and name no body, store or data."""
    if any(text.endswith(word) for word, row in body_words("own") if row.language == "zh"):
        return False  # photographs of people are data
    head = _TAILS.sub("", text)
    people = [
        word for word, row in body_words("person") if (word in head if row.language == "zh" else _whole(word, head))
    ]
    if not people:
        return False
    return any(head.endswith(word) for word in people) or not (_last("store", text) or _first_body(text))


def is_adverbial(words: str) -> bool:
    """Return whether words name neither a body, a store, data nor people: 命中后3秒内 (within 3 s after a hit)."""
    text = plain(words).strip(_TRIM)
    return COVER not in words and not any(_has(part, text) for part in ("kind", "store", "own", "person", "vague"))


def _has(part: BodyPart, text: str) -> bool:
    return any(word in text for word, _ in body_words(part))


def _whole(word: str, text: str) -> bool:
    return re.search(rf"\b{re.escape(word)}", text) is not None


def _last(part: BodyPart, text: str) -> tuple[int, str] | None:
    """Return the end of the last word of a part, and the word; the longest where several end there."""
    found = [(text.rfind(word) + len(word), word) for word, _ in body_words(part) if word in text]
    return max(found, key=lambda item: (item[0], len(item[1])), default=None)


def _hash(key: str) -> str:
    """Return the id of a system that only notices name: 13 base32 characters of the SHA-256 of place, owner, name."""
    return "s-" + base64.b32encode(hashlib.sha256(key.encode()).digest()[:8]).decode("ascii").lower().rstrip("=")
