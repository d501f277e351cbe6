"""Precision, recall and F1 of what was read against labels; the rules of comparison in one place.

A label row has the keys of ``sousveil read`` plus ``optional_capabilities``, ``optional_quantities`` and ``*_alt``
lists of answers that count as right. A value given where the label has none counts against precision; null against
null counts nowhere, and neither do optional capabilities, their quotations and optional quantities.
"""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

FIELDS = (
    "notice_type",
    "project_number",
    "title",
    "buyer",
    "agency",
    "currency",
    "budget",
    "award_amount",
    "suppliers",
    "publication_date",
    "province",
    "city",
)
_AMOUNTS = {"budget", "award_amount"}
_PLACES = {"province", "city"}
_ALTERNATIVES = {
    "notice_type": "type_alt",
    "project_number": "project_number_alt",
    "title": "title_alt",
    "buyer": "buyer_alt",
    "budget": "budget_alt",
    "award_amount": "award_alt",
}
_PLACE_END = re.compile(
    "(壮族自治区|回族自治区|维吾尔自治区|自治区|省|市|县|縣)$"
)  # kinds of division, dropped on both sides

Row = Mapping[str, object]


@dataclass
class Tally:
    """Counts of right, given and expected answers."""

    right: int = 0
    given: int = 0
    expected: int = 0

    def add(self, right: int, given: int, expected: int) -> None:
        """Add the counts of one notice."""
        self.right += right
        self.given += given
        self.expected += expected

    @property
    def precision(self) -> float | None:
        """Right answers among those given."""
        return self.right / self.given if self.given else None

    @property
    def recall(self) -> float | None:
        """Right answers among those expected."""
        return self.right / self.expected if self.expected else None

    @property
    def f1(self) -> float | None:
        """Harmonic mean of precision and recall; None where neither exists."""
        if self.precision is None and self.recall is None:
            return None
        return 2 * self.right / (self.given + self.expected) if self.given + self.expected else None


def plain(value: object) -> str | None:
    """Return a comparable form: NFKC, folded case, letters and digits only; None for nothing."""
    if value is None or isinstance(value, list | dict):
        return None
    return re.sub(r"[\W_]+", "", unicodedata.normalize("NFKC", str(value)).casefold()) or None


def score(labels: Iterable[Row], rows: Mapping[str, Row]) -> dict[str, Tally]:
    """Return a tally per field, per capability (``cap:ID``), ``capabilities``, ``any``, and recall of quotations."""
    tallies: dict[str, Tally] = defaultdict(Tally)
    for label in labels:
        row = rows.get(str(label["id"]), {})
        for field in FIELDS:
            tallies[field].add(*_field(field, label, row))
        _capabilities(tallies, label, row)
        tallies["quantities"].add(*_quantities(label, row))
        tallies["evidence"].add(*_quotes("evidence", label, row))
        tallies["purposes"].add(*_quotes("purposes", label, row))
        tallies["data_links"].add(*_quotes("data_links", label, row))
    return dict(tallies)


def mistakes(field: str, label: Row, row: Row) -> bool:
    """Return whether a field of a notice is not wholly right."""
    right, given, expected = _field(field, label, row)
    return right < max(given, expected)


def _list(value: object) -> list[object]:
    if value is None:
        return []
    return list(value) if isinstance(value, list | tuple) else [value]


def _normal(field: str, value: object) -> object:
    if field in _AMOUNTS:
        return round(float(value), 2) if isinstance(value, int | float) else None
    text = plain(value)
    if field in _PLACES and text:
        short = _PLACE_END.sub("", text)
        return short if len(short) > 1 else text
    return text


def _field(field: str, label: Row, row: Row) -> tuple[int, int, int]:
    if field == "suppliers":
        want = {plain(name) for name in _list(label.get(field))} - {None}
        have = {plain(name) for name in _list(row.get(field))} - {None}
        return len(want & have), len(have), len(want)
    wanted, had = _normal(field, label.get(field)), _normal(field, row.get(field))
    others = [_normal(field, other) for other in _list(label.get(_ALTERNATIVES.get(field, "")))]
    is_right = had is not None and had in [wanted, *others]
    if wanted is None and is_right:
        return 0, 0, 0
    return int(is_right), int(had is not None), int(wanted is not None)


def _capabilities(tallies: dict[str, Tally], label: Row, row: Row) -> None:
    want = set(_list(label.get("capabilities"))) - {"none"}
    optional = set(_list(label.get("optional_capabilities"))) - want
    have = set(_list(row.get("capabilities"))) - {"none"}
    counted = have - optional
    for name in want | counted:
        counts = (int(name in want and name in counted), int(name in counted), int(name in want))
        tallies[f"cap:{name}"].add(*counts)
        tallies["capabilities"].add(*counts)
    flagged = bool(have) if want else bool(counted)
    tallies["any"].add(int(flagged and bool(want)), int(flagged), int(bool(want)))


def _quantities(label: Row, row: Row) -> tuple[int, int, int]:
    have = [_quantity(item) for item in _list(row.get("quantities"))]
    right, want = 0, _list(label.get("quantities"))
    for item in want:
        if (key := _quantity(item)) in have:
            have.remove(key)
            right += 1
    optional = {_quantity(item) for item in _list(label.get("optional_quantities"))}
    return right, right + sum(key not in optional for key in have), len(want)


def _quantity(item: object) -> tuple[object, str | None]:
    return _normal("budget", item["value"]), plain(item["unit"])  # type: ignore[index]


def _quotes(kind: str, label: Row, row: Row) -> tuple[int, int, int]:
    optional = set(_list(label.get("optional_capabilities"))) - set(_list(label.get("capabilities")))
    want = _list(label.get(kind))
    have = [found for found in _list(row.get(kind)) if found.get("capability") not in optional]  # type: ignore[attr-defined]
    right = 0
    for item in want:
        right += any(
            found.get("capability") == item.get("capability") and overlap(str(item["quote"]), str(found["quote"]))  # type: ignore[attr-defined,index]
            for found in have
        )
    return right, len(have), len(want)


def overlap(wanted: str, found: str) -> bool:
    """Whether the quotations share half of the wanted one; a found one four times as long does not count."""
    gold, ours = plain(wanted) or "", plain(found) or ""
    if not gold or not ours or len(ours) > max(200, 4 * len(gold)):
        return False
    run = difflib.SequenceMatcher(None, gold, ours, autojunk=False).find_longest_match().size
    return run >= max(0.5 * len(gold), min(len(gold), 4))
