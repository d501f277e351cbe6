"""Findings are judged on the page of their document, without scripts; where nothing can be changed, only told."""

from __future__ import annotations

import re

import pytest
from starlette.testclient import TestClient

from sousveil.web import make_app
from sousveil.web.form import Writing
from sousveil.web.starting import Starter
from tests.web.routes import hostile

OURS = {"origin": "http://localhost:8000", "sec-fetch-site": "same-origin"}


@pytest.fixture
def writing(demo):
    yield Writing(Starter(demo.paths), by="M. X.")
    demo.paths.judgements.unlink(missing_ok=True)


@pytest.fixture
def pages(demo, writing):
    return TestClient(make_app(demo, writing=writing), base_url="http://localhost:8000", follow_redirects=False)


def fields(page):
    """Return the hidden fields of the form of a document, as a browser would send them."""
    form = page.split('<form id="judge"')[1].split("</form>")[0]
    return dict(re.findall(r'name="([^"]+)" value="([^"]*)"', form))


def buttons(page):
    return re.findall(r'<button class="rb" form="judge" name="decide" value="([^"]+)"', page)


def test_buttons_of_the_page_judge_and_lead_back_to_the_passage(demo, pages):
    document = hostile(demo)
    page = pages.get(f"/d/{document}?q=face+recognition").text
    confirm, reject, unsure = buttons(page)[:3]
    finding = confirm.split()[2]
    assert [one.split()[0] for one in (confirm, reject, unsure)] == ["confirmed", "rejected", "unsure"]
    assert 'class="rv ' not in page
    answer = pages.post("/review", data=fields(page) | {"decide": reject}, headers=OURS)
    assert answer.status_code == 303
    assert answer.headers["location"] == f"/d/{document}?q=face+recognition&p=1#n-{reject.split()[1]}"
    page = pages.get(answer.headers["location"]).text
    assert '<b class="rv rv-rejected">Rejected</b>' in page
    assert f'value="{reject}" aria-pressed="true"' in page
    assert [(one.review.state, one.review.by) for one in demo.reviews().rows] == [("rejected", "M. X.")]
    assert pages.post("/review", data=fields(page) | {"decide": confirm}, headers=OURS).status_code == 303
    assert demo.finding(finding).review == "confirmed"
    undo = next(one for one in buttons(pages.get(f"/d/{document}").text) if one.startswith("undo"))
    pages.post("/review", data=fields(page) | {"decide": undo}, headers=OURS)
    assert demo.finding(finding).review == "rejected"
    assert "已驳回" in pages.get(f"/d/{document}?lang=zh").text


def test_a_key_judges_all_that_is_said_of_the_passage_or_nothing(demo, pages, writing):
    ids = [row["id"] for row in demo.store.rows("SELECT id FROM findings ORDER BY id LIMIT 3")]

    def send(decide):
        return pages.post("/review", data={"token": writing.token, "decide": decide}, headers=OURS)

    assert send(f"confirmed 1 {' '.join(ids)}").status_code == 303
    assert demo.reviews().counts["confirmed"] == 3
    assert send(f"undo 1 {' '.join(ids)}").status_code == 303
    nothing = send(f"undo 1 {ids[0]}")
    assert (nothing.status_code, "Nothing stands" in nothing.text) == (404, True)
    for wrong, status in (
        (f"confirmed 1 {ids[0]} nosuchfinding", 404),
        (f"perhaps 1 {ids[0]}", 400),
        (f"confirmed x {ids[0]}", 400),
        (f"confirmed 1 {'x ' * 51}", 400),
        ("confirmed 1", 400),
        ("", 400),
    ):
        assert send(wrong).status_code == status, wrong
    assert demo.reviews().counts["confirmed"] == 0


def test_an_address_in_the_form_leads_nowhere_else(demo, pages, writing):
    finding = demo.store.rows("SELECT id FROM findings ORDER BY id LIMIT 1")[0]["id"]
    form = {"token": writing.token, "decide": f"unsure 1 {finding}", "q": "//evil.example/\r\nx: y", "form": "//evil"}
    answer = pages.post("/review", data=form, headers=OURS)
    assert answer.headers["location"].startswith("/d/")
    assert "x" not in answer.headers


def test_where_nothing_can_be_changed_the_state_is_told_and_no_button_is_there(demo, client, writing):
    row = demo.store.rows("SELECT id, notice FROM findings ORDER BY id LIMIT 1")[0]
    demo.judge_finding(row["id"], "unsure", "a note of mine")
    page = client.get(f"/d/{demo.store.notice(row['notice']).document}").text
    assert '<b class="rv rv-unsure">Unsure</b>' in page
    assert 'id="judge"' not in page
    assert not buttons(page)
    refused = client.post("/review", data={"decide": f"confirmed 1 {row['id']}"}, headers=OURS)
    assert refused.status_code == 405
    assert demo.finding(row["id"]).review == "unsure"
    listed = client.get("/e?state=unsure").text
    assert "rv-unsure" in listed
    assert row["id"] in listed
    assert client.get(f"/e/{row['id']}.json").json()["finding"]["review"] == "unsure"
    assert client.get("/api/v1/findings?state=unsure").json()["findings"][0]["review"] == "unsure"
    assert client.get("/search?state=unsure").status_code == 200
    for address in (f"/d/{demo.store.notice(row['notice']).document}.json", "/e.json?state=unsure"):
        assert "a note of mine" not in client.get(address).text
