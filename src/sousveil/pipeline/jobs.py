"""What worker processes run, by name: from a header and bytes to parts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

import msgspec

from sousveil.data.own import own_from_json
from sousveil.exceptions import FileFailure
from sousveil.mask import mask
from sousveil.model import Failure
from sousveil.parse.samples import iter_samples
from sousveil.parse.scan.picture import load_formats
from sousveil.parse.sniff import sniff
from sousveil.pipeline.opening import process, take_member
from sousveil.pipeline.part import Order, Part, empty_part
from sousveil.pipeline.steps import to_document
from sousveil.run.protocol import Json
from sousveil.run.warm import fill_caches, load_codecs
from sousveil.run.worker import Begin
from sousveil.settings import DEFAULT_LIMITS, Limits, OcrMode
from sousveil.source.mapping import from_json


def work(header: Mapping[str, Json], payload: bytes, avoid: frozenset[str] = frozenset()) -> Iterator[Part | Begin]:
    """Yield a part for every file inside ``payload``, the file itself last; the function that workers run.

    The header holds ``name``, and optionally ``explain``, ``ocr``, ``only`` (members to read),
    ``kinds`` (of files to read, both parted by NUL), ``mapping`` (``Source.to_json``), ``terms`` (``OwnTerms.text``)
    and limits by their names in ``Limits``; members to ``avoid`` are passed over.
    """
    yield from process(payload, name=str(header["name"]), order=to_order(header, avoid))


def warm_up() -> None:
    """Load everything that is loaded late, so that a worker can then be shut off from all files."""
    load_codecs()
    load_formats()
    for name, untrusted in iter_samples():
        for _ in process(untrusted, name=name):
            pass
    for package in ("sousveil", "chardet"):
        fill_caches(package)


def to_order(header: Mapping[str, Json], avoid: frozenset[str]) -> Order:
    """Return what the header of a job asks for."""
    changes = {key: value for key, value in header.items() if key in Limits.__dataclass_fields__}
    return Order(
        limits=replace(DEFAULT_LIMITS, **changes),  # type: ignore[arg-type]
        explain=bool(header.get("explain")),
        ocr=msgspec.convert(header.get("ocr", "auto"), OcrMode),
        avoid=avoid,
        only=_names(header.get("only")),
        kinds=_names(header.get("kinds")),
        source=from_json(str(header.get("mapping") or "")),
        own=own_from_json(str(header.get("terms") or "")),
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
    yield from read_one(header, payload, to_order(header, avoid))


def read_one(header: Mapping[str, Json], payload: bytes, order: Order) -> Iterator[Part]:
    """Yield the masked document of the file, or of the member, that the header names."""
    member, name = str(header["member"]), str(header["name"])
    untrusted = take_member(payload, member, order.limits, name=name) if member else payload
    if untrusted is None or member in order.avoid:
        return
    kind = sniff(untrusted, name)
    empty = empty_part(untrusted, kind, member)
    try:
        document = mask(to_document(untrusted, file=empty.file, name=name, kind=kind, order=order))
    except FileFailure as failure:
        yield replace(empty, failure=Failure("parse", failure.reason, failure.advice))
    else:
        yield replace(empty, status="read", document=replace(document, records=()))
