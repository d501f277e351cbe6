"""``sousveil sources``: guess, list, show. All names are invented."""

import json

import pytest

from sousveil.dataset import init_dataset
from tests.parse.samples import make_xlsx

HEADS = ["项目名称", "采购人", "发布日期", "预算金额（万元）", "联系人", "电话", "中标供应商"]
ROWS = [
    ["视频监控项目", "榆树县公安局", "2024-03-05", "342.5", "虚构人", "13800000000", "甲乙丙科技有限公司"],
    ["门禁项目", "榆树县教育局", "2024-04-02", "12", "虚构二", "13900000000", "虚构三"],
]


@pytest.fixture
def dataset(tmp_path):
    """An empty dataset of one's own: these tests write."""
    with init_dataset(tmp_path / "own" / "inquiry") as made:
        yield made


@pytest.fixture
def files(tmp_path):
    """The same notices as CSV, JSON lines and workbook."""
    lines = [dict(zip(HEADS, row, strict=True)) for row in ROWS]
    (tmp_path / "d.csv").write_text("\n".join(",".join(row) for row in [HEADS, *ROWS]), encoding="utf-8")
    (tmp_path / "d.jsonl").write_text("\n".join(json.dumps(line) for line in lines), encoding="utf-8")
    (tmp_path / "d.xlsx").write_bytes(make_xlsx({"汇总": [["采购项目"], HEADS, *ROWS]}))
    return tmp_path


@pytest.mark.parametrize("name", ["d.csv", "d.jsonl", "d.xlsx"])
def test_a_guess_shows_columns_and_reasons_but_no_persons(run, files, name):
    ran = run("sources", "guess", str(files / name))
    assert ran.code == 0
    assert "read one notice per row" in ran.out
    rows = {line.split()[0]: line.split()[1:] for line in ran.out.splitlines()[2:]}
    assert rows["采购人"][:2] == ["buyer", "榆树县公安局"]
    assert rows["联系人"][:2] == ["person", "███"]
    assert rows["电话"][:2] == ["person", "███"]
    assert rows["中标供应商"][0] == "suppliers"
    for secret in ("虚构", "13800000000", "13900000000"):
        assert secret not in ran.out
    shown = json.loads(run("sources", "guess", str(files / name), "--json").out)
    assert [one["target"] for one in shown["tables"][0]["columns"]] == [
        "title", "buyer", "publication_date", "budget", "person", "person", "suppliers",
    ]  # fmt: skip
    assert "虚构" not in json.dumps(shown, ensure_ascii=False)


def test_a_guess_of_a_sheet_says_where_the_heads_stand(run, files):
    assert "sheet 汇总, heads in row 2" in run("sources", "guess", str(files / "d.xlsx")).out


@pytest.mark.parametrize("name", ["d.csv", "d.jsonl", "d.xlsx"])
def test_what_is_written_reads_as_what_was_guessed(run, files, dataset, name):
    assert run("ingest", str(files / name), "--source", "plain").code == 0
    before = dataset.store.rows("SELECT title, buyer, budget, publication_date FROM notices WHERE title LIKE '%项目'")
    assert run("sources", "guess", str(files / name), "--source", "elm", "--write").code == 0
    path = dataset.paths.source("elm")
    assert "联系人: person" in path.read_text(encoding="utf-8")
    assert "虚构" not in path.read_text(encoding="utf-8")
    again = json.loads(run("ingest", str(files / name), "--source", "elm", "--json").out)
    assert (again["read"] + again["partly"], again["notices"]) == (1, 2)
    after = dataset.store.rows("SELECT title, buyer, budget, publication_date FROM notices WHERE title LIKE '%项目'")
    assert [tuple(row) for row in after] == [tuple(row) for row in before]
    assert len(after) == 2


def test_writing_never_replaces_what_somebody_edited(run, files, dataset):
    assert run("sources", "guess", str(files / "d.csv"), "--source", "elm", "--write").code == 0
    path = dataset.paths.source("elm")
    path.write_text("title: mine\n", encoding="utf-8")
    ran = run("sources", "guess", str(files / "d.csv"), "--source", "elm", "--write")
    assert (ran.code, path.read_text(encoding="utf-8")) == (2, "title: mine\n")
    assert "is there already" in ran.err


