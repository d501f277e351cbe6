"""What every reader of containers promises, run on all of them; then what only one of them can do."""

import contextlib
import gzip
import tarfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sousveil.exceptions import DamagedError, FileFailure, UnsupportedTypeError
from sousveil.parse.bundle import CONTAINERS as READERS
from sousveil.parse.bundle import iter_members, packed
from sousveil.parse.sniff import sniff
from sousveil.parse.squeezed import unsqueeze_rtf
from sousveil.settings import Limits
from tests.parse.container_samples import (
    CONTAINERS,
    FILES,
    make_7z,
    make_arc,
    make_mail,
    make_mbox,
    make_rar,
    make_tar,
    make_warc,
)
from tests.parse.ole_samples import make_msg

HAS_LIBARCHIVE = packed.find_libarchive() is not None
needs_libarchive = pytest.mark.skipif(not HAS_LIBARCHIVE, reason="the system has no libarchive")

if HAS_LIBARCHIVE:
    CONTAINERS["7z"] = (make_7z(), FILES)
else:
    del CONTAINERS["rar"]

EACH = pytest.mark.parametrize("kind", sorted(CONTAINERS))
MANY = pytest.mark.parametrize("kind", sorted(kind for kind, (_, files) in CONTAINERS.items() if len(files) > 1))


def members(data, kind="", **limits):
    return list(iter_members(data, kind=kind or sniff(data, "").name, limits=Limits(**limits)))


def test_every_kind_has_a_sample():
    assert set(CONTAINERS) | {"7z", "rar"} == set(READERS)


@EACH
def test_content_tells_the_kind(kind):
    found = sniff(CONTAINERS[kind][0], "file")
    assert (found.name, found.is_supported, found.is_container) == (kind, True, True)


@EACH
def test_every_member_with_its_path_and_bytes(kind):
    data, files = CONTAINERS[kind]
    found = members(data, kind)
    assert {item.path: item.untrusted for item in found} == files
    assert [item.failure for item in found] == [None] * len(files)


@MANY
def test_members_are_counted(kind):
    data, _ = CONTAINERS[kind]
    found = members(data, kind, max_members=1)
    assert [item.untrusted is None for item in found] == [False, True]
    assert "the limit of 1 members" in found[1].failure.reason


@EACH
def test_no_member_beyond_its_limit(kind):
    data, _ = CONTAINERS[kind]
    for item in members(data, kind, max_member_bytes=2):
        assert item.untrusted is None
        assert "beyond 2 bytes" in item.failure.reason


@MANY
def test_no_container_beyond_its_limit(kind):
    data, files = CONTAINERS[kind]
    limit = sum(map(len, files.values())) - 1
    found = members(data, kind, max_archive_bytes=limit)
    assert sum(len(item.untrusted or b"") for item in found) <= limit
    assert any(item.failure and f"{limit:,} bytes" in item.failure.reason for item in found)


@EACH
def test_paths_are_unique_and_on_one_line(kind):
    found = [item.path for item in members(CONTAINERS[kind][0], kind)]
    assert len(set(found)) == len(found)
    assert all(path and path.isprintable() for path in found)


@EACH
@given(st.data())
def test_mutated_containers_end(kind, data):
    sample = bytearray(CONTAINERS[kind][0])
    for _ in range(data.draw(st.integers(1, 8))):
        sample[data.draw(st.integers(0, len(sample) - 1))] = data.draw(st.integers(0, 255))
    sample = sample[: data.draw(st.integers(1, len(sample)))]
    with contextlib.suppress(FileFailure):
        for item in iter_members(bytes(sample), kind=kind, limits=Limits(max_member_bytes=100_000)):
            assert (item.untrusted is None) == (item.failure is not None)
            assert item.path


def test_a_file_is_no_container():
    with pytest.raises(UnsupportedTypeError):
        members(b"text", "text")


# ---------------------------------------------------------------------- tar


def test_tar_names_links_and_devices_and_refuses_them():
    link, pipe, folder = tarfile.TarInfo("link"), tarfile.TarInfo("pipe"), tarfile.TarInfo("folder")
    link.type, link.linkname, pipe.type, folder.type = tarfile.SYMTYPE, "/etc/passwd", tarfile.FIFOTYPE, tarfile.DIRTYPE
    found = members(make_tar({"../../a": b"x"}, extra=[link, pipe, folder]))
    assert [(item.path, item.untrusted) for item in found] == [("../../a", b"x"), ("link", None), ("pipe", None)]
    assert found[1].failure.reason == "a link, not a file"


