"""Names behind the labels of Japanese and Korean forms: a short run up to a mark that is no section and no firm."""

from __future__ import annotations

import re
from collections.abc import Iterator

from sousveil.mask.labelled import Announced, Hit
from sousveil.text.fold import is_han

_SIGN = "[\u4e00-\u9fff\u3041-\u30ff々]"
_EAST = re.compile(
    # telephone, extension, address, place in the firm, contact, section: the next field
    rf"{_SIGN}{{1,4}}(?:[ \u3000](?!電|内線|住所|所属|連絡|部署|課){_SIGN}{{1,4}})?(?!{_SIGN})"
    r"|[\uac00-\ud7a3]{2,4}(?![\uac00-\ud7a3])"
)
_EAST_GAP = re.compile(r"[ \t\u3000]{0,6}(?:(?P<mark>[:：|])(?:[ \t\u3000]{0,6}\n)?|(?<=[ \t\u3000]))[ \t\u3000]{0,8}")
_NATIVE = re.compile("[\u3041-\u30ff\uac00-\ud7a3]")
"""Kana or Hangul: what Chinese texts lack, in which 担当 is a word of every day."""
# section, department, room, office, station, group, company; in Korean: section, department, office, team, centre
_EAST_BODY = re.compile("[課科部係室局署所庁班店社]$|会社$|担当|課長$|部長$|[과부실팀국청]$|센터$")


def iter_eastern_names(text: str, hit: Hit) -> Iterator[Announced]:
    """Yield the name behind a Japanese or Korean label and its colon, or a blank where the text is no Chinese."""
    gap = _EAST_GAP.match(text, hit.end)
    if not gap or is_han(text[hit.start - 1 : hit.start] or " ") or not (gap["mark"] or _NATIVE.search(text)):
        return
    match = _EAST.match(text, gap.end())
    if match and len(match.group()) > 1 and not _EAST_BODY.search(match.group()):
        yield Announced(match.start(), match.end(), is_strong=len(match.group()) > 2)
