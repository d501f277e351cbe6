"""Watches: searches that are asked again, and what is new in them since they were last checked.

New is a notice that matches now and was not seen before. What was seen is forgotten only when the dataset has the
notice and it does not match any more (it was read again with another result): a notice that is gone for a while, as
during a rebuild, is not new when it is back.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields, replace
from datetime import UTC, datetime

import msgspec

from sousveil.ask.address import search_address
from sousveil.ask.coverage import index_note
from sousveil.ask.filters import Filters, make_filters
from sousveil.ask.search import Hit, iter_hits
from sousveil.ask.understand import Understood, understand
from sousveil.data.own import SHIPPED, OwnTerms
from sousveil.exceptions import NotFoundError, UsageError
from sousveil.index.words import Words
from sousveil.store.database import Store
from sousveil.store.packed import encode, iter_chunks, marks
from sousveil.store.watches import Look, Watch, WatchStore

_NAME = re.compile(r"\w[\w .-]{0,59}")
"""A plain name: letters and digits of any script, blanks, dots, hyphens; it must stand in a line of a terminal."""
_AMONG = "IN (SELECT value FROM json_each(CAST(? AS TEXT)))"
SHOWN = 20
"""New notices that are told with their passages, unless asked otherwise; ids are told of all."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WatchState:
    """A watch as it stands.

    Attributes:
        watch: what is asked.
        checked_at: when it was last checked; UTC, ISO 8601.
        total: notices that match now; None where the query errs.
        new: those of them that are new since the last check.
        newest: ids of the first of those, the last to be read first.
        last_new_at: when something was new for the last time; empty for never.
        last_new: ids of what was new then.
        problem: why the query cannot be understood any more; mostly empty.
    """

    watch: Watch
    checked_at: str
    total: int | None
    new: int
    newest: tuple[str, ...] = ()
    last_new_at: str = ""
    last_new: tuple[str, ...] = ()
    problem: str = ""

    @property
    def filters(self) -> Filters:
        """The filters of the watch."""
        return make_filters(**self.watch.filters)

    @property
    def address(self) -> str:
        """Where the pages answer its search."""
        return _address(self.watch)

    def to_json(self) -> dict[str, object]:
        """Return the watch as plain values."""
        return {
            **_asked(self.watch),
            "made_at": self.watch.made_at,
            "checked_at": self.checked_at,
            "total": self.total,
            "new": self.new,
            "newest": list(self.newest),
            "last_new_at": self.last_new_at or None,
            "last_new": len(self.last_new),
            "problem": self.problem,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """What a check of one watch found.

    Attributes:
        watch: what is asked.
        since: when it was checked before.
        total: notices that match now; None where the query errs.
        new: ids of the notices that are new, the latest first.
        hits: the first of them in full.
        arrived: how many of the new ones came into the dataset since; the others were here, and match only now: they
            were read again, or the words were widened.
        gone: notices that matched before, and do not any more.
        widened: words that are searched now and were not before.
        narrowed: words that were searched before and are not now.
        notes: what the user should know.
        problem: why the query cannot be understood any more; mostly empty.
    """

    watch: Watch
    since: str
    total: int | None
    new: tuple[str, ...] = ()
    hits: tuple[Hit, ...] = ()
    arrived: int = 0
    gone: int = 0
    widened: tuple[str, ...] = ()
    narrowed: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    problem: str = ""

    @property
    def address(self) -> str:
        """Where the pages answer its search."""
        return _address(self.watch)

    def to_json(self) -> dict[str, object]:
        """Return what was found as plain values."""
        return {
            **_asked(self.watch),
            "since": self.since,
            "total": self.total,
            "new": len(self.new),
            "arrived": self.arrived,
            "gone": self.gone,
            "widened": list(self.widened),
            "narrowed": list(self.narrowed),
            "notes": list(self.notes),
            "problem": self.problem,
            "ids": list(self.new),
            "hits": [hit.to_row() for hit in self.hits],
        }


class Watches:
    """The watches of one dataset: a sequence of their states, and what can be done with them.

    Args:
        store: the rows.
        words: the index.
        kept: where watches are kept.
        own: the user's terms, which belong to the lexicon too.
        counted: counts of watches as of one state of index and watch; they are made again only when one changes.
    """

    def __init__(
        self,
        store: Store,
        words: Words,
        kept: WatchStore,
        own: OwnTerms = SHIPPED,
        counted: dict[str, tuple[object, WatchState]] | None = None,
    ) -> None:
        self._store, self._words, self._kept, self._own = store, words, kept, own
        self._counted = {} if counted is None else counted

    def __len__(self) -> int:
        return len(self._kept.watches())

    def __iter__(self) -> Iterator[WatchState]:
        """Yield the state of each watch, in the order in which they were made."""
        checks = self._kept.checks()
        mark = (self._words.stamp(), self._store.stamp(), self._own.digest)
        for watch in self._kept.watches():
            key = (mark, watch.made_at, checks.get(watch.name, ""))
            kept = self._counted.get(watch.name)
            if kept is None or kept[0] != key:
                self._counted[watch.name] = kept = (key, self._state(watch))
            yield kept[1]

    def __getitem__(self, name: str) -> WatchState:
        """Return the state of a watch by its name.

        Raises:
            NotFoundError: there is none of that name.
        """
        return self._state(self._watch(name))

    def add(self, name: str, query: str = "", filters: Filters | None = None, *, raw: bool = False) -> WatchState:
        """Keep a search under a name; what matches now is not new.

        Raises:
            UsageError: the name is not plain or is taken, the query cannot be understood, or it is about a person.
        """
        watch = self.make(name, query, filters or Filters(), raw=raw)
        _, ids, look = self._now(watch)
        if not self._kept.add(watch, replace(look, seen=ids)):
            raise UsageError(_taken(watch.name))
        return self._state(watch)

    def make(self, name: str, query: str, filters: Filters, *, raw: bool = False) -> Watch:
        """Return a watch that may be kept, without keeping it.

        Raises:
            UsageError: the name is not plain or is taken, the query cannot be understood, or it is about a person.
        """
        from sousveil.ask.persons import check_no_person  # noqa: PLC0415 (the masks, which a search needs nothing of)
        from sousveil.mask import has_person  # noqa: PLC0415

        title = " ".join(name.split())
        if not _NAME.fullmatch(title):
            raise UsageError(
                f"{title[:60]!r} is no name for a watch. Use up to 60 letters, digits, blanks, dots and hyphens, as in:"
                " sousveil watch add faces-sichuan 人脸识别 --place Sichuan"
            )
        if has_person(title):
            raise UsageError("The name of a watch may not hold a person's name or number. Call it after its subject.")
        if any(title.casefold() == watch.name.casefold() for watch in self._kept.watches()):
            raise UsageError(_taken(title))
        if not query.strip() and not filters.active:
            raise UsageError("A watch needs words or filters to ask for: sousveil watch add NAME QUERY")
        check_no_person(self._words, query, filters, self._own)
        understand(self._store, self._words, query, filters, raw=raw, own=self._own)
        asked = {
            one: (value,) if isinstance(value, str) else value
            for one in filters.active
            if (value := getattr(filters, one))
        }
        return Watch(name=title, query=query.strip(), filters=asked, is_raw=raw, made_at=_time())

    def remove(self, name: str) -> None:
        """Remove a watch.

        Raises:
            NotFoundError: there is none of that name.
        """
        self._kept.remove(self._watch(name).name)

    def check(self, *names: str, is_marking: bool = True, limit: int = SHOWN) -> Iterator[Checked]:
        """Yield what is new in each of the named watches, or in all; a query that errs is told and stops no other.

        Args:
            names: of watches.
            is_marking: what was told is not new the next time; it is marked once the caller asks for the next one.
            limit: most new notices to tell in full; ids are told of all.

        Raises:
            NotFoundError: there is no watch of one of the names.
        """
        for watch in [self._watch(name) for name in names] or self._kept.watches():
            before = self._kept.look(watch.name)
            try:
                understood, ids, now = self._now(watch)
            except UsageError as error:
                yield Checked(watch=watch, since=before.checked_at, total=None, problem=str(error))
                continue
            checked, after = self._compare(watch, before, (understood, ids, now), limit)
            yield checked
            if is_marking:
                self._kept.keep_look(watch.name, after)

    def hits(self, state: WatchState, limit: int = SHOWN) -> tuple[Hit, ...]:
        """Return the first notices of what was last new in a watch, with a passage each; none where its query errs."""
        if state.problem:
            return ()
        watch = state.watch
        understood = self._understand(watch)
        return tuple(iter_hits(self._store, state.last_new[:limit], understood.sought, 1))

    # ------------------------------------------------------------------ one watch

    def _watch(self, name: str) -> Watch:
        watches = self._kept.watches()
        title = " ".join(name.split()).casefold()
        found = next((watch for watch in watches if watch.name.casefold() == title), None)
        if found is None:
            near = difflib.get_close_matches(title, [watch.name for watch in watches], n=3, cutoff=0.5)
            advice = f"Did you mean {' or '.join(near)}?" if near else "All of them: sousveil watch list"
            raise NotFoundError(f"There is no watch {name[:60]!r}. {advice}")
        return found

    def _understand(self, watch: Watch) -> Understood:
        filters = make_filters(**watch.filters)
        return understand(self._store, self._words, watch.query, filters, raw=watch.is_raw, own=self._own)

    def _now(self, watch: Watch) -> tuple[Understood, tuple[str, ...], Look]:
        """Return how a watch is understood, what matches, and the look of now, in which nothing is seen yet."""
        understood = self._understand(watch)
        ids = self._words.search(replace(understood.question(), sort="date", limit=None)).ids
        terms = tuple(term.text for term in understood.searched_as)
        return understood, ids, Look(checked_at=_time(), total=len(ids), line=self._store.last_sighting(), terms=terms)

    def _state(self, watch: Watch) -> WatchState:
        look = self._kept.look(watch.name)
        total: int | None = None
        new: list[str] = []
        problem = ""
        try:
            numbers = self._words.numbers(self._understand(watch).question()).tolist()
            total, new = len(numbers), self._new(numbers, look)
        except UsageError as error:
            problem = str(error)
        return WatchState(
            watch=watch,
            checked_at=look.checked_at,
            total=total,
            new=len(new),
            newest=tuple(new[:SHOWN]),
            last_new_at=look.new_at,
            last_new=look.new,
            problem=problem,
        )

    def _new(self, numbers: Sequence[int], look: Look) -> list[str]:
        """Return the ids of notices that were not seen, the last to be read first; a third of the time of ``_now``."""
        (row,) = self._store.rows(
            f"SELECT json_group_array(number) AS found FROM notices WHERE id {_AMONG}", [encode(look.seen)]
        )
        seen = set(msgspec.json.decode(row["found"], type=list[int]))
        left = [number for number in numbers if number not in seen]
        rows = self._store.rows(f"SELECT id FROM notices WHERE number {_AMONG} ORDER BY number DESC", [encode(left)])
        known = set(look.seen)  # one that is being read again has another number until the index has it
        return [row["id"] for row in rows if row["id"] not in known]

    def _compare(
        self, watch: Watch, before: Look, found: tuple[Understood, tuple[str, ...], Look], limit: int
    ) -> tuple[Checked, Look]:
        """Return what a watch found against its look before, and the look to keep."""
        understood, ids, now = found
        seen = set(before.seen)
        new = tuple(one for one in ids if one not in seen)
        missing = sorted(seen.difference(ids))
        gone = self._changed(missing)
        old_terms, terms = set(before.terms), set(now.terms)
        checked = Checked(
            watch=watch,
            since=before.checked_at,
            total=len(ids),
            new=new,
            hits=tuple(iter_hits(self._store, new[:limit], understood.sought, 1)),
            arrived=self._arrived(new, before.line),
            gone=len(gone),
            widened=tuple(term for term in now.terms if term not in old_terms),
            narrowed=tuple(term for term in before.terms if term not in terms),
            notes=(*understood.notes, *filter(None, [index_note(self._store, self._words)])),
        )
        after = replace(
            now,
            seen=(*ids, *(one for one in missing if one not in gone)),
            new_at=now.checked_at if new else before.new_at,
            new=new or before.new,
        )
        return checked, after

    def _changed(self, ids: Sequence[str]) -> frozenset[str]:
        """Return which notices the dataset has, with an index that is up to date: they match no more for good."""
        found: set[str] = set()
        for some in iter_chunks(ids):
            rows = self._store.rows(
                f"SELECT id FROM notices WHERE id IN ({marks(some)}) AND file NOT IN (SELECT file FROM pending)", some
            )
            found.update(row["id"] for row in rows)
        return frozenset(found)

    def _arrived(self, ids: Sequence[str], line: int) -> int:
        """Return how many notices are of files that were first seen after a line of the ledger."""
        count = 0
        for some in iter_chunks(ids):
            (row,) = self._store.rows(
                f"""SELECT count(*) AS n FROM notices WHERE id IN ({marks(some)})
                    AND NOT EXISTS (SELECT 1 FROM sightings WHERE sightings.file = notices.file AND number <= ?)""",
                (*some, line),
            )
            count += row["n"]
        return count


def _asked(watch: Watch) -> dict[str, object]:
    return {
        "name": watch.name,
        "query": watch.query,
        "filters": {name: list(values) for name, values in watch.filters.items()},
        "raw": watch.is_raw,
        "address": _address(watch),
    }


def _address(watch: Watch) -> str:
    known = {item.name for item in fields(Filters)}
    asked = {name: values for name, values in watch.filters.items() if name in known}
    return search_address(watch.query, make_filters(**asked), raw=watch.is_raw)


def _taken(name: str) -> str:
    return f"There is a watch {name!r} already. Choose another name, or remove it: sousveil watch rm {name!r}"


def _time() -> str:
    return datetime.now(UTC).isoformat(timespec="microseconds")
