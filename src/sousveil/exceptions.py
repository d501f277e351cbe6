"""Every error of sousveil, drawn as one tree.

::

    SousveilError                    exit 1, HTTP 500
    ├── UsageError                   exit 2, HTTP 400   what was asked cannot be understood
    │   └── QueryError                                  a mistake at a place of a query
    ├── DatasetError                 exit 4, HTTP 503   no dataset here, or it cannot be used now
    │   ├── NoDatasetError
    │   └── DatasetLockedError
    ├── NotFoundError                exit 1, HTTP 404   nothing under that id
    ├── EvidenceError                exit 1, HTTP 500   bytes missing or not the ones recorded
    ├── StorageFullError             exit 1, HTTP 507   the disk is full or read-only
    ├── SandboxError                 exit 1, HTTP 500   readers are shut in less than the run requires
    ├── WorkerError                  exit 1, HTTP 500   worker processes do not start (out of memory, or a bug)
    ├── LeakError                    exit 1, HTTP 500   an export would tell of a natural person; nothing was written
    ├── DataTableError               exit 1, HTTP 500   a shipped table is wrong (a bug in the package)
    └── FileFailure                  never ends a run   one input file could not be read
        ├── UnsupportedTypeError
        ├── EmptyFileError
        │   └── PicturesOnlyError
        ├── EncryptedError
        ├── DamagedError
        ├── LimitError
        ├── WithheldError            the picture of a page, not the file
        └── UnreadableError

A message says what, where, and what to do next. ``FileFailure`` and its children are caught by the pipeline
and become a row of the run; they never reach the user as a traceback.
"""

from __future__ import annotations

import unicodedata


class SousveilError(Exception):
    """Root of everything sousveil raises on purpose.

    ``exit_code`` is what the command line ends with, ``http_status`` what the web answers.
    """

    exit_code = 1
    http_status = 500


class UsageError(SousveilError):
    """The question or the options cannot be understood."""

    exit_code = 2
    http_status = 400


class QueryError(UsageError):
    """There is a mistake at a place of a query.

    Args:
        why: what is wrong, and what would be right.
        query: as typed.
        place: of the mistake, in characters from 0.
    """

    def __init__(self, why: str, query: str, place: int) -> None:
        """Make a message of three lines: why, the query, a mark below the place."""
        line = " ".join(query.split("\n"))
        width = sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in line[:place])
        super().__init__(f"{why}\n  {line}\n  {' ' * width}^")
        self.why = why
        self.query = query
        self.place = place


class DatasetError(SousveilError):
    """The dataset folder is missing or cannot be used now."""

    exit_code = 4
    http_status = 503


class NoDatasetError(DatasetError):
    """There is no dataset at the place named, nor above it."""


class DatasetLockedError(DatasetError):
    """Another process is writing to this dataset."""


class NotFoundError(SousveilError):
    """Nothing in the dataset has the id that was asked for."""

    http_status = 404


class EvidenceError(SousveilError):
    """Stored bytes are missing, or are not the bytes whose hash was recorded."""


class StorageFullError(SousveilError):
    """The dataset cannot be written: disk full, quota reached, or folder read-only."""

    http_status = 507


class SandboxError(SousveilError):
    """The workers of this machine are shut in less than the run requires; nothing was read."""


class WorkerError(SousveilError):
    """Worker processes do not start: the memory they may use is too small, or something they load is missing."""


class LeakError(SousveilError):
    """An export would tell of a natural person; nothing was written."""


class DataTableError(SousveilError):
    """A table in ``sousveil/data`` breaks its own rules; a bug in the package, found by its tests."""


class FileFailure(SousveilError):
    """One input file could not be read; the run goes on.

    Args:
        reason: what happened, in plain words, without a full stop.
        advice: what the user can do about it.
    """

    def __init__(self, reason: str, advice: str) -> None:
        """Keep reason and advice apart, so that they can be shown in two columns."""
        super().__init__(f"{reason}. {advice}")
        self.reason = reason
        self.advice = advice


class UnsupportedTypeError(FileFailure):
    """The type was recognised, and no reader for it exists."""


class EmptyFileError(FileFailure):
    """The file has no bytes, or no text at all."""


class PicturesOnlyError(EmptyFileError):
    """All that the file has is pictures that were not recognised yet.

    Args:
        reason: what happened, in plain words, without a full stop.
        advice: what the user can do about it.
        pictures: how many, from 1.
    """

    def __init__(self, reason: str, advice: str, pictures: int) -> None:
        """Keep the number, so that the run knows that the file can be read after all."""
        super().__init__(reason, advice)
        self.pictures = pictures


class EncryptedError(FileFailure):
    """The file opens only with a password."""


class DamagedError(FileFailure):
    """The bytes do not hold together as the type they claim to be."""


class LimitError(FileFailure):
    """Reading would go beyond a limit on size, depth, time or memory."""


class WithheldError(FileFailure):
    """The picture of a page cannot be made so that nobody is seen on it; the text of the page can be read."""

    http_status = 404


class UnreadableError(FileFailure):
    """The operating system did not give the bytes: permission, vanished file, input/output error."""
