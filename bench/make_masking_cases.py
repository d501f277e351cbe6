"""Fills the case templates of ``tests/mask/cases`` with invented persons and numbers.

Run ``python bench/make_masking_cases.py``: it writes each ``NAME.txt`` there from ``NAME.templates``, the same on
every machine. Persons are drawn from lists of invented names, numbers are computed with valid check digits; nobody
real is meant. ``⟦kind:words⟧`` marks what must be covered, ``⟦org:words⟧`` an institution and ``⟦keep:words⟧`` anything
else that must stay, ``⟦may:words⟧`` what may be covered or not.
"""

from __future__ import annotations

import random
import re
from pathlib import Path

from composed_cases import compose
from masking_makers import MAKERS, Maker
from notice_makers import NOTICE_MAKERS
from odd_makers import ODD_BLIND, ODD_DEV

FOLDER = Path(__file__).resolve().parent.parent / "tests" / "mask" / "cases"
FILLS = {"dev": 4, "blind": 4, "blind2": 4, "blind3": 2, "notices_dev": 3, "notices_test": 3, "notices_last": 3}
FILLS |= {"odd_dev": 3, "odd_blind": 3}


def makers_of(which: str) -> dict[str, Maker]:
    """Return the makers that fill a set."""
    if which.startswith("odd"):
        return ODD_DEV if which == "odd_dev" else ODD_BLIND
    return NOTICE_MAKERS if which.startswith("notices") else MAKERS


def fill(template: str, r: random.Random, makers: dict[str, Maker]) -> str:
    """Return the template with invented values in marks."""

    def value(match: re.Match[str]) -> str:
        kind, maker = makers[match.group(1)]
        made = maker(r)
        return f"⟦{kind}:{made}⟧" if kind else made

    return re.sub(r"\{([a-z0-9]+)\}", value, template)


COMPOSED = 240
"""Cases of the set whose layouts are drawn by chance."""


def write_composed() -> None:
    """Write the set ``composed``."""
    lines = []
    for number in range(COMPOSED):
        title, template = compose(number)
        lines.append(f"%% {title}\n{fill(template, random.Random(f'filled-{number}'), ODD_BLIND)}")
    (FOLDER / "composed.txt").write_text("".join(lines), encoding="utf-8")


def main() -> None:
    """Write the case files."""
    write_composed()
    for which, fills in FILLS.items():
        makers = makers_of(which)
        parts = re.split(r"(?m)^%% ?", (FOLDER / f"{which}.templates").read_text(encoding="utf-8"))[1:]
        lines = []
        for number in range(fills):
            for index, part in enumerate(parts):
                r = random.Random(f"{which}-{number}-{index}")
                title, body = part.split("\n", 1)
                lines.append(f"%% {title}\n{fill(body, r, makers)}")
        (FOLDER / f"{which}.txt").write_text("".join(lines), encoding="utf-8")


if __name__ == "__main__":
    main()
