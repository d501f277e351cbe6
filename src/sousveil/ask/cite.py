"""Citations: buyer, title, date, page, quotation, the hash of the bytes and the day they were seen.

One function makes those of Python, the command line and the pages.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass, field, fields
from typing import Literal, Self

from sousveil.ask.face import Face
from sousveil.exceptions import UsageError
from sousveil.model import Finding, Notice, ReviewState, Span
from sousveil.store.database import Store
from sousveil.store.packed import iter_chunks, marks
from sousveil.text.fold import is_han

Language = Literal["en", "zh"]
Form = Literal["text", "markdown"]

_SPECIAL = re.compile(r"[\\`*_{}\[\]<>#|~^$!&]")
"""Characters that Markdown may take for something else than themselves."""

_OF_FINDING = tuple(one.name for one in fields(Finding))
_NO_KEY = re.compile(r"[^\w-]")
"""Characters that the name of a footnote must not have: ids of several notices in a file hold ``#``."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cited:
    """What a citation says of a notice.

    Attributes:
        key: id of the notice.
        date: of publication, as far as it is known.
        file: SHA-256 of the bytes.
        seen_at: when they were first seen; empty where the ledger does not say.
    """

    key: str
    buyer: str
    title: str
    date: str
    file: str
    seen_at: str

    def cite(self, span: Span | None = None, key: str = "", *, language: Language = "en", form: Form = "text") -> str:
        """Return the citation of the notice, or of words in it.

        Args:
            span: the words; their quotation stands word for word, on one line.
            key: name of the footnote in Markdown; default: the id of the notice.
            language: of the words between: ``en`` or ``zh``.
            form: ``text``, or ``markdown`` for a footnote.

        Raises:
            UsageError: there is no such language or form.

        >>> cited = Cited(
        ...     key="n", buyer="望川县公安局", title="采购公告", date="2021-05-26", file="9f2c", seen_at="2021-06-02"
        ... )
        >>> span = Span("9f2c", 41, 0, 4, "人脸识别")
        >>> cited.cite(span)
        '望川县公安局, 《采购公告》, 2021-05-26, p. 41: “人脸识别” (archived as sha256:9f2c, seen 2021-06-02)'
        >>> cited.cite(span, language="zh")
        '望川县公安局，《采购公告》，2021-05-26，第41页：“人脸识别”（存档 sha256:9f2c，2021-06-02）'
        >>> cited.cite(form="markdown")
        '[^n]: 望川县公安局, 《采购公告》, 2021-05-26 (archived as sha256:9f2c, seen 2021-06-02)'
        """
        if language not in ("en", "zh") or form not in ("text", "markdown"):
            raise UsageError(
                f"There is no citation in {language!r} as {form!r}. Languages: en, zh. Forms: text, markdown."
            )
        said = escape_markdown if form == "markdown" else _as_it_is
        title = self.title and (f"《{said(self.title)}》" if _has_han(self.title) else f"“{said(self.title)}”")
        seen = self.seen_at[:10]
        if language == "zh":
            page = f"第{span.page}页：“{said(one_line(span.quote))}”" if span else ""
            head = "，".join(filter(None, [said(self.buyer), title, self.date, page]))
            words = f"{head}（存档 sha256:{self.file}{seen and f'，{seen}'}）"
        else:
            page = f"p. {span.page}: “{said(one_line(span.quote))}”" if span else ""
            head = ", ".join(filter(None, [said(self.buyer), title, self.date, page]))
            words = f"{head} (archived as sha256:{self.file}{seen and f', seen {seen}'})"
        return f"[^{_NO_KEY.sub('-', key or self.key)}]: {words}" if form == "markdown" else words.lstrip()


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class CitedFinding(Face, Finding):
    """A finding that knows the notice it stands in, and what was decided on it; equal to the same finding without."""

    cited: Cited = field(kw_only=True)
    review: ReviewState = field(default="unreviewed", kw_only=True)

    def in_words(self) -> str:
        """Return what it is, on one line."""
        told = f"Finding {self.id}: {self.kind} {self.value}, “{self.quote}”, p. {self.span.page}, {self.score:.2f}"
        return told if self.review == "unreviewed" else f"{told}, {self.review}"

    @classmethod
    def of(cls, finding: Finding, cited: Cited, review: ReviewState = "unreviewed") -> Self:
        """Return a finding that knows its notice, and what was decided on it."""
        return cls(**{name: getattr(finding, name) for name in _OF_FINDING}, cited=cited, review=review)

    def cite(self, *, language: Language = "en", form: Form = "text") -> str:
        """Return a citation: buyer, title, date, page, quotation, hash of the archived bytes, day they were seen.

        Args:
            language: of the words between: ``en`` or ``zh``.
            form: ``text``, or ``markdown`` for a footnote.

        Raises:
            UsageError: there is no such language or form.
        """
        return self.cited.cite(self.span, self.id, language=language, form=form)

    def plain(self) -> Finding:
        """Return the finding alone, as it is stored."""
        return Finding(**{name: getattr(self, name) for name in _OF_FINDING})

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Finding) and _values(self) == _values(other)

    __hash__ = Finding.__hash__


def cited_of(store: Store, notices: Collection[Notice]) -> dict[str, Cited]:
    """Return what citations of notices say, by id."""
    seen: dict[str, str] = {}
    for some in iter_chunks(sorted({notice.file for notice in notices})):
        rows = store.rows(
            f"SELECT file, seen_at FROM sightings WHERE file IN ({marks(some)}) ORDER BY number DESC", some
        )
        seen |= {row["file"]: row["seen_at"] for row in rows}
    return {
        notice.id: Cited(
            key=notice.id,
            buyer=one_line(str(notice.buyer.value)) if notice.buyer else "",
            title=one_line(str(notice.title.value)) if notice.title else "",
            date=str(notice.publication_date.value) if notice.publication_date else "",
            file=notice.file,
            seen_at=seen.get(notice.file, ""),
        )
        for notice in notices
    }


def one_line(words: str) -> str:
    """Return words with every run of blanks and line ends as one blank."""
    return " ".join(words.split())


def escape_markdown(words: str) -> str:
    r"""Return words that Markdown shows as they are.

    >>> escape_markdown("a*b_[c](d) <e>")
    'a\\*b\\_\\[c\\](d) \\<e\\>'
    """
    return _SPECIAL.sub(r"\\\g<0>", words)


def _as_it_is(words: str) -> str:
    return words


def _has_han(words: str) -> bool:
    return any(is_han(char) for char in words)


def _values(finding: Finding) -> tuple[object, ...]:
    return tuple(getattr(finding, name) for name in _OF_FINDING)
