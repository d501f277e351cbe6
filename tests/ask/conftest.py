"""A small dataset with invented notices, filled directly: evidence, ledger, store and index."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from sousveil.dataset import Dataset, init_dataset, open_dataset
from sousveil.evidence.ledger import Ledger, Sighting
from sousveil.evidence.vault import sha256_of
from sousveil.ingest.entry import to_entry
from sousveil.model import Amount, Document, Field, Finding, Notice, Page, document_id, finding_id, make_span
from sousveil.pipeline import VERSIONS
from sousveil.store.database import FileRow

FACE = """澄川市公安局人脸识别系统采购项目中标公告
采购人：澄川市公安局
中标金额：人民币1250000元
采购内容：建设人脸识别系统一套，接入人像比对平台，共198路。声纹采集终端10台。
联系人：██"""
FACE_2 = "第二页：人臉識別服务器技术参数，支持步态识别。"
IRIS = """Avviso: sistema di videosorveglianza del Comune di Valfosca
Comune di Valfosca
Fornitura di telecamere con riconoscimento facciale, importo EUR 80000"""
WATER = """岷水县水务局水体升温监测项目招标公告
采购人：岷水县水务局
预算金额：50万元
水温监测，升温告警。"""
OLD = """望东区公安分局声纹库建设合同公告
采购人：望东区公安分局
供应商：启衡数据有限公司
合同金额：3000000元
建设声纹库，声纹采集，与省厅共享。"""

Parts = dict[str, object]

NOTICES: tuple[Parts, ...] = (
    {
        "pages": (FACE, FACE_2),
        "type": "award",
        "title": "澄川市公安局人脸识别系统采购项目中标公告",
        "buyer": "澄川市公安局",
        "suppliers": (),
        "award": ("1250000", 1_250_000.0, "CNY"),
        "date": "2019-05-06",
        "place": ("四川", "澄川", "CN"),
        "language": "zh",
        "findings": (("capability", "face_recognition", "人脸识别系统"), ("capability", "voiceprint", "声纹采集终端"), ("scale", "路", "共198路")),
    },
    {
        "pages": (IRIS,),
        "type": "tender",
        "title": "sistema di videosorveglianza",
        "buyer": "Comune di Valfosca",
        "suppliers": (),
        "budget": ("80000", 80_000.0, "EUR"),
        "date": None,
        "place": (None, "Valfosca", "IT"),
        "language": "it",
        "findings": (("capability", "video_surveillance", "videosorveglianza"),),
    },
    {
        "pages": (WATER,),
        "type": "tender",
        "title": "岷水县水务局水体升温监测项目招标公告",
        "buyer": "岷水县水务局",
        "suppliers": (),
        "budget": ("50万元", 500_000.0, "CNY"),
        "date": "2020-01-02",
        "place": ("四川", "岷水", "CN"),
        "language": "zh",
        "findings": (),
    },
    {
        "pages": (OLD,),
        "type": "contract",
        "title": "望东区公安分局声纹库建设合同公告",
        "buyer": "望东区公安分局",
        "suppliers": ("启衡数据有限公司",),
        "award": ("3000000元", 3_000_000.0, "CNY"),
        "date": "2018-11",
        "place": ("新疆", "望东", "CN"),
        "language": "zh",
        "findings": (("capability", "voiceprint", "声纹库"), ("link", "share", "与省厅共享")),
    },
)  # fmt: skip


def add(dataset: Dataset, parts: Parts, number: int, source: str = "portal") -> Notice:
    """Put a notice with its evidence into a dataset."""
    payload = "\f".join(parts["pages"]).encode()  # type: ignore[arg-type]
    file = sha256_of(payload)
    pages = tuple(Page(place, text) for place, text in enumerate(parts["pages"], 1))  # type: ignore[arg-type, var-annotated]

    def field(value: object, words: str | None = None) -> Field | None:
        if value is None:
            return None
        quote = words or str(value)
        place = pages[0].text.find(quote)
        start = max(place, 0)
        return Field(value, make_span(file, pages[0], start, start + len(quote) if place >= 0 else start + 1), "test")  # type: ignore[arg-type]

    def amount(name: str) -> Amount | None:
        if name not in parts:
            return None
        words, value, currency = parts[name]  # type: ignore[misc]
        start = pages[0].text.index(words)
        return Amount(value, currency, make_span(file, pages[0], start, start + len(words)), "test")

    document = Document(file, "text/plain", f"{number}.txt", pages, language=str(parts["language"]))
    province, city, country = parts["place"]  # type: ignore[misc]
    notice = Notice(
        document.id,
        document.id,
        file,
        1,
        len(pages),
        str(parts["language"]),
        notice_type=field(parts["type"], pages[0].text[:4]),
        title=field(parts["title"]),
        buyer=field(parts["buyer"]),
        budget=amount("budget"),
        award_amount=amount("award"),
        suppliers=tuple(found for name in parts["suppliers"] if (found := field(name))),  # type: ignore[attr-defined]
        publication_date=field(parts["date"], pages[0].text[:4]),
        country=field(country, pages[0].text[:4]),
        province=field(province, pages[0].text[:4]),
        city=field(city),
    )
    findings = []
    for kind, value, quote in parts["findings"]:  # type: ignore[attr-defined]
        start = pages[0].text.index(quote)
        span = make_span(file, pages[0], start, start + len(quote))
        findings.append(
            Finding(
                finding_id(span, kind, value),
                kind,
                value,
                span,
                notice.id,
                f"term:{quote}",
                0.9,
                reasons_for=("named in the need",),
            )
        )
    dataset.vault.put_many({file: payload})
    sighting = Sighting(
        source=source,
        address=f"/data/{number}.txt",
        file=file,
        size=len(payload),
        seen_at=datetime(2026, 1, number, tzinfo=UTC).isoformat(),
    )
    (entry,) = Ledger(dataset.paths.ledger).append([sighting])
    row = (entry.number, source, sighting.address, file, len(payload), sighting.seen_at, "", "", None)
    with dataset.store.transaction():
        dataset.store.put_sightings([row])
        dataset.store.put_file(
            FileRow(
                file=file, size=len(payload), kind="text", media_type="text/plain", status="read", versions=VERSIONS, run=1,
                document=document, notices=(notice,), findings=tuple(findings),
            )
        )  # fmt: skip
    numbered = dataset.store.numbers_of(file)[notice.id]
    dataset.words.add([to_entry(notice, pages, tuple(findings), source, numbered)])
    return notice


@pytest.fixture(scope="session")
def dataset(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Dataset]:
    """A dataset of four notices; tests only read it."""
    opened = init_dataset(tmp_path_factory.mktemp("ask") / "inquiry", "Test")
    for number, parts in enumerate(NOTICES, 1):
        add(opened, parts, number)
    opened.words.commit()
    with opened.store.transaction():
        opened.store.mark_indexed()
    with opened.writing():
        opened.gather()
    yield opened
    opened.close()


@pytest.fixture(scope="session")
def demo(demonstration: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Dataset]:
    """The demonstration dataset; tests only read it."""
    opened = open_dataset(shutil.copytree(demonstration, tmp_path_factory.mktemp("demo") / "dataset"))
    yield opened
    opened.close()


def ids(*numbers: int) -> set[str]:
    """Return the ids of notices by their place in ``NOTICES``, from 1."""
    return {document_id(sha256_of("\f".join(NOTICES[number - 1]["pages"]).encode())) for number in numbers}  # type: ignore[arg-type]


@pytest.fixture(autouse=True)
def _folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Work in an empty folder: no dataset above it."""
    monkeypatch.chdir(tmp_path)
