"""A word that no text has and that is no word → the words of the texts that were most likely meant.

What fingers and ears mistake costs less than what they do not: a letter doubled or not, two that changed places, the
key beside, ä for e, sj for tj. The browser's client does the same, step by step.
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from kunskapsbank.swedish.stem import stem
from kunskapsbank.swedish.words import unaccented

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

MOST = 3
"""How many stems a word is taken for."""
EDIT = 10
_DOUBLED = 5
_EXCHANGED = 7
_KEY = 7
_SOUND = 5
_SOUNDS = 4
_WORSE = 4
"""How much worse than the best another may be."""
_LEAST, _LONG = 4, 6

_KEYS = ("qwertyuiopå", "asdfghjklöä", "zxcvbnm")
_BESIDE = frozenset(pair for row in _KEYS for a, b in pairwise(row) for pair in ((a, b), (b, a)))
_ALIKE = frozenset(
    pair
    for a, b in ("äe", "åo", "iy", "ck", "cs", "zs", "vw", "gj", "dt", "öo", "äa", "åa")
    for pair in ((a, b), (b, a))
)
_SPELLINGS = (
    (re.compile("stj|skj|sch|sh|sj|ch|sk(?=[eiyäö])|ssi(?=on)|ti(?=on)|si(?=on)"), "S"),
    (re.compile("tj|kj|k(?=[eiyäö])"), "C"),
    (re.compile("^(?:hj|gj|lj|dj)|g(?=[eiyäö])"), "j"),
    (re.compile("ck|q"), "k"),
    (re.compile("x"), "ks"),
    (re.compile("w"), "v"),
    (re.compile("ä"), "e"),
    (re.compile("ph"), "f"),
    (re.compile("th"), "t"),
    (re.compile("h(?=[bcdfgklmnprstvz]|$)"), ""),
    (re.compile(r"(.)\1"), r"\1"),
)
# ä for e and å for o, as they are written without their rings and dots.
_HEARD_AS = {"a": "eo", "e": "a", "o": "a"}
# Where a word that begins so may be kept, if it was written by ear.
_BEGINNINGS = (
    ("sj", "sk", "st", "ch", "sc"),
    ("tj", "kj", "ki", "ke", "ko"),
    ("hj", "gj", "lj", "dj", "ja", "jo", "ju"),
)


def sounds(word: str) -> str:
    """Return a word as it is heard, roughly."""
    for written, heard in _SPELLINGS:
        word = written.sub(heard, word)
    return word


def keys(word: str) -> tuple[str, ...]:
    """Return the two letters under which words like this one are kept: its own, or as if one of them were wrong."""
    a, b, c = (*unaccented(word), "", "", "")[:3]
    heard = [other for group in _BEGINNINGS if a + b in group for other in group]
    vowels = [*(other + b for other in _HEARD_AS.get(a, "")), *(a + other for other in _HEARD_AS.get(b, ""))]
    return tuple(dict.fromkeys([a + b, b + a, a + c, *heard, *vowels]))


def distance(wrong: str, right: str, most: int) -> int:
    """Return what it costs to make one word of the other; above `most` it is all one."""
    before: list[int] = []
    last = [0]
    for j in range(1, len(right) + 1):
        last.append(last[-1] + _cost_of_letter(right, j))
    for i in range(1, len(wrong) + 1):
        row = [last[0] + _cost_of_letter(wrong, i)]
        for j in range(1, len(right) + 1):
            a, b = wrong[i - 1], right[j - 1]
            changed = 0 if a == b else _SOUND if (a, b) in _ALIKE else _KEY if (a, b) in _BESIDE else EDIT
            best = min(
                row[j - 1] + _cost_of_letter(right, j), last[j] + _cost_of_letter(wrong, i), last[j - 1] + changed
            )
            if i > 1 and j > 1 and a != b and a == right[j - 2] and wrong[i - 2] == b:
                best = min(best, before[j - 2] + _EXCHANGED)
            row.append(best)
        if min(row) > most:
            return most + 1
        before, last = last, row
    return last[-1]


def _cost_of_letter(word: str, place: int) -> int:
    """Return what it costs that the letter before `place` is there: less where it doubles the one before it."""
    return _DOUBLED if place > 1 and word[place - 2] == word[place - 1] else EDIT


def alike(word: str, known: Iterable[str], having: Callable[[str], int]) -> tuple[tuple[str, int], ...]:
    """Return the words most like `word`, one a stem, with what it costs to take it for them; the nearest first.

    `known` are words, and `having` tells in how many documents one of them is.
    """
    size = len(word)
    most = 0 if size < _LEAST else EDIT if size < _LONG else 2 * EDIT
    heard = sounds(word)
    found = []
    for candidate in dict.fromkeys(known):
        if most == 0 or candidate == word or abs(len(candidate) - size) > 3:
            continue
        cost = distance(word, candidate, most)
        if cost > _SOUNDS:
            cost = min(cost, _SOUNDS + distance(heard, sounds(candidate), most))
        if cost <= most and (count := having(candidate)):
            found.append((cost, -count, candidate))
    best: dict[str, tuple[str, int]] = {}
    for cost, _, candidate in sorted(found):
        if cost <= min(found)[0] + _WORSE and len(best) < MOST:
            best.setdefault(stem(candidate), (candidate, cost))
    return tuple(best.values())
