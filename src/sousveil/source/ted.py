"""TED notices (TED_EXPORT, schemas R2.0.7 to R2.0.9): the form in the notice's own language, and the coded data.

Rendering is an allow-list: of an authority or contractor only name, town, country and number are written; contact
points, telephones, e-mail, jury members and review bodies never are.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from lxml import etree

from sousveil.data.codes import notice_codes
from sousveil.data.methods import MethodName
from sousveil.exceptions import EmptyFileError, UnsupportedTypeError
from sousveil.model import Document
from sousveil.settings import Limits
from sousveil.source import ted_defence, ted_form
from sousveil.source.organisations import scheme_of
from sousveil.source.render import PageBuilder, clean_line
from sousveil.source.render import to_document as render
from sousveil.source.values import to_country, to_currency, to_iso_date, to_language, to_number
from sousveil.source.xmlfile import load_root, local_name, strip_namespaces, text_of

_NOT_READ = ("TRANSLATION_SECTION", "LINKS_SECTION")
"""Titles in 24 languages and addresses of the portal."""
_CEDEX = re.compile(r" cedex(?: \d{1,2})?$", re.IGNORECASE)
"""French mail routing after a town's name; no part of the town."""


_METHODS: dict[str, MethodName] = {
    "1": "open",
    "2": "selective",  # restricted
    "3": "selective",  # accelerated restricted
    "4": "selective",  # negotiated, after a call
    "6": "selective",  # accelerated negotiated
    "A": "direct",  # direct award
    "B": "selective",  # competitive procedure with negotiation
    "C": "selective",  # competitive dialogue
    "G": "selective",  # innovation partnership
    "T": "limited",  # negotiated without a prior call
    "V": "limited",  # award without prior publication
}
"""Codes of the type of procedure (TED codelist PR_PROC) and the method they mean."""


@dataclass(frozen=True, slots=True)
class _Notice:
    """The parts of one TED_EXPORT file."""

    root: etree._Element
    coded: etree._Element
    form: etree._Element
    head: Callable[[etree._Element], ted_form.Head]
    body: Callable[[PageBuilder, etree._Element], None]


def to_document(untrusted: bytes, *, file: str, name: str, limits: Limits) -> Document:
    """Return the document of one TED notice: one page, one record.

    Raises:
        UnsupportedTypeError: XML of another kind.
        EmptyFileError: a file without a form.
        DamagedError: broken XML.
        LimitError: larger than the limits allow.
    """
    root = load_root(untrusted, limits)
    if local_name(root) != "TED_EXPORT":
        reason = f"The XML is no TED notice but <{local_name(root)[:60]}>"
        raise UnsupportedTypeError(reason, "Only eForms and TED notices are read from XML; send others as HTML or PDF.")
    strip_namespaces(root, without=_NOT_READ)
    coded = root.find("CODED_DATA_SECTION")
    if coded is None:
        coded = etree.Element("CODED_DATA_SECTION")
    original = text_of(coded.find("NOTICE_DATA/LG_ORIG")).strip()
    form = _original_form(root, original)
    if form is None:
        raise EmptyFileError("The TED file holds no form", "Fetch the notice itself, not only its coded data.")
    rooms = ted_defence if ted_defence.is_old_form(form) else ted_form
    notice = _Notice(root, coded, form, rooms.read_head, rooms.write_body)
    return render(
        [notice],
        _write_notice,
        file=file,
        media_type="application/xml",
        name=name,
        limits=limits,
        language=to_language(form.get("LG") or original),
    )


def _original_form(root: etree._Element, original: str) -> etree._Element | None:
    """Return the form in the original language: so marked, or in the language of the coded data, else the first."""
    forms = [form for form in root.iterfind("FORM_SECTION/*") if form.tag != "NOTICE_UUID"]
    marked = [form for form in forms if form.get("CATEGORY") == "ORIGINAL"]
    spoken = [form for form in forms if form.get("LG") == original]
    return next(iter((*marked, *spoken, *forms)), None)


