"""The tables of names and labels, compiled once: sets for looking up, patterns for what may follow."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

import ahocorasick_rs as ac

from sousveil.data.divisions import divisions
from sousveil.data.person_labels import person_labels
from sousveil.data.person_stops import person_stops
from sousveil.data.surnames import name_characters
from sousveil.model import COVER
from sousveil.text.fold import fold

HAN = "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U000323af"


@dataclass(frozen=True, slots=True)
class Label:
    """One label as the automaton finds it: what it covers and how sure it is."""

    text: str
    kind: str
    strength: str
    language: str
    is_panel: bool
    needs_edges: bool
    """Whether it is written with letters and must not stand inside a longer word."""


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Everything the finders of names look up."""

    labels: tuple[Label, ...]
    passed: frozenset[int]
    """Places of the decoys among the labels: they announce nobody."""
    automaton: ac.AhoCorasick
    spaced: re.Pattern[str]
    """Labels whose characters stand apart: ``联 系 人``."""
    by_text: dict[str, Label]
    surnames: frozenset[str]
    rare_surnames: frozenset[str]
    compounds: frozenset[str]
    free: re.Pattern[str]
    """A run of two to four characters that begins like a name, no letter before or behind it, covered ones neither."""
    brands: frozenset[str]
    """Surnames that brands and shops begin with as often: a free word that begins so is no name."""
    places: frozenset[str]
    """Names of divisions of China without what they are (县, 市): 石家庄."""
    dotted: re.Pattern[str]
    """A transcribed name: two parts of characters of such names, with a dot between them."""
    whole: frozenset[str]
    """Transcribed names of two characters: 扎西, 旺堆."""
    lone: frozenset[str]
    given: frozenset[str]
    frequent: frozenset[str]
    """Those that most given names are made of: where nothing announces a name, it must be made of them alone."""
    minority: frozenset[str]
    values: frozenset[str]
    starts: frozenset[str]
    ends: frozenset[str]
    middles: frozenset[str]
    particles: frozenset[str]
    """Those of ``middles`` that no name holds whatever stands before it."""
    titles: re.Pattern[str]
    after_names: frozenset[str]
    """Words directly after a name: X主持 (X chairs), X会计 (accountant X)."""
    short_titles: frozenset[str]
    follow: re.Pattern[str]
    tail: re.Pattern[str]
    copula: re.Pattern[str]
    institution: re.Pattern[str]
    institution_ends: frozenset[str]
    trader_ends: tuple[str, ...]
    columns: frozenset[str]
    latin_values: frozenset[str]
    latin_institutions: frozenset[str]


def _any(words: Iterable[str]) -> str:
    """Return an alternation of words, the longest first."""
    return "|".join(re.escape(word) for word in sorted(words, key=lambda word: (-len(word), word)))


def _parted(label: str) -> str:
    """Return a pattern of the label with a blank in one place at least: 联 系 人, 联系 人."""
    blank, perhaps = r"[ \t]{1,8}", r"[ \t]{0,8}"
    forms = [blank if place == sure else perhaps for sure in range(len(label) - 1) for place in range(len(label) - 1)]
    size = len(label) - 1
    return "|".join(
        label[0] + "".join(gap + char for gap, char in zip(forms[start : start + size], label[1:], strict=True))
        for start in range(0, len(forms), size)
    )


def _make_labels() -> tuple[Label, ...]:
    """Return the labels, titles and words for sole traders that one scan of the text looks for."""
    seen: dict[str, Label] = {}
    for row in person_labels():
        for text in map(fold, row.labels):
            needs_edges = text[:1].isalpha() and not "\u3400" <= text[0] <= "\u9fff"
            seen.setdefault(text, Label(text, row.kind, row.strength, row.language, row.panel, needs_edges))
    for stop in person_stops():
        if stop.use in {"title", "sole-trader", "verb"}:
            for text in map(fold, stop.words):
                seen.setdefault(text, Label(text, "name", stop.use, stop.language, is_panel=False, needs_edges=False))
    return tuple(seen.values())


_CLASS = re.compile("(?:林区|特区|矿区|[市区县旗])$")  # what a division is: city, district, county, banner


LONG_LABEL = 4
"""Characters of a label that may stand glued behind a name: 项目联系人张三项目联系电话…"""


