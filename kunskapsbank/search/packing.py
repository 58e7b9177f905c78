"""Values → the bytes of the index's files: numbers in few bytes, JSON that is sorted, gzip without a time stamp."""

from __future__ import annotations

import gzip
import json
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

_SMALL = tuple(number.to_bytes() for number in range(0x80))


def as_json(value: object) -> bytes:
    """Return a value as compact JSON with sorted keys."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def packed_file(data: bytes) -> bytes:
    """Return data as a gzip file without a time stamp."""
    return gzip.compress(data, mtime=0)


def varint(number: int) -> bytes:
    """Return a whole number in as few bytes as it needs: seven bits each, the lowest first."""
    if number < 0x80:
        return _SMALL[number]
    found = bytearray()
    while number > 0x7F:
        found.append(number & 0x7F | 0x80)
        number >>= 7
    found.append(number)
    return bytes(found)


def ascending(numbers: Iterable[int]) -> bytes:
    """Return ascending numbers as varints: the first itself, then the differences."""
    steps, last = list[int](), 0
    for number in numbers:
        steps.append(number - last)
        last = number
    return b"".join(map(varint, steps)) if steps and max(steps) >= 0x80 else bytes(steps)


def sized(data: bytes) -> bytes:
    """Return data with how many bytes they are before them."""
    return varint(len(data)) + data


def number_at(data: bytes, place: int) -> tuple[int, int]:
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


def place_after(data: bytes, place: int, count: int = 1) -> int:
    """Return the place after some numbers."""
    for _ in range(count):
        while data[place] >= 0x80:
            place += 1
        place += 1
    return place