def _write_notice(page: PageBuilder, notice: _Notice) -> None:
    head = notice.head(notice.form)
    number = clean_line(text_of(notice.coded.find("NOTICE_DATA/NO_DOC_OJS")))
    page.key = notice.root.get("DOC_ID") or number
    page.field("title", "Title", head.title, rule="ted:TITLE")
    for buyer in head.buyers:
        page.field("buyer", "Buyer", buyer.name, rule="ted:OFFICIALNAME")
        scheme = scheme_of(buyer.number, buyer.country, is_public=True)
        if scheme:
            page.identifier("buyer", buyer.name, scheme, buyer.number, label="Buyer identifier")
    _write_type(page, notice)
    page.field("project_number", "Reference number", head.reference, rule="ted:REFERENCE_NUMBER")
    page.line("TED notice", notice.root.get("DOC_ID") or "")
    page.line("Official Journal", number)
    _write_dates(page, notice.coded)
    _write_values(page, notice.coded, head)
    _write_place(page, notice.coded, head)
    for label, path in (
        ("Authority type", "AA_AUTHORITY_TYPE"),
        ("Contract nature", "NC_CONTRACT_NATURE"),
        ("Procedure", "PR_PROC"),
        ("Main activity", "MA_MAIN_ACTIVITIES"),
    ):
        element = notice.coded.find(f"CODIF_DATA/{path}")
        method = _METHODS.get(element.get("CODE") or "") if element is not None and path == "PR_PROC" else None
        if method is None:
            page.line(label, text_of(element))
        else:
            page.field("method", label, text_of(element), rule="ted:PR_PROC", value=method)
    for code in notice.coded.iterfind("NOTICE_DATA/ORIGINAL_CPV"):
        cpv = code.get("CODE") or ""
        page.field("codes", "CPV", f"{cpv} {text_of(code)}", rule="ted:ORIGINAL_CPV", value=f"CPV:{cpv}", lead=len(cpv))
    for path, label in (("PERFORMANCE_NUTS", "Place of performance"), ("ORIGINAL_NUTS", "Place of performance")):
        for nuts in notice.coded.iterfind(f"NOTICE_DATA/{path}"):
            page.line(label, f"{nuts.get('CODE') or ''} {text_of(nuts)}")
    notice.body(page, notice.form)


def _write_type(page: PageBuilder, notice: _Notice) -> None:
    """Write the document type; an award notice in which every lot failed is a termination."""
    element = notice.coded.find("CODIF_DATA/TD_DOCUMENT_TYPE")
    code = element.get("CODE") or "" if element is not None else ""
    row = notice_codes("ted").get(code)
    if row is None or not row.type:
        row = notice_codes("ted-form").get(notice.form.get("FORM") or "")
    if row is None:
        page.line("Notice type", text_of(element))
        return
    value = row.type
    if value == "award" and ted_form.is_nothing_awarded(notice.form):
        value = "termination"
    page.field(
        "notice_type", "Notice type", text_of(element) or row.name, rule="ted:TD_DOCUMENT_TYPE", value=value or "other"
    )


def _write_dates(page: PageBuilder, coded: etree._Element) -> None:
    published = text_of(coded.find("REF_OJS/DATE_PUB")).strip()
    iso = to_iso_date(published)
    if iso:
        page.field("publication_date", "Publication date", published, rule="ted:DATE_PUB", value=iso)
    page.line("Dispatch date", text_of(coded.find("CODIF_DATA/DS_DATE_DISPATCH")))
    ted_form.write_day(page, "deadline", "Deadline", text_of(coded.find("CODIF_DATA/DT_DATE_FOR_SUBMISSION")))


def _write_values(page: PageBuilder, coded: etree._Element, head: ted_form.Head) -> None:
    """Write estimate and total: as the form prints them, else the coded data, else the sums of lots and awards."""
    if head.estimate:
        page.amount("budget", "Estimated value", *head.estimate, rule="ted:VAL_ESTIMATED_TOTAL")
    if head.total:
        page.amount("award_amount", "Total value", *head.total, rule="ted:VAL_TOTAL")
    for value in coded.iterfind(".//VALUE"):
        money = to_number(text_of(value))
        kind = value.get("TYPE") or ""
        name = "budget" if kind.startswith("ESTIMATED") else "award_amount" if kind == "PROCUREMENT_TOTAL" else ""
        if money and name and not page.has(name):
            label = "Estimated value" if name == "budget" else "Total value"
            page.amount(name, label, money, to_currency(value.get("CURRENCY")), rule=f"ted:VALUE/{kind}")
    if not page.has("budget"):
        page.total("budget", "Estimated value, total of lots", head.lot_estimates, rule="ted:VAL_OBJECT")
    if not page.has("budget"):
        page.total("budget", "Estimated value, total of awards", head.award_estimates, rule="ted:VAL_ESTIMATED_TOTAL")
    if not page.has("award_amount"):
        page.total("award_amount", "Total of awards", head.award_values, rule="ted:AWARD_CONTRACT/VAL_TOTAL")


def _write_place(page: PageBuilder, coded: etree._Element, head: ted_form.Head) -> None:
    if head.buyers:
        town = clean_line(head.buyers[0].town)
        place = _CEDEX.sub("", town)
        page.field("city", "Town", town, rule="ted:TOWN", value=place, lead=len(place))
    country = coded.find("NOTICE_DATA/ISO_COUNTRY")
    code = (country.get("VALUE") or "" if country is not None else "") or (
        head.buyers[0].country if head.buyers else ""
    )
    if to_country(code):
        page.field("country", "Country", code, rule="ted:ISO_COUNTRY", value=to_country(code))
