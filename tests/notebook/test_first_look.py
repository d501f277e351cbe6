"""The example notebook runs from the first cell to the last, and what it shows is whole.

A notebook is JSON: its cells are run here as a notebook runs them (the last expression of a cell is shown), in the plain
interpreter. A kernel would add thirty packages and prove no more.
"""

from __future__ import annotations

import ast
import json
from pathlib import Path
from typing import Any

import pytest

from sousveil.ask.face import Face
from sousveil.chart import Drawing
from sousveil.dataset import Dataset
from tests.notebook.faces import check_picture

NOTEBOOK = Path(__file__).resolve().parents[2] / "docs" / "notebooks" / "first-look.ipynb"


def cells() -> list[dict[str, Any]]:
    return list(json.loads(NOTEBOOK.read_text(encoding="utf-8"))["cells"])


def run_cell(source: str, names: dict[str, object]) -> object:
    """Run a cell as a notebook does: return the value of its last expression, None where it ends in a statement."""
    tree = ast.parse(source)
    last = tree.body.pop() if tree.body and isinstance(tree.body[-1], ast.Expr) else None
    exec(compile(tree, "cell", "exec"), names)
    return eval(compile(ast.Expression(last.value), "cell", "eval"), names) if isinstance(last, ast.Expr) else None


def test_its_outputs_are_stripped_and_its_form_is_that_of_a_notebook() -> None:
    whole = json.loads(NOTEBOOK.read_text(encoding="utf-8"))
    assert (whole["nbformat"], whole["nbformat_minor"]) == (4, 5)
    assert len({cell["id"] for cell in whole["cells"]}) == len(whole["cells"])
    for cell in whole["cells"]:
        assert cell["cell_type"] in {"markdown", "code"}
        if cell["cell_type"] == "code":
            assert (cell["outputs"], cell["execution_count"]) == ([], None)


def test_every_cell_runs_and_shows_something_whole(
    demo: Dataset, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "demo-dataset").symlink_to(demo.paths.root)
    names: dict[str, object] = {}
    shown: list[str] = []
    for cell in cells():
        if cell["cell_type"] != "code":
            continue
        value = run_cell("".join(cell["source"]), names)
        assert value is not None, cell["source"]
        if isinstance(value, Face | Drawing):
            assert check_picture(value._repr_html_()).strip()
            shown.append(type(value).__name__)
    assert {"Dataset", "SearchResult", "Hit", "CitedFinding", "InstitutionView", "Drawing", "RaisedFlags"} <= set(shown)
    assert capsys.readouterr().out.startswith("[^")
    assert (tmp_path / "faces.csv").stat().st_size > 1_000
    opened = names["ds"]
    assert isinstance(opened, Dataset)
    assert opened.why(names["finding"].id).is_proved  # type: ignore[attr-defined]
    opened.close()
