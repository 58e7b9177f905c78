"""Catalogue → what the bank knows of one year's money: the grants, what came of them, research, trips, the call.

Numbers that a source states and numbers that are counted in the bank are kept apart. Invented examples count nowhere.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from kunskapsbank.markup.blocks import Form
from kunskapsbank.markup.inline import on_one_line
from kunskapsbank.model import addresses
from kunskapsbank.model.kinds import Kind
from kunskapsbank.model.vocabulary import NEVER_STARTED, UNTOLD_RESULT, WITHOUT_ANALYSIS
from kunskapsbank.swedish.sentences import LINE_BREAK
from kunskapsbank.swedish.text import sort_key

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from kunskapsbank.markup.body import Body
    from kunskapsbank.model.catalogue import Catalogue
    from kunskapsbank.model.record import Call, GenderAnalysis, Grant, KnownDocument, Record
    from kunskapsbank.model.vocabulary import Term

SAID = "said under "
# In no heading.
_BETWEEN = "\x1f"


@dataclass(frozen=True, slots=True)
class Granted:
    """A project that was granted money in a year, and what is known of what it did.

    `report` is what accounts for the year, the original before a digest, and `purpose` what it says that the project
    was for, "" where it does not say; `again` says that it was granted money for the next year too, `known` are the
    reports of the year that a source tells of and the bank does not hold.
    """

    project: Record
    grant: Grant
    report: Record | None
    purpose: str
    again: bool
    known: tuple[KnownDocument, ...]

    @property
    def owners(self) -> tuple[Term, ...]:
        """Those who owned the project, as they were called then."""
        return self.project.owners

    @property
    def never_started(self) -> bool:
        """Whether a source says that the work never began."""
        status = self.project.status
        return status is not None and status.id == NEVER_STARTED

    @property
    def result(self) -> str:
        """What came of the work, "" where no source tells."""
        return (self.report.result if self.report else "") or self.project.result

    @property
    def evidence(self) -> tuple[Term, ...]:
        """How the result is known; none where no source tells."""
        told = (self.report.evidence if self.report else ()) or self.project.evidence
        return tuple(term for term in told if term.id != UNTOLD_RESULT)

    @property
    def analysis(self) -> GenderAnalysis | None:
        """The gender-equality analysis of the report."""
        return self.report.gender_analysis if self.report else None

    @property
    def analysed(self) -> bool:
        """Whether the report says anything of an analysis."""
        return self.analysis is not None and self.analysis.status.id not in WITHOUT_ANALYSIS


@dataclass(frozen=True)
class Year:
    """What the bank knows of the money of one year; all lists are in the order of owners and titles.

    `decision` is the call that was decided together with the account of the year, `analysis_from` the first year of
    money for which gender-equality analyses are asked for.
    """

    year: int
    decision: Record | None
    granted: tuple[Granted, ...]
    research: tuple[Record, ...]
    trips: tuple[Record, ...]
    analysis_from: int

    @property
    def call(self) -> Call | None:
        """What the call says that was decided together with the account."""
        return self.decision.call if self.decision else None

    @property
    def call_year(self) -> int | None:
        """The year of that call's money."""
        return self.decision.years[0] if self.decision else None

    @property
    def stated_projects(self) -> int | None:
        """How many projects were granted money, as the source states it."""
        return self.call.account.projects if self.call and self.call.account else None

    @property
    def stated_trips(self) -> int | None:
        """How many trips were granted money, as the source states it."""
        return self.call.account.trips if self.call and self.call.account else None

    @property
    def note(self) -> str:
        """Where the sources disagree or leave something out."""
        return self.call.account.note if self.call and self.call.account else ""

    @cached_property
    def carried_out(self) -> tuple[Granted, ...]:
        """The projects that began."""
        return tuple(one for one in self.granted if not one.never_started)

    @cached_property
    def never_started(self) -> tuple[Granted, ...]:
        """The projects that never began."""
        return tuple(one for one in self.granted if one.never_started)

    @cached_property
    def again(self) -> tuple[Granted, ...]:
        """The projects that were granted money for the next year too; none where no source tells of that year."""
        return tuple(one for one in self.granted if one.again)

    @property
    def is_told_who_goes_on(self) -> bool:
        """Whether a source tells who was granted money for the next year."""
        return bool(self.again)

    @cached_property
    def missing_projects(self) -> int:
        """How many more projects the source states than the bank knows of."""
        return max((self.stated_projects or 0) - len(self.granted), 0)

    def of(self, owners: Collection[Term]) -> tuple[Granted, ...]:
        """Return the projects that any of these owned."""
        return tuple(one for one in self.granted if set(one.owners) & set(owners))


def years(catalogue: Catalogue) -> tuple[int, ...]:
    """Return the years that there is something to account for, oldest first."""
    return tuple(sorted(addresses.accounted_years(catalogue.records)))


