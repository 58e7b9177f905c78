"""Catalogue → what is still missing, of whom it can be asked, and where the sources say that it is.

Nothing here depends on the day, but for the years that ought to be accounted for by now and the days that have passed,
which are worked out from `today` where that is given.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import Enum
from typing import TYPE_CHECKING

from kunskapsbank.accounts import year as years
from kunskapsbank.accounts.parts import count, sentence
from kunskapsbank.model.kinds import Kind
from kunskapsbank.model.vocabulary import MISSING, NEVER_STARTED, OWNERS, UNTOLD_RESULT
from kunskapsbank.swedish.phrases import capitalised, date_text, listed, number_word
from kunskapsbank.swedish.text import sort_key

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from kunskapsbank.model.catalogue import Catalogue
    from kunskapsbank.model.record import Grant, KnownDocument, Record
    from kunskapsbank.model.vocabulary import Term

# The account of a year comes in the year after it (those of 2016, 2018, 2020 and 2022 all did).
_YEARS_TO_ACCOUNT = 1


class Sort(Enum):
    """What can be missing: its heading, what it means, and what a letter asks for."""

    NOT_ACCOUNTED = (
        "Fick medel men är inte redovisat",
        "Projektet fick medel för året, och banken har varken rapport eller sammandrag.",
        "Slutrapport, eller besked om vad som hände med projektet",
    )
    NOT_HELD = (
        "Rapporten finns men inte i banken",
        "En källa säger att handlingen finns. Banken har bara ett sammandrag eller ingenting.",
        "Handlingen i sin helhet",
    )
    NO_RESULT = (
        "Resultatet är inte känt",
        "Banken har en text om arbetet, men källan säger inte vad arbetet ledde till.",
        "Vad arbetet ledde till, i några meningar, och hur ni vet det",
    )
    NO_ANALYSIS = (
        "Jämställdhetsanalys saknas i originalet",
        "En analys efterfrågades för årets medel, och originalet i banken har ingen.",
        "Jämställdhetsanalys",
    )
    NO_TRAVEL_REPORT = (
        "Studieresa utan rapport",
        "Resan fick medel, och banken har ingen reserapport.",
        "Reserapport, och uppgift om vart resan gick",
    )
    UNUSED = (
        "Oanvända medel",
        "Projektet startade aldrig eller betalade tillbaka sina medel. När det sades till framgår inte.",
        "När ni sade till att medlen inte används, och hur mycket som betalades tillbaka",
    )
    TOO_FEW = (
        "Banken har för få projekt från året",
        "Källan anger fler beviljade projekt än dem som finns i banken.",
        "Vilka de andra projekten var",
    )
    NO_ACCOUNT = (
        "Redovisning saknas i bankens källor",
        "Banken har ingen källa som redovisar året.",
        "Ärendet som redovisar året",
    )

    @property
    def heading(self) -> str:
        """What a list of this sort is called."""
        return self.value[0]

    @property
    def meaning(self) -> str:
        """What stands above such a list."""
        return self.value[1]

    @property
    def asked(self) -> str:
        """What a letter asks for."""
        return self.value[2]


@dataclass(frozen=True, slots=True)
class Lack:
    """Something that is missing: what, of which year, whose it was, where a source says that it is.

    `owners` are named as they were then, and are empty where they are not known: then `call` is the call of the year
    or the one that accounts for it. `number` is how many of the kind are missing, `project` the id of the project that
    it is about ("" for none).
    """

    sort: Sort
    year: int
    what: str
    owners: tuple[Term, ...] = ()
    told: str = ""
    url: str | None = None
    call: Record | None = None
    number: int = 1
    project: str = ""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is asked of one owner, by its name of today."""

    owner: Term
    lacks: tuple[Lack, ...]


def lacks(
    catalogue: Catalogue, today: date | None = None, year: int | None = None, district: Term | None = None
) -> tuple[Lack, ...]:
    """Return all that is missing, sort by sort, the latest year first.

    With `year` or `district` only what is missing of that year, or of what that owner or those before it did.
    """
    family = None if district is None else set(_family(catalogue, district))
    found = [
        lack
        for lack in _all(catalogue, today)
        if (year is None or lack.year == year) and (family is None or family & set(lack.owners))
    ]
    order = list(Sort)
    return tuple(sorted(found, key=lambda lack: (order.index(lack.sort), -lack.year, _first_owner(lack), lack.what)))


