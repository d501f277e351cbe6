"""The six things that people come for, done in a real browser: on the demonstration, and on real notices where they are at hand."""

from __future__ import annotations

import csv
import shutil

import openpyxl
import pytest

pytest.importorskip("selenium", reason="selenium is not installed")

from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys

from sousveil.dataset import init_dataset
from sousveil.ingest.options import Options
from sousveil.text.fold import is_han
from tests.web.chrome import arrive, click, is_in_view, open_browser, press_and_reload, requested, served, wait

WORD = "video surveillance"
"""English; the notices of both datasets have it in Chinese."""
_TAKEN = (
    ("zh_notices/html_derived/*", "监控", 24),
    ("zh_notices/ggzy_sport/raw/*.json", "", 2),
    ("eforms/*/*.xml", "", 6),
)
"""What is taken of the real notices: pattern, word that must stand in the file, how many files."""


@pytest.fixture(scope="session")
def real(tmp_path_factory, shared):
    corpus = shared / "corpus"
    folder = tmp_path_factory.mktemp("real")
    inputs = folder / "in"
    inputs.mkdir()
    for pattern, word, most in _TAKEN:
        fitting = (path for path in sorted(corpus.glob(pattern)) if word in path.read_text("utf-8", errors="replace"))
        for path, _ in zip(fitting, range(most), strict=False):
            shutil.copyfile(path, inputs / path.name)
    with init_dataset(folder / "dataset") as opened:
        opened.ingest([inputs], Options(source="real"))
        with served(opened) as (address, _):
            yield address


@pytest.fixture(params=["demonstration", "real"])
def at(request):
    """Give the address of each dataset in turn."""
    return request.getfixturevalue("base" if request.param == "demonstration" else "real")


@pytest.fixture(autouse=True)
def nothing_leaves_and_nothing_complains(browser):
    requested(browser)
    browser.get_log("browser")
    yield
    assert [url for url in requested(browser) if not url.startswith(("http://127.0.0.1:", "data:", "blob:"))] == []
    assert browser.get_log("browser") == []


def shown(browser, selector):
    return [one for one in browser.find_elements(By.CSS_SELECTOR, selector) if one.is_displayed()]


def press(browser, keys):
    browser.find_element(By.TAG_NAME, "body").send_keys(keys)


def search(browser, at, words):
    """Type words into the box of the overview, as a reader would."""
    browser.get(f"{at}/")
    press(browser, "/")
    browser.switch_to.active_element.send_keys(words, Keys.ENTER)
    arrive(browser, "/search?q=")


def open_first(browser):
    press(browser, Keys.ENTER)
    arrive(browser, "/d/")
    assert shown(browser, ".fact")


def total(browser):
    return int(browser.find_element(By.CSS_SELECTOR, "h1 data").get_attribute("value"))


def test_a_word_in_english_finds_passages_in_chinese(browser, at):
    search(browser, at, WORD)
    assert any(map(is_han, browser.find_element(By.CLASS_NAME, "qx").text))
    assert total(browser) > 1
    passage = next(one for one in shown(browser, ".hit .sn") if any(map(is_han, one.text)))
    assert is_in_view(browser, passage)  # on the first screen
    assert passage.find_element(By.TAG_NAME, "mark").text
    assert passage.find_element(By.CLASS_NAME, "pp").text.startswith("p. ")
    assert any("surveillance" in one.text for one in shown(browser, ".hit .se"))


def judge(browser, key):
    """Press a key that decides; return what then stands at the finding in hand, when the page has been read again."""
    press_and_reload(browser, key)
    return "".join(one.text.lower() for one in shown(browser, ".fact.on .rv"))


def test_b_a_document_is_read_and_judged_passage_by_passage_and_then_the_next(browser, at):
    search(browser, at, WORD)
    open_first(browser)
    first = browser.current_url.partition("#")[0]
    steps = min(4, len(shown(browser, ".fact")))
    seen = []
    for _ in range(steps):
        press(browser, "n")
        number = shown(browser, ".fact.on .no")[0].text
        passage = browser.find_element(By.CSS_SELECTOR, f'.ev.on[data-e~="{number}"]')
        wait(lambda passage=passage: is_in_view(browser, passage))
        seen.append(number)
        assert browser.find_element(By.ID, "pos").text.split("/")[0].isdigit()
    assert len(set(seen)) == steps
    assert "confirmed" in judge(browser, "y")
    assert "rejected" in judge(browser, "r")
    assert shown(browser, ".fact.on .no")[0].text == seen[-1]  # still the passage in hand
    while shown(browser, ".fact.on .rv"):
        assert "rejected" not in judge(browser, "z")
    press(browser, "u")
    arrive(browser, "/search?q=")
    press(browser, "j")
    open_first(browser)
    assert browser.current_url.partition("#")[0] != first


