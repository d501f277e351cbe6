"""The settings in force, each with where it comes from; and the space that a dataset takes."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from dataclasses import dataclass, fields

from sousveil.paths import DatasetPaths
from sousveil.settings import DEFAULT_LIMITS, Limits
from sousveil.store.database import Store


@dataclass(frozen=True, slots=True, kw_only=True)
class SettingRow:
    """One setting.

    Attributes:
        value: in force.
        default: what it would be.
        where: ``default``, or the file that sets it.
    """

    name: str
    value: str | int | float
    default: str | int | float
    where: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SpaceRow:
    """What takes space, in bytes."""

    name: str
    size: int


def list_settings(paths: DatasetPaths, said: Mapping[str, object]) -> tuple[SettingRow, ...]:
    """Return every setting; ``said`` is what the dataset's ``sousveil.toml`` says."""
    chosen = said.get("settings", {})
    assert isinstance(chosen, dict)
    rows = [
        SettingRow(
            name="title", value=_title(paths, said), default=paths.root.name, where=_where(paths, "title" in said)
        )
    ]
    for item in fields(Limits):
        default = getattr(DEFAULT_LIMITS, item.name)
        is_said = item.name in chosen
        value = chosen[item.name] if is_said else default
        rows.append(SettingRow(name=item.name, value=value, default=default, where=_where(paths, is_said)))
    return tuple(rows)


def _title(paths: DatasetPaths, said: Mapping[str, object]) -> str:
    return str(said.get("title", paths.root.name))


def _where(paths: DatasetPaths, is_said: bool) -> str:
    return paths.marker.name if is_said else "default"


def measure_space(paths: DatasetPaths, store: Store) -> tuple[SpaceRow, ...]:
    """Return the space that the parts of a dataset take, and what is free on its disk.

    The evidence is given as it was found: on the disk it is compressed.
    """
    evidence = store.rows("SELECT coalesce(sum(size), 0) AS size FROM files")[0]["size"]
    rows = sum(path.stat().st_size for path in paths.derived.glob("store.db*"))
    index = sum(path.stat().st_size for path in paths.index.glob("*") if path.is_file())
    ledger = paths.ledger.stat().st_size if paths.ledger.is_file() else 0
    return (
        SpaceRow(name="files as found", size=evidence),
        SpaceRow(name="ledger", size=ledger),
        SpaceRow(name="rows", size=rows),
        SpaceRow(name="search index", size=index),
        SpaceRow(name="free on this disk", size=shutil.disk_usage(paths.root).free),
    )
