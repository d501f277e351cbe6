"""The application: routes, pages, JSON twins, errors."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Iterable
from threading import Lock

import msgspec
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Mount, Route
from starlette.types import ASGIApp

from sousveil.dataset import Dataset
from sousveil.exceptions import SousveilError
from sousveil.web.asked import Answer, Asked, Download, Elsewhere, Screen
from sousveil.web.charts import chart_path, csv_file, svg_file
from sousveil.web.guard import LOOPBACK, Guard
from sousveil.web.interface import choose_language
from sousveil.web.pages import Pages
from sousveil.web.routes import API, FILES, LINKS, PICTURE, SCREENS
from sousveil.web.screens import facsimile
from sousveil.web.static import StaticPages

_log = logging.getLogger("sousveil.web")

_LANGUAGE = "sousveil_lang"
"""Cookie with the language that was chosen; it lasts as long as the browser is open."""

Handler = Callable[[Request], Awaitable[Response]]


def make_app(dataset: Dataset, *, hosts: Iterable[str] = LOOPBACK, key: str = "") -> ASGIApp:
    """Return the application for one dataset.

    Args:
        dataset: what is shown; it stays the caller's to close.
        hosts: names that the Host header may have.
        key: asked of every visitor, for addresses that others can reach; empty for none.
    """
    server = _Server(dataset)
    routes: list[Route | Mount] = [Mount("/static", StaticPages())]
    for path, screen in SCREENS:
        twin = "/index.json" if path == "/" else f"{path}.json"
        routes.append(Route(twin, server.handler(screen, as_json=True), methods=["GET"]))
        routes.append(Route(path, server.handler(screen), methods=["GET"]))
    routes.append(Route(PICTURE, server.picture, methods=["GET"]))
    for path, leading, answering in LINKS:
        routes.append(Route(f"{path}.json", server.handler(answering, as_json=True), methods=["GET"]))
        routes.append(Route(path, server.handler(leading), methods=["GET"]))
    routes += [Route(one.path, server.handler(one.screen, as_json=True), methods=["GET"]) for one in API]
    routes += [Route(path, server.handler(making), methods=["GET"]) for path, making in FILES]
    for path, screen in SCREENS:
        routes.append(Route(f"{chart_path(path)}.svg", server.handler(svg_file(screen)), methods=["GET"]))
        routes.append(Route(f"{chart_path(path)}.csv", server.handler(csv_file(screen)), methods=["GET"]))
    app = Starlette(routes=routes, exception_handlers={HTTPException: server.missing, 500: server.broken})
    return Guard(app, hosts, key)


class _Server:
    """Asks the dataset, one question at a time: SQLite's tables for one question are those of one connection."""

    def __init__(self, dataset: Dataset) -> None:
        self._dataset = dataset
        self._pages = Pages(dataset.title)
        self._turn = Lock()

    def handler(self, screen: Screen, *, as_json: bool = False) -> Handler:
        """Return the handler of a screen."""

        async def handle(request: Request) -> Response:
            return await run_in_threadpool(self._answer, screen, request, as_json=as_json)

        return handle

    async def picture(self, request: Request) -> Response:
        """Answer with the picture of a page; it is drawn while other questions are answered."""
        return await run_in_threadpool(self._picture, request)

    def _picture(self, request: Request) -> Response:
        asked = Asked(self._dataset, request.path_params, request.query_params)
        try:
            with self._turn:
                wanted = facsimile.wanted(asked)
            return facsimile.png(self._dataset.facsimiles.draw(wanted), request)
        except SousveilError as error:
            return self._failed(request, str(error), error.http_status, as_json=False)

    def _answer(self, screen: Screen, request: Request, *, as_json: bool) -> Response:
        language = _language(request)
        asked = Asked(self._dataset, request.path_params, request.query_params, language)
        try:
            with self._turn:
                answer = screen(asked)
                if isinstance(answer, Elsewhere):
                    return RedirectResponse(answer.href, status_code=302)
                if isinstance(answer, Download):
                    kept = {"content-disposition": f'attachment; filename="{answer.name}"'}
                    return Response(answer.body, media_type=answer.media_type, headers=kept)
                if as_json:
                    return _json(answer.to_json(), answer.status)
        except SousveilError as error:
            return self._failed(request, str(error), error.http_status, as_json=as_json)
        page = Response(
            self._pages.render(answer, request.url, language), status_code=answer.status, media_type="text/html"
        )
        if request.query_params.get("lang") == language:
            page.set_cookie(_LANGUAGE, language, httponly=True, samesite="strict", path="/")
        return page

    def _failed(self, request: Request, message: str, status: int, *, as_json: bool) -> Response:
        shape = {"v": 1, "error": message, "status": status}
        if as_json or request.url.path.endswith(".json") or request.url.path.startswith("/api/"):
            return _json(shape, status)
        language = _language(request)
        answer = Answer("error.html", lambda: shape, {"message": message, "status": status}, status)
        return Response(self._pages.render(answer, request.url, language), status_code=status, media_type="text/html")

    async def missing(self, request: Request, error: Exception) -> Response:
        """Answer what no route takes."""
        status = error.status_code if isinstance(error, HTTPException) else 404
        await asyncio.sleep(0)
        return self._failed(request, f"There is no page {request.url.path[:80]}.", status, as_json=False)

    async def broken(self, request: Request, error: Exception) -> Response:
        """Answer a mistake of ours: the reader learns that there was one, the log has the rest."""
        _log.error("%s failed", request.url.path, exc_info=error)
        await asyncio.sleep(0)
        message = "This page could not be made: a mistake in sousveil. The terminal in which it runs says more."
        return self._failed(request, message, 500, as_json=False)


def _language(request: Request) -> str:
    """Return the language of the interface: as asked now, as asked before, as the browser asks."""
    asked = request.query_params.get("lang", "") or request.cookies.get(_LANGUAGE, "")
    return choose_language(asked, request.headers.get("accept-language", ""))


def _json(shape: object, status: int) -> Response:
    """Return JSON made in one go: large answers cost milliseconds that way."""
    return Response(msgspec.json.encode(shape), status_code=status, media_type="application/json")