def test_an_edited_mapping_makes_the_file_stale_and_proofs_hold(run, files, dataset):
    path = dataset.paths.source("elm")
    path.parent.mkdir(parents=True)
    path.write_text("mapping:\n  采购人: agency\n  项目名称: title\n", encoding="utf-8")
    assert run("ingest", str(files / "d.csv"), "--source", "elm").code == 0
    assert "1 unchanged" in run("ingest", str(files / "d.csv"), "--source", "elm").out
    path.write_text("unit: 元\ntitle: T\nmapping:\n  采购人: buyer\n  项目名称: title\n", encoding="utf-8")
    assert "WRONG versions" in run("doctor").out
    assert "1 read" in run("ingest", str(files / "d.csv"), "--source", "elm").out
    assert "well  versions" in run("doctor").out
    path.write_text("unit: 元\ntitle: another\nmapping:\n  采购人: buyer\n  项目名称: title\n", encoding="utf-8")
    assert "1 unchanged" in run("ingest", str(files / "d.csv"), "--source", "elm").out
    assert "1 unchanged" in run("ingest", str(files / "d.csv")).out  # another source leaves the better reading alone
    (notice,) = dataset.store.rows("SELECT id FROM notices WHERE title = '视频监控项目'")
    why = run("why", f"{notice['id']}:buyer")
    assert "榆树县公安局" in why.out
    assert "read again, page 1 has the same words" in why.out


def test_a_mistake_in_a_description_stops_the_run_before_it_begins(run, files, dataset):
    path = dataset.paths.source("elm")
    path.parent.mkdir(parents=True)
    path.write_text("mapping:\n  采购人: käufer\n", encoding="utf-8")
    ran = run("ingest", str(files / "d.csv"), "--source", "elm")
    assert ran.code == 2
    assert f"{path}, line 2" in ran.err
    assert "Allowed: title, buyer" in ran.err
    assert dataset.store.rows("SELECT count(*) AS n FROM notices WHERE title = '视频监控项目'")[0]["n"] == 0


def test_a_rebuild_keeps_the_mapping(run, tmp_path, dataset):
    (tmp_path / "a.csv").write_text("标的物,甲\n视频监控,榆树县公安局\n门禁,榆树县教育局\n", encoding="utf-8")
    path = dataset.paths.source("elm")
    path.parent.mkdir(parents=True)
    path.write_text("mapping:\n  标的物: title\n  甲: buyer\n", encoding="utf-8")
    assert run("ingest", str(tmp_path / "a.csv")).code == 0  # met first without the mapping
    assert run("ingest", str(tmp_path / "a.csv"), "--source", "elm").code == 0
    with dataset.store.transaction():
        dataset.store.connection.execute("UPDATE files SET versions = 'old'")
    run("rebuild")
    found = dataset.store.rows("SELECT buyer FROM notices WHERE title IN ('视频监控', '门禁') ORDER BY buyer")
    assert [row["buyer"] for row in found] == ["榆树县公安局", "榆树县教育局"]


def test_list_and_show(run, files, dataset):
    run("sources", "guess", str(files / "d.csv"), "--source", "elm", "--write")
    run("ingest", str(files / "d.csv"), "--source", "elm")
    listed = json.loads(run("sources", "list", "--json").out)["sources"]
    (elm,) = [row for row in listed if row["name"] == "elm"]
    assert (elm["files"], elm["notices"], elm["first"], elm["last"]) == (1, 2, "2024-03-05", "2024-04-02")
    assert elm["described"]["mapping"]["采购人"] == "buyer"
    assert run("sources", "list").out.startswith("source")
    shown = run("sources", "show", "elm").out
    assert "1 files, 2 notices, 2024-03-05 to 2024-04-02" in shown
    assert "采购人" in shown
    assert run("sources", "show", "oak").code == 1


@pytest.mark.parametrize("name", ["../up", "a/b", "..", ""])
def test_a_name_that_is_no_folder_is_refused(run, files, dataset, name):
    assert run("sources", "guess", str(files / "d.csv"), "--source", name, "--write").code == 2
    assert not list(dataset.paths.root.parent.glob("**/source.yml"))


def test_a_file_without_tables_is_refused(run, tmp_path):
    (tmp_path / "a.html").write_text("<html><body><p>notice</p></body></html>", encoding="utf-8")
    ran = run("sources", "guess", str(tmp_path / "a.html"))
    assert ran.code == 2
    assert "it is text/html" in ran.err


def test_real_dumps_show_no_masked_person(run, shared):
    corpus = shared / "corpus"
    for path in ("ocds/compranet-data/data_sample_sample_Contratos2013_150514080004.csv", "zh_notices/jiangxi/bid_records.jsonl"):  # fmt: skip
        ran = run("sources", "guess", str(corpus / path))
        assert ran.code == 0
        assert "read one notice per row" in ran.out
