"""What must hold after any run, however hostile its files were."""

from pathlib import Path

from sousveil.dataset import Dataset
from sousveil.evidence.ledger import Ledger
from sousveil.evidence.vault import sha256_of


def check_every_file_is_kept(dataset: Dataset, folder: Path) -> None:
    """Every file of the folder is in the vault byte for byte, was sighted, and has a row with its fate."""
    seen = {(row["address"], row["file"]) for row in dataset.store.rows("SELECT address, file FROM sightings")}
    dealt_with = {row["file"] for row in dataset.store.rows("SELECT file FROM files")}
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            data = path.read_bytes()
            file = sha256_of(data)
            assert (str(path), file) in seen, path
            assert file in dealt_with, path
            assert dataset.vault.load(file) == data, path


def check_every_failure_is_told(dataset: Dataset) -> None:
    """Every file not read, or not wholly, says at which stage, why, and what to do."""
    rows = dataset.store.rows("SELECT * FROM failures")
    for row in rows:
        assert row["stage"] in {"open", "sniff", "parse", "worker"}, dict(row)
        assert row["reason"].strip(), dict(row)
        assert row["advice"].strip().endswith("."), dict(row)
    told = {row["file"] for row in rows}
    for row in dataset.store.rows("SELECT file FROM files WHERE status <> 'read'"):
        assert row["file"] in told, dict(row)


def check_order(dataset: Dataset) -> None:
    """What must hold at any moment: rows name bytes that are there, the chain is whole, nothing is there twice."""
    (verdict,) = dataset.store.rows("PRAGMA integrity_check")[0]
    assert verdict == "ok"
    ledger = Ledger(dataset.paths.ledger)
    assert dataset.store.last_sighting() <= len(ledger)
    for entry in ledger.iter_entries():
        assert dataset.vault.has(entry.sighting.container or entry.sighting.file)
    for row in dataset.store.rows("SELECT DISTINCT file FROM sightings WHERE container = ''"):
        dataset.vault.load(row["file"])
    assert dataset.store.rows("SELECT 1 FROM sightings GROUP BY address, file, seen_at HAVING count(*) > 1") == []


def unforeseen(dataset: Dataset) -> list[str]:
    """Return the files whose reader ended by an error that nobody foresaw: each is a bug."""
    rows = dataset.store.rows("SELECT address, reason FROM failures WHERE reason LIKE '%exit code%'")
    return [f"{row['address']}: {row['reason']}" for row in rows]
