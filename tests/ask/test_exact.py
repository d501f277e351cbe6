"""Answers of the index equal a scan of the texts, phrase by phrase."""

import random
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sousveil.ask.near import is_near, may_be_near
from sousveil.ask.terms import SearchTerm
from sousveil.index.entry import Entry
from sousveil.index.question import AllOf, AnyOf, Node, NoneOf, Phrase, Question
from sousveil.index.words import Words
from sousveil.text.fold import fold
from sousveil.text.segment import index_tokens, iter_matches, phrase_tokens

PIECES = (
    "人脸识别", "人臉識別", "人脸", "识别", "别", "声纹", "升温", "聲紋采集", "纹", "路", "198路", "1路", "25亿张", "4G围栏", "ＧＰＳ", "GPS",
    "CARPAS", "RPAS", "rpas2", "v2.0", "2.0", "0", "videovigilancia", "videovigilância", "vidéoprotection", "cámara de seguridad",
    "камера видеонаблюдения", "видеонаблюдение", "مراقبة بالكاميرات", "公安局", "视频监控", "视频，监控", "视频 监控", "视频\n监控", "监控视频",
    "、", "。", "（", "）", "-", "_", " ", " ", "\n", "█", "第3期", "A", "a1", "Straße", f" {'x' * 150} ", f" {'x' * 149}y ", "𠀀𠀁", "㐀",
)  # fmt: skip
"""Words of notices in several scripts, with the traps: traditional, full-width, digits beside characters, near homophones."""

OPEN = ("videovigil*", "*vigil*", "видеонаблюден*", "*prot*", "cámara* de seg*")


def make_texts(count: int, seed: int = 7) -> list[str]:
    chance = random.Random(seed)
    return ["".join(chance.choices(PIECES, k=chance.randint(1, 30))) for _ in range(count)]


def make_phrases(texts: list[str], count: int, seed: int = 8) -> list[str]:
    """Pieces, pieces of texts cut anywhere, and pairs of pieces: most stand somewhere, some nowhere."""
    chance = random.Random(seed)
    phrases = [*PIECES, *OPEN]
    while len(phrases) < count:
        text = chance.choice(texts)
        start = chance.randrange(len(text))
        phrases.append(text[start : start + chance.randint(1, 9)])
        phrases.append(chance.choice(PIECES) + chance.choice(PIECES))
    return phrases


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> tuple[Words, list[str]]:
    texts = make_texts(250)
    words = Words(Path(tmp_path_factory.mktemp("index")))
    gone = (Entry(notice="gone", file="gone", tokens=index_tokens("".join(PIECES)), title_tokens=()) for _ in range(9))
    words.add(gone)
    words.commit()
    words.remove_file("gone")
    words.add(
        Entry(notice=str(number), tokens=index_tokens(text), title_tokens=(), number=number)
        for number, text in enumerate(texts)
    )
    words.commit()
    return words, texts


def found(words: Words, phrase: str) -> set[str]:
    question = Question(where=Phrase(tuple(phrase_tokens(phrase))), limit=None)
    answer = words.search(question)
    assert answer.total == len(answer.ids)
    return set(answer.ids)


def test_every_phrase_is_found_exactly_where_it_stands(filled: tuple[Words, list[str]]) -> None:
    words, texts = filled
    folded = [fold(text) for text in texts]
    hits = 0
    for phrase in make_phrases(texts, 500):
        scanned = {str(number) for number, text in enumerate(folded) if iter_matches(text, phrase)}
        assert found(words, phrase) == scanned, phrase
        hits += len(scanned)
    assert hits > 5_000, "the phrases hardly stand anywhere: this would show nothing"


def matching(words: Words, node: Node) -> set[str]:
    """Return what a node finds, the same in every way of asking."""
    ranked = words.search(Question(where=node, limit=None))
    by_day = words.search(Question(where=node, limit=None, sort="date"))
    numbers = words.numbers(Question(where=node)).tolist()
    assert ranked.total == by_day.total == len(ranked.ids) == len(numbers)
    assert set(ranked.ids) == set(by_day.ids) == set(map(str, numbers))
    return set(ranked.ids)


