"""Whether reading a file again could give anything else than what is there.

A file is read again when its bytes are others, when a step, a table, the mapping of its columns or the user's own terms
are others, when pictures in it wait and can be recognised now, or when it failed and the limits are others, or the user
asks for it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping

import msgspec

from sousveil.ingest.mappings import Mappings
from sousveil.ingest.options import Options
from sousveil.parse.scan.engine import engine_version, is_installed
from sousveil.pipeline import VERSIONS, Part
from sousveil.run.protocol import Json
from sousveil.store.database import FileState
from sousveil.store.recipe import Recipe, from_text

_PAGED = frozenset({"pdf"})
"""Kinds whose every page can be recognised, though it has text."""


def limits_digest(changed: Mapping[str, Json]) -> str:
    """Return a short name for limits that differ from the defaults; ``default`` for none.

    >>> limits_digest({}), limits_digest({"timeout_s": 5.0})
    ('default', 'ff5330e2')
    """
    if not changed:
        return "default"
    return hashlib.sha256(msgspec.json.encode(dict(sorted(changed.items())))).hexdigest()[:8]


class Freshness:
    """Decides for one run, by its options, what is read again, and says how what it reads was made.

    Args:
        options: of the run.
        changed: limits that differ from the defaults.
        failed_within: files (archives) that hold one that failed.
        mappings: of columns, by source.
        terms: digest of the user's own terms.
    """

    def __init__(
        self,
        options: Options,
        changed: Mapping[str, Json],
        failed_within: frozenset[str],
        mappings: Mappings,
        terms: str = "",
    ) -> None:
        self._options, self._failed_within, self._mappings = options, failed_within, mappings
        self._limits, self._terms = limits_digest(changed), terms
        self.can_recognise = options.ocr != "off" and is_installed()
        self._engine = engine_version() if self.can_recognise else ""

    def recipe(self, part: Part, source: str = "") -> str:
        """Return how a part was made, as it is stored beside it: its pictures were not recognised."""
        recipe = Recipe(
            versions=VERSIONS,
            limits="default" if part.status == "read" else self._limits,
            pictures="waiting" if part.waiting else "none",
            mapping=self._mappings.digest(source or self._options.source, part.kind),
            terms=self._terms,
        )
        return recipe.to_text()

    def recipe_recognised(self, kind: str) -> str:
        """Return how a file of this kind was made whose pictures this run's engine recognised, or tried to."""
        recipe = Recipe(
            versions=VERSIONS,
            limits=self._limits,
            pictures="all" if self._options.ocr == "all" else "auto",
            engine=self._engine,
            mapping=self._mappings.digest(self._options.source, kind),
            terms=self._terms,
        )
        return recipe.to_text()

    def is_fresh(self, file: str, state: FileState | None, source: str = "") -> bool:
        """Return whether nothing would change if the file were read again, in the run's source or another."""
        if state is None:
            return False
        recipe = from_text(state.versions)
        if recipe.versions != VERSIONS or not self._mappings.is_current(
            recipe.mapping, source or self._options.source, state.kind
        ):
            return False
        if recipe.terms != self._terms and state.status != "failed":
            return False
        has_failed = state.status == "failed" or file in self._failed_within
        if has_failed and self._options.retry_failed:
            return False
        if (has_failed or state.status == "partly") and recipe.limits != self._limits:
            return False
        return not self.can_recognise or self._is_seen(recipe, state.kind)

    def _is_seen(self, recipe: Recipe, kind: str) -> bool:
        """Return whether its pictures were recognised as this run would do it."""
        if recipe.pictures == "none":
            return self._options.ocr != "all" or kind not in _PAGED
        if recipe.pictures == "waiting" or recipe.engine != self._engine:
            return False
        return self._options.ocr != "all" or recipe.pictures == "all"
