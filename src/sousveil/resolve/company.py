"""Names of Chinese companies: place, proper name, legal form, branch; and branches of the state operators."""

from __future__ import annotations

import re
from functools import cache

from sousveil.data.operators import Operator, operators
from sousveil.model import Level
from sousveil.resolve.organ import kind_by_words
from sousveil.resolve.parts import NameParts
from sousveil.resolve.place import Division, find_divisions, is_inside, read_head, short_name

_FORMS = (
    # company limited by shares, limited company (two wordings), group, head company, company, partnership, firm, plant
    ("股份有限公司", "jsc"), ("股份公司", "jsc"), ("有限责任公司", "ltd"), ("有限公司", "ltd"), ("集团公司", "group"),
    ("总公司", "co"), ("公司", "co"), ("合伙企业", "llp"), ("事务所", "firm"), ("集团", "group"), ("厂", "plant"),
    ("株式会社", "kk"), ("合作社", "coop"),
)  # fmt: skip
_WHOLE = re.compile(
    r"(?P<whole>.{3,60}?(?:股份有限公司|有限责任公司|有限公司|集团公司|总公司|总行|银行|公司))(?P<branch>.{1,40})$"
)
_BRANCH_END = re.compile(
    r"(?:分公司|供电公司|供电分公司|支公司|分行|支行|营业部|办事处|分院|分部|代表处|分厂|经营部|事业部|分店|项目部|管理部|供电局|供电所|部|中心|处|厂|站)$"
)
_BRANCH_WORD = re.compile(r"分公司|支公司")
_BRACKETS = str.maketrans("", "", "()（）[] ·-.")
_FORMED_CITY = re.compile(r"(?P<name>[\u4e00-\u9fff]{2,3}?)(?:市|县)(?=[\u4e00-\u9fff]{4,})")
_JOINED = re.compile(r"\((?:普通合伙|有限合伙|特殊普通合伙|合伙)\)$")
# words that may stand among the places of an operator's branch: province, city, limited company, company, branch,
# municipality, district, and regional
_OPERATOR_FILLER = re.compile(
    r"(?:有限责任公司|有限公司|省分公司|市分公司|县分公司|区分公司|分公司|省公司|市公司|公司|省|市|县|区|本部|总部)"
)


def is_company_name(text: str) -> bool:
    """Return whether a tidied Chinese name is that of a company by its ending, or of a company's branch.

    >>> is_company_name("岷阳锐视科技有限公司"), is_company_name("岷阳市公安局"), is_company_name("中国电信杭州分公司")
    (True, False, True)
    """
    if text.endswith(
        ("公司", "集团", "事务所", "合伙企业", "(普通合伙)", "(有限合伙)", "(特殊普通合伙)", "株式会社", "厂")
    ):
        return True
    return bool(re.search(r"公司.{2,20}(?:分行|营业部|办事处|分院|分部|代表处|项目部|事业部|部|中心|局|处|厂)$", text))


def parse_company(text: str) -> NameParts:
    """Return the parts of the name of a Chinese company.

    >>> parse_company("岷阳市锐视科技有限责任公司").key == parse_company("岷阳锐视科技有限公司").key
    True
    >>> parse_company("岷阳锐视科技有限公司大河分公司").whole
    '岷阳锐视科技有限公司'
    """
    body = _JOINED.sub("", text)
    match = _WHOLE.match(body)
    if match and _BRANCH_END.search(match["branch"]) and not _is_tail_form(match["branch"]):
        return _branch(text, match["whole"], match["branch"])
    if match and _BRANCH_WORD.search(match["branch"]):
        return _branch(text, match["whole"], match["branch"])
    place, core, form, reasons = _split(body)
    kind, word = kind_by_words(body)
    is_public = kind in {"bank", "utility", "operator"}
    head, code = read_head(body, is_company=True), ""
    if head.division:
        code = head.division.code
    told = (*reasons, f"kind by the word {word}") if is_public else reasons
    return NameParts(
        text=text, form="company", key=f"c|{place}{core}|{form}", kind=kind if is_public else "company", country="CN",
        place=code, core=core, legal_form=form, outline=f"c|{core}", reasons=told,
    )  # fmt: skip


def _is_tail_form(branch: str) -> bool:
    return branch.endswith(("有限公司", "有限责任公司")) and not _BRANCH_WORD.search(branch)


def _branch(text: str, whole: str, branch: str) -> NameParts:
    parent = parse_company(whole)
    place, code = _branch_place(branch)
    name = _BRANCH_WORD.sub("", branch) if branch.endswith(("分公司", "支公司")) else branch
    token = code or short_name(name.translate(_BRACKETS)) or name
    if code and not branch.endswith(("分公司", "支公司")):
        token = f"{code}{branch}"
    return NameParts(
        text=text, form="company", key=f"{parent.key}|{token}", kind=parent.kind, country="CN",
        place=code or parent.place, core=parent.core, legal_form=parent.legal_form, units=(branch,),
        whole_key=parent.key, whole=whole, outline=parent.outline,
        reasons=(*parent.reasons, f"{branch} is a branch of {whole}", *([place] if place else [])),
    )  # fmt: skip


