"""Watches: kept beside the judgements, small, and gone only when they are removed."""

import random
import sqlite3
import string
import time
from contextlib import closing

import pytest

from sousveil.model import Judgement, Named
from sousveil.store import judgements
from sousveil.store.judgements import JudgementStore
from sousveil.store.watches import Look, Watch, WatchStore

FACES = Watch(name="faces", query="人脸识别", filters={"place": ("Sichuan",)}, made_at="2026-01-01T00:00:00+00:00")
LOOK = Look(checked_at="2026-01-01T00:00:00+00:00", total=2, line=7, terms=("人脸识别", "face"), seen=("b", "a"))


@pytest.fixture
def kept(tmp_path):
    return WatchStore(tmp_path / "judgements.db")


def test_reading_alone_makes_no_file(kept, tmp_path):
    assert kept.watches() == ()
    assert kept.checks() == {}
    assert not list(tmp_path.iterdir())


def test_a_watch_comes_back_with_its_look(kept, tmp_path):
    assert kept.add(FACES, LOOK)
    again = WatchStore(tmp_path / "judgements.db")
    assert again.watches() == (FACES,)
    assert again.look("faces") == Look(
        checked_at=LOOK.checked_at, total=2, line=7, terms=("人脸识别", "face"), seen=("a", "b")
    )
    assert again.checks() == {"faces": LOOK.checked_at}


def test_a_second_one_of_the_same_name_changes_nothing(kept):
    kept.add(FACES, LOOK)
    assert not kept.add(Watch(name="faces", query="other"), Look(checked_at="x", total=0, line=0))
    assert kept.watches() == (FACES,)
    assert kept.look("faces").total == 2


def test_removing_takes_the_look_along(kept, tmp_path):
    kept.add(FACES, LOOK)
    assert kept.remove("faces")
    assert not kept.remove("faces")
    assert kept.watches() == ()
    with closing(sqlite3.connect(tmp_path / "judgements.db")) as connection:
        assert connection.execute("SELECT count(*) FROM watch_looks").fetchone() == (0,)


def test_a_check_that_ends_after_the_removal_brings_nothing_back(kept):
    kept.add(FACES, LOOK)
    kept.remove("faces")
    assert kept.look("faces") == Look(checked_at="", total=0, line=0)
    kept.keep_look("faces", LOOK)
    assert kept.checks() == {}


def test_judgements_made_before_there_were_watches_stay(tmp_path, monkeypatch):
    path = tmp_path / "judgements.db"
    with monkeypatch.context() as patch:
        patch.setattr(judgements, "MIGRATIONS", judgements.MIGRATIONS[:2])
        merged = JudgementStore(path).add(Judgement(0, "merge", Named("岷阳市公安局"), Named("岷阳公安局")))
    WatchStore(path).add(FACES, LOOK)
    assert JudgementStore(path).names() == (merged,)
    assert WatchStore(path).watches() == (FACES,)
    assert path.with_name("judgements.db.2.bak").is_file()


def test_a_hundred_thousand_notices_cost_little(kept, tmp_path):
    chance = random.Random(7)
    letters = string.ascii_lowercase + "234567"
    seen = tuple("".join(chance.choices(letters, k=12)) for _ in range(100_000))
    begun = time.process_time()
    kept.add(FACES, Look(checked_at="x", total=len(seen), line=0, seen=seen))
    assert set(kept.look("faces").seen) == set(seen)
    assert time.process_time() - begun < 5  # 0.3 s on the machine it was written on
    assert (tmp_path / "judgements.db").stat().st_size < 1_200_000
