"""Lists of searches: how they are read, what each line is answered, and that nothing bad stops or leaves."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sousveil.ask.batch import BATCH_COLUMNS, HIT_COLUMNS, BatchRow
from sousveil.ask.leaving import check_leaving
from sousveil.ask.term_list import ListLine, parse_list
from sousveil.dataset import Dataset, init_dataset
from sousveil.exceptions import LeakError, UsageError
from tests.ask.conftest import NOTICES, add, ids


def table(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def answer(dataset: Dataset, query: str, **filters: str) -> BatchRow:
    (row,) = dataset.batch([{"query": query, **filters}])
    return row


# ---------------------------------------------------------------------- reading a list


def lines_of(text: str | bytes, name: str = "list.csv") -> list[tuple[str, dict[str, tuple[str, ...]]]]:
    data = text.encode() if isinstance(text, str) else text
    return [(line.query, line.filters) for line in parse_list(data, name)]


HEADED = "query,place,date\n声纹,Sichuan,2018..\n人脸识别,,\n"
READ = [("声纹", {"place": ("Sichuan",), "date": ("2018..",)}), ("人脸识别", {})]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("mark", [",", ";", "\t"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_whatever_program_wrote_it(encoding: str, mark: str, end: str) -> None:
    assert lines_of(HEADED.replace(",", mark).replace("\n", end).encode(encoding)) == READ


def test_without_a_head_every_line_is_a_query() -> None:
    assert lines_of("声纹\n人脸识别\n") == [("声纹", {}), ("人脸识别", {})]
    assert lines_of("Query\n声纹\n") == [("声纹", {})]
    assert lines_of("cap,place\nFAC; BIO,Sichuan\n") == [("", {"cap": ("FAC", "BIO"), "place": ("Sichuan",)})]


def test_lines_of_a_text_are_queries_as_they_stand() -> None:
    assert lines_of('"人脸识别", 公安\nquery,place\n', "list.txt") == [('"人脸识别", 公安', {}), ("query,place", {})]


def test_an_exact_phrase_in_a_csv() -> None:
    assert lines_of('query\n"""人脸识别系统"" 公安"\n') == [('"人脸识别系统" 公安', {})]


def test_lines_are_numbered_as_in_an_editor() -> None:
    found = parse_list(b"query\na\n\nb\n\n\n", "list.csv")
    assert [(line.number, line.query, bool(line.problem)) for line in found] == [
        (2, "a", False),
        (3, "", True),
        (4, "b", False),
    ]


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("query,place\n,\n", "The line is empty"),
        ("query,plaec\n声纹,Sichuan\n", "There is no filter 'plaec'. Did you mean place"),
        ("声纹,Sichuan\n", "The line has 2 columns, the head names 1. Write a first line"),
        ('query\n"声纹\n', "quotation marks of the line do not fit"),
    ],
)
def test_bad_lines_say_what_is_wrong(text: str, problem: str) -> None:
    assert problem in parse_list(text.encode(), "list.csv")[-1].problem


def test_an_open_quotation_mark_swallows_no_other_line() -> None:
    assert lines_of('query\n"声纹\n人脸识别\n公安\n')[1:] == [("人脸识别", {}), ("公安", {})]


def test_what_is_no_list_is_refused() -> None:
    with pytest.raises(UsageError, match=r"picture\.png is no text in UTF-8 or GB18030"):
        parse_list(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "picture.png")


@given(st.binary(max_size=300))
def test_bytes_of_any_kind_are_lines_or_refused(data: bytes) -> None:
    try:
        found = parse_list(data, "list.csv")
    except UsageError:
        return
    assert [line.number for line in found] in (
        list(range(1, len(found) + 1)),
        list(range(2, len(found) + 2)),
    )


# ---------------------------------------------------------------------- answering


