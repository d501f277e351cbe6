"""Decisions on findings: found by field and filter, told in lists, tables and dossiers, kept through a rebuild."""

from __future__ import annotations

import csv
import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from sousveil.ask.filters import Filters
from sousveil.ask.finding_list import FindingFilters, list_findings
from sousveil.ask.search import find_ids
from sousveil.dataset import Dataset, open_dataset
from sousveil.exceptions import NotFoundError, UsageError
from sousveil.model import Finding


@pytest.fixture
def judged(demo: Dataset) -> Iterator[Dataset]:
    """Give the demonstration, and leave it without decisions."""
    yield demo
    demo.paths.judgements.unlink(missing_ok=True)


def findings_of(dataset: Dataset) -> dict[str, tuple[Finding, ...]]:
    ids = [row["id"] for row in dataset.store.rows("SELECT id FROM notices ORDER BY id")]
    return dataset.store.findings_in(ids)


def found(dataset: Dataset, query: str, **filters: tuple[str, ...]) -> set[str]:
    return set(find_ids(dataset.store, dataset.words, query, Filters(**filters)))


def test_a_state_finds_the_notices_with_such_a_finding(judged: Dataset) -> None:
    several = {notice: every for notice, every in findings_of(judged).items() if len(every) > 1}
    first, second, third = sorted(several)[:3]
    assert found(judged, "state:confirmed") == set()
    assert found(judged, "state:unreviewed") == set(findings_of(judged))
    judged.judge_finding(several[first][0].id, "confirmed")
    for one in several[second]:
        judged.judge_finding(one.id, "rejected")
    judged.judge_finding(several[third][0].id, "unsure")
    assert found(judged, "state:confirmed") == found(judged, "", state=("confirmed",)) == {first}
    assert found(judged, "state:rejected") == {second}
    assert found(judged, "state:unsure OR state:confirmed") == found(judged, "", state=("unsure", "confirmed"))
    assert found(judged, "state:unsure OR state:confirmed") == {first, third}
    assert found(judged, "state:unreviewed") == set(findings_of(judged)) - {second}
    assert second in found(judged, "-state:unreviewed")
    judged.undo_review(several[second][0].id)
    assert second in found(judged, "state:unreviewed")
    with pytest.raises(UsageError, match="Did you mean confirmed"):
        found(judged, "state:confirm")


def test_tables_and_lists_say_what_stands(judged: Dataset, tmp_path: Path) -> None:
    ids = [row["id"] for row in judged.store.rows("SELECT id FROM findings ORDER BY id")]
    wrong, right = ids[0], ids[-1]
    judged.judge_finding(wrong, "rejected", "the word stands in an address")
    judged.judge_finding(right, "confirmed")
    expected = {wrong: "rejected", right: "confirmed"}
    for file_format in ("csv", "jsonl", "parquet", "xlsx"):
        target = tmp_path / f"out.{file_format}"
        judged.export(target, file_format=file_format, rows="findings")
        told = read(target, file_format)
        assert set(told) == set(ids)
        assert {one: state for one, state in told.items() if state != "unreviewed"} == expected
        assert b"stands in an address" not in target.read_bytes()  # a note is for those who judge
    rows = {row["finding"]: row["review"] for row in judged.findings()}
    assert {one: state for one, state in rows.items() if state != "unreviewed"} == expected
    listed = list_findings(judged.store, FindingFilters(state=("rejected",)))
    assert (listed.total, [(row.id, row.review) for row in listed.rows]) == (1, [(wrong, "rejected")])
    assert list_findings(judged.store, FindingFilters(state=("unreviewed",))).total == len(ids) - 2
    assert judged.finding(wrong).review == "rejected"
    shown = judged.notice(judged.finding(right).notice).to_json()
    assert {one["id"]: one["review"] for one in shown["findings"]}[right] == "confirmed"


def read(target: Path, file_format: str) -> dict[str, str]:
    if file_format == "csv":
        with target.open(encoding="utf-8-sig", newline="") as file:
            return {row["finding"]: row["review"] for row in csv.DictReader(file)}
    if file_format == "jsonl":
        rows = [json.loads(line) for line in target.read_text(encoding="utf-8").splitlines()]
        return {row["finding"]: row["review"] for row in rows}
    if file_format == "parquet":
        polars = pytest.importorskip("polars", reason="polars is not installed")
        frame = polars.read_parquet(target)
        return dict(zip(frame["finding"].to_list(), frame["review"].to_list(), strict=True))
    openpyxl = pytest.importorskip("openpyxl", reason="openpyxl is not installed")
    head, *rows = openpyxl.load_workbook(target, read_only=True)["findings"].iter_rows(values_only=True)
    places = (head.index("finding"), head.index("review"))
    return {row[places[0]]: row[places[1]] for row in rows}


def test_what_was_rejected_is_no_quotation_of_a_dossier(judged: Dataset) -> None:
    buyer = next(
        row["buyer"]
        for row in judged.store.rows("SELECT buyer FROM procurements WHERE buyer <> '' ORDER BY id")
        if judged.institution(row["buyer"]).dossier.quotes
    )
    before = judged.institution(buyer).dossier.quotes
    judged.judge_finding(before[0].finding, "rejected")
    after = judged.institution(buyer).dossier.quotes
    assert before[0].finding not in {one.finding for one in after}
    judged.undo_review(before[0].finding)
    assert judged.institution(buyer).dossier.quotes == before


def test_only_findings_can_be_judged_and_mistakes_are_told(judged: Dataset) -> None:
    known = judged.store.rows("SELECT id, notice FROM findings LIMIT 1")[0]
    for other in (known["notice"], "nothing", ""):
        with pytest.raises(NotFoundError, match="sousveil show notice ID"):
            judged.judge_finding(other, "confirmed")
    with pytest.raises(UsageError, match="Did you mean rejected"):
        judged.judge_finding(known["id"], "reject")  # type: ignore[arg-type]
    with pytest.raises(UsageError, match="at most"):
        judged.judge_finding(known["id"], "rejected", "x" * 2_001)
    assert not judged.paths.judgements.exists()


def test_decisions_survive_a_rebuild_and_those_without_a_finding_are_counted(demo: Dataset, tmp_path: Path) -> None:
    shutil.copytree(demo.paths.root, tmp_path / "copy", ignore=shutil.ignore_patterns("*.lock"))
    with open_dataset(tmp_path / "copy") as own:
        ids = [row["id"] for row in own.store.rows("SELECT id FROM findings ORDER BY id")]
        kept, lost = ids[0], ids[1]
        own.judge_finding(kept, "confirmed")
        own.judge_finding(lost, "rejected")
        gone = own.finding(lost).notice
        own.close()
        shutil.rmtree(own.paths.derived)
        own.rebuild()
        assert (own.finding(kept).review, own.finding(lost).review) == ("confirmed", "rejected")
        own.store.connection.execute("DELETE FROM findings WHERE id = ?", (lost,))  # as a better rule would leave it
        told = own.reviews()
        assert [(row.review.finding, row.is_gone, row.review.notice) for row in told.rows if row.is_gone] == [
            (lost, True, gone)
        ]
        assert told.gone == 1
        assert told.counts == {"confirmed": 1, "rejected": 0, "unsure": 0, "unreviewed": len(ids) - 2}
        assert found(own, "state:rejected") == set()
