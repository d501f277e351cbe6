"""Forms: who may change something, from where, with what; and that nothing else does."""

from __future__ import annotations

import itertools
import re

import pytest
from starlette.testclient import TestClient

from sousveil.live import Live, Teller
from sousveil.web import make_app
from sousveil.web.form import MOST_BYTES, Writing
from sousveil.web.guard import COOKIE
from sousveil.web.routes import FORMS
from sousveil.web.starting import Starter

OURS = "http://localhost:8000"
ORIGINS = (
    None,
    "null",
    OURS,
    "http://localhost:9",
    "http://localhost:8000.evil.example",
    "http://evil.example",
    "https://[",
)
SITES = (None, "same-origin", "same-site", "cross-site", "none", "")


@pytest.fixture
def writing(demo):
    return Writing(Starter(demo.paths))


@pytest.fixture
def client(demo, writing):
    return TestClient(make_app(demo, writing=writing), base_url=OURS, follow_redirects=False)


@pytest.fixture
def going(demo):
    """A run that goes on, as far as anybody can see."""
    with Teller(demo.paths) as teller:
        teller.tell(Live(run=1, source="folder", done=3, total=4, paths=("/data/<script>alert(9)</script>",)))
        yield demo.paths
    demo.paths.live_wish.unlink(missing_ok=True)
    demo.paths.live_progress.unlink()


def headers(origin=OURS, site="same-origin"):
    return {name: value for name, value in (("origin", origin), ("sec-fetch-site", site)) if value is not None}


def is_ours(origin, site):
    if site is None:
        return origin == OURS
    return site == "same-origin" and origin in (None, "null", OURS)


def test_a_form_is_taken_from_our_pages_alone(client, writing, going):
    accepted = 0
    for origin, site, token in itertools.product(ORIGINS, SITES, (None, "", "x", writing.token[:-1], writing.token)):
        form = {"other": "x"} if token is None else {"token": token}
        answer = client.post("/runs/pause", data=form, headers=headers(origin, site))
        if is_ours(origin, site) and token == writing.token:
            assert (answer.status_code, answer.headers["location"]) == (303, "/runs")
            assert going.live_wish.read_text() == "pause"
            going.live_wish.unlink()
            accepted += 1
        else:
            assert answer.status_code == 403, (origin, site, token)
            assert not going.live_wish.exists()
    assert accepted == 4


def test_a_decision_on_a_finding_is_taken_from_our_pages_alone(client, demo, writing):
    finding = demo.store.rows("SELECT id FROM findings ORDER BY id LIMIT 1")[0]["id"]
    form = {"token": writing.token, "decide": f"rejected 1 {finding}"}
    demo.paths.judgements.unlink(missing_ok=True)  # of another test
    for origin, site, token in itertools.product(ORIGINS, SITES, ("", writing.token)):
        answer = client.post("/review", data=form | {"token": token}, headers=headers(origin, site))
        is_taken = is_ours(origin, site) and token == writing.token
        assert answer.status_code == (303 if is_taken else 403), (origin, site, token)
        assert demo.paths.judgements.exists() == is_taken
        demo.paths.judgements.unlink(missing_ok=True)


@pytest.mark.parametrize("method", ["GET", "HEAD", "PUT", "PATCH", "DELETE", "OPTIONS"])
def test_no_other_method_has_an_effect(client, writing, going, method):
    for path, _ in FORMS:
        answer = client.request(method, path, params={"token": writing.token}, headers=headers())
        assert answer.status_code >= 400, path
        assert "set-cookie" not in answer.headers
    assert not going.live_wish.exists()
    assert writing.starter._child is None


def test_only_forms_take_a_form(client, writing):
    for path in ("/", "/search", "/runs", "/runs/1", "/doctor", "/api/v1/runs", "/runs.json"):
        assert client.post(path, data={"token": writing.token}, headers=headers()).status_code == 405, path


def test_what_is_wrong_with_a_form_is_said_in_plain_words(client, writing, going):
    answer = client.post("/runs/pause", data={"token": "old"}, headers=headers())
    assert "Load the page again" in answer.text
    good = headers() | {"content-type": "application/x-www-form-urlencoded"}
    long = f"token={writing.token}&path={'x' * MOST_BYTES}"
    assert client.post("/runs/pause", content=long, headers=good).status_code == 413
    assert client.post("/runs/pause", content=b"\xff\xfe", headers=good).status_code == 400
    many = "&".join([f"token={writing.token}", *(f"f{number}=1" for number in range(50))])
    assert client.post("/runs/pause", content=many, headers=good).status_code == 400
    other = client.post("/runs/pause", files={"token": writing.token}, headers=headers())
    assert other.status_code == 415
    assert not going.live_wish.exists()


def test_the_token_is_new_at_every_start_and_stands_in_pages_with_forms_alone(client, demo, writing):
    assert Writing(Starter(demo.paths)).token != writing.token
    assert len(writing.token) >= 40
    page = client.get("/runs")
    assert writing.token in page.text
    assert page.headers["referrer-policy"] == "same-origin"  # or browsers hide where a form comes from
    for path in ("/", "/runs.json", "/api/v1/runs", "/doctor", "/runs/failures"):
        answer = client.get(path)
        assert writing.token not in answer.text
        assert answer.headers["referrer-policy"] == "no-referrer"


