"""``sousveil watch``: what is said, on which stream, with which exit code."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator

import pytest

from sousveil.dataset import Dataset
from sousveil.store.watches import Look, Watch, WatchStore
from tests.cli.conftest import Ran

Run = Callable[..., Ran]


@pytest.fixture(autouse=True)
def kept(dataset: Dataset) -> Iterator[WatchStore]:
    """Leave the dataset, which other tests use too, without watches."""
    yield WatchStore(dataset.paths.judgements)
    dataset.paths.judgements.unlink(missing_ok=True)


def forget(kept: WatchStore, name: str, **changed: object) -> None:
    """Make all that a watch has seen new again."""
    values = {"checked_at": "2026-01-01T00:00:00+00:00", "total": 0, "line": 0, "terms": kept.look(name).terms}
    kept.keep_look(name, Look(**(values | changed)))  # type: ignore[arg-type]


def test_nothing_is_watched_at_first(run: Run) -> None:
    for command in ("list", "check"):
        ran = run("watch", command)
        assert (ran.code, ran.err) == (0, "")
        assert ran.out.startswith("Nothing is watched yet.")
    assert json.loads(run("watch", "check", "--json").out) == {"v": 1, "kept": False, "new": 0, "watches": []}
    assert run("watch", "check", "--jsonl").out == ""


def test_a_watch_is_added_listed_shown_and_removed(run: Run) -> None:
    ran = run("watch", "add", "voices", "声纹", "-门禁", "--place", "Sichuan", "--place", "新疆")
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.startswith("Kept. 2 notices match now; they are not new.")
    out = run("watch", "list").out
    assert out.splitlines()[0].split() == ["name", "new", "notices", "checked", "asks", "for"]
    assert out.splitlines()[1].endswith("'声纹 -门禁' --place Sichuan --place '新疆'")
    (row,) = json.loads(run("watch", "list", "--json").out)["watches"]
    assert (row["name"], row["query"], row["total"], row["new"]) == ("voices", "声纹 -门禁", 2, 0)
    assert row["filters"] == {"place": ["Sichuan", "新疆"]}
    assert json.loads(run("watch", "list", "--jsonl").out) == row
    assert "nothing was new in it yet" in run("watch", "show", "voices").out
    assert run("watch", "rm", "voices").out.startswith("Removed. To keep it again: sousveil watch add voices")
    ran = run("watch", "rm", "voices")
    assert (ran.code, ran.out) == (1, "")
    assert "There is no watch 'voices'. All of them: sousveil watch list" in ran.err


def test_dry_run_keeps_nothing(run: Run, dataset: Dataset) -> None:
    ran = run("watch", "add", "faces", "人脸", "--dry-run")
    assert ran.out == "Nothing kept. 1 notice matches now; it is not new.\n"
    assert json.loads(run("watch", "add", "faces", "人脸", "--dry-run", "--json").out)["kept"] is False
    assert not dataset.paths.judgements.exists()


def test_exit_codes_say_what_a_check_found(run: Run, kept: WatchStore) -> None:
    run("watch", "add", "voices", "声纹")
    run("watch", "add", "faces", "人脸识别")
    assert run("watch", "check").code == 0
    forget(kept, "voices")
    looked = run("watch", "check", "--keep")
    assert looked.code == 10
    assert "… 1 more: sousveil watch show voices --limit 2" in run("watch", "check", "--keep", "--limit", "1").out
    assert "voices: 2 new since 2026-01-01 00:00 UTC, 2 in all" in looked.out
    assert "faces: nothing new since" in looked.out
    assert "望东区公安分局[声纹]库建设合同公告" in looked.out
    quiet = run("watch", "check", "-q")
    assert (quiet.code, quiet.out, quiet.err) == (10, "", "")
    assert run("watch", "check").code == 0
    assert run("watch", "check", "voices").code == 0
    assert run("watch", "check", "nobody").code == 1
    assert "new on " in run("watch", "show", "voices").out


def test_json_has_ids_of_all_and_hits_of_the_first(run: Run, kept: WatchStore) -> None:
    run("watch", "add", "voices", "声纹")
    forget(kept, "voices", terms=("声纹",))
    ran = run("watch", "check", "--json", "--limit", "1", "--keep")
    answer = json.loads(ran.out)
    assert (ran.code, answer["v"], answer["new"], answer["kept"]) == (10, 1, 2, True)
    (watch,) = answer["watches"]
    assert len(watch["ids"]) == watch["new"] == watch["total"] == 2
    (hit,) = watch["hits"]
    assert hit["notice"] == watch["ids"][0]
    assert {"title", "date", "buyer", "passages"} <= set(hit)
    assert "voiceprint*" in watch["widened"]
    assert json.loads(run("watch", "check", "--jsonl", "--limit", "1").out) == watch
    assert json.loads(run("watch", "show", "voices", "--json", "--limit", "1").out)["hits"] == [hit]


def test_a_query_that_errs_is_told_and_the_others_go_on(run: Run, kept: WatchStore) -> None:
    look = Look(checked_at="2026-01-01T00:00:00+00:00", total=1, line=0)
    kept.add(Watch(name="old", query="cap:gone_by_now", made_at="1"), look)
    run("watch", "add", "faces", "人脸识别")
    ran = run("watch", "check")
    assert ran.code == 5
    assert "old: not checked. There is no capability 'gone_by_now'." in ran.err
    assert "faces: nothing new" in ran.out
    forget(kept, "faces")
    assert run("watch", "check", "-q").code == 10  # what is new weighs more
    listed = run("watch", "list")
    assert listed.code == 0
    assert "errs" in listed.out
    assert "old: There is no capability" in listed.err


@pytest.mark.parametrize("asked", [["13800138000"], ["人脸", "--buyer", "欧阳知远"]])
def test_nobody_can_be_watched(run: Run, asked: list[str], dataset: Dataset) -> None:
    ran = run("watch", "add", "somebody", *asked)
    assert (ran.code, ran.out) == (2, "")
    assert "sousveil watches institutions, never people" in ran.err
    assert not dataset.paths.judgements.exists()


def test_unknown_options_are_no_words(run: Run) -> None:
    ran = run("watch", "add", "faces", "人脸", "--nonsense")
    assert ran.code == 2
    assert "No such option" in ran.err
