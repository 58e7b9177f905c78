"""The numbers of a year, stated and counted, and the limits of a call, as accounts tell them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kunskapsbank.accounts.paper import Draft, line
from kunskapsbank.accounts.parts import count, projects_text, trips_text
from kunskapsbank.swedish.phrases import date_text, listed, number_text, number_word

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kunskapsbank.accounts.year import Year
    from kunskapsbank.model.account_words import AccountWords
    from kunskapsbank.model.record import Call

NOT_STATED = "anges inte"


def numbers(draft: Draft, year: Year) -> None:
    """Show the numbers that the source states beside those that are counted in the bank."""
    heads = ("Uppgift", "Enligt källan", "I kunskapsbanken")
    rows = ((line(name), line(stated), line(counted)) for name, stated, counted in figures(year))
    draft.table(f"Siffror för {year.year}", heads, rows)


def figures(year: Year) -> Iterator[tuple[str, str, str]]:
    """Yield each figure of a year: what it is, what the source states, and what is counted in the bank."""
    reports = [one.report for one in year.granted if one.report]
    inferred = sum(one.grant.inferred for one in year.granted)
    again = number_text(len(year.again)) if year.is_told_who_goes_on else "framgår inte"
    yield "Projekt som beviljades medel", _stated(year.stated_projects), number_text(len(year.granted))
    if inferred:
        yield "– därav bara omnämnda som pågående", "–", number_text(inferred)
    yield "Projekt som aldrig startade", "–", number_text(len(year.never_started))
    yield f"Projekt som fick medel även för {year.year + 1}", "–", again
    yield "Projekt vars resultat är känt", "–", number_text(sum(bool(one.result) for one in year.granted))
    yield "Slutrapporter i original", "–", number_text(sum(report.is_original for report in reports))
    yield "Sammandrag av redovisningen", "–", number_text(sum(report.digest for report in reports))
    yield "Projekt vars jämställdhetsanalys är omnämnd", "–", number_text(sum(one.analysed for one in year.granted))
    yield "Forskningsrapporter", "–", number_text(len(year.research))
    yield "Studieresor som beviljades medel", _stated(year.stated_trips), number_text(len(year.trips))


def _stated(number: int | None) -> str:
    return NOT_STATED if number is None else number_text(number)


def rules(draft: Draft, call: Call, words: AccountWords) -> None:
    """Tell a call's window and limits under the headings of the committee, as far as they are known."""
    limits = call.limits
    window = (
        [words.account.one("window", begins=date_text(call.opens), ends=date_text(call.closes))]
        if call.opens and call.closes
        else []
    )
    _rule(draft, words, "call", [*window, *_numbers_per_district(call, words.office)])
    project = []
    if limits.project_amount is not None:
        project.append(f"Ett projekt kan beviljas högst {number_text(limits.project_amount)} kronor för ett år.")
    if limits.years_in_a_row is not None:
        project.append(f"Samma projekt kan beviljas medel högst {number_word(limits.years_in_a_row)} år i rad.")
    if call.unused_told_by:
        project.append(words.account.one("unused", by=date_text(call.unused_told_by)))
    _rule(draft, words, "project_rules", project)
    trip = []
    if limits.trip_amount is not None:
        trip.append(f"En studieresa kan beviljas högst {number_text(limits.trip_amount)} kronor.")
    _rule(draft, words, "trip_rules", trip)


def _rule(draft: Draft, words: AccountWords, heading: str, sentences: Sequence[str]) -> None:
    if sentences:
        draft.heading(3, words.headings.one(heading))
        draft.paragraph(" ".join(sentences))


def _numbers_per_district(call: Call, office: str) -> Iterator[str]:
    limits = call.limits
    told = []
    if limits.projects_per_district is not None:
        told.append(projects_text(limits.projects_per_district))
    if limits.trips_per_district is not None:
        told.append(trips_text(limits.trips_per_district))
    if told:
        yield f"Varje {office} kan beviljas medel för högst {listed(told)}."
    if limits.applications_per_district is not None:
        several = count(limits.applications_per_district, "ansökan", "ansökningar", "en")
        yield f"Varje {office} kan få högst {several} beviljade, projekt och studieresor sammanräknade."
