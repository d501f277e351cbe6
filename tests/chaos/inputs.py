"""A folder of about 120 files for runs that are disturbed, and what is in a dataset, to compare."""

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import sousveil as sv
from sousveil.dataset import sample_folder
from sousveil.evidence.ledger import Ledger
from sousveil.paths import DatasetPaths
from tests.ingest.conftest import PICTURE, archive, page

_TABLES = {
    "files": "file, document, size, kind, media_type, status, language, versions, members",
    "documents": "file, body",
    "pages": "*",
    "notices": "id, file, first_page, last_page, language, notice_type, project_number, title, buyer, agency, budget,"
    " award_amount, currency, publication_date, country, province, city, fingerprint, body",
    "suppliers": "*",
    "findings": "*",
    "failures": "address, file, stage, reason, advice, kind",
    "places": "address, file, size, modified_ns",
    "sightings": "source, address, file, size, container, member, status",
}
"""What two datasets made from the same files have in common: no times, run numbers, tries, numbers of lines."""


PATIENCE_S = 600.0
"""Limit for one file in these runs: a busy machine must not decide what is read."""


def write_many(folder: Path, count: int = 90) -> Path:
    """Write pages, the shipped PDF and office files, archives, copies, and files that fail."""
    folder.mkdir(parents=True)
    for number in range(count):
        (folder / f"{number:04d}.html").write_bytes(page(number))
    for number, path in enumerate(sorted(sample_folder().rglob("*.*"))[::6]):
        (folder / f"sample-{number:02d}{path.suffix}").write_bytes(path.read_bytes())
    for number in range(0, min(count, 25), 5):
        (folder / f"copy-{number}.html").write_bytes(page(number))
    inner = archive({"附件/内.html": page(301), "copy.html": page(7)})
    members = {f"{number}.html": page(number) for number in range(200, 212)}
    (folder / "bundle.zip").write_bytes(archive({**members, "again.html": page(2), "inner.zip": inner}))
    (folder / "zz-bundle-again.zip").write_bytes((folder / "bundle.zip").read_bytes())
    (folder / "zz-member-alone.html").write_bytes(page(205))
    (folder / "empty.pdf").write_bytes(b"")
    (folder / "picture.png").write_bytes(PICTURE)
    (folder / "cut.zip").write_bytes(archive({"a.html": page(302), "b.html": page(303)})[:400])
    return folder


def contents(root: Path) -> dict[str, Any]:
    """Return all that a dataset holds and that must not depend on when it was interrupted."""
    paths = DatasetPaths(root)
    found: dict[str, Any] = {}
    with closing(sqlite3.connect(f"file:{paths.store}?mode=ro", uri=True)) as store:
        for table, columns in _TABLES.items():
            found[table] = sorted(store.execute(f"SELECT {columns} FROM {table}").fetchall(), key=repr)
        found["pending"] = store.execute("SELECT * FROM pending").fetchall()
        lines = store.execute("SELECT source, address, file, size, seen_at, container, member, status FROM sightings")
        stored = sorted(lines.fetchall(), key=repr)
    found["vault"] = {path.name: path.read_bytes() for path in (paths.evidence / "files").rglob("*") if path.is_file()}
    with sv.open(root) as dataset:
        entries = [entry.sighting for entry in Ledger(dataset.paths.ledger).iter_entries()]
        found["ledger is the store's"] = stored == sorted((_as_row(sighting) for sighting in entries), key=repr)
        found["hits"] = {
            query: sorted(hit.notice for hit in dataset.search(query, limit=1000, facets=False).hits)
            for query in ("人脸识别", "视频专网", "camera", "公安局")
        }
        found["indexed"] = dataset.words.count()
    return found


def assert_same(found: dict[str, Any], expected: dict[str, Any]) -> None:
    """Fail with the first rows that only one of the two has."""
    assert found.keys() == expected.keys()
    different = {name: _difference(found[name], expected[name]) for name in found if found[name] != expected[name]}
    assert different == {}


def _difference(found: Any, expected: Any) -> dict[str, str]:
    if not isinstance(found, list):
        return {"found": repr(found)[:300], "expected": repr(expected)[:300]}
    more = [row for row in found if row not in expected]
    missing = [row for row in expected if row not in found]
    return {"too much": repr(more[:2])[:300], "missing": repr(missing[:2])[:300]}


def _as_row(sighting) -> tuple[object, ...]:
    names = ("source", "address", "file", "size", "seen_at", "container", "member", "status")
    return tuple(getattr(sighting, name) for name in names)
