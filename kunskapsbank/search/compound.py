"""A Swedish compound → its parts, by the cheapest way through the lexicon.

Every part but the last is a form that the lexicon knows to begin compounds, with its linking letters
("arbets", "kvinno", "gatu"); a part in the middle may have an s that it lacks at the beginning
("rätts|hjälps|ärende"). The last part is known by its stem. Costs are whole numbers and ties fall to fewer
parts, then to the longer last part, so that Python and JavaScript agree.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kunskapsbank.swedish.stem import stem

if TYPE_CHECKING:
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


@dataclass(frozen=True, slots=True)
class _Way:
    """The cheapest way to a place in the word: its cost, its parts so far."""

    cost: int
    parts: tuple[Part, ...]

    def beats(self, other: _Way | None) -> bool:
        return other is None or (self.cost, len(self.parts)) < (other.cost, len(other.parts))


def _first(lexicon: Lexicon, form: str, in_middle: bool) -> tuple[int, str] | None:
    """Return the cost and stem of `form` as a part that is not the last."""
    if part := lexicon.first.get(form):
        return part.cost, part.stem
    if in_middle and len(form) > 4 and form.endswith("s") and (part := lexicon.first.get(form[:-1])):
        return part.cost + MIDDLE_S, part.stem
    return None


def split(word: str, lexicon: Lexicon) -> tuple[Part, ...]:
    """Return the parts of `word`, first to last; none where it is better left whole."""
    size = len(word)
    if size < SHORTEST_COMPOUND or stem(word) in lexicon.whole:
        return ()
    ways: list[_Way | None] = [None] * size
    ways[0] = _Way(0, ())
    best: _Way | None = None
    for start in range(size - SHORTEST_PART + 1):
        way = ways[start]
        if way is None:
            continue
        if way.parts and (last := lexicon.ending(word[start:])):
            whole = _Way(way.cost + last.cost, (*way.parts, Part(word[start:], last.stem)))
            best = whole if whole.beats(best) else best
        for end in range(start + SHORTEST_PART, min(size - SHORTEST_PART, start + LONGEST_FIRST) + 1):
            if found := _first(lexicon, word[start:end], start > 0):
                longer = _Way(way.cost + found[0], (*way.parts, Part(word[start:end], found[1])))
                ways[end] = longer if longer.beats(ways[end]) else ways[end]
    return best.parts if best else ()
