"""Words that tell the method of a purchase, and which of the four of OCDS they mean."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Literal

from sousveil.data.load import load_table

MethodName = Literal["open", "selective", "limited", "direct"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Method:
    """Words of one method in one language.

    Attributes:
        method: as the OCDS codelist ``method`` has it.
        language: of the words; ``code`` for codes of a standard, which count only in its own element.
        words: lower case.
        is_weak: the words say it only where the whole notice is called so: the law lets no other method publish a
            招标公告 (call for tenders; 招标投标法 of 2017, article 16).
    """

    method: MethodName
    language: str
    words: tuple[str, ...]
    is_weak: bool = False


@cache
def method_words() -> dict[str, Method]:
    """Return method by word; codes are left out."""
    return {word: row for row in _rows() if row.language != "code" for word in row.words}


@cache
def method_codes() -> dict[str, MethodName]:
    """Return method by code of eForms or OCDS."""
    ocds: tuple[MethodName, ...] = ("open", "selective", "limited", "direct")
    codes = {word: row.method for row in _rows() if row.language == "code" for word in row.words}
    return codes | {name: name for name in ocds}


def _rows() -> tuple[Method, ...]:
    return load_table("methods", Method)
