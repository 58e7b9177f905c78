"""Swedish text: normal form, ids for addresses, alphabetical order, and the nearest right word."""

from __future__ import annotations

import difflib
import re
import unicodedata
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

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


@lru_cache(maxsize=20_000)
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
