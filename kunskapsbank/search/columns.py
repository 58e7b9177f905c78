"""The postings of a term, packed: the documents' numbers, then the impacts, then how many blocks, then those."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kunskapsbank.search.packing import ascending, number_at, place_after, varint

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

# What a document has of a term: the impact, and in how many blocks it stands with those, packed.
Posted = tuple[bytes, bytes]


def packed(numbers: Sequence[int], impacts: Iterable[bytes], stands: Iterable[bytes]) -> bytes:
    """Return the postings of a term in documents with ascending numbers, of what an index keeps of it in each."""
    if len(numbers) == 1:
        # As of most terms: nothing stands beside what is alike.
        return b"".join((varint(1), varint(numbers[0]), *impacts, *stands))
    sizes, blocks = list[bytes](), list[bytes]()
    for own in stands:
        size = 1 if own[0] < 0x80 else place_after(own, 0)
        sizes.append(own[:size])
        blocks.append(own[size:])
    return b"".join((varint(len(numbers)), ascending(numbers), *impacts, *sizes, *blocks))


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