def test_a_line_is_answered_as_a_search_is(dataset: Dataset) -> None:
    row = answer(dataset, "voiceprint", date="2018..2019")
    assert row.notices == dataset.search("voiceprint", date="2018..2019").total == 2
    assert (row.first_date, row.last_date) == ("2018-11", "2019-05-06")
    assert "声纹" in row.searched_as
    assert row.other_terms
    assert (row.purchases, [(one.amount, one.currency, one.stated_in, one.of) for one in row.sums]) == (
        2,
        [(4_250_000.0, "CNY", 2, 2)],
    )
    best = dataset.search("voiceprint", date="2018..2019", limit=1)[0]
    assert row.best is not None
    assert (row.best.notice, row.best.passages[0].text) == (
        best.notice,
        dataset.search("voiceprint", date="2018..2019", limit=1, passages=1)[0].passages[0].text,
    )
    assert row.address == "/search?q=voiceprint&date=2018..2019"
    assert row.problem == ""


def test_filters_alone_and_nothing_found(dataset: Dataset) -> None:
    assert answer(dataset, "", cap="FAC; BIO").notices == 2
    row = answer(dataset, "umbrella")
    assert (row.notices, row.first_date, row.best, row.problem) == (0, None, None, "")
    assert row.notes == ("no term is known for 'umbrella'; it was searched as written",)
    assert (row.to_row()["amount"], row.to_row()["stated_in"], row.to_row()["of"]) == (None, None, 0)


@pytest.mark.parametrize(
    ("query", "filters", "problem"),
    [
        (
            "人脸 (门禁 OR",
            {},
            'OR needs a word on both sides. To search for the word itself: "OR" (at character 8: OR)',
        ),
        ("人脸", {"cap": "facerec"}, "There is no capability 'facerec'. Did you mean"),
        ("人脸", {"date": "2020..2010"}, "the end lies before the beginning"),
        ("人脸", {"colour": "red"}, "There is no filter 'colour'"),
        ("", {}, "The line is empty"),
    ],
)
def test_what_cannot_be_asked_is_a_row_with_a_problem(
    dataset: Dataset, query: str, filters: dict[str, str], problem: str
) -> None:
    rows = list(dataset.batch([{"query": query, **filters}, "声纹"]))
    assert problem in rows[0].problem
    assert "\n" not in rows[0].problem
    assert (rows[0].notices, rows[1].notices) == (None, 2)


def test_persons_are_not_repeated(dataset: Dataset, tmp_path: Path) -> None:
    asked = [
        "13800138000",
        "联系人：独孤行简",
        "type:13800138000",
        {"query": "声纹", "buyer": "wangshu77@example.org"},
        '"13800138000',
    ]
    for is_hits in (False, True):
        report = dataset.export_batch(asked, tmp_path / "out.csv", is_hits=is_hits)
        assert report.lines == 5 == report.found + report.empty + report.failed
        data = report.path.read_text(encoding="utf-8-sig")
        assert [words for words in ("13800138000", "独孤行简", "wangshu77") if words in data] == []
        check_leaving(report.path)
    (row, *_) = dataset.batch(asked)
    assert (row.query, row.notices, row.address, row.searched_as, row.problem) == ("█" * 11, 0, "", (), "")
    assert dataset.search("13800138000").total == 0  # and so does search


# ---------------------------------------------------------------------- files


def test_a_file_has_a_row_per_line_and_balances(dataset: Dataset, tmp_path: Path) -> None:
    report = dataset.export_batch(["声纹", "umbrella", "(", "=1+1 声纹", "-声纹"], tmp_path / "out.csv")
    assert (report.lines, report.found, report.empty, report.failed, report.rows) == (5, 2, 2, 1, 5)
    rows = table(report.path)
    assert tuple(rows[0]) == BATCH_COLUMNS
    assert [row["query"] for row in rows] == ["声纹", "umbrella", "(", "'=1+1 声纹", "'-声纹"]
    assert report.path.read_bytes().startswith(b"\xef\xbb\xbf")
    assert rows[0]["best_notice"] in ids(1, 4)
    assert list(tmp_path.iterdir()) == [report.path]


