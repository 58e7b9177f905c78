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

# A word: letters and digits, with hyphens and apostrophes between them where they belong, and soft hyphens anywhere.
_WORD = re.compile(
    r"(?P<spaced>\d{1,3}(?: \d{3})+(?:,\d+)?(?![^\W_]))|(?P<number>\d+(?:[.,]\d+)+)"
    r"|(?P<word>[^\W_](?:[^\W_]|\xad)*(?:[-'][^\W_](?:[^\W_]|\xad)*)*)(?::(?P<ending>[^\W\d_]{1,5})(?![^\W_]))?"
    r"(?P<open>-(?=[\s,]))?"
)
_THOUSANDS = re.compile(r"\d{1,3}(?:\.\d{3})+")
# After one of these a number stands alone: "fas 2 150 personer" is no 2 150.
_NUMBERED = re.compile(
    r"(?<![^\W_])(?:fas|del|steg|nivå|punkt|kapitel|kap|avsnitt|bilaga|tabell|figur|sida|sid|s|nr|nummer|version|linje|klass"
    r"|årskurs|åk|grupp|typ|etapp|omgång|artikel|vecka|kategori|plan|rum|modul|spår)\.? $"
)
_BESIDE_DIGIT = (re.compile(r"\d[ -]$"), re.compile(r"[ -]\d"))


def folded(text: str) -> str:
    """Return `text` in lower case without foreign accents, character for character of its normal form C."""
    return unicodedata.normalize("NFC", text).translate(_FOLD)


def unaccented(word: str) -> str:
    """Return a folded word as someone without å, ä and ö would type it."""
    return word.replace("å", "a").replace("ä", "a").replace("ö", "o")


def words(text: str) -> Iterator[Word]:
    """Yield the words of `text` in order; the places are those in its normal form C."""
    written = unicodedata.normalize("NFC", text)
    plain = written.translate(_FOLD)
    for match in _WORD.finditer(plain):
        start, end = match.span()
        if match["word"] is None:
            spelt = _spaced(match["spaced"], plain, written, start) if match["spaced"] else _separated(match["number"])
            for number in spelt:
                yield Word(number, (number,), False, start, end)
            continue
        spoken = match["word"].translate(_SPELT)
        pieces = tuple(piece[:LONGEST_WORD] for piece in re.split(r"[-']", spoken))
        whole = "".join(pieces)[:LONGEST_WORD]
        if all(piece.isdecimal() for piece in pieces) and len(pieces) > 1:  # 2016-2018, 2019-05-02
            for piece in pieces:
                yield Word(piece, (piece,), False, start, end)
            continue
        yield Word(whole, pieces, match["open"] is not None, start, end, _is_sign(pieces, written, plain, start, end))


def _spaced(number: str, plain: str, written: str, start: int) -> list[str]:
    """Return a number of thousands, such as 2 150; or its parts, where the first belongs to the word before."""
    is_bound = any(
        character != " " and plain[place] == " "
        for place, character in enumerate(written[start : start + len(number)], start)
    )
    if not is_bound and _NUMBERED.search(plain, max(0, start - 12), start):
        return number.split(" ")
    return [number.replace(" ", "")]


def _separated(number: str) -> list[str]:
    """Return a number with points or commas: 12.500 is thousands, 1,5 and 1.5 a decimal, 2.5.2018 three numbers."""
    if _THOUSANDS.fullmatch(number):
        return [number.replace(".", "")]
    parts = re.split(r"[.,]", number)
    if len(parts) == 2 and not len(parts[0]) == len(parts[1]) == 4:
        return [",".join(parts)]
    return parts


def _is_sign(pieces: tuple[str, ...], written: str, plain: str, start: int, end: int) -> bool:
    """Tell whether single letters of a word are more than letters."""
    if all(len(piece) > 1 for piece in pieces):
        return False
    beside = "-" in plain[start:end] or any(piece.isdecimal() for piece in pieces)
    beside = beside or _BESIDE_DIGIT[0].search(plain, max(0, start - 2), start) is not None
    return beside or _BESIDE_DIGIT[1].match(plain, end) is not None or any(map(str.isupper, written[start:end]))
