"""What a run tells, and what it hears."""

from __future__ import annotations

import pytest

from sousveil.exceptions import NotFoundError
from sousveil.live import Live, Teller, ask, look, look_going, read_wish
from sousveil.paths import DatasetPaths


@pytest.fixture
def paths(tmp_path):
    return DatasetPaths(tmp_path)


def test_without_a_run_there_is_nothing_to_see_and_nobody_to_ask(paths):
    assert look(paths) is None
    with pytest.raises(NotFoundError, match="No run is going on"):
        ask(paths, "pause")
    assert not paths.live_wish.exists()


def test_a_run_is_asked_to_pause_and_to_go_on(paths):
    with Teller(paths) as teller:
        teller.tell(Live(run=2, source="folder"))
        assert ask(paths, "pause").run == 2
        assert read_wish(paths) == "pause"
        ask(paths, "")
        assert read_wish(paths) == ""


def test_a_wish_of_before_does_not_reach_the_next_run(paths):
    with Teller(paths) as teller:
        teller.tell(Live(run=1, source="folder"))
        ask(paths, "stop")
    with Teller(paths):
        assert read_wish(paths) == ""


@pytest.mark.parametrize(
    "raw", [b"", b"{", b"[]", b'{"run": "x"}', b"\xff\xfe", b'{"run":1,"source":"a","state":"flying"}']
)
def test_figures_that_cannot_be_read_are_no_run(paths, raw):
    with Teller(paths):
        paths.live_progress.write_bytes(raw)
        assert look(paths) is None
        assert look_going(paths) is None


@pytest.mark.parametrize("raw", [b"", b"sleep", b"\xff", b"pause now"])
def test_a_wish_that_is_none_is_not_heeded(paths, raw):
    paths.live.mkdir()
    paths.live_wish.write_bytes(raw)
    assert read_wish(paths) == ""


def test_a_disk_that_takes_no_more_costs_the_telling_only(paths):
    paths.live.write_bytes(b"in the way of the folder")
    with Teller(paths) as teller:
        teller.tell(Live(run=1, source="folder"))
    assert look(paths) is None
