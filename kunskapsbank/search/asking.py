"""A question and an open index → the ids that answer, best first, and what to tell of the question.

The browser's client does the same in `client.js`; only questions joined with AND, OR and NOT are for Whoosh alone.
"""

from __future__ import annotations

from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING

from kunskapsbank.model.facets import THEME, YEAR
from kunskapsbank.search import asked, told
from kunskapsbank.search.analysis import Term
from kunskapsbank.search.concepts import BEGINNING, MOST_BEGINNINGS
from kunskapsbank.search.conditions import MOST_READ, NOT_ALL_READ, Conditions, terms_meant
from kunskapsbank.search.index import bare_words, is_joined
from kunskapsbank.search.numbering import numbered
from kunskapsbank.search.ranking import Hit, rank
from kunskapsbank.swedish.text import normalise
from kunskapsbank.swedish.words import folded

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kunskapsbank.model.facets import FacetIndex
    from kunskapsbank.search.concepts import Concept
    from kunskapsbank.search.documents import Document
    from kunskapsbank.search.index import Reader
    from kunskapsbank.search.meanings import Meanings


class Asking:
    """A question on its way to an answer; `concepts` are its words once it has been asked."""

    def __init__(self, found: Sequence[Document], facet_index: FacetIndex, question: str) -> None:
        """Take the documents, and the facets and terms that can be asked for by name."""
        self._found = numbered(found)
        self._facets = facet_index
        self._question = question
        self._asked = asked.parse(question, [facet.key for facet in facet_index.filters])
        self._conditions = Conditions(self._asked)
        self._told: list[str] = []
        self.concepts: tuple[Concept, ...] = ()
        self.partly: frozenset[str] = frozenset()
        """The ids that answer less of the question than the others: the newest first means the newest of those."""

    def ranked(self, reader: Reader) -> list[tuple[str, float]]:
        """Return the ids that answer, best first, with their scores."""
        self._told = []
        if is_joined(self._question):
            self.concepts = reader.question(bare_words(self._question, self._facets.facets))
            return self._joined(reader, reader.matching(self._question))
        self._told = list(self._asked.notes)
        self.concepts = self._begun(reader.question(self._asked.text, self._asked.quoted), reader)
        hits = self._allowed(self._hits(reader), reader)
        if self._conditions.must_read:
            if len(hits) > MOST_READ:
                self._told.append(NOT_ALL_READ)
            hits = [hit for hit in hits[:MOST_READ] if self._conditions.hold(self._found[hit.document].texts)]
            hits.sort(key=lambda hit: not self._conditions.is_title(self._found[hit.document].title))
        self.partly = frozenset(self._found[hit.document].id for hit in hits if not hit.is_enough)
        return [(self._found[hit.document].id, hit.score) for hit in hits]

    def _begun(self, concepts: tuple[Concept, ...], reader: Reader) -> tuple[Concept, ...]:
        """Return the words with what may come of the one that was only begun."""
        beginning = self._asked.beginning
        if not beginning:
            return concepts
        more = [Term(term, BEGINNING) for term in reader.beginning(beginning)[:MOST_BEGINNINGS]]
        return tuple(
            replace(concept, terms=(*concept.terms, *more), absent=concept.absent and bool(concept.near))
            if concept.word == beginning
            else concept
            for concept in concepts
        )

    @property
    def text(self) -> str:
        """The question with its signs blanked out."""
        return self._asked.text

    @property
    def quoted(self) -> frozenset[str]:
        """The words that stand within quotes."""
        return self._asked.quoted

    @property
    def misunderstood(self) -> tuple[str, ...]:
        """What to tell of the question that was not understood, once it has been asked."""
        return tuple(self._told)

    def notes(self, known: Meanings) -> tuple[str, ...]:
        """Return what to tell of the question: what was not understood, and words that no text has."""
        themes = {entry.term.id: (entry.term.label, len(entry.members)) for entry in self._facets.of(THEME)}
        return (*self._told, *told.absent(normalise(self._question), self.concepts, known, themes))

    @cached_property
    def _numbers(self) -> dict[str, int]:
        return {document.id: number for number, document in self._found.items()}

    def _hits(self, reader: Reader) -> list[Hit]:
        if self._asked.is_empty:
            return [Hit(number, 0.0) for number in self._found] if self._asked.facets else []
        terms = dict.fromkeys(term.text for concept in self.concepts for term in concept.terms)
        return rank(self.concepts, reader.postings(terms, self._numbers), len(self._found))

    def _allowed(self, hits: list[Hit], reader: Reader) -> list[Hit]:
        """Return the hits that have all stems and terms that they must, and none that they must not."""
        needed, barred = self._conditions.needed, self._conditions.barred
        postings = reader.postings({*needed, *barred}, self._numbers)
        having = {term: {posting.document for posting in found} for term, found in postings.items()}
        for asked_facet in self._asked.facets:
            facet = next(facet for facet in self._facets.filters if folded(facet.key) == asked_facet.key)
            terms = [(entry.term.id, entry.term.names) for entry in self._facets.of(facet)]
            meant = set(terms_meant(asked_facet.value, terms, facet == YEAR))
            if meant:
                hits = [hit for hit in hits if meant & set(self._found[hit.document].facets.get(facet.id, ()))]
            else:
                self._told.append(
                    f"Banken har inget filter ”{asked_facet.value}” under {facet.label}. Sökningen är gjord utan det."
                )
        return [
            hit
            for hit in hits
            if all(hit.document in having.get(term, ()) for term in needed)
            and not any(hit.document in having.get(term, ()) for term in barred)
        ]

    def _joined(self, reader: Reader, matching: frozenset[str]) -> list[tuple[str, float]]:
        terms = dict.fromkeys(term.text for concept in self.concepts for term in concept.terms)
        hits = rank(self.concepts, reader.postings(terms, self._numbers), len(self._found))
        ranked = [(self._found[hit.document].id, hit.score) for hit in hits]
        scores = dict(ranked)
        rest = [
            document.id for document in self._found.values() if document.id in matching and document.id not in scores
        ]
        return [pair for pair in ranked if pair[0] in matching] + [(document_id, 0.0) for document_id in rest]
