"""Project numbers inside a line: after a label without a colon, after a number sign, or alone beside the headline.

A code is letters, digits and marks in one run with at least one digit. After a label it may be digits alone; after a
sign it needs five of them or a mark; alone it needs letters or two marks, and its line must be one of the first.
"""

from __future__ import annotations

import re
from functools import cache

from sousveil.data.labels import labels
from sousveil.data.number_cues import number_cues
from sousveil.read.sheet import Sheet
from sousveil.text.fold import fold

MAX_CHARS = 2_000
"""Characters in which a number is looked for: it stands with the title or in the first paragraph."""
HEAD_LINES = 3
HEAD_LINE_CHARS = 400
_CODE = r"(?=[^\s,;|]{0,40}\d)[A-Z0-9(\[][\w\-./()\[\]]{2,48}"
_NUMBER = r"(?=\w{0,12}[-./]?\w{0,12}[-./]?\w{0,12}\d)\w[\w\-./]{2,48}"
_ALONE = re.compile(
    r"(?<![\w/.@-])(?:[A-Z]{2,4}[ ](?=\d+[/-]\d))?(?=[A-Z0-9./-]{0,20}\d)"
    r"(?:(?=[A-Z0-9./-]{0,20}[A-Z])[A-Z0-9]{1,16}[-/.][A-Z0-9][A-Za-z0-9/.-]{2,40}|\d{3,6}-\d{1,4}-[A-Z]{2}\d{2}|20\d{2}[A-Z]{2,6}\d{2,6})"
    r"(?:[ ][A-Z0-9/]{2,12}(?:[ ]\d{4})?-\d{1,3}(?=\s|$))?(?![\w@])"
)
"""Capitals and digits parted by marks; a second word may follow that ends in a number (ELECTRO UCAYALI-1)."""
_DATE = re.compile(r"\d{1,4}[-./]\d{1,2}[-./]\d{1,4}$")
_NOT = re.compile(
    r"(?:^[\d.,]{1,12}(?:[kmg]b|km|mm|kw|mp|v|w|h|x)$|/(?:eu|ec|ce|ue|eg)$|^(?:http|www|iso|en[ -]?\d|cn=))",
    re.IGNORECASE,
)
"""Sizes, units, directives of the European Union, addresses, standards."""
_END = re.compile(r"[.,;:/\-]+$")
_MIN_DIGITS = 4


def find_number(sheet: Sheet, *, is_han: bool) -> tuple[int, int] | None:
    """Return the span of a project number that stands inside a line, or None."""
    return _after_word(sheet) if is_han else _after_label(sheet) or _after_sign(sheet)


def find_alone(sheet: Sheet) -> tuple[int, int] | None:
    """Return the span of a code that stands apart in one of the first lines, beside the headline, or None."""
    for line in sheet.lines[:HEAD_LINES]:
        for match in _ALONE.finditer(sheet.page.text, line.start, min(line.end, line.start + HEAD_LINE_CHARS)):
            span = _trim(sheet, *match.span())
            if span is not None and not sheet.folded.startswith("ocds-", span[0]):
                return span
    return None


@cache
def _words() -> re.Pattern[str]:
    words = "|".join(map(re.escape, number_cues("before")))
    return (
        re.compile(  # not: numbers of contracts, of the first notice, of certificates, credit codes, budgets, records
            rf"(?<!合同)(?<!公告)(?<!证书)(?<!信用)(?<!备案)(?<!预算)(?<!计划)(?:{words})[ :]{{0,2}}"
            r"(?P<code>(?=[^\s,;|]{0,40}\d)[a-z0-9][\w\-./()\[\]]{3,48})",
            re.ASCII,
        )
    )


def _after_word(sheet: Sheet) -> tuple[int, int] | None:
    for match in _words().finditer(sheet.folded, 0, MAX_CHARS):
        span = _trim(sheet, *match.span("code"))
        if span is not None:
            return span
    return None


@cache
def _labels() -> re.Pattern[str]:
    words = sorted(
        {
            re.escape(fold(word).rstrip(". "))
            for row in labels()
            if row.field == "project_number" and row.language != "zh"
            for word in row.whole
            if len(word) > 2
        },
        key=len,
        reverse=True,
    )
    signs = "|".join(re.escape(word) for word in number_cues("sign"))
    return re.compile(rf"(?<!\w)(?:{'|'.join(words)})\.?(?:[ ](?:{signs}))?[ :]{{1,3}}(?P<code>{_CODE})", re.IGNORECASE)


def _after_label(sheet: Sheet) -> tuple[int, int] | None:
    for match in _labels().finditer(sheet.page.text, 0, MAX_CHARS):
        span = _trim(sheet, *match.span("code"))
        if span is not None:
            return span
    return None


@cache
def _signs() -> re.Pattern[str]:
    signs = "|".join(re.escape(word) for word in number_cues("sign") if word not in {"no", "nr", "id", "number"})
    kept = "|".join(re.escape(word) for word in number_cues("kept"))
    return re.compile(
        rf"(?<!\w)(?P<kept>(?:[a-z]{{2,5}}[ ](?=contract))?(?:{kept})[ ](?=\d))?"
        rf"(?P<sign>(?<=[ ])(?:{signs})[ ]?)?(?P<code>(?<=[^\w]){_NUMBER})(?!\w)",
        re.IGNORECASE,
    )


@cache
def _refused() -> re.Pattern[str]:
    return re.compile(rf"(?:{'|'.join(map(re.escape, number_cues('not')))})[ ]$")


def _after_sign(sheet: Sheet) -> tuple[int, int] | None:
    """Return the number after a sign (№, No., رقم) or the name of a procedure, in the first lines."""
    for line in sheet.lines[:HEAD_LINES]:
        for match in _signs().finditer(sheet.page.text, line.start, min(line.end, line.start + HEAD_LINE_CHARS)):
            if not (match["kept"] or match["sign"]) or _refused().search(sheet.folded, line.start, match.start()):
                continue
            span = _trim(sheet, match.start("kept") if match["kept"] else match.start("code"), match.end())
            if span is not None and sum(map(str.isdigit, sheet.folded[slice(*span)])) >= _MIN_DIGITS:
                return span
    return None


def _trim(sheet: Sheet, start: int, end: int) -> tuple[int, int] | None:
    """Return a code without marks at its end, or None for a date, a covered number, or one without digits."""
    text = sheet.page.text[start:end]
    if text.count("(") != text.count(")"):
        text = text.partition("(")[0] if ")" not in text else text.partition(")")[0]
    tail = _END.search(text)
    text = text[: tail.start()] if tail else text
    if not any(char.isdigit() for char in text) or _DATE.match(text) or _NOT.search(text):
        return None
    if "█" in text or "**" in text or sheet.folded[start + len(text) : start + len(text) + 1] in {"*", "█"}:
        return None
    return (start, start + len(text)) if len(text) > 2 else None
