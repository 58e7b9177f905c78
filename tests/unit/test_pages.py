from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import fields, is_dataclass
from datetime import date
from pathlib import Path
from typing import TypeVar

import pytest
from support import pages_of

from kunskapsbank.bank import Bank, open_bank
from kunskapsbank.model import facets
from kunskapsbank.pages.lists import ListPage, ListSection
from kunskapsbank.pages.models import CallPage, DocumentPage, Link, ProjectPage, Row, SitePage
from kunskapsbank.pages.start import StartPage
from kunskapsbank.pages.terms import CrossPage, FacetPage, TermLine, TermPage, YearCount
from kunskapsbank.pages.written import GlossaryLine
from kunskapsbank.pages.years import YearPage

CONTENT = Path(__file__).parents[2] / "content"
View = TypeVar("View")


@pytest.fixture(scope="session")
def real() -> Bank:
    return open_bank(CONTENT, date(2026, 11, 22))


@pytest.fixture(params=["sample", "real"])
def bank(request: pytest.FixtureRequest) -> Bank:
    found: Bank = request.getfixturevalue(request.param)
    return found


def page(bank: Bank, url: str) -> SitePage:
    return next(found for found in pages_of(bank) if found.url == url)


def view(bank: Bank, url: str, kind: type[View]) -> View:
    found = page(bank, url).view
    assert isinstance(found, kind)
    return found


def parts(value: object) -> Iterator[object]:
    """Go through a view and everything in it."""
    yield value
    if isinstance(value, tuple | list):
        for item in value:
            yield from parts(item)
    elif is_dataclass(value):
        for found in fields(value):
            yield from parts(getattr(value, found.name))


def titles(rows: tuple[Row, ...]) -> list[str]:
    return [row.title for row in rows]


def labels(links: tuple[Link, ...] | tuple[TermLine, ...]) -> list[str]:
    return [link.label for link in links]


def panel(view: DocumentPage | ProjectPage | CallPage) -> dict[str, list[str]]:
    return {line.label: labels(line.values) for line in view.panel}


# What holds for every page


def test_every_link_leads_to_a_page(bank: Bank) -> None:
    urls = {found.url for found in pages_of(bank)}
    for found in pages_of(bank):
        for part in parts((found.view, found.trail)):
            if isinstance(part, Link | TermLine | Row) and part.url is not None and not part.url.startswith("mailto:"):
                assert part.url.partition("#")[0] in urls, (found.file, part)


def test_counts_are_those_of_the_pages_they_lead_to(bank: Bank) -> None:
    def documents(url: str) -> int:
        shown = page(bank, url).view
        if isinstance(shown, TermPage | CrossPage):
            return len(shown.documents)
        assert isinstance(shown, YearPage)
        return sum(len(rows) for _, rows in shown.kinds)

    for found in pages_of(bank):
        for part in parts(found.view):
            if isinstance(part, TermLine):
                assert part.documents == documents(part.url), (found.file, part)
            elif isinstance(part, YearCount) and isinstance(found.view, TermPage):
                assert 0 < part.documents
                assert 0 <= part.share <= 100
            elif isinstance(part, Link) and part.count is not None and part.url and part.url.count("/") > 1:
                assert part.count == documents(part.url), (found.file, part)


def test_every_page_has_title_summary_and_way_back(bank: Bank) -> None:
    for found in pages_of(bank):
        assert found.title
        assert found.template.endswith(".html")
        assert found.url in {""} or found.trail or found.url.count("/") == 1, found.file


def test_no_two_pages_have_the_same_title(bank: Bank) -> None:
    titles = Counter(found.title for found in pages_of(bank))
    assert [title for title, number in titles.items() if number > 1] == []


def test_every_record_has_its_page_and_is_in_the_lists(bank: Bank) -> None:
    urls = {found.url for found in pages_of(bank) if found.written}
    assert {record.url for record in bank.catalogue} <= urls
    in_new = {row.url for section in view(bank, "nytt/", ListPage).sections for _, row in section.rows}
    assert in_new == {record.url for record in bank.catalogue.real}


