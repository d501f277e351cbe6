"""The labelled purchases of bench/purchases, for the tests: the bench is no package, so it is found by its folder."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "bench"))

import stitching
from purchase_cases import load

CASES, TRUTHS = load()
SUMMARIES = tuple(stitching.as_labelled(case) for case in CASES)
