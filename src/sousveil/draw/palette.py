"""Colours as values, for drawings that leave the pages: those of ``page.css`` in light, which a test compares."""

from __future__ import annotations

COLOURS = {
    "surface": "#fff",
    "sunken": "#f1efe9",
    "line": "#e4e0d7",
    "line2": "#cfc9bc",
    "ink": "#1b1e22",
    "ink2": "#474d54",
    "ink3": "#5d646c",
    "acc": "#0f4c5c",
    "warn": "#7a4f00",
    "sea": "#f4f6f6",
    "near": "#f1efe9",
    "s0": "#dbe6e5",
    "s1": "#bed4d5",
    "s2": "#95bcc1",
    "s3": "#659da7",
    "s4": "#307585",
    "s5": "#0f4c5c",
    "VID": "#2b5c9e",
    "FAC": "#b03f14",
    "VEH": "#62650d",
    "PHN": "#6a3da3",
    "BIO": "#a3246b",
    "FUS": "#0d6963",
    "PRD": "#9c1c2e",
    "NET": "#7a4f1d",
    "MOB": "#46525f",
    "MON": "#3d434a",
}
"""Name of the token and its colour."""
FONTS = "Inter, 'Noto Sans', 'PingFang SC', 'Microsoft YaHei', 'Noto Sans CJK SC', sans-serif"
"""Of files: the interface's letters, then such as most machines have."""

STYLES: dict[str, dict[str, str]] = {
    "room": {"fill": "none"},
    "tick": {"fill": "ink3", "font-size": "10.5"},
    "axis": {"stroke": "line2"},
    "grid": {"stroke": "line"},
    "b": {"fill": "acc", "fill-opacity": "0.62"},
    "off": {"fill": "line2", "fill-opacity": "1"},
    "part": {"fill": "own", "fill-opacity": "0.86"},
    "gap": {"stroke": "warn", "stroke-opacity": "0.4", "fill": "none"},
    "gapl": {"fill": "warn", "font-size": "10.5"},
    "rowl": {"fill": "ink", "font-size": "12.5"},
    "lcode": {"fill": "own", "font-size": "11", "font-weight": "650"},
    "span": {"stroke": "own", "stroke-width": "2", "stroke-opacity": "0.32"},
    "spot": {"fill": "own", "fill-opacity": "0.78", "stroke": "surface", "stroke-width": "1.2"},
    "ring": {"fill": "surface", "fill-opacity": "1", "stroke": "own", "stroke-width": "1.8"},
    "tint": {"fill": "own"},
    "cell": {"fill": "ink", "font-size": "11"},
    "flow": {"stroke": "own", "fill": "none", "stroke-opacity": "0.55"},
    "hub": {"fill": "surface", "stroke": "acc", "stroke-width": "1.6"},
    "head": {"fill": "own", "fill-opacity": "0.8", "stroke": "none"},
    "nl": {"fill": "ink", "font-size": "11"},
    "nz": {"fill": "ink3", "font-size": "10"},
    "halo": {"stroke": "surface", "stroke-width": "3", "stroke-linejoin": "round", "paint-order": "stroke"},
    "sea": {"fill": "sea"},
    "near": {"fill": "near", "stroke": "line2", "stroke-width": "0.8", "vector-effect": "non-scaling-stroke"},
    "claims": {
        "fill": "none",
        "stroke": "ink3",
        "stroke-width": "0.8",
        "stroke-dasharray": "2 2",
        "vector-effect": "non-scaling-stroke",
    },
    "area": {"stroke": "surface", "stroke-width": "0.8", "vector-effect": "non-scaling-stroke"},
    "plab": {"fill": "ink", "font-size": "11"},
    "on": {"fill": "surface"},
    "city": {"fill": "acc", "fill-opacity": "0.75", "stroke": "surface"},
    "sw": {"fill": "own"},
    "none": {"fill": "surface", "stroke": "line2"},
    "beside": {"fill": "near", "stroke": "line2"},
    "here": {"fill": "s1"},
    "s0": {"fill": "s0"},
    "s1": {"fill": "s1"},
    "s2": {"fill": "s2"},
    "s3": {"fill": "s3"},
    "s4": {"fill": "s4"},
    "s5": {"fill": "s5"},
}
"""What each class means as attributes; ``own`` is the colour of the nearest class ``c-CODE`` or ``t-CODE``."""


def attributes(classes: str, own: str) -> dict[str, str]:
    """Return the attributes that classes stand for.

    >>> attributes("b off", ""), attributes("part c-FAC", "FAC")
    ({'fill': '#cfc9bc', 'fill-opacity': '1'}, {'fill': '#b03f14', 'fill-opacity': '0.86'})
    """
    found: dict[str, str] = {}
    for name in classes.split():
        found |= {key: _colour(value, own) for key, value in STYLES.get(name, {}).items()}
    return found


def own_of(classes: str, before: str) -> str:
    """Return the code that gives marks their colour: that of the classes, else the one before."""
    for name in classes.split():
        if name.startswith(("c-", "t-")):
            return name[2:]
    return before


def _colour(value: str, own: str) -> str:
    if value == "own":
        return COLOURS.get({"ACC": "acc"}.get(own, own), COLOURS["MON"])
    return COLOURS.get(value, value)
