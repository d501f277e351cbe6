"""Pictures of every screen for ``docs/shots/``, from the demonstration: one command, so that they are never older than the pages.

Usage: python scripts/shoot.py [FOLDER [ADDRESS]]; needs Chromium with its driver, selenium and Pillow. FOLDER is
``docs/shots`` where it is left out. With ADDRESS (``http://127.0.0.1:8000``) the pictures are of the dataset that is
served there.
"""

from __future__ import annotations

import base64
import io
import json
import shutil
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.error import HTTPError
from urllib.parse import quote
from urllib.request import urlopen

import uvicorn
from PIL import Image
from selenium import webdriver
from selenium.webdriver.chrome.service import Service

from sousveil.dataset import Dataset, init_dataset
from sousveil.dataset.opening import sample_folder
from sousveil.ingest.options import Options
from sousveil.web import make_app
from sousveil.web.form import Writing
from sousveil.web.routes import SCREENS
from sousveil.web.starting import Starter

SHOTS = Path(__file__).parents[1] / "docs" / "shots"
DESK, PHONE = (1440, 900), (390, 844)
ALSO = ("overview", "search", "document", "institution")
"""Screens that are shown on a phone and in the dark, too."""
COLOURS = 256
"""The most frequent ones of a picture are its palette: those of the page stay as they are, edges of letters come near."""
_PORT = 8973
_PLACE = Path("/tmp/demonstration")


def addresses(base: str) -> dict[str, tuple[str, str]]:
    """Return the route and the address of every picture, with ids of the dataset that is served."""

    def told(path: str) -> dict:
        with urlopen(base + path) as answer:
            return json.load(answer)

    overview = told("/index.json")
    buyer = overview["largest_buyers"][0]["id"]
    hits = told("/search.json?q=face+recognition")["hits"]
    hit = max(hits, key=lambda one: len(one["capabilities"]))
    every = told("/search.json?limit=1000")["hits"]
    pictured = next((one for one in every if _is_drawn(base, one["document"])), hit)
    purchase = told(f"/p.json?buyer={buyer}")["procurements"][0]["id"]
    systems, flags = told("/s.json")["systems"], told("/flags.json")["raised"]
    flag = max(flags, key=lambda one: one["count"])["rule"]
    return {
        "overview": ("/", "/"),
        "spread": ("/", "/?cap=VID#chart-spread"),
        "search": ("/search", "/search?q=face+recognition"),
        "nothing": ("/search", "/search?q=zzzqqq+cap%3AFAC"),
        "document": ("/d/{id}", f"/d/{hit['document']}?q=face+recognition"),
        "page-image": ("/d/{id}", f"/d/{pictured['document']}?form=image"),
        "purchases": ("/p", "/p"),
        "purchase": ("/p/{id}", f"/p/{purchase}"),
        "quotations": ("/e", "/e?kind=link"),
        "institutions": ("/i", "/i"),
        "institution": ("/i/{id}", f"/i/{quote(buyer)}"),
        "systems": ("/s", "/s"),
        "system": ("/s/{id}", f"/s/{quote(systems[0]['id'])}" if systems else "/s"),
        "place": ("/place/{code}", "/place/510000"),
        "flags": ("/flags", "/flags"),
        "flag": ("/flags/{rule}", f"/flags/{flag}"),
        "network": ("/network", "/network"),
        "glossary": ("/glossary", "/glossary?cap=FAC"),
        "data": ("/runs", "/runs"),
        "failures": ("/runs/failures", "/runs/failures"),
        "read-files": ("/runs/new", f"/runs/new?path={quote(str(_PLACE / 'notices'))}"),
        "run": ("/runs/{n}", "/runs/1"),
        "doctor": ("/doctor", "/doctor"),
        "files": ("/files", "/files"),
        "watches": ("/watches", "/watches"),
        "leave": ("/leave", "/leave?to=https%3A%2F%2Fexample.org%2F"),
        "api": ("/api", "/api"),
    }


