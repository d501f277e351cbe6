"""What worker processes run, by name: from a header and bytes to parts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import cache

import msgspec

from sousveil.exceptions import FileFailure
from sousveil.mask import mask
from sousveil.model import Failure
from sousveil.parse.scan.engine import Engine
from sousveil.parse.scan.recogniser import Recogniser
from sousveil.parse.sniff import sniff
from sousveil.pipeline.opening import process, take_member
from sousveil.pipeline.part import Order, Part, empty_part
from sousveil.pipeline.steps import to_document
from sousveil.run.protocol import Json
from sousveil.run.worker import Begin, sign_of_life
from sousveil.settings import DEFAULT_LIMITS, Limits, OcrMode
from sousveil.source.mapping import from_json


def work(header: Mapping[str, Json], payload: bytes, avoid: frozenset[str] = frozenset()) -> Iterator[Part | Begin]:
    """Yield a part for every file inside ``payload``, the file itself last; the function that workers run.

    The header holds ``name``, and optionally ``explain``, ``ocr``, ``only`` (members to read),
    ``kinds`` (of files to read, both parted by NUL) ``mapping``
    (``Source.to_json``) and limits by their names in ``Limits``; members to ``avoid`` are passed over.
    """
    yield from process(payload, name=str(header["name"]), order=_order(header, avoid))


def work_recognising(
    header: Mapping[str, Json], payload: bytes, avoid: frozenset[str] = frozenset()
) -> Iterator[Part | Begin]:
    """Do the same with an engine at hand: pages that are pictures are recognised; one such worker is enough."""
    order = replace(_order(header, avoid), recogniser=load_recogniser())
    yield from process(payload, name=str(header["name"]), order=order)


@cache
def load_recogniser() -> Recogniser:
    """Return this process's engine, loaded once: a second and 1.2 GB."""
    return Recogniser(Engine(), sign_of_life)


def _order(header: Mapping[str, Json], avoid: frozenset[str]) -> Order:
    changes = {key: value for key, value in header.items() if key in Limits.__dataclass_fields__}
    return Order(
        limits=replace(DEFAULT_LIMITS, **changes),  # type: ignore[arg-type]
        explain=bool(header.get("explain")),
        ocr=msgspec.convert(header.get("ocr", "auto"), OcrMode),
        avoid=avoid,
        only=_names(header.get("only")),
        kinds=_names(header.get("kinds")),
        source=from_json(str(header.get("mapping") or "")),
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
    yield from _read_one(header, payload, _order(header, avoid))


def work_one_recognising(
    header: Mapping[str, Json], payload: bytes, avoid: frozenset[str] = frozenset()
) -> Iterator[Part]:
    """Do the same with an engine at hand, for text that was recognised."""
    yield from _read_one(header, payload, replace(_order(header, avoid), recogniser=load_recogniser()))


def _read_one(header: Mapping[str, Json], payload: bytes, order: Order) -> Iterator[Part]:
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
