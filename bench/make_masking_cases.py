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

from masking_makers import MAKERS, Maker
from notice_makers import NOTICE_MAKERS

FOLDER = Path(__file__).resolve().parent.parent / "tests" / "mask" / "cases"
FILLS = {"dev": 4, "blind": 4, "blind2": 4, "blind3": 2, "notices_dev": 3, "notices_test": 3, "notices_last": 3}


def fill(template: str, r: random.Random, makers: dict[str, Maker]) -> str:
    """Return the template with invented values in marks."""

    def value(match: re.Match[str]) -> str:
        kind, maker = makers[match.group(1)]
        made = maker(r)
        return f"⟦{kind}:{made}⟧" if kind else made

    return re.sub(r"\{([a-z0-9]+)\}", value, template)


def main() -> None:
    """Write the case files."""
    for which, fills in FILLS.items():
        makers = NOTICE_MAKERS if which.startswith("notices") else MAKERS
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
