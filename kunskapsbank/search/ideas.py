"""An idea in words, of any length → the projects that tried something like it, and how they differ in target group.

The weightiest words of the text are asked as one question. The browser's client does the same, in `ideas.js`.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kunskapsbank.model import facets
from kunskapsbank.search.ranking import idf, rank
from kunskapsbank.swedish.phrases import listed, years_text
from kunskapsbank.swedish.pieces import pieces
from kunskapsbank.swedish.stem import root

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence

    from kunskapsbank.model.catalogue import Catalogue
    from kunskapsbank.model.record import Record
    from kunskapsbank.search.concepts import Concept
    from kunskapsbank.search.index import Reader
    from kunskapsbank.search.meanings import Meanings
    from kunskapsbank.search.naming import Named
    from kunskapsbank.swedish.pieces import Piece

CONSIDERED = 40
"""How many words of the text are looked up in the index: each may cost a reader a file."""
ASKED = 16
"""How many of them are asked for, the weightiest."""
MOST_COMPARED = 20
"""How many hits are looked at for the projects that they are of."""
NEAREST = 5
NEAR_ENOUGH = 8
"""A project whose score is a smaller part of the best one's than one in so many is not near."""
_SHORTEST = 3
_LONGEST = 12
_MOST_TIMES = 3
_LISTED = 2
# A target group is spoken of where all words of a name of it stand in one such stretch of words that say something.
_STRETCH, _STEP = 18, 6


@dataclass(frozen=True, slots=True)
class Tried:
    """What a project tried, for whom and what came of it: what a comparison with an idea shows of it.

    `audiences` are ids and labels of target groups; `result` and `outcomes` are empty where no source tells.
    """

    id: str
    title: str
    url: str
    years: tuple[int, ...]
    owners: tuple[str, ...]
    summary: str
    methods: tuple[str, ...]
    audiences: tuple[tuple[str, str], ...]
    result: str
    outcomes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Near:
    """A project near an idea: which of its target groups the idea speaks of, and which it does not."""

    tried: Tried
    score: float
    same: tuple[str, ...]
    other: tuple[str, ...]


def tried(catalogue: Catalogue) -> Iterator[Tried]:
    """Yield what every project of the bank tried."""
    for project in catalogue.real_projects:
        yield Tried(
            project.id,
            project.title,
            project.url,
            project.filed_under,
            tuple(owner.label for owner in project.owners),
            project.summary,
            tuple(method.label for method in project.methods),
            tuple((group.id, group.label) for group in project.audiences),
            _result(catalogue, project),
            tuple(dict.fromkeys(outcome.text for outcome in project.outcomes)),
        )


def _result(catalogue: Catalogue, project: Record) -> str:
    """Return what came of a project: what its page says, or else the newest of its documents that says anything."""
    told = [record.result for record in (*catalogue.documents_of(project), project) if record.result]
    return told[-1] if told else ""


class Plainly:
    """The terms of an index, asked for as they are written: in a long text nothing is taken for misspelt."""

    def __init__(self, terms: Container[str]) -> None:
        """Use the terms of an index."""
        self._terms = terms

    def __contains__(self, term: object) -> bool:
        """Tell whether the term occurs in the index."""
        return term in self._terms

    def accented(self, plain: str) -> Sequence[str]:
        """Return none."""
        return ()

    def is_word(self, word: str) -> bool:
        """Say so of every word."""
        return True

    def alike(self, word: str) -> Sequence[tuple[str, int]]:
        """Return none."""
        return ()


def considered(text: str, known: Meanings) -> list[str]:
    """Return the words of a text that may be weighty, in its order: those that come often, are long or are listed."""
    first: dict[str, Piece] = {}
    times: Counter[str] = Counter()
    for piece in pieces(text):
        if len(piece.text) >= _SHORTEST and not piece.text.isdecimal():
            first.setdefault(piece.stem, piece)
            times[piece.stem] += 1

    def likely(stem: str) -> int:
        length = min(len(first[stem].text), _LONGEST)
        return min(times[stem], _MOST_TIMES) * length * (_LISTED if known.of_word(stem) else 1)

    best = sorted(first, key=lambda stem: (-likely(stem), first[stem].start))[:CONSIDERED]
    return [first[stem].text for stem in sorted(best, key=lambda stem: first[stem].start)]


