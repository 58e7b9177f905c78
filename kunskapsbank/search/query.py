"""A question and chosen terms → the records that answer, best first, with counts for what could be chosen next."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from kunskapsbank.model.facets import Facet
    from kunskapsbank.search.documents import Document

# Terms of a facet that are chosen, by the facet's id.
Choice = dict[str, frozenset[str]]


@dataclass(frozen=True, slots=True)
class Hit:
    """A record that answers a question; `score` is higher for a better answer, 0 where no words were asked for."""

    document: Document
    score: float


@dataclass(frozen=True, slots=True)
class Answer:
    """All hits, best first, and for each facet how many there would be with each of its terms chosen instead."""

    hits: tuple[Hit, ...]
    counts: Mapping[str, Mapping[str, int]]


def answer(
    documents: Mapping[str, Document],
    ranked: Sequence[tuple[str, float]] | None,
    chosen: Choice,
    facets: Iterable[Facet],
) -> Answer:
    """Filter what the words found by the chosen terms: any of a facet's terms, but something of every facet chosen.

    `documents` are newest first. `ranked` are ids with scores, best first; None when no words were asked for, and then
    the newest come first. `facets` are those whose terms are counted.
    """
    if ranked is None:
        ranked = [(document_id, 0.0) for document_id in documents]
    found = [Hit(documents[document_id], score) for document_id, score in ranked]
    hits = tuple(hit for hit in found if not _missed(hit.document, chosen))
    return Answer(hits, {facet.id: _counts(found, facet, chosen) for facet in facets})


def _missed(document: Document, chosen: Choice) -> set[str]:
    """Return the facets in which the document has none of the chosen terms."""
    return {facet for facet, terms in chosen.items() if terms and not terms & set(document.facets.get(facet, ()))}


def _counts(found: Sequence[Hit], facet: Facet, chosen: Choice) -> dict[str, int]:
    # The terms of one facet add to each other, so what is chosen in the facet itself does not narrow its counts.
    counted = Counter(
        term
        for hit in found
        if _missed(hit.document, chosen) <= {facet.id}
        for term in hit.document.facets.get(facet.id, ())
    )
    return dict(sorted(counted.items()))
