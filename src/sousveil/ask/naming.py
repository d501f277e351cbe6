"""What a user wrote for a flag, system, institution or purchase, resolved to the ids that the tables have.

An id is taken first, then a whole name, then a part of one. What is none is refused, with what would be near.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping
from typing import get_args

from sousveil.exceptions import UsageError
from sousveil.model import ReviewState
from sousveil.store.database import Store
from sousveil.text.fold import even, fold

_MOST_NEAR = 3


def name_key(name: str) -> str:
    """Return a name as it is compared: folded, without underscores and hyphens."""
    return even(fold(name)).replace("_", " ").replace("-", " ").strip()


def nearest(value: str, known: Iterable[str]) -> str:
    """Return which of the known values is meant, as a question; all of them where none is near."""
    listed = list(known)
    near = difflib.get_close_matches(value.lower(), listed, n=_MOST_NEAR, cutoff=0.5)
    near = near or [one for one in listed if value.lower() in one][:_MOST_NEAR]
    return f"Did you mean {' or '.join(near)}?" if near else f"Known are: {', '.join(sorted(listed))}."


def review_state(asked: str) -> ReviewState:
    """Return the state of review that is meant.

    Raises:
        UsageError: there is none of that name.

    >>> review_state("Unreviewed")
    'unreviewed'
    """
    states: tuple[ReviewState, ...] = get_args(ReviewState)
    found = next((one for one in states if one == asked.lower()), None)
    if found is None:
        raise UsageError(f"There is no state of review {asked!r}. {nearest(asked, states)}")
    return found


def flag_rules(asked: str) -> tuple[str, ...]:
    """Return the indicator of an id or a title.

    Raises:
        UsageError: there is none.

    >>> flag_rules("Single bidder"), flag_rules("single_bidder")
    (('single_bidder',), ('single_bidder',))
    """
    from sousveil.flag import INDICATORS  # noqa: PLC0415 (thirty modules, only where flags are asked for)

    key = name_key(asked)
    found = tuple(one.id for one in INDICATORS if key in (name_key(one.id), name_key(one.title)))
    if not found:
        known = [one.id for one in INDICATORS]
        raise UsageError(f"There is no flag {asked!r}. {nearest(asked, known)} All of them: sousveil flags list")
    return found


def system_ids(store: Store, asked: str) -> tuple[str, ...]:
    """Return the systems of an id or name; a programme stands for its instances too.

    Raises:
        UsageError: there is none.
    """
    rows = store.rows("SELECT id, title, programme FROM systems ORDER BY id")
    titles = {row["id"]: name_key(row["title"]) for row in rows}
    found = _called(asked, titles)
    if not found:
        raise UsageError(
            f"There is no system {asked!r} here. {_near_names(asked, titles)} All of them: sousveil list systems"
        )
    instances = [row["id"] for row in rows if row["programme"] in found]
    return tuple(dict.fromkeys([*found, *instances]))


def institution_ids(store: Store, asked: str) -> tuple[str, ...]:
    """Return the institutions of an id, one that it had before, a name that is printed for it, or a part of a name.

    Raises:
        UsageError: there is none.
    """
    known = known_institution(store, asked) or _named_institutions(store, asked)
    if not known:
        raise UsageError(f"There is no institution {asked!r} here. {_near_institutions(store, asked)}")
    return known


def known_institution(store: Store, asked: str) -> tuple[str, ...]:
    """Return the institution that has an id, or had it before; nothing where none has."""
    rows = store.rows(
        "SELECT id FROM institutions WHERE id IN (?, (SELECT current FROM former_ids WHERE id = ?))", (asked, asked)
    )
    return tuple(row["id"] for row in rows)


def procurement_id(store: Store, asked: str) -> str:
    """Return the purchase of an id, or of the id of one of its notices.

    Raises:
        UsageError: there is none.
    """
    rows = store.rows(
        "SELECT id FROM procurements WHERE id = ? OR id = (SELECT procurement FROM summaries WHERE notice = ?)",
        (asked, asked),
    )
    if not rows:
        raise UsageError(f"There is no purchase {asked!r}. Ids are shown by: sousveil list procurements")
    return str(rows[0]["id"])


def _called(asked: str, names: Mapping[str, str]) -> list[str]:
    """Return the ids of what is called so; exactly, else in part."""
    if asked in names:
        return [asked]
    key = name_key(asked)
    whole = [one for one, name in names.items() if name == key]
    return whole or [one for one, name in names.items() if key and key in name]


def _named_institutions(store: Store, asked: str) -> tuple[str, ...]:
    whole = store.rows(
        "SELECT id FROM institutions WHERE name = ? UNION SELECT institution FROM named"
        " JOIN spellings ON spellings.id = named.spelling WHERE spellings.name = ? ORDER BY 1",
        (asked, asked),
    )
    parts = whole or store.rows(
        "SELECT id FROM institutions WHERE instr(name, ?) > 0 UNION SELECT institution FROM named"
        " JOIN spellings ON spellings.id = named.spelling WHERE instr(spellings.name, ?) > 0 ORDER BY 1",
        (asked, asked),
    )
    return tuple(row[0] for row in parts)


def _near_institutions(store: Store, asked: str) -> str:
    """Return names of institutions that begin alike; none of many thousands is compared at length."""
    rows = store.rows("SELECT DISTINCT name FROM institutions WHERE instr(name, ?) > 0 LIMIT 500", (asked[:2],))
    near = difflib.get_close_matches(asked, [row["name"] for row in rows], n=_MOST_NEAR, cutoff=0.5)
    return f"Did you mean {' or '.join(near)}?" if near else "Institutions of the dataset: sousveil list institutions"


def _near_names(asked: str, names: Mapping[str, str]) -> str:
    near = difflib.get_close_matches(name_key(asked), list(names.values()), n=_MOST_NEAR, cutoff=0.5)
    ids = [one for one, name in names.items() if name in near][:_MOST_NEAR]
    return f"Did you mean {' or '.join(ids)}?" if ids else ""
