"""The search page in a real browser: ask, filter, come back, by keyboard, without JavaScript, and what goes wrong."""

import csv
import io
import json
import re
import xml.etree.ElementTree as ET
from datetime import datetime, timedelta
from pathlib import Path
from urllib.parse import parse_qs, quote, urlsplit

import pytest
from playwright.sync_api import Browser, Locator, Page, Route, expect
from support import Watched, assert_accessible

pytestmark = [pytest.mark.site, pytest.mark.browser]

BAD_WORDS = {
    "long": "försörjningsstöd " * 300,
    "one long word": "ö" * 5000,
    "stop words": "och i att det som",
    "punctuation": "?!.,;:–…",
    "regular expression": r"(.*)+[a-z]{2,}$ \d+ ^|",
    "emoji": "👩‍👩‍👧 familj 🏠",
    "space": "   ",
    "control": "stöd\u0000\u200b\ufffd",
    "lone surrogate in the address": "%ED%A0%80",
}
HTML = '<img src=x onerror="document.title=1"><script>document.title=1</script><b>barn</b>'


def open_search(page: Page, address: str, query: str = "") -> None:
    page.goto(f"{address}/sok/{query}")
    settled(page)


def settled(page: Page) -> None:
    expect(page.locator("[data-kb-results]")).to_have_attribute("aria-busy", "false")


def heading(page: Page) -> Locator:
    return page.locator("#traffar")


def total(page: Page) -> int:
    settled(page)
    text = heading(page).inner_text()
    found = re.search(r"\d+", text)
    return int(found[0]) if found else 0


def hits(page: Page) -> Locator:
    return page.locator("[data-kb-hits] > li")


def whole(page: Page) -> None:
    """Wait for all hits of the first lot: those at its end come when the reader is near them."""
    settled(page)
    expect(page.locator("[data-kb-results]")).not_to_have_attribute("data-kb-coming", "")


def titles(page: Page) -> list[str]:
    whole(page)
    return page.locator("[data-kb-hits] h3 a").all_inner_texts()


def words(page: Page) -> Locator:
    return page.get_by_role("searchbox", name="Ord att söka efter")


def box(page: Page, name: str) -> Locator:
    """The checkbox of a filter, brought into view."""
    toggle = page.locator(".kb-find__toggle")
    if toggle.is_visible() and not page.locator("[data-kb-filters]").evaluate("panel => panel.open"):
        toggle.click()
    expect(page.locator("[data-kb-filters]")).to_have_attribute("aria-busy", "false")
    return page.get_by_role("checkbox", name=name)


def chips(page: Page) -> Locator:
    return page.get_by_role("list", name="Valda filter").get_by_role("button")


def asked(page: Page) -> dict[str, list[str]]:
    return parse_qs(urlsplit(page.url).query)


def test_hits_come_while_typing(watched: Watched, address: str) -> None:
    page = watched.page
    open_search(page, address)
    expect(heading(page)).to_have_text(re.compile(r"^Allt i banken: \d+ sidor, de nyaste först$"))
    words(page).press_sequentially("vräkn", delay=20)
    expect(hits(page).first).to_contain_text("Bo kvar")
    expect(hits(page).first.locator("mark").first).to_have_text(re.compile("vräkning"))
    expect(hits(page).first.locator("h3 a")).to_have_text("Slutrapport 2018 Bo kvar")
    expect(hits(page).first.locator(".kb-row__facts")).to_have_text("Skärholmen")
    assert asked(page) == {"q": ["vräkn"]}
    expect(page.locator("[data-kb-status]")).to_have_text(re.compile(r"^\d+ träff"))
    assert watched.faults == []


