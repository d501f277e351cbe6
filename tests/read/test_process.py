"""How purchases go in invented notices (``process/*.yml``): method, call, days, lots, items, numbers of bodies."""

from pathlib import Path

import pytest
import yaml

from sousveil.model import Notice
from sousveil.read import read
from tests.read.test_cases import document_of

CASES = [
    pytest.param(case, id=case["name"])
    for path in sorted(Path(__file__).with_name("process").glob("*.yml"))
    for case in yaml.safe_load(path.read_text(encoding="utf-8"))
]


def value_of(field):
    return None if field is None else field.value


def stated(notice: Notice, name: str):
    if name == "lots":
        return {
            lot.number: [
                value_of(lot.title),
                value_of(lot.budget),
                value_of(lot.award_amount),
                [supplier.value for supplier in lot.suppliers],
                lot.is_failed,
            ]
            for lot in notice.lots
        }
    if name == "items":
        return [
            [value_of(item.name), value_of(item.brand), value_of(item.model), value_of(item.quantity), item.unit,
             value_of(item.unit_price)]
            for item in notice.items
        ]  # fmt: skip
    if name == "identifiers":
        return [[one.role, one.name, one.scheme, one.value] for one in notice.identifiers]
    return value_of(getattr(notice, name))


def spans_of(notice: Notice):
    names = ("method", "ceiling", "contract_number", "related_number", "attempt", "documents_from", "deadline")
    more = ("awarded_on", "signed_on", "first_published", "bidders")
    fields = [getattr(notice, name) for name in (*names, *more)]
    for lot in notice.lots:
        yield lot.span
        fields += [lot.title, lot.budget, lot.award_amount, *lot.suppliers]
    for item in notice.items:
        fields += [item.name, item.brand, item.model, item.quantity, item.unit_price]
    for one in notice.identifiers:
        yield one.span
    yield from (field.span for field in fields if field is not None)


@pytest.mark.parametrize("case", CASES)
def test_case(case):
    notice = read(document_of(case["text"]))[0]
    for name, wanted in case.get("has", {}).items():
        assert stated(notice, name) == wanted, name
    for name in case.get("not", ()):
        assert not stated(notice, name), name


@pytest.mark.parametrize("case", CASES)
def test_every_quote_stands_at_its_offsets(case):
    document = document_of(case["text"])
    text = document.pages[0].text
    for span in spans_of(read(document)[0]):
        assert text[span.start : span.end] == span.quote
        assert span.quote
