"""Numbers that lead to a person by their form alone: phones, e-mail, resident numbers, cards, plates, tax numbers.

All patterns work on folded text (lower case, half width), begin with a character that few places have, and hold only
bounded repetitions, so that hostile text costs no more than long text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from sousveil.mask.checks import is_cpf, is_dni, is_iban, is_luhn, is_resident_number
from sousveil.mask.cover import BLOCK, Range

# The provinces' abbreviations that begin a number plate or the certificate of a registered constructor.
_PROVINCES = "京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼"
# 转 and 分机: extension.
_EXTENSION = r"(?:[ ]?(?:转|分机|#|ext\.?|x|[-—/])[ ]{0,2}\d{1,6}(?!\d)){0,2}"
_MOBILE = re.compile(rf"1(?<![0-9a-z.]1)[3-9]\d(?:[- ]?\d{{4}}){{2}}(?![0-9]|\.\d|[a-z]){_EXTENSION}")
_MOBILE_334 = re.compile(r"1(?<![0-9a-z.]1)[3-9]\d{2}[- ]\d{3}[- ]\d{4}(?![0-9a-z])")
_LANDLINE = re.compile(
    r"0(?<![0-9a-z.\-]0)(?:10|2\d|[3-9]\d{2})[)]?[- —]{0,3}(?!0)\d{3,4}(?:[- ]?\d{4})(?![0-9a-z])" + _EXTENSION
)
_SERVICE = re.compile(r"[48](?<![0-9a-z.\-][48])00[- ]?\d{3,4}[- ]?\d{3,4}(?![0-9a-z])")
_ABROAD = re.compile(r"\+\d{1,3}[ .\-(]{0,3}\d{1,5}[)]?(?:[ .\-/]{0,2}\d{2,9}){1,5}(?!\d)" + _EXTENSION)
_MORE = re.compile(r"[ ]?[,、;/或和][ ]?([2-9]\d{6,7})(?![0-9.%a-z年元万])")
_BEFORE_PHONE = re.compile(r"(?:\(?\+?(?:00)?86\)?[- ]?0?|\()$")
# Numbers that are no phones: 编号 number, 单号 order, 文号 file, 序列号 serial, 代码 code, 型号 model, 流水号, 货号, 批号 lot.
_NO_PHONE = re.compile(
    r"(?:编号|单号|文号|序列号|代码|型号|发票号?|合同号|流水号|货号|批号|标号|标书号|项目号|isbn|备案号|条码|id|no\.?|№|serial)[: ]{0,3}[a-z0-9]{0,6}-?$"
)
_AFTER_SUM = re.compile(r"[ ]?(?:元|万|亿|平方|条|%|年|米|吨)")
_LONG = re.compile(r"\d{12,19}x?(?![0-9a-z])")
_PARTED_ID = re.compile(r"[1-8](?<!\d[1-8])\d{5}[ -](?:19|20)\d{6}[ -]?\d{3}[0-9x](?![0-9a-z])")
_CARD = re.compile(r"[456](?<![0-9a-z][456])\d{3}(?:[ -]\d{4}){3}(?:[ -]\d{1,3})?(?![0-9a-z])")
_PLATE = re.compile(
    rf"[{_PROVINCES}][a-hj-np-z][ ]?[·•.\-]?[ ]?(?:[df][a-hj-np-z0-9]\d{{4}}|\d{{5}}[df]|[a-hj-np-z0-9]{{4}}[a-hj-np-z0-9挂学警港澳])"
    r"(?![0-9a-z-])"
)
_CONSTRUCTOR = re.compile(rf"[{_PROVINCES}]\d{{11,17}}(?!\d)")
_IBAN = re.compile(r"\d\d(?<=[^0-9a-z][a-z]{2}\d\d)(?: ?[a-z0-9]{4}){2,7}(?: ?[a-z0-9]{1,3})?(?![a-z0-9])")
_DNI = re.compile(r"\d{7,8}-?[a-z](?![0-9a-z])")
_CPF = re.compile(r"\d{3}\.\d{3}\.\d{3}-\d{2}(?!\d)")
_SSN = re.compile(r"(?!000|666|9)\d{3}-(?!00)\d{2}-(?!0000)\d{4}(?![\d-])")
_SNILS = re.compile(r"\d{3}-\d{3}-\d{3}[ -]\d{2}(?!\d)")
_FISCAL = re.compile(r"\d{2}(?<=[^0-9a-z][a-z]{6}\d\d)[a-ehlmprst]\d{2}[a-z]\d{3}[a-z](?![0-9a-z])")
_CURP = re.compile(r"\d{6}(?<=[^0-9a-z][a-z]{4}\d{6})[hmx][a-z]{5}[0-9a-z]\d(?![0-9a-z])")
_INSURANCE = re.compile(r"\d{2}(?<=[a-z]{2} \d\d)[ ]\d{2} \d{2} [a-d](?![0-9a-z])")
_TRADER_CODE = re.compile(r"92(?<![0-9a-z]92)\d{6}[0-9a-z]{10}(?![0-9a-z])")
# The sign @ in disguise: [at], (at), ' at ', # (only before a domain).
_AT = re.compile(r"@|[\[({]at[\])}]| at |#(?=[a-z0-9-]{2,30}\.)|◎|艾特")
_USER = re.compile(rf"[^\s@,;:()<>\[\]{{}}\"'|/、。{BLOCK}\u3400-\u9fff]{{1,64}}[ ]?$")
_HOST = re.compile(r"[ ]?(?:[a-z0-9\-]{1,63}(?:\.|[ ]?[\[(]dot[\])][ ]?| dot )){1,5}[a-z]{2,24}(?![a-z0-9-])")


def iter_numbers(folded: str) -> Iterator[Range]:
    """Yield the ranges of folded text that hold a person's number, by its form and check digits alone."""
    yield from iter_phones(folded)
    yield from iter_mails(folded)
    yield from _iter_long(folded)
    for match in _PLATE.finditer(folded):
        yield Range(match.start(), match.end(), "plate")
    for match in _CONSTRUCTOR.finditer(folded):
        yield Range(match.start(), match.end(), "id")
    for match in _TRADER_CODE.finditer(folded):
        yield Range(match.start(), match.end(), "id")
    for match in _CARD.finditer(folded):
        if is_luhn("".join(filter(str.isdecimal, match.group()))):
            yield Range(match.start(), match.end(), "bank")
    yield from _iter_abroad_ids(folded)


