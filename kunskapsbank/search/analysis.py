"""Text → weighted terms: for an index, how often each occurs and where; for a question, what each of its
words may be found as.

A word gives its stem; the root it shares with words derived alike; and, where it is a compound, its parts and
what stands of it between whole and part (familjehem in familjehemsplacerade), at lower weight. A phrase of a
group that means the same gives the group's term, and at lower weight those of broader groups. Index and
question go through the same steps, so a compound is found by its parts and its parts by the compound.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass, replace
from functools import cache, cached_property, lru_cache
from types import MappingProxyType
from typing import TYPE_CHECKING, Protocol

from kunskapsbank.search import occurrences
from kunskapsbank.search.compound import split
from kunskapsbank.search.meanings import Meanings
from kunskapsbank.search.occurrences import Said, Weighed
from kunskapsbank.search.pieces import pieces, pieces_of, stop_words
from kunskapsbank.search.spelling import EDIT
from kunskapsbank.swedish.stem import root, stem
from kunskapsbank.swedish.text import normalise
from kunskapsbank.swedish.words import Found, unaccented, words_of

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Iterator, Mapping, Sequence

    from kunskapsbank.search.lexicon import Lexicon
    from kunskapsbank.search.occurrences import Field
    from kunskapsbank.search.pieces import Piece

VERSION = 2
"""Changes whenever the same text would give other terms: an index of another version is of no use."""

# Weights are eighths, whole numbers, so that sums are the same in every language.
WHOLE = 8
PART = 4
ROOT = 3
ROOT_OF_PART = 2
SYNONYM = 6
RESTORED = 6
"""What a term counts that is typed without its å, ä and ö."""
NARROWER = (4, 2, 1)
"""What a phrase counts as one of a broader group, by how many steps broader it is."""
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
DEEPEST = 3
MOST_WORDS = 40
"""A longer question is a pasted text: its first words tell what it is about, and each word costs a reader a file."""
TOGETHER = "-"
"""Before what several parts of a compound make together."""
STOP_MARK = "~"
"""Before a word that says nothing, where it stands in a title, a heading or a name."""
_YEARS = re.compile(r"(?<![^\W_])((?:19|20)\d\d) ?[-–—] ?((?:19|20)\d\d)(?![^\W_])")
_MOST_YEARS = 40
# So many words of texts are remembered, about as many as a thousand documents have, and so many that are asked for.
_REMEMBERED = 1 << 16
_ASKED = 1 << 12
_NOTHING: Mapping[str, Sequence[tuple[tuple[str, ...], Weighed]]] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Term:
    """What a word can be found as, and how much it counts, in eighths."""

    text: str
    weight: int


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


def _strongest(terms: Iterable[tuple[str, int]]) -> dict[str, int]:
    """Return each term once, at its highest weight, in the order of first mention."""
    weights: dict[str, int] = {}
    for term, weight in terms:
        if weight > weights.get(term, 0):
            weights[term] = weight
    return weights


def _once(terms: Iterable[Term]) -> tuple[Term, ...]:
    return tuple(Term(*one) for one in _strongest((term.text, term.weight) for term in terms).items())


def _of_parts(parts: Iterable[str]) -> Iterator[tuple[str, int]]:
    for part in parts:
        yield part.removeprefix(TOGETHER), PART
        if not part.startswith(TOGETHER):
            yield root(part), ROOT_OF_PART


class Analyser:
    """Turns texts into terms, and remembers what a word gave: words repeat."""

    def __init__(self, lexicon: Lexicon, meanings: Meanings | None = None) -> None:
        """Use the parts of `lexicon`, and what words mean to each other."""
        self.lexicon = lexicon
        self.meanings = meanings or Meanings()
        # Words repeat, but those of a large bank have no end.
        self._said = lru_cache(_REMEMBERED)(self._new_said)
        self._terms = lru_cache(_ASKED)(self._new_terms)
        self._parts = lru_cache(_ASKED)(self._new_parts)

    @cached_property
    def _plain(self) -> Lexicon:
        return self.lexicon.unaccented()

    @cached_property
    def fingerprint(self) -> str:
        """A hash of all that decides what terms a text gives: an index made with another is of no use."""
        lexicon, known = self.lexicon, self.meanings
        sets = (sorted(forms) for forms in (lexicon.short, lexicon.never, lexicon.whole))
        decides = (
            VERSION,
            *(
                sorted((form, part.cost, part.stem) for form, part in parts.items())
                for parts in (lexicon.first, lexicon.last)
            ),
            *sets,
            sorted(known.phrases.items()),
            sorted(known.broader.items()),
            sorted(known.words),
        )
        return hashlib.sha256(repr(decides).encode()).hexdigest()

    def terms(self, word: str, is_open: bool = False) -> tuple[Term, ...]:
        """Return what a word in normal form is found as; an open one breaks off with a hyphen ("hälso-")."""
        return self._terms(word, is_open)

    def _new_terms(self, word: str, is_open: bool) -> tuple[Term, ...]:
        return tuple(Term(*one) for one in self._weights(word, is_open).items())

    def _weights(self, word: str, is_open: bool) -> dict[str, int]:
        part = self.lexicon.first.get(word) if is_open else None
        whole = part.stem if part else stem(word)
        return _strongest([(whole, WHOLE), (root(whole), ROOT), *_of_parts(self.parts(word))])

    def divided(self, word: str) -> tuple[str, tuple[str, ...]]:
        """Return the stem of a word of a text, and its parts as `parts` does."""
        said = self._said(word) or ()
        if len(said) == 1 and said[0].text == word:
            return said[0].stem, said[0].parts
        return stem(word), self.parts(word)

    def parts(self, word: str) -> tuple[str, ...]:
        """Return the stems of a compound's parts, of their own parts, and what several at either end make together.

        The last have a minus before them: they are found as themselves, the others as their roots too.
        """
        return self._parts(word)

    def _new_parts(self, word: str) -> tuple[str, ...]:
        return tuple(self._divided(word, self.lexicon))

    def _divided(self, word: str, lexicon: Lexicon, depth: int = 0) -> Iterator[str]:
        parts = split(word, lexicon)
        for part in parts:
            yield part.stem
            if depth < DEEPEST:
                yield from self._divided(part.form, lexicon, depth + 1)
        for cut in range(2, len(parts)):
            yield TOGETHER + stem("".join(part.form for part in parts[:cut]))
            yield TOGETHER + stem("".join(part.form for part in parts[-cut:]))

    def field(self, text: str, names: str = "") -> Field:
        """Return `text` as a field of an index; in `names`, part of it, words that say nothing count too."""
        found = Found(text)
        known = {token: self._said(token) for token in set(found.tokens)}
        said = [*map(known.__getitem__, found.tokens)]
        whole = [
            tuple(map(self._said_there, pieces_of(found.words(place)))) if one is None else one
            for place, one in enumerate(said)
        ]
        always = {STOP_MARK + stop.text: WHOLE for stop in stop_words(names)} if names else {}
        return occurrences.field(whole, found.starts, always)

    def _new_said(self, token: str) -> tuple[Said, ...] | None:
        """Return what a word of a text is found as; None where that hangs on what stands beside it."""
        found = words_of(token)
        return None if found is None else tuple(map(self._said_there, pieces_of(found)))

    def _said_there(self, piece: Piece) -> Said:
        weights = [*self._weights(piece.text, piece.is_open).items()]
        if piece.whole:
            weights.append((stem(piece.whole), WHOLE))
        phrases = self.meanings.phrases.get(piece.stem, ())
        for phrase, group in phrases:
            if len(phrase) == 1:
                weights += self._meant(group)
        longer: dict[str, list[tuple[tuple[str, ...], Weighed]]] = {}
        for phrase, group in phrases:
            if len(phrase) > 1:
                longer.setdefault(phrase[1], []).append((phrase, Weighed(*_weighed(self._meant(group)))))
        parts = self.parts(piece.text)
        return Said(*_weighed(weights), piece.text, piece.whole, piece.stem, parts, longer or _NOTHING)

    def _meant(self, group: str) -> list[tuple[str, int]]:
        """Return what a phrase of a group is found as."""
        above = self.meanings.broader.get(group, ())
        return [(group, WHOLE), *((other, NARROWER[steps - 1]) for other, steps in above)]

    def question(
        self, text: str, vocabulary: Vocabulary | None = None, exact: Container[str] = frozenset()
    ) -> tuple[Concept, ...]:
        """Return the words of a question, each with its terms; each word once, and the first `MOST_WORDS` of them.

        A question of nothing but words that say nothing is asked for them in titles, headings and names. With the
        `vocabulary` of an index, a word that does not occur there is looked for with å, ä and ö, then as what is
        broader, then as a word that it may be misspelt for; but words of `exact` are never taken for misspelt.
        """
        found = pieces(text)
        if not found:
            stops = stop_words(text)[:MOST_WORDS]
            return tuple(
                Concept(stop.text, stop.start, stop.end, (Term(STOP_MARK + stop.text, WHOLE),)) for stop in stops
            )
        stems = [piece.stem for piece in found]
        groups: dict[int, list[tuple[int, int, str]]] = {}
        for place in range(len(found)):
            for length, group in self.meanings.at(stems, place):
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
                for length, first, group in sorted(groups.get(place, ()), key=lambda known: -known[0])
            ]
            concepts[piece.text] = self._concept(piece, means, vocabulary, piece.text in exact)
        return tuple(self._rejoined(found, stems, concepts, vocabulary))

    def _rejoined(
        self,
        found: Sequence[Piece],
        stems: Sequence[str],
        concepts: Mapping[str, Concept],
        vocabulary: Vocabulary | None,
    ) -> Iterator[Concept]:
        """Yield the words of a question, those of phrases that hold a misspelt word with what such a phrase means."""
        right = [
            stem(concepts[piece.text].instead[0]) if piece.text in concepts and concepts[piece.text].instead else own
            for piece, own in zip(found, stems, strict=True)
        ]
        more: dict[str, list[Term]] = {}
        if vocabulary is not None and right != list(stems):
            for place in range(len(found)):
                for length, group in self.meanings.at(right, place):
                    if length == 1 or right[place : place + length] == list(stems[place : place + length]):
                        continue
                    for piece in found[place : place + length]:
                        terms = more.setdefault(piece.text, [])
                        terms.append(Term(group, SYNONYM))
                        if group not in vocabulary:
                            terms.extend(self._broader(group, 0))
        for concept in concepts.values():
            added = more.get(concept.word, ())
            yield replace(concept, terms=_once((*concept.terms, *added))) if added else concept

    def _concept(self, piece: Piece, means: Sequence[_Meant], vocabulary: Vocabulary | None, is_exact: bool) -> Concept:
        """Return a word of a question; `means` are the groups of the phrases that it is of, the longest first."""
        terms = [*self.terms(piece.text, piece.is_open)]
        if piece.whole:
            terms.append(Term(stem(piece.whole), WHOLE))
        terms.extend(Term(meant.group, SYNONYM) for meant in means)
        concept = Concept(piece.text, piece.start, piece.end, ())
        if vocabulary is not None:
            restored = tuple(self._restored(piece.text, vocabulary, bool(means)))
            itself = (term.text for term in terms if term.weight == WHOLE)
            if not restored and not piece.text.isdecimal() and not any(term in vocabulary for term in itself):
                concept = self._absent(concept, terms, means, vocabulary, is_exact)
            else:
                # The phrase may be in no text although its words are.
                unsaid = [meant for meant in means if meant.is_phrase and meant.group not in vocabulary]
                concept = replace(
                    concept, terms=tuple(term for meant in unsaid for term in self._broader(meant.group, 0))
                )
            terms.extend((*restored, *concept.terms))
        return replace(concept, terms=_once(terms))

    def _absent(
        self,
        concept: Concept,
        terms: Sequence[Term],
        means: Sequence[_Meant],
        vocabulary: Vocabulary,
        is_exact: bool,
    ) -> Concept:
        """Return what a word that no text has is looked for as besides its own terms, and what to tell of it."""
        if means:
            found = [term for meant in means for term in self._broader(meant.group, 0)]
            near = means[0]
            return replace(
                concept, terms=tuple(found), absent=True, near=near.group, near_start=near.start, near_end=near.end
            )
        of_parts = dict.fromkeys(
            group for part in split(concept.word, self.lexicon) if (group := self.meanings.of_word(part.stem))
        )
        if of_parts:
            found = [Term(group, PART_MEANS) for group in of_parts]
            found += [term for group in of_parts for term in self._broader(group, 1)]
            return replace(concept, terms=tuple(found))
        if any(term.weight >= PART and term.text in vocabulary for term in terms):
            return concept
        if is_exact or vocabulary.is_word(concept.word):
            return replace(concept, absent=True)
        instead = vocabulary.alike(concept.word)
        if not instead:
            return self._half_right(concept, vocabulary)
        found = [
            Term(term.text, max(1, term.weight * CORRECTED[cost > EDIT] // WHOLE))
            for word, cost in instead
            for term in self._as_typed(word, vocabulary)
        ]
        return replace(concept, terms=tuple(found), absent=True, instead=tuple(word for word, _ in instead))

    def _half_right(self, concept: Concept, vocabulary: Vocabulary) -> Concept:
        """Return a word that is like none as a compound of which one part is misspelt, if it may be one."""
        word = concept.word
        places = range(SHORTEST_HALF, len(word) - SHORTEST_HALF + 1)
        halves = [(word[:place], word[place:]) for place in places]
        found = [
            (cost, begins + right, part.stem, right)
            for begins, ends in halves
            if (part := self.lexicon.first.get(begins))
            for right, cost in vocabulary.alike(ends)
            if cost <= EDIT and stem(right) != stem(ends)
        ] or [
            (cost, right + ends, last.stem, right)
            for begins, ends in halves
            if (last := self.lexicon.ending(ends))
            for right, cost in vocabulary.alike(begins)
            if cost <= EDIT and stem(right) != stem(begins)
        ]
        if not found:
            return replace(concept, absent=True)
        _, whole, own, right = min(found)
        terms = [Term(own, PART), Term(root(own), ROOT_OF_PART)]
        terms += [Term(term.text, max(1, term.weight * PART // WHOLE)) for term in self._as_typed(right, vocabulary)]
        return replace(concept, terms=tuple(terms), absent=True, instead=(whole,))

    def _as_typed(self, word: str, vocabulary: Vocabulary) -> Iterator[Term]:
        """Yield what a word that another was taken for is found as: what it would be if it had been typed."""
        terms = self.terms(word)
        yield from terms
        if group := self.meanings.of_word(terms[0].text):
            yield Term(group, SYNONYM)
            if terms[0].text not in vocabulary:
                yield from self._broader(group, 0)

    def _broader(self, group: str, further: int) -> Iterator[Term]:
        """Yield the groups broader than one, the nearest counting most; `further` is how many steps off that one is."""
        for above, steps in self.meanings.broader.get(group, ()):
            if (place := steps - 1 + further) < len(BROADER):
                yield Term(above, BROADER[place])

    def _restored(self, word: str, vocabulary: Vocabulary, is_listed: bool) -> Iterator[Term]:
        """Yield what a word that is not in the index may stand for if it lacks its å, ä and ö.

        One that is listed for its meaning lacks none.
        """
        plain = stem(word)
        if word != unaccented(word) or plain in vocabulary or word.isdecimal():
            return
        for accented in vocabulary.accented(plain):
            yield Term(accented, RESTORED)
        if not is_listed and not split(word, self.lexicon) and not vocabulary.is_word(word):
            for text, weight in _of_parts(self._divided(word, self._plain)):
                yield Term(text, weight * RESTORED // WHOLE)


def _weighed(found: Sequence[tuple[str, int]]) -> tuple[tuple[str, ...], tuple[int, ...], tuple[str, ...]]:
    """Return terms, their weights, and those that have places."""
    terms, weights = tuple(term for term, _ in found), tuple(weight for _, weight in found)
    return terms, _same(weights), terms if min(weights) >= PART else tuple(term for term, own in found if own >= PART)


@cache
def _same(weights: tuple[int, ...]) -> tuple[int, ...]:
    """Return the same weights, not a copy of them: most words have the same ones."""
    return weights


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