def test_typing_is_one_step_back_and_what_was_asked_another(watched: Watched, address: str) -> None:
    page = watched.page
    open_search(page, address)
    words(page).press_sequentially("hemlöshet", delay=20)
    expect(page).to_have_url(re.compile("q=heml%C3%B6shet"))
    words(page).press("Enter")
    first = titles(page)
    words(page).fill("polis")
    page.get_by_role("button", name="Sök", exact=True).click()
    expect(page).to_have_url(re.compile("q=polis"))
    assert titles(page) != first
    page.go_back()
    expect(words(page)).to_have_value("hemlöshet")
    expect(page).to_have_title(re.compile("^hemlöshet – "))
    expect(page.locator("[data-kb-hits] h3 a").first).to_have_text(first[0])
    page.go_back()
    expect(words(page)).to_have_value("")
    expect(heading(page)).to_have_text(re.compile("^Allt i banken"))
    page.go_forward()
    expect(words(page)).to_have_value("hemlöshet")
    assert watched.faults == []


def test_the_number_beside_a_filter_is_what_it_gives(watched: Watched, address: str) -> None:
    page = watched.page
    open_search(page, address, "?q=barn")
    everything = total(page)
    farsta = box(page, "Farsta")
    promised = int(farsta.locator("xpath=..").locator("[data-kb-count]").inner_text())
    assert 0 < promised < everything
    farsta.check()
    expect(heading(page)).to_have_text(re.compile(rf"^{promised} träff"))
    assert asked(page) == {"q": ["barn"], "stadsdelar": ["farsta"]}
    # Terms of one filter add to each other, so those beside it still say what they have of their own.
    promised_too = int(box(page, "Järva").locator("xpath=..").locator("[data-kb-count]").inner_text())
    box(page, "Järva").check()
    expect(page).to_have_url(re.compile("stadsdelar=farsta&stadsdelar=jarva"))
    assert promised < total(page) <= promised + promised_too
    assert watched.faults == []


def test_only_filters_that_are_open_are_counted(watched: Watched, address: str) -> None:
    page = watched.page
    counted: set[str] = set()
    page.on("request", lambda request: counted.update(re.findall(r"/sok/index/f/([a-z]+)", request.url)))
    open_search(page, address, "?q=barn")
    box(page, "Farsta")
    assert counted == {"stadsdelar", "ar", "teman"}
    methods = page.locator("[data-kb-filter]").filter(has=page.locator("input[name=metoder]"))
    with page.expect_response(re.compile("/sok/index/f/metoder")):
        methods.locator("summary").click()
    expect(page.locator("[data-kb-filters]")).to_have_attribute("aria-busy", "false")
    expect(methods.get_by_role("checkbox").first).to_be_visible()
    first = methods.get_by_role("listitem").first
    promised = first.locator("[data-kb-count]").inner_text()
    first.get_by_role("checkbox").check()
    expect(heading(page)).to_have_text(re.compile(rf"^{promised} träff"))
    assert counted == {"stadsdelar", "ar", "teman", "metoder"}
    assert watched.faults == []


def test_filters_are_taken_away_one_by_one_and_all_at_once(watched: Watched, address: str) -> None:
    page = watched.page
    open_search(page, address, "?stadsdelar=farsta&stadsdelar=jarva&typer=slutrapport")
    expect(chips(page)).to_have_text([re.compile("Stadsdel: Farsta"), re.compile("Järva"), re.compile("Slutrapport")])
    chips(page).first.click()
    expect(chips(page)).to_have_count(2)
    expect(chips(page).first).to_be_focused()
    assert asked(page) == {"stadsdelar": ["jarva"], "typer": ["slutrapport"]}
    chips(page).nth(1).click()
    expect(chips(page).first).to_be_focused()
    chips(page).first.click()
    expect(heading(page)).to_be_focused()
    assert asked(page) == {}
    page.go_back()
    expect(chips(page)).to_have_text(re.compile("Järva"))
    page.get_by_role("button", name="Rensa alla filter").click()
    expect(heading(page)).to_have_text(re.compile("^Allt i banken"))
    expect(heading(page)).to_be_focused()
    assert watched.faults == []


