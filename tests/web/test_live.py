"""A real server, a real browser, a real run: how far it is is shown while it goes on; it is begun, paused and ended there."""

from __future__ import annotations

import json
import os
import signal
import urllib.request
from contextlib import ExitStack

import pytest

import sousveil as sv
from sousveil.live import Live, Teller, look, look_going, read_wish
from sousveil.web.starting import Starter
from tests.ingest.conftest import write_inputs
from tests.web.chrome import PATIENCE_S, arrive, axe_script, click, served, violations, wait

_TABS = 60
"""More than the threads that answer pages."""


@pytest.fixture
def dataset(tmp_path):
    with sv.init(tmp_path / "dataset") as opened:
        yield opened


def events(stream):
    """Yield (name, data) of a stream until it ends."""
    name = "message"
    for raw in stream:
        line = raw.decode().rstrip("\n")
        if line.startswith("event: "):
            name = line.removeprefix("event: ")
        elif line.startswith("data: "):
            yield name, json.loads(line.removeprefix("data: "))


def test_many_pages_hear_of_a_run_and_nobody_waits(dataset):
    with served(dataset) as (base, server), ExitStack() as opened:
        with Teller(dataset.paths) as teller:
            teller.tell(Live(run=1, source="folder", done=1, total=4))
            streams = [
                opened.enter_context(urllib.request.urlopen(f"{base}/api/v1/runs/1/events", timeout=PATIENCE_S))
                for _ in range(_TABS)
            ]
            heard = [events(stream) for stream in streams]
            assert {next(one)[1]["done"] for one in heard} == {1}
            assert urllib.request.urlopen(f"{base}/search", timeout=PATIENCE_S).status == 200
            teller.tell(Live(run=1, source="folder", done=2, total=4))
            for one in heard[:3]:
                assert any(told["done"] == 2 for _, told in one)
            for stream in streams[5:]:
                stream.close()
            wait(lambda: len(server.server_state.connections) <= 5)
            teller.tell(Live(run=1, source="folder", done=4, total=4, state="finished"))
        for one in heard[:5]:
            assert list(one)[-1] == ("end", {"v": 1, "run": 1, "state": "finished"})
        assert urllib.request.urlopen(f"{base}/runs/1/events", timeout=PATIENCE_S).status == 204
        assert urllib.request.urlopen(f"{base}/runs/x/events", timeout=PATIENCE_S).status == 204


def press(browser, words):
    click(
        browser,
        wait(lambda: [one for one in browser.find_elements("css selector", "main .btn") if one.text == words])[0],
    )


def test_a_run_is_begun_paused_and_ended_from_the_page(browser, dataset, tmp_path):
    folder = write_inputs(tmp_path / "in <script>alert(1)<b>", 80)
    (folder / "<img src=x onerror=alert(2)>.pdf").write_bytes(b"%PDF-1.4 cut")
    browser.get_log("browser")
    with served(dataset) as (base, _):
        browser.get(f"{base}/runs")
        assert violations(browser, axe_script()) == []
        phone = {"width": 390, "height": 844, "deviceScaleFactor": 1, "mobile": True}
        browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", phone)
        assert browser.execute_script("return document.documentElement.scrollWidth") == 390
        browser.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})
        browser.find_element("name", "path").send_keys(str(folder))
        press(browser, "Look at it")
        arrive(browser, "/runs/new")
        said = browser.find_element("tag name", "main").text
        assert "in <script>alert(1)<b>" in said
        assert "80\n.html" in said.replace(".html\n80", "80\n.html")
        assert violations(browser, axe_script()) == []
        press(browser, "Start")
        process = wait(lambda: look_going(dataset.paths)).process
        os.kill(process, signal.SIGSTOP)  # the run must not end before a slow browser has pressed the button
        wait(lambda: browser.find_elements("id", "live"))
        press(browser, "Pause")
        wait(lambda: read_wish(dataset.paths) == "pause")
        os.kill(process, signal.SIGCONT)
        wait(lambda: look(dataset.paths).state == "paused")
        wait(lambda: "paused" in browser.find_element("css selector", "[data-live=state]").text)
        assert violations(browser, axe_script()) == []
        browser.get(f"{base}/")
        assert "You can search what is ready" in browser.find_element("class name", "banner").text
        assert violations(browser, axe_script()) == []
        assert look_going(dataset.paths).process != 0
        browser.get(f"{base}/runs")
        press(browser, "Resume")
        wait(lambda: look(dataset.paths).state == "finished")
        wait(lambda: not browser.find_elements("id", "live"))  # told by the stream, not by a click
        assert dataset.counts()["files"] == 81
        assert "<img src=x onerror=alert(2)>.pdf" in browser.find_element("tag name", "main").text
        press(browser, "Retry all")
        wait(lambda: dataset.store.rows("SELECT max(tries) FROM failures")[0][0] == 2)
        wait(lambda: look_going(dataset.paths) is None)
        assert browser.get_log("browser") == []


def test_a_run_that_cannot_be_carried_out_is_told(dataset, tmp_path):
    starter = Starter(dataset.paths)
    folder = write_inputs(tmp_path / "in", 1)
    dataset.paths.marker.write_text('title = "x"\n[settings]\nflying = 1\n', encoding="utf-8")
    starter.start([folder])
    wait(lambda: starter.trouble)
    assert "unknown setting 'flying'" in starter.trouble
    assert not starter.is_starting


def test_the_process_inherits_only_what_python_needs(dataset, tmp_path, monkeypatch):
    monkeypatch.setenv("SECRET_TOKEN", "x")
    starter = Starter(dataset.paths)
    starter.start(["--quiet", write_inputs(tmp_path / "in", 1)])
    with open(f"/proc/{starter._child.pid}/environ", "rb") as file:  # noqa: PTH123
        assert b"SECRET_TOKEN" not in file.read()
    starter._child.wait(PATIENCE_S)
    assert starter._child.returncode == 0
    assert starter.trouble == ""
