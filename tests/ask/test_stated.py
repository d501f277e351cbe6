"""What findings state together is what a plain look at all of them gives."""

import shutil

import pytest

from sousveil.ask.chosen import purchases_of
from sousveil.ask.facts import count_flags
from sousveil.ask.stated import stated
from sousveil.dataset import open_dataset
from sousveil.store.flags import Flags
from sousveil.store.reviews import ReviewStore

SECTIONS = {"body": 0, "items": 1}


@pytest.fixture(scope="module")
def told(demo):
    with purchases_of(demo.store, "SELECT id FROM procurements") as table:
        return stated(demo.store, table)


@pytest.fixture(scope="module")
def findings(demo):
    return [
        one
        for several in demo.store.findings_in(
            [row[0] for row in demo.store.rows("SELECT notice FROM summaries")]
        ).values()
        for one in several
    ]


def number_of(finding):
    return dict(finding.details).get("number") if finding.kind == "scale" else None


def test_findings_are_counted(told, findings):
    assert told.findings == len(findings)
    assert sum(told.findings_of.values()) == sum(one.kind == "capability" for one in findings)


def test_the_strongest_quotations_are_those_of_all_by_strength(told, findings):
    found = [one for one in findings if one.kind == "capability"]
    found.sort(key=lambda one: (one.value, SECTIONS.get(one.section, 2), -one.score, -len(one.span.quote), one.id))
    best: dict[str, dict[str, str]] = {}
    for one in found:
        held = best.setdefault(one.value, {})
        if len(held) < 3:
            held.setdefault(" ".join(one.span.quote.split()), one.id)
    assert [one.finding for one in told.quotes] == [one for held in best.values() for one in held.values()]


def test_the_largest_figure_of_a_unit_is_the_largest_of_all(told, findings):
    largest: dict[str, tuple[float, str]] = {}
    for one in findings:
        if (number := number_of(one)) is not None:
            unit = str(dict(one.details).get("unit") or "")
            largest[unit] = max(largest.get(unit, (-1.0, "")), (number, one.id))
    assert told.scales
    assert all((one.number, one.finding) == largest[one.unit] for one in told.scales)


def test_the_figure_beside_a_capability_stands_near_a_term_of_it(told, findings):
    assert told.extents
    for capability, extent in told.extents.items():
        figure = next(one for one in findings if one.id == extent.finding)
        assert any(
            one.notice == figure.notice
            and one.span.page == figure.span.page
            and abs(one.span.start - figure.span.start) <= 60
            for one in findings
            if one.kind == "capability" and one.value == capability
        )


def test_what_somebody_rejected_is_no_quotation(demonstration, tmp_path, told):
    rejected = told.quotes[0]
    with open_dataset(shutil.copytree(demonstration, tmp_path / "dataset")) as dataset:
        ReviewStore(dataset.paths.judgements).add("rejected", rejected.finding, rejected.notice)
        with purchases_of(dataset.store, "SELECT id FROM procurements") as table:
            again = stated(dataset.store, table)
    assert rejected.finding not in {one.finding for one in again.quotes}
    assert again.findings == told.findings


def test_flags_are_counted_as_each_purchase_has_them(demo):
    ids = [row[0] for row in demo.store.rows("SELECT id FROM procurements")]
    with purchases_of(demo.store, "SELECT id FROM procurements") as table:
        counted = {one.rule: one for one in count_flags(demo.store, table)}
    flags = Flags(demo.store)
    raised = [flag.rule for several in flags.raised(ids).values() for flag in several]
    checks = [(rule, state) for several in flags.checks(ids).values() for rule, state, _ in several]
    assert raised
    for rule, one in counted.items():
        assert one.raised == raised.count(rule)
        assert (one.clear, one.insufficient) == (checks.count((rule, "clear")), checks.count((rule, "insufficient")))
