"""In a real browser: a word leads to its passage, nothing leaves this machine, no page complains, keys do what they say."""

# ruff: noqa: E402 (what may be missing is asked for before it is imported)
from __future__ import annotations

import hashlib
import json
import re
import shutil
import socket
import threading
import time
from pathlib import Path

import pytest

CHROMIUM, DRIVER = shutil.which("chromium"), shutil.which("chromedriver")
if not (CHROMIUM and DRIVER):
    pytest.skip("needs the Debian packages chromium and chromium-driver", allow_module_level=True)
webdriver = pytest.importorskip("selenium.webdriver", reason="selenium is not installed")
uvicorn = pytest.importorskip("uvicorn", reason="the extra `web` is not installed")

from selenium.webdriver.chrome.service import Service
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys

from sousveil.web import make_app
from tests.web.routes import addresses, picture

AXE = Path(__file__).with_name("axe-core-4.12.1.min.js")
"""The accessibility checks of Deque Systems (MPL-2.0), as published on npm; only tests use it."""
AXE_HASH = "84494fec757e4710dc751c8d7a636e457f4532f08f85c86dc9070133fbff53bc"


@pytest.fixture(scope="module")
def base(demo):
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = uvicorn.Server(uvicorn.Config(make_app(demo), port=port, log_level="error"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.05)
    yield f"http://127.0.0.1:{port}"
    server.should_exit = True
    thread.join(10)


@pytest.fixture(scope="module")
def browser():
    options = webdriver.ChromeOptions()
    options.binary_location = CHROMIUM
    for argument in ("--headless=new", "--no-sandbox", "--disable-gpu", "--window-size=1440,900"):
        options.add_argument(argument)
    options.set_capability("goog:loggingPrefs", {"performance": "ALL", "browser": "ALL"})
    opened = webdriver.Chrome(options, Service(DRIVER))
    opened.set_script_timeout(180)  # a machine under load is no failure
    yield opened
    opened.quit()


def wait(check, seconds=10):
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if found := check():
            return found
        time.sleep(0.05)
    raise AssertionError("waited in vain")


def is_in_view(browser, element):
    return browser.execute_script(
        "const r = arguments[0].getBoundingClientRect(); return r.top >= 52 && r.bottom <= innerHeight", element
    )


def requested(browser):
    """Return every address that pages asked for since the last call."""
    found = []
    for entry in browser.get_log("performance"):
        message = json.loads(entry["message"])["message"]
        if message["method"] == "Network.requestWillBeSent":
            found.append(message["params"]["request"]["url"])
    return found


def test_an_english_word_leads_to_the_chinese_passage(browser, base):
    browser.get(f"{base}/")
    browser.find_element(By.TAG_NAME, "body").send_keys("/")
    box = browser.switch_to.active_element
    assert box.get_attribute("id") == "gs"
    box.send_keys("gait recognition", Keys.ENTER)
    wait(lambda: "q=gait" in browser.current_url)
    assert "步态识别" in browser.find_element(By.CLASS_NAME, "qx").text
    passage = wait(lambda: browser.find_elements(By.CSS_SELECTOR, ".hit .sn"))[0]
    words = passage.find_element(By.TAG_NAME, "mark").text
    passage.click()
    wait(lambda: "/d/" in browser.current_url)
    marked = browser.find_element(By.CSS_SELECTOR, "mark:target")
    assert marked.text == words
    wait(lambda: is_in_view(browser, marked))


def test_passages_and_findings_mark_one_another(browser, base, demo):
    finding = demo.store.rows("SELECT id FROM findings WHERE kind = 'capability' ORDER BY start DESC, id LIMIT 1")[0][0]
    browser.get(f"{base}/e/{finding}")
    wait(lambda: browser.find_elements(By.CSS_SELECTOR, ".fact.on"))
    assert browser.find_elements(By.CSS_SELECTOR, ".ev.on")
    first = browser.find_element(By.CSS_SELECTOR, ".fact .no")
    first.click()
    number = first.text
    assert browser.find_element(By.CSS_SELECTOR, ".fact.on").get_attribute("data-e") == number
    passage = browser.find_element(By.CSS_SELECTOR, f'.ev[data-e~="{number}"]')
    assert "on" in passage.get_attribute("class")
    wait(lambda: is_in_view(browser, passage))
    browser.find_element(By.TAG_NAME, "body").send_keys("n")
    assert browser.find_element(By.CSS_SELECTOR, ".fact.on").get_attribute("data-e") != number


def test_text_and_picture_are_two_forms_of_one_place(browser, base, demo):
    browser.get(f"{base}/d/{picture(demo)}")
    browser.find_element(By.TAG_NAME, "body").send_keys("nnni")
    wait(lambda: "form=image" in browser.current_url)
    number = browser.current_url.rpartition("#q-")[2]
    wait(lambda: browser.find_elements(By.CSS_SELECTOR, f'.fact.on[data-e="{number}"]'))
    box = browser.find_element(By.CSS_SELECTOR, f'.box.on[data-e="{number}"] rect')
    wait(lambda: is_in_view(browser, box))
    assert browser.execute_script("return document.querySelector('image').getBBox().width") > 500
    browser.find_element(By.CSS_SELECTOR, '.fact[data-e="1"] .no').click()
    assert "on" in browser.find_element(By.ID, "q-1").get_attribute("class")
    browser.find_element(By.TAG_NAME, "body").send_keys("i")
    wait(lambda: "form=text" in browser.current_url and browser.current_url.endswith("#q-1"))


def test_keys_walk_the_list(browser, base):
    browser.get(f"{base}/search?q=face+recognition")
    body = browser.find_element(By.TAG_NAME, "body")
    body.send_keys("jj")
    hits = browser.find_elements(By.CLASS_NAME, "hit")
    assert [number for number, hit in enumerate(hits) if "on" in hit.get_attribute("class").split()] == [2]
    shown = [one.get_attribute("id") for one in browser.find_elements(By.CLASS_NAME, "pv") if one.is_displayed()]
    assert shown == ["peek-3"]
    body.send_keys(Keys.ENTER)
    wait(lambda: "/d/" in browser.current_url)


def test_a_filter_applies_by_itself(browser, base):
    browser.get(f"{base}/search")
    browser.find_element(By.CSS_SELECTOR, '.facets input[name="type"]').click()
    wait(lambda: "type=" in browser.current_url)
    assert browser.find_element(By.CSS_SELECTOR, '.facets input[name="type"]').is_selected()


def test_nothing_leaves_this_machine_and_no_page_complains(browser, base, demo):
    requested(browser)
    browser.get_log("browser")
    for address in addresses(demo):
        browser.get(base + address)
    asked = requested(browser)
    assert len(asked) > 40
    assert [url for url in asked if not url.startswith((base, "data:"))] == []
    assert browser.get_log("browser") == []


def test_no_page_is_wider_than_a_phone(browser, base, demo):
    size = {"width": 390, "height": 844, "deviceScaleFactor": 1, "mobile": True}
    browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)
    try:
        wide = {}
        for address in addresses(demo):
            browser.get(base + address)
            width = browser.execute_script("return document.documentElement.scrollWidth")
            if width > 390:
                wide[address] = width
        assert wide == {}
    finally:
        browser.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_axe_finds_nothing(browser, base, demo, theme):
    raw = AXE.read_bytes()
    assert hashlib.sha256(raw).hexdigest() == AXE_HASH
    script = raw.decode()
    media = {"features": [{"name": "prefers-color-scheme", "value": theme}]}
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", media)
    found = {}
    every = reversed(addresses(demo))
    screens = {re.sub(r"(?<=.)/[^/?]+(?=[?]|$)|(?<=[?]).*", "/*", address): address for address in every}
    assert len(screens) >= 16
    for address in (*screens.values(), f"/d/{picture(demo)}?form=image"):
        browser.get(base + address)
        browser.execute_script(script)
        result = browser.execute_async_script(
            "const done = arguments[arguments.length - 1];"
            "axe.run({resultTypes: ['violations'], runOnly: ['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa']}).then(done)"
        )
        for rule in result["violations"]:
            found.setdefault(rule["id"], []).append(
                (address, rule["nodes"][0]["html"][:200], rule["nodes"][0].get("failureSummary", "")[:300])
            )
    assert found == {}
