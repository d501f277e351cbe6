"""One engine for all tests of scans: loading it takes a second."""

import os

import pytest

from sousveil.parse.scan.engine import Engine, is_installed
from sousveil.parse.scan.recogniser import Recogniser


@pytest.fixture(scope="session")
def engine():
    if not is_installed():
        pytest.skip("the extra `ocr` is not installed")
    os.environ.setdefault("OMP_NUM_THREADS", "1")
    return Engine()


@pytest.fixture(scope="session")
def recogniser(engine):
    return Recogniser(engine, lambda: None)
