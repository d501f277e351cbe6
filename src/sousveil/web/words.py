"""Words for codes: families, capabilities, types of notices, kinds of findings; in English and in Chinese."""

from __future__ import annotations

from functools import cache

from sousveil.chart.place_words import short_of
from sousveil.chart.words import family_of
from sousveil.data.interface import retell, say
from sousveil.data.places import place
from sousveil.model import Finding
from sousveil.text.fold import is_han

_KINDS = {
    "scale": ("NUM", "Scale"),
    "purpose": ("AIM", "Purpose"),
    "group": ("GRP", "Group named"),
    "data": ("DAT", "Data"),
    "link": ("LNK", "Data flow"),
    "legal": ("LAW", "Legal basis"),
    "system": ("SYS", "System"),
}
_TYPES = {
    "intention": "Intention",
    "tender": "Tender",
    "correction": "Correction",
    "award": "Award",
    "contract": "Contract",
    "termination": "Termination",
    "requirements": "Requirements",
    "other": "Other",
}


COVERED = {
    "name": "personal names",
    "phone": "telephone numbers",
    "mail": "mail addresses",
    "id": "identity numbers",
    "bank": "bank accounts",
    "plate": "number plates",
    "address": "addresses",
    "other": "other places",
}
"""What is covered, by the kind of its mask."""


@cache
def flag_titles() -> dict[str, str]:
    """Return the titles of the indicators."""
    from sousveil.flag import INDICATORS  # noqa: PLC0415 (thirty modules)

    return {one.id: one.title for one in INDICATORS}


def flag_title(rule: str, language: str = "en") -> str:
    """Return the title of an indicator; what is none stays as it is.

    >>> flag_title("single_bidder"), flag_title("single_bidder", "zh"), flag_title("?")
    ('Single bidder', '仅一家投标', '?')
    """
    return retell(language, flag_titles().get(rule, rule))


def code_of(value: str, kind: str = "capability") -> str:
    """Return the three-letter code of a capability, or of a kind of finding.

    >>> code_of("gait_recognition"), code_of("600 sets", "scale"), code_of("VID")
    ('FAC', 'NUM', 'VID')
    """
    return family_of(value) if kind == "capability" else _KINDS.get(kind, ("", ""))[0]


def type_title(kind: str, language: str = "en") -> str:
    """Return the name of a type of notice."""
    return say(language, _TYPES.get(kind, kind))


def kind_title(kind: str, language: str = "en") -> str:
    """Return the name of a kind of finding."""
    return say(language, _KINDS[kind][1] if kind in _KINDS else "Capability")


def language_tag(language: str) -> str:
    """Return the tag that tells a browser which glyphs and line breaks a text needs.

    >>> language_tag("zh"), language_tag("ru"), language_tag("und")
    ('zh-Hans', 'ru', 'zh-Hans')
    """
    return "zh-Hans" if language in ("zh", "und", "") else language


def script(words: object) -> str:
    """Return the tag of words of which only the script is known: of Chinese ones, else an empty one (not known).

    >>> script("岷阳市公安局"), script("Wexmoor Constabulary"), script(None)
    ('zh-Hans', '', '')
    """
    return "zh-Hans" if words and any(is_han(char) for char in str(words)) else ""


def place_name(code: str, language: str = "en") -> str:
    """Return the name of a place, in its own language and in English where it has both; the code where no table has it.

    >>> place_name("510000"), place_name("FR"), place_name("祁河县"), place_name("FR", "zh"), place_name("510000", "zh")
    ('四川省 Sichuan', 'France', '祁河县', '法国', '四川省')
    """
    found = place(code)
    if language == "zh" and found:
        return found.name if any(map(is_han, found.name)) else short_of(code, "zh")
    return " ".join(dict.fromkeys(filter(None, [found.name, found.name_en]))) if found else code


def one_line(words: str) -> str:
    """Return words with every run of blanks and line ends as one blank."""
    return " ".join(str(words).split())


def reasons_of(finding: Finding, language: str = "en") -> tuple[tuple[str, str], ...]:
    """Return why a finding is there and what speaks against it, each with its sign; glosses in English only there.

    >>> from sousveil.model import Span
    >>> span = Span("0" * 64, 1, 0, 4, "人脸识别")
    >>> why = ("人脸识别: face recognition (GA/T 1400)", "section: body")
    >>> found = Finding("f", "capability", "face_recognition", span, "n", "zh:人脸识别", 1.0, reasons_for=why)
    >>> reasons_of(found, "zh")
    (('+', '人脸识别（GA/T 1400）'), ('+', '所在部分：正文'))
    """
    term, gloss = gloss_of(finding)
    whole = f"{term}: {gloss} ("
    signed = [("+", one) for one in finding.reasons_for] + [("−", one) for one in finding.reasons_against]
    if language != "zh":
        return tuple(signed)
    return tuple(
        (
            sign,
            f"{term}（{one.removeprefix(whole).removesuffix(')')}）"
            if gloss and one.startswith(whole)
            else retell("zh", one),
        )
        for sign, one in signed
    )


def gloss_of(finding: Finding) -> tuple[str, str]:
    """Return the term of the lexicon that a capability was found by, and its English; empty where it was none.

    >>> from sousveil.model import Span
    >>> span = Span("0" * 64, 1, 0, 4, "人脸识别")
    >>> why = ("人脸识别: face recognition (GA/T 1400)", "section: body")
    >>> gloss_of(Finding("f", "capability", "face_recognition", span, "n", "zh:人脸识别", 1.0, reasons_for=why))
    ('人脸识别', 'face recognition')
    """
    if finding.kind != "capability" or not finding.reasons_for:
        return "", ""
    _, _, term = finding.rule.partition(":")
    head = f"{term}: "
    reason = next((reason for reason in finding.reasons_for if reason.startswith(head)), "")
    return (term, reason.removeprefix(head).rpartition(" (")[0]) if reason else ("", "")


_LANGUAGES = {
    "ar": "Arabic", "bg": "Bulgarian", "cs": "Czech", "da": "Danish", "de": "German", "el": "Greek", "en": "English",
    "es": "Spanish", "et": "Estonian", "fi": "Finnish", "fr": "French", "ga": "Irish", "hr": "Croatian",
    "hu": "Hungarian", "it": "Italian", "ja": "Japanese", "ko": "Korean", "lt": "Lithuanian", "lv": "Latvian",
    "mt": "Maltese", "nb": "Norwegian", "nl": "Dutch", "no": "Norwegian", "pl": "Polish", "pt": "Portuguese",
    "ro": "Romanian", "ru": "Russian", "sk": "Slovak", "sl": "Slovenian", "sv": "Swedish", "tr": "Turkish",
    "uk": "Ukrainian", "und": "not known", "zh": "Chinese", "zh-Hant": "Chinese, traditional",
}  # fmt: skip


def language_name(tag: str, language: str = "en") -> str:
    """Return the name of a language of notices; the tag where none is known.

    >>> language_name("zh-Hant"), language_name("uk", "zh"), language_name("xx")
    ('Chinese, traditional', '乌克兰语', 'xx')
    """
    return say(language, _LANGUAGES.get(tag, tag))
