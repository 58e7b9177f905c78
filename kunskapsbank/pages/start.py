"""Catalogue → the start page: two quick ways in, what some projects led to, the latest call, and all ways in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kunskapsbank.model import facets
from kunskapsbank.model.kinds import Kind
from kunskapsbank.pages.findings import best_first
from kunskapsbank.pages.terms import facet_link, term_line

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kunskapsbank.model.facets import Facet
    from kunskapsbank.model.record import Record
    from kunskapsbank.pages.models import CallPage, Link, Row
    from kunskapsbank.pages.records import Views
    from kunskapsbank.pages.terms import TermLine


@dataclass(frozen=True, slots=True)
class Way:
    """A way of browsing on the start page: terms of a facet and, where it has more, the words of a link to all."""

    facet: Link
    lines: tuple[TermLine, ...]
    more: str


@dataclass(frozen=True, slots=True)
class Told:
    """What came of a project, in a sentence or two, and how that is known."""

    project: Row
    result: str
    evidence: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class StartPage:
    """The start page: how much there is, two quick ways in, some results, the latest call, and all ways in."""

    documents: int
    projects: int
    place: Way
    theme: Way
    told: tuple[Told, ...]
    call: CallPage | None
    ways: tuple[Way, ...]


# How many results are told: as many as stand beside each other.
TOLD = 3
# How many terms of a long list are shown, the most used first: among all the ways, and as a way of its own.
TOP_TERMS, QUICK_TERMS = 6, 8


def view(views: Views) -> StartPage:
    """Return what the start page shows."""
    records = views.catalogue.real
    documents = sum(record.is_document for record in records)
    calls = sorted(views.catalogue.of_kind(Kind.CALL), key=lambda call: call.years)
    return StartPage(
        documents=documents,
        projects=len(records) - documents,
        place=_way(views, facets.OWNER),
        theme=_way(views, facets.THEME, QUICK_TERMS),
        told=tuple(_told(views)),
        call=views.call(calls[-1]) if calls else None,
        ways=tuple(_way(views, facet) for facet in views.index.filters),
    )


def _way(views: Views, facet: Facet, most: int = TOP_TERMS) -> Way:
    """Return a facet as a way in: without empty terms, old names and, in a long list, the least used."""
    facet, entries = views.index.named(facet), views.index.of(facet)
    shown = [entry for entry in entries if entry.members and not entry.term.successors]
    if facet.about:
        shown = sorted(shown, key=lambda entry: -len(entry.members))[:most]
    if len(shown) == len(entries):
        more = ""
    elif facet == facets.OWNER and any(entry.term.successors for entry in entries):
        more = "Visa också tidigare namn"
    else:
        more = f"Visa alla {len(entries)} {facet.plural.lower()}" if facet.about or not shown else "Visa alla"
    return Way(facet_link(facet), tuple(map(term_line, shown)), more)


def _told(views: Views) -> Iterator[Told]:
    """Yield the projects of which most is known, the best known result first, the newest first of equals."""
    projects: dict[str, Record] = {}
    for record in sorted((one for one in views.catalogue.real if one.result), key=best_first):
        project = record if not record.is_document else views.catalogue.project_of(record)
        if project and project.id not in projects:
            projects[project.id] = record
            evidence = sorted(record.evidence, key=lambda term: -term.position)
            links = [views.term_link(facets.EVIDENCE, term) for term in evidence]
            yield Told(views.row(project), record.result, tuple(links))
        if len(projects) == TOLD:
            return