def test_many_alternatives_find_what_each_of_them_finds(filled: tuple[Words, list[str]]) -> None:
    """Of many phrases the index asks for one token in place of a phrase where that is the same, and drops the absent."""
    words, texts = filled
    phrases = [*OPEN, *make_phrases(texts, 300, seed=9), *(f"无此{number}词" for number in range(40))]
    for size in (25, 60, len(phrases)):
        some = random.Random(size).sample(phrases, size)
        expected = set().union(*(found(words, phrase) for phrase in some))
        node = AnyOf(tuple(Phrase(tuple(phrase_tokens(phrase))) for phrase in some if phrase_tokens(phrase)))
        assert matching(words, node) == expected
        everything = {str(number) for number in range(len(texts))}
        assert matching(words, AllOf((NoneOf(node),))) == everything - expected


def test_the_index_loses_nothing_that_is_near(filled: tuple[Words, list[str]]) -> None:
    words, texts = filled
    chance = random.Random(3)
    said = [piece for piece in PIECES if phrase_tokens(piece)]
    near = close = 0
    for _ in range(150):
        picked = [
            [SearchTerm(one) for one in chance.sample(said, chance.choice((1, 1, 2)))]
            for _ in range(chance.choice((2, 2, 3)))
        ]
        distance = chance.choice((1, 2, 5, 12))
        scanned = {str(number) for number, text in enumerate(texts) if is_near(text, picked, distance)}
        nodes = list(may_be_near(picked, distance))
        kept = set(words.search(Question(where=AllOf(tuple(nodes)), limit=None)).ids)
        assert scanned <= kept, (picked, distance)
        if nodes:
            near, close = near + len(scanned), close + len(kept)
    assert near > 500, "hardly anything is near: this would show nothing"
    assert close < 4 * near, "the index hardly tells apart what is near"


@pytest.mark.parametrize(
    ("text", "phrase", "is_there"),
    [
        ("声纹采集系统", "声纹", True),
        ("水体升温监测", "声纹", False),
        ("聲紋採集", "声纹采集", True),
        ("声纹采集", "聲紋採集", True),
        ("共198路", "198路", True),
        ("共198路视频", "198路", True),
        ("共1198路", "198路", False),
        ("共198公路", "198路", False),
        ("人脸，识别", "人脸识别", False),
        ("人脸识别", "人脸 识别", False),
        ("ＤＮＡ检测", "dna", True),
        ("mCDNA检测", "dna", False),
        ("视频监控", "频监", True),
        ("videovigilância", "videovigilancia", True),
        ("人脸█识别", "人脸识别", False),
    ],
)
def test_traps(tmp_path: Path, text: str, phrase: str, is_there: bool) -> None:
    words = Words(tmp_path)
    words.add([Entry(notice="n", tokens=index_tokens(text), title_tokens=())])
    words.commit()
    assert bool(found(words, phrase)) is is_there
    assert bool(iter_matches(fold(text), phrase)) is is_there


def test_a_title_alone_is_no_match(tmp_path: Path) -> None:
    words = Words(tmp_path)
    words.add([Entry(notice="n", tokens=["别的", "的"], title_tokens=index_tokens("人脸识别"))])
    words.commit()
    assert not found(words, "人脸识别")


@given(
    st.text(alphabet="人脸识别声纹1２路aÁｂ *-,█\n", max_size=12),
    st.text(alphabet="人脸识别声纹1２路aÁｂ *-,█\n", max_size=60),
)
def test_matches_lie_inside_the_text_in_order(phrase: str, text: str) -> None:
    last = 0
    for start, end in iter_matches(fold(text), phrase):
        assert last <= start < end <= len(text)
        last = end
