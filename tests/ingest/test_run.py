import os
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest

import sousveil as sv
from sousveil.evidence.ledger import Ledger
from sousveil.exceptions import DatasetLockedError, StorageFullError
from sousveil.ingest.options import Counts, Options
from sousveil.paths import DatasetPaths
from tests.ingest.conftest import archive, page, write_inputs


@pytest.fixture
def dataset(tmp_path):
    with sv.init(tmp_path / "dataset") as opened:
        yield opened


def run(dataset, inputs, **options):
    report = dataset.ingest([inputs], Options(jobs=1, **options))
    assert report.counts.is_balanced
    return report.counts


def test_every_file_has_one_fate(dataset, inputs):
    counts = run(dataset, inputs)
    # 17 files on disk; in bundle.zip 4 members, in its inner archive 1, in cut.zip 1
    assert counts.seen == 17 + 5 + 1
    assert counts.duplicate == 2
    assert counts.failed == 4  # empty.pdf, picture.png, bundle.zip!/photo.png, cut.zip!/a.html
    assert counts.partly == 1  # cut.zip
    assert counts.read == 16
    assert counts.notices == 14


def test_a_second_run_reads_nothing(dataset, inputs):
    first = run(dataset, inputs)
    second = run(dataset, inputs)
    assert second == Counts(seen=first.seen, unchanged=first.seen)
    assert len(Ledger(dataset.paths.ledger)) == dataset.counts()["sightings"]


def test_only_what_is_new_is_read(dataset, inputs):
    before = run(dataset, inputs)
    (inputs / "new.html").write_bytes(page(500))
    (inputs / "0003.html").write_bytes(page(501))
    counts = run(dataset, inputs)
    assert (counts.read, counts.unchanged) == (2, before.seen - 1)


def test_a_file_touched_but_not_changed_is_unchanged(dataset, inputs):
    seen = run(dataset, inputs).seen
    os.utime(inputs / "0003.html", (1, 1))
    assert run(dataset, inputs) == Counts(seen=seen, unchanged=seen)


def test_failures_say_where_why_and_what_to_do(dataset, inputs):
    run(dataset, inputs)
    rows = {Path(row["address"]).name: row for row in dataset.store.rows("SELECT * FROM failures")}
    assert set(rows) == {"empty.pdf", "picture.png", "cut.zip", "a.html", "photo.png"}
    assert "no picture can be found" in rows["picture.png"]["reason"]
    assert all(row["reason"] and row["advice"].endswith(".") for row in rows.values())


def test_failed_files_are_tried_again_only_on_request(dataset, inputs):
    run(dataset, inputs)
    assert run(dataset, inputs).failed == 0
    counts = run(dataset, inputs, retry_failed=True)
    assert (counts.failed, counts.read) == (4, 1)  # two lie in archives, which are opened again for them
    tries = {row["address"][-9:]: row["tries"] for row in dataset.store.rows("SELECT * FROM failures")}
    assert tries["empty.pdf"] == 2


def test_members_of_archives_lead_back_to_their_bytes(dataset, inputs):
    run(dataset, inputs)
    rows = dataset.store.rows("SELECT * FROM sightings WHERE address LIKE '%内.html'")
    assert [row["address"] for row in rows] == [f"{inputs}/bundle.zip!/inner.zip!/附件/内.html"]
    assert dataset.vault.has(rows[0]["container"])
    assert not dataset.vault.has(rows[0]["file"])


def test_a_file_known_as_a_member_is_kept_when_it_is_met_by_itself(dataset, inputs):
    (inputs / "z-alone.html").write_bytes(page(100))  # as 公告.html in bundle.zip
    run(dataset, inputs)
    (row,) = dataset.store.rows("SELECT * FROM sightings WHERE address LIKE '%/z-alone.html'")
    assert row["container"] == ""
    assert dataset.vault.load(row["file"]) == page(100)


def test_duplicates_are_sighted_twice_and_counted_once(dataset, inputs):
    run(dataset, inputs)
    file = dataset.store.rows("SELECT file FROM sightings WHERE address LIKE '%/copy.html'")[0]["file"]
    assert len(dataset.store.rows("SELECT * FROM sightings WHERE file = ?", (file,))) == 2
    assert len(dataset.store.rows("SELECT * FROM notices WHERE file = ?", (file,))) == 1


