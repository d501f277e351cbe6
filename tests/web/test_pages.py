"""Every page: answers, has its twin, needs nothing from elsewhere, runs nothing inline, and leads only to pages that are there."""

from __future__ import annotations

import json
import re
from html.parser import HTMLParser
from types import SimpleNamespace

import pytest

from sousveil.data.interface import messages
from sousveil.model import Notice
from sousveil.web.pages import Pages
from sousveil.web.routes import API, LINKS, SCREENS
from sousveil.web.screens.document import heading_notice
from tests.web.conftest import HOSTILE_NAME
from tests.web.routes import addresses, hostile

SOURCES = re.compile(
    r'<(code|blockquote|option|script|title)\b.*?</\1>|<(\w+)[^>]*(?:class="[^"]*\bsrc\b|lang="en)[^>]*>.*?</\2>',
    re.DOTALL,
)
"""What is not said by us: words of documents, names, code."""


class Read(HTMLParser):
    """What a browser would make of a page."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.words: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data):
        self.words.append(data)

    def named(self, tag):
        return [attrs for name, attrs in self.tags if name == tag]

    @property
    def hrefs(self) -> set[str]:
        return {attrs["href"] for attrs in self.named("a") if attrs.get("href")}


@pytest.fixture(scope="module")
def pages(asking, demo):
    asking.cookies.clear()
    return {address: asking.get(address) for address in addresses(demo)}


def test_every_screen_is_among_them(pages):
    tried = {address.partition("?")[0].strip("/").split("/")[0] for address in pages}
    assert {path.strip("/").split("/")[0] for path, _ in SCREENS} - tried == {"leave"}


def test_every_page_answers(pages):
    assert {address: page.status_code for address, page in pages.items() if page.status_code != 200} == {}


def test_no_page_runs_or_loads_anything_but_our_own_files(pages):
    found = []
    for address, page in pages.items():
        for tag, attrs in Read(page.text).tags:
            if tag in ("img", "iframe", "object", "embed", "style", "base") or "style" in attrs:
                found.append((address, tag, attrs))
            if tag == "script" and not (attrs.get("src") or "").startswith("/static/"):
                found.append((address, tag, attrs))
            found += [(address, tag, name) for name in attrs if name.startswith("on")]
            links_out = [attrs[name] for name in ("href", "src", "action") if attrs.get(name)]
            found += [(address, tag, href) for href in links_out if re.match(r"(?i)\s*([a-z+]+:|//)", href)]
    assert found == []


def test_every_page_is_sealed(pages, client):
    for page in [*pages.values(), client.get("/nowhere"), client.get("/openapi.json")]:
        policy = page.headers["content-security-policy"]
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy
        assert page.headers["x-content-type-options"] == "nosniff"
        assert page.headers["referrer-policy"] == "no-referrer"
        assert "access-control-allow-origin" not in page.headers
        assert page.headers["cache-control"] == "no-store"


def test_every_page_has_a_twin(pages, client):
    for address in pages:
        path, _, query = address.partition("?")
        twin = client.get(f"{'/index' if path == '/' else path}.json?{query}")
        assert twin.status_code == 200, address
        assert twin.headers["content-type"] == "application/json"
        assert twin.json()["openapi" if path == "/api" else "v"], address


def test_pages_can_be_read_by_machines_that_read_aloud(pages):
    for address, page in pages.items():
        read = Read(page.text)
        assert read.named("html")[0]["lang"] == "en"
        assert len(read.named("main")) == 1, address
        assert len(read.named("h1")) == 1, address
        labels = {attrs["for"] for attrs in read.named("label") if "for" in attrs}
        wrapped = re.findall(r"<label[^>]*>(?:(?!</label>).)*<(?:input|select)", page.text, re.DOTALL)
        fields = [one for one in read.named("input") + read.named("select") if one.get("type") != "hidden"]
        assert len(fields) == len(wrapped) + sum(one.get("id") in labels for one in fields), address
        ids = [attrs["id"] for _, attrs in read.tags if "id" in attrs]
        assert len(ids) == len(set(ids)), address
        told = {part for _, attrs in read.tags for part in (attrs.get("aria-labelledby") or "").split()}
        assert told <= set(ids), address


def test_links_lead_to_pages_that_are_there(pages, client):
    hrefs = sorted({href.partition("#")[0] for page in pages.values() for href in Read(page.text).hrefs})
    hrefs = [href for href in hrefs if href.startswith("/") and not href.startswith("/search?")]
    assert len(hrefs) > 200
    dead = {href: status for href in hrefs if (status := client.get(href).status_code) >= 400}
    assert dead == {}


def test_fragments_lead_to_places_that_are_there(pages, client):
    found = 0
    for address in ("/search?q=face+recognition", "/search"):
        for href in sorted(Read(pages[address].text).hrefs):
            path, _, fragment = href.partition("#")
            if path.startswith("/d/") and fragment:
                read = Read(client.get(path).text)
                assert fragment in {attrs.get("id") for _, attrs in read.tags} or fragment.startswith("w-"), href
                found += fragment.startswith("w-")
    assert found > 20


def test_a_passage_of_a_search_is_marked_in_its_document(pages, client):
    marked = 0
    for href in sorted(Read(pages["/search?q=face+recognition"].text).hrefs):
        path, _, fragment = href.partition("#")
        if fragment.startswith("w-"):
            assert f'<mark id="{fragment}">' in client.get(path).text, href
            marked += 1
    assert marked > 20


def test_lasting_addresses_lead_to_the_place(client, demo):
    finding = demo.store.rows("SELECT id, notice FROM findings ORDER BY id LIMIT 1")[0]
    answer = client.get(f"/e/{finding['id']}")
    assert answer.status_code == 302
    path, _, fragment = answer.headers["location"].partition("#")
    assert fragment == f"f-{finding['id']}"
    assert f'id="{fragment}"' in client.get(path).text
    assert client.get(f"/e/{finding['id']}.json").json()["finding"]["id"] == finding["id"]
    assert client.get(f"/n/{finding['notice'].replace('#', '%23')}").status_code == 302
    assert {path for path, _, _ in LINKS} == {"/e/{id}", "/n/{id}"}


def test_a_finding_deep_in_a_long_document_opens_its_pages(client, demo, monkeypatch):
    monkeypatch.setattr("sousveil.web.screens.document.PAGES", 2)
    row = demo.store.rows("SELECT id, page FROM findings WHERE page > 4 ORDER BY page DESC, id LIMIT 1")[0]
    path = client.get(f"/e/{row['id']}").headers["location"].partition("#")[0]
    page = client.get(path).text
    assert f'id="f-{row["id"]}"' in page
    assert page.count('class="page src"') <= 2
    windows = [href for href in Read(page).hrefs if href.startswith(path.partition("?")[0]) and "p=" in href]
    assert len(windows) >= 3


@pytest.mark.parametrize("address", ["/d/nothing", "/p/nothing", "/i/nothing", "/s/nothing", "/place/nothing", "/e/x", "/n/x", "/flags/x", "/x"])  # fmt: skip
def test_what_is_not_there_is_told(client, address):
    page = client.get(address)
    assert page.status_code == 404
    assert "<h1>This cannot be shown</h1>" in page.text
    assert client.get(f"{address}.json").json()["status"] == 404


@pytest.mark.parametrize("query", ["q=(", "date=soon", "cap=umbrella", "page=0", "page=x", "sort=luck", "limit=5000"])
def test_a_question_that_is_wrong_is_told(client, query):
    assert client.get(f"/search?{query}").status_code == 400
    answer = client.get(f"/api/v1/search?{query}")
    assert answer.status_code == 400
    assert answer.json()["error"]


def test_a_mistake_in_the_query_keeps_the_query(client):
    page = client.get("/search", params={"q": 'face (recognition "'})
    assert 'value="face (recognition &#34;"' in page.text


def test_words_that_are_markup_stay_words(client, demo, pages):
    document = hostile(demo)
    notice = demo.document(document).notices[0]
    purchase = demo.procurement(notice.id).procurement
    institutions = [one for one in (purchase.buyer, *purchase.suppliers) if one]
    tried = [f"/d/{document}", f"/p/{purchase.id}", "/search?source=attack", "/i", "/runs"]
    tried += [f"/i/{one}" for one in institutions]
    tried += ["/search?q=%3Cscript%3Ealert(7)%3C/script%3E", "/nowhere<script>alert(8)</script>"]
    seen = ""
    for address in tried:
        page = client.get(address)
        read = Read(page.text)
        assert [attrs for attrs in read.named("script") if not attrs.get("src", "").startswith("/static/")] == []
        assert not [tag for tag, attrs in read.tags if any(name.startswith("on") for name in attrs)], address
        assert not read.named("img") + read.named("iframe"), address
        seen += "".join(read.words)
    for words in ("<script>alert(1)</script>", "<b onmouseover=alert(4)>", "<iframe"):
        assert words in seen
    assert HOSTILE_NAME in seen


def test_the_door_to_the_web_asks_first(client):
    page = client.get("/leave", params={"to": "https://example.org/a?b=<script>"})
    assert page.status_code == 200
    assert Read(page.text).hrefs >= {"https://example.org/a?b=<script>"}
    for address in ("javascript:alert(1)", "data:text/html,x", "//example.org", "/search", ""):
        assert client.get("/leave", params={"to": address}).status_code == 400


def test_the_reference_names_every_path(client):
    described = client.get("/openapi.json").json()
    assert set(described["paths"]) == {endpoint.path for endpoint in API}
    assert all(endpoint.path in client.get("/api").text for endpoint in API)


def test_the_chinese_interface_has_no_english_words_of_ours(client, demo):
    said = re.compile(r"\b_\(\s*'([^']+)'")
    folder = __import__("pathlib").Path(__file__).parents[2] / "src" / "sousveil" / "web" / "templates"
    used = {words for path in folder.glob("*.html") for words in said.findall(path.read_text(encoding="utf-8"))}
    assert len(used) > 100
    assert sorted(used - set(messages())) == []
    page = client.get("/search?lang=zh")
    assert '<html lang="zh-Hans">' in page.text
    assert '<html lang="zh-Hans">' in client.get("/runs").text  # kept in a cookie
    assert '<html lang="en">' in client.get("/runs?lang=en").text
    client.cookies.clear()
    assert client.get("/search", headers={"accept-language": "zh-CN,zh;q=0.9"}).text.startswith(page.text[:60])


def test_sentences_of_answers_are_chinese_there(demo, asking):
    asking.cookies.clear()
    purchase = demo.procurement(demo.search("face recognition")[0].notice).procurement
    shown = [f"/p/{purchase.id}", *(f"/i/{one.id}" for one in demo.overview().largest[:4])]
    shown += ["/", "/p", "/flags", "/flags/single_source", "/runs", "/runs/failures", "/glossary", "/search?q=%28x"]
    english = {}
    for address in shown:
        page = asking.get(address, headers={"accept-language": "zh"})
        ours = SOURCES.sub(" ", page.text.partition("<footer")[0])
        said = re.findall(r">[^<]*?([A-Za-z]{2,}(?: [a-z]{2,}){3}[^<]*)<", ours)
        if said:
            english[address] = said[:3]
    assert english == {}


def test_a_later_part_of_a_long_notice_keeps_its_head():
    notice = Notice(id="n", file="f", document="d", language="zh", first_page=1, last_page=146)
    other = Notice(id="n#2", file="f", document="d", language="zh", first_page=147, last_page=150)
    view = SimpleNamespace(notices=[notice, other])
    assert heading_notice(view, "", {43}) is notice
    assert heading_notice(view, "", {149}) is other
    assert heading_notice(view, "n#2", {43}) is other
    assert heading_notice(view, "", {151}) is None


def test_nothing_of_the_vault_is_served(client, demo):
    file = demo.store.rows("SELECT file FROM files LIMIT 1")[0][0]
    for address in (f"/evidence/{file}", f"/d/{file}.bin", f"/static/../{file}", "/static/x/../../app.py"):
        assert client.get(address).status_code == 404


def test_json_of_a_hostile_notice_is_json(client, demo):
    answer = client.get(f"/d/{hostile(demo)}.json")
    assert answer.headers["content-type"] == "application/json"
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert "alert(1)" in json.dumps(answer.json(), ensure_ascii=False)


def test_templates_escape():
    assert Pages("x")._environment.autoescape is True
