"""The steps in order, from bytes to findings; the only file that knows every room.

Each step is a pure function of its input and its version. ``work`` is what a worker process runs; it opens archives,
and yields one ``Part`` for every file it meets.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from typing import Literal

import msgspec

from sousveil.data.load import tables_digest
from sousveil.evidence.vault import sha256_of
from sousveil.exceptions import EmptyFileError, FileFailure, LimitError, PicturesOnlyError, UnsupportedTypeError
from sousveil.find import find
from sousveil.mask import mask
from sousveil.model import Document, Failure, Finding, Notice
from sousveil.parse import parse
from sousveil.parse.bundle import Member, iter_members
from sousveil.parse.scan.engine import Engine
from sousveil.parse.scan.pictures import Pictures
from sousveil.parse.scan.recogniser import Recogniser
from sousveil.parse.sniff import Kind, sniff
from sousveil.read import read
from sousveil.run.protocol import Json
from sousveil.run.worker import Begin, sign_of_life
from sousveil.settings import DEFAULT_LIMITS, Limits, OcrMode
from sousveil.source import eforms, ocds, table, ted
from sousveil.store.database import Status
from sousveil.text.language import language_of

VERSIONS = f"parse=1 source=1 mask=1 read=1 find=1 data={tables_digest()}"
"""Version of every step, and of the tables they read. A file whose row says otherwise is stale: the next ingest does it
again."""

_LANGUAGE_SAMPLE = 4_000
"""Characters looked at to tell the language; more did not change a verdict on the sample corpus (2026-11)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """What became of one file: itself, or a member of an archive.

    Attributes:
        member: path inside the archive, empty for the file itself.
        file: SHA-256 of its bytes; empty when they could not be had.
        size: in bytes.
        kind: short name of the type (``html``, ``pdf``, ``zip``).
        address: web address that a web archive gives for the bytes, else empty.
        seen_at: when that archive says it fetched them, UTC, else empty.
        http_status: what the server answered then, else None.
        status: ``read``, ``partly`` or ``failed``; ``partly`` and ``failed`` come with a failure. ``passed`` where its
            kind was not asked for.
        members: how many files an archive holds, inner ones included; 0 for other files.
        seconds: processor time of each step.
        waiting: pictures in it, and pages that are pictures, that wait to be recognised.
    """

    member: str
    file: str
    size: int
    kind: str
    media_type: str
    status: Status | Literal["passed"]
    failure: Failure | None = None
    document: Document | None = None
    notices: tuple[Notice, ...] = ()
    findings: tuple[Finding, ...] = ()
    members: int = 0
    seconds: dict[str, float] = field(default_factory=dict)
    address: str = ""
    seen_at: str = ""
    http_status: int | None = None
    waiting: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """How a file is to be read.

    Attributes:
        limits: what it may cost.
        explain: whether findings that were withheld come too.
        ocr: which pages are pictures to recognise.
        recogniser: who recognises them; None where this process has no engine: they wait, and are counted.
        avoid: members of an archive to pass over: they were answered, or killed a worker, before.
        only: members to read, and those inside them; empty for all.
        kinds: kinds of files to read; empty for all. What is not of these is passed by, and so are archives, for
            what else they hold is not known then.
        page: the one page whose picture to recognise; None for all.
    """

    limits: Limits = DEFAULT_LIMITS
    explain: bool = False
    ocr: OcrMode = "auto"
    recogniser: Recogniser | None = None
    avoid: frozenset[str] = frozenset()
    only: frozenset[str] = frozenset()
    kinds: frozenset[str] = frozenset()
    page: int | None = None

    def wants(self, member: str) -> bool:
        """Return whether a member is to be read, or holds one that is."""
        if member in self.avoid:
            return False
        return not self.only or any(
            path == member or path.startswith(f"{member}!/") or member.startswith(f"{path}!/") for path in self.only
        )


def work(header: Mapping[str, Json], payload: bytes, avoid: frozenset[str] = frozenset()) -> Iterator[Part | Begin]:
    """Yield a part for every file inside ``payload``, the file itself last; the function that workers run.

    The header holds ``name``, and optionally ``explain``, ``ocr``, ``only`` (members to read),
    ``kinds`` (of files to read, both parted by NUL) and
    limits by their names in ``Limits``; members to ``avoid`` are passed over.
    """
    yield from process(payload, name=str(header["name"]), order=_order(header, avoid))


def work_recognising(
    header: Mapping[str, Json], payload: bytes, avoid: frozenset[str] = frozenset()
) -> Iterator[Part | Begin]:
    """Do the same with an engine at hand: pages that are pictures are recognised; one such worker is enough."""
    order = replace(_order(header, avoid), recogniser=load_recogniser())
    yield from process(payload, name=str(header["name"]), order=order)


@cache
def load_recogniser() -> Recogniser:
    """Return this process's engine, loaded once: a second and 1.2 GB."""
    return Recogniser(Engine(), sign_of_life)


def _order(header: Mapping[str, Json], avoid: frozenset[str]) -> Order:
    changes = {key: value for key, value in header.items() if key in Limits.__dataclass_fields__}
    return Order(
        limits=replace(DEFAULT_LIMITS, **changes),  # type: ignore[arg-type]
        explain=bool(header.get("explain")),
        ocr=msgspec.convert(header.get("ocr", "auto"), OcrMode),
        avoid=avoid,
        only=_names(header.get("only")),
        kinds=_names(header.get("kinds")),
        page=int(header["page"]) if header.get("page") else None,  # type: ignore[arg-type]
    )


def _names(joined: Json) -> frozenset[str]:
    return frozenset(filter(None, str(joined or "").split("\0")))


