r"""Files from folders on disk: every regular file under the paths given, in a stable order.

Symbolic links to files are followed, to folders not (they may turn in circles). What cannot be opened is yielded too,
with its failure: nothing is left out in silence.

A file name is bytes and need not be text: names that Windows in China wrote are often GBK. Bytes that are no UTF-8 are
written as ``\xd5`` in addresses; the file is opened by its own name.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from sousveil.model import Failure


@dataclass(frozen=True, slots=True)
class Candidate:
    """A file that was found, or why it could not be looked at."""

    address: str
    """Absolute path, as text."""
    size: int
    modified_ns: int
    failure: Failure | None = None
    path: str = ""
    """The path as the operating system knows it, where ``address`` is not the same."""

    @property
    def name(self) -> str:
        """The file's name without folders."""
        return self.address.rsplit("/", 1)[-1]


def shown_path(path: str) -> str:
    r"""Return a path as text: bytes that are no UTF-8 become escapes.

    >>> shown_path("/in/\udcd5\udcd0.html")
    '/in/\\xd5\\xd0.html'
    """
    return os.fsencode(path).decode("utf-8", "backslashreplace")


def iter_candidates(paths: Sequence[Path], skip: frozenset[str] = frozenset()) -> Iterator[Candidate]:
    """Yield every file under ``paths``, sorted within each folder.

    Args:
        paths: files and folders.
        skip: absolute paths of folders not to enter (the dataset itself).
    """
    for path in paths:
        absolute = Path(os.path.abspath(path))  # noqa: PTH100 (keeps links as the user wrote them)
        if absolute.is_dir():
            yield from _walk(str(absolute), skip)
        else:
            yield _candidate(str(absolute))


def _walk(folder: str, skip: frozenset[str]) -> Iterator[Candidate]:
    if folder in skip:
        return
    try:
        with os.scandir(folder) as found:
            entries = sorted(found, key=lambda entry: entry.name)
    except OSError as error:
        yield Candidate(shown_path(folder), 0, 0, _unreadable(error, "folder"))
        return
    for entry in entries:
        if entry.is_dir(follow_symlinks=False):
            yield from _walk(entry.path, skip)
        elif entry.is_symlink() and entry.is_dir():
            continue
        else:
            yield _candidate(entry.path)


def _candidate(path: str) -> Candidate:
    address = shown_path(path)
    try:
        status = os.stat(path)  # noqa: PTH116 (a string here, a hundred thousand times)
    except OSError as error:
        return Candidate(address, 0, 0, _unreadable(error, "file"))
    if not os.path.isfile(path):  # noqa: PTH113
        return Candidate(address, 0, 0, Failure("open", "no regular file (a device, pipe or socket)", "Leave it out."))
    return Candidate(address, status.st_size, status.st_mtime_ns, path=path if path != address else "")


def load_candidate(candidate: Candidate, max_bytes: int) -> bytes | Failure:
    """Return the bytes of a candidate, or why they cannot be had."""
    if candidate.failure is not None:
        return candidate.failure
    if candidate.size > max_bytes:
        return Failure(
            "open",
            f"file of {candidate.size:,} bytes is over the limit of {max_bytes:,}",
            "Raise max_file_bytes under [settings] in sousveil.toml, or split the file.",
        )
    try:
        with open(candidate.path or candidate.address, "rb") as file:  # noqa: PTH123
            return file.read(max_bytes + 1)
    except OSError as error:
        return _unreadable(error, "file")


def _unreadable(error: OSError, what: str) -> Failure:
    reason = (error.strerror or type(error).__name__).lower()
    return Failure(
        "open", f"{what} cannot be opened: {reason}", "Check that it exists and that you may read it, then run again."
    )
