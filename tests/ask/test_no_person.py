"""A masked person cannot be found: not by words, fields, filters, terms, tables, exports, nor in the files themselves.

One notice with invented persons in every place that masks know goes the whole way, from the file to the answers.
"""

from __future__ import annotations

import json
import zipfile
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest

from sousveil.ask.filters import FIELDS
from sousveil.ask.query import parse_query
from sousveil.ask.stats import FIELDS as COUNTED
from sousveil.dataset import Dataset, init_dataset
from sousveil.exceptions import NotFoundError, SousveilError, UsageError

NOTICE = """澄川市公安局人脸识别系统采购项目中标公告
项目编号：CC-2024-0013
一、采购人信息
名称：澄川市公安局
联系人：欧阳知远
联系电话：13800138000
电子邮箱：wangshu77@example.org
二、中标信息
中标供应商：启衡数据有限公司
中标金额：1250000元
项目经理：独孤行简（注册编号：鄂142202105512345）
三、评审专家名单：闻人望舒、令狐不器、夏侯采薇
四、采购内容：建设人脸识别系统一套，接入人像比对平台，共198路。声纹采集终端10台。
五、其他：本项目由独孤行简负责实施，人脸识别系统与省公安厅平台共享。
成交供应商：东湖区南宫听澜五金店
统一社会信用代码：92420106MA4KABCD1X
法定代表人：上官未央，身份证号：11010519491231002X
"""
PERSONS = ("欧阳知远", "独孤行简", "闻人望舒", "令狐不器", "夏侯采薇", "南宫听澜", "上官未央")
NUMBERS = ("13800138000", "wangshu77@example.org", "wangshu77", "11010519491231002X", "92420106MA4KABCD1X")
HIDDEN = (*PERSONS, *NUMBERS)


@pytest.fixture(scope="module")
def guarded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Dataset]:
    """A dataset of one notice, read with terms that are the names of its persons; the terms are gone afterwards."""
    folder = tmp_path_factory.mktemp("guarded")
    (folder / "in").mkdir()
    (folder / "in" / "中标公告（联系人欧阳知远）.txt").write_text(NOTICE, encoding="utf-8")
    dataset = init_dataset(folder / "d")
    terms = folder / "terms.csv"
    lines = ["term,capability,language,gloss,source", *(f"{name},face_recognition,zh,x,test" for name in PERSONS)]
    terms.write_text("\n".join(lines), encoding="utf-8")
    dataset.import_terms(terms)
    dataset.ingest([folder / "in"])
    assert all(name in dataset.paths.terms.read_text(encoding="utf-8") for name in PERSONS)  # they were taken as terms
    dataset.close()
    dataset.paths.terms.rename(folder / "terms.yml")
    dataset = Dataset(dataset.paths)
    yield dataset
    dataset.close()


def forms(words: str) -> Iterator[str]:
    """Yield the ways to ask for words."""
    first, last = words[:2], words[2:]
    yield from (words, f'"{words}"', f"raw:{words}", f'raw:"{words}"', f"{words}*", f"*{last}*", f"{first}?{last[1:]}")
    yield from (f"near:3 {first} {last}", f"near:0 ({first} OR {last}) {last}", f"({words} OR {last}) 人脸识别")
    yield from (f"raw:{last} 澄川", " ".join(words), f".*{last}.*", f"/{words}/")
    yield from (f"{name}:{words}" for name in FIELDS)
    yield from (f'{name}:"{words}"' for name in FIELDS)


def found(dataset: Dataset, query: str, **named: str) -> list[str]:
    try:
        answer = dataset.search(query, **named)
    except SousveilError:
        return []  # nothing is found by a question that is refused
    return [hit.notice for hit in answer.hits]


def test_the_notice_itself_is_found(guarded: Dataset) -> None:
    assert found(guarded, "人脸识别")
    assert found(guarded, "澄川市公安局")
    assert found(guarded, "", supplier="启衡数据")


