import contextlib
import gzip
import io
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sousveil.exceptions import DamagedError
from sousveil.parse.bundle import iter_members
from sousveil.parse.sniff import sniff
from sousveil.settings import Limits
from tests.parse.samples import make_gbk_zip, make_zip

FILES = {"公告/一.html": "<p>甲</p>".encode(), "b.txt": b"text" * 500, "__MACOSX/._b.txt": b"", "../../c.txt": b"c"}


def members(data, kind="", **limits):
    return list(iter_members(data, kind=kind or sniff(data, "").name, limits=Limits(**limits)))


def test_every_member_with_its_name_and_bytes():
    assert {item.path: item.untrusted for item in members(make_zip(FILES))} == FILES


def test_a_member_without_a_name():
    data = make_zip({"a": b"x"}).replace(b"a", b"\0")
    (item,) = members(data)
    assert (item.path, item.untrusted) == ("(no name)", b"x")


def test_folders_are_no_members():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.mkdir("folder")
        archive.writestr("folder/a", b"x")
    assert [item.path for item in members(out.getvalue())] == ["folder/a"]


def test_names_packed_in_china():
    (item,) = members(make_gbk_zip("招标文件/采购需求.doc", b"x"))
    assert item.path == "招标文件/采购需求.doc"


def test_bytes_around_the_archive_are_passed_over():
    assert len(members(make_zip(FILES) + b"\r\n<!-- trailing -->" * 5000)) == len(FILES)
    assert len(members(b"HTTP header\r\n\r\n" + make_zip(FILES), "zip")) == len(FILES)


def test_cut_archive_gives_what_can_be_read_and_a_failure_for_the_rest():
    data = make_zip({"a.txt": b"first" * 100, "b.txt": bytes(range(256)) * 40, "c.txt": b"third"})
    items = iter_members(data[: data.index(b"b.txt") + 200], kind="zip", limits=Limits())
    found = [next(items), next(items)]
    with pytest.raises(DamagedError, match="members behind this point are lost"):
        next(items)
    assert (found[0].path, found[0].untrusted) == ("a.txt", b"first" * 100)
    assert found[1].path == "b.txt"
    assert "cut off inside this member" in found[1].failure.reason


def test_damaged_member_does_not_hurt_the_others():
    data = bytearray(make_zip({"a.txt": b"first" * 100, "b.txt": b"second"}, method=zipfile.ZIP_STORED))
    data[data.index(b"firstfirst")] ^= 1
    first, second = members(bytes(data))
    assert "does not unpack" in first.failure.reason
    assert second.untrusted == b"second"


def test_encrypted_member():
    data = bytearray(make_zip({"a.txt": b"x"}))
    at = data.index(b"PK\x01\x02") + 8
    data[at] |= 1
    (item,) = members(bytes(data))
    assert "password" in item.failure.reason


def test_unknown_method():
    data = bytearray(make_zip({"a.txt": b"x"}))
    data[data.index(b"PK\x01\x02") + 10] = 9
    data[8] = 9
    (item,) = members(bytes(data))
    assert "Deflate64" in item.failure.reason


def test_bomb_is_stopped_while_inflating():
    (item,) = members(make_zip({"a.txt": b"\x00" * 30_000_000}))
    assert item.untrusted is None
    assert "200 times" in item.failure.reason


def test_limits_of_member_number_and_sum():
    data = make_zip({f"{number}.txt": b"x" * 100 for number in range(6)})
    assert "beyond 50 bytes" in members(data, max_member_bytes=50)[0].failure.reason
    found = members(data, max_members=4)
    assert len(found) == 5
    assert found[-1].failure.reason == "2 further members not read: the limit of 4 members is reached"
    found = members(data, max_archive_bytes=300)
    assert [item.untrusted is not None for item in found] == [True, True, True, False]
    assert found[-1].failure.reason.startswith("3 further members")


def test_gzip_is_an_archive_of_one():
    data = gzip.compress(b"one ") + gzip.compress(b"two")
    (item,) = members(data)
    assert (item.path, item.untrusted) == ("(content)", b"one two")
    assert "cut off" in members(data[:-12])[0].failure.reason
    assert "200 times" in members(gzip.compress(b"\x00" * 30_000_000))[0].failure.reason


def test_nothing_to_find():
    with pytest.raises(DamagedError):
        members(b"PK\x05\x06 nothing")


@given(st.data())
def test_mutated_archives_end(data):
    sample = bytearray(make_zip({"a.txt": b"first" * 20, "b.txt": b"second"}))
    for _ in range(data.draw(st.integers(1, 8))):
        sample[data.draw(st.integers(0, len(sample) - 1))] = data.draw(st.integers(0, 255))
    sample = sample[: data.draw(st.integers(1, len(sample)))]
    with contextlib.suppress(DamagedError):
        for item in iter_members(bytes(sample), kind="zip", limits=Limits(max_member_bytes=100_000)):
            assert (item.untrusted is None) == (item.failure is not None)
            assert item.path
