"""A notice, a document, a purchase, each in full."""

from __future__ import annotations

from sousveil.ask.cite import one_line
from sousveil.ask.procurement import ProcurementView
from sousveil.ask.show import DocumentView, NoticeView
from sousveil.draw.figures import money, several
from sousveil.model import Amount, Field
from sousveil.notebook.found import families, findings_table
from sousveil.notebook.markup import Html, faint, line, note, quoted, source, strong, table, unbroken, whole

_MOST_CHARS = 1_200
"""Characters of a document that are shown: a page of print."""
_MOST_NOTICES = 20


def notice_html(view: NoticeView) -> Html:
    """Return a notice: its fields with their words, what was found in it."""
    notice = view.notice
    fields = [
        (
            faint(name.replace("_", " ")),
            _stated(value),
            source(one_line(value.span.quote)),
            unbroken(f"p. {value.span.page}"),
        )
        for name, value in view.fields()
        if name != "title"
    ]
    found = tuple(one for several in view.by_kind().values() for one in several)
    return whole(
        line(strong(source(notice.title.value if notice.title else "no title")), faint(f" · notice {notice.id}")),
        table(("field", "says", "in the words of the notice", "page"), fields) if fields else "",
        findings_table(found),
    )


def _stated(value: Field | Amount) -> object:
    return money(value.value, value.currency) if isinstance(value, Amount) else source(value.value)


def document_html(view: DocumentView) -> Html:
    """Return a document: what it is, what was covered, how it begins."""
    document = view.document
    covered = ", ".join(f"{count} {kind}" for kind, count in view.masks().items()) or "nothing"
    held = ((document.pages, "page"), (document.tables, "table"), (view.notices, "notice"))
    counts = ", ".join(several(len(some), word) for some, word in held)
    text = document.pages[0].text if document.pages else ""
    return whole(
        line(strong(document.name), faint(f" · document {document.id} · {document.media_type}, {view.size:,} bytes")),
        note(f"{counts}; covered: {covered}; seen {view.sightings[0].seen_at[:10] if view.sightings else 'never'}"),
        *(note(f"Not complete: {mark}") for mark in document.marks),
        quoted(text[:_MOST_CHARS] + ("…" if len(text) > _MOST_CHARS else "")),
    )


def procurement_html(view: ProcurementView) -> Html:
    """Return a purchase: its sum and why, its notices in order of time, its flags."""
    found = view.procurement
    known = found.amount
    total = f"{money(known.value, known.currency)} ({known.rule.replace('_', ' ')})" if known else "no sum known"
    suppliers = ", ".join(one.name for one in view.suppliers)
    rows = [
        (
            unbroken(one.publication_date.value if one.publication_date else "undated"),
            one.notice_type.value if one.notice_type else "",
            source(one.title.value if one.title else "no title"),
            money(one.budget.value, one.budget.currency) if one.budget else "",
            money(one.award_amount.value, one.award_amount.currency) if one.award_amount else "",
        )
        for one in view.notices[:_MOST_NOTICES]
    ]
    left = len(view.notices) - len(rows)
    return whole(
        line(strong(source(found.title or "no title")), faint(f" · procurement {found.id} · {found.status} · {total}")),
        note(
            source(view.buyer.name if view.buyer else "no buyer stated"),
            " → " if suppliers else "",
            source(suppliers),
            " ",
            families(view.capabilities),
        ),
        table(("date", "type", "notice", "budget", "award"), rows, {3, 4}),
        note(f"{several(left, 'notice')} more.") if left else "",
        table(("raised", "says"), [(flag.rule, flag.says) for flag in view.raised]) if view.raised else "",
        note(f"Not in these notices: {', '.join(found.missing)}.") if found.missing else "",
        note("A flag is a reason to look, never a verdict.") if view.raised else "",
    )
