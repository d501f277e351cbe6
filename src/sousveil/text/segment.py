r"""Tokens of the search index: overlapping pairs of Chinese characters, whole words elsewhere.

A run of Chinese characters ``声纹识别`` becomes ``声纹 纹识 识别 别``: every pair that overlaps, and the last
character alone. A phrase of two or more characters then is a phrase of pairs and is found exactly; 声纹 never
matches 升温, and no dictionary decides where a word ends. Latin words and numbers are whole tokens. Punctuation
between Chinese characters parts them, as it does for a reader.
"""

from __future__ import annotations

import re

from sousveil.text.fold import fold

_HAN = "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U000323af"
_RUNS = re.compile(rf"[{_HAN}]+|[^\W_{_HAN}]+")
_IS_HAN = re.compile(rf"[{_HAN}]")


def index_tokens(text: str) -> list[str]:
    """Return the tokens of ``text`` for the index, in order of position.

    >>> index_tokens("声纹识别 v2.0")
    ['声纹', '纹识', '识别', '别', 'v2', '0']
    """
    tokens: list[str] = []
    for match in _RUNS.finditer(fold(text)):
        run = match.group()
        if _IS_HAN.match(run):
            tokens.extend(run[i : i + 2] for i in range(len(run)))
        else:
            tokens.append(run)
    return tokens


def phrase_tokens(text: str) -> tuple[list[str], bool]:
    """Return the tokens of a phrase to look for, and whether the last one is only the beginning of a token.

    The last is a beginning when the phrase ends in a Chinese character that stands alone (``1路``): in the index
    that character may begin a pair.

    >>> phrase_tokens("人脸识别")
    (['人脸', '脸识', '识别'], False)
    >>> phrase_tokens("1路")
    (['1', '路'], True)
    """
    runs = [match.group() for match in _RUNS.finditer(fold(text))]
    tokens: list[str] = []
    for number, run in enumerate(runs):
        if not _IS_HAN.match(run):
            tokens.append(run)
            continue
        is_last = number == len(runs) - 1
        pairs = [run[i : i + 2] for i in range(len(run))]
        tokens.extend(pairs[:-1] if is_last and len(run) > 1 else pairs)
    is_prefix = bool(runs) and len(runs[-1]) == 1 and bool(_IS_HAN.match(runs[-1]))
    return tokens, is_prefix


def iter_matches(folded: str, phrase: str) -> list[tuple[int, int]]:
    """Return start and end of every place where ``phrase`` stands in text that is already folded.

    A place counts when it has the same runs in the same order with only marks or spaces between them; a Latin word
    or number must be whole, so RPAS is not found inside CARPAS.

    >>> iter_matches("全省rpas和carpas; 人脸 识别", "RPAS")
    [(2, 6)]
    """
    pattern = phrase_pattern(phrase)
    return [match.span() for match in pattern.finditer(folded)] if pattern else []


def phrase_pattern(phrase: str) -> re.Pattern[str] | None:
    """Return the pattern behind ``iter_matches``, or None for a phrase without letters, digits or characters."""
    runs = [match.group() for match in _RUNS.finditer(fold(phrase))]
    if not runs:
        return None
    parts: list[str] = []
    for number, run in enumerate(runs):
        if number:
            both_words = not _IS_HAN.match(run) and not _IS_HAN.match(runs[number - 1])
            parts.append(r"[\W_]+" if both_words or bool(_IS_HAN.match(run)) == bool(_IS_HAN.match(runs[number - 1])) else r"[\W_]*")
        if _IS_HAN.match(run):
            parts.append(re.escape(run))
        else:
            parts.append(rf"(?<![^\W_{_HAN}]){re.escape(run)}(?![^\W_{_HAN}])")
    return re.compile("".join(parts))
