"""The site in a real browser: from the start page to a project, at two widths, light and dark, without a fault."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect
from support import Watched, assert_accessible

pytestmark = [pytest.mark.site, pytest.mark.browser]

# One of every kind of page.
KINDS = {
    "start": "",
    "facet": "stadsdelar/",
    "term": "stadsdelar/farsta/",
    "term with predecessors": "stadsdelar/jarva/",
    "old name": "stadsdelar/rinkeby-kista/",
    "empty term": "teman/aldreomsorg/",
    "crossing": "stadsdelar/farsta/barn-och-unga/",
    "year": "ar/2018/",
    "year and kind": "ar/2018/slutrapport/",
    "project": "projekt/stella/",
    "document": "projekt/lihf/2018-slutrapport/",
    "example": "resor/2022-goteborg/",
    "research": "forskning/globenmodellen/",
    "call": "utlysningar/2020/",
    "statistics": "statistik/",
    "equality": "jamstalldhet/",
    "rules": "regler/",
    "list": "projekt/",
    "alphabet": "a-o/",
    "news": "nytt/",
    "glossary": "om/ord/",
    "guide": "om/redaktionshandbok/",
    "account": "redovisning/2018/",
    "accounts": "redovisning/",
    "follow-up": "uppfoljning/",
    "search": "sok/",
    "not found": "finns-inte/",
}


def test_from_the_start_page_to_a_district_a_document_and_its_project(watched: Watched, address: str) -> None:
    page = watched.page
    page.goto(f"{address}/")
    expect(page.locator("h1")).to_have_count(1)
    page.locator("main").get_by_role("link", name="Farsta", exact=False).first.click()
    expect(page.locator("h1")).to_have_text("Farsta")
    page.locator("main").get_by_role("link", name="Slutrapport 2022 Våga anmäla våga vittna").first.click()
    expect(page.locator("h1")).to_have_text("Slutrapport 2022 Våga anmäla våga vittna")
    page.locator("main").get_by_role("link", name="projektets sida").first.click()
    expect(page.locator("h1")).to_have_text("Projekt 2022–2023 Våga anmäla våga vittna")
    assert watched.faults == []


@pytest.mark.parametrize("url", KINDS.values(), ids=KINDS.keys())
def test_every_kind_of_page_is_accessible(watched: Watched, address: str, url: str) -> None:
    page = watched.page
    page.goto(f"{address}/{url}", wait_until="networkidle")
    assert_accessible(page)
    wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert wide <= 0, "the page scrolls sideways"
    expected = ["Failed to load resource"] if url == KINDS["not found"] else []
    assert [fault[: len("Failed to load resource")] for fault in watched.faults] == expected


def test_the_site_can_be_browsed_without_javascript(browser: Browser, address: str) -> None:
    context = browser.new_context(java_script_enabled=False, viewport={"width": 390, "height": 900})
    page = context.new_page()
    page.goto(f"{address}/")
    page.locator("main").get_by_role("link", name="Visa alla 14 teman").first.click()
    page.locator("main").get_by_role("link", name="hemlöshet och boende").first.click()
    expect(page.locator("h1")).to_have_text("Hemlöshet och boende")
    page.locator("main").get_by_role("link", name="Projekt 2018–2019 Samlarteam", exact=True).first.click()
    expect(page.locator("h1")).to_have_text("Projekt 2018–2019 Samlarteam")
    context.close()


@pytest.mark.parametrize("url", ["sok/", "skapa/", "om/"])
def test_a_page_opened_as_a_file_tells_that_it_needs_a_server(browser: Browser, site: Path, url: str) -> None:
    page = browser.new_page()
    page.goto((site / url / "index.html").as_uri())
    expect(page.get_by_text("behöver en webbserver")).to_be_visible()
    expect(page.get_by_text("laddas")).to_have_count(0)
    page.close()


def test_an_old_district_name_leads_to_todays(watched: Watched, address: str) -> None:
    page = watched.page
    page.goto(f"{address}/stadsdelar/rinkeby-kista/")
    page.locator("main").get_by_role("link", name="Järva").first.click()
    expect(page.locator("h1")).to_have_text("Järva")
    expect(page.locator("main")).to_contain_text("Samlokalisering socialsekreterare och polis")
    assert watched.faults == []


def test_the_first_stop_of_the_keyboard_leads_past_the_header(watched: Watched, address: str) -> None:
    page = watched.page
    page.goto(f"{address}/stadsdelar/farsta/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent").strip() == "Hoppa till innehållet"
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.querySelector('main').contains(document.activeElement)")
    assert watched.faults == []
