r"""Notices read from documents: who buys what from whom, when, where and for how much, every value with its words.

In: a ``Document``, already masked. Out: a ``Notice`` for each record of a structured source, else one for the
document. Refused: nothing; a value that the text does not state is None. Kept where: nowhere, ``read`` is a pure
function.

>>> from sousveil.model import Document, Page
>>> text = "某县公安局视频监控采购中标公告\n编号：MX2026-1\n中标供应商：甲乙丙科技有限公司\n中标金额：12.5万元"
>>> notice = read(Document("00" * 32, "text/plain", "a.txt", (Page(1, text),), language="zh"))[0]
>>> notice.notice_type.value, notice.award_amount.value, notice.suppliers[0].value
('award', 125000.0, '甲乙丙科技有限公司')
"""

from __future__ import annotations

from sousveil.model import Document, Notice
from sousveil.read.notice import read_text
from sousveil.read.records import read_record

__all__ = ["read"]


def read(document: Document) -> tuple[Notice, ...]:
    """Return the notices of a document, one for each of its records, or one for its text."""
    if not document.pages:
        return ()
    if not document.records:
        return (read_text(document, document.pages, document.id),)
    return tuple(read_record(document, record, number) for number, record in enumerate(document.records, 1))
