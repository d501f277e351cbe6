"""Rows: what was derived from each file, and the runs that did it.

In: outcomes of files. Out: documents, notices, findings, counts. Refused: a second writer. Kept where:
``derived/store.db`` (SQLite, write-ahead log, synchronous FULL: what was committed survives a power cut).

>>> import tempfile, pathlib
>>> from sousveil.store.database import Store
>>> store = Store(pathlib.Path(tempfile.mkdtemp()) / "store.db")
>>> store.counts()["notices"]
0
"""
