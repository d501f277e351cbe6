"""The progress line of a run, on a terminal only; and what a run that goes on elsewhere is doing, in a line."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import Progress as Bar
from rich.progress import ProgressColumn, SpinnerColumn, Task, TextColumn, TimeElapsedColumn
from rich.text import Text

from sousveil.draw.figures import duration
from sousveil.ingest.options import Counts, Progress
from sousveil.live import Live, look_going
from sousveil.paths import DatasetPaths

_STEPS = {"reading": "reading", "recognising": "recognising pictures", "gathering": "putting purchases together"}


class _LiveColumn(ProgressColumn):
    """Share, rate and time left, as the run tells them; looked at twice a second."""

    max_refresh = 0.5

    def __init__(self, paths: DatasetPaths) -> None:
        super().__init__()
        self._paths = paths

    def render(self, task: Task) -> Text:  # noqa: ARG002 (rich's signature)
        """Return the line."""
        live = look_going(self._paths)
        return Text(f"{live_line(live)};" if live else "")


def live_line(live: Live) -> str:
    """Return how far a run is: its step, share, rate, what is left.

    >>> live_line(Live(run=14, source="ccgp", done=64_738, total=103_412, rate_now=10.1, left_s=3_790))
    'reading: 62.6 %, 64,738 of 103,412 files, 10.1/s, about 1 h 3 min left'
    """
    at = next((line for line in live.steps if line.step == live.step), None)
    step = _STEPS[live.step] + (f" ({at.what})" if at and at.what else "")
    if live.state != "running":
        step = f"{live.state}, {step}"
    done, total = (at.done, at.total) if at and live.step != "reading" else (live.done, live.total)
    unit = " files" if live.step != "gathering" else ""
    said = [f"{done / total:.1%}".replace("%", " %")] if total and done <= total else []
    said.append(f"{done:,} of {total:,}{unit}" if total else f"{done:,}{unit}")
    if live.rate_now:
        said.append(f"{live.rate_now:,.1f}/s")
    if live.left_s is not None:
        said.append(f"about {duration(live.left_s)} left")
    return f"{step}: {', '.join(said)}"


def _pages(counts: Counts) -> str:
    return f"; {counts.recognised:,} pages recognised" if counts.recognised else ""


@contextmanager
def progress_bar(*, is_shown: bool, paths: DatasetPaths | None = None) -> Iterator[Progress]:
    """Give a function to call with the counts so far; nothing is drawn unless ``is_shown``.

    With the ``paths`` of the dataset, share, rate and time left are shown, too.
    """
    if not is_shown:
        yield lambda _: None
        return
    columns: list[ProgressColumn] = [SpinnerColumn(), TimeElapsedColumn()]
    if paths is not None:
        columns.append(_LiveColumn(paths))
    columns.append(TextColumn("{task.description}"))
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
