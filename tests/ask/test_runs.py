"""What is told of runs, failures, sources and settings. All names are invented."""

from __future__ import annotations

import pytest

import sousveil as sv
from sousveil.ask.in_force import list_settings, measure_space
from sousveil.ask.runs import failed_paths, group_failures, list_failures, list_runs, show_run, state_of_run
from sousveil.exceptions import NotFoundError
from sousveil.ingest.options import Options
from sousveil.live import Live
from tests.ingest.conftest import page


@pytest.fixture(scope="module")
def read(tmp_path_factory):
    """A dataset of three months with a hole, of a source that says how much there should be; and three files that fail."""
    folder = tmp_path_factory.mktemp("runs")
    inputs = folder / "in"
    inputs.mkdir()
    for number, month in enumerate((1, 1, 4)):
        text = page(number).decode("gb18030" if number % 3 == 0 else "utf-8").replace("2024年3月", f"2024年{month}月")
        (inputs / f"{number}.html").write_text(text, encoding="utf-8")
    (inputs / "empty.pdf").write_bytes(b"")
    (inputs / "授权委托书-张伟.pdf").write_bytes(b"%PDF-1.4 x")
    (inputs / "cut.pdf").write_bytes(b"%PDF-1.4")
    with sv.init(folder / "dataset") as opened:
        described = opened.paths.source("county")
        described.parent.mkdir(parents=True)
        described.write_text("expected:\n  2023: 5\n  2024: 9\n", encoding="utf-8")
        opened.ingest([inputs], Options(source="county"))
        yield opened, inputs


def test_failures_are_grouped_by_reason_with_an_example(read):
    opened, _ = read
    first, second = group_failures(opened.store)
    assert (first.files, second.files) == (2, 1)
    assert len(list_failures(opened.store, reason=first.reason)) == 2
    assert len(list_failures(opened.store, run=1)) == 3
    assert list_failures(opened.store, run=2) == list_failures(opened.store, reason="none") == ()
    assert "张伟" not in repr((list_failures(opened.store), group_failures(opened.store)))


def test_what_failed_is_found_again_on_the_disk(read, tmp_path):
    opened, inputs = read
    assert set(failed_paths(opened.store)) == {"county"}
    assert {path.name for path in failed_paths(opened.store)["county"]} == {
        "empty.pdf",
        "授权委托书-张伟.pdf",
        "cut.pdf",
    }
    assert all(path.parent == inputs for path in failed_paths(opened.store)["county"])


def test_a_month_without_notices_is_a_hole_between_others_only(read):
    opened, _ = read
    none, year = opened.sources_by_month()
    assert (none.year, none.held, none.expected) == ("2023", 0, 5)
    assert year.months == (2, 0, 0, 1, *[None] * 8)
    assert (year.source, year.held, year.expected) == ("county", 3, 9)


def test_a_run_is_what_it_does_or_what_it_did(read):
    opened, _ = read
    (row,) = list_runs(opened.store)
    assert show_run(opened.store, 1) == row
    assert state_of_run(row, None) == "finished"
    assert state_of_run(row, Live(run=1, source="county", state="paused")) == "paused"
    assert state_of_run(row, Live(run=2, source="county")) == "finished"
    assert state_of_run(row | {"finished_at": None}, Live(run=1, source="county", state="interrupted")) == "interrupted"
    for number in (0, 2, 1 << 70):
        with pytest.raises(NotFoundError):
            show_run(opened.store, number)


def test_settings_tell_where_they_come_from(read, tmp_path):
    opened, _ = read
    rows = {row.name: row for row in list_settings(opened.paths, {"title": "x", "settings": {"timeout_s": 5.0}})}
    assert (rows["timeout_s"].value, rows["timeout_s"].default, rows["timeout_s"].where) == (5.0, 60.0, "sousveil.toml")
    assert (rows["cpu_s"].value, rows["cpu_s"].where) == (rows["cpu_s"].default, "default")
    space = {row.name: row.size for row in measure_space(opened.paths, opened.store)}
    assert space["rows"] > 0
    assert space["search index"] > 0
    assert space["files as found"] == sum(path.stat().st_size for path in read[1].iterdir())
