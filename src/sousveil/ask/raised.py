"""Flags that are raised: a sequence, and a frame."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any, overload

from sousveil.ask.face import Face
from sousveil.ask.frames import Frames, Kind
from sousveil.ask.gate import may_leave, warn_of
from sousveil.model import Flag
from sousveil.store.database import Store
from sousveil.store.flags import Flags


class RaisedFlags(Frames, Face, Sequence[Flag]):
    """Raised flags, each a reason to look at a purchase and no verdict."""

    __slots__ = ("_flags",)

    def __init__(self, flags: Sequence[Flag]) -> None:
        self._flags = tuple(flags)

    def __len__(self) -> int:
        return len(self._flags)

    @overload
    def __getitem__(self, number: int) -> Flag: ...
    @overload
    def __getitem__(self, number: slice) -> tuple[Flag, ...]: ...
    def __getitem__(self, number: int | slice) -> Flag | tuple[Flag, ...]:
        """Return a flag by its place, or several."""
        return self._flags[number]

    def counts(self) -> list[tuple[str, int]]:
        """Return the indicators with how often each is raised, the most often first."""
        return Counter(flag.rule for flag in self._flags).most_common()

    def in_words(self) -> str:
        """Return what it is, on one line."""
        return (
            f"{len(self):,} flags raised: {', '.join(f'{rule} {count:,}' for rule, count in self.counts()) or 'none'}"
        )

    def columns(self) -> dict[str, Kind]:
        """Return the columns with their types."""
        return {"rule": "text", "procurement": "text", "says": "text", "quotes": "list", "pages": "list"}

    def iter_rows(self, *, is_skipping: bool = False) -> Iterator[dict[str, Any]]:
        """Yield a row for each flag; see ``Frames.iter_rows``."""
        left_out = 0
        for flag in self._flags:
            quotes = [span.quote for span in flag.spans]
            if may_leave(f"procurement {flag.procurement}", {"says": flag.says, "quotes": quotes}, is_skipping):
                yield {
                    "rule": flag.rule,
                    "procurement": flag.procurement,
                    "says": flag.says,
                    "quotes": quotes,
                    "pages": [str(span.page) for span in flag.spans],
                }
            else:
                left_out += 1
        warn_of(left_out)


def raised_flags(store: Store, rule: str = "") -> RaisedFlags:
    """Return the raised flags of one indicator, or of all."""
    return RaisedFlags(tuple(Flags(store).iter_raised(rule)))
