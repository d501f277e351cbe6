"""Summaries of notices as the reader reads them: labelled texts, and files of the corpus where it is at hand."""

from __future__ import annotations

import hashlib
import json
import os
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from purchase_cases import Case
from sousveil.mask import mask
from sousveil.parse.sniff import sniff
from sousveil.pipeline.steps import to_document
from sousveil.read import read
from sousveil.resolve import Summary, summarise
from sousveil.text.fingerprint import fingerprint
from sousveil.text.fold import fold

SHARED = Path(os.environ.get("SOUSVEIL_SHARED", Path(__file__).resolve().parents[2] / "shared"))
CORPUS = SHARED / "corpus" / "zh_notices"


def read_summaries(data: bytes, name: str) -> list[Summary]:
    """Return the summaries of a file's notices, as an ingest would make them."""
    document = mask(to_document(data, file=hashlib.sha256(data).hexdigest(), name=name, kind=sniff(data, name)))
    texts = {page.number: page.text for page in document.pages}
    return [
        summarise(notice, fingerprint("\n".join(texts[n] for n in range(notice.first_page, notice.last_page + 1))))
        for notice in read(document)
    ]


def as_read(case: Case) -> Summary:
    """Return the summary of a labelled notice, read from its text."""
    (summary, *_) = read_summaries(case.text.encode(), f"{case.id.replace('/', '-')}.txt")
    return replace(summary, id=case.id)


def ggzy() -> tuple[dict[str, str], list[Summary]]:
    """Return the notices of ggzy.gov.cn, read from text, and the platform's own code of the project of each.

    The code is not in the text, so it tells which notices are of one purchase by another way than the reader's.
    """
    rows = json.loads((CORPUS / "ggzy_sport" / "bid_data.json").read_text(encoding="utf-8"))
    rows = rows if isinstance(rows, list) else next(value for value in rows.values() if isinstance(value, list))
    truth: dict[str, str] = {}
    found: list[Summary] = []
    for place, row in enumerate(rows):
        if not row["project_code"]:
            continue
        text = f"{row['title']}\n发布时间：{row['publish_date'][:10]}\n{row['content_text']}"
        (summary, *_) = read_summaries(text.encode(), f"ggzy-{place}.txt")
        found.append(replace(summary, id=f"ggzy-{place}"))
        truth[f"ggzy-{place}"] = row["project_code"]
    return truth, found


def radar() -> tuple[dict[str, str], list[Summary]]:
    """Return notices of telecom portals twice: as records of a file, and as web pages made from the same records."""
    truth: dict[str, str] = {}
    found: list[Summary] = []
    records = {
        row["id"]: row
        for path in sorted((CORPUS / "huadong_radar").glob("*.json"))
        for row in json.loads(path.read_text(encoding="utf-8"))["notices"]
    }
    for page in sorted((CORPUS / "html_derived").glob("*.html")):
        if page.stem not in records:
            continue
        record = json.dumps({"notices": [records[page.stem]]}, ensure_ascii=False).encode()
        for kind, data, name in (("page", page.read_bytes(), page.name), ("record", record, f"{page.stem}.json")):
            (summary, *_) = read_summaries(data, name)
            id_ = f"{page.stem}/{kind}"
            found.append(replace(summary, id=id_))
            truth[id_] = _name(records[page.stem]["title"])
    return truth, found


_CALLS = re.compile(r"\(第?[一二三四五六七八九十\d]次\)|第[二三四\d]次|\(询比采购,第二轮\)")
_STAGES = re.compile(
    r"重新采购|预公告|预公示|公告|公示|采购|招标|询比|比选|询价|直接|信息|结果|中选|候选人|的|项目|[\W_]"
)


def _name(title: str) -> str:
    """Return what tells a purchase of these portals: its title without calls and stages, with years and places."""
    return _STAGES.sub("", _CALLS.sub("", fold(title)))


def corpora() -> Iterator[tuple[str, dict[str, str], list[Summary]]]:
    """Yield name, truth and summaries of each corpus at hand; nothing where there is none."""
    if not CORPUS.is_dir():
        return
    for name, load in (("ggzy", ggzy), ("radar", radar)):
        yield (name, *load())
