"""Names in other letters than Chinese: companies and bodies abroad, bodies of China as English notices name them."""

from __future__ import annotations

import re
from functools import cache

from sousveil.data.bodies import bodies, body_kinds, body_words
from sousveil.data.legal_forms import legal_forms
from sousveil.data.operators import operators
from sousveil.model import Level
from sousveil.resolve.parts import NameParts
from sousveil.resolve.place import Division, PlaceLevel, find_roman, is_inside, level_of
from sousveil.text.fold import even, fold

_INITIALS = re.compile(r"(?<![^\W_])(?:[^\W\d_]\. ?)+[^\W\d_]\.?(?![^\W_])")
_WORD = re.compile(r"[^\W_]+(?:'[^\W_]+)?")
_NOTE = re.compile(r"\s*\((?:the |hereinafter|lead|consortium|member|t/a|trading as)[^()]*\)?\s*$")
_DROPPED = frozenset({"the"})
_MOST_FORM_WORDS = 5
_UMLAUTS = frozenset({"DE", "AT", "CH", "LI"})
"""Countries that write ä as ae where a machine has no ä."""
_UMLAUT = re.compile(r"ae|oe|ue(?!r\b)")
_DEPTH: tuple[PlaceLevel, ...] = ("province", "prefecture", "county")


def words_of(text: str) -> list[str]:
    """Return the words of a name, lower case, without accents, initials drawn together.

    >>> words_of("AXON Enterprise, Inc."), words_of("Indra Sistemas, S.A."), words_of("Müller & Co. KG")
    (['axon', 'enterprise', 'inc'], ['indra', 'sistemas', 'sa'], ['muller', 'and', 'co', 'kg'])
    """
    plain = _NOTE.sub("", even(fold(text))).replace("&", " and ").replace("’", "'").replace("/", "")
    plain = _INITIALS.sub(lambda match: match.group().replace(".", "").replace(" ", "") + " ", plain)
    return [word for word in _WORD.findall(plain) if word not in _DROPPED]


def split_form(words: list[str]) -> tuple[list[str], str]:
    """Return the words without the legal form at their end or beginning, and the form.

    >>> split_form(["bosch", "gmbh"]), split_form(["ооо", "ромашка"]), split_form(["ayuntamiento", "de", "madrid"])
    ((['bosch'], 'gmbh'), (['ромашка'], 'ooo'), (['ayuntamiento', 'de', 'madrid'], ''))
    """
    forms = legal_forms()
    for count in range(min(_MOST_FORM_WORDS, len(words) - 1), 0, -1):
        form = forms.get(" ".join(words[-count:]))
        if form:
            rest = words[:-count]
            inner, more = split_form(rest) if len(rest) > 1 and form in {"ltd", "inc"} else (rest, "")
            return (inner, form) if more in {"ltd", "inc"} else (rest, form)
    for count in range(min(_MOST_FORM_WORDS, len(words) - 1), 0, -1):
        form = forms.get(" ".join(words[:count]))
        if form and form in {"ooo", "ao"}:
            return words[count:], form
    return words, ""


@cache
def _kind_words() -> tuple[dict[str, str], re.Pattern[str]]:
    """Return kind by word, and the pattern of all words, longest first."""
    kinds: dict[str, str] = {}
    for row in body_kinds().values():
        for word in row.words:
            kinds.setdefault(even(word), row.id)
    either = "|".join(sorted(map(re.escape, kinds), key=len, reverse=True))
    return kinds, re.compile(rf"(?<![^\W_])(?:{either})(?![^\W_])")


def kind_of_words(text: str) -> tuple[str, str]:
    """Return the kind that words of a name tell, and the word; the narrowest kind counts.

    >>> kind_of_words("wexmoor county council"), kind_of_words("wexmoor police")
    (('government', 'council'), ('police', 'police'))
    """
    kinds, pattern = _kind_words()
    order = list(body_kinds())
    found = [(order.index(kinds[word]), kinds[word], word) for word in pattern.findall(text)]
    return (min(found)[1], min(found)[2]) if found else ("other", "")


