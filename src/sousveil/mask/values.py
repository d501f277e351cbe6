"""Numbers after a label: phones, accounts, identity numbers, chat names, private addresses, days of birth."""

from __future__ import annotations

import re
from collections.abc import Iterator

from sousveil.mask.cover import Range
from sousveil.mask.labelled import WS, Hit
from sousveil.mask.lexicon import HAN

_NUMBER_GAP = re.compile(
    rf"(?:[ \t]?\([^()\n]{{0,24}}\))?(?:号码|号|码|/传真|/手机|为|是|[ ]n(?:[°º]|[or]\.|um\.|úm\.))?"
    rf"{WS}{{0,10}}(?:[:.№|]|——|--)?{WS}{{0,10}}"
)  # number, fax, mobile, is
_PHONE_ITEM = re.compile(
    r"\+?\(?\d(?:[ ](?!20\d\d[-/.年])|[\d\-()—/.*#]|转|分机|ext\.?){3,28}\d(?!\d|\.\d|,\d{3}(?!\d)|[年月日元万%:])"
)
_TORN_PHONE = re.compile(
    r"(?:\(?0\d{2,3}\)?[ ]?-?[ ]{0,2}(?:\||\n)[ ]{0,4}\d{7,8}|1[3-9]\d{1,8}[ -]?\n[ ]{0,4}\d{1,8})(?!\d)"
)
"""A number that a line end or the border of a cell cuts."""
_DATE = re.compile(r"(?:19|20)\d\d[-/.年]\d{1,2}")
_ITEM_MARK = re.compile(r"[ \n]{0,3}(?:[,、;/]|或|和|与)?[ \n]{0,3}")
# 请加, 加, 搜索: please add, add, search for
_CHAT = re.compile(r"(?:请?加入?|搜索?)?[:(]?[ ]{0,3}([a-z][a-z0-9_\-]{4,24}|\d{5,12})(?![0-9a-z@])")
_ID_VALUE = re.compile(
    rf"[:(]?[ ]{{0,3}}((?:[{HAN}]{{1,3}}第)?"
    r"(?:[a-z]{0,3}-?\d[\d*x\-. №]{4,20}[a-z0-9]|[\d*x]{6,20}[a-z]?)号?)(?![0-9a-z])"
)
_LICENCE_VALUE = re.compile(rf"[:(]?[ ]{{0,3}}([{HAN}]{{0,3}}[a-z]{{0,4}}-?\d[\d\-]{{2,22}}[a-z]?)(?![0-9a-z年月])")
_BANK_VALUE = re.compile(r"[:(]?[ ]{0,3}([a-z]{0,2}\d(?:[ \-]{0,2}[0-9a-z]){6,40})(?![0-9a-z])")
_BANK_OF = re.compile(rf"[{HAN}·()]{{2,24}}[ ]?[,、;:/|][ ]?((?:\d[ ]?){{11,28}}\d)(?![0-9a-z])")
"""An account behind the name of who holds it: 收款账户：某某某，6217…"""
_MAIL_VALUE = re.compile(r"[:(]?[ ]{0,3}([a-z0-9._%+\-]{1,64}[ ]?(?:@|#|at|\*)[ ]?[a-z0-9.\-]{3,80})")
_ADDRESS_VALUE = re.compile(r"[ ]?(?:[:：]|\|)[ ]?([^\n|;。:]{4,80})")
_BIRTH_VALUE = re.compile(
    r"[:(|]?[ ]{0,3}((?:19|20)\d\d[年./\-]?\d{1,2}(?:[月./\-]\d{1,2})?[月日]?"
    r"|\d{1,2}[./\- ][0-9a-z]{1,9}[./\- ](?:19|20)\d\d)"
)
_VALUES = {"chat": _CHAT, "bank": _BANK_VALUE, "mail": _MAIL_VALUE, "address": _ADDRESS_VALUE, "other": _BIRTH_VALUE}
_COMPANY_RUT = re.compile(r"[5-9]\d\.?\d{3}\.?\d{3}-?[\dk]$")
"""Numbers of Chile from 50 million on belong to firms."""
_COMPANY_TAX = re.compile(r"[a-hjnpqrsuvw]-?\d{8}$|[5-9]\d{8}$|\d{10}$")


CALLS = frozenset({"致电"})
"""Call: a label of names that a number may follow at once."""
_MIN_CALLED = 7
"""Characters of such a number; shorter ones are hotlines."""


def iter_values(folded: str, hit: Hit) -> Iterator[Range]:
    """Yield what a label of numbers announces: phones, accounts, identity numbers, chat names, private addresses."""
    kind = hit.label.kind
    if hit.label.text in CALLS:
        phones = _iter_phone_values(folded, hit.end)
        yield from (phone for phone in phones if phone.end - phone.start >= _MIN_CALLED)
    elif kind == "phone":
        yield from _iter_phone_values(folded, hit.end)
    elif kind == "id":
        yield from _iter_id_values(folded, hit)
    elif kind in _VALUES:
        gap = hit.end if kind == "address" else _gap_end(folded, hit.end)
        for _ in range(4):
            match = _VALUES[kind].match(folded, gap) or (_BANK_OF.match(folded, gap) if kind == "bank" else None)
            if not match:
                return
            yield Range(match.start(1), match.end(1), "phone" if kind == "chat" else kind)
            mark = _ITEM_MARK.match(folded, match.end())
            gap = mark.end() if mark and mark.group().strip() else -1
            if gap < 0:
                return


def _gap_end(folded: str, place: int) -> int:
    gap = _NUMBER_GAP.match(folded, place)
    return gap.end() if gap else place


def _iter_phone_values(folded: str, place: int) -> Iterator[Range]:
    place = _gap_end(folded, place)
    torn = _TORN_PHONE.match(folded, place)
    if torn and sum(map(str.isdecimal, torn.group())) in {10, 11, 12}:
        yield Range(torn.start(), torn.end(), "phone")
        return
    for _ in range(6):
        item = _PHONE_ITEM.match(folded, place)
        if not item or _DATE.match(item.group()) or sum(map(str.isdecimal, item.group())) < 5:
            return
        yield Range(item.start(), item.end(), "phone")
        mark = _ITEM_MARK.match(folded, item.end())
        place = mark.end() if mark else item.end()


def _iter_id_values(folded: str, hit: Hit) -> Iterator[Range]:
    place = _gap_end(folded, hit.end)
    # 号: a number of a licence, unless it is that of an identity card, passport or other paper
    is_licence = (
        hit.label.text.endswith("号")
        and hit.label.text not in {"身份证号", "护照号", "证件号", "军官证号"}
        and "证件" not in hit.label.text
    )
    match = (_LICENCE_VALUE if is_licence else _ID_VALUE).match(folded, place)
    if not match:
        return
    value = match[1].strip()
    is_tax_number = hit.label.text in {"nif", "n.i.f.", "инн", "dni/nif"}
    if is_tax_number and _COMPANY_TAX.fullmatch(value.replace(" ", "")):
        return  # tax numbers of companies: 10 digits in Russia, a letter first in Spain, 5 to 9 first in Portugal
    if _DATE.match(value) or (hit.label.text == "rut" and _COMPANY_RUT.match(value)):
        return
    yield Range(match.start(1), match.start(1) + len(value), "id")
