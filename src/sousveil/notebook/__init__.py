"""Notebook: answers as HTML, for Jupyter, VS Code and pages that are made of notebooks.

In: answers of ``ask``, or a dataset. Out: one piece of HTML: styles in the tags, no scripts, nothing loaded from
elsewhere, every word of a document escaped. Refused: what has no picture here. Kept nowhere.

>>> to_html(1)
Traceback (most recent call last):
TypeError: There is no picture of int.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sousveil.ask.cite import CitedFinding
from sousveil.ask.dossier import InstitutionView, PlaceView, SystemView
from sousveil.ask.procurement import ProcurementView
from sousveil.ask.raised import RaisedFlags
from sousveil.ask.row_set import RowSet
from sousveil.ask.search import Hit, SearchResult
from sousveil.ask.show import DocumentView, NoticeView
from sousveil.ask.stats import StatsTable
from sousveil.dataset.handle import Handle
from sousveil.notebook.dataset import dataset_html, rows_html
from sousveil.notebook.dossiers import institution_html, place_html, system_html
from sousveil.notebook.found import finding_html, hit_html, hits_html
from sousveil.notebook.notices import document_html, notice_html, procurement_html
from sousveil.notebook.tables import flags_html, stats_html

__all__ = ["to_html"]

_PICTURES: tuple[tuple[type, Callable[[Any], str]], ...] = (
    (SearchResult, hits_html),
    (Hit, hit_html),
    (CitedFinding, finding_html),
    (NoticeView, notice_html),
    (DocumentView, document_html),
    (ProcurementView, procurement_html),
    (InstitutionView, institution_html),
    (SystemView, system_html),
    (PlaceView, place_html),
    (StatsTable, stats_html),
    (RaisedFlags, flags_html),
    (RowSet, rows_html),
    (Handle, dataset_html),
)


def to_html(answer: object) -> str:
    """Return an answer as HTML.

    Raises:
        TypeError: there is no picture of such a thing.
    """
    for kind, picture in _PICTURES:
        if isinstance(answer, kind):
            return str(picture(answer))
    raise TypeError(f"There is no picture of {type(answer).__name__}.")
