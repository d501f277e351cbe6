"""``make gathering``: what it costs to put purchases together in a dataset, for 10,000, 30,000 and 100,000 notices.

A real store is filled with made notices (``purchase_made.py``: names, titles, numbers and texts that collide as on
portals); then institutions are resolved, notices stitched and systems laid out, as an ingest does at its end, and 1,000
more are added. Seconds are of the processor, memory is the peak of the process; flags are told apart, for their cost is
that of reading every text again. ``--write`` keeps the figures in gathering.json.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import resource
import tempfile
import time
from collections.abc import Iterable
from itertools import islice
from pathlib import Path

from growth import exponent, iter_sizes
from purchase_made import made
from sousveil.dataset import Dataset, init_dataset
from sousveil.ingest.purchases import Gathering
from sousveil.model import Amount, Document, Field, Notice, Page, Span
from sousveil.resolve import Summary
from sousveil.store.database import FileRow

HERE = Path(__file__).resolve().parent
MORE = 1_000


def to_notice(summary: Summary, number: int) -> tuple[Document, Notice, bytes]:
    """Return a notice that says what a made summary says; its text is its title."""
    file = hashlib.sha256(str(number).encode()).hexdigest()
    document = Document(file, "text/plain", f"{number}.txt", (Page(1, summary.title),), language="zh")
    span = Span(file, 1, 0, len(summary.title), summary.title)

    def field(value: str) -> Field | None:
        return Field(value, span, "made") if value else None

    def amount(value: float | None) -> Amount | None:
        return Amount(value, summary.currency or None, span, "made") if value else None

    notice = Notice(
        document.id,
        document.id,
        file,
        1,
        1,
        "zh",
        notice_type=field(summary.notice_type),
        project_number=field(summary.numbers[0] if summary.numbers else ""),
        title=field(summary.title),
        buyer=field(summary.buyer),
        budget=amount(summary.budget),
        ceiling=amount(summary.ceiling),
        award_amount=amount(summary.award),
        suppliers=tuple(Field(name, span, "made") for name in summary.suppliers),
        publication_date=field(summary.date),
        country=field("CN"),
        contract_number=field(summary.contract_number),
        related_number=field(summary.related_number),
        attempt=Field(summary.attempt, span, "made") if summary.attempt > 1 else None,
    )
    return document, notice, summary.fingerprint


def fill(dataset: Dataset, summaries: Iterable[Summary], first: int) -> None:
    """Put made notices into the store of a dataset."""
    with dataset.store.transaction():
        for number, summary in enumerate(summaries, first):
            document, notice, fingerprint = to_notice(summary, number)
            row = FileRow(
                file=document.file,
                size=1,
                kind="text",
                media_type="text/plain",
                status="read",
                versions="made",
                run=1,
                document=document,
                notices=(notice,),
                fingerprints={notice.id: fingerprint},
            )
            dataset.store.put_file(row)


def measure(count: int) -> dict[str, float]:
    """Return seconds and memory for a number of notices, and for 1,000 more."""
    with tempfile.TemporaryDirectory() as folder:
        dataset = init_dataset(Path(folder, "ds"))
        summaries = [summary for _, summary in islice(made(count + MORE), count + MORE)]
        fill(dataset, summaries[:count], 1)
        marks: dict[str, float] = {}
        begun = time.process_time()

        def tell(what: str, _done: int, _of: int) -> None:
            marks.setdefault(what, time.process_time() - begun)

        with dataset.writing():
            Gathering(dataset.store, tell=tell).run()
        whole = time.process_time() - begun
        together = marks.get("flags", whole)
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        fill(dataset, summaries[count:], count + 1)
        begun = time.process_time()
        with dataset.writing():
            Gathering(dataset.store).run()
        added = time.process_time() - begun
        purchases = dataset.store.rows("SELECT count(*) AS n FROM procurements")[0]["n"]
        dataset.close()
    return {
        "notices": count,
        "purchases": purchases,
        "seconds": round(together, 1),
        "flags_seconds": round(whole - together, 1),
        "megabytes": round(peak),
        "more_seconds": round(added, 1),
    }


def main() -> None:
    """Measure each size in a process of its own, print, and write where asked."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--write", action="store_true")
    parser.add_argument("--size", type=int)
    options = parser.parse_args()
    if options.size:
        print(json.dumps(measure(options.size)))
        return
    rows = []
    for row in iter_sizes(__file__):
        rows.append(row)
        print(row, flush=True)
    print(f"grows with the power {exponent(rows):.2f}")
    if options.write:
        shape = {"sizes": rows, "more": MORE, "power": round(exponent(rows), 2)}
        (HERE / "gathering.json").write_text(json.dumps(shape, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
