"""Forms that change something: who may send one, how much of it is read, and the token it must carry.

A page of another site can make a browser send a form here, and a person's click there would do something here. So a
form must come from a page of ours (the browser says so, by ``Sec-Fetch-Site`` or ``Origin``, which no page can forge),
and must carry a token that stands in our pages alone, is new at every start of the server, and is compared in constant
time.
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import parse_qsl

from starlette.datastructures import Headers
from starlette.requests import Request

from sousveil.exceptions import SousveilError
from sousveil.web.starting import Starter

MOST_BYTES = 64 * 1024
"""Longest form that is read; ours have less than 5 kB."""
_MOST_FIELDS = 20
_TYPE = "application/x-www-form-urlencoded"
_SAME = "same-origin"


class RefusedError(SousveilError):
    """A form that must not do anything."""

    def __init__(self, message: str, status: int = 403) -> None:
        """Keep the HTTP status beside the message."""
        super().__init__(message)
        self.http_status = status


@dataclass(frozen=True, slots=True)
class Writing:
    """What makes pages able to change something.

    Attributes:
        starter: starts runs.
        takes_paths: whether a path on the disk of this machine may be named; not where others can reach the pages.
        by: who judges findings here, as that person wants to be named.
        token: stands in every form.
    """

    starter: Starter
    takes_paths: bool = True
    by: str = ""
    token: str = field(default_factory=lambda: secrets.token_urlsafe(32))


def is_ours(headers: Headers) -> bool:
    """Return whether the browser says that a page of ours sends this.

    ``Sec-Fetch-Site`` decides where it is there; ``Origin`` may then be ``null``, as browsers write it for pages that
    give no referrer. Without it the origin must be ours: the address in the Host header.
    """
    site, origin = headers.get("sec-fetch-site"), headers.get("origin")
    host = headers.get("host", "").lower()
    is_same = origin is not None and origin.lower() in (f"http://{host}", f"https://{host}")
    if site is not None:
        return site == _SAME and (origin in (None, "null") or is_same)
    return is_same


async def read_form(request: Request, token: str) -> Mapping[str, str]:
    """Return the fields of a form that carries the token.

    Raises:
        RefusedError: it is no form, too long, or its token is not ours.
    """
    if request.headers.get("content-type", "").partition(";")[0].strip().lower() != _TYPE:
        raise RefusedError(f"A form must be sent as {_TYPE}.", 415)
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > MOST_BYTES:
            raise RefusedError(f"This form is longer than {MOST_BYTES:,} bytes.", 413)
    try:
        fields = dict(parse_qsl(bytes(body).decode("ascii"), keep_blank_values=True, max_num_fields=_MOST_FIELDS))
    except ValueError as error:
        raise RefusedError("This form cannot be read.", 400) from error
    if not secrets.compare_digest(fields.get("token", "").encode("utf-8", "replace"), token.encode()):
        raise RefusedError(
            "This form does not carry the token of this server: it comes from elsewhere, or from before the last start."
            " Load the page again, and send it from there."
        )
    return fields
