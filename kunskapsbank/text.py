"""Swedish text: normal form, ids for addresses, alphabetical order, the nearest right word, and lists in a sentence."""

from __future__ import annotations

import difflib
import re
import unicodedata
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

# å, ä and ö are letters of their own at the end of the alphabet; the characters after z in ASCII keep that order.
_AFTER_Z = str.maketrans({"å": "{", "ä": "|", "æ": "|", "ö": "}", "ø": "}"})


def normalise(text: str) -> str:
    """Return `text` in Unicode normal form C, so that å typed on a Mac equals å typed elsewhere."""
    return unicodedata.normalize("NFC", text)


def fold(text: str) -> str:
    """Return `text` for comparing names: normal form C, no difference of case, single spaces."""
    return " ".join(normalise(text).casefold().split())


def _unaccented(text: str) -> str:
    decomposed = unicodedata.normalize("NFD", text)
    return "".join(character for character in decomposed if not unicodedata.combining(character))


def slugify(text: str) -> str:
    """Return an ASCII id for addresses: "Enskede-Årsta-Vantör" gives "enskede-arsta-vantor"; "" if nothing is left."""
    return re.sub(r"[^a-z0-9]+", "-", _unaccented(text.casefold())).strip("-")


def sort_key(text: str) -> tuple[str, str]:
    """Return a key for Swedish alphabetical order: case and accents ignored, å ä ö last, punctuation skipped."""
    folded = fold(text).translate(_AFTER_Z)
    return re.sub(r"[^\w{|} ]+", "", _unaccented(folded)).strip(), text


def nearest(word: str, candidates: Iterable[str]) -> str | None:
    """Return the candidate most like `word`, or None when none is close enough to suggest."""
    by_folded = {fold(candidate): candidate for candidate in candidates}
    by_slug = {slugify(candidate): candidate for candidate in by_folded.values()}
    if found := by_slug.get(slugify(word)):
        return found
    close = difflib.get_close_matches(fold(word), by_folded, n=1, cutoff=0.6)
    return by_folded[close[0]] if close else None


def listed(words: Sequence[str], conjunction: str = "och") -> str:
    """Return the words as they stand in a sentence: "a", "a och b", "a, b och c"."""
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} {conjunction} {words[-1]}"


_MONTHS = (
    "januari", "februari", "mars", "april", "maj", "juni",
    "juli", "augusti", "september", "oktober", "november", "december",
)  # fmt: skip


def date_text(day: date) -> str:
    """Return a date as written in Swedish: "22 november 2026"."""
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


def number_text(number: int) -> str:
    """Return a whole number with a no-break space between thousands: 750000 gives "750 000"."""
    return f"{number:,}".replace(",", "\N{NO-BREAK SPACE}")


def years_text(years: Sequence[int]) -> str:
    """Return years with runs drawn together: (2013, 2014, 2015, 2018) gives "2013–2015, 2018"."""
    runs: list[list[int]] = []
    for year in sorted(set(years)):
        if runs and year == runs[-1][1] + 1:
            runs[-1][1] = year
        else:
            runs.append([year, year])
    return ", ".join(f"{first}" if first == last else f"{first}–{last}" for first, last in runs)


def capitalised(text: str) -> str:
    """Return `text` with its first letter as a capital and the rest as it was, unlike str.capitalize."""
    return text[:1].upper() + text[1:]
