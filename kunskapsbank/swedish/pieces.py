"""Text → the words that say something, each with its place: what an index and a question are made of."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from kunskapsbank.swedish.stem import stem
from kunskapsbank.swedish.stopwords import STOP_WORDS
from kunskapsbank.swedish.words import words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from kunskapsbank.swedish.words import Word


class Piece(NamedTuple):
    """A word, or what stands between the hyphens of one; `whole` is the word of the first of several pieces."""

    text: str
    is_open: bool
    whole: str
    start: int
    end: int

    @property
    def stem(self) -> str:
        """The stem of the piece."""
        return stem(self.text)


def pieces(text: str) -> list[Piece]:
    """Return the words of a text, or what stands between their hyphens, without those that say nothing."""
    return [*pieces_of(words(text))]


def pieces_of(found: Iterable[Word]) -> Iterator[Piece]:
    """Yield the words, or what stands between their hyphens, without those that say nothing."""
    for word in found:
        yield from _pieces(word)


def stop_words(text: str) -> list[Piece]:
    """Return the words of a text that say nothing, once each."""
    found = {piece: word for word in words(text) for piece in word.pieces if piece in STOP_WORDS}
    return [Piece(piece, False, "", word.start, word.end) for piece, word in found.items()]


def _pieces(word: Word) -> Iterator[Piece]:
    whole = word.text if len(word.pieces) > 1 else ""
    for number, piece in enumerate(word.pieces, start=1):
        if piece not in STOP_WORDS and (len(piece) > 1 or piece.isdecimal() or word.is_sign):
            yield Piece(piece, word.is_open and number == len(word.pieces), whole, word.start, word.end)
            whole = ""
