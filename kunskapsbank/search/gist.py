"""An analysed document → what is kept of it: all that an index of any bank needs to know of its words.

What a term is worth in a document hangs on how long the fields of all documents are, so that is not kept, but what it
weighs in each of the fields. Most terms of a document share that with many others.
"""

from __future__ import annotations

import marshal
import zlib
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from kunskapsbank.search.documents import written_words
from kunskapsbank.search.occurrences import BLOCK
from kunskapsbank.search.packing import ascending, varint
from kunskapsbank.search.ranking import BODY, WEIGHTS, blocks, impact, lengths, shares

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from kunskapsbank.search.columns import Posted
    from kunskapsbank.search.occurrences import Field

Profile = tuple[tuple[str, int], ...]
"""Fields with the weight of a term in each."""
# Packed as the store keeps it: for speed, as there are as many as documents.
_LEVEL = 1


class Gist(NamedTuple):
    """What is kept of a document.

    `lengths` are those of its fields, and `cuts` where the pieces of its body begin but for the first. `terms` are its
    terms with their places, packed, by what they weigh in the fields. `written` are its words, those between hyphens
    each for itself, and `wholes` those with hyphens.
    """

    lengths: dict[str, int]
    cuts: list[int]
    terms: list[tuple[Profile, list[str], list[bytes]]]
    written: list[str]
    wholes: list[str]

    @classmethod
    def of(cls, fields: Mapping[str, Field]) -> Gist:
        """Return what is kept of analysed fields."""
        places = blocks(fields, BLOCK)
        terms: dict[Profile, list[str]] = {}
        for term, profile in _profiles(fields).items():
            terms.setdefault(profile, []).append(term)
        return cls(
            lengths(fields),
            list(fields[BODY].pieces[1:]),
            [(profile, those, [_stands(places.get(term, ())) for term in those]) for profile, those in terms.items()],
            sorted(written_words(fields)),
            sorted(set().union(*(field.wholes for field in fields.values()))),
        )

    @classmethod
    def unpacked(cls, data: bytes) -> Gist:
        """Return what `packed` gave; of what it cannot have given raises a usual error of Python's, or `zlib.error`."""
        return cls(*marshal.loads(zlib.decompress(data)))

    def packed(self) -> bytes:
        """Return it as bytes."""
        return zlib.compress(marshal.dumps(tuple(self)), _LEVEL)

    def held(self, middling: Mapping[str, int]) -> dict[str, Posted]:
        """Return every term with what an index keeps of it; `middling` are the fields' middling lengths."""
        impacts = impacts_of([profile for profile, _, _ in self.terms], self.lengths, middling)
        return {
            term: (impact, stands)
            for impact, (_, terms, places) in zip(impacts, self.terms, strict=True)
            for term, stands in zip(terms, places, strict=True)
        }


def impacts_of(profiles: Iterable[Profile], lengths: Mapping[str, int], middling: Mapping[str, int]) -> Iterator[bytes]:
    """Yield the impact, packed, of terms by what they weigh in the fields of a document, which have such lengths."""
    share = shares(lengths, middling)
    for profile in profiles:
        total = 0.0
        for name, weight in profile:
            total += weight * share[name]
        yield varint(impact(total))


def _profiles(fields: Mapping[str, Field]) -> dict[str, Profile]:
    """Return the weights of every term, in the order of the fields, in which they are added up."""
    found: dict[str, Profile] = {}
    for name in WEIGHTS.fields:
        if (content := fields.get(name)) is None:
            continue
        alone = {weight: ((name, weight),) for weight in set(content.weights.values())}
        for term, weight in content.weights.items():
            before = found.get(term)
            found[term] = before + alone[weight] if before else alone[weight]
    return found


@lru_cache(maxsize=1 << 13)
def _stands(places: tuple[int, ...]) -> bytes:
    """Return in how many blocks a term stands, and those."""
    return varint(len(places)) + ascending(places)