def test_hits_are_all_there_however_many(dataset: Dataset, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sousveil.ask.batch._HITS_AT_ONCE", 1)
    report = dataset.export_batch(["声纹", "umbrella", "(", "date:2000.."], tmp_path / "hits.csv", is_hits=True)
    assert (report.found, report.empty, report.failed, report.rows) == (2, 1, 1, 2 + 1 + 3)
    rows = table(report.path)
    assert tuple(rows[0]) == HIT_COLUMNS
    assert {row["notice"] for row in rows if row["line"] == "1"} == ids(1, 4)
    assert {row["notice"] for row in rows if row["line"] == "4"} == ids(1, 3, 4)
    assert [row["line"] for row in rows if row["problem"]] == ["3"]


def test_lines_of_json_are_the_same_rows(dataset: Dataset, tmp_path: Path) -> None:
    report = dataset.export_batch(["声纹", "("], tmp_path / "out.jsonl", file_format="jsonl")
    rows = [json.loads(line) for line in report.path.read_text(encoding="utf-8").splitlines()]
    assert [row["notices"] for row in rows] == [2, None]
    assert tuple(rows[0]) == BATCH_COLUMNS
    with pytest.raises(UsageError, match="no format 'pdf'"):
        dataset.export_batch(["声纹"], tmp_path / "out.pdf", file_format="pdf")


@pytest.fixture
def unmasked(tmp_path: Path) -> Iterator[Dataset]:
    """A notice in which the mask missed a number; the number is invented."""
    opened = init_dataset(tmp_path / "d")
    add(opened, {**NOTICES[3], "pages": (f"{NOTICES[3]['pages'][0]}声纹库咨询电话 13800138000。",), "findings": ()}, 1)
    opened.words.commit()
    yield opened
    opened.close()


def test_what_the_gate_stops_is_held_back_and_counted(unmasked: Dataset, tmp_path: Path) -> None:
    report = unmasked.export_batch(["声纹库咨询", "umbrella"], tmp_path / "out.csv")
    assert (report.found, report.empty, report.held_back) == (1, 1, 1)
    row = table(report.path)[0]
    assert (row["notices"], row["quotation"], row["best_title"]) == ("1", "", "")
    assert "the best hit was held back: column quotation holds what looks like a person's phone" in row["notes"]
    report = unmasked.export_batch(["声纹库咨询"], tmp_path / "hits.csv", is_hits=True)
    assert (report.rows, report.held_back) == (0, 1)


def test_the_whole_file_passes_the_gate_once_more(
    unmasked: Dataset, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sousveil.ask.batch_file._leak", lambda *_: "")
    with pytest.raises(LeakError):
        unmasked.export_batch(["声纹库咨询"], tmp_path / "out.csv")
    assert not list(tmp_path.glob("*out.csv*"))


def test_three_thousand_lines_with_bad_ones_among_them(dataset: Dataset, tmp_path: Path) -> None:
    good = ("raw:声纹", "raw:岷水县水务局", "raw:zzz")
    bad = {7: "raw:(", 11: "", 13: "cap:nonsense"}
    asked = [bad.get(number % 100, good[number % 3]) for number in range(3000)]
    path = tmp_path / "list.csv"
    path.write_text("query\n" + "\n".join(asked) + "\n", encoding="gb18030")
    report = dataset.export_batch(str(path), tmp_path / "out.csv")
    rows = table(report.path)
    assert (report.lines, report.failed, report.rows, len(rows)) == (3000, 90, 3000, 3000)
    assert report.found + report.empty == 2910
    assert [int(row["line"]) for row in rows] == list(range(2, 3002))
    assert {row["line"] for row in rows if row["problem"]} == {
        str(number + 2) for number in range(3000) if number % 100 in bad
    }


def test_lines_may_be_made_in_python(dataset: Dataset) -> None:
    line = ListLine(number=40, query="声纹", filters={"place": ("新疆",)})
    (row,) = dataset.batch([line])
    assert (row.line, row.filters, row.notices) == (40, "place=新疆", 1)
