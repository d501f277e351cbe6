"""Notices made of one page, for tests of finders; all names are invented."""

from sousveil.find import find
from sousveil.model import Document, Field, Finding, Notice, Page, Section, make_span

SHA = "ab" * 32


def notice_of(text: str, *, stage: str | None = None, silent: tuple[str, str] | None = None) -> tuple[Document, Notice]:
    """Return a document and its notice; ``silent`` is (section kind, words) of a stretch that must not count."""
    page = Page(1, text)
    document = Document(SHA, "text/plain", "a.txt", (page,))
    sections = ()
    if silent:
        start = text.index(silent[1])
        sections = (Section(silent[0], 1, start, start + len(silent[1])),)
    field = Field(stage, make_span(SHA, page, 0, 1), "test") if stage else None
    return document, Notice("n", document.id, SHA, 1, 1, notice_type=field, sections=sections)


def findings(text: str, kind: str, *, explain: bool = False, **options) -> list[Finding]:
    """Return the findings of one kind, each with a span that holds."""
    document, notice = notice_of(text, **options)
    found = [finding for finding in find(document, notice, explain=explain) if finding.kind == kind]
    for finding in found:
        span = finding.span
        assert span.quote == text[span.start : span.end]
        assert "\n" not in span.quote
        assert 0 < len(span.quote) <= 120 or kind == "scale"
    return found


def stated(text: str, kind: str, **options) -> list[str]:
    """Return the values of the stated findings of one kind."""
    return [finding.value for finding in findings(text, kind, **options) if finding.state == "stated"]
