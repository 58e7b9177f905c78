"""A Swedish compound → its parts, by the cheapest way through the lexicon.

Every part but the last is a form that the lexicon knows to begin compounds, with its linking letters
("arbets", "kvinno", "gatu"); a part in the middle may have an s that it lacks at the beginning
("rätts|hjälps|ärende"). The last part is known by its stem. Costs are whole numbers and ties fall to fewer
parts, then to the longer last part, so that Python and JavaScript agree.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from kunskapsbank.search.lexicon import BEGINNING
from kunskapsbank.swedish.stem import stem

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kunskapsbank.search.lexicon import Lexicon

SHORTEST_COMPOUND = 6
SHORTEST_PART = 2
LONGEST_FIRST = 22
MIDDLE_S = 3
"""What the s of a middle part costs."""


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a compound: as written there, and the stem of the word it is."""

    form: str
    stem: str


class _Way(NamedTuple):
    """The cheapest way to a place in the word: its cost, how many parts it has, where the last begins, and its stem."""

    cost: int
    parts: int
    start: int
    stem: str


_START = _Way(0, 0, 0, "")


def split(word: str, lexicon: Lexicon) -> tuple[Part, ...]:
    """Return the parts of `word`, first to last; none where it is better left whole."""
    size = len(word)
    if size < SHORTEST_COMPOUND:
        return ()
    ways: list[_Way | None] = [None] * size
    ways[0] = _START
    best: _Way | None = None
    start = furthest = 0
    while start <= furthest and start <= size - SHORTEST_PART:
        if way := ways[start]:
            cost, count = way.cost, way.parts + 1
            if count > 1 and (last := lexicon.ending(word[start:])):
                whole = _Way(cost + last.cost, count, start, last.stem)
                best = whole if best is None or whole[:2] < best[:2] else best
            for end, more, own in _firsts(word, start, lexicon):
                furthest = max(furthest, end)
                other = ways[end]
                if other is None or (cost + more, count) < other[:2]:
                    ways[end] = _Way(cost + more, count, start, own)
        start += 1
    return _parts(word, ways, best) if best and stem(word) not in lexicon.whole else ()


def _firsts(word: str, start: int, lexicon: Lexicon) -> Iterator[tuple[int, int, str]]:
    """Yield the parts, but for the last, that may begin at a place: where each ends, its cost and its stem."""
    most = min(len(word) - SHORTEST_PART, start + LONGEST_FIRST)
    for beginning in range(SHORTEST_PART, BEGINNING + 1):
        for size in lexicon.sizes.get(word[start : start + beginning], ()):
            end = start + size
            if end > most or not (part := lexicon.first.get(word[start:end])):
                continue
            yield end, part.cost, part.stem
            has_s = start > 0 and size > 3 and end < most and word[end] == "s"
            if has_s and word[start : end + 1] not in lexicon.first:
                yield end + 1, part.cost + MIDDLE_S, part.stem


def _parts(word: str, ways: Sequence[_Way | None], last: _Way) -> tuple[Part, ...]:
    """Return the parts of the way to a last one, first to last."""
    found, end, way = list[Part](), len(word), last
    while way.parts:
        found.append(Part(word[way.start : end], way.stem))
        end = way.start
        if (before := ways[end]) is None:
            raise AssertionError("a way begins where another ends")
        way = before
    return tuple(reversed(found))
