"""Documents, one after the other → the postings of all terms and the counts of all words, by bucket.

What is held in memory is bounded: what is beyond it is laid aside on disk, by bucket, and drawn together at the end.
"""

from __future__ import annotations

import marshal
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from kunskapsbank.search.columns import Columns, Row, joined
from kunskapsbank.search.compound import SHORTEST_COMPOUND
from kunskapsbank.search.documents import is_surface, word_key

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from kunskapsbank.search.gist import Gist
    from kunskapsbank.search.store import Store
    from kunskapsbank.search.terms import Routing

# So many bytes are held before they are laid aside; a term takes about so many besides its postings, a word so many.
_MOST_BYTES = 40_000_000
_TERM_BYTES, _WORD_BYTES = 250, 150
_TERMS, _SPELLING = "terms", "spelling"


@dataclass(slots=True)
class Gathered:
    """What is known of a bucket: the packed postings of each term, and in how many documents each long word is."""

    terms: dict[str, bytes] = field(default_factory=dict)
    words: dict[str, int] = field(default_factory=dict)


# A part of a bucket: its terms with their columns, and its words. Parts are in the order in which documents came.
_Part = tuple[list[tuple[str, Row]], dict[str, int]]


class Postings:
    """The terms and words of documents, which come by ascending number."""

    def __init__(self, store: Store, routing: Routing) -> None:
        """Lay aside in a store what is too much for memory."""
        self._store = store
        self._routing = routing
        self._terms: dict[str, Columns] = {}
        # Words as they stand between hyphens, and besides them those with hyphens, by how many documents have them.
        self._written: Counter[str] = Counter()
        self._wholes: Counter[str] = Counter()
        self._bytes = 0
        self._is_aside = False

    def add(self, number: int, gist: Gist, middling: Mapping[str, int]) -> None:
        """Note what a document has; `middling` are the fields' middling lengths."""
        held, size = self._terms, 0
        for impact, terms, places in gist.postings(middling):
            for term, stands in zip(terms, places, strict=True):
                columns = held.get(term)
                if columns is None:
                    columns = held[term] = Columns()
                columns.add(number, impact, stands)
            size += sum(map(len, places)) + len(places) * (1 + len(impact))
        self._written.update(gist.written)
        self._wholes.update(set(gist.wholes).difference(gist.written))
        self._bytes += size
        words = len(self._written) + len(self._wholes)
        if self._bytes + len(held) * _TERM_BYTES + words * _WORD_BYTES > _MOST_BYTES:
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

    def buckets(self) -> Iterator[tuple[str, Gathered]]:
        """Yield the buckets, sorted by name, those too that have nothing but phrases. Forgets what was gathered."""
        if self._is_aside:
            for name, parts in self._store.heaped(_TERMS):
                yield name, _drawn_together(marshal.loads(part) for part in parts)
        else:
            grouped = self._grouped()
            for name in sorted(grouped):
                yield name, _drawn_together([grouped.pop(name)])

    def _grouped(self) -> dict[str, _Part]:
        """Return what is held by bucket, and hold nothing."""
        found: dict[str, _Part] = {name: ([], {}) for name in self._routing.starts}
        while self._terms:
            term, columns = self._terms.popitem()
            row = (term, columns.row())
            for name in self._routing.buckets(term):
                found.setdefault(name, ([], {}))[0].append(row)
        for word, count in self._written.items():
            if len(word) >= SHORTEST_COMPOUND:
                found.setdefault(self._routing.bucket_of(word), ([], {}))[1][word] = count
        self._written.clear()
        self._wholes.clear()
        self._bytes = 0
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


def _drawn_together(parts: Iterable[_Part]) -> Gathered:
    found: dict[str, list[Row]] = defaultdict(list)
    counts = []
    for rows, words in parts:
        counts.append(words)
        for term, row in rows:
            found[term].append(row)
    return Gathered({term: joined(those) for term, those in found.items()}, _summed(counts))


def _summed(counts: Iterable[Mapping[str, int]]) -> dict[str, int]:
    found: Counter[str] = Counter()
    for words in counts:
        found.update(words)
    return dict(found)
