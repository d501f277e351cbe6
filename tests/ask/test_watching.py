"""Watches on real files: what is new, what is not, through re-reading, rebuilds, other words and other people's names."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from sousveil.ask.watching import Checked
from sousveil.dataset import Dataset, init_dataset
from sousveil.evidence.vault import sha256_of
from sousveil.exceptions import NotFoundError, UsageError
from sousveil.store.watches import Look, Watch, WatchStore
from tests.ask.conftest import NOTICES, Parts, add, ids

FACE = """{name}公安局人脸识别系统采购项目招标公告
采购人：{name}公安局
预算金额：1250000元
采购内容：建设人脸识别系统一套，接入人像比对平台，共198路。
"""
TERM = "term,capability,language,gloss,source\n共198路,iris,zh,iris recognition,test\n"
"""Words of the first notice, made a word for iris recognition."""
FACES, ABROAD, WATER, VOICES = NOTICES

Keep = Callable[..., Dataset]


@pytest.fixture
def keep(tmp_path: Path) -> Iterator[Keep]:
    """Put notices into one dataset; one that is there is replaced, as when it is read again."""
    opened = init_dataset(tmp_path / "d")
    number = 0

    def put(*notices: Parts) -> Dataset:
        nonlocal number
        for parts in notices:
            number += 1
            opened.words.remove_file(sha256_of("\f".join(parts["pages"]).encode()))  # type: ignore[arg-type]
            add(opened, parts, number)
        opened.words.commit()
        with opened.store.transaction():
            opened.store.mark_indexed()
        return opened

    yield put
    opened.close()


def only(checked: tuple[Checked, ...]) -> Checked:
    (one,) = checked
    return one


def buyers(checked: Checked) -> list[str | None]:
    return [hit.buyer for hit in checked.hits]


def test_what_arrives_is_new_once_and_told_in_full(keep: Keep) -> None:
    dataset = keep(FACES)
    state = dataset.watch("voices", "voiceprint", date="2018..")
    assert (state.total, state.new) == (1, 0)
    assert only(dataset.check_watches()).new == ()
    keep(VOICES, WATER)
    assert [(one.total, one.new) for one in dataset.watches] == [(2, 1)]
    looked = only(dataset.check_watches(is_marking=False))
    told = only(dataset.check_watches())
    assert set(told.new) == set(looked.new) == ids(4)
    assert (told.total, told.arrived, told.gone) == (2, 1, 0)
    assert [hit.buyer for hit in told.hits] == ["望东区公安分局"]
    assert "声纹" in told.hits[0].passages[0].text
    assert only(dataset.check_watches("VOICES")).new == ()
    assert [(one.new, one.last_new) for one in dataset.watches] == [(0, told.new)]
    assert [hit.notice for hit in dataset.watches.hits(dataset.watches["voices"])] == list(told.new)


def test_ids_are_told_of_all_that_is_new_though_few_are_told_in_full(keep: Keep) -> None:
    dataset = keep(WATER)
    dataset.watch("all", date="2000..")
    keep(FACES, VOICES)
    told = only(dataset.check_watches(limit=1))
    assert (set(told.new), len(told.hits)) == (ids(1, 4), 1)


def test_what_is_read_again_with_another_result_is_new_or_gone(keep: Keep) -> None:
    dataset = keep(FACES, WATER)
    dataset.watch("voices", cap="voiceprint")
    keep({**FACES, "findings": ()})
    told = only(dataset.check_watches())
    assert (told.total, told.new, told.gone) == (0, (), 1)
    keep(FACES)
    told = only(dataset.check_watches())
    assert (set(told.new), told.arrived) == (ids(1), 0)  # it was here, and did not match at the last check
    keep({**FACES, "title": "another"})
    assert only(dataset.check_watches()).new == ()  # it goes on matching


def test_what_is_not_in_the_index_yet_is_not_forgotten(keep: Keep) -> None:
    dataset = keep(FACES, VOICES)
    dataset.watch("voices", "声纹")
    with dataset.store.transaction():
        dataset.store.mark_pending()
    for parts in (FACES, VOICES):
        dataset.words.remove_file(sha256_of("\f".join(parts["pages"]).encode()))  # type: ignore[arg-type]
    dataset.words.commit()
    during = only(dataset.check_watches())
    assert (during.total, during.gone) == (0, 0)
    assert "the index holds 0 of 2 notices" in during.notes[0]
    assert dataset.reindex() == 2
    after = only(dataset.check_watches())
    assert (after.total, after.new) == (2, ())


def test_files_read_rows_lost_and_all_made_again(tmp_path: Path) -> None:
    """The whole line: what is read later is new, what a rebuild reads is not."""
    dataset = init_dataset(tmp_path / "d")
    folder = tmp_path / "in"
    folder.mkdir()

    def ingest(*names: str) -> None:
        for name in names:
            (folder / f"{name}.txt").write_text(FACE.format(name=name), encoding="utf-8")
        dataset.ingest([folder])

    ingest("岷阳县")
    dataset.watch("faces", "face recognition", type="tender")
    ingest("澄川县")
    told = only(dataset.check_watches())
    assert [(hit.buyer, told.arrived) for hit in told.hits] == [("澄川县公安局", 1)]
    dataset.close()
    shutil.rmtree(dataset.paths.derived)
    away = only(dataset.check_watches())
    assert (away.total, away.new, away.gone) == (0, (), 0)
    dataset.rebuild()
    after = only(dataset.check_watches())
    assert (after.total, after.new, after.gone) == (2, (), 0)
    dataset.close()


def test_other_words_are_said(keep: Keep, tmp_path: Path) -> None:
    dataset = keep(FACES)
    dataset.watch("irises", "iris recognition")
    assert only(dataset.check_watches()).widened == ()
    terms = tmp_path / "terms.csv"
    terms.write_text(TERM, encoding="utf-8")
    dataset.import_terms(terms)
    told = only(dataset.check_watches())
    assert told.widened == ("共198路",)
    assert (set(told.new), told.arrived) == (ids(1), 0)
    dataset.paths.terms.unlink()
    dataset.__dict__.pop("own_terms")  # as a later process would find it
    told = only(dataset.check_watches())
    assert (told.narrowed, told.gone) == (("共198路",), 1)


def test_a_query_that_errs_stops_no_other(keep: Keep) -> None:
    dataset = keep(FACES)
    kept = WatchStore(dataset.paths.judgements)
    look = Look(checked_at="2026-01-01T00:00:00+00:00", total=1, line=0)
    kept.add(Watch(name="old", query="人脸", filters={"cap": ("a_capability_of_old",)}, made_at="1"), look)
    kept.add(Watch(name="older", query="人脸", filters={"colour": ("red",)}, made_at="2"), look)
    dataset.watch("faces", "人脸识别")
    old, older, faces = dataset.check_watches()
    assert "There is no capability 'a_capability_of_old'" in old.problem
    assert "There is no filter 'colour'" in older.problem
    assert (faces.problem, faces.total) == ("", 1)
    assert kept.look("old") == look  # what was seen stays as it was
    assert [state.total for state in dataset.watches] == [None, None, 1]
    assert [state.address for state in dataset.watches][1:] == [
        "/search?q=%E4%BA%BA%E8%84%B8",
        "/search?q=%E4%BA%BA%E8%84%B8%E8%AF%86%E5%88%AB",
    ]


def test_counts_are_made_again_only_when_something_changed(keep: Keep, monkeypatch: pytest.MonkeyPatch) -> None:
    dataset = keep(FACES)
    dataset.watch("voices", "声纹")
    first = tuple(dataset.watches)
    with monkeypatch.context() as patch:
        patch.setattr(type(dataset.words), "numbers", lambda *_: pytest.fail("the index was asked again"))
        assert tuple(dataset.watches) == first
    dataset.words.close()
    with Dataset(dataset.paths) as other:  # as another process would
        add(other, VOICES, 9)
        other.words.commit()
    assert [(state.total, state.new) for state in dataset.watches] == [(2, 1)]


def test_counts_that_hang_on_institutions_are_made_again_with_them(keep: Keep) -> None:
    dataset = keep(FACES, VOICES)
    with dataset.writing():
        dataset.gather()
    dataset.watch("police", institution="澄川市公安局")
    assert [state.total for state in dataset.watches] == [1]
    dataset.names.judge("merge", "澄川市公安局", "望东区公安分局", note="a test")
    assert [(state.total, state.new) for state in dataset.watches] == [(2, 1)]  # the index is as it was
    assert len(only(dataset.check_watches()).new) == 1


def test_names_are_plain_and_unique(keep: Keep) -> None:
    dataset = keep(FACES)
    dataset.watch("Faces 人脸-1.x", "人脸识别")
    for name in ("", "a/b", "-faces", "x" * 61, "a\x1bb"):
        with pytest.raises(UsageError, match="is no name for a watch"):
            dataset.watch(name, "人脸识别")
    with pytest.raises(UsageError, match=r"already\. Choose another name, or remove it: sousveil watch rm"):
        dataset.watch("faces 人脸-1.X", "门禁")
    with pytest.raises(
        NotFoundError, match=r"There is no watch 'Face'\. Did you mean Faces 人脸-1\.x\?|sousveil watch list"
    ):
        dataset.check_watches("Face")
    with pytest.raises(UsageError, match="needs words or filters"):
        dataset.watch("all", "  ")
    assert len(dataset.watches) == 1


@pytest.mark.parametrize(
    "query",
    [
        "13800138000",
        "11010519491231002X",
        "wangshu77@example.org",
        "联系人：独孤行简",
        "欧阳知远",
        '"独孤行简" 公安',
        "公安 -欧阳知远",
        "(独孤行简 OR 欧阳知远) 人脸识别",
        "near:5 独孤行简 公安",
        "buyer:欧阳知远",
        "Ivan Petrov",
    ],
)
def test_nobody_can_be_watched(dataset: Dataset, query: str) -> None:
    with pytest.raises(UsageError, match="sousveil watches institutions, never people"):
        dataset.watch("somebody", query)
    for name in ("buyer", "supplier", "agency", "institution", "system"):
        with pytest.raises(UsageError, match="sousveil watches institutions, never people"):
            dataset.watch("somebody", "", **{name: "欧阳知远"})
    with pytest.raises(UsageError, match="may not hold a person's name or number"):
        dataset.watch("wangshu 13800138000", "人脸识别")
    assert not dataset.paths.judgements.exists()


@pytest.mark.parametrize("query", ["(a OR", "type:nonsense", '"人脸', "cap:facerec"])
def test_what_search_refuses_is_no_watch(dataset: Dataset, query: str) -> None:
    with pytest.raises(UsageError) as searched:
        dataset.search(query)
    with pytest.raises(UsageError) as watched:
        dataset.watch("x", query)
    assert str(watched.value) == str(searched.value)


def test_bodies_places_and_technologies_can_be_watched(keep: Keep) -> None:
    dataset = keep(FACES)
    for number, query in enumerate(
        ["岷阳县公安局", "阿克苏", "全球眼", "agency:招标", "drones", "face recognition 灵瞳"]
    ):
        dataset.watch(str(number), query)
    assert len(dataset.check_watches()) == 6
