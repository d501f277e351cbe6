"""The place of a notice outside China: region and town, from labels, from a body's name, from "town, region"."""

from __future__ import annotations

import re
from functools import cache

from ahocorasick_rs import AhoCorasick

from sousveil.data.codes import countries
from sousveil.data.organs import organ_words
from sousveil.data.regions import regions
from sousveil.model import Field
from sousveil.read.draft import Draft, Found
from sousveil.read.kind import has_type_word
from sousveil.read.sheet import Sheet
from sousveil.read.towns import town_before, town_behind, town_of_address, town_of_date
from sousveil.text.fold import fold

_LEAST_NAME = 4
"""Letters of a place: two or three capitals are a code of something else (Estado: EV, ADJ)."""
_ARABIC_TOWN = re.compile(r"(?<![ء-ي])[بل]?مدينة (?P<town>[ء-ي]{3,20})")
_PLACE = 3
"""Rank of labels of where work is done: only a region that is known, or one name, is taken from them."""
_HEAD_LINES = 3
_HEAD_CHARS = 600
_VALUE = re.compile(r"(?:(?! cedex)[^,;:(\n]){2,60}")
_CAPITAL = r"(?-i:(?:[A-ZÀ-ÞА-ЯЁІЇЄҐİŞĞ])[\w'’-]+|[ء-ي]{2,})"
_MORE = rf"(?:(?:[ ](?:de|del|la|las|los|el|le|les|sur|do|da|di|of)){{0,2}}[ ]{_CAPITAL}){{0,3}}"
_TOWN = re.compile(r"(?P<town>[A-ZÀ-Þ][a-zß-ÿ'’-]+(?: [A-ZÀ-Þ][a-zß-ÿ'’-]+){0,2}) ?$")
_ONE_NAME = re.compile(r"(?:[A-ZÀ-Þ][\w'’-]+(?:[ ](?:(?:de|del|la|las|los|el) ){0,2}(?=[A-ZÀ-Þ])|[ ]?)){1,4}(?=[.,]|$)")


def read_place_abroad(
    draft: Draft, buyer: Field | None, title: Field | None, country: Field | None = None
) -> tuple[Field | None, Field | None]:
    """Return region and town with their spans."""
    region = _labelled(draft, [item for item in draft.of("region", rank=2) if _is_of_buyer(item)])
    sub = _labelled(draft, draft.of("subregion"))
    if sub is not None and country is not None and country.value == "ES":
        region = None  # Spain's province is the place; its autonomous community is larger
    city = _labelled(draft, draft.of("city")) or (sub if region is not None else None)
    town = city or _town(draft, buyer, is_buyer=True) or _town(draft, title, is_buyer=False) or _beside(draft, buyer)
    if region is not None or sub is not None:
        return region or sub, _of_work(draft) or town if region is None else town
    known, beside = _known(draft, buyer, title)
    return known, town or beside or _of_work(draft) or _arabic(draft)


def _arabic(draft: Draft) -> Field | None:
    """Return the town that the first sentences of an Arabic page name (بمدينة البيضاء: in the town of …), or None."""
    for sheet in draft.sheets[:1]:
        match = _ARABIC_TOWN.search(sheet.page.text, 0, _HEAD_CHARS)
        if match:
            return draft.text_field(sheet, *match.span("town"), "town named in Arabic")
    return None


def _beside(draft: Draft, buyer: Field | None) -> Field | None:
    """Return the town behind the buyer's name, in the address below it, in the line of the date."""
    sheet = None if buyer is None else draft.sheet_of(buyer)
    span = None
    if buyer is not None and sheet is not None:
        start, end = buyer.span.start, buyer.span.end
        span = town_behind(sheet, end) or town_before(sheet, start) or town_of_address(sheet, end)
    if span is None and draft.sheets:
        sheet = draft.sheets[0]
        span = town_of_date(sheet)
    return None if span is None or sheet is None else draft.text_field(sheet, *span, "town beside the body")


def _is_of_buyer(item: Found) -> bool:
    return item.entry.context in {"", "buyer", "title"}


def _labelled(draft: Draft, found: list[Found]) -> Field | None:
    """Return the first words under a label; a word for the state of a procedure (Estado: Publicada) is no place."""
    for item in found:
        match = _VALUE.match(item.sheet.folded, item.entry.start, item.entry.end)
        if match is None or has_type_word(match.group()):
            continue
        end = match.end()
        while item.sheet.folded[end - 1].isspace() or item.sheet.folded[end - 1] == ".":
            end -= 1
        is_code = end - item.entry.start < _LEAST_NAME and item.sheet.page.text[item.entry.start : end].isupper()
        if end - item.entry.start > 1 and not is_code and any(map(str.isalpha, match.group())):
            return draft.text_field(item.sheet, item.entry.start, end, f"label {item.entry.label.strip()}")
    return None


