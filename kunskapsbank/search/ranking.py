"""Analysed documents and a question → the documents that answer it, best first.

BM25F with whole numbers. For every term and document one number is worked out when the index is made, the
*impact*: the sum of the weights of the term's occurrences, each field times its boost and over its length, in
units of 1/32 of an occurrence. A reader of the index then needs nothing but that number, how many documents
have the term, and the blocks in which it stands:

    idf(t)      = round(64 · ln(1 + (N - n + ½) / (n + ½)))
    worth(t)    = weight of t in the question · idf(t)
    score(w, d) = Σ over the terms t of the word w:  worth(t) · impact(t, d) / (impact(t, d) + SATURATION)
    found(w, d) = the highest worth among the terms of w that d has
    close(d)    = the highest over the blocks of d of the sum over w of the highest worth that w has in the
                  block, or of BESIDE times that in the block before or after
    top         = Σ over w of the highest worth that w has anywhere in the index
    hit(d)      = whether found(w, d) · ENOUGH ≥ the highest worth that w has anywhere, for any w: a document that
                  has only a small part of a compound is no answer to it
    rank(d)     = Σ score(w, d) · (1 + (COVERAGE · Σ found(w, d) + CLOSENESS · close(d)) / top)

    enough(d)   = whether Σ found(w, d) is at least (HOLDS - 1) / HOLDS of the highest that any document has

Sums run in the order of the question's words and terms, so that every reader of the index gets the same
number to the last bit; equal numbers fall to the lower document number.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from kunskapsbank.search.concepts import Concept
    from kunskapsbank.search.occurrences import Field

UNIT = 32
"""An occurrence of a whole word in a field of boost one and of middling length."""
HIGHEST_IMPACT = 1023
IDF_UNIT = 64
BODY = "body"
"""The field whose blocks are counted from its own beginning."""
OUTSIDE = 8192
"""The first block of what is not body."""


@dataclass(frozen=True, slots=True)
class FieldWeight:
    """How a field counts: its boost, and how far its length tells against it (0 not at all, 1 in full)."""

    boost: float
    norm: float


@dataclass(frozen=True, slots=True)
class Weights:
    """The constants of the ranking."""

    fields: Mapping[str, FieldWeight] = field(
        default_factory=lambda: {
            "title": FieldWeight(3.0, 0.5),
            "summary": FieldWeight(1.5, 0.6),
            "headings": FieldWeight(1.5, 0.5),
            "names": FieldWeight(1.0, 0.5),
            "body": FieldWeight(1.0, 0.6),
            "attached": FieldWeight(0.5, 0.6),
        }
    )
    saturation: int = 29
    coverage: float = 0.3
    closeness: float = 1.25
    beside: float = 0.5
    enough: int = 4
    holds: int = 4


WEIGHTS = Weights()


@dataclass(frozen=True, slots=True)
class Posting:
    """A term in a document: its number, the impact, and the blocks it stands in, ascending."""

    document: int
    impact: int
    blocks: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Hit:
    """A document that answers a question.

    `is_enough` says that it holds nearly as much of the question as the one that holds most: such are shown first where
    the newest are wanted first.
    """

    document: int
    score: float
    is_enough: bool = True


def pivot(lengths: Sequence[int]) -> int:
    """Return the middling length of a field: the mean of those that have it, rounded to a power of the square
    root of two.

    Rounded, so that one document more or less does not change the impact of every other.
    """
    filled = [length for length in lengths if length]
    if not filled:
        return 1
    return round(2 ** (round(2 * math.log2(sum(filled) / len(filled))) / 2))


def lengths(document: Mapping[str, Field]) -> dict[str, int]:
    """Return how many words each field of a document has."""
    return {name: content.length for name, content in document.items()}


def pivots(measured: Iterable[Mapping[str, int]], weights: Weights = WEIGHTS) -> dict[str, int]:
    """Return the middling length of every field, of all documents' lengths."""
    each = list(measured)
    return {name: pivot([document.get(name, 0) for document in each]) for name in weights.fields}


def shares(lengths: Mapping[str, int], pivots: Mapping[str, int], weights: Weights = WEIGHTS) -> dict[str, float]:
    """Return what an occurrence counts in each of the fields of a document that have so many words."""
    return {
        name: rule.boost / (1 - rule.norm + rule.norm * lengths[name] / pivots[name])
        for name, rule in weights.fields.items()
        if name in lengths
    }


