"""What the control words of RTF mean, as far as a reader of text has to know."""

from __future__ import annotations

from dataclasses import dataclass

SKIPPED = frozenset(
    (
        *("colortbl", "stylesheet", "info", "pict", "object", "objdata", "fldinst", "listtable", "listoverridetable"),
        *("revtbl", "rsidtbl", "generator", "annotation", "atnid", "atnauthor", "xe", "tc", "rxe", "txe", "filetbl"),
        *("nonshppict", "bkmkstart", "bkmkend", "latentstyles", "themedata", "colorschememapping", "datastore"),
        *("xmlnstbl", "private", "nextfile", "template", "sp", "ftnsep", "ftnsepc", "ftncn", "aftnsep", "aftnsepc"),
        *(
            "pgptbl",
            "nonesttables",
            "mmathPr",
            "wgrffmtfilter",
            "do",
            "shprslt",
            "pnseclvl",
            "listlevel",
            "passwordhash",
        ),
    )
)
"""Destinations whose text is no text of the document. Unknown ones behind ``\\*`` are skipped too."""

KEPT_STARRED = frozenset({"shpinst", "nesttableprops"})
MARGINS = frozenset(("header", "headerl", "headerr", "headerf", "footer", "footerl", "footerr", "footerf"))
NOTES = frozenset({"footnote", "endnote"})
BREAKS = frozenset({"par", "line", "page", "sect", "column", "softline", "lbr"})
CHARACTERS = {
    "tab": " ",
    "emspace": " ",
    "enspace": " ",
    "qmspace": " ",
    "emdash": "—",
    "endash": "–",
    "bullet": "•",
    "lquote": "‘",
    "rquote": "’",
    "ldblquote": "“",
    "rdblquote": "”",
}
SYMBOLS = {"~": " ", "_": "-", "-": "", "|": "", ":": "", "\n": "", "\r": ""}
FONT_CODE_PAGES = {
    77: 10000,
    128: 932,
    129: 949,
    130: 1361,
    134: 936,
    136: 950,
    161: 1253,
    162: 1254,
    163: 1258,
    177: 1255,
    178: 1256,
    186: 1257,
    204: 1251,
    222: 874,
    238: 1250,
    255: 437,
}
"""Code page of a font's character set (``fcharset``); 0 and 1 mean that of the document, 2 is signs, no letters."""

MULTIBYTE = frozenset({"gb18030", "cp950", "big5hkscs", "cp932", "shift_jis", "cp949", "euc_kr", "euc_jp"})

SIGN_CHARACTERS = dict.fromkeys(range(0xF000, 0xF100))
"""Where Microsoft puts the characters of fonts of signs: ticks, arrows, bullets; a table for ``str.translate``."""

SIGNS = "signs"
"""Stands for the character set of fonts that hold signs and no letters."""


@dataclass(frozen=True, slots=True)
class Group:
    """What holds inside a pair of braces."""

    is_skipped: bool = False
    is_hidden: bool = False
    is_deleted: bool = False
    fallback_count: int = 1
    """Characters that stand in for a Unicode one (``\\uc``)."""
    charset: str | None = None
    """Of the font; None is that of the document."""
    is_font_table: bool = False
    aside: str = ""
    """``note`` or ``margin`` inside one of these, else empty."""
    is_aside_start: bool = False
