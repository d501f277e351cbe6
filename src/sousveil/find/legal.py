"""Which laws, orders and standards a notice cites: 《…》 titles, numbers of documents, articles and acts by name.

Law of procurement, tax and labour stands in every notice and is withheld; a title that no table knows counts only when
an office's number (公安部令第82号, 〔2021〕4号) stands with it or its name is about public security.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator

from sousveil.data.cues import Law
from sousveil.find.clauses import tidy
from sousveil.find.cues import hits_of
from sousveil.find.ground import Ground
from sousveil.model import SPEAKING, Finding, Notice, Scalar, finding_id, make_span

_TITLE = re.compile(r"《[^《》\n\u2588]{3,60}》")
# number of an official document: 公通字[2021]4号 (office, year, number), 公安部令第82号 (order of a ministry)
_NUMBER = re.compile(r"(?:\[(?:19|20)\d\d\]|令第)[ ]?\d{1,4}号")
_ISSUER = re.compile(r"[\u4e00-\u9fff]{1,8}$")
# offices and matters of order: public security, politics and law, video, police, counter-terror, stability
_SECURITY = re.compile(
    r"公安|治安|政法|综治|视频|警务|反恐|监控|维稳|社会治理|雪亮|安全防范|人脸|生物|执法|侦查|禁毒|矫正|监狱|社会安全|智慧巡控"
)
_ARTICLE = re.compile(r"\b(?:art(?:icle|iculo|\.)?|section|§|ст\.?)[ ]{0,2}\d{1,3}(?:[ ]?\(\d{1,2}\))?")
_NEAR = 40
"""Characters from a law's name to the article that goes with it."""
_PARTED = re.compile("[\\n\u2588]")
"""A new line or a covered name between a title and a number: then they do not belong together."""
_BESIDE = 10
"""Characters between a title and the number of its document: a bracket and the office's short name."""


def find_legal(notice: Notice, grounds: Iterable[Ground]) -> tuple[Finding, ...]:
    """Return the laws and orders cited; ``value`` is a known law's id or the printed title.

    Details: title, number (of document or article), country.
    """
    found: dict[tuple[str, str], Finding] = {}
    for ground in grounds:
        for start, end, row in _citations(ground):
            if ground.section_at(start) not in SPEAKING:
                continue
            finding = _finding(notice, ground, (start, end), row)
            found.setdefault((finding.value, finding.state), finding)
    return tuple(sorted(found.values(), key=lambda item: (item.span.page, item.span.start)))


def _citations(ground: Ground) -> Iterator[tuple[int, int, Law | None]]:
    """Yield bounds and known law of each citation: titles in marks, names outside marks, lone numbers."""
    text = ground.text
    known = list(hits_of(text, "legal", Law))
    starts = [start for start, _, _ in known]
    titles = [match.span() for match in _TITLE.finditer(text)] if "《" in text else []
    for start, end in titles:
        first = bisect_right(starts, start - 1)
        row = _best([law for left, right, law in known[first : first + 8] if left >= start and right <= end])
        if row or _SECURITY.search(text, start, end):
            yield start, end, row
    for start, end, law in known:
        place = bisect_right(titles, (start, len(text))) - 1
        is_inside = place >= 0 and start < titles[place][1]
        if not is_inside and not (
            law.is_boilerplate and law.country == "CN"
        ):  # there, words like 政府采购 are no titles
            yield start, end, law
    for start, end in _numbers(text):
        place = bisect_right(titles, (start, len(text)))
        is_beside = (place > 0 and start - titles[place - 1][1] <= 3) or (
            place < len(titles) and titles[place][0] - end <= 3
        )
        if not is_beside and _SECURITY.search(text, start, end):
            yield start, end, None


def _numbers(text: str) -> Iterator[tuple[int, int]]:
    """Yield the bounds of numbers of official documents, with the office's short name before them."""
    if "号" not in text:
        return
    for match in _NUMBER.finditer(text):
        issuer = _ISSUER.search(text, max(0, match.start() - 8), match.start())
        yield issuer.start() if issuer else match.start(), match.end()


def _best(rows: list[Law]) -> Law | None:
    """Return the row that decides about a title: boilerplate wins, 政府采购 (purchasing) makes it a rule of that."""
    return next((row for row in rows if row.is_boilerplate), rows[0] if rows else None)


def _finding(notice: Notice, ground: Ground, place: tuple[int, int], row: Law | None) -> Finding:
    text = ground.text
    start, end = place
    number = _NUMBER.search(text, start, min(len(text), end + _NEAR))
    if number is None or number.start() > end + _BESIDE:
        has_articles = row is not None and row.country != "CN"
        number = _ARTICLE.search(text, max(0, start - _NEAR), end + _NEAR) if has_articles else None
    if number and not _PARTED.search(text, min(start, number.start()), max(end, number.end())):
        start, end = min(start, number.start()), max(end, number.end())
    left, right = tidy(ground.page.text, start, end, keep=place[0]) if end - start > 120 else (start, end)
    span = make_span(notice.file, ground.page, left, right)
    title = ground.page.text[slice(*place)].strip("《》")
    value = row.law if row else title
    against = ("law that every notice of a purchase cites",) if row and row.is_boilerplate else ()
    details: tuple[tuple[str, Scalar], ...] = (
        ("title", title),
        ("number", number.group().strip() if number else None),
        ("country", row.country if row else None),
    )
    return Finding(
        finding_id(span, "legal", value),
        "legal",
        value,
        span,
        notice.id,
        "legal.known" if row else "legal.title",
        0.9 if row else 0.6,
        "withheld" if against else "stated",
        ground.section_at(place[0]),
        (f"cites {row.gloss}",) if row else ("title of a rule on public security",),
        against,
        details,
    )
