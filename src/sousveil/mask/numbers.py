"""Numbers that lead to a person by their form alone: phones, e-mail, resident numbers, cards, plates, tax numbers.

All patterns work on folded text (lower case, half width), begin with a character that few places have, and hold only
bounded repetitions, so that hostile text costs no more than long text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from sousveil.mask.checks import is_cpf, is_dni, is_iban, is_luhn, is_resident_number
from sousveil.mask.cover import Range

# The provinces' abbreviations that begin a number plate or the certificate of a registered constructor.
PROVINCES = "京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼"
_PROVINCE_SET = frozenset(PROVINCES)
_GLUE = frozenset("-./+")
"""Marks that join digits to a longer number, which then is none of ours."""
# 转 and 分机: extension.
_EXTENSION = r"(?:[ ]?\(?(?:转|分机|#|\*|ext\.?|x|[-—/])[ ]{0,2}\d{1,6}(?!\d)\)?){0,2}"
_MOBILE = re.compile(rf"1(?<![0-9a-z.]1)[3-9]\d(?:[- ]?\d{{4}}){{2}}(?![0-9]|\.\d|[a-z]){_EXTENSION}")
_MOBILE_334 = re.compile(r"1(?<![0-9a-z.]1)[3-9]\d{2}[- ]\d{3}[- ]\d{4}(?![0-9a-z])")
_LANDLINE = re.compile(
    r"0(?<![0-9a-z.\-]0)(?:10|2\d|[3-9]\d{2})"
    r"(?:(?:[)][- —]{0,3}|[- —]{1,3}\n?|/(?=\d{7,8}(?!\d)))(?!0)\d{3,4}[- ]?\d{4}|(?!0)\d{7,8})(?![0-9a-z])"
    + _EXTENSION
)
_SERVICE = re.compile(
    r"00(?<=[48]00)(?<![0-9a-z.\-][48]00)(?:(?P<mark>[- ])\d{3,4}(?P=mark)?\d{3,4}|\d{7})(?![0-9a-z])"
)
_ABROAD = re.compile(r"\+(?<![0-9a-z]\+)\d{1,3}[ .\-(]{0,3}\d{1,5}[)]?(?:[ .\-/]{0,2}\d{2,9}){1,5}(?!\d)" + _EXTENSION)
# Taiwan: 09xx-xxx-xxx, 02-xxxx-xxxx; a year in the middle makes it a file's number. Russia within the country.
_TAIWAN = re.compile(
    r"0(?<![0-9a-z.\-]0)(?:9\d\d-\d{3}-\d{3}|[2-8]\d?-(?!19\d\d|20\d\d)\d{3,4}-?\d{4})(?![0-9a-z-])" + _EXTENSION
)
_RUSSIA = re.compile(r"8(?<![0-9a-z.\-]8)[ ]?\(\d{3,5}\)[ ]?\d{1,3}-\d\d-\d\d(?![0-9])")
_FRANCE = re.compile(r"0(?<![0-9a-z.\-]0)[1-9](?:\.\d\d){4}(?![0-9]|\.\d)")
_MORE = re.compile(r"[ ]?[,、;/或和 ][ ]?([2-9]\d{6,7})(?![0-9.%a-z年元万])")
_BEFORE_PHONE = re.compile(r"(?:\(?\+?(?:00)?86\)?[- ]?0?|\()$")
# Numbers that are no phones: 编号 number, 单号 order, 文号 file, 序列号 serial, 代码 code, 型号 model, 批号 lot.
_NO_PHONE = re.compile(
    r"(?:编号|单号|文号|序列号|代码|型号|发票号?|合同号|流水号|货号|批号|标号|标书号|项目号|isbn|icp备|备案号|条码|id|no\.?|№|serial)"
    r"[: ]{0,3}[a-z0-9]{0,6}-?$"
)
# yuan, ten thousand, hundred million, square, items, years, metres, tons
_AFTER_SUM = re.compile(r"[ ]?(?:元|万|亿|平方|条|%|年|米|吨|eur|usd|€|руб)")
_MANY_DIGITS = re.compile(r"(?:\D*+\d){9}")
"""What holds as many digits as the shortest phone that no ``+`` begins: 8(123)4-56-78, 400-123-456, 02-345-6789."""
_RUN = re.compile(
    r"[0-9](?<![0-9][0-9])(?:[0-9]{10,39}|(?<=[a-z][0-9])[0-9]{1,39}|[0-9]{6,7}(?=-?[a-z](?![0-9a-z])|[a-z0-9]{10})"
    r"|[0-9]{2}(?=[-.][0-9]{2,3}[-.][0-9])|[0-9]{3}(?=[ -][0-9]{4}[ -][0-9]{4}[ -])|[0-9]{5}(?=[ -](?:19|20)[0-9]{6})"
    r"|[0-9](?= [0-9]{2} [0-9]{2} [a-d]))"
)
"""Beginnings of runs of digits that may be an identity, card or tax number; years, dates and sums are passed over."""
_PARTED_ID = re.compile(r"[0-9]{6}[ -](?:19|20)[0-9]{6}[ -]?[0-9]{3}[0-9x](?![0-9a-z])")
_CARD = re.compile(r"[0-9]{4}(?:[ -][0-9]{4}){3}(?:[ -][0-9]{1,3})?(?![0-9a-z])")
_PLATE = re.compile(
    rf"[{PROVINCES}][a-hj-np-z][ ]?[·•.\-]?[ ]?(?:[df][a-hj-np-z0-9]\d{{4}}|\d{{5}}[df]"
    r"|[a-hj-np-z0-9]{4}[a-hj-np-z0-9挂学警港澳])(?![0-9a-z-])"  # trailer, learner, police, Hong Kong, Macau
)
_IBAN = re.compile(r"[a-z]{2}[0-9]{2}(?: ?[a-z0-9]{4}){2,7}(?: ?[a-z0-9]{1,3})?(?![a-z0-9])")
_DNI = re.compile(r"[0-9]{7,8}-?[a-z](?![0-9a-z])")
_CPF = re.compile(r"[0-9]{3}\.[0-9]{3}\.[0-9]{3}-[0-9]{2}(?![0-9])")
_SSN = re.compile(r"(?!000|666|9)[0-9]{3}-(?!00)[0-9]{2}-(?!0000)[0-9]{4}(?![0-9-])")
_SNILS = re.compile(r"[0-9]{3}-[0-9]{3}-[0-9]{3}[ -][0-9]{2}(?![0-9])")
_FISCAL = re.compile(r"[a-z]{6}[0-9]{2}[a-ehlmprst][0-9]{2}[a-z][0-9]{3}[a-z](?![0-9a-z])")
_CURP = re.compile(r"[a-z]{4}[0-9]{6}[hmx][a-z]{5}[0-9a-z][0-9](?![0-9a-z])")
_INSURANCE = re.compile(r"[a-z]{2} [0-9]{2} [0-9]{2} [0-9]{2} [a-d](?![0-9a-z])")
# 建安A/B/C: certificate of a construction firm's manager, project manager or safety officer.
_SAFETY = re.compile(rf"[{PROVINCES}]建安[a-c][ ]?\(?(?:19|20)\d\d\)?[ ]?\d{{5,9}}(?!\d)")
_TRADER_CODE = re.compile(r"92[0-9]{6}[0-9a-z]{10}(?![0-9a-z])")
# The sign @ and its disguises; 艾特 spells it in Chinese.
_AT = ("@", "[at]", "(at)", "{at}", " at ", "#", "◎", "艾特")
_USER = re.compile(r"[a-z0-9à-ÿа-я._%+'\-]{1,64}[ ]?$")
_HOST = re.compile(r"[ ]?(?:[a-z0-9\-]{1,63}(?:\.|[ ]?[\[(]dot[\])][ ]?| dot )){1,5}[a-z]{2,24}(?![a-z0-9-])")


def iter_numbers(folded: str) -> Iterator[Range]:
    """Yield the ranges of folded text that hold a person's number, by its form and check digits alone."""
    has_many = _MANY_DIGITS.match(folded) is not None
    if has_many or "+" in folded:
        yield from iter_phones(folded)
    if " at " in folded or " on " in folded or "call" in folded:
        yield from _local_phones(folded)
    yield from iter_mails(folded)
    for match in _PLATE.finditer(folded):
        yield Range(match.start(), match.end(), "plate")
    for match in _SAFETY.finditer(folded) if has_many else ():
        yield Range(match.start(), match.end(), "id")
    for run in _RUN.finditer(folded):
        start, end = run.span()
        size = end - start
        before = folded[start - 1 : start]
        if size >= 11:
            yield from _long_number(folded, start, end, before)
        if "a" <= before <= "z":
            yield from _after_letters(folded, start, size)
        elif before not in _GLUE:
            yield from _grouped_number(folded, start, size)


