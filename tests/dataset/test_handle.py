"""The file that makes a folder a dataset: whatever a title is it can be read, and what it says wrongly is told."""

import pytest

from sousveil.dataset import init_dataset, open_dataset
from sousveil.exceptions import UsageError


@pytest.mark.parametrize("title", ['a\\b "c"', "甲　乙", "tab\tline\nend\x7f", "lone \udce4", "'", "\\", '"""', "[x]"])
def test_any_title_makes_a_dataset(tmp_path, title):
    init_dataset(tmp_path, title).close()
    with open_dataset(tmp_path) as opened:
        assert opened.title == "".join(char for char in title if char not in "\t\n\x7f\udce4")
        assert opened.limits.max_pages == 5_000


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("max_pages = 7", ""),
        ("timeout_s = 5", ""),
        ("flying = 1", "unknown setting 'flying'"),
        ('timeout_s = "abc"', "timeout_s = 'abc' is no number"),
        ("timeout_s = 0", "is no limit"),
        ("timeout_s = inf", "is no limit"),
        ("cpu_s = nan", "is no limit"),
        ("max_pages = 1.5", "max_pages = 1.5 is no whole number. Write one, as in max_pages = 5000"),
        ("max_pages = true", "is no whole number"),
        ("max_pages = -1", "is no limit"),
        ('require_sandbox = "Z"', "is no tier"),
        ("require_sandbox = []", "is no tier"),
    ],
)
def test_a_limit_is_checked_before_anything_is_read(tmp_path, said, told):
    dataset = init_dataset(tmp_path)
    dataset.paths.marker.write_text(f"[settings]\n{said}\n", encoding="utf-8")
    if told:
        with pytest.raises(UsageError) as refused:
            _ = dataset.limits
        assert str(refused.value).startswith(f"{dataset.paths.marker}: ")
        assert told in str(refused.value)
    else:
        assert dataset.limits


@pytest.mark.parametrize("said", [b'title = "x', b"title = \xff", b'title = "a\\slash"'])
def test_a_marker_that_is_not_toml_is_told(tmp_path, said):
    dataset = init_dataset(tmp_path)
    dataset.paths.marker.write_bytes(said)
    with pytest.raises(UsageError, match=r"sousveil\.toml is not TOML: "):
        _ = dataset.title


def test_settings_that_are_no_table_are_told(tmp_path):
    dataset = init_dataset(tmp_path)
    dataset.paths.marker.write_text("settings = 3\n", encoding="utf-8")
    with pytest.raises(UsageError, match="is no table"):
        _ = dataset.limits
