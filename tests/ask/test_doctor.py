"""What the doctor notices."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from sousveil.dataset import Dataset, init_dataset
from tests.ask.conftest import NOTICES, add


def drop_bytes(dataset: Dataset) -> None:
    next(dataset.paths.evidence.glob("files/*/*.zst")).unlink()


def change_bytes(dataset: Dataset) -> None:
    path = next(dataset.paths.evidence.glob("files/*/*.zst"))
    path.write_bytes(path.read_bytes()[:-2])


def change_line(dataset: Dataset) -> None:
    dataset.paths.ledger.write_text(dataset.paths.ledger.read_text().replace("/data/1.txt", "/data/9.txt"))


def cut_tail(dataset: Dataset) -> None:
    lines = dataset.paths.ledger.read_text().splitlines(keepends=True)
    dataset.paths.ledger.write_text("".join(lines[:-1]))


def drop_ledger(dataset: Dataset) -> None:
    dataset.paths.ledger.unlink()


def leave_unindexed(dataset: Dataset) -> None:
    with dataset.store.transaction():
        dataset.store.mark_pending()


def make_stale(dataset: Dataset) -> None:
    dataset.store.connection.execute("UPDATE files SET versions = 'parse=0'")


def leave_unfinished(dataset: Dataset) -> None:
    dataset.store.connection.execute("INSERT INTO runs (started_at, paths, versions) VALUES ('2026', 'a', 'b')")


@pytest.mark.parametrize(
    ("harm", "name"),
    [
        (drop_bytes, "evidence"),
        (change_bytes, "evidence"),
        (change_line, "ledger"),
        (cut_tail, "ledger"),
        (drop_ledger, "ledger"),
        (leave_unindexed, "index"),
        (make_stale, "versions"),
        (leave_unfinished, "last run"),
    ],
)
def test_harm_is_noticed_with_advice(tmp_path: Path, harm: Callable[[Dataset], None], name: str) -> None:
    dataset = init_dataset(tmp_path / "d")
    for number, parts in enumerate(NOTICES[:2], 1):
        add(dataset, parts, number)
    dataset.words.commit()
    with dataset.store.transaction():
        dataset.store.mark_indexed()
    assert {one.name for one in dataset.examine() if not one.is_ok} - {"free space"} == set()
    harm(dataset)
    wrong = {one.name: one for one in dataset.examine(is_whole=True) if not one.is_ok}
    dataset.close()
    assert wrong.keys() - {"free space"} == {name}
    assert wrong[name].advice
