"""Which first rows of a table are its head, where the file does not say so: by their words, and by merged cells.

A head is a row of short cells without numbers, at least half of which end in a known word, of two different kinds at
least (数量 a quantity, 单位 a unit). Form-like rows, label beside value, are none: they hold values.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import cache

from sousveil.data.items import item_heads

_MAX_HAN, _MAX_OTHER = 14, 32
"""Characters of a head without its brackets; the longest in sample tenders has 12 (投标文件商务条款响应情况)."""

MAX_HEAD_ROWS = 3
"""Rows of one head: sample tenders have no more levels; a row span that says more is a category beside its rows."""

_BRACKETS = re.compile(r"[(（\[【][^()（）\[\]【】]{0,24}[)）\]】]|[*:：★▲\s]")
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
    for text in texts:
        plain = _plain(text) if len(text) < 60 else ""
        if not plain or _VALUE.search(plain) or len(plain) > (_MAX_OTHER if plain < "\u2e80" else _MAX_HAN):
            return False
        role = _role(plain)
        if role:
            roles.append(role)
    return len(roles) * 2 >= len(texts) and len(set(roles)) >= 2


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str], dict[str, str]]:
    roles = {"".join(word.split()): row.role for row in reversed(item_heads()) for word in row.words}
    words = "|".join(re.escape(word) for word in sorted(roles, key=len, reverse=True))
    return re.compile(f"(?:{words})"), re.compile(f"(?:{words})$"), roles


def role_of(text: str) -> str:
    """Return what kind of column a head is of (a role of data/item_heads.yml), or ''."""
    return _role(_plain(text))


def _plain(text: str) -> str:
    """Return a head without brackets, blanks and marks, in lower case."""
    return _BRACKETS.sub("", text).casefold()


def _role(plain: str) -> str:
    """Return what kind of column a head is of, or ''; where words have letters, the first may tell as well."""
    starts, ends, roles = _patterns()
    if plain < "\u2e80":
        plain = "".join(char for char in unicodedata.normalize("NFKD", plain) if not unicodedata.combining(char))
        found = ends.search(plain) or starts.match(plain)
    else:
        found = ends.search(plain)
    return roles[found[0]] if found else ""