@cache
def _names() -> tuple[re.Pattern[str], dict[str, str]]:
    """Return the pattern of all regions that do not change with case, and of those that do their nominative."""
    plain = [name for row in regions() if not row.ending for name in row.names]
    stems: dict[str, str] = {}
    changing = []
    for row in regions():
        for name in row.names if row.ending else ():
            stem, noun = name[:-2].lower(), row.ending[:-1].rstrip("ь").lower()
            stems[stem + noun] = f"{name} {row.ending}"
            changing.append(rf"({re.escape(name[:-2])})[а-яії]{{1,3}} ({noun})[а-яії]{{0,3}}")
    either = "|".join(map(re.escape, sorted(plain, key=len, reverse=True)))
    return re.compile(rf"(?<!\w)(?:(?P<plain>{either})|{'|'.join(changing)})(?!\w)"), stems


@cache
def _matcher() -> AhoCorasick:
    """Return the matcher of what names of regions begin with: most stretches hold none."""
    return AhoCorasick([name[:-2] if row.ending else name for row in regions() for name in row.names])


def _region_in(text: str, start: int, end: int, *, is_free: bool) -> tuple[str, int, int] | None:
    """Return the region named in a stretch, in its nominative, with its span; a bare one behind a comma or bracket."""
    if not _matcher().find_matches_as_indexes(text[start:end]):
        return None
    pattern, stems = _names()
    for match in pattern.finditer(text, start, end):
        if match["plain"] is None:
            stem, noun = (group.lower() for group in match.groups()[1:] if group is not None)
            return stems[stem + noun], *match.span()
        if is_free or text[max(0, match.start() - 2) : match.start()].endswith((", ", "(")):
            return match["plain"], *match.span()
    return None


def _known(draft: Draft, buyer: Field | None, title: Field | None) -> tuple[Field | None, Field | None]:
    """Return a region that the table knows, and the town printed before it."""
    for sheet, start, end, is_free in _stretches(draft, buyer, title):
        found = _region_in(sheet.page.text, start, end, is_free=is_free)
        if found is not None:
            name, first, last = found
            town = _TOWN.search(sheet.page.text[start:first].rstrip(",( "))
            is_lead = town is not None and (town.start() == 0 or sheet.page.text[start + town.start() - 2] == ")")
            is_town = town is not None and not is_free and (sheet.page.text[first - 1] == "(" or is_lead)
            place = (
                draft.text_field(sheet, start + town.start("town"), start + town.end("town"), "town and region")
                if town and is_town
                else None
            )
            return draft.field(name, sheet, first, last, "name of region"), place
    return None, None


def _stretches(draft: Draft, buyer: Field | None, title: Field | None) -> list[tuple[Sheet, int, int, bool]]:
    """Return where a region is looked for, and whether its bare name counts there."""
    found = [
        (item.sheet, item.entry.start, item.entry.end, True) for item in draft.of("region") if item.entry.rank >= _PLACE
    ]
    for field in (buyer, title):
        sheet = None if field is None else draft.sheet_of(field)
        if field is not None and sheet is not None:
            found.append((sheet, field.span.start, field.span.end, False))
    for sheet in draft.sheets[:1]:
        found += [
            (sheet, line.start, min(line.end, line.start + _HEAD_CHARS), False) for line in sheet.lines[:_HEAD_LINES]
        ]
    return found


@cache
def _countries() -> frozenset[str]:
    return frozenset(fold(name) for name in countries())


def _of_work(draft: Draft) -> Field | None:
    """Return the one name under a label of where work is done (Location: Wexmoor, England); no region, no country."""
    for item in draft.of("region"):
        match = (
            _ONE_NAME.match(item.sheet.page.text, item.entry.start, item.entry.end)
            if item.entry.rank >= _PLACE
            else None
        )
        if match is None or fold(match.group()) in _countries():
            continue
        if _region_in(item.sheet.page.text, *match.span(), is_free=True) is None:
            return draft.text_field(item.sheet, *match.span(), f"label {item.entry.label.strip()}")
    return None


@cache
def _town_patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    before = "|".join(re.escape(word).replace("\\ ", " ") for word in organ_words("municipal", "other"))
    behind = "|".join(re.escape(word).replace("\\ ", " ") for word in organ_words("tail_town", "other"))
    return (
        re.compile(rf"(?<!\w)(?:{before})[ ]?(?P<town>{_CAPITAL}{_MORE})", re.IGNORECASE),
        re.compile(rf"(?<!\w)(?P<town>{_CAPITAL}(?:[ ]{_CAPITAL}){{0,2}}?)[ ](?:{behind})(?!\w)", re.IGNORECASE),
    )


def _town(draft: Draft, field: Field | None, *, is_buyer: bool) -> Field | None:
    """Return the town in a body's name (Ayuntamiento de …, … City Council) inside a field."""
    sheet = None if field is None else draft.sheet_of(field)
    if field is None or sheet is None:
        return None
    for pattern in _town_patterns() if is_buyer else _town_patterns()[:1]:
        match = pattern.search(sheet.page.text, field.span.start, field.span.end)
        if match:
            return draft.text_field(sheet, *match.span("town"), "town of the body")
    return None
