"""Queries that every notice or every page asks are looked up, whatever SQLite believes of the sizes of tables."""

import pytest

from sousveil.store.database import Store


@pytest.fixture
def store(tmp_path):
    return Store(tmp_path / "store.db")


@pytest.mark.parametrize(
    ("query", "looked_up"),
    [
        ("SELECT value FROM findings WHERE notice = 'n' AND kind = 'capability'", "(kind=? AND notice=?)"),
        ("SELECT notice FROM findings WHERE kind = 'capability' AND value = 'v'", "(kind=? AND value=?)"),
        ("SELECT * FROM findings WHERE notice = 'n'", "(notice=?)"),
        (
            "SELECT notice, group_concat(DISTINCT value) FROM findings WHERE kind = 'capability' GROUP BY notice",
            "COVERING",
        ),
    ],
)
def test_findings_are_looked_up(store, query, looked_up):
    plan = "; ".join(row[3] for row in store.rows(f"EXPLAIN QUERY PLAN {query}"))
    assert looked_up in plan
    assert "SCAN" not in plan


@pytest.mark.parametrize(
    ("query", "index"),
    [
        ("SELECT DISTINCT source, file FROM sightings", "COVERING INDEX sightings_source"),
        ("SELECT publication_date FROM notices WHERE file = 'f'", "COVERING INDEX notices_dated"),
        ("SELECT id FROM institutions WHERE name = 'n'", "INDEX institutions_name"),
    ],
)
def test_sources_and_names_are_looked_up_without_their_rows(store, query, index):
    assert index in "; ".join(row[3] for row in store.rows(f"EXPLAIN QUERY PLAN {query}"))