def iter_phones(folded: str) -> Iterator[Range]:
    """Yield phone numbers that are recognised without a label: Chinese mobiles and landlines, 400 and 800, ``+``."""
    for pattern in (_MOBILE, _MOBILE_334, _LANDLINE, _SERVICE, _ABROAD, _TAIWAN, _RUSSIA, _FRANCE):
        for match in pattern.finditer(folded):
            start, end = match.start() - (pattern is _SERVICE), match.end()
            if _is_other_number(folded, start, end) or (pattern is _ABROAD and end - start < 10):
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


_EIGHT = re.compile(r"[2-9](?<![0-9.\-][2-9])\d{3}[ -]\d{4}(?![\d-])")
_ASKED = re.compile(r"contact|enquir|inquir|quer|call|tel")


def _local_phones(folded: str) -> Iterator[Range]:
    """Yield numbers of eight digits without area code where a line says whom to ask: contact … at 2123 4567."""
    for match in _EIGHT.finditer(folded):
        start = match.start()
        if not folded[max(0, start - 7) : start].rstrip(" :.").endswith((" at", " on", "call", "tel")):
            continue
        line = max(folded.rfind("\n", 0, start) + 1, start - 160)
        if _ASKED.search(folded, line, start):
            yield Range(start, match.end(), "phone")


