"""A text whose words are known → how often each of its terms occurs, and where: a field of an index."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from itertools import accumulate
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

BLOCK = 8
"""How many words make a block; terms in one block, or in neighbouring ones, stand close together."""
BLOCKS_IN_PIECE = 24
"""How many blocks of a text make a piece: what a reader fetches of a hit, to show a passage of it."""


@dataclass(frozen=True, slots=True)
class Field:
    """A field of a document, analysed: its length in words, per term the sum of weights and the blocks it stands in,
    and where in the text, in normal form C, the pieces begin. `written` are its words, those between hyphens each for
    itself, and `wholes` the words with hyphens, without them.

    Roots have no blocks: nearly always a stem or a part tells the same place, and places are the larger half
    of an index.
    """

    length: int
    weights: Mapping[str, int]
    blocks: Mapping[str, tuple[int, ...]]
    pieces: tuple[int, ...] = ()
    written: frozenset[str] = frozenset()
    wholes: frozenset[str] = frozenset()


# Told apart by what they are, not by what they hold: a text has some hundred, and asks for them at every word.
@dataclass(frozen=True, slots=True, eq=False)
class Weighed:
    """Terms, the weight of each, and those of them whose places are kept."""

    terms: tuple[str, ...]
    weights: tuple[int, ...]
    placed: tuple[str, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Said(Weighed):
    """What a word, or what stands between the hyphens of one, is found as wherever it stands.

    `whole` is the word of the first of several, `parts` are those of a compound. `phrases` are those of more words than
    one that begin with its stem, each as stems, with what the phrase is found as.
    """

    text: str
    whole: str
    stem: str
    parts: tuple[str, ...]
    phrases: tuple[tuple[tuple[str, ...], Weighed], ...]


def field(said: Sequence[Sequence[Said]], starts: Sequence[int], always: Mapping[str, int]) -> Field:
    """Return a text as a field of an index.

    `said` is what each of its words is found as, `starts` where they begin; `always` are terms with their weights that
    have no places.
    """
    each = [one for those in said for one in those]
    blocks: dict[Said, list[int]] = defaultdict(list)
    for place, one in enumerate(each):
        blocks[one].append(place // BLOCK)
    found = _Found(dict(always), {})
    for one, those in blocks.items():
        found.add(one, those)
    if any(one.phrases for one in blocks):
        for phrase, place in _phrases(each):
            found.add(phrase, [place // BLOCK])
    return Field(
        len(each),
        found.weights,
        found.blocks,
        tuple(_begins(said, starts, len(each))),
        frozenset(one.text for one in blocks),
        frozenset(one.whole for one in blocks if one.whole),
    )


@dataclass(slots=True)
class _Found:
    weights: dict[str, int]
    blocks: dict[str, tuple[int, ...]]

    def add(self, weighed: Weighed, blocks: Sequence[int]) -> None:
        """Note what stands in some blocks, which are ascending; one is named as often as it stands there."""
        weights, count = self.weights, len(blocks)
        for term, weight in zip(weighed.terms, weighed.weights, strict=True):
            weights[term] = weights.get(term, 0) + weight * count
        places = tuple(dict.fromkeys(blocks)) if count > 1 else tuple(blocks)
        for term in weighed.placed:
            before = self.blocks.get(term)
            self.blocks[term] = tuple(sorted({*before, *places})) if before else places


def _phrases(said: Sequence[Said]) -> Iterator[tuple[Weighed, int]]:
    """Yield what the phrases of several words are found as, each with its place."""
    for place, one in enumerate(said):
        for phrase, weighed in one.phrases:
            if tuple(other.stem for other in said[place : place + len(phrase)]) == phrase:
                yield weighed, place


def _begins(said: Sequence[Sequence[Said]], starts: Sequence[int], count: int) -> Iterable[int]:
    """Yield where the pieces of a text begin, each with a word of so many blocks more."""
    wanted = iter(range(0, count, BLOCK * BLOCKS_IN_PIECE))
    place = next(wanted, None)
    for start, before_next in zip(starts, accumulate(map(len, said)), strict=True):
        if place is None:
            return
        if place < before_next:
            yield start
            place = next(wanted, None)