def _long_labels(labels: Iterable[Label]) -> set[str]:
    """Return the Chinese labels that are long enough to end a name that runs into them."""
    kinds = {"name", "phone", "mail", "id", "bank", "address"}
    return {
        label.text
        for label in labels
        if label.language == "zh" and label.kind in kinds and len(label.text) >= LONG_LABEL and label.text.isalpha()
    }


def _places() -> frozenset[str]:
    """Return the names of China's divisions, bare, as long as a personal name."""
    rows = divisions()
    bare = [row.short for row in rows] + [_CLASS.sub("", name) for row in rows for name in row.counties.values()]
    return frozenset(name for name in map(fold, bare) if 2 <= len(name) <= 4)


def _free(first: Iterable[str]) -> re.Pattern[str]:
    letters = f"{HAN}0-9a-z·•{COVER}"
    begins = "".join(sorted(first))
    return re.compile(rf"[{begins}](?<![{letters}][{begins}])[{HAN}]{{1,3}}(?![{letters}])")


def _dotted(characters: frozenset[str]) -> re.Pattern[str]:
    part = f"[{''.join(sorted(characters))}]"
    return re.compile(rf"{part}{{2,9}}[ ]?[·•・‧∙][ ]?{part}{{2,10}}")


@cache
def lexicon() -> Lexicon:
    """Return the compiled tables; built once per process, in about 50 ms."""
    words: dict[tuple[str, str], frozenset[str]] = {
        (row.use, row.language): frozenset(map(fold, row.words)) for row in person_stops()
    }
    characters = {row.use: frozenset(fold(row.characters)) - {" "} for row in name_characters()}
    compounds = next(row.characters for row in name_characters() if row.use == "compound")
    labels = _make_labels()
    spaced = [label for row in person_labels() if row.spaced for label in row.labels]
    return Lexicon(
        labels=labels,
        passed=frozenset(place for place, label in enumerate(labels) if label.strength == "decoy"),
        automaton=ac.AhoCorasick([label.text for label in labels], matchkind=ac.MatchKind.LeftmostLongest),
        spaced=re.compile("|".join(_parted(label) for label in spaced)),
        by_text={label.text: label for label in labels},
        surnames=characters["surname"],
        rare_surnames=characters["rare"],
        compounds=frozenset(fold(compounds).split()),
        free=_free(characters["surname"] | {name[0] for name in fold(compounds).split()}),
        brands=characters["brand"],
        places=_places(),
        dotted=_dotted(characters["minority"]),
        whole=frozenset(fold(next(row.characters for row in name_characters() if row.use == "whole")).split()),
        lone=words["lone", "zh"],
        given=characters["given"],
        frequent=characters["frequent"],
        minority=characters["minority"],
        values=words["value", "zh"],
        starts=words["start", "zh"],
        ends=words["end", "zh"],
        middles=words["middle", "zh"] | words["particle", "zh"],
        particles=words["particle", "zh"],
        titles=re.compile(_any(words["title", "zh"])),
        after_names=words["verb", "zh"] | words["title", "zh"],
        short_titles=words["short-title", "zh"],
        follow=re.compile(_any(words["follow", "zh"] | words["title", "zh"] | _long_labels(labels))),
        tail=re.compile(rf"(?:[ ]?\([^()\n]{{0,30}}\)|[ ]?(?:{_any(words['tail', 'zh'])})){{0,4}}"),
        copula=re.compile(f"(?:{_any(words['copula', 'zh'])})[ :]{{0,2}}"),
        # 系 is, 为 is, 是 is, 由 by, 的 of, 将 will, 等 and others, 收 received: a sentence goes on, not a name
        institution=re.compile(
            rf"(?:\([{HAN}]{{2,6}}\))?(?:(?!系(?!统)|[为是由的将等收])[{HAN}0-9a-z]){{0,16}}?"
            rf"(?:{_any(words['institution', 'zh'])})"
        ),
        institution_ends=words["institution", "zh"] | words["end", "zh"],
        trader_ends=tuple(words["trader", "zh"]),
        columns=words["column", "zh"] | words["column", "en"],
        latin_values=words["value", "en"],
        latin_institutions=words["institution", "en"],
    )
