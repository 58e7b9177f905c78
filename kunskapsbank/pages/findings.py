"""A term → what the projects filed under it have shown: results, the best known first, and what nobody has told."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kunskapsbank.model import facets
from kunskapsbank.model.vocabulary import NEVER_STARTED
from kunskapsbank.pages import glance
from kunskapsbank.pages.models import Link
from kunskapsbank.swedish.phrases import years_text
from kunskapsbank.swedish.text import sort_key

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kunskapsbank.model.facets import Entry
    from kunskapsbank.model.record import Record
    from kunskapsbank.pages.records import Views

# The facets whose pages gather results: what is tried, for whom, how and where.
GATHERED = (facets.OWNER, facets.THEME, facets.AUDIENCE, facets.METHOD)


@dataclass(frozen=True, slots=True)
class Finding:
    """A result: in a sentence or two, whose and of which years, how it is known and what tells it."""

    text: str
    work: Link
    evidence: tuple[Link, ...]
    sources: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class Findings:
    """The results of a term, and what was tried without any being told; `keepers` are those to ask about that."""

    found: tuple[Finding, ...]
    untold: tuple[Link, ...]
    keepers: Link


@dataclass(frozen=True, slots=True)
class Happening:
    """What happened to a project afterwards, and from which year that is known (None: no source says)."""

    project: Link
    what: str
    known: int | None


def of_term(views: Views, entry: Entry) -> Findings | None:
    """Return the findings of a term; None for a facet whose pages gather none."""
    if entry.facet not in GATHERED:
        return None
    told = sorted((record for record in _works(views, entry) if record.result), key=best_first)
    untold = (record for record in _works(views, entry) if not record.result and not _never_started(record))
    return Findings(
        tuple(_finding(views, record) for record in told),
        tuple(_work(record) for record in sorted(untold, key=lambda record: sort_key(record.title))),
        glance.keepers(views),
    )


def happenings(entry: Entry) -> tuple[Happening, ...]:
    """Return what happened to the projects of an outcome, the newest first; nothing for another facet."""
    if entry.facet != facets.OUTCOME:
        return ()
    found = (
        Happening(_work(project), outcome.text, outcome.known)
        for project in entry.projects
        for outcome in project.outcomes
        if outcome.what == entry.term
    )
    return tuple(sorted(found, key=lambda one: (-(one.known or 0), sort_key(one.project.label))))


def _works(views: Views, entry: Entry) -> Iterable[Record]:
    """Return projects, and the documents of no project that tell of work: a project has its documents' result."""
    return [*entry.projects, *(one for one in entry.documents if one.results and not views.catalogue.project_of(one))]


def best_first(record: Record) -> tuple[int, int, list[object], str]:
    """Sort by the strongest evidence, then the newest. The vocabulary goes from the weakest to the strongest."""
    strongest = max((term.position for term in record.evidence), default=-1)
    return -strongest, -record.latest_year, [*sort_key(record.title)], record.id


def _finding(views: Views, record: Record) -> Finding:
    strongest_first = sorted(record.evidence, key=lambda term: -term.position)
    return Finding(
        record.result,
        _work(record),
        tuple(views.term_link(facets.EVIDENCE, term) for term in strongest_first),
        views.links(facets.SOURCE, record),
    )


def _work(record: Record) -> Link:
    owners = [owner.label for owner in record.owners]
    years = years_text(record.filed_under)
    return Link(record.title, record.url, note=", ".join([*owners, years] if years else owners))


def _never_started(record: Record) -> bool:
    return record.status is not None and record.status.id == NEVER_STARTED
