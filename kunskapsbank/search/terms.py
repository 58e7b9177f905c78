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

from kunskapsbank.search.meanings import GROUP_MARK
from kunskapsbank.search.occurrences import BLOCK
from kunskapsbank.search.packing import as_json, ascending, sized, varint
from kunskapsbank.search.ranking import blocks, impacts
from kunskapsbank.swedish.stem import stem
from kunskapsbank.swedish.words import unaccented

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping

    from kunskapsbank.search.analysis import Analyser
    from kunskapsbank.search.occurrences import Field

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

    def keys(self, term: str) -> Collection[str]:
        """Return the routing keys of a term."""
        return self._groups[term] if term.startswith(GROUP_MARK) else (unaccented(term),)

    def buckets(self, term: str) -> Collection[str]:
        """Return the buckets that a term stands in."""
        keys = self.keys(term)
        return {key[:IN_BUCKET] for key in keys}


def held(document: Mapping[str, Field], middling: Mapping[str, int]) -> Iterator[tuple[str, bytes]]:
    """Return every term of a document with what an index keeps of it; `middling` are the fields' middling lengths."""
    places = blocks(document, BLOCK)
    for term, impact in impacts(document, middling).items():
        stands = places.get(term, ())
        yield term, varint(impact) + varint(len(stands)) + ascending(stands)


class Bucket:
    """What is known of all names whose keys begin alike."""

    def __init__(self, name: str, routing: Routing, packed: bytes = b"", words: bytes = b"{}") -> None:
        """Take a bucket as `packed` and `counted` leave it, or a new one."""
        self.name = name
        self._routing = routing
        # The packed postings of each term; those in `_open` are being changed.
        self._terms = {entry: data for entry, data in _entries(packed) if entry[0] not in {WORDS_MARK, MEANING_MARK}}
        self._open: dict[str, dict[int, bytes]] = {}
        self._words: dict[str, int] = json.loads(words)

    def add(self, term: str, number: int, data: bytes) -> None:
        """Note that a document has a term, and what an index keeps of it there."""
        self._opened(term)[number] = data

    def remove(self, term: str, number: int) -> None:
        """Note that a document has a term no longer."""
        self._opened(term).pop(number, None)

    def count(self, word: str, change: int) -> None:
        """Note in how many documents more or fewer a word stands."""
        self._words[word] = self._words.get(word, 0) + change

    def fill(self, records: bytes) -> None:
        """Take the records of documents, ascending, as `record` made them."""
        found: dict[str, _Columns] = {}
        place, end = 0, len(records)
        while place < end:
            name, place = _sized(records, place)
            number, place = _number(records, place)
            data, place = _sized(records, place)
            term = name.decode()
            if term[0] == WORDS_MARK:
                self.count(term[1:], 1)
                continue
            columns = found.get(term)
            if columns is None:
                columns = found[term] = _Columns()
            columns.add(number, data)
        for term, columns in found.items():
            self._terms[term] = columns.packed()

    @property
    def terms(self) -> Collection[str]:
        """The terms that any document has."""
        self._close()
        return self._terms.keys()

    @property
    def is_empty(self) -> bool:
        """Whether nothing is known of any name."""
        return not self.terms and not any(self._words.values()) and self.name not in self._routing.starts

    def counted(self) -> bytes:
        """Return the words, each with how many documents have it."""
        return as_json({word: count for word, count in self._words.items() if count > 0})

    def entries(self) -> tuple[list[str], list[bytes]]:
        """Return the entries, sorted, and before them their keys."""
        self._close()
        found: list[tuple[str, str, bytes]] = []
        for term, data in self._terms.items():
            keys = self._routing.keys(term)
            found.extend((key, term, data) for key in keys if key[:IN_BUCKET] == self.name)
        by_stem: dict[str, list[str]] = defaultdict(list)
        for word, count in self._words.items():
            if count > 0:
                by_stem[stem(word)].append(word)
        found.extend((unaccented(own), WORDS_MARK + own, self._divided(own, words)) for own, words in by_stem.items())
        meanings = self._routing.analyser.meanings
        for start in self._routing.starts.get(self.name, ()):
            groups = dict.fromkeys(group for _, group in meanings.phrases[start])
            lines = ["|".join(" ".join(phrase) for phrase in meanings.of_group(group)) for group in groups]
            found.append((unaccented(start), MEANING_MARK + start, "\n".join(lines).encode()))
        found.sort()
        return [key for key, _, _ in found], [sized(name.encode()) + sized(data) for _, name, data in found]

    def _divided(self, own: str, words: Iterable[str]) -> bytes:
        """Return the words of a stem with the terms of their parts."""
        lines: dict[str, list[str]] = {}
        for word in sorted(words):
            rest = f"+{word.removeprefix(own)}" if word.startswith(own) else word
            lines.setdefault(" ".join(self._routing.analyser.parts(word)), []).append(rest)
        return "\n".join(f"{','.join(those)} {parts}".rstrip() for parts, those in lines.items()).encode()

    def _opened(self, term: str) -> dict[int, bytes]:
        if term not in self._open:
            self._open[term] = _postings(self._terms.pop(term, b"\0"))
        return self._open[term]

    def _close(self) -> None:
        for term, found in self._open.items():
            if found:
                columns = _Columns()
                for number in sorted(found):
                    columns.add(number, found[number])
                self._terms[term] = columns.packed()
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
        size, place = _number(entries, place)
        mark, place = entries[place : place + 1].decode("latin-1"), place + size
        size, place = _number(entries, place)
        if size >= _LONG and mark not in {WORDS_MARK, MEANING_MARK}:
            count, cut = _number(entries, place)
            for _ in range(3):
                yield (cut := _after(entries, cut, count))
        place += size