def of(catalogue: Catalogue, year: int, purpose_headings: Iterable[str] = ()) -> Year:
    """Return what the bank knows of a year's money.

    What a project was for is what its report says under a heading that holds one of `purpose_headings`.
    """
    headings = tuple(heading.lower() for heading in purpose_headings)
    decision = decision_of(catalogue, year)
    granted = (
        _granted(catalogue, project, grant, headings)
        for project in catalogue.real
        if project.kind is Kind.PROJECT
        for grant in project.grants
        if grant.year == year and grant.form.id not in catalogue.settings.money.trips
    )
    trips = (record for record in catalogue.real if record.kind is Kind.TRAVEL_REPORT and year in record.years)
    return Year(
        year,
        decision,
        tuple(sorted(granted, key=lambda one: in_order(one.project))),
        tuple(sorted(_research(catalogue, year, decision), key=lambda record: sort_key(record.title))),
        tuple(sorted(trips, key=in_order)),
        catalogue.settings.equality.asked_from,
    )


def decision_of(catalogue: Catalogue, year: int) -> Record | None:
    """Return the call that was decided together with the account of a year, or None."""
    accounts = (
        (record, record.call.account) for record in catalogue.real if record.call is not None and record.call.account
    )
    return next((record for record, account in accounts if account.year == year), None)


def report_of(catalogue: Catalogue, project: Record, year: int) -> Record | None:
    """Return the document that accounts for a project's year: the original before a digest, the final report first."""
    found = [
        document
        for document in catalogue.documents_of(project)
        if document.kind.rule.looks_back and year in document.years and not document.example
    ]

    def rank(document: Record) -> tuple[object, ...]:
        return (not document.is_original, not document.kind.rule.has_results, document.id)

    return min(found, key=rank, default=None)


def in_order(record: Record) -> tuple[object, ...]:
    """Return what sorts records as accounts list them: by owner, then by title."""
    return (tuple(sort_key(owner.label) for owner in record.owners[:1]), sort_key(record.title), record.id)


def _granted(catalogue: Catalogue, project: Record, grant: Grant, headings: tuple[str, ...]) -> Granted:
    report = report_of(catalogue, project, grant.year)
    return Granted(
        project,
        grant,
        report,
        _said(report.body, headings) if report else "",
        any(other.year == grant.year + 1 for other in project.grants),
        tuple(one for one in project.known_documents if one.year == grant.year),
    )


def _research(catalogue: Catalogue, year: int, decision: Record | None) -> Iterator[Record]:
    """Yield the research reports of a year's account.

    Those of which its source tells; a report of which none of the accounts' sources tells goes by the year it came.
    """
    told_in_any = {source for record in catalogue.real if _accounts(record) for source in record.sources}
    told = frozenset(decision.sources if decision else ())
    for record in catalogue.real:
        if record.kind is Kind.RESEARCH_REPORT:
            own = told_in_any.intersection(record.sources)
            if own & told or (not own and year in record.filed_under):
                yield record


def _accounts(record: Record) -> bool:
    """Tell whether a record is a call that was decided together with the account of a year."""
    return record.call is not None and record.call.account is not None


def _said(body: Body, headings: tuple[str, ...]) -> str:
    if not headings:
        return ""
    # Asked of each report for each account that there is a word of it in.
    return said(body, f"{SAID}{_BETWEEN.join(headings)}")


def said(body: Body, name: str) -> str:
    """Return what an account tells of a text, by the name by which it is kept: it begins with SAID."""
    headings = tuple(name.removeprefix(SAID).split(_BETWEEN))
    told: str = body.once(name, lambda: _under(body, headings))
    return told


def _under(body: Body, headings: tuple[str, ...]) -> str:
    """Return what the paragraphs say under the first heading that holds one of these words, but for lists."""
    found: list[str] = []
    inside = False
    for block in body.blocks:
        if block.form is Form.HEADING:
            if found:
                break
            inside = any(heading in block.words.lower() for heading in headings)
        elif inside and block.form is Form.PARAGRAPH and not block.words.rstrip().endswith(":"):
            found.append(on_one_line(block.words.replace(LINE_BREAK, " ")))
    return " ".join(found)


def section(body: Body, headings: Collection[str]) -> tuple[str, ...]:
    """Return the paragraphs and list items under the first heading that is one of `headings`."""
    wanted = {heading.lower() for heading in headings}
    found: list[str] = []
    inside = False
    for block in body.blocks:
        if block.form is Form.HEADING:
            inside = on_one_line(block.words).lower() in wanted
        elif inside and block.form in {Form.PARAGRAPH, Form.ITEM}:
            found.append(on_one_line(block.words.replace(LINE_BREAK, " ")))
    return tuple(found)
