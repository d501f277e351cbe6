"""The language of a text as a BCP 47 tag, told by script and letters first, by a model only where scripts are shared.

Chinese, Japanese, Korean, Arabic, Greek and the like need no model. Latin and most Cyrillic texts are given to
py3langid, held to the languages notices are written in; it is loaded when the first such text comes.
"""

from __future__ import annotations

import io
import lzma
import re
import sys
from array import array
from collections import Counter
from copy import copy
from functools import cache
from typing import TYPE_CHECKING

import numpy as np

from sousveil.text.fold import fold

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from py3langid.langid import LanguageIdentifier

_SAMPLE = 1_200
"""Characters looked at, from the middle of long texts: heads of pages are menus and numbers."""
_LEAST_LETTERS = 12
_LEAST_HAN = 4
"""Fewer letters than these tell nothing (measured on titles: shorter ones are names and codes)."""
_MODEL_SAMPLE = 600
_CODES = {2: "H", 4: "I", 8: "L"}
"""Type codes of arrays by bytes of an item."""
_TRADITIONAL_SHARE = 0.08
"""In traditional text about a third of the characters differ from their simplified form; in simplified text under
one in a hundred do, in names and quotations. Measured on 93 simplified and 9 traditional notices."""
_KANA_SHARE = 0.05
_LATIN = "en es fr de pt it pl nl sl nb da sv fi cs sk hr ro hu tr et lv lt ca id ms vi sq is ga mt".split()  # noqa: SIM905 (one line reads better than 30)
_CYRILLIC = "ru uk bg sr mk be kk ky".split()  # noqa: SIM905
# letters that only one of the languages uses: Ukrainian, Belarusian, Kazakh, Serbian, Macedonian, Russian
_CYRILLIC_SIGNS = (
    ("be", frozenset("ў")),
    ("kk", frozenset("әғқңұһ")),
    ("mk", frozenset("ѓќѕ")),
    ("sr", frozenset("ђћљњџј")),
    ("uk", frozenset("іїєґ")),
    ("ru", frozenset("ыэё")),
)
_SCRIPTS = (  # first and last code point, script
    (0x0041, 0x005A, "latin"),
    (0x0061, 0x007A, "latin"),
    (0x00C0, 0x024F, "latin"),
    (0x0370, 0x03FF, "greek"),
    (0x0400, 0x04FF, "cyrillic"),
    (0x0530, 0x058F, "armenian"),
    (0x05D0, 0x05EA, "hebrew"),
    (0x0620, 0x06D3, "arabic"),
    (0x0900, 0x097F, "devanagari"),
    (0x0980, 0x09FF, "bengali"),
    (0x0E00, 0x0E7F, "thai"),
    (0x10A0, 0x10FF, "georgian"),
    (0x1E00, 0x1EFF, "latin"),
    (0x3040, 0x30FF, "kana"),
    (0x3400, 0x4DBF, "han"),
    (0x4E00, 0x9FFF, "han"),
    (0xAC00, 0xD7AF, "hangul"),
)
_NAMES = ("", *dict.fromkeys(script for _, _, script in _SCRIPTS))
_LATIN_WORDS = re.compile(r"[A-Za-z\u00c0-\u024f\u1e00-\u1eff]+")
_ENGLISH = frozenset(("the", "of", "and", "for", "to"))
_ENGLISH_SHARE = 0.08
"""Share of these five words that only English text reaches (measured: English notices 0.1-0.2, others below 0.03)."""
_BY_SCRIPT = {
    "hangul": "ko",
    "greek": "el",
    "hebrew": "he",
    "thai": "th",
    "devanagari": "hi",
    "georgian": "ka",
    "armenian": "hy",
    "bengali": "bn",
}
_HEAVY = frozenset(("kana", "han", "hangul"))
_HAN_WEIGHT = 4
"""A Chinese character says as much as about four Latin letters: codes and brands must not outvote the language."""


