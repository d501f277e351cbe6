"""Flat record dumps: each row of a CSV file or a JSON list is one notice, read by the heads of its columns.

``data/columns.yml`` says which head means which field; other columns are rendered as ``HEAD: value`` lines. Columns of
persons (contacts, telephones, officials in charge) are not rendered at all.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from sousveil.data.codes import country_currencies, person_marks
from sousveil.exceptions import EmptyFileError, LimitError, UnsupportedTypeError
from sousveil.model import Document, Field, Span, Table
from sousveil.settings import Limits
from sousveil.source.cells import is_null, money_in, place_of, type_of
from sousveil.source.jsonfile import load_values
from sousveil.source.listing import find_records
from sousveil.source.mapping import UNKNOWN, Source
from sousveil.source.natural import is_company, is_natural_person, is_personal_name
from sousveil.source.process_cells import keep_process
from sousveil.source.render import PageBuilder, clean_line
from sousveil.source.render import to_document as render
from sousveil.source.roles import Roles
from sousveil.source.rows import Cell, Row, Rows, csv_rows, flatten, unread
from sousveil.source.telling import told_by_values
from sousveil.source.values import to_country, to_currency
from sousveil.text.dates import parse_date
from sousveil.text.fold import fold
from sousveil.text.money import unit_of

_ORDER = (
    "title", "buyer", "agency_or_buyer", "agency", "unit", "notice_type", "project_number", "contract_number",
    "publication_date", "award_date", "budget", "award_amount", "currency", "suppliers", "candidates", "province",
    "region", "city", "country", "", "address", "key", "body",
)  # fmt: skip
"""The order of lines on a page: what a reader looks for first, long texts last."""
_PLACE = {role: number for number, role in enumerate(_ORDER)}
_PORTAL = re.compile(r"https?://[^/\s]{1,200}\.([a-z]{2})(?=[/:?]|$)", re.IGNORECASE)
_FREE_DOMAINS = frozenset(["io", "co", "me", "tv", "ai", "cc", "eu", "ly", "gl", "to", "la", "ws", "fm", "am", "st"])
"""Top-level domains sold to anybody: they tell no country."""
_LEAST_BODY = 200
"""Characters from which a text column holds the notice itself, not only what is bought."""
_WON = ("中标", "成交")  # bid won, deal concluded
_REACH = 30
"""Characters before a sum in which its label stands, column heads between them included."""
_NUMBER_LABEL = "编号"  # "number": the word every Chinese label of a project's number ends in
_LONGEST_LABEL = 120
_MOST_HEAD_CHARS = 8000
"""Heads of one row longer than this in sum are not kept in memory between rows; real ones have about 500."""
_HEAD_ROWS = 5
"""Rows looked at to tell what the columns of a JSON list are; records may leave out empty members."""


Markup = Callable[[str], tuple[str, Sequence[Table]] | None]
"""Reads the HTML of a record as a web page: its text, and its tables with places in that text; None for no HTML."""


@dataclass(frozen=True, slots=True)
class Reading:
    """How the rows of one table are read.

    Attributes:
        source: what is known of it.
        roles: of the columns.
        markup: reads bodies in HTML.
        unit: of sums, by the source or a line above the heads.
        with_keys: whether a page is named by the row's identifier where it has one, not by its place.
    """

    source: Source
    roles: Roles
    markup: Markup
    unit: str = ""
    with_keys: bool = True


def no_markup(_: str) -> None:
    """Read no HTML: a body stays as it is written."""


def to_document(
    untrusted: bytes, *, file: str, name: str, limits: Limits, source: Source = UNKNOWN, markup: Markup = no_markup
) -> Document:
    """Return the document of a CSV or JSON dump of notices: one page and one record per row.

    Args:
        untrusted: the file's bytes.
        file: their SHA-256, hexadecimal.
        name: the file's name without folders.
        limits: what the file may cost.
        source: what is known of the columns.
        markup: reads bodies in HTML.

    Raises:
        UnsupportedTypeError: a table whose columns are not those of notices; it can be read as a plain table.
        EmptyFileError: no rows.
        DamagedError: neither CSV nor JSON.
        LimitError: larger than the limits allow.
    """
    loaded = load_rows(untrusted, limits, source)
    if not loaded.rows:
        raise EmptyFileError("the table holds no rows", "Fetch it again; the source may have answered with nothing.")
    roles = told_by_values(loaded.rows, source.roles)
    if not roles.are_of_notices([(cell.parent, cell.head) for row in loaded.rows[:_HEAD_ROWS] for cell in row]):
        raise UnsupportedTypeError(
            "the columns are not those of notices",
            "Say what they are: sousveil sources guess FILE --write --source NAME, edit it, ingest --source NAME.",
        )
    reading = Reading(source, roles, markup, source.unit or loaded.unit)
    return render(
        ((f"row {number}", row) for number, row in enumerate(loaded.rows, 1)),
        row_writer(reading),
        file=file,
        media_type=loaded.media_type,
        name=name,
        limits=limits,
        marks=loaded.marks,
    )


def load_rows(untrusted: bytes, limits: Limits, source: Source = UNKNOWN, *, with_hidden: bool = False) -> Rows:
    """Return the rows of a CSV or JSON file; hidden columns are left out, or ``with_hidden`` come as empty cells.

    Raises:
        EmptyFileError: no row.
        DamagedError: neither CSV nor JSON.
        LimitError: larger than the limits allow.
    """
    if len(untrusted) > limits.max_file_bytes:
        raise LimitError(f"the file has {len(untrusted)} bytes", "Split it, or raise max_file_bytes in sousveil.toml.")
    if untrusted[:64].lstrip(b"\xef\xbb\xbf \t\r\n")[:1] not in {b"{", b"["}:
        return csv_rows(untrusted, limits, source, with_hidden=with_hidden)
    loaded = load_values(untrusted, limits)
    records, left = find_records(loaded.values, source.roles)
    rows = tuple(
        tuple(flatten(record, source.roles, with_hidden=with_hidden)) for record in records[: limits.max_pages]
    )
    marks = (f"{left} records of other lists in the file, which have other columns, were not read",) if left else ()
    return Rows(rows, "application/json", (*loaded.marks, *unread(len(records), limits), *marks))


def row_writer(reading: Reading) -> Callable[[PageBuilder, tuple[str, Row]], None]:
    """Return what writes one row, with the name of its place in the file, on its page."""

    def write(page: PageBuilder, named: tuple[str, Row]) -> None:
        _write_row(page, named[0], named[1], reading)

    return write


@dataclass(frozen=True, slots=True)
class _Entry:
    """A cell with the role of its column."""

    role: str
    rank: int
    cell: Cell


@dataclass(frozen=True, slots=True)
class _About:
    """What a row's cells tell together.

    Attributes:
        country: that a cell, the portal's address or the source names.
        currency: of bare sums.
        unit: of bare sums.
        body: the notice's own text, folded; empty where there is none.
        kind: the type of the notice.
        is_person: whether the supplier is a natural person.
        is_company: whether a column says that it is none; where none says anything, its name may.
        pages: bodies that are web pages, by the text of their cells.
    """

    country: str | None
    currency: str | None
    unit: str
    body: str
    kind: str | None
    is_person: bool
    is_company: bool
    pages: dict[str, tuple[str, Sequence[Table]]]


def _write_row(page: PageBuilder, place: str, row: Row, reading: Reading) -> None:
    entries = _entries(row, reading.roles)
    page.key = (reading.with_keys and _key(entries)) or place
    about = _about(entries, reading)
    for entry in entries:
        _write_cell(page, entry, about)
    if not page.has("notice_type"):
        _keep_type(page, entries)


def _key(entries: Sequence[_Entry]) -> str:
    return next((entry.cell.text.strip() for entry in entries if entry.role == "key" and not entry.cell.parent), "")


def _about(entries: Sequence[_Entry], reading: Reading) -> _About:
    texts = {entry.role: entry.cell.text for entry in reversed(entries)}
    country = _country_of(entries) or reading.source.country or None
    currency = to_currency(texts.get("currency")) or reading.source.currency
    bodies = [entry.cell.text for entry in entries if entry.role == "body"]
    pages = {text: page for text in bodies if (page := reading.markup(text)) is not None}
    body = " ".join(pages[text][0] if text in pages else text for text in bodies)
    kinds = [kind for entry in entries if entry.role == "notice_type" if (kind := type_of(entry.cell.text))]
    return _About(
        country,
        currency or country_currencies().get(country or ""),
        reading.unit,
        fold(body) if len(body) >= _LEAST_BODY else "",
        "award" if "award" in kinds else next(iter(kinds), None),  # a call that was awarded since
        is_natural_person(texts.get("party_type", ""), texts.get("party_id", "")),
        is_company(texts.get("party_type", ""), texts.get("party_id", "")),
        pages,
    )


def _is_denied(entry: _Entry, about: _About) -> bool:
    """Return whether the row holds the notice itself and the notice tells something else than this column.

    Portals' dumps put their own case number in the column of the project's number, and the sum won in the column of
    the budget; the notice's text is read for both.
    """
    if not about.body:
        return False
    if entry.role == "project_number":
        number = re.escape(fold(clean_line(entry.cell.text)))
        return _NUMBER_LABEL in about.body and not re.search(rf"(?<![a-z0-9]){number}(?![a-z0-9])", about.body)
    if entry.role != "budget" or about.kind not in {"award", "contract"}:
        return False
    place = about.body.find(fold(clean_line(entry.cell.text)))
    return place >= 0 and any(word in about.body[max(0, place - _REACH) : place] for word in _WON)


@lru_cache(maxsize=256)
def _sort_plan(heads: tuple[tuple[str, str], ...], roles: Roles) -> tuple[tuple[int, str, int], ...]:
    """Return position, role and rank of the cells to write, in the order of writing."""
    found = [(number, *roles.of(parent, head)) for number, (parent, head) in enumerate(heads)]
    has_buyer = any(role == "buyer" for _, role, _ in found)
    bidders = {heads[number][0] for number, role, _ in found if role in {"suppliers", "candidates"}} - {""}
    named = []
    for number, role, rank in found:
        if heads[number][0] in bidders:  # names and prices of bidders stay together
            key = (_PLACE["candidates"], 0, number)
        else:
            key = (_PLACE.get(_resolve(role, has_buyer=has_buyer), _PLACE[""]), rank, number)
        named.append((key, (number, _resolve(role, has_buyer=has_buyer), rank)))
    return tuple(item for _, item in sorted(named))


def _resolve(role: str, *, has_buyer: bool) -> str:
    if role == "agency_or_buyer":
        return "agency" if has_buyer else "buyer"
    return role


def _entries(row: Row, roles: Roles) -> list[_Entry]:
    heads = tuple((cell.parent, cell.head) for cell in row)
    is_small = sum(len(head) for _, head in heads) <= _MOST_HEAD_CHARS
    plan = _sort_plan(heads, roles) if is_small else _sort_plan.__wrapped__(heads, roles)
    return [_Entry(role, rank, row[number]) for number, role, rank in plan if not is_null(row[number].text)]


def _country_of(entries: Sequence[_Entry]) -> str | None:
    """Return the country a cell names, else that of the portal's address."""
    for entry in entries:
        if entry.role == "country":
            return to_country(entry.cell.text)
    for entry in entries:
        match = _PORTAL.match(entry.cell.text.strip()) if entry.role == "address" else None
        if match and match[1].lower() not in _FREE_DOMAINS:
            return to_country(match[1])
    return None


