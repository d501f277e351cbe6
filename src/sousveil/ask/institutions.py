"""Institutions of a dataset: resolved from the names in its notices, with what people judged.

What was decided is kept at once, and the institutions and purchases of the dataset follow it.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from sousveil.exceptions import NotFoundError, UsageError
from sousveil.model import Decision, Judgement, Named
from sousveil.resolve import Judgements, Resolution, Spelling, find_pairs, resolve_spellings
from sousveil.resolve.pairs import Pair
from sousveil.store.database import Store
from sousveil.store.institutions import Institutions
from sousveil.store.judgements import JudgementStore

_MOST_SHOWN = 5


@dataclass(frozen=True, slots=True)
class JudgementReport:
    """What a judgement does.

    Attributes:
        judgement: as kept, or as it would be (number 0).
        before: ids of the institutions of its names before it.
        after: and after it.
    """

    judgement: Judgement
    before: tuple[str, ...]
    after: tuple[str, ...]


def count_spellings(store: Store) -> dict[Spelling, int]:
    """Return the spellings in the notices of a dataset, as they were when purchases were last put together."""
    return {
        Spelling(row.name, row.country, row.province, row.city, row.identifier, row.is_buyer): row.mentions
        for row in Institutions(store).spellings()
    }


class Names:
    """The names in the notices of one dataset, and the judgements on them; see ``Dataset.names``."""

    def __init__(
        self, store: Store, judgements: JudgementStore, judging: Callable[[], AbstractContextManager[None]]
    ) -> None:
        self._store, self._kept, self._judging = store, judgements, judging

    def judgements(self) -> tuple[Judgement, ...]:
        """Return what was decided on names, oldest first."""
        return self._kept.names()

    def resolve(self) -> Resolution:
        """Return the institutions under the judgements that stand."""
        return resolve_spellings(count_spellings(self._store), Judgements(self.judgements()))

    def pairs(self, *, least: float = 0.0) -> tuple[Pair, ...]:
        """Return pairs of institutions worth a look that nobody has judged, the likeliest first, with reasons."""
        return find_pairs(self.resolve(), Judgements(self.judgements()), least=least)

    def judge(
        self, decision: Decision, *names: str, title: str = "", note: str = "", by: str = "", is_kept: bool = True
    ) -> JudgementReport:
        """Keep a judgement on one name or two, and return what it does.

        Args:
            decision: ``merge`` and ``split`` take two names, ``rename`` one.
            names: each a name as printed or the id of an institution.
            title: what the institution is called, for ``rename``.
            note: why.
            by: who decides.
            is_kept: False only tells what it would do.

        Raises:
            NotFoundError: no notice prints the name, no institution has the id.
            UsageError: several institutions bear the name; the message lists their ids.
            DatasetLockedError: another process is writing.
        """
        counts = count_spellings(self._store)
        rows = self.judgements()
        before = resolve_spellings(counts, Judgements(rows))
        sides = tuple(_named(before, name) for name in names)
        if len(set(sides)) < len(sides):
            raise UsageError(f"{names[0]!r} and {names[1]!r} are the same name. Name two.")
        made_at = datetime.now(UTC).isoformat(timespec="seconds")
        judgement = Judgement(0, decision, sides[0], sides[1] if len(sides) > 1 else None, title, note, by, made_at)
        number = max((row.number for row in rows), default=0) + 1
        after = resolve_spellings(counts, Judgements((*rows, replace(judgement, number=number))))
        if is_kept:
            with self._judging():
                judgement = self._kept.add(judgement)
        return JudgementReport(
            judgement, tuple(side.id for side in sides), tuple(_id_now(after, side) for side in sides)
        )


def _named(resolution: Resolution, asked: str) -> Named:
    """Return the side of a judgement that a name or an id means."""
    known = {item.id: item for item in resolution.institutions}
    own = resolution.former_ids.get(asked, asked)
    if own in known:
        printed = [spelling for spelling, ids in sorted(resolution.ids.items()) if own in ids and len(ids) == 1]
        if not printed:
            raise UsageError(f"{asked} is named only as the whole of others. Name one of those, or a name of it.")
        best = next((spelling for spelling in printed if spelling.name == known[own].name), printed[0])
        return _side(best, own)
    printed = [spelling for spelling, ids in sorted(resolution.ids.items()) if spelling.name == asked and len(ids) == 1]
    found = sorted({resolution.ids[spelling][0] for spelling in printed})
    if not found:
        raise NotFoundError(f"No notice names {asked!r}, and no institution has that id. See: sousveil resolve pairs")
    if len(found) > 1:
        listed = ", ".join(found[:_MOST_SHOWN])
        raise UsageError(f"{len(found)} institutions bear the name {asked!r}: {listed}. Name one by its id.")
    return Named(asked, id=found[0])


def _side(spelling: Spelling, own: str) -> Named:
    return Named(spelling.name, spelling.country, spelling.province, spelling.city, spelling.identifier, own)


def _id_now(resolution: Resolution, side: Named) -> str:
    """Return the id that the name of a judgement has in a resolution."""
    for spelling, ids in sorted(resolution.ids.items()):
        if spelling.name == side.name and ids and (not side.province or spelling.province == side.province):
            return ids[0]
    return ""