def impact(total: float) -> int:
    """Return the impact of a term whose weights, each times its field's share, are so much together.

    A term of next to none has one all the same.
    """
    return max(1, min(HIGHEST_IMPACT, round(total * UNIT / 8)))


def impacts(document: Mapping[str, Field], pivots: Mapping[str, int], weights: Weights = WEIGHTS) -> dict[str, int]:
    """Return the impact of every term of a document."""
    sums: dict[str, float] = {}
    for name, share in shares(lengths(document), pivots, weights).items():
        for term, weight in document[name].weights.items():
            sums[term] = sums.get(term, 0.0) + weight * share
    return {term: impact(total) for term, total in sums.items()}


def blocks(document: Mapping[str, Field], block: int, weights: Weights = WEIGHTS) -> dict[str, tuple[int, ...]]:
    """Return the blocks of every term of a document, one field after the other, with a gap between.

    Those of the body come first and are its own, so that they tell where in it to look; the others begin after
    `OUTSIDE`, or after a body that goes on beyond it.
    """
    found: dict[str, tuple[int, ...]] = {}
    offset = 0
    for name in sorted(weights.fields, key=lambda name: name != BODY):
        if (content := document.get(name)) is not None:
            if offset == 0 and not found:
                found.update(content.blocks)
            else:
                for term, places in content.blocks.items():
                    found[term] = found.get(term, ()) + tuple(offset + place for place in places)
            offset += content.length // block + 2
        offset = max(offset, OUTSIDE)
    return found


def idf(documents: int, having: int) -> int:
    """Return how much a term tells that `having` of `documents` documents have."""
    return math.floor(IDF_UNIT * math.log(1 + (documents - having + 0.5) / (having + 0.5)) + 0.5)


@dataclass(slots=True)
class _Found:
    """What a document has of a question so far: the score, and the highest worth per word and block."""

    score: float = 0.0
    best: dict[int, int] = field(default_factory=dict)
    blocks: dict[int, dict[int, int]] = field(default_factory=dict)


def _standing(found: _Found, weights: Weights) -> float:
    """Return what a document earns for having much of the question, and having it close together."""
    return weights.coverage * sum(found.best.values()) + weights.closeness * _closeness(found, weights)


def _closeness(found: _Found, weights: Weights) -> float:
    """Return the highest worth that stands together in one block and the next."""
    if len(found.best) < 2:
        return 0.0
    closest = 0.0
    for block in sorted({block for places in found.blocks.values() for block in places}):
        together = 0.0
        for places in found.blocks.values():
            beside = max(places.get(block - 1, 0), places.get(block + 1, 0)) * weights.beside
            together += max(places.get(block, 0), beside)
        closest = max(closest, together)
    return closest


def rank(
    question: Sequence[Concept],
    postings: Mapping[str, Sequence[Posting]],
    documents: int,
    weights: Weights = WEIGHTS,
) -> list[Hit]:
    """Return every document that answers enough of the question, best first."""
    everything: dict[int, _Found] = {}
    highest = [0] * len(question)
    for word, concept in enumerate(question):
        for term in concept.terms:
            having = postings.get(term.text, ())
            if not having:
                continue
            worth = term.weight * idf(documents, len(having))
            highest[word] = max(highest[word], worth)
            for posting in having:
                found = everything.setdefault(posting.document, _Found())
                found.score += worth * posting.impact / (posting.impact + weights.saturation)
                found.best[word] = max(found.best.get(word, 0), worth)
                places = found.blocks.setdefault(word, {})
                for block in posting.blocks:
                    places[block] = max(places.get(block, 0), worth)
    # Not none, even where every word stands in every document and so tells nothing.
    top = max(sum(highest), 1)
    most = max((sum(found.best.values()) for found in everything.values()), default=0)
    hits = [
        Hit(
            number,
            found.score * (1 + _standing(found, weights) / top),
            sum(found.best.values()) * weights.holds >= most * (weights.holds - 1),
        )
        for number, found in everything.items()
        if any(worth * weights.enough >= highest[word] for word, worth in found.best.items())
    ]
    return sorted(hits, key=lambda hit: (-hit.score, hit.document))
