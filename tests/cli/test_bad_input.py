"""Bad input costs itself: each file one clear line with what to do, the rest of the run unaffected."""

import io
import json
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from tests.ingest.conftest import archive

GOOD = "澄川市公安局人脸识别系统采购项目公开招标公告\n项目编号：CC-2024-01\n采购人：澄川市公安局\n预算金额：120万元\n"

ENCRYPTED_PDF_TRAILER = (
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
    b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>endobj\n"
    b"4 0 obj<</Filter/Standard/V 1/R 2/O<" + b"ab" * 32 + b">/U<" + b"cd" * 32 + b">/P -4>>endobj\n"
    b"xref\n0 5\n0000000000 65535 f \n0000000009 00000 n \n0000000054 00000 n \n0000000105 00000 n \n0000000166 00000 n \n"
    b"trailer<</Size 5/Root 1 0 R/Encrypt 4 0 R/ID[<00><00>]>>\nstartxref\n340\n%%EOF\n"
)

XXE = (
    b'<?xml version="1.0"?><!DOCTYPE n [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
    b"<Notice><Title>\xe7\x9b\x91\xe6\x8e\xa7</Title><Body>&x; and more words of a notice</Body></Notice>"
)


def sousveil(*arguments):
    done = subprocess.run(
        [sys.executable, "-c", "from sousveil.cli import main; main()", *map(str, arguments)],
        capture_output=True,
        text=True,
        check=False,
        env={"PYTHONPATH": ":".join(sys.path), "LANG": "C.UTF-8", "PATH": "/usr/bin:/bin"},
    )
    assert "Traceback" not in done.stderr, done.stderr
    return done


@pytest.fixture(scope="module")
def zeros():
    """More zeros than a member may have (256 MB), in a ZIP of a third of a megabyte, written as a stream."""
    buffer = io.BytesIO()
    with (
        zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as packed,
        packed.open("zeros.html", "w", force_zip64=True) as out,
    ):
        block = b"\0" * (1 << 24)
        for _ in range(20):
            out.write(block)
    return buffer.getvalue()


def write_inputs(folder: Path, zeros: bytes) -> Path:
    folder.mkdir()
    (folder / "good.txt").write_text(GOOD, encoding="utf-8")
    (folder / "empty.html").write_bytes(b"")
    (folder / "truncated.zip").write_bytes(archive({"a.txt": GOOD * 400})[:300])
    (folder / "secret.pdf").write_bytes(ENCRYPTED_PDF_TRAILER)
    (folder / "entities.xml").write_bytes(XXE)
    (folder / "bomb.zip").write_bytes(zeros)
    (folder / "really-html.pdf").write_bytes(
        f"<html><body><p>{GOOD}</p><p>副本 wrong extension</p></body></html>".encode("gb18030")
    )
    (folder / "broken.txt").write_bytes("采购公告：监控系统 ".encode() + b"\xff\xfe\xfd" + "摄像机20台".encode())
    return folder


def test_each_bad_file_is_one_clear_line(tmp_path, zeros):
    inputs, dataset = write_inputs(tmp_path / "in", zeros), tmp_path / "dataset"
    assert sousveil("init", dataset).returncode == 0
    done = sousveil("ingest", inputs, tmp_path / "not-there", "--dataset", dataset, "--json")
    assert done.returncode == 5
    shape = json.loads(done.stdout)
    assert shape["seen"] == sum(shape[fate] for fate in ("read", "partly", "failed", "duplicate", "unchanged"))
    rows = [
        json.loads(line) for line in sousveil("runs", "failures", "--jsonl", "--dataset", dataset).stdout.splitlines()
    ]
    reasons = {row["path"].removeprefix(f"{tmp_path}/"): row["reason"] for row in rows}
    for path, word in {
        "in/empty.html": "empty",
        "in/truncated.zip!/a.txt": "cut off",
        "in/secret.pdf": "password",
        "in/bomb.zip!/zeros.html": "inflate",
        "not-there": "no such file",
    }.items():
        assert word in reasons[path], reasons
    assert all(row["advice"].endswith(".") for row in rows)
    found = json.loads(sousveil("search", "人脸识别", "--dataset", dataset, "--json").stdout)
    assert {hit["buyer"] for hit in found["hits"]} == {"澄川市公安局"}
    assert found["total"] == 2  # good.txt, and the page with the wrong extension


def test_entities_bring_nothing_in(tmp_path):
    (tmp_path / "entities.xml").write_bytes(XXE)
    assert "root:" not in sousveil("read", tmp_path / "entities.xml").stdout


def test_no_dataset_is_exit_code_4(tmp_path):
    done = sousveil("search", "x", "--dataset", tmp_path)
    assert done.returncode == 4
    assert "sousveil init" in done.stderr


def test_wrong_usage_is_exit_code_2(tmp_path):
    assert sousveil("ingest").returncode == 2
    assert sousveil("search", "--date", "soon", "--dataset", tmp_path).returncode in (2, 4)
    assert sousveil("nonsense").returncode == 2
