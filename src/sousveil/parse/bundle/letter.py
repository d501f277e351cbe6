"""Mail, mailboxes and saved web pages in mail form -> the letter's text and its attachments.

A letter becomes ``message.html`` or ``message.txt`` (its subject and date first), then a member for each attachment;
a letter attached to it is a member of its own. Sender and recipients are persons and are left out. A saved web page
(MHTML) gives its parts with their web addresses.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterator
from email import errors, message_from_bytes
from email.header import decode_header
from email.message import Message
from email.utils import parsedate_to_datetime

from sousveil.exceptions import DamagedError
from sousveil.parse.bundle.member import Entry, Member, check_size, clean_path, load_entries
from sousveil.parse.bundle.trimming import is_trimming
from sousveil.parse.charset import decode, decode_as_named
from sousveil.settings import Limits

_AGAIN = "Fetch the file again."
_BAD_MAIL = (errors.MessageError, ValueError, LookupError, TypeError, AttributeError, AssertionError, RecursionError)
"""What the standard library raises on broken headers; the recursion is one level for each part inside a part."""

_ENVELOPE = re.compile(rb"^From [^\r\n]{0,998}\r?\n(?=[A-Za-z][A-Za-z0-9-]{1,60}:|>From )", re.MULTILINE)
_QUOTED_ENVELOPE = re.compile(rb"^>(>{0,20}From )", re.MULTILINE)
_MAX_PARTS = 10_000
_MAX_DEPTH = 20
_MAX_HEADER_CHARS = 4_000
"""Characters of a header that are read: decoding takes time by their square, 160 s for 4 MB."""
_ENDINGS = {
    "text/html": ".html",
    "text/plain": ".txt",
    "message/rfc822": ".eml",
    "application/pdf": ".pdf",
    "image/png": ".png",
    "image/jpeg": ".jpg",
    "text/css": ".css",
}


def iter_mail(untrusted: bytes, limits: Limits) -> Iterator[Member]:
    """Yield the text of a letter and its attachments.

    Raises:
        DamagedError: the header cannot be read.
    """
    return load_entries(_iter_letter(_open(untrusted), limits), limits)


def iter_mailbox(untrusted: bytes, limits: Limits) -> Iterator[Member]:
    """Yield each letter of a mailbox as ``000001.eml``, ``000002.eml`` and so on."""
    return load_entries(_iter_letters(untrusted, limits), limits)


def iter_saved_page(untrusted: bytes, limits: Limits) -> Iterator[Member]:
    """Yield the parts of a page that a browser saved, without style sheets, scripts and fonts.

    Raises:
        DamagedError: the header cannot be read.
    """
    return load_entries(_iter_page(_open(untrusted), limits), limits)


def make_letter(subject: str, date: str, *, text: str = "", markup: str = "") -> tuple[str, bytes]:
    """Return name and bytes of the member that holds a letter's own words, UTF-8.

    >>> name, data = make_letter("询价", "2024-03-05", text="见附件")
    >>> name, data.decode().split()
    ('message.txt', ['询价', '2024-03-05', '见附件'])
    """
    if markup:
        head = "".join(f"<p>{html.escape(line)}</p>" for line in (subject, date) if line)
        whole = f'<meta charset="utf-8">\n{head}\n{markup}'
        return "message.html", whole.encode("utf-8", "replace")
    lines = [line for line in (subject, date) if line]
    return "message.txt", "\n".join([*lines, "", text]).encode("utf-8", "replace")


def _open(untrusted: bytes) -> Message:
    try:
        return message_from_bytes(untrusted)
    except _BAD_MAIL as error:
        raise DamagedError(f"the mail cannot be read: {str(error)[:160]}", _AGAIN) from error


def _iter_letters(untrusted: bytes, limits: Limits) -> Iterator[Entry]:
    starts = [match.span() for match in _ENVELOPE.finditer(untrusted)] or [(0, 0)]
    ends = [start for start, _ in starts[1:]] + [len(untrusted)]
    for number, ((_, start), end) in enumerate(zip(starts, ends, strict=True), 1):
        yield Entry(f"{number:06d}.eml", _slice_loader(untrusted, start, end, limits))


def _slice_loader(untrusted: bytes, start: int, end: int, limits: Limits) -> Callable[[int], bytes]:
    def load(left: int) -> bytes:
        check_size(end - start, end - start, limits, left)
        return _QUOTED_ENVELOPE.sub(rb"\1", untrusted[start:end])

    return load


def _iter_letter(letter: Message, limits: Limits) -> Iterator[Entry]:
    body, others = _sort_parts(letter)
    name, data = _write_body(letter, body)
    yield Entry(name, _loader(data, limits))
    for number, part in enumerate(others, 1):
        yield Entry(_part_name(part, f"part-{number}"), _part_loader(part, limits))


def _sort_parts(letter: Message) -> tuple[list[Message], list[Message]]:
    """Return the parts that are the letter's own words, and all others: attachments, pictures, attached letters.

    Of alternatives the HTML one counts, for it keeps tables; without one the plain one.
    """
    body: list[Message] = []
    others: list[Message] = []
    for part in _leaves(letter):
        is_own = not _file_name(part) and part.get_content_disposition() != "attachment"
        if is_own and part.get_content_type() in {"text/plain", "text/html"}:
            body.append(part)
        else:
            others.append(part)
    pages = [part for part in body if part.get_content_type() == "text/html"]
    if pages and _has_alternative(letter):
        body = pages
    return body, others


def _leaves(letter: Message) -> Iterator[Message]:
    """Yield the parts that hold something, an attached letter whole; walking a stack: depth costs nothing."""
    todo = [letter]
    count = 0
    while todo and count < _MAX_PARTS:
        part = todo.pop()
        count += 1
        inside = _inside(part)
        if inside and part.get_content_maintype() == "multipart":
            todo += reversed(inside)
        else:
            yield part


def _has_alternative(letter: Message) -> bool:
    todo, count = [letter], 0
    while todo and count < _MAX_PARTS:
        part = todo.pop()
        count += 1
        if part.get_content_type() == "multipart/alternative":
            return True
        if part.get_content_maintype() == "multipart":
            todo += _inside(part)
    return False


def _inside(part: Message) -> list[Message]:
    """Return the parts inside a part; asked for in any other way, a part may fail over its character set."""
    content = part.get_payload() if part.is_multipart() else []
    return [item for item in content if isinstance(item, Message)]


def _write_body(letter: Message, body: list[Message]) -> tuple[str, bytes]:
    subject, date = _header(letter, "Subject"), _date(letter)
    texts = [(part.get_content_type(), _text(part)) for part in body]
    if any(kind == "text/html" for kind, _ in texts):
        pieces = [text if kind == "text/html" else f"<pre>{html.escape(text)}</pre>" for kind, text in texts]
        return make_letter(subject, date, markup="\n".join(pieces) or "<p></p>")
    return make_letter(subject, date, text="\n\n".join(text for _, text in texts))


def _text(part: Message) -> str:
    return _decode(_content(part), part.get_content_charset(""))


def _content(part: Message) -> bytes:
    """Return the bytes of a part; those of an attached letter are written out again.

    Raises:
        DamagedError: they cannot be decoded.
    """
    try:
        if part.is_multipart():
            return b"\n".join(item.as_bytes() for item in _inside(part))
        data = part.get_payload(decode=True)
    except _BAD_MAIL as error:
        raise DamagedError(f"the part cannot be decoded: {str(error)[:160]}", _AGAIN) from error
    return data if isinstance(data, bytes) else b""


def _loader(data: bytes, limits: Limits) -> Callable[[int], bytes]:
    def load(left: int) -> bytes:
        check_size(len(data), len(data), limits, left)
        return data

    return load


def _part_loader(part: Message, limits: Limits) -> Callable[[int], bytes]:
    def load(left: int) -> bytes:
        data = _content(part)
        check_size(len(data), len(data), limits, left)
        return data

    return load


def _part_name(part: Message, default: str) -> str:
    name = _file_name(part)
    if not name and part.get_content_type() == "message/rfc822":
        subject = next((_header(inner, "Subject") for inner in _inside(part)), "")
        name = f"{subject[:80].replace('/', '_')}.eml" if subject else ""
    return clean_path(name or default + _ENDINGS.get(part.get_content_type(), ""))


def _file_name(part: Message) -> str:
    """Return the name a part gives itself; many programs encode it as if it were a header's text."""
    try:
        return _readable(part.get_filename("") or "").strip()
    except _BAD_MAIL:
        return ""


