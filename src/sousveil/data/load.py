"""The one place where tables are loaded and checked.

Every table is a YAML list of mappings beside this file; ``data/NAME.py`` defines its row as a frozen dataclass and
says what the columns mean.
"""

from __future__ import annotations

import hashlib
from collections.abc import Hashable, Sequence
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import TypeVar

import msgspec
import yaml

from sousveil.exceptions import DataTableError

Row = TypeVar("Row")

_AFTERWARDS = frozenset(
    {
        "bid_periods", "bodies", "body_kinds", "body_parts", "body_words", "division_pinyin", "end_words", "flag_words",
        "interface", "legal_forms", "legal_limits", "operators", "plain_words", "purchase_marks", "renamings",
        "search_words", "sentences", "stop_words", "vendors", "word_tails", "xpcc",
    }
)  # fmt: skip
"""Tables of questions, institutions, purchases and flags: no notice is read or found with them."""


def load_table(name: str, row: type[Row], key: Sequence[str] = ()) -> tuple[Row, ...]:
    """Return the rows of ``sousveil/data/NAME.yml`` as instances of ``row``.

    Args:
        name: file name without ``.yml``; may hold a folder (``terms/zh``).
        row: a frozen dataclass; unknown keys and wrong types are refused.
        key: columns that together must be unique.

    Raises:
        DataTableError: the file is missing, is no list of mappings, or breaks a rule above; the message names the row.
    """
    return _load(name, row, tuple(key))  # type: ignore[arg-type]  # a class is hashable, whatever mypy says of TypeVars


@cache
def _load(name: str, row: type[Row], key: tuple[str, ...]) -> tuple[Row, ...]:
    """Load a table once; several functions take their part of the same one, some of them late."""
    path = files("sousveil.data").joinpath(f"{name}.yml")
    try:
        raw = yaml.load(path.read_text(encoding="utf-8"), Loader=_FastLoader)  # noqa: S506 (safe loader, C or Python)
    except (OSError, yaml.YAMLError) as error:
        message = f"Table data/{name}.yml cannot be loaded: {error}. Reinstall sousveil, or mend the file."
        raise DataTableError(message) from error
    rows: list[Row] = []
    seen: set[tuple[Hashable, ...]] = set()
    for number, item in enumerate(raw or [], 1):
        try:
            value = msgspec.convert(item, row, strict=True)
        except msgspec.ValidationError as error:
            message = f"Table data/{name}.yml, row {number} ({item!r:.80}): {error}."
            raise DataTableError(message) from error
        if key:
            identity = tuple(getattr(value, column) for column in key)
            if identity in seen:
                message = f"Table data/{name}.yml, row {number}: {identity} stands there twice. Keep one."
                raise DataTableError(message)
            seen.add(identity)
        rows.append(value)
    return tuple(rows)


def tables_digest() -> str:
    """Return eight hexadecimal digits that change when a table changes: what was read with other tables is stale.

    Tables of what comes afterwards are left out; ``afterwards_digest`` is of those.
    """
    return _digest(afterwards=False)


def afterwards_digest() -> str:
    """Return eight hexadecimal digits of the tables that institutions, purchases and flags are made with."""
    return _digest(afterwards=True)


def _digest(*, afterwards: bool) -> str:
    digest = hashlib.sha256()
    for path in sorted(Path(str(files("sousveil.data"))).rglob("*.yml")):
        if (path.stem in _AFTERWARDS) == afterwards:
            digest.update(path.name.encode() + path.read_bytes())
    return digest.hexdigest()[:8]


_FastLoader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
