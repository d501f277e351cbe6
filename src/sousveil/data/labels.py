"""Label grammar: the words that announce a value, and which value they announce.

``labels.yml`` and ``process_labels.yml`` say how a row fits a label; the reader strips ordinals, brackets, spaces and
case before it asks.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from sousveil.data.load import load_table


@dataclass(frozen=True, slots=True, kw_only=True)
class Label:
    """One way of labelling one field.

    Attributes:
        field: what the label announces: a field of ``Notice``; a role that the reader resolves by what stands around
            (``name``, ``value``, ``total``, ``bid_amount``, ``lot_budget``, ``ceiling``, ``region``, ``lot_number``,
            ``item_name``, ``register_code``); a heading (``head_…``); or a value that must not be mistaken for
            one (``fee``, ``deposit``, ``original``, ``other``).
        language: of the words.
        rank: 1 is the best label for its field; a value under a higher rank counts only when no better one is found.
        whole: labels that fit as they are.
        heads: the label holds one of these.
        needs: and one of these, when there are any.
        ends: and ends in one of these, when there are any.
        stops: and holds none of these.
    """

    field: str
    language: str
    rank: int = 1
    whole: tuple[str, ...] = ()
    heads: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
    ends: tuple[str, ...] = ()
    stops: tuple[str, ...] = ()


@cache
def labels() -> tuple[Label, ...]:
    """Return all rows in the order in which they are tried: those of how a purchase goes before the others."""
    return load_table("process_labels", Label) + load_table("labels", Label)
