"""Small files of nearly every kind, for a worker to read before it is locked down; all names in them are invented."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.resources import files

_SHIPPED = (
    "cn/aggregator-dump.csv",
    "cn/huyang-xueliang-award.pdf",
    "cn/minyang-face-1-tender.html",
    "cn/qingpu-checkpoint-bundle.zip",
    "cn/suining-bill-of-quantities.xlsx",
    "cn/suining-requirements.docx",
    "eu/de-altenwerra-kennzeichen-cn.xml",
    "eu/pl-wierzbnica-monitoring-ted.xml",
    "ocds/ke-kitarua.jsonl",
    "ocds/pe-quebrada-honda-releases.json",
    "odd/old-word-notice.doc",
    "tw/jiabin-jianshiqi-2-award.html",
    "world/fr-brunecourt-veille.html",
    "world/ru-verkhnezersk-izveshchenie.html",
)
"""Demonstration notices that between them use nearly every library, table and model that is loaded late."""
_MADE = {
    "mail.eml": b"From: a@example.org\nTo: b@example.org\nSubject: x\nMIME-Version: 1.0\n"
    b"Content-Type: message/rfc822\n\nFrom: c@example.org\nSubject: y\n\nThe tender is below.\n",
    "no-charset.txt": "監視カメラの調達に関する入札公告".encode("euc_jp") * 20,
}
"""For the rest: a mail inside a mail, and text whose character set must be guessed."""


def iter_samples() -> Iterator[tuple[str, bytes]]:
    """Yield name and bytes of each."""
    notices = files("sousveil") / "sample" / "notices"
    for path in _SHIPPED:
        yield path.rsplit("/", 1)[-1], notices.joinpath(path).read_bytes()
    yield from _MADE.items()
