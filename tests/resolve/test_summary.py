"""Summaries of notices that were really read."""

import hashlib

from sousveil.model import Document, Page
from sousveil.read import read
from sousveil.resolve import summarise
from sousveil.text.fingerprint import fingerprint

TEXT = """临江县公安局视频监控系统采购项目中标公告
一、项目编号：HYGP-2024-0151
二、项目名称：临江县公安局视频监控系统采购项目
采购人：临江县公安局
预算金额：3000000.00元
三、中标信息
供应商名称：江右恒安科技有限公司
中标金额：2900000.00元
公告日期：2024年4月2日
"""
"""Invented."""


def test_a_summary_says_what_the_notice_says():
    file = hashlib.sha256(TEXT.encode()).hexdigest()
    (notice,) = read(Document(file, "text/plain", "a.txt", (Page(1, TEXT),), language="zh"))
    summary = summarise(notice, fingerprint(TEXT), institutions={"临江县公安局": "CN-USCC-1"}, source="folder")
    assert (summary.notice_type, summary.numbers) == ("award", ("HYGP-2024-0151",))
    assert (summary.buyer_id, summary.buyer) == ("CN-USCC-1", "临江县公安局")
    assert (summary.budget, summary.award, summary.currency) == (3_000_000, 2_900_000, "CNY")
    assert summary.suppliers == ("江右恒安科技有限公司",)
    assert summary.date == "2024-04-02"
    assert summary.fingerprint == fingerprint(TEXT)
    assert (summary.file, summary.source) == (file, "folder")
