"""The progress line of a run, on a terminal only."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import Progress as Bar
from rich.progress import SpinnerColumn, TextColumn, TimeElapsedColumn

from sousveil.ingest.options import Counts, Progress


def _pages(counts: Counts) -> str:
    return f"; {counts.recognised:,} pages recognised" if counts.recognised else ""


@contextmanager
def progress_bar(*, is_shown: bool) -> Iterator[Progress]:
    """Give a function to call with the counts so far; nothing is drawn unless ``is_shown``."""
    if not is_shown:
        yield lambda _: None
        return
    columns = (SpinnerColumn(), TimeElapsedColumn(), TextColumn("{task.description}"))
    with Bar(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("looking for files")

        def show(counts: Counts) -> None:
            bar.update(
                task,
                description=f"{counts.seen:,} files seen, {counts.read:,} read,"
                f" {counts.partly + counts.failed:,} failed or partly, {counts.duplicate + counts.unchanged:,} known;"
                f" {counts.notices:,} notices, {counts.findings:,} findings{_pages(counts)}",
            )

        yield show
