"""Opening a dataset, making one, and the demonstration."""

from __future__ import annotations

import json
import unicodedata
from pathlib import Path

from sousveil.dataset.writing import Dataset
from sousveil.ingest.options import Options, Progress
from sousveil.paths import DatasetPaths, find_dataset

_NEW_SETTINGS = """\
# This file makes the folder a sousveil dataset.
title = {title}

# [settings]           limits for one file; see docs/limits.md
# timeout_s = 60.0
"""


def open_dataset(folder: str | Path | None = None) -> Dataset:
    """Return the dataset in ``folder``, else ``$SOUSVEIL_DATASET``, else the nearest parent folder that is one.

    Raises:
        NoDatasetError: there is none.
    """
    return Dataset(find_dataset(Path(folder) if folder is not None else None))


def init_dataset(folder: str | Path, title: str = "") -> Dataset:
    """Make a dataset in ``folder`` and return it; nothing that is there is touched.

    Raises:
        StorageFullError: the folder cannot be written.
    """
    from sousveil.exceptions import StorageFullError

    paths = DatasetPaths(Path(folder))
    try:
        paths.root.mkdir(parents=True, exist_ok=True)
        for part in (paths.evidence, paths.derived, paths.exports):
            part.mkdir(exist_ok=True)
        if not paths.marker.is_file():
            name = title or paths.root.resolve().name
            paths.marker.write_text(_NEW_SETTINGS.format(title=_quoted(name)), encoding="utf-8")
    except OSError as error:
        raise StorageFullError(
            f"{paths.root} cannot be made: {error.strerror}. Choose a folder that you may write."
        ) from error
    return Dataset(paths)


def _quoted(title: str) -> str:
    """Return a title as a string of TOML, which escapes as JSON does; what is no character of a line is left out."""
    line = "".join(char for char in title if unicodedata.category(char) not in {"Cc", "Cs"})
    return json.dumps(line, ensure_ascii=False)


def sample_folder() -> Path:
    """Return the folder of demonstration notices inside the package; all names in them are invented."""
    return Path(__file__).parent.with_name("sample") / "notices"


def demo_dataset(folder: str | Path = "demo-dataset", progress: Progress = lambda _: None) -> Dataset:
    """Return the demonstration dataset in ``folder``, made from the shipped notices where it is not there yet."""
    dataset = init_dataset(folder, "Demonstration: invented notices")
    dataset.ingest([sample_folder()], Options(source="sample"), progress)
    return dataset
