"""In a real browser: a word leads to its passage, nothing leaves this machine, no page complains, keys do what they say."""

from __future__ import annotations

import pytest

pytest.importorskip("selenium", reason="selenium is not installed")

from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys

from sousveil.web.routes import SCREENS
from tests.web.chrome import (
    COLOUR_RULES,
    DESK,
    PHONE,
    arrive,
    axe_script,
    click,
    is_in_view,
    paint,
    press_and_reload,
    requested,
    seen_as,
    violations,
    wait,
)
from tests.web.routes import addresses, picture, screens


def test_an_english_word_leads_to_the_chinese_passage(browser, base):
    browser.get(f"{base}/")
    browser.find_element(By.TAG_NAME, "body").send_keys("/")
    box = browser.switch_to.active_element
    assert box.get_attribute("id") == "gs"
    box.send_keys("gait recognition", Keys.ENTER)
    arrive(browser, "q=gait")
    assert "步态识别" in browser.find_element(By.CLASS_NAME, "qx").text
    passage = wait(lambda: browser.find_elements(By.CSS_SELECTOR, ".hit .sn"))[0]
    words = passage.find_element(By.TAG_NAME, "mark").text
    click(browser, passage)
    arrive(browser, "/d/")
    marked = browser.find_element(By.CSS_SELECTOR, "mark:target")
    assert marked.text == words
    wait(lambda: is_in_view(browser, marked))


def test_passages_and_findings_mark_one_another(browser, base, demo):
    finding = demo.store.rows("SELECT id FROM findings WHERE kind = 'capability' ORDER BY start DESC, id LIMIT 1")[0][0]
    browser.get(f"{base}/e/{finding}")
    wait(lambda: browser.find_elements(By.CSS_SELECTOR, ".fact.on"))
    assert browser.find_elements(By.CSS_SELECTOR, ".ev.on")
    first = browser.find_element(By.CSS_SELECTOR, ".fact .no")
    click(browser, first)
    number = first.text
    assert browser.find_element(By.CSS_SELECTOR, ".fact.on").get_attribute("data-e") == number
    passage = browser.find_element(By.CSS_SELECTOR, f'.ev[data-e~="{number}"]')
    assert "on" in passage.get_attribute("class")
    wait(lambda: is_in_view(browser, passage))
    browser.find_element(By.TAG_NAME, "body").send_keys("n")
    assert browser.find_element(By.CSS_SELECTOR, ".fact.on").get_attribute("data-e") != number


def test_text_and_picture_are_two_forms_of_one_place(browser, base, demo):
    browser.get(f"{base}/d/{picture(demo)}")
    browser.find_element(By.TAG_NAME, "body").send_keys("nnni")
    arrive(browser, "form=image")
    number = browser.current_url.rpartition("#q-")[2]
    wait(lambda: browser.find_elements(By.CSS_SELECTOR, f'.fact.on[data-e="{number}"]'))
    box = browser.find_element(By.CSS_SELECTOR, f'.box.on[data-e="{number}"] rect')
    wait(lambda: is_in_view(browser, box))
    assert browser.execute_script("return document.querySelector('image').getBBox().width") > 500
    click(browser, browser.find_element(By.CSS_SELECTOR, '.fact[data-e="1"] .no'))
    assert "on" in browser.find_element(By.ID, "q-1").get_attribute("class")
    browser.find_element(By.TAG_NAME, "body").send_keys("i")
    wait(lambda: "form=text" in browser.current_url and browser.current_url.endswith("#q-1"))


def test_keys_judge_the_passage_in_hand_and_take_it_back(browser, base, demo):
    row = demo.store.rows("SELECT id, notice FROM findings WHERE kind = 'link' ORDER BY id LIMIT 1")[0]

    def state():
        return demo.finding(row["id"]).review

    def press(keys, expected):
        press_and_reload(browser, keys)
        assert state() == expected
        assert browser.find_element(By.CSS_SELECTOR, ".fact.on .rv").text == expected.capitalize()

    try:
        browser.get(f"{base}/search")
        browser.get(f"{base}/e/{row['id']}")
        wait(lambda: browser.find_elements(By.CSS_SELECTOR, ".fact.on"))
        number = browser.find_element(By.CSS_SELECTOR, ".fact.on").get_attribute("data-e")
        press("y", "confirmed")
        press("r", "rejected")
        press("h", "unsure")
        press("z", "rejected")
        assert browser.current_url.endswith(f"#n-{number}")
        paint(browser, "light")
        assert violations(browser, axe_script()) == []
        paint(browser, "dark")
        assert violations(browser, rules=COLOUR_RULES) == []
        click(browser, browser.find_element(By.CSS_SELECTOR, '.fact.on .rb[value^="confirmed"]'))
        wait(lambda: state() == "confirmed")
        wait(lambda: browser.find_elements(By.CSS_SELECTOR, ".fact.on .rv-confirmed"))
        assert is_in_view(browser, browser.find_element(By.CSS_SELECTOR, ".ev.on"))
        browser.find_element(By.TAG_NAME, "body").send_keys("u")  # decisions are no steps of the way back
        wait(lambda: browser.current_url == f"{base}/search")
    finally:
        browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": []})
        demo.paths.judgements.unlink(missing_ok=True)


def test_keys_walk_the_list(browser, base):
    browser.get(f"{base}/search?q=face+recognition")
    body = browser.find_element(By.TAG_NAME, "body")
    body.send_keys("jj")
    hits = browser.find_elements(By.CLASS_NAME, "hit")
    assert [number for number, hit in enumerate(hits) if "on" in hit.get_attribute("class").split()] == [2]
    shown = [one.get_attribute("id") for one in browser.find_elements(By.CLASS_NAME, "pv") if one.is_displayed()]
    assert shown == ["peek-3"]
    body.send_keys(Keys.ENTER)
    arrive(browser, "/d/")


def test_a_filter_applies_by_itself(browser, base):
    browser.get(f"{base}/search")
    click(browser, browser.find_element(By.CSS_SELECTOR, '.facets input[name="type"]'))
    arrive(browser, "type=")
    assert browser.find_element(By.CSS_SELECTOR, '.facets input[name="type"]').is_selected()


def test_nothing_leaves_this_machine_and_no_page_complains(browser, base, demo):
    requested(browser)
    browser.get_log("browser")
    for address in addresses(demo):
        browser.get(base + address)
    asked = requested(browser)
    assert len(asked) > 40
    assert [url for url in asked if not url.startswith((base, "data:"))] == []
    assert browser.get_log("browser") == []


def test_no_page_is_wider_than_a_phone(browser, base, demo):
    wide = {}
    with seen_as(browser, PHONE):
        for address in addresses(demo):
            browser.get(base + address)
            width = browser.execute_script("return document.documentElement.scrollWidth")
            if width > PHONE[0]:
                wide[address] = width
    assert wide == {}


@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
def test_axe_finds_nothing_in_both_themes(browser, base, demo, size):
    shown = screens(demo)
    assert [path for path, _ in SCREENS if path not in shown] == []
    script, found = axe_script(), {}
    with seen_as(browser, size):
        for address in (one for several in shown.values() for one in several):
            paint(browser, "light")
            browser.get(base + address)
            wrong = violations(browser, script)
            paint(browser, "dark")
            if wrong := [*wrong, *violations(browser, rules=COLOUR_RULES)]:
                found[address] = wrong
    assert found == {}
