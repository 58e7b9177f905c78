"""What is taken along, by hand: copying, files and feeds, words explained, a passage opened, lists on paper."""

import json
import re
from pathlib import Path
from urllib.parse import urljoin

import feedparser
import pytest
from bs4 import BeautifulSoup
from playwright.sync_api import Browser, expect
from support import Watched

pytestmark = [pytest.mark.site, pytest.mark.browser]

REPORT = "projekt/stella/2016-slutrapport/"
SEARCH = "sok/?q=boendest%C3%B6d&stadsdelar=sodermalm"


def test_what_pages_lead_to_is_there_and_absolute(site: Path) -> None:
    for page in ("", REPORT, "teman/barn-och-unga/", "ar/2018/", "projekt/"):
        soup = BeautifulSoup((site / page / "index.html").read_text("utf-8"), "html.parser")
        alternates = [str(link["href"]) for link in soup.select("link[rel=alternate]")]
        files = [str(link["href"]) for link in soup.select(".kb-take a")]
        for way in (*alternates, *files):
            assert (site / urljoin(page, way)).is_file()
        for way in alternates:
            text = (site / urljoin(page, way)).read_text("utf-8")
            read = feedparser.parse(text) if way.endswith("xml") else json.loads(text)
            assert read["entries" if way.endswith("xml") else "items"]
    head = BeautifulSoup((site / REPORT / "index.html").read_text("utf-8"), "html.parser").head
    assert head
    [data] = head.select("script[type='application/ld+json']")
    canonical = head.select_one("link[rel=canonical]")
    assert canonical
    assert json.loads(data.text)["url"] == canonical["href"]


def test_a_reference_and_a_link_are_copied(browser: Browser, address: str) -> None:
    context = browser.new_context(locale="sv-SE", permissions=["clipboard-read", "clipboard-write"])
    page = context.new_page()
    page.goto(f"{address}/{REPORT}#del-ta-med")
    page.get_by_role("button", name="Kopiera källhänvisningen").click()
    expect(page.locator("[data-kb-copied]")).to_have_text("Kopierat")
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied.startswith("Socialförvaltningen, Stockholms stad (2026). Slutrapport 2016: Stella – ")
    assert copied.endswith(f"/{REPORT}")
    page.get_by_role("button", name="Kopiera länk till sidan").click()
    page.wait_for_function(f"async () => await navigator.clipboard.readText() === '{address}/{REPORT}'")
    # A page that is not sent by https has no clipboard of that sort.
    page.evaluate("navigator.clipboard.writeText('')")
    page.evaluate("Object.defineProperty(navigator.clipboard, 'writeText', { value: undefined })")
    page.goto(f"{address}/{SEARCH}")
    page.evaluate("Object.defineProperty(navigator.clipboard, 'writeText', { value: undefined })")
    page.get_by_role("button", name="Kopiera länk till listan").click()
    page.wait_for_function(f"async () => await navigator.clipboard.readText() === '{address}/{SEARCH}'")
    context.close()


def test_a_word_is_explained_by_touch_and_keyboard(watched: Watched, address: str) -> None:
    page = watched.page
    page.goto(f"{address}/projekt/mina-bada-varldar/")
    word = page.get_by_role("button", name="BRIS", exact=True)
    told = page.locator(".kb-word__text").filter(has_text="Barnens rätt i samhället")
    expect(told).to_be_hidden()
    word.click()
    expect(told).to_be_visible()
    box = told.bounding_box()
    assert box
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= page.evaluate("innerWidth")
    page.keyboard.press("Escape")
    expect(told).to_be_hidden()
    word.press("Enter")
    expect(told).to_be_visible()
    page.keyboard.press("Tab")
    expect(told.get_by_role("link")).to_be_focused()
    assert watched.faults == []


def test_a_hit_opens_at_its_passage(browser: Browser, address: str) -> None:
    page = browser.new_page(viewport={"width": 1280, "height": 800})
    page.goto(f"{address}/sok/?q=st%C3%B6dgrupper+h%C3%B6gskolan")
    hit = page.locator("[data-kb-hits] > li").filter(has_text="Två forskare från Högskolan i Gävle").first
    hit.locator("h3 a").click()
    # The text stands far below the first screen; where it is found more than once, the first is gone to.
    text = page.get_by_text("Två forskare från Högskolan i Gävle").first
    expect(text).to_be_in_viewport()
    assert page.evaluate("scrollY") > 300
    page.close()


def test_on_paper_a_list_says_what_was_asked(browser: Browser, address: str) -> None:
    page = browser.new_page()
    page.goto(f"{address}/{SEARCH}")
    expect(page.locator("[data-kb-results]")).to_have_attribute("aria-busy", "false")
    asked = page.locator("[data-kb-asked]")
    expect(asked).to_be_hidden()
    page.emulate_media(media="print")
    expect(asked).to_have_text(f"Sökning: boendestöd ({address}/{SEARCH})")
    expect(page.locator("[data-kb-chips]")).to_contain_text("Södermalm")
    # No button does anything on paper, and the page's own address has no question in it.
    for useless in ("[data-kb-take]", "[data-kb-more] button", ".kb-address"):
        expect(page.locator(useless)).to_be_hidden()
    expect(page.get_by_role("heading", name="träff")).to_be_visible()
    page.close()


def test_what_is_for_paper_comes_after_all_that_is_for_screens(site: Path) -> None:
    for file in ("", "sok/", "skapa/", "provat/", "projekt/", "statistik/", REPORT):
        styles = re.findall(r'<link rel="stylesheet"[^>]*>', (site / file / "index.html").read_text("utf-8"))
        assert [style for style in styles if 'media="print"' in style] == styles[-1:], file


def test_a_project_and_a_report_take_two_pages_at_most(browser: Browser, site: Path, address: str) -> None:
    page = browser.new_page()
    largest = max(site.glob("projekt/*/index.html"), key=lambda file: file.stat().st_size)
    for path in (REPORT, largest.parent.relative_to(site).as_posix()):
        page.goto(f"{address}/{path}")
        # Each page of a PDF is an object of this type.
        assert page.pdf(format="A4").count(b"/Type /Page\n") <= 2, path
    page.close()
