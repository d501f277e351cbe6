"""Doctor: is this dataset whole, is this machine fit; every trouble comes with what to do about it."""

from __future__ import annotations

import platform
import random
import shutil
import sqlite3
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, requires, version

from sousveil.ask.coverage import index_note
from sousveil.evidence.ledger import Ledger
from sousveil.evidence.vault import Vault
from sousveil.exceptions import EvidenceError, WorkerError
from sousveil.index.words import Words
from sousveil.parse.bundle.packed import find_libarchive
from sousveil.paths import DatasetPaths
from sousveil.run.pool import Pool
from sousveil.run.protocol import Job
from sousveil.run.sandbox import TIERS, Sandbox
from sousveil.store.database import Store
from sousveil.store.recipe import from_text
from sousveil.store.schema import VERSION as SCHEMA_VERSION

_MIN_PYTHON = (3, 11)
_MIN_FREE_BYTES = 1_000_000_000
"""Free space below which the doctor warns; a run stops by itself at 64 MB."""
SAMPLE = 100
"""Evidence files whose bytes are hashed by default; all of 100,000 would take minutes."""


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """One thing that was looked at; ``advice`` says what to do where it is not well."""

    name: str
    is_ok: bool
    text: str
    advice: str = ""


def examine_machine() -> list[Diagnosis]:
    """Return what there is to say about Python, the libraries and the optional parts."""
    found = sys.version_info[:2]
    python = (
        f"{platform.python_implementation()} {platform.python_version()} on {platform.system()} {platform.machine()}"
    )
    return [
        Diagnosis("python", found >= _MIN_PYTHON, python, "Install Python 3.11 or newer, and sousveil into it."),
        *_libraries(),
        _archives(),
        *_sandbox(),
    ]


def examine_dataset(
    paths: DatasetPaths,
    store: Store,
    words: Words,
    vault: Vault,
    *,
    versions: str,
    mappings: frozenset[str],
    terms: str = "",
    sample: int | None = SAMPLE,
) -> Iterator[Diagnosis]:
    """Yield what there is to say about a dataset, the cheap things first.

    Args:
        paths: where it lies.
        store: its rows.
        words: its index.
        vault: its bytes.
        versions: of the steps, today.
        mappings: digests of the mappings of columns, today.
        terms: digest of the user's own terms, today.
        sample: evidence files to hash; None for all.
    """
    yield _space(paths)
    yield _schema(store)
    yield _rows(store)
    note = index_note(store, words)
    yield Diagnosis(
        "index", not note, note or f"{words.count():,} notices, in step with the rows", "Run: sousveil rebuild"
    )
    yield _stale(store, versions, mappings, terms)
    yield _interrupted(store)
    yield _failures(store)
    yield _ledger(paths, store)
    yield _evidence(store, vault, sample)


def _libraries() -> Iterator[Diagnosis]:
    """Yield the libraries that this sousveil needs, and the optional ones, as the installed package names them."""
    try:
        wanted = requires("sousveil") or []
    except PackageNotFoundError:
        yield Diagnosis("libraries", is_ok=True, text="sousveil runs from its source folder: libraries are not checked")
        return
    here: list[str] = []
    for line in wanted:
        name = line.split(";")[0].split("[")[0].strip()
        plain = next((name[: name.index(mark)] for mark in "<>=!~ " if mark in name), name)
        extra = line.partition("extra ==")[2].strip(" \"')")
        try:
            here.append(f"{plain} {version(plain)}")
        except PackageNotFoundError:
            command = f"pip install 'sousveil[{extra}]'" if extra else f"pip install {plain}"
            yield Diagnosis(
                plain, bool(extra), f"not installed{' (optional: ' + extra + ')' if extra else ''}", command
            )
    yield Diagnosis("libraries", is_ok=True, text=", ".join(here))


def _archives() -> Diagnosis:
    """Say whether 7z and RAR can be opened: the one optional part that no package of Python brings."""
    text = "libarchive is here: 7z and RAR are opened"
    if find_libarchive() is None:
        text = "libarchive is missing: 7z and RAR are not opened (optional): apt install libarchive13"
    return Diagnosis("archives", is_ok=True, text=text)


def _sandbox() -> Iterator[Diagnosis]:
    """Start a worker as a run does, and say what it is shut into: the tier, then each layer."""
    with Pool("sousveil.run.worker:echo", jobs=1) as pool:
        pool.submit(Job(key=1, header={}, payload=b""))
        try:
            pool.take()
        except WorkerError as error:
            yield Diagnosis("sandbox", is_ok=False, text=str(error), advice="Install sousveil again.")
            return
        sandbox = pool.sandbox
    assert sandbox is not None
    advice = (
        "Read files you do not trust on Linux with a kernel of 2021 or later, outside containers that forbid seccomp"
        " and Landlock. To insist on it: --require-sandbox A"
    )
    yield Diagnosis("sandbox", sandbox.tier != "C", f"tier {sandbox.tier}: {TIERS[sandbox.tier]}", advice)
    for name, is_on, means in _layers(sandbox):
        why = next((reason for reason in sandbox.missing if reason.startswith(name)), "")
        yield Diagnosis(f"  {name}", is_ok=True, text=means if is_on else f"not in force ({why or 'not needed here'})")


