"""Documents → all that an index knows of their words, brought up to date from what a store has of the last time.

A document that has changed gives and takes only what differs. The outcome is the same as if all were made anew: it
follows from the documents, whatever the store has.
"""

from __future__ import annotations

import hashlib
import json
import sys
import zlib
from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from dataclasses import dataclass, field, fields
from functools import cache, cached_property
from itertools import accumulate
from pathlib import Path
from typing import TYPE_CHECKING

from kunskapsbank import swedish
from kunskapsbank.search.compound import SHORTEST_COMPOUND
from kunskapsbank.search.documents import is_surface, keyed, word_key
from kunskapsbank.search.gist import Gist
from kunskapsbank.search.leaves import leaves, limit
from kunskapsbank.search.packing import as_json
from kunskapsbank.search.postings import Postings
from kunskapsbank.search.ranking import pivots
from kunskapsbank.search.store import Damaged
from kunskapsbank.search.terms import Bucket, Routing, places

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from kunskapsbank.search.analysis import Analyser
    from kunskapsbank.search.columns import Posted
    from kunskapsbank.search.documents import Document
    from kunskapsbank.search.store import Store

# Changes with what is kept in the store.
_FORMAT = 2
# Where more than one in so many documents has changed, all is put together anew.
_FEW = 8
# A leaf: its beginning, the first and the last of its buckets, and of one bucket the bytes from one to another.
Row = tuple[str, str, str, int, int]
# What a value can raise that is not as it was written, although its digest is right.
_DAMAGED = (ValueError, TypeError, KeyError, IndexError, AttributeError, zlib.error)


@dataclass(slots=True)
class Header:
    """A document as the store knows it: its number, the hash of its content, its fields' lengths, its body's pieces.

    Of these, all but the first are known by where they begin.
    """

    number: int
    digest: str
    lengths: dict[str, int]
    cuts: list[int]


@dataclass(slots=True)
class State:
    """What an index was made of: documents by id, buckets with their sizes, and what the leaves were.

    `stems` are those of the lexicon that any document has. `files` has the digest of every file of the index, and
    `keys`, of kinds of files, what they are made of and begin with.
    """

    pivots: dict[str, int] = field(default_factory=dict)
    documents: dict[str, Header] = field(default_factory=dict)
    buckets: dict[str, int] = field(default_factory=dict)
    most: int = 0
    leaves: list[Row] = field(default_factory=list)
    stems: list[str] = field(default_factory=list)
    files: dict[str, str] = field(default_factory=dict)
    keys: dict[str, tuple[str, list[str]]] = field(default_factory=dict)


@dataclass(slots=True)
class _Held:
    """What a document gives to an index: what is kept of its terms, its words, and those that others may stand for."""

    number: int
    terms: dict[str, Posted]
    written: list[str]
    surface: set[str]


@dataclass(frozen=True, slots=True)
class Same:
    """A document of which it is known that it has not changed, and that nobody will ask more of."""

    id: str
    digest: str