def weightiest(text: str, concepts: Iterable[Concept], having: Callable[[str], int], documents: int) -> list[Concept]:
    """Return the concepts that tell most of what a text is about, in their order.

    `having` tells how many of the `documents` have a term.
    """
    times = Counter(piece.text for piece in pieces(text))

    def weight(concept: Concept) -> int:
        worths = [term.weight * idf(documents, count) for term in concept.terms if (count := having(term.text))]
        return max(worths, default=0) * min(times[concept.word], _MOST_TIMES)

    weights = [(weight(concept), place, concept) for place, concept in enumerate(concepts)]
    best = sorted((one for one in weights if one[0]), key=lambda one: (-one[0], one[1]))[:ASKED]
    return [concept for _, _, concept in sorted(best, key=lambda one: one[1])]


def spoken_of(text: str, groups: Iterable[Named], known: Meanings) -> tuple[Named, ...]:
    """Return the target groups that a text speaks of: all words of a name stand near each other, in any form."""
    stems = [piece.stem for piece in pieces(text)]
    stretches = []
    for start in range(0, max(len(stems), 1), _STEP):
        own = stems[start : start + _STRETCH]
        means = (group for place in range(len(own)) for _, group in known.at(own, place))
        stretches.append({*own, *map(root, own), *means})

    def stands(phrase: Sequence[str]) -> bool:
        return any(all(stem in stretch or root(stem) in stretch for stem in phrase) for stretch in stretches)

    return tuple(group for group in groups if any(map(stands, group.names)))


def nearest(
    text: str, reader: Reader, known: Meanings, numbers: Mapping[str, int], projects: Mapping[str, str]
) -> tuple[list[Concept], list[tuple[str, float]]]:
    """Return what was asked of a text, and the ids of the nearest projects with their scores, the best first.

    `numbers` maps ids of documents to their numbers, `projects` those that are of a project to its id.
    """
    words = considered(text, known)
    concepts = reader.question(" ".join(words), frozenset(words), Plainly(reader))
    postings = reader.postings(dict.fromkeys(term.text for concept in concepts for term in concept.terms), numbers)
    asked = weightiest(text, concepts, lambda term: len(postings.get(term, ())), len(numbers))
    ids = {number: document_id for document_id, number in numbers.items()}
    scores: dict[str, float] = {}
    for hit in rank(asked, postings, len(numbers))[:MOST_COMPARED]:
        if project := projects.get(ids[hit.document]):
            scores.setdefault(project, hit.score)
    best = max(scores.values(), default=0.0)
    return asked, [one for one in scores.items() if one[1] * NEAR_ENOUGH >= best][:NEAREST]


def written(project: Tried) -> dict[str, object]:
    """Return a project as it is written for the browser's client."""
    return {
        "id": project.id,
        "title": project.title,
        "url": project.url,
        "years": years_text(project.years),
        "owners": listed(project.owners),
        "summary": project.summary,
        "methods": listed(project.methods),
        "audiences": [list(group) for group in project.audiences],
        "result": project.result,
        "outcomes": listed(project.outcomes),
    }


def compared(project: Tried, score: float, spoken: Sequence[Named]) -> Near:
    """Return a project beside an idea that speaks of some target groups."""
    ids = {group.term for group in spoken}
    same = tuple(label for group, label in project.audiences if group in ids)
    return Near(project, score, same, tuple(label for group, label in project.audiences if group not in ids))


AUDIENCES = facets.AUDIENCE.id
"""The facet of the target groups among what can be named."""
