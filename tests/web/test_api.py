"""The API: pages by cursor, streams, exports, and a description that tools can read."""

from __future__ import annotations

import shutil

import msgspec
import pytest
from openapi_spec_validator import validate
from starlette.datastructures import QueryParams
from starlette.testclient import TestClient

from sousveil.cli import main
from sousveil.dataset import Dataset, open_dataset
from sousveil.ingest.options import Options
from sousveil.web import make_app
from sousveil.web.asked import Asked, Stream
from sousveil.web.routes import API
from sousveil.web.screens.lists import search_list
from tests.web.conftest import HOSTILE

LISTS = {
    "/api/v1/search": ("hits", "notice"),
    "/api/v1/search?q=face+recognition": ("hits", "notice"),
    "/api/v1/search?sort=-date&cap=FAC": ("hits", "notice"),
    "/api/v1/search?sort=amount": ("hits", "notice"),
    "/api/v1/procurements": ("procurements", "id"),
    "/api/v1/procurements?cap=FAC&sum=spent": ("procurements", "id"),
    "/api/v1/institutions": ("institutions", "id"),
    "/api/v1/institutions?as=supplier": ("institutions", "id"),
    "/api/v1/systems": ("systems", "id"),
    "/api/v1/findings?kind=link": ("findings", "id"),
    "/api/v1/flags": ("flags", ("rule", "procurement")),
    "/api/v1/flags/orphan_award": ("flags", ("rule", "procurement")),
}


@pytest.fixture
def copy(demo, tmp_path):
    """A dataset that tests may change."""
    shutil.copytree(demo.paths.root, tmp_path / "copy")
    with open_dataset(tmp_path / "copy") as opened:
        yield opened


def ask(dataset: Dataset) -> TestClient:
    return TestClient(make_app(dataset), base_url="http://localhost:8000")


def key_of(row, key):
    return row[key] if isinstance(key, str) else tuple(row[part] for part in key)


def pages(client, path, limit, between=lambda: None):
    """Return the things of a list, page by page."""
    found = []
    address = f"{path}{'&' if '?' in path else '?'}limit={limit}"
    member, key = LISTS[path]
    while address:
        answer = client.get(address)
        assert answer.status_code == 200, answer.text
        shape = answer.json()
        assert len(shape[member]) <= limit
        found += [key_of(row, key) for row in shape[member]]
        address = shape["next"]
        assert answer.headers.get("link", "") == (f'<{address}>; rel="next"' if address else "")
        between()
    return found


@pytest.mark.parametrize("path", LISTS)
def test_pages_give_everything_once_and_the_stream_the_same(client, path):
    found = pages(client, path, 3 if "flags/" in path else 7)
    assert len(found) == len(set(found)) == client.get(path).json()["total"] > 3
    if "sort=amount" in path:
        assert client.get(f"{path}&stream=1").status_code == 400
        return
    answer = client.get(f"{path}{'&' if '?' in path else '?'}stream=1")
    assert answer.headers["content-type"] == "application/x-ndjson"
    lines = [msgspec.json.decode(line) for line in answer.text.splitlines()]
    assert not [line for line in lines if "left_out" in line]
    streamed = [key_of(line, LISTS[path][1]) for line in lines]
    assert len(streamed) == len(found)
    assert set(streamed) == set(found)
    if "q=" not in path:
        assert streamed == found


def test_glossary_by_pages_has_every_term(client):
    whole = client.get("/glossary.json").json()["capabilities"]
    terms, address = [], "/api/v1/glossary?limit=300"
    while address:
        shape = client.get(address).json()
        terms += [term for entry in shape["capabilities"] for term in entry["terms"]]
        address = shape["next"]
    assert terms == [term for entry in whole for term in entry["terms"]]
    assert len(client.get("/api/v1/glossary?stream=1").text.splitlines()) == len(terms)


def test_a_mistyped_parameter_is_refused(client: TestClient) -> None:
    answer = client.get("/api/v1/search?q=face&typ=award")
    assert answer.status_code == 400
    assert "Did you mean type" in answer.json()["error"]


@pytest.mark.parametrize("path", ["/api/v1/search", "/api/v1/search?q=face+recognition", "/api/v1/procurements"])  # fmt: skip
def test_an_ingest_moves_nothing_that_somebody_is_paging_through(copy, tmp_path, path):
    client = ask(copy)
    before = set(pages(client, path, 1000))
    number = iter(range(100))

    def read_another() -> None:
        at = next(number)
        if at > 1:
            return
        folder = tmp_path / f"more{at}"
        folder.mkdir()
        words = HOSTILE.replace("200路", f"{at + 300}路").replace("采购人", f"发布日期：2019-0{at + 1}-01</p><p>采购人")
        (folder / "a.html").write_text(words, encoding="utf-8")
        copy.ingest([folder], Options(source="more"))

    found = pages(client, path, 9, read_another)
    assert len(found) == len(set(found))
    assert before <= set(found)


