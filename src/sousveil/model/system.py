"""Named platforms and programmes, and the flows of data between them and the bodies that run them."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class System:
    """A named platform, network, database or programme."""

    id: str
    """Row of ``data/systems.yml``, with the code of its place where each place has one of its own."""
    title: str
    programme: str = ""
    """Row of ``data/systems.yml`` it is an instance of; empty where it is named only in notices."""
    place: str = ""
    owner: str = ""
    """Id of the institution whose purchase names it as its own; empty where none does."""
    names: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Flow:
    """Data that one system or body is said to give to another."""

    source: str
    """Id of a system or institution."""
    target: str
    data: tuple[str, ...] = ()
    """Rows of ``data/data_categories.yml`` named with it."""
    findings: tuple[str, ...] = ()
    """Ids of the findings that state it."""
