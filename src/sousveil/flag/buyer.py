"""Whether the law of public procurement binds the buyer of a case."""

from __future__ import annotations

from sousveil.flag.case import Case
from sousveil.flag.words import holds, plain

FREE = "Does not apply: the buyer is a company, which the law of public procurement of its country does not bind."


def is_free(case: Case) -> bool:
    """Return whether the buyer is a company of a country whose law of public procurement binds only public bodies.

    So it is in China (Government Procurement Law, Article 2): state companies buy under rules of their own. What the
    Tendering and Bidding Law asks of every open tender binds them, too; ``short_period`` knows it.
    """
    if case.country != "CN":
        return False
    if case.buyer is not None and case.buyer.kind not in ("", "other"):
        return case.buyer.kind == "company"
    stated = case.last("buyer")
    name = plain(str(stated[1].value)) if stated else ""
    return holds(name, "company_form") or holds(name, "operator")
