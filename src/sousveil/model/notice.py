"""What a document announces: parties, sums, dates, lots and items, every value with its span."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from sousveil.model.parts import Identifier, Item, Lot
from sousveil.model.statement import Amount, Field

NoticeType = Literal["intention", "tender", "correction", "award", "contract", "termination", "requirements", "other"]
"""Stages of a purchase, as labelled in the published reading sets; ``requirements`` is a call for comments on
technical needs, ``other`` a report or list that announces no purchase."""

SectionKind = Literal[
    "subject", "items", "body", "qualification", "evaluation", "contract", "platform", "contact", "panel", "furniture"
]
"""What a stretch of text is about: ``subject`` says what is bought (title, need, scope), ``items`` lists it,
``body`` is anything else that counts; words in the other kinds never count as a purchase. ``furniture`` is
navigation, copyright lines, related links."""

SPEAKING = frozenset[SectionKind](("subject", "items", "body"))
"""Sections whose words may say what is bought; those of all others repeat in every notice."""


@dataclass(frozen=True, slots=True)
class Section:
    """A stretch of one page and what it is about. Sections of a page do not overlap."""

    kind: SectionKind
    page: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Notice:
    """What a document announces; every value with its span, ``None`` where the text does not say."""

    id: str
    """The document's id, or ``document#n`` in a file that holds several notices."""
    document: str
    file: str
    first_page: int
    last_page: int
    language: str = "und"
    notice_type: Field | None = None
    project_number: Field | None = None
    title: Field | None = None
    buyer: Field | None = None
    agency: Field | None = None
    budget: Amount | None = None
    award_amount: Amount | None = None
    suppliers: tuple[Field, ...] = ()
    has_candidates_only: bool = False
    """True where the suppliers named are ranked candidates: no award yet."""
    publication_date: Field | None = None
    country: Field | None = None
    province: Field | None = None
    city: Field | None = None
    codes: tuple[Field, ...] = ()
    """Classification codes as printed, ``scheme:code`` (``CPV:32323500``)."""
    method: Field | None = None
    """``open``, ``selective``, ``limited`` or ``direct`` as OCDS has them; the words printed are its quotation."""
    ceiling: Amount | None = None
    """The highest price allowed, where it is stated beside the budget."""
    contract_number: Field | None = None
    related_number: Field | None = None
    """Number of the notice that this one corrects, ends or follows, where a label or element says that it is that of
    another one; notices of one purchase share it with ``project_number``."""
    attempt: Field | None = None
    """2 for a second call of the same purchase, and so on; None for a first one."""
    documents_from: Field | None = None
    """First day on which the tender documents can be had; ISO date, as all days here."""
    deadline: Field | None = None
    """Last day on which bids are taken, the new one after a correction."""
    awarded_on: Field | None = None
    signed_on: Field | None = None
    first_published: Field | None = None
    """Day of the notice that this one corrects, or of the call whose award it tells."""
    bidders: Field | None = None
    """How many offered."""
    lots: tuple[Lot, ...] = ()
    items: tuple[Item, ...] = ()
    identifiers: tuple[Identifier, ...] = ()
    sections: tuple[Section, ...] = ()
    """What the stretches of the notice's pages are about, in order; text under no section counts as ``body``."""
