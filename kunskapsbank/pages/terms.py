"""Facets → their pages: all terms of a facet, one term, and where two terms meet."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kunskapsbank.model import addresses, facets
from kunskapsbank.pages import findings
from kunskapsbank.pages.district_map import maps
from kunskapsbank.pages.models import Link, SitePage
from kunskapsbank.swedish.phrases import capitalised, date_text, listed
from kunskapsbank.swedish.text import sort_key

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence, Sized

    from kunskapsbank.model.facets import Entry, Facet
    from kunskapsbank.model.vocabulary import Term
    from kunskapsbank.pages.district_map import DistrictMap
    from kunskapsbank.pages.findings import Findings, Happening
    from kunskapsbank.pages.models import Row
    from kunskapsbank.pages.records import Views


@dataclass(frozen=True, slots=True)
class TermLine:
    """A term in a list of terms, with how many documents and projects carry it."""

    label: str
    url: str
    documents: int
    projects: int
    note: str = ""


@dataclass(frozen=True, slots=True)
class Group:
    """Terms under a heading of their own; an empty heading where the list is whole."""

    heading: str
    lines: tuple[TermLine, ...]


@dataclass(frozen=True, slots=True)
class FacetPage:
    """All terms of a facet; owners that have places have a `map` of today too."""

    note: str
    groups: tuple[Group, ...]
    map: DistrictMap | None = None


@dataclass(frozen=True, slots=True)
class YearCount:
    """How many documents there are of a year; `share` is per cent of the fullest year, for a bar."""

    year: Link
    documents: int
    share: int


@dataclass(frozen=True, slots=True)
class TermPage:
    """One term: what it means, how much there is by year, its records and where to go next."""

    facet: Link
    scope_note: str
    other_names: tuple[str, ...]
    before: tuple[Link, ...]
    today: tuple[Link, ...]
    changed: str
    findings: Findings | None
    happenings: tuple[Happening, ...]
    by_year: tuple[YearCount, ...]
    projects: tuple[Row, ...]
    documents: tuple[Row, ...]
    crossings_heading: str
    crossings: tuple[Link, ...]
    related: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class CrossPage:
    """What carries two terms at once."""

    first: Link
    second: Link
    note: str
    projects: tuple[Row, ...]
    documents: tuple[Row, ...]


# Terms that often stand together with a term: as many as are read at a glance.
RELATED_TERMS = 6


def pages(views: Views) -> Iterator[SitePage]:
    """Return the pages of all facets and terms, and of every district and theme that have records in common."""
    builder = _Builder(views)
    for facet in views.index.facets:
        yield builder.facet_page(facet)
        if facet != facets.YEAR:
            for entry in views.index.of(facet):
                yield builder.term_page(entry)
    for owner in views.index.of(facets.OWNER):
        for theme in views.index.of(facets.THEME):
            if addresses.of_crossing(owner.facet, owner.term.id, theme.term.id) in views.made:
                yield cross_page(views, owner, theme)


def facet_link(facet: Facet) -> Link:
    """Return a link to the page of all terms of a facet."""
    return Link(facet.plural, f"{facet.id}/")


def term_line(entry: Entry) -> TermLine:
    """Return a term as a line with its counts."""
    return TermLine(entry.term.label, entry.url, len(entry.documents), len(entry.projects), entry.term.scope_note)


def counted(documents: Sized, projects: Sized) -> str:
    """Return "3 dokument och 2 projekt." without a half of which there is nothing."""
    counts = ((len(documents), "dokument"), (len(projects), "projekt"))
    found = listed([f"{number} {what}" for number, what in counts if number])
    return f"{found}." if found else "Inget i banken än."


def cross_page(views: Views, first: Entry, second: Entry) -> SitePage:
    """Return the page of what two terms have in common, filed under the first."""
    documents = [record for record in first.documents if record.id in second.ids]
    projects = [record for record in first.projects if record.id in second.ids]
    written_by = {owner.label for record in (*documents, *projects) for owner in record.owners}
    before = sorted(written_by & {term.label for term in views.predecessors(first)}, key=sort_key)
    view = CrossPage(
        first=Link(first.term.label, first.url, len(first.documents)),
        second=Link(second.term.label, second.url, len(second.documents)),
        note=f"Här räknas också det som {listed(before)} skrev." if before else "",
        projects=views.rows(projects),
        documents=views.rows(documents),
    )
    return SitePage(
        file=addresses.of_crossing(first.facet, first.term.id, second.term.id),
        title=f"{first.term.label}: {second.term.label}",
        summary=counted(documents, projects),
        template="cross.html",
        view=view,
        updated=views.updated((*documents, *projects)),
        trail=(facet_link(first.facet), Link(first.term.label, first.url)),
    )


@dataclass(frozen=True, slots=True)
class _Builder:
    """Makes the pages of facets and terms."""

    views: Views

    def facet_page(self, facet: Facet) -> SitePage:
        note = self.views.vocabulary(facet).note if facet.vocabulary else facet.note
        entries = self.views.index.of(facet)
        groups = _owner_groups(entries) if facet == facets.OWNER else (Group("", tuple(map(term_line, entries))),)
        newest = next(iter(maps(self.views)), None) if facet == facets.OWNER else None
        return SitePage(
            file=addresses.of_facet(facet),
            title=facet.plural,
            summary=note,
            template="facet.html",
            view=FacetPage(note, tuple(group for group in groups if group.lines), newest),
            updated=self.views.updated(),
        )

    def term_page(self, entry: Entry) -> SitePage:
        facet, term = entry.facet, entry.term
        vocabulary = self.views.vocabulary(facet)
        heading, crossings = self.crossings(entry)
        view = TermPage(
            facet=facet_link(facet),
            scope_note=term.scope_note,
            other_names=(*term.synonyms, *term.abbreviations),
            before=tuple(self.link(facet, other) for other in vocabulary.predecessors(term)),
            today=tuple(self.link(facet, other) for other in vocabulary.successors(term)),
            changed=_changed(term),
            findings=findings.of_term(self.views, entry),
            happenings=findings.happenings(entry),
            by_year=self.by_year(entry),
            projects=self.views.rows(entry.projects),
            documents=self.views.rows(entry.documents),
            crossings_heading=heading,
            crossings=crossings,
            related=self.related(entry),
        )
        counts = counted(entry.documents, entry.projects)
        return SitePage(
            file=addresses.of_term(facet, term.id),
            title=self.title(entry),
            summary=f"{counts} {term.scope_note}".strip(),
            template="term.html",
            view=view,
            updated=self.views.updated(entry.members),
            trail=(facet_link(facet),),
        )

    def title(self, entry: Entry) -> str:
        """Return the name of a term, with its facet's where other pages have the same."""
        label = entry.term.label
        shared = label.casefold() in self.views.shared_names
        return f"{entry.facet.label}: {label}" if shared else capitalised(label)

    def link(self, facet: Facet, term: Term) -> Link:
        entry = self.views.index.entry(facet, term)
        # Some facets are of projects alone: their terms have no number of documents to show.
        return Link(term.label, entry.url, len(entry.documents) if entry.documents or not entry.members else None)

    def by_year(self, entry: Entry) -> tuple[YearCount, ...]:
        counts = Counter(year for record in entry.documents for year in record.filed_under)
        most = max(counts.values(), default=0)
        if most == min(counts.values(), default=0):
            # Bars of one length say nothing.
            return ()
        # A year has a page of its own for each kind of document.
        ending = f"{entry.term.id}/" if entry.facet == facets.KIND else ""
        return tuple(
            YearCount(Link(str(year), f"{facets.YEAR.id}/{year}/{ending}"), counts[year], 100 * counts[year] // most)
            for year in sorted(counts, reverse=True)
        )

    def related(self, entry: Entry) -> tuple[Link, ...]:
        """Return the terms that the vocabulary names as related, then those most often found on the same records.

        A district's older and later names are left out: its page leads to them anyway.
        """
        facet = entry.facet
        vocabulary = self.views.vocabulary(facet)
        itself = {entry.term, *vocabulary.predecessors(entry.term), *vocabulary.successors(entry.term)}
        own = {other.term.id: other.term for other in self.views.index.of(facet)}
        found = {term_id: own[term_id] for term_id in entry.term.related}
        together = Counter(
            term.id
            for record in entry.members
            for term in facet.values(record, self.views.catalogue)
            if term not in itself
        )
        for term_id, _ in sorted(together.items(), key=lambda item: (-item[1], item[0])):
            found.setdefault(term_id, own[term_id])
        return tuple(self.link(facet, term) for term in list(found.values())[:RELATED_TERMS])

    def crossings(self, entry: Entry) -> tuple[str, tuple[Link, ...]]:
        """Return heading and links to the pages where a district meets its themes, or a theme its districts."""
        if entry.facet == facets.OWNER:
            other = self.views.index.named(facets.THEME)
        elif entry.facet == facets.THEME:
            other = self.views.index.named(facets.OWNER)
        else:
            return "", ()
        links = []
        for crossed in self.views.index.of(other):
            owner, theme = (entry, crossed) if other == facets.THEME else (crossed, entry)
            common = sum(record.id in theme.ids for record in owner.documents)
            if owner.ids & theme.ids:
                links.append(Link(crossed.term.label, f"{owner.url}{theme.term.id}/", common))
        return f"Dokument efter {other.label.lower()}", tuple(links)


def _owner_groups(entries: Sequence[Entry]) -> tuple[Group, ...]:
    today: list[TermLine] = []
    before: list[TermLine] = []
    others: list[TermLine] = []
    for entry in entries:
        term = entry.term
        (others if not term.is_district else before if term.successors else today).append(term_line(entry))
    return (
        Group(f"{entries[0].facet.plural} i dag" if entries else "", tuple(today)),
        Group("Gemensamt för alla", tuple(others)),
        Group("Tidigare namn", tuple(before)),
    )


def _changed(term: Term) -> str:
    """Return the day a name ended or began, as it stands in a sentence; "" for a name that was always there."""
    if term.successors and term.valid_to:
        return date_text(term.valid_to)
    return date_text(term.valid_from) if term.valid_from else ""
