"""The packing of RTF bodies in Outlook messages ([MS-OXRTFCP]): LZ77 over a window that begins with words of RTF."""

from __future__ import annotations

import struct

from sousveil.exceptions import DamagedError

_PRESET = (
    b"{\\rtf1\\ansi\\mac\\deff0\\deftab720{\\fonttbl;}"
    b"{\\f0\\fnil \\froman \\fswiss \\fmodern \\fscript \\fdecor MS Sans SerifSymbolArial"
    b"Times New RomanCourier{\\colortbl\\red0\\green0\\blue0\r\n"
    b"\\par \\pard\\plain\\f0\\fs20\\b\\i\\u\\tab\\tx"
)
_WINDOW = 4096
_MAX_BYTES = 64 * 1024 * 1024
"""A reference of two bytes gives seventeen at most, so a file of 8 MB is where this would count."""


def unsqueeze_rtf(untrusted: bytes) -> bytes:
    """Return the RTF.

    Raises:
        DamagedError: the header is broken, or says another packing.
    """
    if len(untrusted) < 16:
        raise DamagedError("the body of the message is cut off", "Save the message again.")
    packed_size, _, kind, _ = struct.unpack_from("<IIII", untrusted)
    data = untrusted[16 : 4 + min(packed_size, len(untrusted))]
    if kind == 0x414C454D:
        return data
    if kind != 0x75465A4C:
        raise DamagedError("the body of the message is packed in an unknown way", "Save the message again.")
    return _unpack(data)


def _unpack(data: bytes) -> bytes:
    window = bytearray(_PRESET.ljust(_WINDOW, b"\x00"))
    at = len(_PRESET)
    out = bytearray()
    position = 0
    while position < len(data) and len(out) < _MAX_BYTES:
        control = data[position]
        position += 1
        for bit in range(8):
            if position >= len(data):
                return bytes(out)
            if control >> bit & 1:
                if position + 1 >= len(data):
                    return bytes(out)
                reference = data[position] << 8 | data[position + 1]
                position += 2
                offset, length = reference >> 4, (reference & 15) + 2
                if offset == at:
                    return bytes(out)
                for step in range(length):
                    byte = window[(offset + step) % _WINDOW]
                    out.append(byte)
                    window[at] = byte
                    at = (at + 1) % _WINDOW
            else:
                out.append(data[position])
                window[at] = data[position]
                at = (at + 1) % _WINDOW
                position += 1
    return bytes(out)
