"""What a path holds, before it is read: counts of files by the ends of their names, within a budget."""

from __future__ import annotations

import os
import time
from collections import Counter
from dataclasses import dataclass
from pathlib import Path, PurePath

from sousveil.exceptions import UsageError
from sousveil.source.folder import shown_path

_SYSTEM = ("bin", "boot", "dev", "etc", "lib", "lib32", "lib64", "proc", "run", "sbin", "sys", "usr", "var")
"""Folders below the root that hold the system, not documents."""
_SYSTEM_ALLOWED = (PurePath("/var/tmp"), PurePath("/run/media"))  # noqa: S108 (where people keep files, not a file of ours)
"""Places below these that are people's own: disks that were plugged in, room for large files."""
_MOST_FILES = 200_000
_MOST_S = 3.0
"""Where counting ends: the figures are then at least so many."""
_MOST_KINDS = 12
_MOST_CHARS = 4096
"""The longest path that Linux takes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Survey:
    """What is under a path.

    Attributes:
        path: absolute.
        is_folder: or a single file.
        files: how many.
        size: bytes of them all.
        kinds: end of the name (``pdf``; empty for none) and how many, the commonest first.
        is_whole: False where counting was ended: figures are then at least so many.
    """

    path: str
    is_folder: bool
    files: int
    size: int
    kinds: tuple[tuple[str, int], ...]
    is_whole: bool


def check_input(given: str, dataset: Path) -> Path:
    """Return a path that a page may hand to an ingest: absolute, there, readable, and no place of the system.

    Hidden files and folders (keys, settings of programs) are refused, too; so is the dataset itself.

    Raises:
        UsageError: it is not; the message says why, and what to do.
    """
    raw = given.strip()
    if not raw:
        raise UsageError("Name a file or folder on the disk of this machine, as in /home/me/notices.")
    if "\0" in raw or len(raw) > _MOST_CHARS:
        raise UsageError("This is no path. Name a file or folder, as in /home/me/notices.")
    path = Path(raw)
    if not path.is_absolute():
        raise UsageError(f"{raw[:200]} does not begin with /. Name the whole path, as in /home/me/notices.")
    try:
        real = path.resolve(strict=True)
    except (OSError, RuntimeError) as error:
        raise UsageError(f"{raw[:200]} is not there, or may not be entered. Check its name.") from error
    own = dataset.resolve()
    if real == own or own in real.parents:
        raise UsageError(f"{raw[:200]} is inside the dataset. Name the folder that the files came in.")
    if _is_system(real):
        raise UsageError(f"{raw[:200]} belongs to the system. Copy the documents to a folder of their own.")
    if any(part.startswith(".") for part in real.parts):
        raise UsageError(f"{raw[:200]} is hidden. Copy the documents to a folder of their own.")
    if not (real.is_dir() or real.is_file()):
        raise UsageError(f"{raw[:200]} is neither a file nor a folder. Leave it out.")
    if not os.access(real, os.R_OK | (os.X_OK if real.is_dir() else 0)):
        raise UsageError(f"{raw[:200]} may not be read by you. Check its permissions.")
    return real


def _is_system(path: Path) -> bool:
    if len(path.parts) < 2:
        return True
    if any(allowed in path.parents for allowed in _SYSTEM_ALLOWED):
        return False
    return path.parts[1] in _SYSTEM


def survey(path: Path) -> Survey:
    """Return what is under a path; folders that cannot be entered are passed by, as the run will tell."""
    end = time.monotonic() + _MOST_S
    kinds: Counter[str] = Counter()
    size = 0
    is_whole = True
    folders = [str(path)] if path.is_dir() else []
    if not folders:
        kinds[_end_of(path.name)] += 1
        size = path.stat().st_size
    while folders:
        try:
            with os.scandir(folders.pop()) as found:
                for entry in found:
                    if entry.is_dir(follow_symlinks=False):
                        folders.append(entry.path)
                    elif entry.is_file():
                        kinds[_end_of(entry.name)] += 1
                        size += entry.stat().st_size
        except OSError:
            continue
        if kinds.total() >= _MOST_FILES or time.monotonic() > end:
            is_whole = not folders
            break
    common = sorted(kinds.items(), key=lambda kind: (-kind[1], kind[0]))
    return Survey(
        path=shown_path(str(path)),
        is_folder=path.is_dir(),
        files=kinds.total(),
        size=size,
        kinds=tuple(common[:_MOST_KINDS]),
        is_whole=is_whole,
    )


def _end_of(name: str) -> str:
    """Return the end of a name in small letters; empty for none, and for what is none.

    >>> _end_of("notice.PDF"), _end_of("README"), _end_of("v1.2024年公告")
    ('pdf', '', '')
    """
    end = PurePath(name).suffix[1:].lower()
    return end if end.isascii() and end.isalnum() and len(end) <= 8 else ""
