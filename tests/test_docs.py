"""README and docs tell the truth: every console block is run, in order, and prints what is written under it.

A line ``...`` stands for any lines, ``...`` inside a line for any characters. Each file gets a fresh folder. A page that
asks a dataset and makes none (no ``sousveil demo``, no ``sousveil init``) says so and starts in the demonstration dataset.
"""

import os
import re
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests import command_server

ROOT = Path(__file__).resolve().parents[1]
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]
BLOCK = re.compile(r"^```console\n(.*?)^```", re.MULTILINE | re.DOTALL)
PYTHON_BLOCK = re.compile(r"^```python\n(.*?)^```", re.MULTILINE | re.DOTALL)


def commands_of(text):
    """Yield (command, expected lines) of every console block; a command may go on after a backslash."""
    for block in BLOCK.findall(text):
        current = None
        for line in block.splitlines():
            if line.startswith("$ "):
                if current:
                    yield current
                current = (line[2:], [])
            elif current and current[0].endswith("\\"):
                current = (current[0][:-1] + line.strip(), [])
            elif current:
                current[1].append(line)
        if current:
            yield current


def pattern_of(expected):
    """Return the expected lines as a pattern for the whole output."""
    parts = [
        ".*?" if line.strip() == "..." else r"[^\n]*?".join(map(re.escape, line.rstrip().split("...")))
        for line in expected
    ]
    return re.compile(r"\s*\n".join(parts) + r"\s*\Z", re.DOTALL)


@pytest.fixture(scope="session")
def server(tmp_path_factory):
    """The path of the socket behind which ``sousveil`` is loaded; see ``command_server.py``."""
    path = tmp_path_factory.mktemp("server") / "socket"
    process = subprocess.Popen([sys.executable, Path(command_server.__file__), path], stdin=subprocess.PIPE)
    while not path.exists():
        assert process.poll() is None, "the server of commands ended"
        time.sleep(0.02)
    yield path
    process.stdin.close()
    process.wait()


def shell_in(folder, server):
    """Return a function that runs a command line as a reader of the page would, with ``sousveil`` on the path."""
    shim = folder / "bin" / "sousveil"
    shim.parent.mkdir()
    shim.with_suffix(".py").write_text(command_server.SHIM.format(path=str(server)))
    shim.write_text(f'#!/bin/sh\nexec {sys.executable} -I -S {shim}.py "$@"\n')
    shim.chmod(0o755)
    here = folder / "here"
    here.mkdir()
    environment = {
        "PATH": f"{shim.parent}:{Path(sys.executable).parent}:{os.environ['PATH']}",
        "PYTHONPATH": os.pathsep.join(sys.path),
        "HOME": str(here),
        "LANG": "C.UTF-8",
        "COLUMNS": "120",
    }

    at = [here]

    def run(command):
        if moved := re.fullmatch(r"cd (\S+)", command):
            at[0] = at[0] / moved[1]
            return "" if at[0].is_dir() else f"no folder {at[0]}"
        done = subprocess.run(
            command,
            shell=True,
            cwd=at[0],
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
        )
        return done.stdout

    return run


@pytest.fixture
def shell(tmp_path, server):
    """The shell of a reader in an empty folder."""
    return shell_in(tmp_path, server)


def makes_a_dataset(commands):
    return any(re.search(r"\bsousveil (?:demo|init|read)\b", command) for command, _ in commands)


def has_blocks(page):
    return bool(BLOCK.search(page.read_text(encoding="utf-8")))


@pytest.mark.parametrize(
    "page", [page for page in PAGES if page.is_file() and has_blocks(page)], ids=lambda page: page.name
)
def test_console_blocks_print_what_they_say(page, shell, tmp_path, demonstration):
    commands = list(commands_of(page.read_text(encoding="utf-8")))
    if page.parent.name == "docs" and any(command == "sousveil demo" for command, _ in commands):
        # made from nothing for the README; here the command finds it made, and prints the same
        shutil.copytree(demonstration, tmp_path / "here" / "demo-dataset")
    elif not makes_a_dataset(commands):
        shutil.copytree(demonstration, tmp_path / "here", dirs_exist_ok=True)
    for command, expected in commands:
        if command.startswith(("make ", "git ")):
            continue  # these set up the machine; `make demo` and `make test` are proved on an empty one
        printed = shell(command)
        assert pattern_of(expected).match(printed.lstrip("\n")), f"$ {command}\n{printed}"


@pytest.mark.parametrize(
    "page",
    [page for page in PAGES if page.is_file() and PYTHON_BLOCK.search(page.read_text(encoding="utf-8"))],
    ids=lambda page: page.name,
)
def test_python_blocks_run(page, shell, tmp_path, demonstration):
    shutil.copytree(demonstration, tmp_path / "here" / "demo-dataset")
    for number, block in enumerate(PYTHON_BLOCK.findall(page.read_text(encoding="utf-8"))):
        script = tmp_path / f"{number}.py"
        script.write_text(block, encoding="utf-8")
        printed = shell(f"{sys.executable} {script}")
        assert "Traceback" not in printed, printed


def test_links_between_pages_lead_somewhere():
    broken = [
        f"{page.relative_to(ROOT)}: {target}"
        for page in PAGES
        if page.is_file()
        for target in re.findall(r"\]\(([^)#]+?)(?:#[^)]*)?\)", page.read_text(encoding="utf-8"))
        if "://" not in target and not (page.parent / target).exists()
    ]
    assert broken == []


def test_the_matcher_can_fail():
    assert pattern_of(["found 3", "..."]).match("found 3\nmore\n")
    assert not pattern_of(["found 3"]).match("found 4\n")
    assert not pattern_of(["found 3"]).match("found 3\nmore\n")
