"""Files with damage: the same for the same seed."""

import io
import random
import zipfile
import zlib
from collections.abc import Callable, Iterator, Sequence

Original = tuple[str, bytes]

_ENDINGS = (
    "html",
    "pdf",
    "docx",
    "doc",
    "xlsx",
    "xls",
    "zip",
    "txt",
    "json",
    "jsonl",
    "xml",
    "csv",
    "eml",
    "rtf",
    "ofd",
)


def make_mutants(originals: Sequence[Original], count: int, seed: int) -> Iterator[Original]:
    """Yield ``count`` damaged files; one in eight was damaged twice."""
    dice = random.Random(seed)
    for number in range(count):
        name, data = dice.choice(originals)
        for _ in range(2 if number % 8 == 0 else 1):
            name, data = dice.choice(_WAYS)(dice, name, data, originals)
        yield f"{number:05d}-{name}", data


def _cut(dice: random.Random, name: str, data: bytes, _: Sequence[Original]) -> Original:
    return name, data[: dice.randrange(len(data) + 1)]


def _flip(dice: random.Random, name: str, data: bytes, _: Sequence[Original]) -> Original:
    broken = bytearray(data)
    for _turn in range(dice.choice((1, 4, 64)) if broken else 0):
        broken[dice.randrange(len(broken))] ^= 1 << dice.randrange(8)
    return name, bytes(broken)


def _delete(dice: random.Random, name: str, data: bytes, _: Sequence[Original]) -> Original:
    start, stop = _run(dice, data)
    return name, data[:start] + data[stop:]


def _repeat(dice: random.Random, name: str, data: bytes, _: Sequence[Original]) -> Original:
    start, stop = _run(dice, data)
    return name, data[:stop] + data[start:stop] * dice.choice((1, 2, 40)) + data[stop:]


def _blank(dice: random.Random, name: str, data: bytes, _: Sequence[Original]) -> Original:
    start, stop = _run(dice, data)
    return name, data[:start] + dice.choice((b"\0", b"\xff", b" ", b"9", b"<")) * (stop - start) + data[stop:]


def _rename(dice: random.Random, name: str, data: bytes, _: Sequence[Original]) -> Original:
    return f"{name.rsplit('.', 1)[0]}.{dice.choice(_ENDINGS)}", data


def _behead(dice: random.Random, name: str, data: bytes, originals: Sequence[Original]) -> Original:
    """The head of one file on the body of another."""
    other = dice.choice(originals)[1]
    length = dice.choice((4, 16, 512, 4096))
    return name, other[:length] + data[length:]


def _inside(dice: random.Random, name: str, data: bytes, originals: Sequence[Original]) -> Original:
    """Damage to one member of a ZIP file that opens all the same; other files are cut."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            members = [(info.filename, packed.read(info)) for info in packed.infolist()]
    except (zipfile.BadZipFile, ValueError, OSError, EOFError, NotImplementedError, RuntimeError, zlib.error):
        members = []
    if not members:
        return _cut(dice, name, data, originals)
    hit = dice.randrange(len(members))
    member, content = members[hit]
    members[hit] = member, dice.choice(_BLIND)(dice, member, content, originals)[1]
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        for member, content in members:
            packed.writestr(member, content)
    return name, out.getvalue()


def _run(dice: random.Random, data: bytes) -> tuple[int, int]:
    start = dice.randrange(len(data) + 1)
    return start, min(len(data), start + dice.choice((1, 2, 16, 300, 5000)))


_Way = Callable[[random.Random, str, bytes, Sequence[Original]], Original]
_BLIND: tuple[_Way, ...] = (_cut, _flip, _delete, _repeat, _blank, _behead)
_WAYS: tuple[_Way, ...] = (*_BLIND, _rename, _inside, _inside)