def test_a_list_can_be_taken_away(watched: Watched, address: str) -> None:
    page = watched.page
    open_search(page, address, "?q=stöd&typer=projekt")
    found = total(page)
    assert found > 10
    with page.expect_download() as download:
        page.get_by_role("button", name="Ladda ner listan").click()
    assert download.value.suggested_filename == "kunskapsbanken-lista.csv"
    text = Path(download.value.path()).read_text("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text, newline=""), delimiter=";"))
    assert len(rows) == found
    assert [row["titel"] for row in rows[:10]] == page.locator("[data-kb-hits] h3 .kb-name").all_inner_texts()
    assert rows[0]["adress"] == hits(page).first.locator("h3 a").evaluate("link => link.href.split('#')[0]")
    open_search(page, address, "?q=xyzzyqwert")
    expect(page.get_by_role("button", name="Ladda ner listan")).to_be_hidden()
    assert watched.faults == []


def test_back_and_reload_restore_everything(watched: Watched, address: str) -> None:
    page = watched.page
    open_search(page, address, "?q=stöd&typer=projekt&typer=slutrapport")
    page.get_by_label("Ordning").select_option("Nyast först")
    expect(page).to_have_url(re.compile("ordning=nyast"))
    settled(page)
    page.get_by_role("button", name="Visa fler").click()
    expect(page.locator("[data-kb-more]")).to_contain_text(re.compile(r"Visar (1[1-9]|20) av"))
    expect(page.locator("[data-kb-hits] a:focus")).to_have_count(1)
    before = titles(page)
    hits(page).nth(6).locator("h3 a").click()
    expect(page.locator("h1")).to_have_text(before[6])
    page.go_back()
    for step in ("back", "reload"):
        if step == "reload":
            page.reload()
        expect(page.locator("[data-kb-more]")).to_contain_text(re.compile(r"Visar (1[1-9]|20) av"))
        assert titles(page) == before
        expect(words(page)).to_have_value("stöd")
        expect(page.get_by_label("Ordning")).to_have_value("nyast")
        expect(chips(page)).to_have_count(2)
        expect(box(page, "Slutrapport")).to_be_checked()
    assert watched.faults == []


def test_the_newest_come_first_when_asked_for(watched: Watched, address: str) -> None:
    page = watched.page
    open_search(page, address, "?q=barn&ordning=nyast")
    whole(page)
    lines = hits(page).locator(".kb-caption-of").all_inner_texts()
    assert len(lines) >= 5
    # A pilot study may be of no year that a source tells.
    years = [int(max(found)) for line in lines if (found := re.findall(r"\d{4}", line))]
    assert len(years) >= len(lines) - 1
    assert years == sorted(years, reverse=True)


def test_a_project_is_one_hit_with_its_documents_beneath(watched: Watched, address: str) -> None:
    page = watched.page
    open_search(page, address, "?q=vräkning hemlöshet")
    whole(page)
    more = page.locator("[data-kb-hits] .kb-row__more").locator("visible=true")
    rows, beneath = hits(page).count(), more.get_by_role("link").count()
    assert beneath > 0
    assert rows + beneath == 10
    part = page.locator("[data-kb-more]")
    expect(part).to_contain_text(f"Visar 10 av {total(page)} träffar, samlade under {rows} rubriker")
    folders = [
        url.split("/")[4]
        for url in page.locator("[data-kb-hits] h3 a").evaluate_all("links => links.map(link => link.href)")
        if "/projekt/" in url
    ]
    assert len(folders) == len({*folders})
    page.get_by_role("button", name="Visa fler").click()
    expect(part).to_contain_text(re.compile(r"Visar (1[1-9]|20) av"))
    expect(page.get_by_role("status")).to_have_text(re.compile(r"Visar \d+ av \d+ träffar, samlade under \d+ rubriker"))
    folders = [
        url.split("/")[4]
        for url in page.locator("[data-kb-hits] h3 a").evaluate_all("links => links.map(link => link.href)")
        if "/projekt/" in url
    ]
    assert len(folders) == len({*folders})
    title = more.get_by_role("link").first.inner_text()
    more.get_by_role("link").first.click()
    expect(page.locator("h1")).to_contain_text(title)
    assert watched.faults == []


def test_what_a_question_names_is_shown_and_offered_as_a_filter(watched: Watched, address: str) -> None:
    page = watched.page
    open_search(page, address, "?q=Farsta")
    boxes = page.locator("[data-kb-named]")
    expect(boxes).to_contain_text(re.compile(r"Stadsdel: Farsta\s*\d+ projekt och \d+ dokument"))
    boxes.get_by_role("link", name="Farsta").click()
    expect(page.locator("h1")).to_have_text("Farsta")
    open_search(page, address, "?q=hemlöshet i Farsta 2018")
    expect(boxes).to_be_hidden()
    offer = page.get_by_role("link", name="Filtrera på Farsta, 2018 och sök ”hemlöshet”")
    expect(offer).to_be_visible()
    promised = re.findall(r"\d+", offer.inner_text())[-1]
    assert_accessible(page)
    offer.click()
    expect(heading(page)).to_have_text(re.compile(rf"^{promised} träff"))
    expect(heading(page)).to_be_focused()
    assert asked(page) == {"q": ["hemlöshet"], "stadsdelar": ["farsta"], "ar": ["2018"]}
    expect(offer).to_be_hidden()
    words(page).fill("vad är LUM")
    expect(boxes).to_contain_text("Ord: LUM: lokala utvecklingsmedel")
    words(page).fill("hur skriver jag en slutrapport")
    boxes.get_by_role("link", name="Så skriver du en slutrapport").click()
    expect(page.get_by_role("heading", name="Så skriver du en slutrapport")).to_be_in_viewport()
    assert watched.faults == []


def test_long_groups_show_all_on_demand(watched: Watched, address: str) -> None:
    page = watched.page
    open_search(page, address)
    box(page, "Farsta")
    group = page.get_by_role("group", name="Stadsdel")
    expect(group.get_by_role("checkbox")).to_have_count(6)
    group.get_by_role("button", name="Visa alla").click()
    assert group.get_by_role("checkbox").count() > 6
    assert re.search(r"Rinkeby-Kista\s+\(tidigare namn\)", group.inner_text())
    # Most hits first, and none that would give no hit.
    counts = [int(count) for count in group.locator("li:visible [data-kb-count]").all_inner_texts()]
    assert counts == sorted(counts, reverse=True)
    assert 0 not in counts
    expect(group.get_by_role("checkbox", name="Kungsholmen")).to_have_count(0)
    group.get_by_role("button", name="Visa färre").click()
    expect(group.get_by_role("checkbox")).to_have_count(6)
    assert watched.faults == []


def test_everything_by_keyboard_alone(watched: Watched, address: str) -> None:
    page = watched.page
    open_search(page, address)
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    expect(words(page)).to_be_focused()
    page.keyboard.type("ungdomar")
    page.keyboard.press("Enter")
    expect(heading(page)).to_have_text(re.compile(r"^\d+ träffar$"))
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Hoppa till träffarna")).to_be_focused()
    narrow = page.locator(".kb-find__toggle").is_visible()
    tab_to(page, "summary.kb-find__toggle" if narrow else "summary.kb-filter__name")
    if narrow:
        page.keyboard.press("Enter")
        page.keyboard.press("Escape")
        expect(page.locator(".kb-find__toggle")).to_be_focused()
        page.keyboard.press("Enter")
    tab_to(page, "input[name=stadsdelar]")
    page.keyboard.press("Space")
    expect(chips(page)).to_have_count(1)
    assert page.evaluate("document.activeElement.matches('input[name=stadsdelar]:checked')")
    if narrow:
        tab_to(page, "[data-kb-show]")
        page.keyboard.press("Enter")
        expect(heading(page)).to_be_focused()
    tab_to(page, "[data-kb-chips] li button")
    page.keyboard.press("Enter")
    expect(heading(page)).to_be_focused()
    tab_to(page, "[data-kb-hits] a")
    found = page.evaluate("document.activeElement.textContent")
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text(found)
    assert watched.faults == []


def tab_to(page: Page, selector: str) -> None:
    for _ in range(200):
        page.keyboard.press("Tab")
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            return
    raise AssertionError(f"the keyboard never comes to {selector}")


def test_without_javascript_the_page_says_so_and_leads_on(browser: Browser, address: str) -> None:
    context = browser.new_context(java_script_enabled=False, viewport={"width": 390, "height": 900})
    page = context.new_page()
    page.goto(f"{address}/projekt/stella/")
    page.get_by_role("link", name="Sök", exact=True).click()
    assert urlsplit(page.url).path == "/sok/"
    expect(page.locator("main .kb-notice")).to_contain_text("Sökningen behöver JavaScript")
    expect(page.get_by_role("checkbox")).to_have_count(0)
    page.locator("main").get_by_role("link", name="Stadsdelar").click()
    expect(page.locator("h1")).to_have_text("Stadsdelar")
    context.close()


def test_unknown_filters_in_the_address_are_told_and_left_out(watched: Watched, address: str) -> None:
    page = watched.page
    open_search(page, address, "?q=barn&stadsdelar=atlantis&stadsdelar=farsta&utm_source=post&typer=&ordning=fel")
    expect(page.locator("[data-kb-notes]")).to_have_text(
        "Banken har inget filter ”atlantis” under Stadsdel. Sökningen är gjord utan det."
    )
    expect(chips(page)).to_have_text(re.compile("Farsta"))
    assert total(page) > 0
    chips(page).first.click()
    expect(page.locator("[data-kb-notes]")).to_have_text("")
    assert watched.faults == []


def test_html_in_a_question_is_text(watched: Watched, address: str) -> None:
    page = watched.page
    query = f"?q={quote(HTML)}&stadsdelar={quote(HTML)}"
    open_search(page, address, query)
    expect(words(page)).to_have_value(HTML)
    expect(page.locator("[data-kb-notes]")).to_contain_text("<img src=x")
    expect(page.locator("[data-kb-results] :is(img, script, b)")).to_have_count(0)
    assert page.title() != "1"
    words(page).fill(HTML)
    words(page).press("Enter")
    settled(page)
    expect(page.locator("[data-kb-results] :is(img, script, b)")).to_have_count(0)
    assert watched.faults == []


@pytest.mark.parametrize("bad", BAD_WORDS.values(), ids=BAD_WORDS.keys())
def test_odd_questions_get_an_answer(browser: Browser, address: str, bad: str) -> None:
    page = browser.new_page()
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    open_search(page, address, f"?q={bad if '%' in bad else quote(bad)}")
    expect(heading(page)).to_have_text(re.compile("träff|Allt i banken"))
    words(page).fill(bad)
    words(page).press("Enter")
    settled(page)
    expect(heading(page)).to_have_text(re.compile("träff|Allt i banken"))
    wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert wide <= 0, "the page scrolls sideways"
    assert faults == []
    page.close()


def test_a_misspelt_word_is_helped(watched: Watched, address: str) -> None:
    page = watched.page
    open_search(page, address, "?q=jämstäldhetsanalys")
    suggestion = page.locator("[data-kb-spelling]")
    typed = '"jämstäldhetsanalys"'
    expect(suggestion).to_have_text(f"Visar träffar för ”jämställdhetsanalys”. Sök i stället efter {typed}.")
    assert total(page) > 0
    suggestion.get_by_role("link").click()
    expect(words(page)).to_have_value(typed)
    expect(heading(page)).to_be_focused()
    expect(heading(page)).to_have_text("Inga träffar")
    expect(suggestion).to_be_hidden()
    page.go_back()
    expect(words(page)).to_have_value("jämstäldhetsanalys")
    assert watched.faults == []


def test_a_word_that_no_text_has_leads_to_the_nearest_theme(watched: Watched, address: str) -> None:
    page = watched.page
    open_search(page, address, "?q=socialbidrag")
    told = page.locator("[data-kb-absent]")
    expect(told).to_have_text("Ordet ”socialbidrag” finns inte i någon text. Närmast: temat ekonomiskt bistånd.")
    assert total(page) > 0
    told.get_by_role("link").click()
    settled(page)
    assert asked(page) == {"teman": ["ekonomiskt-bistand"]}
    expect(told).to_be_empty()
    open_search(page, address, "?q=våld i nära relationer")
    expect(told).to_have_text("Temat våld i nära relationer finns, men inget dokument hör till det än.")
    assert watched.faults == []


def test_the_first_letter_is_never_told_to_have_no_hits(watched: Watched, address: str) -> None:
    page = watched.page
    open_search(page, address)
    page.evaluate(
        """() => {
            window.said = [];
            const heading = document.querySelector("[data-kb-heading]");
            new MutationObserver(() => window.said.push(heading.textContent)).observe(heading, {childList: true});
        }"""
    )
    words(page).press_sequentially("vräkn", delay=60)
    expect(heading(page)).to_have_text(re.compile(r"^\d+ träff"))
    said = page.evaluate("window.said")
    assert "Inga träffar" not in said
    assert said[0] == "Söker …"
    assert watched.faults == []


def test_what_is_typed_before_the_page_is_ready_is_asked(watched: Watched, address: str) -> None:
    page = watched.page
    waiting: list[Route] = []
    page.route("**/search-page.js", lambda route: waiting.append(route))
    page.goto(f"{address}/sok/", wait_until="commit")
    words(page).fill("vräkning")
    expect(heading(page)).to_have_text("Sökningen laddas …")
    [script] = waiting
    script.continue_()
    expect(hits(page).first).to_contain_text("Bo kvar")
    expect(words(page)).to_have_value("vräkning")
    assert watched.faults == []


def test_what_has_been_overtaken_is_fetched_no_further(watched: Watched, address: str) -> None:
    page = watched.page
    open_search(page, address)
    whole(page)
    # Never answered.
    page.route("**/sok/index/h/*", lambda route: None)
    with page.expect_request("**/sok/index/h/*"):
        words(page).fill("vräkning")
    with page.expect_event("requestfailed", lambda request: "/sok/index/h/" in request.url):
        words(page).fill("polis")
    page.unroute_all()
    words(page).fill("familjehem")
    expect(hits(page).first).to_contain_text(re.compile("familjehem", re.IGNORECASE))
    assert watched.faults == []


def test_nothing_is_shown_on_the_way_to_a_word_and_then_only_its_hits_are_fetched(
    watched: Watched, address: str
) -> None:
    page = watched.page
    page.clock.install()
    open_search(page, address)
    whole(page)
    page.clock.pause_at(datetime.now() + timedelta(minutes=1))
    with page.expect_response(re.compile("/sok/index/t/")):
        words(page).press_sequentially("vräkning")
    fetched: list[str] = []
    page.on("request", lambda request: fetched.append(urlsplit(request.url).path.partition("/sok/index/")[2]))
    expect(heading(page)).to_have_text("Söker …")
    page.clock.run_for(1000)
    expect(heading(page)).to_have_text(re.compile(r"^\d+ träff"))
    # Hits, how many each filter gives, and what the question names.
    kinds = {path.partition("/")[0] for path in fetched} - {""}
    assert "h" in kinds
    assert kinds <= {"h", "f", "named.kb"}
    assert watched.faults == []


def test_words_of_other_languages_tell_which(watched: Watched, address: str) -> None:
    page = watched.page
    open_search(page, address, "?q=signs of safety")
    foreign = hits(page).locator("h3 [lang=en]")
    expect(foreign.first).to_have_text("Signs of Safety")
    expect(foreign.first.locator("mark")).to_have_text(["Signs", "of", "Safety"])
    expect(hits(page).locator(".kb-row__text [lang=en]").first).to_have_text("Signs of Safety")
    assert watched.faults == []


def test_no_hits_lead_on(watched: Watched, address: str) -> None:
    page = watched.page
    open_search(page, address, "?q=vräkning&stadsdelar=farsta&ar=2016")
    expect(heading(page)).to_have_text("Inga träffar")
    expect(page.locator("main")).to_contain_text("Kontrollera att orden är rätt stavade")
    ways = page.locator("[data-kb-relax]").get_by_role("button")
    expect(ways.last).to_have_text(re.compile(r"^Utan filter: \d+ träff"))
    promised = re.findall(r"\d+", ways.last.inner_text())[-1]
    ways.last.click()
    expect(heading(page)).to_have_text(re.compile(rf"^{promised} träff"))
    expect(heading(page)).to_be_focused()
    page.go_back()
    page.locator("[data-kb-help]").get_by_role("link", name="Teman").click()
    expect(page.locator("h1")).to_have_text("Teman")
    assert watched.faults == []


@pytest.mark.parametrize(
    ("missing", "sentence"),
    [("t", "träffar kan saknas"), ("f", "filtren gick inte att läsa"), ("h", "gick inte att visa")],
)
def test_a_missing_shard_is_told_and_the_rest_works(
    watched: Watched, address: str, missing: str, sentence: str
) -> None:
    page = watched.page
    page.route(re.compile(rf"/sok/index/{missing}/"), lambda route: route.abort())
    open_search(page, address, "?q=vräkning")
    if missing == "f":
        box(page, "Farsta")
    expect(page.locator("[data-kb-notes]")).to_contain_text(sentence)
    page.unroute_all()
    page.get_by_role("button", name="Sök", exact=True).click()
    expect(hits(page).first).to_contain_text("Bo kvar")
    expect(page.locator("[data-kb-notes]")).to_have_text("")
    assert {fault for fault in watched.faults if "ERR_FAILED" not in fault} == set()


def test_an_index_of_another_kind_is_refused_with_a_sentence(watched: Watched, address: str) -> None:
    page = watched.page
    page.route("**/sok/index/manifest.json", lambda route: route.fulfill(json={"format": 99}))
    open_search(page, address, "?q=vräkning")
    expect(heading(page)).to_have_text("Sökningen fungerar inte just nu")
    expect(page.locator("[data-kb-notes]")).to_contain_text("av en annan version än sidan. Ladda om sidan.")
    expect(page.locator("[data-kb-help]").get_by_role("link", name="Teman")).to_be_visible()
    page.unroute_all()
    words(page).press("Enter")
    expect(hits(page).first).to_contain_text("Bo kvar")
    assert watched.faults == []


@pytest.mark.parametrize("state", ["hits", "no hits", "filters open", "fault"])
def test_every_state_is_accessible(watched: Watched, address: str, state: str) -> None:
    page = watched.page
    if state == "fault":
        page.route("**/sok/index/manifest.json", lambda route: route.fulfill(json={"format": 99}))
    queries = {"no hits": "?q=vräkninng&stadsdelar=farsta&ar=2016", "fault": "?q=barn&ar=1066"}
    open_search(page, address, queries.get(state, "?q=barn&stadsdelar=farsta&stadsdelar=jarva&malgrupper=atlantis"))
    if state == "no hits":
        expect(page.locator("[data-kb-help]")).to_be_visible()
    if state == "filters open":
        box(page, "Farsta")
        page.locator("[data-kb-filter]").evaluate_all(
            """groups => new Promise((done) => {
                groups.at(-1).addEventListener("toggle", () => done());
                for (const group of groups) group.open = true;
            })"""
        )
        # Those that are opened are counted.
        expect(page.locator("[data-kb-filters]")).to_have_attribute("aria-busy", "false")
        for button in page.locator("[data-kb-all]:visible").all():
            button.click()
        # Where it does not lie over what one scrolls by, as it does on the way.
        page.evaluate("scrollTo(0, document.body.scrollHeight)")
    page.wait_for_load_state("networkidle")
    assert_accessible(page)
    wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert wide <= 0, "the page scrolls sideways"
    assert watched.faults == []


@pytest.mark.parametrize("start", ["", "projekt/lihf/2018-slutrapport/", "stadsdelar/", "finns-inte/alls/"])
def test_every_page_leads_to_the_search(watched: Watched, address: str, start: str) -> None:
    page = watched.page
    page.goto(f"{address}/{start}")
    form = page.get_by_role("search")
    if start and page.viewport_size == {"width": 390, "height": 900}:
        # A phone has a link in the place of the field.
        expect(form).to_have_count(0)
        page.get_by_role("banner").get_by_role("link", name="Sök").click()
        words(page).fill("polis")
    else:
        form.get_by_label("Sök i banken").fill("polis")
        form.get_by_role("button", name="Sök").click()
    settled(page)
    assert urlsplit(page.url).path == "/sok/"
    expect(words(page)).to_have_value("polis")
    assert total(page) > 0
    assert [fault for fault in watched.faults if "404" not in fault] == []


def test_every_module_is_fetched_at_once(browser: Browser, address: str) -> None:
    page = browser.new_page()
    fetched: set[str] = set()
    page.on("request", lambda asked: fetched.add(asked.url) if asked.url.endswith(".js") else None)
    open_search(page, address, "?q=vräkning")
    early = page.locator("link[rel=modulepreload], head script[src]")
    assert set(early.evaluate_all("elements => elements.map(element => element.href || element.src)")) == fetched
    page.close()


def test_the_filters_are_those_of_the_index_with_the_same_numbers(site: Path) -> None:
    manifest = json.loads((site / "sok" / "index" / "manifest.json").read_text("utf-8"))
    text = (site / "sok" / "index.html").read_text("utf-8")
    found = re.findall(r'type="checkbox" name="([^"]*)" value="([^"]*)".*?data-kb-count>(\d+)<', text, re.DOTALL)
    # They stand by their numbers, but for the years.
    assert sorted((facet, term, int(count)) for facet, term, count in found) == sorted(
        (facet["id"], term["id"], term["count"]) for facet in manifest["facets"] for term in facet["terms"]
    )


def test_browsers_are_told_how_to_search(site: Path) -> None:
    tree = ET.parse(site / "sok" / "opensearch.xml").getroot()
    names = {"os": "http://a9.com/-/spec/opensearch/1.1/"}
    assert tree.tag == "{http://a9.com/-/spec/opensearch/1.1/}OpenSearchDescription"
    assert tree.findtext("os:ShortName", namespaces=names) == "Kunskapsbanken"
    [html] = [url for url in tree.findall("os:Url", names) if url.get("type") == "text/html"]
    assert html.get("template") == "http://127.0.0.1:8000/sok/?q={searchTerms}"
    for file in site.rglob("*.html"):
        assert 'rel="search" type="application/opensearchdescription+xml"' in file.read_text("utf-8"), file


def test_an_idea_is_compared_without_leaving_the_browser(watched: Watched, address: str) -> None:
    page = watched.page
    page.goto(f"{address}/provat/")
    expect(page.locator("main")).to_contain_text("att projektet prövar ett arbetssätt som är nytt för målgruppen")
    sent: list[str] = []
    page.on("request", lambda asked: sent.append(f"{asked.method} {asked.url} {asked.post_data or ''}"))
    idea = page.get_by_label("Klistra in eller skriv idén")
    idea.fill("Socialtjänsten och hyresvärdar ska förebygga vräkningar. Målgruppen är vräkningshotade familjer.")
    page.get_by_role("button", name="Jämför med banken").press("Enter")
    compared = page.locator("[data-kb-compared]")
    expect(compared).to_have_attribute("aria-busy", "false")
    expect(compared.get_by_role("heading", level=2)).to_be_focused()
    first = compared.locator("ol > li").first
    expect(first.get_by_role("link")).to_have_text("Bo kvar")
    expect(first).to_contain_text("Samma målgrupp: vräkningshotade.")
    expect(compared).to_contain_text("Skriv vad som är nytt jämfört med det de prövade.")
    assert sent
    assert [one for one in sent if not one.startswith(f"GET {address}/sok/index/") or "hyresv" in one.lower()] == []
    assert urlsplit(page.url).query == ""
    assert_accessible(page)
    wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert wide <= 0, "the page scrolls sideways"
    idea.fill("kattugglor")
    page.get_by_role("button", name="Jämför med banken").click()
    expect(compared.get_by_role("heading", level=2)).to_have_text("Inget projekt i banken liknar idén")
    page.route("**/sok/index/manifest.json", lambda route: route.fulfill(json={"format": 99}))
    page.reload()
    idea.fill("vräkning")
    page.get_by_role("button", name="Jämför med banken").click()
    expect(compared).to_contain_text("av en annan version än sidan. Ladda om sidan.")
    assert watched.faults == []
