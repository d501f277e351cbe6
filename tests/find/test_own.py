"""The user's own terms: good rows, every kind of bad one, and what is looked for then."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sousveil.data.own import SHIPPED, OwnTerms, own_from_json
from sousveil.data.terms import capabilities, terms
from sousveil.exceptions import UsageError
from sousveil.find import find
from sousveil.find.lexicon import lexicon
from sousveil.find.own import KEYS, OwnRow, dump_own, load_own, parse_own, read_own, to_terms
from sousveil.model import Document, Notice, Page

GOOD = "- {term: 灵瞳卫士, capability: face_recognition, language: zh, gloss: spirit-eye guard}"


def found_in(text: str, own: OwnTerms) -> list[tuple[str, str]]:
    document = Document("0" * 64, "text/plain", "a.txt", (Page(1, text),), language="zh")
    findings = find(document, Notice("a", "a", "0" * 64, 1, 1), own=own)
    return [(finding.rule, finding.value) for finding in findings if finding.kind == "capability"]


def own(text: str) -> OwnTerms:
    found = parse_own(text, "terms.yml", is_csv=False)
    assert found.errors == ()
    return to_terms(found.rows)


def test_a_term_of_the_user_is_found_beside_the_shipped_ones() -> None:
    text = "灵瞳卫士20台，指纹识别仪3套"
    assert found_in(text, SHIPPED) == [("zh:指纹识别", "fingerprint_palm")]
    assert set(found_in(text, own(GOOD))) == {("zh:灵瞳卫士", "face_recognition"), ("zh:指纹识别", "fingerprint_palm")}


def test_needs_and_unless_hold_for_terms_of_the_user() -> None:
    mine = own(GOOD[:-1] + ', needs: ["@police"], unless: [~展会]}')
    assert found_in("灵瞳卫士20台", mine) == []
    assert found_in("公安灵瞳卫士20台", mine) == [("zh:灵瞳卫士", "face_recognition")]
    assert found_in("公安灵瞳卫士展会20台", mine) == []


def test_a_shipped_term_is_put_aside_for_one_capability_or_for_all() -> None:
    assert found_in("天网工程扩建", SHIPPED)
    assert ("zh:天网工程", "skynet") not in found_in("天网工程扩建", own("- {term: 天网工程, state: off}"))
    assert found_in("天網工程擴建", own("- {term: 天網工程, capability: skynet, state: off}")) == []


def test_a_description_of_a_function_is_put_aside_by_its_rule() -> None:
    text = "对过往人员面部图像与名单库进行比对"  # pictures of faces of those who pass are compared with a list
    rule = "function:snapshot against list"
    assert (rule, "face_recognition") in found_in(text, SHIPPED)
    for capability in ("", ", capability: face_recognition"):
        mine = own(f"- {{term: {rule}{capability}, state: off}}")
        assert rule not in dict(found_in(text, mine))
        assert found_in(text, own_from_json(mine.text)) == found_in(text, mine)


def test_a_term_of_the_user_replaces_the_shipped_one() -> None:
    mine = own("- {term: 步态识别, capability: gait_recognition, language: zh, gloss: gait, needs: [公安]}")
    assert ("zh:步态识别", "gait_recognition") not in found_in("步态识别终端", mine)
    assert [row.gloss for row in mine.all if row.term == "步态识别"] == ["gait"]


def test_what_the_workers_get_is_what_was_said() -> None:
    mine = own(GOOD + "\n- {term: 步态识别, state: off}")
    again = own_from_json(mine.text)
    assert (again.rows, again.off, again.digest) == (mine.rows, mine.off, mine.digest)
    assert own_from_json(mine.text) is again
    assert own_from_json("") is SHIPPED
    assert SHIPPED.digest == ""
    assert lexicon(again) is lexicon(again)


def test_a_csv_of_a_spreadsheet_is_taken() -> None:
    text = "\ufeffTerm;Capability;Language;Gloss;Needs\r\n灵瞳卫士;face_recognition;zh;guard;公安 | 监所\r\n\r\n"
    found = parse_own(text.removeprefix("\ufeff"), "a.csv", is_csv=True)
    assert found.errors == ()
    assert found.rows == (
        OwnRow(term="灵瞳卫士", capability="face_recognition", language="zh", gloss="guard", needs=("公安", "监所")),
    )


@pytest.mark.parametrize(
    ("row", "told"),
    [
        ("- {capability: iris, language: zh, gloss: x}", "the term is missing"),
        ("- {term: 虹, capability: iris, language: zh, gloss: x}", "one character"),
        (f"- {{term: {'虹' * 101}, capability: iris, language: zh, gloss: x}}", "101 characters"),
        ("- {term: ab*cd, capability: iris, language: en, gloss: x}", "must end a word"),
        ("- {term: 虹膜甲, capability: irs, language: zh, gloss: x}", "Did you mean iris?"),
        ("- {term: 虹膜甲, language: zh, gloss: x}", "Known are: video_surveillance"),
        ("- {term: 虹膜甲, capability: iris, gloss: x}", "no tag"),
        ("- {term: 虹膜甲, capability: iris, language: zh}", "no gloss"),
        ("- {term: 虹膜甲, capability: iris, language: zh, gloss: x, needs: ['@polise']}", "Known are: @police"),
        ("- {term: 虹膜甲, capability: iris, language: zh, gloss: x, unless: [膜]}", "could never be found"),
        ("- {term: 虹膜甲, capability: iris, language: zh, gloss: x, state: aus}", "Write on, or off"),
        ("- {term: 虹膜甲, capability: iris, language: zh, gloss: [x]}", "gloss is not written as a word"),
        ("- {term: 虹膜甲, capability: iris, language: zh, gloss: x, needs: {a: b}}", "needs is not written"),
        ("- {term: 虹膜甲, colour: red}", "unknown key 'colour'"),
        ("- 虹膜甲", "the term is missing"),
        ("- {term: 步态识别了, state: off}", "Did you mean '步态识别'?"),
        ("- {term: 没有的词语, state: off}", "sousveil glossary list"),
        ("- {term: function:face comparred, state: off}", "Did you mean 'function:face compared'?"),
    ],
)
def test_a_bad_row_is_named_and_the_others_are_taken(row: str, told: str) -> None:
    found = parse_own(f"# mine\n{row}\n{GOOD}\n", "terms.yml", is_csv=False)
    assert [good.term for good in found.rows] == ["灵瞳卫士"]
    (error,) = found.errors
    assert error.startswith("terms.yml, line 2: ")
    assert told in error


def test_a_row_that_stands_twice_is_named() -> None:
    found = parse_own(f"{GOOD}\n{GOOD}", "terms.yml", is_csv=False)
    assert len(found.rows) == 1
    assert found.errors == ("terms.yml, line 2: '灵瞳卫士' stands there twice for one capability. Keep one.",)


@pytest.mark.parametrize(
    ("name", "data", "told"),
    [
        ("a.yml", b"term: x", "not a list of terms"),
        ("a.yml", b"- {a: ", "is no YAML"),
        ("a.yml", b"[" * 5_000, "is no YAML"),
        ("a.csv", "名称,类别\n甲,乙\n".encode(), "no column is called term"),
        ("a.csv", "term\n人脸".encode("gb18030"), "not UTF-8"),
        ("a.csv", b"", "no column is called term"),
        ("a.yml", b"#" * 1_100_000, "larger than"),
    ],
)
def test_a_file_that_cannot_be_read_says_what_to_do(tmp_path, name: str, data: bytes, told: str) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    with pytest.raises(UsageError, match=told):
        read_own(path)


def test_a_dataset_without_the_file_has_the_shipped_terms(tmp_path) -> None:
    assert load_own(tmp_path / "terms.yml") is SHIPPED
    assert SHIPPED.all == terms()


def test_the_first_bad_line_of_a_dataset_stops_and_counts_the_others(tmp_path) -> None:
    path = tmp_path / "terms.yml"
    path.write_text(f"{GOOD}\n- {{term: a}}\n- {{term: b}}\n", encoding="utf-8")
    with pytest.raises(UsageError, match=r"terms.yml, line 2: .*\(1 more such lines\.\)"):
        load_own(path)


WORD = st.text(st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"]), min_size=1, max_size=8)


@given(st.lists(st.tuples(WORD, WORD, st.lists(WORD, max_size=3)), max_size=4))
def test_what_is_written_is_read_again(said: list[tuple[str, str, list[str]]]) -> None:
    rows = [
        OwnRow(term=f"虹{term}膜{number}", capability="iris", language="zh", gloss=gloss, needs=tuple(needs))
        for number, (term, gloss, needs) in enumerate(said)
    ]
    again = parse_own(dump_own(rows), "terms.yml", is_csv=False)
    stripped = [
        OwnRow(
            term=row.term,
            capability="iris",
            language="zh",
            gloss=row.gloss.strip(),
            needs=tuple(word.strip() for word in row.needs if word.strip()),
        )
        for row in rows
    ]
    kept = {row.key for row in again.rows}
    assert list(again.rows) == [row for row in stripped if row.key in kept]
    assert len(again.rows) + len(again.errors) == len(rows)


@given(st.text(max_size=200), st.booleans())
def test_any_text_gives_rows_or_one_reason(text: str, is_csv: bool) -> None:
    try:
        found = parse_own(text, "a", is_csv=is_csv)
    except UsageError:
        return
    for row in found.rows:
        assert row.term
        assert row.capability in {"", *(leaf.id for leaf in capabilities())}
    to_terms(found.rows)


def test_keys_are_those_of_a_row() -> None:
    assert set(KEYS) == set(OwnRow.__dataclass_fields__)
