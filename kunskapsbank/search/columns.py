"""The postings of a term, packed: the documents' numbers, then the impacts, then how many blocks, then those."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kunskapsbank.search.packing import number_at, place_after, varint

if TYPE_CHECKING:
    from collections.abc import Iterable

# What a document has of a term: the impact, and in how many blocks it stands with those, packed.
Posted = tuple[bytes, bytes]
# Columns as `row` gives them.
Row = tuple[int, int, int, bytes, bytes, bytes, bytes]


class Columns:
    """The postings of one term in documents that come by ascending number."""

    # There are as many as terms, and most are of one document.
    __slots__ = ("_blocks", "_count", "_first", "_impacts", "_last", "_numbers", "_sizes")

    def __init__(self) -> None:
        """Begin without a document."""
        self._count = self._first = self._last = 0
        self._numbers: bytes | bytearray = b""
        self._impacts: bytes | bytearray = b""
        self._sizes: bytes | bytearray = b""
        self._blocks: bytes | bytearray = b""

    def add(self, number: int, impact: bytes, stands: bytes) -> None:
        """Add the next document."""
        size = 1
        while stands[size - 1] >= 0x80:
            size += 1
        if self._count == 0:
            self._first = number
            self._impacts, self._sizes, self._blocks = impact, stands[:size], stands[size:]
        else:
            if self._count == 1:
                self._numbers = bytearray()
                self._impacts, self._sizes = bytearray(self._impacts), bytearray(self._sizes)
                self._blocks = bytearray(self._blocks)
            self._numbers += varint(number - self._last)
            self._impacts += impact
            self._sizes += stands[:size]
            self._blocks += stands[size:]
        self._count += 1
        self._last = number

    def row(self) -> Row:
        """Return how many documents there are, the first and the last, and the columns, the first without its first."""
        numbers, impacts, sizes, blocks = self._numbers, self._impacts, self._sizes, self._blocks
        return self._count, self._first, self._last, bytes(numbers), bytes(impacts), bytes(sizes), bytes(blocks)

    def packed(self) -> bytes:
        """Return the postings."""
        return joined([self.row()])


def joined(rows: Iterable[Row]) -> bytes:
    """Return the postings of documents that came in several parts."""
    count, last = 0, 0
    numbers, impacts, sizes, blocks = list[bytes](), list[bytes](), list[bytes](), list[bytes]()
    for own, first, to, *columns in rows:
        count += own
        numbers += (varint(first - last), columns[0])
        impacts.append(columns[1])
        sizes.append(columns[2])
        blocks.append(columns[3])
        last = to
    return b"".join((varint(count), *numbers, *impacts, *sizes, *blocks))


def postings_of(data: bytes) -> dict[int, Posted]:
    """Return packed postings apart, by the document's number."""
    count, place = number_at(data, 0)
    numbers: list[int] = []
    for _ in range(count):
        step, place = number_at(data, place)
        numbers.append(step + (numbers[-1] if numbers else 0))
    impacts, sizes = place, place_after(data, place, count)
    blocks = place_after(data, sizes, count)
    found: dict[int, Posted] = {}
    for number in numbers:
        impact, impacts = impacts, place_after(data, impacts)
        size = sizes
        many, sizes = number_at(data, sizes)
        own, blocks = blocks, place_after(data, blocks, many)
        found[number] = data[impact:impacts], data[size:sizes] + data[own:blocks]
    return found
