"""Every indicator: raised, clear and insufficient, from invented notices that are really read (``cases/NAME.yml``)."""

from pathlib import Path

import pytest
import yaml

from sousveil import flag
from tests.flag.purchases import assert_quotes, case_of, market_of

CASES = [
    (path.stem, number, case)
    for path in sorted((Path(__file__).parent / "cases").glob("*.yml"))
    for number, case in enumerate(yaml.safe_load(path.read_text(encoding="utf-8")), 1)
]
INDICATORS = {indicator.id: indicator for indicator in flag.INDICATORS}


def flags_of(rule, given):
    """Return the flags that a rule gives to the purchases of a case, and their cases."""
    indicator = INDICATORS[rule]
    if indicator.compare:
        rows, cases = market_of(given["purchases"])
        found = [item for item in flag.check_market(rows, cases.__getitem__) if item.rule == rule]
        return {item.procurement: item for item in found}, list(cases.values())
    options = {name: given[name] for name in ("buyer_kind", "attempts") if name in given}
    case = case_of(given["notices"], **options)
    return {case.procurement.id: indicator.check(case)}, [case]


@pytest.mark.parametrize(
    ("rule", "number", "given"), CASES, ids=lambda value: value if isinstance(value, str) else None
)
def test_case(rule, number, given):
    found, cases = flags_of(rule, given)
    judged = found[given.get("of", f"p{len(found)}")]
    assert judged.state == given["state"], judged.says
    for words in given.get("says", []):
        assert words in judged.says
    if "missing" in given:
        assert list(judged.missing) == given["missing"]
    for words in given.get("quotes", []):
        assert any(words in span.quote for span in judged.spans), [span.quote for span in judged.spans]
    for item in found.values():
        assert_quotes(item, cases)
        assert item.says.endswith(".")
        assert (item.state == "insufficient") == bool(item.missing)


@pytest.mark.parametrize("rule", INDICATORS)
def test_every_indicator_has_a_clear_and_an_insufficient_case(rule):
    states = {case["state"] for name, _, case in CASES if name == rule}
    assert states >= {"clear", "insufficient"}  # the raised one is the example of its page
