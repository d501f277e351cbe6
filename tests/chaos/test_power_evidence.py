"""Power cuts under vault and ledger: no row is committed before all that it names is on the disk.

The disk is a model: a real run tells it, by the real calls it makes, what it wrote, renamed and flushed; the model says
what a power cut at the moment of a COMMIT would leave.
"""

import os
import random
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

import sousveil as sv
from sousveil.dataset import Dataset
from sousveil.evidence import ledger as ledgers
from sousveil.evidence import vault as vaults
from sousveil.evidence.ledger import Ledger, Sighting
from sousveil.ingest import keep
from sousveil.ingest.options import Options
from sousveil.store.database import Store
from tests.chaos.checks import check_order
from tests.chaos.inputs import write_many
from tests.chaos.scale import IS_LONG, choose, note
from tests.ingest.conftest import write_inputs


class DiskModel:
    """Which contents and which names under a folder have reached the disk.

    What was there when the model begins has not: the run before may have been killed a moment ago.
    """

    def __init__(self, root: Path, monkeypatch: pytest.MonkeyPatch, *, has_syncfs: bool) -> None:
        self._root = root
        self.contents: dict[str, bytes] = {}
        """What a file holds after a power cut."""
        self.names: set[Path] = set()
        """Files and folders that are found after a power cut, if their folder is."""
        self.commits = self.checked = 0
        self.is_on = False
        self._rows: list[tuple[object, ...]] = []
        self._wrap(monkeypatch, has_syncfs=has_syncfs)
        sys.addaudithook(self._hear)

    def _wrap(self, monkeypatch: pytest.MonkeyPatch, *, has_syncfs: bool) -> None:
        """Put an ear at every call that flushes, and at the rows; each real call is made."""
        fsync, sync, syncfs, put = os.fsync, os.sync, vaults._sync_file_system, Store.put_sightings

        def hear_fsync(handle: int) -> None:
            fsync(handle)
            self._flushed(Path(f"/proc/self/fd/{handle}").readlink())

        def hear_sync() -> None:
            sync()
            self._all_flushed()

        def hear_syncfs(handle: int) -> int:
            answer = syncfs(handle)
            self._all_flushed()
            return answer

        def hear_rows(store: Store, rows) -> None:
            put(store, rows)
            self._rows += rows

        monkeypatch.setattr(os, "fsync", hear_fsync)
        monkeypatch.setattr(os, "sync", hear_sync)
        monkeypatch.setattr(vaults, "_sync_file_system", hear_syncfs if has_syncfs else None)
        monkeypatch.setattr(Store, "put_sightings", hear_rows)

    def _flushed(self, path: Path) -> None:
        if path.is_dir():
            self.names = {name for name in self.names if name.parent != path} | set(path.iterdir())
        elif path.is_file():
            self.contents[self._inode(path)] = path.read_bytes()

    def _all_flushed(self) -> None:
        self.names = set(self._root.rglob("*")) | {self._root}
        for path in self.names:
            if path.is_file() and "derived" not in path.parts:
                self.contents[self._inode(path)] = path.read_bytes()

    @staticmethod
    def _inode(path: Path) -> str:
        return f"{path.stat().st_ino}"

    def _hear(self, event: str, arguments: tuple[object, ...]) -> None:
        """A rename gives a name that is not on the disk before its folder is flushed (an audit hook stays for good)."""
        if self.is_on and event == "os.rename":
            self.names.discard(Path(str(arguments[1])))

    def after_cut(self, path: Path) -> bytes | None:
        """Return what a power cut now would leave of a file; None where it would be gone."""
        folders = [folder for folder in path.parents if self._root in (folder, *folder.parents)]
        if path not in self.names or any(folder not in self.names for folder in folders if folder != self._root):
            return None
        return self.contents.get(self._inode(path))

    def check_commit(self, statement: str, dataset: Dataset) -> None:
        """At a COMMIT: the rows' bytes and ledger lines must outlive a power cut."""
        if statement != "COMMIT":
            return
        self.commits += 1
        rows, self._rows = self._rows, []
        if not rows:
            return
        lines = (self.after_cut(dataset.paths.ledger) or b"").splitlines(keepends=True)
        for number, _source, address, file, _size, _seen, container, *_ in rows:
            assert len(lines) >= int(str(number)), f"ledger line {number} of {address} is not on the disk"
            path = dataset.vault.path_of(str(container or file))
            left = self.after_cut(path)
            assert left == path.read_bytes(), f"the bytes of {address} are not on the disk"
            self.checked += 1


@pytest.fixture
def watch(tmp_path, monkeypatch):
    """Ingest a folder under the eyes of a model of the disk; errors inside SQLite's callback are kept and raised."""
    monkeypatch.setattr(keep, "_BATCH_FILES", 7)

    def run(dataset: Dataset, folder: Path, *, has_syncfs: bool) -> DiskModel:
        model = DiskModel(dataset.paths.root, monkeypatch, has_syncfs=has_syncfs)
        errors: list[AssertionError] = []

        def look(statement: str) -> None:
            try:
                model.check_commit(statement, dataset)
            except AssertionError as error:
                errors.append(error)

        dataset.store.connection.set_trace_callback(look)
        model.is_on = True
        dataset.ingest([folder], Options(jobs=1))
        model.is_on = False
        dataset.store.connection.set_trace_callback(None)
        if errors:
            raise errors[0]
        return model

    return run


