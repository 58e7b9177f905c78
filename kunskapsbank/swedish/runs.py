"""A text → its runs of words in a row as numbers: the same on every machine, and few enough to be kept and sent."""

from __future__ import annotations

import re
import zlib
from struct import pack, unpack

# So many words in a row are seldom the same by chance: set phrases of authorities are mostly shorter.
RUN = 4
# A shorter text has too few runs to tell a copy from two that begin alike.
FEWEST = 30
# A text with more runs than this is long, and of its runs only a sample is kept: those whose number ends in so many
# zero bits, one in sixteen. Which these are hangs on nothing but the words, so that two texts keep the same ones.
LONGEST_WHOLE = 512
_SAMPLE = 0xF
_ALL = 0xFFFFFFFF
# An odd number whose multiples are spread over all 32 bits (2³² divided by the golden ratio; Knuth, TAOCP 3, 6.4).
_SPREAD = 2654435769
_PLACE = 64


def runs(text: str) -> frozenset[int]:
    """Return the runs of words of a text as 32-bit numbers: all of a short text's, a sample of a long one's.

    None of a text too short to be told from another.
    """
    found = re.findall(r"\w+", text.casefold())
    numbers = {word: zlib.crc32(word.encode()) for word in set(found)}
    every = _mixed([numbers[word] for word in found])
    if len(every) < FEWEST:
        return frozenset()
    return every if len(every) <= LONGEST_WHOLE else sampled(every)


def _mixed(row: list[int]) -> frozenset[int]:
    """Return a number for each run of four in a row of 32-bit numbers.

    All at once: the row is one great number, each of its own in a place of 64 bits, where no sum or product below runs
    over into the next.
    """
    count = len(row) - RUN + 1
    if count < 1:
        return frozenset()
    a = int.from_bytes(pack(f"<{len(row)}Q", *row), "little")
    every = int.from_bytes(pack("<Q", _ALL) * count, "little")
    b, c, d = a >> _PLACE, a >> 2 * _PLACE, a >> 3 * _PLACE
    mixed = a * 31**3 + b * 31**2 + c * 31 + d & every
    # The low bits choose the sample, so they have to hang on all of the words.
    mixed = (mixed ^ mixed >> 16 & every) * _SPREAD & every
    mixed ^= mixed >> 15 & every
    return frozenset(unpack(f"<{count}Q", mixed.to_bytes(count * _PLACE // 8, "little")))


def sampled(every: frozenset[int]) -> frozenset[int]:
    """Return those of the runs that a long text keeps."""
    return frozenset(run for run in every if not run & _SAMPLE)


def is_sample(found: frozenset[int]) -> bool:
    """Tell whether runs are those that a long text keeps. By chance, all of a short text's are so never."""
    return not any(run & _SAMPLE for run in found)
