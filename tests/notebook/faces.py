"""Everything that shows itself, and what may stand in a picture of it."""

from __future__ import annotations

from collections.abc import Iterator
from html.parser import HTMLParser
from xml.etree import ElementTree as ET

from sousveil.dataset import Dataset

TAGS = {
    "b", "code", "div", "mark", "span", "table", "tbody", "td", "th", "thead", "tr",
    "svg", "g", "rect", "text", "title", "desc", "line", "circle", "path",
}  # fmt: skip
ATTRIBUTES = {
    "style",
    "scope",
    "lang",
    "class",
    "role",
    "xmlns",
    "d",
    "x",
    "y",
    "x1",
    "x2",
    "y1",
    "y2",
    "r",
    "cx",
    "cy",
}
"""Beside those of drawings, which have a hyphen or a capital letter, width, height, fill, stroke, transform."""


def faces_of(dataset: Dataset) -> Iterator[tuple[str, object]]:
    """Yield every kind of answer that shows itself, with a name."""
    hits = dataset.search("人脸识别", limit=5)
    hit = next(one for one in hits if one.findings)
    yield from (("dataset", dataset), ("hits", hits), ("nothing", dataset.search("人脸识别", cap="iris", date="1990")))
    yield from (("hit", hit), ("finding", hit.findings[0]), ("notice", dataset.notice(hit.notice)))
    yield from (("document", dataset.document(hit.document)), ("procurement", dataset.procurement(hit.notice)))
    buyer = dataset.procurement(hit.notice).procurement.buyer
    yield from (
        ("institution", dataset.institution(buyer)),
        ("institution timeline", dataset.institution(buyer).timeline()),
    )
    yield "purchase on a line", dataset.procurement(hit.notice).timeline()
    for row in dataset.store.rows("SELECT id FROM systems LIMIT 1"):
        yield "system", dataset.system(row["id"])
    yield from (("place", dataset.place("510000")), ("flags", dataset.flags()))
    for rule, _ in dataset.flags().counts()[:1]:
        yield "flags of one rule", dataset.flags(rule)
    for by in ("province", "year", "capability", "supplier", "province,capability", "buyer,year"):
        yield f"stats by {by}", dataset.stats(by)
        yield f"chart by {by}", dataset.stats(by).chart()
    for table in ("findings", "notices", "procurements", "institutions"):
        yield table, getattr(dataset, table)()
    yield from (("timeline", dataset.timeline()), ("split", dataset.timeline("人脸识别", is_split=True)))
    for sheet in ("china", "europe", "world"):
        yield f"map of {sheet}", dataset.map(sheet=sheet)
    yield "map of a search", dataset.map("purchases", "人脸识别", cap="FAC", language="zh")
    yield from (("matrix", dataset.matrix()), ("a million", dataset.matrix(is_per_million=True, language="zh")))


class _Met(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: dict[str, str] = {}
        self.words = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes |= {name: value or "" for name, value in attrs}

    def handle_data(self, data: str) -> None:
        self.words += data


def check_picture(markup: str) -> str:
    """Return the words of a picture after checking that it is whole, loads nothing and runs nothing."""
    ET.fromstring(markup)
    met = _Met()
    met.feed(markup)
    assert met.tags <= TAGS, met.tags - TAGS
    for name, value in met.attributes.items():
        assert not name.startswith("on"), name
        assert name not in {"href", "src", "srcset", "id", "xlink:href", "action", "formaction"}, name
        assert name == "xmlns" or "url(" not in value.lower(), value
    assert "<style" not in markup
    return met.words
