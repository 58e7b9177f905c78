"""*Skapa rapport* in a real browser: from a report to files that `kunskapsbank check` has nothing to say about."""

import base64
import re
import shutil
import threading
import zipfile
from collections.abc import Callable, Iterator
from datetime import date
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Download, Locator, Page, Route, expect
from support import ROOT, WIDTHS, Watched, build, watch

from kunskapsbank import checks
from kunskapsbank.bank import open_bank
from kunskapsbank.intake import conversion
from kunskapsbank.problems import Problem
from kunskapsbank.swedish.phrases import capitalised

pytestmark = [pytest.mark.site, pytest.mark.browser]

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
REPORT = ROOT / "tests/cases/documents/slutrapport.docx"
SUMMARY = "Projektet prövade ett arbetssätt med familjer och såg att fler fick hjälp i tid."
TODAY = date.today()


# Starting the library takes seconds, and much longer where other tests run at the same time.
PATIENCE = 120_000
# Of what does not differ with the width of the page.
WIDE = pytest.mark.parametrize("opened", WIDTHS[:1], indirect=True)


def open_page(page: Page, address: str, until: str = "ready") -> None:
    page.goto(f"{address}/skapa/")
    expect(page.locator("[data-kb-create]")).to_have_attribute(f"data-{until}", "", timeout=PATIENCE)
    # A phone has one step at a time, which a test of its own goes through.
    if page.locator("[data-kb-all-steps]").is_visible():
        page.get_by_role("button", name="Visa alla steg").click()


@pytest.fixture(scope="module", params=WIDTHS)
def opened(request: pytest.FixtureRequest, browser: Browser, address: str) -> Iterator[Watched]:
    """The page of a certain width, loaded once for the tests of this file."""
    context = browser.new_context(viewport={"width": request.param, "height": 900}, locale="sv-SE")
    watched = watch(context.new_page(), address)
    watched.page.on("dialog", lambda dialog: dialog.accept())
    open_page(watched.page, address, "complete")
    yield watched
    context.close()


@pytest.fixture
def watched(opened: Watched) -> Iterator[Watched]:
    """The page with nothing filled in."""
    clear = opened.page.get_by_role("button", name="Rensa allt och börja om")
    if clear.is_visible():
        clear.click()
    opened.page.evaluate("scrollTo(0, 0); document.activeElement.blur()")
    opened.faults.clear()
    yield opened
    opened.page.context.set_offline(False)


def test_the_page_is_one_script_and_what_it_starts_in_a_worker(browser: Browser, address: str) -> None:
    page = browser.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url.rsplit("/js/", 1)[-1]))
    open_page(page, address)
    of_site = {"scheme.js", "folds.js", "opened-as-file.js"}
    ours = {url for url in asked if url.endswith(".js") and ":" not in url}
    assert ours - of_site == {"create-page.js", "create/worker.js"}
    page.close()


def begin(page: Page, kind: str = "Slutrapport", project: str = "samlarteam", year: str = "2019") -> None:
    page.get_by_role("radio", name=kind, exact=True).check()
    if project:
        page.get_by_role("combobox", name=re.compile("^Projekt")).select_option(project)
    page.get_by_role("textbox", name=re.compile("^År")).fill(year)


def body(page: Page) -> Locator:
    return page.get_by_role("textbox", name="Texten")


def field(page: Page, name: str) -> Locator:
    """A field of the third step that is not part of a group."""
    return page.locator("[data-kb-fields] > .kb-field, .kb-more-fields > .kb-field").get_by_label(
        re.compile(f"^{name} ")
    )


def settled(page: Page) -> None:
    """Wait until what was filled in has been checked."""
    expect(page.locator("[data-kb-create]:not([data-busy])")).to_have_count(1)


def verdict(page: Page) -> Locator:
    return page.locator("#steg-kontroll [data-kb-verdict]")


def problems(page: Page) -> list[str]:
    settled(page)
    return page.locator(".kb-problem__what").all_inner_texts()


def drop(page: Page, name: str, data: bytes) -> None:
    """Drop a file on the page as a mouse would."""
    encoded = base64.b64encode(data).decode()
    transfer = page.evaluate_handle(
        """([name, encoded]) => {
          const transfer = new DataTransfer();
          const bytes = Uint8Array.from(atob(encoded), (character) => character.charCodeAt(0));
          transfer.items.add(new File([bytes], name));
          return transfer;
        }""",
        [name, encoded],
    )
    page.dispatch_event("[data-kb-drop]", "dragover", {"dataTransfer": transfer})
    expect(page.locator("[data-kb-drop]")).to_have_class(re.compile("kb-drop--over"))
    page.dispatch_event("[data-kb-drop]", "drop", {"dataTransfer": transfer})


