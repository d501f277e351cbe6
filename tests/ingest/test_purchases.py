"""Purchases after ingest: put together from what changed, and always as if from everything at once."""

import shutil

import pytest

from sousveil.dataset import Dataset, init_dataset, open_dataset, sample_folder
from sousveil.exceptions import NotFoundError
from sousveil.ingest.options import Options
from sousveil.ingest.purchases import Gathering
from sousveil.store.institutions import Institutions
from sousveil.store.purchases import Purchases

TABLES = (
    "institutions",
    "procurements",
    "procurement_suppliers",
    "procurement_capabilities",
    "flags",
    "checks",
    "systems",
    "system_findings",
    "bodies",
)
SERIES = ("lipu-xueliang", "yunling-dna", "minyang-face", "weiyang-kakou", "neg-")


def state(dataset: Dataset) -> dict[str, list[tuple[object, ...]]]:
    """Return everything that is put together, in an order of its own."""
    rows = {table: dataset.store.rows(f"SELECT * FROM {table}") for table in TABLES}
    rows["flows"] = dataset.store.rows("SELECT source, target, body FROM flows")
    rows["notices"] = dataset.store.rows("SELECT notice, procurement FROM summaries")
    rows["named"] = dataset.store.rows(
        "SELECT DISTINCT notice, number, role, institution FROM mentions JOIN named ON named.spelling = mentions.spelling"
    )
    return {table: sorted(map(tuple, found), key=repr) for table, found in rows.items()}


def copy_series(target, *series):
    folder = target / "in"
    folder.mkdir(parents=True, exist_ok=True)
    for path in sorted((sample_folder() / "cn").iterdir()):
        if path.name.startswith(series):
            shutil.copy(path, folder / path.name)
    return folder


@pytest.fixture(scope="module")
def at_once(tmp_path_factory):
    """Series of notices read in one run."""
    folder = tmp_path_factory.mktemp("at-once")
    dataset = init_dataset(folder / "ds")
    dataset.ingest([copy_series(folder, *SERIES)], Options(source="s"))
    yield dataset
    dataset.close()


def test_a_series_of_notices_is_one_purchase(at_once):
    view = next(
        view
        for row in at_once.store.rows("SELECT id FROM procurements ORDER BY notices DESC LIMIT 1")
        if (view := at_once.procurement(row["id"]))
    )
    assert [str(notice.notice_type.value) for notice in view.notices if notice.notice_type][:2] == [
        "intention",
        "tender",
    ]
    assert view.procurement.amount.rule == "contract"
    assert view.procurement.amount.value == 22_765_000.0
    assert view.buyer.kind == "police"
    assert view.procurement.status in {"contracted", "accepted"}
    assert "video_surveillance" in view.capabilities
    assert at_once.procurement(view.notices[-1].id).procurement == view.procurement


def test_one_run_or_many_give_the_same(at_once, tmp_path):
    dataset = init_dataset(tmp_path / "ds")
    for name in reversed(SERIES):
        dataset.ingest([copy_series(tmp_path / name, name)], Options(source="s"))
    assert state(dataset) == state(at_once)
    dataset.close()


def test_nothing_is_done_where_nothing_changed(at_once):
    with at_once.writing():
        assert at_once.gather().notices == 0
        assert at_once.gather().checked == 0


def test_made_again_as_a_whole_it_is_the_same(at_once):
    before = state(at_once)
    purchases = Purchases(at_once.store)
    with at_once.writing():
        with at_once.store.transaction():
            purchases.set_made_by("other rules")
        gathered = at_once.gather()
    assert gathered.notices == len(before["notices"])
    assert state(at_once) == before


def test_a_run_cut_off_leaves_what_was_and_goes_on(at_once, tmp_path, monkeypatch):
    dataset = init_dataset(tmp_path / "ds")
    dataset.ingest([copy_series(tmp_path / "a", SERIES[0])], Options(source="s"))
    whole = state(dataset)

    def cut(*_):
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(Gathering, "_lay_out_systems", cut)
        with pytest.raises(KeyboardInterrupt):
            dataset.ingest([copy_series(tmp_path / "b", *SERIES[1:])], Options(source="s"))
    assert state(dataset) == whole
    with dataset.writing():
        dataset.gather()
    assert state(dataset) == state(at_once)
    dataset.close()


def test_every_notice_is_in_exactly_one_purchase(demonstration, tmp_path):
    dataset = open_dataset(shutil.copytree(demonstration, tmp_path / "demo"))
    notices = {row["id"] for row in dataset.store.rows("SELECT id FROM notices")}
    placed = [
        one
        for row in dataset.store.rows("SELECT id FROM procurements")
        for one in dataset.procurement(row["id"]).procurement.notices
    ]
    assert sorted(placed) == sorted(notices)
    known = {row["id"] for row in dataset.store.rows("SELECT id FROM institutions")}
    for row in dataset.store.rows("SELECT id FROM procurements"):
        found = dataset.procurement(row["id"])
        assert not found.procurement.buyer or found.procurement.buyer in known
        if found.procurement.amount:
            assert set(found.procurement.amount.notices) <= set(found.procurement.notices)
        for flag in found.raised:
            assert flag.says
            for span in flag.spans:
                pages = {page.number: page.text for page in dataset.store.pages(span.file, span.page, span.page)}
                assert pages[span.page][span.start : span.end] == span.quote
                assert "█" not in span.quote or not flag.inputs
    dataset.close()


def test_an_institution_is_found_by_id_and_by_name(at_once):
    view = at_once.institution("岷阳市公安局")
    assert at_once.institution(view.institution.id).institution == view.institution
    with pytest.raises(NotFoundError, match="No institution"):
        at_once.institution("无此局")
    assert Institutions(at_once.store).called("") == ()
