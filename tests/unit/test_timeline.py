"""The line of time of a project: one set of events, drawn and listed."""

from collections.abc import Callable

from support import pages_of

from kunskapsbank.bank import Bank
from kunskapsbank.pages.models import ProjectPage
from kunskapsbank.pages.timeline import Timeline


def timeline(bank: Bank, url: str) -> Timeline:
    view = next(page.view for page in pages_of(bank) if page.url == url)
    assert isinstance(view, ProjectPage)
    return view.timeline


def listed(found: Timeline) -> list[tuple[str, str, str, str]]:
    return [(event.when, event.lane, event.what.label, event.note) for event in found.events]


def test_events_in_order_of_time(sample: Bank) -> None:
    found = timeline(sample, "projekt/bryggan/")
    assert listed(found) == [
        ("Okänt år", "Sedan", "permanent verksamhet", ""),
        ("2017", "Utlysning", "Utlysning 2018", ""),
        ("2018", "Pengar", "LUM", "500\u00a0000 kr"),
        ("2019", "Pengar", "LUM", ""),
        ("2019", "Dokument", "Slutrapport", "om 2018"),
        ("2019", "Dokument", "Projektplan", ""),
    ]


def test_picture_has_a_lane_for_each_sort_and_a_mark_for_each_run_of_years(sample: Bank) -> None:
    found = timeline(sample, "projekt/bryggan/")
    assert found.years == ((2017, "16.66%"), (2018, "50.00%"), (2019, "83.33%"))
    assert [(lane.label, [(mark.start, mark.length) for mark in lane.marks]) for lane in found.lanes] == [
        ("Utlysning", [("0.00%", "33.33%")]),
        ("Pengar", [("33.33%", "33.33%"), ("66.66%", "33.33%")]),
        ("Dokument", [("66.66%", "33.33%")]),
    ]


def test_years_of_the_same_money_are_one_run(
    sample_with: Callable[[dict[str, str]], Bank], written: Callable[..., str]
) -> None:
    file = "projekt/trappan/index.md"
    grants = "".join(f"  - år: {year}\n    form: LUM\n" for year in (2013, 2014, 2016))
    bank = sample_with(
        {file: written(file, ("år: 2016\n", "år: [2013, 2014, 2016]\n"), ("  - år: 2016\n    form: LUM\n", grants))}
    )
    found = timeline(bank, "projekt/trappan/")
    assert listed(found)[0] == ("2013–2014, 2016", "Pengar", "LUM", "")
    [money] = [lane for lane in found.lanes if lane.label == "Pengar"]
    assert [(mark.start, mark.length) for mark in money.marks] == [("0.00%", "40.00%"), ("60.00%", "20.00%")]


def test_what_is_drawn_is_what_is_listed(bank: Bank) -> None:
    for project in bank.catalogue.real_projects:
        found = timeline(bank, project.url)
        dated = {event.lane for event in found.events if event.years}
        assert {lane.label for lane in found.lanes} == dated
        covered = {year for event in found.events for year in event.years}
        assert {year for year, _ in found.years} >= covered
