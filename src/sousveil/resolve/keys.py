"""Keys under which notices of one purchase are looked for: whoever shares one is compared, nobody else.

Every key is specific by its making: a short number stands with its buyer, a word of a title with its buyer, a band of a
fingerprint with kind, week, sums and deadline. ``connected`` puts notices into sets that share no key with one another;
each can be stitched by itself, on any day, in any process.
"""

from __future__ import annotations

import hashlib
import re
import zlib
from collections.abc import Iterable, Mapping

from sousveil.resolve.copies import bands
from sousveil.resolve.numbers import SPECIFIC, Number, weight
from sousveil.resolve.summary import Summary
from sousveil.resolve.traits import Traits, traits_of

_LONG_TITLE = 8
"""Telling pairs of characters, or words, of a title that is looked for without its buyer."""
_WORDS = 3
"""Words of a title, those with the smallest hashes, that are keys with the buyer."""
_ROUND = 5
"""Digits, zeros at the end left out, of a sum that is a key: 1,234,500 is one, 1,200,000 is not."""
_MADE = re.compile(r"(.*\d)(?:ht|hto?ng|合同)\d{0,3}$")
"""A contract's number made from the project's: with HT (合同, contract) and a serial behind it."""
_SECTION = 18
"""Characters of a project's code on national platforms, to which three digits are added for each section."""


def keys_of(summary: Summary) -> tuple[str, ...]:
    """Return the keys of a notice, sorted; notices that can be one purchase share at least one.

    >>> one = Summary("a", "tender", ("HYGP-2024-0151",), "视频监控采购项目", buyer="临江县公安局")
    >>> other = Summary("b", "contract", ("ＨＹＧＰ〔2024〕0151号",), "合同")
    >>> sorted(set(keys_of(one)) & set(keys_of(other)))
    ['n:aab4a7ba88ff']
    """
    return keys_of_traits(traits_of(summary))


def keys_of_traits(traits: Traits) -> tuple[str, ...]:
    """Return the keys of a notice whose traits are known."""
    return tuple(sorted({*_number_keys(traits), *_title_keys(traits), *_sum_keys(traits), *_copy_keys(traits)}))


def _key(kind: str, *parts: str) -> str:
    return f"{kind}:{hashlib.blake2b('|'.join(parts).encode(), digest_size=6).hexdigest()}"


def _number_keys(traits: Traits) -> Iterable[str]:
    for number in (*traits.numbers, *traits.related):
        for text in _spellings(number):
            if number.is_specific:
                yield _key("n", text)
            else:
                yield from _with_company(traits, text)
    if traits.contract:
        is_specific = weight(traits.contract) >= SPECIFIC
        yield _key("c", traits.contract) if is_specific else _key("c", traits.contract, traits.buyer)
        yield from (_key("n", start) for start in _starts(traits.contract))


def _starts(contract: str) -> tuple[str, ...]:
    """Return what a contract's number may have been made from: the number of the project, the word HT, a serial."""
    match = _MADE.match(contract)
    return (match[1],) if match and weight(match[1]) >= SPECIFIC else ()


def _spellings(number: Number) -> tuple[str, ...]:
    base = number.base
    if len(base) >= _SECTION and base[-3:].isdigit() and base[-3:-1] == "00":
        return base, base[:-3]
    return (base,) if base == number.stem else (base, number.stem)


def _with_company(traits: Traits, text: str) -> Iterable[str]:
    if traits.buyer:
        yield _key("b", text, traits.buyer)
    if traits.title.full:
        yield _key("k", text, traits.title.full)


def _title_keys(traits: Traits) -> Iterable[str]:
    title = traits.title
    if not title.core:
        return
    if len(title.grams) >= _LONG_TITLE:
        yield _key("t", title.full)
    if traits.buyer:
        yield _key("u", title.core, traits.buyer)
        for gram in sorted(title.grams, key=_spread)[:_WORDS]:
            yield _key("w", gram, traits.buyer)


def _spread(gram: str) -> int:
    """Return a number that is the same for a word on every machine, and in no order of the alphabet."""
    return zlib.crc32(gram.encode())


def _sum_keys(traits: Traits) -> Iterable[str]:
    summary = traits.summary
    for value in {summary.award, *(part.award for part in summary.lots)} - {None}:
        if _is_telling(value):
            for name in traits.suppliers:
                yield _key("a", f"{value:.2f}", name)
    if traits.buyer:
        for value in {summary.budget, summary.ceiling} - {None}:
            if _is_telling(value):
                yield _key("m", f"{value:.2f}", traits.buyer)


def _is_telling(value: float | None) -> bool:
    return value is not None and len(f"{value:.2f}".replace(".", "").strip("0")) >= _ROUND


def _copy_keys(traits: Traits) -> Iterable[str]:
    """Yield bands of the fingerprint, each with sums and deadline, else a word of the title, that a copy has, too.

    Alone, bands would tie buyers of one portal together: its boilerplate is half of each text.
    """
    summary = traits.summary
    values = f"{summary.deadline}{summary.budget or ''}{summary.award or ''}"
    values = values or min(traits.title.grams, key=_spread, default="")
    for place, band in enumerate(bands(summary.fingerprint)):
        yield _key("f", traits.kind, str(traits.day // 7), values, str(place), band.hex())


def connected(keys: Mapping[str, Iterable[str]]) -> tuple[tuple[str, ...], ...]:
    """Return notices in sets that share no key with one another, given the keys of each; sorted.

    >>> connected({"a": ["n:1"], "b": ["n:1", "t:2"], "c": ["t:2"], "d": ["n:9"]})
    (('a', 'b', 'c'), ('d',))
    """
    roots: dict[str, str] = {notice: notice for notice in keys}
    first: dict[str, str] = {}
    for notice, found in keys.items():
        for key in found:
            other = first.setdefault(key, notice)
            if other != notice:
                one, two = sorted((_root(roots, notice), _root(roots, other)))
                roots[two] = one
    groups: dict[str, list[str]] = {}
    for notice in sorted(roots):
        groups.setdefault(_root(roots, notice), []).append(notice)
    return tuple(sorted(tuple(group) for group in groups.values()))


def _root(roots: dict[str, str], notice: str) -> str:
    while roots[notice] != notice:
        roots[notice] = roots[roots[notice]]
        notice = roots[notice]
    return notice
