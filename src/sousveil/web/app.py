"""The application: routes, pages, JSON twins, errors."""

from __future__ import annotations

import asyncio
import logging
import tempfile
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Iterator, Mapping
from contextlib import asynccontextmanager
from pathlib import Path
from threading import Lock

import msgspec
from starlette.applications import Starlette
from starlette.background import BackgroundTask
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import FileResponse, RedirectResponse, Response, StreamingResponse
from starlette.routing import Mount, Route
from starlette.types import ASGIApp

from sousveil.ask.naming import nearest
from sousveil.dataset import Dataset
from sousveil.exceptions import SousveilError, UsageError
from sousveil.web.asked import Answer, Asked, Doing, Download, Elsewhere, Screen, Stream, Written
from sousveil.web.charts import chart_path, csv_file, svg_file
from sousveil.web.form import RefusedError, Writing, read_form
from sousveil.web.guard import LOOPBACK, Guard
from sousveil.web.interface import choose_language
from sousveil.web.pages import Pages
from sousveil.web.routes import API, DOSSIERS, EVENTS, FILES, FORMS, LINKS, PICTURE, SCREENS, SLOW, WARMED
from sousveil.web.screens import dossiers, facsimile
from sousveil.web.showing import Watch
from sousveil.web.static import StaticPages
from sousveil.web.warming import Warmer

_log = logging.getLogger("sousveil.web")

_LANGUAGE = "sousveil_lang"
"""Cookie with the language that was chosen; it lasts as long as the browser is open."""

Handler = Callable[[Request], Awaitable[Response]]


def make_app(
    dataset: Dataset, *, hosts: Iterable[str] = LOOPBACK, key: str = "", writing: Writing | None = None
) -> ASGIApp:
    """Return the application for one dataset.

    Args:
        dataset: what is shown; it stays the caller's to close.
        hosts: names that the Host header may have.
        key: asked of every visitor, for addresses that others can reach; empty for none.
        writing: what forms need to change something; None for pages that only read.
    """
    server = _Server(dataset, writing)
    routes: list[Route | Mount] = [Mount("/static", StaticPages())]
    routes += [Route(path, server.handler(screen), methods=["GET"]) for path, screen in FILES]
    routes += [Route(path, server.events, methods=["GET"]) for path in EVENTS]
    routes += [Route(path, server.doer(doing), methods=["POST"]) for path, doing in FORMS]
    for path, screen in SCREENS:
        twin = "/index.json" if path == "/" else f"{path}.json"
        routes.append(Route(twin, server.handler(screen, as_json=True), methods=["GET"]))
        routes.append(Route(path, server.handler(screen), methods=["GET"]))
    routes.append(Route(PICTURE, server.picture, methods=["GET"]))
    for path, leading, answering in LINKS:
        routes.append(Route(f"{path}.json", server.handler(answering, as_json=True), methods=["GET"]))
        routes.append(Route(path, server.handler(leading), methods=["GET"]))
    routes += [
        Route(one.path, server.handler(one.screen, as_json=True, known=one.names), methods=["GET"])
        for one in API
        if one.path not in EVENTS
    ]
    for path, screen in SCREENS:
        if screen not in SLOW:
            routes.append(Route(f"{chart_path(path)}.svg", server.handler(svg_file(screen)), methods=["GET"]))
            routes.append(Route(f"{chart_path(path)}.csv", server.handler(csv_file(screen)), methods=["GET"]))
    handlers = {HTTPException: server.missing, 500: server.broken}
    app = Starlette(routes=routes, exception_handlers=handlers, lifespan=server.warming)
    return Guard(app, hosts, key, is_read_only=writing is None)


