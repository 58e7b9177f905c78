"""What documents hold → the entries of the files of terms: all that is known of a word stands where its stem leads.

Entries are sorted by routing key, the stem without å, ä and ö, so that a word typed without them is found in the same
place; each is a name and what is known of it:

- a term: how many documents have it; their numbers (the first itself, then the differences), then the impact in each,
  then in how many blocks of each it stands, then those. Alike stands beside alike, which makes the files smaller. The
  term of a group stands wherever one of its phrases begins.
- "/" and a stem: the words of the texts that have it, in each line those whose parts are found as the same terms, and
  then those terms; so nobody need divide a word that a text has. Of a word that begins as the stem, only the rest is
  written, after a plus.
- "|" and a stem: the groups with a phrase that begins so, all phrases of each as stems, the first of which names it.
"""

from __future__ import annotations

import json
import zlib
from collections import defaultdict
from typing import TYPE_CHECKING

from kunskapsbank.search import columns
from kunskapsbank.search.columns import postings_of
from kunskapsbank.search.meanings import GROUP_MARK
from kunskapsbank.search.packing import as_json, number_at, place_after, sized
from kunskapsbank.swedish.stem import stem
from kunskapsbank.swedish.words import unaccented

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence

    from kunskapsbank.search.analysis import Analyser
    from kunskapsbank.search.columns import Posted

WORDS_MARK = "/"
MEANING_MARK = "|"
_PLAIN = frozenset("abcdefghijklmnopqrstuvwxyz0123456789")
# Postings of so many bytes are worth the few bytes that it takes to pack their columns apart.
_LONG = 512
_AS_GZIP = 31
IN_BUCKET = 3
"""Keys that begin with so many letters alike are put together, and looked at together when something changes."""


class Routing:
    """Names → the routing keys by which they are found, and the stems that begin phrases by bucket."""

    def __init__(self, analyser: Analyser) -> None:
        """Take from an analyser what words mean, and what compounds are made of."""
        self.analyser = analyser
        self.starts: dict[str, list[str]] = defaultdict(list)
        self._groups: dict[str, dict[str, None]] = defaultdict(dict)
        for start, phrases in analyser.meanings.phrases.items():
            key = unaccented(start)
            self.starts[key[:IN_BUCKET]].append(start)
            for _, group in phrases:
                self._groups[group][key] = None

    def keys(self, group: str, bucket: str) -> Sequence[str]:
        """Return the routing keys of a group's term in a bucket, sorted."""
        return sorted(key for key in self._groups[group] if key[:IN_BUCKET] == bucket)

    def buckets(self, term: str) -> Collection[str]:
        """Return the buckets that a term stands in."""
        if term.startswith(GROUP_MARK):
            return {key[:IN_BUCKET] for key in self._groups[term]}
        return (unaccented(term)[:IN_BUCKET],)

    def bucket_of(self, word: str) -> str:
        """Return the bucket that a word of the texts stands in."""
        return unaccented(self.analyser.divided(word)[0])[:IN_BUCKET]


class Bucket:
    """What is known of all names whose keys begin alike."""

    def __init__(self, name: str, routing: Routing, terms: dict[str, bytes], words: dict[str, int]) -> None:
        """Take the packed postings of each term, and words with how many documents have each."""
        self.name = name
        self._routing = routing
        self._terms = terms
        # The postings that are being changed.
        self._open: dict[str, dict[int, Posted]] = {}
        self._words = words
        # What is told of the words of each stem, and the stems of which it must be told anew (None: of all).
        self._told: dict[str, bytes] = {}
        self._stale: set[str] | None = None

    @classmethod
    def unpacked(cls, name: str, routing: Routing, packed: bytes, words: bytes) -> Bucket:
        """Return a bucket as `packed` and `counted` left it."""
        entries = dict(_entries(packed))
        terms = {entry: data for entry, data in entries.items() if entry[0] not in {WORDS_MARK, MEANING_MARK}}
        bucket = cls(name, routing, terms, json.loads(words))
        bucket._told = {entry[1:]: data for entry, data in entries.items() if entry[0] == WORDS_MARK}
        bucket._stale = set()
        return bucket

    def add(self, term: str, number: int, data: Posted) -> None:
        """Note that a document has a term, and what an index keeps of it there."""
        self._opened(term)[number] = data

    def remove(self, term: str, number: int) -> None:
        """Note that a document has a term no longer."""
        self._opened(term).pop(number, None)

    def count(self, word: str, change: int) -> None:
        """Note in how many documents more or fewer a word stands."""
        before = self._words.pop(word, 0)
        if before + change > 0:
            self._words[word] = before + change
        if (before > 0) != (before + change > 0) and self._stale is not None:
            self._stale.add(stem(word))

    @property
    def terms(self) -> Collection[str]:
        """The terms that any document has."""
        self._close()
        return self._terms.keys()

    @property
    def is_empty(self) -> bool:
        """Whether nothing is known of any name."""
        return not self.terms and not self._words and self.name not in self._routing.starts

    def counted(self) -> bytes:
        """Return the words, each with how many documents have it."""
        return as_json(self._words)

    def packed(self) -> bytes:
        """Return the entries, sorted."""
        self._close()
        found: list[tuple[str, str, bytes]] = []
        for term, data in self._terms.items():
            if term[0] == GROUP_MARK:
                found.extend((key, term, data) for key in self._routing.keys(term, self.name))
            else:
                found.append((unaccented(term), term, data))
        self._tell()
        found.extend((unaccented(own), WORDS_MARK + own, told) for own, told in self._told.items())
        meanings = self._routing.analyser.meanings
        for start in self._routing.starts.get(self.name, ()):
            groups = dict.fromkeys(group for _, group in meanings.phrases[start])
            lines = ["|".join(" ".join(phrase) for phrase in meanings.of_group(group)) for group in groups]
            found.append((unaccented(start), MEANING_MARK + start, "\n".join(lines).encode()))
        found.sort()
        return b"".join([sized(name.encode()) + sized(data) for _, name, data in found])

    def _tell(self) -> None:
        """Find out what is to be told of words, where it is not known."""
        divided, stale = self._routing.analyser.divided, self._stale
        by_stem: dict[str, list[tuple[str, tuple[str, ...]]]] = defaultdict(list)
        for word in sorted(self._words) if stale != set() else ():
            if stale is None or stem(word) in stale:
                own, parts = divided(word)
                by_stem[own].append((word, parts))
        for own in stale or ():
            self._told.pop(own, None)
        self._told |= {own: _written(own, words) for own, words in by_stem.items()}
        self._stale = set()

    def _opened(self, term: str) -> dict[int, Posted]:
        if term not in self._open:
            self._open[term] = postings_of(self._terms.pop(term, b"\0"))
        return self._open[term]

    def _close(self) -> None:
        for term, found in self._open.items():
            if found:
                numbers = sorted(found)
                self._terms[term] = columns.packed(numbers, *zip(*map(found.__getitem__, numbers), strict=True))
        self._open.clear()


