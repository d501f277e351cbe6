"""A purchase on one line of time: each of its notices by its day."""

from __future__ import annotations

from datetime import date

from sousveil.ask.procurement import ProcurementView
from sousveil.chart import links
from sousveil.chart.words import tell
from sousveil.draw.chart import Cell, Chart, Column, Key
from sousveil.draw.figures import figure, money
from sousveil.draw.line import Moment, line_of_time
from sousveil.model import Notice

_ENDS = ("award", "contract")
_FULL_DAY = 10
"""Characters of a day; a month or a year alone has no place on the line."""


def purchase_chart(view: ProcurementView, language: str = "en") -> Chart:
    """Return the notices of a purchase in order of time."""
    drawn = [one for one in view.notices if len(_day(one)) == _FULL_DAY]
    moments = [
        Moment(
            date.fromisoformat(_day(one)),
            tell(language, _type(one).capitalize()),
            _sum(one, language),
            links.page("n", one.id),
            f"{_day(one)}: {tell(language, _type(one).capitalize())} {_exact(one)}".rstrip(),
            _type(one) in _ENDS,
        )
        for one in drawn
    ]
    undated = len(view.notices) - len(drawn)
    title = tell(language, "Notices on one line of time")
    return Chart(
        name="line",
        title=title,
        summary=tell(language, "{} notices by day of publication, copies included.", len(drawn)),
        columns=tuple(
            Column(name, tell(language, words))
            for name, words in (
                ("notice", "Notice"),
                ("date", "Date"),
                ("type", "Notice type"),
                ("budget", "Budget"),
                ("award_amount", "Award"),
            )
        ),
        rows=tuple(
            (
                Cell(one.id, links.page("n", one.id)),
                Cell(_day(one) or None),
                Cell(_type(one), label=tell(language, _type(one).capitalize())),
                Cell(one.budget.value if one.budget else None),
                Cell(one.award_amount.value if one.award_amount else None),
            )
            for one in view.notices
        ),
        drawing=line_of_time(moments, title),
        keys=(
            Key("", "●", tell(language, "award or contract")),
            Key("", "○", tell(language, "other notices")),
        ),
        leaves_out=tell(language, "{} notices without a day are not drawn.", undated) if undated else "",
    )


def _day(notice: Notice) -> str:
    return str(notice.publication_date.value) if notice.publication_date else ""


def _type(notice: Notice) -> str:
    return str(notice.notice_type.value) if notice.notice_type else "other"


def _sum(notice: Notice, language: str) -> str:
    found = notice.award_amount or notice.budget
    return money(float(found.value), found.currency, language) if found else ""


def _exact(notice: Notice) -> str:
    """Return the sums of a notice, to the last digit."""
    sums = [one for one in (notice.budget, notice.award_amount) if one]
    return " / ".join(f"{one.currency or ''} {figure(one.value)}".strip() for one in sums)
