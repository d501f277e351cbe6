"""The log of unlocks: complete, in order, and any change to it is noticed."""

from __future__ import annotations

from pathlib import Path

import pytest

from sousveil.evidence.unlocks import Unlock, iter_unlocks, log_unlock
from sousveil.exceptions import EvidenceError


def unlock(number: int) -> Unlock:
    return Unlock(
        file=f"{number:064x}",
        asked="u4rm",
        who="reader (1000)",
        why="figure on page 2 unclear",
        at="2026-01-01T00:00:00",
    )


def test_lines_come_back_in_order(tmp_path: Path) -> None:
    log = tmp_path / "unlocks.jsonl"
    assert list(iter_unlocks(log)) == []
    written = [log_unlock(log, unlock(number)) for number in range(3)]
    assert list(iter_unlocks(log)) == written
    assert [line.number for line in written] == [1, 2, 3]


@pytest.mark.parametrize("damage", ["reason", "removed", "torn"])
def test_a_changed_log_is_noticed_and_not_added_to(tmp_path: Path, damage: str) -> None:
    log = tmp_path / "unlocks.jsonl"
    for number in range(3):
        log_unlock(log, unlock(number))
    lines = log.read_text().splitlines(keepends=True)
    if damage == "reason":
        lines[1] = lines[1].replace("unclear", "private")
    elif damage == "removed":
        del lines[1]
    else:
        lines[2] = lines[2][:40]
    log.write_text("".join(lines))
    with pytest.raises(EvidenceError, match="Log of unlocks"):
        list(iter_unlocks(log))
    with pytest.raises(EvidenceError):
        log_unlock(log, unlock(9))
    assert log.read_text() == "".join(lines)
