"""A text → its words as they are written, told apart once for all who ask of the same text in a row."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from kunskapsbank.swedish.letters import LETTER_OR_DIGIT

if TYPE_CHECKING:
    from collections.abc import Sequence

# Nothing of it is ever given back: texts are long, and most of the time would go into trying.
_TOKEN = re.compile(rf"({LETTER_OR_DIGIT}++(?:-{LETTER_OR_DIGIT}++)*+)")


class Tokens:
    """The words of a text: `in_order` as they come, `distinct` each once, hyphens and capitals as they are written."""

    def __init__(self, text: str) -> None:
        """Tell a text's words apart."""
        # What stands between words, a word, what stands between, and so on.
        self._split = _TOKEN.split(text)
        self.in_order: Sequence[str] = self._split[1::2]
        self.distinct = frozenset(self.in_order)

    def written(self, place: int, number: int) -> str:
        """Return so many words in a row as they are written, with what stands between them."""
        return "".join(self._split[2 * place + 1 : 2 * (place + number)])

    @property
    def parts(self) -> set[str]:
        """What stands between hyphens in the words, in lower case, each once."""
        words = {*map(str.lower, self.distinct)}
        hyphened = {word for word in words if "-" in word}
        return (words - hyphened).union(*(word.split("-") for word in hyphened))


@lru_cache(maxsize=1)
def tokens(text: str) -> Tokens:
    """Return the words of a text; those of the last one are held."""
    return Tokens(text)
