"""``make searching``: search and pages on a dataset of 100,000 made notices, alone and while an ingest runs.

The dataset (``many_notices.py``) is made once under ``bench/out`` and kept; ``--size`` makes another. Told are
milliseconds at the median and the 95th percentile of questions that are asked several times in a shuffled order: in
process (20 hits with two passages each, all facets), over HTTP, and each screen of the interface with the mean of the
first look at each page and its bytes, compressed; then seconds of a search command (with ``--json`` it counts what
stands in tables, too), the memory of the server, and milliseconds until a browser paints the page of hits. ``--write``
keeps the figures in searching.json under the size. A machine that does other things at the same time makes every figure
worse.
"""

from __future__ import annotations

import argparse
import gzip
import http.client
import json
import os
import random
import resource
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Self
from urllib.parse import quote, urlencode

from many_notices import fill
from sousveil.dataset import Dataset, init_dataset, open_dataset

HERE = Path(__file__).resolve().parent
KEPT = HERE / "searching.json"
SOUSVEIL = (str(Path(sys.executable).with_name("sousveil")),)
SAMPLE = HERE.parent / "src" / "sousveil" / "sample" / "notices"

COMMON = ("视频监控", "人脸识别", "face recognition", "公安局", "平台", "video surveillance", "camera -drone", "系统")
RARE = (
    "虹膜采集",
    "gait recognition",
    "声纹",
    "执法办案中心 体征",
    "DNA OR iris",
    '"一人一档"',
    "near:10 人脸 车辆",
    "raw:WiFi",
)
FIELDS = (
    "cap:FAC date:2018..2020",
    "人脸识别 type:award amount:>5m",
    "(face OR vehicle) place:Sichuan",
    "平台 -type:award language:zh",
    "cap:PHN",
    "",
)
"""Questions: words that most notices hold, words that few hold, and fields; English ones are searched in Chinese."""
ROUNDS = 8
PAGES = ("/", "/i", "/s", "/p", "/flags", "/network", "/glossary", "/runs", "/api")
"""Screens that are no list of hits; those that do not exist are left out."""