class _Columns:
    """The postings of a term, of each document what `held` tells: numbers, impacts, how many blocks, and those."""

    __slots__ = ("_blocks", "_count", "_impacts", "_last", "_numbers", "_sizes")

    def __init__(self) -> None:
        self._count = self._last = 0
        self._numbers, self._impacts, self._sizes, self._blocks = bytearray(), bytearray(), bytearray(), bytearray()

    def add(self, number: int, data: bytes) -> None:
        """Add the next document."""
        self._numbers += varint(number - self._last)
        self._last = number
        self._count += 1
        # A number of less than 16 384 is one byte or two.
        sizes = 1 if data[0] < 0x80 else 2
        blocks = sizes + (1 if data[sizes] < 0x80 else 2)
        self._impacts += data[:sizes]
        self._sizes += data[sizes:blocks]
        self._blocks += data[blocks:]

    def packed(self) -> bytes:
        return b"".join((varint(self._count), self._numbers, self._impacts, self._sizes, self._blocks))


def record(term: str, number: int, data: bytes) -> bytes:
    """Return what `Bucket.fill` takes: that a document has a term."""
    return sized(term.encode()) + varint(number) + sized(data)


def word_record(word: str) -> bytes:
    """Return what `Bucket.fill` takes: that a document has a word."""
    return record(WORDS_MARK + word, 0, b"")


def _number(data: bytes, place: int) -> tuple[int, int]:
    """Return the number that begins at a place, and the place after it."""
    byte = data[place]
    place += 1
    if byte < 0x80:
        return byte, place
    found, shift = byte & 0x7F, 7
    while (byte := data[place]) >= 0x80:
        found |= (byte & 0x7F) << shift
        shift += 7
        place += 1
    return found | byte << shift, place + 1


def _sized(data: bytes, place: int) -> tuple[bytes, int]:
    size, place = _number(data, place)
    return data[place : place + size], place + size


def _entries(data: bytes) -> Iterator[tuple[str, bytes]]:
    place, end = 0, len(data)
    while place < end:
        name, place = _sized(data, place)
        content, place = _sized(data, place)
        yield name.decode(), content


def _postings(data: bytes) -> dict[int, bytes]:
    """Return packed postings apart, by the document's number, of each what `held` tells."""
    count, place = _number(data, 0)
    numbers: list[int] = []
    for _ in range(count):
        step, place = _number(data, place)
        numbers.append(step + (numbers[-1] if numbers else 0))
    impacts, sizes = place, _after(data, place, count)
    blocks = _after(data, sizes, count)
    found: dict[int, bytes] = {}
    for number in numbers:
        impact, impacts = impacts, _after(data, impacts)
        size = sizes
        many, sizes = _number(data, sizes)
        own, blocks = blocks, _after(data, blocks, many)
        found[number] = data[impact:impacts] + data[size:sizes] + data[own:blocks]
    return found


def _after(data: bytes, place: int, count: int = 1) -> int:
    """Return the place after some numbers."""
    for _ in range(count):
        while data[place] >= 0x80:
            place += 1
        place += 1
    return place


def leaf_name(beginning: str) -> str:
    """Return the name of a leaf's file: letters and digits as they are, other signs by number.

    The sign before it keeps it from being a name that some system reserves.
    """
    return "-" + "".join(sign if sign in _PLAIN else f"_{ord(sign):x}_" for sign in beginning)
