"""``sousveil doctor``: check the dataset and this machine."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import click
import msgspec

from sousveil.ask.doctor import SAMPLE, Diagnosis, examine_machine
from sousveil.cli.options import dataset_option, echo_json, json_option
from sousveil.cli.shown import Shown
from sousveil.dataset import open_dataset
from sousveil.exceptions import NoDatasetError


@click.command("doctor")
@click.option("--all", "is_whole", is_flag=True, help=f"Hash all evidence files, not only {SAMPLE}.")
@json_option
@dataset_option
def command(*, is_whole: bool, as_json: bool, dataset: Path | None) -> int:
    """Check the dataset and this machine; exit code 1 when something is wrong.

    Without a dataset only the machine is checked.
    """
    found = list(_examine(dataset, is_whole=is_whole))
    is_well = all(one.is_ok for one in found)
    if as_json:
        echo_json({"v": 1, "ok": is_well, "checks": msgspec.to_builtins(found)})
    else:
        shown = Shown()
        for one in found:
            shown.line(
                ("well  " if one.is_ok else "WRONG ", "green" if one.is_ok else "bold red"), f"{one.name:<15}", one.text
            )
            if one.advice and not (one.is_ok and not one.text.startswith("not installed")):
                shown.line(one.advice, indent=21)
    return 0 if is_well else 1


def _examine(dataset: Path | None, *, is_whole: bool) -> Iterator[Diagnosis]:
    yield from examine_machine()
    try:
        opened = open_dataset(dataset)
    except NoDatasetError as error:
        if dataset is not None:
            raise
        yield Diagnosis("dataset", is_ok=True, text="none here: only the machine was checked", advice=str(error))
        return
    with opened:
        yield Diagnosis("dataset", is_ok=True, text=f"{opened.title}, {opened.paths.root}")
        try:
            yield from opened.examine(is_whole=is_whole)
        except sqlite3.DatabaseError as error:
            advice = "Move derived/store.db away and ingest the same paths again; evidence/ stays as it is."
            yield Diagnosis("rows", is_ok=False, text=f"the store cannot be read: {error}", advice=advice)
