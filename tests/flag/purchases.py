"""Purchases made of invented notices that are really masked, read and searched, for tests of indicators.

A notice is a text; ``fields``, ``amounts``, ``items`` and ``lots`` name words of that text that carry a field which
reading may leave empty. What reading finds goes before what the test names.
"""

import hashlib
from dataclasses import replace

from sousveil.find import find
from sousveil.flag import Case, row_of
from sousveil.mask import mask
from sousveil.model import (
    Amount,
    Document,
    Field,
    Institution,
    Item,
    Lot,
    Page,
    Procurement,
    make_span,
)
from sousveil.read import read
from sousveil.text.language import language_of

LONG = (
    "二、采购需求：在辖区主要路口和广场新建高清视频监控点位，前端摄像机采用四百万像素星光级枪型网络摄像机，"
    "防护等级IP67，支持宽动态和强光抑制，工作温度满足当地气候条件。配套建设立杆、机箱、供电和防雷接地，光纤接入机房，"
    "平台扩容接入能力，提供统一的设备管理、录像检索和权限管理功能。施工须符合道路开挖和恢复的有关规定，"
    "所有线缆穿管敷设，杆件基础按图施工，完工后提供竣工图纸和操作手册，并对使用单位人员进行两次培训。"
    "设备到货后由采购人组织开箱验收，系统调试完成后试运行一个月，试运行期间出现的问题由中标人负责解决。"
    "质量保证期为三年，期内提供七乘二十四小时技术支持，接到报修后两小时内响应，二十四小时内修复，"
    "不能修复的提供备用设备。项目完成后提交全部源文档、设备清单和配置参数。\n"
)
"""Requirements of an ordinary camera project in about 350 characters, for cases that need text at hand."""


def document_of(text: str, name: str = "a.txt") -> Document:
    """Return a text as the parser would leave it, masked."""
    text = text.replace("{LONG}", LONG)
    sha = hashlib.sha256((name + text).encode()).hexdigest()
    return mask(Document(sha, "text/plain", name, (Page(1, text),), language=language_of(text)))


def case_of(notices, *, purchase="p1", buyer_kind="", attempts=1, findings=True) -> Case:
    """Return the case of one purchase from texts, or from mappings with ``text`` and what reading may leave empty."""
    read_notices, found, pages = [], [], {}
    for number, given in enumerate({"text": given} if isinstance(given, str) else given for given in notices):
        document = document_of(given["text"], f"{purchase}-{number}.txt")
        (notice,) = read(document)
        notice = filled(notice, document.pages[0], given)
        read_notices.append(notice)
        found += find(document, notice) if findings else ()
        pages[document.file] = document.pages
    procurement = Procurement(purchase, tuple(notice.id for notice in read_notices), attempts=attempts)
    buyer = Institution("b1", "b1", buyer_kind) if buyer_kind else None
    return Case(procurement, tuple(read_notices), tuple(found), pages, buyer)


def filled(notice, page, given):
    """Return the notice with the fields that reading left empty, each with the span of its words."""
    changes = {}
    for name, (value, quote) in given.get("fields", {}).items():
        if getattr(notice, name) is None:
            changes[name] = Field(value, span_of(notice, page, quote), "test")
    for name, (value, quote) in given.get("amounts", {}).items():
        if getattr(notice, name) is None:
            changes[name] = Amount(value, "CNY", span_of(notice, page, quote), "test")
    if given.get("items") and not notice.items:
        changes["items"] = tuple(item_of(notice, page, item) for item in given["items"])
    if given.get("lots") and not notice.lots:
        changes["lots"] = tuple(lot_of(notice, page, lot) for lot in given["lots"])
    return replace(notice, **changes)


def item_of(notice, page, given):
    fields = {name: Field(word, span_of(notice, page, word), "test") for name, word in given.items()}
    return Item(fields.pop("name"), **fields)


def lot_of(notice, page, given):
    number, value, quote = given
    span = span_of(notice, page, quote)
    return Lot(str(number), span, award_amount=Amount(value, "CNY", span, "test"))


def span_of(notice, page, quote):
    start = page.text.index(quote)
    return make_span(notice.file, page, start, start + len(quote))


def market_of(purchases):
    """Return the rows of several purchases, and what gives their cases back."""
    cases = {f"p{number}": case_of(purchase, purchase=f"p{number}") for number, purchase in enumerate(purchases, 1)}
    return [row_of(case) for case in cases.values()], cases


def assert_quotes(flag, cases):
    """Every quotation of a flag stands word for word at its offsets; a raised flag has at least one."""
    pages = {file: pages for case in cases for file, pages in case.pages.items()}
    for span in flag.spans:
        page = next(page for page in pages[span.file] if page.number == span.page)
        assert page.text[span.start : span.end] == span.quote
    assert flag.spans or flag.state != "raised"
