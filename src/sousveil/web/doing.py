"""What forms do: those of the Data page ask the run that goes on, or start one in a process of its own."""

from __future__ import annotations

from collections.abc import Mapping

from sousveil.exceptions import UsageError
from sousveil.live import Wish, ask
from sousveil.source.survey import check_input
from sousveil.web.asked import Asked, Doing, Elsewhere
from sousveil.web.judging import judge
from sousveil.web.screens.data import OCR_MODES, check_paths_taken

_DATA = Elsewhere("/runs")
_MOST_NAME = 100


def _asking(wish: Wish) -> Doing:
    """Return what asks the run that goes on.

    Raises:
        NotFoundError: none goes on.
    """

    def do(asked: Asked, _: Mapping[str, str]) -> Elsewhere:
        ask(asked.dataset.paths, wish)
        return _DATA

    return do


def ingest(asked: Asked, form: Mapping[str, str]) -> Elsewhere:
    """Start to read a path.

    Raises:
        UsageError: the path, the source or the mode is none that can be taken; nothing was started.
        DatasetLockedError: a run goes on already.
    """
    check_paths_taken(asked)
    assert asked.writing is not None
    path = check_input(form.get("path", ""), asked.dataset.paths.root)
    ocr, source = form.get("ocr", "auto"), form.get("source", "").strip() or "folder"
    if ocr not in OCR_MODES:
        raise UsageError(f"{ocr[:20]!r} is none of {', '.join(OCR_MODES)}.")
    if len(source) > _MOST_NAME or not source.isprintable():
        raise UsageError("A source has a short name of one line, as in seace-2020.")
    asked.dataset.paths.source(source)  # a name that no folder can have
    asked.writing.starter.start([f"--source={source}", f"--ocr={ocr}", "--", path])
    return _DATA


def retry(asked: Asked, _: Mapping[str, str]) -> Elsewhere:
    """Start to read again what failed.

    Raises:
        DatasetLockedError: a run goes on already.
    """
    assert asked.writing is not None
    asked.writing.starter.start(["--retry-failed"])
    return _DATA


FORMS: tuple[tuple[str, Doing], ...] = (
    ("/runs/pause", _asking("pause")),
    ("/runs/resume", _asking("")),
    ("/runs/stop", _asking("stop")),
    ("/runs/ingest", ingest),
    ("/runs/retry", retry),
    ("/review", judge),
)
"""Paths that take a form."""
