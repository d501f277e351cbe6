"""Identifiers of all telephones in reach, whoever carries them."""

from __future__ import annotations

from sousveil.flag.case import Case, spans_of
from sousveil.flag.indicator import Indicator
from sousveil.flag.text_at_hand import answer, places
from sousveil.flag.words import holds, plain
from sousveil.model import Flag

RULE = "bulk_device_ids"
COLLECTORS = ("wifi_mac_collection", "imsi_catcher")
"""Leaves of ``data/capabilities.yml`` that take the identifier of every device in reach."""


def check(case: Case) -> Flag:
    """Return whether devices are bought that collect identifiers of all telephones in reach."""
    located = case.stated("capability", "telecom_location")
    found = (
        *case.stated("capability", *COLLECTORS),
        *(finding for finding in located if holds(plain(finding.span.quote), "bulk_signal")),
    )
    data = case.stated("data", "device_ids") if found else ()
    kinds = ", ".join(dict.fromkeys(finding.value for finding in found))
    says = f"Identifiers of all telephones in reach are collected ({kinds}), named in {places(len(found))}."
    nothing = "No collector of telephone identifiers was found."
    return answer(case, RULE, says, spans_of(*found, *data), nothing, capabilities=kinds)


INDICATOR = Indicator(
    id=RULE,
    title="Bulk collection of telephone identifiers",
    subject="rights",
    question="Are identifiers of all telephones in reach collected, whoever carries them?",
    formula="a capability wifi_mac_collection or imsi_catcher, or telecom_location in words of kind bulk_signal",
    ocds_paths=("tender/description", "tender/items/description", "tender/documents"),
    needs=("the requirements",),
    limits=(
        "A finder for one lost telephone (rescue) and a net over a square are the same device.",
        "Counts of visitors from an operator's signals (tourism) are flagged like tracks of single telephones.",
    ),
    check=check,
)
