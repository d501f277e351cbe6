"""Institutions of a dataset: resolved from the names in its notices, with what people judged.

Everything here is computed from the rows of notices when it is asked; no row is kept.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from sousveil.exceptions import NotFoundError, UsageError
from sousveil.model import Decision, Judgement, Named
from sousveil.resolve import Judgements, Mention, Resolution, Spelling, find_pairs, mentions_of, resolve
from sousveil.resolve.pairs import Pair
from sousveil.store.database import Store
from sousveil.store.judgements import JudgementStore

_BATCH = 500
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


def iter_mentions(store: Store) -> Iterator[Mention]:
    """Yield the bodies that the notices of a dataset name."""
    ids = [row["id"] for row in store.rows("SELECT id FROM notices ORDER BY id")]
    for start in range(0, len(ids), _BATCH):
        for notice in store.notices(ids[start : start + _BATCH]).values():
            yield from mentions_of(notice)


class Names:
    """The names in the notices of one dataset, and the judgements on them; see ``Dataset.names``."""

    def __init__(self, store: Store, judgements: Path, writing: Callable[[], AbstractContextManager[None]]) -> None:
        self._store = store
        self._kept = JudgementStore(judgements)
        self._writing = writing

    def judgements(self) -> tuple[Judgement, ...]:
        """Return what was decided on names, oldest first."""
        return self._kept.names()

    def resolve(self) -> Resolution:
        """Return the institutions under the judgements that stand."""
        return resolve(iter_mentions(self._store), Judgements(self.judgements()))

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
        mentions = tuple(iter_mentions(self._store))
        rows = self.judgements()
        before = resolve(mentions, Judgements(rows))
        sides = tuple(_named(before, name) for name in names)
        if len(set(sides)) < len(sides):
            raise UsageError(f"{names[0]!r} and {names[1]!r} are the same name. Name two.")
        made_at = datetime.now(UTC).isoformat(timespec="seconds")
        judgement = Judgement(0, decision, sides[0], sides[1] if len(sides) > 1 else None, title, note, by, made_at)
        number = max((row.number for row in rows), default=0) + 1
        after = resolve(mentions, Judgements((*rows, replace(judgement, number=number))))
        if is_kept:
            with self._writing():
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