def leaf_file(entries: bytes) -> bytes:
    """Return the entries of a leaf as a gzip file, in which what is alike in a long one is packed for itself."""
    packer = zlib.compressobj(9, wbits=_AS_GZIP)
    found, last = bytearray(), 0
    for cut in _cuts(entries):
        found += packer.compress(entries[last:cut]) + packer.flush(zlib.Z_SYNC_FLUSH)
        last = cut
    return bytes(found + packer.compress(entries[last:]) + packer.flush())


def _cuts(entries: bytes) -> Iterator[int]:
    """Return the places between the columns of long postings."""
    place, end = 0, len(entries)
    while place < end:
        size, place = number_at(entries, place)
        mark, place = entries[place : place + 1].decode("latin-1"), place + size
        size, place = number_at(entries, place)
        if size >= _LONG and mark not in {WORDS_MARK, MEANING_MARK}:
            count, cut = number_at(entries, place)
            for _ in range(3):
                yield (cut := place_after(entries, cut, count))
        place += size


def _written(own: str, words: Iterable[tuple[str, tuple[str, ...]]]) -> bytes:
    """Return the words of a stem, sorted, with the terms of their parts."""
    lines: dict[str, list[str]] = {}
    for word, parts in words:
        rest = f"+{word.removeprefix(own)}" if word.startswith(own) else word
        lines.setdefault(" ".join(parts), []).append(rest)
    return "\n".join(f"{','.join(those)} {parts}".rstrip() for parts, those in lines.items()).encode()


def places(packed: bytes, bucket: str, routing: Routing) -> tuple[list[str], list[int]]:
    """Return the routing keys of the entries of a bucket, and how many bytes each entry takes."""
    keys, sizes = list[str](), list[int]()
    # A group's term stands once for each of its keys, and these ascend.
    groups: dict[str, Iterator[str]] = {}
    place, end = 0, len(packed)
    while place < end:
        start = place
        size, place = number_at(packed, place)
        name = packed[place : place + size].decode()
        size, place = number_at(packed, place + size)
        place += size
        if name[0] == GROUP_MARK:
            if name not in groups:
                groups[name] = iter(routing.keys(name, bucket))
            keys.append(next(groups[name]))
        else:
            keys.append(unaccented(name[1:] if name[0] in {WORDS_MARK, MEANING_MARK} else name))
        sizes.append(place - start)
    return keys, sizes


def _sized(data: bytes, place: int) -> tuple[bytes, int]:
    size, place = number_at(data, place)
    return data[place : place + size], place + size


def _entries(data: bytes) -> Iterator[tuple[str, bytes]]:
    place, end = 0, len(data)
    while place < end:
        name, place = _sized(data, place)
        content, place = _sized(data, place)
        yield name.decode(), content


def leaf_name(beginning: str) -> str:
    """Return the name of a leaf's file: letters and digits as they are, other signs by number.

    The sign before it keeps it from being a name that some system reserves.
    """
    return "-" + "".join(sign if sign in _PLAIN else f"_{ord(sign):x}_" for sign in beginning)