def _is_other_number(folded: str, start: int, end: int) -> bool:
    return bool(_AFTER_SUM.match(folded, end) or _NO_PHONE.search(folded, max(0, start - 14), start))


def iter_mails(folded: str) -> Iterator[Range]:
    """Yield e-mail addresses, also with [at] or # in place of @."""
    for sign in _AT:
        place = folded.find(sign)
        while place >= 0:
            user = _USER.search(folded, max(0, place - 66), place)
            host = _HOST.match(folded, place + len(sign))
            if user and host:
                yield Range(user.start(), host.end(), "mail")
            place = folded.find(sign, place + len(sign))


def _long_number(folded: str, start: int, end: int, before: str) -> Iterator[Range]:
    """Yield resident and card numbers with a valid check, and certificates of constructors (豫141…), in one run."""
    if before in _PROVINCE_SET and end - start <= 17:
        yield Range(start - 1, end, "id")
        return
    if before.isalnum() and before.isascii():
        return
    if folded[end : end + 1] == "x":
        end += 1
    digits = folded[start:end]
    if folded[end : end + 1].isalnum() and folded[end : end + 1].isascii():
        return
    if len(digits) == 18 and (digits.startswith("92") or is_resident_number(digits)):
        yield Range(start, end, "id")
    elif _is_card(digits) and not _is_other_number(folded, start, end):
        yield Range(start, end, "bank")


def _is_card(digits: str) -> bool:
    """Return whether digits are a card of China UnionPay (62, 16 to 19 digits) with a valid check."""
    return 16 <= len(digits) <= 19 and digits.startswith("62") and digits.isdecimal() and is_luhn(digits)


def _after_letters(folded: str, start: int, size: int) -> Iterator[Range]:
    """Yield numbers that begin with letters: IBAN, codice fiscale, CURP, NIE."""
    for pattern, letters in ((_IBAN, 2), (_FISCAL, 6), (_CURP, 4)):
        match = pattern.match(folded, start - letters) if start >= letters else None
        if not match or folded[start - letters - 1 : start - letters].isalnum():
            continue
        words = match.group()
        while pattern is _IBAN and " " in words and not is_iban(words.replace(" ", "")):
            words = words.rpartition(" ")[0]
        if pattern is not _IBAN:
            yield Range(match.start(), match.end(), "id")
        elif is_iban(words.replace(" ", "")):
            yield Range(match.start(), match.start() + len(words), "bank")
    nie = _DNI.match(folded, start) if size == 7 and folded[start - 1] in "xyz" else None
    if nie and not folded[start - 2 : start - 1].isalnum() and is_dni(folded[start - 1 : nie.end()].replace("-", "")):
        yield Range(start - 1, nie.end(), "id")


def _grouped_number(folded: str, start: int, size: int) -> Iterator[Range]:
    """Yield numbers of one or more groups of digits: DNI, SSN, CPF, SNILS, cards, parted ids, sole traders' codes."""
    match: re.Match[str] | None
    kind = "id"
    if size == 2:
        match = _INSURANCE.match(folded, start - 3) if start >= 3 else None
    elif size == 3:
        match = _SSN.match(folded, start) or _SNILS.match(folded, start) or _CPF.match(folded, start)
        if match and "." in match.group() and not is_cpf(re.sub(r"[.-]", "", match.group())):
            return
    elif size == 4:
        match, kind = _CARD.match(folded, start), "bank"
        if match and (folded[start] not in "456" or not is_luhn(re.sub(r"[ -]", "", match.group()))):
            return
    elif size == 6:
        match = _PARTED_ID.match(folded, start)
        if match and not is_resident_number(re.sub(r"[ -]", "", match.group())):
            return
    else:
        match = _TRADER_CODE.match(folded, start) if size >= 8 else None
        if not match and size in {7, 8}:
            match = _DNI.match(folded, start)
            if match and not is_dni(match.group().replace("-", "")):
                return
    if match:
        yield Range(match.start(), match.end(), kind)
