"""Measures ways to know a text again: near-copies found, other texts taken for copies, time a text.

Run ``python bench/near_copies.py``. Texts are invented notices and, where the corpus is at hand, real Chinese and Latin
ones; near-copies have a portal's frame around them and up to 15 % of their words dropped, doubled or moved. The figures
stand in docs/decisions/stitching.md.
"""

from __future__ import annotations

import json
import random
import re
import time
from collections.abc import Callable, Iterator

import numpy as np
from numpy.typing import NDArray

from purchase_cases import FRAMES, load
from purchase_reading import CORPUS, SHARED
from sousveil.resolve.copies import containment, likeness
from sousveil.text.fingerprint import fingerprint, piece_hashes

Print = bytes | NDArray[np.uint64] | NDArray[np.bool_]
LEAST, MOST = 400, 1300
CHANGES = (0.0, 0.05, 0.15)
_SEEDS = np.random.default_rng(1).integers(1, 2**63, size=(64, 1), dtype=np.uint64) | np.uint64(1)


def minhash(text: str) -> NDArray[np.uint64]:
    """Return 64 minima under 64 multiplications: the textbook's MinHash."""
    mixed = piece_hashes(text)[None, :] * _SEEDS
    return ((mixed ^ (mixed >> np.uint64(32))) * np.uint64(0x9E3779B97F4A7C15)).min(axis=1)


def simhash(text: str) -> NDArray[np.bool_]:
    """Return 64 signs of sums over all pieces."""
    hashes = piece_hashes(text)
    return ((hashes[:, None] >> np.arange(64, dtype=np.uint64)) & np.uint64(1)).sum(axis=0) * 2 > hashes.size


def _equal(one: Print, other: Print) -> float:
    return float(np.mean(np.asarray(one) == np.asarray(other)))


WAYS: dict[str, tuple[Callable[[str], Print], Callable[..., float]]] = {
    "one permutation, 128 bins, likeness": (fingerprint, likeness),
    "one permutation, 128 bins, containment": (fingerprint, containment),
    "MinHash, 64 permutations": (minhash, _equal),
    "SimHash, 64 bits": (simhash, _equal),
}


def texts() -> Iterator[tuple[str, list[str]]]:
    """Yield sets of different texts of 400 to 1,300 characters."""
    cases, _ = load()
    yield "invented", [case.text for case in cases if "copy" not in case.values and len(case.text) >= LEAST]
    if CORPUS.is_dir():
        rows = [json.loads(line) for line in (CORPUS / "jiangxi" / "bid_records.jsonl").open(encoding="utf-8")]
        found = dict.fromkeys(" ".join(row["content"].split())[:MOST] for row in rows)
        yield "real, Chinese", [text for text in found if len(text) >= LEAST]
        files = sorted((SHARED / "corpus" / "ted_legacy_xml").rglob("*.xml"))[:200]
        pages = (" ".join(re.sub(r"<[^>]+>", " ", file.read_text("utf-8", errors="replace")).split()) for file in files)
        yield "real, Latin", [page[300 : 300 + MOST] for page in pages if len(page) >= MOST]


def changed(text: str, share: float, rng: random.Random) -> str:
    """Return a near-copy: a frame around it, pieces dropped, doubled or moved."""
    letters = list(text)
    for _ in range(int(len(text) * share / 10)):
        place = rng.randrange(len(letters))
        if rng.random() < 0.5:
            del letters[place : place + rng.randrange(1, 12)]
        else:
            start = rng.randrange(len(text))
            letters[place:place] = text[start : start + rng.randrange(1, 12)]
    before, after = FRAMES[rng.choice(("province", "aggregator"))]
    return before + "".join(letters) + after


def main() -> None:
    """Measure and print: the share of near-copies found where one other pair in 200 is taken for one."""
    for name, found in texts():
        rng = random.Random(3)
        near = [(text, changed(text, share, rng)) for text in found for share in CHANGES]
        other = [(text, rng.choice(found)) for text in found for _ in range(6)]
        other = [(one, two) for one, two in other if one != two]
        print(f"{name}: {len(found)} texts")
        for way, (make, compare) in WAYS.items():
            start = time.process_time()
            for text in found:
                make(text)
            cost = (time.process_time() - start) / len(found) * 1000
            copies = np.array([compare(make(one), make(two)) for one, two in near])
            others = np.array([compare(make(one), make(two)) for one, two in other])
            limit = float(np.quantile(others, 0.995))
            print(f"  {way}: {np.mean(copies > limit):.3f} found above {limit:.2f}, {cost:.2f} ms a text")


if __name__ == "__main__":
    main()
