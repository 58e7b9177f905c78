"""Swedish running text → words in normal form, each with the pieces it was written in.

The same steps, in the same order, stand in the browser's client; the two are held together by shared cases.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cached_property, lru_cache
from itertools import accumulate
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

LONGEST_WORD = 60
"""A longer run of letters is cut: it is a pasted address or a mistake, and costs no more than a word."""


class Word(NamedTuple):
    """One word of a text.

    `text` is the whole word without its inner hyphens, `pieces` what stood between them (one piece for most
    words), `is_open` is true of a word that breaks off with a hyphen ("hälso- och sjukvård"), `start` and
    `end` are its place in the text that was given. `is_sign` says that a single letter is more than a letter:
    a capital, beside a digit or with a hyphen ("plan B", "F 17", "R&D", "e-tjänst").
    """

    text: str
    pieces: tuple[str, ...]
    is_open: bool
    start: int
    end: int
    is_sign: bool = False


# One character each, so that places in the folded text are places in the text's normal form C.
_SAME = {
    "æ": "ä", "ø": "ö", "ł": "l", "đ": "d", "ħ": "h", "ð": "d", "ŋ": "n", "ı": "i", "\u2010": "-", "\u2011": "-",
    "\u2019": "'", "\u00a0": " ", "\u202f": " ", "\u2009": " ", "\u200c": "\u00ad", "\u200d": "\u00ad",
    "\u2060": "\u00ad", "\ufeff": "\u00ad", "\u200b": "\u00ad",
}  # fmt: skip
# What is more letters than one, or none, in a word once its place is known: ligatures, and what does not show.
_SPELT = str.maketrans(
    {
        "œ": "oe", "ß": "ss", "þ": "th", "ĳ": "ij", "ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st",
        "ﬆ": "st", "\u00ad": "",
    }
)  # fmt: skip


class _Fold(dict[int, str]):
    """A table for `str.translate` that works out a character when it is first met."""

    def __missing__(self, code: int) -> str:
        """Return the character in lower case without a foreign accent; å, ä and ö are letters and stay."""
        character = chr(code)
        # "İ" is two characters in lower case, of which the first is the letter.
        lower = "i" if character == "İ" else character.lower()
        lower = _SAME.get(lower, lower) if len(lower) == 1 else character
        if lower not in "åäö":
            bare = "".join(part for part in unicodedata.normalize("NFD", lower) if not unicodedata.combining(part))
            lower = bare if len(bare) == 1 else lower
        self[code] = lower
        return lower


_FOLD = _Fold()
# What is more than put in lower case: seldom any of a text, and to look up each letter takes long.
_FOLDED_APART = re.compile("[^\x00-\x7fÅÄÖåäö–”…•§]")

# A word: letters and digits, with hyphens and apostrophes between them where they belong, and soft hyphens anywhere.
_LETTERS = r"[^\W_]+(?:\xad+[^\W_]*)*"
_SPACED = r"\d{1,3}(?: \d{3})+(?:,\d+)?(?![^\W_])"
_NUMBER = r"\d+(?:[.,]\d+)+"
_HYPHENED = rf"{_LETTERS}(?:[-']{_LETTERS})*"
_AFTER = r"(?::[^\W\d_]{1,5}(?![^\W_]))?(?:-(?=[\s,]))?"
# What most words are is told first: it need not be tried as a number, nor what may come after it.
_SIMPLE = "[a-zåäö]++"
_WORD = re.compile(rf"({_SIMPLE}(?=[ .,\n])|{_SPACED}|{_NUMBER}|{_HYPHENED}{_AFTER})")
_IS_SIMPLE = re.compile(f"(?=..){_SIMPLE}")
_IS_NUMBER = re.compile(_NUMBER)
_BEGINNING = re.compile(_HYPHENED)
_BETWEEN = re.compile("[-']")
_THOUSANDS = re.compile(r"\d{1,3}(?:\.\d{3})+")
# After one of these a number stands alone: "fas 2 150 personer" is no 2 150.
_NUMBERED = re.compile(
    r"(?<![^\W_])(?:fas|del|steg|nivå|punkt|kapitel|kap|avsnitt|bilaga|tabell|figur|sida|sid|s|nr|nummer|version|linje|klass"
    r"|årskurs|åk|grupp|typ|etapp|omgång|artikel|vecka|kategori|plan|rum|modul|spår)\.? $"
)
_BESIDE_DIGIT = (re.compile(r"\d[ -]$"), re.compile(r"[ -]\d"))


def folded(text: str) -> str:
    """Return `text` in lower case without foreign accents, character for character of its normal form C."""
    return _folded(unicodedata.normalize("NFC", text))


def _folded(written: str) -> str:
    if not written.isascii():
        written = _FOLDED_APART.sub(lambda found: _FOLD[ord(found[0])], written)
    return written.lower()


def unaccented(word: str) -> str:
    """Return a folded word as someone without å, ä and ö would type it."""
    # Asked of every term of an index, and most have none.
    return word if word.isascii() else word.replace("å", "a").replace("ä", "a").replace("ö", "o")


def words(text: str) -> Iterator[Word]:
    """Yield the words of `text` in order; the places are those in its normal form C."""
    found = Found(text)
    for place, token in enumerate(found.tokens):
        yield from found.words(place, words_of(token))


class Found:
    """What is found in a text, in order: `tokens`, each a word in normal form, or what is more than one or none."""

    def __init__(self, text: str) -> None:
        """Look through a text."""
        self._written = unicodedata.normalize("NFC", text)
        self._plain = _folded(self._written)
        # What stands between words, a word, what stands between, and so on.
        self._split = _WORD.split(self._plain)
        self.tokens = self._split[1::2]

    @cached_property
    def starts(self) -> list[int]:
        """Where each of the tokens begins in the text's normal form C."""
        return [*accumulate(map(len, self._split))][:-1:2]

    def words(self, place: int, known: tuple[Word, ...] | None = None) -> Iterator[Word]:
        """Yield the words of the token at a place; `known` is what `words_of` tells of it, if anything."""
        token, start = self.tokens[place], self.starts[place]
        for word in self._told(token, start) if known is None else known:
            yield Word(word.text, word.pieces, word.is_open, start, start + len(token), word.is_sign)

    def _told(self, token: str, start: int) -> Iterator[Word]:
        """Yield the words of a token that can only be told by what stands beside it."""
        if " " in token:
            for number in self._spaced(token, start):
                yield Word(number, (number,), False, 0, 0)
            return
        end = start + len(token)
        is_sign = (
            _BESIDE_DIGIT[0].search(self._plain, max(0, start - 2), start) is not None
            or _BESIDE_DIGIT[1].match(self._plain, end) is not None
            or any(map(str.isupper, self._written[start:end]))
        )
        yield _joined(token)._replace(is_sign=is_sign)

    def _spaced(self, number: str, start: int) -> list[str]:
        """Return a number of thousands, such as 2 150; or its parts, where the first belongs to the word before."""
        written = self._written[start : start + len(number)]
        is_bound = any(sign != " " and number[place] == " " for place, sign in enumerate(written))
        if not is_bound and _NUMBERED.search(self._plain, max(0, start - 12), start):
            return number.split(" ")
        return [number.replace(" ", "")]


