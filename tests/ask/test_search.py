"""Search: what is found, why, and what is said when nothing is."""

from __future__ import annotations

import re

import pytest

from sousveil.ask.facets import without_covered
from sousveil.ask.filters import make_filters
from sousveil.ask.search import SearchResult, search
from sousveil.ask.understand import explicit
from sousveil.dataset import Dataset
from sousveil.exceptions import UsageError
from tests.ask.conftest import ids


def ask(dataset: Dataset, query: str = "", **options: object) -> SearchResult:
    names = ("raw", "sort", "offset", "limit", "passages", "facets")
    keep = {name: value for name, value in options.items() if name in names}
    filters = make_filters(**{name: value for name, value in options.items() if name not in names})  # type: ignore[arg-type]
    return search(dataset.store, dataset.words, query, filters, **keep)  # type: ignore[arg-type]


def found(result: SearchResult) -> set[str]:
    assert result.total == len(result)
    return {hit.notice for hit in result}


@pytest.mark.parametrize(
    ("query", "numbers"),
    [
        ("声纹", (1, 4)),
        ("聲紋", (1, 4)),
        ("升温", (3,)),
        ('"人脸识别"', (1,)),
        ('"人臉識別服务器"', (1,)),
        ("声纹 -人脸识别", (4,)),
        ("升温 OR 声纹", (1, 3, 4)),
        ("升温 OR 声纹 公安局", (1,)),
        ("voiceprint", (1, 4)),
        ("face recognition", (1, 2)),
        ("gait recognition", (1,)),
        ('"公告 采购人"', (1, 3, 4)),
        ('"共享 第二页"', ()),
        ("", (1, 2, 3, 4)),
        ("(升温 OR 声纹) -(公安局 人脸识别)", (3, 4)),
        ("(声纹 人脸识别) OR 升温", (1, 3)),
        ("（声纹 人脸识别）OR 升温", (1, 3)),
        ("声纹 AND NOT 人脸识别", (4,)),
        ("type:award OR cap：voiceprint", (1, 4)),
        ('声纹 buyer:"望东区公安分局"', (4,)),
        ("声纹 -type:award", (4,)),
        ("date:2018..2019 amount:>2m", (4,)),
        ("raw:voiceprint", ()),
        ("声纹 raw:voiceprint", ()),
        ("near:12 声纹 省厅", (4,)),
        ("near:3 声纹 省厅", ()),
        ("near:3 升温 水温", (3,)),
        ("-near:12 声纹 省厅 声纹", (1,)),
        ("near:12 (声纹 省厅 采集)", (4,)),
        ("type:tender OR near:12 声纹 省厅", (2, 3, 4)),
        ("the voiceprint of 公安局", (1,)),
        ("声纹、人脸，198路", (1,)),
        ("date:>=2019 date:<=2019-12", (1,)),
        ("Gesichtserkennung", (1, 2)),
        ("reconocimiento facial", (1, 2)),
        ("https://portal.example/notice", ()),
    ],
)
def test_words(dataset: Dataset, query: str, numbers: tuple[int, ...]) -> None:
    assert found(ask(dataset, query)) == ids(*numbers)


def test_a_query_is_shown_back_part_by_part(dataset: Dataset) -> None:
    result = ask(dataset, "人像 OR 声纹 -升温 type:award near:99 声纹 终端")
    assert [(chip.text, chip.kind) for chip in result.chips] == [
        ("人像 OR 声纹", "either"),
        ("-升温", "not words"),
        ("type:award", "field"),
        ("near:99 声纹 终端", "near"),
    ]
    assert "voiceprint*" in result.chips[0].terms
    assert result.chips[2].without == "人像 OR 声纹 -升温 near:99 声纹 终端"
    assert not result.chips[2].terms


def test_a_facet_leaves_out_the_field_of_the_query_too(dataset: Dataset) -> None:
    assert dict(ask(dataset, "type:award").facets["type"]) == {"award": 1, "tender": 2, "contract": 1}


def test_the_terms_written_out_find_the_same(dataset: Dataset) -> None:
    for query in ("face recognition", "声纹 -人脸识别", "(iris OR gait recognition) 公安局", "near:40 声纹 公安局"):
        assert found(ask(dataset, explicit(query), raw=True)) == found(ask(dataset, query)), query


