"""The dataset folder, drawn; every path inside it has its name here.

::

    DATASET/
    ├── sousveil.toml            title, settings: what makes a folder a dataset
    ├── terms.yml                the user's own terms, and shipped ones put aside; `sousveil glossary import`
    ├── sources/
    │   └── NAME/source.yml      what a source is, and what the columns of its files are for; edited by people
    ├── evidence/
    │   ├── files/ab/abcd….zst   bytes as found, under their SHA-256, compressed
    │   ├── ledger.jsonl         every sighting: where and when which bytes were seen; append only, hash-chained
    │   ├── unlocks.jsonl        who was given which original, when and why; append only, hash-chained
    │   └── ledger.torn          lines that a power cut tore before they were acknowledged, if that ever happened
    ├── derived/                 everything computed; may be deleted, `sousveil rebuild` makes it again
    │   ├── store.db             SQLite: files, pages, notices, findings, runs
    │   ├── index/               search index
    │   └── pictures/            pictures of pages that were looked at, persons covered; at most 256 MB
    ├── judgements.db            what people decided, and what they watch; never made again from evidence
    ├── exports/
    ├── live/                    what a run is doing, for who looks; may be deleted while none goes on
    │   ├── progress.json        its figures, written anew about once a second
    │   ├── wish                 what is asked of it: pause, stop
    │   ├── lock                 held by the run itself
    │   └── output.txt           what a run that was started from a page said
    └── lock                     held while something is written
"""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from pathlib import Path

from sousveil.exceptions import NoDatasetError, UsageError

MARKER = "sousveil.toml"
ENVIRONMENT = "SOUSVEIL_DATASET"
_SOURCE_NAME = re.compile(r"[\w.-][\w .-]{0,99}")


@dataclass(frozen=True, slots=True)
class DatasetPaths:
    """Names of everything in one dataset folder."""

    root: Path

    @property
    def marker(self) -> Path:
        """The settings file that makes a folder a dataset."""
        return self.root / MARKER

    @property
    def terms(self) -> Path:
        """The file of the user's own terms; need not be there."""
        return self.root / "terms.yml"

    @property
    def sources(self) -> Path:
        """Folder of the descriptions of sources."""
        return self.root / "sources"

    def source(self, name: str) -> Path:
        """Return the file that describes a source; its folder is the source's name.

        Raises:
            UsageError: the name cannot be that of a folder.
        """
        if not _SOURCE_NAME.fullmatch(name) or name.strip(".") == "":
            raise UsageError(f"{name[:60]!r} is no name for a source. Use letters, digits, - and _, as in seace-2020.")
        return self.sources / name / "source.yml"

    @property
    def evidence(self) -> Path:
        """Folder of bytes and ledger."""
        return self.root / "evidence"

    @property
    def ledger(self) -> Path:
        """The ledger of sightings."""
        return self.evidence / "ledger.jsonl"

    @property
    def unlocks(self) -> Path:
        """The log of originals that were given out."""
        return self.evidence / "unlocks.jsonl"

    @property
    def derived(self) -> Path:
        """Folder of everything that can be computed again."""
        return self.root / "derived"

    @property
    def store(self) -> Path:
        """The SQLite file of rows."""
        return self.derived / "store.db"

    @property
    def index(self) -> Path:
        """Folder of the search index."""
        return self.derived / "index"

    @property
    def pictures(self) -> Path:
        """Folder of pictures of pages; need not be there."""
        return self.derived / "pictures"

    @property
    def judgements(self) -> Path:
        """The SQLite file of people's decisions and watches; need not be there, never made again from evidence."""
        return self.root / "judgements.db"

    @property
    def exports(self) -> Path:
        """Folder for what is written for others."""
        return self.root / "exports"

    @property
    def live(self) -> Path:
        """Folder of what a run tells while it goes on."""
        return self.root / "live"

    @property
    def live_progress(self) -> Path:
        """The figures of the run."""
        return self.live / "progress.json"

    @property
    def live_wish(self) -> Path:
        """What is asked of the run; not there where nothing is."""
        return self.live / "wish"

    @property
    def live_lock(self) -> Path:
        """File that the run holds while it goes on."""
        return self.live / "lock"

    @property
    def live_output(self) -> Path:
        """What a run that was started from a page said."""
        return self.live / "output.txt"

    @property
    def lock(self) -> Path:
        """File that is locked while something is written."""
        return self.root / "lock"


def find_dataset(named: Path | None = None) -> DatasetPaths:
    """Return the dataset that was named, else ``$SOUSVEIL_DATASET``, else the nearest parent folder that is one.

    Raises:
        NoDatasetError: there is none; the message says how to make one.
    """
    given = named or (Path(os.environ[ENVIRONMENT]) if os.environ.get(ENVIRONMENT) else None)
    if given is not None:
        if not (given / MARKER).is_file():
            message = f"{given} is no dataset (it holds no {MARKER}). Make one: sousveil init {given}"
            raise NoDatasetError(message)
        return DatasetPaths(given)
    here = Path.cwd()
    for folder in (here, *here.parents):
        if (folder / MARKER).is_file():
            return DatasetPaths(folder)
    message = (
        f"No dataset in {here} or above it. Make one: sousveil init DIR, then name it with --dataset DIR "
        f"or {ENVIRONMENT}=DIR. To look around first: sousveil demo"
    )
    raise NoDatasetError(message)
