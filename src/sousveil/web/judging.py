"""What the form of a document does: keep what a reader decides on the findings of a passage, or take it back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import cast

from sousveil.exceptions import NotFoundError, UsageError
from sousveil.model import Verdict
from sousveil.web import links
from sousveil.web.asked import Asked, Elsewhere

UNDO = "undo"
_MOST_FINDINGS = 50
"""Findings of one passage; the most in a document of the corpus is 9."""


def judge(asked: Asked, form: Mapping[str, str]) -> Elsewhere:
    """Keep a decision and lead back to the passage.

    The button that was pressed says it all: ``confirmed 12 ID ID`` is the verdict, the number of the passage in the
    document, and the findings. A decision is kept for all of them or, where one is unknown, for none.

    Raises:
        NotFoundError: there is no such finding, or nothing stands on it that could be undone.
        UsageError: the button says something else.
    """
    said = form.get("decide", "").split()
    if not (2 < len(said) <= 2 + _MOST_FINDINGS and said[1].isascii() and said[1].isdigit() and len(said[1]) < 9):
        raise UsageError(
            "This form does not say which finding is judged. Go back, load the page again, press a button."
        )
    verdict, number, *ids = said
    findings = [asked.dataset.store.finding(one) for one in ids]
    assert asked.writing is not None
    if verdict == UNDO:
        _undo(asked, ids, asked.writing.by)
    else:
        for one in ids:
            asked.dataset.judge_finding(one, cast("Verdict", verdict), by=asked.writing.by)  # any other is refused
    notice = asked.dataset.store.notice(findings[0].notice)
    where = [
        ("q", form.get("q", "")),
        ("form", form.get("form", "")),
        ("p", findings[0].span.page),
        ("notice", notice.id if "#" in notice.id else ""),
    ]
    return Elsewhere(f"{links.with_query(links.page('d', notice.document), where)}#n-{number}")


def _undo(asked: Asked, ids: Sequence[str], by: str) -> None:
    """Take back what stands on findings; those of one passage that nobody judged are left alone.

    Raises:
        NotFoundError: nothing stands on any of them.
    """
    undone, trouble = 0, None
    for one in ids:
        try:
            asked.dataset.undo_review(one, by=by)
            undone += 1
        except NotFoundError as error:
            trouble = error
    if not undone and trouble is not None:
        raise trouble
