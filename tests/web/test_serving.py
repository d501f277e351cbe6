"""``sousveil serve`` listens on this machine alone, and elsewhere only with a key."""

from __future__ import annotations

import pytest

from sousveil.cli import main
from sousveil.web import serving


@pytest.fixture
def started(monkeypatch, demo):
    """Start the command; the server itself is put aside and what it was given is returned."""

    def start(*arguments):
        given = {}
        monkeypatch.setattr(serving.uvicorn, "run", lambda app, **options: given.update(options, app=app))
        with pytest.raises(SystemExit) as left:
            main(["serve", "--dataset", str(demo.paths.root), *arguments])
        assert left.value.code == 0
        return given

    return start


def test_only_this_machine_by_default(started, capfd):
    given = started()
    assert given["host"] == "127.0.0.1"
    assert given["app"]._key == ""
    assert "http://127.0.0.1:8000/ " in capfd.readouterr().err


def test_elsewhere_only_with_a_key_that_nobody_guesses(started, capfd):
    given = started("--host", "0.0.0.0", "--name", "desk.example", "--port", "9000")
    key = given["app"]._key
    assert len(key) >= 32
    assert given["app"]._hosts == {"127.0.0.1", "localhost", "[::1]", "0.0.0.0", "desk.example"}
    told = capfd.readouterr().err
    assert f"http://desk.example:9000/key/{key}" in told
    assert "can read the dataset" in told
    assert started("--host", "0.0.0.0")["app"]._key != key


def test_a_folder_that_is_no_dataset_is_told_before_anything_listens(tmp_path, capfd):
    with pytest.raises(SystemExit) as left:
        main(["serve", "--dataset", str(tmp_path / "nothing")])
    assert left.value.code == 4
