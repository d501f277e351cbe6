"""Originals: given out only with a reason and a line in the log, and by nothing else."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from sousveil.ask.original import current_user
from sousveil.dataset import Dataset, init_dataset
from sousveil.exceptions import EvidenceError, NotFoundError, UsageError
from tests.ask.conftest import NOTICES, add

PACKAGE = Path(__file__).resolve().parents[2] / "src" / "sousveil"

READS_BYTES = {
    "ask/doctor.py": "hashes them",
    "ask/facsimile.py": "has pages drawn, persons covered, in a locked worker",
    "ask/original.py": "gives them out, logged",
    "ask/proof.py": "compares a quotation, in a locked worker",
    "ingest/rebuild.py": "reads them again, in locked workers",
    "ingest/run.py": "recognises scans, in locked workers",
}
"""Every module that loads bytes from the vault, and what for."""


@pytest.fixture
def own(tmp_path: Path) -> Dataset:
    dataset = init_dataset(tmp_path / "d")
    add(dataset, NOTICES[0], 1)
    return dataset


def payload() -> bytes:
    return "\f".join(NOTICES[0]["pages"]).encode()  # type: ignore[arg-type]


def notice_of(dataset: Dataset) -> str:
    return str(dataset.store.rows("SELECT id FROM notices")[0]["id"])


@pytest.mark.parametrize("column", ["id", "file"])
def test_an_original_is_given_out_and_logged(own: Dataset, column: str) -> None:
    asked = str(own.store.rows(f"SELECT {column} AS asked FROM notices")[0]["asked"])
    given = own.original(asked, "figure on page 2 unclear")
    assert given.data == payload()
    (line,) = own.unlocks()
    assert line == given.line
    assert (line.unlock.asked, line.unlock.why, line.unlock.who) == (
        asked,
        "figure on page 2 unclear",
        current_user(),
    )


@pytest.mark.parametrize("why", ["", "   ", "yes", "because \n  "])
def test_without_a_reason_nothing_is_given_out(own: Dataset, why: str) -> None:
    with pytest.raises(UsageError, match="--why"):
        own.original(notice_of(own), why)
    assert list(own.unlocks()) == []


def test_an_unknown_id_is_not_logged(own: Dataset) -> None:
    with pytest.raises(NotFoundError):
        own.original("nothing", "figure on page 2 unclear")
    assert list(own.unlocks()) == []


def test_without_a_log_nothing_is_given_out(own: Dataset) -> None:
    own.paths.unlocks.write_text("not a log\n")
    with pytest.raises(EvidenceError, match="Log of unlocks"):
        own.original(notice_of(own), "figure on page 2 unclear")


def test_nothing_else_loads_originals() -> None:
    found = set()
    for path in PACKAGE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            is_load = isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "load"
            if is_load and "vault" in ast.unparse(node.func.value).lower():  # type: ignore[attr-defined]
                found.add(str(path.relative_to(PACKAGE)))
            if isinstance(node, ast.Attribute) and node.attr == "path_of" and path.name != "vault.py":
                found.add(str(path.relative_to(PACKAGE)))
    assert found == set(READS_BYTES)
