"""A question → its words, each with the terms that it may be found as in an index.

A word that no text of the index has is looked for with å, ä and ö, as what is broader, as what its parts mean, and at
last as the words that it may be misspelt for.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Protocol

from kunskapsbank.search.analysis import PART, ROOT_OF_PART, STOP_MARK, WHOLE, Term, strongest
from kunskapsbank.search.compound import split
from kunskapsbank.search.spelling import EDIT
from kunskapsbank.swedish.pieces import pieces, stop_words
from kunskapsbank.swedish.stem import root, stem
from kunskapsbank.swedish.text import normalise
from kunskapsbank.swedish.words import unaccented

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Iterator, Mapping, Sequence

    from kunskapsbank.search.analysis import Analyser
    from kunskapsbank.search.meanings import Meanings
    from kunskapsbank.swedish.pieces import Piece

# Weights are eighths, as in `analysis`.
SYNONYM = 6
RESTORED = 6
"""What a term counts that is typed without its å, ä and ö."""
BROADER = (8, 6, 4)
"""What the broader groups of a word count in a question, where no text has the word."""
PART_MEANS = 3
BEGINNING = 4
"""What a term counts that only begins as a word of the question does."""
MOST_BEGINNINGS = 20
CORRECTED = (8, 6)
"""What a word counts that was taken for another, after one slip and after more."""

SHORTEST_HALF = 5
"""The fewest letters of either part of a compound that is corrected by one of them."""
MOST_WORDS = 40
"""A longer question is a pasted text: its first words tell what it is about, and each word costs a reader a file."""
_YEARS = re.compile(r"(?<![^\W_])((?:19|20)\d\d) ?[-–—] ?((?:19|20)\d\d)(?![^\W_])")
_MOST_YEARS = 40


@dataclass(frozen=True, slots=True)
class Concept:
    """A word of a question: as typed, where it stands there, and the terms that it may be found as.

    `absent` says that no text has the word itself; then `near` is the group of words that it belongs to, if any, from
    `near_start` to `near_end` in the question, and `instead` the words that it was taken for.
    """

    word: str
    start: int
    end: int
    terms: tuple[Term, ...]
    absent: bool = False
    near: str = ""
    near_start: int = 0
    near_end: int = 0
    instead: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Askable:
    """The stems that parts of a compound may be asked as: those of the index, and those that mean something."""

    terms: Container[str]
    meanings: Meanings

    def __contains__(self, stem: object) -> bool:
        """Tell whether a stem is one."""
        return stem in self.terms or (isinstance(stem, str) and self.meanings.of_word(stem) is not None)


class Vocabulary(Protocol):
    """The terms of an index, as far as a question needs to know them."""

    def __contains__(self, term: object, /) -> bool:
        """Say whether the term occurs in the index."""

    def accented(self, plain: str, /) -> Sequence[str]:
        """Return the terms of the index that are `plain` when å, ä and ö are typed as a, a and o."""

    def is_word(self, word: str, /) -> bool:
        """Say whether a word is one, in the index or not."""

    def alike(self, word: str, /) -> Sequence[tuple[str, int]]:
        """Return the words of the index most like `word`, each with what it costs to take it for them."""


def question(
    analyser: Analyser, text: str, vocabulary: Vocabulary | None = None, exact: Container[str] = frozenset()
) -> tuple[Concept, ...]:
    """Return the words of a question, each with its terms; each word once, and the first `MOST_WORDS` of them.

    A question of nothing but words that say nothing is asked for them in titles, headings and names. With the
    `vocabulary` of an index, a word that does not occur there is looked for with å, ä and ö, then as what is
    broader, then as a word that it may be misspelt for; but words of `exact` are never taken for misspelt.
    """
    found = pieces(text)
    if not found:
        stops = stop_words(text)[:MOST_WORDS]
        return tuple(Concept(stop.text, stop.start, stop.end, (Term(STOP_MARK + stop.text, WHOLE),)) for stop in stops)
    known = None if vocabulary is None else _Known(analyser, vocabulary)
    stems = [piece.stem for piece in found]
    groups: dict[int, list[tuple[int, int, str]]] = {}
    for place in range(len(found)):
        for length, group in analyser.meanings.at(stems, place):
            for member in range(place, place + length):
                groups.setdefault(member, []).append((length, place, group))
    ranges = _year_ranges(text)
    concepts: dict[str, Concept] = {}
    for place, piece in enumerate(found):
        if piece.text in concepts or len(concepts) == MOST_WORDS:
            continue
        if years := next((years for years in ranges if years.start <= piece.start < years.end), None):
            concepts.setdefault(years.word, years)
            continue
        means = [
            _Meant(group, found[first].start, found[first + length - 1].end, length > 1)
            for length, first, group in sorted(groups.get(place, ()), key=lambda phrase: -phrase[0])
        ]
        concepts[piece.text] = _concept(analyser, piece, means, known, piece.text in exact)
    return tuple(known.rejoined(found, stems, concepts) if known else concepts.values())


def _concept(
    analyser: Analyser, piece: Piece, means: Sequence[_Meant], known: _Known | None, is_exact: bool
) -> Concept:
    """Return a word of a question; `means` are the groups of the phrases that it is of, the longest first."""
    terms = [*analyser.terms(piece.text, piece.is_open)]
    if piece.whole:
        terms.append(Term(stem(piece.whole), WHOLE))
    terms.extend(Term(meant.group, SYNONYM) for meant in means)
    concept = Concept(piece.text, piece.start, piece.end, ())
    if known:
        restored = tuple(known.restored(piece.text, bool(means)))
        itself = (term.text for term in terms if term.weight == WHOLE)
        if not restored and not piece.text.isdecimal() and not any(term in known.vocabulary for term in itself):
            concept = known.absent(concept, terms, means, is_exact)
        else:
            # The phrase may be in no text although its words are.
            unsaid = [meant for meant in means if meant.is_phrase and meant.group not in known.vocabulary]
            concept = replace(concept, terms=tuple(term for meant in unsaid for term in known.broader(meant.group, 0)))
        terms.extend((*restored, *concept.terms))
    return replace(concept, terms=_once(terms))


class _Known:
    """What an index and its analyser know of the words of a question."""

    def __init__(self, analyser: Analyser, vocabulary: Vocabulary) -> None:
        self.vocabulary = vocabulary
        self._analyser = analyser

    def rejoined(
        self,
        found: Sequence[Piece],
        stems: Sequence[str],
        concepts: Mapping[str, Concept],
    ) -> Iterator[Concept]:
        """Yield the words of a question, those of phrases that hold a misspelt word with what such a phrase means."""
        right = [
            stem(concepts[piece.text].instead[0]) if piece.text in concepts and concepts[piece.text].instead else own
            for piece, own in zip(found, stems, strict=True)
        ]
        more: dict[str, list[Term]] = {}
        if right != list(stems):
            for place in range(len(found)):
                for length, group in self._analyser.meanings.at(right, place):
                    if length == 1 or right[place : place + length] == list(stems[place : place + length]):
                        continue
                    for piece in found[place : place + length]:
                        terms = more.setdefault(piece.text, [])
                        terms.append(Term(group, SYNONYM))
                        if group not in self.vocabulary:
                            terms.extend(self.broader(group, 0))
        for concept in concepts.values():
            added = more.get(concept.word, ())
            yield replace(concept, terms=_once((*concept.terms, *added))) if added else concept

    def absent(
        self,
        concept: Concept,
        terms: Sequence[Term],
        means: Sequence[_Meant],
        is_exact: bool,
    ) -> Concept:
        """Return what a word that no text has is looked for as besides its own terms, and what to tell of it."""
        if means:
            found = [term for meant in means for term in self.broader(meant.group, 0)]
            near = means[0]
            return replace(
                concept, terms=tuple(found), absent=True, near=near.group, near_start=near.start, near_end=near.end
            )
        of_word, parts = self._analyser.meanings.of_word, split(concept.word, self._analyser.lexicon)
        of_parts = dict.fromkeys(group for part in parts if (group := of_word(part.stem)))
        if of_parts:
            found = [Term(group, PART_MEANS) for group in of_parts]
            found += [term for group in of_parts for term in self.broader(group, 1)]
            return replace(concept, terms=tuple(found))
        if any(term.weight >= PART and term.text in self.vocabulary for term in terms):
            return concept
        if is_exact or self.vocabulary.is_word(concept.word):
            return replace(concept, absent=True)
        instead = self.vocabulary.alike(concept.word)
        if not instead:
            return self._half_right(concept)
        found = [
            Term(term.text, max(1, term.weight * CORRECTED[cost > EDIT] // WHOLE))
            for word, cost in instead
            for term in self._as_typed(word)
        ]
        return replace(concept, terms=tuple(found), absent=True, instead=tuple(word for word, _ in instead))

    def _half_right(self, concept: Concept) -> Concept:
        """Return a word that is like none as a compound of which one part is misspelt, if it may be one."""
        word = concept.word
        places = range(SHORTEST_HALF, len(word) - SHORTEST_HALF + 1)
        halves = [(word[:place], word[place:]) for place in places]
        found = [
            (cost, begins + right, part.stem, right)
            for begins, ends in halves
            if (part := self._analyser.lexicon.first.get(begins))
            for right, cost in self.vocabulary.alike(ends)
            if cost <= EDIT and stem(right) != stem(ends)
        ] or [
            (cost, right + ends, last.stem, right)
            for begins, ends in halves
            if (last := self._analyser.lexicon.ending(ends))
            for right, cost in self.vocabulary.alike(begins)
            if cost <= EDIT and stem(right) != stem(begins)
        ]
        if not found:
            return replace(concept, absent=True)
        _, whole, own, right = min(found)
        terms = [Term(own, PART), Term(root(own), ROOT_OF_PART)]
        terms += [Term(term.text, max(1, term.weight * PART // WHOLE)) for term in self._as_typed(right)]
        return replace(concept, terms=tuple(terms), absent=True, instead=(whole,))

    def _as_typed(self, word: str) -> Iterator[Term]:
        """Yield what a word that another was taken for is found as: what it would be if it had been typed."""
        terms = self._analyser.terms(word)
        yield from terms
        if group := self._analyser.meanings.of_word(terms[0].text):
            yield Term(group, SYNONYM)
            if terms[0].text not in self.vocabulary:
                yield from self.broader(group, 0)

    def broader(self, group: str, further: int) -> Iterator[Term]:
        """Yield the groups broader than one, the nearest counting most; `further` is how many steps off that one is."""
        for above, steps in self._analyser.meanings.broader.get(group, ()):
            if (place := steps - 1 + further) < len(BROADER):
                yield Term(above, BROADER[place])

    def restored(self, word: str, is_listed: bool) -> Iterator[Term]:
        """Yield what a word that is not in the index may stand for if it lacks its å, ä and ö.

        One that is listed for its meaning lacks none.
        """
        plain = stem(word)
        if word != unaccented(word) or plain in self.vocabulary or word.isdecimal():
            return
        for accented in self.vocabulary.accented(plain):
            yield Term(accented, RESTORED)
        if not is_listed and not split(word, self._analyser.lexicon) and not self.vocabulary.is_word(word):
            for text, weight in self._analyser.unaccented_parts(word):
                yield Term(text, weight * RESTORED // WHOLE)


def _once(terms: Iterable[Term]) -> tuple[Term, ...]:
    return tuple(Term(*one) for one in strongest((term.text, term.weight) for term in terms).items())


@dataclass(frozen=True, slots=True)
class _Meant:
    """A group that a phrase of the question is of, and where the phrase stands."""

    group: str
    start: int
    end: int
    is_phrase: bool


def _year_ranges(text: str) -> list[Concept]:
    """Return the years from and to, as in 2016–2018: any of them is what is asked for."""
    found = []
    for match in _YEARS.finditer(normalise(text)):
        first, last = int(match[1]), int(match[2])
        if first < last < first + _MOST_YEARS:
            terms = tuple(Term(str(year), WHOLE) for year in range(first, last + 1))
            found.append(Concept(f"{first}–{last}", *match.span(), terms))
    return found
