"""The demonstration notices, through the whole line: no invented person may stand anywhere in what comes out."""

from __future__ import annotations

import dataclasses
import json
import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import sousveil
from sousveil import pipeline

SAMPLE = Path(sousveil.__file__).parent / "sample"


def _strings(thing: object) -> Iterator[str]:
    """Yield every text inside a value, however deep: pages, labels, names, fields, quotes, findings, failures."""
    if isinstance(thing, str):
        yield thing
    elif dataclasses.is_dataclass(thing):
        for field in dataclasses.fields(thing):
            yield from _strings(getattr(thing, field.name))
    elif isinstance(thing, dict):
        for key, value in thing.items():
            yield from _strings(key)
            yield from _strings(value)
    elif isinstance(thing, list | tuple | set | frozenset):
        for value in thing:
            yield from _strings(value)


def _squeezed(text: str) -> str:
    return re.sub(r"[\s|]", "", text)


def test_nobody_of_the_sample_stands_in_what_comes_out():
    rows = [json.loads(line) for line in (SAMPLE / "expected.jsonl").read_text(encoding="utf-8").splitlines()]
    wanted = defaultdict(set)
    for row in rows:
        wanted[row["file"]].update(row["to_mask"])
    left = []
    for file, persons in wanted.items():
        if not persons:
            continue
        untrusted = (SAMPLE / "notices" / file).read_bytes()
        parts = list(pipeline.process(untrusted, name=Path(file).name, order=pipeline.Order(explain=True)))
        texts = {_squeezed(text) for part in parts for text in _strings(part)}
        left += [(file, person) for person in sorted(persons) if any(_squeezed(person) in text for text in texts)]
    assert sum(len(row["to_mask"]) for row in rows) >= 130
    assert left == []


def test_the_sample_keeps_its_institutions():
    """Buyers and suppliers of the labels still stand in the masked text where the text gives them."""
    rows = [json.loads(line) for line in (SAMPLE / "expected.jsonl").read_text(encoding="utf-8").splitlines()]
    damaged = []
    for row in rows:
        if row["path"] != row["file"] or not row["to_mask"] or not row["buyer"]:
            continue
        untrusted = (SAMPLE / "notices" / row["file"]).read_bytes()
        parts = list(pipeline.process(untrusted, name=row["file"]))
        text = _squeezed("".join(page.text for part in parts if part.document for page in part.document.pages))
        names = [row["buyer"], *row["suppliers"]]
        damaged += [(row["file"], name) for name in names if name and _squeezed(name) not in text]
    assert damaged == []
