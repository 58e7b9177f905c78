"""Frozen values ↔ plain JSON values, by the types of their fields: a new field needs no line here.

A value of a dataclass becomes an object with the fields that are not as they are by default, a tuple a list, a date its
ISO form. A type can be told to be written as a number of its own: a term is its place among all terms.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import MISSING, Field, fields, is_dataclass
from datetime import date
from enum import Enum
from types import NoneType, UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

Way = Callable[[Any], Any]
APART = {"apart": True}
"""Metadata of a dataclass field that is not written, nor read."""


class Codec:
    """Writes and reads values. `names` are what the annotations of the values' modules mean; `as_written` has types
    that are written in another way: type → how it is written and how it is read."""

    def __init__(self, names: Mapping[str, Any], as_written: Mapping[type, tuple[Way, Way]]) -> None:
        """Take what the annotations mean; see the class."""
        self._names = dict(names)
        self._ways: dict[Any, tuple[Way, Way]] = dict(as_written)

    def write(self, kind: Any, value: Any) -> Any:
        """Return a value of the type `kind` as JSON has it."""
        return self._way(kind)[0](value)

    def read(self, kind: Any, written: Any) -> Any:
        """Return the value that `write` wrote; raises KeyError, TypeError or ValueError for what it did not write."""
        return self._way(kind)[1](written)

    def _way(self, kind: Any) -> tuple[Way, Way]:
        if kind not in self._ways:
            self._ways[kind] = self._made(kind)
        return self._ways[kind]

    def _made(self, kind: Any) -> tuple[Way, Way]:
        origin, inner = get_origin(kind), get_args(kind)
        if origin in {Union, UnionType}:
            [one] = [part for part in inner if part is not NoneType]
            return self._or_none(one)
        if origin is tuple:
            return self._tuple(inner)
        if origin is frozenset:
            write, read = self._way(inner[0])
            return (lambda value: sorted(map(write, value))), (lambda written: frozenset(map(read, written)))
        if isinstance(origin, type) and issubclass(origin, Mapping):
            return self._mapping(inner[1])
        if is_dataclass(kind):
            return self._dataclass(kind)
        if isinstance(kind, type) and issubclass(kind, Enum):
            return (lambda value: value.value), kind
        if kind is date:
            return date.isoformat, date.fromisoformat
        if kind in {str, int, bool}:
            return _same, _same
        raise TypeError(f"no way to write {kind}")

    def _or_none(self, kind: Any) -> tuple[Way, Way]:
        write, read = self._way(kind)
        return (
            lambda value: None if value is None else write(value),
            lambda written: None if written is None else read(written),
        )

    def _tuple(self, inner: tuple[Any, ...]) -> tuple[Way, Way]:
        if inner[1:] != (...,):
            ways = [self._way(kind) for kind in inner]
            return (
                lambda value: [write(one) for (write, _), one in zip(ways, value, strict=True)],
                lambda written: tuple(read(one) for (_, read), one in zip(ways, written, strict=True)),
            )
        write, read = self._way(inner[0])
        if read is _same:
            return list, tuple
        return (lambda value: [write(one) for one in value]), (lambda written: tuple(map(read, written)))

    def _mapping(self, kind: Any) -> tuple[Way, Way]:
        write, read = self._way(kind)
        return (
            lambda value: {key: write(one) for key, one in sorted(value.items())},
            lambda written: {key: read(one) for key, one in written.items()},
        )

    def _dataclass(self, kind: Any) -> tuple[Way, Way]:
        types = get_type_hints(kind, localns=self._names)
        own = [one for one in fields(kind) if one.init and not one.metadata.get("apart")]
        defaults = {one.name: _default(one) for one in own}
        # Made when needed: of a field that is always as by default, the type need not be one that can be written.
        writers = _Made(lambda name: self._way(types[name])[0])
        readers = _Made(lambda name: self._way(types[name])[1])

        def write(value: Any) -> dict[str, Any]:
            found = ((name, getattr(value, name)) for name in defaults)
            return {name: writers[name](one) for name, one in found if one != defaults[name]}

        def read(written: Mapping[str, Any]) -> Any:
            return kind(**{name: readers[name](one) for name, one in written.items()})

        return write, read


class _Made(dict[str, Way]):
    def __init__(self, make: Callable[[str], Way]) -> None:
        super().__init__()
        self._make = make

    def __missing__(self, name: str) -> Way:
        self[name] = self._make(name)
        return self[name]


def _same(value: Any) -> Any:
    return value


_NO_DEFAULT = object()


def _default(one: Field[Any]) -> Any:
    if one.default is not MISSING:
        return one.default
    return one.default_factory() if one.default_factory is not MISSING else _NO_DEFAULT
