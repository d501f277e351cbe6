"""Which paths a page may hand to an ingest, and what is under them."""

from __future__ import annotations

import os
import socket

import pytest

from sousveil.exceptions import UsageError
from sousveil.source.survey import check_input, survey


@pytest.fixture
def place(tmp_path):
    """A folder of documents beside a dataset."""
    (tmp_path / "dataset" / "evidence").mkdir(parents=True)
    folder = tmp_path / "in" / "deep"
    folder.mkdir(parents=True)
    for name in ("a.pdf", "b.PDF", "c.html", "README", "2024年公告.第一期招标", "deep/d.pdf"):
        (tmp_path / "in" / name).write_bytes(b"12345")
    return tmp_path


def test_a_folder_is_counted_by_the_ends_of_names(place):
    found = survey(check_input(f" {place / 'in'} ", place / "dataset"))
    assert (found.files, found.size, found.is_folder, found.is_whole) == (6, 30, True, True)
    assert found.kinds == (("pdf", 3), ("", 2), ("html", 1))


def test_a_file_is_one_file(place):
    found = survey(check_input(str(place / "in" / "a.pdf"), place / "dataset"))
    assert (found.files, found.kinds, found.is_folder) == (1, (("pdf", 1),), False)


def test_counting_ends_and_says_so(place, monkeypatch):
    monkeypatch.setattr("sousveil.source.survey._MOST_FILES", 3)
    found = survey(place / "in")
    assert not found.is_whole
    assert 3 <= found.files < 6


@pytest.mark.parametrize(
    ("given", "why"),
    [
        ("", "Name a file"),
        ("in", "does not begin with /"),
        ("~/in", "does not begin with /"),
        ("/nowhere/at/all", "is not there"),
        ("/x\0y", "no path"),
        ("/" + "x" * 5000, "no path"),
        ("/", "belongs to the system"),
        ("/etc", "belongs to the system"),
        ("/etc/passwd", "belongs to the system"),
        ("/proc/self/environ", "belongs to the system"),
        ("/usr/../etc", "belongs to the system"),
        ("/dev/null", "belongs to the system"),
    ],
)
def test_what_is_no_place_for_documents_is_refused(place, given, why):
    with pytest.raises(UsageError, match=why):
        check_input(given, place / "dataset")


def test_the_dataset_is_no_input_of_itself(place):
    for inside in (place / "dataset", place / "dataset" / "evidence", place / "in" / ".." / "dataset"):
        with pytest.raises(UsageError, match="inside the dataset"):
            check_input(str(inside), place / "dataset")
    (place / "in" / "link").symlink_to(place / "dataset" / "evidence")
    with pytest.raises(UsageError, match="inside the dataset"):
        check_input(str(place / "in" / "link"), place / "dataset")
    assert check_input(str(place), place / "dataset") == place.resolve()  # the run passes the dataset by


def test_links_that_lead_to_the_system_or_to_hidden_places_are_refused(place):
    (place / "in" / "keys").symlink_to("/etc")
    hidden = place / ".ssh"
    hidden.mkdir()
    (place / "in" / "own").symlink_to(hidden)
    for given, why in ((place / "in" / "keys", "system"), (place / "in" / "own", "hidden"), (hidden, "hidden")):
        with pytest.raises(UsageError, match=why):
            check_input(str(given), place / "dataset")


def test_what_is_no_file_is_refused(place):
    os.mkfifo(place / "in" / "pipe")
    with socket.socket(socket.AF_UNIX) as end:
        end.bind(str(place / "s"))
        for name in ("in/pipe", "s"):
            with pytest.raises(UsageError, match="neither a file nor a folder"):
                check_input(str(place / name), place / "dataset")


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_what_may_not_be_read_is_told(place):
    (place / "in" / "deep").chmod(0)
    with pytest.raises(UsageError, match="may not be read"):
        check_input(str(place / "in" / "deep"), place / "dataset")
