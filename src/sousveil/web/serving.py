"""Listening: which address, which names, with a key or without; ``sousveil serve`` starts it by name."""

from __future__ import annotations

import ipaddress
import secrets
from collections.abc import Callable, Sequence

import uvicorn

from sousveil.dataset import Dataset
from sousveil.web.app import make_app
from sousveil.web.form import Writing
from sousveil.web.guard import LOOPBACK
from sousveil.web.starting import Starter

_GOODBYE_S = 1
"""How long open pages keep the server from ending: streams of events have no end of their own."""


def serve(
    dataset: Dataset,
    *,
    host: str,
    port: int,
    names: Sequence[str] = (),
    is_read_only: bool = False,
    by: str = "",
    ready: Callable[[str, bool], None],
) -> None:
    """Serve a dataset until it is interrupted.

    Args:
        dataset: what is shown.
        host: address to listen on; any other than this machine's own asks every visitor for a random key.
        port: where.
        names: further names under which visitors may come.
        is_read_only: whether nothing can be changed from a page. Otherwise runs can be started, paused and stopped; a
            path can be named where only this machine reaches the pages. Findings can be judged.
        by: who judges them, as that person wants to be named.
        ready: is told the address to open, and whether others can reach it.
    """
    is_local = is_loopback(host)
    key = "" if is_local else secrets.token_urlsafe(24)
    shown = f"[{host}]" if ":" in host else host
    writing = None if is_read_only else Writing(Starter(dataset.paths), takes_paths=is_local and not names, by=by)
    app = make_app(dataset, hosts=(*LOOPBACK, shown, *names), key=key, writing=writing)
    dataset.facsimiles.prepare()
    ready(f"http://{names[0] if names else shown}:{port}/{f'key/{key}' if key else ''}", not is_local)
    uvicorn.run(
        app, host=host, port=port, log_level="warning", server_header=False, timeout_graceful_shutdown=_GOODBYE_S
    )


def is_loopback(host: str) -> bool:
    """Return whether only this machine reaches an address.

    >>> [is_loopback(one) for one in ("127.0.0.1", "::1", "localhost", "0.0.0.0", "192.0.2.7")]
    [True, True, True, False, False]
    """
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
