"""What a file of the site shows → a key that tells it from whatever shows anything else."""

from __future__ import annotations

import marshal
from dataclasses import fields, is_dataclass, replace
from datetime import date
from enum import Enum
from functools import partial
from operator import attrgetter
from typing import TYPE_CHECKING, Any

from kunskapsbank.files.digest import digest_of
from kunskapsbank.pages.models import Row

if TYPE_CHECKING:
    from collections.abc import Callable

    from kunskapsbank.pages.models import SitePage

_AS_THEY_ARE = (str, bytes, int, float, bool, type(None))
# The older form of marshal, which writes equal values alike however they came about.
_FORM = 2


class Keys:
    """Keys of one build. A line of a list stands in many lists, and is looked at once."""

    def __init__(self) -> None:
        """Begin with nothing known."""
        self._ways: dict[type, Callable[[Any], Any]] = {kind: _same for kind in _AS_THEY_ARE}
        # With the line itself, so that no other comes to have its number.
        self._rows: dict[int, tuple[Row, str]] = {}
        self._ways[Row] = self._row
        self._of_row = self._of_dataclass(Row)

    def of(self, *shown: object) -> str:
        """Return a key of values; "" where they are no pure data, so that nothing can be said of them."""
        try:
            return digest_of(self._written(shown))
        except (TypeError, ValueError, RecursionError):
            return ""

    def of_page(self, around: str, page: SitePage, edit_url: str | None) -> str:
        """Return a key of a page with what it is made with. Of a text its digest stands for it: it need not be read."""
        return self.of(around, replace(page, text=None), page.text.digest if page.text else None, edit_url)

    def _written(self, value: object) -> bytes:
        return marshal.dumps(self._flat(value), _FORM)

    def _flat(self, value: object) -> Any:
        """Return a value as marshal can write it, of another type than it was for every type there is."""
        kind = type(value)
        if kind not in self._ways:
            self._ways[kind] = self._way(kind)
        return self._ways[kind](value)

    def _way(self, kind: type) -> Callable[[Any], Any]:
        if issubclass(kind, tuple | list):
            return partial(self._several, kind.__qualname__)
        if issubclass(kind, set | frozenset):
            return lambda value: (kind.__qualname__, sorted(map(self._written, value)))
        if issubclass(kind, dict):
            return lambda value: (kind.__qualname__, [(self._flat(key), self._flat(one)) for key, one in value.items()])
        if issubclass(kind, Enum):
            return lambda value: (kind.__qualname__, value.name)
        if kind is date:
            return lambda value: (kind.__qualname__, value.toordinal())
        if is_dataclass(kind):
            return self._of_dataclass(kind)
        raise TypeError(f"{kind} is no data")

    def _several(self, name: str, value: tuple[object, ...] | list[object]) -> Any:
        return (name, *map(self._flat, value))

    def _of_dataclass(self, kind: type) -> Callable[[Any], Any]:
        names = [one.name for one in fields(kind)]
        name, flat = f"{kind.__module__}.{kind.__qualname__}", self._flat
        if len(names) < 2:
            return lambda value: (name, *(flat(getattr(value, one)) for one in names))
        values = attrgetter(*names)
        return lambda value: (name, *map(flat, values(value)))

    def _row(self, row: Row) -> str:
        if id(row) not in self._rows:
            self._rows[id(row)] = (row, digest_of(marshal.dumps(self._of_row(row), _FORM)))
        return self._rows[id(row)][1]


def _same(value: Any) -> Any:
    return value
