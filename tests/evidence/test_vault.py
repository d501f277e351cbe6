import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sousveil.evidence.vault import Vault, sha256_of
from sousveil.exceptions import EvidenceError


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("evidence")


@given(data=st.binary(max_size=5000))
def test_what_was_put_comes_back(folder, data):
    vault = Vault(folder)
    vault.put_many({sha256_of(data): data})
    assert vault.has(sha256_of(data))
    assert vault.load(sha256_of(data)) == data


def test_the_same_bytes_are_written_once(tmp_path):
    vault = Vault(tmp_path)
    file = sha256_of(b"notice")
    vault.put_many({file: b"notice"})
    before = vault.path_of(file).stat().st_mtime_ns
    vault.put_many({file: b"notice"})
    assert vault.path_of(file).stat().st_mtime_ns == before
    assert len(list(tmp_path.rglob("*.zst"))) == 1


def test_a_changed_file_is_noticed(tmp_path):
    vault = Vault(tmp_path)
    ours, other = sha256_of(b"ours"), sha256_of(b"other")
    vault.put_many({ours: b"ours", other: b"other"})
    vault.path_of(ours).write_bytes(vault.path_of(other).read_bytes())
    with pytest.raises(EvidenceError, match="other bytes"):
        vault.load(ours)


def test_a_damaged_file_is_noticed(tmp_path):
    vault = Vault(tmp_path)
    file = sha256_of(b"ours" * 100)
    vault.put_many({file: b"ours" * 100})
    vault.path_of(file).write_bytes(b"nonsense")
    with pytest.raises(EvidenceError, match="damaged"):
        vault.load(file)


def test_a_missing_file_says_where(tmp_path):
    with pytest.raises(EvidenceError, match="missing at"):
        Vault(tmp_path).load(sha256_of(b"never"))


def test_sweeping_removes_only_pieces(tmp_path):
    vault = Vault(tmp_path)
    file = sha256_of(b"notice")
    vault.put_many({file: b"notice"})
    piece = vault.path_of(file).with_suffix(".1.part")
    piece.write_bytes(b"half")
    assert vault.sweep() == 1
    assert not piece.exists()
    assert vault.load(file) == b"notice"


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_read_only_folder_leaves_nothing_half_written(tmp_path):
    tmp_path.chmod(0o500)
    with pytest.raises(OSError, match="ermission"):
        Vault(tmp_path).put_many({sha256_of(b"x"): b"x"})


def test_without_the_call_for_the_file_system_each_file_is_flushed(tmp_path, monkeypatch):
    flushed = []
    monkeypatch.setattr("sousveil.evidence.vault._sync_file_system", None)
    monkeypatch.setattr("os.fsync", lambda handle: flushed.append(str(Path(f"/proc/self/fd/{handle}").readlink())))
    vault = Vault(tmp_path)
    file = sha256_of(b"notice")
    vault.put_many({file: b"notice"})
    assert flushed[0].endswith(".part")
    assert str(vault.path_of(file).parent) in flushed
    assert vault.load(file) == b"notice"
