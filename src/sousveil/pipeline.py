"""The steps in order, from bytes to findings; the only file that knows every room.

Each step is a pure function of its input and its version. ``work`` is what a worker process runs; it opens archives,
and yields one ``Part`` for every file it meets.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from sousveil.data.load import tables_digest
from sousveil.evidence.vault import sha256_of
from sousveil.exceptions import EmptyFileError, FileFailure, LimitError, UnsupportedTypeError
from sousveil.find import find
from sousveil.index.question import Facet
from sousveil.index.words import Entry
from sousveil.mask import mask
from sousveil.model import Document, Failure, Finding, Notice, Page
from sousveil.parse import parse
from sousveil.parse.bundle import Member, iter_members
from sousveil.parse.samples import iter_samples
from sousveil.parse.sniff import Kind, sniff
from sousveil.read import read
from sousveil.run.protocol import Json
from sousveil.run.warm import fill_caches, load_codecs
from sousveil.run.worker import Begin
from sousveil.settings import DEFAULT_LIMITS, Limits
from sousveil.source import eforms, ocds, table, ted
from sousveil.store.database import Status
from sousveil.text.language import language_of
from sousveil.text.segment import index_tokens

VERSIONS = f"parse=1 source=1 mask=1 read=1 find=1 data={tables_digest()}"
"""Version of every step, and of the tables they read. A file whose row says otherwise is stale: the next ingest does it
again."""

PAGE_BREAK = "¶"
"""Token between pages in the index: no phrase reaches across it."""

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
        status: ``read``, ``partly`` or ``failed``; ``partly`` and ``failed`` come with a failure.
        members: how many files an archive holds, inner ones included; 0 for other files.
        seconds: processor time of each step.
    """

    member: str
    file: str
    size: int
    kind: str
    media_type: str
    status: Status
    failure: Failure | None = None
    document: Document | None = None
    notices: tuple[Notice, ...] = ()
    findings: tuple[Finding, ...] = ()
    members: int = 0
    seconds: dict[str, float] = field(default_factory=dict)
    address: str = ""
    seen_at: str = ""
    http_status: int | None = None


def work(header: Mapping[str, Json], payload: bytes, avoid: frozenset[str] = frozenset()) -> Iterator[Part | Begin]:
    """Yield a part for every file inside ``payload``, the file itself last; the function that workers run.

    The header holds ``name``, and optionally ``explain`` (findings that were withheld come too) and limits by their
    names in ``Limits``; members to ``avoid`` are passed over.
    """
    limits, explain = _limits_in(header), bool(header.get("explain"))
    yield from process(payload, name=str(header["name"]), limits=limits, avoid=avoid, explain=explain)


def warm_up() -> None:
    """Load everything that is loaded late, so that a worker can then be shut off from all files."""
    load_codecs()
    for name, untrusted in iter_samples():
        for _ in process(untrusted, name=name):
            pass
    for package in ("sousveil", "chardet"):
        fill_caches(package)


def _limits_in(header: Mapping[str, Json]) -> Limits:
    changes = {key: value for key, value in header.items() if key in Limits.__dataclass_fields__}
    return replace(DEFAULT_LIMITS, **changes)  # type: ignore[arg-type]


def work_one(header: Mapping[str, Json], payload: bytes, avoid: frozenset[str] = frozenset()) -> Iterator[Part]:
    """Yield the masked document of one file again, or of the one member of an archive that the header names.

    It is what a quote is proved against: nothing is read or found in it. The header holds ``name`` and ``member``
    (empty for the file itself), and optionally limits. Nothing is yielded where the archive has no such member.
    """
    limits = _limits_in(header)
    member, name = str(header["member"]), str(header["name"])
    untrusted = take_member(payload, member, limits, name=name) if member else payload
    if untrusted is None or member in avoid:
        return
    kind = sniff(untrusted, name)
    empty = _empty_part(untrusted, kind, member)
    try:
        document = mask(to_document(untrusted, file=empty.file, name=name, kind=kind, limits=limits))
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


def process(
    untrusted: bytes,
    *,
    name: str,
    limits: Limits = DEFAULT_LIMITS,
    avoid: frozenset[str] = frozenset(),
    explain: bool = False,
) -> Iterator[Part | Begin]:
    """Yield the parts of a file: first those of its members, if it is an archive, then its own."""
    yield from _Opening(limits, avoid, explain=explain).open(untrusted, name=name, member="", depth=0)


def process_file(
    untrusted: bytes,
    *,
    name: str,
    kind: Kind,
    limits: Limits = DEFAULT_LIMITS,
    member: str = "",
    explain: bool = False,
) -> Part:
    """Return what becomes of one file that is no archive."""
    watch = _Watch()
    empty = _empty_part(untrusted, kind, member)
    try:
        document = to_document(untrusted, file=empty.file, name=name, kind=kind, limits=limits)
    except FileFailure as failure:
        is_unknown = isinstance(failure, UnsupportedTypeError)
        return replace(empty, failure=Failure("sniff" if is_unknown else "parse", failure.reason, failure.advice))
    watch.note("parse")
    document = mask(document)
    watch.note("mask")
    notices = read(document)
    watch.note("read")
    findings = tuple(finding for notice in notices for finding in find(document, notice, explain=explain))
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
    )


def to_document(untrusted: bytes, *, file: str, name: str, kind: Kind, limits: Limits = DEFAULT_LIMITS) -> Document:
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
        document = structured(untrusted, file=file, name=name, limits=limits)
    else:
        document = _parse_or_table(untrusted, file=file, name=name, kind=kind, limits=limits)
    if document.language == "und":
        sample = " ".join(page.text[:_LANGUAGE_SAMPLE] for page in document.pages[:2])[:_LANGUAGE_SAMPLE]
        document = replace(document, language=language_of(sample))
    return document


