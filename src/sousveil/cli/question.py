"""Options that ask for notices, shared by search, stats and export; the filters bear the names of the contract."""

from __future__ import annotations

from typing import Any

import click

from sousveil.ask.filters import Filters, make_filters
from sousveil.cli.options import Command

_SEVERAL = (
    ("cap", "ID", "Capability: id, title or family (face_recognition, FAC)."),
    ("buyer", "NAME", "Buyer, a part of its name, or the id of an institution."),
    ("supplier", "NAME", "Supplier, a part of its name, or the id of an institution."),
    ("agency", "NAME", "Procurement agency, a part of its name, or the id of an institution."),
    ("place", "NAME", "Province, city or country, in Chinese or English; or a code (510000)."),
    ("type", "TYPE", "intention, tender, correction, award, contract, termination, requirements, other."),
    ("language", "TAG", "Language of the notice (zh, en)."),
    ("kind", "KIND", "Has a finding of this kind: capability, scale, purpose, group, data, link, legal, system."),
    ("source", "NAME", "Source as named at ingest."),
    ("flag", "RULE", "An indicator that its purchase raises (single_bidder)."),
    ("system", "ID", "A system it names: id, title or a part of it; a programme includes its instances."),
    ("institution", "ID", "A body it names, in whatever role and spelling: id or name."),
    ("procurement", "ID", "A purchase it is part of."),
    ("organ", "KIND", "Kind of the institution that buys (police)."),
    ("level", "LEVEL", "Level of the institution that buys (county)."),
    ("state", "STATE", "Has a finding that is confirmed, rejected, unsure or unreviewed."),
)
_NAMES = (*(name for name, _, _ in _SEVERAL), "date", "amount")


def filter_options(command: Command) -> Command:
    """Add the filters; each may be given several times, then any of its values will do."""
    command = click.option("--amount", metavar="A..B", help="Amount as printed: 1m..5m, 50万.., >2m.")(command)
    command = click.option("--date", metavar="A..B", help="Published: 2019, 2018..2020, 2019-06...")(command)
    for name, value, text in reversed(_SEVERAL):
        command = click.option(f"--{name}", metavar=value, multiple=True, help=text)(command)
    return command


def raw_option(command: Command) -> Command:
    """Add ``--raw``: search the words as they stand."""
    return click.option("--raw", is_flag=True, help="Search the words as written, without terms in other languages.")(
        command
    )


def take_filters(options: dict[str, Any]) -> Filters:
    """Return the filters among the options of a command."""
    return make_filters(**{name: options[name] for name in _NAMES})
