"""Tables are loaded from YAML once, then from what was kept of it."""

from dataclasses import dataclass
from pathlib import Path

import msgspec
import pytest
import yaml

from sousveil.data import load
from sousveil.exceptions import DataTableError


@dataclass(frozen=True)
class Row:
    name: str
    sizes: tuple[int, ...] = ()


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where a table ``rows`` is, with what is kept of it beside; as if the package lay there."""
    monkeypatch.setattr(load, "files", lambda _: tmp_path)
    monkeypatch.setattr(load, "cache_from_source", lambda _: str(tmp_path / "__pycache__" / "load.pyc"))
    monkeypatch.setattr(load.sys, "dont_write_bytecode", False)
    write(tmp_path, "- {name: a, sizes: [1, 2]}\n- {name: b}\n")
    return tmp_path


def write(folder: Path, text: str) -> None:
    (folder / "rows.yml").write_text(text, encoding="utf-8")


def loaded() -> tuple[Row, ...]:
    load._load.cache_clear()
    return load.load_table("rows", Row, key=("name",))


def test_a_kept_table_is_the_same_and_needs_no_yaml(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = loaded()
    monkeypatch.setattr(yaml, "load", None)
    assert loaded() == first == (Row("a", (1, 2)), Row("b"))


@pytest.mark.parametrize("kept", [b"", b"[]", b'{"source":1,"raw":[]}', b'{"source":"0","raw":[{"name":"forged"}]}'])
def test_what_is_damaged_or_of_other_yaml_is_made_anew(folder: Path, kept: bytes) -> None:
    loaded()
    path = folder / "__pycache__" / "rows.json"
    path.write_bytes(kept)
    assert [row.name for row in loaded()] == ["a", "b"]
    write(folder, "- {name: c}\n")
    assert loaded() == (Row("c"),)
    assert msgspec.json.decode(path.read_bytes())["raw"] == [{"name": "c"}]


def test_nothing_is_kept_where_python_keeps_nothing(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(load.sys, "dont_write_bytecode", True)
    assert len(loaded()) == 2
    assert not (folder / "__pycache__").exists()


def test_a_folder_that_cannot_be_written_is_no_matter(folder: Path) -> None:
    (folder / "__pycache__").write_text("a file in its place")
    assert len(loaded()) == 2


def test_what_json_cannot_say_is_not_kept_as_something_else(folder: Path) -> None:
    write(folder, "- {name: 2020-01-01}\n")  # YAML takes it for a day
    for _ in range(2):
        with pytest.raises(DataTableError, match="Expected `str`"):
            loaded()


@pytest.mark.parametrize("text", ["- {name: a", "- {nam: a}", "- {name: a}\n- {name: a}"])
def test_a_broken_table_is_told_each_time(folder: Path, text: str) -> None:
    write(folder, text)
    for _ in range(2):
        with pytest.raises(DataTableError, match=r"data/rows.yml"):
            loaded()
