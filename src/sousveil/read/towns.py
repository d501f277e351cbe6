"""The town of a body outside China, told by where it stands: behind its name, in its address, in the line of the date.

``Department for Work and Pensions, Blackpool FY4 5ES``; ``Purchasing Division, 400 Courthouse Square, Prairie Bend``;
``Abokro, le 29 janvier 2024``. A country, a unit of the body, a street is no town.
"""

from __future__ import annotations

import re
from functools import cache

from sousveil.data.codes import countries
from sousveil.data.regions import regions
from sousveil.read.names import has_company_form
from sousveil.read.sheet import Sheet
from sousveil.text.fold import fold

MAX_REST = 120
"""Characters behind a body's name in which its address stands."""
TOP_LINES = 6
_WORD = r"(?:[A-ZÀ-ÞА-ЯЁІЇЄҐ][\w’'-]*[a-zß-ÿа-яёіїєґ]|(?:St|Ste)\.)"
_TOWN = rf"{_WORD}(?:[ -](?:(?:de|del|la|las|los|el|am|an der|upon|on|sur|le|do|da) )?{_WORD}){{0,3}}"
_PART = re.compile(
    rf"[ ]*(?:г\.[ ]|м\.[ ]|\d{{4,6}}[ ])?(?P<town>{_TOWN})"
    r"(?:[ ](?:[A-Z]{1,2}\d[A-Z\d]?[ ]\d[A-Z]{2}|\d{4,6}))?[ ]*(?:\([^()]{2,30}\))?[ ]*$"
)
_END = re.compile(
    r"[;|]|\s{2,}|(?<![гмt])\. (?=[A-ZÀ-ÞА-ЯЁ])|\.?$|\. [a-z]"
    r"|,? (?=invites|invite|has|is|wants|seeks|intends|sollicite|lance)"
)
_UNIT = re.compile(  # units of bodies and parts of addresses, in English, French, German, Spanish, Italian
    r"\b(?:procurement|purchasing|division|department|service|services|office|unit|branch|building|house|hall|tower|floor"
    r"|road|street|square|avenue|lane|way|park|court|centre|center|beschaffung|abteilung|referat|vergabestelle|amt"
    r"|dirección|direction|servicio|calle|plaza|avenida|rue|place|boulevard|straße|platz|allee|via|piazza|ufficio"
    r"|council|authority|police|ministry|agency|board|trust|bureau|directorate|commission|fund|company|corporation)\b"
)
_STREET = re.compile(
    r"\d|\b(?:house|square|street|road|building|hall|avenue|plaza|calle|rue|straße|platz|centre|tower|division|lane)\b"
)
_OWNS = re.compile(rf"(?P<town>{_TOWN})['’]s $")
_DATELINE = re.compile(  # Town, le 29 janvier 2024; En Town, siendo las 12:00; Town, den 3. Mai 2024; Town, a 3 de mayo
    rf"(?:^|(?<=\n))(?:En (?P<town>{_TOWN}),? (?:siendo|a \d)|(?P<town2>{_TOWN}), (?:le|den|a|ai|il) \d{{1,2}}\b)"
)


@cache
def _larger() -> frozenset[str]:
    """Return the names of countries and regions: they end an address and are no town."""
    return frozenset(fold(name) for name in (*countries(), *(name for row in regions() for name in row.names)))


def town_before(sheet: Sheet, start: int) -> tuple[int, int] | None:
    """Return the span of the town that owns the body named next (London's Metropolitan Police), or None."""
    match = _OWNS.search(sheet.page.text, max(0, start - 40), start)
    return None if match is None else match.span("town")


def town_behind(sheet: Sheet, end: int) -> tuple[int, int] | None:
    """Return the span of the town in what follows a body's name on its line, or None."""
    text = sheet.page.text
    stop = text.find("\n", end, end + MAX_REST)
    stop = min(len(text), end + MAX_REST) if stop < 0 else stop
    if text[end : end + 2] != ", ":
        return None
    cut = _END.search(text, end + 2, stop)
    return _last_town(sheet, end + 2, cut.start() if cut else stop)


def town_of_address(sheet: Sheet, body_end: int) -> tuple[int, int] | None:
    """Return the span of the town that ends an address line below a body's name, or None."""
    place = sheet.line_at(body_end)
    for line in sheet.lines[place + 1 : place + 3]:
        if line.colon >= 0 or line.has_cells or line.end - line.start > MAX_REST:
            continue
        comma = sheet.folded.rfind(", ", line.start, line.end)
        if comma > 0 and _STREET.search(sheet.folded, line.start, comma):
            return _last_town(sheet, comma + 2, line.end)
    return None


def town_of_date(sheet: Sheet) -> tuple[int, int] | None:
    """Return the span of the town in the line of the date, or None."""
    lines = sheet.lines[:TOP_LINES]
    match = _DATELINE.search(sheet.page.text, 0, lines[-1].end) if lines else None
    return None if match is None else match.span("town" if match["town"] else "town2")


def _last_town(sheet: Sheet, start: int, end: int) -> tuple[int, int] | None:
    """Return the last part between commas that is a town: no country, no unit, no street."""
    while start < end:
        comma = sheet.page.text.rfind(",", start, end)
        first = max(start, comma + 1)
        match = _PART.match(sheet.page.text, first, end)
        if match is not None:
            name = fold(match["town"])
            if name not in _larger():
                is_other = _UNIT.search(name) is not None or has_company_form(name)
                return None if is_other else match.span("town")
        elif first == start:
            return None
        end = comma
    return None
