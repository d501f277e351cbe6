"""Files built to do harm cost themselves: nothing hangs, nothing leaks, nothing is written elsewhere."""

import os
import socket
import subprocess
import sys
import threading
from collections import Counter
from pathlib import Path

import pytest

import sousveil as sv
from tests.chaos.bombs_drawn import make_drawn_bombs
from tests.chaos.bombs_packed import ESCAPE, make_packed_bombs
from tests.chaos.bombs_written import make_written_bombs
from tests.chaos.checks import check_every_failure_is_told, check_every_file_is_kept, check_order, unforeseen
from tests.chaos.scale import choose, note
from tests.ingest.conftest import page

_SECRET = "sousveil-secret-5b1e"
_TIMEOUT_S = 20
_SETTINGS = f'title = "bombs"\n[settings]\ntimeout_s = {_TIMEOUT_S}\nmax_memory_bytes = {choose(1000, 2000)}000000\n'


class Listener:
    """A web address on this machine that counts who asks."""

    def __init__(self) -> None:
        self._socket = socket.create_server(("127.0.0.1", 0))
        self.asked = 0
        threading.Thread(target=self._count, daemon=True).start()

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self._socket.getsockname()[1]}"

    def _count(self) -> None:
        while True:
            try:
                connection, _ = self._socket.accept()
            except OSError:
                return
            self.asked += 1
            connection.close()

    def close(self) -> None:
        self._socket.close()


@pytest.fixture
def listener():
    listening = Listener()
    with socket.create_connection(("127.0.0.1", int(listening.address.rsplit(":", 1)[1])), timeout=5) as probe:
        assert probe.recv(1) == b""
    assert listening.asked == 1  # it does notice
    listening.asked = 0
    yield listening
    listening.close()


@pytest.mark.parametrize("kind", ["packed", "written", "drawn"])
def test_bombs_cost_themselves(tmp_path, listener, kind):
    secret = tmp_path / "secret.txt"
    secret.write_text(_SECRET)
    bombs = {
        "packed": lambda: make_packed_bombs(choose(60, 1000)),
        "written": lambda: make_written_bombs(choose(2, 40), str(secret), listener.address),
        "drawn": lambda: make_drawn_bombs(choose(20, 600)),
    }[kind]()
    folder = tmp_path / "in"
    folder.mkdir()
    for name, data in {**bombs, "honest.html": page(1)}.items():
        (folder / name).write_bytes(data)
    root = tmp_path / "dataset"
    sv.init(root).close()
    (root / "sousveil.toml").write_text(_SETTINGS)
    before = _tree(tmp_path, root)
    ingest(root, folder, limit_s=len(bombs) * (_TIMEOUT_S + 5) + 60)
    assert _tree(tmp_path, root) == before
    assert listener.asked == 0
    _check_nothing_escaped()
    with sv.open(root) as dataset:
        check_every_file_is_kept(dataset, folder)
        check_every_failure_is_told(dataset)
        check_order(dataset)
        assert unforeseen(dataset) == []
        assert dataset.store.rows("SELECT 1 FROM pages WHERE instr(text, ?)", (_SECRET,)) == []
        assert dataset.store.rows("SELECT 1 FROM failures WHERE instr(reason, ?)", (_SECRET,)) == []
        (honest,) = dataset.store.rows(
            "SELECT status FROM files WHERE file IN (SELECT file FROM places WHERE address LIKE '%honest.html')"
        )
        assert honest["status"] == "read"
        fates = Counter(row["status"] for row in dataset.store.rows("SELECT status FROM files"))
        stopped = len(dataset.store.rows("SELECT 1 FROM failures WHERE stage = 'worker'"))
    note(f"bombs, {kind}", done=len(bombs), lost=0, stopped=stopped, **fates)


def ingest(root: Path, folder: Path, *, limit_s: float) -> None:
    """Run the command as a user does; a hang is an error."""
    command = [sys.executable, "-c", "from sousveil.cli import main; main()", "ingest", str(folder)]
    done = subprocess.run(
        [*command, "--dataset", str(root), "--jobs", "2", "--quiet"],
        capture_output=True,
        text=True,
        timeout=limit_s,
        check=False,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
    )
    assert done.returncode == 5, done.stderr
    assert done.stderr == ""


def _tree(folder: Path, but: Path) -> set[tuple[str, int]]:
    """Return every file under ``folder`` with its size, but for those of the dataset."""
    return {
        (str(path), path.lstat().st_size) for path in folder.rglob("*") if not path.is_dir() and but not in path.parents
    }


def _check_nothing_escaped() -> None:
    for folder in (Path("/tmp"), Path("/"), Path.home(), Path.cwd(), *Path.cwd().parents):
        assert not [path for path in folder.iterdir() if path.name.startswith(ESCAPE)], folder
