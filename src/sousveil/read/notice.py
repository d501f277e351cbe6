"""One notice: reads the fields in the order in which they help each other."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from sousveil.data.home_currencies import home_currencies
from sousveil.model import Document, Field, Notice, Page, Section
from sousveil.read.country import read_country
from sousveil.read.draft import Draft, unmasked
from sousveil.read.grammar import meaning_of
from sousveil.read.headline import Headline, find_headline
from sousveil.read.kind import type_in
from sousveil.read.number import read_number
from sousveil.read.parties import read_agency, read_buyer, read_suppliers
from sousveil.read.place import read_place
from sousveil.read.process import with_process
from sousveil.read.published import read_published
from sousveil.read.report import Report, find_prose, find_report
from sousveil.read.sections import split_sections
from sousveil.read.sheet import Line, Sheet
from sousveil.read.sums import read_award, read_budget
from sousveil.read.title import read_title
from sousveil.text.dates import iter_dates

_FIRST_PAGES = 4
"""Pages whose labels tell the kind before those of the forms at the end of a document do."""
_FIRST_LINES = 10
_CONTENTS = re.compile(r"第[一二三四五六七八九十\d]{1,3}[章节部卷]|[一二三四五六七八九十]{1,3}、|.*(?:\.{4}|…{2}|·{4})")
"""A line of a table of contents, or a numbered section: tender documents hold a model contract and are none."""
_DATED = 30
"""A line with a day and a time of day."""
_TOP = 24
"""A kind of notice that stands alone above everything else is what the page is called."""


def read_text(document: Document, pages: Sequence[Page], notice_id: str) -> Notice:
    """Return the notice that a run of pages announces, read from the text alone."""
    draft = Draft(document, pages)
    headline = find_headline(draft)
    report = find_report(draft)
    if report is not None and report.kind == "press" and headline is not None and _announces(draft, headline):
        report = None
    report = report or find_prose(draft)
    kind = unmasked(_kind(draft, headline, report))
    kind_word = None if kind is None else str(kind.value)
    country = read_country(draft)
    draft.home_currency = home_currencies().get(str(country.value)) if country else None
    is_official = report is not None and report.kind == "minutes"
    is_press = kind_word == "other" and not is_official
    title = unmasked(read_title(draft, headline, kind_word, is_press=is_press))
    buyer = unmasked(read_buyer(draft, headline, title))
    named, are_candidates = read_suppliers(draft, kind_word, headline)
    suppliers = tuple(supplier for supplier in named if unmasked(supplier))
    province, city = read_place(draft, buyer, title, country, is_report=kind_word == "other")
    budget = unmasked(read_budget(draft, kind_word))
    award = unmasked(read_award(draft, kind_word, suppliers, are_candidates=are_candidates))
    if budget is not None and award is not None and kind_word == "other" and budget.span == award.span:
        budget = None  # one sum of a report is not both
    notice = Notice(
        id=notice_id,
        document=notice_id.partition("#")[0],
        file=document.file,
        first_page=pages[0].number if pages else 1,
        last_page=pages[-1].number if pages else 1,
        language=document.language,
        notice_type=kind,
        project_number=unmasked(read_number(draft, is_report=kind_word == "other")),
        title=title,
        buyer=buyer,
        agency=unmasked(read_agency(draft, buyer)),
        budget=budget,
        award_amount=award,
        suppliers=suppliers,
        has_candidates_only=are_candidates,
        publication_date=unmasked(read_published(draft, kind_word)),
        country=country,
        province=unmasked(province),
        city=unmasked(city),
        sections=sections_of(pages, document.language),
    )
    return with_process(draft, headline, notice)


def sections_of(pages: Sequence[Page], language: str) -> tuple[Section, ...]:
    """Return the sections of all pages, in order."""
    return tuple(section for page in pages for section in split_sections(page, language))


def _announces(draft: Draft, headline: Headline) -> bool:
    """Return whether a Chinese headline ends as those of notices do (公告: announcement): no report is called so."""
    return draft.is_han and headline.has_stage and headline.is_announcement


def _kind(draft: Draft, headline: Headline | None, report: Report | None) -> Field | None:
    """Return the kind of notice: a type field, the headline, the first lines, then what the notice holds."""
    told = _report(draft)
    if told is not None:
        return told
    if report is not None:
        return draft.field("other", report.sheet, report.start, report.end, f"words of {report.kind}")
    for item in draft.of("notice_type"):
        found = type_in(item.sheet.folded, item.entry.start, min(item.entry.end, item.entry.start + 120))
        if found:
            return draft.field(found[0], item.sheet, found[1], found[2], f"label {item.entry.label.strip()}")
    newest = _newest(draft)
    if newest is not None:
        return newest
    alone = _alone_in_first_lines(draft)
    if alone is not None and alone.span.start < _TOP:
        return _unless_won(draft, alone)
    if headline is not None:
        begin = headline.sheet.folded.rfind("\n", 0, headline.start) + 1
        found = type_in(headline.sheet.folded, begin, headline.end)
        if found:
            return _unless_won(draft, draft.field(found[0], headline.sheet, found[1], found[2], "headline"))
    for item in draft.of("title", rank=1)[:1]:
        found = type_in(item.sheet.folded, item.entry.start, min(item.entry.end, item.entry.start + 200))
        if found:
            return draft.field(found[0], item.sheet, found[1], found[2], "title")
    told = _in_first_lines(draft) or alone
    return _unless_won(draft, told) if told is not None else _by_content(draft)


def _iter_told(draft: Draft) -> Iterator[tuple[Field, bool]]:
    """Yield the kinds that lines near the top tell, labels aside, and whether the line says nothing else."""
    for sheet in draft.sheets[:2]:
        for line in sheet.lines[:_FIRST_LINES]:
            if line.has_cells or (line.start > 0 and _CONTENTS.match(sheet.folded, line.start, line.end)):
                continue  # a chapter that opens the file is what the file holds
            found = type_in(sheet.folded, line.start, min(line.end, line.start + 200))
            if found is None or found[0] == "other" or _is_labelled(sheet, line):
                continue
            is_alone = line.end - line.start <= found[2] - found[1] + 4
            yield draft.field(found[0], sheet, found[1], found[2], "first lines"), is_alone


def _alone_in_first_lines(draft: Draft) -> Field | None:
    """Return the kind that is a line of its own near the top; lines of several kinds are a menu."""
    alone = [field for field, is_alone in _iter_told(draft) if is_alone]
    return alone[0] if alone and len({field.value for field in alone}) == 1 else None


def _newest(draft: Draft) -> Field | None:
    """Return the first of several stages that a page lists with their days: the newest comes first."""
    alone = [field for field, is_alone in _iter_told(draft) if is_alone]
    if len({field.value for field in alone}) == 1:
        return None
    dated = [field for field in alone if _is_dated(draft, field)]
    return dated[0] if dated and {field.value for field in dated} == {field.value for field in alone} else None


def _is_dated(draft: Draft, kind: Field) -> bool:
    """Return whether the line below a kind that stands alone is a date and little else."""
    sheet = draft.sheet_of(kind)
    if sheet is None:
        return False
    place = sheet.line_at(kind.span.start) + 1
    text = sheet.folded[sheet.lines[place].start : sheet.lines[place].end] if place < len(sheet.lines) else ""
    return len(text) <= _DATED and next(iter_dates(text), None) is not None


def _in_first_lines(draft: Draft) -> Field | None:
    """Return the kind that a line near the top tells among other words."""
    return next((field for field, is_alone in _iter_told(draft) if not is_alone), None)


def _report(draft: Draft) -> Field | None:
    """Return ``other`` where the first line says that this is a report about purchases, or a shell around a file."""
    for sheet in draft.sheets[:1]:
        for line in sheet.lines[:2]:
            found = type_in(sheet.folded, line.start, min(line.end, line.start + 60))
            if found and found[0] == "other":
                return draft.field(found[0], sheet, found[1], found[2], "first line")
    return None


def _unless_won(draft: Draft, kind: Field) -> Field:
    """Return ``kind``, or award where a record that only calls itself a procurement names a winner."""
    if kind.value != "tender" or draft.is_han:
        return kind
    for item in draft.of("supplier", rank=1):
        if item.entry.start < item.entry.end and item.entry.layout == "colon":
            return draft.field("award", item.sheet, item.entry.at, item.entry.end, "winner named")
    return kind


def _is_labelled(sheet: Sheet, line: Line) -> bool:
    """Return whether a line begins with a label that is known: its value says nothing of the kind of notice."""
    if line.colon <= line.start:
        return False
    label = sheet.page.text[line.start : line.colon].strip()
    return label.isupper() or meaning_of(sheet.folded[line.start : line.colon].strip()) is not None


def _by_content(draft: Draft) -> Field | None:
    """Return the kind that the labels of a notice without a telling headline imply, or None."""
    for sheets in (draft.sheets[:_FIRST_PAGES], draft.sheets):
        for kind, fields in (
            ("contract", ("contract_number",)),
            ("award", ("supplier", "candidate", "award_amount")),
            ("tender", ("budget", "ceiling", "project_number", "buyer", "title")),
        ):
            for item in draft.of(*fields):
                if item.sheet in sheets:
                    return draft.field(kind, item.sheet, item.entry.at, item.entry.end, "labels present")
    return None
