import sqlite3

import pytest

from sousveil.exceptions import DatasetError, NotFoundError
from sousveil.model import Document, Failure, Field, Finding, Notice, Page, finding_id, make_span
from sousveil.store.database import FailureRow, FileRow, FileState, Place, Store

FILE = "ab" * 32


def file_row(text="监控采购", file=FILE, **changes):
    page = Page(1, text)
    span = make_span(file, page, 0, 2)
    notice = Notice(
        f"n{file[:4]}", "d", file, 1, 1, title=Field(text, span, "head"), suppliers=(Field("甲公司", span, "label"),)
    )
    finding = Finding(
        finding_id(span, "capability", "video_surveillance"),
        "capability",
        "video_surveillance",
        span,
        notice.id,
        "zh:监控",
        0.9,
    )
    document = Document(file, "text/plain", "a.txt", (page,), language="zh")
    values = {
        "file": file,
        "size": 9,
        "kind": "text",
        "media_type": "text/plain",
        "status": "read",
        "versions": "v1",
        "run": 1,
    }
    return FileRow(**values | {"document": document, "notices": (notice,), "findings": (finding,)} | changes)


@pytest.fixture
def store(tmp_path):
    opened = Store(tmp_path / "store.db")
    yield opened
    opened.close()


def put(store, *rows):
    with store.transaction():
        for row in rows:
            store.put_file(row)


def test_what_was_put_comes_back(store):
    row = file_row()
    put(store, row)
    assert store.document(FILE) == row.document
    assert store.notices_of(FILE) == row.notices
    assert store.findings_of(row.notices[0].id) == row.findings
    assert store.finding(row.findings[0].id) == row.findings[0]
    assert store.file_state(FILE) == FileState(status="read", versions="v1", members=0, kind="text")


def test_a_file_read_again_replaces_all_that_was_there(store):
    put(store, file_row())
    put(store, file_row("无关文本", notices=(), findings=(), versions="v2"))
    assert store.counts() == {"files": 1, "documents": 1, "notices": 0, "findings": 0, "sightings": 0, "failures": 0}
    assert store.rows("SELECT * FROM suppliers") == []
    assert store.document(FILE).pages[0].text == "无关文本"


def test_a_transaction_is_kept_whole_or_not_at_all(store):
    with pytest.raises(sqlite3.IntegrityError):
        put(store, file_row(), file_row(file="cd" * 32, status="nonsense"))
    assert store.counts()["files"] == 0


def test_a_full_disk_is_said_and_the_store_goes_on(store):
    (pages,) = store.rows("PRAGMA page_count")[0]
    store.connection.execute(f"PRAGMA max_page_count={pages}")
    with pytest.raises(sqlite3.OperationalError, match="is full"):
        put(store, file_row("长" * 100_000))
    assert store.counts()["files"] == 0
    store.connection.execute("PRAGMA max_page_count=100000")
    put(store, file_row())
    assert store.counts()["files"] == 1


def test_pending_files_wait_for_the_index(store):
    put(store, file_row(), file_row(file="cd" * 32))
    assert store.pending_files() == [FILE, "cd" * 32]
    store.mark_indexed()
    assert store.pending_files() == []
    store.mark_pending()
    assert len(store.pending_files()) == 2


def test_tries_of_a_failure_add_up(store):
    row = FailureRow(address="/a", file="", kind="", failure=Failure("open", "gone", "Look."), tries=1, run=1)
    with store.transaction():
        store.put_failure(row)
        store.put_failure(row)
    assert store.rows("SELECT tries FROM failures")[0]["tries"] == 2
    with store.transaction():
        store.forget_failure("/a")
    assert store.counts()["failures"] == 0


def test_places_are_remembered(store):
    place = Place(address="/a", file=FILE, size=1, modified_ns=2)
    store.put_place(place)
    assert store.place("/a") == place
    assert store.place("/b") is None


@pytest.mark.parametrize("method", ["document", "notice", "finding"])
def test_what_is_not_there_says_how_to_go_on(store, method):
    with pytest.raises(NotFoundError, match="sousveil"):
        getattr(store, method)("nothing")


def test_the_settings_that_make_it_safe(store):
    assert store.rows("PRAGMA journal_mode")[0][0] == "wal"
    assert store.rows("PRAGMA synchronous")[0][0] == 2


def test_a_store_of_another_version_is_refused_with_the_way_out(store, tmp_path):
    with store.transaction():
        store.connection.execute("UPDATE meta SET value = '0' WHERE key = 'schema'")
    store.close()
    with pytest.raises(DatasetError, match="sousveil rebuild"):
        Store(tmp_path / "store.db")
