"""What a person decided on names: these two are one, these two are not, this one is called so."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Decision = Literal["merge", "split", "rename"]


@dataclass(frozen=True, slots=True)
class Named:
    """A side of a judgement: a name with its place, as printed, and the id that it had when the judgement was made.

    The name counts, not the id: ids follow from names and numbers, and may change when rules do.
    """

    name: str
    country: str = ""
    province: str = ""
    city: str = ""
    identifier: str = ""
    id: str = ""


@dataclass(frozen=True, slots=True)
class Judgement:
    """What a person decided on names.

    Attributes:
        number: order of decisions; a later one on the same names counts instead of an earlier one. 0 before it is kept.
        decision: ``merge`` both are one institution; ``split`` they are two, and ``left`` goes apart with nothing but
            its own spelling; ``rename`` the institution of ``left`` is shown as ``title``.
        left: the name judged.
        right: the other name; None for ``rename``.
        title: the name to be shown, for ``rename``.
        note: why.
        by: who, as that person wants to be named.
        made_at: ISO 8601, UTC.
    """

    number: int
    decision: Decision
    left: Named
    right: Named | None = None
    title: str = ""
    note: str = ""
    by: str = ""
    made_at: str = ""
