"""PPT (PowerPoint 97 to 2003, and DPS of Kingsoft Presentation) -> one page for each slide.

The file is a tree of records ([MS-PPT]); each save adds records behind the old ones, and a directory says which count.
Text stands in the slides, or in an outline that the slides point into. Notes of the speaker follow their slides'
order as pages of their own. Masters and their prompts ("Click to edit") are left out.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass

from sousveil.exceptions import DamagedError, EmptyFileError, EncryptedError
from sousveil.parse.layout import Layout, clean_line
from sousveil.parse.ole import open_compound

_AGAIN = "Fetch the file again."
_HEADER = struct.Struct("<HHI")
_DOCUMENT, _SLIDE, _NOTES, _TEXT_LIST = 0x03E8, 0x03EE, 0x03F0, 0x0FF0
_WIDE, _NARROW, _PERSIST, _OUTLINE_REFERENCE = 0x0FA0, 0x0FA8, 0x03F3, 0x0F9E
_USER_EDIT, _DIRECTORY = 0x0FF5, 0x1772
_ENCRYPTED_TOKEN = 0xF3D1_C4DF
_MAX_RECORDS = 500_000
_MAX_DEPTH = 50
_PICTURE_STREAM = "Pictures"


@dataclass(frozen=True, slots=True)
class _Record:
    """A record: its kind, its instance, and where its content lies in the stream."""

    kind: int
    instance: int
    is_container: bool
    start: int
    end: int


def lay_ppt(untrusted: bytes, layout: Layout) -> str:
    """Write a PPT file into ``layout``; return ''.

    Raises:
        EncryptedError: it opens only with a password.
        DamagedError: its records are broken.
        EmptyFileError: it holds pictures only, or nothing.
    """
    compound = open_compound(untrusted)
    user, stream = compound.read("Current User"), compound.read("PowerPoint Document")
    if len(user) >= 16 and int.from_bytes(user[12:16], "little") == _ENCRYPTED_TOKEN:
        raise EncryptedError(
            "the presentation opens only with a password",
            "Remove the password with the program that set it, and read the file again.",
        )
    tops = _live_records(stream, user)
    if not tops:
        raise DamagedError("the presentation has no records that can be read", _AGAIN)
    deck = _Deck(stream)
    outlines = [texts for top in tops if top.kind == _DOCUMENT for texts in deck.outlines(top)]
    slides = [top for top in tops if top.kind == _SLIDE]
    for number, slide in enumerate(slides):
        _lay_page(deck.texts(slide, outlines[number] if number < len(outlines) else []), layout)
    for texts in outlines[len(slides) :]:
        _lay_page(texts, layout)
    for notes in (top for top in tops if top.kind == _NOTES):
        texts = deck.texts(notes, [])
        if any(text.strip("*\r\n ") for text in texts):
            _lay_page(texts, layout)
    if not layout.has_text:
        what = "pictures and no text" if compound.has(_PICTURE_STREAM) else "no text"
        raise EmptyFileError(
            f"the presentation holds {what}", "Save it as PDF, add a text layer with an OCR program, and read that."
        )
    return ""


def _lay_page(texts: list[str], layout: Layout) -> None:
    layout.start_page()
    for text in texts:
        if text.strip() == "*":  # stands for a page number or a date
            continue
        for line in text.replace("\x0b", "\r").replace("\n", "\r").split("\r"):
            if line.strip():
                layout.add_line(clean_line(line))


class _Deck:
    """The records of one presentation."""

    def __init__(self, stream: bytes) -> None:
        self.stream = stream
        self.left = _MAX_RECORDS

    def walk(self, top: _Record) -> Iterator[_Record]:
        """Yield the records inside a record, in order, without recursion."""
        todo = [(top.start, top.end)]
        while todo:
            at, end = todo.pop()
            record = _record_at(self.stream, at, end)
            if record is None:
                continue
            self.left -= 1
            if self.left < 0:
                raise DamagedError("the presentation has too many records", _AGAIN)
            yield record
            todo.append((record.end, end))
            if record.is_container and len(todo) < _MAX_DEPTH:
                todo.append((record.start, record.end))

    def texts(self, top: _Record, outline: list[str]) -> list[str]:
        """Return the texts of a slide in their order, those that it only points to taken from its outline."""
        found: list[str] = []
        used: set[int] = set()
        for record in self.walk(top):
            text = self.text(record)
            if text is not None:
                found.append(text)
            elif record.kind == _OUTLINE_REFERENCE and record.end - record.start >= 4:
                number = int.from_bytes(self.stream[record.start : record.start + 4], "little")
                if number < len(outline):
                    found.append(outline[number])
                    used.add(number)
        return [text for number, text in enumerate(outline) if number not in used] + found

    def outlines(self, document: _Record) -> Iterator[list[str]]:
        """Yield the texts of each slide as the document's list of them has it."""
        for record in self.walk(document):
            if record.kind == _TEXT_LIST and record.instance == 0:
                texts: list[str] | None = None
                for inner in self.walk(record):
                    if inner.kind == _PERSIST:
                        if texts is not None:
                            yield texts
                        texts = []
                    elif texts is not None and (text := self.text(inner)) is not None:
                        texts.append(text)
                if texts is not None:
                    yield texts

    def text(self, record: _Record) -> str | None:
        """Return a record's text, None where it is none."""
        data = self.stream[record.start : record.end]
        if record.kind == _WIDE:
            return data[: len(data) // 2 * 2].decode("utf-16-le", "replace")
        return data.decode("latin-1") if record.kind == _NARROW else None


def _record_at(stream: bytes, at: int, end: int) -> _Record | None:
    if at < 0 or at + 8 > min(end, len(stream)):
        return None
    version, kind, size = _HEADER.unpack_from(stream, at)
    return _Record(kind, version >> 4, version & 15 == 15, at + 8, min(at + 8 + size, end, len(stream)))


def _live_records(stream: bytes, user: bytes) -> list[_Record]:
    """Return the records on top that count: by the directories of all saves, or all where these are lost.

    Their order is that of their numbers, which is the order of the slides unless they were moved.
    """
    places: dict[int, int] = {}
    at = int.from_bytes(user[16:20], "little") if len(user) >= 20 else 0
    seen: set[int] = set()
    while at and at not in seen and len(seen) < 1_000:
        seen.add(at)
        edit = _record_at(stream, at, len(stream))
        if edit is None or edit.kind != _USER_EDIT or edit.end - edit.start < 16:
            break
        at, directory = struct.unpack_from("<II", stream, edit.start + 8)
        for number, place in _directory(stream, directory):
            places.setdefault(number, place)
    found = [record for _, place in sorted(places.items()) if (record := _record_at(stream, place, len(stream)))]
    if any(record.kind == _DOCUMENT for record in found):
        return _in_order(stream, found, dict(sorted(places.items())))
    return list(_top_records(stream))


def _in_order(stream: bytes, found: list[_Record], places: dict[int, int]) -> list[_Record]:
    """Return the records with the slides in the order of the document's list, which names them by number."""
    document = next(record for record in found if record.kind == _DOCUMENT)
    numbers: list[int] = []
    deck = _Deck(stream)
    for record in deck.walk(document):
        if record.kind == _TEXT_LIST and record.instance == 0:
            numbers += [
                int.from_bytes(stream[inner.start : inner.start + 4], "little")
                for inner in deck.walk(record)
                if inner.kind == _PERSIST
            ]
    listed = [slide for number in numbers if (slide := _record_at(stream, places.get(number, -9), len(stream)))]
    slides = [record for record in listed if record.kind == _SLIDE]
    others = [record for record in found if record.kind != _SLIDE]
    return others + (slides or [record for record in found if record.kind == _SLIDE])


def _directory(stream: bytes, at: int) -> Iterator[tuple[int, int]]:
    """Yield number and place of the records of one save."""
    record = _record_at(stream, at, len(stream))
    if record is None or record.kind != _DIRECTORY:
        return
    position = record.start
    while position + 4 <= record.end:
        head = int.from_bytes(stream[position : position + 4], "little")
        position += 4
        for step in range(head >> 20):
            if position + 4 > record.end:
                return
            yield (head & 0xF_FFFF) + step, int.from_bytes(stream[position : position + 4], "little")
            position += 4


def _top_records(stream: bytes) -> Iterator[_Record]:
    at = 0
    while (top := _record_at(stream, at, len(stream))) is not None:
        yield top
        at = top.end
