"""The one place where tables are loaded and checked.

Every table is a YAML list of mappings beside this file; ``data/NAME.py`` defines its row as a frozen dataclass and
says what the columns mean.

YAML is made for those who write the tables; to read it takes a second for all of them. As Python keeps its modules
compiled, tables are kept as JSON in the same ``__pycache__``, made anew whenever the YAML is another.
"""

from __future__ import annotations

import hashlib
import os
import sys
from collections.abc import Hashable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from importlib.util import cache_from_source
from pathlib import Path
from typing import TypeVar

import msgspec

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
    try:
        source = files("sousveil.data").joinpath(f"{name}.yml").read_bytes()
    except OSError as error:
        raise _unloadable(name, error) from error
    raw = _kept(name, source)
    if raw is None:
        raw = _parsed(name, source)
        _keep(name, source, raw)
    rows: list[Row] = []
    seen: set[tuple[Hashable, ...]] = set()
    for number, item in enumerate(raw, 1):
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


def _parsed(name: str, source: bytes) -> list[object]:
    import yaml  # noqa: PLC0415 (most commands find every table kept)

    try:
        parsed = yaml.load(source, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))  # noqa: S506 (both are safe)
    except yaml.YAMLError as error:
        raise _unloadable(name, error) from error
    return list(parsed or [])


def _unloadable(name: str, error: Exception) -> DataTableError:
    return DataTableError(f"Table data/{name}.yml cannot be loaded: {error}. Reinstall sousveil, or mend the file.")


def _kept_path(name: str) -> Path:
    return Path(cache_from_source(__file__)).with_name(f"{name.replace('/', '-')}.json")


def _kept(name: str, source: bytes) -> list[object] | None:
    """Return what was kept of a table, if it was made of just these bytes."""
    try:
        held = msgspec.json.decode(_kept_path(name).read_bytes(), type=_Kept)
    except (OSError, msgspec.MsgspecError):
        return None
    return held.raw if held.source == _name_of(source) else None


def _keep(name: str, source: bytes, raw: list[object]) -> None:
    """Keep a table, where Python may keep its modules and JSON can say the same as the YAML."""
    path = _kept_path(name)
    written = msgspec.json.encode(_Kept(_name_of(source), raw))
    if sys.dont_write_bytecode or msgspec.json.decode(written, type=_Kept).raw != raw:
        return
    piece = path.with_suffix(f".{os.getpid()}.part")
    with suppress(OSError):  # an installation that cannot be written, a full disk: it is loaded from YAML
        path.parent.mkdir(parents=True, exist_ok=True)
        piece.write_bytes(written)
        piece.replace(path)


def _name_of(source: bytes) -> str:
    return hashlib.sha256(source).hexdigest()


@dataclass(frozen=True, slots=True)
class _Kept:
    """A kept table: the hash of its YAML, and what that says."""

    source: str
    raw: list[object]
