"""Web archives (WARC, ARC, WACZ) -> the pages and files they hold, with address, time and HTTP status.

Each response is a member, an error page too (its status says so); so is each file stored without a response. Left
out: requests, revisits without bytes, name look-ups, answers without a body, and what only dresses a page. An archive
that breaks off gives its records up to there, the last one as far as it goes.
"""

from __future__ import annotations

import gzip
import io
import re
import zlib
from collections.abc import Callable, Iterator
from contextlib import redirect_stderr
from datetime import UTC, datetime
from itertools import count
from urllib.parse import unquote

from warcio.archiveiterator import ArchiveIterator
from warcio.exceptions import ArchiveLoadFailed
from warcio.recordloader import ArcWarcRecord
from warcio.statusandheaders import StatusAndHeadersParserException

from sousveil.exceptions import DamagedError, EmptyFileError, UnsupportedTypeError
from sousveil.parse.bundle.member import Entry, Member, clean_path, gather, load_entries
from sousveil.parse.bundle.trimming import is_trimming
from sousveil.parse.bundle.zipped import iter_zip
from sousveil.settings import Limits

_AGAIN = "Fetch the archive again."
_GZIP_MAGIC = b"\x1f\x8b"
_BAD_CRAWL = (
    *(ArchiveLoadFailed, StatusAndHeadersParserException, zlib.error, OSError, EOFError),
    *(ValueError, TypeError, AttributeError, IndexError, KeyError, LookupError),
)
"""What warcio raises on broken records; the second row comes from headers it does not check."""

_WEB = ("http://", "https://", "ftp://", "file://")
_MAX_ADDRESS_CHARS = 4_000
_SPACE_OR_CONTROL = re.compile("[\x00-\x20\x7f-\x9f\ud800-\udfff]")


def iter_crawl(untrusted: bytes, limits: Limits) -> Iterator[Member]:
    """Yield what a WARC or ARC file holds; it may be packed with gzip, record by record or as a whole.

    Raises:
        DamagedError: the archive breaks off, before its first record or behind the last one yielded.
    """
    return load_entries(_iter_entries(untrusted, limits), limits)


def iter_collection(untrusted: bytes, limits: Limits) -> Iterator[Member]:
    """Yield the web archives inside a WACZ file; its indexes and lists of pages say nothing that they do not.

    Raises:
        DamagedError: the ZIP is cut off or damaged.
    """
    return (member for member in iter_zip(untrusted, limits) if member.path.startswith(("archive/", "(")))


def _iter_entries(untrusted: bytes, limits: Limits) -> Iterator[Entry]:
    source = _Source(untrusted)
    records = ArchiveIterator(source, arc2warc=True)
    for number in count(1):
        try:
            with redirect_stderr(io.StringIO()):  # the library prints warnings of its own
                record = next(records, None)
        except _BAD_CRAWL as error:
            words = source.failure or str(error)[:160].strip()
            raise DamagedError(f"the archive breaks off behind record {number - 1}: {words}", _AGAIN) from error
        if record is None:
            break
        yield from _to_entries(record, number, limits)
        if _is_cut(record):
            raise DamagedError("the archive is cut off inside its last record", _AGAIN)
    if source.failure:
        raise DamagedError(f"the archive breaks off: {source.failure}", _AGAIN)


class _Source:
    """The bytes of an archive, unpacked where it is packed; where that breaks off, it ends, and ``failure`` says why.

    Records should be packed one by one, and programs pack several as one, or one as several; here that is all one.
    """

    def __init__(self, untrusted: bytes) -> None:
        is_packed = untrusted.startswith(_GZIP_MAGIC)
        self._stream = gzip.GzipFile(fileobj=io.BytesIO(untrusted)) if is_packed else io.BytesIO(untrusted)
        self._position = 0
        self.failure = ""

    def tell(self) -> int:
        """Return how many bytes were read."""
        return self._position

    def read(self, size: int = -1) -> bytes:
        """Return the next bytes, b'' at the end."""
        try:
            data = self._stream.read1(size) if not self.failure else b""  # what there is before a break counts
        except (OSError, EOFError, zlib.error) as error:
            self.failure = f"it does not unpack any further ({error})"
            data = b""
        self._position += len(data)
        return data


def _to_entries(record: ArcWarcRecord, number: int, limits: Limits) -> Iterator[Entry]:
    """Yield the member that a record makes, if any."""
    address = _SPACE_OR_CONTROL.sub("", (record.rec_headers.get_header("WARC-Target-URI") or "").strip("<> "))
    address = address[:_MAX_ADDRESS_CHARS]
    if record.rec_type not in {"response", "resource", "conversion"} or not address.lower().startswith(_WEB):
        return
    headers = record.http_headers
    media_type = (headers.get_header("Content-Type") if headers else None) or ""
    if is_trimming(media_type):
        return
    status = _status(headers.get_statuscode() if headers else "")
    is_answer_without_body = status is not None and (300 <= status < 400 or status in {204, 205})
    if is_answer_without_body or record.length == 0:
        return
    yield Entry(
        f"{number:06d}/{_name(address)}",
        _loader(record, limits),
        address=address,
        seen_at=_time(record.rec_headers.get_header("WARC-Date") or ""),
        status=status,
    )


def _loader(record: ArcWarcRecord, limits: Limits) -> Callable[[int], bytes]:
    def load(left: int) -> bytes:
        coding = (record.http_headers.get_header("Content-Encoding") if record.http_headers else None) or ""
        if coding.strip().lower() in {"br", "zstd"}:
            raise UnsupportedTypeError(
                f"the answer is packed by {coding.strip().lower()}", "Replay it, and save the page."
            )
        try:
            data = gather(record.content_stream().read, record.length or 0, limits, left)
        except _BAD_CRAWL as error:
            raise DamagedError(f"the record does not unpack: {str(error)[:160]}", _AGAIN) from error
        if not data:
            raise EmptyFileError("the answer has no body", "Nothing to do.")
        return data

    return load


def _is_cut(record: ArcWarcRecord) -> bool:
    """Return whether the file ends before the record does; only what was read up to its end can tell."""
    stream = record.raw_stream
    try:
        missing = getattr(stream, "limit", 0) or 0
        return missing > 0 and record.length is not None and not stream.read(1) and missing == stream.limit
    except _BAD_CRAWL:
        return True


def _status(raw: str) -> int | None:
    return int(raw) if raw.isascii() and raw.isdigit() and len(raw) == 3 else None


def _time(raw: str) -> str:
    """Return a time of the archive as UTC in ISO 8601 with seconds, or '' where it is none."""
    try:
        moment = datetime.fromisoformat(raw.strip())
    except ValueError:
        return ""
    moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return moment.astimezone(UTC).isoformat(timespec="seconds")


def _name(address: str) -> str:
    """Return the file name in a web address, or ``index``."""
    path = re.split(r"[?#]", address.partition("://")[2])[0]
    last = path.rsplit("/", 1)[-1] if "/" in path else ""
    return clean_path(unquote(last, errors="replace").replace("/", "_")[:120]) if last else "index"
