"""What the control words of RTF mean, as far as a reader of text has to know."""

from __future__ import annotations

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
