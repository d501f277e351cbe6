"""The lock of a dataset: one process writes at a time; readers need none."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

from sousveil.exceptions import DatasetLockedError
from sousveil.paths import DatasetPaths


@contextmanager
def held(paths: DatasetPaths) -> Iterator[None]:
    """Hold the lock while the block runs; the kernel lets go of it when the process ends, however it ends.

    Raises:
        DatasetLockedError: another process holds it; the message says which, and since when.
        OSError: the file cannot be written.
    """
    with paths.lock.open("a+", encoding="utf-8") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            lock.seek(0)
            holder = lock.read().strip() or "another process"
            raise DatasetLockedError(
                f"{paths.root} is being written by {holder}. Wait until it is done, or stop it."
            ) from error
        lock.truncate(0)
        lock.write(f"process {os.getpid()} since {datetime.now(UTC).isoformat(timespec='seconds')}")
        lock.flush()
        try:
            yield
        finally:
            lock.truncate(0)
