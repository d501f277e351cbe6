"""Our own labelled notices: what a label quotes stands in its text, and the files are those of the manuscripts."""

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
ROWS = [
    json.loads(line)
    for file in sorted((ROOT / "bench" / "notices").glob("*.jsonl"))
    for line in file.read_text("utf-8").splitlines()
]


@pytest.mark.parametrize("row", ROWS, ids=[row["id"] for row in ROWS])
def test_labels_stand_in_the_text(row):
    quotes = [
        entry["quote"]
        for key in ("evidence", "quantities", "optional_quantities", "purposes", "data_links")
        for entry in row[key]
    ]
    assert [quote for quote in quotes if quote not in row["text"]] == []
    squeezed = re.sub(r"\s", "", row["text"])
    values = [row[key] for key in ("title", "buyer", "agency", "project_number", "province", "city") if row[key]] + row[
        "suppliers"
    ]
    assert [value for value in values if re.sub(r"\s", "", value) not in squeezed] == []
    assert {entry["capability"] for entry in row["evidence"]} | ({"none"} if not row["evidence"] else set()) == set(
        row["capabilities"]
    )


def test_make_up():
    shown = {capability for row in ROWS for capability in row["capabilities"]}
    assert len(shown) == 28  # all 27 of the taxonomy, and none
    assert len(ROWS) >= 120
    assert sum(row["capabilities"] == ["none"] for row in ROWS) >= 50
    assert 0.6 < sum(row["language"].startswith("zh") for row in ROWS) / len(ROWS) < 0.75
    assert len({row["id"] for row in ROWS}) == len(ROWS)


def test_made_again_they_are_the_same():
    done = subprocess.run(
        [sys.executable, str(ROOT / "scripts" / "make_bench.py"), "--check"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