def _write_cell(page: PageBuilder, entry: _Entry, about: _About) -> None:
    """Write one cell; the first that is valid for a field is the field's value."""
    cell, role = entry.cell, entry.role
    label, rule = _label(cell), f"table:{role}"
    if role == "body" and cell.text in about.pages:
        page.web_page(label, *about.pages[cell.text])
    elif role == "body":
        page.block(label, cell.text)
    elif role == "party_id" and about.is_person:
        return
    elif _is_denied(entry, about):
        page.line(label, cell.text)
    elif role in {"suppliers", "candidates"}:
        is_person = about.is_person or (not about.is_company and is_personal_name(clean_line(cell.text)))
        _write_supplier(page, label, cell.text, is_candidate=role == "candidates", is_person=is_person)
    elif role == "project_number" or (role in {"title", "buyer", "agency"} and not page.has(role)):
        page.field(role, label, cell.text, rule=rule)
    elif role in {"budget", "award_amount"} and not page.has(role):
        _write_amount(page, entry, about)
    elif role in {"province", "region", "city"}:
        _write_place(page, role, label, cell.text)
    else:
        span = page.line(label, cell.text)
        if span is not None:
            _keep_value(page, role, span, about, rule)


def _label(cell: Cell) -> str:
    return clean_line(cell.head)[:_LONGEST_LABEL]