def _parse_or_table(untrusted: bytes, *, file: str, name: str, kind: Kind, limits: Limits) -> Document:
    """A CSV whose columns are those of notices is read row by row, any other as one table."""
    if kind.name == "csv":
        try:
            return table.to_document(untrusted, file=file, name=name, limits=limits)
        except (UnsupportedTypeError, EmptyFileError):
            return parse(untrusted, file=file, name=name, kind=kind, limits=limits)
    return parse(untrusted, file=file, name=name, kind=kind, limits=limits)


_STRUCTURED: dict[str, Callable[..., Document]] = {
    "ocds-json": ocds.to_document,
    "ocds-jsonl": ocds.to_document,
    "eforms": eforms.to_document,
    "ted": ted.to_document,
    "table-json": table.to_document,
}


class _Opening:
    """The opening of one file and of the archives inside it; what they may cost together is counted here."""

    def __init__(self, limits: Limits, avoid: frozenset[str], *, explain: bool) -> None:
        self._limits, self._avoid, self._explain = limits, avoid, explain
        self._members = 0
        self._bytes = 0

    def open(self, untrusted: bytes, *, name: str, member: str, depth: int) -> Iterator[Part | Begin]:
        kind = sniff(untrusted, name)
        if not kind.is_container:
            yield process_file(
                untrusted, name=name, kind=kind, limits=self._limits, member=member, explain=self._explain
            )
            return
        before = self._members
        own = _empty_part(untrusted, kind, member)
        try:
            self._check_depth(depth)
            yield from self._open_members(untrusted, kind, member, depth)
        except FileFailure as failure:
            advice = failure.advice
            if self._members > before:
                advice = f"The members before this point are in the dataset. {advice}"
            status: Status = "partly" if self._members > before else "failed"
            yield replace(
                own, status=status, failure=Failure("parse", failure.reason, advice), members=self._members - before
            )
        else:
            yield replace(own, status="read", members=self._members - before)

    def _open_members(self, untrusted: bytes, kind: Kind, member: str, depth: int) -> Iterator[Part | Begin]:
        for item in iter_members(untrusted, kind=kind.name, limits=self._limits):
            path = f"{member}!/{item.path}" if member else item.path
            self._count(len(item.untrusted or b""))
            if path in self._avoid:
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
        if depth >= self._limits.max_depth:
            reason = f"archives are nested deeper than {self._limits.max_depth}"
            raise LimitError(reason, "Unpack it by hand and ingest the folder.")

    def _count(self, size: int) -> None:
        self._members += 1
        self._bytes += size
        if self._members > self._limits.max_members or self._bytes > self._limits.max_archive_bytes:
            reason = (
                f"more than {self._limits.max_members:,} members or {self._limits.max_archive_bytes:,} bytes inside"
            )
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


def to_entry(notice: Notice, pages: tuple[Page, ...], findings: tuple[Finding, ...], source: str) -> Entry:
    """Return a notice as the search index sees it: tokens of its masked pages, facets, date and amount."""
    tokens: list[str] = []
    for page in pages:
        if tokens:
            tokens.append(PAGE_BREAK)
        tokens.extend(index_tokens(page.text))
    money = notice.award_amount or notice.budget
    stated = [finding for finding in findings if finding.state == "stated"]
    terms: dict[Facet, tuple[str, ...]] = {
        "capability": tuple(sorted({finding.value for finding in stated if finding.kind == "capability"})),
        "kind": tuple(sorted({finding.kind for finding in stated})),
        "supplier": tuple(str(supplier.value) for supplier in notice.suppliers),
        "language": (notice.language,),
        "source": (source,),
    }
    for facet, value in (
        ("type", notice.notice_type),
        ("buyer", notice.buyer),
        ("agency", notice.agency),
        ("province", notice.province),
        ("city", notice.city),
        ("country", notice.country),
    ):
        terms[facet] = (str(value.value),) if value else ()  # type: ignore[index]
    terms["currency"] = (money.currency,) if money and money.currency else ()
    return Entry(
        notice=notice.id,
        file=notice.file,
        tokens=tokens,
        title_tokens=index_tokens(str(notice.title.value)) if notice.title else (),
        terms=tuple((facet, values) for facet, values in terms.items() if values),
        date=date_number(str(notice.publication_date.value)) if notice.publication_date else None,
        amount=money.value if money else None,
    )


def explain_findings(document: Document, notice: Notice) -> tuple[Finding, ...]:
    """Return the findings of a notice again, those that were withheld too, each with what spoke for and against it."""
    return find(document, notice, explain=True)


def date_number(date: str) -> int | None:
    """Return an ISO date, or its beginning, as YYYYMMDD for the index; a missing month or day counts as the first.

    >>> date_number("2026-03-16"), date_number("2026-03"), date_number("soon")
    (20260316, 20260301, None)
    """
    parts = date.split("-")
    if not parts or len(parts[0]) != 4 or not all(part.isdigit() for part in parts):
        return None
    year, month, day = (int(part) for part in [*parts, "1", "1"][:3])
    return year * 10_000 + month * 100 + day


class _Watch:
    """Processor time of each step of one file."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}
        self._last = time.process_time()

    def note(self, step: str) -> None:
        now = time.process_time()
        self.seconds[step] = round(now - self._last, 6)
        self._last = now
