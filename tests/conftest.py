"""Fixtures for all rooms."""

import os
from pathlib import Path

import pytest
from hypothesis import settings

settings.register_profile("sousveil", deadline=None)  # a machine under load is no failure
settings.load_profile("sousveil")


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder with real files and labelled notices beside the repository; tests that need it skip without it."""
    folder = Path(os.environ.get("SOUSVEIL_SHARED", Path(__file__).resolve().parents[2] / "shared"))
    if not (folder / "gold" / "labels.jsonl").is_file():
        pytest.skip(f"no labelled notices at {folder}; set SOUSVEIL_SHARED to run this")
    return folder
