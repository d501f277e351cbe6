"""``sousveil original ID --why …``: the bytes as found, unmasked, after a line in the log of unlocks."""

from __future__ import annotations

import os
from pathlib import Path

import click
import msgspec

from sousveil.cli.options import dataset_option, echo_json, json_option
from sousveil.dataset import open_dataset
from sousveil.exceptions import StorageFullError, UsageError


@click.command("original")
@click.argument("asked", metavar="[ID]", required=False)
@click.option("--why", default="", help="Why the original is needed; kept in the log.")
@click.option("-o", "--output", type=click.Path(path_type=Path, dir_okay=False), help="File to write; must be new.")
@click.option("--log", "is_listing", is_flag=True, help="Show who was given what, and check that the log is whole.")
@json_option
@dataset_option
def command(
    *, asked: str | None, why: str, output: Path | None, is_listing: bool, as_json: bool, dataset: Path | None
) -> None:
    """Write the untouched original of a notice or document (its ID) to a file.

    Everything else that sousveil shows is masked; an original names persons. So each one is given out only with a
    reason, and who, when, which file and why are written to evidence/unlocks.jsonl first.
    """
    if is_listing:
        _list(dataset, as_json=as_json)
        return
    if not asked or output is None:
        raise UsageError("Say which and where to: sousveil original ID --why 'REASON' -o FILE (or --log).")
    if output.exists():
        raise UsageError(f"{output} is there already. Choose another name with -o.")
    with open_dataset(dataset) as opened:
        given = opened.original(asked, why)
    try:
        handle = os.open(output, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)  # for its owner alone
        with os.fdopen(handle, "wb") as file:
            file.write(given.data)
    except OSError as error:
        raise StorageFullError(
            f"{output} cannot be written: {error.strerror}. Choose another place with -o; the unlock stays logged."
        ) from error
    line = given.line
    if as_json:
        echo_json({"v": 1, "path": str(output), "member": given.member, "log": msgspec.to_builtins(line)})
        return
    inside = f"; the document is its member {given.member}" if given.member else ""
    click.echo(f"{len(given.data):,} bytes in {output}{inside}")
    click.echo(
        f"logged as unlock {line.number} by {line.unlock.who}; the file is NOT masked: do not pass it on", err=True
    )


def _list(dataset: Path | None, *, as_json: bool) -> None:
    with open_dataset(dataset) as opened:
        lines = list(opened.unlocks())
    if as_json:
        echo_json({"v": 1, "unlocks": [msgspec.to_builtins(line) for line in lines]})
        return
    for line in lines:
        unlock = line.unlock
        click.echo(f"{line.number}  {unlock.at}  {unlock.who}  {unlock.asked}  {unlock.file[:12]}…  {unlock.why}")
    click.echo(f"{len(lines):,} originals were given out; the log is whole", err=True)
