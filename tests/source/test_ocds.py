"""OCDS releases, records, packages. All bodies, persons and numbers are invented."""

import gzip
import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sousveil.exceptions import DamagedError, EmptyFileError, FileFailure, LimitError, UnsupportedTypeError
from sousveil.settings import DEFAULT_LIMITS
from sousveil.source import ocds
from tests.source.checks import amount, read, values

RELEASE = {
    "ocid": "ocds-zz0000-1",
    "id": "1-award",
    "date": "2024-02-03T10:00:00+01:00",
    "tag": ["tender", "award"],
    "language": "es-PE",
    "buyer": {"id": "B1", "name": "Municipalidad de Villa Olmo"},
    "parties": [
        {
            "id": "B1",
            "name": "Municipalidad de Villa Olmo",
            "roles": ["buyer"],
            "address": {"region": "OLMOS", "locality": "Villa Olmo", "countryName": "Perú"},
            "contactPoint": {"name": "Rosa Inventada", "email": "rosa@example.org", "telephone": "555 0100"},
        },
        {"id": "PE-RUC-10123456789", "name": "INVENTADA QUISPE ROSA", "roles": ["supplier"]},
    ],
    "tender": {
        "id": "LP-1-2024",
        "title": "Cámaras de vigilancia",
        "description": "Doce cámaras para la plaza",
        "value": {"amount": 1000.5, "currency": "Nuevos Soles"},
        "items": [
            {
                "description": "Cámara fija",
                "quantity": 12.0,
                "unit": {"name": "Unidad"},
                "classification": {"scheme": "CPV", "id": "35125300", "description": "Security cameras"},
            }
        ],
    },
    "awards": [
        {
            "status": "active",
            "value": {"amount": 600, "currency": "PEN"},
            "suppliers": [{"id": "S", "name": "Óptica SAC"}],
        },
        {
            "status": "active",
            "value": {"amount": 300.25, "currency": "PEN"},
            "suppliers": [{"id": "PE-RUC-10123456789", "name": "INVENTADA QUISPE ROSA"}],
        },
        {"status": "cancelled", "value": {"amount": 99, "currency": "PEN"}, "suppliers": [{"name": "Nunca SA"}]},
    ],
}


def dump(value) -> bytes:
    return json.dumps(value, ensure_ascii=False).encode()


def test_a_release_is_read_by_its_fields():
    document = read(ocds, dump(RELEASE))
    assert document.language == "es"
    assert values(document, "title") == ["Cámaras de vigilancia"]
    assert values(document, "buyer") == ["Municipalidad de Villa Olmo"]
    assert values(document, "notice_type") == ["award"]
    assert values(document, "project_number") == ["LP-1-2024", "ocds-zz0000-1"]
    assert values(document, "publication_date") == ["2024-02-03"]
    assert [values(document, name) for name in ("country", "province", "city")] == [["PE"], ["OLMOS"], ["Villa Olmo"]]
    assert values(document, "codes") == ["CPV:35125300"]
    assert amount(document, "budget") == (1000.5, "PEN")
    assert "Item 1: Cámara fija — 12 Unidad" in document.pages[0].text


def test_awards_that_stand_are_summed_and_the_sum_says_so():
    document = read(ocds, dump(RELEASE))
    assert amount(document, "award_amount") == (900.25, "PEN")
    assert "Total awarded: 900.25 PEN" in document.pages[0].text
    assert "Nunca" not in document.pages[0].text
    assert dict(document.records[0].amounts)["award_amount"].note == "sum of 2, not printed in the file"


def test_persons_are_covered_or_left_out():
    document = read(ocds, dump(RELEASE))
    assert values(document, "suppliers") == ["Óptica SAC", "█" * len("INVENTADA QUISPE ROSA")]
    for word in ("INVENTADA", "rosa@", "555 0100", "Rosa"):
        assert word not in document.pages[0].text


@pytest.mark.parametrize(
    "supplier",
    [
        {"name": "ФОП Вигадана Особа"},
        {"name": "Вигадана Особа", "identifier": {"scheme": "UA-EDR", "id": "1234567890"}},
        {"name": "Persona Imaginaria", "identifier": {"scheme": "MX-CURP", "id": "X"}},
        {"name": "Persona Imaginaria", "details": {"entityType": "Individual"}},
    ],
)
def test_marks_of_natural_persons(supplier):
    release = {"ocid": "x", "tag": ["award"], "awards": [{"suppliers": [supplier]}]}
    document = read(ocds, dump(release))
    assert "Особа" not in document.pages[0].text
    assert "Imaginaria" not in document.pages[0].text
    assert values(document, "suppliers")[0].endswith("████")