def test_cross_pages_exist_only_where_there_are_records(bank: Bank) -> None:
    crosses = {found.url for found in pages_of(bank) if isinstance(found.view, CrossPage)}
    expected = {
        f"{first.url}{second.term.id}/"
        for one, other in ((facets.OWNER, facets.THEME), (facets.YEAR, facets.KIND))
        for first in bank.index.of(one)
        for second in bank.index.of(other)
        if {record.id for record in first.members} & {record.id for record in second.members}
    }
    assert crosses == expected
    for url in crosses:
        found = view(bank, url, CrossPage)
        assert found.documents or found.projects


def test_examples_stand_on_their_own_page_and_nowhere_else(real: Bank) -> None:
    invented = {record.url for record in real.catalogue if record.example}
    listed = {row.url for section in view(real, "exempel/", ListPage).sections for _, row in section.rows}
    assert listed == invented
    assert len(invented) == 6
    for found in pages_of(real):
        rows = [part for part in parts(found.view) if isinstance(part, Row)]
        assert all(row.example == (row.url in invented) for row in rows)
        if found.url != "exempel/" and found.url not in invented:
            assert [row.url for row in rows if row.example] == [], found.url


def test_examples_count_nowhere(real: Bank) -> None:
    assert not [record.id for entry in real.index for record in entry.members if record.example]
    assert "ar/2026/" not in {found.url for found in pages_of(real)}


# Districts and other terms


def test_old_name_leads_to_todays_and_back(sample: Bank) -> None:
    nordby = view(sample, "stadsdelar/nordby/", TermPage)
    assert labels(nordby.today) == ["Storby"]
    assert nordby.before == ()
    assert nordby.changed == "30 juni 2020"
    storby = view(sample, "stadsdelar/storby/", TermPage)
    assert labels(storby.before) == ["Nordby", "Sydby"]
    assert storby.today == ()
    assert storby.changed == "1 juli 2020"


def test_district_of_today_shows_what_its_predecessors_wrote(sample: Bank) -> None:
    storby = view(sample, "stadsdelar/storby/", TermPage)
    assert titles(storby.projects) == ["Bryggan"]
    # One document a year: bars of one length would say nothing.
    assert storby.by_year == ()
    crossed = view(sample, "stadsdelar/storby/socialpsykiatri/", CrossPage)
    assert crossed.note == "Här räknas också det som Nordby och Sydby skrev."
    assert view(sample, "stadsdelar/nordby/socialpsykiatri/", CrossPage).note == ""


def test_districts_are_grouped_by_what_they_are(sample: Bank) -> None:
    groups = view(sample, "stadsdelar/", FacetPage).groups
    assert {group.heading: labels(group.lines) for group in groups} == {
        "Stadsdelar i dag": ["Farsta", "Storby"],
        "Gemensamt för alla": ["Socialförvaltningen"],
        "Tidigare namn": ["Nordby", "Sydby"],
    }


def test_the_page_of_owners_has_the_map_of_today(real: Bank) -> None:
    found = view(real, "stadsdelar/", FacetPage).map
    assert found
    assert found.heading == "Sedan den 1 juli 2023"
    assert {tile.link.label: tile.projects for tile in found.tiles}["Farsta"] == 6
    assert view(real, "teman/", FacetPage).map is None


def test_term_names_related_terms_first_then_those_it_stands_with(sample: Bank) -> None:
    assert labels(view(sample, "teman/barn-och-unga/", TermPage).related) == ["socialpsykiatri"]
    assert labels(view(sample, "malgrupper/vrakningshotade/", TermPage).related) == []


def test_themes_lead_to_districts_and_districts_to_themes(sample: Bank) -> None:
    assert labels(view(sample, "teman/barn-och-unga/", TermPage).crossings) == ["Nordby", "Storby", "Sydby"]
    assert labels(view(sample, "stadsdelar/farsta/", TermPage).crossings) == ["hemlöshet och boende"]
    assert view(sample, "metoder/motiverande-samtal/", TermPage).crossings == ()