@pytest.mark.parametrize("has_syncfs", [True, False])
def test_no_row_is_committed_before_its_evidence_is_on_the_disk(tmp_path, watch, has_syncfs):
    folder = write_many(tmp_path / "in", choose(12, 90))
    with sv.init(tmp_path / "dataset") as dataset:
        model = watch(dataset, folder, has_syncfs=has_syncfs)
        assert model.checked == dataset.counts()["sightings"] > 20
    note("rows checked at COMMIT: bytes and ledger line flushed", done=model.checked, commits=model.commits, lost=0)


@pytest.mark.parametrize("has_syncfs", [True, False] if IS_LONG else [True])
@pytest.mark.parametrize("killed_after", ["bytes", "ledger"])
def test_what_a_killed_run_left_is_flushed_before_a_row_names_it(
    tmp_path, watch, killed_after, has_syncfs, monkeypatch
):
    folder = write_inputs(tmp_path / "in", 5)
    with sv.init(tmp_path / "dataset") as dataset:
        with monkeypatch.context() as broken:
            where = (Ledger, "append") if killed_after == "bytes" else (Store, "put_sightings")
            broken.setattr(*where, _stop)
            with pytest.raises(KeyError):
                dataset.ingest([folder], Options(jobs=1))
        assert list((dataset.paths.evidence / "files").rglob("*.zst"))
        model = watch(dataset, folder, has_syncfs=has_syncfs)
        assert model.checked == dataset.counts()["sightings"] == 5


def _stop(_place: object, rows: Sequence[object]) -> None:
    if rows:
        raise KeyError("killed here")


def test_the_model_sees_a_flush_that_is_left_out(tmp_path, watch, monkeypatch):
    """The test can fail: without flushing the vault it does."""
    folder = write_inputs(tmp_path / "in", 5)
    monkeypatch.setattr(vaults.Vault, "_flush", lambda *_: None)
    with sv.init(tmp_path / "dataset") as dataset, pytest.raises(AssertionError, match="not on the disk"):
        watch(dataset, folder, has_syncfs=True)


def test_the_model_sees_a_new_ledger_whose_folder_is_not_flushed(tmp_path, watch, monkeypatch):
    folder = write_inputs(tmp_path / "in", 5)
    monkeypatch.setattr(ledgers, "_flush_folder", lambda _: None)
    with sv.init(tmp_path / "dataset") as dataset, pytest.raises(AssertionError, match="ledger line 1 "):
        watch(dataset, folder, has_syncfs=True)


def test_an_append_torn_by_a_power_cut_costs_only_itself(tmp_path):
    """Sectors of the last batch are there or not, in any order; what was acknowledged before stays, and runs go on."""
    dice = random.Random(512)
    path = tmp_path / "ledger.jsonl"
    cuts = choose(100, 3_000)
    for _ in range(cuts):
        path.unlink(missing_ok=True)
        acknowledged, torn = dice.randrange(4), dice.randrange(1, 30)
        Ledger(path).append([_sighting(number) for number in range(acknowledged)])
        safe = path.read_bytes()
        Ledger(path).append([_sighting(number) for number in range(acknowledged, acknowledged + torn)])
        path.write_bytes(_torn(dice, path.read_bytes(), len(safe)))
        ledger = Ledger(path)
        ledger.open(acknowledged=acknowledged)
        assert path.read_bytes().startswith(safe)
        kept = len(ledger)
        assert kept >= acknowledged
        ledger.append([_sighting(999)])
        assert [entry.sighting.size for entry in Ledger(path).iter_entries()] == [*range(kept), 999]
    note("power cuts in a ledger append", done=cuts, lost=0)


def _torn(dice: random.Random, data: bytes, safe: int) -> bytes:
    """Return the file with sectors behind ``safe`` left out (nothing, or noughts, in their place), and perhaps its end."""
    left = bytearray(data)
    for start in range(safe - safe % 512, len(data), 512):
        if dice.random() < 0.4:
            first = max(start, safe)
            left[first : start + 512] = bytes(len(left[first : start + 512]))
    return bytes(left[: dice.choice((len(left), dice.randrange(safe, len(left) + 1)))])


def _sighting(number: int) -> Sighting:
    return Sighting(
        source="folder",
        address=f"/in/{number}.html",
        file=f"{number:064x}",
        size=number,
        seen_at="2026-01-02T03:04:05+00:00",
    )


def test_a_run_goes_on_behind_a_torn_append(tmp_path):
    folder = write_inputs(tmp_path / "in", 6)
    with sv.init(tmp_path / "dataset") as dataset:
        dataset.ingest([folder], Options(jobs=1))
        lost = write_inputs(tmp_path / "more", 9)
        with dataset.paths.ledger.open("ab") as out:
            out.write(bytes(700) + b'"hash":"00"}\n')
        dataset.ingest([lost], Options(jobs=1))
        check_order(dataset)
        assert dataset.counts()["notices"] == 9
        assert len(Ledger(dataset.paths.ledger)) == dataset.counts()["sightings"] == 15
