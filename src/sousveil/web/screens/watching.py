"""Watching ``/watches``: the searches that are kept, and what is new in them; nothing is marked as seen from here."""

from __future__ import annotations

from dataclasses import dataclass

from sousveil.ask.watching import WatchState
from sousveil.model import Notice
from sousveil.web import links
from sousveil.web.asked import Answer, Asked

_MOST_NEW = 5
"""New notices named with each watch; the search has all."""
_MOST_GLANCED = 8
"""Watches on the overview, those with something new first."""


@dataclass(frozen=True, slots=True)
class NewNotice:
    """A notice that is new in a watch: its title, date and buyer as printed, and where it is shown."""

    title: str
    date: str
    buyer: str
    href: str


def watches(asked: Asked) -> Answer:
    """Answer with every watch: what it asks, how many notices match, which are new since the last check."""
    states = tuple(asked.dataset.watches)
    shown = [one for state in states for one in state.newest[:_MOST_NEW]]
    notices = asked.dataset.store.notices(shown)
    news = {
        state.watch.name: [_new(notices[one], state) for one in state.newest[:_MOST_NEW] if one in notices]
        for state in states
    }
    return Answer(
        "watches.html",
        lambda: {"v": 1, "watches": [state.to_json() for state in states]},
        {"states": states, "news": news},
    )


def glance(asked: Asked) -> tuple[WatchState, ...]:
    """Return the watches that the overview shows, those with something new first; counts are kept until a change."""
    states = sorted(asked.dataset.watches, key=lambda state: -state.new)
    return tuple(states[:_MOST_GLANCED])


def _new(notice: Notice, state: WatchState) -> NewNotice:
    path = links.with_query(links.page("d", notice.document), [("q", state.watch.query)])
    values = (notice.title, notice.publication_date, notice.buyer)
    title, date, buyer = ("" if value is None or value.value is None else str(value.value) for value in values)
    return NewNotice(title, date, buyer, path)
