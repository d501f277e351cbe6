"""Every number leads to its list: a number that is a link is what the page behind it states in its head."""

from __future__ import annotations

from html.parser import HTMLParser

import pytest

from tests.web.routes import addresses


class Numbers(HTMLParser):
    """Numbers of a page: those that are links, with where they lead, and those that it states of itself."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.links: list[tuple[str, str]] = []
        self.stated: set[str] = set()
        self.bare: list[tuple[str, str]] = []
        self._href = ""
        self._is_data = False
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        named = dict(attrs)
        if tag == "a":
            self._href = named.get("href") or ""
        elif tag == "data":
            self._is_data = True
            if self._href:
                self.links.append((named["value"], self._href))
            else:
                self.stated.add(named["value"])

    def handle_endtag(self, tag):
        if tag == "a":
            self._href = ""
        elif tag == "data":
            self._is_data = False

    def handle_data(self, data):
        if self._href and not self._is_data and data.strip().replace(",", "").isdigit():
            self.bare.append((data.strip(), self._href))


@pytest.fixture(scope="module")
def pages(asking, demo):
    asking.cookies.clear()
    more = [f"/i/{row[0]}" for row in demo.store.rows("SELECT id FROM institutions ORDER BY id LIMIT 6")]
    more += [f"{one}?as=supplier" for one in more[:2]]
    more += [
        f"/s/{row[0]}".replace("#", "%23") for row in demo.store.rows("SELECT id FROM systems ORDER BY id LIMIT 6")
    ]
    more += ["/place/CN", "/place/GB", "/?when=rows", "/?matrix=million", "/?map=world&cap=FAC"]
    return {address: Numbers(asking.get(address).text) for address in [*addresses(demo), *more]}


def test_numbers_that_are_links_are_what_the_lists_state(pages, client):
    behind: dict[str, set[str]] = {}
    wrong = []
    tried = 0
    for address, page in pages.items():
        for value, href in page.links:
            path = href.partition("#")[0] or address
            target = f"{address.partition('?')[0]}{path}" if path.startswith("?") else path
            if target not in behind:
                short = target.startswith(("/search", "/p", "/e"))  # the head says all, whatever stands below it
                answer = client.get(f"{target}{'&' if '?' in target else '?'}limit=1" if short else target)
                assert answer.status_code == 200, (address, target)
                behind[target] = Numbers(answer.text).stated
            tried += 1
            if value not in behind[target]:
                wrong.append((address, value, target, sorted(behind[target])))
    assert wrong == []
    assert tried > 400
    assert len(behind) > 150


def test_no_number_is_a_link_without_being_one_of_them(pages):
    """Only years, and official numbers, figures and sums that lead to their words, stand as links without a list."""
    free = {
        (address, text, href)
        for address, page in pages.items()
        for text, href in page.bare
        if not href.startswith(("#", "/d/", "/n/", "/e/")) and not (len(text) == 4 and text.startswith(("19", "20")))
    }
    assert free == set()


def test_the_lists_hold_as_many_as_they_state(client):
    for path, member in (
        ("/p", "procurements"),
        ("/e", "findings"),
        ("/files", "files"),
        ("/runs/failures", "failures"),
    ):
        seen: list[str] = []
        number = 1
        while True:
            answer = client.get(f"{path}.json?page={number}").json()
            ids = [row.get("id") or row.get("file") or row.get("path") for row in answer[member]]
            seen += ids
            if not ids or path == "/runs/failures":
                break
            number += 1
        assert len(seen) == len(set(seen)) == answer["total"] > 0, path


def test_sums_of_a_list_are_those_of_its_rows(client):
    for query in (
        "",
        "?cap=FAC",
        "?place=CN&sum=spent",
        "?organ=police",
        "?year=2018..2021",
        "?status=awarded&flag=orphan_award",
    ):
        answer = client.get(f"/p.json{query}{'&' if query else '?'}limit=1000").json()
        rows = answer["procurements"]
        assert answer["total"] == len(rows) == answer["totals"]["purchases"]
        spent = [row for row in rows if row["amount_rule"] in ("contract", "award", "lots", "contract_and_lots")]
        for one in answer["totals"]["sums"]:
            mine = [row["amount"] for row in spent if (row["currency"] or None) == one["currency"]]
            assert sum(mine) == pytest.approx(one["amount"])
            assert len(mine) == one["stated_in"]
        assert sum(row["notices"] for row in rows) == answer["totals"]["notices"]


@pytest.mark.parametrize("query", ["flag=x", "status=x", "sum=x", "year=soon", "place=Atlantis", "cap=x", "buyer=zzz", "page=0", "organ=x"])  # fmt: skip
def test_a_filter_that_is_none_is_told(client, query):
    assert client.get(f"/p?{query}").status_code == 400
    assert client.get(f"/p.json?{query}").json()["error"]
