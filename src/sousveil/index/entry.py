"""A notice as the index keeps it: its tokens, the fields they stand in, the columns for filters."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

import tantivy

from sousveil.index.question import FACETS, Facet
from sousveil.text.segment import find_words

FAR = 99_999_999
"""The day of notices that tell none, where the oldest come first."""
_ORDER_BITS = 36
"""Bits that part notices of one day in the order of time, made of the id: who is read again keeps the place."""
_MAX_TOKEN = 120
"""Longer runs of letters and digits are hashes and encoded blobs; their end is kept as a hash, so that whole words stay
exact (inside the end, ``*word*`` finds nothing)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A notice as the index sees it."""

    notice: str
    tokens: Sequence[str]
    title_tokens: Sequence[str]
    file: str = ""
    terms: tuple[tuple[Facet, tuple[str, ...]], ...] = ()
    date: int | None = None
    amount: float | None = None
    number: int = 0
    """Of the notice in the store."""


def make_schema() -> tantivy.Schema:
    """Return the fields of the index: texts with positions, fast columns for filters and counts."""
    builder = tantivy.SchemaBuilder()
    builder.add_text_field("notice", stored=True, tokenizer_name="raw", index_option="basic")
    builder.add_text_field("file", tokenizer_name="raw", index_option="basic")
    builder.add_text_field("text", tokenizer_name="spaces", index_option="position")
    builder.add_text_field("word", tokenizer_name="spaces", index_option="basic")
    builder.add_text_field("title", tokenizer_name="spaces", index_option="position")
    for facet in FACETS:
        builder.add_text_field(facet, tokenizer_name="raw", fast=True, index_option="basic")
    builder.add_integer_field("date", indexed=True, fast=True)
    for place in ("number", "newest", "oldest"):
        builder.add_integer_field(place, indexed=True, fast=True)
    builder.add_float_field("amount", indexed=True, fast=True)
    return builder.build()


def to_document(entry: Entry) -> tantivy.Document:
    """Return an entry as the engine takes it."""
    document = tantivy.Document()
    document.add_text("notice", entry.notice)
    document.add_text("file", entry.file)
    text = _join(entry.tokens)
    document.add_text("text", text)
    document.add_text("word", " ".join(set(find_words(text))))
    document.add_text("title", _join(entry.title_tokens))
    for facet, values in entry.terms:
        for value in values:
            document.add_text(facet, value)
    if entry.date is not None:
        document.add_integer("date", entry.date)
    document.add_integer("number", entry.number)
    place = int.from_bytes(hashlib.blake2b(entry.notice.encode(), digest_size=8).digest()) >> (64 - _ORDER_BITS)
    document.add_integer("newest", (entry.date or 0) << _ORDER_BITS | place)
    document.add_integer("oldest", (entry.date or FAR) << _ORDER_BITS | place)
    if entry.amount is not None:
        document.add_float("amount", entry.amount)
    return document


def _join(tokens: Sequence[str]) -> str:
    if max(map(len, tokens), default=0) > _MAX_TOKEN:
        tokens = list(map(shortened, tokens))
    return " ".join(tokens)


def shortened(token: str) -> str:
    """Return a token, the end of a long one as a hash."""
    if len(token) <= _MAX_TOKEN:
        return token
    return token[:_MAX_TOKEN] + hashlib.sha256(token.encode()).hexdigest()[:16]
