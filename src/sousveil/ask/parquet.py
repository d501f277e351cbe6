"""Parquet: a table with types, for notebooks; needs the extra ``parquet``."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import msgspec

from sousveil.ask.frames import iter_batches, library, schema_of
from sousveil.ask.tables import kinds_of
from sousveil.ask.units import Row
from sousveil.ask.writers import Method


class ParquetWriter:
    """One table. Rows wait in a file without name until the end: the library asks for them, it is not handed them."""

    def __init__(self, path: Path, rows: str) -> None:
        self._core, self._io = library("arro3.core", "parquet"), library("arro3.io", "parquet")
        self._path = path
        self._table = rows
        self._waiting = tempfile.TemporaryFile(dir=path.parent)  # noqa: SIM115 (closed with the writer)
        self._encoder = msgspec.json.Encoder()

    def add(self, table: str, row: Row) -> None:
        """Keep a row of the table; rows of others are passed by."""
        if table == self._table:
            self._waiting.write(self._encoder.encode(row) + b"\n")

    def close(self, method: Method) -> Sequence[str]:
        """Write the file; how the rows were made stands in its metadata."""
        kinds = kinds_of(self._table)
        self._waiting.seek(0)
        reader = self._core.RecordBatchReader.from_batches(schema_of(kinds), iter_batches(self._rows(), kinds))
        self._io.write_parquet(reader, self._path, compression="zstd(3)", key_value_metadata=dict(method))
        self._waiting.close()
        return ()

    def _rows(self) -> Iterator[dict[str, Any]]:
        return (msgspec.json.decode(line) for line in self._waiting)