def by_owner(catalogue: Catalogue, found: tuple[Lack, ...]) -> tuple[tuple[Wanted, ...], tuple[Lack, ...]]:
    """Return what is asked of each owner of today, by name, and what no owner can be asked for."""
    terms = catalogue.vocabularies[OWNERS]
    wanted: dict[Term, list[Lack]] = {}
    for lack in found:
        today = [now for owner in lack.owners for now in (terms.successors(owner) or (owner,))]
        for owner in dict.fromkeys(today):
            wanted.setdefault(owner, []).append(lack)
    owners = sorted(wanted, key=lambda owner: sort_key(owner.label))
    return (
        tuple(Wanted(owner, tuple(wanted[owner])) for owner in owners),
        tuple(lack for lack in found if not lack.owners),
    )


def _family(catalogue: Catalogue, district: Term) -> tuple[Term, ...]:
    return (district, *catalogue.vocabularies[OWNERS].predecessors(district))


def _first_owner(lack: Lack) -> tuple[str, str]:
    return sort_key(lack.owners[0].label) if lack.owners else ("", "")


def _all(catalogue: Catalogue, today: date | None) -> Iterator[Lack]:
    for record in catalogue.real:
        if record.kind is Kind.PROJECT:
            yield from _of_project(catalogue, record)
        yield from _known(catalogue, record)
        yield from _of_document(catalogue, record)
    yield from _of_years(catalogue, today)


def _of_project(catalogue: Catalogue, project: Record) -> Iterator[Lack]:
    never = project.status is not None and project.status.id == NEVER_STARTED
    for grant in project.grants:
        if never or grant.paid_back:
            told = _unused(catalogue, grant)
            yield _about(project, Sort.UNUSED, grant.year, project.title, told)
        elif grant.form.id not in catalogue.settings.money.trips and not _is_accounted(catalogue, project, grant):
            told = "Källan säger bara att arbetet pågick." if grant.inferred else ""
            yield _about(project, Sort.NOT_ACCOUNTED, grant.year, project.title, told)


def _is_accounted(catalogue: Catalogue, project: Record, grant: Grant) -> bool:
    """Tell whether some document accounts for a grant: of its year, or at the end of years in a row."""
    granted = {other.year for other in project.grants}
    year = grant.year
    while year in granted:
        if years.report_of(catalogue, project, year):
            return True
        year += 1
    return False


def _unused(catalogue: Catalogue, grant: Grant) -> str:
    call = next((record for record in catalogue.of_kind(Kind.CALL) if grant.year in record.years), None)
    back = "Medlen betalades tillbaka." if grant.paid_back else "Om medlen betalades tillbaka framgår inte."
    if call is None or call.call is None:
        return f"{back} Banken har inte årets utlysning."
    by = call.call.unused_told_by
    day = (
        f"Sista dagen att säga till var {date_text(by)}."
        if by
        else f"{call.title} anger ingen sista dag att säga till."
    )
    return f"{back} {day}"


def _about(record: Record, sort: Sort, year: int, what: str, told: str = "", number: int = 1) -> Lack:
    project = record.project or (record.id if record.kind is Kind.PROJECT else "")
    return Lack(sort, year, what, record.owners, told, record.url, number=number, project=project)


def _known(catalogue: Catalogue, record: Record) -> Iterator[Lack]:
    """Yield the documents that a source tells of, but for those whose original the bank has by now."""
    for known in record.known_documents:
        # Trips of which none is named are told with the numbers of their year.
        is_of_trips = record.call is not None and known.kind.id == Kind.TRAVEL_REPORT
        if not is_of_trips and not _is_held(catalogue, record, known):
            year = known.year or record.latest_year
            what = known.title if record.call is not None else f"{record.title}: {known.title}"
            told = sentence(f"{known.source.label}{f', {known.place}' if known.place else ''}")
            lack = _about(record, Sort.NOT_HELD, year, what, told, known.number)
            yield replace(lack, call=record) if record.call is not None else lack


