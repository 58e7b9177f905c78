"""Whoosh's pickled files → what they hold, without running anything that stands in them.

Python's own `pickle` calls whatever a file names. An index lies in a cache that may come from elsewhere, so of all
names only those are answered that Whoosh writes of itself. This module has the names that Whoosh uses of `pickle`.
"""

from __future__ import annotations

import io
import pickle
from collections import defaultdict
from pickle import PicklingError, dumps
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import BinaryIO

__all__ = ["PicklingError", "allow", "dumps", "load", "loads"]


def _bytes(text: str, encoding: str) -> bytes:
    """Return what `_codecs.encode` makes of bytes that an old protocol keeps as letters; of nothing else."""
    if encoding != "latin1":
        raise pickle.UnpicklingError(f"bytes in {encoding}")
    return text.encode("latin1")


_ALLOWED: dict[tuple[str, str], Callable[..., Any]] = {
    ("_codecs", "encode"): _bytes,
    ("builtins", "int"): int,
    ("collections", "defaultdict"): defaultdict,
}


def allow(known: type) -> None:
    """Let a class be named in what is read from now on."""
    _ALLOWED[known.__module__, known.__qualname__] = known


def load(file: BinaryIO) -> Any:
    """Return the next pickled object of a file; raises UnpicklingError where it names what is not allowed."""
    return _Careful(file).load()


def loads(data: bytes) -> Any:
    """Return the pickled object in `data`; raises UnpicklingError where it names what is not allowed."""
    return _Careful(io.BytesIO(data)).load()


class _Careful(pickle.Unpickler):
    def find_class(self, module: str, name: str) -> Any:
        if (known := _ALLOWED.get((module, name))) is None:
            raise pickle.UnpicklingError(f"{module}.{name} has no place in an index")
        return known
