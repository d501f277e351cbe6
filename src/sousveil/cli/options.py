"""Options that several commands share, and how they are shown on standard error."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click
import msgspec

from sousveil.ingest.options import Counts

Command = TypeVar("Command", bound=Callable[..., Any])


def dataset_option(command: Command) -> Command:
    """Add ``--dataset DIR``: which dataset to use."""
    option = click.option(
        "--dataset",
        type=click.Path(path_type=Path, file_okay=False),
        help="Dataset folder; else $SOUSVEIL_DATASET, else the nearest parent folder that is one.",
    )
    return option(command)


def json_option(command: Command) -> Command:
    """Add ``--json``: one object instead of text."""
    return click.option("--json", "as_json", is_flag=True, help="One JSON object on standard output.")(command)


def jobs_option(command: Command) -> Command:
    """Add ``--jobs N``: worker processes."""
    return click.option("--jobs", type=click.IntRange(1, 256), help="Worker processes; default: one per processor.")(
        command
    )


def ocr_option(command: Command) -> Command:
    """Add ``--ocr auto|off|all``: which pages are recognised."""
    return click.option(
        "--ocr",
        type=click.Choice(["auto", "off", "all"]),
        default="auto",
        show_default=True,
        help="Recognise pages without usable text (auto), none (off), every page of a PDF (all).",
    )(command)


def sandbox_option(command: Command) -> Command:
    """Add ``--require-sandbox TIER``: refuse to read where readers are shut in less."""
    option = click.option(
        "--require-sandbox",
        type=click.Choice(["A", "B"]),
        help="Do not start where readers are shut in less than this; what this machine gives: sousveil doctor.",
    )
    return option(command)


def echo_json(value: object) -> None:
    """Print a value as one line of JSON."""
    click.echo(msgspec.json.encode(value).decode("utf-8"))


def counted(number: int, one: str) -> str:
    """Return a number with what is counted.

    >>> counted(1, "notice"), counted(1200, "notice")
    ('1 notice', '1,200 notices')
    """
    return f"{number:,} {one}" if number == 1 else f"{number:,} {one}s"


def balance(counts: Counts) -> str:
    """Return the balance of a run as a sentence.

    >>> balance(Counts(seen=3, read=2, failed=1))
    '3 files seen = 2 read + 0 partly + 1 failed + 0 duplicate + 0 unchanged'
    """
    return (
        f"{counted(counts.seen, 'file')} seen = {counts.read} read + {counts.partly} partly + {counts.failed} failed"
        f" + {counts.duplicate} duplicate + {counts.unchanged} unchanged"
    )
