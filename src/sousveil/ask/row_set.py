"""Rows of one table for all notices that a question finds; read when they are asked for, batch after batch."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from sousveil.ask.face import Face
from sousveil.ask.frames import Frames, Kind
from sousveil.ask.gate import passes, warn_of
from sousveil.ask.tables import COLUMNS, COMPUTED, iter_units, kinds_of
from sousveil.ask.units import choose
from sousveil.data.own import OwnTerms
from sousveil.store.database import Store


class RowSet(Frames, Face):
    """Rows of ``findings``, ``notices``, ``procurements`` or ``institutions``: those that an export writes.

    Iterate over them, or take them with ``to_polars()``, ``to_pandas()``, ``to_arrow()``. Each reading has a
    connection of its own, so others may go on meanwhile, also in other threads.
    """

    __slots__ = ("_ids", "_own", "_store", "table")

    def __init__(self, store: Store, table: str, ids: Sequence[str] | None, own: OwnTerms) -> None:
        """Keep what is asked for.

        Args:
            store: the rows of the dataset.
            table: one of ``COLUMNS``.
            ids: of the notices; None for all.
            own: the user's terms.
        """
        self._store, self.table, self._ids, self._own = store, table, ids, own

    def columns(self) -> dict[str, Kind]:
        """Return the columns with their types: the same names as in CSV, JSONL and Parquet."""
        return kinds_of(self.table)

    def iter_rows(self, *, is_skipping: bool = False) -> Iterator[dict[str, Any]]:
        """Yield the rows, each as a dictionary of values that JSON has; see ``Frames.iter_rows``."""
        store = Store(self._store.path, read_only=True, judgements=self._store.judgements)
        try:
            with choose(store, self._ids) as chosen:
                for unit in iter_units(self.table, chosen, self._own):
                    if passes(unit, COMPUTED, chosen, is_skipping=is_skipping):
                        yield from (row for table, row in unit.records if table == self.table)
                left_out = len(chosen.left_out)
        finally:
            store.close()
        warn_of(left_out)

    def __iter__(self) -> Iterator[dict[str, Any]]:
        return self.iter_rows()

    def __len__(self) -> int:
        """Return how many rows there are, counted without reading them; what the gate stops is among them."""
        store = Store(self._store.path, read_only=True, judgements=self._store.judgements)
        try:
            with choose(store, self._ids) as chosen:
                if self.table != "findings":
                    return chosen.count({"procurements": "purchases"}.get(self.table, self.table))
                rows = store.rows(
                    "SELECT count(*) AS n FROM findings JOIN temp.exported_notices AS taken ON taken.id = notice"
                )
                return int(rows[0]["n"])
        finally:
            store.close()

    def in_words(self) -> str:
        """Return what it is, on one line."""
        return f"{len(self):,} {self.table}, {len(COLUMNS[self.table])} columns: to_polars(), to_pandas(), to_arrow()"
