"""FollowTheMoney, GeoJSON, GraphML, Parquet: each is read by what it is made for, and holds no person."""

from __future__ import annotations

import json
import tracemalloc
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from sousveil.ask.export import export
from sousveil.ask.filters import make_filters
from sousveil.ask.ftm import entity_id
from sousveil.ask.tables import kinds_of
from sousveil.dataset import Dataset, init_dataset
from sousveil.exceptions import UsageError
from sousveil.model import Notice
from sousveil.store.columns import pack
from tests.ask.conftest import NOTICES, add

GRAPHML = "{http://graphml.graphdrawing.org/xmlns}"


def entities_of(dataset: Dataset, path: Path) -> list[dict[str, object]]:
    export(dataset.store, dataset.words, path, file_format="ftm")
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


def test_entities_pass_ftm_validate(demo: Dataset, tmp_path: Path) -> None:
    pytest.importorskip("followthemoney", reason="followthemoney is not installed: `ftm validate` cannot be run")
    from click.testing import CliRunner
    from followthemoney.cli.cli import cli

    entities = entities_of(demo, tmp_path / "e.jsonl")
    done = CliRunner().invoke(cli, ["validate", "-i", str(tmp_path / "e.jsonl"), "-o", str(tmp_path / "valid.jsonl")])
    assert done.exit_code == 0, done.output
    valid = [json.loads(line) for line in (tmp_path / "valid.jsonl").read_text("utf-8").splitlines()]
    assert [one["id"] for one in valid] == [one["id"] for one in entities]
    for ours, theirs in zip(entities, valid, strict=True):
        # nothing is thrown away: where it drops a value as invalid, the property is missing or shorter
        assert {name: len(held) for name, held in ours["properties"].items()} == {  # type: ignore[attr-defined]
            name: len(held) for name, held in theirs["properties"].items()
        }


def test_entities_point_only_at_entities_and_prove_themselves(demo: Dataset, tmp_path: Path) -> None:
    entities = entities_of(demo, tmp_path / "e.jsonl")
    ids = [one["id"] for one in entities]
    assert len(ids) == len(set(ids))
    schemas = {one["schema"] for one in entities}
    assert {
        "PublicBody",
        "Company",
        "CallForTenders",
        "Contract",
        "ContractAward",
        "Document",
        "UnknownLink",
    } <= schemas
    assert not schemas & {"Person", "Email"}
    pointing = {"proof", "entity", "authority", "supplier", "contract", "callForTenders", "subject", "object"} | {
        "document",
        "resolved",
    }
    for one in entities:
        properties: dict[str, list[str]] = one["properties"]  # type: ignore[assignment]
        assert not {"email", "phone", "idNumber"} & properties.keys()
        assert all("█" not in name for name in properties.get("name", ()) if one["schema"] != "Note")
        for name in pointing & properties.keys():
            assert set(properties[name]) <= set(ids), (one["schema"], name)
        if one["schema"] in {"Contract", "ContractAward", "CallForTenders", "UnknownLink", "Note"}:
            assert properties["proof"]


def test_ids_are_the_same_everywhere() -> None:
    assert entity_id("institution", "i-1") != entity_id("notice", "i-1")
    assert len(entity_id("institution", "i-1")) == 40


def test_geojson_counts_each_purchase_once(demo: Dataset, tmp_path: Path) -> None:
    export(demo.store, demo.words, tmp_path / "p.geojson", file_format="geojson")
    found = json.loads((tmp_path / "p.geojson").read_text("utf-8"))
    assert found["type"] == "FeatureCollection"
    assert len(found["features"]) > 5
    purchases = sum(one["properties"]["purchases"] for one in found["features"])
    assert purchases + found["without_place"] == demo.store.rows("SELECT count(*) AS n FROM procurements")[0]["n"]
    for one in found["features"]:
        longitude, latitude = one["geometry"]["coordinates"]
        assert -180 <= longitude <= 180
        assert -90 <= latitude <= 90
        assert all(count <= one["properties"]["purchases"] for count in one["properties"]["capabilities"].values())
    assert "coverage" in found["method"]


def test_graphml_has_a_node_for_every_end(demo: Dataset, tmp_path: Path) -> None:
    report = export(demo.store, demo.words, tmp_path / "g.graphml", file_format="graphml")
    graph = ET.parse(tmp_path / "g.graphml").getroot().find(f"{GRAPHML}graph")
    assert graph is not None
    nodes = [node.attrib["id"] for node in graph.iter(f"{GRAPHML}node")]
    edges = list(graph.iter(f"{GRAPHML}edge"))
    assert len(nodes) == len(set(nodes))
    assert {edge.attrib[end] for edge in edges for end in ("source", "target")} <= set(nodes)
    assert report.rows == len(nodes) + len(edges)
    keys = {key.attrib["id"] for key in ET.parse(tmp_path / "g.graphml").getroot().iter(f"{GRAPHML}key")}
    assert {data.attrib["key"] for data in graph.iter(f"{GRAPHML}data")} <= keys
    kinds = {data.text for edge in edges for data in edge if data.attrib["key"] == "edge-kind"}
    assert kinds == {"purchase", "data"}


