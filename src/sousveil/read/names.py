"""Names of bodies and companies: where a name ends, and whether a text is one."""

from __future__ import annotations

import re
from functools import cache

from sousveil.data.organs import organ_words
from sousveil.text.fold import fold

MAX_NAME = 90
_CUT = re.compile(
    r"[;。\n|]|\s{2,}|(?<=公司)\s(?=\d)"
    # before address, contact, telephone, code, legal representative, domicile, fax, postcode, project, budget, site
    r"|[,、 ](?=(?:地 ?址|联系|电话|统一|代码|法定|住所|传真|邮编|邮政|项目|预算|地点)[^\n]{0,6})"
    # before a label or a date
    r"|(?<=[\u4e00-\u9fff)])\s(?=[\u4e00-\u9fff]{1,8}[:(]|[\u4e00-\u9fff]{0,8}\d{4}年|[二一][〇○零])"
    # before the quotation, bid, score, price, term or quality that a list prints behind a name
    r"|,[ ]?(?=报价|投标|得分|评审|评分|服务期|质量|金额|折扣|工期)"
    # before (consortium), (seal), (hereinafter), (contact), (address), (code)
    r"|\((?=联合体|盖章|盖 章|公章|公 章|印章|签章|单位章|以下|联系|全称|地址|本公告|或招标人|统一编号)"
    r"|[,(](?=统一社会信用代码|地址|联系)"
    # before what a portal says to those who have not paid: become a member, see more, log in, register, click, today
    r"|[ ](?=(?:开通|注册|登录|登陆|点击|查看|今日|会员|升级)[^\n]{0,40})"
    # before the place of the body at the end of its name: a bracket or a comma, and words that end in a place or number
    r"|\((?=[\u4e00-\u9fff]{2,12}(?:省|市|县|州|盟|旗|自治区)\)\s*$)"
    r"|\((?=[\u4e00-\u9fff]{2,}[\u4e00-\u9fff\d]{0,30}\d{1,5}(?:号|弄|室|楼|层)[^()]{0,20}\)\s*$)"
    r"|\((?=[\u4e00-\u9fff]{2,5}(?:省|市|自治区|自治州)[\u4e00-\u9fff]{2,14}[区县市旗]\)\s*$)"
    r"|,(?=[\u4e00-\u9fff]{2,5}(?:省|市|自治区)[\u4e00-\u9fff\d]{0,40}$)"
)
_LEAD = re.compile(  # numbers; name of the company; rank, candidate, lot; leader or member of a consortium; seal
    r"(?:[:\s,、。.;*★·\-]|\d{1,2}[.、)]\s*|\(\d{1,2}\)|(?:单位|公司)?名\s?称:"
    r"|第[一二三四五六七八九十\d]{1,2}(?:名|中标候选人|候选人|包|标段)[:\s]*|包\d{1,2}:|标段\d{1,2}:"
    r"|\(?(?:联合体)?(?:牵头人|牵头单位|成员单位|成员|主体|主办方)\)?:|\(?盖章\)?)+"
)
_ABBREVIATION = re.compile(r"(?:\.[a-zа-я]{1,2}|[ ,](?:inc|ltd|co|corp|bros|esq|spa|sa|ag|jr|plc|srl|cv))$")
_TAIL = re.compile(r"[\s,、。.;:(/]+$")
_NONE = re.compile(
    r"[/\\\-—*无.\s]{0,4}$|\([^()]{1,12}\)$|█+$|\d[\d.,/\-:\s%]*$|n/?a$|tbc$|tbd$"
    r"|not applicable|(?:information )?withheld"
    # see …, as follows, this project, according to, in conformity with, … prevails, details, name, address, void
    # nothing but words for a party (owner, buyer, tender company, agency) around covered letters
    r"|(?:业主|采购人|采购单位|招标人|招标公司|招标单位|代理机构|招标代理|公司|单位)?[*x×]{2,}(?:公司|有限公司)?$|招标公司$"
    r"|详见|见附件|见公告|如下|本项目|根据|符合|按照|以.{2,20}为准|信息$|名称$|地址$|废标|流标|无效"
)
_SPLIT = re.compile(r"[;、\n,](?=\S{4,})")


@cache
def _company_end() -> re.Pattern[str]:
    words = "|".join(re.escape(fold(word)) for word in organ_words("company", "zh"))
    return re.compile(rf"(?:{words})(?:\s?\([^()]{{1,60}}\))?$")


def name_span(folded: str, start: int, end: int) -> tuple[int, int] | None:
    """Return the span of the name that a value begins with, or None where the value is no name."""
    lead = _LEAD.match(folded, start, end)
    if lead:
        start = lead.end()
    cut = _CUT.search(folded, start, min(end, start + MAX_NAME + 60))
    if cut and cut.start() > start:
        end = cut.start()
    end = _opened(folded, start, min(end, start + MAX_NAME + 60))
    tail = _TAIL.search(folded, start, end)
    if tail:
        end = tail.start()
        if folded[end : end + 1] == "." and _ABBREVIATION.search(folded, max(start, end - 8), end):
            end += 1
    if end - start < 2 or end - start > MAX_NAME + 30 or _NONE.match(folded, start, end):
        return None
    return start, end


