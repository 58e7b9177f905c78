"""Documents → their numbers in the index: newest first, few, and each as good as its own, whatever else the bank has.

A year has a stretch of numbers to itself, twice as many as it needs or more, and a document stands in it where the hash
of its id says, or as soon after as there is room. So a document that comes or goes moves hardly any other, and the same
documents have the same numbers in whatever order they came.
"""

from __future__ import annotations

from hashlib import blake2b
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from kunskapsbank.search.documents import Document

_BITS = 32


def numbered(documents: Iterable[Document]) -> dict[int, Document]:
    """Return the documents by their numbers, ascending."""
    years: dict[int, list[Document]] = {}
    for document in documents:
        years.setdefault(document.latest_year, []).append(document)
    found: dict[int, Document] = {}
    first = 0
    for year in sorted(years, reverse=True):
        those = sorted(years[year], key=lambda document: (_hash(document.id), document.id))
        places, size = _places([_hash(document.id) for document in those])
        found |= {first + place: document for place, document in zip(places, those, strict=True)}
        first += size
    return found


def _places(hashes: Sequence[int]) -> tuple[list[int], int]:
    """Return a place for each of the sorted hashes, and how many places there are."""
    bits = (2 * len(hashes) - 1).bit_length()
    while True:
        # A quarter more, for what is crowded at the end.
        size = (1 << bits) + (1 << bits >> 2)
        places: list[int] = []
        for own in hashes:
            places.append(max(own >> (_BITS - bits), places[-1] + 1 if places else 0))
        if places[-1] < size:
            return places, size
        bits += 1


def _hash(text: str) -> int:
    return int.from_bytes(blake2b(text.encode("utf-8", "surrogatepass"), digest_size=_BITS // 8).digest())
