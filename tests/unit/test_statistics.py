"""The statistics: every figure is that of the list behind it, and every bar as long as its figures say."""

from collections.abc import Callable
from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest
from support import calls_of, pages_of, times_larger

from kunskapsbank.bank import Bank, open_bank
from kunskapsbank.model import facets
from kunskapsbank.pages import statistics
from kunskapsbank.pages.charts import WAYS, Chart, Column, chart
from kunskapsbank.pages.models import Link, ProjectPage, Row
from kunskapsbank.pages.statistics import StatisticsPage
from kunskapsbank.pages.terms import TermPage
from kunskapsbank.pages.years import YearPage

CONTENT = Path(__file__).parents[2] / "content"


@pytest.fixture(scope="module")
def real() -> Bank:
    return open_bank(CONTENT, date(2026, 11, 22))


@pytest.fixture(params=["sample", "real"])
def bank(request: pytest.FixtureRequest) -> Bank:
    found: Bank = request.getfixturevalue(request.param)
    return found


def shown(bank: Bank, url: str | None) -> object:
    return next(found.view for found in pages_of(bank) if found.url == url)


def statistics_of(bank: Bank) -> StatisticsPage:
    found = shown(bank, "statistik/")
    assert isinstance(found, StatisticsPage)
    return found


def figures(found: Chart, column: str) -> dict[str | None, int]:
    """Return the figures of a column by the address that each line leads to; 0 where the column is left out."""
    labels = [one.label for one in found.columns]
    place = labels.index(column) if column in labels else None
    return {bar.link.url: bar.figures[place] if place is not None else 0 for bar in found.bars}


def named(bank: Bank, anchor: str) -> Chart:
    return next(found for found in statistics_of(bank).charts if found.anchor == anchor)


def money_lines(bank: Bank, rows: tuple[Row, ...]) -> int:
    """Return how many years of money the pages of some projects show."""
    pages = [shown(bank, row.url) for row in rows]
    return sum(len(page.money) for page in pages if isinstance(page, ProjectPage))


@pytest.mark.parametrize("facet", statistics.SPLIT_BY, ids=lambda facet: facet.path)
def test_figures_of_a_facet_are_those_of_its_terms_pages(bank: Bank, facet: facets.Facet) -> None:
    facet = bank.index.named(facet)
    found = named(bank, f"per-{facet.id}")
    listed = {page.url: page.view for page in pages_of(bank) if isinstance(page.view, TermPage)}
    used = {
        url
        for url, view in listed.items()
        if url.startswith(f"{facet.id}/") and not view.today and (view.projects or view.documents)
    }
    assert {bar.link.url for bar in found.bars} == used
    for url in used:
        assert figures(found, "Projekt")[url] == len(listed[url].projects)
        assert figures(found, "Dokument")[url] == len(listed[url].documents)
        assert figures(found, "Medel")[url] == money_lines(bank, listed[url].projects)


def test_grants_of_a_year_are_those_of_its_page(bank: Bank) -> None:
    found = named(bank, "medel-per-ar")
    for entry in bank.index.of(facets.YEAR):
        year = shown(bank, entry.url)
        assert isinstance(year, YearPage)
        inferred = sum("pågick" in line.note for line in year.grants)
        assert figures(found, "Alla").get(entry.url, 0) == len(year.grants)
        assert figures(found, "Slutledda").get(entry.url, 0) == inferred
        assert figures(found, "I källan").get(entry.url, 0) == len(year.grants) - inferred


def test_documents_of_a_year_are_those_of_its_page(bank: Bank) -> None:
    found = named(bank, "dokument-per-ar")
    for entry in bank.index.of(facets.YEAR):
        year = shown(bank, entry.url)
        assert isinstance(year, YearPage)
        assert figures(found, "Alla").get(entry.url, 0) == sum(len(rows) for _, rows in year.kinds)
    for bar in found.bars:
        assert bar.figures[0] == sum(bar.figures[1:])


def test_a_digest_and_a_call_are_no_original(real: Bank) -> None:
    found = named(real, "dokument-per-ar")
    assert figures(found, "Original") == dict.fromkeys(figures(found, "Alla"), 0)
    assert figures(found, "Utlysning")["ar/2018/"] == 1
    assert figures(found, "Sammandrag")["ar/2016/"] == 8


def test_the_numbers_at_the_top_are_those_of_the_lists(bank: Bank) -> None:
    projects, documents, _, grants = statistics_of(bank).figures
    found = named(bank, "medel-per-ar")
    assert projects.number == sum(not record.is_document for record in bank.catalogue.real)
    assert documents.number == sum(record.is_document for record in bank.catalogue.real)
    assert grants.number == sum(figures(found, "Alla").values())


def test_what_the_sources_count_stands_beside_what_the_bank_knows(real: Bank) -> None:
    told = [(year.label, year.note) for year in statistics_of(real).stated]
    assert told == [("2018", "10 projekt"), ("2020", "9 projekt"), ("2022", "8 projekt och 12 studieresor")]
    assert figures(named(real, "medel-per-ar"), "Alla")["ar/2020/"] == 1