def test_persons_are_masked_in_everything_derived(dataset, inputs):
    run(dataset, inputs)
    dataset.close()
    for path in dataset.paths.derived.rglob("*"):
        if path.is_file():
            data = path.read_bytes()
            assert "钱多多".encode() not in data, path
            assert b"13812345678" not in data, path


def test_results_do_not_depend_on_workers_or_order(tmp_path, inputs):
    def derived(name, jobs, paths):
        with sv.init(tmp_path / name) as dataset:
            dataset.ingest(paths, Options(jobs=jobs))
            return [
                [tuple(row) for row in dataset.store.rows(f"SELECT {columns} FROM {table} ORDER BY 1, 2")]
                for table, columns in {"pages": "*", "notices": NOTICE, "findings": "*", "suppliers": "*"}.items()
            ]

    files = sorted(inputs.iterdir())
    assert derived("one", 1, files) == derived("two", 2, files[::-1])


def test_an_unreadable_path_costs_itself(dataset, tmp_path):
    write_inputs(tmp_path / "in", 2)
    os.mkfifo(tmp_path / "in" / "pipe")
    (tmp_path / "in" / "lost").symlink_to(tmp_path / "nowhere")
    report = dataset.ingest([tmp_path / "in", tmp_path / "missing"], Options(jobs=1))
    assert (report.counts.read, report.counts.failed) == (2, 3)
    reasons = {row["address"].rsplit("/", 1)[1]: row["reason"] for row in dataset.store.rows("SELECT * FROM failures")}
    assert "no regular file" in reasons["pipe"]
    assert "no such file" in reasons["missing"]


def test_a_file_name_that_is_no_text_is_read_once(dataset, tmp_path):
    folder = write_inputs(tmp_path / "in", 1)
    name = os.fsdecode("招标公告.html".encode("gbk"))
    try:
        (folder / name).write_bytes(page(9))
    except OSError:
        pytest.skip("this file system takes names in UTF-8 only")
    assert run(dataset, folder).read == 2
    assert run(dataset, folder / name) == Counts(seen=1, unchanged=1)
    (row,) = dataset.store.rows("SELECT address FROM sightings WHERE address LIKE '%\\xd5%'")
    assert row["address"].endswith(".html")


def test_a_bomb_costs_itself(dataset, tmp_path):
    folder = write_inputs(tmp_path / "in", 1)
    (folder / "bomb.zip").write_bytes(archive({"zeros.txt": b"\0" * 300_000_000, "fine.html": page(9)}))
    counts = run(dataset, folder)
    (row,) = dataset.store.rows("SELECT * FROM failures WHERE address LIKE '%zeros.txt'")
    assert "inflates" in row["reason"] or "limit" in row["reason"]
    assert counts.notices == 2


def test_a_second_writer_is_told_who_holds_the_lock(dataset, tmp_path):
    other = sv.open(dataset.paths.root)
    with dataset.writing(), pytest.raises(DatasetLockedError, match=f"process {os.getpid()} since"):
        other.ingest([tmp_path])


@pytest.mark.skipif(os.geteuid() != 0, reason="mounting a small disk needs root")
def test_a_full_disk_stops_the_run_and_loses_nothing(tmp_path, inputs):
    disk = tmp_path / "disk"
    disk.mkdir()
    if subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=70m", "none", disk], check=False, capture_output=True
    ).returncode:
        pytest.skip("this machine does not let us mount a small disk")
    try:
        with sv.init(disk / "dataset") as dataset:
            run(dataset, inputs / "0001.html")
            (disk / "ballast").write_bytes(b"x" * 20_000_000)
            with pytest.raises(StorageFullError, match="is full"):
                dataset.ingest([inputs], Options(jobs=1))
        (disk / "ballast").unlink()
        with sv.open(disk / "dataset") as dataset:
            assert dataset.store.rows("SELECT count(*) AS n FROM notices")[0]["n"] == 1
            run(dataset, inputs)
            assert dataset.counts()["notices"] == 14
    finally:
        subprocess.run(["umount", disk], check=True)