class Assembly:
    """What an index knows of words. `state` is that of now, and `last` that of the last time, empty where none holds.

    `analysed` are the numbers of documents that have changed, `touched` the buckets of terms and `spelt` the keys of
    words in which anything has. `documents` are all documents, by number.
    """

    def __init__(
        self,
        store: Store,
        analyser: Analyser,
        documents: Mapping[int, Document] | None,
        changed: Iterable[Document] = (),
    ) -> None:
        """Bring the store up to date with documents by number, ascending; raises Damaged where it cannot be read.

        None stands for those of the last time, but for some that have `changed`; raises Damaged where there was none.
        """
        self._store = store
        self._analyser = analyser
        self.documents: Mapping[int, Document | Same] = documents or {}
        self._routing = Routing(analyser)
        self._listed = keyed(analyser.meanings.words)
        self.state, self.last = State(), State()
        self.analysed: set[int] = set()
        self.touched: set[str] = set()
        self.spelt: set[str] = set()
        self._last_read = ("", b"")
        try:
            self._read()
            if documents is None:
                self.documents = self._all_but(changed)
            self._assemble()
        except _DAMAGED as error:
            raise Damaged(str(error)) from error

    def _read(self) -> None:
        found = self._store.get("state", "")
        if found is None:
            return
        kept = json.loads(found)
        if kept.pop("version") != self._version:
            self._store.clear()
            return
        documents = {name: Header(*header) for name, header in kept.pop("documents").items()}
        rows = [tuple(row) for row in kept.pop("leaves")]
        self.last = State(documents=documents, leaves=rows, **kept)

    def _all_but(self, changed: Iterable[Document]) -> dict[int, Document | Same]:
        known = self.last.documents
        found: dict[int, Document | Same] = {one.number: Same(name, one.digest) for name, one in known.items()}
        for document in changed:
            if document.id not in known:
                raise Damaged(document.id)
            found[known[document.id].number] = document
        return dict(sorted(found.items()))

    @cached_property
    def _version(self) -> str:
        return f"{_FORMAT} {self._analyser.fingerprint} {_code()} {sys.version}"

    @cached_property
    def _lexicon_stems(self) -> frozenset[str]:
        if (kept := self._store.get("lexicon", "")) is None:
            kept = as_json(sorted(self._analyser.lexicon.stems))
            self._store.put("lexicon", "", kept)
        return frozenset(json.loads(kept))

    def keep(self) -> None:
        """Put the state into the store, with the files that `state` has by now."""
        documents = {
            name: [header.number, header.digest, header.lengths, header.cuts]
            for name, header in self.state.documents.items()
        }
        names = (own.name for own in fields(self.state))
        whole = {name: getattr(self.state, name) for name in names}
        self._store.put("state", "", as_json({**whole, "documents": documents, "version": self._version}))

    def _assemble(self) -> None:
        before = self.last.documents
        headers = {
            document.id: before[document.id]
            for document in self.documents.values()
            if document.id in before and before[document.id].digest == document.digest
        }
        gone = [name for name in before if name not in headers]
        moved = [
            document.id
            for number, document in self.documents.items()
            if document.id in headers and headers[document.id].number != number
        ]
        new = [
            document
            for document in self.documents.values()
            if document.id not in headers and not isinstance(document, Same)
        ]
        is_little = bool(before) and (len(gone) + len(moved) + len(new)) * _FEW <= len(self.documents) + _FEW
        # Before the old are written over.
        lost = (*gone, *moved) if is_little else ()
        taken = [self._held(name, before[name].number, self.last.pivots) for name in lost]
        postings = None if is_little else self._gathered(headers)
        for document in new if is_little else ():
            headers[document.id] = self._analysed(document)[0]
        for name in gone:
            if name not in headers:
                self._store.drop("document", name)
        for number, own in self.documents.items():
            header = headers[own.id]
            if header.number != number or own.id not in before or before[own.id].digest != header.digest:
                self.analysed.add(number)
            self.state.documents[own.id] = Header(number, header.digest, header.lengths, header.cuts)
        self.state.pivots = pivots(header.lengths for header in self.state.documents.values())
        if is_little and self.state.pivots == self.last.pivots:
            given = [self._held(name, self.state.documents[name].number, self.state.pivots) for name in moved]
            given += [self._held(one.id, self.state.documents[one.id].number, self.state.pivots) for one in new]
            self._change(taken, given)
        else:
            self._make_anew(postings or self._gathered(headers))
        self._divide()

    def _gathered(self, headers: dict[str, Header]) -> Postings:
        """Return what all documents hold; those without a header are analysed, and given one."""
        postings = Postings(self._store, self._routing)
        for number, document in self.documents.items():
            if document.id in headers or isinstance(document, Same):
                gist = self._gist(document.id)
            else:
                headers[document.id], gist = self._analysed(document)
            postings.add(number, gist)
        return postings

    def _analysed(self, document: Document) -> tuple[Header, Gist]:
        gist = Gist.of(document.analysed(self._analyser))
        self._store.put("document", document.id, gist.packed())
        return Header(-1, document.digest, gist.lengths, gist.cuts), gist

    def _gist(self, name: str) -> Gist:
        found = self._store.get("document", name)
        if found is None:
            raise Damaged(name)
        return Gist.unpacked(found)

    def _held(self, name: str, number: int, middling: Mapping[str, int]) -> _Held:
        gist = self._gist(name)
        surface = {word for word in (*gist.written, *gist.wholes) if is_surface(word)}
        return _Held(number, gist.held(middling), gist.written, surface)

    def _make_anew(self, postings: Postings) -> None:
        """Put together what all documents hold."""
        for name in self.last.buckets:
            self._store.drop("bucket", name)
            self._store.drop("words", name)
        for key in self._kept_keys():
            self._store.drop("spelling", key)
        by_key: list[str] = []
        for key, words in postings.spelling():
            self._store.put("spelling", key, as_json(words))
            by_key.append(key)
        self._store.put("spelling", "", as_json(sorted(by_key)))
        self.spelt = {*by_key, *self._listed}
        stems: set[str] = set()
        for name, found in postings.buckets(self.state.pivots):
            stems |= self._lexicon_stems.intersection(found.terms)
            self._put(Bucket(name, self._routing, found.terms, found.words))
        self.state.stems = sorted(stems)

    def _change(self, taken: Iterable[_Held], given: Iterable[_Held]) -> None:
        """Change what documents no longer hold, or hold by now."""
        self.state.buckets = dict(self.last.buckets)
        before = {(one.number, term): data for one in taken for term, data in one.terms.items()}
        after = {(one.number, term): data for one in given for term, data in one.terms.items()}
        buckets: dict[str, Bucket] = {}

        def opened(name: str) -> Bucket:
            if name not in buckets:
                packed, words = self._store.get("bucket", name) or b"", self._store.get("words", name) or b"{}"
                buckets[name] = Bucket.unpacked(name, self._routing, packed, words)
            return buckets[name]

        for number, term in before.keys() - after.keys():
            for name in self._routing.buckets(term):
                opened(name).remove(term, number)
        for (number, term), data in after.items():
            if before.get((number, term)) != data:
                for name in self._routing.buckets(term):
                    opened(name).add(term, number, data)
        written: Counter[str] = Counter()
        surface: Counter[str] = Counter()
        for change, those in ((-1, taken), (1, given)):
            for one in those:
                written.update(dict.fromkeys(one.written, change))
                surface.update(dict.fromkeys(one.surface, change))
        for word, change in written.items():
            if change and len(word) >= SHORTEST_COMPOUND:
                opened(self._routing.bucket_of(word)).count(word, change)
        stems = set(self.last.stems)
        changed = {term for _, term in {*before, *after}} & self._lexicon_stems
        for bucket in buckets.values():
            mine = {term for term in changed if bucket.name in self._routing.buckets(term)}
            stems = (stems - mine) | mine.intersection(bucket.terms)
            self._put(bucket)
        self.state.stems = sorted(stems)
        self._respell(surface)

    def _respell(self, changes: Mapping[str, int]) -> None:
        by_key: dict[str, dict[str, int]] = defaultdict(dict)
        for word, change in changes.items():
            if change:
                by_key[word_key(word)][word] = change
        keys = set(self._kept_keys())
        for key, words in by_key.items():
            known = self._kept_spelling(key)
            for word, change in words.items():
                known[word] = known.get(word, 0) + change
            left = {word: count for word, count in known.items() if count > 0}
            if left:
                self._store.put("spelling", key, as_json(left))
                keys.add(key)
            else:
                self._store.drop("spelling", key)
                keys.discard(key)
        self._store.put("spelling", "", as_json(sorted(keys)))
        self.spelt = set(by_key)

    def spelling_keys(self) -> list[str]:
        """Return the keys that words are kept under."""
        return sorted({*self._kept_keys(), *self._listed})

    def spelling(self, key: str) -> dict[str, int]:
        """Return the words that are kept under a key, those that only mean something too, each with how many documents
        have it.
        """
        return dict.fromkeys(self._listed.get(key, ()), 0) | self._kept_spelling(key)

    def _kept_keys(self) -> list[str]:
        return list(json.loads(self._store.get("spelling", "") or b"[]"))

    def _kept_spelling(self, key: str) -> dict[str, int]:
        return dict(json.loads(self._store.get("spelling", key) or b"{}"))

    def _put(self, bucket: Bucket) -> None:
        self.touched.add(bucket.name)
        if bucket.is_empty:
            self._store.drop("bucket", bucket.name)
            self._store.drop("words", bucket.name)
            self.state.buckets.pop(bucket.name, None)
            return
        packed = bucket.packed()
        self._store.put("bucket", bucket.name, packed)
        self._store.put("words", bucket.name, bucket.counted())
        self.state.buckets[bucket.name] = len(packed)

    def _divide(self) -> None:
        """Find out which leaves there are: their beginnings, first and last bucket, and in a large one the entries."""
        self._names = names = sorted(self.state.buckets)
        self._touched = sorted(self.touched)
        self._last_leaves = frozenset(self.last.leaves)
        sizes = [self.state.buckets[name] for name in names]
        self.state.most = most = limit(sum(sizes))
        within: dict[str, list[Row]] = defaultdict(list)
        if most == self.last.most:
            for row in self.last.leaves:
                within[row[1]].append(row)
        for leaf in leaves(names, sizes, most):
            first, last = names[leaf.start], names[leaf.stop - 1]
            if first != last or sizes[leaf.start] <= most:
                self.state.leaves.append((leaf.beginning, first, last, 0, -1))
            elif first not in self.touched and (kept := within[first]) and kept[0][3:] != (0, -1):
                self.state.leaves += kept
            else:
                self.state.leaves += self._within(first, most)

    def _within(self, name: str, most: int) -> Iterator[Row]:
        keys, sizes = places(self._bucket(name), name, self._routing)
        bytes_before = [0, *accumulate(sizes)]
        for leaf in leaves(keys, sizes, most, name):
            yield leaf.beginning, name, name, bytes_before[leaf.start], bytes_before[leaf.stop]

    def _bucket(self, name: str) -> bytes:
        """Return the entries of a bucket; of the last one that was asked for without reading it again."""
        if self._last_read[0] != name:
            found = self._store.get("bucket", name)
            if found is None:
                raise Damaged(name)
            self._last_read = (name, found)
        return self._last_read[1]

    def leaf(self, row: Row) -> bytes:
        """Return the bytes of a leaf of `state`, not packed as a file; raises Damaged."""
        _, first, last, start, stop = row
        if stop >= 0:
            return self._bucket(first)[start:stop]
        names = self._names[bisect_left(self._names, first) : bisect_right(self._names, last)]
        return b"".join([self._bucket(name) for name in names])

    def is_same(self, row: Row) -> bool:
        """Tell whether a leaf is as it was the last time."""
        if self.state.most != self.last.most or row not in self._last_leaves:
            return False
        return bisect_left(self._touched, row[1]) == bisect_right(self._touched, row[2])


@cache
def _code() -> str:
    """Return a hash of the code that decides what is kept."""
    found = hashlib.blake2b(digest_size=16)
    for folder in (Path(__file__).parent, Path(swedish.__file__).parent):
        for path in sorted((*folder.glob("*.py"), *folder.glob("*.txt"))):
            found.update(path.read_bytes())
    return found.hexdigest()