def downloaded(page: Page, content: Path) -> list[str]:
    """Download the package and unpack it into the bank; returns the paths of its files in `content`."""
    settled(page)
    with page.expect_download() as download:
        page.get_by_role("button", name="Hämta paketet").click()
    return unpacked(download.value, content)


def unpacked(download: Download, content: Path) -> list[str]:
    assert content.name == "content"
    with zipfile.ZipFile(download.path()) as package:
        read_me, *files = package.namelist()
        assert read_me == "LÄS-MIG.txt"
        package.extractall(content.parent, files)
    return [file.removeprefix("content/") for file in files]


@pytest.fixture
def content(tmp_path: Path) -> Path:
    """A copy of the real content, to put files into."""
    return Path(shutil.copytree(ROOT / "content", tmp_path / "content"))


def told(content: Path, file: str) -> list[Problem]:
    """Everything that `kunskapsbank check` says of a file."""
    bank = open_bank(content, TODAY)
    found = {*bank.catalogue.problems, *checks.remarks(bank.catalogue)}
    return sorted(problem for problem in found if problem.file == file)


def errors(content: Path, file: str) -> list[str]:
    return [str(problem) for problem in told(content, file) if problem.severity == "fel"]


def assert_accessible(page: Page) -> None:
    found = Axe().run(page, options={"runOnly": RULES})
    assert found.violations_count == 0, found.generate_report()
    wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert wide <= 0, "the page scrolls sideways"


def test_a_phone_shows_one_step_at_a_time(watched: Watched) -> None:
    page = watched.page
    if page.viewport_size != {"width": 390, "height": 900}:
        expect(page.get_by_role("button", name="Nästa")).to_have_count(0)
        return
    page.evaluate("sessionStorage.clear()")
    page.reload()
    expect(page.locator("[data-kb-create]")).to_have_attribute("data-ready", "", timeout=PATIENCE)
    steps = page.locator("[data-kb-step]:visible")
    expect(page.get_by_role("button", name="Nästa")).to_have_count(0)
    begin(page)
    page.get_by_role("button", name="Nästa: lägg in din text").click()
    expect(steps).to_have_count(1)
    expect(page.get_by_role("heading", name="Lägg in din text")).to_be_focused()
    page.get_by_role("button", name="Nästa: fyll i uppgifterna").click()
    assert page.evaluate("document.documentElement.scrollHeight") < 7000
    page.get_by_role("button", name="Nästa: kontrollera").click()
    # What is wrong is reached in the step that it stands in.
    page.locator(".kb-problem__what", has_text="Sammanfattning").click()
    expect(page.locator("#falt-sammanfattning")).to_be_focused()
    page.get_by_role("button", name="Tillbaka").click()
    expect(body(page)).to_be_visible()
    page.get_by_role("button", name="Visa alla steg").click()
    expect(steps).to_have_count(6)
    assert watched.faults == []


def test_a_word_file_becomes_files_that_check_accepts(watched: Watched, content: Path) -> None:
    page = watched.page
    begin(page)
    drop(page, "Slutrapport Åre.docx", REPORT.read_bytes())
    expect(page.locator("[data-kb-received]")).to_contain_text("Texten från Slutrapport Åre.docx är inlagd")
    assert "## " in body(page).input_value()
    field(page, "Sammanfattning").fill(SUMMARY)
    expect(field(page, "Titel")).to_have_value("Slutrapport 2019: Samlarteam")
    describe_the_pictures(page)
    expect(verdict(page)).to_have_text(re.compile("^Inga fel"))
    files = downloaded(page, content)
    assert files[0] == "projekt/samlarteam/2019-slutrapport.md"
    pictures = [(content / file).read_bytes() for file in files[1:]]
    assert pictures
    assert all(picture.startswith((b"\x89PNG", b"\xff\xd8")) for picture in pictures)
    assert not [picture for picture in pictures if b"Exif" in picture or b"tEXt" in picture]
    assert errors(content, files[0]) == []
    assert watched.faults == []


