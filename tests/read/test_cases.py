"""Sample notices in the manner of portals (all names invented) and what must be read from them.

``cases/NAME.txt`` is the page text, ``cases/NAME.yml`` the fields that count; a field that is not listed is free.
"""

from hashlib import sha256
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from sousveil.model import Amount, Document, Field, Notice, Page
from sousveil.read import read
from sousveil.text.language import language_of

CASES = sorted(Path(__file__).with_name("cases").glob("*.txt"))
ONE = ("notice_type", "project_number", "title", "buyer", "agency", "publication_date", "country", "province", "city")


def document_of(text: str) -> Document:
    return Document(
        sha256(text.encode()).hexdigest(), "text/plain", "case.txt", (Page(1, text),), language=language_of(text)
    )


def fields_of(notice: Notice) -> list[Field | Amount]:
    fields = [getattr(notice, name) for name in (*ONE, "budget", "award_amount")]
    return [field for field in (*fields, *notice.suppliers) if field is not None]


def flat(notice: Notice) -> dict[str, object]:
    row = {name: None if (field := getattr(notice, name)) is None else field.value for name in ONE}
    for name in ("budget", "award_amount"):
        amount = getattr(notice, name)
        row[name] = None if amount is None else amount.value
    amount = notice.award_amount or notice.budget
    row["currency"] = None if amount is None else amount.currency
    row["suppliers"] = [field.value for field in notice.suppliers]
    row["has_candidates_only"] = notice.has_candidates_only
    return row


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_case(path):
    wanted = yaml.load(path.with_suffix(".yml").read_text(encoding="utf-8"), Loader=yaml.BaseLoader)
    have = flat(read(document_of(path.read_text(encoding="utf-8")))[0])
    for name, value in wanted.items():
        if name in {"budget", "award_amount"}:
            assert have[name] == (None if value == "null" else float(value)), name
        elif name == "suppliers":
            assert have[name] == value
        elif name == "has_candidates_only":
            assert have[name] is (value == "true")
        else:
            assert have[name] == (None if value == "null" else value), name


def check_quotes(text: str, notices: tuple[Notice, ...]) -> None:
    for notice in notices:
        for field in fields_of(notice):
            span = field.span
            assert 0 <= span.start <= span.end <= len(text)
            assert text[span.start : span.end] == span.quote
            assert span.quote


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_every_quote_stands_at_its_offsets(path):
    text = path.read_text(encoding="utf-8")
    check_quotes(text, read(document_of(text)))


PIECES = st.sampled_from(
    [line for path in CASES for line in path.read_text(encoding="utf-8").splitlines()]
    + [
        "",
        "：",
        " | ",
        "元",
        "（",
        "）",
        "2024年13月40日",
        "中标金额：",
        "█" * 5,
        "A" * 300,
        "采购人\n信息",
        "\u3000\u3000",
        "序号\n供应商名称\n1",
    ]
)


@settings(max_examples=80, deadline=None)
@given(st.lists(PIECES, max_size=25).map("\n".join))
def test_shuffled_lines_keep_quotes_true(text):
    notices = read(document_of(text))
    check_quotes(text, notices)
    for notice in notices:
        assert not (notice.has_candidates_only and notice.award_amount)


@settings(max_examples=40, deadline=None)
@given(st.text(max_size=300))
def test_any_text_is_read(text):
    check_quotes(text, read(document_of(text)))


def test_a_corrected_sum_keeps_the_old_one_in_its_note():
    table = "项目编号：A-1\n序号 | 更正项 | 更正前 | 更正后\n1 | 预算金额 | 368000元 | 352000元\n"
    told = "项目编号：A-1\n预算金额：由368000元更正为352000元\n"
    for text in (table, told):
        budget = read(document_of(text))[0].budget
        assert (budget.value, budget.span.quote) == (352000, "352000元")
        assert "368000元" in budget.note


def test_no_pages_no_notice():
    assert read(Document("00" * 32, "text/plain", "empty.txt", ())) == ()


HOSTILE = [
    "：",
    "(",
    "采购人：",
    "受某公司委托，",
    "预算1",
    "2026年1月",
    "序号\n供应商名称\n",
    " | a",
    "Ministry of ",
    "a" + " " * 9,
    "[a]",
]


@pytest.mark.parametrize("piece", HOSTILE)
def test_endless_repetition_is_read(piece):
    text = piece * (12_000 // len(piece))
    check_quotes(text, read(document_of(text)))
