"""Twice the text costs twice the work, and no more: steps of the interpreter are counted, for seconds say nothing here.

What the interpreter hands to C (searching, folding) is not counted; ``make speed`` measures that, up to 400 pages.
"""

import sys
from pathlib import Path

import pytest

from sousveil.find import find
from sousveil.model import Cell, Document, Page, Table
from sousveil.pipeline import process
from sousveil.read.notice import read_text

BENCH = Path(__file__).resolve().parents[1] / "bench"


def steps_of(untrusted, name):
    """Return how many instructions of the interpreter the whole line takes for a file."""
    count = 0

    def step(frame, event, argument):
        nonlocal count
        frame.f_trace_opcodes = True
        frame.f_trace_lines = False
        count += event == "opcode"
        return step

    before = sys.gettrace()
    sys.settrace(step)
    try:
        parts = list(process(untrusted, name=name))
    finally:
        sys.settrace(before)
    assert parts[-1].findings
    return count


def growth(make, name, size):
    """Return by how much the steps grow when a file is twice as long; what is loaded once is loaded before."""
    for _ in process(make(size // 8), name=name):
        pass
    return steps_of(make(2 * size), name) / steps_of(make(size), name)


def rows(count):
    """Return a dump with one notice in a row, of invented bodies."""
    lines = (f"某县公安局人脸识别系统采购第{n}标段公告,某县公安局第{n}分局,{n}00.5万元" for n in range(count))
    return "\n".join(("标题,采购人,预算金额", *lines)).encode()


def lots(count):
    """Return one notice with many lots, each a row of a table with its own head above."""
    lots = "".join(
        f"<tr><td>{n}</td><td>车牌识别一体机第{n}型</td><td>{n}</td><td>台</td></tr>" for n in range(1, count)
    )
    head = "<tr><th>序号</th><th>名称</th><th>数量</th><th>单位</th></tr>"
    return f"<html><body><p>某县公安局采购公告</p><table>{head}{lots}</table></body></html>".encode()


def test_a_long_tender_document(monkeypatch):
    monkeypatch.syspath_prepend(str(BENCH))
    import long_tender

    assert growth(long_tender.make_html, "long.html", 12) < 2.2


@pytest.mark.parametrize(("make", "name"), [(rows, "dump.csv"), (lots, "lots.html")])
def test_dumps_and_bills(make, name):
    assert growth(make, name, 60) < 2.2


class Watched(tuple):  # noqa: SLOT001 (it has an attribute)
    """A tuple that counts how many of its items were looked at."""

    looks = 0

    def __iter__(self):
        for item in tuple.__iter__(self):
            self.looks += 1
            yield item

    def __getitem__(self, place):
        found = tuple.__getitem__(self, place)
        self.looks += len(found) if isinstance(place, slice) else 1
        return found


def test_a_notice_of_a_dump_looks_at_its_own_pages_only():
    text = "某县公安局人脸识别系统采购公告\n数量 | 名称\n3台 | 摄像机"
    pages = Watched(Page(number, text) for number in range(1, 2001))
    cells = (Cell(0, 0, 16, 18), Cell(0, 1, 21, 23), Cell(1, 0, 24, 26), Cell(1, 1, 29, 32))
    tables = Watched(Table(page.number, cells) for page in tuple.__iter__(pages))
    document = Document("0" * 64, "text/csv", "dump.csv", pages, tables, language="zh")
    notice = read_text(document, pages[999:1000], "a")
    assert find(document, notice)
    assert pages.looks + tables.looks < 100
