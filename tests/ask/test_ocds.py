"""OCDS: what we write passes the official schema; read again it gives the same notices."""

from __future__ import annotations

import dataclasses
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from sousveil.ask.export import export
from sousveil.ask.ocds_parts import amount_of
from sousveil.dataset import Dataset, init_dataset
from sousveil.model import Amount, Field, Identifier, Notice, Span

SCHEMAS = Path(__file__).parent / "ocds"
EXTENSION = Path(__file__).parents[2] / "docs" / "ocds-evidence"
BASE = "https://standard.open-contracting.org/schema/1__1__5"

LOST = {
    "language": "one for all releases of a file, as the reader of OCDS has it",
    "documents_from": "written as the beginning of the tender period, which other publishers use for other days",
    "items": "make and model: OCDS has none, they stand in our member",
    "lots": "lots without title and budget: the reader keeps lots that a line tells of",
    "first_published": "OCDS has none; in our member",
    "country": "OCDS has a place only in parties: lost where no buyer is named",
    "province": "the same",
    "city": "the same",
    "notice_type": "a release needs a tag: a notice that does not say what it is gets one by what it holds",
}
"""Fields that do not come back in every notice, and why; docs/exports.md lists them."""


def validator(name: str) -> Any:
    jsonschema = pytest.importorskip("jsonschema", reason="jsonschema is not installed: the schema cannot be checked")
    from referencing import Registry, Resource
    from referencing.jsonschema import DRAFT4

    schemas = [json.loads(path.read_text("utf-8")) for path in SCHEMAS.glob("*.json")]
    registry = Registry().with_resources(
        [(schema["id"], Resource.from_contents(schema, default_specification=DRAFT4)) for schema in schemas]
    )
    wanted = next(schema for schema in schemas if schema["id"] == f"{BASE}/{name}-schema.json")
    return jsonschema.Draft4Validator(wanted, registry=registry, format_checker=jsonschema.FormatChecker())


def releases_of(dataset: Dataset, path: Path, rows: str = "notices") -> Any:
    export(dataset.store, dataset.words, path, file_format="ocds", rows=rows)
    return json.loads(path.read_text("utf-8"))


@pytest.mark.parametrize(("rows", "name"), [("notices", "release-package"), ("procurements", "record-package")])
def test_packages_pass_the_official_schema(demo: Dataset, tmp_path: Path, rows: str, name: str) -> None:
    package = releases_of(demo, tmp_path / "p.json", rows)
    errors = [(list(error.absolute_path), error.message) for error in validator(name).iter_errors(package)]
    assert errors == []
    assert len(package["releases" if rows == "notices" else "records"]) > 50


def test_the_schema_can_fail(demo: Dataset, tmp_path: Path) -> None:
    package = releases_of(demo, tmp_path / "p.json")
    package["releases"][0]["tag"] = ["announcement"]
    assert list(validator("release-package").iter_errors(package))


def texts(value: object) -> Iterator[str]:
    if isinstance(value, dict):
        for one in value.values():
            yield from texts(one)
    elif isinstance(value, list):
        for one in value:
            yield from texts(one)
    elif isinstance(value, str):
        yield value


def test_no_contact_and_no_covered_name_is_a_party(demo: Dataset, tmp_path: Path) -> None:
    package = releases_of(demo, tmp_path / "p.json")
    for release in package["releases"]:
        assert all("contactPoint" not in party and "█" not in party["name"] for party in release["parties"])
        known = {party["id"] for party in release["parties"]}
        suppliers = [one["id"] for award in release.get("awards", ()) for one in award.get("suppliers", ())]
        assert known.issuperset(suppliers)


def test_evidence_quotes_what_stands_in_the_page(demo: Dataset, tmp_path: Path) -> None:
    package = releases_of(demo, tmp_path / "p.json")
    checked = 0
    for release in package["releases"]:
        own = release["sousveil"]
        for one in (*own["evidence"], *own["findings"]):
            (page,) = demo.store.pages(own["file"], one["page"], one["page"])
            assert page.text[one["start"] : one["end"]] == one["quote"]
            checked += 1
    assert checked > 1000