def test_term_without_records_has_a_page(sample: Bank) -> None:
    found = view(sample, "metoder/studiecirkel/", TermPage)
    assert (found.documents, found.projects, found.by_year) == ((), (), ())


# Years


def test_year_joins_call_grants_and_documents(sample: Bank) -> None:
    year = view(sample, "ar/2018/", YearPage)
    assert year.call is not None
    assert year.call.row.title == "Utlysning 2018"
    [grant] = year.grants
    assert (grant.project.title, grant.form, grant.goes_on) == ("Bryggan", "LUM", True)
    assert grant.amount == "500\u00a0000 kr"
    assert [(kind.label, titles(rows)) for kind, rows in year.kinds] == [
        ("slutrapport", ["Slutrapport 2018: Bryggan"]),
        ("forskningsrapport", ["Samtal som metod"]),
        ("utlysning", ["Utlysning 2018"]),
    ]


def test_year_names_the_decision_that_accounts_for_it(sample: Bank) -> None:
    year = view(sample, "ar/2016/", YearPage)
    assert year.call is None
    assert year.accounted_in is not None
    assert year.accounted_in.row.title == "Utlysning 2018"
    assert [(link.label, link.count) for link in year.stated] == [("beviljade projekt enligt källan", 1)]
    assert year.note == "Antalet studieresor framgår inte av källan."


def test_last_year_of_money_does_not_go_on(sample: Bank) -> None:
    assert [grant.goes_on for grant in view(sample, "ar/2019/", YearPage).grants] == [False]


def test_years_follow_each_other_without_the_empty_ones(sample: Bank) -> None:
    year = view(sample, "ar/2019/", YearPage)
    assert (year.previous, year.following) == (Link("2018", "ar/2018/"), Link("2021", "ar/2021/"))
    assert view(sample, "ar/2021/", YearPage).following is None
    assert view(sample, "ar/2016/", YearPage).previous is None


def test_call_that_accounts_for_a_year_without_records(
    sample_with: Callable[[dict[str, str]], Bank], written: Callable[..., str]
) -> None:
    bank = sample_with({"utlysningar/2018.md": written("utlysningar/2018.md", ("  år: 2016", "  år: 2015"))})
    assert view(bank, "utlysningar/2018/", CallPage).account is None


# Projects and documents


def test_project_page(sample: Bank) -> None:
    found = view(sample, "projekt/bryggan/", ProjectPage)
    # Both documents are digests, and their texts are shown below the project's own.
    assert found.documents == ()
    assert "\x1e2018-slutrapport Slutrapport 2018, i sammandrag" in page(sample, "projekt/bryggan/").markdown
    assert "\x1e2019-projektplan Projektplan 2019, i sammandrag" in page(sample, "projekt/bryggan/").markdown
    assert [(line.year.label, line.form, line.amount) for line in found.money] == [
        ("2018", "LUM", "500\u00a0000 kr"),
        ("2019", "LUM", "framgår inte av källan"),
    ]
    assert panel(found)["Även kallat"] == ["Bron"]
    assert panel(found)["Jämställdhetsanalys"] == ["genomförd"]


def test_project_page_lists_the_documents_that_it_does_not_show(sample: Bank) -> None:
    found = view(sample, "projekt/trappan/", ProjectPage)
    assert titles(found.documents) == ["Slutrapport 2016: Trappan"]
    assert view(sample, "projekt/trappan/2016-slutrapport/", DocumentPage).shown_whole is None