def describe_the_pictures(page: Page) -> None:
    """Write what the pictures show, where the page says that it is missing."""
    for _ in range(len([said for said in problems(page) if "saknar text som beskriver" in said])):
        page.locator(".kb-problem__what", has_text="saknar text som beskriver").first.click()
        expect(body(page)).to_be_focused()
        marked = body(page).evaluate("text => text.value.slice(text.selectionStart, text.selectionEnd)")
        assert "![](" in marked
        page.keyboard.insert_text(marked.replace("![](", "![Arbetsgången i fyra steg]("))
        settled(page)


def test_the_page_says_what_check_says(watched: Watched, content: Path) -> None:
    page = watched.page
    begin(page)
    body(page).fill("# Resultat\n\nRing 070-174 06 05. <blink>Nu</blink>\n\n![](borta.png) [här](finns-inte.md)\n")
    page.get_by_role("textbox", name=re.compile("^Rapportår")).fill("nitton")
    shown = problems(page)
    [file] = downloaded(page, content)
    expected = told(content, file)
    # The summary is not filled in: the form says so in its own words, and of no error before its field was left.
    empty = [problem for problem in expected if problem.field == "sammanfattning"]
    wrong = [problem for problem in expected if problem.severity == "fel" and problem not in empty]
    remarks = [problem for problem in expected if problem.severity != "fel"]
    assert len(shown) == len(expected)
    for said, problem in zip(shown, [*wrong, *empty, *remarks], strict=True):
        assert said.lower().endswith(problem.message.lower()) or said.endswith("är inte ifyllt")
    assert shown[len(wrong)] == "Sammanfattning: är inte ifyllt"
    assert verdict(page).inner_text().startswith(f"{len(wrong)} fel att rätta. 1 uppgift kvar att fylla i.")
    lines = body(page).input_value().split("\n")
    places = [int(said.split()[1]) for said in page.locator(".kb-problem__where").all_inner_texts()]
    assert "Ring" in lines[places[1] - 1]
    assert not [said for said in page.locator("#steg-kontroll").all_inner_texts() if file in said]
    assert watched.faults == []


def test_a_new_project_comes_with_its_first_report_and_nothing_is_wrong_before_it_was_touched(
    watched: Watched, content: Path
) -> None:
    page = watched.page
    begin(page, project="+", year="")
    settled(page)
    assert page.locator(".kb-problem--error, .kb-field__error:visible").count() == 0
    expect(verdict(page)).to_have_text(re.compile(r"^\d uppgifter kvar att fylla i\.$"))
    page.get_by_role("textbox", name=re.compile("^År")).fill("2025")
    page.locator("#skapa-fil").set_input_files(REPORT)
    expect(page.locator("[data-kb-received]")).to_contain_text("är inlagd", timeout=PATIENCE)
    new = page.locator("[data-kb-new-project]")
    new.get_by_label(re.compile("^Titel")).focus()
    new.get_by_label(re.compile("^Sammanfattning")).fill(SUMMARY)
    expect(new.locator(".kb-field__error:visible")).to_have_text(re.compile("^Fel: är inte ifyllt"))
    new.get_by_label(re.compile("^Titel")).fill("Ljusare kvällar")
    for key, term in (("ägare", "Farsta"), ("målgrupper", "Barn"), ("teman", "Barn")):
        group = new.locator(f"[data-kb-field='nytt projekt/{key}']")
        group.locator("details").evaluate("details => { details.open = true }")
        group.get_by_role("checkbox", name=re.compile(f"^{term}")).first.check()
    new.get_by_role("radio", name=re.compile("^Avslutat")).check()
    field(page, "Sammanfattning").fill(SUMMARY)
    describe_the_pictures(page)
    expect(verdict(page)).to_have_text(re.compile("^Inga fel"))
    assert_accessible(page)
    expect(page.locator(".kb-howto")).to_contain_text("New Folder och skriv ljusare-kvallar")
    files = downloaded(page, content)
    assert files[:2] == ["projekt/ljusare-kvallar/2025-slutrapport.md", "projekt/ljusare-kvallar/index.md"]
    assert errors(content, files[0]) == errors(content, files[1]) == []
    assert watched.faults == []


def test_what_came_of_the_work_is_asked_for_at_once(watched: Watched) -> None:
    page = watched.page
    for kind, is_asked in (("Slutrapport", True), ("Projektplan", False), ("Delrapport", True)):
        begin(page, kind)
        for key in ("resultat", "belägg"):
            assert page.locator(f"[data-kb-fields] > [data-kb-field='{key}']").count() == is_asked


