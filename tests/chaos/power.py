"""A disk that loses power: SQLite writes to it through a file system of ours.

What was written and not yet flushed is, at the cut, kept, dropped or torn: each sector of 512 bytes for itself, and in
any order. The same for the ends of files (a file may have grown or shrunk before its bytes were there). A file that was
deleted may come back as it was, whole: another one made under its name is another file, and the two never mix.
"""

import random

import pytest

apsw = pytest.importorskip("apsw")  # SQLite with file systems of one's own; a tool for developers

_SECTOR = 512


class PowerError(apsw.IOError):
    """The power is off."""


class Disk:
    """Files as the disk would have them, and what is still on its way there."""

    def __init__(self, dice: random.Random) -> None:
        self.durable: dict[str, bytearray] = {}
        self.live: dict[str, bytearray] = {}
        self._ghosts: dict[str, bytearray] = {}
        self._pending: dict[str, list[tuple[int, bytes | None]]] = {}
        self._dice = dice
        self.calls_left: int | None = None
        self.flushes = 0

    def count(self) -> None:
        """Count one call; at the last of them, and from then on, the power is off."""
        if self.calls_left is not None:
            self.calls_left -= 1
            if self.calls_left <= 0:
                raise PowerError("the power is off")

    def write(self, name: str, offset: int, data: bytes) -> None:
        self.count()
        _write(self.live[name], offset, data)
        self._pending.setdefault(name, []).append((offset, data))

    def truncate(self, name: str, size: int) -> None:
        self.count()
        del self.live[name][size:]
        self._pending.setdefault(name, []).append((size, None))

    def flush(self, name: str, *, with_folder: bool) -> None:
        self.count()
        self.durable[name] = bytearray(self.live[name])
        self._pending.pop(name, None)
        if with_folder:
            self._ghosts.clear()
        self.flushes += 1

    def delete(self, name: str, *, is_flushed: bool) -> None:
        self.count()
        self.live.pop(name, None)
        self._pending.pop(name, None)
        before = self.durable.pop(name, None)
        if before is not None and not is_flushed:
            self._ghosts[name] = before

    def wipe(self) -> None:
        """Begin anew with an empty disk, on which nothing is on its way."""
        for files in (self.durable, self.live, self._ghosts, self._pending):
            files.clear()

    def cut(self) -> None:
        """Lose power: of what was not flushed, some sectors are there and some are not."""
        for name, writes in self._pending.items():
            there = self.durable.setdefault(name, bytearray())
            for offset, data in writes:
                if data is None:
                    if self._dice.random() < 0.5:
                        del there[offset:]
                    continue
                for start in range(0, len(data), _SECTOR):
                    if self._dice.random() < 0.5:
                        _write(there, offset + start, data[start : start + _SECTOR])
        self.durable |= {name: data for name, data in self._ghosts.items() if self._dice.random() < 0.5}
        self._pending, self._ghosts = {}, {}
        self.live = {name: bytearray(data) for name, data in self.durable.items()}
        self.calls_left = None


def _write(file: bytearray, offset: int, data: bytes) -> None:
    if len(file) < offset:
        file.extend(bytes(offset - len(file)))
    file[offset : offset + len(data)] = data


class _File:
    """An open file on the disk, in the manner SQLite wants; one process, so locks are always granted."""

    def __init__(self, disk: Disk, name: str) -> None:
        self._disk, self._name = disk, name
        # SQLite's own file system for Unix flushes the folder with the first flush of a log or journal
        self._has_new_name = name.endswith(("-wal", "-journal"))
        disk.live.setdefault(name, bytearray())

    def xRead(self, amount: int, offset: int) -> bytes:  # noqa: N802 (names of SQLite)
        return bytes(self._disk.live[self._name][offset : offset + amount])

    def xWrite(self, data: bytes, offset: int) -> None:  # noqa: N802
        self._disk.write(self._name, offset, bytes(data))

    def xTruncate(self, size: int) -> None:  # noqa: N802
        self._disk.truncate(self._name, size)

    def xSync(self, _flags: int) -> None:  # noqa: N802
        self._disk.flush(self._name, with_folder=self._has_new_name)
        self._has_new_name = False

    def xFileSize(self) -> int:  # noqa: N802
        return len(self._disk.live[self._name])

    def xLock(self, _level: int) -> None:  # noqa: N802
        """Always granted."""

    def xUnlock(self, _level: int) -> None:  # noqa: N802
        """Nothing to do."""

    def xCheckReservedLock(self) -> bool:  # noqa: N802
        return False

    def xFileControl(self, _op: int, _pointer: int) -> bool:  # noqa: N802
        return False

    def xSectorSize(self) -> int:  # noqa: N802
        return _SECTOR

    def xDeviceCharacteristics(self) -> int:  # noqa: N802
        return 0  # no promise at all: writes are neither atomic nor in order

    def xClose(self) -> None:  # noqa: N802
        """Nothing to do: closing flushes nothing."""


class PowerVFS(apsw.VFS):
    """The file system with the disk under it."""

    def __init__(self, name: str, disk: Disk) -> None:
        self.disk = disk
        super().__init__(name, base="")

    def xOpen(self, name, flags):  # noqa: N802
        opened = _File(self.disk, name.filename() if hasattr(name, "filename") else name or "temporary")
        flags[1] = flags[0]
        return opened

    def xDelete(self, name: str, sync_folder: bool) -> None:  # noqa: N802
        self.disk.delete(name, is_flushed=sync_folder)

    def xAccess(self, name: str, _flags: int) -> bool:  # noqa: N802
        return name in self.disk.live

    def xFullPathname(self, name: str) -> str:  # noqa: N802
        return name
