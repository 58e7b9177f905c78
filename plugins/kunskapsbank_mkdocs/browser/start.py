"""Runs first in the browser's Python: imports the library from an archive, and keeps what it had to compile.

Compiling a module takes longer than all else that importing it does, so a browser that comes back is spared it.
"""

from __future__ import annotations

import importlib.abc
import importlib.util
import io
import logging
import marshal
import sys
import types
import typing
import zipfile
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence
    from importlib.machinery import ModuleSpec


class Archive(importlib.abc.MetaPathFinder, importlib.abc.InspectLoader):
    """Imports the modules of a zip archive; `kept` is what `compiled` gave another time for the same archive."""

    def __init__(self, archive: bytes, kept: bytes = b"") -> None:
        """Open an archive of .py files."""
        self._archive = zipfile.ZipFile(io.BytesIO(archive))
        self._names = frozenset(self._archive.namelist())
        self._codes = _codes(kept)
        self._was_kept = len(self._codes)

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: types.ModuleType | None = None
    ) -> ModuleSpec | None:
        """Return how a module of the archive is loaded, None for any other."""
        name = self._file(fullname)
        if name not in self._names:
            return None
        return importlib.util.spec_from_loader(fullname, self, origin=name, is_package=self.is_package(fullname))

    def _file(self, fullname: str) -> str:
        path = fullname.replace(".", "/")
        package = f"{path}/__init__.py"
        return package if package in self._names else f"{path}.py"

    def is_package(self, fullname: str) -> bool:
        """Tell whether a module holds others."""
        return self._file(fullname).endswith("/__init__.py")

    def get_source(self, fullname: str) -> str:
        """Return a module's text, also for tracebacks; raises ImportError where there is no such module."""
        try:
            return self._archive.read(self._file(fullname)).decode()
        except KeyError:
            raise ImportError(fullname) from None

    def get_code(self, fullname: str) -> types.CodeType:
        """Return a module's code."""
        if fullname not in self._codes:
            self._codes[fullname] = compile(self.get_source(fullname), self._file(fullname), "exec", dont_inherit=True)
        return self._codes[fullname]

    def compiled(self) -> bytes:
        """Return the code of all modules that were imported, b"" where nothing is new."""
        return marshal.dumps(self._codes) if len(self._codes) > self._was_kept else b""


def _codes(kept: bytes) -> dict[str, types.CodeType]:
    """Return what was kept; nothing where that is damaged."""
    try:
        found: dict[str, types.CodeType] = marshal.loads(kept) if kept else {}
    except (EOFError, ValueError, TypeError):
        return {}
    return found


def use(archive: bytes, kept: bytes = b"") -> Archive:
    """Let imports find what the archive has."""
    found = Archive(archive, kept)
    sys.meta_path.insert(0, found)
    return found


def stand_in() -> None:
    """Put empty modules in place of large ones that libraries import and this page never uses."""
    # bs4 asks it for CSS selectors.
    sys.modules["soupsieve"] = types.ModuleType("soupsieve")
    # All that bs4 takes of it came to Python itself.
    sys.modules["typing_extensions"] = typing
    # What readers note of odd files would stand in the browser's console, where no editor looks.
    logging.disable()
