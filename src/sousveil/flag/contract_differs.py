"""A contract over another sum than the award (OCP R059)."""

from __future__ import annotations

from sousveil.flag.case import Case, is_award, last_amount, spans_of
from sousveil.flag.indicator import Indicator, clear, insufficient, money, percent, raised
from sousveil.model import Flag

RULE = "contract_differs"
SLACK = 0.01
"""Share of the award by which a contract may differ without a question: roundings, not changes."""


def check(case: Case) -> Flag:
    """Return whether the contract's sum differs from the award's by more than one per cent."""
    awards = [notice.award_amount for notice in case.of_type("award") if is_award(notice) and notice.award_amount]
    contracts = case.of_type("contract")
    signed = last_amount(case, "award_amount", "contract")
    if not awards or signed is None:
        missing = ("the award" if not awards else "", "the sum of the contract" if signed is None else "")
        return insufficient(case, RULE, *filter(None, missing))
    if len(contracts) > 1:
        return insufficient(case, RULE, f"which of {len(contracts)} contracts belongs to which award")
    award, contract = awards[-1], signed[1]
    if award.currency != contract.currency or not award.value:
        return insufficient(case, RULE, "award and contract in one currency")
    change = contract.value / award.value - 1
    says = (
        f"The contract is over {money(contract.value, contract.currency)}, the award over "
        f"{money(award.value, award.currency)}: {'+' if change > 0 else ''}{percent(change)}."
    )
    give = raised if abs(change) > SLACK else clear
    return give(case, RULE, says, spans_of(award, contract), award=award.value, contract=contract.value)


INDICATOR = Indicator(
    id=RULE,
    title="Contract differs from the award",
    subject="procurement",
    question="Was the contract made over another sum than the award?",
    formula="|contract / award - 1| > 0.01, where the purchase has one contract",
    ocds_paths=("awards/value", "contracts/value", "contracts/awardID"),
    needs=("award_amount of the award", "award_amount of the contract"),
    limits=("Purchases with several contracts are not judged: which belongs to which lot is often not told.",),
    check=check,
)
