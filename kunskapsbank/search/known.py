"""A word → whether it is one: a word that is may be asked for in vain, but is never taken for another.

Known are the stems of common words, and compounds of two parts that the lexicon knows.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from kunskapsbank.search.lexicon import Lexicon
from kunskapsbank.swedish.stem import stem

if TYPE_CHECKING:
    from pathlib import Path

_SHORTEST = 4
_SHORTEST_PART = 3


@dataclass(frozen=True, slots=True)
class Known:
    """The words that are known: stems, and the parts of compounds."""

    stems: frozenset[str] = frozenset()
    lexicon: Lexicon = field(default_factory=Lexicon)

    @property
    def digest(self) -> str:
        """A hash of all that is known."""
        known = self.lexicon
        kinds = (self.stems, known.first, known.last, known.short, known.never)
        return hashlib.blake2b(repr([sorted(kind) for kind in kinds]).encode(), digest_size=16).hexdigest()

    def is_word(self, word: str) -> bool:
        """Tell whether a folded word is a word, or a compound of two."""
        if len(word) < _SHORTEST or stem(word) in self.stems:
            return True
        places = range(_SHORTEST_PART, len(word) - _SHORTEST_PART + 1)
        return any(word[:place] in self.lexicon.first and self.lexicon.ending(word[place:]) for place in places)


def load(path: Path, lexicon: Lexicon) -> Known:
    """Read known stems as `make_lexicon.py` writes them, to be known with the parts of `lexicon`."""
    lines = path.read_text(encoding="utf-8").splitlines()
    return Known(frozenset(line for line in lines if not line.startswith("#")), lexicon)
