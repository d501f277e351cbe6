"""Show: a notice, a document or a finding in full."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

import msgspec

from sousveil.ask.cite import CitedFinding, cited_of
from sousveil.ask.face import Face
from sousveil.ask.sightings import Seen, sightings_of
from sousveil.ask.why import FIELDS
from sousveil.data.own import SHIPPED, OwnTerms
from sousveil.exceptions import NotFoundError
from sousveil.model import Amount, Document, Field, Notice
from sousveil.store.database import Store
from sousveil.store.reviews import states_of


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class NoticeView(Face):
    """A notice with everything found in it and where its file was seen."""

    notice: Notice
    findings: tuple[CitedFinding, ...]
    sightings: tuple[Seen, ...]

    def in_words(self) -> str:
        """Return what it is, on one line."""
        title = self.notice.title.value if self.notice.title else "no title"
        return f"Notice {self.notice.id}: {title}; {len(self.findings)} findings"

    def fields(self) -> list[tuple[str, Field | Amount]]:
        """Return the fields the notice states, by name, in their usual order; several suppliers are several fields."""
        stated: list[tuple[str, Field | Amount]] = []
        for name in FIELDS:
            value = getattr(self.notice, name)
            stated += [(name, one) for one in (value if isinstance(value, tuple) else (value,)) if one is not None]
        return stated

    def by_kind(self) -> dict[str, list[CitedFinding]]:
        """Return the findings that are stated, grouped by kind, capabilities first."""
        kinds: dict[str, list[CitedFinding]] = {"capability": []}
        for finding in self.findings:
            if finding.state == "stated":
                kinds.setdefault(finding.kind, []).append(finding)
        return {kind: found for kind, found in kinds.items() if found}

    def withheld(self) -> list[CitedFinding]:
        """Return the findings that a test argued away; there are none unless the notice was shown with reasons."""
        return [finding for finding in self.findings if finding.state == "withheld"]

    def to_json(self) -> dict[str, object]:
        """Return the object that ``show notice --json`` prints."""
        return {
            "v": 1,
            "notice": msgspec.to_builtins(self.notice),
            "findings": [_plain(one) for one in self.findings],
            "sightings": [seen.to_json() for seen in self.sightings],
        }


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class DocumentView(Face):
    """A document with its pages of masked text, its notices, and where its file was seen."""

    document: Document
    notices: tuple[Notice, ...]
    sightings: tuple[Seen, ...]
    size: int
    status: str

    def in_words(self) -> str:
        """Return what it is, on one line."""
        return f"Document {self.document.id}: {self.document.name}, pages: {len(self.document.pages)}"

    def masks(self) -> dict[str, int]:
        """Return how many places were covered, by kind."""
        return dict(Counter(mask.kind for page in self.document.pages for mask in page.masks).most_common())

    def to_json(self) -> dict[str, object]:
        """Return the object that ``show document --json`` prints."""
        return {
            "v": 1,
            "id": self.document.id,
            "size": self.size,
            "status": self.status,
            "masks": self.masks(),
            "notices": [notice.id for notice in self.notices],
            "document": msgspec.to_builtins(self.document),
            "sightings": [seen.to_json() for seen in self.sightings],
        }


def show_notice(store: Store, notice: str, *, explain: bool = False, own: OwnTerms = SHIPPED) -> NoticeView:
    """Return a notice in full; with ``explain`` its findings are made again, the withheld ones too.

    ``own`` are the user's terms, which are looked for then.

    Raises:
        NotFoundError: there is none with this id.
    """
    found = store.notice(notice)
    if explain:
        from sousveil.pipeline import explain_findings  # noqa: PLC0415 (every reader and finder)

        findings = explain_findings(store.document(found.file), found, own)
    else:
        findings = store.findings_of(notice)
    cited = cited_of(store, [found])[found.id]
    states = states_of(store, [one.id for one in findings])
    told = tuple(CitedFinding.of(one, cited, states.get(one.id, "unreviewed")) for one in findings)
    return NoticeView(notice=found, findings=told, sightings=sightings_of(store, found.file))


def show_document(store: Store, document: str) -> DocumentView:
    """Return a document in full, by its id or by the SHA-256 of its file.

    Raises:
        NotFoundError: there is none with this id.
    """
    rows = store.rows("SELECT file, size, status FROM files WHERE document = ? OR file = ?", (document, document))
    if not rows:
        raise NotFoundError(f"No document {document}. Ids are shown by: sousveil search")
    file = rows[0]["file"]
    return DocumentView(
        document=store.document(file),
        notices=store.notices_of(file),
        sightings=sightings_of(store, file),
        size=rows[0]["size"],
        status=rows[0]["status"],
    )


def show_finding(store: Store, finding: str) -> CitedFinding:
    """Return a finding that can be cited.

    Raises:
        NotFoundError: there is none with this id.
    """
    found = store.finding(finding)
    cited = cited_of(store, [store.notice(found.notice)])[found.notice]
    return CitedFinding.of(found, cited, states_of(store, [found.id]).get(found.id, "unreviewed"))


def finding_json(finding: CitedFinding) -> dict[str, object]:
    """Return the object that ``show finding --json`` prints."""
    return {"v": 1, "finding": _plain(finding)}


def _plain(finding: CitedFinding) -> dict[str, object]:
    """Return a finding as it is stored, with what was decided on it."""
    return {**msgspec.to_builtins(finding.plain()), "review": finding.review}
