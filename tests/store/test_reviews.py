"""Decisions on findings: the newest counts, the history stays, and a question changes nothing in their file."""

import sqlite3

import pytest

from sousveil.exceptions import DatasetError, NotFoundError
from sousveil.model import Judgement, Named
from sousveil.store import judgements
from sousveil.store.database import Store
from sousveil.store.judgements import JudgementStore
from sousveil.store.reviews import ReviewStore, mirror_reviews, states_of


@pytest.fixture
def kept(tmp_path):
    return ReviewStore(tmp_path / "judgements.db")


@pytest.fixture
def store(tmp_path):
    opened = Store(tmp_path / "store.db", judgements=tmp_path / "judgements.db")
    yield opened
    opened.close()


def test_reading_alone_makes_no_file(kept, store, tmp_path):
    assert kept.standing() == kept.history("f") == ()
    assert states_of(store, ["f"]) == {}
    with pytest.raises(NotFoundError, match="sousveil review list"):
        kept.undo("f")
    assert not (tmp_path / "judgements.db").exists()


def test_the_newest_decision_counts_and_the_history_stays(kept):
    first = kept.add("confirmed", "f", "n", note="plain words", by="M. X.")
    other = kept.add("unsure", "g", "n")
    last = kept.add("rejected", "f", "n")
    assert kept.standing() == (other, last)
    assert kept.history("f") == (first, last)
    assert (first.note, first.by, first.notice, first.made_at[:2]) == ("plain words", "M. X.", "n", "20")


def test_undo_brings_back_what_stood_before_one_at_a_time(kept):
    first = kept.add("confirmed", "f", "n", note="plain words", by="M. X.")
    numbers = [first.number, kept.add("rejected", "f", "n").number]
    assert kept.undo("f", by="N. Y.").state == "confirmed"
    assert kept.standing() == (first,)
    assert kept.undo("f").state == "unreviewed"
    assert kept.standing() == ()
    with pytest.raises(NotFoundError, match="Nothing stands on finding f"):
        kept.undo("f")
    again = kept.add("unsure", "f", "n")
    assert kept.undo("f", by="M. X.").undoes == again.number
    assert [row.undoes for row in kept.history("f")] == [0, 0, *reversed(numbers), 0, again.number]


def test_a_connection_sees_every_decision_as_soon_as_it_is_made(kept, store):
    states = []
    for verdict in ("confirmed", "rejected", "unsure"):
        kept.add(verdict, "f", "n")
        states.append(states_of(store, ["f", "g"]))
    kept.undo("f")
    assert states == [{"f": "confirmed"}, {"f": "rejected"}, {"f": "unsure"}]
    assert states_of(store, ["f", "g"]) == {"f": "rejected"}
    stamp = mirror_reviews(store)
    assert mirror_reviews(store) == stamp


def test_a_connection_that_only_reads_sees_them_within_its_moment(kept, store, tmp_path):
    reading = Store(tmp_path / "store.db", read_only=True, judgements=tmp_path / "judgements.db")
    reading.connection.execute("BEGIN")
    kept.add("confirmed", "f", "n")
    assert states_of(reading, ["f"]) == {"f": "confirmed"}
    reading.close()


def test_a_file_made_before_findings_could_be_judged_is_read_as_it_is_and_copied_before_it_changes(
    kept, store, tmp_path, monkeypatch
):
    path = tmp_path / "judgements.db"
    with monkeypatch.context() as patch:
        patch.setattr(judgements, "MIGRATIONS", judgements.MIGRATIONS[:3])
        JudgementStore(path).add(Judgement(0, "rename", Named("岷阳市公安局"), title="岷阳警方"))
    before = path.read_bytes()
    assert states_of(store, ["f"]) == {}
    assert path.read_bytes() == before
    kept.add("confirmed", "f", "n")
    assert states_of(store, ["f"]) == {"f": "confirmed"}
    with sqlite3.connect(tmp_path / "judgements.db.3.bak") as copy:
        assert copy.execute("SELECT count(*) FROM name_judgements").fetchone() == (1,)
    assert len(JudgementStore(path).names()) == 1


def test_a_file_that_is_no_database_is_told(store, tmp_path):
    (tmp_path / "judgements.db").write_bytes(b"no database" * 100)
    with pytest.raises(DatasetError, match="Put back a copy"):
        states_of(store, ["f"])
