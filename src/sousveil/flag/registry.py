"""All indicators in their fixed order: about the purchase, then about rights. A new one is added here by hand."""

from __future__ import annotations

from collections.abc import Iterable

from sousveil.flag import (
    attribute_recognition,
    below_threshold,
    bulk_device_ids,
    close_to_ceiling,
    contract_differs,
    covert_collection,
    ethnic_or_religious,
    flow_to_police,
    identical_text,
    late_change,
    minors,
    no_legal_basis,
    orphan_award,
    others_disqualified,
    over_budget,
    person_scoring,
    protected_conduct,
    published_late,
    repeated_failure,
    repeated_winner,
    short_period,
    single_bidder,
    single_source,
    single_source_share,
    split_purchase,
    tailored_brand,
    unit_slip,
    unlimited_retention,
    whole_population,
    winner_brand,
    winner_named,
    zero_price,
)
from sousveil.flag.case import Case
from sousveil.flag.indicator import Indicator
from sousveil.flag.market import MarketRow, Recall, make_market
from sousveil.model import Flag

INDICATORS: tuple[Indicator, ...] = (
    # how it was called
    short_period.INDICATOR,
    late_change.INDICATOR,
    single_source.INDICATOR,
    repeated_failure.INDICATOR,
    below_threshold.INDICATOR,
    split_purchase.INDICATOR,
    # what was asked for
    tailored_brand.INDICATOR,
    winner_brand.INDICATOR,
    winner_named.INDICATOR,
    identical_text.INDICATOR,
    # who offered and won
    single_bidder.INDICATOR,
    others_disqualified.INDICATOR,
    repeated_winner.INDICATOR,
    single_source_share.INDICATOR,
    # for how much
    close_to_ceiling.INDICATOR,
    over_budget.INDICATOR,
    zero_price.INDICATOR,
    unit_slip.INDICATOR,
    contract_differs.INDICATOR,
    # what was made known
    orphan_award.INDICATOR,
    published_late.INDICATOR,
    # rights: whom it is for
    whole_population.INDICATOR,
    ethnic_or_religious.INDICATOR,
    minors.INDICATOR,
    protected_conduct.INDICATOR,
    # rights: what it does
    attribute_recognition.INDICATOR,
    person_scoring.INDICATOR,
    covert_collection.INDICATOR,
    bulk_device_ids.INDICATOR,
    # rights: under which law, for how long, to whom
    no_legal_basis.INDICATOR,
    unlimited_retention.INDICATOR,
    flow_to_police.INDICATOR,
)


def check_all(case: Case) -> tuple[Flag, ...]:
    """Return what every indicator that looks at one purchase says of it, in the order of ``INDICATORS``.

    One flag for each of them, in one of three states; those that compare purchases are left to ``check_market``.
    """
    return tuple(indicator.check(case) for indicator in INDICATORS if indicator.check is not None)


def check_market(rows: Iterable[MarketRow], recall: Recall | None = None) -> tuple[Flag, ...]:
    """Return what the indicators that compare purchases say, one flag for each of them and each purchase.

    Args:
        rows: slim rows of all purchases, made by ``row_of``; sorted and grouped here, n log n.
        recall: gives the case of a purchase; asked only to quote purchases flagged for identical text. Without it their
            titles are quoted.
    """
    market = make_market(rows, recall)
    return tuple(
        flag for indicator in INDICATORS if indicator.compare is not None for flag in indicator.compare(market)
    )