def test_a_person_named_only_among_the_parties_is_covered():
    party = {"id": "P", "name": "ФОП Вигадана Особа", "roles": ["supplier"]}
    release = {"ocid": "x", "tag": ["award"], "parties": [party], "awards": [{"suppliers": [{"id": "P"}]}]}
    assert values(read(ocds, dump(release)), "suppliers") == ["ФОП " + "█" * 14]


def test_a_company_number_of_eight_digits_is_no_person():
    supplier = {"name": "ТОВ Вигадка", "identifier": {"scheme": "UA-EDR", "id": "12345678"}}
    document = read(ocds, dump({"ocid": "x", "tag": ["award"], "awards": [{"suppliers": [supplier]}]}))
    assert values(document, "suppliers") == ["ТОВ Вигадка"]


@pytest.mark.parametrize(
    ("tags", "status", "kind"),
    [
        (["planning"], "", "intention"),
        (["tender"], "active", "tender"),
        (["tender"], "cancelled", "termination"),
        (["tenderAmendment"], "", "correction"),
        (["tenderCancellation"], "", "termination"),
        (["tender", "tenderCancellation"], "", "termination"),
        (["contract"], "", "contract"),
        (["contractAmendment"], "", "contract"),
        (["award", "contract"], "", "contract"),
        (["compiled"], "complete", "tender"),
        ("tender", "", "tender"),
        ([], "planned", "intention"),
    ],
)
def test_types(tags, status, kind):
    release = {"ocid": "x", "tag": tags, "tender": {"title": "T", "status": status}}
    assert values(read(ocds, dump(release)), "notice_type") == [kind]


def test_a_package_gives_a_page_for_each_release():
    second = {**RELEASE, "id": "2", "tag": ["tender"]}
    document = read(ocds, dump({"uri": "u", "releases": [RELEASE, second, "no release"]}))
    assert [record.key for record in document.records] == ["1-award", "2"]


def test_a_record_gives_its_compiled_release_else_the_newest_with_older_parts():
    compiled = {"ocid": "x", "compiledRelease": {**RELEASE, "tag": ["compiled"]}, "releases": [{"url": "u"}]}
    assert values(read(ocds, dump({"records": [compiled]})), "notice_type") == ["award"]
    old = {"id": "a", "ocid": "x", "date": "2020-01-01", "tag": ["tender"], "tender": {"title": "Old", "id": "N1"}}
    new = {"id": "b", "ocid": "x", "date": "2021-01-01", "tag": ["tenderUpdate"], "tender": {"title": "New"}}
    document = read(ocds, dump({"ocid": "x", "releases": [new, old]}))
    assert values(document, "title") == ["New"]
    assert values(document, "project_number") == ["N1", "x"]
    assert values(document, "notice_type") == ["correction"]


def test_records_that_only_link_are_a_mark():
    document = read(
        ocds, dump({"records": [{"ocid": "x", "releases": [{"url": "u"}]}, {"ocid": "y", "releases": [RELEASE]}]})
    )
    assert len(document.pages) == 1
    assert "1 records only link to their releases" in document.marks[0]


def test_lines_wrappers_gzip_and_marks():
    lines = b"\n".join([dump(RELEASE), b"{broken", dump(RELEASE)])
    document = read(ocds, lines)
    assert len(document.pages) == 2
    assert document.marks == ("1 lines are no JSON and were not read, the first is line 2",)
    assert len(read(ocds, dump({"results": [{"release": RELEASE}]})).pages) == 1
    assert len(read(ocds, gzip.compress(dump(RELEASE))).pages) == 1
    assert len(read(ocds, b"\xef\xbb\xbf" + dump([RELEASE])).pages) == 1
    loose = dump(RELEASE).replace(b"Doce", b"Doce\t")
    assert read(ocds, loose).marks == ("the file is not strict JSON; it was read all the same",)


def test_no_record_is_dropped_in_silence():
    document = read(ocds, dump([RELEASE] * 5), replace(DEFAULT_LIMITS, max_pages=2))
    assert len(document.pages) == 2
    assert "3 further records" in document.marks[0]
    lines = read(ocds, b"\n".join([dump(RELEASE)] * 5), replace(DEFAULT_LIMITS, max_pages=2))
    assert "3 further lines" in lines.marks[0]


@pytest.mark.parametrize(
    ("raw", "error"),
    [
        (b" ", EmptyFileError),
        (b"{}", UnsupportedTypeError),
        (b'{"releases": []}', EmptyFileError),
        (b'{"a": [{"title": "x"}]}', UnsupportedTypeError),
        (b"<html>", DamagedError),
        (b"\x1f\x8bgarbage", DamagedError),
        (b"[" * 100_000, DamagedError),
        (b'{"ocid": "", "tender": {"title": ""}, "tag": []}', EmptyFileError),
    ],
)
def test_what_is_refused(raw, error):
    with pytest.raises(error) as failure:
        read(ocds, raw)
    assert failure.value.reason
    assert failure.value.advice


