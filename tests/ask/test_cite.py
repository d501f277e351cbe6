"""Citations: the words stand as they stand in the source, and every surface gives the same."""

from __future__ import annotations

import html
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sousveil.ask.cite import Cited, escape_markdown
from sousveil.cli import main
from sousveil.dataset import Dataset
from sousveil.exceptions import UsageError
from sousveil.model import Finding, Span

CITED = Cited(key="n#2", buyer="甲局", title="T*", date="2020", file="a" * 64, seen_at="")


def found_in(demo: Dataset) -> list[Finding]:
    return [finding for hit in demo.search("", limit=100) for finding in hit.findings]


@pytest.mark.parametrize("language", ["en", "zh"])
def test_every_quotation_stands_word_for_word_in_the_masked_text(demo: Dataset, language: str) -> None:
    texts: dict[str, dict[int, str]] = {}
    cited = found_in(demo)
    assert len(cited) > 300
    for finding in cited:
        file = finding.span.file
        if file not in texts:
            texts[file] = {page.number: page.text for page in demo.store.pages(file, 1, 10_000)}
        said = finding.cite(language=language)
        quote = re.search(r"(?:p\. |第)(\d+)(?:页)?[:：] ?“(.*)”(?: \(archived|（存档)", said)
        assert quote, said
        assert quote[2] in " ".join(texts[file][int(quote[1])].split())
        assert f"sha256:{file}" in said
        assert "\n" not in said


def test_a_citation_has_all_that_is_known(demo: Dataset) -> None:
    hit = demo.search("步态识别", limit=1)[0]
    said = hit.findings[0].cite(language="zh")
    row = demo.store.rows("SELECT min(seen_at) AS first FROM sightings WHERE file = ?", (hit.findings[0].span.file,))
    assert said.startswith(f"{hit.buyer}，《{hit.title}》，{hit.date}，第")
    assert said.endswith(f"，{row[0]['first'][:10]}）")
    assert hit.findings[0].cite(form="markdown").startswith(f"[^{hit.findings[0].id}]: ")


def test_python_and_the_command_line_say_the_same(demo: Dataset, capfd: pytest.CaptureFixture[str]) -> None:
    finding = found_in(demo)[0]
    for options, named in (
        ([], {}),
        (["--lang", "zh"], {"language": "zh"}),
        (["--markdown"], {"form": "markdown"}),
    ):
        arguments = ["show", "finding", finding.id, "--cite", *options, "--dataset", str(demo.paths.root)]
        with pytest.raises(SystemExit):
            main(arguments)
        assert capfd.readouterr().out == demo.finding(finding.id).cite(**named) + "\n"  # type: ignore[arg-type]


def test_a_cited_finding_is_the_finding(demo: Dataset) -> None:
    cited = found_in(demo)[0]
    stored = demo.store.finding(cited.id)
    assert cited == stored
    assert stored == cited
    assert hash(stored) == hash(cited)
    assert cited.plain() == stored
    assert type(cited.plain()) is Finding
    assert cited.quote == stored.span.quote
    assert "cited" not in repr(cited)


def test_what_is_not_stated_leaves_no_gap() -> None:
    bare = Cited(key="k", buyer="", title="", date="", file="f", seen_at="")
    assert bare.cite() == "(archived as sha256:f)"
    assert bare.cite(language="zh") == "（存档 sha256:f）"
    assert CITED.cite(form="markdown") == rf"[^n-2]: 甲局, “T\*”, 2020 (archived as sha256:{'a' * 64})"


def test_another_language_is_refused() -> None:
    with pytest.raises(UsageError, match="en, zh"):
        CITED.cite(language="fr")  # type: ignore[arg-type]


@given(st.text())
def test_markdown_is_escaped_and_nothing_is_lost(words: str) -> None:
    escaped = escape_markdown(words)
    assert re.sub(r"\\(.)", r"\1", escaped) == words
    assert not re.search(r"[<>*_\[\]`&]", re.sub(r"\\.", "", escaped))


@given(st.text(min_size=1))
def test_a_quotation_is_on_one_line_and_whole(words: str) -> None:
    said = CITED.cite(Span("f", 3, 0, len(words), words))
    assert f"“{' '.join(words.split())}”" in said
    assert len(said.splitlines()) <= len(" ".join(words.split()).splitlines() or [""])


def test_html_entities_stay_words() -> None:
    assert html.unescape(escape_markdown("&lt;b&gt;").replace("\\", "")) == "<b>"
    assert escape_markdown("&lt;") == r"\&lt;"
