"""Documents, one after the other → the postings of all terms and the counts of all words, by bucket.

What is held in memory is bounded: what is beyond it is laid aside on disk, by bucket, and drawn together at the end.
"""

from __future__ import annotations

import marshal
from array import array
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple

from kunskapsbank.search import columns
from kunskapsbank.search.compound import SHORTEST_COMPOUND
from kunskapsbank.search.documents import is_surface, word_key
from kunskapsbank.search.gist import impacts_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from kunskapsbank.search.gist import Gist, Profile
    from kunskapsbank.search.store import Store
    from kunskapsbank.search.terms import Routing

# So many bytes are held before they are laid aside; a term, a posting and a word take about so many.
_MOST_BYTES = 40_000_000
_TERM_BYTES, _POSTING_BYTES, _WORD_BYTES = 250, 25, 150
_TERMS, _SPELLING = "terms", "spelling"


@dataclass(slots=True)
class Gathered:
    """What is known of a bucket: the packed postings of each term, and in how many documents each long word is."""

    terms: dict[str, bytes] = field(default_factory=dict)
    words: dict[str, int] = field(default_factory=dict)


# The postings of a term, one after the other: of each its group, and in how many blocks it stands, with those.
_Row = list[Any]
# A part of a bucket: its terms with their postings, and its words. Parts are in the order in which documents came.
_Part = tuple[list[tuple[str, _Row]], dict[str, int]]


class _Added(NamedTuple):
    """What the impacts in a document hang on: its fields' lengths, and what the terms of each group weigh in them."""

    lengths: dict[str, int]
    profiles: list[Profile]


class Postings:
    """The terms and words of documents, which come by ascending number.

    Terms of a document that weigh the same in it are a group: what all of them are worth can only be told when all
    documents are known.
    """

    def __init__(self, store: Store, routing: Routing) -> None:
        """Lay aside in a store what is too much for memory."""
        self._store = store
        self._routing = routing
        self._terms: dict[str, _Row] = {}
        self._added: list[_Added] = []
        # Of each group the document's number.
        self._numbers = array("L")
        self._profiles: dict[Profile, Profile] = {}
        # Words as they stand between hyphens, and besides them those with hyphens, by how many documents have them.
        self._written: Counter[str] = Counter()
        self._wholes: Counter[str] = Counter()
        self._postings = 0
        self._is_aside = False

    def add(self, number: int, gist: Gist) -> None:
        """Note what a document has."""
        held, known, group = self._terms, self._profiles, len(self._numbers)
        self._added.append(_Added(gist.lengths, [known.setdefault(one, one) for one, _, _ in gist.terms]))
        self._numbers.extend([number] * len(gist.terms))
        for own, (_, terms, places) in enumerate(gist.terms, start=group):
            for term, stands in zip(terms, places, strict=True):
                if term in held:
                    held[term] += (own, stands)
                else:
                    held[term] = [own, stands]
            self._postings += len(terms)
        self._written.update(gist.written)
        self._wholes.update(set(gist.wholes).difference(gist.written))
        words = len(self._written) + len(self._wholes)
        if self._postings * _POSTING_BYTES + len(held) * _TERM_BYTES + words * _WORD_BYTES > _MOST_BYTES:
            self._lay_aside()

    def spelling(self) -> Iterator[tuple[str, dict[str, int]]]:
        """Yield the words that another may be misspelt for, by their keys, with how many documents have each.

        To be asked for before the buckets.
        """
        if not self._is_aside:
            yield from self._spelt().items()
            return
        self._lay_aside()
        for key, parts in self._store.heaped(_SPELLING):
            yield key, _summed(marshal.loads(part) for part in parts)

    def buckets(self, middling: Mapping[str, int]) -> Iterator[tuple[str, Gathered]]:
        """Yield the buckets, sorted by name, those too that have nothing but phrases. Forgets what was gathered.

        `middling` are the fields' middling lengths.
        """
        impacts = [one for lengths, profiles in self._added for one in impacts_of(profiles, lengths, middling)]
        if self._is_aside:
            for name, parts in self._store.heaped(_TERMS):
                yield name, self._drawn_together(impacts, (marshal.loads(part) for part in parts))
        else:
            grouped = self._grouped()
            for name in sorted(grouped):
                yield name, self._drawn_together(impacts, [grouped.pop(name)])

    def _grouped(self) -> dict[str, _Part]:
        """Return what is held by bucket, and hold nothing."""
        found: dict[str, _Part] = {name: ([], {}) for name in self._routing.starts}
        while self._terms:
            row = self._terms.popitem()
            for name in self._routing.buckets(row[0]):
                found.setdefault(name, ([], {}))[0].append(row)
        for word, count in self._written.items():
            if len(word) >= SHORTEST_COMPOUND:
                found.setdefault(self._routing.bucket_of(word), ([], {}))[1][word] = count
        self._written.clear()
        self._wholes.clear()
        self._postings = 0
        return found

    def _spelt(self) -> dict[str, dict[str, int]]:
        found: dict[str, dict[str, int]] = defaultdict(dict)
        for words in (self._written, self._wholes):
            for word, count in words.items():
                if is_surface(word):
                    own = found[word_key(word)]
                    own[word] = own.get(word, 0) + count
        return found

    def _lay_aside(self) -> None:
        for key, words in self._spelt().items():
            self._store.heap(_SPELLING, key, marshal.dumps(words))
        for name, part in self._grouped().items():
            self._store.heap(_TERMS, name, marshal.dumps(part))
        self._is_aside = True

    def _drawn_together(self, impacts: list[bytes], parts: Iterable[_Part]) -> Gathered:
        found: dict[str, _Row] = {}
        counts = []
        for rows, words in parts:
            counts.append(words)
            for term, row in rows:
                if term in found:
                    found[term] += row
                else:
                    found[term] = row
        return Gathered({term: self._packed(impacts, row) for term, row in found.items()}, _summed(counts))

    def _packed(self, impacts: list[bytes], row: _Row) -> bytes:
        groups, stands = row[::2], row[1::2]
        numbers = [*map(self._numbers.__getitem__, groups)]
        return columns.packed(numbers, map(impacts.__getitem__, groups), stands)


def _summed(counts: Iterable[Mapping[str, int]]) -> dict[str, int]:
    found: Counter[str] = Counter()
    for words in counts:
        found.update(words)
    return dict(found)
