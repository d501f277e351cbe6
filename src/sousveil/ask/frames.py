"""Frames: tables for Arrow, polars and pandas; each library is loaded when it is asked for.

A row is what a line of a JSONL export is: values that JSON has. Here they become what the libraries have: numbers,
days, moments, lists; null where nothing is stated.
"""

from __future__ import annotations

import importlib
from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime
from itertools import islice
from typing import TYPE_CHECKING, Any, Literal

from sousveil.exceptions import UsageError

if TYPE_CHECKING:
    import pandas as pd
    import polars as pl
    from arro3.core import Table

Kind = Literal["text", "whole", "real", "day", "moment", "list"]
"""Type of a column; a ``list`` is one of texts, a ``moment`` is in UTC."""

GROUP = 10_000
"""Rows of one batch: a few megabytes, what readers load at once."""

_EPOCH = date(1970, 1, 1).toordinal()
_PANDAS = {
    "text": "str",
    "whole": "Int64",
    "real": "float64",
    "day": "datetime64[s]",
    "moment": "datetime64[us, UTC]",
    "list": "object",
}


class Frames(ABC):
    """What can be taken into Arrow, polars and pandas.

    Anything that reads the Arrow C stream takes it as it is, batch after batch: ``polars.DataFrame(x)``,
    ``pyarrow.table(x)``, ``duckdb.sql("FROM x")``.
    """

    __slots__ = ()

    @abstractmethod
    def columns(self) -> dict[str, Kind]:
        """Return the columns with their types, in order."""

    @abstractmethod
    def iter_rows(self, *, is_skipping: bool = False) -> Iterator[dict[str, Any]]:
        """Yield the rows, each as a dictionary of values that JSON has.

        Args:
            is_skipping: leave out what the gate stops, with a warning that says how much, instead of refusing all.

        Raises:
            LeakError: a value would tell of a natural person.
        """

    def to_arrow(self, *, is_skipping: bool = False) -> Table:
        """Return all rows as an Arrow table.

        Raises:
            UsageError: the library is not installed.
            LeakError: a value would tell of a natural person.
        """
        core = library("arro3.core", "parquet")
        kinds = self.columns()
        batches = list(iter_batches(self.iter_rows(is_skipping=is_skipping), kinds))
        table: Table = core.Table.from_batches(batches, schema=schema_of(kinds))
        return table

    def to_polars(self, *, is_skipping: bool = False) -> pl.DataFrame:
        """Return all rows as a polars data frame.

        Raises:
            UsageError: the library is not installed.
            LeakError: a value would tell of a natural person.
        """
        polars = library("polars", "polars")
        return polars.DataFrame(self.to_arrow(is_skipping=is_skipping))

    def to_pandas(self, *, is_skipping: bool = False) -> pd.DataFrame:
        """Return all rows as a pandas data frame.

        Raises:
            UsageError: the library is not installed.
            LeakError: a value would tell of a natural person.
        """
        pandas = library("pandas", "pandas")
        kinds = self.columns()
        held: dict[str, list[object]] = {name: [] for name in kinds}
        for row in self.iter_rows(is_skipping=is_skipping):
            for name, kind in kinds.items():
                held[name].append(_plain(row[name], kind))
        return pandas.DataFrame(
            {name: pandas.Series(values, dtype=_PANDAS[kinds[name]]) for name, values in held.items()}
        )

    def __arrow_c_stream__(self, requested_schema: object | None = None) -> object:
        """Return the rows as a stream of Arrow batches, each made when it is asked for."""
        core = library("arro3.core", "parquet")
        kinds = self.columns()
        reader = core.RecordBatchReader.from_batches(schema_of(kinds), iter_batches(self.iter_rows(), kinds))
        return reader.__arrow_c_stream__(requested_schema)


