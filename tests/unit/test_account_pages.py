"""The pages of accounts and of what is missing, and what pages say of results and of documents known to exist."""

from collections.abc import Callable

import jinja2
import pytest
from support import pages_of

from kunskapsbank.accounts.follow_up import Sort, lacks
from kunskapsbank.bank import Bank
from kunskapsbank.pages.accounts import AccountPage, FollowUpPage
from kunskapsbank.pages.lists import ListPage
from kunskapsbank.pages.models import CallPage, DocumentPage, ProjectPage, SitePage
from kunskapsbank.pages.years import YearPage
from kunskapsbank.swedish.phrases import capitalised
from kunskapsbank_mkdocs.pages import THEME


def page(bank: Bank, url: str) -> SitePage:
    return next(one for one in pages_of(bank) if one.url == url)


def test_each_year_with_grants_has_its_account_and_the_list_leads_there(bank: Bank) -> None:
    listing = page(bank, "redovisning/").view
    assert isinstance(listing, ListPage)
    rows = {section.heading: [row.url for _, row in section.rows] for section in listing.sections}
    assert rows == {
        "Redovisade i ett ärende till nämnden": [f"redovisning/{year}/" for year in (2022, 2020, 2018, 2016)],
        "Andra år med medel": [f"redovisning/{year}/" for year in (2023, 2019, 2015, 2014, 2013)],
    }
    for urls in rows.values():
        for url in urls:
            assert isinstance(page(bank, url).view, AccountPage)


def test_account_leads_to_its_call_and_to_the_years_beside(bank: Bank) -> None:
    view = page(bank, "redovisning/2018/").view
    assert isinstance(view, AccountPage)
    assert view.decision
    assert (view.decision.label, view.decision.url) == ("Utlysning 2020", "utlysningar/2020/")
    assert view.previous
    assert view.following
    assert (view.previous.url, view.following.url) == ("redovisning/2016/", "redovisning/2019/")
    assert view.command == "kunskapsbank account 2018 --output redovisning-2018.docx"
    alone = page(bank, "redovisning/2023/").view
    assert isinstance(alone, AccountPage)
    assert alone.decision is None


def test_year_and_call_lead_to_the_account(bank: Bank) -> None:
    call = page(bank, "utlysningar/2020/").view
    year = page(bank, "ar/2018/").view
    assert isinstance(call, CallPage)
    assert isinstance(year, YearPage)
    assert year.accounted_in
    assert call.account_page == year.accounted_in.account_page
    assert call.account_page
    assert call.account_page.url == "redovisning/2018/"


def test_page_of_what_is_missing_has_all_that_needs_no_day(bank: Bank) -> None:
    view = page(bank, "uppfoljning/").view
    assert isinstance(view, FollowUpPage)
    found = lacks(bank.catalogue)
    assert [line.what.label for section in view.sections for line in section.lines] == [lack.what for lack in found]
    counts = {section.heading: section.count for section in view.sections}
    assert counts[Sort.NO_TRAVEL_REPORT.heading] == 12
    assert counts[Sort.TOO_FEW.heading] == 8


def test_document_tells_its_result_how_it_is_known_and_where_it_stands(bank: Bank) -> None:
    view = page(bank, "projekt/kasam/2016-slutrapport/").view
    assert isinstance(view, DocumentPage)
    answers = {answer.question: answer for answer in view.glance}
    assert "92 procent" in answers["Vad kom ut av det?"].text
    assert [(one.label, one.url) for one in answers["Hur vet vi det?"].links] == [
        ("mätning före och efter", "belagg/matning-fore-och-efter/")
    ]
    assert "92 procent ökat sitt Kasamvärde" in [one.words for one in view.passages]
    silent = page(bank, "projekt/lihf/2018-slutrapport/").view
    assert isinstance(silent, DocumentPage)
    assert "Hur vet vi det?" not in {answer.question for answer in silent.glance}


def test_project_and_call_tell_of_documents_that_the_bank_does_not_hold(bank: Bank) -> None:
    project = page(bank, "projekt/vaga-anmala-vaga-vittna/").view
    assert isinstance(project, ProjectPage)
    assert project.unknown
    assert [(one.title, one.place) for one in project.unknown.documents] == [
        ("Redovisning av projektet 2022", "bilaga 1")
    ]
    call = page(bank, "utlysningar/2024/").view
    assert isinstance(call, CallPage)
    assert call.unknown
    assert [one.number for one in call.unknown.documents] == [12]


@pytest.fixture(scope="module")
def macros() -> jinja2.Template:
    environment = jinja2.Environment(loader=jinja2.FileSystemLoader(THEME), autoescape=True)
    environment.filters["url"] = lambda address: f"/{address}"
    environment.filters["versal"] = capitalised
    return environment.from_string(
        '{% import "partials/kb-macros.html" as kb with context %}'
        "{% for part in view.paper.blocks %}{{ kb.block(part) }}{% endfor %}"
    )


def test_page_shows_the_text_that_the_files_have(bank: Bank, macros: jinja2.Template) -> None:
    view = page(bank, "redovisning/2018/").view
    assert isinstance(view, AccountPage)
    html = macros.render(view=view)
    assert html.count("<table") == len(view.paper.tables)
    assert html.count('<mark class="kb-gap">') == sum(
        span.form == "gap" for words in view.paper.lines() for span in words
    ) - len([words for words in view.paper.head if any(span.form == "gap" for span in words)])
    assert '<a href="/projekt/samlarteam/">Samlarteam</a>' in html
    assert all(f'id="{heading.anchor}"' in html for heading in view.headings)
    assert all(f'id="tabell-{table.number}"' in html for table in view.paper.tables)


def test_words_of_accounts_at_fault_leave_the_other_pages(sample_with: Callable[[dict[str, str | None]], Bank]) -> None:
    bank = sample_with({"vokabular/redovisning.yml": None})
    assert [problem.message for problem in bank.catalogue.errors] == ["filen med redovisningens ord saknas"]
    urls = {one.url for one in pages_of(bank)}
    assert "ar/2018/" in urls
    assert "redovisning/" not in urls
    call = page(bank, "utlysningar/2018/").view
    assert isinstance(call, CallPage)
    assert call.account_page is None
