"""What a label announces: the label is stripped of ordinals, brackets, spaces and case, then asked of the table.

Answers are kept: the same few hundred labels stand in every notice of a portal.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache

from sousveil.data.labels import Label, labels

MAX_LABEL = 72
"""Longest text asked of the table: the longest labels of TED forms have 70 characters, Chinese ones 25."""

MAX_GRAMMAR = 24
"""Longest Chinese label read by its parts; beyond, it is a sentence that happens to hold a head noun."""

_ORDINAL = re.compile(
    r"(?:\d{1,2}(?:\.\d{1,2}){0,3}(?!\d)[.、)]?|[一二三四五六七八九十]{1,3}[、.,)]|\([一二三四五六七八九十\d]{1,3}\)"
    r"|第[一二三四五六七八九十\d]{1,3}[章节条部]分?|[ivx]{1,5}\.\d{0,2}[.)]?\d{0,2}\)?|[★▲●■◆*#•·、.,\-~⚫◎※\s><。+]+)"
)
_SUM = re.compile(r"\d[千百十]?[万亿]?元")
"""A sum: 预算195万元 states a budget, and no value follows it."""
_ESTIMATED = re.compile(  # (estimated) in English, Spanish and Portuguese, French, Italian, German
    r"\((?:estimated|estimad[oa]|estimée?|stimat[oa]|geschätzt)\)"
)
_BRACKET = re.compile(r"[(\[<《][^()\[\]<>《》]{0,24}[)\]>》]")
_LOT = re.compile(
    r"^(?:(?:合同|采购|分)?(?:包|标段|标项|标包|品目)(?:号|组)?[一二三四五六七八九十\da-z]{1,3}|第?[一二三四五六七八九十\d]{1,3}(?:包|标段|标项))[:的]?"
)
_LOT_HEADS = ("合同包", "采购包", "分包", "标段", "标项", "标包", "品目")
_NUMBERED = re.compile(r" (?:ítem|item|lot|lote|los|partida|perceel)(?: n[or.°º]{0,3})? ?\d{1,3}$")  # buena pro ítem 1
_TAXED = re.compile(  # with or without tax, in English, Spanish, Portuguese, French, Italian, German, Dutch, Russian
    r"[ ,]+(?:(?:excluding|excl\.?|exclusive of|including|incl\.?|inclusive of|ex\.?|inc\.?)[ ](?:vat|gst|tax(?:es)?)"
    r"|(?:con|sin|s/|c/|com|sem)[ ]?(?:iva|impuestos)|(?:hors|toutes|avec)[ ](?:tva|taxes?)(?:[ ]comprises)?|ht|ttc"
    r"|iva (?:esclusa|inclusa)|(?:ohne|inkl\.?|zzgl\.?|mit)[ ](?:umsatzsteuer|mwst\.?|ust\.?)|netto|brutto|excl\. btw|"
    r"(?:без|с)[ ](?:учёта[ ]|учета[ ])?ндс)$"
)
_COMPANY = ("有限公司", "责任公司", "事务所", "分公司")
"""A company's name is no label, even one that holds 招标代理 (tender agency)."""
_MARKS = re.compile(r"[,。;!?:*\"']|\d{5}|\d年")
_HAN = re.compile(r"[\u4e00-\u9fff]")


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a label announces.

    Attributes:
        field: see ``data.labels.Label``.
        rank: 1 is best.
        is_lot: the label speaks of one lot.
        is_whole: the label stands in the table as it is.
    """

    field: str
    rank: int
    is_lot: bool = False
    is_whole: bool = False


@cache
def _whole() -> dict[str, tuple[str, int]]:
    table: dict[str, tuple[str, int]] = {}
    for row in labels():
        for label in row.whole:
            table.setdefault(_plain(label), (row.field, row.rank))
    return table


@cache
def _grammar() -> tuple[Label, ...]:
    return tuple(row for row in labels() if row.heads)


def _plain(label: str) -> str:
    """Return a label as the table is asked: without brackets; Chinese without spaces, others with single ones."""
    bare = _BRACKET.sub("", label)
    if _HAN.search(bare):
        return (
            "".join(bare.split())
            .replace("/", "")
            .replace("\\", "")
            .replace("、", "")
            .replace("及", "")
            .replace("和", "")
        )
    return _NUMBERED.sub("", " ".join(bare.replace("_", " ").split())).strip(" .:-")


@lru_cache(maxsize=20_000)
def meaning_of(label: str) -> Meaning | None:
    """Return what a folded label announces, or None when it is no label that is known.

    >>> meaning_of("三、中标（成交）金额（万元）".replace("（", "(").replace("）", ")"))
    Meaning(field='award_amount', rank=1, is_lot=False, is_whole=False)
    >>> meaning_of("代理服务费金额").field, meaning_of("今天天气")
    ('fee', None)
    """
    if len(label) > MAX_LABEL:
        return None
    bare = _strip_ordinals(label)
    if not bare or bare.isdigit() or bare.endswith(_COMPANY):
        return None
    spaced = _plain(bare)
    found = (
        _whole().get(spaced)
        or _whole().get(_plain(bare.strip("()[]《》")))
        or (_whole().get(_TAXED.sub("", spaced).rstrip(" :,")) if spaced.isascii() or not _HAN.search(spaced) else None)
    )
    if found and found[0] in {"award_amount", "value"} and _ESTIMATED.search(bare):
        return Meaning("budget", 1, is_whole=True)  # Total value (estimated): nothing is won yet
    if found:
        is_work = len(spaced) <= 2 < len(bare) and found[0] == "title"  # 项目(一期): project (phase one), no label
        return None if is_work else Meaning(*found, is_whole=True)
    if not _HAN.search(spaced) or len(spaced) > MAX_GRAMMAR or _MARKS.search(spaced):
        return None
    cut = _LOT.sub("", spaced)
    is_lot = cut != spaced or cut.startswith(_LOT_HEADS)
    found = _whole().get(cut)
    if found:
        return Meaning(*found, is_lot=is_lot, is_whole=True)
    if _SUM.search(cut):
        return None
    for row in _grammar():
        if _fits(row, cut):
            return Meaning(row.field, row.rank, is_lot or row.field == "lot_budget")
    return None


def _strip_ordinals(label: str) -> str:
    rest = label.strip()
    for _ in range(3):
        match = _ORDINAL.match(rest)
        if not match or match.end() == len(rest):
            break
        rest = rest[match.end() :].strip()
    return rest


def _fits(row: Label, label: str) -> bool:
    if not any(head in label for head in row.heads):
        return False
    if any(stop in label for stop in row.stops):
        return False
    if row.needs and not any(need in label for need in row.needs):
        return False
    return not row.ends or label.endswith(row.ends)
