"""Provenance: the lines under a figure that say where its numbers are from, and of which day."""

from __future__ import annotations

from sousveil.settings import VERSION
from sousveil.store.database import Store

_MOST_SOURCES = 6


def provenance(store: Store, title: str) -> tuple[str, str]:
    """Return where the numbers of a dataset are from, and of which day; ``title`` is that of the dataset."""
    sources = [row["source"] for row in store.rows("SELECT DISTINCT source FROM sightings ORDER BY 1")]
    shown = ", ".join(sources[:_MOST_SOURCES]) + (f" +{len(sources) - _MOST_SOURCES}" * (len(sources) > _MOST_SOURCES))
    day = store.rows("SELECT max(finished_at) AS day FROM runs")[0]["day"]
    return (
        f"Source: official procurement notices in the dataset {title!r} ({shown}); persons are masked.",
        f"Data of {str(day)[:10] if day else 'no finished run'}. Drawn by sousveil {VERSION}.",
    )