def parse_western(text: str, country: str, city: str, context: Division | None) -> NameParts:
    """Return the parts of a name that is not written in Chinese.

    Args:
        text: tidied.
        country: ISO 3166 alpha-2, as far as the notice tells.
        city: city or region of the notice, for names that say only what a body is; empty for suppliers.
        context: the division of China that the notice is about.
    """
    words = words_of(text)
    plain = " ".join(words)
    if country in {"", "CN", "HK", "MO"}:
        known = _chinese(text, plain, context)
        if known:
            return known
    core, form = split_form(words)
    kind, word = kind_of_words(plain)
    reasons = [f"{form} is the legal form" if form else "", f"kind by the word {word}" if word else ""]
    if form and kind in {"government", "research", "association", "other", "development", "industry-it"}:
        kind = "company"
    level: Level = "national" if body_words("countrywide") & set(words) and not form else ""
    is_generic = not form and bool(words) and all(item in body_words("generic") for item in words)
    place = ""
    if is_generic and not body_words("countrywide") & set(words):
        if not city:
            return NameParts(
                text=text, form="vague", kind=kind, country=country, outline=plain,
                reasons=("says what the body is and not whose",),
            )  # fmt: skip
        place = even(fold(city))
        reasons.append(f"{city} is the place of the notice")
    joined = " ".join(core)
    if country in _UMLAUTS:
        joined = _UMLAUT.sub(lambda match: match.group()[0], joined)
    return NameParts(
        text=text, form="foreign", key=f"f|{joined}|{form}|{place}@{country}/", kind=kind, level=level, country=country,
        core=joined, legal_form=form, outline=f"f|{joined}", context=(country, ""),
        reasons=tuple(filter(None, reasons)),
    )  # fmt: skip


@cache
def _english_organs() -> tuple[dict[str, str], re.Pattern[str]]:
    organs = {even(name): row.id for row in bodies().values() for name in row.en}
    either = "|".join(sorted(map(re.escape, organs), key=len, reverse=True))
    return organs, re.compile(rf"(?<![^\W_])(?:{either})(?![^\W_])")


def _chinese(text: str, plain: str, context: Division | None) -> NameParts | None:
    """Return the body of China that an English name means, where organ and place are both told and nothing else is."""
    for row in operators():
        if plain in row.en or split_form(plain.split())[0] == row.en[0].split():
            return NameParts(
                text=text, form="company", key=f"o|{row.id}", kind="operator", country="CN", core=row.names[0],
                outline=f"o|{row.id}", reasons=(f"{row.title} by its name",),
            )  # fmt: skip
    organs, pattern = _english_organs()
    match = pattern.search(plain)
    if not match:
        return None
    organ = organs[match.group()]
    division, reasons = _roman_place(plain[: match.start()] + " " + plain[match.end() :], match.group(), context)
    if division is None:
        return None
    body = bodies()[organ]
    return NameParts(
        text=text, form="public", key=f"p|{division.code}|{organ}", kind=body.kind, level=level_of(division),
        country="CN", place=division.code, organ=organ, outline=f"{division.code}|{organ}",
        reasons=(*reasons, f"{match.group()} is {organ}"),
    )  # fmt: skip


def _roman_place(text: str, organ: str, context: Division | None) -> tuple[Division | None, tuple[str, ...]]:
    """Return the one division that the words beside an organ name, or None where they name none, several, or more."""
    level: PlaceLevel | None = "province" if organ.startswith("department of") else None
    found: list[tuple[tuple[Division, ...], str]] = []
    words = text.split()
    pos = 0
    while pos < len(words):
        count, named = _longest_place(words, pos, level)
        if named:
            found.append((named, " ".join(words[pos : pos + count])))
        elif words[pos] not in body_words("filler") and words[pos] not in _class_words():
            return None, ()
        pos += count or 1
    return _innermost(found, context)


@cache
def _class_words() -> dict[str, PlaceLevel]:
    return {word: level for level in _DEPTH for word in body_words(level)}


def _longest_place(words: list[str], pos: int, level: PlaceLevel | None) -> tuple[int, tuple[Division, ...]]:
    """Return how many words name a place, and the divisions of that name; zero where none do."""
    for count in (3, 2, 1):
        name = " ".join(words[pos : pos + count])
        after = words[pos + count] if pos + count < len(words) else ""
        asked = _class_words().get(after, level)
        named = find_roman(name, asked) or find_roman(name.replace(" ", ""), asked)
        if named and len(name.split()) == count:
            return count, named
    return 0, ()


def _innermost(
    found: list[tuple[tuple[Division, ...], str]], context: Division | None
) -> tuple[Division | None, tuple[str, ...]]:
    """Return the one division that fits all places named and the place of the notice; None where several do."""
    sure = [named[0] for named, _ in found if len(named) == 1]
    outer = [item for item in (*sure, context) if item is not None]
    chosen: list[tuple[Division, str]] = []
    for named, name in found:
        fitting = [item for item in named if all(is_inside(item, other) or is_inside(other, item) for other in outer)]
        if len(fitting) > 1:
            highest = min(len(item.code.rstrip("0")) for item in fitting)
            fitting = [item for item in fitting if len(item.code.rstrip("0")) == highest]
        if len(fitting) != 1:
            return None, ()
        chosen.append((fitting[0], name))
    if not chosen:
        return None, ()
    inner = max((item for item, _ in chosen), key=lambda item: _DEPTH.index(item.level))
    if any(not is_inside(inner, other) for other, _ in chosen):
        return None, ()
    return inner, tuple(f"{name} is {item.name} ({item.code})" for item, name in chosen)
