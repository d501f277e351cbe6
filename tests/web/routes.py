"""Addresses of every page of a dataset, one or two per screen."""

from __future__ import annotations

from pathlib import Path

from sousveil.dataset import Dataset
from sousveil.web import links


def hostile(demo: Dataset) -> str:
    """Return the id of the document that attacks."""
    return demo.store.rows("SELECT document FROM files JOIN sightings USING (file) WHERE source = 'attack'")[0][0]


def picture(demo: Dataset) -> str:
    """Return the id of a document whose page is a picture."""
    return _named(demo, "huyang-xueliang-award.pdf")


def no_picture(demo: Dataset) -> str:
    """Return the id of a PDF whose pages cannot be drawn: it does not hold its fonts."""
    return _named(demo, "minyang-face-2-tender-document.pdf")


def _named(demo: Dataset, name: str) -> str:
    query = "SELECT document FROM files JOIN sightings USING (file) WHERE address LIKE ?"
    return str(demo.store.rows(query, (f"%{name}",))[0][0])


def addresses(demo: Dataset) -> list[str]:
    """Return an address of every screen, with the ids of this dataset."""

    def first(query: str) -> str:
        return str(demo.store.rows(query)[0][0])

    notice = first("SELECT notice FROM findings WHERE kind = 'link' ORDER BY id")
    document = demo.store.notice(notice).document
    buyer = first("SELECT buyer FROM procurements WHERE buyer <> '' GROUP BY 1 ORDER BY count(*) DESC, 1")
    supplier = first("SELECT institution FROM procurement_suppliers GROUP BY 1 ORDER BY count(*) DESC, 1")
    return [
        "/",
        "/search",
        "/search?q=face+recognition",
        "/search?q=%E4%BA%BA%E8%84%B8&cap=FAC&type=tender&date=2018..2024&sort=amount",
        "/search?page=3",
        "/search?q=zzzqqq&cap=FAC",
        f"/d/{document}",
        f"/d/{document}?q=face+recognition",
        f"/d/{hostile(demo)}",
        f"/d/{picture(demo)}?form=image",
        f"/d/{no_picture(demo)}?form=image&p=3",
        links.page("p", first("SELECT id FROM procurements ORDER BY notices DESC, id")),
        "/p",
        "/p?cap=FAC&sum=spent&year=2018..2024",
        "/e?kind=link",
        "/files",
        "/runs/failures",
        "/i",
        "/i?name=%E5%85%AC%E5%AE%89",
        links.page("i", buyer),
        f"{links.page('i', supplier)}?as=supplier",
        "/s",
        links.page("s", first("SELECT system FROM system_findings GROUP BY 1 ORDER BY count(*) DESC, 1")),
        "/place/510000",
        "/flags",
        links.page("flags", first("SELECT rule FROM flags GROUP BY 1 ORDER BY count(*) DESC, 1")),
        "/network",
        "/network?place=CN&from=system",
        "/glossary",
        "/glossary?cap=iris",
        "/runs",
        "/watches",
        "/runs/1",
        "/runs/failures?reason=the+file+is+empty+(0+bytes)",
        "/doctor",
        "/api",
    ]


def screens(demo: Dataset) -> dict[str, list[str]]:
    """Return addresses of every screen by its route, those first that show the most; a new screen needs a line here."""
    every = addresses(demo)

    def below(path: str) -> str:
        return max((one for one in every if one.startswith(path)), key=len)

    return {
        "/": ["/"],
        "/search": ["/search?q=face+recognition", "/search?q=zzzqqq&cap=FAC", "/search?q=%28"],
        "/d/{id}": [f"/d/{picture(demo)}?form=image", next(one for one in every if one.startswith("/d/"))],
        "/p": ["/p?cap=FAC&sum=spent&year=2018..2024"],
        "/p/{id}": [below("/p/")],
        "/e": ["/e?kind=link"],
        "/i": ["/i?name=%E5%85%AC%E5%AE%89"],
        "/i/{id}": [below("/i/")],
        "/s": ["/s"],
        "/s/{id}": [below("/s/")],
        "/place/{code}": ["/place/510000"],
        "/flags": ["/flags"],
        "/flags/{rule}": [below("/flags/")],
        "/network": ["/network"],
        "/glossary": ["/glossary?cap=iris"],
        "/runs": ["/runs"],
        "/runs/failures": ["/runs/failures"],
        "/runs/new": [links.with_query("/runs/new", [("path", str(Path(__file__).parent))])],
        "/runs/{n}": ["/runs/1"],
        "/doctor": ["/doctor"],
        "/files": ["/files"],
        "/watches": ["/watches"],
        "/leave": ["/leave?to=https%3A%2F%2Fexample.org%2F"],
        "/api": ["/api"],
    }
