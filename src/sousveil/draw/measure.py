"""How wide words are, before anything is drawn: in halves of a Chinese character, as fonts of equal width have them."""

from __future__ import annotations

import unicodedata


def cells(words: str) -> int:
    """Return how wide words are in halves of a Chinese character.

    >>> cells("VID 视频")
    8
    """
    return sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in words)


def cut(words: str, most: float) -> str:
    """Return words of at most so many halves of a Chinese character; a mark says that there are more.

    >>> cut("甲乙丙丁", 8), cut("甲乙丙丁", 6), cut("a few words", 6)
    ('甲乙丙丁', '甲乙…', 'a few…')
    """
    kept = words
    while cells(kept) > most:
        kept = kept[:-1]
    return kept if kept == words else f"{kept[:-1]}…"


def wrap(words: str, most: float) -> list[str]:
    """Return words in lines of at most so many halves of a Chinese character; Chinese breaks anywhere.

    >>> wrap("a few words", 6), wrap("甲乙丙丁", 4)
    (['a few', 'words'], ['甲乙', '丙丁'])
    """
    lines, line = [], ""
    for char in " ".join(words.split()):
        line += char
        if cells(line) > most:
            blank = line.rfind(" ")
            at = blank if blank > 0 else len(line) - 1
            lines.append(line[:at].strip())
            line = line[at:].lstrip()
    return [*lines, line] if line else lines
