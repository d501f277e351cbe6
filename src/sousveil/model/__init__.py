"""The nouns: document, notice, finding, institution, procurement, and what they are made of; frozen, comparable.

One noun everywhere: these are the words of the command line, the exports and the pages. Offsets count Unicode
code points of ``Page.text``; ``start`` is inclusive, ``end`` exclusive, pages count from 1.

There is no person here, and none may be added: a natural person that a document names exists only as a ``Mask``,
a place where characters were covered.
"""

from __future__ import annotations

from sousveil.model.document import (
    COVER,
    Cell,
    Document,
    Failure,
    Mask,
    Page,
    Record,
    Table,
    TextBox,
    document_id,
    make_span,
    part_of,
)
from sousveil.model.finding import Finding, FindingKind, finding_id
from sousveil.model.flag import Flag, FlagState
from sousveil.model.institution import Alias, Institution, Level
from sousveil.model.judgement import Decision, Judgement, Named
from sousveil.model.notice import SPEAKING, Notice, NoticeType, Section, SectionKind
from sousveil.model.parts import Identifier, Item, Lot, Role, mend_item, mend_lot
from sousveil.model.procurement import KnownAmount, Procurement, Status, Stitch
from sousveil.model.review import Review, ReviewState, Verdict
from sousveil.model.statement import Amount, Field, Scalar, Span
from sousveil.model.system import Body, Flow, System

__all__ = [
    "COVER",
    "SPEAKING",
    "Alias",
    "Amount",
    "Body",
    "Cell",
    "Decision",
    "Document",
    "Failure",
    "Field",
    "Finding",
    "FindingKind",
    "Flag",
    "FlagState",
    "Flow",
    "Identifier",
    "Institution",
    "Item",
    "Judgement",
    "KnownAmount",
    "Level",
    "Lot",
    "Mask",
    "Named",
    "Notice",
    "NoticeType",
    "Page",
    "Procurement",
    "Record",
    "Review",
    "ReviewState",
    "Role",
    "Scalar",
    "Section",
    "SectionKind",
    "Span",
    "Status",
    "Stitch",
    "System",
    "Table",
    "TextBox",
    "Verdict",
    "document_id",
    "finding_id",
    "make_span",
    "mend_item",
    "mend_lot",
    "part_of",
]
