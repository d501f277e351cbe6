"""The demonstration dataset, and one whose notice tries to become markup; tests only read them."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from sousveil.dataset import Dataset, init_dataset, open_dataset
from tests.ask.conftest import NOTICES, add

HOSTILE = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(2)>',
    "' onmouseover='alert(3)",
    "javascript:alert(4)",
    "&lt;script&gt;",
    "]]><svg onload=alert(5)>",
)
"""What a page must show as it stands."""


@pytest.fixture(scope="session")
def demo(demonstration: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Dataset]:
    """The demonstration dataset."""
    opened = open_dataset(shutil.copytree(demonstration, tmp_path_factory.mktemp("demo") / "dataset"))
    yield opened
    opened.close()


@pytest.fixture(scope="session")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Dataset]:
    """A dataset of two notices; title, buyer, supplier, quotation and title of the dataset are markup."""
    opened = init_dataset(tmp_path_factory.mktemp("hostile") / "d", HOSTILE[0])
    words = "人脸识别系统" + " ".join(HOSTILE)
    text = "\n".join((words, *HOSTILE, "采购人：澄川市公安局", "人脸识别系统采购"))
    parts = NOTICES[3] | {
        "pages": (text,),
        "title": words,
        "buyer": f"澄川市公安局{HOSTILE[1]}",
        "suppliers": (f"启衡{HOSTILE[0]}有限公司",),
        "place": (HOSTILE[2], HOSTILE[5], "CN"),
        "findings": (("capability", "face_recognition", words), ("link", HOSTILE[0], HOSTILE[0])),
    }
    parts.pop("award")
    add(opened, parts, 1, source=HOSTILE[0])
    add(opened, NOTICES[0], 2)
    opened.words.commit()
    with opened.store.transaction():
        opened.store.mark_indexed()
    with opened.writing():
        opened.gather()
    yield opened
    opened.close()
