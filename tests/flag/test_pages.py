"""Every indicator has its page, which says what its code says, and whose example is what the program answers."""

import re
from pathlib import Path

import pytest
import yaml

from sousveil import flag
from tests.flag.purchases import assert_quotes
from tests.flag.test_cases import flags_of

FOLDER = Path(__file__).resolve().parents[2] / "docs" / "flags"
BLOCK = re.compile(r"^```(notice|yaml)(?: purchase (\d+))?\n(.*?)^```", re.MULTILINE | re.DOTALL)
ANSWER = re.compile(r"^> \*\*(raised)\*\*: (.+)$", re.MULTILINE)
HEADS = ("What it asks", "Formula", "Where OCDS keeps it", "Example", "Why it matters", "Known misreadings")


def given_in(text):
    """Return the notices of a page, grouped by purchase, each with the fields named in the block after it."""
    purchases = {}
    for kind, number, body in BLOCK.findall(text):
        if kind == "notice":
            last = {"text": body}
            purchases.setdefault(int(number or 1), []).append(last)
        else:
            last.update(yaml.safe_load(body))
    return [purchases[number] for number in sorted(purchases)]


@pytest.mark.parametrize("indicator", flag.INDICATORS, ids=lambda indicator: indicator.id)
def test_a_page_says_what_its_indicator_says(indicator):
    text = (FOLDER / f"{indicator.id}.md").read_text(encoding="utf-8")
    plain = " ".join(text.split())
    assert text.startswith(f"# {indicator.title}\n")
    assert [head for head in HEADS if f"\n## {head}\n" not in text] == []
    for words in (indicator.question, indicator.formula, *indicator.needs, *indicator.limits):
        assert words in plain
    for path in indicator.ocds_paths:
        assert f"`{path}`" in text


@pytest.mark.parametrize("indicator", flag.INDICATORS, ids=lambda indicator: indicator.id)
def test_the_example_of_a_page_is_answered_as_it_says(indicator):
    text = (FOLDER / f"{indicator.id}.md").read_text(encoding="utf-8")
    purchases = given_in(text)
    found, cases = flags_of(indicator.id, {"purchases": purchases, "notices": purchases[0]})
    judged = found[f"p{len(found)}"]
    assert [(judged.state, judged.says)] == ANSWER.findall(text)
    assert_quotes(judged, cases)


def test_pages_are_listed_in_the_order_of_the_registry():
    text = (FOLDER / "README.md").read_text(encoding="utf-8")
    assert re.findall(r"\]\((\w+)\.md\)", text) == [indicator.id for indicator in flag.INDICATORS]
    assert {path.stem for path in FOLDER.glob("*.md")} == {"README", *(indicator.id for indicator in flag.INDICATORS)}