def test_no_amount_is_told_where_no_source_has_one(real: Bank, sample: Bank) -> None:
    assert "Ingen källa anger" in statistics_of(real).note
    amounts = [grant.amount for record in sample.catalogue.real for grant in record.grants if grant.amount]
    assert amounts
    assert "Ingen källa" not in statistics_of(sample).note


# Bars


def test_bars_are_as_long_as_their_figures(bank: Bank) -> None:
    for found in statistics_of(bank).charts:
        drawn = [place for place, column in enumerate(found.columns) if column.way]
        longest = max((sum(bar.figures[place] for place in drawn) for bar in found.bars), default=0)
        for bar in found.bars:
            assert [part.way for part in bar.parts] == [
                found.columns[place].way for place in drawn if bar.figures[place]
            ]
            end = Fraction(0)
            for part, figure in zip(bar.parts, filter(None, (bar.figures[place] for place in drawn)), strict=True):
                start, length = (Fraction(text.removesuffix("%")) for text in (part.start, part.length))
                assert abs(length - Fraction(100 * figure, longest)) <= Fraction(1, 100)
                assert abs(start - end) <= Fraction(2, 100)
                end = start + length
            assert end <= 100


def test_a_column_without_figures_is_left_out() -> None:
    columns = (Column("Ett", 1), Column("Två", 2), Column("Tre"))
    found = chart("Rubrik", "rubrik", "Vad", columns, [(Link("a"), (3, 0, 1)), (Link("b"), (1, 0, 0))])
    assert [column.label for column in found.columns] == ["Ett", "Tre"]
    assert [bar.figures for bar in found.bars] == [(3, 1), (1, 0)]
    assert [[part.length for part in bar.parts] for bar in found.bars] == [["100.00%"], ["33.33%"]]
    assert found.key == (), "there is only one way to draw, so nothing to tell apart"


def test_a_chart_without_lines_is_empty() -> None:
    found = chart("Rubrik", "rubrik", "Vad", (Column("Ett", 1),), [])
    assert (found.columns, found.bars) == ((), ())


def test_every_part_of_a_bar_can_be_told_from_the_others(bank: Bank) -> None:
    for found in statistics_of(bank).charts:
        ways = [column.way for column in found.columns if column.way]
        assert len(ways) == len(set(ways))
        assert all(way <= WAYS for way in ways)


# The map


def test_tiles_count_the_projects_of_the_page_they_lead_to(bank: Bank) -> None:
    maps = statistics_of(bank).maps
    assert maps
    for place, one in enumerate(maps):
        for tile in one.tiles:
            term = shown(bank, tile.link.url)
            assert isinstance(term, TermPage)
            if place == 0:
                assert tile.projects == len(term.projects)
            assert tile.projects <= len(term.projects)
            assert bool(tile.shade) == bool(tile.projects)


def test_there_is_a_map_for_each_division_with_the_names_of_its_time(real: Bank) -> None:
    today, between, before = statistics_of(real).maps
    assert [one.heading for one in (today, between, before)] == [
        "Sedan den 1 juli 2023",
        "1 juli 2020 – 30 juni 2023",
        "Till och med den 30 juni 2020",
    ]
    names = [{tile.link.label for tile in one.tiles} for one in (today, between, before)]
    assert [len(one) for one in names] == [11, 13, 14]
    assert names[0] - names[1] == {"Järva", "Norra innerstaden"}
    assert names[1] - names[0] == {"Rinkeby-Kista", "Spånga-Tensta", "Norrmalm", "Östermalm"}
    assert names[1] - names[2] == {"Hägersten-Älvsjö"}
    assert names[2] - names[1] == {"Hägersten-Liljeholmen", "Älvsjö"}
    for one in (today, between, before):
        assert len({(tile.column, tile.row) for tile in one.tiles}) == len(one.tiles)
        assert [owner.label for owner in one.apart] == ["Socialförvaltningen"]


def test_an_older_map_has_only_what_had_begun(real: Bank) -> None:
    today, _, before = statistics_of(real).maps
    farsta = [next(tile.projects for tile in one.tiles if tile.link.label == "Farsta") for one in (before, today)]
    # Våga anmäla våga vittna got its first money for 2022.
    assert farsta == [5, 6]


def test_districts_without_places_have_no_map(sample_with: Callable[..., Bank], written: Callable[..., str]) -> None:
    places = [(f"    plats: {place}\n", "") for place in ("[2, 2]", "[1, 1]", "[1, 1]", "[2, 1]")]
    bank = sample_with({"vokabular/ägare.yml": written("vokabular/ägare.yml", *places)})
    assert statistics_of(bank).maps == ()


# Large banks


def test_the_work_grows_with_the_bank_and_no_faster(sample: Bank) -> None:
    small, large = (calls_of(statistics.page, times_larger(sample, times)) for times in (40, 160))
    assert large < 4.2 * small
