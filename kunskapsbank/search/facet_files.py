"""The facets of documents → what the browser filters and counts by."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kunskapsbank.search.packing import ascending, varint

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from kunskapsbank.model.facets import FacetIndex
    from kunskapsbank.search.documents import Document

_NUMBERS_IN_FILE = 32_768


@dataclass(frozen=True, slots=True)
class FacetTerm:
    """A term of a facet, its other names, and how many documents have it."""

    id: str
    label: str
    names: tuple[str, ...]
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
            tuple(
                FacetTerm(entry.term.id, entry.term.label, entry.term.names[1:], len(entry.members))
                for entry in index.of(facet)
            ),
        )
        for facet in index.filters
    ]


def facet_files(documents: Mapping[int, Document], known: Sequence[Filter]) -> Iterator[tuple[str, bytes]]:
    """Return the files by path, not yet packed. `documents` are by number, ascending.

    `f/<facet>-<n>.kb` has those of 32 768 numbers: which terms, by their places, documents have together, the commonest
    first, and then for each document which of these it has. `b/<facet>.<term>.kb` has the numbers of the documents with
    one term.
    """
    files: dict[int, list[int]] = {}
    for number in documents:
        files.setdefault(number // _NUMBERS_IN_FILE, []).append(number)
    for rule in known:
        places = {term.id: place for place, term in enumerate(rule.terms)}
        having: dict[str, list[int]] = {}
        for file, numbers in files.items():
            rows = []
            for number in numbers:
                own = [term for term in documents[number].facets.get(rule.id, ()) if term in places]
                rows.append(tuple(sorted(places[term] for term in own)))
                for term in own:
                    having.setdefault(term, []).append(number)
            yield f"f/{rule.id}-{file}.kb", _rows(rows)
        for term, numbers in sorted(having.items()):
            yield f"b/{rule.id}.{term}.kb", ascending(numbers)


def _rows(rows: Sequence[tuple[int, ...]]) -> bytes:
    """Return what each document has as a number of one of the sets before them."""
    counted = Counter(rows)
    sets = sorted(counted, key=lambda own: (-counted[own], own))
    number = {own: place for place, own in enumerate(sets)}
    data = bytearray(varint(len(sets)))
    for own in sets:
        data += varint(len(own)) + ascending(own)
    for own in rows:
        data += varint(number[own])
    return bytes(data)
