"""A folder of input files written here, with invented names."""

import io
import zipfile
from pathlib import Path

import pytest

PAGE = """<html><head><meta charset="utf-8"><title>{title}</title></head><body><h1>{title}</h1>
<p>项目编号：{number}</p><p>采购人：岷阳市公安局</p><p>预算金额：{budget}万元</p>
<p>采购需求：建设人脸识别系统1套，接入视频专网，高清摄像机{cameras}台。</p>
<p>联系人：钱多多　联系电话：13812345678</p><p>2024年3月{day}日</p></body></html>
"""


PICTURE = b"\x89PNG\r\n\x1a\n" + b"\0" * 60


def page(number: int) -> bytes:
    text = PAGE.format(
        title=f"岷阳市公安局第{number}期人脸识别系统建设项目招标公告",
        number=f"MYZC-2024-{number:04d}",
        budget=100 + number,
        cameras=10 + number,
        day=1 + number % 28,
    )
    return text.encode("gb18030") if number % 3 == 0 else text.encode("utf-8")


def archive(members: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, data in members.items():
            packed.writestr(name, data)
    return buffer.getvalue()


def write_inputs(folder: Path, count: int) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    for number in range(count):
        (folder / f"{number:04d}.html").write_bytes(page(number))
    return folder


@pytest.fixture
def inputs(tmp_path) -> Path:
    """Twelve pages, a copy of one, an archive with a page, a copy and a nested archive, and files that fail."""
    folder = write_inputs(tmp_path / "in", 12)
    (folder / "copy.html").write_bytes(page(1))
    inner = archive({"附件/内.html": page(101)})
    (folder / "bundle.zip").write_bytes(
        archive({"公告.html": page(100), "again.html": page(2), "inner.zip": inner, "photo.png": PICTURE[:50]})
    )
    (folder / "empty.pdf").write_bytes(b"")
    (folder / "picture.png").write_bytes(PICTURE)
    (folder / "cut.zip").write_bytes(archive({"a.html": page(103)})[:40])
    return folder