def _keep_value(page: PageBuilder, role: str, span: Span, about: _About, rule: str) -> None:
    """Keep the value of a line that is a type, a date, a country, an address, or tells how the purchase goes."""
    country = about.country
    if role == "notice_type" and not page.has(role):
        kind = type_of(span.quote)
        if kind and kind == about.kind:
            page.keep(role, Field(kind, span, rule))
    elif role == "publication_date" and not page.has(role):
        iso = parse_date(span.quote)
        if iso:
            page.keep(role, Field(iso, span, rule))
    elif role == "country" and country and not page.has(role):
        page.keep(role, Field(country, span, rule))
    elif role == "address" and country and not page.has("country"):
        match = _PORTAL.match(span.quote)
        if match:
            start, end = span.start, span.start + match.end(1)
            host = Span(span.file, span.page, start, end, span.quote[: end - start])
            page.keep("country", Field(country, host, "table:address", "told by the portal's domain"))
    else:
        keep_process(page, role, span, country=country, rule=rule)


def _write_amount(page: PageBuilder, entry: _Entry, about: _About) -> None:
    cell = entry.cell
    span = page.line(_label(cell), cell.text)
    head = f"{cell.head}({about.unit})" if about.unit and unit_of(fold(cell.head)) is None else cell.head
    money = money_in(span.quote, head, about.country) if span is not None else None
    if span is not None and money:
        note = "" if money[1] or not about.currency else "currency of the row, of its source or country"
        page.keep_amount(entry.role, money[0], money[1] or about.currency, span, rule=f"table:{entry.role}", note=note)


