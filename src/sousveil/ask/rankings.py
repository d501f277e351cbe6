"""Lists in the order of relevance or amount, kept for a while: what is paged in them does not move meanwhile.

A place in the order of time or of ids can be found again by what stands there. A rank cannot: what comes in changes the
weight of every word. So the first page fixes the order, and later pages are cut from it.
"""

from __future__ import annotations

import secrets
from collections import OrderedDict
from threading import Lock

from sousveil.exceptions import UsageError

MOST_RANKED = 10_000
"""Notices that are ranked for one list; who wants more takes them in the order of time."""
_MOST_LISTS = 32
"""Lists that are kept, each as one text of some 130 kB: 5 MB at most, the least used go first."""


class Rankings:
    """Ranked lists of notices by token; they are gone with the process, and the least used before."""

    def __init__(self) -> None:
        self._lists: OrderedDict[str, str] = OrderedDict()
        self._turn = Lock()

    def keep(self, ids: tuple[str, ...]) -> str:
        """Keep a list and return its token."""
        token = secrets.token_urlsafe(9)
        with self._turn:
            self._lists[token] = "\n".join(ids)
            while len(self._lists) > _MOST_LISTS:
                self._lists.popitem(last=False)
        return token

    def ids(self, token: str) -> tuple[str, ...]:
        """Return the ids of a list.

        Raises:
            UsageError: it is no longer kept.
        """
        with self._turn:
            if token not in self._lists:
                raise UsageError(
                    "This cursor has expired: lists by relevance or amount are kept until the server ends or others are"
                    " asked for. Ask again from the first page, or with sort=date, whose cursors last."
                )
            self._lists.move_to_end(token)
            return tuple(self._lists[token].splitlines())
