"""Pictures that were drawn once, in a folder that may be deleted at any time and never grows beyond a bound."""

from __future__ import annotations

import contextlib
import hashlib
import os
import shutil
from collections import OrderedDict
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import msgspec

if TYPE_CHECKING:
    from collections.abc import Iterable

MAX_BYTES = 256 * 1024 * 1024
"""Some 3,000 pages; beyond it the oldest are let go."""
_KEPT_SHARE = 0.8
_IN_MEMORY = 8
"""Pictures kept in memory: those of a dataset that cannot be written."""
_WRITES_A_LOOK = 32
"""Pictures written between two looks at how much there is."""

_T = TypeVar("_T")


class KeptPictures:
    """The pictures that were made by one version of the steps; those of others are swept away with the first write.

    Args:
        folder: of all versions; is made with the first picture.
        version: of what made them.
        max_bytes: of all pictures together.
    """

    def __init__(self, folder: Path, version: str, max_bytes: int = MAX_BYTES) -> None:
        self._all = folder
        self._folder = folder / hashlib.sha256(version.encode()).hexdigest()[:12]
        self._max_bytes = max_bytes
        self._writes = 0
        self._recent: OrderedDict[str, object] = OrderedDict()

    def load(self, key: str, kind: type[_T]) -> _T | None:
        """Return what was kept under a name, or None; what is damaged is as if it was not there."""
        recent = self._recent.get(key)
        if isinstance(recent, kind):
            self._recent.move_to_end(key)
            return recent
        try:
            body = (self._folder / key).read_bytes()
        except OSError:
            return None
        digest, _, packed = body.partition(b"\n")
        if digest.decode("ascii", "replace") != hashlib.sha256(packed).hexdigest():
            return None
        try:
            found = msgspec.msgpack.decode(packed, type=kind)
        except msgspec.DecodeError:
            return None
        self._remember(key, found)
        return found

    def keep(self, key: str, picture: object) -> None:
        """Keep a picture; where the folder cannot be written, in memory only."""
        self._remember(key, picture)
        packed = msgspec.msgpack.encode(picture)
        piece = self._folder / f"{key}.{os.getpid()}.part"
        with contextlib.suppress(OSError):
            if not self._folder.is_dir():
                self._sweep()
                self._folder.mkdir(parents=True)
            try:
                piece.write_bytes(hashlib.sha256(packed).hexdigest().encode() + b"\n" + packed)
                piece.rename(self._folder / key)
            finally:
                piece.unlink(missing_ok=True)
            if self._writes % _WRITES_A_LOOK == 0:
                self._let_go()
            self._writes += 1

    def _remember(self, key: str, picture: object) -> None:
        self._recent[key] = picture
        self._recent.move_to_end(key)
        if len(self._recent) > _IN_MEMORY:
            self._recent.popitem(last=False)

    def _sweep(self) -> None:
        """Remove what other versions made: their masks may have covered less."""
        for other in self._all.iterdir() if self._all.is_dir() else ():
            shutil.rmtree(other, ignore_errors=True)

    def _let_go(self) -> None:
        """Remove the oldest pictures where there are too many."""
        files = sorted(self._sizes(), reverse=True)
        if sum(size for _, size, _ in files) <= self._max_bytes:
            return
        total = 0
        for _, size, path in files:
            total += size
            if total > _KEPT_SHARE * self._max_bytes:
                path.unlink(missing_ok=True)

    def _sizes(self) -> Iterable[tuple[float, int, Path]]:
        for entry in os.scandir(self._folder):
            stat = entry.stat()
            yield stat.st_mtime, stat.st_size, Path(entry.path)
