"""The site in a real browser: from the start page to a project, at two widths, light and dark, without a fault."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect
from support import Watched, assert_accessible_in_every_way, watch

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
    "search": "sok/?q=boende",
    "data": "data/",
    "fields": "om/falt/",
    "accessibility": "om/tillganglighet/",
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


@pytest.fixture(scope="module")
def one_page(browser: Browser, address: str) -> Iterator[Watched]:
    """A page for all kinds after each other: what is sent for every one of them is sent once."""
    context = browser.new_context(locale="sv-SE")
    yield watch(context.new_page(), address)
    context.close()


@pytest.mark.parametrize("url", KINDS.values(), ids=KINDS.keys())
def test_every_kind_of_page_is_accessible(one_page: Watched, address: str, url: str) -> None:
    one_page.faults.clear()
    one_page.page.goto(f"{address}/{url}", wait_until="networkidle")
    assert_accessible_in_every_way(one_page.page)
    expected = ["Failed to load resource"] if url == KINDS["not found"] else []
    assert [fault[: len("Failed to load resource")] for fault in one_page.faults] == expected


def test_the_keyboard_goes_the_way_of_the_eye(watched: Watched, address: str) -> None:
    page = watched.page
    page.goto(f"{address}/stadsdelar/farsta/")
    if page.locator("summary.kb-nav__button").is_visible():
        page.locator("summary.kb-nav__button").click()
    page.evaluate("document.activeElement.blur()")
    places = []
    for _ in range(page.locator(":is(.kb-header, .kb-trail) :is(a, input, button, summary):visible").count() + 1):
        page.keyboard.press("Tab")
        places.append(
            page.evaluate(
                """() => {
                    const { top, left, height } = document.activeElement.getBoundingClientRect();
                    return [Math.round((scrollY + top + height / 2) / 24), left];
                }"""
            )
        )
    # After the link past the head: line by line, from left to right.
    assert places[1:] == sorted(places[1:])


def test_escape_closes_the_menu_and_leads_back_to_its_button(browser: Browser, address: str) -> None:
    page = browser.new_page(viewport={"width": 390, "height": 900})
    page.goto(f"{address}/stadsdelar/farsta/")
    button = page.locator("summary.kb-nav__button")
    button.click()
    link = page.get_by_role("link", name="Målgrupper")
    link.focus()
    page.keyboard.press("Escape")
    expect(link).to_be_hidden()
    expect(button).to_be_focused()
    page.close()


def test_the_page_one_is_on_is_told_in_colours_of_ones_own(browser: Browser, address: str) -> None:
    page = browser.new_page(viewport={"width": 1280, "height": 900}, forced_colors="active")
    page.goto(f"{address}/teman/")
    seen = page.locator(".kb-nav__link").evaluate_all(
        """links => links.map((link) => [link.getAttribute("aria-current") ?? "",
            getComputedStyle(link).borderBottomColor, getComputedStyle(link).fontWeight])"""
    )
    looks = {tuple(look) for current, *look in seen if not current}
    [here] = [look for current, *look in seen if current]
    assert len(looks) == 1
    assert tuple(here) not in looks
    page.close()


def test_no_line_of_a_text_is_longer_than_75_signs(one_page: Watched, address: str) -> None:
    page = one_page.page
    page.evaluate("document.documentElement.style.fontSize = ''")
    page.set_viewport_size({"width": 1280, "height": 900})
    for url in ("om/", "projekt/lihf/2018-slutrapport/", "projekt/", "regler/", "utlysningar/2020/"):
        page.goto(f"{address}/{url}")
        signs = page.locator("main p:visible, main li:visible").evaluate_all(
            """elements => elements.map((element) => {
                const lines = {};
                const range = document.createRange();
                for (const node of element.childNodes) {
                    if (node.nodeType !== Node.TEXT_NODE) continue;
                    for (let place = 0; place < node.length; place++) {
                        range.setStart(node, place);
                        range.setEnd(node, place + 1);
                        const line = Math.round(range.getBoundingClientRect().bottom);
                        lines[line] = (lines[line] ?? "") + node.data[place];
                    }
                }
                return Math.max(0, ...Object.values(lines).map((line) => line.trim().length));
            })"""
        )
        assert max(signs) <= 75, (url, max(signs))


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
