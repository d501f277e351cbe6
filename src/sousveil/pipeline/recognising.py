"""What the worker that recognises scans runs: the same as others, with an engine at hand. One such worker is enough."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

import numpy as np

from sousveil.parse.scan.engine import Engine
from sousveil.parse.scan.recogniser import Recogniser
from sousveil.pipeline import jobs
from sousveil.pipeline.opening import process
from sousveil.pipeline.part import Part
from sousveil.run.protocol import Json
from sousveil.run.worker import Begin, sign_of_life

_loaded: list[Recogniser] = []
"""This process's engine, once it is loaded: a second and 1.2 GB."""


def warm_up() -> None:
    """Load what other workers load, and the engine; it reads an empty page, and so starts its threads."""
    jobs.warm_up()
    _recogniser().read(np.full((320, 320, 3), 255, dtype=np.uint8))
    _recogniser().read(_letters())


def work(header: Mapping[str, Json], payload: bytes, avoid: frozenset[str] = frozenset()) -> Iterator[Part | Begin]:
    """Yield a part for every file inside ``payload`` as ``pipeline.work`` does, its pictures recognised."""
    order = replace(jobs.to_order(header, avoid), recogniser=_recogniser())
    yield from process(payload, name=str(header["name"]), order=order)


def work_one(header: Mapping[str, Json], payload: bytes, avoid: frozenset[str] = frozenset()) -> Iterator[Part]:
    """Yield the masked document of one file as ``pipeline.work_one`` does, its pictures recognised."""
    yield from jobs.read_one(header, payload, replace(jobs.to_order(header, avoid), recogniser=_recogniser()))


def _recogniser() -> Recogniser:
    if not _loaded:
        _loaded.append(Recogniser(Engine(), sign_of_life))
    return _loaded[0]


def _letters() -> np.ndarray[tuple[int, ...], np.dtype[np.uint8]]:
    """Return a page with a ruled frame and words, so that every step of recognising runs once."""
    from PIL import Image, ImageDraw, ImageFont  # noqa: PLC0415 (comes with the extra)

    page = Image.new("RGB", (640, 320), "white")
    pen = ImageDraw.Draw(page)
    for row in range(3):
        pen.text((60, 50 + 80 * row), "Invented notice 120", fill="black", font=ImageFont.load_default(32))
        pen.rectangle((40, 30 + 80 * row, 600, 110 + 80 * row), outline="black", width=3)
    return np.asarray(page, dtype=np.uint8)
