"""A dataset of any size for measuring search and pages: notices recombined from the labelled texts of this folder.

Each made notice has the structure of a real one: what was read and found in a labelled text, with another buyer, number
and day put in at the same length (so every span still stands), and paragraphs of other texts behind it, so that common
words are common and texts differ. Rows and index are written by the code that an ingest uses; only reading is spared.
"""

from __future__ import annotations

import hashlib
import json
import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import TypeVar

import msgspec

from sousveil.data.provinces import provinces
from sousveil.dataset import Dataset
from sousveil.ingest.entry import to_entry
from sousveil.ingest.purchases import Gathering
from sousveil.model import Document, Finding, Notice
from sousveil.pipeline import process
from sousveil.store.database import FileRow
from sousveil.text.fingerprint import fingerprint

HERE = Path(__file__).resolve().parent
SETS = ("notices/zh", "notices/zh-hant", "notices/en", "notices/others")
SETS += ("blind/notices", "second/dev", "second/notices")
BATCH = 1_000
"""Files in one transaction."""

_HEADS = "临清岭云沙平东南永和洛黑白大江北石青龙凤安宁长武新高金银丰泰"
_TAILS = "江河口市岭川坝浦屏泉石沙原山湖关桥阳安"
"""Characters that names of places begin and end with; the names made of them are invented."""
_DIGITS = re.compile(r"\d")
_PLACE = re.compile(r"[一-鿿]{2}(?=[省市县区州旗])")

Made = TypeVar("Made")


@dataclass(frozen=True, slots=True)
class Pattern:
    """What was read in one labelled text."""

    document: Document
    notice: Notice
    findings: tuple[Finding, ...]

    @property
    def paragraphs(self) -> tuple[str, ...]:
        """Lines that are long enough to say something."""
        return tuple(line for page in self.document.pages for line in page.text.splitlines() if 20 < len(line) < 400)


def iter_patterns() -> Iterator[Pattern]:
    """Yield what is read in each labelled text that holds one notice."""
    for name in SETS:
        for line in (HERE / f"{name}.jsonl").read_text(encoding="utf-8").splitlines():
            text = str(json.loads(line)["text"])
            for part in process(text.encode(), name="notice.txt"):
                if part.document is not None and len(part.notices) == 1:
                    yield Pattern(part.document, part.notices[0], part.findings)


def made_row(patterns: Sequence[Pattern], extra: Sequence[str], number: int) -> FileRow:
    """Return the made notice of a number; the same number gives the same notice."""
    chance = random.Random(number)
    pattern = patterns[chance.randrange(len(patterns))]
    swaps = _swaps(pattern, number, chance)
    document = _swapped(pattern.document, Document, swaps)
    notice = _swapped(pattern.notice, Notice, swaps)
    findings = tuple(_swapped(one, Finding, swaps) for one in pattern.findings)
    behind = "\n".join(chance.sample(extra, chance.randrange(12)))
    last = document.pages[-1]
    pages = (*document.pages[:-1], replace(last, text=f"{last.text}\n{behind}")) if behind else document.pages
    document = replace(document, pages=pages)
    return FileRow(
        file=document.file,
        size=len(last.text),
        kind="text",
        media_type="text/plain",
        status="read",
        versions="made",
        run=1,
        document=document,
        notices=(notice,),
        findings=findings,
        fingerprints={notice.id: fingerprint("\n".join(page.text for page in pages))},
    )


def _swaps(pattern: Pattern, number: int, chance: random.Random) -> dict[str, str]:
    """Return what is put in for what, each at the length it had: ids, places, the project's number, the day."""
    notice, document = pattern.notice, pattern.document
    file = hashlib.sha256(f"made {number}".encode()).hexdigest()
    fresh = hashlib.sha256(f"id {number}".encode()).hexdigest()
    swaps = {document.file: file, document.id: fresh[: len(document.id)]}
    swaps[notice.id] = fresh[: len(notice.id)]
    for place, finding in enumerate(pattern.findings):
        mark = hashlib.sha256(f"finding {number} {place}".encode()).hexdigest()
        swaps[finding.id] = mark[: len(finding.id)]
    text = "\n".join(page.text for page in document.pages)
    for name in dict.fromkeys(_PLACE.findall(text)):
        made = chance.choice(_HEADS) + chance.choice(_TAILS)
        swaps.setdefault(name, chance.choice(_provinces()) if name in _provinces() else made)
    if notice.project_number is not None:
        printed = str(notice.project_number.value)
        swaps.setdefault(printed, _DIGITS.sub(lambda _: str(chance.randrange(1, 10)), printed))
    if notice.publication_date is not None:
        year = str(notice.publication_date.value)[:4]
        swaps.setdefault(year, str(chance.randrange(2008, 2026)))
    return swaps


@cache
def _provinces() -> tuple[str, ...]:
    """Return the provinces of two characters, which are put in for one another."""
    return tuple(one.short for one in provinces() if len(one.short) == 2)


def _swapped(thing: Made, kind: type[Made], swaps: dict[str, str]) -> Made:
    written = msgspec.json.encode(thing).decode()
    pattern = re.compile("|".join(re.escape(one) for one in sorted(swaps, key=len, reverse=True)))
    return msgspec.json.decode(pattern.sub(lambda found: swaps[found[0]], written), type=kind)


def fill(dataset: Dataset, count: int, *, is_gathering: bool = True) -> None:
    """Put ``count`` made notices into rows and index of an empty dataset, and put purchases together."""
    patterns = list(iter_patterns())
    extra = tuple({line for pattern in patterns for line in pattern.paragraphs})
    with dataset.writing():
        store, words = dataset.store, dataset.words
        for first in range(0, count, BATCH):
            rows = [made_row(patterns, extra, number) for number in range(first, min(first + BATCH, count))]
            with store.transaction():
                for number, row in enumerate(rows, first + 1):
                    store.put_file(row)
                    seen = (
                        number,
                        "made",
                        f"{number}.txt",
                        row.file,
                        row.size,
                        "2026-01-01T00:00:00+00:00",
                        "",
                        "",
                        None,
                    )
                    store.put_sightings([seen])
            for row in rows:
                assert row.document is not None
                numbers, pages = store.numbers_of(row.file), row.document.pages
                words.add(to_entry(one, pages, row.findings, "made", numbers[one.id]) for one in row.notices)
        words.commit()
        words.close()
        with store.transaction():
            store.mark_indexed()
        if is_gathering:
            Gathering(store).run()
