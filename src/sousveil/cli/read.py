"""``sousveil read PATH…``: read files without a dataset, one JSON object per notice."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

import click

from sousveil.bulk import read_files
from sousveil.cli.options import echo_json, jobs_option, ocr_option, sandbox_option
from sousveil.settings import DEFAULT_LIMITS, OcrMode


@click.command("read")
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--jsonl", is_flag=True, help="One JSON object per line (the only form; kept for scripts).")
@click.option("--explain", is_flag=True, help="Add every finding, withheld ones too, with its reasons.")
@ocr_option
@jobs_option
@sandbox_option
def command(
    *,
    paths: tuple[Path, ...],
    jsonl: bool,  # noqa: ARG001 (help)
    explain: bool,
    ocr: OcrMode,
    jobs: int | None,
    require_sandbox: str | None,
) -> int:
    """Read files without a dataset and print one JSON object per notice.

    Values that a notice does not state are null. A file that cannot be read gives one object whose "failed" says why.
    """
    failed = 0
    limits = replace(DEFAULT_LIMITS, require_sandbox=require_sandbox or "")
    for row in read_files(paths, jobs=jobs or os.cpu_count() or 1, limits=limits, explain=explain, ocr=ocr):
        failed += row["failed"] is not None
        echo_json(row)
    return 5 if failed else 0