def iter_phones(folded: str) -> Iterator[Range]:
    """Yield phone numbers that are recognised without a label: Chinese mobiles and landlines, 400 and 800, ``+``."""
    for pattern in (_MOBILE, _MOBILE_334, _LANDLINE, _SERVICE, _ABROAD):
        for match in pattern.finditer(folded):
            start, end = match.span()
            if _is_other_number(folded, start, end):
                continue
            before = _BEFORE_PHONE.search(folded, max(0, start - 10), start)
            start = before.start() if before else start
            yield Range(start, end, "phone")
            for _ in range(4):  # 0551-66223645，66223646: the area code is not repeated
                more = _MORE.match(folded, end)
                if not more:
                    break
                yield Range(more.start(1), more.end(1), "phone")
                end = more.end()


def _is_other_number(folded: str, start: int, end: int) -> bool:
    return bool(_AFTER_SUM.match(folded, end) or _NO_PHONE.search(folded, max(0, start - 14), start))


def iter_mails(folded: str) -> Iterator[Range]:
    """Yield e-mail addresses, also with [at] or # in place of @."""
    for at in _AT.finditer(folded):
        user = _USER.search(folded, max(0, at.start() - 66), at.start())
        host = _HOST.match(folded, at.end())
        if user and host:
            yield Range(user.start(), host.end(), "mail")


def _iter_long(folded: str) -> Iterator[Range]:
    """Yield resident numbers with a valid check, and card numbers with a card's first digits and a valid check."""
    for match in _LONG.finditer(folded):
        start, end = match.span()
        if start and (folded[start - 1].isdecimal() or "a" <= folded[start - 1] <= "z"):
            continue
        digits = match.group()
        if len(digits) == 18 and is_resident_number(digits):
            yield Range(start, end, "id")
        elif 16 <= len(digits) <= 19 and digits.startswith("62") and digits.isdecimal() and is_luhn(digits):
            if not _is_other_number(folded, start, end):
                yield Range(start, end, "bank")
    for match in _PARTED_ID.finditer(folded):
        if is_resident_number(match.group().replace(" ", "").replace("-", "")):
            yield Range(match.start(), match.end(), "id")


def _iter_abroad_ids(folded: str) -> Iterator[Range]:
    """Yield identity, tax and account numbers of other countries whose form or check digits speak for themselves."""
    for match in _IBAN.finditer(folded):
        start = match.start() - 2
        words = folded[start : match.end()]
        while len(words) > 14 and not is_iban(words.replace(" ", "")) and " " in words:
            words = words.rpartition(" ")[0]
        if is_iban(words.replace(" ", "")):
            yield Range(start, start + len(words), "bank")
    for pattern, length in ((_FISCAL, 6), (_CURP, 4), (_INSURANCE, 3)):
        for match in pattern.finditer(folded):
            yield Range(match.start() - length, match.end(), "id")
    for pattern in (_CPF, _SSN, _SNILS, _DNI):
        for match in pattern.finditer(folded):
            start, end = match.span()
            before = folded[start - 1 : start]
            if before in {"x", "y", "z"} and pattern is _DNI and not folded[start - 2 : start - 1].isalnum():
                start, before = start - 1, folded[start - 2 : start - 1]
            if before.isalnum() or before in {"-", ".", "/", "+"}:
                continue
            words = folded[start:end]
            if pattern is _DNI and not is_dni(words.replace("-", "")):
                continue
            if pattern is _CPF and not is_cpf(re.sub(r"\D", "", words)):
                continue
            yield Range(start, end, "id")
