"""``--only``: files of other types are passed by as if they were not there, and read when they are asked for."""

import pytest

import sousveil as sv
from sousveil.exceptions import UsageError
from sousveil.ingest.kinds import to_kinds
from sousveil.ingest.options import Options
from tests.ingest.conftest import archive, page


@pytest.fixture
def dataset(tmp_path):
    with sv.init(tmp_path / "dataset") as opened:
        yield opened


@pytest.fixture
def mixed(tmp_path):
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "a.html").write_bytes(page(1))
    (folder / "b.txt").write_text("岷阳市公安局人脸识别系统采购公告\n预算金额：80万元\n", encoding="utf-8")
    (folder / "c.zip").write_bytes(archive({"inside.html": page(2), "note.txt": b"nothing of interest"}))
    return folder


def run(dataset, inputs, *only):
    counts = dataset.ingest([inputs], Options(jobs=1, only=to_kinds(only))).counts
    assert counts.is_balanced
    return counts


def test_only_the_type_asked_for_is_read_also_inside_archives(dataset, mixed):
    counts = run(dataset, mixed, "html")
    assert (counts.seen, counts.read) == (2, 2)
    kinds = {row["kind"] for row in dataset.store.rows("SELECT kind FROM files")}
    assert kinds == {"html"}
    assert run(dataset, mixed, "html").unchanged == 2


def test_the_rest_is_read_when_it_is_asked_for(dataset, mixed):
    run(dataset, mixed, "html")
    counts = run(dataset, mixed)
    assert (counts.seen, counts.read, counts.unchanged) == (5, 3, 2)
    assert run(dataset, mixed).unchanged == 5


def test_members_lead_back_to_the_archive_that_was_kept_for_them(dataset, mixed):
    run(dataset, mixed, "html")
    row = dataset.store.rows("SELECT * FROM sightings WHERE member = 'inside.html'")[0]
    assert dataset.vault.has(row["container"])
    assert not [row for row in dataset.store.rows("SELECT address FROM sightings") if row["address"].endswith(".txt")]


def test_unknown_types_are_refused():
    with pytest.raises(UsageError, match="--only pfd: no such type"):
        to_kinds(["pfd"])
