"""Sections: what the stretches of a page are about."""

from __future__ import annotations

from sousveil.model import Page, Section


def split_sections(page: Page, language: str) -> tuple[Section, ...]:
    """Return the sections of a page in order; text under none counts as ``body``."""
    kind = "body" if language or page.text else "furniture"
    return (Section(kind, page.number, 0, len(page.text)),) if page.text else ()