@pytest.mark.parametrize("form", [tarfile.GNU_FORMAT, tarfile.PAX_FORMAT, tarfile.USTAR_FORMAT])
def test_tar_names_packed_in_china(form):
    name = "采购需求/清单.xls"
    found = members(make_tar({name: b"x"}, charset="gbk", form=form))
    assert [item.path for item in found] == [name]


def test_cut_tar_gives_what_it_has():
    items = iter_members(make_tar()[: 512 * 3 + 40], kind="tar", limits=Limits())
    assert next(items).untrusted == FILES["公告/一.html"]
    assert "cut off" in next(items).failure.reason


# ---------------------------------------------------------------------- 7z, RAR


@needs_libarchive
def test_rar_and_7z_bombs_are_stopped():
    (item,) = members(make_7z({"a": b"\0" * 30_000_000}))
    assert "200 times" in item.failure.reason


def test_without_libarchive_the_advice_names_the_package(monkeypatch):
    monkeypatch.setattr(packed, "find_libarchive", lambda: None)
    with pytest.raises(UnsupportedTypeError, match="apt install libarchive13"):
        members(make_rar({"a": b"x"}))


@needs_libarchive
def test_archives_with_a_password(shared):
    for path in (shared / "corpus/odd").rglob("*pass*.7z"):
        (item,) = members(path.read_bytes())
        assert "password" in item.failure.reason


# ---------------------------------------------------------------------- mail


def text_of(item):
    return item.untrusted.decode("utf-8")


def test_mail_keeps_the_page_of_two_forms_and_leaves_persons_out():
    message, *_ = members(make_mail(text="plain", html="<table><tr><td>甲</td></tr></table>"))
    assert message.path == "message.html"
    assert "<td>甲</td>" in text_of(message)
    assert "plain" not in text_of(message)
    assert "buyer@" not in text_of(message)


@pytest.mark.parametrize("charset", ["gb2312", "gbk", "big5", "utf-8"])
def test_mail_in_chinese_character_sets(charset):
    words = "採購" if charset == "big5" else "采购"
    head = f"From: a@b.example\nTo: c@d.example\nSubject: {words}\nContent-Type: text/plain; charset={charset}\n\n{words}公告"
    (message,) = members(head.encode(charset), "eml")
    assert text_of(message).split() == [words, f"{words}公告"]


def test_mail_names_of_attachments_in_every_encoding():
    part = "--x\nContent-Disposition: attachment; {}\nContent-Type: application/pdf\n\nx\n"
    names = [
        'filename="=?GBK?B?suK5usfl0qUueGxz?="',
        "filename*=UTF-8''%E9%87%87%E8%B4%AD.xls",
        'filename="../a/b.xls"',
        'filename="b.xls"',
        'filename="b.xls"',
    ]
    data = "From: a\nTo: b\nSubject: c\nContent-Type: multipart/mixed; boundary=x\n\n" + "".join(
        map(part.format, names)
    )
    found = [item.path for item in members((data + "--x--").encode(), "eml")]
    assert found[0] == "message.txt"
    assert found[2:] == ["采购.xls", "../a/b.xls", "b.xls", "b (2).xls"]


def test_a_letter_inside_a_letter_is_a_member():
    inner = make_mail("内", "里面", {})
    data = (
        b"From: a\nTo: b\nSubject: c\nContent-Type: multipart/mixed; boundary=x\n\n"
        b"--x\nContent-Type: message/rfc822\n\n" + inner + b"\n--x--\n"
    )
    _, letter = members(data, "eml")
    assert letter.path == "内.eml"
    assert sniff(letter.untrusted, letter.path).name == "eml"


def test_mail_nested_without_end_is_refused():
    data = b"From: a\nTo: b\nSubject: c\n" + b"".join(
        b"Content-Type: multipart/mixed; boundary=x%d\n\n--x%d\n" % (number, number) for number in range(3_000)
    )
    with contextlib.suppress(DamagedError):
        members(data, "eml")


def test_mail_with_a_zero_byte_in_its_character_set():
    data = b'From: a\nTo: b\nSubject: c\nContent-Type: text/plain; charset="u\0f"\n\nbody \xc3'
    (message,) = members(data, "eml")
    assert "body" in text_of(message)


def test_mail_with_an_endless_subject_is_cut():
    head = b"From: a\nTo: b\nSubject: " + b"=?gbk?B?suI=?= " * 300_000 + b"\n\nbody"
    (message,) = members(head, "eml")  # took minutes
    assert len(message.untrusted) < 10_000


