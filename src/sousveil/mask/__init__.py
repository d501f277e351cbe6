"""Masking: natural persons are covered right after parsing, before anything else sees the text.

In: a ``Document`` as parsed. Out: the same document with names, phones, e-mail, identity and account numbers, number
plates and private addresses covered by '█', one block for each character, so that every offset stays. Refused:
nothing; a text without persons comes back as it is. Kept where: nowhere; the originals stay in the evidence, locked.

Names are found where something announces them (labels, lists, table columns, titles, a phone beside them), never by
a surname alone, and are then covered wherever the document repeats them. ``bench/masking.md`` says how often that
succeeds; it is a rate, not a promise.

>>> from sousveil.mask import mask_text
>>> mask_text("采购人代表：李某，评审专家：王某某（某某大学教授）")[0]
'采购人代表：██，评审专家：███（某某大学教授）'
"""

from sousveil.mask.asked import cover_persons, has_person, reads_as_name
from sousveil.mask.document import mask, mask_text
from sousveil.mask.file_names import mask_address, mask_name
from sousveil.mask.heads import head_kind
from sousveil.mask.leaks import find_leaks

__all__ = [
    "cover_persons",
    "find_leaks",
    "has_person",
    "head_kind",
    "mask",
    "mask_address",
    "mask_name",
    "mask_text",
    "reads_as_name",
]