def _is_held(catalogue: Catalogue, record: Record, known: KnownDocument) -> bool:
    """Tell whether the bank has the original of a document that a source tells of: the record or one beside it."""
    beside = (record, *catalogue.documents_of(record))
    return any(
        document.is_original
        and document.kind == known.kind.id
        and (known.year is None or known.year in document.filed_under)
        for document in beside
    )


def _of_document(catalogue: Catalogue, record: Record) -> Iterator[Lack]:
    if not record.kind.rule.is_report:
        return
    project = catalogue.project_of(record)
    # A pilot study may be of no year that a source gives: it is filed under the last of its project.
    year = record.latest_year if record.filed_under or project is None else project.latest_year
    if any(term.id == UNTOLD_RESULT for term in record.evidence):
        yield _about(record, Sort.NO_RESULT, year, record.title, _sources(record))
    analysis = record.gender_analysis
    if (
        record.is_original
        and record.kind.rule.analysed
        and year >= catalogue.settings.equality.asked_from
        and (analysis is None or analysis.status.id == MISSING)
    ):
        yield _about(record, Sort.NO_ANALYSIS, year, record.title)
    if record.kind is Kind.TRAVEL_REPORT and not record.is_original:
        yield _about(record, Sort.NO_TRAVEL_REPORT, year, record.title, _sources(record))


def _sources(record: Record) -> str:
    return sentence(listed([source.label for source in record.sources]))


def _of_years(catalogue: Catalogue, today: date | None) -> Iterator[Lack]:
    told = years.years(catalogue)
    accounted = [year for year in told if years.decision_of(catalogue, year)]
    for of in accounted:
        yield from _too_few(years.of(catalogue, of))
    if not accounted:
        return
    # Those between, those with grants, and those that should have come by now.
    due = today.year - _YEARS_TO_ACCOUNT - 1 if today else accounted[-1]
    for of in range(accounted[0] + 1, max(accounted[-1], told[-1], due) + 1):
        if of not in accounted:
            granted = len(list(_granted_in(catalogue, of)))
            known = f"Banken känner till {count(granted, 'projekt', 'projekt')} med medel det året." if granted else ""
            call = next((one for one in catalogue.of_kind(Kind.CALL) if of in one.years), None)
            lack = Lack(Sort.NO_ACCOUNT, of, f"Redovisningen av {of}", call=call, url=call.url if call else None)
            yield replace(lack, told=f"Den brukar lämnas året efter. {known}".rstrip())


def _too_few(found: years.Year) -> Iterator[Lack]:
    """Yield what is missing of a year by the numbers that its account states."""
    url = found.decision.url if found.decision else None
    if number := found.missing_projects:
        what = capitalised(f"{count(number, 'projekt', 'projekt')} som banken inte känner till")
        stated = f"{number_word(found.stated_projects or 0)} projekt beviljades medel"
        told = sentence(f"{stated}, och banken har {number_word(len(found.granted))}")
        yield Lack(Sort.TOO_FEW, found.year, what, (), told, url, found.decision, number)
    # A trip that the bank knows of and has no report from is told by itself.
    number = (found.stated_trips or 0) - len(found.trips)
    if number > 0:
        what = capitalised(f"{count(number, 'studieresa', 'studieresor', 'en')} som ingen källa namnger")
        told = _where_trips_are(found.decision)
        yield Lack(Sort.NO_TRAVEL_REPORT, found.year, what, (), told, url, found.decision, number)


def _granted_in(catalogue: Catalogue, year: int) -> Iterator[Grant]:
    for record in catalogue.real:
        if record.kind is Kind.PROJECT:
            yield from (grant for grant in record.grants if grant.year == year)


def _where_trips_are(decision: Record | None) -> str:
    travel = str(Kind.TRAVEL_REPORT)
    known = [one for one in decision.known_documents if one.kind.id == travel] if decision else []
    return " ".join(f"Källan säger att rapporterna finns: {one.source.label}, {one.place}." for one in known)
