"""Natural persons who trade: names beside a registration code that begins with 92, tax numbers behind ИП and ФОП."""

from __future__ import annotations

import re
from collections.abc import Iterator

from sousveil.mask.chinese import Trust, is_name
from sousveil.mask.cover import Range
from sousveil.mask.lexicon import HAN, Lexicon, lexicon

_CODE = re.compile(r"92(?<![0-9a-z]92)\d{6}[0-9a-z]{10}(?![0-9a-z])")
_PARTY = re.compile(
    rf"(?<=[:|\n\t ,;、.)])[ ]{{0,3}}([{HAN}0-9a-z·]{{2,40}}(?:\([{HAN}]{{2,8}}\)[{HAN}]{{1,20}})?)"
    r"(?=[ ]{0,3}(?:[|\n\t ,;:、(]|$))"
)


_TAX_NUMBER = re.compile(r"[^\d\n]{0,60}?(?:\n[^\d\n]{0,30}?)?(\d{15}|\d{12}|\d{10})(?!\d)")


def tax_number_after(folded: str, end: int) -> Range | None:
    """Return the tax or register number behind the name of a sole trader (ИП, ФОП): 10, 12 or 15 digits on the line."""
    match = _TAX_NUMBER.match(folded, end)
    return Range(match.start(1), match.end(1), "id") if match else None


_ADDRESS = re.compile(r"[^\n]{0,40}\n?[^\n]{0,40}?\n?[^\n:]{0,12}地址[ ]?:[ ]?([^\n|;。:]{4,80})")  # address


def address_after(folded: str, end: int) -> Range | None:
    """Return the address that the next two lines give for a natural person who trades."""
    match = _ADDRESS.match(folded, end)
    return Range(match.start(1), match.end(1), "address") if match else None


# operator, owner, individual business: what stands in brackets behind the trade name of a natural person
_KEEPER = re.compile(r"\([ ]?(?:经营者|经营人|业主姓名|个体)")
_BEFORE_KEEPER = re.compile(rf"[{HAN}0-9a-z·]{{3,40}}(?=[ ]?$)")
_KEEPER_LABEL = re.compile(r"经营[者人](?:姓名)?[ ]?[:|]")
# bank, company, office, hospital, library, museum, gymnasium, house of culture, police station: no natural person's
_PUBLIC = re.compile("银行|公司|医院|图书馆|博物馆|体育馆|文化馆|派出所|管理部|项目部|合作社")
# lives at: 张三,住…路…号
_LIVES = re.compile(
    rf"[,;、(][ ]?(?:现?住|家住|户籍地?)(?:址|在|所|于)?[: ]?"
    rf"([{HAN}0-9\-]{{2,30}}(?:号|室|栋|村|组|社|户|楼)[{HAN}0-9\-]{{0,16}})"
)


def iter_keepers(folded: str) -> Iterator[Range]:
    """Yield the trade names whose keeper stands behind them, in brackets or after a label, and where persons live."""
    words = lexicon()
    if "(" in folded:
        for keeper in _KEEPER.finditer(folded):
            trade = _BEFORE_KEEPER.search(folded, max(0, keeper.start() - 41), keeper.start())
            if trade and trade.group().endswith(words.trader_ends):
                yield Range(trade.start(), trade.end(), "name")
    for label in _KEEPER_LABEL.finditer(folded) if "经营" in folded else ():
        parties = _PARTY.finditer(folded, max(0, label.start() - 120), label.start())
        shops = [party for party in parties if party[1].endswith(words.trader_ends) and not _PUBLIC.search(party[1])]
        if shops:
            yield Range(shops[-1].start(1), shops[-1].end(1), "name")
    for match in _LIVES.finditer(folded) if "住" in folded else ():
        yield Range(match.start(1), match.end(1), "address")


def iter_traders(folded: str) -> Iterator[Range]:
    """Yield the trade names of sole traders: what ends like a small shop within 160 characters of a 92-code.

    Codes of the unified register (GB 32100-2015) begin with 92 for individual businesses: the trader is a natural
    person, and the trade name mostly holds the personal name.
    """
    words = lexicon()
    for code in _CODE.finditer(folded):
        left = max(0, code.start() - 160)
        before = list(_PARTY.finditer(folded, left, code.start()))[::-1]
        after = list(_PARTY.finditer(folded, code.end(), code.end() + 60))[:2]
        for parties in (before, after):
            traders = (match for match in parties if _is_trader(match[1], words))
            if match := next(traders, None):
                yield Range(match.start(1), match.end(1), "name")


def _is_trader(name: str, words: Lexicon) -> bool:
    return name.endswith(words.trader_ends) or is_name(name, Trust.PLAIN, words)
