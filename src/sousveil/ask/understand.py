"""From what was typed to what is asked of the index, with everything the user should see of how it was understood."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache, partial

from sousveil.ask.filters import FIELDS, Filters, to_node
from sousveil.ask.near import among_near
from sousveil.ask.parts import Every, FieldIs, Near, OneOf, Part, Query, Without, Words, iter_words
from sousveil.ask.passages import Sought, Together
from sousveil.ask.query import mistake, parse_query
from sousveil.ask.terms import SearchTerm, expand, is_known, name_of, near_word
from sousveil.data.own import SHIPPED, OwnTerms
from sousveil.data.stop_words import stop_words
from sousveil.exceptions import UsageError
from sousveil.index.question import AllOf, AnyOf, Node, NoneOf, Phrase, Question
from sousveil.index.words import Words as Index
from sousveil.store.database import Store
from sousveil.text.segment import phrase_tokens


@dataclass(frozen=True, slots=True)
class Chip:
    """A part of the query as it was understood, to be shown back.

    Attributes:
        text: the part as typed.
        kind: ``words``, ``field``, ``near``, ``either``, ``bracket``; with ``not`` before it where it is excluded.
        terms: what is searched for it, after translation; empty for fields.
        without: the query as it reads without this part.
    """

    text: str
    kind: str
    terms: tuple[str, ...]
    without: str


@dataclass(frozen=True, slots=True)
class Condition:
    """One thing that must hold: a part of the query or a filter.

    Attributes:
        name: the field it is about; empty for words.
        label: how the user knows it: ``--type``, ``type:award``, the words.
        node: as the index takes it.
    """

    name: str
    label: str
    node: Node


@dataclass(frozen=True, slots=True, kw_only=True)
class Understood:
    """A query and filters as they are asked.

    Attributes:
        conditions: everything that must hold, in order; parts of the query before filters.
        groups: the terms of each group of words, any of which meets it; they show in passages.
        together: groups that count only where they stand near one another.
        chips: the query shown back.
        notes: what the user should know.
    """

    conditions: tuple[Condition, ...] = ()
    groups: tuple[tuple[SearchTerm, ...], ...] = ()
    together: tuple[Together, ...] = ()
    chips: tuple[Chip, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def searched_as(self) -> tuple[SearchTerm, ...]:
        """All terms of all groups, each once."""
        return tuple({term.text: term for group in self.groups for term in group}.values())

    @property
    def sought(self) -> Sought:
        """What to look for in the text of what was found."""
        return Sought.of(self.groups, self.together)

    def question(self, without: Callable[[Condition], bool] = lambda _: False) -> Question:
        """Return what is asked of the index; conditions of which ``without`` is true are left out."""
        kept = tuple(one.node for one in self.conditions if not without(one))
        prefer = tuple(tuple(sorted({term.capability for term in group if term.capability})) for group in self.groups)
        return Question(where=AllOf(kept), prefer=prefer)


def understand(
    store: Store, index: Index, query: str, filters: Filters, *, raw: bool = False, own: OwnTerms = SHIPPED
) -> Understood:
    """Return what a query and filters ask for.

    Args:
        store: the rows; their texts tell what is near.
        index: the index, to which names of buyers and places are resolved.
        query: see ``parse_query``; empty asks for everything.
        filters: what else must hold.
        raw: search the words as they stand, without the terms of the lexicon.
        own: the user's terms, which belong to the lexicon too.

    Raises:
        UsageError: the query or a filter cannot be understood.
    """
    parsed = parse_query(query, (lambda _: False) if raw else partial(is_known, own=own))
    reading = _Reading(store=store, index=index, query=parsed, is_raw=raw, own=own)
    conditions = [*reading.conditions(), *_of_filters(filters, store, index, reading.notes)]
    return Understood(
        conditions=tuple(conditions),
        groups=tuple(reading.groups),
        together=tuple(reading.together),
        chips=tuple(reading.chips()),
        notes=tuple(dict.fromkeys(reading.notes)),
    )


def explicit(query: str, own: OwnTerms = SHIPPED) -> str:
    """Return the query with the terms that stand behind its words written out, so that they can be edited.

    >>> explicit("raw:声纹"), explicit("umbrella -门禁")
    ('raw:声纹', 'umbrella -门禁')
    >>> explicit("gait recognition").startswith('("gait recognition" OR "步态识别" OR ')
    True
    """
    parsed = parse_query(query, partial(is_known, own=own))
    pieces, place = [], 0
    for part in iter_words(parsed.parts):
        terms = [] if part.is_quoted or part.is_raw else expand(part.text, own)
        if len(terms) < 2:
            continue
        pieces += [query[place : part.start], "(" + " OR ".join(f'"{term.text}"' for term in terms) + ")"]
        place = part.end
    return "".join([*pieces, query[place:]])


def _of_filters(filters: Filters, store: Store, index: Index, notes: list[str]) -> Iterator[Condition]:
    for name in filters.active:
        value = getattr(filters, name)
        values = (value,) if isinstance(value, str) else value
        yield Condition(name, f"--{name}", to_node(name, values, store, index, notes))


@dataclass(slots=True, kw_only=True)
class _Reading:
    """The parts of one query, turned into nodes; notes and groups are gathered on the way."""

    store: Store
    index: Index
    query: Query
    is_raw: bool
    own: OwnTerms
    notes: list[str] = field(default_factory=list)
    groups: list[tuple[SearchTerm, ...]] = field(default_factory=list)
    together: list[Together] = field(default_factory=list)

    def conditions(self) -> list[Condition]:
        """Return the conditions of the query: what is near comes last, for it is looked for among the rest."""
        parts = self._without_stop_words()
        made: dict[int, Condition] = {}
        for number, part in sorted(enumerate(parts), key=lambda pair: isinstance(pair[1], Near)):
            words = AllOf(tuple(one.node for one in made.values() if not one.name))
            node = self._node(part, words)
            name = part.name if isinstance(part, FieldIs) else ""
            made[number] = Condition(name, self.query.text[part.start : part.end], node)
        return [made[number] for number in range(len(parts))]

    def chips(self) -> Iterator[Chip]:
        for part in self.query.parts:
            kind = _KINDS[type(part.part if isinstance(part, Without) else part)]
            terms = [term.text for one in iter_words((part,)) for term in self._terms(one)]
            yield Chip(
                text=self.query.text[part.start : part.end],
                kind=f"not {kind}" if isinstance(part, Without) else kind,
                terms=tuple(dict.fromkeys(terms)),
                without=self.query.without(part),
            )

    def _without_stop_words(self) -> list[Part]:
        if self.is_raw:
            return list(self.query.parts)
        idle = [part for part in self.query.parts if isinstance(part, Words) and _is_stop_word(part, self.own)]
        if not idle or len(idle) == len(self.query.parts):
            return list(self.query.parts)
        said = ", ".join(repr(part.text) for part in idle)
        self.notes.append(f"small words were left out: {said}; to search for one, put it into quotation marks")
        return [part for part in self.query.parts if part not in idle]

    def _node(self, part: Part, context: Node) -> Node:
        match part:
            case Words():
                terms = self._terms(part)
                self.groups.append(terms)
                self._note(part)
                return _any_phrase(terms)
            case FieldIs(name, value):
                return self._field(part, name, value)
            case Near():
                return self._near(part, context)
            case Without(inner):
                return NoneOf(self._excluded(inner))
            case Every(parts):
                return AllOf(tuple(self._node(one, AllOf()) for one in parts))
            case OneOf(parts):
                return self._one_of(parts)

    def _excluded(self, part: Part) -> Node:
        """Return the node of what must not hold; its words show in no passage."""
        groups, together = len(self.groups), len(self.together)
        node = self._node(part, AllOf())
        del self.groups[groups:], self.together[together:]
        return node

    def _one_of(self, parts: Sequence[Part]) -> Node:
        """Return a node of alternatives; those that are all words are one group, and show as one in passages."""
        if not all(isinstance(part, Words) for part in parts):
            return AnyOf(tuple(self._node(part, AllOf()) for part in parts))
        words = [part for part in parts if isinstance(part, Words)]
        for part in words:
            self._note(part)
        terms = tuple(term for part in words for term in self._terms(part))
        self.groups.append(terms)
        return _any_phrase(terms)

    def _field(self, part: FieldIs, name: str, value: str) -> Node:
        try:
            return to_node(name, (value,), self.store, self.index, self.notes)
        except UsageError as error:
            raise mistake(self.query.text, part.start, str(error)) from error

    def _near(self, part: Near, context: Node) -> Node:
        groups = [tuple(term for one in choices for term in self._terms(one)) for choices in part.parts]
        self.together.append(Together(len(self.groups), len(self.groups) + len(groups), part.distance))
        self.groups.extend(groups)
        for one in iter_words((part,)):
            self._note(one)
        where = AllOf((context, *map(_any_phrase, groups)))
        return among_near(self.store, self.index, where, groups, part.distance)

    def _terms(self, part: Words) -> tuple[SearchTerm, ...]:
        is_plain = self.is_raw or part.is_raw or part.is_quoted
        return (SearchTerm(part.text),) if is_plain else expand(part.text, self.own)

    def _note(self, part: Words) -> None:
        if self.is_raw or part.is_raw:
            return
        if part.is_quoted:
            if len(expand(part.text, self.own)) > 1:
                self.notes.append(f'"{part.text}" was searched exactly; without quotation marks {_IN_ALL}')
        elif _NO_FIELD.match(part.text):
            name = part.text.replace("：", ":").partition(":")[0]
            self.notes.append(f"{name}: is no field and was searched as a word; fields are {', '.join(FIELDS)}")
        elif _ABROAD.fullmatch(part.text) and not is_known(part.text, self.own):
            near = near_word(part.text, self.own)
            meant = f"; did you mean {near!r}?" if near else ""
            self.notes.append(f"no term is known for {part.text!r}; it was searched as written{meant}")


_IN_ALL = "its terms in all languages are searched"
_NO_FIELD = re.compile(r"[a-z_]{3,20}[:：](?!//)\S")
_ABROAD = re.compile(r"[^\W\d_\u3400-\u9fff]+(?:[-'’][^\W\d_\u3400-\u9fff]+)*\*?")
"""A word of a script with letters. Chinese words need no translation in Chinese notices."""
_KINDS = {Words: "words", FieldIs: "field", Near: "near", OneOf: "either", Every: "bracket", Without: "not"}


def _is_stop_word(part: Words, own: OwnTerms) -> bool:
    if part.is_quoted or part.is_raw:
        return False
    return name_of(part.text) in stop_words() and not is_known(part.text, own)


def _any_phrase(terms: Sequence[SearchTerm]) -> Node:
    return AnyOf(tuple(_phrase(term.text) for term in terms))


@lru_cache(maxsize=8192)
def _phrase(text: str) -> Phrase:
    """Return words as the index is asked for them; a common English word stands for hundreds of terms each time."""
    return Phrase(tuple(phrase_tokens(text)))
