"""What was worked out before, kept in a file under keys that say of what: the hash of a content, or an address.

A file is lines of JSON, one a part, each with a digest. A part that is damaged is made anew, and so are all where the
file cannot be read or is of another version; damage is told in one line of the log. A file is written in one step;
where that cannot be done, it is done without.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import logging
import sys
import zlib
from contextlib import suppress
from functools import cache
from hashlib import blake2b
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any, Generic, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

T = TypeVar("T")

log = logging.getLogger(__name__)

# What texts are taken apart with.
_USED = ("markdown_it", "mdit_py_plugins", "mdurl", "yaml")
# What a part that is not as it was written can raise when it is read.
_DAMAGED = (ValueError, TypeError, KeyError, IndexError, AttributeError, RecursionError)


class Kept(Generic[T]):
    """The parts of one file, each a value of one sort."""

    def __init__(self, file: Path | None, version: str, write: Callable[[T], Any], read: Callable[[Any], T]) -> None:
        """Read a file, which need not be there; None keeps nothing.

        `version` is what must be the same for the parts to hold. `write` gives a value as JSON has it and `read` takes
        it back, raising one of Python's usual errors for what `write` cannot have written. A file whose name ends in
        .gz is compressed.
        """
        self._file = file
        self._version = json.dumps(version)
        self._write, self._read = write, read
        self._lines = self._found()
        # What is to be in the file when it is saved: lines as they were found, and new values.
        self._old: dict[str, str] = {}
        self._new: dict[str, T] = {}
        self._asked: dict[str, T] = {}

    def get(self, key: str, make: Callable[[], T]) -> T:
        """Return what is kept under a key, or what `make` gives; it is then kept."""
        if key not in self._asked:
            found = self.find(key)
            if found is None:
                found = self._new[key] = make()
            else:
                self._old[key] = self._lines[key]
            self._asked[key] = found
        return self._asked[key]

    def find(self, key: str) -> T | None:
        """Return what is kept under a key, None where nothing is or the part is damaged."""
        with suppress(*_DAMAGED):
            return self._read(json.loads(self._lines[key]))
        return None

    def items(self) -> Iterator[tuple[str, T]]:
        """Go through all parts of the file that can be read."""
        for key in self._lines:
            found = self.find(key)
            if found is not None:
                yield key, found

    def keep(self, key: str, value: T) -> None:
        """Keep a value under a key."""
        self._new[key] = value

    def save(self, is_part: bool = False) -> None:
        """Write what was asked for or kept since the file was read, and nothing else, unless all of it stands there.

        Where only a part was asked for, what else is kept stays.
        """
        old = self._lines if is_part else self._old
        if self._file is None or (not self._new and old.keys() == self._lines.keys()):
            return
        lines = old | {key: self._as_line(value) for key, value in self._new.items()}
        parts = (f"{key}\t{_digest(key, lines[key])}\t{lines[key]}" for key in sorted(lines))
        text = "".join(f"{line}\n" for line in (self._version, *parts))
        data = text.encode("utf-8", "surrogatepass")
        new = self._file.with_name(f"{self._file.name}.new")
        with suppress(OSError):
            self._file.parent.mkdir(parents=True, exist_ok=True)
            new.write_bytes(gzip.compress(data, 1, mtime=0) if self._file.suffix == ".gz" else data)
            new.replace(self._file)

    def _as_line(self, value: T) -> str:
        return json.dumps(self._write(value), ensure_ascii=False, separators=(",", ":"))

    def _found(self) -> dict[str, str]:
        if self._file is None:
            return {}
        try:
            data = self._file.read_bytes()
            text = (gzip.decompress(data) if self._file.suffix == ".gz" else data).decode("utf-8", "surrogatepass")
        except FileNotFoundError:
            return {}
        except (OSError, EOFError, zlib.error, ValueError):
            log.warning("%s gick inte att läsa och görs på nytt.", self._file)
            return {}
        version, *lines = text.split("\n")
        if version != self._version:
            return {}
        found = {}
        for line in lines[:-1]:
            key, _, rest = line.partition("\t")
            digest, _, value = rest.partition("\t")
            if digest == _digest(key, value):
                found[key] = value
        if len(found) < len(lines) - 1 or lines[-1]:
            log.warning("%s var delvis skadad. Det som var skadat görs på nytt.", self._file)
        return found


@cache
def version() -> str:
    """Return what must be the same for anything of the library's to hold: its code, and what it reads with."""
    found = blake2b(sys.version.encode(), digest_size=16)
    package = Path(__file__).parent
    for path in sorted(package.rglob("*")):
        if "__pycache__" not in path.parts and path.is_file():
            data = path.read_bytes()
            found.update(f"\0{path.relative_to(package).as_posix()}\0{len(data)}\0".encode() + data)
    for name in _USED:
        # What tells the versions of distributions takes as long to load as all of these.
        found.update(f"\0{name} {import_module(name).__version__}".encode())
    return found.hexdigest()


def _digest(key: str, value: str) -> str:
    """Return what tells a line that is as it was written: a changed figure would be right JSON too."""
    return hashlib.blake2b(f"{key}\t{value}".encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()