def test_document_page(sample: Bank) -> None:
    found = view(sample, "projekt/bryggan/2018-slutrapport/", DocumentPage)
    assert found.project == Link("Bryggan", "projekt/bryggan/")
    assert titles(found.siblings) == ["Projektplan 2019: Bryggan"]
    assert found.shown_whole == found.project
    assert not {"Ägare", "Målgrupper", "Metoder"} & panel(found).keys()
    assert (panel(found)["År"], panel(found)["Rapportår"]) == (["2018"], ["2019"])
    assert found.analysis is not None
    assert (found.analysis.status.label, found.analysis.summary) == ("genomförd", "Flickor kom oftare än pojkar.")
    assert labels(found.analysis.methods) == ["Sjuan"]
    assert ["sammandrag" in notice for notice in found.notices] == [True]
    assert labels(page(sample, "projekt/bryggan/2018-slutrapport/").trail) == ["Projekt", "Bryggan"]


def test_invented_document_says_so(real: Bank) -> None:
    found = view(real, "resor/2022-goteborg/", DocumentPage)
    assert ["påhittat" in notice for notice in found.notices] == [True]
    assert found.analysis is None


def test_related_are_other_projects_documents_one_each(sample: Bank) -> None:
    found = view(sample, "resor/2021-malmo/", DocumentPage)
    # Both documents of Bryggan share target group and theme with the trip: one of them is enough.
    assert titles(one.row for one in found.related) == ["Slutrapport 2018: Bryggan", "Samtal som metod"]
    assert view(sample, "projekt/trappan/", ProjectPage).related == ()
    plan = view(sample, "projekt/bryggan/2019-projektplan/", DocumentPage)
    assert "Slutrapport 2018: Bryggan" not in titles(one.row for one in plan.related)


def test_rarer_terms_weigh_more(sample_with: Callable[[dict[str, str]], Bank], written: Callable[..., str]) -> None:
    trappan = "projekt/trappan/index.md"
    rare = written(trappan, ("Trappan", "Räcket"))
    common = written(trappan, ("Trappan", "Golvet"), ("vräkningshotade", "unga med psykisk ohälsa"))
    bank = sample_with({"projekt/racket/index.md": rare, "projekt/golvet/index.md": common})
    related = view(bank, "projekt/trappan/", ProjectPage).related
    assert titles(one.row for one in related) == ["Räcket", "Golvet"]


def test_call_page_says_what_no_source_states(sample: Bank) -> None:
    found = view(sample, "utlysningar/2018/", CallPage)
    assert found.direction == ("tidigt stöd", "jämställdhet")
    limits = {line.label: labels(line.values) for line in found.rules}
    assert limits["Högst per projekt"] == ["750\u00a0000 kr"]
    assert limits["Högst per studieresa"] == ["framgår inte av källan"]
    assert limits["Ansökningar per stadsdelsförvaltning"] == ["3"]
    assert found.account == Link("Projekten 2016", "ar/2016/")
    assert panel(found)["Ansökan"] == ["1 september 2017 – 15 oktober 2017"]


def test_call_page_begins_with_what_an_applicant_asks(real: Bank) -> None:
    glance = {line.question: line for line in view(real, "utlysningar/2024/", CallPage).glance}
    assert glance["Ett projekt kan få"].text == (
        "Högst 500\u00a0000 kr om året, tre år i rad. Högst 2 projekt per stadsdelsförvaltning."
    )
    trip = glance["En studieresa kan få"]
    assert not trip.known
    assert trip.text == "Högsta belopp framgår inte av källan. Högst 2 resor per stadsdelsförvaltning."
    assert trip.links == (
        Link("Utlysning 2020", "utlysningar/2020/", note="den senaste som anger det: högst 25\u00a0000 kr"),
    )
    assert glance["Senaste utlysningen"].links == ()
    older = {line.question: line for line in view(real, "utlysningar/2018/", CallPage).glance}
    assert labels(older["Senaste utlysningen"].links) == ["Utlysning 2024"]
    assert older["Ett projekt kan få"].text == (
        "Högst 750\u00a0000 kr. "
        "Högst 3 ansökningar beviljade, projekt och resor sammanräknade per stadsdelsförvaltning."
    )


# Lists


