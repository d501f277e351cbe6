"""The reference of the API: a page for people, ``/openapi.json`` for programs; both made from the table of routes."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Protocol

from sousveil.ask.formats import FORMATS, ROWS
from sousveil.ask.search import SORTS
from sousveil.ask.spread import LEVELS
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

    @property
    def media_types(self) -> tuple[str, ...]:
        """Of the answer."""


_SCHEMAS: dict[str, dict[str, object]] = {
    "limit": {"type": "integer", "minimum": 1, "maximum": 1000},
    "page": {"type": "integer", "minimum": 1},
    "sort": {"type": "string", "enum": list(SORTS)},
    "format": {"type": "string", "enum": list(FORMATS), "default": "csv"},
    "rows": {"type": "string", "enum": list(ROWS)},
    "as": {"type": "string", "enum": ["buyer", "supplier"]},
    "level": {"type": "string", "enum": list(LEVELS)},
    **{name: {"type": "string", "enum": ["1"]} for name in ("stream", "raw", "skip_leaks")},
}
"""Of parameters that are no texts; those that may stand several times are lists."""
_SEVERAL = "filter, may stand several times"


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


def _schema(name: str, meaning: str) -> dict[str, object]:
    if meaning.startswith(_SEVERAL):
        return {"type": "array", "items": {"type": "string"}}
    return _SCHEMAS.get(name, {"type": "string"})


def _operation(endpoint: Described) -> dict[str, object]:
    in_path: list[dict[str, object]] = [
        {"name": name, "in": "path", "required": True, "schema": {"type": "string"}}
        for name in _IN_PATH.findall(endpoint.path)
    ]
    in_query: list[dict[str, object]] = [
        {"name": name, "in": "query", "description": meaning, "schema": _schema(name, meaning)}
        for name, meaning in endpoint.parameters
    ]
    error = {"description": "error, with the reason and what to do", "content": {"application/json": {}}}
    answer: dict[str, object] = {
        "description": "what is asked for",
        "content": {kind: {} for kind in endpoint.media_types},
    }
    if "cursor" in dict(endpoint.parameters):
        told = 'the next page, as <address>; rel="next"; missing on the last one'
        answer["headers"] = {"Link": {"description": told, "schema": {"type": "string"}}}
    return {
        "operationId": endpoint.path.strip("/").replace("/", "_").replace("{", "by_").replace("}", ""),
        "summary": endpoint.summary,
        "parameters": in_path + in_query,
        "responses": {
            "200": answer,
            "400": error,
            "404": error,
        },
    }