def test_raw_searches_as_written(dataset: Dataset) -> None:
    assert not ask(dataset, "voiceprint", raw=True).total
    assert [term.text for term in ask(dataset, "声纹", raw=True).searched_as] == ["声纹"]


@pytest.mark.parametrize(
    ("filters", "numbers"),
    [
        ({"cap": "voiceprint"}, (1, 4)),
        ({"cap": "BIO"}, (1, 4)),
        ({"cap": "Face recognition"}, (1,)),
        ({"cap": ("face_recognition", "video_surveillance")}, (1, 2)),
        ({"buyer": "澄川市公安局"}, (1,)),
        ({"buyer": "公安"}, (1, 4)),
        ({"buyer": "comune di valfosca"}, (2,)),
        ({"supplier": "启衡"}, (4,)),
        ({"supplier": "nobody"}, ()),
        ({"place": "Xinjiang"}, (4,)),
        ({"place": "四川省"}, (1, 3)),
        ({"place": "China"}, (1, 3, 4)),
        ({"place": ("Valfosca", "岷水县")}, (2, 3)),
        ({"place": "Atlantis"}, ()),
        ({"type": "award"}, (1,)),
        ({"type": ("award", "contract")}, (1, 4)),
        ({"date": "2018..2019"}, (1, 4)),
        ({"date": "2019-05"}, (1,)),
        ({"date": "2019-05-07.."}, (3,)),
        ({"date": "..2018"}, (4,)),
        ({"amount": "50万..1.3m"}, (1, 3)),
        ({"amount": ">2m"}, (4,)),
        ({"amount": "..100k"}, (2,)),
        ({"language": "it"}, (2,)),
        ({"kind": "link"}, (4,)),
        ({"source": "portal"}, (1, 2, 3, 4)),
        ({"cap": "voiceprint", "place": "Sichuan", "date": "2019"}, (1,)),
    ],
)
def test_filters(dataset: Dataset, filters: dict[str, str], numbers: tuple[int, ...]) -> None:
    assert found(ask(dataset, **filters)) == ids(*numbers)


def test_passages_are_the_words_of_the_page(dataset: Dataset) -> None:
    for query in ("声纹", "face recognition", "公安局", "升温 OR 告警", ""):
        for hit in ask(dataset, query):
            notice = dataset.store.notice(hit.notice)
            pages = {page.number: page.text for page in dataset.store.pages(notice.file, 1, 99)}
            assert hit.passages or not (query or hit.findings)
            for passage in hit.passages:
                assert passage.text == pages[passage.page][passage.start : passage.end]
                assert len(passage.text) <= 160
                assert passage.matches
                for start, end in passage.matches:
                    assert passage.start <= start < end <= passage.end


def test_a_passage_says_what_matched(dataset: Dataset) -> None:
    (hit,) = ask(dataset, "gait recognition")
    (passage,) = hit.passages
    assert passage.page == 2
    assert [passage.text[start - passage.start : end - passage.start] for start, end in passage.matches] == ["步态识别"]
    assert "gait" in passage.gloss


def test_passages_show_every_group(dataset: Dataset) -> None:
    (hit,) = ask(dataset, "步态 198路")
    assert [passage.page for passage in hit.passages] == [1, 2]


def test_a_passage_of_words_that_are_near_holds_all_of_them(dataset: Dataset) -> None:
    (hit,) = ask(dataset, "near:3 升温 水温")
    shown = [
        passage.text[start - passage.start : end - passage.start]
        for passage in hit.passages
        for start, end in passage.matches
    ]
    assert shown == ["水温", "升温"]  # and not the 升温 of the title


@pytest.mark.parametrize(
    ("query", "part"),
    [
        ("title:人脸", "title: is no field"),
        ("recogniton", "did you mean 'recognition'?"),
        ("зонтик", "no term is known for 'зонтик'"),
    ],
)
def test_what_is_searched_as_written_is_said(dataset: Dataset, query: str, part: str) -> None:
    assert any(part in note for note in ask(dataset, query).notes)


def test_covered_names_are_no_values_to_choose() -> None:
    counts = without_covered({"supplier": (("███", 3), ("ФОП ██", 2), ("启衡数据有限公司", 1))})
    assert counts == {"supplier": (("启衡数据有限公司", 1),)}