@pytest.mark.parametrize("words", HIDDEN)
def test_no_words_find_a_person(guarded: Dataset, words: str) -> None:
    hits = {query: ids for query in forms(words) if (ids := found(guarded, query))}
    assert hits == {}


@pytest.mark.parametrize("words", HIDDEN)
@pytest.mark.parametrize("name", ["buyer", "supplier", "agency", "place", "source", "project"])
def test_no_filter_finds_a_person(guarded: Dataset, name: str, words: str) -> None:
    assert found(guarded, "", **{name: words}) == []


def test_a_query_keeps_no_hidden_words() -> None:
    assert parse_query("raw:欧阳知远").parts  # it is understood as words, and no other way to ask exists
    assert not {"person", "contact", "name", "phone"} & set(FIELDS)


def nothing_hidden(answer: object) -> None:
    text = (
        answer
        if isinstance(answer, str)
        else json.dumps(msgspec.to_builtins(answer, str_keys=True), ensure_ascii=False)
    )
    assert [words for words in HIDDEN if words in text] == []


def test_answers_show_no_person(guarded: Dataset) -> None:
    (notice,) = (hit.notice for hit in guarded.search("人脸识别").hits)
    nothing_hidden(guarded.search("raw:人脸识别").hits)
    nothing_hidden(guarded.notice(notice, explain=True).to_json())
    nothing_hidden(guarded.document(guarded.notice(notice).notice.document).to_json())
    findings = guarded.store.findings_of(notice)
    assert findings
    for asked in (*(finding.id for finding in findings), *(f"{notice}:{name}" for name in ("title", "buyer"))):
        nothing_hidden(guarded.why(asked, is_proving=False).to_json())
    nothing_hidden([row.__dict__ if hasattr(row, "__dict__") else str(row) for row in guarded.sources()])
    nothing_hidden(list(guarded.flags()))


@pytest.mark.parametrize("by", COUNTED)
def test_no_count_shows_a_person(guarded: Dataset, by: str) -> None:
    found = guarded.stats(by)
    nothing_hidden(found.to_json())
    nothing_hidden(found._repr_html_() + repr(found) + found.chart().to_csv() + found.chart().to_svg())


def test_no_face_shows_a_person(guarded: Dataset) -> None:
    hits = guarded.search("人脸识别")
    (hit,) = hits
    buyer = guarded.procurement(hit.notice).procurement.buyer
    faces = [guarded, hits, hit, *hit.findings, guarded.notice(hit.notice), guarded.document(hit.document)]
    faces += [guarded.procurement(hit.notice), guarded.institution(buyer), guarded.flags(), guarded.timeline()]
    faces += [
        guarded.map(),
        guarded.matrix(),
        guarded.findings(),
        guarded.notices(),
        guarded.institutions(),
        guarded.procurements(),
    ]
    for face in faces:
        nothing_hidden(face._repr_html_() + repr(face))
    for finding in hit.findings:
        nothing_hidden(finding.cite() + finding.cite(form="markdown", language="zh"))


@pytest.mark.parametrize("words", PERSONS)
def test_there_is_no_dossier_of_a_person(guarded: Dataset, words: str) -> None:
    for ask in (
        guarded.institution,
        guarded.system,
        guarded.place,
        guarded.procurement,
        guarded.notice,
        guarded.document,
    ):
        with pytest.raises(NotFoundError):
            ask(words)


def test_own_terms_cannot_hunt_a_person(guarded: Dataset) -> None:
    """Names as terms: the finders saw masked text, so no finding has one for its rule or its words."""
    rows = guarded.store.rows("SELECT rule, quote FROM findings")
    assert rows
    assert [tuple(row) for row in rows if any(name in row["rule"] + row["quote"] for name in PERSONS)] == []


