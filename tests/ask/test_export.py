"""Exports: what stands in the file, what never does, and what is left behind when it goes wrong."""

from __future__ import annotations

import csv
import json
import re
from pathlib import Path

import openpyxl
import pytest

from sousveil.ask.export import export
from sousveil.ask.filters import make_filters
from sousveil.ask.terms import expand
from sousveil.ask.writers import formula_safe
from sousveil.data.terms import terms
from sousveil.dataset import Dataset, init_dataset
from sousveil.exceptions import LeakError, StorageFullError, UsageError
from sousveil.mask import find_leaks
from tests.ask.conftest import NOTICES, add, ids


def read_csv(path: Path) -> list[dict[str, str]]:
    assert path.read_bytes().startswith(b"\xef\xbb\xbf")
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def test_csv_has_a_row_per_finding(dataset: Dataset, tmp_path: Path) -> None:
    report = export(dataset.store, dataset.words, tmp_path / "f.csv")
    rows = read_csv(report.path)
    assert report.rows == len(rows) == 6
    row = next(row for row in rows if row["value"] == "face_recognition")
    assert (row["quote"], row["buyer"], row["award_amount"], row["address"]) == (
        "人脸识别系统",
        "澄川市公安局",
        "1250000.0",
        "/data/1.txt",
    )
    assert len(row["file"]) == 64


def test_a_list_of_ids_is_exported_and_narrowed_by_words(dataset: Dataset, tmp_path: Path) -> None:
    every = sorted(ids(1, 2, 3, 4))
    chosen = [every[1], every[0], every[1]]
    report = dataset.export(tmp_path / "n.csv", ids=chosen, rows="notices")
    assert {row["notice"] for row in read_csv(report.path)} == set(chosen)
    assert report.notices == 2
    found = dataset.export(tmp_path / "w.csv", "raw:人脸识别", ids=iter(sorted(ids(1, 3))), rows="notices")
    assert {row["notice"] for row in read_csv(found.path)} == ids(1)
    assert dataset.export(tmp_path / "none.csv", ids=[], rows="notices").notices == 0


def test_an_id_of_no_notice_is_told_and_nothing_written(dataset: Dataset, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"1 of 2 ids are of no notice of this dataset, the first: 'nonesuch'"):
        dataset.export(tmp_path / "n.csv", ids=[*ids(1), "nonesuch"])
    assert list(tmp_path.glob("n.csv*")) == []


def test_csv_has_a_row_per_notice(dataset: Dataset, tmp_path: Path) -> None:
    report = export(
        dataset.store, dataset.words, tmp_path / "n.csv", rows="notices", filters=make_filters(place="四川")
    )
    assert {row["notice"] for row in read_csv(report.path)} == ids(1, 3)


def test_rows_stand_in_order_of_date_then_id(dataset: Dataset, tmp_path: Path) -> None:
    report = export(dataset.store, dataset.words, tmp_path / "n.csv", rows="notices")
    assert [row["date"] for row in read_csv(report.path)] == ["2020-01-02", "2019-05-06", "2018-11", ""]


def test_jsonl_keeps_types(dataset: Dataset, tmp_path: Path) -> None:
    report = export(dataset.store, dataset.words, tmp_path / "n.jsonl", "声纹", file_format="jsonl", rows="notices")
    rows = [json.loads(line) for line in report.path.read_text(encoding="utf-8").splitlines()]
    assert {row["notice"] for row in rows} == ids(1, 4)
    assert next(row for row in rows if row["suppliers"])["suppliers"] == ["启衡数据有限公司"]


def test_xlsx_has_its_sheets_and_no_formula(tmp_path: Path) -> None:
    dataset = init_dataset(tmp_path / "d")
    text = NOTICES[0]["pages"][0].replace("澄川市公安局人脸识别系统采购项目中标公告", '=HYPERLINK("x")人脸')  # type: ignore[index]
    add(
        dataset,
        NOTICES[0]
        | {
            "pages": (text,),
            "title": '=HYPERLINK("x")人脸',
            "findings": (("capability", "face_recognition", "人脸识别系统"),),
        },
        1,
    )
    dataset.words.commit()
    report = export(dataset.store, dataset.words, tmp_path / "f.xlsx", file_format="xlsx", title="Test")
    dataset.close()
    book = openpyxl.load_workbook(report.path)
    assert book.sheetnames == ["findings", "notices", "procurements", "institutions", "sources", "method"]
    title = next(cell for cell in book["findings"][2] if cell.value == '=HYPERLINK("x")人脸')
    assert title.data_type == "s"
    method = {row[0].value: row[1].value for row in book["method"].iter_rows(min_row=2)}
    assert {"query", "coverage", "limits", "steps", "made at"} <= method.keys()