def library(name: str, extra: str) -> Any:  # noqa: ANN401 (a module without types)
    """Return a library that comes with an extra.

    Raises:
        UsageError: it is not installed; the message says how to get it.
    """
    try:
        return importlib.import_module(name)
    except ImportError as error:
        raise UsageError(f"This needs {name.partition('.')[0]}: pip install 'sousveil[{extra}]'") from error


def schema_of(kinds: Mapping[str, Kind]) -> Any:  # noqa: ANN401 (of a library without types)
    """Return the Arrow schema of columns; every column may be null."""
    core = library("arro3.core", "parquet")
    return core.Schema([core.Field(name, _type_of(core, kind), nullable=True) for name, kind in kinds.items()])


def iter_batches(rows: Iterable[Mapping[str, Any]], kinds: Mapping[str, Kind]) -> Iterator[Any]:
    """Yield rows as Arrow batches."""
    core = library("arro3.core", "parquet")
    schema = schema_of(kinds)
    waiting = iter(rows)
    while some := list(islice(waiting, GROUP)):
        arrays = [_array(core, [row[name] for row in some], kind) for name, kind in kinds.items()]
        yield core.RecordBatch.from_arrays(arrays, schema=schema)


def _type_of(core: Any, kind: Kind) -> Any:  # noqa: ANN401
    types = core.DataType
    if kind == "list":
        return types.list(core.Field("item", types.string(), nullable=True))
    if kind == "moment":
        return types.timestamp("us", tz="UTC")
    return {"whole": types.int64, "real": types.float64, "day": types.date32, "text": types.string}[kind]()


def _array(core: Any, values: Sequence[object], kind: Kind) -> Any:  # noqa: ANN401
    types, wanted = core.DataType, _type_of(core, kind)
    plain = [_plain(value, kind) for value in values]
    if kind == "day":
        days = [one.toordinal() - _EPOCH if isinstance(one, date) else None for one in plain]
        return core.Array(days, type=types.int32()).cast(wanted)
    if kind == "moment":
        moments = [_microseconds(one) if isinstance(one, datetime) else None for one in plain]
        return core.Array(moments, type=types.int64()).cast(wanted)
    if kind != "list":
        return core.Array(plain, type=wanted)
    offsets, inner = [0], []
    for one in plain:
        inner += one if isinstance(one, list) else []
        offsets.append(len(inner))
    return core.list_array(core.Array(offsets, type=types.int32()), core.Array(inner, type=types.string()), type=wanted)


def _plain(value: object, kind: Kind) -> object:
    """Return a value of a row as the libraries take it; what is no day or moment is none."""
    if value is None:
        return [] if kind == "list" else None
    if kind == "day":
        return as_day(str(value))
    if kind == "moment":
        return _as_moment(str(value))
    if kind == "list":
        return [str(one) for one in value] if isinstance(value, list) else [str(value)]
    return flat(value) if kind == "text" else value


def flat(value: object) -> str:
    """Return a value as one text: details as ``name=value``, lists joined by ``; ``.

    >>> flat({"number": 3, "unit": None}), flat(["a", "b"]), flat("c")
    ('number=3', 'a; b', 'c')
    """
    if isinstance(value, dict):
        return "; ".join(f"{name}={one}" for name, one in value.items() if one is not None)
    return "; ".join(map(str, value)) if isinstance(value, list) else str(value)


def as_day(words: str) -> date | None:
    """Return a date of which the day is known; None for a month or a year.

    >>> as_day("2019-05-06"), as_day("2018-11"), as_day("2018")
    (datetime.date(2019, 5, 6), None, None)
    """
    try:
        return date.fromisoformat(words) if len(words) == len("2019-05-06") else None
    except ValueError:
        return None


def _as_moment(words: str) -> datetime | None:
    try:
        moment = datetime.fromisoformat(words)
    except ValueError:
        return None
    return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(UTC)


def _microseconds(moment: datetime) -> int:
    passed = moment - datetime(1970, 1, 1, tzinfo=UTC)
    return (passed.days * 86_400 + passed.seconds) * 1_000_000 + passed.microseconds
