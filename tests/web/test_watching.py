"""Watches on the pages: the same as the command line says, with nothing marked as seen, and no slower for them."""

from __future__ import annotations

import json
import re

import pytest

from sousveil.cli import main
from sousveil.store.watches import Look, Watch, WatchStore
from sousveil.web import links

LONG_AGO = Look(checked_at="2026-01-01T00:00:00+00:00", total=0, line=0)


@pytest.fixture
def kept(demo):
    """Watch three things: one with something new, one without, one that errs."""
    kept = WatchStore(demo.paths.judgements)
    demo.watch("quiet", '声纹 -"<b>x"', place="Sichuan")
    demo.watch("faces", "人脸识别", cap=["FAC", "VID"], date="2018..")
    kept.keep_look("faces", LONG_AGO)
    kept.add(Watch(name="old", query="(人脸", made_at="3"), LONG_AGO)
    yield kept
    for state in tuple(demo.watches):
        kept.remove(state.watch.name)


def test_without_watches_the_pages_say_how_to_begin(client):
    assert "Nothing is watched yet" in client.get("/watches").text
    assert client.get("/api/v1/watches").json() == {"v": 1, "watches": []}
    assert 'id="wa"' not in client.get("/").text


def test_the_overview_shows_what_is_new_first(client, kept, demo):
    page = client.get("/").text
    block = re.search(r'id="wa".*?</section>', page, re.DOTALL)[0]
    assert re.findall(r'<li><a href="[^"]+">([^<]+)</a>', block) == [
        "faces",
        "quiet",
        "old",
    ]
    total = demo.watches["faces"].total
    assert total
    assert f"{total:,} new" in block
    assert "nothing new since" in block
    assert "cannot be asked any more" in block


def test_the_page_leads_to_the_search_and_to_the_notices(client, kept, demo):
    page = client.get("/watches").text
    state = demo.watches["faces"]
    assert state.address == "/search?q=%E4%BA%BA%E8%84%B8%E8%AF%86%E5%88%AB&cap=FAC&cap=VID&date=2018.."
    assert state.address.replace("&", "&amp;") in page
    assert client.get(state.address.replace("/search?", "/api/v1/search?")).json()["total"] == state.total == state.new
    documents = re.findall(r'<li><a class="src"[^>]* href="(/d/[^"?]+)', page)
    assert documents == [links.page("d", demo.store.notice(one).document) for one in state.newest[:5]]
    assert "not closed" in page
    assert "<b>x" not in page


def test_looking_marks_nothing_as_seen(client, kept):
    before = client.get("/watches.json").json()
    for _ in range(2):
        client.get("/watches")
        client.get("/")
    assert client.get("/api/v1/watches").json() == before
    assert kept.look("faces") == LONG_AGO


def test_the_twin_is_the_object_of_the_command_line(capfd, client, kept, demo):
    capfd.readouterr()
    with pytest.raises(SystemExit):
        main(["watch", "list", "--json", "--dataset", str(demo.paths.root)])
    assert client.get("/watches.json").json() == json.loads(capfd.readouterr().out)


def test_the_index_is_asked_once_until_something_changes(client, kept, demo, monkeypatch):
    client.get("/")
    asked = []
    numbers = type(demo.words).numbers
    monkeypatch.setattr(
        type(demo.words), "numbers", lambda words, question: asked.append(1) or numbers(words, question)
    )
    client.get("/")
    assert asked == []
    demo.check_watches("faces")
    asked.clear()
    assert "nothing new since" in client.get("/").text
    assert len(asked) == 1
