"""The shipped notices are read as was accepted; a change is looked at and accepted with ``make golden ACCEPT=1``."""

import sys
from pathlib import Path

BENCH = Path(__file__).resolve().parents[1] / "bench"


def test_readings_are_those_accepted(monkeypatch):
    monkeypatch.syspath_prepend(str(BENCH))
    import golden

    changes = list(golden.iter_changes(golden.load_golden(), golden.read_sample()))
    assert changes == [], "see: make golden"
    sys.modules.pop("golden", None)
