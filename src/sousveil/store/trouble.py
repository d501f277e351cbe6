"""What a disk says that takes no more, in plain words: a full or read-only disk is not a bug."""

from __future__ import annotations

import errno
import re
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sousveil.exceptions import StorageFullError

_FULL = (errno.ENOSPC, errno.EDQUOT)
_REFUSED = (errno.EROFS, errno.EACCES, errno.EPERM)
_OS_ERROR = re.compile(r"\(os error (\d+)\)|\bcode: (\d+),")
"""How the search index, which is written in Rust, names an error of the operating system."""


@contextmanager
def telling_of_storage(root: Path) -> Iterator[None]:
    """Turn what comes from a disk that cannot be written into an error that says what to do.

    Raises:
        StorageFullError: the disk with ``root`` is full, read-only, or gave an error.
    """
    try:
        yield
    except (OSError, sqlite3.OperationalError, ValueError) as error:
        told = storage_error(error, root)
        if told is error:
            raise
        raise told from error


def storage_error(error: Exception, root: Path) -> Exception:
    """Return the error to show for one that came from writing; itself where the disk is not to blame."""
    code, text = _code_of(error), str(error).lower()
    if code in _FULL or "is full" in text:
        return StorageFullError(
            f"The disk with {root} is full; everything up to the last batch is safe."
            " Free some space and run the same command again."
        )
    if code == errno.EFBIG:
        return StorageFullError(
            f"A file in {root} may not grow further; everything up to the last batch is safe."
            " Raise the limit on file size (ulimit -f), or move the dataset to another file system,"
            " and run the same command again."
        )
    if code in _REFUSED or "readonly" in text or "unable to open database" in text:
        return StorageFullError(
            f"{root} cannot be written. Check its permissions, or copy the dataset to a folder of your own."
        )
    if code == errno.EIO or "disk i/o" in text or "io::error" in text:
        return StorageFullError(
            f"The disk with {root} gave an error while writing ({error}); everything acknowledged is safe."
            " It may be full or damaged: free some space, check it, and run the same command again."
        )
    return error


def _code_of(error: Exception) -> int | None:
    """Return the number of the operating system's error, or None where there is none.

    >>> _code_of(ValueError("An IO error occurred: 'No space left on device (os error 28)'"))
    28
    """
    if isinstance(error, OSError):
        return error.errno
    found = _OS_ERROR.search(str(error))
    return int(found[1] or found[2]) if found else None
