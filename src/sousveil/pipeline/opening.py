"""Archives: every file inside goes through the steps; what they may cost together is counted here."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from sousveil.exceptions import FileFailure, LimitError
from sousveil.model import Failure
from sousveil.parse.bundle import Member, iter_members
from sousveil.parse.sniff import Kind, sniff
from sousveil.pipeline.part import PLAIN, Order, Part, empty_part
from sousveil.pipeline.steps import process_file
from sousveil.run.worker import Begin
from sousveil.settings import Limits
from sousveil.store.database import Status


def process(untrusted: bytes, *, name: str, order: Order = PLAIN) -> Iterator[Part | Begin]:
    """Yield the parts of a file: first those of its members, if it is an archive, then its own."""
    yield from _Opening(order).open(untrusted, name=name, member="", depth=0)


def take_member(untrusted: bytes, member: str, limits: Limits, *, name: str = "") -> bytes | None:
    """Return the bytes of a member, also of an archive inside the archive, or None where there is none."""
    try:
        for item in iter_members(untrusted, kind=sniff(untrusted, name).name, limits=limits):
            if item.untrusted is None:
                continue
            if item.path == member:
                return item.untrusted
            if member.startswith(f"{item.path}!/"):
                inner = member.removeprefix(f"{item.path}!/")
                return take_member(item.untrusted, inner, limits, name=item.path)
    except FileFailure:
        return None
    return None


class _Opening:
    """The opening of one file and of the archives inside it; what they may cost together is counted here."""

    def __init__(self, order: Order) -> None:
        self._order = order
        self._members = 0
        self._bytes = 0
        self._waiting = 0

    def open(self, untrusted: bytes, *, name: str, member: str, depth: int) -> Iterator[Part | Begin]:
        kind = sniff(untrusted, name)
        if not kind.is_container:
            yield self._process_file(untrusted, name, kind, member)
            return
        before, waiting = self._members, self._waiting
        own = empty_part(untrusted, kind, member)
        try:
            self._check_depth(depth)
            yield from self._open_members(untrusted, kind, member, depth)
        except FileFailure as failure:
            advice = failure.advice
            if self._members > before:
                advice = f"The members before this point are in the dataset. {advice}"
            status: Status = "partly" if self._members > before else "failed"
            own = replace(own, status=status, failure=Failure("parse", failure.reason, advice))
        else:
            own = replace(own, status="passed" if self._order.kinds else "read")
        yield replace(own, members=self._members - before, waiting=self._waiting - waiting)

    def _process_file(self, untrusted: bytes, name: str, kind: Kind, member: str) -> Part:
        if self._order.kinds and kind.name not in self._order.kinds:
            return replace(empty_part(untrusted, kind, member), status="passed")
        part = process_file(untrusted, name=name, kind=kind, order=self._order, member=member)
        self._waiting += part.waiting
        return part

    def _open_members(self, untrusted: bytes, kind: Kind, member: str, depth: int) -> Iterator[Part | Begin]:
        for item in iter_members(untrusted, kind=kind.name, limits=self._order.limits):
            path = f"{member}!/{item.path}" if member else item.path
            self._count(len(item.untrusted or b""))
            if not self._order.wants(path):
                continue
            yield Begin(path)
            if item.untrusted is None:
                failure = item.failure or Failure("open", "the member could not be read", "Unpack the archive by hand.")
                yield Part(member=path, file="", size=0, kind="", media_type="", status="failed", failure=failure)
            else:
                name = item.path.rsplit("/", 1)[-1]
                for part in self.open(item.untrusted, name=name, member=path, depth=depth + 1):
                    yield _with_address(part, item) if item.address else part

    def _check_depth(self, depth: int) -> None:
        if depth >= self._order.limits.max_depth:
            reason = f"archives are nested deeper than {self._order.limits.max_depth}"
            raise LimitError(reason, "Unpack it by hand and ingest the folder.")

    def _count(self, size: int) -> None:
        self._members += 1
        self._bytes += size
        if self._members > self._order.limits.max_members or self._bytes > self._order.limits.max_archive_bytes:
            limits = self._order.limits
            reason = f"more than {limits.max_members:,} members or {limits.max_archive_bytes:,} bytes inside"
            raise LimitError(reason, "Unpack it by hand and ingest the folder, or raise the limit in sousveil.toml.")


def _with_address(part: Part | Begin, item: Member) -> Part | Begin:
    """Return the part of a member with the web address its archive gives; what lies deeper inside keeps its own."""
    if isinstance(part, Begin) or part.address:
        return part
    return replace(part, address=item.address, seen_at=item.seen_at, http_status=item.status)
