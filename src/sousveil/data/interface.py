"""Words of the web interface, in English and in Chinese."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from sousveil.data.load import load_table

LANGUAGES = ("en", "zh")
"""Languages of the interface; of text that is shown, there is no limit."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """Words of the interface; ``{}`` stands for a figure.

    Attributes:
        en: as the templates have them, and their key.
        zh: simplified Chinese.
    """

    en: str
    zh: str


@cache
def messages() -> dict[str, str]:
    """Return the Chinese of every English message."""
    return {row.en: row.zh for row in load_table("interface", Message, key=("en",))}


def say(language: str, words: str) -> str:
    """Return a message in a language of the interface; words that are no message stay as they are.

    >>> say("zh", "Documents"), say("en", "Documents")
    ('文件', 'Documents')
    """
    return messages().get(words, words) if language == "zh" else words