@pytest.mark.parametrize(
    "start", ["=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠", " =", "　＝", "\n=", "\u200b="]
)
def test_no_cell_begins_like_a_formula(start: str) -> None:
    assert formula_safe(f"{start}1+1").startswith("'")


def leaking(tmp_path: Path) -> Dataset:
    dataset = init_dataset(tmp_path / "d")
    add(dataset, NOTICES[0] | {"title": "澄川市公安局 联系电话 13800138000"}, 1)
    add(dataset, NOTICES[3], 2)
    dataset.words.commit()
    return dataset


@pytest.mark.parametrize("file_format", ["csv", "jsonl", "xlsx", "ocds", "ftm"])
def test_the_gate_refuses_and_leaves_nothing_behind(tmp_path: Path, file_format: str) -> None:
    dataset = leaking(tmp_path)
    with pytest.raises(LeakError, match=r"column \w*") as caught:
        export(dataset.store, dataset.words, tmp_path / "out", file_format=file_format)
    assert "13800138000" not in str(caught.value)
    report = export(dataset.store, dataset.words, tmp_path / "kept", file_format=file_format, is_skipping=True)
    dataset.close()
    assert (report.notices, report.left_out) == (1, 1)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["d", "kept"]


def test_an_older_file_stays_until_the_new_one_is_whole(tmp_path: Path) -> None:
    dataset = leaking(tmp_path)
    (tmp_path / "out.csv").write_text("old")
    with pytest.raises(LeakError):
        export(dataset.store, dataset.words, tmp_path / "out.csv")
    dataset.close()
    assert (tmp_path / "out.csv").read_text() == "old"


def test_a_place_that_cannot_be_written_is_said(dataset: Dataset, tmp_path: Path) -> None:
    with pytest.raises(StorageFullError, match="another place"):
        export(dataset.store, dataset.words, tmp_path / "none" / "f.csv")


@pytest.mark.parametrize("options", [{"file_format": "docx"}, {"rows": "cells"}, {"query": '"open'}])
def test_what_cannot_be_understood_is_refused(dataset: Dataset, tmp_path: Path, options: dict[str, str]) -> None:
    with pytest.raises(UsageError):
        export(dataset.store, dataset.words, tmp_path / "f", **options)  # type: ignore[arg-type]
    assert not list(tmp_path.iterdir())


def test_no_query_of_known_words_refuses_an_export() -> None:
    """Each word of the lexicon is asked for, and what it is searched as stands on the sheet ``method``."""
    told = {}
    for word in {text for term in terms() for text in (term.term, term.gloss, term.capability)}:
        searched_as = "; ".join(term.text for term in expand(word))
        if find_leaks(word) or find_leaks(searched_as):
            told[word] = [searched_as[leak.start : leak.end] for leak in find_leaks(searched_as)]
    assert told == {}


@pytest.mark.parametrize("query", ["face recognition", "gait recognition", "WeChat groups"])
@pytest.mark.parametrize("file_format", ["xlsx", "geojson", "graphml"])
def test_what_was_asked_stands_in_the_method(dataset: Dataset, tmp_path: Path, query: str, file_format: str) -> None:
    report = export(dataset.store, dataset.words, tmp_path / f"f.{file_format}", query, file_format=file_format)
    assert query in method_of(report.path)["query"]
    assert "人脸抓拍; " in method_of(report.path)["searched as"] or query != "face recognition"


def test_a_person_in_the_query_is_not_repeated(dataset: Dataset, tmp_path: Path) -> None:
    report = export(dataset.store, dataset.words, tmp_path / "f.xlsx", "人脸 13800138000", file_format="xlsx")
    method = method_of(report.path)
    assert method["query"] == "人脸 ███████████"
    assert method["searched as"].startswith("(not repeated")
    assert "13800138000" not in str(method)


def method_of(path: Path) -> dict[str, str]:
    """Return the method that stands in an exported file."""
    if path.suffix == ".xlsx":
        return dict(openpyxl.load_workbook(path)["method"].iter_rows(values_only=True))  # type: ignore[arg-type]
    if path.suffix == ".geojson":
        return json.loads(path.read_bytes())["method"]
    told = re.search('<data key="method">([^<]*)</data>', path.read_text(encoding="utf-8"))
    assert told is not None
    return dict(line.split(": ", 1) for line in told[1].splitlines())