def test_a_cursor_is_of_its_list_and_of_nothing_else(client):
    cursor = client.get("/api/v1/systems?limit=1").json()["next"].rpartition("cursor=")[2]
    for address in (
        f"/api/v1/institutions?cursor={cursor}",
        "/api/v1/systems?cursor=%E4%BA%BA",
        "/api/v1/systems?cursor=abc",
    ):
        answer = client.get(address)
        assert answer.status_code == 400, address
        assert "cursor" in answer.json()["error"]


def test_a_ranked_list_that_is_gone_says_so(client, demo):
    following = client.get("/api/v1/search?q=face+recognition&limit=2").json()["next"]
    assert client.get(following).status_code == 200
    for _ in range(40):
        demo.rankings.keep(())
    answer = client.get(following)
    assert answer.status_code == 400
    assert "sort=date" in answer.json()["error"]


def test_a_stream_waits_for_nobody(demo, client):
    answer = search_list(Asked(demo, {}, QueryParams("stream=1"), at="/api/v1/search"))
    assert isinstance(answer, Stream)
    with demo.reader() as reading:
        lines = answer.lines(reading)
        first = next(lines)
        assert client.get("/search").status_code == 200  # with the stream open, in the middle of its rows
        rest = b"".join(lines)
    assert (first + rest).count(b"\n") == demo.search(limit=1).total
    assert reading.store is not demo.store


def test_a_reader_sees_the_rows_of_one_moment(copy, tmp_path):
    with copy.reader() as reading:
        before = reading.counts()["notices"]
        (tmp_path / "a.html").write_text(HOSTILE.replace("200路", "77路"), encoding="utf-8")
        copy.ingest([tmp_path / "a.html"], Options(source="more"))
        assert copy.counts()["notices"] == before + 1
        assert reading.counts()["notices"] == before


def test_the_gate_stands_before_a_stream(copy):
    one = copy.store.rows("SELECT id FROM findings ORDER BY id LIMIT 1")[0][0]
    with copy.store.transaction():
        copy.store.connection.execute("UPDATE findings SET quote = '联系电话：13800138000' WHERE id = ?", (one,))
    answer = ask(copy).get("/api/v1/findings?stream=1")
    lines = [msgspec.json.decode(line) for line in answer.text.splitlines()]
    assert "13800138000" not in answer.text
    assert [line["id"] for line in lines if "left_out" in line] == [one]
    assert len(lines) == copy.counts()["findings"]
    refused = ask(copy).get("/api/v1/export?format=jsonl")
    assert refused.status_code == 500
    assert "13800138000" not in refused.text
    skipped = ask(copy).get("/api/v1/export?format=jsonl&skip_leaks=1")
    assert skipped.headers["x-sousveil-left-out"] == "1"


@pytest.mark.parametrize(("file_format", "rows"), [("csv", "notices"), ("jsonl", "procurements"), ("csv", None), ("graphml", None), ("geojson", None)])  # fmt: skip
def test_an_export_is_that_of_the_command_line(capfdbinary, client, demo, file_format, rows):
    answer = client.get(
        "/api/v1/export", params={"cap": "FAC", "format": file_format, **({"rows": rows} if rows else {})}
    )
    assert answer.status_code == 200
    assert "attachment" in answer.headers["content-disposition"]
    assert answer.headers["x-sousveil-notices"] == str(demo.search(cap="FAC", limit=1).total)
    with pytest.raises(SystemExit):
        main(["export", "--cap", "FAC", "--format", file_format, *(["--rows", rows] if rows else []), "-o", "-", "-q", "--dataset", str(demo.paths.root)])  # fmt: skip
    told = capfdbinary.readouterr().out
    timed = file_format in ("graphml", "geojson")
    assert len(answer.content) == len(told) if timed else answer.content == told


def test_a_workbook_is_one(client):
    answer = client.get("/api/v1/export?cap=BIO&format=xlsx")
    assert answer.content[:2] == b"PK"
    assert answer.headers["content-type"].startswith("application/vnd.openxmlformats")


@pytest.mark.parametrize("query", ["format=doc", "format=csv&rows=x", "q=(", "cap=umbrella", "format=ftm&rows=notices"])
def test_an_export_that_cannot_be_is_told(client, query):
    answer = client.get(f"/api/v1/export?{query}")
    assert answer.status_code == 400
    assert answer.json()["error"]


def test_the_page_of_a_search_leads_to_its_export(client):
    page = client.get("/search?q=face+recognition&cap=FAC").text
    assert '<form action="/api/v1/export">' in page
    for field in ('name="q" value="face recognition"', 'name="cap" value="FAC"', 'name="format" value="xlsx"'):
        assert field in page.partition('<form action="/api/v1/export">')[2]


def test_the_description_is_openapi(client):
    described = client.get("/openapi.json").json()
    validate(described)
    for endpoint in API:
        operation = described["paths"][endpoint.path]["get"]
        assert list(operation["responses"]["200"]["content"]) == list(endpoint.media_types)
    listed = described["paths"]["/api/v1/procurements"]["get"]
    assert {"limit", "cursor", "stream", "flag", "buyer"} <= {one["name"] for one in listed["parameters"]}
    assert "Link" in listed["responses"]["200"]["headers"]
