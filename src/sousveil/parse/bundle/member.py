"""What every reader of containers has in common: a member, its limits, its failure, its name."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from sousveil.exceptions import FileFailure, LimitError
from sousveil.model import Failure
from sousveil.settings import Limits

CHUNK_BYTES = 1 << 18
_RATIO_FLOOR_BYTES = 1 << 20
"""Below 1 MB inflated no ratio is looked at: a page of blanks packs 1:1,000 and harms nobody."""

_BAD_IN_NAME = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff]")
_MAX_NAME_CHARS = 1_000


@dataclass(frozen=True, slots=True)
class Member:
    """One member of a container: its bytes, or why they could not be had."""

    path: str
    """Unique within the container."""
    untrusted: bytes | None
    failure: Failure | None
    address: str = ""
    """Web address that a web archive gives for the bytes, else empty."""
    seen_at: str = ""
    """When that archive says it fetched them: UTC, ISO 8601; else empty."""
    status: int | None = None
    """HTTP status that the archive recorded, else None."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A member before its bytes are read; ``load`` gets the bytes that the container may still yield."""

    path: str
    load: Callable[[int], bytes]
    address: str = ""
    seen_at: str = ""
    status: int | None = None


def load_entries(entries: Iterable[Entry], limits: Limits) -> Iterator[Member]:
    """Yield the member of every entry, its bytes or its failure; stop with one last member at a limit."""
    left = limits.max_archive_bytes
    for number, entry in enumerate(entries):
        if number >= limits.max_members:
            yield rest(None, f"the limit of {limits.max_members:,} members is reached")
            return
        if left <= 0:
            yield rest(None, f"the limit of {limits.max_archive_bytes:,} bytes for one archive is reached")
            return
        member = _load(entry, left)
        left -= len(member.untrusted or b"")
        yield member


def _load(entry: Entry, left: int) -> Member:
    try:
        data = entry.load(left)
    except FileFailure as error:
        return Member(
            entry.path, None, failure_of(error), address=entry.address, seen_at=entry.seen_at, status=entry.status
        )
    return Member(entry.path, data, None, address=entry.address, seen_at=entry.seen_at, status=entry.status)


def check_size(size: int, packed: int, limits: Limits, left: int) -> None:
    """Raise ``LimitError`` when ``size`` inflated bytes are too many: for a member, for its packed size, or in sum."""
    advice = "Unpack the archive by hand if you trust it, or raise the limit in sousveil.toml."
    if size > limits.max_member_bytes:
        raise LimitError(f"the member inflates beyond {limits.max_member_bytes:,} bytes", advice)
    if size > _RATIO_FLOOR_BYTES and size > limits.max_archive_ratio * max(packed, 1):
        raise LimitError(f"the member inflates to more than {limits.max_archive_ratio} times its packed size", advice)
    if size > left:
        raise LimitError(f"the archive inflates beyond {limits.max_archive_bytes:,} bytes", advice)


def gather(read: Callable[[int], bytes], packed: int, limits: Limits, left: int) -> bytes:
    """Return all that ``read`` gives in chunks, counted while it comes.

    Raises:
        LimitError: it gives more than the limits allow for ``packed`` bytes.
    """
    pieces: list[bytes] = []
    size = 0
    while piece := read(CHUNK_BYTES):
        size += len(piece)
        check_size(size, packed, limits, left)
        pieces.append(piece)
    return b"".join(pieces)


def failure_of(error: FileFailure) -> Failure:
    """Return the failure to show for a member that could not be opened."""
    return Failure("open", error.reason, error.advice)


def failed(path: str, error: FileFailure) -> Member:
    """Return the member at ``path`` without bytes."""
    return Member(path, None, failure_of(error))


def rest(count: int | None, reason: str) -> Member:
    """Return the last member of a container that is not read to its end; ``count`` is None where nobody knows it."""
    number = f"{count:,} " if count is not None else ""
    words = f"{number}further member{'s' if count != 1 else ''} not read: {reason}"
    return Member(
        f"({number}more)",
        None,
        Failure("open", words, "Unpack the archive by hand and read the folder, or raise the limit in sousveil.toml."),
    )


def clean_path(path: str) -> str:
    """Return a path on one line with forward slashes; surrogates and controls become U+FFFD."""
    path = path.split("\x00", 1)[0].replace("\\", "/")[:_MAX_NAME_CHARS]
    return _BAD_IN_NAME.sub("\ufffd", path) or "(no name)"


def set_apart(path: str, taken: set[str]) -> str:
    """Return ``path``, or with a number behind it where a member before has it; note it in ``taken``.

    >>> taken: set[str] = set()
    >>> set_apart("a.txt", taken), set_apart("a.txt", taken)
    ('a.txt', 'a (2).txt')
    """
    unique, number = path, 1
    stem, dot, ending = path.rpartition(".")
    while unique in taken:
        number += 1
        is_ending = bool(dot) and bool(stem) and "/" not in ending
        unique = f"{stem} ({number}).{ending}" if is_ending else f"{path} ({number})"
    taken.add(unique)
    return unique
