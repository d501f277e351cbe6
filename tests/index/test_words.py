import os
from pathlib import Path

import pytest

from sousveil.exceptions import DatasetError
from sousveil.index.entry import Entry
from sousveil.index.question import AllOf, Among, AnyOf, Between, Holds, NoneOf, Phrase, Question
from sousveil.index.words import Words
from sousveil.text.segment import index_tokens, phrase_tokens


def entry(notice, text, **values):
    terms = tuple((facet, names) for facet, names in values.pop("terms", {}).items())
    return Entry(notice=notice, file=notice[0] * 64, tokens=index_tokens(text), title_tokens=(), terms=terms, **values)


@pytest.fixture
def words(tmp_path):
    opened = Words(tmp_path / "index")
    opened.add(
        [
            entry(
                "a1",
                "声纹采集设备",
                terms={"type": ("tender",), "capability": ("voiceprint",)},
                date=20200105,
                amount=10.0,
            ),
            entry("a2", "设备升温试验", terms={"type": ("award",)}, date=20210301, amount=500.0),
            entry("b1", "CARPAS platform and RPAS, 198路视频", terms={"type": ("tender",)}, date=20220101),
        ]
    )
    opened.commit()
    yield opened
    opened.close()


def phrase(text):
    return Phrase(tuple(phrase_tokens(text)))


def ask(words, text="", *nodes, **question):
    parts = (phrase(text), *nodes) if text else nodes
    return words.search(Question(where=AllOf(parts), **question))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("声纹", {"a1"}),
        ("升温", {"a2"}),
        ("设备", {"a1", "a2"}),
        ("rpas", {"b1"}),
        ("198路", {"b1"}),
        ("98路", set()),
        ("纹采集设", {"a1"}),
    ],
)
def test_phrases(words, text, expected):
    assert set(ask(words, text).ids) == expected


def test_filters_and_order(words):
    assert ask(words, "", Holds("type", ("tender",)), sort="date").ids == ("b1", "a1")
    assert ask(words, "", Between("date", 20200101, 20211231), sort="-date").ids == ("a1", "a2")
    assert set(ask(words, "", Between("amount", 100.0)).ids) == {"a2"}
    assert ask(words, "", NoneOf(phrase("声纹"))).total == 2
    assert set(ask(words, "", Among(("a2", "b1", "gone"))).ids) == {"a2", "b1"}


@pytest.mark.parametrize(
    ("node", "expected"),
    [
        (AllOf(), {"a1", "a2", "b1"}),
        (AnyOf(), set()),
        (Holds("type", ()), set()),
        (AnyOf((phrase("声纹"), Holds("type", ("award",)))), {"a1", "a2"}),
        (NoneOf(AnyOf((phrase("声纹"), phrase("升温")))), {"b1"}),
        (AnyOf((NoneOf(phrase("设备")), phrase("声纹"))), {"a1", "b1"}),
        (AllOf((phrase("设备"), NoneOf(AllOf((phrase("设备"), phrase("声纹")))))), {"a2"}),
        (NoneOf(NoneOf(phrase("声纹"))), {"a1"}),
    ],
)
def test_trees(words, node, expected):
    assert set(words.search(Question(where=node)).ids) == expected


def test_notices_with_the_capability_come_first(words):
    words.add(
        [entry("d1", "声纹 声纹 声纹 声纹"), entry("d2", "升温 " * 50 + "声纹", terms={"capability": ("voiceprint",)})]
    )
    words.commit()
    assert ask(words, "声纹").ids[0] == "d1"
    assert set(ask(words, "声纹", prefer=(("voiceprint",),)).ids[:2]) == {"a1", "d2"}
    assert ask(words, "声纹", prefer=(("voiceprint",),)).total == 3


def test_facets_count_the_answer(words):
    answer = ask(words, facets=("type", "capability"))
    assert dict(answer.facets["type"]) == {"tender": 2, "award": 1}
    assert dict(answer.facets["capability"]) == {"voiceprint": 1}


def test_paging(words):
    pages = [ask(words, sort="date", limit=1, offset=offset) for offset in range(3)]
    assert [page.ids for page in pages] == [("b1",), ("a2",), ("a1",)]
    assert {page.total for page in pages} == {3}


def test_a_file_is_removed_with_all_its_notices(words):
    words.remove_file("a" * 64)
    words.commit()
    assert ask(words).ids == ("b1",)


def test_nothing_is_seen_before_it_is_committed(words):
    words.add([entry("c1", "声纹")])
    assert ask(words, "声纹").total == 1
    words.commit()
    assert ask(words, "声纹").total == 2


def test_an_index_of_another_version_is_refused_and_left_alone(words, tmp_path):
    words.close()
    (tmp_path / "index" / "version").write_text("0")
    before = sorted(path.name for path in (tmp_path / "index").iterdir())
    other = Words(tmp_path / "index")
    with pytest.raises(DatasetError, match="rebuild"):
        other.search(Question())
    assert sorted(path.name for path in (tmp_path / "index").iterdir()) == before
    other.renew()
    assert other.count() == 0


def test_opening_leaves_the_mark_of_the_version_alone(words, tmp_path):
    mark = tmp_path / "index" / "version"
    before = mark.stat()
    assert Words(tmp_path / "index").count() == 3
    assert (mark.stat().st_ino, mark.stat().st_mtime_ns) == (before.st_ino, before.st_mtime_ns)


def test_an_index_whose_making_was_cut_off_is_made(tmp_path):
    (tmp_path / "index").mkdir()
    (tmp_path / "index" / "version.7.part").write_text("")
    words = Words(tmp_path / "index")
    assert words.is_outdated  # its mark is missing: whoever holds the lock empties the folder
    words.renew()
    assert words.count() == 0


def test_a_commit_is_on_the_disk_with_its_last_rename(words, tmp_path, monkeypatch):
    """A power cut after it must not bring the state before back: the store has noted by then that all is indexed."""
    flushed = []
    fsync = os.fsync

    def hear(handle):
        fsync(handle)
        flushed.append((Path(f"/proc/self/fd/{handle}").resolve(), (tmp_path / "index" / "meta.json").stat().st_ino))

    monkeypatch.setattr(os, "fsync", hear)
    words.add([entry("c1", "视频专网")])
    words.commit()
    assert flushed[-1] == (tmp_path / "index", (tmp_path / "index" / "meta.json").stat().st_ino)


def test_many_alternatives_are_those_that_stand_there_after_each_commit(tmp_path):
    words = Words(tmp_path / "index")
    other = Words(tmp_path / "index")
    asked = Question(where=AnyOf(tuple(Phrase((f"word{number}",)) for number in range(60))), limit=None)

    def add(notice, text):
        words.add([Entry(notice=notice, tokens=text.split(), title_tokens=())])
        words.commit()

    add("a", "word7 said")
    assert set(words.search(asked).ids) == set(other.search(asked).ids) == {"a"}
    add("b", "word59 said")
    add("c", "nothing said")
    assert set(words.search(asked).ids) == set(other.search(asked).ids) == {"a", "b"}
    assert sorted(other.numbers(asked)) == sorted(words.numbers(asked))
    assert len(other.numbers(asked)) == 2
