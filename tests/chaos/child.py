"""An ingest in a process of its own, as a user starts it, with small batches; it may be told to die at a given step.

``python -m tests.chaos.child DATASET FOLDER JOBS BATCH MEMORY STEP``: at step number STEP (0: never) the process kills
itself with SIGKILL. A step is a file opened, renamed or removed, a folder made, a statement of the database.
"""

import os
import signal
import sys

import sousveil as sv
from sousveil.ingest import keep
from sousveil.ingest.options import Options
from sousveil.settings import Limits
from tests.chaos.inputs import PATIENCE_S


class Reaper:
    """Counts the steps, and ends the process at the one that was chosen."""

    def __init__(self, last: int) -> None:
        self.steps, self._last = 0, last

    def count(self, event: str, *_: object) -> None:
        if event in {"open", "os.rename", "os.remove", "os.mkdir", "subprocess.Popen", "sqlite3.connect"}:
            self.step()

    def step(self, *_: object) -> None:
        self.steps += 1
        if self.steps == self._last:
            os.kill(os.getpid(), signal.SIGKILL)


def main(arguments: list[str]) -> None:
    root, folder, jobs, batch, memory, step = arguments
    keep._BATCH_FILES = int(batch)
    keep._INDEX_EVERY = 40
    with sv.open(root) as dataset:
        import sousveil.ingest.run  # noqa: F401 (its loading is no step of a run)

        print("ready", flush=True)  # noqa: T201 (the parent waits for it)
        reaper = Reaper(int(step))
        sys.addaudithook(reaper.count)
        dataset.store.connection.set_trace_callback(reaper.step)
        report = dataset.ingest(
            [folder], Options(jobs=int(jobs), limits=Limits(max_memory_bytes=int(memory), timeout_s=PATIENCE_S))
        )
        assert report.counts.is_balanced
        print(f"steps {reaper.steps}", flush=True)  # noqa: T201


if __name__ == "__main__":
    main(sys.argv[1:])
