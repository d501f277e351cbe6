"""What is read again: other versions, other limits for what failed, pictures that wait; nothing else."""

from pathlib import Path

import pytest

from sousveil.ingest.freshness import Freshness
from sousveil.ingest.mappings import Mappings
from sousveil.ingest.options import Options
from sousveil.parse.scan.engine import engine_version, is_installed
from sousveil.paths import DatasetPaths
from sousveil.pipeline import VERSIONS
from sousveil.store.database import FileState
from sousveil.store.recipe import Recipe, from_text


def state(status="read", kind="html", **recipe):
    values = {"versions": VERSIONS} | recipe
    return FileState(status=status, versions=Recipe(**values).to_text(), members=0, kind=kind)


def is_fresh(state, *, changed=None, failed_within=frozenset(), **options):
    mappings = Mappings(DatasetPaths(Path("/nowhere")))
    return Freshness(Options(**options), changed or {}, failed_within, mappings).is_fresh("f", state)


def test_what_was_read_is_fresh_whatever_the_limits():
    assert is_fresh(state())
    assert is_fresh(state(), changed={"timeout_s": 5.0})
    assert not is_fresh(None)
    assert not is_fresh(state(versions="parse=0"))


@pytest.mark.parametrize("status", ["failed", "partly"])
def test_what_failed_is_tried_again_when_the_limits_changed(status):
    assert is_fresh(state(status))
    assert not is_fresh(state(status), changed={"timeout_s": 5.0})


def test_what_failed_is_tried_again_on_request():
    assert not is_fresh(state("failed"), retry_failed=True)
    assert is_fresh(state("partly"), retry_failed=True)
    assert not is_fresh(state("read"), retry_failed=True, failed_within=frozenset({"f"}))


@pytest.mark.skipif(not is_installed(), reason="the extra `ocr` is not installed")
def test_pictures_are_recognised_once_by_each_engine():
    assert not is_fresh(state("failed", pictures="waiting"))
    assert is_fresh(state("failed", pictures="waiting"), ocr="off")
    assert is_fresh(state(pictures="auto", engine=engine_version()))
    assert not is_fresh(state(pictures="auto", engine="older"))
    assert not is_fresh(state(kind="pdf"), ocr="all")
    assert is_fresh(state(kind="html"), ocr="all")
    assert is_fresh(state(kind="pdf", pictures="all", engine=engine_version()))


def test_a_text_of_another_shape_is_no_recipe_of_today():
    assert from_text("something else").versions != VERSIONS
