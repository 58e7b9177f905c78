"""Sorted entries → leaves of about one size, each known by the beginning of a key.

All entries are one range of keys. A range that holds too much is halved, always at the same key whatever it holds, and
so on. So an entry more changes where leaves begin only where it makes one too large.
"""

from __future__ import annotations

from bisect import bisect_left
from itertools import takewhile
from math import log2
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

_LEAST_BYTES = 4_096
# Between two beginnings: a range may begin at a space, but never at this sign, which no key has.
_BETWEEN = "!"
# One more than the highest number of a sign.
_SIGNS = 1 << 21


class Leaf(NamedTuple):
    """The beginning, which no key of the leaf before is after, and the entries from `start` to `stop`."""

    beginning: str
    start: int
    stop: int


def limit(total: int) -> int:
    """Return how large a leaf may be where all entries together have so many bytes: a power of two.

    Smaller leaves are fewer bytes for whoever asks, but more leaves, whose beginnings everybody must fetch.
    """
    return max(_LEAST_BYTES, 1 << round(log2(max(total, 1)) / 2 + 0.75))


def leaves(keys: Sequence[str], sizes: Sequence[int], most: int, shared: str = "") -> Iterator[Leaf]:
    """Return the leaves of sorted keys, of at most so many bytes each but for keys that are alike, which stay together.

    `shared` is a beginning that all keys have.
    """
    if keys:
        yield from _Dividing(keys, sizes, most).divided(0, len(keys), shared, 0, _SIGNS)


def written(beginnings: Iterable[str]) -> str:
    """Return sorted beginnings in few letters: of each, a sign for how many letters the one before has that it lacks,
    "0" for none, "1" for one and so on, and what it has instead.
    """
    found, last = [], ""
    for beginning in beginnings:
        shared = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(last, beginning, strict=False)))
        found.append(chr(ord("0") + len(last) - shared) + beginning[shared:])
        last = beginning
    return _BETWEEN.join(found)


class _Dividing:
    def __init__(self, keys: Sequence[str], sizes: Sequence[int], most: int) -> None:
        self._keys = keys
        self._most = most
        self._sums = [0]
        for size in sizes:
            self._sums.append(self._sums[-1] + size)

    def divided(self, start: int, stop: int, shared: str, low: int, high: int) -> Iterator[Leaf]:
        """Divide the keys that begin as `shared` and go on with a sign from `low` to `high`, or end there."""
        if start == stop:
            return
        if self._sums[stop] - self._sums[start] <= self._most or self._keys[start] == self._keys[stop - 1]:
            yield Leaf(shared + chr(low) if low else shared, start, stop)
        elif high - low == 1:
            yield from self.divided(start, stop, shared + chr(low), 0, _SIGNS)
        else:
            middle = (low + high) // 2
            place = stop
            if middle <= 0x10FFFF:
                place = bisect_left(self._keys, shared + chr(middle), start, stop)
            yield from self.divided(start, place, shared, low, middle)
            yield from self.divided(place, stop, shared, middle, high)
