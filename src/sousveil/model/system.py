"""Named platforms and programmes, and the flows of data between them and the bodies that run them.

No end of a flow is a person, and none may be: ends are systems, institutions, and kinds of bodies at a place.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class System:
    """A named platform, network, database or programme."""

    id: str
    """Row of ``data/systems.yml``; with ``@`` and the code of its place where each place has one of its own
    (``skynet@350200``); a hash of name and place where only notices name it (``s-…``)."""
    title: str
    programme: str = ""
    """Row of ``data/systems.yml`` it is an instance of; empty where it is named only in notices."""
    place: str = ""
    """Code of ``data/places.tsv``; empty where it is one for all places, or the place is in no list."""
    owner: str = ""
    """Id of the institution whose purchase names it as its own; empty where none or several do."""
    names: tuple[str, ...] = ()
    """As printed."""
    findings: tuple[str, ...] = ()
    """Ids of the findings that name it."""


@dataclass(frozen=True, slots=True)
class Body:
    """A body that documents name as an end of a flow, known only by its kind and place."""

    id: str
    """Kind and code of the place (``police@350200``), or kind and name of a place that is in no list."""
    kind: str
    """Row of ``data/end_words.yml``."""
    title: str
    place: str = ""
    names: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Flow:
    """Data that one system or body is said to give to another."""

    source: str
    """Id of a system, an institution or a body."""
    target: str
    data: tuple[str, ...] = ()
    """Rows of ``data/data_categories.yml`` named with it."""
    findings: tuple[str, ...] = ()
    """Ids of the findings that state it."""
    words: tuple[str, ...] = ()
    """The words that state it: 接入 (connected to), 推送 (pushed to), shared with, …"""
    what: tuple[str, ...] = ()
    """What is handed on, as printed: 视频 (video), images, …"""
    is_mutual: bool = False
    """Whether the words say only that the two are joined (与…对接, integrated with); the ends are then in the order of
    their ids."""
    is_source_stated: bool = True
    """False where no finding names the source, so that it is what the notice buys, or the buyer."""
