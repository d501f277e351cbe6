"""Styles, the script, fonts and the icon: served from memory under a name that changes with them."""

from __future__ import annotations

import hashlib
from functools import cache
from importlib.resources import files
from pathlib import Path

from starlette.responses import PlainTextResponse, Response
from starlette.types import Receive, Scope, Send

_TYPES = {
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml",
    ".woff2": "font/woff2",
}


@cache
def static_files() -> dict[str, bytes]:
    """Return every file that is served, by name."""
    folder = Path(str(files("sousveil.web").joinpath("static")))
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir()) if path.suffix in _TYPES}


@cache
def static_digest() -> str:
    """Return ten hexadecimal digits that change when a file changes: browsers may keep each version for ever."""
    digest = hashlib.sha256()
    for name, body in static_files().items():
        digest.update(name.encode() + b"\0" + body)
    return digest.hexdigest()[:10]


class StaticPages:
    """Serves ``/static/DIGEST/NAME``; only names that are there, so no path leads out of the folder."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request."""
        path = str(scope["path"]).removeprefix(str(scope.get("root_path", "")))
        digest, _, name = path.strip("/").partition("/")
        body = static_files().get(name) if digest == static_digest() else None
        answer: Response
        if body is None:
            answer = PlainTextResponse("No such file.", status_code=404)
        else:
            kept = {"cache-control": "public, max-age=31536000, immutable"}
            answer = Response(body, media_type=_TYPES[Path(name).suffix], headers=kept)
        await answer(scope, receive, send)
