"""A text whose words are known → how often each of its terms occurs, and where: a field of an index."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from dataclasses import dataclass
from itertools import accumulate, chain
from typing import TYPE_CHECKING, cast

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

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
    one that begin with its stem, by the stem of the second: each as stems, with what the phrase is found as.
    """

    text: str
    whole: str
    stem: str
    parts: tuple[str, ...]
    phrases: Mapping[str, Sequence[tuple[tuple[str, ...], Weighed]]]


def field(said: Sequence[Sequence[Said]], starts: Sequence[int], always: Mapping[str, int]) -> Field:
    """Return a text as a field of an index.

    `said` is what each of its words is found as, `starts` where they begin; `always` are terms with their weights that
    have no places.
    """
    each = [*chain.from_iterable(said)]
    blocks: dict[Weighed, list[int]] = defaultdict(list)
    for block, start in enumerate(range(0, len(each), BLOCK)):
        for one in each[start : start + BLOCK]:
            blocks[one].append(block)
    words = cast("list[Said]", [*blocks])
    if any(one.phrases for one in words):
        for phrase, place in _phrases(each):
            blocks[phrase].append(place // BLOCK)
    return Field(
        len(each),
        *_counted(blocks, always),
        tuple(_begins(said, starts, len(each))),
        frozenset([one.text for one in words]),
        frozenset([one.whole for one in words if one.whole]),
    )


def _counted(
    blocks: Mapping[Weighed, Sequence[int]], always: Mapping[str, int]
) -> tuple[dict[str, int], dict[str, tuple[int, ...]]]:
    """Return the weights and the places of terms.

    `blocks` are where what is found as them stands, ascending, and each as often as it stands there.
    """
    weights, found = dict(always), dict[str, tuple[int, ...]]()
    for one, those in blocks.items():
        count, terms = len(those), one.terms
        places = tuple(dict.fromkeys(those) if count > 1 else those)
        if len(terms) == 1 and terms[0] not in weights:
            # As with most words: nothing else of the text is found as the same.
            weights[terms[0]], found[terms[0]] = one.weights[0] * count, places
            continue
        for term, weight in zip(terms, one.weights, strict=True):
            weights[term] = weights.get(term, 0) + weight * count
        for term in one.placed:
            found[term] = tuple(sorted({*found[term], *places})) if term in found else places
    return weights, found


def _phrases(said: Sequence[Said]) -> Iterator[tuple[Weighed, int]]:
    """Yield what the phrases of several words are found as, each with its place."""
    stems = [one.stem for one in said]
    for place, one in enumerate(said[:-1]):
        if one.phrases:
            for phrase, weighed in one.phrases.get(stems[place + 1], ()):
                if tuple(stems[place : place + len(phrase)]) == phrase:
                    yield weighed, place


def _begins(said: Sequence[Sequence[Said]], starts: Sequence[int], count: int) -> Iterator[int]:
    """Yield where the pieces of a text begin, each with a word of so many blocks more."""
    ends = [*accumulate(map(len, said))]
    for place in range(0, count, BLOCK * BLOCKS_IN_PIECE):
        yield starts[bisect_right(ends, place)]
