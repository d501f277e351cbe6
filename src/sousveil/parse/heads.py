"""Which first rows of a table are its head, where the file does not say so: by their words, and by merged cells.

A head is a row of short cells without numbers, at least half of which end in a known word, of two different kinds at
least (数量 a quantity, 单位 a unit). Form-like rows, label beside value, are none: they hold values.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import cache

from sousveil.data.items import known_roles, role_of_ending

_MAX_HAN, _MAX_OTHER = 20, 32
"""Characters of a head without its brackets; the longest in sample tenders has 16 (投标文件对具体参数值的响应情况)."""

_RUNNING = frozenset(("序号", "No.", "S/N", "#"))
"""Running number: before it the other cells need not be known words."""

MAX_HEAD_ROWS = 3
"""Rows of one head: sample tenders have no more levels; a row span that says more is a category beside its rows."""

_BRACKETS = re.compile(r"[(（\[【][^()（）\[\]【】]{0,24}[)）\]】]|[*:：★▲]")
_VALUE = re.compile(r"\d|[。；;，,、?？！!|]")


def head_depth(texts: Sequence[str], spans: Sequence[tuple[int, int]]) -> int:
    """Return how many rows from this one on are a head: 0 for none, more than 1 where a cell reaches over columns.

    Args:
        texts: of the filled cells of the row.
        spans: rows and columns that each covers.

    >>> head_depth(["序号", "货物名称", "数量(台)"], [(1, 1)] * 3)
    1
    >>> head_depth(["采购单位", "云溪市公安局", "预算金额", "12万元"], [(1, 1)] * 4)
    0
    """
    if not is_head(texts):
        return 0
    if all(across == 1 for _, across in spans):
        return 1
    return min(max(down for down, _ in spans), MAX_HEAD_ROWS)


def is_head(texts: Sequence[str]) -> bool:
    """Return whether cells beside each other can only be the heads of columns; a colon at the end labels a form."""
    if len(texts) < 2 or any(text.endswith((":", "：")) for text in texts):
        return False
    roles: list[str] = []
    is_counted = len(texts) > 2 and texts[0].strip() in _RUNNING
    for text in texts:
        plain = _plain(text) if len(text) < 60 else ""
        if not plain or _VALUE.search(plain) or len(plain) > (_MAX_OTHER if plain < "\u2e80" else _MAX_HAN):
            return False
        role = _role(plain)
        if role:
            roles.append(role)
    return is_counted or (len(set(roles)) >= 2 and len(roles) * 2 >= len(texts))


def has_heads(words: Sequence[str], count: int) -> bool:
    """Return whether so many words beside each other are heads; made to be asked about a whole page."""
    lasts = _last_characters()
    may_be = [len(word) <= _MAX_OTHER and word[-1] in lasts for word in words]
    return any(
        (may_be[at] or may_be[at + 1]) and is_head(words[at : at + count]) for at in range(len(words) - count + 1)
    )


def role_of(text: str) -> str:
    """Return what kind of column a head is of (a role of data/item_heads.yml), or ''."""
    return _role(_plain(text))


def _plain(text: str) -> str:
    """Return a head without brackets and marks, in lower case; blanks stay only between words of letters."""
    plain = " ".join(_BRACKETS.sub("", text).split()).casefold()
    return plain if plain < "\u2e80" else plain.replace(" ", "")


def _role(plain: str) -> str:
    """Return what kind of column a head is of, or ''; where words have letters, the first may tell as well."""
    if plain >= "\u2e80":
        return role_of_ending(plain)
    plain = "".join(char for char in unicodedata.normalize("NFKD", plain) if not unicodedata.combining(char))
    roles, longest = known_roles()
    sizes = range(min(longest, len(plain)), 0, -1)
    return role_of_ending(plain) or next((roles[plain[:size]] for size in sizes if plain[:size] in roles), "")


@cache
def _last_characters() -> frozenset[str]:
    """Return the characters that a head may end in, brackets and marks behind it included."""
    lasts = {char for word in known_roles()[0] for char in (word[-1], word[-1].upper())}
    return frozenset((*lasts, *")）]】*★▲"))
