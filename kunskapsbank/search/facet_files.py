"""The facets of documents → what the browser filters and counts by."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kunskapsbank.search.packing import ascending, varint

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from kunskapsbank.model.facets import FacetIndex
    from kunskapsbank.search.documents import Document

_NUMBERS_IN_FILE = 4_096


@dataclass(frozen=True, slots=True)
class FacetTerm:
    """A term of a facet, and how many documents have it."""

    id: str
    label: str
    count: int


@dataclass(frozen=True, slots=True)
class Filter:
    """A facet that can be filtered by, with its terms in their order."""

    id: str
    key: str
    label: str
    terms: tuple[FacetTerm, ...]


def filters(index: FacetIndex | None) -> list[Filter]:
    """Return the facets to filter by with their terms; none where there is no index of facets."""
    if index is None:
        return []
    return [
        Filter(
            facet.id,
            facet.key,
            facet.label,
            tuple(FacetTerm(entry.term.id, entry.term.label, len(entry.members)) for entry in index.of(facet)),
        )
        for facet in index.filters
    ]


def facet_files(documents: Mapping[int, Document], known: Sequence[Filter]) -> Iterator[tuple[str, bytes]]:
    """Return the files by path, not yet packed. `documents` are by number, ascending.

    `f/<n>.kb` has those of 4 096 numbers: how many documents there are, their numbers, and for each facet what terms
    every one of them has, by their places. `b/<facet>.<term>.kb` has the numbers of the documents with one term.
    """
    places = {rule.id: {term.id: place for place, term in enumerate(rule.terms)} for rule in known}
    files: dict[int, list[int]] = {}
    having: dict[tuple[str, str], list[int]] = {}
    for number, document in documents.items():
        files.setdefault(number // _NUMBERS_IN_FILE, []).append(number)
        for rule in known:
            for term in document.facets.get(rule.id, ()):
                if term in places[rule.id]:
                    having.setdefault((rule.id, term), []).append(number)
    for file, numbers in files.items() if known else ():
        data = bytearray(varint(len(numbers)) + ascending(numbers))
        for rule in known:
            for number in numbers:
                own = documents[number].facets.get(rule.id, ())
                found = sorted(places[rule.id][term] for term in own if term in places[rule.id])
                data += varint(len(found)) + ascending(found)
        yield f"f/{file}.kb", bytes(data)
    for (facet, term), numbers in sorted(having.items()):
        yield f"b/{facet}.{term}.kb", ascending(numbers)
