"""Outlook messages (MSG) -> the letter's text and its attachments, as ``letter`` gives them for mail.

A message is an OLE file with a stream for each property ([MS-OXMSG]): text in UTF-16 (type 001F) or in the code page
that the message names (001E). A message attached to it is a storage, not a file: its members come with its name before
theirs.
"""

from __future__ import annotations

import struct
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta

from sousveil.exceptions import UnsupportedTypeError
from sousveil.parse.bundle.letter import make_letter
from sousveil.parse.bundle.member import Entry, Member, check_size, clean_path, load_entries
from sousveil.parse.charset import decode, decode_as_named, name_of_code_page
from sousveil.parse.ole import Compound, open_compound
from sousveil.parse.squeezed import unsqueeze_rtf
from sousveil.settings import Limits

_SUBJECT, _BODY, _HTML, _RTF = "0037", "1000", "1013", "1009"
_SENT, _DELIVERED = 0x0039, 0x0E06
_CODE_PAGES = (0x3FFD, 0x3FDE)
"""Properties: code page of the message, of its internet form."""
_FILE_NAMES = ("3707", "3704", "3001")
"""Properties of an attachment: long name, short name, shown name."""
_MAX_DEPTH = 5


def iter_outlook(untrusted: bytes, limits: Limits) -> Iterator[Member]:
    """Yield the text of a message and its attachments.

    Raises:
        DamagedError: the OLE file cannot be read.
    """
    return load_entries(_iter_message(open_compound(untrusted), (), "", limits), limits)


def _iter_message(file: Compound, place: tuple[str, ...], before: str, limits: Limits) -> Iterator[Entry]:
    properties = _fixed(file.read(*place, "__properties_version1.0"), 24 if place else 32)
    charset = _charset(properties)
    name, load = _body(file, place, charset, properties)
    yield Entry(before + name, _checked(load, limits))
    attachments = sorted(name for name in file.names(*place) if name.startswith("__attach_version1.0_"))
    for number, name in enumerate(attachments, 1):
        inside = (*place, name)
        shown = next((found for tag in _FILE_NAMES if (found := _text(file, inside, tag, charset))), "")
        path = before + clean_path(shown.strip("\x00 ") or f"part-{number}")
        if file.has(*inside, "__substg1.0_3701000D", "__properties_version1.0"):
            if len(place) < 2 * _MAX_DEPTH:
                yield from _iter_message(file, (*inside, "__substg1.0_3701000D"), f"{path}/", limits)
        else:
            yield Entry(path, _checked(_attachment(file, inside), limits))


def _body(
    file: Compound, place: tuple[str, ...], charset: str, properties: dict[int, bytes]
) -> tuple[str, Callable[[], bytes]]:
    """Return name and loader of the message's own words: as HTML, else plain, else as packed RTF."""
    subject, date = _text(file, place, _SUBJECT, charset).strip("\x00 "), _date(properties)
    markup = _binary_text(file, place, _HTML, charset)
    text = _text(file, place, _BODY, charset)
    if not markup and not text.strip():
        packed = file.read(*place, f"__substg1.0_{_RTF}0102")
        if packed:
            return "message.rtf", lambda: unsqueeze_rtf(packed)
    name, data = make_letter(subject, date, text=text, markup=markup)
    return name, lambda: data


def _checked(take: Callable[[], bytes], limits: Limits) -> Callable[[int], bytes]:
    def load(left: int) -> bytes:
        data = take()
        check_size(len(data), len(data), limits, left)
        return data

    return load


def _attachment(file: Compound, inside: tuple[str, ...]) -> Callable[[], bytes]:
    def take() -> bytes:
        if not file.has(*inside, "__substg1.0_37010102"):
            raise UnsupportedTypeError(
                "the attachment is a link or an object of another program", "Save it from Outlook as a file."
            )
        return file.read(*inside, "__substg1.0_37010102")

    return take


def _text(file: Compound, place: tuple[str, ...], tag: str, charset: str) -> str:
    """Return a property of text, '' where the message has none."""
    wide = file.read(*place, f"__substg1.0_{tag}001F")
    if wide:
        return wide.decode("utf-16-le", "replace")
    narrow = file.read(*place, f"__substg1.0_{tag}001E")
    return decode_as_named(narrow, charset).text if charset else decode(narrow).text


def _binary_text(file: Compound, place: tuple[str, ...], tag: str, charset: str) -> str:
    """Return the HTML body, which is bytes in the message's code page, or text in some."""
    data = file.read(*place, f"__substg1.0_{tag}0102")
    if not data:
        return _text(file, place, tag, charset)
    return decode_as_named(data, charset).text if charset else decode(data).text


def _fixed(data: bytes, start: int) -> dict[int, bytes]:
    """Return the values of properties of fixed length by number: entries of 16 bytes behind a header."""
    found: dict[int, bytes] = {}
    for at in range(start, len(data) - 15, 16):
        _, number = struct.unpack_from("<HH", data, at)
        found.setdefault(number, data[at + 8 : at + 16])
    return found


def _charset(properties: dict[int, bytes]) -> str:
    for number in _CODE_PAGES:
        value = properties.get(number)
        name = name_of_code_page(int.from_bytes(value[:4], "little")) if value else ""
        if name:
            return name
    return ""


def _date(properties: dict[int, bytes]) -> str:
    """Return the day a message was sent or delivered, ISO 8601; '' where it says neither."""
    for number in (_SENT, _DELIVERED):
        value = properties.get(number)
        ticks = int.from_bytes(value, "little") if value else 0
        if 0 < ticks < 1 << 60:  # 100 ns since 1601
            day = datetime(1601, 1, 1, tzinfo=UTC) + timedelta(microseconds=ticks // 10)
            return day.date().isoformat()
    return ""