def test_with_read_only_there_are_no_forms_and_none_is_taken(demo, writing, going):
    reading = TestClient(make_app(demo), base_url=OURS, follow_redirects=False)
    assert 'method="post"' not in reading.get("/runs").text
    assert "/runs/new" not in reading.get("/runs").text
    assert reading.get("/runs/new?path=/tmp").status_code == 400
    for path, _ in FORMS:
        assert reading.post(path, data={"token": writing.token}, headers=headers()).status_code == 405
    assert not going.live_wish.exists()


def test_others_need_the_key_and_name_no_path(demo, going, tmp_path):
    writing = Writing(Starter(demo.paths), takes_paths=False)
    app = make_app(demo, hosts=("192.0.2.7",), key="the-key", writing=writing)
    there = "http://192.0.2.7:8000"
    visitor = TestClient(app, base_url=there, follow_redirects=False)
    sent = {"data": {"token": writing.token}, "headers": {"origin": there}}
    assert visitor.post("/runs/pause", **sent).status_code == 403
    assert not going.live_wish.exists()
    visitor.cookies.set(COOKIE, "the-key")
    assert visitor.post("/runs/pause", data=sent["data"]).status_code == 403  # nothing says where it comes from
    assert visitor.post("/runs/pause", **sent).status_code == 303
    assert going.live_wish.read_text() == "pause"
    assert visitor.get("/runs/new", params={"path": str(tmp_path)}).status_code == 400
    sent["data"]["path"] = str(tmp_path)
    refused = visitor.post("/runs/ingest", **sent)
    assert refused.status_code == 400
    assert "no path of this machine is taken" in refused.text


def test_a_name_of_others_without_a_key_changes_nothing(demo, writing, going):
    app = make_app(demo, hosts=("localhost", "desk.example"), writing=writing)
    visitor = TestClient(app, base_url="http://desk.example:8000", follow_redirects=False)
    sent = {"data": {"token": writing.token}, "headers": {"origin": "http://desk.example:8000"}}
    assert visitor.get("/runs").status_code == 200
    assert visitor.post("/runs/pause", **sent).status_code == 403
    assert not going.live_wish.exists()


@pytest.mark.parametrize(
    ("form", "why"),
    [
        ({"path": "/etc"}, "belongs to the system"),
        ({"path": "--help"}, "does not begin with /"),
        ({"path": ""}, "Name a file"),
        ({"ocr": "some"}, "is none of"),
        ({"source": "../x"}, "is no name for a source"),
        ({"source": "a\nb"}, "short name"),
        ({"source": "x" * 101}, "short name"),
    ],
)
def test_what_cannot_be_read_starts_nothing(client, writing, tmp_path, form, why):
    whole = {"token": writing.token, "path": str(tmp_path)} | form
    answer = client.post("/runs/ingest", data=whole, headers=headers())
    assert answer.status_code == 400
    assert why in answer.text
    assert writing.starter._child is None


def test_one_run_at_a_time(client, writing, going, tmp_path):
    answer = client.post("/runs/ingest", data={"token": writing.token, "path": str(tmp_path)}, headers=headers())
    assert answer.status_code == 503
    assert "Run 1 is going on: one at a time" in answer.text
    assert writing.starter._child is None
    assert "one at a time" in client.get("/runs/new", params={"path": str(tmp_path)}).text


def test_nobody_goes_on_nobody_pauses(client, writing):
    answer = client.post("/runs/pause", data={"token": writing.token}, headers=headers())
    assert answer.status_code == 404
    assert "No run is going on" in answer.text


def test_while_a_run_goes_on_every_page_says_so(client, going):
    for path in ("/", "/search", "/flags", "/doctor"):
        assert "You can search what is ready" in client.get(path).text, path
    assert "so far" in client.get("/").text
    page = client.get("/runs").text
    assert re.search(r'data-live="done">3<', page)
    assert "<script>alert(9)" not in page
    assert "&lt;script&gt;alert(9)" in page
    assert client.get("/runs.json").json()["live"]["done"] == 3
    assert "75 %" in client.get("/?lang=zh").text
    assert "已就绪的内容可以检索" in client.get("/?lang=zh").text


def test_reasons_and_names_are_words(client, demo):
    reason = "<img src=x onerror=alert(1)>"
    row = ("/in/<script>alert(2)</script>.pdf", "", "open", reason, "=cmd|' /C calc'!A0", "", 1, 1)
    demo.store.connection.execute("INSERT INTO failures VALUES (?,?,?,?,?,?,?,?)", row)
    try:
        for path in ("/runs", "/runs/1", "/runs/failures", f"/runs/failures?reason={reason}"):
            page = client.get(path)
            assert page.status_code == 200
            assert "<img" not in page.text
            assert "<script>alert" not in page.text
            assert "&lt;img src=x onerror=alert(1)&gt;" in page.text, path
        table = client.get("/runs/failures.csv", params={"reason": reason})
        assert table.headers["content-disposition"] == 'attachment; filename="failures.csv"'
        lines = table.text.splitlines()
        assert len(lines) == 2
        assert "'=cmd" in lines[1]
    finally:
        demo.store.connection.execute("DELETE FROM failures WHERE reason = ?", (reason,))