def _write_place(page: PageBuilder, role: str, label: str, text: str) -> None:
    level, name = place_of(clean_line(text))
    field = level if role == "region" else role
    value = name if level == "province" or role == "region" else clean_line(text)
    if page.has(field):
        page.line(label, text)
    else:
        page.field(field, label, text, rule=f"table:{role}", value=value)


def _write_supplier(page: PageBuilder, label: str, text: str, *, is_candidate: bool, is_person: bool) -> None:
    """Write a winner or a ranked candidate; a natural person is covered, but for a legal form before the name."""
    name = clean_line(text)
    note = "ranked candidate, no award yet" if is_candidate else ""
    form = next((form for form in person_marks("name") if name.casefold().startswith(form)), None)
    if form is None and not is_person:
        span = page.field("suppliers", label, name, rule="table:suppliers", note=note)
        if is_candidate and span is not None and not page.has("has_candidates_only"):
            page.keep("has_candidates_only", Field(value=True, span=span, rule="table:candidates"))
    else:
        page.person("suppliers", label, name, rule="table:suppliers", visible=len(form or ""))


def _keep_type(page: PageBuilder, entries: Sequence[_Entry]) -> None:
    """Keep the notice type that the columns tell where no type column does.

    A contract number tells a contract; ranked candidates, or a supplier with a price, an award.
    """
    told = [("contract_number", "contract"), ("candidates", "award")]
    if page.has("suppliers") and page.has("award_amount"):
        told.append(("award_amount", "award"))
    for role, kind in told:
        entry = next((entry for entry in entries if entry.role == role), None)
        if entry is not None:
            span = page.find(_label(entry.cell), clean_line(entry.cell.text))
            if span is not None:
                page.keep("notice_type", Field(kind, span, f"table:{role}", "told by the columns"))
                return
