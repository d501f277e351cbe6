"""The tables, and the settings that make SQLite keep its word."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from sousveil.exceptions import DatasetError

VERSION = 5
"""Raised when a table changes; derived rows of another version are made again by ``sousveil rebuild``."""

SETTINGS = ("PRAGMA journal_mode=WAL", "PRAGMA synchronous=FULL")
"""Of 2,000 simulated power cuts none lost an acknowledged row; with NORMAL most do (``bench/chaos.md``)."""

TABLES = """
CREATE TABLE IF NOT EXISTS meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;

CREATE TABLE IF NOT EXISTS sightings (
    number INTEGER PRIMARY KEY,          -- line of the ledger
    source TEXT NOT NULL, address TEXT NOT NULL, file TEXT NOT NULL, size INTEGER NOT NULL, seen_at TEXT NOT NULL,
    container TEXT NOT NULL, member TEXT NOT NULL, status INTEGER
);
CREATE INDEX IF NOT EXISTS sightings_address ON sightings (address);
CREATE INDEX IF NOT EXISTS sightings_file ON sightings (file);
CREATE INDEX IF NOT EXISTS sightings_source ON sightings (source, file);
CREATE INDEX IF NOT EXISTS sightings_container ON sightings (container) WHERE container <> '';

CREATE TABLE IF NOT EXISTS places (      -- what a path held when last looked at: lets a run pass by unchanged files
    address TEXT PRIMARY KEY, file TEXT NOT NULL, size INTEGER NOT NULL, modified_ns INTEGER NOT NULL
) WITHOUT ROWID;

