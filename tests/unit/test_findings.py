"""What the projects of a term have shown, on the page of the term."""

from collections.abc import Callable
from datetime import date

import pytest
from support import ROOT, pages_of

from kunskapsbank.bank import Bank, open_bank
from kunskapsbank.model import facets
from kunskapsbank.pages.findings import GATHERED, Findings
from kunskapsbank.pages.terms import TermPage

TRAPPAN, REPORT = "projekt/trappan/index.md", "projekt/trappan/2016-slutrapport.md"


@pytest.fixture(scope="module")
def real() -> Bank:
    return open_bank(ROOT / "content", date(2026, 11, 27))


def term(bank: Bank, url: str) -> TermPage:
    view = next(page.view for page in pages_of(bank) if page.url == url)
    assert isinstance(view, TermPage)
    return view


def findings(bank: Bank, url: str) -> Findings:
    found = term(bank, url).findings
    assert found is not None
    return found


def test_results_with_project_evidence_and_source_and_last_what_is_untold(
    sample_with: Callable[[dict[str, str]], Bank], written: Callable[..., str]
) -> None:
    told = written(REPORT, ("belägg: ingen redovisning", "resultat: Färre blev vräkta.\nbelägg: egen bedömning"))
    found = findings(sample_with({REPORT: told}), "stadsdelar/farsta/")
    [one] = found.found
    assert (one.text, one.work.label, one.work.note) == ("Färre blev vräkta.", "Trappan", "Farsta, 2016")
    assert [link.label for link in one.evidence] == ["egen bedömning"]
    assert [link.label for link in one.sources] == ["redaktionen"]
    assert found.untold == ()


def test_nothing_told_and_nothing_tried(sample: Bank) -> None:
    assert [link.label for link in findings(sample, "stadsdelar/farsta/").untold] == ["Trappan"]
    nothing = findings(sample, "metoder/studiecirkel/")
    assert (nothing.found, nothing.untold) == ((), ())


def test_best_known_first(real: Bank) -> None:
    strength = {term.id: term.position for term in real.catalogue.vocabularies["belägg"]}
    for facet in GATHERED:
        for entry in real.index.of(facet):
            found = findings(real, entry.url).found
            shown = [max(strength[link.url.split("/")[1]] for link in one.evidence if link.url) for one in found]
            assert shown == sorted(shown, reverse=True), entry.url


def test_each_project_and_research_report_is_told_or_untold_once(real: Bank) -> None:
    entry = next(entry for entry in real.index.of(facets.THEME) if entry.term.id == "barn-och-unga")
    found = findings(real, entry.url)
    shown = [link.url for link in (*(one.work for one in found.found), *found.untold)]
    assert len(shown) == len(set(shown))
    # One that never started has nothing to tell.
    assert set(shown) == {one.url for one in entry.projects if one.id != "alternativ-family-care"}


def test_an_outcome_says_from_when_it_is_known(real: Bank) -> None:
    [one] = term(real, "utfall/permanent-verksamhet/").happenings
    assert one.project.url == "projekt/stella/"
    assert (one.what, one.known) == ("Permanent från 2017", 2017)
    assert term(real, "utfall/permanent-verksamhet/").findings is None
    assert term(real, "teman/barn-och-unga/").happenings == ()
