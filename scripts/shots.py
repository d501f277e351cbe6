"""Pictures of every screen, wide and narrow, light and dark, from a running ``sousveil serve``.

Usage: python scripts/shots.py http://localhost:8000 FOLDER [NAME …]; needs Chromium with its driver, and selenium.
"""

from __future__ import annotations

import sys
from pathlib import Path

from selenium import webdriver
from selenium.webdriver.chrome.service import Service

SCREENS = {
    "search": "/search?q=face+recognition",
    "document": "/d/u4rmamrhbaag?q=face+recognition#w-1-229",
    "overview": "/",
    "procurement": "/p/p-hm7ibiteu66v3ybk",
    "institution": "/i/i-3xfggeni2zd3",
    "institutions": "/i",
    "system": "/s/dna_database",
    "place": "/place/510000",
    "flags": "/flags",
    "flag": "/flags/minors",
    "network": "/network",
    "glossary": "/glossary?cap=FAC",
    "runs": "/runs",
    "api": "/api",
    "nothing": "/search?q=zzzqqq+cap%3AFAC",
    "leave": "/leave?to=https%3A%2F%2Fexample.org%2F",
}
SIZES = ((1440, 900), (390, 844))


def main(base: str, folder: Path, names: list[str]) -> None:
    """Write a PNG of every screen into a folder."""
    options = webdriver.ChromeOptions()
    options.binary_location = "/usr/bin/chromium"
    for argument in ("--headless=new", "--no-sandbox", "--hide-scrollbars", "--force-device-scale-factor=1"):
        options.add_argument(argument)
    driver = webdriver.Chrome(options, Service("/usr/bin/chromedriver"))
    folder.mkdir(parents=True, exist_ok=True)
    try:
        for theme in ("light", "dark"):
            media = {"features": [{"name": "prefers-color-scheme", "value": theme}]}
            driver.execute_cdp_cmd("Emulation.setEmulatedMedia", media)
            for width, height in SIZES:
                size = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": width < 500}
                driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)
                for name, path in SCREENS.items():
                    if names and name not in names:
                        continue
                    driver.get("about:blank")
                    driver.get(base + path)
                    driver.save_screenshot(str(folder / f"{name}-{width}-{theme}.png"))
    finally:
        driver.quit()


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]), sys.argv[3:])
