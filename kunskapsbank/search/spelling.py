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
    from collections.abc import Callable, Container, Iterable

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
_OTHER_FORM = 2
_LONGER = 5
"""How much longer or shorter than the word another may be."""
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
_NEIGHBOURS = {
    letter: sorted(unaccented(b) for a, b in _BESIDE if unaccented(a) == letter)
    for letter in {unaccented(a) for a, _ in _BESIDE}
}
_VOWELS = "aeiouy"
# The consonants that stand after one at the beginning of words, besides r, l and n.
_AFTER = {"s": "ktlpvnmj", "v": "r", "d": "rv", "t": "rvj", "b": "rlj", "p": "rl", "h": "j"}
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


def further_keys(word: str) -> tuple[str, ...]:
    """Return the two letters under which words less like this one are kept: as if a key beside one of them had been
    struck, or a letter after or before the first were missing.
    """
    a, b, c = (*unaccented(word), "", "", "")[:3]
    missing = _AFTER.get(a, "rln") if b and b in _VOWELS else _VOWELS
    found = [
        *(a + other for other in _NEIGHBOURS.get(b, ())),
        *(other + b for other in _NEIGHBOURS.get(a, ())),
        *(a + other for other in missing),
        b + c,
    ]
    near = keys(word)
    return tuple(key for key in dict.fromkeys(found) if key not in near)


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


def alike(
    word: str, known: Iterable[str], having: Callable[[str], int], listed: Container[str] = frozenset()
) -> tuple[tuple[str, int], ...]:
    """Return the words most like `word`, one a stem, with what it costs to take it for them; the nearest first.

    `known` are words, and `having` tells in how many documents one of them is: those that are in none are passed over,
    but for those of `listed`, which mean something whether a text has them or not.
    """
    size = len(word)
    most = 0 if size < _LEAST else EDIT if size < _LONG else 2 * EDIT
    heard, own, is_plain = sounds(word), stem(word), word == unaccented(word)
    found = []
    for candidate in dict.fromkeys(known):
        if most == 0 or candidate == word or abs(len(candidate) - size) > _LONGER:
            continue
        cost = distance(word, candidate, most)
        if cost > _SOUNDS:
            cost = min(cost, _SOUNDS + distance(heard, sounds(candidate), most))
            # The texts may have another form of the word; that and one slip is as much as is likely.
            if (of_stems := distance(own, stem(candidate), EDIT)) <= EDIT:
                cost = min(cost, _OTHER_FORM + of_stems)
            if is_plain and (plain := unaccented(candidate)) != candidate:
                cost = min(cost, _OTHER_FORM + distance(word, plain, most))
        if cost <= most and ((count := having(candidate)) or candidate in listed):
            found.append((cost, -count, candidate))
    best: dict[str, tuple[str, int]] = {}
    for cost, _, candidate in sorted(found):
        if cost <= min(found)[0] + _WORSE and len(best) < MOST:
            best.setdefault(stem(candidate), (candidate, cost))
    return tuple(best.values())
