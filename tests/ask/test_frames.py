"""Frames: the same rows and columns in every library and file, with types, streamed, through the same gate."""

from __future__ import annotations

import csv
import datetime as dt
import json
import sys
import threading
from pathlib import Path

import pytest

from sousveil.ask.tables import COLUMNS
from sousveil.dataset import Dataset, init_dataset
from sousveil.exceptions import LeakError, UsageError
from tests.ask.conftest import NOTICES, add, ids

TABLES = ("findings", "notices", "procurements", "institutions")


@pytest.mark.parametrize("table", TABLES)
def test_columns_and_values_are_the_same_everywhere(demo: Dataset, table: str, tmp_path: Path) -> None:
    rows = getattr(demo, table)(cap="FAC")
    polars, pandas, arrow = rows.to_polars(), rows.to_pandas(), rows.to_arrow()
    demo.export(tmp_path / "x.csv", cap="FAC", rows=table)
    demo.export(tmp_path / "x.jsonl", cap="FAC", rows=table, file_format="jsonl")
    with (tmp_path / "x.csv").open(encoding="utf-8-sig", newline="") as file:
        heads, *lines = csv.reader(file)
    objects = [json.loads(line) for line in (tmp_path / "x.jsonl").read_text("utf-8").splitlines()]
    for names in (polars.columns, list(pandas.columns), arrow.column_names, heads, list(objects[0])):
        assert tuple(names) == COLUMNS[table]
    assert objects == list(rows)
    assert len(rows) == len(polars) == len(pandas) == arrow.num_rows == len(lines) > 3
    for name in COLUMNS[table]:
        held = polars[name].to_list()
        assert held == arrow.column(name).to_pylist(), name
        nulls = [one is None for one in held]
        if rows.columns()[name] != "list":
            assert nulls == list(pandas[name].isna()), name
            assert nulls == [one[name] is None for one in objects], name


def test_types_are_those_of_the_values(dataset: Dataset) -> None:
    import polars as pl

    notices = dataset.notices().to_polars()
    assert notices.schema["day"] == pl.Date
    assert notices.schema["award_amount"] == pl.Float64
    assert notices.schema["suppliers"] == pl.List(pl.String)
    assert notices.schema["seen_at"] == pl.Datetime("us", "UTC")
    assert notices["date"].to_list() == ["2020-01-02", "2019-05-06", "2018-11", None]
    assert notices["day"].to_list() == [dt.date(2020, 1, 2), dt.date(2019, 5, 6), None, None]
    assert notices["award_amount"].to_list() == [None, 1_250_000.0, 3_000_000.0, None]
    pages = dataset.findings().to_pandas()["page"]
    assert str(pages.dtype) == "Int64"


def test_a_search_gives_all_matches_not_only_the_page(dataset: Dataset) -> None:
    hits = dataset.search("声纹", limit=1)
    assert (len(hits), hits.total) == (1, 2)
    assert set(hits.to_polars()["notice"]) == set(hits.to_pandas()["notice"]) == ids(1, 4)
    assert len(dataset.search("zzzz").to_polars()) == 0


@pytest.mark.parametrize("table", TABLES)
def test_an_empty_frame_has_its_columns(dataset: Dataset, table: str) -> None:
    rows = getattr(dataset, table)(cap="iris")
    assert tuple(rows.to_polars().columns) == tuple(rows.to_pandas().columns) == COLUMNS[table]
    assert (len(rows), list(rows)) == (0, [])


def test_others_read_the_stream(dataset: Dataset) -> None:
    """Each stream has a connection of its own: two at once, in another thread, during a search."""
    import polars as pl

    rows, first = dataset.findings(), iter(dataset.findings())
    next(first)
    told: list[int] = []
    thread = threading.Thread(target=lambda: told.append(len(pl.DataFrame(rows))))
    thread.start()
    thread.join()
    assert dataset.search("声纹").total == 2
    assert told == [len(rows)] == [1 + sum(1 for _ in first)]


def test_what_the_gate_stops_is_refused_or_told(tmp_path: Path) -> None:
    import polars as pl

    dataset = init_dataset(tmp_path / "d")
    add(dataset, NOTICES[0] | {"title": "澄川市公安局 联系电话 13800138000"}, 1)
    add(dataset, NOTICES[3], 2)
    dataset.words.commit()
    rows = dataset.findings()
    for take in (rows.to_polars, rows.to_pandas, rows.to_arrow, lambda: list(rows)):
        with pytest.raises(LeakError, match="is_skipping=True") as caught:
            take()
        assert "13800138000" not in str(caught.value)
    with pytest.raises(Exception, match="a person's phone"):
        pl.DataFrame(rows)
    with pytest.warns(UserWarning, match="^1 of what was asked for left out"):
        kept = rows.to_polars(is_skipping=True)
    assert set(kept["notice"]) == ids(4)
    dataset.close()


@pytest.mark.parametrize(
    ("module", "method", "extra"),
    [("polars", "to_polars", "polars"), ("pandas", "to_pandas", "pandas"), ("arro3.core", "to_arrow", "parquet")],
)
def test_a_library_that_is_missing_is_named_with_its_extra(
    dataset: Dataset, monkeypatch: pytest.MonkeyPatch, module: str, method: str, extra: str
) -> None:
    monkeypatch.setitem(sys.modules, module, None)
    with pytest.raises(UsageError, match=rf"pip install 'sousveil\[{extra}\]'"):
        getattr(dataset.notices(), method)()


def test_a_question_that_cannot_be_understood_is_refused_at_once(dataset: Dataset) -> None:
    with pytest.raises(UsageError):
        dataset.findings('"open')
    with pytest.raises(UsageError):
        dataset.findings(cap="no such thing")
