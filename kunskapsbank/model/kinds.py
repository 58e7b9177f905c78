"""The kinds of record, one rule each. What differs between kinds is asked of the rule, and listed nowhere else."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

# The attributes that a document has from its project where it states none of its own.
INHERITED = ("owners", "audiences", "themes", "methods")


class Need(Enum):
    """Whether a kind of record has something: always, where it is known, or never."""

    REQUIRED = "required"
    OPTIONAL = "optional"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class KindRule:
    """What is true of one kind of record.

    Its names and the headings that it should have are content: they stand with its term in dokumenttyper.yml.

    `path` is where its files lie in the content folder, and `title` what a new one is called: {project}, {year}, {kind}
    and {name} stand for what they say. `name_of` is the attribute that the name is ("" where nothing is named by an
    editor), `question` asks for it and `aliases` are what people call the kind besides its names in the vocabulary,
    where they would mean other things in a search.

    `years`, `owners` and `subjects` (target groups and themes) say what must be stated; several years only where
    `several_years`. `granted` tells whether it can have been given money, `analysed` whether a gender-equality analysis
    is asked of it, `is_report` whether those who did the work wrote it (it has a year of report, may be a digest, and
    is summarised), `looks_back` whether it tells of a year that has been, `reported_year_after` whether it is accounted
    for the year after that of its money, `evidenced` whether it must tell what came of the work and how that is known,
    and `has_results` and `has_lessons` what its text must say.

    `list_title` is the heading of the page that lists the kind ("" for none), `plural` what lies in its folder.
    """

    path: str
    title: str
    name_of: str = ""
    question: str = ""
    aliases: tuple[str, ...] = ()
    years: Need = Need.REQUIRED
    several_years: bool = False
    owners: Need = Need.OPTIONAL
    subjects: Need = Need.OPTIONAL
    granted: bool = False
    analysed: bool = False
    is_report: bool = True
    looks_back: bool = False
    reported_year_after: bool = False
    evidenced: bool = False
    has_results: bool = False
    has_lessons: bool = False
    list_title: str = ""
    plural: str = ""

    @property
    def folder(self) -> str:
        """The folder of the content that its files lie in; also the address of its list."""
        return self.path.partition("/")[0]

    @property
    def has_folder(self) -> bool:
        """Whether each has a folder of its own, where its documents lie too: a project."""
        return self.path.endswith("/index.md")

    @property
    def is_document(self) -> bool:
        """Whether this is a document and not the page of a project."""
        return not self.has_folder

    @property
    def in_project(self) -> bool:
        """Whether it lies in a project's folder, and inherits from the project."""
        return self.is_document and "{project}" in self.path

    @property
    def has_year_in_name(self) -> bool:
        """Whether a file's name begins with its year, where it has one."""
        return "{year}" in self.path

    @property
    def named_by_year(self) -> bool:
        """Whether its year alone tells it from others of its kind."""
        return not self.name_of and not self.in_project

    def may_lie_at(self, file: str) -> bool:
        """Tell whether a file of this kind may have the path, relative to the content folder."""
        own, parts = self.path.split("/"), file.split("/")
        return (own[0], len(own), self.has_folder) == (parts[0], len(parts), parts[-1] == "index.md")


class Kind(StrEnum):
    """The kinds of record in the order that editors choose from; the values are ids of terms in dokumenttyper.yml."""

    PROJECT = "projekt"
    PLAN = "projektplan"
    PILOT_STUDY = "forstudie"
    INTERIM_REPORT = "delrapport"
    FINAL_REPORT = "slutrapport"
    TRAVEL_REPORT = "reserapport"
    RESEARCH_REPORT = "forskningsrapport"
    CALL = "utlysning"

    @property
    def rule(self) -> KindRule:
        """What is true of the kind."""
        return _RULES[self]

    @classmethod
    def where(cls, has: Callable[[KindRule], bool]) -> frozenset[Kind]:
        """Return the kinds whose rule has something."""
        return frozenset(kind for kind in cls if has(kind.rule))


# Where a project's documents lie, and what they are called.
_OF_PROJECT = ("projekt/{project}/{year}-{kind}.md", "{kind} {year}: {project}")

_RULES = {
    Kind.PROJECT: KindRule(
        "projekt/{project}/index.md",
        "{name}",
        name_of="title",
        question="Vad heter projektet?",
        several_years=True,
        owners=Need.REQUIRED,
        subjects=Need.REQUIRED,
        granted=True,
        is_report=False,
        list_title="Projekt",
    ),
    Kind.PLAN: KindRule(*_OF_PROJECT, analysed=True),
    Kind.PILOT_STUDY: KindRule(*_OF_PROJECT, years=Need.OPTIONAL, analysed=True),
    Kind.INTERIM_REPORT: KindRule(*_OF_PROJECT, analysed=True, looks_back=True, evidenced=True),
    Kind.FINAL_REPORT: KindRule(
        *_OF_PROJECT,
        analysed=True,
        looks_back=True,
        reported_year_after=True,
        evidenced=True,
        has_results=True,
    ),
    Kind.TRAVEL_REPORT: KindRule(
        "resor/{year}-{name}.md",
        "Studieresa till {name} {year}",
        name_of="place",
        question="Vart gick resan?",
        aliases=("resa", "studieresa"),
        owners=Need.REQUIRED,
        subjects=Need.REQUIRED,
        granted=True,
        looks_back=True,
        reported_year_after=True,
        has_lessons=True,
        list_title="Studieresor",
        plural="resor",
    ),
    Kind.RESEARCH_REPORT: KindRule(
        "forskning/{name}.md",
        "{name}",
        name_of="title",
        question="Vad heter rapporten?",
        aliases=("forskning",),
        years=Need.OPTIONAL,
        subjects=Need.REQUIRED,
        looks_back=True,
        evidenced=True,
        list_title="Forskning",
        plural="forskning",
    ),
    Kind.CALL: KindRule(
        "utlysningar/{year}.md",
        "{kind} {year}",
        owners=Need.NONE,
        subjects=Need.NONE,
        is_report=False,
        list_title="Utlysningar",
        plural="utlysningar",
    ),
}
