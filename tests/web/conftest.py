"""The demonstration dataset with one hostile file more, and a client for its pages."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("starlette", reason="the extra `web` is not installed")
pytest.importorskip("httpx", reason="Starlette's test client needs httpx")

from starlette.testclient import TestClient

from sousveil.dataset import Dataset, open_dataset
from sousveil.ingest.options import Options
from sousveil.web import make_app
from tests.web.chrome import open_browser, served

HOSTILE = """<!doctype html><html><head><meta charset="utf-8"><title>t</title></head><body>
<h1>虚岭县公安局&lt;script&gt;alert(1)&lt;/script&gt;人脸识别系统采购项目中标公告</h1>
<p>项目名称：虚岭县公安局&lt;script&gt;alert(1)&lt;/script&gt;人脸识别系统采购项目</p>
<p>采购人：虚岭县公安局"&gt;&lt;img src=x onerror=alert(2)&gt;</p>
<p>中标供应商：虚岭&lt;svg onload=alert(3)&gt;智能科技有限公司</p>
<p>采购需求：建设人脸识别摄像机&lt;b onmouseover=alert(4)&gt;200路，与公安人像库对接。</p>
<table><tr><th>名称</th><th>数量</th></tr><tr><td>人脸识别终端&lt;iframe src=javascript:alert(5)&gt;</td><td>12台</td></tr></table>
</body></html>"""
"""A notice whose words are markup; the county and the company are invented."""
HOSTILE_NAME = "notice&<script>alert(6)<script>'.html"


@pytest.fixture(scope="session")
def demo(demonstration: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Dataset]:
    """Read the demonstration, and a notice that attacks who looks at it."""
    folder = tmp_path_factory.mktemp("web")
    opened = open_dataset(shutil.copytree(demonstration, folder / "demo"))
    attack = folder / "attack"
    attack.mkdir()
    (attack / HOSTILE_NAME).write_text(HOSTILE, encoding="utf-8")
    opened.ingest([attack], Options(source="attack"))
    yield opened
    opened.close()


@pytest.fixture(scope="session")
def asking(demo: Dataset) -> TestClient:
    """Ask the pages as a browser on this machine would."""
    return TestClient(make_app(demo), base_url="http://localhost:8000", follow_redirects=False)


@pytest.fixture
def client(asking: TestClient) -> TestClient:
    """Ask as a browser that was opened just now."""
    asking.cookies.clear()
    return asking


@pytest.fixture(scope="session")
def base(demo: Dataset) -> Iterator[str]:
    """Serve the demonstration to a browser; give its address."""
    with served(demo) as (address, _):
        yield address


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """Open one Chromium for all tests of pages."""
    opened = open_browser()
    yield opened
    opened.quit()
