"""Bytes -> characters: what the bytes themselves say first, what a header claims last.

Order: byte order mark; UTF-16 by its zero bytes; UTF-8 strict; UTF-8 with a few broken places; GB18030 or Big5 by
how their bytes are distributed; the declared name as a hint; chardet. Portals declare ``gb2312`` for GBK, ``utf-8``
for GBK and nothing for Big5, so a declaration only decides where the bytes leave it open.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass
from functools import lru_cache

import chardet

_SAMPLE_BYTES = 65_536
"""Bytes looked at for statistics: 64 kB hold about 20,000 Chinese characters, far more than the shares need."""

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
    (b"\x84\x31\x95\x33", "gb18030"),
)

_DECLARED = re.compile(rb"(?:charset|encoding)\s{0,9}=\s{0,9}[\"']?\s{0,9}([A-Za-z0-9_.:-]{2,40})", re.IGNORECASE)
_PAIR = re.compile(rb"[\x81-\xfe][\x40-\x7e\x80-\xfe]")
_HIGH = re.compile(rb"[\x80-\xff]")
_HIGH_RUN = re.compile(rb"[\x80-\xff]{1,40}")
_LIVING = re.compile(
    "[\t\n\r\x20-\x7e\xa0-\u024f\u0370-\u06ff\u0900-\u0dff\u2010-\u203b\u20a0-\u20bf\u2190-\u21ff\u2460-\u25ff"
    "\u3000-\u30ff\u3400-\u9fff\uac00-\ud7a3\uff00-\uffef\U00010000-\U0010ffff]"
)

# Lead and trail bytes of the double-byte codes. GB 2312 level 1 (rows B0-D7) and its punctuation (A1, A3) carry over
# 95 % of running Chinese text; its second bytes are A1-FE. Big5 level 1 is A4-C6, its second bytes begin at 40.
_GB_COMMON = bytes([0xA1, 0xA3, *range(0xB0, 0xD8)])
_GB_UPPER = bytes(range(0xC9, 0xD8))
_BIG5_COMMON = bytes([0xA1, *range(0xA4, 0xC7)])
_KANA_ROWS = b"\xa4\xa5"
_LOW_TRAILS = bytes([*range(0x40, 0x7F), *range(0x80, 0xA1)])
_TRAILS_BELOW_C0 = bytes(range(0xA1, 0xC0))

_WEAK_NAMES = frozenset(
    {
        *("idna", "punycode", "unicode_escape", "raw_unicode_escape", "utf-7", "undefined", "mbcs", "oem"),
        "ascii",
        "iso8859-1",
        "cp1252",
        "utf-8",
        "utf-16",
        "utf-16-le",
        "utf-16-be",
        "gb2312",
        "gbk",
        "gb18030",
    }
)
"""Declared names that say nothing once UTF-8, UTF-16 and GB18030 are ruled out, as they are editors' defaults; and
Python codecs that are no character set of any file."""

_WIDER = {"gb2312": "gb18030", "gbk": "gb18030", "hz": "hz", "big5": "cp950", "shift_jis": "cp932", "euc_kr": "cp949"}
"""Names that are said where a wider set is meant; the wider one reads both."""

_CHINESE = frozenset({"gb18030", "cp950"})
_CODE_PAGES = {
    936: "gb18030",
    54936: "gb18030",
    65001: "utf-8",
    1200: "utf-16-le",
    1201: "utf-16-be",
    10000: "mac_roman",
    20866: "koi8_r",
    21866: "koi8_u",
    20932: "euc_jp",
    51932: "euc_jp",
    51949: "euc_kr",
    51936: "gb18030",
    28591: "iso8859-1",
    28592: "iso8859-2",
    28595: "iso8859-5",
    28605: "iso8859-15",
    50220: "iso2022_jp",
}
"""Windows code pages whose number is not the name of a Python codec, and GBK, which GB18030 contains."""


@dataclass(frozen=True, slots=True)
class Decoded:
    """Text, the name of its character set, and a mark when characters were lost or guessed (else empty)."""

    text: str
    charset: str
    mark: str = ""


def decode(untrusted: bytes) -> Decoded:
    """Return the text of ``untrusted``; never fails, but marks what was replaced or guessed.

    >>> decode("采购公告".encode("gb18030")).charset
    'gb18030'
    """
    return _remembered(untrusted) if len(untrusted) <= _MAX_REMEMBERED else _decode(untrusted)


def _decode(untrusted: bytes) -> Decoded:
    for bom, name in _BOMS:
        if untrusted.startswith(bom):
            return _decode_as(untrusted[len(bom) :], name)
    wide = _utf16_name(untrusted)
    if wide:
        return _decode_as(untrusted, wide)
    try:
        return Decoded(untrusted.decode("utf-8"), "utf-8")
    except UnicodeDecodeError as error:
        if _is_broken_utf8(untrusted, error):
            return _decode_as(untrusted, "utf-8")
    return _decode_multibyte(untrusted) or _decode_declared(untrusted) or _decode_guessed(untrusted)


_MAX_REMEMBERED = 65_536
"""Bytes of a file whose text is kept for a moment: its type is told by its text, and then it is read."""
_remembered = lru_cache(maxsize=1)(_decode)


def decode_as_named(untrusted: bytes, name: str) -> Decoded:
    """Return the text by the character set that a header names; by the bytes where that name is weak or does not fit.

    >>> decode_as_named("询价".encode("gbk"), "gb2312").text
    '询价'
    """
    try:
        known = codecs.lookup(name).name
        known = _WIDER.get(known, known)
        if known in _CHINESE or known not in _WEAK_NAMES:
            text = untrusted.decode(known)
            if isinstance(text, str):
                return Decoded(text, known)
    except (LookupError, UnicodeDecodeError, ValueError):
        pass
    return decode(untrusted)


def name_of_code_page(number: int) -> str:
    """Return the name of a Windows code page, '' where there is none that says anything.

    >>> name_of_code_page(936), name_of_code_page(65001), name_of_code_page(0)
    ('gb18030', 'utf-8', '')
    """
    if number in _CODE_PAGES:
        return _CODE_PAGES[number]
    try:
        return codecs.lookup(f"cp{number}").name if number > 0 else ""
    except LookupError:
        return ""


def decode_name(untrusted: bytes) -> str:
    """Return a file name whose character set nobody recorded; short texts allow only the strict rules."""
    for name in ("utf-8", "gb18030", "big5hkscs"):
        try:
            return untrusted.decode(name)
        except UnicodeDecodeError:
            continue
    return untrusted.decode("cp437")


def is_binary(untrusted: bytes) -> bool:
    """Return whether the bytes are no text in any character set: zero bytes or many controls, and no UTF-16."""
    sample = untrusted[:_SAMPLE_BYTES]
    if any(sample.startswith(bom) for bom, _ in _BOMS) or _utf16_name(sample):
        return False
    controls = len(sample) - len(sample.translate(None, bytes([*range(9), 11, *range(14, 27), *range(28, 32)])))
    # A zero byte now and then stands in pages written by careless programs; beyond four, 1 % is no text any more.
    return controls > 4 + len(sample) // 100


def _decode_as(untrusted: bytes, name: str, mark: str = "") -> Decoded:
    """Decode with replacement; count what was replaced."""
    text = untrusted.decode(name, "replace")
    before = untrusted.count(b"\xef\xbf\xbd") if name == "utf-8" else 0
    lost = text.count("\ufffd") - before
    if lost > 0:
        what = "1 character could not be decoded" if lost == 1 else f"{lost} characters could not be decoded"
        mark = f"{what} as {name} and {'was' if lost == 1 else 'were'} replaced"
    return Decoded(text, name, mark)


def _utf16_name(untrusted: bytes) -> str:
    """Return the byte order of UTF-16 without a mark, or '' for anything else.

    Only bytes with a zero among them are looked at: Latin letters, digits and line ends have a zero high byte, and
    so do 1 in 256 Chinese characters in the other order. In the right order nearly all characters are letters of
    living scripts and hardly any ends in a zero byte; in the wrong order English reads as Chinese of that kind.
    """
    sample = untrusted[:4096]
    if b"\x00" not in sample or len(sample) < 4:
        return ""
    sample = sample[: len(sample) // 2 * 2]
    best, best_share = "", 0.9
    for name, low in (("utf-16-le", sample[0::2]), ("utf-16-be", sample[1::2])):
        text = sample.decode(name, "replace")
        zeros = low.count(0) - text.count("一")  # U+4E00 "one", the only common character that ends in zero
        share = (len(_LIVING.findall(text)) - zeros) / len(low)
        if share > best_share:
            best, best_share = name, share
    return best


def _is_broken_utf8(untrusted: bytes, error: UnicodeDecodeError) -> bool:
    """Return whether the bytes are UTF-8 with a few broken places (text cut by bytes, a stray Latin-1 character).

    Ten sound multi-byte characters for each broken place: in GB18030 or Latin-1 text sound sequences are the
    exception, in UTF-8 cut by a content system they are the rule.
    """
    tail = error.start >= len(untrusted) - 3
    text = untrusted[:_SAMPLE_BYTES].decode("utf-8", "replace")
    bad = text.count("\ufffd")
    sound = len(text) - len(text.encode("ascii", "ignore")) - bad
    return sound >= 10 * bad or (tail and sound > 0)


def _decode_multibyte(untrusted: bytes) -> Decoded | None:
    """Return the text as GB18030 or Big5 when the distribution of bytes says so."""
    pairs = b"".join(_PAIR.findall(untrusted[:_SAMPLE_BYTES]))
    leads, trails = pairs[0::2], pairs[1::2]
    count = len(leads)
    if count < 2:
        return None
    high = len(_HIGH.findall(untrusted[:_SAMPLE_BYTES]))
    low = _share(trails, _LOW_TRAILS)
    if low >= 0.15 and _share(leads, _BIG5_COMMON) >= 0.85:
        return _strictest(untrusted, ("cp950", "big5hkscs"))
    is_gb = (
        _share(leads, _GB_COMMON) >= 0.8
        and low <= 0.1
        and _share(leads, _KANA_ROWS) <= 0.1
        and high >= 1.8 * count
        and (count < 20 or (_share(leads, _GB_UPPER) >= 0.1 and _share(trails, _TRAILS_BELOW_C0) >= 0.1))
    )
    return _strictest(untrusted, ("gb18030",)) if is_gb else None


def _share(data: bytes, members: bytes) -> float:
    return 1 - len(data.translate(None, members)) / len(data)


def _strictest(untrusted: bytes, names: tuple[str, ...]) -> Decoded:
    """Return the text by the name that loses least; the first wins a tie."""
    return min((_decode_as(untrusted, name) for name in names), key=lambda decoded: decoded.text.count("\ufffd"))


def _decode_declared(untrusted: bytes) -> Decoded | None:
    """Return the text as declared in the first 4 kB, if that is a legacy character set that fits without loss."""
    match = _DECLARED.search(untrusted[:4096])
    if not match:
        return None
    try:
        name = codecs.lookup(match[1].decode("ascii")).name
        text = untrusted.decode(name)
    except (LookupError, UnicodeDecodeError, ValueError):
        return None
    return None if name in _WEAK_NAMES or not isinstance(text, str) else Decoded(text, name)


def _is_sparse(sample: bytes) -> bool:
    """Return whether most high bytes stand alone between ASCII letters: accents of a western European language."""
    runs = _HIGH_RUN.findall(sample)
    single = sum(1 for run in runs if len(run) == 1)
    return bool(runs) and single >= 0.9 * len(runs) and len(runs) * 6 <= len(sample)


def _decode_guessed(untrusted: bytes) -> Decoded:
    """Return the text as chardet sees it; below half confidence with a mark."""
    sample = untrusted[:_SAMPLE_BYTES]
    guess = chardet.detect(sample)
    confidence = guess["confidence"] or 0.0
    try:
        name = codecs.lookup(guess["encoding"] or "cp1252").name
    except LookupError:
        name = "cp1252"
    if confidence < 0.5 and _is_sparse(sample):
        name = "cp1252"
    mark = "" if confidence >= 0.5 else f"the character set is a guess: {name}"
    decoded = _decode_as(untrusted, name, mark)
    return Decoded(decoded.text, name, decoded.mark or mark)