def test_paging_gives_every_hit_once(dataset: Dataset) -> None:
    pages = [ask(dataset, sort="date", limit=1, offset=offset) for offset in range(5)]
    assert all(page.total == 4 for page in pages)
    assert {hit.notice for page in pages for hit in page} == ids(1, 2, 3, 4)
    assert [len(page) for page in pages] == [1, 1, 1, 1, 0]


def test_order(dataset: Dataset) -> None:
    def dates(sort: str) -> list[str | None]:
        return [hit.date for hit in ask(dataset, sort=sort)]

    assert dates("date") == ["2020-01-02", "2019-05-06", "2018-11", None]
    assert [date for date in dates("-date") if date] == ["2018-11", "2019-05-06", "2020-01-02"]
    assert [hit.amount for hit in ask(dataset, sort="amount")] == [3_000_000.0, 1_250_000.0, 500_000.0, 80_000.0]


def test_facets_leave_their_own_filter_out(dataset: Dataset) -> None:
    result = ask(dataset, type="award")
    assert dict(result.facets["type"]) == {"award": 1, "tender": 2, "contract": 1}
    assert dict(result.facets["province"]) == {"四川": 1}
    assert dict(ask(dataset).facets["year"]) == {"2018": 1, "2019": 1, "2020": 1}


def test_an_empty_result_says_what_stands_in_the_way(dataset: Dataset) -> None:
    result = ask(dataset, "声纹", place="新疆", type="tender")
    assert not result.total
    assert {(obstacle.name, obstacle.total) for obstacle in result.obstacles} == {
        ("--place", 0),
        ("--type", 1),
        ("filters", 2),
    }
    words = ask(dataset, "声纹 升温")
    assert {(obstacle.name, obstacle.total) for obstacle in words.obstacles} == {("声纹", 1), ("升温", 2)}
    assert any("Atlantis" in note for note in ask(dataset, place="Atlantis").notes)


@pytest.mark.parametrize(
    ("options", "part"),
    [
        ({"query": '"声纹'}, "not closed"),
        ({"query": "声纹 OR"}, "OR needs"),
        ({"query": "buyr:公安"}, "Did you mean buyer:"),
        ({"query": "人脸 type:prize"}, "\n  人脸 type:prize\n       ^"),
        ({"query": "near:0 人脸 声纹"}, "from 1 to 1,000"),
        ({"query": "near:9 人脸"}, "two words"),
        ({"query": "near:9 人脸 type:award"}, "words or phrases only"),
        ({"query": "(人脸"}, "not closed"),
        ({"query": "人脸)"}, "never opened"),
        ({"query": "()"}, "nothing between"),
        ({"query": "type:"}, "type:award"),
        ({"query": "人脸 OR -声纹"}, "OR cannot"),
        ({"query": "(" * 60 + "人" + ")" * 60}, "brackets"),
        ({"query": "—"}, "no letter"),
        ({"cap": "face_recogniton"}, "face_recognition"),
        ({"type": "prize"}, "award"),
        ({"query": "OR"}, "OR needs"),
        ({"query": "OR 人脸"}, "OR needs"),
        ({"cap": "video"}, "video_surveillance"),
        ({"supplier": "███"}, "covered"),
        ({"date": "spring"}, "2019-06"),
        ({"date": "2019-02-29"}, "2019-02-29"),
        ({"date": ">2019"}, "2019.."),
        ({"amount": "much"}, "500k"),
        ({"sort": "size"}, "relevance"),
    ],
)
def test_what_cannot_be_understood_is_answered_with_help(dataset: Dataset, options: dict[str, str], part: str) -> None:
    with pytest.raises(UsageError, match=re.escape(part)):
        ask(dataset, **options)


def test_json_has_the_shape_of_the_contract(dataset: Dataset) -> None:
    shape = ask(dataset, "声纹").to_json()
    assert shape["v"] == 1
    assert {"total", "searched_as", "hits", "facets"} <= shape.keys()
    hits = shape["hits"]
    assert isinstance(hits, list)
    assert {
        "document",
        "notice",
        "title",
        "buyer",
        "date",
        "place",
        "amount",
        "currency",
        "capabilities",
        "passages",
    } <= hits[0].keys()
    assert {"text", "page", "start", "end", "gloss"} <= hits[0]["passages"][0].keys()
