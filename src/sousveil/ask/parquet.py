"""Parquet: a table with types, for notebooks; needs the extra ``parquet``."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import Any

import msgspec

from sousveil.ask.units import Row
from sousveil.ask.writers import COLUMNS, Method, flat
from sousveil.exceptions import UsageError

_WHOLE = frozenset(
    {"page", "start", "end", "first_page", "last_page", "findings", "attempts", "lots", "bought", "sold"}
)
_REAL = frozenset({"score", "budget", "award_amount", "amount"})
_LISTS = frozenset(
    {
        "suppliers", "capabilities", "supplier_institutions", "missing", "flags", "notices", "identifiers", "aliases",
        "spent", "earned", "reasons",
    }
)  # fmt: skip
_GROUP = 10_000
"""Rows of one row group: a few megabytes, what readers load at once."""


class ParquetWriter:
    """One table. Rows wait in a file without name until the end: the library asks for them, it is not handed them."""

    def __init__(self, path: Path, rows: str) -> None:
        try:
            from arro3 import core, io  # noqa: PLC0415 (an extra)
        except ImportError as error:
            raise UsageError("Parquet needs a library: pip install 'sousveil[parquet]'") from error
        self._core: Any = core
        self._io: Any = io
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
        types = {name: self._type(name) for name in COLUMNS[self._table]}
        schema = self._core.Schema([self._core.Field(name, kind, nullable=True) for name, kind in types.items()])
        self._waiting.seek(0)
        reader = self._core.RecordBatchReader.from_batches(schema, self._batches(schema, types))
        self._io.write_parquet(reader, self._path, compression="zstd(3)", key_value_metadata=dict(method))
        self._waiting.close()
        return ()

    def _type(self, column: str) -> Any:  # noqa: ANN401 (of a library without types)
        kind = self._core.DataType
        if column in _WHOLE:
            return kind.int64()
        if column in _REAL:
            return kind.float64()
        return (
            kind.list(self._core.Field("item", kind.string(), nullable=True))
            if self._is_list(column)
            else kind.string()
        )

    def _is_list(self, column: str) -> bool:
        return column in _LISTS and not (self._table == "institutions" and column == "suppliers")

    def _batches(self, schema: Any, types: dict[str, Any]) -> Iterator[Any]:  # noqa: ANN401
        lines = iter(self._waiting)
        while some := [msgspec.json.decode(line) for line in islice(lines, _GROUP)]:
            arrays = [self._array([row[name] for row in some], name, kind) for name, kind in types.items()]
            yield self._core.RecordBatch.from_arrays(arrays, schema=schema)

    def _array(self, values: list[Any], name: str, kind: Any) -> Any:  # noqa: ANN401
        if name in _WHOLE or name in _REAL:
            return self._core.Array(values, type=kind)
        if not self._is_list(name):
            texts = [None if value is None else str(flat(value)) for value in values]
            return self._core.Array(texts, type=kind)
        offsets, inner = [0], []
        for value in values:
            inner += value
            offsets.append(len(inner))
        core = self._core
        return core.list_array(
            core.Array(offsets, type=core.DataType.int32()), core.Array(inner, type=core.DataType.string()), type=kind
        )