def language_of(text: str) -> str:
    """Return the BCP 47 tag of the language most of ``text`` is written in; ``und`` where there is too little.

    >>> language_of("某市公安局视频监控系统采购公告"), language_of("某市警察局監視器設備採購案公告")
    ('zh', 'zh-Hant')
    >>> language_of("Δημόσιος διαγωνισμός για κάμερες"), language_of("2026-01-02")
    ('el', 'und')
    """
    sample = _sample(text)
    codes = _codes(sample)
    scripts = _script_table()[codes]
    counts = dict(zip(_NAMES, np.bincount(scripts, minlength=len(_NAMES)).tolist(), strict=True))
    sizes = {name: count * (_HAN_WEIGHT if name in _HEAVY else 1) for name, count in counts.items() if name and count}
    if not sizes:
        return "und"
    if counts["kana"] > _KANA_SHARE * (counts["han"] + counts["kana"]) and counts["kana"] >= _LEAST_HAN:
        return "ja"
    script = max(sizes, key=sizes.__getitem__)
    if sizes[script] < (_LEAST_HAN * _HAN_WEIGHT if script in ("han", "hangul") else _LEAST_LETTERS):
        return "und"
    if script == "han":
        changed = int(np.count_nonzero((codes != _codes(fold(sample))) & (scripts == _NAMES.index("han"))))
        return "zh-Hant" if changed > _TRADITIONAL_SHARE * counts["han"] else "zh"
    return _tag(script, sample, counts[script])


def _codes(text: str) -> NDArray[np.uint32]:
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype="<u4")


@cache
def _script_table() -> NDArray[np.uint8]:
    """Return the number of the script (its place in ``_NAMES``) of every code point."""
    table = np.zeros(sys.maxunicode + 1, dtype=np.uint8)
    for first, last, script in _SCRIPTS:
        table[first : last + 1] = _NAMES.index(script)
    return table


def _sample(text: str) -> str:
    if len(text) <= _SAMPLE:
        return text
    start = (len(text) - _SAMPLE) // 2
    return text[start : start + _SAMPLE]


def _tag(script: str, sample: str, size: int) -> str:
    if script == "arabic":
        return _arabic(sample, size)
    if script == "cyrillic":
        return _cyrillic(sample.lower())
    if script == "latin":
        return _latin(_LATIN_WORDS.findall(sample))
    return _BY_SCRIPT.get(script, "und")


def _arabic(sample: str, size: int) -> str:
    """Return ur, fa or ar: Urdu has retroflex letters, Persian its own p, ch, zh, k and y."""
    if sum(map(sample.count, "ٹڈڑے")) > 1:
        return "ur"
    return "fa" if sum(map(sample.count, "پچژگکی")) > 0.04 * size else "ar"


def _cyrillic(words: str) -> str:
    letters = Counter(words)
    for tag, signs in _CYRILLIC_SIGNS:
        if sum(letters[sign] for sign in signs) > 0.004 * len(words):
            return tag
    # Bulgarian is full of ъ (a vowel there) and has none of the letters above
    return "bg" if letters["ъ"] > 0.006 * len(words) else _ask(words, "cyrillic")


def _latin(words: list[str]) -> str:
    english = sum(word.lower() in _ENGLISH for word in words)
    return "en" if english > _ENGLISH_SHARE * len(words) else _ask(" ".join(words), "latin")


def _ask(words: str, script: str) -> str:
    return str(_identifier(script).classify(words[:_MODEL_SAMPLE])[0])


@cache
def _identifier(script: str) -> LanguageIdentifier:
    """Return the model held to the languages of a script."""
    identifier = copy(_model())
    wanted = _LATIN if script == "latin" else _CYRILLIC
    identifier.set_languages([tag for tag in wanted if tag in identifier.labels])
    return identifier


@cache
def _model() -> LanguageIdentifier:
    """Return the model of py3langid with all languages, unpacked in memory; takes about half a second, once.

    The library's own loader unpacks it into a temporary file: on a full disk every text in Latin letters would fail.
    """
    from py3langid.langid import MODEL_DIR, MODEL_FILE, LanguageIdentifier  # noqa: PLC0415 (takes its time)

    with lzma.open(MODEL_DIR / MODEL_FILE) as packed, np.load(io.BytesIO(packed.read()), allow_pickle=False) as model:
        moves, rows = (
            array(_CODES[model[name].itemsize], model[name].tobytes()) for name in ("nextmove", "nextmove_row")
        )
        return LanguageIdentifier(
            model["ptc"], model["pc"], model["classes"].tolist(), moves, model["out_feat"].tolist(), tk_row=rows
        )