def spread_of(times: Sequence[float]) -> dict[str, float]:
    """Return median, 95th percentile and greatest of seconds, in milliseconds."""
    ordered = sorted(times)
    places = {"p50": len(ordered) // 2, "p95": int(len(ordered) * 0.95), "max": len(ordered) - 1}
    return {name: round(ordered[place] * 1000, 1) for name, place in places.items()}


def timed(asking: Callable[[str], object], asked: Sequence[str], rounds: int = ROUNDS) -> dict[str, object]:
    """Return the spread over all questions, and the slowest question with its median."""
    order = [one for one in asked for _ in range(rounds)]
    random.Random(5).shuffle(order)
    times: dict[str, list[float]] = {one: [] for one in asked}
    for one in asked:
        asking(one)  # files are in memory from here on, as in a server that runs
    for one in order:
        begun = time.perf_counter()
        asking(one)
        times[one].append(time.perf_counter() - begun)
    slowest = max(asked, key=lambda one: sorted(times[one])[rounds // 2])
    every = [one for taken in times.values() for one in taken]
    return spread_of(every) | {"slowest": f"{slowest}: {spread_of(times[slowest])['p50']}"}


def in_process(dataset: Dataset) -> dict[str, object]:
    """Return milliseconds of searches in this process, by kind of question."""
    kinds = {"common": COMMON, "rare": RARE, "fields": FIELDS}
    return {name: timed(lambda one: dataset.search(one, limit=20), asked) for name, asked in kinds.items()}


def opening(folder: Path, *options: str) -> float:
    """Return the median of seconds from the start of a search command to its end; the first time Python compiles."""
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    command = [*SOUSVEIL, "search", "人脸识别", "--dataset", folder, *options]
    times = []
    for _ in range(6):
        begun = time.perf_counter()
        subprocess.run(command, check=True, capture_output=True, env=environment)
        times.append(time.perf_counter() - begun)
    return round(sorted(times[1:])[2], 2)


class Server:
    """A server of the dataset on a free port, in a process of its own; ends with the ``with``."""

    def __init__(self, folder: Path) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self._port = free.getsockname()[1]
        self._process = subprocess.Popen(
            [*SOUSVEIL, "serve", "--port", str(self._port), "--dataset", folder], stderr=subprocess.DEVNULL
        )
        begun = time.perf_counter()
        while time.perf_counter() - begun < 60:
            try:
                self._connection = http.client.HTTPConnection("127.0.0.1", self._port)
                self.get("/api")
                break
            except OSError:
                time.sleep(0.02)
        self.seconds = round(time.perf_counter() - begun, 2)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._process.terminate()
        self._process.wait()

    @property
    def address(self) -> str:
        """Where it answers, without a slash at the end."""
        return f"http://127.0.0.1:{self._port}"

    def get(self, path: str) -> tuple[int, bytes]:
        """Return status and body of a path."""
        try:
            self._connection.request("GET", path)
            answer = self._connection.getresponse()
        except http.client.RemoteDisconnected:  # it had nothing to do for five seconds
            self._connection.close()
            self._connection.request("GET", path)
            answer = self._connection.getresponse()
        return answer.status, answer.read()

    @property
    def megabytes(self) -> int:
        """The most memory it held until now."""
        status = Path(f"/proc/{self._process.pid}/status").read_text(encoding="utf-8")
        return int(status.split("VmHWM:")[1].split()[0]) // 1024


def over_http(server: Server, dataset: Dataset) -> dict[str, object]:
    """Return milliseconds of answers and pages, and the kilobytes of each page as it would be compressed."""
    asked = [*COMMON, *RARE, *FIELDS]

    def answer(question: str) -> object:
        return server.get("/api/v1/search?" + urlencode({"q": question, "limit": 20}))

    at_start = timed(answer, asked, 2)  # the server makes its large answers beforehand at the same time
    hits = timed(lambda one: server.get("/search?" + urlencode({"q": one})), asked)
    screens: dict[str, object] = {"/search": hits | {"gzipped_kb": _kilobytes(server, "/search?q=" + quote("系统"))}}
    for name, paths in _screens(dataset).items():
        begun = time.perf_counter()
        there = [path for path in paths if server.get(path)[0] == 200]
        first = round((time.perf_counter() - begun) / len(paths) * 1000, 1)
        if there:
            most = max(_kilobytes(server, path) for path in there)
            screens[name] = timed(server.get, there, 4) | {"first": first, "gzipped_kb": most}
    return {"api_search_at_start": at_start, "screens": screens, "api_search": timed(answer, asked)}


def painted(server: Server) -> dict[str, object] | None:
    """Return milliseconds from asking for a page of hits until Chromium first paints any of it; None without Chromium.

    The first page is loaded with an empty cache, as by a new visitor, and told apart (``new``).
    """
    chromium, driver = shutil.which("chromium"), shutil.which("chromedriver")
    try:
        from selenium import webdriver  # noqa: PLC0415 (an extra of the tests)
    except ImportError:
        return None
    if not (chromium and driver):
        return None
    options = webdriver.ChromeOptions()
    options.binary_location = chromium
    for argument in ("--headless=new", "--no-sandbox", "--disable-gpu", "--window-size=1440,900"):
        options.add_argument(argument)
    browser = webdriver.Chrome(options, webdriver.ChromeService(driver))
    script = "return performance.getEntriesByName('first-contentful-paint').map((one) => one.startTime)"
    times = []
    try:
        for question in (*COMMON, *COMMON):
            browser.get(f"{server.address}/search?{urlencode({'q': question})}")
            for _ in range(100):  # a page may be loaded a moment before it is painted
                if found := browser.execute_script(script):
                    times.append(found[0] / 1000)
                    break
                time.sleep(0.02)
    finally:
        browser.quit()
    return spread_of(times[1:]) | {"new": round(times[0] * 1000, 1)}


def _kilobytes(server: Server, path: str) -> float:
    return round(len(gzip.compress(server.get(path)[1])) / 1024, 1)


def _screens(dataset: Dataset) -> dict[str, list[str]]:
    """Return addresses of each kind of page: the largest of its kind and some that chance picks."""
    store, chance = dataset.store, random.Random(3)

    def some(largest: str, others: str) -> list[str]:
        first = [str(row["id"]) for row in store.rows(largest)]
        rest = [str(row["id"]) for row in store.rows(others)]
        return first + chance.sample(rest, min(8, len(rest)))

    by_buyer = "SELECT buyer AS id FROM procurements WHERE buyer <> '' GROUP BY 1 ORDER BY count(*) DESC LIMIT 2"
    by_place = "SELECT place AS id FROM procurements WHERE place <> '' GROUP BY 1 ORDER BY count(*) DESC LIMIT 2"
    kinds = {
        "/d": some(
            "SELECT document AS id FROM files ORDER BY size DESC LIMIT 2",
            "SELECT document AS id FROM files LIMIT 3000",
        ),
        "/i": some(by_buyer, "SELECT id FROM institutions ORDER BY id LIMIT 3000"),
        "/p": some(
            "SELECT id FROM procurements ORDER BY notices DESC LIMIT 2",
            "SELECT id FROM procurements LIMIT 3000",
        ),
        "/s": some("SELECT id FROM systems LIMIT 2", "SELECT id FROM systems LIMIT 3000"),
        "/place": some(by_place, by_place.replace("LIMIT 2", "LIMIT 300")),
        "/flags": some(
            "SELECT rule AS id FROM flags GROUP BY 1 ORDER BY count(*) DESC LIMIT 2",
            "SELECT DISTINCT rule AS id FROM flags",
        ),
    }
    pages = {f"{kind}/…": [f"{kind}/{quote(one)}" for one in ids] for kind, ids in kinds.items() if ids}
    return {one: [one] for one in PAGES} | pages


@contextmanager
def ingesting(folder: Path) -> Iterator[None]:
    """Read the sample again and again, as new files, into the dataset while the body runs."""
    loop = (
        "import pathlib, subprocess, sys, tempfile\n"
        "sample, dataset = map(pathlib.Path, sys.argv[1:3])\n"
        "for number in range(10_000):\n"
        "    with tempfile.TemporaryDirectory() as work:\n"
        "        for one in sample.rglob('*.html'):\n"
        "            text = one.read_bytes() + f'<!-- {number} -->'.encode()\n"
        "            for copy in range(20):\n"
        "                pathlib.Path(work, f'{copy}-{one.name}').write_bytes(text + f'<!-- {copy} -->'.encode())\n"
        "        subprocess.run([sys.argv[3], 'ingest', work, '--dataset', dataset, '-q'])\n"
    )
    process = subprocess.Popen(
        [sys.executable, "-c", loop, SAMPLE, folder, *SOUSVEIL],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    time.sleep(5)
    try:
        yield
    finally:
        subprocess.run(["kill", "-TERM", "--", f"-{process.pid}"], check=False)
        process.wait()


def measure(folder: Path) -> dict[str, object]:
    """Return all figures of a dataset; a copy of it is what the ingest writes into."""
    with open_dataset(folder) as dataset:
        shape: dict[str, object] = {"notices": dataset.counts()["notices"], "search": in_process(dataset)}
        shape["process_mb"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
        shape["opening_s"] = opening(folder)
        shape["opening_json_s"] = opening(folder, "--json")
        with Server(folder) as server:
            shape["server_start_s"] = server.seconds
            shape["http"] = over_http(server, dataset)
            shape["server_mb"] = server.megabytes
            shape["search_first_paint"] = painted(server)
    print(json.dumps(shape, ensure_ascii=False), file=sys.stderr, flush=True)
    with tempfile.TemporaryDirectory(dir=folder.parent) as work:
        copy = Path(work, "copy")
        subprocess.run(["cp", "-r", folder, copy], check=True)
        with ingesting(copy), open_dataset(copy) as dataset, Server(copy) as server:
            asked = [*COMMON, *RARE, *FIELDS]
            busy = {"search": timed(lambda one: dataset.search(one, limit=20), asked, 4)}
            path = "/api/v1/search?"
            busy["http"] = timed(lambda one: server.get(path + urlencode({"q": one, "limit": 20})), asked, 4)
        shape["while_ingesting"] = busy
    return shape


def main() -> None:
    """Make the dataset where it is missing, measure, print, and write where asked."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--size", type=int, default=100_000)
    parser.add_argument("--folder", type=Path, help="a dataset that many_notices.py has filled")
    parser.add_argument("--write", action="store_true")
    options = parser.parse_args()
    folder = options.folder or HERE / "out" / f"made-{options.size}"
    if not folder.is_dir():
        with init_dataset(folder) as dataset:
            fill(dataset, options.size)
    shape = measure(folder)
    print(json.dumps(shape, ensure_ascii=False, indent=1))
    if options.write:
        kept = json.loads(KEPT.read_text(encoding="utf-8")) if KEPT.is_file() else {}
        kept[str(options.size)] = shape
        KEPT.write_text(json.dumps(kept, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
