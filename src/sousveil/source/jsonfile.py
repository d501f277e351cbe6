"""JSON files as their top-level values: one, or one per line; strict first, forgiving where a file is odd."""

from __future__ import annotations

import json
import zlib
from dataclasses import dataclass

import msgspec

from sousveil.exceptions import DamagedError, EmptyFileError, LimitError
from sousveil.settings import Limits

_decode = msgspec.json.Decoder().decode
_GZIP = b"\x1f\x8b"


@dataclass(frozen=True, slots=True)
class JsonValues:
    """The top-level values of a file in order, and what could not be read of it."""

    values: tuple[object, ...]
    marks: tuple[str, ...] = ()


def load_values(untrusted: bytes, limits: Limits) -> JsonValues:
    """Return the values of a JSON or JSON-lines file (UTF-8, UTF-16 with a mark; gzip unpacked within the limits).

    A line that is no JSON becomes a mark as long as another line is.

    Raises:
        EmptyFileError: nothing but white space.
        DamagedError: no JSON value can be read.
        LimitError: the file, or what gzip holds, is larger than allowed.
    """
    if len(untrusted) > limits.max_file_bytes:
        raise LimitError(f"the file has {len(untrusted)} bytes", "Split it, or raise max_file_bytes in sousveil.toml.")
    raw = _to_utf8(_unzip(untrusted, limits) if untrusted.startswith(_GZIP) else untrusted).strip()
    if not raw:
        raise EmptyFileError(
            "the file holds no JSON value", "Fetch it again; the source may have answered with nothing."
        )
    whole = _read(raw)
    if whole is not None:
        return whole
    return _read_lines(raw, limits)


def _unzip(untrusted: bytes, limits: Limits) -> bytes:
    try:
        unpacker = zlib.decompressobj(wbits=31)
        raw = unpacker.decompress(untrusted, limits.max_member_bytes)
    except zlib.error as error:
        raise DamagedError(f"the gzip file is broken ({error})", "Fetch it again.") from error
    if unpacker.unconsumed_tail:
        reason = f"The gzip file holds more than {limits.max_member_bytes} bytes"
        raise LimitError(reason, "Unpack and split it, or raise max_member_bytes in sousveil.toml.")
    return raw


def _to_utf8(raw: bytes) -> bytes:
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        return raw.decode("utf-16", "replace").encode()
    return raw.removeprefix(b"\xef\xbb\xbf")


def _read(raw: bytes) -> JsonValues | None:
    """Return the one value of ``raw``, None where it is not one value; control characters and NaN are let through."""
    try:
        return JsonValues((_decode(raw),))
    except (msgspec.DecodeError, RecursionError, UnicodeDecodeError):
        pass
    if b"\n" in raw and raw[:1] == b"{" and _is_value(raw.split(b"\n", 1)[0]):
        return None
    try:
        value = json.loads(raw.decode("utf-8", "replace"), strict=False, parse_int=_to_int)
    except (ValueError, RecursionError):
        return None
    return JsonValues((value,), ("the file is not strict JSON; it was read all the same",))


def _to_int(digits: str) -> int | None:
    """Return the integer, None for one of more than 40 digits: Python refuses or takes minutes for millions."""
    return int(digits) if len(digits) <= 40 else None


def _is_value(line: bytes) -> bool:
    try:
        _decode(line)
    except (msgspec.DecodeError, RecursionError, UnicodeDecodeError):
        return False
    return True


def _read_lines(raw: bytes, limits: Limits) -> JsonValues:
    lines = [line for line in raw.split(b"\n") if line.strip()]
    values: list[object] = []
    broken: list[int] = []
    for number, line in enumerate(lines[: limits.max_pages], 1):
        try:
            values.append(_decode(line))
        except (msgspec.DecodeError, RecursionError, UnicodeDecodeError):
            broken.append(number)
    if not values:
        raise DamagedError(
            "the file is no JSON", "Open it in an editor: it may be cut off, or an error page saved as .json."
        )
    marks = []
    if broken:
        marks.append(f"{len(broken)} lines are no JSON and were not read, the first is line {broken[0]}")
    if len(lines) > limits.max_pages:
        marks.append(
            f"{len(lines) - limits.max_pages} further lines were not read: limit of {limits.max_pages} records"
        )
    return JsonValues(tuple(values), tuple(marks))
