"""Terms and their postings → packed, sorted shards: how numbers are written, and how a shard is found."""

from __future__ import annotations

import gzip
import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from kunskapsbank.search.analysis import BLOCK
from kunskapsbank.search.ranking import blocks, impacts
from kunskapsbank.swedish.words import unaccented

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from kunskapsbank.search.analysis import Field

# Unpacked; about half of it when fetched. Smaller shards cost more requests, larger ones more bytes a term.
_LEAF_BYTES = 8_192
_FAN_OUT = 64


def as_json(value: object) -> bytes:
    """Return a value as compact JSON with sorted keys."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def packed_file(data: bytes) -> bytes:
    """Return data as a gzip file without a time stamp."""
    return gzip.compress(data, mtime=0)


def varint(number: int) -> bytes:
    """Return a whole number in as few bytes as it needs: seven bits each, the lowest first."""
    found = bytearray()
    while number > 0x7F:
        found.append(number & 0x7F | 0x80)
        number >>= 7
    found.append(number)
    return bytes(found)


def ascending(numbers: Iterable[int]) -> bytes:
    """Return ascending numbers as varints: the first itself, then the differences."""
    found, last = bytearray(), 0
    for number in numbers:
        found += varint(number - last)
        last = number
    return bytes(found)


@dataclass(slots=True)
class Postings:
    """The postings of every term, packed as documents come, ascending: term → (count, last document, bytes)."""

    _kept: dict[str, tuple[int, int, bytearray]] = field(default_factory=dict)

    @property
    def terms(self) -> Mapping[str, object]:
        """The terms so far."""
        return self._kept

    def add(self, number: int, content: Mapping[str, Field], middling: Mapping[str, int]) -> None:
        """Add the next document, whose fields are `content`; `middling` are the fields' middling lengths."""
        places = blocks(content, BLOCK)
        for term, impact in impacts(content, middling).items():
            count, last, packed = self._kept.get(term, (0, 0, bytearray()))
            stands = places.get(term, ())
            packed += varint(number - last) + varint(impact) + varint(len(stands)) + ascending(stands)
            self._kept[term] = (count + 1, number, packed)

    def entries(self) -> Iterator[tuple[str, bytes]]:
        """Return routing key and packed entry of every term, sorted."""
        for key, term in sorted((unaccented(term), term) for term in self._kept):
            count, _, packed = self._kept[term]
            name, content = term.encode(), varint(count) + packed
            yield key, varint(len(name)) + name + varint(len(content)) + content


def levels(postings: Postings) -> Iterator[list[tuple[str, bytes]]]:
    """Return, from the leaves up, each level's shards with their first keys, until they are few enough for a root."""
    level = _leaves(postings)
    yield level
    while len(level) > _FAN_OUT:
        groups = [level[start : start + _FAN_OUT] for start in range(0, len(level), _FAN_OUT)]
        level = [(group[0][0], as_json([first for first, _ in group])) for group in groups]
        yield level


def _leaves(postings: Postings) -> list[tuple[str, bytes]]:
    leaves: list[tuple[str, bytearray]] = []
    last = ""
    for key, entry in postings.entries():
        # Terms of one key stay together, or a reader would have to look in two shards.
        if not leaves or (key != last and len(leaves[-1][1]) + len(entry) > _LEAF_BYTES):
            leaves.append((key, bytearray()))
        leaves[-1][1].extend(entry)
        last = key
    return [(first, bytes(data)) for first, data in leaves]