def _opened(folded: str, start: int, end: int) -> int:
    """Return the end before an opening bracket that is never closed."""
    opening = folded.rfind("(", start, end)
    if opening > start and ")" not in folded[opening:end]:
        return opening
    closing = folded.find(")", start, end)
    if closing > start and "(" not in folded[start:closing]:
        return closing
    return end


def is_company(name: str) -> bool:
    """Return whether a folded Chinese name ends as names of companies do.

    >>> is_company("青岛某某电子有限公司"), is_company("达到要求")
    (True, False)
    """
    return _company_end().search(name) is not None


def is_agency_company(name: str) -> bool:
    """Return whether a name is that of a company that only carries out purchases: it never buys for itself here.

    >>> is_agency_company("某招标有限公司"), is_agency_company("某市政府采购中心")
    (True, False)
    """
    return is_agency(name) and name.endswith("公司")


@cache
def _company_forms() -> re.Pattern[str]:
    words = "|".join(re.escape(fold(word)) for word in organ_words("company", "en"))
    return re.compile(rf"(?<!\w)(?:{words})(?!\w)")


def has_company_form(text: str) -> bool:
    """Return whether a folded text holds the form of a company (Ltd, S.A., GmbH, ООО).

    >>> has_company_form("s.a. de c.v."), has_company_form("terminal road, muckish")
    (True, False)
    """
    return _company_forms().search(text) is not None


def split_names(folded: str, start: int, end: int) -> list[tuple[int, int]]:
    """Return the spans of the companies a value lists, parted by 、 ; or a comma between company names."""
    spans: list[tuple[int, int]] = []
    begin = start
    for match in _SPLIT.finditer(folded, start, end):
        if is_company(folded[begin : match.start()].strip()):
            spans.append((begin, match.start()))
            begin = match.end()
    spans.append((begin, end))
    return spans


@cache
def _agency() -> re.Pattern[str]:
    return re.compile("|".join(re.escape(fold(word)) for word in organ_words("agency", "zh")))


def is_agency(name: str) -> bool:
    """Return whether a name is that of a body that only carries out purchases of others.

    >>> is_agency("某市政府采购中心"), is_agency("某市公安局")
    (True, False)
    """
    return _agency().search(name) is not None


_NO_NAME = (
    r"工程(?!质量|技术|大学|学院|学校|职业|建设|管理|咨询|服务|局|公司)|项目(?!管理|服务)|改造|提升|采购|系统|征集"
)
"""Words of a work (works, project, renewal, upgrade, purchase, system): no name of a body runs over them."""


@cache
def head_organ() -> re.Pattern[str]:
    """Return the pattern of a body named at the head of a title: optional year, name, optional branch."""
    public = "|".join(re.escape(fold(word)) for word in organ_words("public", "zh"))
    branch = "|".join(re.escape(fold(word)) for word in organ_words("branch", "zh"))
    operator = "|".join(re.escape(fold(word)) for word in organ_words("operator", "zh"))
    portal = "|".join(re.escape(fold(word)) for word in organ_words("portal", "zh"))
    han = r"[\u4e00-\u9fff()]"
    name = rf"(?:(?!{_NO_NAME}){han})"
    return re.compile(
        r"[\"“'《\[]?(?:关于)?(?:公开)?(?:征集|征求)?(?:20\d\d(?:[-~至]20\d\d)?年?(?:度)?(?:第[一二三四\d]+[季批]度?)?)?\s*(?P<organ>"
        rf"(?:{portal}){han}{{0,24}}?(?:有限公司|分公司|公司)(?:{han}{{2,8}}?分公司)?"
        rf"|{han}{{2,5}}?(?:{operator})(?:(?:(?!征集){han}){{0,4}}分公司|公司)?"
        rf"|(?:{portal})"
        rf"|{name}{{4,24}}?有限公司(?:{han}{{2,8}}?分公司)?(?=20\d\d)"
        rf"|{name}{{2,24}}?(?:{public})(?:附属{han}{{0,8}}?医院)?(?!采购(?!文件|公告)|信息化|办|间|域|部|内|面|势|房|长|级|限)(?:{han}{{1,9}}?(?:{branch})(?!长|部))?)"
    )


@cache
def company_portal() -> re.Pattern[str]:
    """Return the pattern of one company's own procurement portal, group ``organ`` being the company."""
    portal = "|".join(re.escape(fold(word)) for word in organ_words("portal", "zh"))
    return re.compile(
        rf"(?P<organ>{portal})(?:阳光采购|在线商务|采购与招标|电子采购|电子招标|电子商务|物资采购|供应链)"
    )
