import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sousveil.evidence.ledger import Ledger, Sighting
from sousveil.exceptions import EvidenceError


def sighting(number: int) -> Sighting:
    return Sighting(
        source="folder",
        address=f"/in/{number}.html",
        file=f"{number:064x}",
        size=number,
        seen_at="2026-01-02T03:04:05+00:00",
    )


def test_lines_come_back_in_order(tmp_path):
    ledger = Ledger(tmp_path / "ledger.jsonl")
    ledger.append([sighting(1), sighting(2)])
    Ledger(tmp_path / "ledger.jsonl").append([sighting(3)])
    again = Ledger(tmp_path / "ledger.jsonl")
    assert [entry.sighting for entry in again.iter_entries()] == [sighting(1), sighting(2), sighting(3)]
    assert [entry.number for entry in again.iter_entries(after=2)] == [3]


@given(cut=st.integers(min_value=1, max_value=400))
def test_a_torn_tail_costs_only_itself(tmp_path_factory, cut):
    path = tmp_path_factory.mktemp("ledger") / "ledger.jsonl"
    Ledger(path).append([sighting(number) for number in range(3)])
    whole = path.read_bytes()
    torn = whole[: len(whole) - cut]
    path.write_bytes(torn)
    kept = Ledger(path)
    assert len(kept) == torn.count(b"\n")
    assert path.read_bytes() == torn  # a reader changes nothing: another process may be writing
    kept.open()
    assert len(kept) == torn.count(b"\n")
    kept.append([sighting(9)])
    assert [entry.sighting.address for entry in Ledger(path).iter_entries()][-1] == "/in/9.html"


@pytest.mark.parametrize("change", ["edit", "remove", "insert", "swap"])
def test_tampering_in_the_middle_is_noticed(tmp_path, change):
    path = tmp_path / "ledger.jsonl"
    Ledger(path).append([sighting(number) for number in range(5)])
    lines = path.read_text().splitlines(keepends=True)
    if change == "edit":
        row = json.loads(lines[2])
        row["sighting"]["address"] = "/elsewhere"
        lines[2] = json.dumps(row) + "\n"
    elif change == "remove":
        del lines[2]
    elif change == "insert":
        lines.insert(2, lines[1])
    else:
        lines[2], lines[3] = lines[3], lines[2]
    path.write_text("".join(lines))
    with pytest.raises(EvidenceError, match=r"line 3|line 4"):
        Ledger(path).open(acknowledged=5)
    with pytest.raises(EvidenceError, match=r"line 3|line 4"):
        Ledger(path).open()  # without a store nobody knows which lines were acknowledged


def test_lines_torn_behind_the_acknowledged_ones_are_set_aside(tmp_path):
    path = tmp_path / "ledger.jsonl"
    Ledger(path).append([sighting(number) for number in range(5)])
    whole = path.read_bytes()
    third = whole.index(b"/in/3.html")
    path.write_bytes(whole[:third] + bytes(5) + whole[third + 5 :])
    ledger = Ledger(path)
    ledger.open(acknowledged=3)
    assert len(ledger) == 3
    assert path.read_bytes() + path.with_suffix(".torn").read_bytes() == whole[:third] + bytes(5) + whole[third + 5 :]
    ledger.append([sighting(9)])
    assert [entry.sighting.size for entry in Ledger(path).iter_entries()] == [0, 1, 2, 9]
