"""A drawing as a file of its own: title and notes in it, colours as values, links taken out, fonts named."""

from __future__ import annotations

from dataclasses import dataclass
from xml.etree import ElementTree as ET

from sousveil.draw.measure import cells, wrap
from sousveil.draw.palette import COLOURS, FONTS, attributes, own_of
from sousveil.draw.svg import element, text

_EDGE = 16.0
_LINE = 15.0
_NARROWEST = 520.0
"""Width below which title and notes would break after every few words."""
_SVG = "http://www.w3.org/2000/svg"


@dataclass(frozen=True, slots=True)
class Told:
    """What stands around a drawing: title, summary, keys (class and words), notes."""

    title: str
    summary: str
    keys: tuple[tuple[str, str], ...] = ()
    notes: tuple[str, ...] = ()


def alone(drawing: str, told: Told) -> str:
    """Return an SVG file with a drawing in it.

    Args:
        drawing: an ``<svg>`` of this room; empty for a file that has only words.
        told: what stands around it.
    """
    root = ET.fromstring(drawing or '<svg viewBox="0 0 520 1"/>')  # noqa: S314 (made by this room a moment ago)
    _, _, width, height = map(float, root.attrib["viewBox"].split())
    wide = max(width, _NARROWEST)
    _resolve(root, "MON")
    above, y = _lines(told.title, _EDGE + 16, wide, size=16, weight="650", fill="ink")
    summary, y = _lines(told.summary, y + 2, wide, size=12, fill="ink2")
    keys, y = _keys(told.keys, y + 4, wide)
    placed = element(
        "g", "".join(ET.tostring(child, encoding="unicode") for child in root), transform=f"translate({_EDGE:g} {y:g})"
    )
    y += height + 20
    below = []
    for note in told.notes:
        lines, y = _lines(note, y, wide, size=10.5, fill="ink3")
        below += lines
    whole = (wide + 2 * _EDGE, y + _EDGE - 8)
    ground = element("rect", width=whole[0], height=whole[1], fill=COLOURS["surface"])
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + element(
        "svg",
        _held("title", told.title),
        _held("desc", " ".join((told.summary, *told.notes))),
        ground,
        *above,
        *summary,
        *keys,
        placed,
        *below,
        xmlns=_SVG,
        viewBox=f"0 0 {whole[0]:g} {whole[1]:g}",
        width=f"{whole[0]:g}",
        height=f"{whole[1]:g}",
        font_family=FONTS,
        font_size="11",
    )


def _held(name: str, words: str) -> str:
    """Return an element that holds words, which are escaped."""
    made = ET.Element(name)
    made.text = words
    return ET.tostring(made, encoding="unicode")


def _resolve(node: ET.Element, own: str) -> None:
    """Give a node and all in it attributes in place of classes; links become groups."""
    classes = node.attrib.pop("class", "")
    own = own_of(classes, own)
    for name, value in attributes(classes, own).items():
        node.attrib.setdefault(name, value)
    if node.tag == "a":
        node.tag = "g"
        node.attrib.pop("href", None)
        node.attrib.pop("aria-label", None)
    for child in node:
        _resolve(child, own)


def _lines(
    words: str, y: float, width: float, *, size: float, fill: str, weight: str | None = None
) -> tuple[list[str], float]:
    """Return words as lines no longer than the drawing, and where the next line begins."""
    made = []
    for line in wrap(words, width / size * 1.9):
        made.append(text(line, x=_EDGE, y=y, font_size=f"{size:g}", font_weight=weight, fill=COLOURS[fill]))
        y += size * 1.4
    return made, y


def _keys(keys: tuple[tuple[str, str], ...], y: float, width: float) -> tuple[list[str], float]:
    made: list[str] = []
    x = _EDGE
    for class_, words in keys:
        room = 24 + cells(words) * 6.2
        if x + room > width and x > _EDGE:
            x, y = _EDGE, y + _LINE
        told = attributes(f"sw {class_}", own_of(class_, ""))
        if class_:
            made.append(element("rect", x=x, y=y - 8, width=12.0, height=9.0, **told))
        made.append(text(words, x=x + (17 if class_ else 0), y=y, fill=COLOURS["ink2"]))
        x += room
    return made, y + (_LINE if keys else 0)
