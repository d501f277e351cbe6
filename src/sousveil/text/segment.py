r"""Tokens of the search index: overlapping pairs of Chinese characters, whole words elsewhere.

A run of Chinese characters ``声纹识别`` becomes ``声纹 纹识 识别 别``: every pair that overlaps, and the last
character alone. A phrase of two or more characters then is a phrase of pairs and is found exactly; 声纹 never
matches 升温, and no dictionary decides where a word ends. Latin words and numbers are whole tokens, without accents.
Punctuation between Chinese characters parts them, as it does for a reader.

In a phrase, ``*`` at the beginning or end of a word lets the word go on there by letters: ``videovigilan*``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from operator import add

from sousveil.text.fold import even, fold

_HAN = "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U000323af"
_LETTER = rf"[^\W_{_HAN}]"
_RUNS = re.compile(rf"[{_HAN}]+|{_LETTER}+")
_PHRASE_RUNS = re.compile(rf"[{_HAN}]+|(?:(?<!\S)\*)?{_LETTER}+(?:\*(?!\S))?")
_WORDS = re.compile(rf"(?<!\S)[^\W\d_{_HAN}]+(?!\S)")
_IS_HAN = re.compile(rf"[{_HAN}]")
_IS_LETTER = re.compile(_LETTER)
_GAP = re.compile(r"[\W_]*")
_MAX_MORE = 120
"""Letters that a word may go on with at ``*``: as many as a token of the index has."""
_ONE_MORE = re.compile(rf"[^\W\d_{_HAN}]")
_MORE = re.compile(rf"[^\W\d_{_HAN}]{{0,{_MAX_MORE}}}")


def index_tokens(text: str) -> list[str]:
    """Return the tokens of ``text`` for the index, in order of position.

    >>> index_tokens("声纹识别 v2.0")
    ['声纹', '纹识', '识别', '别', 'v2', '0']
    """
    tokens: list[str] = []
    for run in _RUNS.findall(even(fold(text))):
        if _IS_HAN.match(run):
            tokens.extend(map(add, run, run[1:]))
            tokens.append(run[-1])
        else:
            tokens.append(run)
    return tokens


def runs_of(phrase: str) -> list[str]:
    """Return the stretches of Chinese characters and the words of a phrase, folded, without accents; words keep ``*``.

    >>> runs_of("4G 圍欄, Vidéo*")
    ['4g', '围栏', 'video*']
    """
    return _PHRASE_RUNS.findall(even(fold(phrase)))


def phrase_tokens(phrase: str) -> list[str]:
    """Return the tokens that must stand one after the other where the phrase stands.

    ``*`` marks a token that may go on. A Chinese character that ends the phrase alone (``1路``) is one: in the index
    it may begin a pair.

    >>> phrase_tokens("人脸识别")
    ['人脸', '脸识', '识别']
    >>> phrase_tokens("1路"), phrase_tokens("videovigilan* móvil")
    (['1', '路*'], ['videovigilan*', 'movil'])
    """
    runs = runs_of(phrase)
    tokens: list[str] = []
    for number, run in enumerate(runs):
        if not _IS_HAN.match(run):
            tokens.append(run)
            continue
        pairs = [run[i : i + 2] for i in range(len(run))]
        if number < len(runs) - 1:
            tokens.extend(pairs)
        else:
            tokens.extend(pairs[:-1] or [f"{run}*"])
    return tokens


def iter_matches(folded: str, phrase: str) -> list[tuple[int, int]]:
    """Return start and end of every place where ``phrase`` stands in text that is already folded.

    A place counts when it has the same runs in the same order with only marks or spaces between them; a Latin word
    or number must be whole, so RPAS is not found inside CARPAS. Exactly the texts with such a place are found by the
    tokens of ``phrase_tokens`` in the index.

    >>> iter_matches("全省rpas和carpas; 人脸 识别", "RPAS")
    [(2, 6)]
    """
    return list(find_runs(even(folded), tuple(runs_of(phrase))))


def find_runs(plain: str, runs: tuple[str, ...]) -> Iterator[tuple[int, int]]:
    """Yield start and end of every place where runs (of ``runs_of``) stand in text that is folded and without accents.

    Words are compared by hand: a pattern per phrase takes 10 ms to compile, and a search has hundreds of phrases.
    """
    core = core_of(runs)
    place = plain.find(core) if core else -1
    if len(runs) == 1 and _IS_HAN.match(core):  # nothing beside it can make it another word
        while place >= 0:
            yield place, place + len(core)
            place = plain.find(core, place + len(core))
        return
    while place >= 0:
        start = _start_of(plain, place, runs[0])
        end = _end_of(plain, place + len(core), runs) if start >= 0 else -1
        if end >= 0:
            yield start, end
        place = plain.find(core, end if end >= 0 else place + 1)


def core_of(runs: tuple[str, ...]) -> str:
    """Return the letters that must stand in a text for the runs to stand there; empty where there are no runs.

    >>> core_of(("*vigilan*", "movil"))
    'vigilan'
    """
    return runs[0].strip("*") if runs else ""


def _start_of(plain: str, place: int, run: str) -> int:
    """Return where the word begins whose core stands at ``place``, or -1 if the core must not stand there."""
    if _IS_HAN.match(run):
        return place
    start = place
    if run.startswith("*"):
        while start and place - start < _MAX_MORE and _ONE_MORE.match(plain, start - 1):
            start -= 1
    return -1 if start and _IS_LETTER.match(plain, start - 1) else start


def _end_of(plain: str, end: int, runs: tuple[str, ...]) -> int:
    """Return where the phrase ends whose first core ends at ``end``, or -1 if the rest does not follow."""
    for number, run in enumerate(runs):
        if number:
            gap = _GAP.match(plain, end)
            assert gap is not None
            is_same_script = bool(_IS_HAN.match(run)) == bool(_IS_HAN.match(runs[number - 1]))
            core, start = run.strip("*"), gap.end()
            if (is_same_script and start == end) or not plain.startswith(core, start):
                return -1
            end = start + len(core)
        if _IS_HAN.match(run):
            continue
        if run.endswith("*"):
            more = _MORE.match(plain, end)
            assert more is not None
            end = more.end()
        if _IS_LETTER.match(plain, end):
            return -1
    return end


def find_words(tokens: str) -> list[str]:
    """Return the words without digits among tokens that are joined by spaces; the tokens that ``*`` can stand for.

    >>> find_words("人脸 脸 dahua v2 198 camera")
    ['dahua', 'camera']
    """
    return _WORDS.findall(tokens)
