"""Descriptions of sources. All names are invented."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sousveil.exceptions import UsageError
from sousveil.source.mapping import UNKNOWN, Source, dump_source, from_json, load_source, names_person
from sousveil.source.roles import PERSON, SKIP, TARGETS

WHOLE = """
title: Purchases of Elm
country: Peru
currency: soles
head_row: 3
unit: 万元
mapping:
  采购人: buyer
  contact.name: person
  备注: text
"""


def written(tmp_path, text):
    path = tmp_path / "source.yml"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_description_is_read_and_its_codes_are_made_plain(tmp_path):
    source = load_source(written(tmp_path, WHOLE))
    assert (source.title, source.country, source.head_row, source.unit) == ("Purchases of Elm", "PE", 3, "万元")
    assert source.mapping == {"采购人": "buyer", "contact.name": "person", "备注": "text"}
    assert from_json(source.to_json()) == source


def test_where_nothing_is_said_nothing_travels(tmp_path):
    assert load_source(tmp_path / "none" / "source.yml") is UNKNOWN
    assert load_source(written(tmp_path, "# empty\n")) is UNKNOWN
    titled = load_source(written(tmp_path, "title: T\n"))
    assert (titled.digest, titled.to_json()) == ("", "")


def test_only_what_changes_reading_changes_the_digest():
    source = Source(title="a", mapping={"x": "title", "y": "buyer"})
    assert source.digest == Source(title="b", mapping={"y": "buyer", "x": "title"}).digest
    assert source.digest != Source(mapping={"x": "title", "y": "agency"}).digest
    assert source.digest != Source(mapping=source.mapping, unit="万元").digest


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("titel: x\n", "line 1: unknown key 'titel'. Known are: title, publisher"),
        ("title: a\ntitle: b\n", "line 2: title stands there twice"),
        ("mapping:\n  a: title\n  b: betrag\n", "line 3: column 'b' goes to unknown field 'betrag'. Allowed: title, buyer"),
        ("mapping:\n  a: title\n  a: buyer\n", "line 3: column 'a' stands there twice"),
        ("mapping:\n  联系人: text\n", "line 2: column '联系人' is one of persons"),
        ("mapping:\n  contact.name: buyer\n", "is one of persons"),
        ("mapping: [a, b]\n", "mapping must be column: field"),
        ("mapping:\n  a: [title]\n", "goes to unknown field"),
        ("country: Atlantis\n", "line 1: country 'Atlantis' is not known"),
        ("currency: points\n", "currency 'points' is not known"),
        ("unit: furlong\n", "unit 'furlong' is not known"),
        ("head_row: first\n", "head_row 'first' is no row number"),
        ("- title\n", "line 1: not a list of keys"),
        ("a: b: c\n", "is no YAML"),
        ("title: !!python/object:os.system x\nb", "is no YAML"),
    ],
)  # fmt: skip
def test_a_mistake_is_named_with_its_line(tmp_path, text, says):
    path = written(tmp_path, text)
    with pytest.raises(UsageError) as found:
        load_source(path)
    assert str(path) in str(found.value)
    assert says in str(found.value)


COLUMNS = st.text(min_size=1, max_size=30).map(lambda text: " ".join(text.split())).filter(bool)


@given(st.dictionaries(COLUMNS, st.sampled_from(TARGETS), max_size=8), st.text(max_size=40))
def test_what_is_written_is_read_again(tmp_path_factory, mapping, note):
    mapping = {
        column: SKIP if target not in {PERSON, SKIP} and names_person(column) else target
        for column, target in mapping.items()
    }
    source = Source(title="Käufe: 采购 #1", country="CN", head_row=0, unit="万元", mapping=mapping)
    path = tmp_path_factory.mktemp("s") / "source.yml"
    path.write_text(dump_source(source, dict.fromkeys(mapping, note)), encoding="utf-8")
    assert load_source(path) == source


def test_every_target_is_explained(request):
    text = (request.config.rootpath / "docs" / "sources.md").read_text(encoding="utf-8")
    assert [target for target in TARGETS if not re.search(rf"`{target}`", text)] == []


def test_what_a_publisher_says_there_is_stands_by_year(tmp_path):
    source = load_source(written(tmp_path, "expected:\n  2023: 40\n  '2024': 1200\n"))
    assert source.expected == {"2023": 40, "2024": 1200}
    assert source.digest == ""  # no file is read again for it
    assert load_source(written(tmp_path, dump_source(source))) == source


@pytest.mark.parametrize(
    "said", ["expected: many", "expected:\n  soon: 4", "expected:\n  2024: some", "expected:\n  2024: -1"]
)
def test_what_is_no_number_of_a_year_is_named(tmp_path, said):
    with pytest.raises(UsageError, match=r"line \d.*expected must be year: number of notices"):
        load_source(written(tmp_path, said))
