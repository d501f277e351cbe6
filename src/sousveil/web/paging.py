"""Lists of the API: pages by cursor, or all of a list as a stream of JSON lines through the gate.

A cursor names the last thing that was given, not how many were given before: what comes in while somebody pages moves
nothing, leaves nothing out and gives nothing twice.
"""

from __future__ import annotations

import base64
import binascii
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace

import msgspec

from sousveil.ask.gate import may_leave
from sousveil.exceptions import UsageError
from sousveil.web import links
from sousveil.web.asked import Answer, Asked, Stream

MOST = 1000
"""Most things of one page."""
_PAGE = 100
_CHUNK = 1000
"""Things of a stream that are read at once."""

Row = dict[str, object]


@dataclass(frozen=True, slots=True)
class Page:
    """One page of a list.

    Attributes:
        shape: the object that is answered, without ``next``.
        rows: the things themselves, for a stream.
        last: key of the last of them, behind which the next page begins; empty where nothing follows.
    """

    shape: Row
    rows: Sequence[Row]
    last: str = ""


@dataclass(frozen=True, slots=True)
class Listing:
    """A list of the API.

    Attributes:
        name: of the list, kept in its cursors.
        page: gives what stands behind a key, empty for the beginning, and at most so many.
        key: member of a row that names it, for what is told when the gate stops one.
        limit: things of a page where none is asked for.
        check: raises where the list cannot be streamed as it is asked for.
    """

    name: str
    page: Callable[[Asked, str, int], Page]
    key: str = "id"
    limit: int = _PAGE
    check: Callable[[Asked], None] = field(default=lambda _: None)

    def __call__(self, asked: Asked) -> Answer | Stream:
        """Answer with a page, or with everything where ``stream=1`` is asked.

        Raises:
            UsageError: the cursor, the limit or a filter cannot be understood.
        """
        if asked.text("stream") == "1":
            self.check(asked)
            return Stream(lambda reading: self._lines(replace(asked, dataset=reading)))
        limit = asked.number("limit", self.limit, least=1, most=MOST)
        page = self.page(asked, from_cursor(self.name, asked.text("cursor")), limit)
        kept = [pair for pair in asked.query.multi_items() if pair[0] not in ("cursor", "page")]
        following = ""
        if page.last:
            following = links.with_query(asked.at, [*kept, ("cursor", to_cursor(self.name, page.last))])
        shape = page.shape | {"next": following or None}
        headers = {"link": f'<{following}>; rel="next"'} if following else {}
        return Answer("error.html", lambda: shape, headers=headers)

    def _lines(self, asked: Asked) -> Iterator[bytes]:
        """Yield the things of the list, some lines at a time; in place of one that the gate stops stands its id."""
        after = ""
        while True:
            page = self.page(asked, after, _CHUNK)
            yield b"".join(msgspec.json.encode(self._passed(row)) + b"\n" for row in page.rows)
            after = page.last
            if not after:
                return

    def _passed(self, row: Row) -> Row:
        said = str(row.get(self.key))
        if may_leave(f"{self.name} {said}", row, is_skipping=True):
            return row
        return {self.key: said, "left_out": "the gate found what looks like a person's data in it"}


def to_cursor(name: str, key: str) -> str:
    """Return the cursor of a key.

    >>> from_cursor("procurements", to_cursor("procurements", "p-1"))
    'p-1'
    """
    return base64.urlsafe_b64encode(msgspec.json.encode([name, key])).decode().rstrip("=")


def from_cursor(name: str, cursor: str) -> str:
    """Return the key of a cursor; empty for none.

    Raises:
        UsageError: it is none of this list.
    """
    if not cursor:
        return ""
    try:
        padded = cursor.encode("ascii") + b"=" * (-len(cursor) % 4)
        whose, key = msgspec.json.decode(base64.urlsafe_b64decode(padded), type=tuple[str, str])
    except (binascii.Error, UnicodeEncodeError, msgspec.DecodeError) as error:
        raise UsageError("This is no cursor. Take it from `next` of the page before, as it stands.") from error
    if whose != name:
        raise UsageError(f"This cursor is of the list {whose[:20]!r}, not of {name}. Ask from the first page.")
    return key