def is_simple(token: str) -> bool:
    """Tell whether a token of a text is one word of nothing but Swedish letters, two at least, as most are."""
    return len(token) <= LONGEST_WORD and _IS_SIMPLE.fullmatch(token) is not None


@lru_cache(maxsize=20_000)
def words_of(token: str) -> tuple[Word, ...] | None:
    """Return the words of a token of a text, without their places; None where what stands beside it has a say."""
    if is_simple(token):
        return (Word(token, (token,), False, 0, 0),)
    if " " in token:
        return None
    if _IS_NUMBER.fullmatch(token):
        return tuple(Word(number, (number,), False, 0, 0) for number in _separated(token))
    word = _joined(token)
    are_numbers = [piece.isdecimal() for piece in word.pieces]
    if len(are_numbers) > 1 and all(are_numbers):  # 2016-2018, 2019-05-02
        return tuple(Word(piece, (piece,), False, 0, 0) for piece in word.pieces)
    if all(len(piece) > 1 for piece in word.pieces):
        return (word,)
    return (word._replace(is_sign=True),) if "-" in token or any(are_numbers) else None


def _joined(token: str) -> Word:
    """Return the word that a token is, with its pieces."""
    beginning = _BEGINNING.match(token)
    spoken = (beginning[0] if beginning else token).translate(_SPELT)
    pieces = tuple(piece[:LONGEST_WORD] for piece in _BETWEEN.split(spoken))
    return Word("".join(pieces)[:LONGEST_WORD], pieces, token.endswith("-"), 0, 0)


def _separated(number: str) -> list[str]:
    """Return a number with points or commas: 12.500 is thousands, 1,5 and 1.5 a decimal, 2.5.2018 three numbers."""
    if _THOUSANDS.fullmatch(number):
        return [number.replace(".", "")]
    parts = re.split(r"[.,]", number)
    if len(parts) == 2 and not len(parts[0]) == len(parts[1]) == 4:
        return [",".join(parts)]
    return parts