def test_only_extensions_in_use_are_declared(demo: Dataset, dataset: Dataset, tmp_path: Path) -> None:
    with_lots = releases_of(demo, tmp_path / "a.json")
    assert any("lots" in release["tender"] for release in with_lots["releases"])
    assert [re.search(r"ocds[-_]\w+", one)[0] for one in with_lots["extensions"]] == [
        "ocds-evidence",
        "ocds_lots_extension",
    ]  # type: ignore[index]
    assert len(releases_of(dataset, tmp_path / "b.json")["extensions"]) == 1


def test_records_hold_all_notices_of_a_purchase_and_the_sum_that_is_counted(demo: Dataset, tmp_path: Path) -> None:
    package = releases_of(demo, tmp_path / "p.json", "procurements")
    several = [record for record in package["records"] if len(record["releases"]) > 2]
    assert several
    for record in package["records"]:
        compiled = record["compiledRelease"]
        assert {release["ocid"] for release in record["releases"]} == {compiled["ocid"]}
        known = demo.procurement(compiled["sousveil"]["procurement"]).procurement
        counted = compiled["sousveil"]["knownAmount"]
        assert (counted and counted["amount"]) == (known.amount.value if known.amount else None)
        ids = [party["id"] for party in compiled["parties"]]
        assert len(ids) == len(set(ids))


def test_our_extension_describes_all_that_we_write(demo: Dataset, tmp_path: Path) -> None:
    described = json.loads((EXTENSION / "release-schema.json").read_text("utf-8"))
    members = described["properties"]["sousveil"]["properties"]
    package = releases_of(demo, tmp_path / "p.json", "procurements")
    written = [release["sousveil"] for record in package["records"] for release in record["releases"]]
    written += [record["compiledRelease"]["sousveil"] for record in package["records"]]
    assert {name for one in written for name in one} == set(members)
    for part in ("evidence", "findings", "lots", "stitches"):
        inner = {name for one in written for row in one.get(part, ()) for name in row}
        assert inner == set(members[part]["items"]["properties"]), part


def test_a_zero_is_never_written() -> None:
    span = Span("0" * 64, 1, 0, 1, "0")
    assert amount_of(Amount(0.0, "CNY", span, "x")) is None
    assert amount_of(Amount(5.0, "元", span, "x")) == {"amount": 5.0}


def plain(value: object) -> object:
    """Return a value of a notice without its spans, rules and notes."""
    if isinstance(value, tuple):
        return tuple(plain(one) for one in value)
    if isinstance(value, Identifier):
        return (value.role, value.name, value.scheme, value.value)
    if isinstance(value, Amount):
        return (value.value, value.currency)
    if isinstance(value, Field):
        return value.value
    if dataclasses.is_dataclass(value):
        return {one.name: plain(getattr(value, one.name)) for one in dataclasses.fields(value) if one.name != "span"}
    return value


def test_what_we_write_read_again_gives_the_same_notices(demo: Dataset, tmp_path: Path) -> None:
    package = releases_of(demo, tmp_path / "in" / "p.json") if (tmp_path / "in").mkdir() is None else None
    again = init_dataset(tmp_path / "again")
    again.ingest([tmp_path / "in"])
    ids = [row["id"] for row in again.store.rows("SELECT id FROM notices")]
    new = again.store.notices(ids)
    document = next(iter(new.values())).document
    wanted = [release["sousveil"]["notice"] for release in package["releases"]]
    old = demo.store.notices(wanted)
    again.close()
    assert len(new) == len(old) == demo.counts()["notices"]
    moved = {"id", "document", "file", "first_page", "last_page", "sections"}
    differ: dict[str, int] = {}
    for number, one in enumerate(wanted, 1):
        before, after = old[one], new[f"{document}#{number}"]
        for field in dataclasses.fields(Notice):
            if field.name not in moved and plain(getattr(before, field.name)) != plain(getattr(after, field.name)):
                differ[field.name] = differ.get(field.name, 0) + 1
                assert field.name in LOST, (one, field.name, getattr(before, field.name), getattr(after, field.name))
    assert all(differ.get(name, 0) <= 2 for name in ("country", "province", "city", "first_published"))
    assert differ.get("notice_type", 0) <= 1
    assert differ["items"] <= 5
    assert differ["lots"] <= 4
