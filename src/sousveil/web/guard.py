"""Who may ask: the right host, the right key, this origin; and what every answer is sealed with.

A page on the internet can make a browser send requests to this machine. So the Host header must be one of ours
(a name that was pointed at 127.0.0.1 is refused before anything is looked up), requests that other sites begin are
refused unless they open a page, and no answer may be read, framed or run from elsewhere. GET changes nothing. A form
(POST) must come from a page of ours, on this machine or with the key; ``form.py`` tells how, and asks for more.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Sequence

from starlette.datastructures import Headers
from starlette.requests import cookie_parser
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from sousveil.web.form import is_ours

LOOPBACK = ("127.0.0.1", "localhost", "[::1]")
"""Names of this machine in a Host header."""
COOKIE = "sousveil_key"
_KEY_PATH = "/key/"
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; connect-src 'self';"
    " form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
"""Content security policy: nothing inline, nothing from elsewhere."""
_SEALS = (
    ("content-security-policy", POLICY),
    ("x-content-type-options", "nosniff"),
    ("x-frame-options", "DENY"),
    ("referrer-policy", "no-referrer"),
    ("cross-origin-opener-policy", "same-origin"),
    ("cross-origin-resource-policy", "same-origin"),
    ("permissions-policy", "camera=(), microphone=(), geolocation=(), browsing-topics=()"),
)


class Guard:
    """Lets requests through to the pages, or answers them itself.

    Args:
        app: what is guarded.
        hosts: names that the Host header may have, without port.
        key: asked of every request where it is given; a visit to ``/key/KEY`` leaves it in a cookie.
        is_read_only: whether every form is refused.
    """

    def __init__(
        self, app: ASGIApp, hosts: Iterable[str] = LOOPBACK, key: str = "", *, is_read_only: bool = True
    ) -> None:
        self._app = app
        self._is_read_only = is_read_only
        self._hosts = frozenset(host.lower() for host in hosts)
        self._key = key

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        sealed = _sealing(send)
        refusal = self._refusal(scope)
        await (refusal or self._app)(scope, receive, sealed)

    def _refusal(self, scope: Scope) -> Response | None:
        headers = Headers(scope=scope)
        if not is_host_known(headers.getlist("host"), self._hosts):
            return PlainTextResponse(
                "This address is not served. Open the one that sousveil serve printed.", status_code=421
            )
        if scope["method"] == "POST" and not self._is_read_only:
            refusal = self._key_refusal(scope["path"], headers) if self._key else None
            return refusal or self._form_refusal(headers)
        if scope["method"] not in ("GET", "HEAD"):
            return PlainTextResponse(
                "Nothing can be changed here: only GET is answered.", status_code=405, headers={"allow": "GET, HEAD"}
            )
        if headers.get("sec-fetch-site") == "cross-site" and headers.get("sec-fetch-mode") != "navigate":
            return PlainTextResponse("Other sites may not ask.", status_code=403)
        return self._key_refusal(scope["path"], headers) if self._key else None

    def _form_refusal(self, headers: Headers) -> Response | None:
        if not self._key and not is_host_known(headers.getlist("host"), frozenset(LOOPBACK)):
            return PlainTextResponse("From another machine nothing can be changed without a key.", status_code=403)
        if not is_ours(headers):
            return PlainTextResponse("Only pages of sousveil may change something here.", status_code=403)
        return None

    def _key_refusal(self, path: str, headers: Headers) -> Response | None:
        if path.startswith(_KEY_PATH):
            if not _is_same(path.removeprefix(_KEY_PATH), self._key):
                return PlainTextResponse("This is not the key that sousveil serve printed.", status_code=403)
            answer = RedirectResponse("/", status_code=303)
            answer.set_cookie(COOKIE, self._key, httponly=True, samesite="strict", path="/")
            return answer
        given = cookie_parser(headers.get("cookie", "")).get(COOKIE, "")
        if not _is_same(given, self._key):
            return PlainTextResponse(
                "A key is needed: open the address with /key/ that sousveil serve printed.", status_code=403
            )
        return None


def is_host_known(given: Sequence[str], hosts: frozenset[str]) -> bool:
    """Return whether a request has one Host header, and that one of ours, with any port.

    >>> ours = frozenset(LOOPBACK)
    >>> [is_host_known([one], ours) for one in ("localhost:8000", "[::1]:80", "evil.example", "localhost.evil.example")]
    [True, True, False, False]
    """
    if len(given) != 1:
        return False
    name = given[0].lower()
    head, colon, port = name.rpartition(":")
    if colon and port.isascii() and port.isdigit():
        name = head
    return name in hosts


def _is_same(given: str, key: str) -> bool:
    return secrets.compare_digest(given.encode(), key.encode())


def _sealing(send: Send) -> Send:
    """Return a sender that adds the headers every answer must have; pages are not kept by browsers."""

    async def sealed(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = list(message.get("headers", []))
            names = {name for name, _ in headers}
            headers += [(name.encode(), value.encode()) for name, value in _SEALS if name.encode() not in names]
            if b"cache-control" not in names:
                headers.append((b"cache-control", b"no-store"))
            message = {**message, "headers": headers}
        await send(message)

    return sealed