@pytest.mark.parametrize("start", ["overview", "hit", "preview", "document", "purchase"])
def test_c_a_name_leads_to_its_dossier(browser, at, start):
    if start == "overview":
        browser.get(f"{at}/")
        name = shown(browser, ".rk a.src")[0]
    else:
        search(browser, at, WORD)
        if start == "document":
            open_first(browser)
        elif start == "purchase":
            click(browser, shown(browser, ".pv .row a")[1])
            arrive(browser, "/p/")
        name = shown(
            browser,
            {"hit": ".hit .meta a", "preview": ".pv .kv a"}.get(start, '.dm a[href^="/i/"], .meta a[href^="/i/"]'),
        )[0]
    called = name.text
    click(browser, name)
    arrive(browser, "/i/")
    assert called in browser.find_element(By.TAG_NAME, "main").text
    assert [one.text for one in shown(browser, ".kpi dt")][1:] == ["Notices", "Suppliers", "Findings", "Flags"]


def test_d_a_cell_of_the_overview_is_a_list_of_as_many(browser, at):
    browser.get(f"{at}/")
    cell = max(shown(browser, ".mx tbody td:not(.tot) a"), key=lambda one: int(one.text))
    figure, label = int(cell.text), cell.get_attribute("aria-label")
    click(browser, cell)
    arrive(browser, "/search?")
    assert total(browser) == figure > 0
    assert len(shown(browser, ".hit")) == min(figure, 20)
    assert len(shown(browser, ".chips .chip")) == 2, label


def test_e_a_finding_is_cited_so_that_it_can_be_checked(browser, at):
    search(browser, at, WORD)
    open_first(browser)
    browser.execute_cdp_cmd(
        "Browser.grantPermissions", {"permissions": ["clipboardReadWrite", "clipboardSanitizedWrite"]}
    )
    fact = shown(browser, ".fact")[0]
    quote, page = fact.find_element(By.CLASS_NAME, "fq").text, fact.get_attribute("data-p")
    sign = fact.find_element(By.LINK_TEXT, "¶")
    lasting = sign.get_attribute("href")
    click(browser, sign)
    citation = wait(lambda: browser.find_element(By.ID, "toast").text)
    file = browser.find_element(By.CSS_SELECTOR, ".dm code").get_attribute("title")
    seen = browser.find_element(By.CSS_SELECTOR, ".outline").text
    day = citation.partition("seen ")[2].rstrip(")")
    assert f"p. {page}: “{quote}”" in citation
    assert f"sha256:{file}" in citation
    assert len(day) == 10
    assert day in seen
    assert browser.execute_async_script("navigator.clipboard.readText().then(arguments[0])") == citation
    browser.get(lasting)  # as who is sent it
    assert "#f-" in browser.current_url
    assert quote in shown(browser, ".fact.on")[0].text
    wait(lambda: is_in_view(browser, shown(browser, ".ev.on")[0]))


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_f_an_export_holds_quotations_and_says_what_is_missing(browser, at, tmp_path, form):
    search(browser, at, WORD)
    found = total(browser)
    browser.execute_cdp_cmd("Browser.setDownloadBehavior", {"behavior": "allow", "downloadPath": str(tmp_path)})
    button = shown(browser, ".exp > summary")[0]
    assert str(found) in button.text
    click(browser, button)
    click(browser, shown(browser, f'.exp input[value="{form}"]')[0])
    click(browser, shown(browser, ".exp form .btn")[0])
    path = wait(lambda: next(iter(tmp_path.glob(f"*.{form}")), None))
    if form == "csv":
        with path.open(encoding="utf-8-sig", newline="") as file:
            rows = list(csv.DictReader(file))
    else:
        book = openpyxl.load_workbook(path, read_only=True)
        head, *body = book["findings"].iter_rows(values_only=True)
        rows = [dict(zip(head, row, strict=True)) for row in body]
        method = dict(book["method"].iter_rows(values_only=True))
        assert method["query"] == WORD
        assert method["notices found"].startswith(f"{found} of ")
        assert "state" in method["coverage"]
    assert {row["kind"] for row in rows} > {"capability"}
    assert all(row["quote"] and len(row["file"]) == 64 and row["page"] and row["seen_at"] for row in rows)
    assert len({row["notice"] for row in rows}) <= found


def test_everything_reads_without_scripts(at):
    browser = open_browser(has_scripts=False)
    try:
        browser.get(f"{at}/search?q={WORD.replace(' ', '+')}")
        assert shown(browser, ".scripted") == []
        assert shown(browser, "#apply")
        passage = shown(browser, ".hit .sn")[0]
        words = passage.find_element(By.TAG_NAME, "mark").text
        click(browser, passage)
        arrive(browser, "/d/")
        assert browser.find_element(By.CSS_SELECTOR, "mark:target").text == words
        assert shown(browser, ".fact .fq")[0].text
        browser.find_element(By.TAG_NAME, "body").send_keys(Keys.HOME)  # the passage stands further down
        buyer = shown(browser, '.dm a[href^="/i/"]')[0]
        wait(lambda: is_in_view(browser, buyer))
        click(browser, buyer)
        arrive(browser, "/i/")
        assert len(shown(browser, ".kpi dd")) >= 5
        assert [url for url in requested(browser) if not url.startswith((at, "data:"))] == []
    finally:
        browser.quit()
