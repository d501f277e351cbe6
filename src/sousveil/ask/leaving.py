"""The gate: everything that leaves a dataset for others is read once more, and refused where a person can be told.

One entry, ``check_leaving``, for whatever is written: tables, JSON, pages, workbooks, packs of files. The rules are
those of the mask. A refusal names the file, the place and the kind, never the words themselves. What the gate cannot
read does not leave.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from sousveil.ask.leaving_parts import Part, iter_parts
from sousveil.ask.rows import COMPUTED
from sousveil.exceptions import LeakError
from sousveil.mask import find_leaks, head_kind
from sousveil.model import COVER

Known = Callable[[str], Collection[str]]
"""Gives the names of institutions that stand in a text; it is asked only where a name would be refused."""


def none_known(_: str) -> Collection[str]:
    """Return no names: what a gate knows that was told of no institutions."""
    return ()


@dataclass(frozen=True, slots=True)
class Leak:
    """What the gate found.

    Attributes:
        file: name of the file, a member of a pack as ``PACK/MEMBER``.
        place: where in it: ``line 3, column title``, ``sheet1.xml row 2``, ``$.releases[0].title``.
        kind: of ``Mask``: name, phone, mail, id, bank, plate, address, other.
    """

    file: str
    place: str
    kind: str

    def __str__(self) -> str:
        """Return the leak as a sentence that does not repeat it."""
        return f"{self.file}, {self.place}, holds what looks like a person's {self.kind}"


def check_leaving(
    what: Path | bytes | str,
    name: str = "",
    *,
    allowed: Collection[str] = (),
    known: Known = none_known,
    computed: Collection[str] = COMPUTED,
) -> None:
    """Let pass what may leave; raise at the first thing that may not.

    Args:
        what: a file, or the bytes or text of one.
        name: its name; the ending says how it is read (csv, json, jsonl, geojson, html, xml, xlsx, ods, zip, parquet,
            md, txt, …). May be left out for a file that has an ending.
        allowed: names of institutions, which are no persons, whatever they are named after.
        known: gives the names of institutions in a text, where there are too many to hand over: ``gate.known_in``.
        computed: heads and keys of values that sousveil computes (ids, hashes, sums): they hold no words.

    Raises:
        LeakError: something unmasked remains, or the file cannot be read by the gate.
    """
    leak = next(iter_leaving(what, name, allowed=allowed, known=known, computed=computed), None)
    if leak:
        raise LeakError(
            f"Refused: {leak}. Nothing leaves that tells of a natural person; look at the notice with sousveil show,"
            " leave it out with --skip-leaks, and describe the layout (with an invented name) in an issue."
        )


def iter_leaving(
    what: Path | bytes | str,
    name: str = "",
    *,
    allowed: Collection[str] = (),
    known: Known = none_known,
    computed: Collection[str] = COMPUTED,
) -> Iterator[Leak]:
    """Yield everything that ``check_leaving`` would refuse, in the order of the file.

    Raises:
        LeakError: the file cannot be read by the gate.
    """
    file = name or (what.name if isinstance(what, Path) else "text.txt")
    data = what.read_bytes() if isinstance(what, Path) else what
    names = frozenset(allowed)
    for part in iter_parts(data, file):
        if part.head not in computed:
            for kind in leak_kinds(part, names, known):
                yield Leak(part.file, part.place, kind)


def leak_kinds(part: Part, allowed: frozenset[str] = frozenset(), known: Known = none_known) -> tuple[str, ...]:
    """Return the kinds of what a part of a file tells about a person, names of institutions left out."""
    kinds = _kinds_told(part, allowed)
    if "name" in kinds and (more := known(part.text)):
        return _kinds_told(part, allowed.union(more))
    return kinds


def _kinds_told(part: Part, allowed: frozenset[str]) -> tuple[str, ...]:
    kinds = _kinds(part.text, allowed)
    if not kinds and part.head and head_kind(part.head) == "name" and _is_open(part.text, allowed):
        return ("name",)
    return kinds


@lru_cache(maxsize=65_536)
def _kinds(text: str, allowed: frozenset[str]) -> tuple[str, ...]:
    """Return the kinds in one text; cells of a table repeat from row to row, and when the whole file is read again."""
    return tuple(leak.kind for leak in find_leaks(text, allowed))


def _is_open(text: str, allowed: frozenset[str]) -> bool:
    """Return whether a cell below a head of names (联系人, contact) says anything that is not covered."""
    return text not in allowed and any(char.isalpha() for char in text.replace(COVER, ""))