def work_one(header: Mapping[str, Json], payload: bytes, avoid: frozenset[str] = frozenset()) -> Iterator[Part]:
    """Yield the masked document of one file again, or of the one member of an archive that the header names.

    It is what a quote is proved against: nothing is read or found in it. The header holds ``name`` and ``member``
    (empty for the file itself), and optionally ``ocr``, ``page`` (the one whose picture counts) and limits. Nothing is
    yielded where the archive has no such member.
    """
    yield from _read_one(header, payload, _order(header, avoid))


def work_one_recognising(
    header: Mapping[str, Json], payload: bytes, avoid: frozenset[str] = frozenset()
) -> Iterator[Part]:
    """Do the same with an engine at hand, for text that was recognised."""
    yield from _read_one(header, payload, replace(_order(header, avoid), recogniser=load_recogniser()))


def _read_one(header: Mapping[str, Json], payload: bytes, order: Order) -> Iterator[Part]:
    member, name = str(header["member"]), str(header["name"])
    untrusted = take_member(payload, member, order.limits, name=name) if member else payload
    if untrusted is None or member in order.avoid:
        return
    kind = sniff(untrusted, name)
    empty = _empty_part(untrusted, kind, member)
    try:
        document = mask(to_document(untrusted, file=empty.file, name=name, kind=kind, order=order))
    except FileFailure as failure:
        yield replace(empty, failure=Failure("parse", failure.reason, failure.advice))
    else:
        yield replace(empty, status="read", document=replace(document, records=()))


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


def process(untrusted: bytes, *, name: str, order: Order = Order()) -> Iterator[Part | Begin]:
    """Yield the parts of a file: first those of its members, if it is an archive, then its own."""
    yield from _Opening(order).open(untrusted, name=name, member="", depth=0)


def process_file(untrusted: bytes, *, name: str, kind: Kind, order: Order = Order(), member: str = "") -> Part:
    """Return what becomes of one file that is no archive."""
    watch = _Watch()
    empty = _empty_part(untrusted, kind, member)
    try:
        document = to_document(untrusted, file=empty.file, name=name, kind=kind, order=order)
    except FileFailure as failure:
        is_unknown = isinstance(failure, UnsupportedTypeError)
        return replace(
            empty,
            failure=Failure("sniff" if is_unknown else "parse", failure.reason, failure.advice),
            waiting=failure.pictures if isinstance(failure, PicturesOnlyError) else 0,
        )
    watch.note("parse")
    document = mask(document)
    watch.note("mask")
    notices = read(document)
    watch.note("read")
    findings = tuple(finding for notice in notices for finding in find(document, notice, explain=order.explain))
    watch.note("find")
    failure_row = None
    if document.marks:
        failure_row = Failure(
            "parse",
            "; ".join(document.marks),
            "What could be read is in the dataset; look at the original for the rest.",
        )
    return replace(
        empty,
        status="partly" if failure_row else "read",
        failure=failure_row,
        document=replace(document, records=()),
        notices=notices,
        findings=findings,
        seconds=watch.seconds,
        waiting=document.waiting,
    )


def to_document(untrusted: bytes, *, file: str, name: str, kind: Kind, order: Order = Order()) -> Document:
    """Return the document that the bytes hold, its language set; not masked yet.

    Raises:
        FileFailure: the file cannot be read; the message says why and what to do.
    """
    if not untrusted:
        raise EmptyFileError("the file is empty (0 bytes)", "Fetch it again from its source.")
    if not kind.is_supported:
        raise UnsupportedTypeError(
            f"not supported yet: {kind.media_type or kind.name}",
            "Save it as PDF, DOCX, XLSX, HTML or text and ingest that, or wait for a version that reads it.",
        )
    structured = _STRUCTURED.get(kind.name)
    if structured is not None:
        document = structured(untrusted, file=file, name=name, limits=order.limits)
    else:
        document = _parse_or_table(untrusted, file=file, name=name, kind=kind, order=order)
    if document.language == "und":
        sample = " ".join(page.text[:_LANGUAGE_SAMPLE] for page in document.pages[:2])[:_LANGUAGE_SAMPLE]
        document = replace(document, language=language_of(sample))
    return document


def _parse_or_table(untrusted: bytes, *, file: str, name: str, kind: Kind, order: Order) -> Document:
    """A CSV whose columns are those of notices is read row by row, any other as one table."""
    if kind.name == "csv":
        try:
            return table.to_document(untrusted, file=file, name=name, limits=order.limits)
        except (UnsupportedTypeError, EmptyFileError):
            pass
    pictures = Pictures(order.limits, order.ocr, order.recogniser, order.page)
    return parse(untrusted, file=file, name=name, kind=kind, limits=order.limits, pictures=pictures)


_STRUCTURED: dict[str, Callable[..., Document]] = {
    "ocds-json": ocds.to_document,
    "ocds-jsonl": ocds.to_document,
    "eforms": eforms.to_document,
    "ted": ted.to_document,
    "table-json": table.to_document,
}


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
        own = _empty_part(untrusted, kind, member)
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
            return replace(_empty_part(untrusted, kind, member), status="passed")
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


def _empty_part(untrusted: bytes, kind: Kind, member: str) -> Part:
    file = sha256_of(untrusted)
    return Part(
        member=member, file=file, size=len(untrusted), kind=kind.name, media_type=kind.media_type, status="failed"
    )


def explain_findings(document: Document, notice: Notice) -> tuple[Finding, ...]:
    """Return the findings of a notice again, those that were withheld too, each with what spoke for and against it."""
    return find(document, notice, explain=True)


class _Watch:
    """Processor time of each step of one file."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}
        self._last = time.process_time()

    def note(self, step: str) -> None:
        now = time.process_time()
        self.seconds[step] = round(now - self._last, 6)
        self._last = now
