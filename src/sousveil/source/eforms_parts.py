"""Texts and sums of an eForms notice, whatever part of it they stand in."""

from __future__ import annotations

from lxml import etree

from sousveil.source.values import Money, to_currency, to_number
from sousveil.source.xmlfile import text_of

_WITHHELD = frozenset({"unpublished", "-1"})
"""What eForms writes in place of a value that the buyer withholds (BT-195)."""


def in_language(parent: etree._Element | None, child: str, language: str) -> str:
    """Return the text of the child in the notice's language, else of the first; a withheld text is empty."""
    if parent is None:
        return ""
    found = parent.findall(child)
    best = next((element for element in found if element.get("languageID") == language), found[0] if found else None)
    text = text_of(best)
    return "" if text.strip() in _WITHHELD else text


def money_of(element: etree._Element | None) -> Money | None:
    """Return number and currency of an amount element, None where it is missing, withheld (-1) or zero."""
    number = to_number(text_of(element)) if element is not None else None
    return (number, to_currency(element.get("currencyID"))) if number and element is not None else None
