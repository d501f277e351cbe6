"""Words that somebody asks with: do they, alone, read as a person's name or number?"""

from __future__ import annotations

from collections.abc import Collection

from sousveil.mask.chinese import Trust, is_name
from sousveil.mask.cover import cover
from sousveil.mask.document import mask_text
from sousveil.mask.leaks import find_leaks
from sousveil.mask.lexicon import lexicon

_ANNOUNCED = "Contact person: "
"""A label behind which names in Latin letters are covered."""


def has_person(text: str) -> bool:
    """Return whether a text names a person for certain: by a number, or by words that announce a name.

    >>> has_person("13800138000"), has_person("声纹 公安")
    (True, False)
    """
    return bool(find_leaks(text))


def cover_persons(text: str, allowed: Collection[str] = ()) -> str:
    """Return a text with what names a person for certain covered; names inside one of ``allowed`` are institutions.

    >>> cover_persons("声纹 13800138000")
    '声纹 ███████████'
    """
    return cover(text, find_leaks(text, allowed))


def reads_as_name(words: str) -> bool:
    """Return whether words alone may be a person's name: a surname and a given name, and no word that is known.

    A name that nothing announces cannot be told for certain; the caller needs a second reason.

    >>> reads_as_name("王小明"), reads_as_name("Ivan Petrov"), reads_as_name("公安"), reads_as_name("drones")
    (True, True, False, False)
    """
    return is_name(words, Trust.CAREFUL, lexicon()) or "█" in mask_text(_ANNOUNCED + words)[0][len(_ANNOUNCED) :]
