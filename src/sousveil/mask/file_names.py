"""Names of files, sheets and archive members: they tell persons, too (张三_简历.pdf)."""

from __future__ import annotations

import re
from functools import lru_cache

from sousveil.mask.chinese import Trust, is_name
from sousveil.mask.cover import Range, cover, to_masks
from sousveil.mask.lexicon import HAN, lexicon
from sousveil.mask.text import find_ranges, fold_text

# Papers of one person: CV, identity card, authorisation, certificate, diploma, promise, social insurance, photograph.
_PAPERS = re.compile(
    r"简历|身份证|授权|委托|证书|学历|学位|毕业证|职称|社保|承诺|声明|劳动合同|照片|驾驶证|户口|个人|护照|资格证|执业证|聘书|离职|体检|申请表|cv|resume|lebenslauf|curriculum|passport"
)
_PART = re.compile(rf"[{HAN}·]+")
_LATIN_PART = re.compile(r"[A-ZÀ-Þ][a-zà-ÿ'’]+(?:[ _\-][A-ZÀ-Þ][a-zà-ÿ'’]+){1,2}")
_NO_LATIN = {"cv", "resume", "lebenslauf", "curriculum", "vitae", "passport", "copy", "scan", "final"}


@lru_cache(maxsize=1024)
def mask_name(name: str) -> str:
    """Return a file's name with persons and their numbers covered; separators, extension and length stay.

    >>> mask_name("授权委托书-张伟.pdf")
    '授权委托书-██.pdf'
    """
    folded = fold_text(name)
    ranges, _ = find_ranges(name, folded)
    if _PAPERS.search(folded):
        for part in _PART.finditer(folded):
            ranges += _name_in_part(part)
        ranges += [
            Range(match.start(), match.end(), "name")
            for match in _LATIN_PART.finditer(name)
            if not any(word in _NO_LATIN for word in re.split(r"[ _\-]", match.group().lower()))
        ]
    return cover(name, to_masks(name, ranges)) if ranges else name


@lru_cache(maxsize=4096)
def mask_address(address: str) -> str:
    """Return a path or web address with persons covered, part by part.

    >>> mask_address("/data/notices/授权委托书-张伟.pdf")
    '/data/notices/授权委托书-██.pdf'
    """
    return "/".join(mask_name(part) if part else part for part in address.split("/"))


def _name_in_part(part: re.Match[str]) -> list[Range]:
    """Return the name in a run of characters of a file's name: the whole run, or what precedes or follows the paper."""
    lex = lexicon()
    word = part.group()
    if is_name(word, Trust.CAREFUL, lex) or "·" in word:
        return [Range(part.start(), part.end(), "name")]
    paper = _PAPERS.search(word)
    if not paper:
        return []
    for start, end in ((0, paper.start()), (paper.end(), len(word))):
        piece = word[start:end].rstrip("的")  # of
        if is_name(piece, Trust.CAREFUL, lex):
            return [Range(part.start() + start, part.start() + start + len(piece), "name")]
    return []
