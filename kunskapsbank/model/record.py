"""What the bank knows of a project or a document: frozen values, made by the schema and used by everything after it."""

from __future__ import annotations

import posixpath
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING

from kunskapsbank.markup.body import Body
from kunskapsbank.model.vocabulary import DIGEST, HAS_RESULTS, NO_RESULTS, ORIGINAL

if TYPE_CHECKING:
    from datetime import date

    from kunskapsbank.model.kinds import Kind
    from kunskapsbank.model.vocabulary import Term


@dataclass(frozen=True, slots=True)
class GenderAnalysis:
    """A gender-equality analysis (jämställdhetsanalys): its status, the methods used and what it showed."""

    status: Term
    methods: tuple[Term, ...] = ()
    summary: str = ""


@dataclass(frozen=True, slots=True)
class Grant:
    """Money of one year; `amount` is in kronor, None where no source states it.

    `inferred` says that no source tells of the grant, but of work that went on in the year.
    """

    year: int
    form: Term
    amount: int | None = None
    paid_back: bool = False
    inferred: bool = False


@dataclass(frozen=True, slots=True)
class Outcome:
    """What happened afterwards, in the words that readers are shown, and from which year the source knows it.

    `year` is the year that it is about ("Permanent från 2017"), None where the source gives none, and `known` the year
    in which the source said so: nothing later is known.
    """

    what: Term
    words: str = ""
    year: int | None = None
    known: int | None = None

    @property
    def text(self) -> str:
        """What readers are shown: its own words, or else the name of the term."""
        return self.words or self.what.label


@dataclass(frozen=True, slots=True)
class KnownDocument:
    """A document that a source tells of and the bank does not hold: what it is, and where the source says so.

    `number` says how many such documents there are, for those that no source names one by one.
    """

    title: str
    kind: Term
    source: Term
    year: int | None = None
    place: str = ""
    words: str = ""
    number: int = 1


@dataclass(frozen=True, slots=True)
class Passage:
    """Where a source says what a record states: the statement, the source, the place in it, and a few of its words."""

    statement: str
    source: Term
    place: str = ""
    words: str = ""


@dataclass(frozen=True, slots=True)
class Limits:
    """A call's limits: amounts in kronor, numbers per district administration and year; None where not stated."""

    project_amount: int | None = None
    trip_amount: int | None = None
    projects_per_district: int | None = None
    trips_per_district: int | None = None
    applications_per_district: int | None = None
    years_in_a_row: int | None = None


@dataclass(frozen=True, slots=True)
class Account:
    """What the decision of a call accounts for: the year and the numbers of grants that the source states."""

    year: int
    projects: int | None = None
    trips: int | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Call:
    """The part of a record that only a call (utlysning) has."""

    direction: tuple[str, ...] = ()
    limits: Limits = Limits()
    opens: date | None = None
    closes: date | None = None
    unused_told_by: date | None = None
    account: Account | None = None


@dataclass(frozen=True, slots=True)
class Record:
    """A project, a document or a call.

    `years` are the years of the money, `report_year` the year the report was handed in or accounted for, `decided`
    the date of the committee's decision and `published` the day the text came into the bank: four different times.
    `project` is the id of the project that a document belongs to. `holding` is what the bank holds of a document (None:
    the original), `known_documents` are those that it knows of and does not hold. `result` is what came of the work,
    `evidence` how that is known, and `passages` where the sources say so. `unknown` are the questions that no source
    answers, as they stand after "vi vet inte". `example` says that it is invented to show
    what such a document looks like. `project_year` is the last year of its project. `former` are addresses that the
    page had before, as `addresses.written` gives them.
    """

    id: str
    file: str
    kind: Kind
    title: str
    published: date
    summary: str
    sources: tuple[Term, ...]
    aliases: tuple[str, ...] = ()
    project: str | None = None
    owners: tuple[Term, ...] = ()
    years: tuple[int, ...] = ()
    report_year: int | None = None
    decided: date | None = None
    audiences: tuple[Term, ...] = ()
    themes: tuple[Term, ...] = ()
    methods: tuple[Term, ...] = ()
    place: str = ""
    status: Term | None = None
    outcomes: tuple[Outcome, ...] = ()
    grants: tuple[Grant, ...] = ()
    gender_analysis: GenderAnalysis | None = None
    sequel: str = ""
    result: str = ""
    evidence: tuple[Term, ...] = ()
    passages: tuple[Passage, ...] = ()
    known_documents: tuple[KnownDocument, ...] = ()
    unknown: tuple[str, ...] = ()
    reference: str = ""
    project_year: int | None = None
    former: tuple[str, ...] = ()
    example: bool = False
    holding: Term | None = None
    call: Call | None = None
    body: Body = field(default_factory=Body)

    @property
    def url(self) -> str:
        """The page's address relative to the site's root: "projekt/stella/2016-slutrapport/"."""
        return url_of(self.file)

    @property
    def is_document(self) -> bool:
        """Whether this is a document and not the page of a project."""
        return self.kind.rule.is_document

    @property
    def digest(self) -> bool:
        """Whether the text is the bank's own digest of an account, and not the document itself."""
        return self.holding is not None and self.holding.id == DIGEST

    @property
    def is_original(self) -> bool:
        """Whether the bank holds the document itself: only then does it count as delivered."""
        return self.is_document and not self.example and (self.holding is None or self.holding.id == ORIGINAL)

    @property
    def results(self) -> str | None:
        """The id of the term that says whether results are told; None where nobody is asked to tell any."""
        if self.result:
            return HAS_RESULTS
        return NO_RESULTS if self.kind.rule.evidenced or not self.is_document else None

    @property
    def outcome_terms(self) -> tuple[Term, ...]:
        """The terms of what happened afterwards, each once."""
        return tuple(dict.fromkeys(outcome.what for outcome in self.outcomes))

    @property
    def filed_under(self) -> tuple[int, ...]:
        """The years a reader looks under: those of the money, else that of the report."""
        if self.years or self.report_year is None:
            return self.years
        return (self.report_year,)

    @property
    def latest_year(self) -> int:
        """The last of the years it is filed under, for sorting; else its project's last, or the year of publishing."""
        return max(self.filed_under, default=self.project_year or self.published.year)


@dataclass(frozen=True, slots=True)
class Page:
    """A page of plain text, such as those under om/: no facets, but checked links and Markdown."""

    file: str
    title: str
    summary: str = ""
    former: tuple[str, ...] = ()
    body: Body = field(default_factory=Body)

    @property
    def url(self) -> str:
        """The page's address relative to the site's root."""
        return url_of(self.file)


@lru_cache(maxsize=20_000)
def url_of(file: str) -> str:
    """Return the address MkDocs gives a Markdown file (directory URLs): "" for index.md, "om/ord/" for om/ord.md."""
    page, _ = posixpath.splitext(file)
    folder = posixpath.dirname(page) if posixpath.basename(page) == "index" else page
    return f"{folder}/" if folder else ""
