"""Lists behind the numbers of ``/runs``: files ``/files``, and those that could not be read ``/runs/failures``."""

from __future__ import annotations

from sousveil.ask.file_list import list_files
from sousveil.ask.runs import failures_json, list_failures
from sousveil.web import links
from sousveil.web.asked import Answer, Asked

_PER_LIST = 50


def files(asked: Asked) -> Answer:
    """Answer with the files of the dataset; ``?source=`` and ``?status=`` narrow.

    Raises:
        UsageError: there is no such status.
    """
    source, status = asked.text("source"), asked.text("status")
    number = asked.number("page", 1, least=1, most=100_000)
    found = list_files(asked.dataset.store, source, status, offset=(number - 1) * _PER_LIST, limit=_PER_LIST)
    given = [(name, value) for name, value in (("source", source), ("status", status)) if value]
    return Answer(
        "files.html",
        found.to_json,
        {"found": found, "given": given, **_paging("/files", given, number, found.total)},
    )


def failures(asked: Asked) -> Answer:
    """Answer with the files that could not be read, or not wholly; ``?status=`` and ``?reason=`` narrow."""
    status, reason = asked.text("status"), asked.text("reason")
    number = asked.number("page", 1, least=1, most=100_000)
    found = [
        one for one in list_failures(asked.dataset.store) if status in ("", one.status) and reason in ("", one.reason)
    ]
    shown = found[(number - 1) * _PER_LIST : number * _PER_LIST]
    given = [(name, value) for name, value in (("status", status), ("reason", reason)) if value]
    return Answer(
        "failures.html",
        lambda: {"v": 1, "total": len(found), "failures": failures_json(found)},
        {"total": len(found), "shown": shown, "given": given, **_paging("/runs/failures", given, number, len(found))},
    )


def _paging(path: str, given: list[tuple[str, str]], number: int, total: int) -> dict[str, object]:
    pages = -(-total // _PER_LIST)
    return {
        "number": number,
        "pages": pages,
        "before": links.with_query(path, [*given, ("page", number - 1)]) if number > 1 else "",
        "after": links.with_query(path, [*given, ("page", number + 1)]) if number < pages else "",
    }
