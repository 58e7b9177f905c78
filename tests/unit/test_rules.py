"""The page of rules: what it tells of a call's grants is what the check tells, and no guess is made."""

import shutil
from datetime import date
from pathlib import Path

import pytest
from support import ROOT, SAMPLE, calls_of, lay_over, pages_of, times_larger

from kunskapsbank import checks
from kunskapsbank.bank import Bank, open_bank
from kunskapsbank.checks import grants
from kunskapsbank.pages import rules
from kunskapsbank.pages.rules import CallRules, RulesPage
from kunskapsbank.pages.years import YearPage

CONTENT = Path(__file__).parents[2] / "content"
TODAY = date(2026, 11, 28)
CASES = sorted(path for path in (ROOT / "tests/cases/checks").iterdir() if path.name.startswith("calls-"))


@pytest.fixture(scope="module")
def real() -> Bank:
    return open_bank(CONTENT, TODAY)


@pytest.fixture(params=["sample", "real"])
def bank(request: pytest.FixtureRequest) -> Bank:
    found: Bank = request.getfixturevalue(request.param)
    return found


def calls(bank: Bank) -> dict[int, CallRules]:
    """Return what the page of rules says of each call, by its year, in the order of the page."""
    found = next(page.view for page in pages_of(bank) if page.url == "regler/")
    assert isinstance(found, RulesPage)
    return {one.year: one for one in found.calls}


@pytest.mark.parametrize("case", CASES, ids=lambda path: path.name)
def test_what_is_above_a_limit_is_what_the_check_tells(case: Path, tmp_path: Path) -> None:
    content = tmp_path / "content"
    shutil.copytree(SAMPLE, content)
    lay_over(case, content)
    bank = open_bank(content, TODAY)
    files = {record.url: record.file for record in bank.catalogue}
    on_the_page = sorted((files[excess.row.url], excess.told) for one in calls(bank).values() for excess in one.above)
    told = [
        problem
        for problem in checks.remarks(bank.catalogue)
        if problem.rule in grants.CHECK.rules and problem.rule != "redovisning"
    ]
    assert [file for file, _ in on_the_page] == sorted(problem.file for problem in told)
    for file, sentence in on_the_page:
        assert [problem for problem in told if problem.file == file and sentence.endswith(problem.message)]


def test_some_case_is_above_each_limit() -> None:
    expected = "".join((case / "expected.txt").read_text("utf-8") for case in CASES)
    assert all(f"[{rule}]" in expected for rule in grants.CHECK.rules)


def test_grants_are_those_of_the_years_page(bank: Bank) -> None:
    years = {page.url: page.view for page in pages_of(bank)}
    for year, one in calls(bank).items():
        page = years.get(f"ar/{year}/")
        assert one.grants == (page.grants if isinstance(page, YearPage) else ())


def test_calls_stand_newest_first_with_their_direction(real: Bank) -> None:
    found = calls(real)
    assert list(found) == [2024, 2022, 2020, 2018]
    for year, one in found.items():
        record = real.catalogue.get(f"utlysningar-{year}")
        assert record
        assert record.call
        assert one.call.direction == record.call.direction != ()


def test_what_no_source_states_is_not_compared(real: Bank) -> None:
    found = calls(real)
    assert {year: one.compared for year, one in found.items()} == {
        2024: ("Banken känner inte till några medel för 2024, så det finns inget att jämföra med.",),
        2022: ("Källan anger inga gränser, så det finns inget att jämföra med.",),
        2020: (
            "Inget av det som banken känner till går över gränserna.",
            "Hur mycket varje projekt fick framgår inte av källan, så beloppen går inte att jämföra.",
        ),
        2018: (
            "Inget av det som banken känner till går över gränserna.",
            "Hur mycket varje projekt fick framgår inte av källan, så beloppen går inte att jämföra.",
        ),
    }
    assert [one.year for one in found.values() if one.above] == []


def test_what_a_call_states_and_what_it_does_not_is_all_there_is(real: Bank) -> None:
    found = calls(real)
    told = {field.label: [value.label for value in field.values] for field in found[2020].facts}
    assert told == {
        "Ansökan": ["2 maj 2019 – 20 september 2019"],
        "Meddela oanvända medel senast": ["7 juni 2020"],
        "Högst per projekt": ["500\N{NO-BREAK SPACE}000 kr"],
        "Högst per studieresa": ["25\N{NO-BREAK SPACE}000 kr"],
        "Projekt per stadsdelsförvaltning": ["2"],
        "Studieresor per stadsdelsförvaltning": ["2"],
        "År i rad": ["3"],
    }
    assert found[2020].untold == ("beslutad", "ansökningar per stadsdelsförvaltning")
    assert found[2022].facts == ()


def test_what_the_source_counts_stands_beside_what_the_bank_has(real: Bank) -> None:
    found = calls(real)
    counted = {year: [figure.count for figure in one.stated] for year, one in found.items()}
    assert counted == {2024: [], 2022: [8, 12], 2020: [9], 2018: [10]}
    assert {year: len(one.grants) for year, one in found.items()} == {2024: 0, 2022: 8, 2020: 1, 2018: 11}


def test_the_work_grows_with_the_bank_and_no_faster(sample: Bank) -> None:
    small, large = (calls_of(rules.view, times_larger(sample, times)) for times in (40, 160))
    assert large < 4.2 * small
