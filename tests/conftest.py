"""Fixtures for all rooms."""

import fcntl
import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from sousveil.dataset import demo_dataset
from tests.nurseries import kept

settings.register_profile("sousveil", deadline=None)  # a machine under load is no failure
settings.load_profile("sousveil")


@pytest.fixture(scope="session", autouse=True)
def _kept_nurseries() -> Iterator[None]:
    """Load what workers need once, not for every pool."""
    with kept():
        yield


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder with real files and labelled notices beside the repository; tests that need it skip without it."""
    folder = Path(os.environ.get("SOUSVEIL_SHARED", Path(__file__).resolve().parents[2] / "shared"))
    if not (folder / "gold" / "labels.jsonl").is_file():
        pytest.skip(f"no labelled notices at {folder}; set SOUSVEIL_SHARED to run this")
    return folder


@pytest.fixture(scope="session")
def demonstration(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the demonstration dataset, read once for all processes of a run; open a copy of it, never itself.

    Reading it takes some 15 s of a processor, and a dozen rooms ask for it, in each process of pytest-xdist.
    """
    base = tmp_path_factory.getbasetemp()
    run = base.parent if "PYTEST_XDIST_WORKER" in os.environ else base
    with (run / "demonstration.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (run / "demonstration.made").exists():
            demo_dataset(run / "demonstration").close()
            (run / "demonstration.made").touch()
    return run / "demonstration"
