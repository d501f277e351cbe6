"""The small dataset of ``tests/ask``, and a way to run commands as a shell would."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import pytest

from sousveil.cli import main
from sousveil.dataset import Dataset
from tests.ask.conftest import dataset

__all__ = ["dataset"]


@dataclass(frozen=True)
class Ran:
    """What a command left: exit code, standard output, standard error."""

    code: int
    out: str
    err: str


@pytest.fixture
def run(capfd: pytest.CaptureFixture[str], dataset: Dataset, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Ran]:
    """Run ``sousveil`` with arguments on the small dataset."""
    monkeypatch.setenv("SOUSVEIL_DATASET", str(dataset.paths.root))

    def run_command(*arguments: str) -> Ran:
        with pytest.raises(SystemExit) as left:
            main(list(arguments))
        out, err = capfd.readouterr()
        assert isinstance(left.value.code, int)
        return Ran(left.value.code, out, err)

    return run_command