def _is_drawn(base: str, document: str) -> bool:
    """Return whether the first page of a document has a picture."""
    try:
        with urlopen(f"{base}/d/{document}/pages/1.png"):
            return True
    except HTTPError:
        return False


@contextmanager
def demonstration() -> Iterator[str]:
    """Serve the demonstration, with a search that is watched; give its address."""
    if _PLACE.exists():
        raise SystemExit(f"{_PLACE} is there already. Move it away: the demonstration is read there.")
    notices = shutil.copytree(sample_folder(), _PLACE / "notices")
    try:
        with init_dataset(_PLACE / "dataset", "Demonstration: invented notices") as dataset:
            dataset.ingest([notices], Options(source="sample"))
            dataset.watch("gait-recognition", "gait recognition")
            yield from _serve(dataset)
    finally:
        shutil.rmtree(_PLACE)


def _serve(dataset: Dataset) -> Iterator[str]:
    """Serve a dataset; give its address."""
    app = make_app(dataset, writing=Writing(Starter(dataset.paths)))
    server = uvicorn.Server(uvicorn.Config(app, port=_PORT, log_level="error"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.05)
    yield f"http://127.0.0.1:{_PORT}"
    server.should_exit = True
    thread.join(10)


def open_browser() -> webdriver.Chrome:
    """Return Debian's Chromium."""
    options = webdriver.ChromeOptions()
    options.binary_location = "/usr/bin/chromium"
    for argument in ("--headless=new", "--no-sandbox", "--hide-scrollbars", "--force-device-scale-factor=1"):
        options.add_argument(argument)
    return webdriver.Chrome(options, Service("/usr/bin/chromedriver"))


def shoot(driver: webdriver.Chrome, address: str, size: tuple[int, int], theme: str, target: Path) -> None:
    """Write the picture of a page, with a palette of few colours."""
    width, height = size
    metrics = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": width < 500}
    features = {"prefers-color-scheme": theme, "prefers-reduced-motion": "reduce"}  # an anchor is reached at once
    media = {"features": [{"name": name, "value": value} for name, value in features.items()]}
    driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", metrics)
    driver.execute_cdp_cmd("Emulation.setEmulatedMedia", media)
    driver.get("about:blank")
    driver.get(address)
    raw = driver.execute_cdp_cmd("Page.captureScreenshot", {"format": "png"})["data"]
    picture = Image.open(io.BytesIO(base64.b64decode(raw))).convert("RGB")
    counts = sorted(picture.getcolors(width * height) or [], reverse=True)
    palette = Image.new("P", (1, 1))
    palette.putpalette([part for _, colour in counts[:COLOURS] for part in colour])
    picture.quantize(palette=palette, dither=Image.Dither.NONE).save(target, optimize=True)


def shoot_all(base: str, folder: Path) -> None:
    """Write the pictures of every screen into a folder.

    Raises:
        SystemExit: a screen has no picture.
    """
    shown = addresses(base)
    missing = {path for path, _ in SCREENS} - {route for route, _ in shown.values()}
    if missing:
        raise SystemExit(f"No picture of: {', '.join(sorted(missing))}. Add it to addresses() in {__file__}.")
    folder.mkdir(parents=True, exist_ok=True)
    driver = open_browser()
    try:
        for name, (_, path) in shown.items():
            shoot(driver, base + path, DESK, "light", folder / f"{name}-1440-light.png")
            if name in ALSO:
                shoot(driver, base + path, DESK, "dark", folder / f"{name}-1440-dark.png")
                shoot(driver, base + path, PHONE, "light", folder / f"{name}-390-light.png")
    finally:
        driver.quit()


def main(folder: Path = SHOTS, base: str = "") -> None:
    """Write all pictures."""
    if base:
        shoot_all(base, folder)
        return
    with demonstration() as address:
        shoot_all(address, folder)


if __name__ == "__main__":
    main(*[Path(one) for one in sys.argv[1:2]], *sys.argv[2:3])
