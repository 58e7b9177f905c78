"""Swedish running text → words in normal form, each with the pieces it was written in.

The same steps, in the same order, stand in the browser's client; the two are held together by shared cases.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

LONGEST_WORD = 60
"""A longer run of letters is cut: it is a pasted address or a mistake, and costs no more than a word."""


@dataclass(frozen=True, slots=True)
class Word:
    """One word of a text.

    `text` is the whole word without its inner hyphens, `pieces` what stood between them (one piece for most
    words), `is_open` is true of a word that breaks off with a hyphen ("hälso- och sjukvård"), `start` and
    `end` are its place in the text that was given.
    """

    text: str
    pieces: tuple[str, ...]
    is_open: bool
    start: int
    end: int


# One character each, so that places in the folded text are places in the text's normal form C.
_SAME = {
    "æ": "ä", "ø": "ö", "\u2010": "-", "\u2011": "-", "\u2019": "'",
    "\u00a0": " ", "\u202f": " ", "\u2009": " ",
}  # fmt: skip


class _Fold(dict[int, str]):
    """A table for `str.translate` that works out a character when it is first met."""

    def __missing__(self, code: int) -> str:
        """Return the character in lower case without a foreign accent; å, ä and ö are letters and stay."""
        character = chr(code)
        lower = character.lower()
        lower = _SAME.get(lower, lower) if len(lower) == 1 else character
        if lower not in "åäö":
            bare = "".join(part for part in unicodedata.normalize("NFD", lower) if not unicodedata.combining(part))
            lower = bare if len(bare) == 1 else lower
        self[code] = lower
        return lower


_FOLD = _Fold()

# A word: letters and digits, with hyphens, colons, apostrophes, full stops or commas between them where they
# belong.
_WORD = re.compile(
    r"(?P<number>\d{1,3}(?: \d{3})+(?![^\W_])|\d+(?:[.,]\d+)+)"
    r"|(?P<word>[^\W_]+(?:[-'][^\W_]+)*)(?::(?P<ending>[^\W\d_]{1,5})(?![^\W_]))?(?P<open>-(?=[\s,]))?"
)


def folded(text: str) -> str:
    """Return `text` in lower case without foreign accents, character for character of its normal form C."""
    return unicodedata.normalize("NFC", text).translate(_FOLD)


def unaccented(word: str) -> str:
    """Return a folded word as someone without å, ä and ö would type it."""
    return word.replace("å", "a").replace("ä", "a").replace("ö", "o")


def words(text: str) -> Iterator[Word]:
    """Yield the words of `text` in order; the places are those in its normal form C."""
    for match in _WORD.finditer(folded(text)):
        start, end = match.span()
        if number := match["number"]:
            yield Word(digits := re.sub(r"[ .,]", "", number), (digits,), False, start, end)
            continue
        pieces = tuple(piece[:LONGEST_WORD] for piece in re.split(r"[-']", match["word"]))
        whole = "".join(pieces)[:LONGEST_WORD]
        if all(piece.isdecimal() for piece in pieces) and len(pieces) > 1:  # 2016-2018, 2019-05-02
            for piece in pieces:
                yield Word(piece, (piece,), False, start, end)
            continue
        yield Word(whole, pieces, match["open"] is not None, start, end)