def _header(letter: Message, name: str) -> str:
    try:
        return " ".join(_readable(letter.get(name, ""), _charset(letter)).split())
    except _BAD_MAIL:
        return ""


def _charset(letter: Message) -> str:
    """Return the first character set that the letter's parts name, ''  where none does."""
    part = letter
    for _ in range(_MAX_DEPTH):
        named = part.get_content_charset("")
        inside = _inside(part)
        if named or not inside:
            return named
        part = inside[0]
    return ""


def _readable(raw: object, charset: str = "") -> str:
    """Return a header's words: encoded words decoded, bare bytes by the character set of the letter, or their look."""
    words: list[str] = []
    text = str(raw)
    header = text[:_MAX_HEADER_CHARS] if "=?" in text or len(text) > _MAX_HEADER_CHARS else raw
    for piece, named in decode_header(header):  # type: ignore[arg-type]
        if isinstance(piece, str):
            bare = piece.encode("utf-8", "surrogateescape")
            words.append(piece if bare.isascii() else _decode(bare, charset))
        else:
            words.append(_decode(piece, named if named and named != "unknown-8bit" else charset))
    return "".join(words)


def _decode(data: bytes, charset: str) -> str:
    return decode_as_named(data, charset).text if charset else decode(data).text


def _date(letter: Message) -> str:
    """Return the day the letter was sent, ISO 8601, as its own clock says; '' where it does not say."""
    try:
        return parsedate_to_datetime(str(letter.get("Date", ""))).date().isoformat()
    except (*_BAD_MAIL, OverflowError):
        return ""


def _iter_page(page: Message, limits: Limits) -> Iterator[Entry]:
    seen_at = _date(page)
    for number, part in enumerate(_leaves(page), 1):
        if is_trimming(part.get_content_type()):
            continue
        address = _header(part, "Content-Location")
        is_web = address.startswith(("http://", "https://"))
        name = re.split(r"[?#]", address)[0].rstrip("/").rsplit("/", 1)[-1][:120] if address else ""
        path = f"{number:04d}/{clean_path(name or 'part' + _ENDINGS.get(part.get_content_type(), ''))}"
        yield Entry(
            path, _part_loader(part, limits), address=address if is_web else "", seen_at=seen_at if is_web else ""
        )
