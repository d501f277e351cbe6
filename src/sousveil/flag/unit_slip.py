"""Sums that differ by ten thousand: yuan taken for ten thousand yuan, or the other way round."""

from __future__ import annotations

from sousveil.flag.case import Case, spans_of
from sousveil.flag.close_to_ceiling import sums
from sousveil.flag.indicator import Indicator, clear, insufficient, money, raised
from sousveil.model import Flag, Notice

RULE = "unit_slip"
_FACTOR = 10_000
"""万 (ten thousand): the unit that Chinese forms print in the label and writers forget."""
_LEAST, _MOST = 0.3, 1.05
"""Shares of a budget that awards ordinarily have; the same times the factor, or by it, are slips."""


def check(case: Case) -> Flag:
    """Return whether award and budget are a factor of 10,000 apart, or all lots and their total are."""
    stated = sums(case)
    award, limit, kind = stated.award, stated.limit, stated.kind
    if award and limit and limit.value and award.value and award.currency == limit.currency:
        share = award.value / limit.value
        if is_slip(share):
            says = (
                f"The award of {money(award.value, award.currency)} and the {kind} of "
                f"{money(limit.value, limit.currency)} are about a factor of 10,000 apart."
            )
            return raised(case, RULE, says, spans_of(award, limit), award=award.value, limit=limit.value)
    for notice in case.notices:
        if flag := _lots(case, notice):
            return flag
    if award and limit:
        return clear(case, RULE, f"Award and {kind} are of one order.", spans_of(award, limit))
    return insufficient(case, RULE, "two sums of the same kind")


def _lots(case: Case, notice: Notice) -> Flag | None:
    """Return the flag of a notice that states its award and the award of every lot; None where it does not."""
    won = [lot.award_amount for lot in notice.lots if lot.award_amount is not None]
    lots = [lot for lot in notice.lots if not lot.is_failed]
    total = notice.award_amount
    if total is None or len(won) < 2 or len(won) != len(lots) or any(sum_.currency != total.currency for sum_ in won):
        return None
    parts = sum(sum_.value for sum_ in won)
    says = (
        f"{len(won)} lots add up to {money(parts, total.currency)}; the total printed is "
        f"{money(total.value, total.currency)}."
    )
    give = raised if total.value and is_slip(parts / total.value) else clear
    return give(case, RULE, says, spans_of(total, *won), lots=parts, total=total.value)


def is_slip(share: float) -> bool:
    """Return whether a share of two sums that should be of one order is that of a slip.

    >>> is_slip(0.95), is_slip(9_500.0), is_slip(0.000095), is_slip(2.4)
    (False, True, True, False)
    """
    return any(_LEAST <= value <= _MOST for value in (share / _FACTOR, share * _FACTOR))


INDICATOR = Indicator(
    id=RULE,
    title="Slip of the unit",
    subject="procurement",
    question="Do the sums of one purchase contradict each other by their unit?",
    formula="award / budget or its inverse within 0.3 to 1.05 x 10,000; or so for all lots / their total",
    ocds_paths=("awards/value", "tender/value", "awards/relatedLots", "tender/lots/value"),
    needs=("award_amount and budget, or award_amount and the sums of all lots",),
    limits=(
        "The slip may be the publisher's or the reader's: look at the quotations first.",
        "A slip in both sums is not seen.",
        "Lots that add up to another total by less are not flagged: frameworks print one value for all and for each.",
    ),
    check=check,
)
