"""Text → weighted terms, how often each occurs and where.

A word gives its stem; the root it shares with words derived alike; and, where it is a compound, its parts and
what stands of it between whole and part (familjehem in familjehemsplacerade), at lower weight. A phrase of a
group that means the same gives the group's term, and at lower weight those of broader groups. Index and
question (`concepts`) go through the same steps, so a compound is found by its parts and its parts by the compound.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from types import MappingProxyType
from typing import TYPE_CHECKING, cast

from kunskapsbank.search import occurrences
from kunskapsbank.search.compound import split
from kunskapsbank.search.meanings import Meanings
from kunskapsbank.search.occurrences import Said, Weighed
from kunskapsbank.search.remembered import Remembered
from kunskapsbank.swedish.pieces import pieces_of, stop_words
from kunskapsbank.swedish.stem import root, stem
from kunskapsbank.swedish.stopwords import STOP_WORDS
from kunskapsbank.swedish.words import Found, is_simple, words_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from kunskapsbank.search.lexicon import Lexicon
    from kunskapsbank.search.occurrences import Field
    from kunskapsbank.swedish.words import Word

VERSION = 2
"""Changes whenever the same text would give other terms: an index of another version is of no use."""

# Weights are eighths, whole numbers, so that sums are the same in every language.
WHOLE = 8
PART = 4
ROOT = 3
ROOT_OF_PART = 2
NARROWER = (4, 2, 1)
"""What a phrase counts as one of a broader group, by how many steps broader it is."""
DEEPEST = 3
TOGETHER = "-"
"""Before what several parts of a compound make together."""
STOP_MARK = "~"
"""Before a word that says nothing, where it stands in a title, a heading or a name."""
# So many words of texts are remembered, about as many as a thousand documents have, and so many that are asked for.
_REMEMBERED = 1 << 16
_ASKED = 1 << 12
_NOTHING: Mapping[str, Sequence[tuple[tuple[str, ...], Weighed]]] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Term:
    """What a word can be found as, and how much it counts, in eighths."""

    text: str
    weight: int


def strongest(terms: Iterable[tuple[str, int]]) -> dict[str, int]:
    """Return each term once, at its highest weight, in the order of first mention."""
    weights: dict[str, int] = {}
    for term, weight in terms:
        if weight > weights.get(term, 0):
            weights[term] = weight
    return weights


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
        self._said = Remembered(self._new_said, _REMEMBERED)
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
        return tuple(Term(*one) for one in self._weights(word, is_open, self.parts(word)).items())

    def _weights(self, word: str, is_open: bool, parts: Sequence[str]) -> dict[str, int]:
        part = self.lexicon.first.get(word) if is_open else None
        whole = part.stem if part else stem(word)
        shared = root(whole)
        if not parts:
            return {whole: WHOLE} if shared == whole else {whole: WHOLE, shared: ROOT}
        return strongest([(whole, WHOLE), (shared, ROOT), *_of_parts(parts)])

    def divided(self, word: str) -> tuple[str, tuple[str, ...]]:
        """Return the stem of a word of a text, and its parts as `parts` does."""
        said = self._said.get(word) or ()
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

    def unaccented_parts(self, word: str) -> Iterator[tuple[str, int]]:
        """Yield what the parts of a compound typed without å, ä and ö are found as, and how much each counts."""
        return _of_parts(self._divided(word, self._plain))

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
        said = [*map(self._said.__getitem__, found.tokens)]
        if None in said:
            said = [self._said_of(found.words(place)) if one is None else one for place, one in enumerate(said)]
        always = {STOP_MARK + stop.text: WHOLE for stop in stop_words(names)} if names else {}
        return occurrences.field(cast("list[tuple[Said, ...]]", said), found.starts, always)

    def _new_said(self, token: str) -> tuple[Said, ...] | None:
        """Return what a word of a text is found as; None where that hangs on what stands beside it."""
        if is_simple(token):
            return () if token in STOP_WORDS else (self._said_as(token, False, ""),)
        found = words_of(token)
        return None if found is None else self._said_of(found)

    def _said_of(self, found: Iterable[Word]) -> tuple[Said, ...]:
        return tuple(self._said_as(piece.text, piece.is_open, piece.whole) for piece in pieces_of(found))

    def _said_as(self, text: str, is_open: bool, whole: str) -> Said:
        """Return what a piece of a word is found as; `whole` is as in `Piece`."""
        own, parts = stem(text), self._new_parts(text)
        weights = [*self._weights(text, is_open, parts).items()]
        if whole:
            weights.append((stem(whole), WHOLE))
        longer: dict[str, list[tuple[tuple[str, ...], Weighed]]] = {}
        for phrase, group in self.meanings.phrases.get(own, ()):
            if len(phrase) == 1:
                weights += self._meant(group)
            else:
                longer.setdefault(phrase[1], []).append((phrase, Weighed(*_weighed(self._meant(group)))))
        return Said(*_weighed(weights), text, whole, own, parts, longer or _NOTHING)

    def _meant(self, group: str) -> list[tuple[str, int]]:
        """Return what a phrase of a group is found as."""
        above = self.meanings.broader.get(group, ())
        return [(group, WHOLE), *((other, NARROWER[steps - 1]) for other, steps in above)]


def _weighed(found: Sequence[tuple[str, int]]) -> tuple[tuple[str, ...], tuple[int, ...], tuple[str, ...]]:
    """Return terms, their weights, and those that have places."""
    if len(found) == 1:
        [(term, weight)] = found
        alone = (term,)
        return alone, _same((weight,)), alone if weight >= PART else ()
    terms, weights = tuple(term for term, _ in found), tuple(weight for _, weight in found)
    return terms, _same(weights), terms if min(weights) >= PART else tuple(term for term, own in found if own >= PART)


@cache
def _same(weights: tuple[int, ...]) -> tuple[int, ...]:
    """Return the same weights, not a copy of them: most words have the same ones."""
    return weights
