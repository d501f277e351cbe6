"""The whole line, from bytes to findings, over the shipped notices with their white space changed.

Portals, converters and people lose, widen and double blanks and breaks, and write digits and signs in full width. None
of it may move a quotation, and nothing is ever stated on characters that were masked.
"""

import html
import re
from functools import cache
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from sousveil.dataset import sample_folder
from sousveil.exceptions import FileFailure
from sousveil.find import find
from sousveil.model import Document, Page, finding_id
from sousveil.parse.sniff import sniff
from sousveil.pipeline import Order, Part, process, to_document
from sousveil.read import read
from sousveil.source.folder import iter_candidates
from tests.test_corpus import spans_of

BLANK = re.compile(r"\s+")
BLANKS = (
    "",
    " ",
    "  ",
    " " * 9,
    "\t",
    "\n",
    "\n\n",
    "\r\n",
    "\u3000",
    "\u00a0",
    "\u2003",
    "\u200b",
    "\u2028",
    "\f",
    " | ",
)
WIDE = {code: chr(code + 0xFEE0) for code in range(0x21, 0x7F)} | {0x20: "\u3000"}
"""ASCII -> its full-width form."""
ROWS = re.compile(r"(?:<tr>.*</tr>\n?)+")
MOST = 1_800
"""Characters taken of a notice: a head, and as much again from the middle of a long one."""


@cache
def texts():
    """Return the texts of the shipped notices before they are masked (all names in them are invented)."""
    found = []
    for candidate in iter_candidates([sample_folder()]):
        untrusted = Path(candidate.address).read_bytes()
        try:
            document = to_document(untrusted, file="0" * 64, name=candidate.name, kind=sniff(untrusted, candidate.name))
        except FileFailure:
            continue  # archives, scans, broken ones
        text = "\n".join(page.text for page in document.pages)
        found.append(text[:MOST])
        if len(text) > 2 * MOST:
            found.append(text[len(text) // 2 :][:MOST])
    return tuple(found)


def reblanked(text, dice, share):
    """Return a text with a share of its blanks put another way, and some where there were none."""
    words = BLANK.split(text)
    between = BLANK.findall(text)
    out = [words[0]]
    for blank, word in zip(between, words[1:], strict=True):
        cut = dice.randrange(len(word) + 1) if word and dice.random() < share / 2 else None
        out.append(dice.choice(BLANKS) if dice.random() < share else blank)
        out.append(word if cut is None else word[:cut] + dice.choice(BLANKS) + word[cut:])
    return "".join(out)


def widened(text, dice, share):
    """Return a text with a share of its lines, or of its signs, in full width."""
    if dice.random() < 0.5:
        return "".join(char.translate(WIDE) if dice.random() < share else char for char in text)
    lines = text.split("\n")
    return "\n".join(line.translate(WIDE) if dice.random() < share else line for line in lines)


def reordered(text, dice):
    """Return a text with its lines in another order, near ones mostly."""
    lines = text.split("\n")
    order = sorted(range(len(lines)), key=lambda number: number + dice.choice((0, 0, 0, 1.5, -2.5, 30)))
    return "\n".join(lines[number] for number in order)


def as_page(text, dice):
    """Return a text as a web page: a line is a paragraph, a row of a table, or ends with a break."""
    out = []
    for line in text.split("\n"):
        words = html.escape(line)
        row = "".join(f"<td>{cell}</td>" for cell in words.split(" | "))
        out.append(
            dice.choice((f"<p>{words}</p>", f"<tr>{row}</tr>", f"{words}<br>", f"<div><span>{words}</span></div>"))
        )
    body = ROWS.sub(r"<table>\g<0></table>", "\n".join(out))
    return f"<html><body>{body}</body></html>"


@st.composite
def files(draw):
    """Make a file of a shipped notice: its white space, width and order changed; a text, or a web page."""
    text = draw(st.sampled_from(texts()))
    dice = draw(st.randoms(use_true_random=False))
    if draw(st.booleans()):
        text = reordered(text, dice)
    if draw(st.booleans()):
        text = widened(text, dice, draw(st.sampled_from((0.05, 0.5, 1.0))))
    text = reblanked(text, dice, draw(st.sampled_from((0.0, 0.1, 0.6))))
    if draw(st.booleans()):
        return "a.html", as_page(text, dice).encode()
    return "a.txt", text.encode()


@settings(max_examples=150)
@given(files())
def test_what_is_quoted_stands_there_and_nothing_is_stated_on_masks(file):
    name, untrusted = file
    for part in process(untrusted, name=name, order=Order(explain=True)):
        if isinstance(part, Part) and part.document is not None:
            check_part(part)


def check_part(part):
    pages = {page.number: page for page in part.document.pages}
    for span in spans_of(part):
        page = pages[span.page]
        assert span.file == part.file
        assert page.text[span.start : span.end] == span.quote
        assert span.quote.strip()
    stated = [finding.span for finding in part.findings if finding.state == "stated"]
    for span in (*stated, *values_of(part)):
        page = pages[span.page]
        hidden = [mask for mask in page.masks if mask.start < span.end and span.start < mask.end]
        assert not hidden, (span, hidden)
    assert len({finding.id for finding in part.findings}) == len(part.findings)
    for finding in part.findings:
        assert finding.id == finding_id(finding.span, finding.kind, finding.value)


def values_of(part):
    """Yield the spans of all values of the notices of a part."""
    findings = {finding.span for finding in part.findings}
    yield from (span for span in spans_of(part) if span not in findings)


def test_the_shipped_notices_themselves():
    for candidate in iter_candidates([sample_folder()]):
        for part in process(Path(candidate.address).read_bytes(), name=candidate.name):
            if isinstance(part, Part) and part.document is not None:
                check_part(part)


def read_and_find(text):
    page = Page(1, text)
    document = Document("0" * 64, "text/plain", "a.txt", (page,), language="zh")
    [notice] = read(document)
    return notice, find(document, notice, explain=True)


def test_a_value_that_holds_masked_characters_is_not_read():
    notice, _ = read_and_find(
        "中标公告\n项目编号：MX-1\n采购人：某县公安局\n中标供应商：甲乙科技有限公司███丙丁电子有限公司\n"
    )
    assert notice.suppliers == ()
    assert notice.buyer.value == "某县公安局"


def test_no_finding_that_holds_masked_characters_is_stated():
    _, findings = read_and_find("某县公安局采购公告\n为了加强对███等重点人员的动态管控，建设人脸识别系统。")
    assert not [finding for finding in findings if finding.state == "stated" and "█" in finding.span.quote]
    for finding in findings:
        if "█" in finding.span.quote:
            assert "holds masked characters" in finding.reasons_against
    assert any(finding.kind == "capability" and finding.state == "stated" for finding in findings)


def test_the_same_statement_is_one_finding_with_all_its_reasons():
    _, findings = read_and_find("某县公安局采购公告\n采购需求：接入卡口过车数据的车辆大数据研判系统")
    [vehicles] = [finding for finding in findings if finding.value == "vehicle_data"]
    assert len(vehicles.reasons_for) == 2


def test_the_country_is_told_by_words_before_a_mask():
    notice, _ = read_and_find("某县气象局采购公告，联系电话：████████。项目编号：MX-1")
    assert (notice.country.value, notice.country.span.quote) == ("CN", "某县气象局采购公告，联系电话：")