def test_a_gzip_bomb_is_stopped_while_inflating():
    bomb = gzip.compress(b" " * 5_000_000)
    with pytest.raises(LimitError):
        read(ocds, bomb, replace(DEFAULT_LIMITS, max_member_bytes=1_000_000))


def test_a_title_cut_by_a_database_is_completed_from_the_description():
    whole = ("ADQUISICION DE CAMARAS PARA LA CENTRAL " * 8).strip()
    release = {"ocid": "x", "tag": ["tender"], "tender": {"title": whole[:200], "description": whole}}
    assert values(read(ocds, dump(release)), "title") == [whole]
    short = {"ocid": "x", "tag": ["tender"], "tender": {"title": whole[:120], "description": whole}}
    assert values(read(ocds, dump(short)), "title") == [whole[:120].strip()]


def test_a_nuts_code_is_no_province():
    party = {
        "id": "B",
        "name": "Elm",
        "roles": ["buyer"],
        "address": {"region": "UKI", "countryName": "United Kingdom"},
    }
    document = read(ocds, dump({"ocid": "x", "tag": ["tender"], "parties": [party], "tender": {"title": "T"}}))
    assert values(document, "province") == []
    assert values(document, "buyer") == ["Elm"]
    assert "NUTS: UKI" in document.pages[0].text


def test_zero_says_nothing_and_lots_make_up_for_it():
    tender = {
        "title": "T",
        "value": {"amount": 0, "currency": "EUR"},
        "lots": [
            {"id": "1", "value": {"amount": 5, "currency": "EUR"}},
            {"id": "2", "value": {"amount": 7, "currency": "EUR"}},
        ],
    }
    assert amount(read(ocds, dump({"ocid": "x", "tag": ["tender"], "tender": tender})), "budget") == (12, "EUR")


def test_a_tender_of_the_ukrainian_register_is_read():
    tender = {
        "tenderID": "UA-2024-01-01-000001-a",
        "title": "Камери",
        "status": "complete",
        "dateCreated": "2024-01-01T10:00:00+02:00",
        "value": {"amount": 100, "currency": "UAH"},
        "procuringEntity": {
            "name": "Вигадана лікарня",
            "address": {"countryName": "Україна", "locality": "Вигадане"},
            "contactPoint": {"name": "Вигадана Людина"},
        },
        "bids": [{"tenderers": [{"name": "Програвший"}]}],
        "awards": [
            {"status": "cancelled", "value": {"amount": 90, "currency": "UAH"}, "suppliers": [{"name": "Скасований"}]},
            {"status": "active", "value": {"amount": 80, "currency": "UAH"}, "suppliers": [{"name": "ТОВ Переможець"}]},
        ],
    }
    document = read(ocds, dump({"data": tender, "config": {}}))
    assert values(document, "project_number") == ["UA-2024-01-01-000001-a"]
    assert values(document, "suppliers") == ["ТОВ Переможець"]
    assert amount(document, "award_amount") == (80, "UAH")
    assert values(document, "notice_type") == ["award"]
    assert document.language == "uk"
    for word in ("Людина", "Програвший", "Скасований"):
        assert word not in document.pages[0].text


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=12),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                [*RELEASE, "value", "amount", "name", "id", "lots", "items", "suppliers", "title", "address"]
            ),
            inner,
            max_size=4,
        )
    ),
    max_leaves=12,
)


@given(st.dictionaries(st.sampled_from(sorted(RELEASE)), JSON, max_size=8))
def test_members_of_any_type_are_read_as_far_as_possible(release):
    raw = json.dumps({"releases": [{**release, "ocid": "x"}]}).encode()
    try:
        read(ocds, raw)
    except FileFailure as failure:
        assert failure.reason  # noqa: PT017


def test_odd_identifiers_do_no_harm():
    raw = (
        '{"ocid": "x", "id": '
        + "9" * 5000
        + ', "tag": ["tender"], "tender": {"id": "a\\ud800b\\n", "title": "T\\udfff"}}'
    )
    document = read(ocds, raw)
    document.pages[0].text.encode("utf-8")
    assert values(document, "project_number") == ["a b", "x"]
    long_key = read(ocds, dump({"ocid": "x", "id": "k\n" * 9000, "tag": ["tender"], "tender": {"title": "T"}}))
    assert len(long_key.records[0].key) <= 200
    assert "\n" not in long_key.pages[0].label