class _Server:
    """Asks the dataset, one question at a time: SQLite's tables for one question are those of one connection."""

    def __init__(self, dataset: Dataset, writing: Writing | None) -> None:
        self._dataset, self._writing = dataset, writing
        self._pages = Pages(dataset.title)
        self._watch = Watch(dataset.paths)
        self._warmer = Warmer(dataset, WARMED, dossiers.place)
        self._turn = Lock()
        self._slow_turn = Lock()
        """Of screens that open the dataset for themselves, so that others need not wait for them."""

    @asynccontextmanager
    async def warming(self, _: Starlette) -> AsyncIterator[None]:
        """Make slow answers beforehand as long as the server runs."""
        self._warmer.start()
        try:
            yield
        finally:
            await run_in_threadpool(self._warmer.stop)

    def handler(self, screen: Screen, *, as_json: bool = False, known: frozenset[str] | None = None) -> Handler:
        """Return the handler of a screen; ``known`` are the parameters it takes, None for whatever stands there."""

        async def handle(request: Request) -> Response:
            unknown = next((name for name in request.query_params if known is not None and name not in known), None)
            if known is not None and unknown is not None:
                said = f"There is no parameter {unknown[:40]!r}. {nearest(unknown, known)}"
                return self._failed(request, said, UsageError.http_status, as_json=as_json)
            return await run_in_threadpool(self._answer, screen, request, as_json=as_json)

        return handle

    async def picture(self, request: Request) -> Response:
        """Answer with the picture of a page; it is drawn while other questions are answered."""
        return await run_in_threadpool(self._picture, request)

    def _picture(self, request: Request) -> Response:
        asked = self._asked(request)
        try:
            with self._turn:
                wanted = facsimile.wanted(asked)
            return facsimile.png(self._dataset.facsimiles.draw(wanted), request)
        except SousveilError as error:
            return self._failed(request, str(error), error.http_status, as_json=False)

    def doer(self, doing: Doing) -> Handler:
        """Return the handler of a form: it does something once, then leads to a page that may be loaded again."""

        async def handle(request: Request) -> Response:
            if self._writing is None:  # the guard has refused it already
                return self._failed(request, "Nothing can be changed here.", 403, as_json=False)
            try:
                form = await read_form(request, self._writing.token)
            except RefusedError as error:
                return self._failed(request, str(error), error.http_status, as_json=False)
            return await run_in_threadpool(self._do, doing, request, form)

        return handle

    def _do(self, doing: Doing, request: Request, form: Mapping[str, str]) -> Response:
        try:
            return RedirectResponse(doing(self._asked(request), form).href, status_code=303)
        except SousveilError as error:
            return self._failed(request, str(error), error.http_status, as_json=False)

    async def events(self, request: Request) -> Response:
        """Answer with the events of a run that goes on, else with 204: browsers do not ask again."""
        number = request.path_params["n"]
        run = int(number) if number.isascii() and number.isdigit() and len(number) < 10 else -1
        await asyncio.sleep(0)
        if not self._watch.is_going(run):
            return Response(status_code=204)
        told = self._watch.events(run, _language(request))
        return StreamingResponse(told, media_type="text/event-stream")

    def _asked(self, request: Request) -> Asked:
        return Asked(
            self._dataset,
            request.path_params,
            request.query_params,
            _language(request),
            live=self._watch.look(),
            writing=self._writing,
            at=request.url.path,
        )

    def _answer(self, screen: Screen, request: Request, *, as_json: bool) -> Response:
        asked = self._asked(request)
        try:
            with self._slow_turn if screen in SLOW else self._turn:
                begun = time.monotonic()
                answer = screen(asked)
                if screen in DOSSIERS or screen in WARMED:
                    self._warmer.note(screen, asked, time.monotonic() - begun)
                if isinstance(answer, Elsewhere):
                    return RedirectResponse(answer.href, status_code=302)
                if isinstance(answer, Download):
                    kept = {"content-disposition": f'attachment; filename="{answer.name}"'}
                    return Response(answer.body, media_type=answer.media_type, headers=kept)
                if isinstance(answer, Answer) and as_json:
                    return _json(answer.to_json(), answer.status, answer.headers)
            if isinstance(answer, Stream):
                return self._streamed(answer)
            if isinstance(answer, Written):
                return self._written(answer)
        except SousveilError as error:
            return self._failed(request, str(error), error.http_status, as_json=as_json)
        page = self._page(request, answer)
        if request.query_params.get("lang") == asked.language:
            page.set_cookie(_LANGUAGE, asked.language, httponly=True, samesite="strict", path="/")
        return page

    def _page(self, request: Request, answer: Answer) -> Response:
        words = self._pages.render(answer, request.url, _language(request), self._watch.look())
        headers = {"referrer-policy": "same-origin"} if answer.has_forms else {}
        return Response(words, status_code=answer.status, media_type="text/html", headers=headers)

    def _streamed(self, answer: Stream) -> Response:
        """Send lines while they are made, from a handle of their own: nobody waits for a long stream, nor it for them.

        The first lines are made before anything is sent, so that what cannot be understood is an error of its own.
        """
        reading = self._dataset.reader()
        try:
            lines = answer.lines(reading)
            first = next(lines, b"")
        except BaseException:
            reading.close()
            raise

        def parts() -> Iterator[bytes]:
            try:
                yield first
                yield from lines
            finally:
                reading.close()

        return StreamingResponse(parts(), media_type="application/x-ndjson")

    def _written(self, answer: Written) -> Response:
        """Make a file with a handle of its own, and send it when it is whole."""
        folder = tempfile.TemporaryDirectory(prefix="sousveil-")
        try:
            with self._dataset.reader() as reading:
                name, media_type, headers = answer.write(reading, Path(folder.name) / "export")
        except BaseException:
            folder.cleanup()
            raise
        done = BackgroundTask(folder.cleanup)
        whole = Path(folder.name) / "export"
        return FileResponse(whole, filename=name, media_type=media_type, headers=dict(headers), background=done)

    def _failed(self, request: Request, message: str, status: int, *, as_json: bool) -> Response:
        shape = {"v": 1, "error": message, "status": status}
        if as_json or request.url.path.endswith(".json") or request.url.path.startswith("/api/"):
            return _json(shape, status)
        return self._page(request, Answer("error.html", lambda: shape, {"message": message, "status": status}, status))

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


def _json(shape: object, status: int, headers: Mapping[str, str] | None = None) -> Response:
    """Return JSON made in one go: large answers cost milliseconds that way."""
    body = msgspec.json.encode(shape)
    return Response(body, status_code=status, media_type="application/json", headers=dict(headers or {}))
