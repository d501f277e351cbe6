"""The public face: small, typed, documented; every answer that a user gets has an end where help is."""

from __future__ import annotations

import inspect
import subprocess
import sys
import typing
from pathlib import Path

import pytest

import sousveil as sv
from sousveil import exceptions
from sousveil.ask.face import Face
from sousveil.ask.frames import Frames

PUBLIC = {"Dataset", "Options", "SousveilError", "__version__", "demo", "init", "open"}


def methods() -> list[tuple[str, object]]:
    found = []
    for name in dir(sv.Dataset):
        if not name.startswith("_"):
            held = inspect.getattr_static(sv.Dataset, name)
            found.append((name, getattr(held, "func", getattr(held, "fget", held))))
    return found


def test_the_face_is_what_it_says() -> None:
    assert set(sv.__all__) == set(dir(sv)) == PUBLIC
    for name in PUBLIC:
        assert getattr(sv, name) is not None
    with pytest.raises(AttributeError, match="no attribute 'Person'"):
        sv.Person  # noqa: B018


@pytest.mark.parametrize("name", ["open", "init", "demo"])
def test_functions_are_typed_and_documented(name: str) -> None:
    function = getattr(sv, name)
    assert function.__doc__
    assert typing.get_type_hints(function)["return"] is sv.Dataset


@pytest.mark.parametrize(("name", "held"), methods(), ids=[name for name, _ in methods()])
def test_every_method_is_typed_and_documented(name: str, held: object) -> None:
    assert callable(held), name
    held = inspect.unwrap(held)
    assert held.__doc__, name
    if inspect.isfunction(held) and name != "__init__":
        signature = inspect.signature(held)
        assert signature.return_annotation is not inspect.Signature.empty, name
        for parameter in list(signature.parameters.values())[1:]:
            assert parameter.annotation is not inspect.Parameter.empty, (name, parameter.name)


def test_no_method_asks_for_a_person() -> None:
    words = {"person", "people", "contact", "who", "name", "phone", "face"}
    assert [name for name, _ in methods() if set(name.split("_")) & words] == []


def test_every_answer_with_rows_or_a_face_has_the_same_verbs() -> None:
    for verb in ("to_pandas", "to_polars", "to_arrow"):
        assert inspect.getdoc(getattr(Frames, verb))
    for kind in _all_below(Face) | _all_below(Frames):
        assert kind.__doc__, kind


def _all_below(kind: type) -> set[type]:
    return {one for child in kind.__subclasses__() for one in ({child} | _all_below(child))}


def test_every_error_is_one_tree_and_says_when() -> None:
    for name, error in vars(exceptions).items():
        if inspect.isclass(error) and issubclass(error, Exception):
            assert issubclass(error, sv.SousveilError), name
            assert error.__doc__, name


def test_a_folder_that_is_no_dataset_is_refused_with_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(exceptions.NoDatasetError, match="sousveil init"):
        sv.open(tmp_path)


def test_importing_is_quick_and_loads_neither_libraries_of_frames_nor_readers() -> None:
    script = (
        "import sys, sousveil as sv; sv.open; sv.Dataset; loaded = set(sys.modules);"
        "print(sorted(loaded & {'pandas', 'polars', 'arro3', 'pyarrow', 'sousveil.notebook', 'IPython',"
        " 'sousveil.parse', 'sousveil.pipeline', 'sousveil.mask', 'sousveil.find', 'sousveil.chart'}))"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
