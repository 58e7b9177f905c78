"""Catalogue → facets: for every way of browsing its terms, and for every term the records that carry it."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from kunskapsbank.model import vocabulary
from kunskapsbank.model.vocabulary import Term
from kunskapsbank.swedish.text import sort_key

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from kunskapsbank.model.catalogue import Catalogue
    from kunskapsbank.model.record import Record


@dataclass(frozen=True, slots=True)
class Facet:
    """A way of browsing.

    `id` is its address, `key` its name in queries and options, `label` the heading above one value, `plural` the
    heading of its page, `vocabulary` where its terms come from (None: from the records themselves, as with years),
    `ordered` whether the order of the vocabulary file means something (else the terms are shown alphabetically).
    """

    id: str
    key: str
    label: str
    plural: str
    values: Callable[[Record, Catalogue], tuple[Term, ...]] = field(repr=False)
    vocabulary: str | None = None
    ordered: bool = False
    note: str = ""


def year_term(year: int) -> Term:
    """Return a year as a term; later years have the lower position, so that they come first."""
    return Term(str(year), str(year), position=-year)


def _kind(record: Record, catalogue: Catalogue) -> tuple[Term, ...]:
    return (catalogue.vocabularies[vocabulary.KINDS].get(record.kind),)


def _analysis(record: Record, catalogue: Catalogue) -> tuple[Term, ...]:
    return (record.gender_analysis.status,) if record.gender_analysis else ()


YEAR = Facet(
    "ar",
    "år",
    "År",
    "År",
    lambda record, _: tuple(year_term(year) for year in record.filed_under),
    ordered=True,
    note="Året som pengarna gäller, eller rapportens år för forskning.",
)
OWNER = Facet(
    "stadsdelar",
    "stadsdel",
    "Stadsdel",
    "Stadsdelar",
    lambda record, _: record.owners,
    vocabulary.OWNERS,
)
AUDIENCE = Facet(
    "malgrupper",
    "målgrupp",
    "Målgrupp",
    "Målgrupper",
    lambda record, _: record.audiences,
    vocabulary.AUDIENCES,
)
THEME = Facet("teman", "tema", "Tema", "Teman", lambda record, _: record.themes, vocabulary.THEMES)
KIND = Facet("typer", "typ", "Dokumenttyp", "Dokumenttyper", _kind, vocabulary.KINDS, ordered=True)
METHOD = Facet("metoder", "metod", "Metod", "Metoder", lambda record, _: record.methods, vocabulary.METHODS)
ANALYSIS = Facet(
    "jamstalldhetsanalys",
    "jämställdhetsanalys",
    "Jämställdhetsanalys",
    "Jämställdhetsanalys",
    _analysis,
    vocabulary.ANALYSIS_STATUSES,
    ordered=True,
)
OUTCOME = Facet(
    "utfall",
    "utfall",
    "Vad hände sedan",
    "Vad hände sedan",
    lambda record, _: record.outcomes,
    vocabulary.OUTCOMES,
    ordered=True,
)
SOURCE = Facet("kallor", "källa", "Källa", "Källor", lambda record, _: record.sources, vocabulary.SOURCES, ordered=True)

FACETS = (OWNER, YEAR, THEME, AUDIENCE, KIND, METHOD, ANALYSIS, OUTCOME, SOURCE)
# What a search is narrowed by: nobody looks for what a source says, only for whether a page has one.
FILTERS = tuple(facet for facet in FACETS if facet is not SOURCE)


@dataclass(frozen=True)
class Entry:
    """A term of a facet and the records that carry it.

    `own` are the records with the term itself; `members` add those of the terms it came from (a district of today
    counts what its predecessors wrote). Both are sorted newest first.
    """

    facet: Facet
    term: Term
    own: tuple[Record, ...]
    members: tuple[Record, ...]

    @property
    def url(self) -> str:
        """The address of the term's page relative to the site's root."""
        return f"{self.facet.id}/{self.term.id}/"

    @cached_property
    def documents(self) -> tuple[Record, ...]:
        """The documents among the members, newest first."""
        return tuple(record for record in self.members if record.is_document)

    @cached_property
    def projects(self) -> tuple[Record, ...]:
        """The projects among the members, newest first."""
        return tuple(record for record in self.members if not record.is_document)

    @cached_property
    def ids(self) -> frozenset[str]:
        """The members' ids."""
        return frozenset(record.id for record in self.members)


@dataclass(frozen=True)
class FacetIndex:
    """Every facet with every one of its terms, also those that no record carries."""

    entries: dict[str, tuple[Entry, ...]]

    def of(self, facet: Facet) -> tuple[Entry, ...]:
        """Return the entries of a facet in the order they are shown."""
        return self.entries[facet.id]

    def entry(self, facet: Facet, term: Term) -> Entry:
        """Return the entry of a term; raises KeyError when the facet lacks it."""
        return self._by_term[facet.id, term.id]

    def __iter__(self) -> Iterator[Entry]:
        """Go through all entries, facet by facet."""
        return (entry for facet in FACETS for entry in self.entries[facet.id])

    @cached_property
    def _by_term(self) -> dict[tuple[str, str], Entry]:
        return {(entry.facet.id, entry.term.id): entry for entry in self}


def newest_first(records: Iterable[Record]) -> tuple[Record, ...]:
    """Return the records by year, newest first, then by title."""
    return tuple(sorted(records, key=lambda record: (-record.latest_year, sort_key(record.title), record.id)))


def index(catalogue: Catalogue) -> FacetIndex:
    """Return the facets of a catalogue."""
    return FacetIndex({facet.id: _entries(facet, catalogue) for facet in FACETS})


def _entries(facet: Facet, catalogue: Catalogue) -> tuple[Entry, ...]:
    own: dict[Term, list[Record]] = {}
    for record in newest_first(catalogue.records):
        for term in facet.values(record, catalogue):
            own.setdefault(term, []).append(record)
    terms = catalogue.vocabularies[facet.vocabulary].terms if facet.vocabulary else tuple(own)
    entries = [Entry(facet, term, tuple(own.get(term, ())), _members(facet, term, own, catalogue)) for term in terms]
    if facet.ordered:
        entries.sort(key=lambda entry: entry.term.position)
    else:
        entries.sort(key=lambda entry: sort_key(entry.term.label))
    return tuple(entries)


def _members(facet: Facet, term: Term, own: dict[Term, list[Record]], catalogue: Catalogue) -> tuple[Record, ...]:
    if facet.vocabulary is None:
        return tuple(own[term])
    family = (term, *catalogue.vocabularies[facet.vocabulary].predecessors(term))
    records = {record.id: record for member in family for record in own.get(member, ())}
    return newest_first(records.values())
