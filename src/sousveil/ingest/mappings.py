"""Mappings of columns: which one a file of a source is read with, and whether it was.

A mapping that was edited makes stale exactly the files of its source that may hold a dump, not its pages and documents.
"""

from __future__ import annotations

from sousveil.exceptions import UsageError
from sousveil.parse.bundle import CONTAINERS
from sousveil.paths import DatasetPaths
from sousveil.source.mapping import UNKNOWN, Source, load_source, load_sources

_MAY_HOLD_DUMPS = frozenset({"csv", "table-json", "json", "xlsx", "xls", "ods", "text", "", *CONTAINERS})
"""Kinds that a mapping may change. Empty: a worker that did not come back. Text: a table that was not seen as one."""


class Mappings:
    """The sources of a dataset, each as its file describes it now."""

    def __init__(self, paths: DatasetPaths) -> None:
        self._paths = paths
        self._sources: dict[str, Source] = {}
        found = (source.digest for source in load_sources(paths.sources).values())
        self.known = frozenset(digest for digest in found if digest)
        """Digests of all mappings."""

    def source(self, name: str) -> Source:
        """Return a source as its file describes it.

        Raises:
            UsageError: the file says something that cannot be understood.
        """
        if name not in self._sources:
            self._sources[name] = _load(self._paths, name)
        return self._sources[name]

    def digest(self, name: str, kind: str) -> str:
        """Return the digest of the mapping with which a file of this kind is read in this source; empty for none."""
        return self.source(name).digest if kind in _MAY_HOLD_DUMPS else ""

    def is_current(self, digest: str, name: str, kind: str) -> bool:
        """Return whether a file that was read with one mapping would be read alike in this source now.

        A source without a mapping leaves alone what another source's mapping reads better.
        """
        if self.source(name).digest:
            return digest == self.digest(name, kind)
        return not digest or digest in self.known


def _load(paths: DatasetPaths, name: str) -> Source:
    try:
        path = paths.source(name)
    except UsageError:
        return UNKNOWN  # any word may name a source; only a name fit for a folder can be described
    return load_source(path)
