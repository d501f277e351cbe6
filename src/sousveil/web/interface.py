"""The language of the interface: English, or Chinese by ``?lang=zh`` or what the browser asks for."""

from __future__ import annotations

from sousveil.data.interface import LANGUAGES


def choose_language(asked: str, accepted: str) -> str:
    """Return the language of a page: what the address says, else the first of ours that the browser accepts.

    >>> choose_language("", "zh-CN,zh;q=0.9,en;q=0.8"), choose_language("en", "zh-CN"), choose_language("", "fr")
    ('zh', 'en', 'en')
    """
    if asked in LANGUAGES:
        return asked
    for part in accepted[:200].split(","):
        name = part.split(";")[0].strip().lower().split("-")[0]
        if name in LANGUAGES:
            return name
    return "en"