@WIDE
def test_all_kinds_become_whole_files(watched: Watched, content: Path) -> None:
    page = watched.page
    ways = {
        "Projekt": ("", "2026, 2027"),
        "Projektplan": ("kasam", "2016"),
        "Förstudie": ("kasam", "2016"),
        "Delrapport": ("kasam", "2016"),
        "Slutrapport": ("samlarteam", "2019"),
        "Reserapport": ("", "2026"),
        "Forskningsrapport": ("", "2026"),
        "Utlysning": ("", "2026"),
    }
    for kind, (project, year) in ways.items():
        begin(page, kind, project, year)
        body(page).fill("## Bakgrund\n\nEn text om arbetet, vad det kostade och vad vi lärde oss av det.\n")
        field(page, "Sammanfattning").fill(SUMMARY)
        if kind in {"Projekt", "Forskningsrapport"}:
            field(page, "Titel").fill(f"Vinterljus {kind}")
        if kind == "Reserapport":
            field(page, "Plats").fill("Lund")
        if kind == "Utlysning":
            field(page, "Inriktning").fill("tidigt stöd\njämställdhet")
        for name, term in (("Ägare", "Farsta"), ("Målgrupper", "barn"), ("Teman", "hemlöshet och boende")):
            choose(page, name, term)
        if kind == "Utlysning":
            choose(page, "Källa", "Kunskapsbankens redaktion")
        if kind == "Projekt":
            settled(page)
            page.locator("#falt-status").get_by_role("radio", name=re.compile("^Pågående")).check()
        files = downloaded(page, content)
        assert errors(content, files[0]) == [], kind
        (content / files[0]).unlink()
    assert watched.faults == []


def choose(page: Page, name: str, term: str) -> None:
    """Tick a term, where the kind shows the field at once."""
    group = page.locator(f"[data-kb-fields] > fieldset[data-kb-field='{name.lower()}']")
    if not group.count():
        return
    folded = group.locator("details")
    if folded.count():
        folded.evaluate("details => { details.open = true }")
    group.get_by_role("checkbox", name=re.compile(f"^{term}", re.IGNORECASE)).first.check()


def test_by_keyboard_alone(watched: Watched, content: Path) -> None:
    page = watched.page
    keys = page.keyboard

    def tab_to(target: Locator) -> None:
        for _ in range(200):
            if target.evaluate("element => element === document.activeElement"):
                return
            keys.press("Tab")
        raise AssertionError("not reached by Tab")

    tab_to(page.get_by_role("radio", name="Projekt", exact=True))
    for _ in range(4):
        keys.press("ArrowDown")
    expect(page.get_by_role("radio", name="Slutrapport")).to_be_checked()
    tab_to(page.get_by_role("combobox", name=re.compile("^Projekt")))
    keys.type("Samlar")
    keys.press("Tab")
    keys.type("2019")
    tab_to(page.locator("#skapa-fil"))
    outline = page.get_by_text("Välj fil", exact=True).evaluate("label => getComputedStyle(label).outlineStyle")
    assert outline == "solid"
    tab_to(body(page))
    keys.insert_text("## Bakgrund\n\nEn text om arbetet och vad vi lärde oss av det.\n")
    settled(page)
    summary = page.locator(".kb-problem__what", has_text="Sammanfattning: är inte ifyllt")
    tab_to(summary)
    keys.press("Enter")
    expect(field(page, "Sammanfattning")).to_be_focused()
    keys.insert_text(SUMMARY)
    settled(page)
    expect(verdict(page)).to_have_text(re.compile("^Inga fel"))
    tab_to(page.get_by_role("button", name="Hämta paketet"))
    with page.expect_download() as download:
        keys.press("Enter")
    assert unpacked(download.value, content) == ["projekt/samlarteam/2019-slutrapport.md"]
    assert errors(content, "projekt/samlarteam/2019-slutrapport.md") == []
    assert watched.faults == []


