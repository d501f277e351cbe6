"""Runs that are started from a page: always in a process of their own, one at a time.

The process is the command line (``python -m sousveil ingest``). It has no terminal, its own session (closing the
browser or ending the server does not end it), and of the environment only what Python needs to find itself.
"""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time
from collections.abc import Sequence
from pathlib import Path

from sousveil.exceptions import DatasetLockedError, StorageFullError
from sousveil.live import look_going
from sousveil.mask import mask_address
from sousveil.paths import DatasetPaths

_HANDED_ON = ("PATH", "HOME", "LANG", "LC_ALL", "LC_CTYPE", "TZ", "TMPDIR", "PYTHONPATH", "LD_LIBRARY_PATH")
_WELL = (0, 5, 130)
"""Exit codes of runs that did what they were asked: done, done with failed files, stopped."""
_BEGIN_S = 5.0
"""How long the page waits for a run to say that it goes on."""
_MOST_CHARS = 2000


class Starter:
    """Starts runs of one dataset, and notices how they end.

    Args:
        paths: of the dataset.
    """

    def __init__(self, paths: DatasetPaths) -> None:
        self._paths = paths
        self._turn = threading.Lock()
        self._child: subprocess.Popen[bytes] | None = None

    @property
    def is_starting(self) -> bool:
        """Whether a run was started and has not said yet that it goes on."""
        child = self._child
        return child is not None and child.poll() is None and look_going(self._paths) is None

    @property
    def trouble(self) -> str:
        """What the last run said that was started here and failed; empty where none did."""
        child = self._child
        if child is None or child.poll() is None or child.returncode in _WELL:
            return ""
        try:
            said = self._paths.live_output.read_text(encoding="utf-8", errors="replace")[-_MOST_CHARS:].strip()
        except OSError:
            said = ""
        said = " ".join(mask_address(word) for word in said.split(" "))
        return said or f"The run ended with code {child.returncode} and said nothing."

    def start(self, arguments: Sequence[str | Path]) -> None:
        """Start ``sousveil ingest`` with these arguments, and wait until it goes on, has ended, or takes its time.

        Raises:
            DatasetLockedError: a run goes on already.
            StorageFullError: the dataset cannot be written.
        """
        with self._turn:
            going = look_going(self._paths)
            if going is not None or (self._child is not None and self._child.poll() is None):
                number = f"Run {going.run}" if going and going.run else "A run"
                raise DatasetLockedError(f"{number} is going on: one at a time. Wait until it is done, or stop it.")
            self._child = child = self._spawn(["--dataset", self._paths.root.resolve(), *arguments])
        threading.Thread(target=child.wait, daemon=True).start()  # its end is noticed though nobody looks
        end = time.monotonic() + _BEGIN_S
        while time.monotonic() < end and child.poll() is None and look_going(self._paths) is None:
            time.sleep(0.05)

    def _spawn(self, arguments: Sequence[str | Path]) -> subprocess.Popen[bytes]:
        command = [sys.executable, "-P", "-m", "sousveil", "ingest", *map(str, arguments)]
        kept = {name: value for name, value in os.environ.items() if name in _HANDED_ON}
        if "PYTHONPATH" in kept:  # the process begins in another folder
            kept["PYTHONPATH"] = os.pathsep.join(
                str(Path(one).absolute()) for one in kept["PYTHONPATH"].split(os.pathsep)
            )
        try:
            self._paths.live.mkdir(exist_ok=True)
            with self._paths.live_output.open("wb") as output:
                return subprocess.Popen(  # noqa: S603 (no shell; every argument is ours or a path that was checked)
                    command,
                    stdin=subprocess.DEVNULL,
                    stdout=output,
                    stderr=subprocess.STDOUT,
                    env=kept,
                    cwd="/",
                    start_new_session=True,
                )
        except OSError as error:
            raise StorageFullError(
                f"The run cannot be started: {error.strerror}. Check the space and the permissions of"
                f" {self._paths.root}, or start it in a terminal: sousveil ingest PATH"
            ) from error
