"""Text → weighted terms: for an index, how often each occurs and where; for a question, what each of its
words may be found as.

A word gives its stem; the root it shares with words derived alike; and, where it is a compound, its parts and
what stands of it between whole and part (familjehem in familjehemsplacerade), at lower weight. The phrases of
a group of synonyms give one term of their own. Index and question go through the same steps, so a compound is
found by its parts and its parts by the compound.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Protocol

from kunskapsbank.search.compound import split
from kunskapsbank.swedish.stem import root, stem
from kunskapsbank.swedish.stopwords import STOP_WORDS
from kunskapsbank.swedish.words import unaccented, words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from kunskapsbank.search.lexicon import Lexicon
    from kunskapsbank.swedish.words import Word

VERSION = 1
"""Changes whenever the same text would give other terms: an index of another version is of no use."""

# Weights are eighths, whole numbers, so that sums are the same in every language.
WHOLE = 8
PART = 4
ROOT = 3
ROOT_OF_PART = 2
SYNONYM = 6
RESTORED = 6
"""What a term counts that is typed without its å, ä and ö."""

BLOCK = 8
"""How many words make a block; terms in one block, or in neighbouring ones, stand close together."""
DEEPEST = 3
MOST_WORDS = 40
"""A longer question is a pasted text: its first words tell what it is about, and each word costs a reader a file."""
GROUP_MARK = "="


@dataclass(frozen=True, slots=True)
class Term:
    """What a word can be found as, and how much it counts, in eighths."""

    text: str
    weight: int


@dataclass(frozen=True, slots=True)
class Concept:
    """A word of a question: as typed, where it stands there, and the terms that it may be found as."""

    word: str
    start: int
    end: int
    terms: tuple[Term, ...]


@dataclass(frozen=True, slots=True)
class Field:
    """A field of a document, analysed: its length in words, and per term the sum of weights and the blocks it
    stands in.

    Roots have no blocks: nearly always a stem or a part tells the same place, and places are the larger half
    of an index.
    """

    length: int
    weights: Mapping[str, int]
    blocks: Mapping[str, tuple[int, ...]]


class Vocabulary(Protocol):
    """The terms of an index, as far as a question needs to know them."""

    def __contains__(self, term: object, /) -> bool:
        """Say whether the term occurs in the index."""

    def accented(self, plain: str, /) -> Sequence[str]:
        """Return the terms of the index that are `plain` when å, ä and ö are typed as a, a and o."""


@dataclass(frozen=True, slots=True)
class Synonyms:
    """Groups of phrases that mean the same; each group is a term of its own.

    `phrases` has, per stem that begins a phrase, the phrases as stems, longest first, with the term of their
    group.
    """

    phrases: Mapping[str, tuple[tuple[tuple[str, ...], str], ...]] = field(default_factory=dict)

    def at(self, stems: Sequence[str], place: int) -> Iterator[tuple[int, str]]:
        """Yield the length and the group of every phrase that begins at `place`."""
        for phrase, group in self.phrases.get(stems[place], ()):
            if tuple(stems[place : place + len(phrase)]) == phrase:
                yield len(phrase), group


def synonyms(groups: Iterable[Sequence[str]]) -> Synonyms:
    """Return the synonyms of groups of phrases, such as [("MI", "motiverande samtal")]."""
    found: dict[str, set[tuple[tuple[str, ...], str]]] = {}
    for group in groups:
        phrases = sorted({stems for phrase in group if (stems := tuple(_stem(word) for word in _pieces(phrase)))})
        for phrase in phrases:
            found.setdefault(phrase[0], set()).add((phrase, GROUP_MARK + "_".join(phrases[0])))
    return Synonyms({key: tuple(sorted(found[key], key=lambda item: (-len(item[0]), item))) for key in sorted(found)})


@dataclass(frozen=True, slots=True)
class _Piece:
    """A word, or what stands between the hyphens of one."""

    text: str
    is_open: bool
    whole: str
    start: int
    end: int


def _pieces_of(word: Word) -> Iterator[_Piece]:
    whole = word.text if len(word.pieces) > 1 else ""
    for number, piece in enumerate(word.pieces, start=1):
        if piece not in STOP_WORDS and (len(piece) > 1 or piece.isdecimal()):
            yield _Piece(piece, word.is_open and number == len(word.pieces), whole, word.start, word.end)


def _pieces(text: str) -> list[_Piece]:
    return [piece for word in words(text) for piece in _pieces_of(word)]


def _stem(piece: _Piece) -> str:
    return stem(piece.text)


def _strongest(terms: Iterable[Term]) -> tuple[Term, ...]:
    """Return each term once, at its highest weight, in the order of first mention."""
    weights: dict[str, int] = {}
    for term in terms:
        weights[term.text] = max(term.weight, weights.get(term.text, 0))
    return tuple(Term(text, weight) for text, weight in weights.items())


class Analyser:
    """Turns texts into terms, and remembers what a word gave: words repeat."""

    def __init__(self, lexicon: Lexicon, groups: Synonyms | None = None) -> None:
        """Use the parts of `lexicon` and the synonyms of `groups`."""
        self.lexicon = lexicon
        self._plain = lexicon.unaccented()
        self.synonyms = groups or Synonyms()
        self._terms: dict[tuple[str, bool], tuple[Term, ...]] = {}

    @cached_property
    def fingerprint(self) -> str:
        """A hash of all that decides what terms a text gives: an index made with another is of no use."""
        lexicon, groups = self.lexicon, self.synonyms.phrases
        sets = (sorted(forms) for forms in (lexicon.short, lexicon.never, lexicon.whole))
        decides = (
            VERSION,
            *(repr(sorted(parts.items(), key=str)) for parts in (lexicon.first, lexicon.last)),
            *sets,
            sorted(groups.items()),
        )
        return hashlib.sha256(repr(decides).encode()).hexdigest()

    def terms(self, word: str, is_open: bool = False) -> tuple[Term, ...]:
        """Return what a word in normal form is found as; an open one breaks off with a hyphen ("hälso-")."""
        known = self._terms.get((word, is_open))
        if known is None:
            known = self._terms[word, is_open] = _strongest(self._expanded(word, is_open))
        return known

    def _expanded(self, word: str, is_open: bool) -> Iterator[Term]:
        part = self.lexicon.first.get(word) if is_open else None
        whole = part.stem if part else stem(word)
        yield Term(whole, WHOLE)
        yield Term(root(whole), ROOT)
        yield from self._parts(word, self.lexicon)

    def _parts(self, word: str, lexicon: Lexicon, depth: int = 0) -> Iterator[Term]:
        """Yield the parts of a compound, their own parts, and what several at either end make together."""
        parts = split(word, lexicon)
        for part in parts:
            yield Term(part.stem, PART)
            yield Term(root(part.stem), ROOT_OF_PART)
            if depth < DEEPEST:
                yield from self._parts(part.form, lexicon, depth + 1)
        for cut in range(2, len(parts)):
            yield Term(stem("".join(part.form for part in parts[:cut])), PART)
            yield Term(stem("".join(part.form for part in parts[-cut:])), PART)

    def field(self, text: str) -> Field:
        """Return `text` as a field of an index."""
        pieces = _pieces(text)
        stems = [self.terms(piece.text)[0].text for piece in pieces]
        weights: dict[str, int] = {}
        blocks: dict[str, list[int]] = {}

        def add(term: str, weight: int, place: int) -> None:
            weights[term] = weights.get(term, 0) + weight
            if weight < PART:
                return
            seen = blocks.setdefault(term, [])
            if not seen or seen[-1] != place // BLOCK:
                seen.append(place // BLOCK)

        previous = -1
        for place, piece in enumerate(pieces):
            for term in self.terms(piece.text, piece.is_open):
                add(term.text, term.weight, place)
            if piece.whole and piece.start != previous:
                add(stem(piece.whole), WHOLE, place)
                previous = piece.start
            for _, group in self.synonyms.at(stems, place):
                add(group, WHOLE, place)
        return Field(len(pieces), weights, {term: tuple(seen) for term, seen in blocks.items()})

    def question(self, text: str, vocabulary: Vocabulary | None = None) -> tuple[Concept, ...]:
        """Return the words of a question, each with its terms; each word once, and the first `MOST_WORDS` of them.

        With the `vocabulary` of an index, a word typed without å, ä and ö that does not occur there is looked
        for with them.
        """
        pieces = _pieces(text)
        stems = [_stem(piece) for piece in pieces]
        groups: dict[int, list[str]] = {}
        for place in range(len(pieces)):
            for length, group in self.synonyms.at(stems, place):
                for member in range(place, place + length):
                    groups.setdefault(member, []).append(group)
        concepts: dict[str, Concept] = {}
        for place, piece in enumerate(pieces):
            if piece.text in concepts or len(concepts) == MOST_WORDS:
                continue
            terms = [*self.terms(piece.text, piece.is_open)]
            if piece.whole:
                terms.append(Term(stem(piece.whole), WHOLE))
            terms.extend(Term(group, SYNONYM) for group in groups.get(place, ()))
            if vocabulary is not None:
                terms.extend(self._restored(piece.text, vocabulary))
            concepts[piece.text] = Concept(piece.text, piece.start, piece.end, _strongest(terms))
        return tuple(concepts.values())

    def _restored(self, word: str, vocabulary: Vocabulary) -> Iterator[Term]:
        """Yield what a word that is not in the index may stand for if it lacks its å, ä and ö."""
        plain = stem(word)
        if word != unaccented(word) or plain in vocabulary or word.isdecimal():
            return
        for accented in vocabulary.accented(plain):
            yield Term(accented, RESTORED)
        if not split(word, self.lexicon):
            for term in self._parts(word, self._plain):
                yield Term(term.text, term.weight * RESTORED // WHOLE)
