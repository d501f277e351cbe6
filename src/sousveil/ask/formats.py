"""Formats of exports: what each can hold, what its records are made of, who writes them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

from sousveil.ask import ftm, geojson, graph, ocds
from sousveil.ask.packages import GraphmlWriter, LinesWriter, ListWriter
from sousveil.ask.parquet import ParquetWriter
from sousveil.ask.purchase_rows import iter_institutions, iter_purchases, iter_sources
from sousveil.ask.rows import iter_notices
from sousveil.ask.tables import COMPUTED, iter_units
from sousveil.ask.units import Chosen, Row, Unit
from sousveil.ask.writers import CsvWriter, JsonlWriter, Writer, XlsxWriter
from sousveil.data.own import OwnTerms

ROWS = ("findings", "notices", "procurements", "institutions")
"""What one row or record can be."""

Opened = tuple[Writer, Iterator[Unit]]


@dataclass(frozen=True, slots=True)
class Shape:
    """A format with one kind of rows.

    Attributes:
        main: the table or kind of record that is counted.
        open: makes the writer of a file, and what is to be written.
        computed: columns or members that hold no words of a document: the gate passes them by.
    """

    main: str
    open: Callable[[Path, Chosen, OwnTerms], Opened]
    computed: frozenset[str]


def _tables(writer: Callable[[Path, str], Writer]) -> dict[str, Shape]:
    """Return a format that holds one table."""

    def shape(rows: str) -> Shape:
        return Shape(rows, lambda path, chosen, own: (writer(path, rows), iter_units(rows, chosen, own)), COMPUTED)

    return {rows: shape(rows) for rows in ROWS}


def _workbook(path: Path, chosen: Chosen, own: OwnTerms) -> Opened:
    units = chain(iter_notices(chosen, own), iter_purchases(chosen), iter_institutions(chosen), iter_sources(chosen))
    return XlsxWriter(path, ""), units


def _releases(path: Path, chosen: Chosen, own: OwnTerms) -> Opened:  # noqa: ARG001 (a shape)
    tail = ocds.package_tail()
    return ListWriter(path, ocds.package_head("releases"), "releases", tail), ocds.iter_releases(chosen, tail)


def _records(path: Path, chosen: Chosen, own: OwnTerms) -> Opened:  # noqa: ARG001 (a shape)
    tail = ocds.package_tail()
    return ListWriter(path, ocds.package_head("records"), "records", tail), ocds.iter_records(chosen, tail)


def _features(path: Path, chosen: Chosen, own: OwnTerms) -> Opened:  # noqa: ARG001 (a shape)
    tail: Row = {}
    writer = ListWriter(path, {"type": "FeatureCollection"}, "features", tail, method_member="method")
    return writer, geojson.iter_features(chosen, tail)


def _entities(path: Path, chosen: Chosen, own: OwnTerms) -> Opened:  # noqa: ARG001 (a shape)
    return LinesWriter(path), ftm.iter_entities(chosen)


def _graph(path: Path, chosen: Chosen, own: OwnTerms) -> Opened:  # noqa: ARG001 (a shape)
    return GraphmlWriter(path, graph.KEYS), graph.iter_graph(chosen)


_BOOK = Shape("findings", _workbook, COMPUTED)
FORMATS: dict[str, dict[str, Shape]] = {
    "csv": _tables(CsvWriter),
    "xlsx": dict.fromkeys(ROWS, _BOOK),
    "jsonl": _tables(JsonlWriter),
    "parquet": _tables(ParquetWriter),
    "ocds": {
        "notices": Shape("releases", _releases, ocds.COMPUTED),
        "procurements": Shape("records", _records, ocds.COMPUTED),
    },
    "ftm": {"institutions": Shape("entities", _entities, ftm.COMPUTED)},
    "geojson": {"procurements": Shape("features", _features, geojson.COMPUTED)},
    "graphml": {"institutions": Shape("nodes and edges", _graph, graph.COMPUTED)},
}
"""Formats, and what their rows can be; the first is the default."""

ENDINGS = {"ocds": "json", "ftm": "ftm.jsonl"}
"""Endings of files whose format has another name."""

READ_AS = {"ocds": "json", "ftm": "jsonl", "graphml": "xml"}
"""How the gate reads the files of formats it knows by another name."""
