"""Bulk reading for scripts: files in, one plain object per notice out, without a dataset.

The shape is fixed by the contract of ``sousveil read`` and is what scorers take; values not stated are None.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path, PurePosixPath

import msgspec

from sousveil.model import Failure, Field, Finding, Notice
from sousveil.pipeline import Part
from sousveil.run.pool import Pool
from sousveil.run.protocol import Answer, Job
from sousveil.settings import DEFAULT_LIMITS, Limits
from sousveil.source.folder import Candidate, iter_candidates, load_candidate

Row = dict[str, object]

_AHEAD = 64
"""Files with the workers at once; also how far answers may overtake one another before they are put in order."""

_decode_part = msgspec.json.Decoder(Part).decode

_TEXT_FIELDS = (
    "notice_type",
    "project_number",
    "title",
    "buyer",
    "agency",
    "publication_date",
    "province",
    "city",
    "country",
)


def read_files(
    inputs: Sequence[Path], *, jobs: int = 1, limits: Limits = DEFAULT_LIMITS, explain: bool = False
) -> Iterator[Row]:
    """Yield one row per notice of every file under ``inputs``, in the order of the files.

    A file that cannot be read yields one row whose ``failed`` says why; an archive yields the rows of its members.
    With ``explain`` each row has ``explained``: every finding, withheld ones too, with what spoke for and against it.
    """
    with Pool(
        "sousveil.pipeline:work",
        jobs=jobs,
        timeout_s=limits.timeout_s,
        max_memory_bytes=limits.max_memory_bytes,
        cpu_s=limits.cpu_s,
        max_answer_bytes=limits.max_answer_bytes,
        required_tier=limits.require_sandbox,
    ) as pool:
        waiting: dict[int, Candidate] = {}
        ready: dict[int, list[Row]] = {}
        due = 1
        for key, candidate in enumerate(iter_candidates(inputs), 1):
            data = load_candidate(candidate, limits.max_file_bytes)
            if isinstance(data, Failure):
                ready[key] = [_failed_row(candidate, "", data)]
            else:
                waiting[key] = candidate
                pool.submit(Job(key=key, header={"name": candidate.name, "explain": explain}, payload=data))
            while len(waiting) >= _AHEAD:
                _take(pool, waiting, ready, explain=explain)
            while due in ready:
                yield from ready.pop(due)
                due += 1
        while waiting or ready:
            _take(pool, waiting, ready, explain=explain)
            while due in ready:
                yield from ready.pop(due)
                due += 1


def _take(pool: Pool, waiting: dict[int, Candidate], ready: dict[int, list[Row]], *, explain: bool) -> None:
    for answer in pool.take(1.0):
        ready[answer.key] = list(_rows(answer, waiting.pop(answer.key), explain=explain))


def _rows(answer: Answer, candidate: Candidate, *, explain: bool) -> Iterator[Row]:
    parts = [_decode_part(raw) for raw in answer.parts]
    for part in parts:
        if part.status == "failed":
            assert part.failure is not None
            yield _failed_row(candidate, part.member, part.failure)
        for number, notice in enumerate(part.notices, 1):
            name = _stem(candidate, part.member)
            found = [finding for finding in part.findings if finding.notice == notice.id]
            row_id = name if len(part.notices) == 1 else f"{name}#{number}"
            row = to_row(notice, found, id=row_id, source_path=_path(candidate, part.member))
            yield row | {"explained": [_explained(finding) for finding in found]} if explain else row
    for crash in answer.crashes:
        yield _failed_row(candidate, crash.member or "", Failure("worker", crash.reason, crash.advice))


def to_row(notice: Notice, findings: Sequence[Finding], *, id: str, source_path: str) -> Row:  # noqa: A002 (the contract's word)
    """Return a notice and its findings as the plain object of ``sousveil read``."""
    stated = [finding for finding in findings if finding.state == "stated"]
    money = notice.award_amount or notice.budget
    row: Row = {"id": id, "source_path": source_path}
    row |= {name: _value(getattr(notice, name)) for name in _TEXT_FIELDS}
    row |= {
        "currency": money.currency if money else None,
        "budget": notice.budget.value if notice.budget else None,
        "award_amount": notice.award_amount.value if notice.award_amount else None,
        "suppliers": [supplier.value for supplier in notice.suppliers],
        "language": notice.language,
        "capabilities": sorted({finding.value for finding in stated if finding.kind == "capability"}),
        "evidence": [
            {"capability": finding.value, **_quote(finding)} for finding in stated if finding.kind == "capability"
        ],
        "quantities": [_quantity(finding) for finding in stated if finding.kind == "scale"],
        "purposes": [_quote(finding) for finding in stated if finding.kind == "purpose"],
        "data_links": [_link(finding) for finding in stated if finding.kind == "link"],
        "failed": None,
    }
    return row


def _failed_row(candidate: Candidate, member: str, failure: Failure) -> Row:
    row: Row = {"id": _stem(candidate, member), "source_path": _path(candidate, member)}
    row |= dict.fromkeys((*_TEXT_FIELDS, "currency", "budget", "award_amount"))
    row |= {name: [] for name in ("suppliers", "capabilities", "evidence", "quantities", "purposes", "data_links")}
    return row | {"language": None, "failed": f"{failure.reason}. {failure.advice}"}


def _value(field: Field | None) -> object:
    return field.value if field else None


def _quote(finding: Finding) -> Row:
    span = finding.span
    return {"quote": span.quote, "page": span.page, "start": span.start, "end": span.end}


def _quantity(finding: Finding) -> Row:
    details = dict(finding.details)
    return {
        "value": details.get("number"),
        "unit": details.get("unit"),
        "object": details.get("object"),
        **_quote(finding),
    }


def _explained(finding: Finding) -> Row:
    reasons = {"for": list(finding.reasons_for), "against": list(finding.reasons_against)}
    says = {"kind": finding.kind, "value": finding.value, "state": finding.state, "rule": finding.rule}
    return {**says, "score": finding.score, "section": finding.section, **_quote(finding), **reasons}


def _link(finding: Finding) -> Row:
    details = dict(finding.details)
    return {"from": details.get("from"), "to": details.get("to"), **_quote(finding)}


def _path(candidate: Candidate, member: str) -> str:
    return f"{candidate.address}!/{member}" if member else candidate.address


def _stem(candidate: Candidate, member: str) -> str:
    return PurePosixPath(member or candidate.name).stem