CHILD = """
import sys
import sousveil as sv
from sousveil.ingest.options import Options
import sousveil.ingest.keep as keep
keep._BATCH_FILES = 8
with sv.open(sys.argv[1]) as dataset:
    print("ready", flush=True)
    dataset.ingest([sys.argv[2]], Options(jobs=1))
"""


def start_child(dataset, folder):
    child = subprocess.Popen(
        [sys.executable, "-c", CHILD, str(dataset), str(folder)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
    )
    assert child.stdout is not None
    assert child.stdout.readline() == b"ready\n"
    return child


def wait_for_sightings(dataset, count, child):
    """Wait until a run has put so many files on record; it must still be running."""
    ledger = DatasetPaths(dataset).ledger
    deadline = time.monotonic() + 300
    while not ledger.exists() or ledger.read_bytes().count(b"\n") < count:
        assert child.poll() is None, child.stderr.read()
        assert time.monotonic() < deadline
        time.sleep(0.005)


def test_a_killed_run_goes_on_to_the_same_end(tmp_path):
    folder = write_inputs(tmp_path / "in", 120)
    with sv.init(tmp_path / "calm") as calm:
        run(calm, folder)
        expected = snapshot(calm)
    sv.init(tmp_path / "killed").close()
    for count in (1, 40, 80):
        child = start_child(tmp_path / "killed", folder)
        wait_for_sightings(tmp_path / "killed", count, child)
        child.kill()
        child.communicate()
        check_invariants(tmp_path / "killed")
    with sv.open(tmp_path / "killed") as killed:
        report = killed.ingest([folder], Options(jobs=1))
        assert report.counts.is_balanced
        assert snapshot(killed) == expected
        assert killed.words.count() == 120


NOTICE = "id, file, title, buyer, agency, budget, award_amount, publication_date, province, city, fingerprint, body"
"""What a notice says; its number tells when it was read."""


def snapshot(dataset):
    tables = {
        "pages": "*",
        "notices": NOTICE,
        "findings": "*",
        "suppliers": "*",
        "files": "file, size, kind, status",
        "sightings": "address, file, size",
    }
    return {
        table: sorted(map(tuple, dataset.store.rows(f"SELECT {columns} FROM {table}")), key=repr)
        for table, columns in tables.items()
    }


def check_invariants(folder):
    """What must hold at any moment: rows name bytes that are there, the ledger's chain is whole, nothing is twice."""
    with sv.open(folder) as dataset:
        for row in dataset.store.rows("SELECT DISTINCT file FROM sightings WHERE container = ''"):
            dataset.vault.load(row["file"])
        for entry in Ledger(dataset.paths.ledger).iter_entries():
            assert dataset.vault.has(entry.sighting.container or entry.sighting.file)
        twice = dataset.store.rows("SELECT address, file FROM sightings GROUP BY address, file HAVING count(*) > 1")
        assert twice == []


def test_interrupt_ends_in_order(tmp_path):
    folder = write_inputs(tmp_path / "in", 300)
    sv.init(tmp_path / "dataset").close()
    child = start_child(tmp_path / "dataset", folder)
    wait_for_sightings(tmp_path / "dataset", 20, child)
    child.send_signal(signal.SIGINT)
    _, stderr = child.communicate(timeout=300)
    assert b"KeyboardInterrupt" in stderr or child.returncode == 0
    check_invariants(tmp_path / "dataset")
    with sv.open(tmp_path / "dataset") as dataset:
        (row,) = dataset.store.rows("SELECT * FROM runs")
        assert row["seen"] == row["read"]
        assert sqlite3.connect(dataset.paths.store).execute("PRAGMA integrity_check").fetchone() == ("ok",)
        run(dataset, folder)
        assert dataset.counts()["notices"] == 300


def test_rebuild_replaces_a_store_of_another_version(dataset, inputs):
    run(dataset, inputs)
    expected = snapshot(dataset)
    with dataset.store.transaction():
        dataset.store.connection.execute("UPDATE meta SET value = '0' WHERE key = 'schema'")
    root = dataset.paths.root
    dataset.close()
    with sv.open(root) as again:
        again.rebuild()
        assert snapshot(again) == expected
        assert again.words.count() == len(expected["notices"])