@pytest.mark.parametrize("rows", ["findings", "notices", "procurements", "institutions"])
def test_parquet_holds_what_jsonl_holds(demo: Dataset, tmp_path: Path, rows: str) -> None:
    io = pytest.importorskip("arro3.io", reason="the extra `parquet` is not installed")
    export(demo.store, demo.words, tmp_path / "r.jsonl", file_format="jsonl", rows=rows)
    report = export(demo.store, demo.words, tmp_path / "r.parquet", file_format="parquet", rows=rows)
    table = io.read_parquet(tmp_path / "r.parquet").read_all()
    wanted = [json.loads(line) for line in (tmp_path / "r.jsonl").read_text("utf-8").splitlines()]
    assert table.num_rows == len(wanted) == report.rows
    for name in wanted[0]:
        held = table.column(name).to_pylist()
        expected = [row[name] for row in wanted]
        kind = kinds_of(rows)[name]
        if name == "details":
            assert all(isinstance(one, str) for one in held)
        elif kind in {"day", "moment"}:
            assert [one and one.isoformat() for one in held] == expected, name
        else:
            assert held == expected, name


def test_rows_that_a_format_has_not_are_refused(dataset: Dataset, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="only: procurements"):
        export(dataset.store, dataset.words, tmp_path / "x", file_format="geojson", rows="findings")


@pytest.mark.parametrize("file_format", ["ocds", "ftm", "geojson", "graphml", "xlsx"])
def test_a_question_without_answers_gives_a_whole_file(dataset: Dataset, tmp_path: Path, file_format: str) -> None:
    report = export(
        dataset.store, dataset.words, tmp_path / "x", filters=make_filters(cap="iris"), file_format=file_format
    )
    assert (report.notices, report.rows) == (0, 0)
    if file_format in {"ocds", "geojson"}:
        assert isinstance(json.loads(report.path.read_text("utf-8")), dict)


def test_edges_to_what_the_gate_stopped_are_left_out(tmp_path: Path) -> None:
    dataset = init_dataset(tmp_path / "d")
    add(dataset, NOTICES[3], 1)
    dataset.words.commit()
    with dataset.writing():
        dataset.gather()
    seller = dataset.store.rows("SELECT institution FROM procurement_suppliers")[0]["institution"]
    with dataset.store.transaction():
        dataset.store.connection.execute(
            "UPDATE institutions SET body = replace(CAST(body AS TEXT), '启衡数据有限公司', '启衡 电话13800138000')"
            " WHERE id = ?",
            (seller,),
        )
    for file_format in ("graphml", "ftm"):
        report = export(dataset.store, dataset.words, tmp_path / file_format, file_format=file_format, is_skipping=True)
        text = report.path.read_text("utf-8")
        assert report.left_out == 1
        assert "13800138000" not in text
        assert seller not in text
        assert "ContractAward" not in text
    dataset.close()


@pytest.mark.parametrize("file_format", ["csv", "xlsx", "ocds", "ftm"])
def test_memory_does_not_grow_with_the_notices(
    tmp_path: Path, file_format: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Small files are read once more as a whole by the gate, in memory; that is bounded, and not what is looked at."""
    monkeypatch.setattr("sousveil.ask.export._READ_ONCE_MORE", 0)
    peaks = []
    for count in (1200, 3600):
        dataset = init_dataset(tmp_path / f"{count}")
        first = add(dataset, NOTICES[3], 1)
        _multiply(dataset, first.id, count)
        export(dataset.store, dataset.words, tmp_path / "warm", file_format=file_format)
        tracemalloc.start()
        report = export(dataset.store, dataset.words, tmp_path / "out", file_format=file_format)
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
        dataset.close()
        assert report.notices == count
    assert peaks[1] < peaks[0] * 1.3 + 200_000


def _multiply(dataset: Dataset, notice: str, count: int) -> None:
    """Put copies of a notice and its findings under other ids into the store, straight into its tables."""
    connection = dataset.store.connection
    columns = [row["name"] for row in dataset.store.rows("PRAGMA table_info(notices)")]
    row = dict(dataset.store.rows("SELECT * FROM notices WHERE id = ?", (notice,))[0])
    with dataset.store.transaction():
        for number in range(1, count):
            copy = dataset.store.notice(notice)
            values = row | {"number": None, "id": f"{notice}x{number}", "body": _body(copy, f"{notice}x{number}")}
            marks = ",".join("?" * len(columns))
            connection.execute(f"INSERT INTO notices VALUES ({marks})", [values[name] for name in columns])


def _body(notice: Notice, other: str) -> bytes:
    return pack(replace(notice, id=other))