def sections(found: tuple[ListSection, ...]) -> dict[str, list[str]]:
    return {section.heading: [name or row.title for name, row in section.rows] for section in found}


def test_alphabet_has_other_names_too(sample: Bank) -> None:
    assert sections(view(sample, "a-o/", ListPage).sections) == {
        "B": ["Bron", "Bryggan"],
        "R": ["Reserapport: Samtal med unga i Malmö"],
        "S": ["Samtal som metod"],
        "T": ["Trappan"],
    }


def test_alphabet_ends_in_å_ä_ö(sample_with: Callable[[dict[str, str]], Bank], written: Callable[..., str]) -> None:
    trappan = "projekt/trappan/index.md"
    aliases = "alias: [Zenit, Örnen, Ängen, Ån, '”Ute” igen', '24 timmar']\n"
    found = view(sample_with({trappan: written(trappan, ("år:", f"{aliases}år:"))}), "a-o/", ListPage)
    headings = [section.heading for section in found.sections]
    assert headings == ["0–9", "B", "R", "S", "T", "U", "Z", "Å", "Ä", "Ö"]
    anchors = [section.anchor for section in found.sections]
    assert anchors[0] == "bokstav-siffror"
    assert anchors[-3:] == ["bokstav-aa", "bokstav-ae", "bokstav-oe"]


def test_newest_in_the_bank_first(sample: Bank) -> None:
    found = sections(view(sample, "nytt/", ListPage).sections)
    assert list(found) == ["22 november 2026", "21 november 2026", "20 november 2026"]
    assert found["22 november 2026"] == ["Reserapport: Samtal med unga i Malmö"]


def test_projects_by_their_last_year(sample: Bank) -> None:
    assert sections(view(sample, "projekt/", ListPage).sections) == {"2019": ["Bryggan"], "2016": ["Trappan"]}


def test_start_page_counts(sample: Bank) -> None:
    found = view(sample, "", StartPage)
    assert (found.documents, found.projects) == (6, 2)
    assert found.call is not None
    assert found.call.row.title == "Utlysning 2018"


def test_the_start_page_tells_the_best_known_results_of_different_projects(real: Bank) -> None:
    told = view(real, "", StartPage).told
    assert len({one.project.url for one in told}) == 3
    assert all(one.result and one.evidence for one in told)
    positions = {term.label: term.position for term in real.catalogue.vocabularies["belägg"]}
    strongest = [max(positions[link.label] for link in one.evidence) for one in told]
    assert strongest == sorted(strongest, reverse=True)
    projects = [record for record in real.catalogue.real if record.result and record.project]
    assert strongest[0] == max(term.position for record in projects for term in record.evidence)


def test_an_other_name_beside_the_name_itself_is_left_out_of_the_alphabet(
    sample_with: Callable[[dict[str, str]], Bank], written: Callable[..., str]
) -> None:
    trappan = "projekt/trappan/index.md"
    changed = written(trappan, ("år:", "alias: [Trappans projekt, Trafiken]\når:"))
    found = sections(view(sample_with({trappan: changed}), "a-o/", ListPage).sections)
    assert found["T"] == ["Trafiken", "Trappan"]


def test_glossary_has_words_and_terms(sample: Bank) -> None:
    lines = [part for part in parts(page(sample, "om/ord/").view) if isinstance(part, GlossaryLine)]
    words = {line.word: line for line in lines}
    assert words["motiverande samtal"].other_names == ("MI",)
    assert words["motiverande samtal"].link == Link("Metoder", "metoder/motiverande-samtal/")
    assert words["sdf"].link is None
    assert "redaktionen" not in words


def test_links_may_lead_to_just_the_pages_that_are_made(sample: Bank, bank: Bank) -> None:
    for one in (sample, bank):
        made = {found.file for found in pages_of(one) if not found.written}
        # Where the bank makes a page that an editor has written, what is written is shown.
        assert made == {file for file in one.catalogue.snapshot.generated if file not in one.catalogue.bodies}
