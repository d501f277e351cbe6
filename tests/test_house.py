"""The floors of the house: a room imports only from floors below its own; and the tests of that test."""

import ast
from pathlib import Path

import pytest

PACKAGE = Path(__file__).resolve().parents[1] / "src" / "sousveil"

FLOORS = {
    "exceptions": 0,
    "model": 1,
    "settings": 1,
    "paths": 1,
    "lock": 2,
    "live": 2,
    "text": 2,
    "data": 2,
    "source": 3,
    "evidence": 3,
    "parse": 3,
    "read": 3,
    "find": 3,
    "mask": 3,
    "store": 3,
    "index": 3,
    "resolve": 3,
    "flag": 3,
    "run": 3,
    "draw": 4,
    "pipeline": 4,
    "ask": 5,
    "ingest": 5,
    "bulk": 5,
    "chart": 6,
    "dataset": 7,
    "cli": 8,
    "notebook": 8,
    "web": 8,
    "__main__": 9,
    "": 9,  # sousveil/__init__.py: re-exports
}
"""See docs/decisions/floors.md."""

MAX_FILE_LINES = 400
MAX_FUNCTION_LINES = 60


def room_of(module: str) -> str:
    return module.split(".")[1] if "." in module else ""


def imports_of(path: Path):
    """Yield (line, module) of every import in a file, inside functions too; relative ones as '.'."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom):
            if node.level:
                yield node.lineno, "."
            elif node.module == "sousveil":
                yield from ((node.lineno, f"sousveil.{alias.name}") for alias in node.names)
            else:
                yield node.lineno, node.module or ""
        elif isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)


def breaches(package: Path) -> list[str]:
    """Return every import that breaks the floors, as 'file:line: why'."""
    found = []
    for path in sorted(package.rglob("*.py")):
        parts = path.relative_to(package).with_suffix("").parts
        room = "" if parts == ("__init__",) else parts[0]
        if room not in FLOORS:
            found.append(f"{path.relative_to(package)}:1: room {room!r} has no floor")
            continue
        for line, module in imports_of(path):
            where = f"{path.relative_to(package)}:{line}"
            if module == ".":
                found.append(f"{where}: relative import")
            if module.split(".")[0] != "sousveil":
                continue
            other = room_of(module)
            if other == room and room:
                continue
            if other not in FLOORS:
                found.append(f"{where}: unknown room {other!r}")
            elif FLOORS[other] >= FLOORS[room]:
                found.append(
                    f"{where}: {room or 'sousveil'} (floor {FLOORS[room]}) imports {other or 'sousveil'} (floor {FLOORS[other]})"
                )
    return found


def test_every_import_goes_down():
    assert breaches(PACKAGE) == []


@pytest.mark.parametrize(
    ("file", "line", "why"),
    [
        ("text/fold.py", "from sousveil.read import read", "text (floor 2) imports read (floor 3)"),
        ("find/scale.py", "from sousveil.mask import mask", "find (floor 3) imports mask (floor 3)"),
        ("find/scale.py", "def f():\n    import sousveil.pipeline", "find (floor 3) imports pipeline (floor 4)"),
        ("find/scale.py", "from . import lexicon", "relative import"),
        ("find/scale.py", "from sousveil import ask", "find (floor 3) imports ask (floor 5)"),
        ("helpers/x.py", "import re", "room 'helpers' has no floor"),
        ("text/fold.py", "from sousveil.helpers import x", "unknown room 'helpers'"),
    ],
)
def test_a_planted_breach_is_named(tmp_path, file, line, why):
    target = tmp_path / file
    target.parent.mkdir(parents=True)
    target.write_text(f"{line}\n", encoding="utf-8")
    (found,) = breaches(tmp_path)
    assert found.startswith(file)
    assert why in found


def test_an_import_downwards_is_no_breach(tmp_path):
    (tmp_path / "find").mkdir()
    (tmp_path / "find" / "scale.py").write_text(
        "from sousveil.text.fold import fold\nfrom sousveil.find.lexicon import scan\n"
    )
    assert breaches(tmp_path) == []


def functions():
    for path in sorted(PACKAGE.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                yield path, node


def test_files_and_functions_stay_short():
    long = [
        f"{path.name}: {count} lines"
        for path in PACKAGE.rglob("*.py")
        if (count := len(path.read_text().splitlines())) > MAX_FILE_LINES
    ]
    long += [
        f"{path.name}: {node.name}"
        for path, node in functions()
        if (node.end_lineno or 0) - node.lineno + 1 > MAX_FUNCTION_LINES
    ]
    assert long == []


def test_no_room_for_leftovers():
    banned = {"utils", "helpers", "common", "core", "manager", "misc"}
    assert [path for path in PACKAGE.rglob("*") if path.stem in banned] == []
