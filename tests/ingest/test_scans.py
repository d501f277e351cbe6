"""Scans in a run: recognised after everything else, taken up later where they waited, proved against their bytes."""

import shutil

import pytest

import sousveil as sv
from sousveil.bulk import read_files
from sousveil.dataset import sample_folder
from sousveil.ingest.options import Options
from sousveil.ingest.scans import Scan
from sousveil.parse.scan.engine import engine_version, is_installed
from sousveil.store.recipe import from_text
from tests.ingest.conftest import archive, page

pytestmark = pytest.mark.skipif(not is_installed(), reason="the extra `ocr` is not installed")

CONTRACT = sample_folder() / "cn" / "weishan-contract-scan.pdf"
BUYER = "巍岭县公安局"


@pytest.fixture
def dataset(tmp_path):
    with sv.init(tmp_path / "dataset") as opened:
        yield opened


@pytest.fixture(scope="module")
def inputs(tmp_path_factory):
    """A page, a scan, and an archive with another page and a copy of the scan."""
    folder = tmp_path_factory.mktemp("scans") / "in"
    folder.mkdir()
    (folder / "a.html").write_bytes(page(1))
    shutil.copy(CONTRACT, folder / "scan.pdf")
    (folder / "bundle.zip").write_bytes(archive({"公告.html": page(2), "附件/合同.pdf": CONTRACT.read_bytes() + b"\n"}))
    return folder


@pytest.fixture(scope="module")
def once_read(inputs, tmp_path_factory):
    """The folder of a dataset in which they were read, with what was counted; open a copy."""
    folder = tmp_path_factory.mktemp("read") / "dataset"
    with sv.init(folder) as opened:
        return folder, run(opened, inputs)


@pytest.fixture
def known(once_read, tmp_path):
    """A dataset in which the inputs were read."""
    with sv.open(shutil.copytree(once_read[0], tmp_path / "known")) as opened:
        yield opened


def run(dataset, inputs, **options):
    counts = dataset.ingest([inputs], Options(jobs=1, **options)).counts
    assert counts.is_balanced
    return counts


def test_scans_are_read_and_found(known, inputs, once_read):
    dataset, counts = known, once_read[1]
    assert (counts.seen, counts.read, counts.failed, counts.recognised) == (5, 5, 0, 2)
    assert counts.notices == 4
    hits = dataset.search("高清球型摄像机").hits
    assert {hit.buyer for hit in hits} == {BUYER}
    assert run(dataset, inputs).unchanged == 5
    assert not dataset.store.rows("SELECT * FROM failures")
    recipes = [from_text(row["versions"]) for row in dataset.store.rows("SELECT versions FROM files")]
    assert sorted(recipe.pictures for recipe in recipes) == ["auto", "auto", "auto", "none", "none"]
    assert {recipe.engine for recipe in recipes if recipe.is_recognised} == {engine_version()}


def test_what_was_switched_off_is_taken_up_later(dataset, inputs):
    off = run(dataset, inputs, ocr="off")
    assert (off.read, off.failed, off.recognised) == (3, 2, 0)
    reasons = {row["reason"] for row in dataset.store.rows("SELECT reason FROM failures")}
    assert reasons == {"a scan without text layer: 1 page of pictures"}
    assert run(dataset, inputs, ocr="off").unchanged == 5
    auto = run(dataset, inputs)
    assert (auto.recognised, auto.failed) == (2, 0)
    assert not dataset.store.rows("SELECT * FROM failures")
    assert run(dataset, inputs).recognised == 0


def test_all_reads_pages_that_have_text_too(dataset, tmp_path):
    text = sample_folder() / "cn" / "huyang-xueliang-award.pdf"
    assert run(dataset, text).recognised == 0
    assert run(dataset, text, ocr="all").recognised >= 1
    assert run(dataset, text, ocr="all").unchanged == 1
    assert run(dataset, text).unchanged == 1  # what was recognised stays


def test_a_quote_from_a_scan_is_proved_by_recognising_again(known):
    dataset = known
    hit = dataset.search("高清球型摄像机").hits[0]
    answer = dataset.why(f"{hit.notice}:buyer")
    assert answer.is_proved, answer.checks
    assert answer.value == BUYER
    assert answer.confidence > 0.8
    page = dataset.document(hit.document).document.pages[0]
    assert any(page.text[box.start : box.end].startswith("甲方") for box in page.boxes)


def test_rebuild_recognises_again(known):
    dataset = known
    shutil.rmtree(dataset.paths.derived)
    dataset.close()
    report = dataset.rebuild()
    assert report.counts.recognised == 2
    assert dataset.search("高清球型摄像机").total == 2


def test_a_scan_asks_only_for_what_waits():
    scan = Scan("f", "bundle.zip")
    assert scan.header("auto") == {"name": "bundle.zip", "ocr": "auto", "only": ""}


def test_bulk_reading_recognises_in_the_order_of_the_files(inputs):
    rows = list(read_files([inputs], jobs=2))
    assert [row["source_path"].removeprefix(f"{inputs}/") for row in rows] == [
        "a.html",
        "bundle.zip!/公告.html",
        "bundle.zip!/附件/合同.pdf",
        "scan.pdf",
    ]
    assert [row["failed"] for row in rows] == [None] * 4
    assert rows[3]["buyer"] == BUYER
    off = list(read_files([inputs / "scan.pdf"], ocr="off"))
    assert "a scan without text layer" in off[0]["failed"]
