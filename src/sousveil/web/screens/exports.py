"""Documents ``/api/v1/export``: what ``sousveil export`` writes for a question, as a file to keep."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

from sousveil.ask.formats import ENDINGS, FORMATS
from sousveil.dataset import Dataset
from sousveil.exceptions import UsageError
from sousveil.web.asked import Asked, Written
from sousveil.web.screens.search import filters_of

MEDIA_TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "jsonl": "application/x-ndjson",
    "parquet": "application/vnd.apache.parquet",
    "ocds": "application/json",
    "ftm": "application/x-ndjson",
    "geojson": "application/geo+json",
    "graphml": "application/graphml+xml",
}


def export(asked: Asked) -> Written:
    """Answer with the file of an export: all matches, checked by the gate, whole or not at all.

    Raises:
        UsageError: there is no such format, or the query or a filter cannot be understood.
    """
    file_format = asked.text("format", "csv")
    if file_format not in FORMATS:
        raise UsageError(f"There is no format {file_format[:20]!r}. Known are: {', '.join(FORMATS)}.")
    rows = asked.text("rows") or None
    query, filters, raw = asked.text("q"), filters_of(asked), asked.text("raw") == "1"
    is_skipping = asked.text("skip_leaks") == "1"

    def write(reading: Dataset, target: Path) -> tuple[str, str, Mapping[str, str]]:
        report = reading.export(
            target, query, filters, raw=raw, file_format=file_format, rows=rows, is_skipping=is_skipping
        )
        name = f"{rows or next(iter(FORMATS[file_format]))}-{datetime.now(UTC):%Y%m%d-%H%M%S}"
        counts = {
            "x-sousveil-notices": str(report.notices),
            "x-sousveil-rows": str(report.rows),
            "x-sousveil-left-out": str(report.left_out),
        }
        return f"{name}.{ENDINGS.get(file_format, file_format)}", MEDIA_TYPES[file_format], counts

    return Written(write)
