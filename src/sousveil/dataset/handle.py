"""The open parts of one dataset: rows, index, bytes, settings."""

from __future__ import annotations

import tomllib
from functools import cached_property
from types import TracebackType
from typing import TYPE_CHECKING, Self

from sousveil.ask.face import Face
from sousveil.ask.kept import Kept
from sousveil.ask.rankings import Rankings
from sousveil.data.own import SHIPPED, OwnTerms
from sousveil.evidence.vault import Vault
from sousveil.exceptions import UsageError
from sousveil.index.words import Words
from sousveil.paths import DatasetPaths
from sousveil.settings import Limits, to_limits
from sousveil.store.database import Store
from sousveil.store.trouble import telling_of_storage

if TYPE_CHECKING:
    from sousveil.ask.facsimile import Facsimiles


class Handle(Face):
    """One folder with everything about one inquiry; its parts are opened when they are first used."""

    def __init__(self, paths: DatasetPaths) -> None:
        self.paths = paths

    def __enter__(self) -> Self:
        """Return the dataset; leaving the block closes it."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close the dataset."""
        self.close()

    def in_words(self) -> str:
        """Return what it is, on one line."""
        return f"Dataset {self.title!r} in {self.paths.root}"

    @cached_property
    def store(self) -> Store:
        """Rows: documents, notices, findings, runs.

        Raises:
            StorageFullError: the disk is full or read-only; reading needs room for a few kilobytes too.
        """
        with telling_of_storage(self.paths.root):
            return Store(self.paths.store, judgements=self.paths.judgements)

    @cached_property
    def words(self) -> Words:
        """The search index."""
        return Words(self.paths.index)

    @cached_property
    def kept(self) -> Kept:
        """Answers about the whole dataset that are kept until it changes."""
        return Kept(self.store, self.words)

    @cached_property
    def vault(self) -> Vault:
        """The bytes as found."""
        return Vault(self.paths.evidence)

    @cached_property
    def facsimiles(self) -> Facsimiles:
        """Pictures of pages, on which persons are covered."""
        from sousveil.ask.facsimile import Facsimiles

        return Facsimiles(self.vault, self.paths.pictures, self.limits)

    @cached_property
    def settings(self) -> dict[str, object]:
        """What ``sousveil.toml`` says.

        Raises:
            UsageError: it is not TOML.
        """
        try:
            return tomllib.loads(self.paths.marker.read_text(encoding="utf-8"))
        except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
            raise UsageError(
                f'{self.paths.marker} is not TOML: {error}. Mend it; all it must hold is a line title = "…".'
            ) from error

    @property
    def title(self) -> str:
        """The title of the inquiry."""
        return str(self.settings.get("title", self.paths.root.name))

    @property
    def limits(self) -> Limits:
        """Limits for one file: those of ``sousveil.toml``, else the defaults.

        Raises:
            UsageError: the file names a limit that does not exist, or gives it a value that is none.
        """
        chosen = self.settings.get("settings", {})
        if not isinstance(chosen, dict):
            raise UsageError(f"{self.paths.marker}: settings is no table. Write [settings], and limits below it.")
        try:
            return to_limits(chosen)
        except UsageError as error:
            raise UsageError(f"{self.paths.marker}: {error}") from error

    @cached_property
    def rankings(self) -> Rankings:
        """Ranked lists of notices that somebody is paging through."""
        return Rankings()

    def reader(self) -> Self:
        """Return another handle on the same dataset, for one who reads for long: rows as they are at this moment.

        It has a connection of its own, so it waits for nobody and nobody waits for it; kept answers are shared. The
        caller closes it.
        """
        kept = self.kept
        stamp = kept.stamp()  # taken first: what is written from here on makes what the reader keeps an older answer
        other = type(self)(self.paths)
        store = Store(self.paths.store, read_only=True, judgements=self.paths.judgements)
        store.connection.execute("BEGIN")
        store.connection.execute("SELECT count(*) FROM meta").fetchone()  # the moment: reading begins here
        other.__dict__["store"] = store
        other.__dict__["kept"] = kept.seen_by(store, stamp)
        return other

    @cached_property
    def own_terms(self) -> OwnTerms:
        """What ``terms.yml`` says: the user's own terms, and the shipped ones put aside."""
        if not self.paths.terms.exists():
            return SHIPPED
        from sousveil.find.own import load_own

        return load_own(self.paths.terms)

    def close(self) -> None:
        """Let go of files and locks; everything acknowledged stays."""
        for name in ("facsimiles", "words", "store"):
            part = self.__dict__.pop(name, None)
            if part is not None:
                part.close()
