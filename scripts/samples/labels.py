"""Expected readings: from the short form in a manuscript to the labels of the reading sets."""

from __future__ import annotations

import re
from typing import Any

from samples.blocks import Block, title_of
from samples.manuscript import Manuscript

# words that name a stage at the end of a headline: notice, publicity, open tender, consultation, inquiry, award, …
_STAGE = re.compile(
    "(公开招标|竞争性谈判|竞争性磋商|单一来源采购|招标|磋商|谈判|询价|询比|中标候选人|中标结果|中标|成交结果|成交|结果|采购|合同|更正|澄清"
    "|终止|废标|流标|延期|需求|履约验收结果|竣工验收|验收)?(公告|公示)(（[一二]）)?$"
)
_PROJECT_NAMES = ("项目名称", "采购项目名称", "標案名稱", "合同名称")  # labels beside the bare name of a purchase


def to_label(manuscript: Manuscript, short: dict[str, Any], blocks: list[Block]) -> dict[str, Any]:
    """Return one label object.

    The short form's keys: type, number, title, buyer, agency, currency, budget, award, suppliers, candidates, date,
    province, city, caps (capability -> quote or quotes), optional, q (value, unit, object, quote), q_optional,
    purposes, links (from, to, quote), mask, purchase, attempt, duplicate_of, record, note, and the ``*_alt`` lists.
    """
    capabilities = short.get("caps") or {}
    headline = short.get("title", title_of(blocks) or None)
    budget, award = _number(short.get("budget")), _number(short.get("award"))
    currency = short.get("currency") or ("CNY" if budget is not None or award is not None else None)
    return {
        "language": short.get("language", manuscript.header("lang", "zh")),
        "country": short.get("country", manuscript.header("country", "CN")),
        "notice_type": short.get("type"),
        "type_alt": short.get("type_alt", []),
        "project_number": short.get("number"),
        "project_number_alt": short.get("number_alt", []),
        "title": headline,
        "title_alt": short.get("title_alt", _names(blocks, headline)),
        "buyer": short.get("buyer"),
        "buyer_alt": short.get("buyer_alt", []),
        "agency": short.get("agency"),
        "currency": currency,
        "budget": budget,
        "budget_alt": short.get("budget_alt", []),
        "award_amount": award,
        "award_alt": short.get("award_alt", []),
        "budget_cny": budget if currency == "CNY" else None,
        "award_amount_cny": award if currency == "CNY" else None,
        "suppliers": short.get("suppliers", []),
        "candidates": bool(short.get("candidates")),
        "publication_date": str(short["date"]) if short.get("date") else None,
        "province": short.get("province"),
        "city": short.get("city"),
        "capabilities": list(capabilities) or ["none"],
        "optional_capabilities": short.get("optional", []),
        "evidence": [
            {"capability": name, "quote": quote} for name, quotes in capabilities.items() for quote in _listed(quotes)
        ],
        "quantities": [_quantity(row) for row in short.get("q", [])],
        "optional_quantities": [_quantity(row) for row in short.get("q_optional", [])],
        "purposes": [{"quote": quote} for quote in short.get("purposes", [])],
        "data_links": [{"from": a, "to": b, "quote": quote} for a, b, quote in short.get("links", [])],
        "to_mask": short.get("mask", []),
        "purchase": short.get("purchase"),
        "attempt": short.get("attempt", 1),
        "duplicate_of": short.get("duplicate_of"),
        "label_note": short.get("note"),
    }


def title_alternatives(title: str | None, text: str) -> list[str]:
    """Return other readings of a title that are right as well.

    The line it stands in (with and without a label before it), the headline without its stage words, and names that
    the text labels as the project's.
    """
    if not title:
        return []
    lines = [line.strip() for line in text.split("\n") if title in line]
    bare = [re.sub(r"^[^:：]{1,20}[:：]\s*", "", line) for line in lines]
    stripped = [short for short in (_STAGE.sub("", title), re.sub("(公告|公示)(（[一二]）)?$", "", title)) if short]
    named = re.findall(r"(?:项目名称|標案名稱)[：:]\s*(\S+)", text)
    return [name for name in dict.fromkeys(lines + bare + stripped + named) if name != title]


def quotes_of(label: dict[str, Any]) -> list[str]:
    """Return every quotation of a label; each must stand in the notice."""
    keys = ("evidence", "quantities", "optional_quantities", "purposes", "data_links")
    return [entry["quote"] for key in keys for entry in label[key]]


def _names(blocks: list[Block], headline: str | None) -> list[str]:
    found = [block.value for block in blocks if block.kind in ("pair", "overview") and block.text in _PROJECT_NAMES]
    headlines = [title_of(blocks)] if title_of(blocks) else []
    short = title_alternatives(headline, headlines[0] if headlines else "")
    return [name for name in dict.fromkeys(headlines + found + short) if name and name != headline]


def _listed(quotes: str | list[str]) -> list[str]:
    return [quotes] if isinstance(quotes, str) else quotes


def _quantity(row: list[Any]) -> dict[str, Any]:
    value, unit, thing, quote = row
    return {"value": value, "unit": unit, "object": thing, "quote": str(quote)}


def _number(amount: float | None) -> float | None:
    return None if amount is None else float(amount)