def test_every_state_is_accessible(watched: Watched) -> None:
    page = watched.page
    assert_accessible(page)
    begin(page)
    body(page).fill("## Bakgrund\n\nRing 070-174 06 05. Vi arbetade med barn i hemlöshet.\n\n| A |\n| - |\n| 1 |\n")
    field(page, "Sammanfattning").focus()
    field(page, "Titel").focus()
    settled(page)
    for details in page.locator(".kb-create details").all():
        details.evaluate("details => { details.open = true }")
    assert_accessible(page)
    page.get_by_role("radio", name="Projekt", exact=True).check()
    page.get_by_role("button", name="Lägg till medel").click()
    settled(page)
    assert_accessible(page)
    body(page).fill("")
    page.locator("#skapa-fil").set_input_files({"name": "a.docx", "mimeType": "", "buffer": b"no Word"})
    expect(page.get_by_role("alert")).to_be_visible()
    assert_accessible(page)
    begin(page, project="sodermalmsmodellen")
    page.locator("#skapa-fil").set_input_files(REPORT)
    expect(page.get_by_text("följde med")).to_be_visible()
    settled(page)
    assert_accessible(page)


@WIDE
@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("trasig.docx", REPORT.read_bytes()[:3000]),
        ("tom.docx", b""),
        ("text.docx", b"Det h\xc3\xa4r \xc3\xa4r ingen Word-fil."),
        ("gammal.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600),
        ("rapport.docx", b"%PDF-1.7\n"),
        ("trasig.odt", (REPORT.parent / "slutrapport.odt").read_bytes()[:3000]),
        ("tom.html", b"<html><body></body></html>"),
    ],
)
def test_a_file_that_cannot_be_taken_in_is_told_in_a_sentence(watched: Watched, name: str, data: bytes) -> None:
    page = watched.page
    begin(page)
    page.locator("#skapa-fil").set_input_files({"name": name, "mimeType": "", "buffer": data})
    expect(page.get_by_role("alert")).to_have_text(re.compile(r"^[A-ZÅÄÖ].+\.$"), timeout=PATIENCE)
    assert body(page).input_value() == ""
    assert watched.faults == []


@WIDE
def test_a_draft_is_there_again_when_the_page_is_loaded_anew(watched: Watched, address: str) -> None:
    page = watched.page
    begin(page)
    body(page).fill("## Bakgrund\n\nText.\n")
    field(page, "Sammanfattning").fill(SUMMARY)
    settled(page)
    open_page(page, address)
    expect(page.get_by_role("radio", name="Slutrapport")).to_be_checked()
    expect(page.get_by_role("combobox", name=re.compile("^Projekt"))).to_have_value("samlarteam")
    expect(body(page)).to_have_value("## Bakgrund\n\nText.\n")
    expect(field(page, "Sammanfattning")).to_have_value(SUMMARY)
    page.get_by_role("button", name="Rensa allt och börja om").click()
    expect(page.get_by_role("radio", name="Slutrapport")).not_to_be_checked()
    expect(page.locator("#steg-text")).to_be_hidden()
    open_page(page, address, "complete")
    expect(page.locator("#steg-text")).to_be_hidden()
    assert page.evaluate("Object.keys(localStorage)") == []


def test_leaving_with_something_that_is_not_downloaded_asks_first(browser: Browser, address: str) -> None:
    page = browser.new_page()
    asked: list[str] = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    page.goto(f"{address}/skapa/")
    page.reload()
    assert asked == []
    begin(page)
    page.reload()
    assert asked == ["beforeunload"]
    page.close()


def test_nothing_in_the_text_is_run(watched: Watched) -> None:
    page = watched.page
    begin(page)
    body(page).fill(
        '<img src=x onerror="document.title=1"><script>document.title=1</script>\n\n'
        "[a](javascript:document.title=1) ![b](javascript:document.title=1) <svg onload='document.title=1'>\n\n"
        '![" onerror="document.title=1](x.png)\n\n[^1]: <img src=x onerror="document.title=1">\n'
    )
    field(page, "Titel").fill("<img src=x onerror='document.title=1'>")
    settled(page)
    preview = page.locator("[data-kb-preview]")
    expect(preview).to_contain_text('<img src=x onerror="document.title=1">')
    assert preview.locator("img, a, script, svg").count() == 0
    expect(page).to_have_title(re.compile("^Skapa rapport"))
    assert watched.faults == []


