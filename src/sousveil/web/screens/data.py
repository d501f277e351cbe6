"""The Data page: the run that goes on, what could not be read, sources, runs; what a path holds before it is read."""

from __future__ import annotations

import csv
import io
from dataclasses import asdict
from typing import get_args

import msgspec

from sousveil.ask.runs import (
    failures_json,
    group_failures,
    list_failures,
    list_runs,
    show_run,
    state_of_run,
)
from sousveil.ask.writers import formula_safe
from sousveil.exceptions import UsageError
from sousveil.mask import mask_address
from sousveil.settings import OcrMode
from sousveil.source.mapping import UNKNOWN, load_sources
from sousveil.source.survey import check_input, survey
from sousveil.web.asked import Answer, Asked, Download
from sousveil.web.showing import STEPS, shown

_MOST_RUNS = 50
_PER_LIST = 100
OCR_MODES = get_args(OcrMode)
"""What can be chosen for pictures."""
_COLUMNS = ("path", "status", "stage", "reason", "advice", "tries")


def runs(asked: Asked) -> Answer:
    """Answer with what the runs did, what could not be read and why, and the sources."""
    store = asked.dataset.store
    done, sources = list_runs(store), asked.dataset.sources()

    def shape() -> dict[str, object]:
        told = [
            {**asdict(row), "described": None if row.described == UNKNOWN else asdict(row.described)} for row in sources
        ]
        return {
            "v": 1,
            "live": _live_json(asked),
            "runs": list(done),
            "failures": failures_json(list_failures(store)),
            "sources": told,
        }

    groups = group_failures(store)
    return Answer(
        "runs.html",
        shape,
        {
            **_live(asked),
            "runs": [(run, state_of_run(run, asked.live)) for run in done[:_MOST_RUNS]],
            "total": len(done),
            "groups": groups,
            "failed": sum(group.files for group in groups),
            "sources": sources,
            "months": asked.dataset.sources_by_month(),
            "counts": asked.dataset.kept.get("counts", asked.dataset.counts),
        },
        has_forms=asked.writing is not None,
    )


def run(asked: Asked) -> Answer:
    """Answer with one run: what it read, its balance, what it could not read.

    Raises:
        NotFoundError: there is none with this number.
        UsageError: this is no number.
    """
    number = asked.path["n"]
    if not (number.isascii() and number.isdigit() and len(number) < 10):
        raise UsageError(f"{number[:20]!r} is no number of a run. All runs: /runs")
    store = asked.dataset.store
    row = show_run(store, int(number))
    failed = list_failures(store, run=int(number))
    state = state_of_run(row, asked.live)
    live = _live(asked) if asked.live is not None and asked.live.run == int(number) else {**_live(asked), "live": None}
    return Answer(
        "run.html",
        lambda: {"v": 1, **row, "state": state, "failures": failures_json(failed)},
        {**live, "run": row, "state": state, "failed": failed[:_PER_LIST], "total": len(failed)},
        has_forms=asked.writing is not None,
    )


def failures_table(asked: Asked) -> Download:
    """Answer with the list of ``/runs/failures`` for a spreadsheet; no cell can run as a formula."""
    body = io.StringIO()
    table = csv.writer(body)
    table.writerow(_COLUMNS)
    for one in list_failures(asked.dataset.store, reason=asked.text("reason") or None):
        if asked.text("status") not in ("", one.status):
            continue
        table.writerow([formula_safe(str(getattr(one, name))) for name in _COLUMNS])
    return Download("failures.csv", "text/csv; charset=utf-8", body.getvalue().encode("utf-8-sig"))


def new(asked: Asked) -> Answer:
    """Answer with what a path of this machine holds, and the form that reads it; nothing is read yet.

    Raises:
        UsageError: nothing can be changed here, or the path is none that may be read from a page.
    """
    check_paths_taken(asked)
    found = survey(check_input(asked.text("path"), asked.dataset.paths.root))
    names = sorted(load_sources(asked.dataset.paths.sources))
    return Answer(
        "new.html",
        lambda: {"v": 1, **msgspec.to_builtins(found), "path": mask_address(found.path)},
        {**_live(asked), "found": found, "given": asked.text("path"), "sources": names, "modes": OCR_MODES},
        has_forms=True,
    )


def check_paths_taken(asked: Asked) -> None:
    """Return where a path may be named.

    Raises:
        UsageError: pages only read, or others can reach them.
    """
    if asked.writing is None:
        raise UsageError("Nothing can be changed here: sousveil serve runs with --read-only.")
    if not asked.writing.takes_paths:
        raise UsageError(
            "Others can reach these pages, so no path of this machine is taken. In its terminal: sousveil ingest PATH"
        )


def _live(asked: Asked) -> dict[str, object]:
    """Return what the card of the run that goes on needs, and the forms."""
    live = asked.live if asked.live is not None and asked.live.is_going else None
    lines = {line.step: line for line in live.steps} if live else {}
    writing = asked.writing
    return {
        "live": live,
        "paths": [mask_address(path) for path in live.paths] if live else [],
        "shown": shown(live, asked.language) if live else None,
        "steps": [(key, title) for key, title in STEPS.items() if key in lines or key != "recognising"],
        "token": writing.token if writing else "",
        "takes_paths": bool(writing and writing.takes_paths),
        "is_starting": bool(writing and writing.starter.is_starting),
        "trouble": writing.starter.trouble if writing else "",
    }


def _live_json(asked: Asked) -> object:
    live = asked.live
    if live is None or not live.is_going:
        return None
    return msgspec.to_builtins(live) | {"paths": [mask_address(path) for path in live.paths]}
