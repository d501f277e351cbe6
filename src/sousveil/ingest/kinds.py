"""Names of kinds of files, as `--only` takes them."""

from __future__ import annotations

from collections.abc import Iterable

from sousveil.exceptions import UsageError
from sousveil.parse.sniff import PICTURES, SUPPORTED

_GROUPS = {
    "picture": PICTURES,
    "word": frozenset({"docx", "doc", "rtf", "odt"}),
    "sheet": frozenset({"xlsx", "xls", "ods", "csv"}),
}


def to_kinds(names: Iterable[str]) -> frozenset[str]:
    """Return the kinds of files that are meant by names of kinds or groups, commas allowed.

    Raises:
        UsageError: a name is none that sousveil reads.

    >>> sorted(to_kinds(["pdf,word"]))
    ['doc', 'docx', 'odt', 'pdf', 'rtf']
    """
    kinds: set[str] = set()
    for name in (part.strip().lower() for raw in names for part in raw.split(",")):
        if name not in _GROUPS and name not in SUPPORTED:
            known = ", ".join(sorted(SUPPORTED | set(_GROUPS)))
            raise UsageError(f"--only {name}: no such type. Types are: {known}")
        kinds |= _GROUPS.get(name, {name})
    return frozenset(kinds)
