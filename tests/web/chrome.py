"""A real Chromium, a real server, and what tests of pages ask of both."""

from __future__ import annotations

import hashlib
import json
import shutil
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import pytest

from sousveil.dataset import Dataset
from sousveil.web import make_app
from sousveil.web.form import Writing
from sousveil.web.starting import Starter

PHONE, DESK = (390, 844), (1440, 900)
PATIENCE_S = 180
"""How long to wait for what must come; a machine under load is no failure, and waiting costs nothing where it comes."""
AXE = Path(__file__).with_name("axe-core-4.12.1.min.js")
"""The accessibility checks of Deque Systems (MPL-2.0), as published on npm; only tests use it."""
AXE_HASH = "84494fec757e4710dc751c8d7a636e457f4532f08f85c86dc9070133fbff53bc"
RULES = ("wcag2a", "wcag2aa", "wcag21aa", "wcag22aa")
COLOUR_RULES = ("color-contrast", "link-in-text-block")
"""Those of them that look at colours: all that another theme can change."""
_RUN_AXE = (
    "const [rules, done] = arguments;"
    "axe.run({resultTypes: ['violations'], runOnly: rules}).then((found) => done(found.violations))"
)
_PLACE = (
    "const one = arguments[0], box = () => one.getClientRects()[0];"
    "if (!box()) return null;"
    "const over = () => document.elementFromPoint(box().x + box().width / 2, box().y + box().height / 2);"
    "if (!one.contains(over())) one.scrollIntoView({block: 'center', behavior: 'instant'});"
    "return one.contains(over()) ? [box().x, box().y] : null"
)
"""Where an element stands, scrolled to if need be; nothing while another lies over the middle of its first line."""


def open_browser(*, has_scripts: bool = True) -> Any:
    """Return Debian's Chromium; skip the test, with the reason, where it is not there."""
    chromium, driver = shutil.which("chromium"), shutil.which("chromedriver")
    if not (chromium and driver):
        pytest.skip("needs the Debian packages chromium and chromium-driver")
    webdriver = pytest.importorskip("selenium.webdriver", reason="selenium is not installed")
    options = webdriver.ChromeOptions()
    options.binary_location = chromium
    for argument in (
        "--headless=new",
        "--no-sandbox",
        "--disable-gpu",
        "--window-size=1440,900",
        "--force-prefers-reduced-motion",
        "--disable-smooth-scrolling",  # a key press scrolls at once: nothing moves under a click
    ):
        options.add_argument(argument)
    if not has_scripts:
        options.add_experimental_option("prefs", {"profile.managed_default_content_settings.javascript": 2})
    options.set_capability("goog:loggingPrefs", {"performance": "ALL", "browser": "ALL"})
    opened = webdriver.Chrome(options, webdriver.ChromeService(driver))
    opened.set_script_timeout(PATIENCE_S)
    return opened


@contextmanager
def served(dataset: Dataset) -> Iterator[tuple[str, Any]]:
    """Serve a dataset, forms and all; give its address and its server."""
    uvicorn = pytest.importorskip("uvicorn", reason="the extra `web` is not installed")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    app = make_app(dataset, writing=Writing(Starter(dataset.paths)))
    server = uvicorn.Server(uvicorn.Config(app, port=port, log_level="error", timeout_graceful_shutdown=1))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.05)
    try:
        yield f"http://127.0.0.1:{port}", server
    finally:
        server.should_exit = True
        thread.join(10)


@contextmanager
def seen_as(browser: Any, size: tuple[int, int] = DESK, theme: str = "light") -> Iterator[None]:
    """Look through a window of this size, in this theme."""
    width, height = size
    metrics = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": width < 500}
    browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", metrics)
    paint(browser, theme)
    try:
        yield
    finally:
        browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": []})
        browser.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})


def paint(browser: Any, theme: str) -> None:
    """Show pages, the one in view too, in a theme: the system says what it prefers."""
    media = {"features": [{"name": "prefers-color-scheme", "value": theme}]}
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", media)


def axe_script() -> str:
    """Return the accessibility checks, as published."""
    raw = AXE.read_bytes()
    assert hashlib.sha256(raw).hexdigest() == AXE_HASH
    return raw.decode()


def violations(browser: Any, script: str = "", rules: tuple[str, ...] = RULES) -> list[tuple[str, str, str]]:
    """Return what axe finds on the page in view: rule, the first element, what is wrong with it.

    The script may be left out where the page has it already.
    """
    browser.execute_script(script)
    found = browser.execute_async_script(_RUN_AXE, rules)
    first = [(rule["id"], rule["nodes"][0]) for rule in found]
    return [(rule, node["html"][:200], node.get("failureSummary", "")[:300]) for rule, node in first]


def wait(check: Callable[[], Any]) -> Any:
    """Return what a check gives as soon as it gives something; an element that a new page took away is nothing yet."""
    from selenium.common.exceptions import StaleElementReferenceException as Gone

    end = time.monotonic() + PATIENCE_S
    while time.monotonic() < end:
        with suppress(Gone):
            if found := check():
                return found
        time.sleep(0.05)
    raise AssertionError("waited in vain")


def arrive(browser: Any, part: str) -> None:
    """Wait until a page whose address has a part is there, whole."""
    wait(lambda: part in browser.current_url and _is_whole(browser))


def press_and_reload(browser: Any, key: str) -> None:
    """Press a key by which the page is asked for anew; wait until the new one is there, whole."""
    browser.execute_script("window.isOld = true")
    browser.switch_to.active_element.send_keys(key)
    wait(lambda: browser.execute_script("return !window.isOld") and _is_whole(browser))


def _is_whole(browser: Any) -> bool:
    return bool(browser.execute_script("return document.readyState === 'complete'"))


def is_in_view(browser: Any, element: Any) -> bool:
    """Return whether the whole of an element is seen, below the bar at the top."""
    return bool(
        browser.execute_script(
            "const r = arguments[0].getBoundingClientRect(); return r.top >= 52 && r.bottom <= innerHeight", element
        )
    )


def click(browser: Any, element: Any) -> None:
    """Bring an element to the middle of the window, and click it once it stands still with nothing over it.

    A page of a busy machine may still move, by a key or an anchor, when the driver aims at a place of it.
    """

    def stands() -> bool:
        first = browser.execute_script(_PLACE, element)
        time.sleep(0.05)
        return first is not None and first == browser.execute_script(_PLACE, element)

    wait(stands)
    element.click()


def requested(browser: Any) -> list[str]:
    """Return every address that pages asked for since the last call."""
    found = []
    for entry in browser.get_log("performance"):
        message = json.loads(entry["message"])["message"]
        if message["method"] == "Network.requestWillBeSent":
            found.append(message["params"]["request"]["url"])
    return found
