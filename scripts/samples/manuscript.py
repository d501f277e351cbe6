"""Manuscripts: what an invented notice says, in a small markup, with its expected reading above it.

A manuscript file holds several notices. Each begins with a line ``@@@ PATH`` (the file to make), then headers
``@name value``, then ``@expect`` with YAML, then ``@body`` with the text. ``{{name|first|second}}`` in a body is
replaced by the boilerplate of that name with ``$1``, ``$2`` filled in: notices of one administration share their
standard clauses, and a reader has to see past them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

_CALL = re.compile(r"\{\{([a-z_]+)((?:\|[^{}]*)?)\}\}")


@dataclass(frozen=True)
class Manuscript:
    """One invented notice: ``path`` to make, ``headers`` for the layout, ``expect`` (the labels), ``body`` (markup)."""

    path: str
    headers: dict[str, str]
    expect: list[dict[str, Any]]
    body: str

    def header(self, name: str, default: str = "") -> str:
        """Return a header's value, or ``default`` where the manuscript does not set it."""
        return self.headers.get(name, default)


def load_manuscripts(folder: Path) -> list[Manuscript]:
    """Return all manuscripts of the ``.txt`` files in ``folder``, in order of file name and appearance."""
    boilerplate = _load_boilerplate(folder / "boilerplate.yml")
    found = []
    for file in sorted(folder.glob("*.txt")):
        parts = re.split(r"^@@@ ", file.read_text("utf-8"), flags=re.MULTILINE)[1:]
        found += [_read_one(part, boilerplate) for part in parts]
    return found


def _load_boilerplate(file: Path) -> dict[str, str]:
    loaded = yaml.safe_load(file.read_text("utf-8")) if file.is_file() else {}
    return {str(name): str(text).rstrip("\n") for name, text in loaded.items()}


def _read_one(part: str, boilerplate: dict[str, str]) -> Manuscript:
    head, _, body = part.partition("\n@body\n")
    head, _, expect = head.partition("\n@expect\n")
    path, *lines = head.split("\n")
    headers = {}
    for line in filter(None, lines):
        name, _, value = line.removeprefix("@").partition(" ")
        headers[name] = value.strip()
    loaded = yaml.safe_load(expect) or []
    rows = loaded if isinstance(loaded, list) else [loaded]
    return Manuscript(path.strip(), headers, rows, _fill(body.strip("\n"), boilerplate) + "\n")


def _fill(body: str, boilerplate: dict[str, str]) -> str:
    def one(call: re.Match[str]) -> str:
        text = boilerplate[call[1]]
        for number, value in enumerate(call[2].split("|")[1:], 1):
            text = text.replace(f"${number}", value)
        return _fill(text, boilerplate) if "{{" in text else text

    return _CALL.sub(one, body)
