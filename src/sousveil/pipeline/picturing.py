"""What the worker that draws pictures of pages runs: one page of one file, as ``parse.facsimile`` lets it be seen.

It looks into hostile files as readers do, so it is a worker of its own, locked in like theirs. It loads much less, for
somebody waits for the picture.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import msgspec
import numpy as np

from sousveil.exceptions import FileFailure
from sousveil.model import Page, TextBox
from sousveil.parse.facsimile.draw import draw_page
from sousveil.parse.facsimile.drawn import Drawn
from sousveil.parse.facsimile.paper import BLANK
from sousveil.parse.facsimile.scanned import draw_scanned
from sousveil.parse.samples import iter_samples
from sousveil.parse.scan.picture import load_formats
from sousveil.parse.sniff import sniff
from sousveil.pipeline.jobs import to_order
from sousveil.pipeline.opening import take_member
from sousveil.pipeline.steps import to_document
from sousveil.run.protocol import Json
from sousveil.run.warm import fill_caches, load_codecs
from sousveil.settings import DEFAULT_LIMITS

_RECOGNISED = Page(1, "Words", boxes=(TextBox(0, 5, 0.1, 0.1, 0.9, 0.9, 1.0),))
"""A page for the warm-up."""

_decode = msgspec.json.Decoder(Page).decode


def work(header: Mapping[str, Json], payload: bytes, avoid: frozenset[str] = frozenset()) -> Iterator[Drawn]:  # noqa: ARG001 (one file)
    """Yield the picture of one page, or why there is none.

    The header holds ``name``, ``member`` (empty for the file itself), ``stored`` (the page as JSON), ``count`` (pages
    that are stored of the file) and limits by their names.
    """
    limits = to_order(header, frozenset()).limits
    member, name = str(header["member"]), str(header["name"])
    try:
        untrusted = take_member(payload, member, limits, name=name) if member else payload
        if untrusted is None:
            yield Drawn(reason=f"the archive has no member {member}", advice="Ingest it again.")
            return
        stored = _decode(str(header["stored"]))
        yield draw_page(untrusted, sniff(untrusted, name), stored, limits, count=int(str(header["count"])))
    except FileFailure as failure:
        yield Drawn(reason=failure.reason, advice=failure.advice)


def warm_up() -> None:
    """Load everything that is loaded late, so that a worker can then be shut off from all files."""
    load_codecs()
    load_formats()
    for name, untrusted in iter_samples():
        kind = sniff(untrusted, name)
        if kind.name == "zip":
            take_member(untrusted, "none", DEFAULT_LIMITS, name=name)
        if kind.name == "pdf":
            document = to_document(untrusted, file="", name=name, kind=kind)
            draw_page(untrusted, kind, document.pages[0], DEFAULT_LIMITS, count=len(document.pages))
    draw_scanned(np.full((40, 60, 3), BLANK, dtype=np.uint8), _RECOGNISED)
    for package in ("sousveil.parse", "sousveil.data.person_labels", "chardet"):
        fill_caches(package)
