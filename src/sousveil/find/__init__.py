"""Room find: Document and Notice to Findings.

In: a masked document and a notice read from it. Out: findings, each with its span, its rule and its reasons.
Refused: nothing; a notice without findings gives an empty tuple. Kept where: nowhere, the room has no state.

A finder is one file; ``find_capabilities`` looks for terms of the lexicon, ``find_statements`` calls all others: scale,
purpose, group, data, link, legal, system.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from sousveil.data.own import SHIPPED, OwnTerms
from sousveil.find.capability import find_capabilities
from sousveil.find.ground import grounds
from sousveil.find.statements import find_statements
from sousveil.model import COVER, Document, Finding, Notice

__all__ = ["find"]


def find(document: Document, notice: Notice, *, explain: bool = False, own: OwnTerms = SHIPPED) -> tuple[Finding, ...]:
    """Return what a notice states, capabilities first, each kind with its best evidence first.

    Args:
        document: the masked document; its pages carry the words.
        notice: the notice, whose sections tell which words count.
        explain: also return what was withheld, with the reason.
        own: the user's terms, looked for beside the shipped ones.

    >>> from sousveil.model import Notice, Page
    >>> sha = "0" * 64
    >>> page = Page(1, "某县公安局人脸识别系统采购")  # face recognition for a county police
    >>> document = Document(sha, "text/plain", "a.txt", (page,), language="zh")
    >>> notice = Notice("a", document.id, sha, 1, 1)
    >>> [(finding.value, finding.span.quote) for finding in find(document, notice)]
    [('face_recognition', '某县公安局人脸识别系统采购')]
    """
    pages = grounds(document, notice)
    capabilities = find_capabilities(notice, pages, own)
    findings = each_once(map(unmasked, (*capabilities, *find_statements(notice, pages, capabilities))))
    return tuple(finding for finding in findings if explain or finding.state == "stated")


def unmasked(finding: Finding) -> Finding:
    """Return a finding, withheld where its quotation holds masked characters: it runs over what tells of a person."""
    if finding.state == "withheld" or COVER not in finding.span.quote:
        return finding
    return replace(finding, state="withheld", reasons_against=("holds masked characters",))


def each_once(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Return findings without those that say of the same words the same thing, in order; their reasons are joined.

    A sentence that names two kinds of pictures is one finding about pictures, with two reasons. What is stated for one
    reason is stated, though it be withheld for another.
    """
    found: dict[str, Finding] = {}
    for finding in findings:
        before = found.get(finding.id)
        if before is None or (before.state, finding.state) == ("withheld", "stated"):
            found.pop(finding.id, None)  # it takes its own place among those that are stated
            found[finding.id] = finding
        elif before.state == finding.state:
            reasons = tuple(dict.fromkeys((*before.reasons_for, *finding.reasons_for)))
            found[finding.id] = replace(before, reasons_for=reasons)
    return tuple(found.values())
