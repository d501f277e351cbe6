"""Administrative divisions of China with their codes.

``divisions.yml`` is made by ``scripts/make_divisions.py``; its head names the free tables it comes from. Names that
several divisions share (67 counties share 29 names) are kept with all their codes: which one is meant is for the
reader to say, from what stands around.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache

from sousveil.data.load import load_table

MUNICIPALITIES = frozenset({"110000", "120000", "310000", "500000"})
"""Beijing, Tianjin, Shanghai, Chongqing: province and city in one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Division:
    """One province or prefecture, with the counties of a prefecture.

    Attributes:
        code: GB/T 2260 code of six digits; ISO 3166-2 for Taiwan's counties.
        name: full name with its class word.
        short: name without the class word, as titles print it.
        former: names of counties of 2004 and later that are gone.
        counties: code -> name of the counties, districts and county-level cities inside.
    """

    code: str
    name: str
    short: str
    former: tuple[str, ...] = ()
    counties: Mapping[str, str] = field(default_factory=dict)


@cache
def divisions() -> tuple[Division, ...]:
    """Return provinces and prefectures in the order of their codes."""
    return load_table("divisions", Division, key=("code",))
