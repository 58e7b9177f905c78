"""The page of gender-equality analyses: its figures are those of the lists, and its passages those of the documents."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from support import calls_of, pages_of, times_larger

from kunskapsbank.bank import Bank, open_bank
from kunskapsbank.model import facets
from kunskapsbank.pages import equality
from kunskapsbank.pages.charts import Chart
from kunskapsbank.pages.equality import EqualityPage
from kunskapsbank.pages.models import DocumentPage
from kunskapsbank.pages.terms import TermPage
from kunskapsbank.pages.years import YearPage

CONTENT = Path(__file__).parents[2] / "content"


@pytest.fixture(scope="module")
def real() -> Bank:
    return open_bank(CONTENT, date(2026, 11, 28))


@pytest.fixture(params=["sample", "real"])
def bank(request: pytest.FixtureRequest) -> Bank:
    found: Bank = request.getfixturevalue(request.param)
    return found


def shown(bank: Bank, url: str | None) -> object:
    return next(found.view for found in pages_of(bank) if found.url == url)


def equality_of(bank: Bank) -> EqualityPage:
    found = shown(bank, "jamstalldhet/")
    assert isinstance(found, EqualityPage)
    return found


def named(found: EqualityPage, anchor: str) -> Chart:
    return next(one for one in found.charts if one.anchor == anchor)


def with_status(bank: Bank, url: str | None) -> list[str]:
    """Return the statuses that the documents in a list show on their own pages."""
    view = shown(bank, url)
    if isinstance(view, YearPage):
        rows = [row for _, rows in view.kinds for row in rows]
    else:
        assert isinstance(view, TermPage)
        rows = list(view.documents)
    pages = [shown(bank, row.url) for row in rows]
    return [page.analysis.status.label for page in pages if isinstance(page, DocumentPage) and page.analysis]


def test_every_status_counts_the_documents_of_its_page(bank: Bank) -> None:
    found = named(equality_of(bank), "per-status")
    assert [bar.link.label.lower() for bar in found.bars] == [
        entry.term.label for entry in bank.index.of(facets.ANALYSIS)
    ]
    for bar in found.bars:
        assert bar.figures == (len(with_status(bank, bar.link.url)),)


@pytest.mark.parametrize("facet", [facet for facet, _ in equality.SPLIT_BY], ids=lambda facet: facet.path)
def test_figures_are_those_of_the_lists(bank: Bank, facet: facets.Facet) -> None:
    found = named(equality_of(bank), f"per-{bank.index.named(facet).id}")
    labels = [column.label.lower() for column in found.columns]
    assert found.bars
    for bar in found.bars:
        statuses = with_status(bank, bar.link.url)
        figures = dict(zip(labels, bar.figures, strict=True))
        assert figures["alla"] == len(statuses)
        without = [label for label in labels if label not in {"alla", "tar upp frågan"}]
        for label in without:
            assert figures[label] == statuses.count(label)
        assert figures["tar upp frågan"] == len(statuses) - sum(statuses.count(label) for label in without)


def test_the_numbers_at_the_top_leave_out_what_nobody_asked_for(real: Bank) -> None:
    found = equality_of(real)
    assert (found.asked_from, found.asked, found.told) == (2018, 20, 4)
    assert found.told == sum(bar.figures[1] for bar in named(found, "per-typer").bars)


def test_what_is_said_is_what_the_documents_say(real: Bank) -> None:
    found = equality_of(real)
    assert [(said.row.title, said.status.label, [method.label for method in said.methods]) for said in found.said] == [
        ("Slutrapport 2022: Civilsamhället som resurs för nyanländas väg till egen bostad", "nämns", []),
        ("Slutrapport 2022: Våga anmäla våga vittna", "nämns", []),
        ("Slutrapport 2018: Lösningsinriktad intensiv hemmabaserad familjebehandling (LIHF)", "nämns", []),
        ("Slutrapport 2018: Södermalmsmodellen", "genomförd", ["Sjuan"]),
    ]
    for said in found.said:
        page = shown(real, said.row.url)
        assert isinstance(page, DocumentPage)
        assert page.analysis
        assert page.analysis.summary == said.text


def test_analyses_that_were_made_stand_first_with_their_methods(real: Bank) -> None:
    assert [(one.row.title, [method.label for method in one.methods]) for one in equality_of(real).done] == [
        ("Slutrapport 2018: Södermalmsmodellen", ["Sjuan"])
    ]


def test_methods_of_analysis_lead_to_what_used_them(real: Bank) -> None:
    methods = {used.line.label: [link.label for link in used.documents] for used in equality_of(real).methods}
    assert methods == {
        "4R": [],
        "JämKAS": [],
        "könsuppdelad statistik": [],
        "Sjuan": ["Slutrapport 2018: Södermalmsmodellen"],
    }
    sjuan = shown(real, "jamstalldhetsmetoder/sjuan/")
    assert isinstance(sjuan, TermPage)
    assert [row.title for row in sjuan.documents] == methods["Sjuan"]


def test_the_page_is_there_also_where_no_editor_wrote_to_it(
    sample: Bank, sample_with: Callable[..., Bank], written: Callable[..., str]
) -> None:
    text = written("om/index.md")
    made = {page.file: page for page in pages_of(sample)}["jamstalldhet/index.md"]
    assert (made.title, made.markdown, made.written) == ("Jämställdhet", "", False)
    wrote = {page.file: page for page in pages_of(sample_with({"jamstalldhet/index.md": text}))}
    own = wrote["jamstalldhet/index.md"]
    assert own.written
    assert own.title != made.title
    assert own.markdown
    assert own.trail == ()
    assert isinstance(own.view, EqualityPage)


def test_the_work_grows_with_the_bank_and_no_faster(sample: Bank) -> None:
    small, large = (calls_of(equality.view, times_larger(sample, times)) for times in (40, 160))
    assert large < 4.2 * small
