"""The reference of the API: a page for people, ``/openapi.json`` for programs; both made from the table of routes."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Protocol

from sousveil.settings import VERSION

_IN_PATH = re.compile(r"\{(\w+)\}")


class Described(Protocol):
    """An endpoint as the reference needs it."""

    @property
    def path(self) -> str:
        """Path with the names of its parts in braces."""

    @property
    def summary(self) -> str:
        """What it answers, one sentence."""

    @property
    def parameters(self) -> tuple[tuple[str, str], ...]:
        """Names of the query and what they mean."""


def openapi(endpoints: Sequence[Described]) -> dict[str, object]:
    """Return the description of the API as OpenAPI 3.1."""
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "sousveil",
            "version": VERSION,
            "description": "Reads one dataset; nothing can be changed. Persons are masked in all that is served.",
        },
        "paths": {endpoint.path: {"get": _operation(endpoint)} for endpoint in endpoints},
    }


def _operation(endpoint: Described) -> dict[str, object]:
    in_path: list[dict[str, object]] = [
        {"name": name, "in": "path", "required": True, "schema": {"type": "string"}}
        for name in _IN_PATH.findall(endpoint.path)
    ]
    in_query: list[dict[str, object]] = [
        {"name": name, "in": "query", "description": meaning, "schema": {"type": "string"}}
        for name, meaning in endpoint.parameters
    ]
    error = {"description": "error, with the reason and what to do", "content": {"application/json": {}}}
    return {
        "summary": endpoint.summary,
        "parameters": in_path + in_query,
        "responses": {
            "200": {"description": "the object of --json", "content": {"application/json": {}}},
            "400": error,
            "404": error,
        },
    }