def test_asking_for_a_name_that_is_a_term_finds_nothing(guarded: Dataset) -> None:
    """A word that is a term is searched as all terms of the user beside it: covered names match none of them."""
    kept = guarded.paths.root.parent / "terms.yml"
    kept.rename(guarded.paths.terms)
    try:
        with Dataset(guarded.paths) as asked:
            assert asked.search(PERSONS[0]).searched_as  # it is known as a term
            hits = {query: ids for name in PERSONS for query in forms(name) if (ids := found(asked, query))}
            assert hits == {}
    finally:
        guarded.paths.terms.rename(kept)


def test_no_list_finds_a_person_or_repeats_a_number(guarded: Dataset, tmp_path: Path) -> None:
    for is_hits in (False, True):
        report = guarded.export_batch([*HIDDEN, "人脸识别"], tmp_path / "out.csv", is_hits=is_hits)
        assert (report.found, report.empty, report.failed) == (1, len(HIDDEN), 0)
        data = report.path.read_text(encoding="utf-8-sig")
        assert [number for number in ("13800138000", "wangshu77@", "11010519491231002X") if number in data] == []


def test_no_watch_is_about_a_person(guarded: Dataset) -> None:
    """Numbers and names that read as such are refused; what passes could never find anything."""
    refused: dict[str, str] = {}
    for number, words in enumerate(HIDDEN):
        try:
            assert guarded.watch(str(number), words).total == 0
        except UsageError as error:
            refused[words] = str(error)
    assert all("sousveil watches institutions, never people" in why for why in refused.values())
    assert refused.keys() >= {"欧阳知远", "独孤行简", "13800138000", "wangshu77@example.org", "11010519491231002X"}
    assert [checked.total for checked in guarded.check_watches()] == [0] * (len(HIDDEN) - len(refused))


@pytest.mark.parametrize("file_format", ["csv", "jsonl", "xlsx"])
def test_no_export_holds_a_person(guarded: Dataset, file_format: str, tmp_path: Path) -> None:
    report = guarded.export(tmp_path / f"out.{file_format}", file_format=file_format)
    assert report.rows
    data = report.path.read_bytes()
    if file_format == "xlsx":
        with zipfile.ZipFile(report.path) as book:
            data = b"".join(book.read(name) for name in book.namelist())
    assert [words for words in HIDDEN if words.encode() in data] == []


@pytest.mark.parametrize("table", ["findings", "notices", "procurements", "institutions"])
def test_no_frame_holds_a_person(guarded: Dataset, table: str) -> None:
    rows = getattr(guarded, table)()
    assert len(rows)
    nothing_hidden(rows.to_polars().write_json())
    nothing_hidden(rows.to_pandas().to_csv())
    arrow = rows.to_arrow()
    nothing_hidden(str([arrow.column(name).to_pylist() for name in arrow.column_names]))


def test_no_row_of_the_store_holds_a_person(guarded: Dataset) -> None:
    names = [row["name"] for row in guarded.store.rows("SELECT name FROM sqlite_master WHERE type = 'table'")]
    assert {"files", "notices", "findings", "institutions"} <= set(names)
    for name in names:
        if name in {"sightings", "places", "failures"}:
            continue  # addresses of files as they are on the disk; every surface shows them masked
        for row in guarded.store.rows(f"SELECT * FROM {name}"):
            for value in tuple(row):
                text = value.decode("utf-8", "replace") if isinstance(value, bytes) else str(value)
                assert [words for words in HIDDEN if words in text] == [], name
    for file in {row["file"] for row in guarded.store.rows("SELECT file FROM files")}:
        nothing_hidden(guarded.store.document(file))


def test_no_byte_of_the_index_holds_a_person(guarded: Dataset) -> None:
    guarded.words.commit()
    data = b"".join(path.read_bytes() for path in guarded.paths.index.rglob("*") if path.is_file())
    assert data
    pieces = {piece for name in PERSONS for piece in (name, name[:2] + name[2:3], name[2:])}
    assert [piece for piece in pieces if piece.encode() in data] == []