def _layers(sandbox: Sandbox) -> Iterator[tuple[str, bool, str]]:
    """Yield each layer, whether it is in force, and what it does, in plain words."""
    calls = "a reader cannot make connections, start programs, touch other processes"
    yield "seccomp", sandbox.seccomp, f"{calls}{'' if sandbox.has_files else ', or open any file'}"
    yield "landlock", bool(sandbox.landlock), f"version {sandbox.landlock}: the kernel closes every file to a reader"
    yield "nobody", sandbox.dropped_root, "a reader started by root goes on as nobody"
    yield "limits", True, "memory, files, handles and dumps of a reader are limited; time is watched from outside"
    yield "end", sandbox.dies_with_parent, "the kernel ends the readers when the run ends, however it ends"


def _space(paths: DatasetPaths) -> Diagnosis:
    free = shutil.disk_usage(paths.root).free
    return Diagnosis(
        "free space", free > _MIN_FREE_BYTES, f"{free / 1e9:.1f} GB", "Free some space: a run stops below 64 MB."
    )


def _schema(store: Store) -> Diagnosis:
    rows = store.rows("SELECT value FROM meta WHERE key = 'schema'")
    found = rows[0]["value"] if rows else "none"
    return Diagnosis("schema", found == str(SCHEMA_VERSION), f"version {found}", "Run: sousveil rebuild")


def _rows(store: Store) -> Diagnosis:
    advice = "Move derived/ away and run: sousveil rebuild"
    try:
        answers = [row[0] for row in store.rows("PRAGMA quick_check(5)")]
        counts = store.counts()
    except sqlite3.DatabaseError as error:
        return Diagnosis("rows", is_ok=False, text=str(error), advice=advice)
    text = ", ".join(f"{count:,} {name}" for name, count in counts.items())
    return Diagnosis("rows", answers == ["ok"], text if answers == ["ok"] else "; ".join(answers), advice)


def _stale(store: Store, versions: str, mappings: frozenset[str], terms: str) -> Diagnosis:
    rows = store.rows("SELECT versions, status, count(*) AS number FROM files GROUP BY versions, status")
    count = 0
    for row in rows:
        recipe = from_text(row["versions"])
        has_other_terms = recipe.terms != terms and row["status"] != "failed"
        if recipe.versions != versions or recipe.mapping not in {"", *mappings} or has_other_terms:
            count += row["number"]
    text = (
        f"{count:,} files were read by other versions of the steps, or with other terms"
        if count
        else f"all files read by {versions}"
    )
    return Diagnosis("versions", not count, text, "Ingest the same paths again: only these files are read.")


def _interrupted(store: Store) -> Diagnosis:
    rows = store.rows("SELECT number, finished_at FROM runs ORDER BY number DESC LIMIT 1")
    if not rows:
        return Diagnosis("last run", is_ok=True, text="none yet")
    is_done = rows[0]["finished_at"] is not None
    text = f"run {rows[0]['number']} {'finished ' + rows[0]['finished_at'] if is_done else 'did not finish'}"
    return Diagnosis("last run", is_done, text, "Run the same ingest again: it goes on where it stopped.")


def _failures(store: Store) -> Diagnosis:
    count = store.rows("SELECT count(*) AS number FROM failures")[0]["number"]
    return Diagnosis(
        "files not read", is_ok=True, text=f"{count:,}" + (" (why: sousveil runs failures)" if count else "")
    )


def _ledger(paths: DatasetPaths, store: Store) -> Diagnosis:
    """Follow the chain of the whole ledger and compare its end with the rows."""
    advice = "Restore evidence/ledger.jsonl from a backup."
    if not paths.ledger.is_file():
        known = store.last_sighting()
        return Diagnosis(
            "ledger", not known, "empty" if not known else f"missing; the rows know {known:,} lines", advice
        )
    try:
        lines = sum(1 for _ in Ledger(paths.ledger).iter_entries())
    except EvidenceError as error:
        return Diagnosis("ledger", is_ok=False, text=str(error), advice=advice)
    known = store.last_sighting()
    if lines < known:
        return Diagnosis(
            "ledger",
            is_ok=False,
            text=f"{lines:,} lines, but the rows know {known:,}: its end is missing",
            advice=advice,
        )
    if lines > known:
        return Diagnosis(
            "ledger",
            is_ok=False,
            text=f"{lines:,} lines, the rows know {known:,}",
            advice="Run any ingest: it catches up.",
        )
    return Diagnosis("ledger", is_ok=True, text=f"{lines:,} lines, each chained to the one before")


def _evidence(store: Store, vault: Vault, sample: int | None) -> Diagnosis:
    """Look whether the bytes of every sighting are stored, and hash a sample of them."""
    rows = store.rows("SELECT DISTINCT CASE WHEN container <> '' THEN container ELSE file END AS file FROM sightings")
    files = [row["file"] for row in rows if row["file"]]
    missing = [file for file in files if not vault.has(file)]
    advice = "Restore evidence/files from a backup, or ingest the files again."
    if missing:
        return Diagnosis(
            "evidence",
            is_ok=False,
            text=f"{len(missing):,} of {len(files):,} files are missing, {missing[0][:12]}… first",
            advice=advice,
        )
    chosen = files if sample is None else random.sample(files, min(sample, len(files)))
    for file in chosen:
        try:
            vault.load(file)
        except EvidenceError as error:
            return Diagnosis("evidence", is_ok=False, text=str(error), advice=advice)
    return Diagnosis(
        "evidence",
        is_ok=True,
        text=f"all {len(files):,} files are there; {len(chosen):,} were hashed and are as recorded",
    )
