"""Dossiers and spread: figures that lead back to notices, each purchase once."""

import pytest

from sousveil.ask.chosen import chosen_purchases
from sousveil.ask.coverage import SPENT_LIST
from sousveil.ask.dossier import show_institution, show_place, show_system
from sousveil.ask.facts import partners
from sousveil.ask.spread import spread
from sousveil.exceptions import NotFoundError, UsageError


def test_a_buyer_has_its_purchases_once(demo):
    view = show_institution(demo.store, "澧浦市公安局")
    assert view.side == "buyer"
    assert view.institution.kind == "police"
    totals = view.dossier.totals
    assert (totals.purchases, totals.notices) == (1, 7)
    assert [(one.amount, one.currency, one.stated_in, one.of) for one in totals.sums] == [(22_765_000.0, "CNY", 1, 1)]
    assert "1 state what was spent" in totals.coverage


def test_lanes_quotes_and_first_days_belong_to_its_notices(demo):
    view = show_institution(demo.store, "澧浦市公安局")
    notices = set(
        demo.procurement(
            demo.store.rows("SELECT id FROM procurements WHERE buyer = ?", (view.institution.id,))[0]["id"]
        ).procurement.notices
    )
    assert {lane.month for lane in view.dossier.lanes} == {"2021-03"}
    assert {one.date for one in view.dossier.first} == {"2021-03-08"}
    for quote in view.dossier.quotes:
        assert quote.notice in notices
        assert demo.finding(quote.finding).span.quote == quote.quote
    for scale in view.dossier.scales:
        assert demo.finding(scale.finding).span.quote == scale.quote
        assert scale.number > 0


def test_suppliers_and_customers_mirror_one_another(demo):
    bought = show_institution(demo.store, "澧浦市公安局")
    assert bought.dossier.partners
    for partner in bought.dossier.partners:
        assert 0 < partner.share <= 1
        sold = show_institution(demo.store, partner.id, side="supplier")
        assert bought.institution.id in {one.id for one in sold.dossier.partners}


def test_flags_count_every_purchase_in_one_of_three_states(demo):
    view = show_institution(demo.store, "澧浦市公安局")
    for one in view.dossier.flags:
        assert one.raised + one.clear + one.insufficient <= view.dossier.totals.purchases
    assert any(one.clear for one in view.dossier.flags)


def test_a_system_has_its_instances_and_flows(demo):
    view = show_system(demo.store, "sharp_eyes")
    assert len(view.instances) == 2
    instance = show_system(demo.store, next(one.id for one in view.instances if one.owner and "澧浦" in one.title))
    assert instance.owner.name == "澧浦市公安局"
    assert instance.dossier.flows
    for flow in instance.dossier.flows:
        assert {flow.source, flow.target} <= instance.dossier.ends.keys()
        assert all(demo.finding(finding).kind == "link" for finding in flow.findings)


def test_a_place_counts_what_lies_in_it(demo):
    province = show_place(demo.store, "湖南省")
    assert province.place.code == "430000"
    assert province.dossier.totals.purchases >= 2
    assert province.per_million == pytest.approx(province.dossier.totals.purchases / province.place.population * 1e6)
    country = show_place(demo.store, "CN")
    assert country.dossier.totals.purchases > province.dossier.totals.purchases
    assert show_place(demo.store, "Hunan").place == province.place


@pytest.mark.parametrize("show", [show_institution, show_system, show_place])
def test_what_is_not_there_is_said(demo, show):
    with pytest.raises(NotFoundError):
        show(demo.store, "nothing-of-the-kind")


def test_spread_is_in_order_of_time(demo):
    arrivals = spread(demo.store, "video_surveillance")
    assert [one.date for one in arrivals] == sorted(one.date for one in arrivals)
    assert {one.code for one in arrivals} >= {"430000", "130000"}
    for one in arrivals:
        assert demo.procurement(one.procurement).procurement.first_date == one.date
    with pytest.raises(UsageError, match="province"):
        spread(demo.store, "video_surveillance", "village")


def test_json_of_every_dossier_is_plain(demo):
    import json

    for view in (
        show_institution(demo.store, "澧浦市公安局"),
        show_system(demo.store, "sharp_eyes"),
        show_place(demo.store, "CN"),
    ):
        shape = json.loads(json.dumps(view.to_json()))
        assert shape["v"] == 1
        assert {"amount", "currency", "stated_in", "of"} <= shape["totals"]["sums"][0].keys()


def test_a_sum_of_a_partner_has_the_currency_that_its_purchases_state(demo):
    with chosen_purchases(demo.store, [row[0] for row in demo.store.rows("SELECT id FROM procurements")]) as table:
        found = {one.id: one for one in partners(demo.store, table, "buyer")}
    rows = demo.store.rows(
        "SELECT buyer, currency, sum(amount) AS amount, count(*) AS stated FROM procurements"
        f" WHERE amount_rule IN ({SPENT_LIST}) AND buyer <> '' GROUP BY 1, 2"
    )
    assert any(row["currency"] for row in rows)
    for row in rows:
        one = found[row["buyer"]]
        if one.currency == (row["currency"] or ""):
            assert (one.amount, one.stated_in) == (row["amount"], row["stated"])
        else:
            assert any(other["currency"] == one.currency for other in rows if other["buyer"] == row["buyer"])
