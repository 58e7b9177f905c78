"""Catalogue → facets: for every way of browsing its terms, and for every term the records that carry it."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import cache, cached_property
from typing import TYPE_CHECKING

from kunskapsbank.model import vocabulary
from kunskapsbank.model.vocabulary import Term
from kunskapsbank.swedish.phrases import capitalised
from kunskapsbank.swedish.text import sort_key

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from kunskapsbank.model.catalogue import Catalogue
    from kunskapsbank.model.record import Record
    from kunskapsbank.settings import Settings


@dataclass(frozen=True, slots=True)
class Facet:
    """A way of browsing. Facets are the same that take the same of a record, whatever a bank calls them.

    `id` is its address, `key` its name in queries and options, `label` the heading above one value, `plural` the
    heading of its page. `path` leads from a record to its values, attribute by attribute and through what there are
    several of: terms, years, or a term's id. `vocabulary` is where the terms come from (None: from the records
    themselves, as with years), `ordered` whether the order of the vocabulary file means something (else the terms are
    shown alphabetically).

    `panel` is what a record's page calls its values ("" where it shows them in another place), `filters` whether a
    search can be narrowed by it, `searched` whether words find a record by the names of its terms, `about` whether the
    terms say what a record is about: the start page shows only those used most, and records that share them are alike.
    """

    id: str = field(compare=False)
    key: str = field(compare=False)
    label: str = field(compare=False)
    plural: str = field(compare=False)
    path: str
    vocabulary: str | None = field(default=None, compare=False)
    ordered: bool = field(default=False, compare=False)
    note: str = field(default="", compare=False)
    panel: str = field(default="", compare=False)
    filters: bool = field(default=True, compare=False)
    searched: bool = field(default=False, compare=False)
    about: bool = field(default=False, compare=False)

    def values(self, record: Record, catalogue: Catalogue) -> tuple[Term, ...]:
        """Return the terms of a record, each once."""
        found: Iterable[object] = (record,)
        for attribute in self.path.split("."):
            found = [value for one in found for value in _several(getattr(one, attribute))]
        terms = (self._term(value, catalogue) for value in found)
        # A term that no record names, as those of results, is missing where its file is damaged; that is told of there.
        return tuple(dict.fromkeys(term for term in terms if term))

    def _term(self, value: object, catalogue: Catalogue) -> Term | None:
        if isinstance(value, Term):
            return value
        return catalogue.vocabularies[self.vocabulary].find(str(value)) if self.vocabulary else year_term(value)


def _several(value: object) -> tuple[object, ...]:
    return value if isinstance(value, tuple) else () if value is None else (value,)


def year_term(year: object) -> Term:
    """Return a year as a term; later years have the lower position, so that they come first."""
    return Term(str(year), str(year), position=-int(str(year)))


# Each bank calls its owners something, and that is the name and address of the facet: see `of`.
OWNER = Facet("agare", "ägare", "Ägare", "Ägare", "owners", vocabulary.OWNERS, panel="Ägare", searched=True)
YEAR = Facet(
    "ar",
    "år",
    "År",
    "År",
    "filed_under",
    ordered=True,
    note="Året som pengarna gäller, eller rapportens år för forskning.",
)
THEME = Facet("teman", "tema", "Tema", "Teman", "themes", vocabulary.THEMES, panel="Teman", searched=True, about=True)
AUDIENCE = Facet(
    "malgrupper",
    "målgrupp",
    "Målgrupp",
    "Målgrupper",
    "audiences",
    vocabulary.AUDIENCES,
    panel="Målgrupper",
    searched=True,
    about=True,
)
KIND = Facet(
    "typer",
    "typ",
    "Dokumenttyp",
    "Dokumenttyper",
    "kind",
    vocabulary.KINDS,
    ordered=True,
    panel="Dokumenttyp",
    searched=True,
)
METHOD = Facet(
    "metoder", "metod", "Metod", "Metoder", "methods", vocabulary.METHODS, panel="Metoder", searched=True, about=True
)
ANALYSIS = Facet(
    "jamstalldhetsanalys",
    "jämställdhetsanalys",
    "Jämställdhetsanalys",
    "Jämställdhetsanalys",
    "gender_analysis.status",
    vocabulary.ANALYSIS_STATUSES,
    ordered=True,
    panel="Jämställdhetsanalys",
)
ANALYSIS_METHOD = Facet(
    "jamstalldhetsmetoder",
    "jämställdhetsmetod",
    "Jämställdhetsmetod",
    "Jämställdhetsmetoder",
    "gender_analysis.methods",
    vocabulary.ANALYSIS_METHODS,
    searched=True,
)
OUTCOME = Facet(
    "utfall", "utfall", "Vad hände sedan", "Vad hände sedan", "outcome_terms", vocabulary.OUTCOMES, ordered=True
)
RESULTS = Facet("resultat", "resultat", "Resultat", "Resultat", "results", vocabulary.RESULTS, ordered=True)
EVIDENCE = Facet(
    "belagg",
    "belägg",
    "Belägg",
    "Belägg",
    "evidence",
    vocabulary.EVIDENCE,
    ordered=True,
    panel="Hur vet vi det?",
)
STATUS = Facet("status", "status", "Status", "Status", "status", vocabulary.STATUSES, ordered=True, panel="Status")
# Nobody looks for what a source says, only for whether a page has one.
SOURCE = Facet("kallor", "källa", "Källa", "Källor", "sources", vocabulary.SOURCES, ordered=True, filters=False)

# In the order they are shown everywhere.
FACETS = (
    OWNER,
    YEAR,
    THEME,
    AUDIENCE,
    KIND,
    METHOD,
    ANALYSIS,
    ANALYSIS_METHOD,
    STATUS,
    OUTCOME,
    RESULTS,
    EVIDENCE,
    SOURCE,
)


@cache
def of(settings: Settings) -> tuple[Facet, ...]:
    """Return the facets as a bank calls them, in the order they are shown everywhere."""
    words = settings.owner
    owner = replace(
        OWNER, id=words.address, key=words.key, label=capitalised(words.one), plural=capitalised(words.several)
    )
    return tuple(owner if facet == OWNER else facet for facet in FACETS)


def filters(settings: Settings) -> tuple[Facet, ...]:
    """Return what a search is narrowed by, as a bank calls it."""
    return tuple(facet for facet in of(settings) if facet.filters)


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
    """Every facet, as the bank calls it, with every one of its terms, also those that no record carries."""

    entries: dict[Facet, tuple[Entry, ...]]

    @cached_property
    def facets(self) -> tuple[Facet, ...]:
        """The facets in the order they are shown everywhere."""
        return tuple(self.entries)

    @cached_property
    def filters(self) -> tuple[Facet, ...]:
        """What a search is narrowed by."""
        return tuple(facet for facet in self.facets if facet.filters)

    def named(self, facet: Facet) -> Facet:
        """Return a facet as the bank calls it."""
        return self.facets[self.facets.index(facet)]

    def of(self, facet: Facet) -> tuple[Entry, ...]:
        """Return the entries of a facet in the order they are shown."""
        return self.entries[facet]

    def entry(self, facet: Facet, term: Term) -> Entry:
        """Return the entry of a term; raises KeyError when the facet lacks it."""
        return self._by_term[facet, term.id]

    def has(self, facet: Facet, term: Term) -> bool:
        """Tell whether a facet has a term: of a year, whether any record is about it."""
        return (facet, term.id) in self._by_term

    def __iter__(self) -> Iterator[Entry]:
        """Go through all entries, facet by facet."""
        return (entry for entries in self.entries.values() for entry in entries)

    @cached_property
    def _by_term(self) -> dict[tuple[Facet, str], Entry]:
        return {(entry.facet, entry.term.id): entry for entry in self}


def newest_first(records: Iterable[Record]) -> tuple[Record, ...]:
    """Return the records by year, newest first, then by title."""
    return tuple(sorted(records, key=lambda record: (-record.latest_year, sort_key(record.title), record.id)))


def index(catalogue: Catalogue) -> FacetIndex:
    """Return the facets of a catalogue."""
    return FacetIndex({facet: _entries(facet, catalogue) for facet in of(catalogue.settings)})


def _entries(facet: Facet, catalogue: Catalogue) -> tuple[Entry, ...]:
    own: dict[Term, list[Record]] = {}
    for record in newest_first(catalogue.real):
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