def test_the_preview_shows_what_the_page_will(watched: Watched) -> None:
    page = watched.page
    begin(page)
    body(page).fill(
        "## Resultat\n\n- ett\n- två\n\n| Namn | Antal |\n| --- | ---: |\n| A | 12 |\n\nNot.[^1]\n\n[^1]: Här.\n"
    )
    settled(page)
    preview = page.locator("[data-kb-preview]")
    expect(preview.get_by_role("heading", name="Resultat", level=2)).to_be_visible()
    expect(preview.locator("ul").get_by_role("listitem")).to_have_text(["ett", "två"])
    expect(preview.get_by_role("cell", name="12")).to_have_attribute("align", "right")
    expect(preview.locator("sup")).to_have_text(["1"])
    expect(preview.locator(".footnote li")).to_contain_text("Här.")
    assert watched.faults == []


def test_a_suggestion_is_taken_with_one_press(watched: Watched) -> None:
    page = watched.page
    page.get_by_role("radio", name="Forskningsrapport").check()
    body(page).fill("## Bakgrund\n\nStudien handlar om hemlöshet och boende för nyanlända.\n")
    settled(page)
    group = page.locator("fieldset[data-kb-field='målgrupper']")
    suggestion = group.locator(".kb-suggestion", has_text="nyanlända")
    expect(suggestion).to_contain_text("Studien handlar om")
    suggestion.get_by_role("button", name="Lägg till").click()
    expect(page.locator("fieldset[data-kb-field='målgrupper'] .kb-chip", has_text="Nyanlända")).to_be_visible()
    expect(page.locator("fieldset[data-kb-field='målgrupper'] .kb-suggestion", has_text="nyanlända")).to_have_count(0)
    page.locator("fieldset[data-kb-field='målgrupper'] .kb-chip", has_text="Nyanlända").click()
    expect(page.locator("fieldset[data-kb-field='målgrupper'] .kb-chip")).to_have_count(0)
    assert watched.faults == []


def test_the_way_to_the_repository_is_a_link_where_it_is_known(
    browser: Browser, serve: Callable[[Path], str], tmp_path: Path
) -> None:
    bank = tmp_path / "bank"
    shutil.copytree(ROOT / "tests/cases/sample", bank / "content")
    config = (ROOT / "mkdocs.yml").read_text("utf-8")
    config = config.replace("  - kunskapsbank/pages\n", "  - kunskapsbank/pages:\n      branch: utgiven\n")
    settings = f"repo_url: https://git.example.se/fou/banken/\n{config}"
    built = build("mkdocs", tmp_path / "site", bank / "content", settings)
    assert built.status == 0, built.output
    page = browser.new_page()
    open_page(page, serve(tmp_path / "site"))
    begin(page, project="bryggan")
    settled(page)
    link = page.get_by_role("link", name=re.compile("^Öppna sidan där du skapar filen"))
    address = (
        "https://git.example.se/fou/banken/-/new/utgiven?file_name=content%2Fprojekt%2Fbryggan%2F2019-slutrapport.md"
    )
    expect(link).to_have_attribute("href", address)
    page.close()


