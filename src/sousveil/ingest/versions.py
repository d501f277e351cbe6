"""Versions of files: by which steps, and with which mapping of columns, their rows were made.

The version text of a file that may hold a dump ends in the digest of the mapping it was read with. A mapping that was
edited makes exactly these files stale, not the pages and documents of the same source.
"""

from __future__ import annotations

from sousveil.exceptions import UsageError
from sousveil.parse.bundle import CONTAINERS
from sousveil.paths import DatasetPaths
from sousveil.pipeline import VERSIONS
from sousveil.source.mapping import MARK, UNKNOWN, Source, load_source, load_sources

_MAY_HOLD_DUMPS = frozenset({"csv", "table-json", "json", "xlsx", "xls", "ods", "text", "", *CONTAINERS})
"""Kinds that a mapping may change. Empty: a worker that did not come back. Text: a table that was not seen as one."""


class Versions:
    """Which version texts are up to date, for files met in one source of a dataset."""

    def __init__(self, paths: DatasetPaths) -> None:
        self._paths = paths
        self._sources: dict[str, Source] = {}
        self._known = {digest for source in load_sources(paths.sources).values() if (digest := source.digest)}

    def source(self, name: str) -> Source:
        """Return a source as its file describes it.

        Raises:
            UsageError: the file says something that cannot be understood.
        """
        if name not in self._sources:
            self._sources[name] = _load(self._paths, name)
        return self._sources[name]

    def of(self, name: str, kind: str) -> str:
        """Return the version text of a file of this kind that is read in this source now."""
        digest = self.source(name).digest
        return f"{VERSIONS}{MARK}{digest}" if digest and kind in _MAY_HOLD_DUMPS else VERSIONS

    def are_current(self, versions: str, name: str, kind: str) -> bool:
        """Return whether a file that was read by ``versions`` would be read alike in this source now.

        A source without a mapping leaves alone what another source's mapping reads better.
        """
        if self.source(name).digest:
            return versions == self.of(name, kind)
        steps, _, digest = versions.partition(MARK)
        return steps == VERSIONS and (not digest or digest in self._known)

    @property
    def all_current(self) -> frozenset[str]:
        """Every version text that is up to date for some source."""
        return frozenset({VERSIONS, *(f"{VERSIONS}{MARK}{digest}" for digest in self._known)})


def _load(paths: DatasetPaths, name: str) -> Source:
    try:
        path = paths.source(name)
    except UsageError:
        return UNKNOWN  # any word may name a source; only a name fit for a folder can be described
    return load_source(path)