def _branch_place(branch: str) -> tuple[str, str]:
    """Return a reason and the code of the place that a branch is named after; both empty where none is known."""
    head = read_head(branch)
    if head.division is not None:
        return head.reasons[-1], head.division.code
    return "", ""


def _split(body: str) -> tuple[str, str, str, tuple[str, ...]]:
    """Return place without class word, proper name, legal form, and reasons."""
    form, reasons = "", []
    for ending, name in _FORMS:
        if body.endswith(ending) and len(body) > len(ending) + 1:
            body, form = body[: -len(ending)], name
            reasons.append(f"{ending} is the legal form {name}")
            break
    head = read_head(f"{body}公司", is_company=True)
    place, core = "", body
    if head.end and len(body) - head.end >= 2:
        place, core = short_name(head.printed), body[head.end :]
        if head.formed:
            place = short_name(head.formed.rpartition("/")[2])
        reasons.append(f"{place} is the place in the name")
    elif formed := _FORMED_CITY.match(body):
        place, core = formed["name"], body[formed.end() :]
        reasons.append(f"{place} is the place in the name by its form")
    return place, core.translate(_BRACKETS), form, tuple(reasons)


@cache
def _wholes() -> dict[str, Operator]:
    return {name: row for row in operators() for name in row.names}


@cache
def _heads() -> tuple[tuple[str, Operator], ...]:
    pairs = [(head, row) for row in operators() for head in row.heads]
    return tuple(sorted(pairs, key=lambda pair: -len(pair[0])))


@cache
def _shorts() -> tuple[tuple[str, Operator], ...]:
    pairs = [(short, row) for row in operators() for short in row.shorts]
    return tuple(sorted(pairs, key=lambda pair: -len(pair[0])))


def parse_operator(text: str) -> NameParts | None:
    """Return the parts of the name of a state operator or its branch, or None where it is none.

    >>> names = ("杭州电信", "中国电信杭州分公司", "中国电信股份有限公司浙江杭州分公司")
    >>> {parse_operator(name).key for name in names}
    {'o|telecom|330100'}
    """
    plain = text.replace("(", "").replace(")", "")
    whole = _wholes().get(plain)
    if whole is not None:
        return _operator(text, whole, None, "", ())
    for head, row in _heads() if plain.startswith("中国") else ():  # all of them begin with China
        if plain.startswith(head) and not plain.startswith(row.apart):
            return _operator_branch(text, row, plain[len(head) :])
    for short, row in _shorts():
        if plain.endswith(short) and len(plain) > len(short) + 1:
            division = _named_division(plain[: -len(short)])
            if division is not None:
                reason = f"{division.name} ({division.code}) is the place of the branch"
                return _operator(text, row, division, "", (reason,))
    return None


def _named_division(name: str) -> Division | None:
    """Return the one division that a name without more is that of, the highest where several share it; else None."""
    step = _place_at(name, 0, None)
    while step is not None and step[1] < len(name):
        step = _place_at(name, step[1], step[0])
    return step[0] if step else None


def _operator_branch(text: str, row: Operator, rest: str) -> NameParts | None:
    """Return the branch whose places follow the name of an operator, or None where other words follow."""
    division: Division | None = None
    unit, reasons = "", []
    pos = 0
    while pos < len(rest):
        filler = _OPERATOR_FILLER.match(rest, pos)
        if filler:
            pos = filler.end()
            continue
        step = _place_at(rest, pos, division)
        if step is None:
            unit = rest[pos:]
            break
        division, pos = step
        reasons.append(f"{division.name} ({division.code}) is the place of the branch")
    if unit and ("有限" in unit or division is None):
        return _unit_of(text, row, unit) if unit.endswith("分公司") else None
    return _operator(text, row, division, unit, tuple(reasons))


def _unit_of(text: str, row: Operator, unit: str) -> NameParts:
    return _operator(text, row, None, short_name(unit.removesuffix("分公司")), ())


def _place_at(rest: str, pos: int, known: Division | None) -> tuple[Division, int] | None:
    for length in range(min(11, len(rest) - pos), 1, -1):
        name = rest[pos : pos + length]
        found = [item for item in find_divisions(name) if known is None or (is_inside(item, known) and item != known)]
        full = [item for item in found if item.name == name] or found
        if len(full) > 1:
            full = [item for item in full if item.level != "county"] or full
        if len(full) == 1:
            return full[0], pos + length
    return None


def _operator(text: str, row: Operator, division: Division | None, unit: str, reasons: tuple[str, ...]) -> NameParts:
    code = division.code if division else ""
    unit = unit.removesuffix("分公司").removesuffix("公司")
    level: Level = ""
    whole_key = "o|" + row.id if division else ""
    if unit:
        whole_key = f"o|{row.id}|{code}" if code else f"o|{row.id}"
    elif division is not None and division.level != "province":
        outer = division.province if division.level == "prefecture" else division.prefecture
        whole_key = f"o|{row.id}|{outer}"
    key = "|".join(filter(None, ("o", row.id, code, unit)))
    return NameParts(
        text=text, form="company", key=key, kind="operator", level=level, country="CN", place=code, core=row.names[0],
        units=(unit,) if unit else (), whole_key=whole_key, outline=key,
        reasons=(f"{row.title} by its name", *reasons),
    )  # fmt: skip
