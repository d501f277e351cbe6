import os

import pytest

from sousveil.source.folder import iter_candidates, load_candidate

NAME = "招标公告.html".encode("gbk")


@pytest.fixture
def folder(tmp_path):
    try:
        (tmp_path / os.fsdecode(NAME)).write_bytes(b"notice")
    except OSError:
        pytest.skip("this file system takes names in UTF-8 only")
    return tmp_path


def test_a_name_that_is_no_text_has_an_address_and_opens(folder):
    (found,) = iter_candidates([folder])
    assert found.address == f"{folder}/" + NAME.decode("utf-8", "backslashreplace")
    assert found.address.encode("utf-8")
    assert load_candidate(found, 100) == b"notice"


def test_a_path_given_by_name_opens_too(folder):
    (found,) = iter_candidates([folder / os.fsdecode(NAME)])
    assert load_candidate(found, 100) == b"notice"


def test_a_missing_path_that_is_no_text_is_a_failure(tmp_path):
    (found,) = iter_candidates([tmp_path / os.fsdecode(b"\xd5\xd0")])
    assert found.failure
    assert found.address == f"{tmp_path}/\\xd5\\xd0"
