"""The pages say what the command line says, and figures agree with the lists behind them."""

from __future__ import annotations

import html
import json
import re

import pytest

from sousveil.cli import main
from sousveil.web import links


def told(capfd, demo, *arguments):
    capfd.readouterr()
    with pytest.raises(SystemExit) as left:
        main([*arguments, "--json", "--dataset", str(demo.paths.root)])
    assert left.value.code == 0
    return json.loads(capfd.readouterr().out)


def test_twins_are_the_objects_of_the_command_line(capfd, client, demo):
    notice = demo.store.rows("SELECT id FROM notices ORDER BY id LIMIT 1")[0][0]
    document = demo.store.notice(notice).document
    finding = demo.store.rows("SELECT id FROM findings ORDER BY id LIMIT 1")[0][0]
    buyer = demo.store.rows("SELECT buyer FROM procurements WHERE buyer <> '' ORDER BY buyer LIMIT 1")[0][0]
    system = demo.store.rows("SELECT id FROM systems ORDER BY id LIMIT 1")[0][0]
    asked = {
        links.page("n", notice): ("show", "notice", notice),
        links.page("d", document): ("show", "document", document),
        links.page("e", finding): ("show", "finding", finding),
        links.page("p", notice): ("show", "procurement", notice),
        links.page("i", buyer): ("show", "institution", buyer),
        links.page("s", system): ("show", "system", system),
        "/place/510000": ("show", "place", "510000"),
        "/search": ("search",),
    }
    for path, arguments in asked.items():
        if arguments == ("search",):
            mine = client.get("/search.json?q=face+recognition&limit=7").json()
            assert mine == told(capfd, demo, "search", "face recognition", "--limit", "7")
        else:
            assert client.get(f"{path}.json").json() == told(capfd, demo, *arguments), path


def test_stats_are_those_of_the_command_line(capfd, client, demo):
    mine = client.get("/api/v1/stats?by=province,capability&cap=FAC").json()
    assert mine == told(capfd, demo, "stats", "by", "province,capability", "--cap", "FAC")


def test_cells_of_the_matrix_are_the_lists_they_lead_to(client, demo):
    page = client.get("/").text + client.get("/?map=world").text
    cells = re.findall(r'<td class="c-[A-Z]{3} k\d+"><a href="([^"]+)"[^>]*><data[^>]*>(\d+)</data></a>', page)
    assert len(cells) > 30
    for href, count in cells:
        answer = client.get(href.replace("&amp;", "&").replace("/search?", "/api/v1/search?") + "&limit=1").json()
        assert answer["total"] == int(count), href


def test_columns_of_the_timeline_are_the_lists_they_lead_to(client, demo):
    months = client.get("/index.json").json()["months"]
    for row in months[:6]:
        for code, count in row["families"].items():
            answer = client.get(f"/api/v1/search?date={row['month']}&cap={code}&limit=1").json()
            assert answer["total"] == count, (row["month"], code)


def test_facets_lead_to_as_many_as_they_say(client):
    result = client.get("/search.json?q=face+recognition").json()
    for name, field in (("capability", "cap"), ("type", "type"), ("language", "language"), ("buyer", "buyer")):
        for row in result["facets"][name][:3]:
            answer = client.get("/api/v1/search", params={"q": "face recognition", field: row["value"]}).json()
            assert answer["total"] == row["count"], row


def test_pages_of_a_list_hold_every_notice_once(client):
    total = client.get("/search.json").json()["total"]
    seen = [
        hit["notice"]
        for number in range(1, total // 20 + 2)
        for hit in client.get(f"/search.json?page={number}").json()["hits"]
    ]
    assert len(seen) == len(set(seen)) == total


def test_the_network_holds_every_flow(client, demo):
    found = client.get("/network.json").json()
    assert sum(cell["flows"] for cell in found["matrix"]) == len(found["edges"]) == len(demo.network().edges)
    assert found["edges"]


def test_citations_to_copy_are_those_of_python(client, demo):
    hit = demo.search("步态识别", limit=1)[0]
    for language in ("en", "zh"):
        page = client.get(f"{links.page('d', hit.document)}?lang={language}").text
        copied = [html.unescape(one) for one in re.findall(r'data-citation="([^"]*)"', page)]
        told = {finding.cite(language=language) for finding in hit.findings}
        assert set(copied[1:]) <= told
        assert len(copied) > 5
        assert copied[0] == hit.findings[0].cited.cite(language=language)