def test_mailbox_lines_that_look_like_an_envelope():
    letter = b"From: a\nTo: b\nSubject: c\n\n>From the start\nFrom here it goes on\n"
    first, second = members(make_mbox(letter, letter))
    assert first.untrusted == b"From: a\nTo: b\nSubject: c\n\nFrom the start\nFrom here it goes on\n\n"
    assert second.path == "000002.eml"


def test_saved_page_keeps_its_address():
    page, note = members(CONTAINERS["mhtml"][0])
    assert (page.address, page.seen_at) == ("http://www.minyang.example/zfcg/t1.html?x=1", "2024-03-05")
    assert note.address == ""


# ---------------------------------------------------------------------- Outlook

SQUEEZED = bytes.fromhex(
    "2d0000002b0000004c5a4675f1c5c7a703000a007263706731323542320af32068656c090020627705b06c647d0a800fa0"
)


def test_squeezed_rtf_as_the_specification_has_it():
    assert unsqueeze_rtf(SQUEEZED) == b"{\\rtf1\\ansi\\ansicpg1252\\pard hello world}\r\n"
    for data in (b"", SQUEEZED[:8], SQUEEZED[:8] + b"XXXX" + SQUEEZED[12:]):
        with pytest.raises(DamagedError):
            unsqueeze_rtf(data)


def test_message_bodies_in_order_of_worth():
    subject = {"0037001E": "询价".encode("gbk")}
    page = subject | {"10130102": "<p>采购</p>".encode("gbk"), "1000001E": "采购".encode("gbk")}
    assert "<p>采购</p>" in text_of(members(make_msg(page))[0])
    assert text_of(members(make_msg(subject | {"1000001E": "采购".encode("gbk")}))[0]).split() == ["询价", "采购"]
    (item,) = members(make_msg(subject | {"10090102": SQUEEZED}))
    assert sniff(item.untrusted, item.path).name == "rtf"
    wide = members(make_msg({"0037001E": "詢價".encode("big5")}, code_page=950))
    assert text_of(wide[0]).strip() == "詢價"


def test_a_message_inside_a_message():
    data = make_msg(
        {"1000001F": "外".encode("utf-16-le")},
        [("link.url", None)],
        inner=("转发", {"1000001F": "内".encode("utf-16-le")}),
    )
    _, link, inner = members(data)
    assert link.failure.reason.startswith("the attachment is a link")
    assert (inner.path, text_of(inner).strip()) == ("转发/message.txt", "内")


# ---------------------------------------------------------------------- web archives


def test_web_archives_say_where_when_and_how():
    for data in (make_warc(), make_warc(gzipped=True), gzip.compress(make_warc())):
        first, second = members(data)
        assert first.address == "http://www.minyang.example/zfcg/t1.html?id=1"
        assert (first.seen_at, first.status, second.status) == ("2024-03-05T01:02:03+00:00", 200, 404)
    (page,) = members(make_arc())
    assert (page.address, page.seen_at) == ("http://www.minyang.example/a.html", "2024-03-05T01:02:03+00:00")


@pytest.mark.parametrize("is_packed", [False, True])
def test_cut_web_archive_gives_what_it_has(is_packed):
    data = make_warc(gzipped=is_packed)
    items = iter_members(data[: len(data) - 60], kind="warc", limits=Limits())
    assert next(items).path == "000001/t1.html"
    with pytest.raises(DamagedError, match=r"cut off|breaks off"):
        list(items)


def test_an_answer_with_a_bomb_inside():
    body = gzip.compress(b"\0" * 30_000_000)
    head = "200 OK\r\nContent-Encoding: gzip"
    (item,) = members(make_warc([("http://x.example/a", "text/html", head, body)]))
    assert item.untrusted is None
    assert "200 times" in item.failure.reason


def test_an_answer_packed_in_a_way_without_a_reader():
    head = "200 OK\r\nContent-Encoding: br"
    (item,) = members(make_warc([("http://x.example/a", "text/html", head, b"xyz")]))
    assert "br" in item.failure.reason


def test_every_container_of_the_corpus_ends_well(shared):
    folders = [shared / "corpus" / name for name in ("warc", "odd", "office")]
    count = 0
    for path in (path for folder in folders for path in folder.rglob("*") if path.is_file()):
        data = path.read_bytes()
        kind = sniff(data, path.name)
        if not kind.is_container:
            continue
        count += 1
        with contextlib.suppress(FileFailure):
            for item in iter_members(data, kind=kind.name, limits=Limits()):
                assert (item.untrusted is None) == (item.failure is not None), path
    assert count >= 25


def test_chinese_message_of_the_corpus(shared):
    message, *_ = members((shared / "corpus/office/tika_testMSG_chinese.msg").read_bytes())
    assert "格式測試" in text_of(message)
