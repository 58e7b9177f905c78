"""What documents hold → the files of terms: all that is known of a word stands in one leaf, where its stem leads.

A leaf has entries sorted by routing key, the stem without å, ä and ö, so that a word typed without them is found in the
same leaf; each is a name and what is known of it:

- a term: how many documents have it, and for each its number (the first itself, then the differences), the impact, how
  many blocks it stands in, and those. The term of a group stands wherever one of its phrases begins.
- "/" and a stem: the words of the texts that have it, in each line those whose parts are found as the same terms, and
  then those terms; so nobody need divide a word that a text has. Of a word that begins as the stem, only the rest is
  written, after a plus.
- "|" and a stem: the groups with a phrase that begins so, all phrases of each as stems, the first of which names it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kunskapsbank.search.analysis import BLOCK
from kunskapsbank.search.compound import SHORTEST_COMPOUND
from kunskapsbank.search.leaves import leaves, limit
from kunskapsbank.search.meanings import GROUP_MARK
from kunskapsbank.search.packing import ascending, packed_file, sized, varint
from kunskapsbank.search.ranking import blocks, impacts
from kunskapsbank.swedish.stem import stem
from kunskapsbank.swedish.words import unaccented

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from kunskapsbank.search.analysis import Analyser, Field
    from kunskapsbank.search.meanings import Meanings

WORDS_MARK = "/"
MEANING_MARK = "|"
# Keys that begin with the same letters are put together, and looked at together when something changes.
_IN_BUCKET = 3
_PLAIN = frozenset("abcdefghijklmnopqrstuvwxyz0123456789")

# What is known of a name in one document, by the document's number, ascending.
_Held = list[tuple[int, bytes]]


def bucket_of(key: str) -> str:
    """Return the bucket that a routing key belongs to."""
    return key[:_IN_BUCKET]


class Routing:
    """Names → their routing keys."""

    def __init__(self, meanings: Meanings) -> None:
        """A group's term is found wherever one of its phrases begins."""
        self._groups: dict[str, list[str]] = {}
        for start, phrases in meanings.phrases.items():
            for _, group in phrases:
                keys = self._groups.setdefault(group, [])
                if (key := unaccented(start)) not in keys:
                    keys.append(key)

    def keys(self, term: str) -> Sequence[str]:
        """Return the routing keys of a term."""
        return self._groups[term] if term.startswith(GROUP_MARK) else (unaccented(term),)


def held(document: Mapping[str, Field], middling: Mapping[str, int]) -> Iterator[tuple[str, bytes]]:
    """Return every term of a document with what an index keeps of it; `middling` are the fields' middling lengths."""
    places = blocks(document, BLOCK)
    for term, impact in impacts(document, middling).items():
        stands = places.get(term, ())
        yield term, varint(impact) + varint(len(stands)) + ascending(stands)


def entry(name: str, content: bytes) -> bytes:
    """Return an entry of a leaf."""
    return sized(name.encode()) + sized(content)


def postings(found: _Held) -> bytes:
    """Return what is kept of a term in all documents that have it."""
    packed, last = bytearray(varint(len(found))), 0
    for number, data in found:
        packed += varint(number - last) + data
        last = number
    return bytes(packed)


def leaf_name(beginning: str) -> str:
    """Return the name of a leaf's file: letters and digits as they are, other signs by number.

    The sign before it keeps it from being a name that some system reserves.
    """
    return "-" + "".join(sign if sign in _PLAIN else f"_{ord(sign):x}_" for sign in beginning)


class Terms:
    """The terms of documents, put together as documents come, ascending by number."""

    def __init__(self, analyser: Analyser) -> None:
        """Take the meanings from an analyser, and the parts of compounds."""
        self._analyser = analyser
        self._routing = Routing(analyser.meanings)
        self._buckets: dict[str, dict[str, _Held]] = {}
        self._words: dict[str, dict[str, set[str]]] = {}
        self.names: set[str] = set()

    def add(self, number: int, content: Mapping[str, Field], middling: Mapping[str, int], words: Iterable[str]) -> None:
        """Add the next document: its analysed fields, their middling lengths, and the words as they stand in it."""
        for term, data in held(content, middling):
            self.names.add(term)
            for bucket in {bucket_of(key) for key in self._routing.keys(term)}:
                self._buckets.setdefault(bucket, {}).setdefault(term, []).append((number, data))
        for word in words:
            if len(word) >= SHORTEST_COMPOUND:
                own = stem(word)
                self._words.setdefault(bucket_of(unaccented(own)), {}).setdefault(own, set()).add(word)

    def files(self) -> tuple[list[str], dict[str, bytes]]:
        """Return what the leaves begin with, and their files by path."""
        meanings: dict[str, list[str]] = {}
        for start in self._analyser.meanings.phrases:
            meanings.setdefault(bucket_of(unaccented(start)), []).append(start)
        buckets = sorted({*self._buckets, *self._words, *meanings})
        entries = [self._entries(bucket, meanings.get(bucket, ())) for bucket in buckets]
        sizes = [sum(len(data) for _, data in those) for those in entries]
        most = limit(sum(sizes))
        found: dict[str, bytes] = {}
        for leaf in leaves(buckets, sizes, most):
            those = [one for bucket in entries[leaf.start : leaf.stop] for one in bucket]
            keys = [key for key, _ in those]
            inner = (
                leaves(keys, [len(data) for _, data in those], most, buckets[leaf.start])
                if leaf.stop == leaf.start + 1 and sum(sizes[leaf.start : leaf.stop]) > most
                else [leaf._replace(start=0, stop=len(those))]
            )
            for own in inner:
                found[own.beginning] = b"".join(data for _, data in those[own.start : own.stop])
        return list(found), {f"t/{leaf_name(beginning)}.kb": packed_file(data) for beginning, data in found.items()}

    def _entries(self, bucket: str, starts: Iterable[str]) -> list[tuple[str, bytes]]:
        """Return the entries of a bucket with their keys, sorted."""
        found: list[tuple[str, str, bytes]] = []
        for term, those in self._buckets.get(bucket, {}).items():
            content = postings(those)
            found.extend((key, term, content) for key in self._routing.keys(term) if bucket_of(key) == bucket)
        for own, words in self._words.get(bucket, {}).items():
            found.append((unaccented(own), WORDS_MARK + own, self._divided(own, words)))
        meanings = self._analyser.meanings
        for start in starts:
            groups = dict.fromkeys(group for _, group in meanings.phrases[start])
            lines = ["|".join(" ".join(phrase) for phrase in meanings.of_group(group)) for group in groups]
            found.append((unaccented(start), MEANING_MARK + start, "\n".join(lines).encode()))
        return [(key, entry(name, content)) for key, name, content in sorted(found)]

    def _divided(self, own: str, words: Iterable[str]) -> bytes:
        """Return the words of a stem with the terms of their parts."""
        lines: dict[str, list[str]] = {}
        for word in sorted(words):
            rest = f"+{word.removeprefix(own)}" if word.startswith(own) else word
            lines.setdefault(" ".join(self._analyser.parts(word)), []).append(rest)
        return "\n".join(f"{','.join(those)} {parts}".rstrip() for parts, those in lines.items()).encode()
