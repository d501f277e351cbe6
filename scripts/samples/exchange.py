"""Exchange formats: OCDS packages, eForms and the older TED schema, made from a short YAML form."""

from __future__ import annotations

from samples.manuscript import Manuscript

LAYOUTS: tuple[str, ...] = ()


def make_exchange(manuscript: Manuscript) -> str:
    """Return the file's text."""
    return manuscript.body