def test_without_javascript_another_way_is_told(browser: Browser, address: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{address}/skapa/")
    expect(page.locator("main .kb-notice").first).to_contain_text("Sidan behöver JavaScript")
    expect(page.get_by_role("radio")).to_have_count(0)
    context.close()


def test_the_form_is_of_use_before_the_library_is_there(browser: Browser, address: str) -> None:
    context = browser.new_context()
    page = context.new_page()
    held: list[Route] = []
    context.route("**/*.wasm", lambda route: held.append(route))
    with page.expect_request("**/*.wasm", timeout=PATIENCE):  # a slow machine asks for it late
        page.goto(f"{address}/skapa/")
    expect(page.get_by_role("progressbar", name=re.compile("^Hämtar"))).to_be_visible()
    begin(page)
    field(page, "Sammanfattning").fill(SUMMARY)
    page.locator("#skapa-fil").set_input_files(REPORT)
    expect(page.locator("[data-kb-received]")).to_have_text("slutrapport.docx läses så snart kontrollen har startat …")
    expect(verdict(page)).to_have_text("")
    # What is asked for from now on: the newest rule is used.
    context.route("**/*.wasm", lambda route: route.continue_())
    for route in held:
        route.continue_()
    expect(page.locator("[data-kb-received]")).to_contain_text("är inlagd", timeout=PATIENCE)
    expect(verdict(page)).not_to_have_text("")
    expect(page.get_by_role("progressbar")).to_have_count(0)
    context.close()


@pytest.mark.parametrize("missing", ["**/*.wasm", "**/library-*.zip", "**/start.json"])
def test_where_the_library_cannot_start_another_way_is_told(browser: Browser, address: str, missing: str) -> None:
    context = browser.new_context()
    context.route(missing, lambda route: route.abort())
    page = context.new_page()
    page.goto(f"{address}/skapa/")
    alert = page.get_by_role("alert")
    expect(alert).to_contain_text("kan inte köra kontrollen", timeout=PATIENCE)
    expect(alert.get_by_role("link", name="redaktionshandboken")).to_be_visible()
    assert_accessible(page)
    context.close()


@WIDE
def test_every_format_is_read_with_the_net_gone(watched: Watched, content: Path) -> None:
    page = watched.page
    page.context.set_offline(True)
    for file in (*sorted(REPORT.parent.glob("slutrapport.*[!d]")), *sorted(REPORT.parent.glob("reserapport.docx"))):
        begin(page)
        page.locator("#skapa-fil").set_input_files(file)
        expect(page.locator("[data-kb-received]")).to_contain_text(
            f"Texten från {file.name} är inlagd", timeout=PATIENCE
        )
        settled(page)
        expected = conversion.convert(file)
        assert body(page).input_value() == expected.markdown
        remarks = page.locator("[data-kb-received] li").all_inner_texts()
        assert remarks == [*dict.fromkeys(map(capitalised, expected.remarks))]
        paths = downloaded(page, content)
        assert [Path(path).name for path in paths[1:]] == [*expected.pictures]
    web = {"name": "rapport.html", "mimeType": "", "buffer": b"<h1>Rapporten</h1><p>Text om <b>arbetet</b>.</p>"}
    page.locator("#skapa-fil").set_input_files(web)
    expect(body(page)).to_have_value("Text om **arbetet**.\n")
    assert watched.faults == []


def test_what_runs_in_the_worker_can_evaluate_nothing_and_ask_nobody(
    watched: Watched, serve: Callable[[Path], str], tmp_path: Path
) -> None:
    (tmp_path / "hemligt.txt").write_text("x", "utf-8")
    elsewhere = serve(tmp_path)
    [worker] = watched.page.workers
    # Later, as what the debugger itself starts may evaluate anything.
    later = """([run, code]) => new Promise((resolve) => setTimeout(() => {
      try { resolve(String(run === "eval" ? eval(code) : Function(code)())); } catch (error) { resolve(error.name); }
    }))"""
    assert worker.evaluate(later, ["eval", "1 + 1"]) == "EvalError"
    assert worker.evaluate(later, ["Function", "return 2"]) == "EvalError"
    fetched = """address => fetch(address, { mode: "no-cors" }).then(() => "answered", (error) => error.name)"""
    assert worker.evaluate(fetched, f"{elsewhere}/hemligt.txt") == "TypeError"
    here = watched.page.evaluate("location.origin")
    assert worker.evaluate(fetched, f"{here}/index.html") == "answered"


def test_a_server_may_have_a_policy_of_its_own_and_the_site_lie_in_a_folder(
    browser: Browser, site: Path, tmp_path: Path
) -> None:
    told = re.search(r"`(default-src 'self'; [^`]+)`", (ROOT / "docs/publishing.md").read_text("utf-8"))
    assert told
    (tmp_path / "fou").mkdir()
    (tmp_path / "fou/banken").symlink_to(site)

    class WithPolicy(SimpleHTTPRequestHandler):
        extensions_map = SimpleHTTPRequestHandler.extensions_map | {".js": "text/javascript"}
        # As of a server that knows nothing of WebAssembly.
        extensions_map[".wasm"] = "application/octet-stream"

        def end_headers(self) -> None:
            self.send_header("Content-Security-Policy", told[1])
            super().end_headers()

        def log_message(self, format: str, *args: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), partial(WithPolicy, directory=str(tmp_path))) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        address = f"http://127.0.0.1:{server.server_port}/fou/banken"
        context = browser.new_context()
        watched = watch(context.new_page(), address)
        open_page(watched.page, address)
        begin(watched.page)
        body(watched.page).fill("# Resultat")
        settled(watched.page)
        expect(verdict(watched.page)).to_have_text(re.compile("fel"))
        assert watched.faults == []
        context.close()
        server.shutdown()


def test_no_text_of_a_document_is_handed_over(site: Path) -> None:
    [bank] = (site / "skapa").glob("snapshot-*.json")
    text = bank.read_text("utf-8")
    assert "Metoden skulle prövas med fler personer" not in text
    assert "projekt/samlarteam/index.md" in text