CREATE TABLE IF NOT EXISTS files (
    file TEXT PRIMARY KEY, document TEXT NOT NULL, size INTEGER NOT NULL, kind TEXT NOT NULL, media_type TEXT NOT NULL,
    status TEXT NOT NULL CHECK (status IN ('read', 'partly', 'failed')),
    language TEXT NOT NULL, versions TEXT NOT NULL, members INTEGER NOT NULL, run INTEGER NOT NULL
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS files_document ON files (document);

CREATE TABLE IF NOT EXISTS failures (    -- one per address that could not be read, or not wholly
    address TEXT PRIMARY KEY, file TEXT NOT NULL, stage TEXT NOT NULL, reason TEXT NOT NULL, advice TEXT NOT NULL,
    kind TEXT NOT NULL, tries INTEGER NOT NULL, run INTEGER NOT NULL
) WITHOUT ROWID;

CREATE TABLE IF NOT EXISTS documents (file TEXT PRIMARY KEY, body BLOB NOT NULL);
CREATE TABLE IF NOT EXISTS pages (
    file TEXT NOT NULL, number INTEGER NOT NULL, label TEXT NOT NULL, text TEXT NOT NULL, masks BLOB NOT NULL,
    boxes BLOB,                          -- where words stand on the picture, for pages that were recognised
    PRIMARY KEY (file, number)
);

CREATE TABLE IF NOT EXISTS notices (
    number INTEGER PRIMARY KEY AUTOINCREMENT, -- never given twice; the search index knows notices by it, too
    id TEXT NOT NULL UNIQUE, file TEXT NOT NULL, first_page INTEGER NOT NULL, last_page INTEGER NOT NULL,
    language TEXT NOT NULL, notice_type TEXT, project_number TEXT, title TEXT, buyer TEXT, agency TEXT,
    budget REAL, award_amount REAL, currency TEXT, publication_date TEXT, country TEXT, province TEXT, city TEXT,
    fingerprint BLOB NOT NULL,           -- of its masked text: finds copies
    body BLOB NOT NULL
);
CREATE INDEX IF NOT EXISTS notices_dated ON notices (file, publication_date); -- all that a count by source needs

CREATE TABLE IF NOT EXISTS pending (     -- files whose notices the committed search index does not have yet
    file TEXT PRIMARY KEY
) WITHOUT ROWID;

CREATE TABLE IF NOT EXISTS suppliers (
    notice TEXT NOT NULL, place INTEGER NOT NULL, name TEXT NOT NULL, PRIMARY KEY (notice, place)
) WITHOUT ROWID;

CREATE TABLE IF NOT EXISTS findings (
    id TEXT PRIMARY KEY, notice TEXT NOT NULL, file TEXT NOT NULL, kind TEXT NOT NULL, value TEXT NOT NULL,
    page INTEGER NOT NULL, start INTEGER NOT NULL, "end" INTEGER NOT NULL, quote TEXT NOT NULL,
    rule TEXT NOT NULL, score REAL NOT NULL, section TEXT NOT NULL, body BLOB NOT NULL
);
CREATE INDEX IF NOT EXISTS findings_notice ON findings (notice);
CREATE INDEX IF NOT EXISTS findings_file ON findings (file);
CREATE INDEX IF NOT EXISTS findings_value ON findings (kind, value, notice); -- both hold all that a count needs, and
CREATE INDEX IF NOT EXISTS findings_by_notice ON findings (kind, notice, value); -- with one alone the other way is slow

CREATE TABLE IF NOT EXISTS runs (
    number INTEGER PRIMARY KEY, started_at TEXT NOT NULL, finished_at TEXT, paths TEXT NOT NULL, versions TEXT NOT NULL,
    seen INTEGER NOT NULL DEFAULT 0, read INTEGER NOT NULL DEFAULT 0, partly INTEGER NOT NULL DEFAULT 0,
    failed INTEGER NOT NULL DEFAULT 0, duplicate INTEGER NOT NULL DEFAULT 0, unchanged INTEGER NOT NULL DEFAULT 0,
    notices INTEGER NOT NULL DEFAULT 0, findings INTEGER NOT NULL DEFAULT 0, recognised INTEGER NOT NULL DEFAULT 0,
    seconds REAL NOT NULL DEFAULT 0
);
"""


PURCHASES = """
CREATE TABLE IF NOT EXISTS unresolved (  -- notices that are new, changed or gone since purchases were put together
    notice TEXT PRIMARY KEY
) WITHOUT ROWID;

CREATE TABLE IF NOT EXISTS spellings (   -- a name as it is resolved: with the place of the notice, where that matters
    id INTEGER PRIMARY KEY, name TEXT NOT NULL, country TEXT NOT NULL, province TEXT NOT NULL, city TEXT NOT NULL,
    identifier TEXT NOT NULL, is_buyer INTEGER NOT NULL, UNIQUE (name, country, province, city, identifier, is_buyer)
);
CREATE TABLE IF NOT EXISTS mentions (    -- a body in a notice
    notice TEXT NOT NULL, number INTEGER NOT NULL, role TEXT NOT NULL, spelling INTEGER NOT NULL,
    PRIMARY KEY (notice, number)
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS mentions_spelling ON mentions (spelling, role);
CREATE TABLE IF NOT EXISTS named (       -- whom a spelling names: several for a consortium, nobody for a person
    spelling INTEGER NOT NULL, institution TEXT NOT NULL, PRIMARY KEY (spelling, institution)
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS named_institution ON named (institution);

CREATE TABLE IF NOT EXISTS institutions (
    id TEXT PRIMARY KEY, name TEXT NOT NULL, kind TEXT NOT NULL, level TEXT NOT NULL, country TEXT NOT NULL,
    place TEXT NOT NULL, parent TEXT NOT NULL, body BLOB NOT NULL
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS institutions_parent ON institutions (parent) WHERE parent <> '';
CREATE INDEX IF NOT EXISTS institutions_place ON institutions (place);
CREATE INDEX IF NOT EXISTS institutions_name ON institutions (name);
CREATE INDEX IF NOT EXISTS institutions_kind ON institutions (kind, level);
CREATE INDEX IF NOT EXISTS institutions_level ON institutions (level);
CREATE TABLE IF NOT EXISTS former_ids (  -- ids that an institution or a purchase had before: old links go on working
    id TEXT PRIMARY KEY, current TEXT NOT NULL
) WITHOUT ROWID;

CREATE TABLE IF NOT EXISTS summaries (   -- what stitching needs of a notice
    notice TEXT PRIMARY KEY, number INTEGER NOT NULL, procurement TEXT, place TEXT NOT NULL, body BLOB NOT NULL
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS summaries_procurement ON summaries (procurement, number);
CREATE INDEX IF NOT EXISTS summaries_place ON summaries (place);
CREATE TABLE IF NOT EXISTS stitch_keys ( -- notices that share a key are compared; keys are hashed
    key INTEGER NOT NULL, notice TEXT NOT NULL, PRIMARY KEY (key, notice)
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS stitch_keys_notice ON stitch_keys (notice);

CREATE TABLE IF NOT EXISTS procurements (
    id TEXT PRIMARY KEY, title TEXT NOT NULL, buyer TEXT NOT NULL, status TEXT NOT NULL, first_date TEXT NOT NULL,
    last_date TEXT NOT NULL, country TEXT NOT NULL, place TEXT NOT NULL, notices INTEGER NOT NULL, amount REAL,
    currency TEXT, amount_rule TEXT NOT NULL, is_checked INTEGER NOT NULL DEFAULT 0, body BLOB NOT NULL
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS procurements_unchecked ON procurements (id) WHERE is_checked = 0;
CREATE INDEX IF NOT EXISTS procurements_buyer ON procurements (buyer);
CREATE INDEX IF NOT EXISTS procurements_place ON procurements (place);
CREATE INDEX IF NOT EXISTS procurements_first_date ON procurements (first_date);
CREATE TABLE IF NOT EXISTS procurement_suppliers (
    procurement TEXT NOT NULL, institution TEXT NOT NULL, PRIMARY KEY (procurement, institution)
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS procurement_suppliers_institution ON procurement_suppliers (institution);
CREATE TABLE IF NOT EXISTS procurement_capabilities (
    procurement TEXT NOT NULL, capability TEXT NOT NULL, PRIMARY KEY (procurement, capability)
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS procurement_capabilities_capability ON procurement_capabilities (capability);

CREATE TABLE IF NOT EXISTS market (      -- a purchase as it is compared with others
    procurement TEXT PRIMARY KEY, body BLOB NOT NULL
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS flags (       -- those that are raised
    procurement TEXT NOT NULL, rule TEXT NOT NULL, body BLOB NOT NULL, PRIMARY KEY (procurement, rule)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS checks (      -- what an indicator found nothing in, or could not tell: clear, insufficient
    procurement TEXT NOT NULL, is_compared INTEGER NOT NULL, body BLOB NOT NULL, PRIMARY KEY (procurement, is_compared)
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS flags_rule ON flags (rule);

CREATE TABLE IF NOT EXISTS stated (      -- what notices say of systems and flows of data
    finding TEXT PRIMARY KEY, notice TEXT NOT NULL, body BLOB NOT NULL
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS stated_notice ON stated (notice);
CREATE TABLE IF NOT EXISTS systems (
    id TEXT PRIMARY KEY, title TEXT NOT NULL, programme TEXT NOT NULL, place TEXT NOT NULL, owner TEXT NOT NULL,
    body BLOB NOT NULL
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS system_findings (
    system TEXT NOT NULL, finding TEXT NOT NULL, PRIMARY KEY (system, finding)
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS system_findings_finding ON system_findings (finding);
CREATE TABLE IF NOT EXISTS bodies (      -- ends of flows that are known by kind and place only
    id TEXT PRIMARY KEY, body BLOB NOT NULL
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS flows (
    number INTEGER PRIMARY KEY, source TEXT NOT NULL, target TEXT NOT NULL, body BLOB NOT NULL
);
CREATE INDEX IF NOT EXISTS flows_source ON flows (source);
CREATE INDEX IF NOT EXISTS flows_target ON flows (target);
"""
"""What is put together from all notices; made again as a whole or for what changed (``ingest/purchases.py``)."""


def is_outdated(path: Path) -> bool:
    """Return whether the file was made with other tables than ours; False where there is none."""
    if not path.is_file() or not path.stat().st_size:
        return False
    with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as connection:
        try:
            row = connection.execute("SELECT value FROM meta WHERE key = 'schema'").fetchone()
        except sqlite3.OperationalError:
            return False  # made a moment ago, its tables not yet
    return row is not None and row[0] != str(VERSION)


def connect(path: Path, *, read_only: bool = False) -> sqlite3.Connection:
    """Return a connection with the settings of the house; the tables exist afterwards.

    Raises:
        DatasetError: the file was made by a version of sousveil with other tables.
    """
    if is_outdated(path):
        raise DatasetError(f"{path} was made by another version of sousveil. Make it again: sousveil rebuild")
    if read_only:
        connection = sqlite3.connect(
            f"file:{path}?mode=ro", uri=True, timeout=30, isolation_level=None, check_same_thread=False
        )
    else:
        path.parent.mkdir(parents=True, exist_ok=True)
        connection = sqlite3.connect(path, timeout=30, isolation_level=None, check_same_thread=False)
        for statement in SETTINGS:
            connection.execute(statement)
        connection.executescript(TABLES + PURCHASES)
        if connection.execute("SELECT 1 FROM meta WHERE key = 'schema'").fetchone() is None:  # who reads never waits
            connection.execute("INSERT OR IGNORE INTO meta VALUES ('schema', ?)", (str(VERSION),))
    connection.execute("PRAGMA cache_size=-65536")
    connection.row_factory = sqlite3.Row
    return connection
