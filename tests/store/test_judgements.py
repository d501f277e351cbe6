"""Judgements on names: kept in their own file, copied before the tables change."""

import sqlite3

import pytest

from sousveil.exceptions import DatasetError
from sousveil.model import Judgement, Named
from sousveil.store import judgements
from sousveil.store.judgements import JudgementStore

MERGE = Judgement(0, "merge", Named("岷阳市公安局"), Named("岷阳公安局", province="四川"), note="one door", by="M. X.")


def test_reading_alone_makes_no_file(tmp_path):
    assert JudgementStore(tmp_path / "judgements.db").names() == ()
    assert not list(tmp_path.iterdir())


def test_what_is_kept_comes_back_in_order(tmp_path):
    store = JudgementStore(tmp_path / "judgements.db")
    first = store.add(MERGE)
    second = store.add(Judgement(0, "rename", Named("岷阳市公安局"), title="岷阳警方"))
    assert (first.number, second.number) == (1, 2)
    assert JudgementStore(tmp_path / "judgements.db").names() == (first, second)
    assert first.left == MERGE.left
    assert first.right == MERGE.right


def test_the_file_is_copied_before_its_tables_change(tmp_path, monkeypatch):
    store = JudgementStore(tmp_path / "judgements.db")
    kept = store.add(MERGE)
    version = len(judgements.MIGRATIONS)
    monkeypatch.setattr(judgements, "MIGRATIONS", (*judgements.MIGRATIONS, "CREATE TABLE tags (name TEXT);"))
    assert store.names() == (kept,)
    with (
        sqlite3.connect(tmp_path / "judgements.db") as now,
        sqlite3.connect(tmp_path / f"judgements.db.{version}.bak") as before,
    ):
        assert now.execute("SELECT count(*) FROM tags").fetchone() == (0,)
        assert before.execute("PRAGMA user_version").fetchone() == (version,)
        assert before.execute("SELECT count(*) FROM name_judgements").fetchone() == (1,)


def test_decisions_on_pairs_of_notices_come_back_the_last_one_counting(tmp_path):
    store = JudgementStore(tmp_path / "judgements.db")
    assert store.pairs() == {}
    store.add_pair("together", ("b", "a"), "same number")
    store.add_pair("apart", ("c", "d"), "")
    store.add_pair("apart", ("a", "b"), "another lot")
    assert JudgementStore(tmp_path / "judgements.db").pairs() == {("a", "b"): "apart", ("c", "d"): "apart"}


def test_a_failing_change_of_tables_leaves_the_file_as_it_was(tmp_path, monkeypatch):
    path = tmp_path / "judgements.db"
    kept = JudgementStore(path).add(MERGE)
    with monkeypatch.context() as patch:
        patch.setattr(judgements, "MIGRATIONS", (*judgements.MIGRATIONS, "CREATE TABLE tags (name TEXT); NONSENSE;"))
        with pytest.raises(DatasetError, match=r"Put back a copy: judgements\.db"):
            JudgementStore(path).names()
    assert JudgementStore(path).names() == (kept,)


def test_a_file_of_a_newer_version_is_left_alone(tmp_path):
    path = tmp_path / "judgements.db"
    with sqlite3.connect(path) as connection:
        connection.execute("PRAGMA user_version = 99")
    with pytest.raises(DatasetError, match="newer version"):
        JudgementStore(path).names()


def test_what_is_no_database_is_named(tmp_path):
    path = tmp_path / "judgements.db"
    path.write_bytes(b"no database at all, but long enough to look at")
    with pytest.raises(DatasetError, match="cannot be read as judgements"):
        JudgementStore(path).names()
