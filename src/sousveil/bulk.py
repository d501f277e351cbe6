"""Bulk reading for scripts: files in, one plain object per notice out, without a dataset.

The shape is fixed by the contract of ``sousveil read`` and is what scorers take; values not stated are None.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path, PurePosixPath
from typing import Self

import msgspec

from sousveil.find.quotations import main_quotations
from sousveil.model import Amount, Failure, Field, Finding, Notice
from sousveil.parse.scan.engine import is_installed
from sousveil.pipeline import Part
from sousveil.read.process import PROCESS
from sousveil.run.cores import Cores
from sousveil.run.pool import Pool
from sousveil.run.protocol import Answer, Job, Json
from sousveil.settings import DEFAULT_LIMITS, Limits, OcrMode
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
    inputs: Sequence[Path],
    *,
    jobs: int = 1,
    limits: Limits = DEFAULT_LIMITS,
    explain: bool = False,
    ocr: OcrMode = "auto",
) -> Iterator[Row]:
    """Yield one row per notice of every file under ``inputs``, in the order of the files.

    A file that cannot be read yields one row whose ``failed`` says why; an archive yields the rows of its members.
    With ``explain`` each row has ``explained``: every finding, withheld ones too, with what spoke for and against it.
    Pages that are pictures are recognised, unless ``ocr`` is ``off``; all pages with ``all``.
    """
    with _Reading(jobs, limits, explain=explain, ocr=ocr) as reading:
        for candidate in iter_candidates(inputs):
            reading.hand_in(candidate)
            while reading.is_full:
                reading.collect()
            yield from reading.take_ready()
        while reading.is_busy:
            reading.collect()
            yield from reading.take_ready()


class _Reading:
    """Files with the workers, and rows that wait for those of earlier files.

    Scans go to the workers twice: first to whoever is free, then, as what they are, to the one that has the engine.
    The two pools share the processors.
    """

    def __init__(self, jobs: int, limits: Limits, *, explain: bool, ocr: OcrMode) -> None:
        self._limits, self._explain, self._ocr, self._jobs = limits, explain, ocr, jobs
        self._can_recognise = ocr != "off" and is_installed()
        self._cores = Cores(jobs)
        self._pool = Pool.within("sousveil.pipeline:work", limits, jobs=jobs, cores=self._cores)
        self._recognisers: Pool | None = None
        self._waiting: dict[int, Candidate] = {}
        self._ready: dict[int, list[Row]] = {}
        self._met = 0
        self._due = 1

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._pool.close()
        if self._recognisers is not None:
            self._recognisers.close()

    @property
    def is_full(self) -> bool:
        return len(self._waiting) >= _AHEAD

    @property
    def is_busy(self) -> bool:
        return bool(self._waiting or self._ready)

    def hand_in(self, candidate: Candidate) -> None:
        self._met += 1
        self._submit(self._pool, self._met, candidate, only="")

    def _submit(self, pool: Pool, key: int, candidate: Candidate, *, only: str) -> None:
        data = load_candidate(candidate, self._limits.max_file_bytes)
        if isinstance(data, Failure):
            self._ready[key] = [*self._ready.get(key, ()), _failed_row(candidate, "", data)]
            return
        self._waiting[key] = candidate
        header: dict[str, Json] = {"name": candidate.name, "explain": self._explain, "ocr": self._ocr, "only": only}
        pool.submit(Job(key=key, header=header, payload=data))

    def collect(self) -> None:
        """Take what the workers have answered; wait a moment for it."""
        for answer in self._pool.take(0.1):
            candidate = self._waiting.pop(answer.key)
            parts = [_decode_part(raw) for raw in answer.parts]
            scans = [part for part in parts if part.waiting and not part.members] if self._can_recognise else []
            rows = _rows([part for part in parts if part not in scans], answer, candidate, explain=self._explain)
            self._ready[answer.key] = list(rows)
            if scans:
                only = "\0".join(part.member for part in scans if part.member)
                self._submit(self._recogniser_pool(), answer.key, candidate, only=only)
        for answer in self._recognisers.take(0.0) if self._recognisers else ():
            candidate = self._waiting.pop(answer.key)
            parts = [part for raw in answer.parts if not (part := _decode_part(raw)).members]
            self._ready[answer.key] += _rows(parts, answer, candidate, explain=self._explain)

    def _recogniser_pool(self) -> Pool:
        if self._recognisers is None:
            self._recognisers = Pool.within(
                "sousveil.pipeline.recognising:work",
                self._limits,
                jobs=1,
                threads=self._jobs,
                cores=self._cores,
                memory_bytes=self._limits.recogniser_memory_bytes,
            )
        return self._recognisers

    def take_ready(self) -> Iterator[Row]:
        """Yield the rows of the files that are done, up to the first that is not."""
        while self._due in self._ready and self._due not in self._waiting:
            yield from self._ready.pop(self._due)
            self._due += 1


def _rows(parts: Sequence[Part], answer: Answer, candidate: Candidate, *, explain: bool) -> Iterator[Row]:
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
        "evidence": [{"capability": one.value, **_quote(one)} for one in main_quotations(notice, stated)],
        "quantities": [_quantity(finding) for finding in stated if finding.kind == "scale"],
        "purposes": [_quote(finding) for finding in stated if finding.kind == "purpose"],
        "data_links": [_link(finding) for finding in stated if finding.kind == "link"],
        "failed": None,
    }
    return row | _process(notice)


def _process(notice: Notice) -> Row:
    """Return how the purchase goes, as far as the notice states it."""
    row: Row = {name: _value(getattr(notice, name)) for name in PROCESS}
    return row | {
        "ceiling": _value(notice.ceiling),
        "lots": [
            {
                "number": lot.number,
                "title": _value(lot.title),
                "budget": _value(lot.budget),
                "award_amount": _value(lot.award_amount),
                "suppliers": [supplier.value for supplier in lot.suppliers],
                "is_failed": lot.is_failed,
            }
            for lot in notice.lots
        ],
        "items": [
            {
                "name": item.name.value,
                "brand": _value(item.brand),
                "model": _value(item.model),
                "quantity": _value(item.quantity),
                "unit": item.unit or None,
                "unit_price": _value(item.unit_price),
                "lot": item.lot or None,
            }
            for item in notice.items
        ],
        "identifiers": [
            {"role": one.role, "name": one.name or None, "scheme": one.scheme, "value": one.value}
            for one in notice.identifiers
        ],
    }


def _failed_row(candidate: Candidate, member: str, failure: Failure) -> Row:
    row: Row = {"id": _stem(candidate, member), "source_path": _path(candidate, member)}
    row |= dict.fromkeys((*_TEXT_FIELDS, "currency", "budget", "award_amount", "ceiling", *PROCESS))
    row |= {name: [] for name in ("suppliers", "capabilities", "evidence", "quantities", "purposes", "data_links")}
    row |= {name: [] for name in ("lots", "items", "identifiers")}
    return row | {"language": None, "failed": f"{failure.reason}. {failure.advice}"}


def _value(field: Field | Amount | None) -> object:
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
        "comparator": details.get("comparator"),
        "per": details.get("per"),
        "role": details.get("role"),
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
