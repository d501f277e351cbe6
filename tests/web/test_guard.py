"""Who may ask."""

from __future__ import annotations

import gzip

import pytest
from starlette.testclient import TestClient

from sousveil.web import make_app
from sousveil.web.guard import COOKIE


@pytest.mark.parametrize("host", ["localhost", "localhost:8000", "127.0.0.1:9", "[::1]:8000", "LOCALHOST:8000"])
def test_this_machine_is_answered(client, host):
    assert client.get("/api", headers={"host": host}).status_code == 200


@pytest.mark.parametrize(
    "host", ["evil.example", "localhost.evil.example", "127.0.0.1.evil.example:8000", "192.0.2.7:8000", "", "localhost:80@evil.example"]
)  # fmt: skip
def test_other_hosts_are_not(client, host):
    answer = client.get("/search", headers={"host": host})
    assert answer.status_code == 421
    assert "notices" not in answer.text
    assert "default-src 'none'" in answer.headers["content-security-policy"]


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE", "OPTIONS"])
def test_nothing_can_be_changed(client, method):
    assert client.request(method, "/search").status_code == 405


def test_other_sites_may_lead_here_but_not_ask(client):
    asked = {"sec-fetch-site": "cross-site", "sec-fetch-mode": "no-cors"}
    assert client.get("/search", headers=asked).status_code == 403
    assert client.get("/api", headers=asked | {"sec-fetch-mode": "navigate"}).status_code == 200


def test_with_a_key_nobody_is_answered_without_it(demo):
    app = make_app(demo, hosts=("192.0.2.7",), key="the-key")
    visitor = TestClient(app, base_url="http://192.0.2.7:8000", follow_redirects=False)
    assert visitor.get("/").status_code == 403
    assert visitor.get("/key/another").status_code == 403
    assert visitor.get("/api", headers={"cookie": f"{COOKIE}=another"}).status_code == 403
    let_in = visitor.get("/key/the-key")
    assert let_in.status_code == 303
    assert "HttpOnly" in let_in.headers["set-cookie"]
    assert "SameSite=strict" in let_in.headers["set-cookie"]
    assert visitor.get("/api").status_code == 200
    assert TestClient(app, base_url="http://evil.example").get("/key/the-key").status_code == 421


def test_static_files_are_kept_under_a_name_that_changes(client):
    page = client.get("/api").text
    sheet = page.split('rel="stylesheet" href="')[1].split('"')[0]
    answer = client.get(sheet)
    assert answer.headers["content-type"] == "text/css; charset=utf-8"
    assert "immutable" in answer.headers["cache-control"]
    assert client.get(sheet.replace("page.css", "page.py")).status_code == 404
    assert client.get("/static/0000000000/page.css").status_code == 404


def test_the_script_is_small_and_the_sheet_asks_nobody(client):
    page = client.get("/api").text
    script = client.get(page.split('type="module" src="')[1].split('"')[0])
    assert len(gzip.compress(script.content)) <= 25 * 1024
    sheet = client.get(page.split('rel="stylesheet" href="')[1].split('"')[0]).text
    assert "//" not in sheet.replace("/*", "").replace("*/", "")
    assert "@import" not in sheet
