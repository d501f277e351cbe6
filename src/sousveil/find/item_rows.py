"""What a number in an item list counts: rows of cells, and tables that came out with one cell per line."""

from __future__ import annotations

import re
from functools import cache

from sousveil.data.items import known_roles, role_of_ending

_CELL = " | "
_NUMERIC = re.compile(r"[\d\s.,%*/×x()¥元万整-]+$")
_NOT_A_NAME = re.compile(
    r"(?:公司|厂|省|市|县|区|有限|集团|中心|店)$"
)  # company, works, province, city, county, district
_MODEL = re.compile(r"[a-z0-9 ._/()+-]+$")
_HAN_OR_WORD = re.compile(r"[\u4e00-\u9fff]|[^\W\d_]{3,}")
_IN_BRACKETS = re.compile(r"\([^()]{0,24}\)|[*:]")
_ORDER = ("price", "party", "quantity", "unit", "name", "text", "lot", "number", "kind", "note")
MAX_HEAD = 30
"""Characters of the head of a column; longer cells are text."""
_LOOK_BACK_LINES = 7
"""Lines between two quantities of a table that was flattened: name, brand, place, model, quantity, price, supplier."""
_QUANTITY_LINE = re.compile(r"[0-9][0-9,.]{0,9} {0,2}[^\W\d_]{1,3}$")


def cell_at(text: str, line_start: int, line_end: int, offset: int) -> tuple[int, int]:
    """Return the bounds of the cell of a line that holds ``offset``; the whole line when it has no cells."""
    left = text.rfind(_CELL, line_start, offset + 1)
    right = text.find(_CELL, offset, line_end)
    return (line_start if left < 0 else left + len(_CELL), line_end if right < 0 else right)


def cells(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Return the bounds of the cells of a line."""
    found = []
    while True:
        border = text.find(_CELL, start, end)
        found.append((start, end if border < 0 else border))
        if border < 0:
            return found
        start = border + len(_CELL)


def head_roles(text: str, start: int, end: int) -> dict[str, int] | None:
    """Return role -> column of a line that heads an item list (it has a quantity and a name), else None."""
    roles: dict[str, int] = {}
    for column, (left, right) in enumerate(cells(text, start, end)):
        if right - left > MAX_HEAD:
            return None
        roles.setdefault(role_of(text[left:right]), column)
    return roles if "quantity" in roles and "name" in roles else None


def role_of(head: str) -> str:
    """Return what kind of column a head (folded) stands over, or ''.

    The word it ends in tells; else the first that it holds, quantities and prices before names.

    >>> role_of("采购数量(台)"), role_of("投标单位"), role_of("设备单价"), role_of("技术参数")
    ('quantity', 'party', 'price', 'text')
    """
    plain = _IN_BRACKETS.sub("", head).strip()
    ending = role_of_ending(plain)
    if ending:
        return ending
    held = {known_roles()[0][word] for word in _within().findall(plain)}
    return next((role for role in _ORDER if role in held), "")


@cache
def _within() -> re.Pattern[str]:
    words = sorted(known_roles()[0], key=len, reverse=True)
    return re.compile("|".join(map(re.escape, words)))


def name_in_row(text: str, start: int, end: int, quantity: int, roles: dict[str, int] | None) -> tuple[int, int] | None:
    """Return the cell that names what the quantity at an offset counts.

    Under a head it is the name's column; else the first cell before the quantity that reads like a name.
    """
    row = cells(text, start, end)
    if roles and roles["name"] < len(row):
        left, right = row[roles["name"]]
        if is_name(text[left:right]):
            return left, right
    for left, right in row:
        if left <= quantity < right:
            break
        if is_name(text[left:right]):
            return left, right
    return None


def name_above(text: str, line_start: int) -> tuple[int, int] | None:
    """Return the line that names what a quantity counts that stands on a line of its own.

    Lines are looked at upwards to the last quantity; of those that read like a name the longest is taken: brands and
    places are short, companies and towns are told by their endings.
    """
    best: tuple[int, int] | None = None
    end = line_start - 1
    for _ in range(_LOOK_BACK_LINES):
        if end <= 0:
            break
        start = text.rfind("\n", 0, end) + 1
        line = text[start:end].strip()
        if _QUANTITY_LINE.fullmatch(line):
            break
        if (
            len(line) <= 40
            and is_name(line)
            and not _NOT_A_NAME.search(line)
            and (best is None or end - start >= best[1] - best[0])
        ):
            best = (start, end)
        end = start - 1
    return best


def is_name(cell: str) -> bool:
    """Return whether a cell reads like the name of a thing: words, no number, no model alone."""
    cell = cell.strip()
    return (
        2 <= len(cell) <= 80
        and not _NUMERIC.match(cell)
        and bool(_HAN_OR_WORD.search(cell))
        and not (_MODEL.match(cell) and any(char.isdigit() for char in cell))
    )
