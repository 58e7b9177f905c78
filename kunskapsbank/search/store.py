"""What an index was made of, kept in a file by kind and key, so that the next one is made of what has changed.

The file is an SQLite database. All that is written becomes of account at once, when the store is closed without a
fault; every value has a digest, and one that is not as it was written is told by `Damaged`.
"""

from __future__ import annotations

import logging
import sqlite3
from contextlib import suppress
from hashlib import blake2b
from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from types import TracebackType
    from typing import Self

from kunskapsbank.problems import BankError

log = logging.getLogger(__name__)

_TABLES = """
CREATE TABLE IF NOT EXISTS kept (kind TEXT, key TEXT, data BLOB, digest BLOB, PRIMARY KEY (kind, key));
CREATE TEMPORARY TABLE IF NOT EXISTS heap (kind TEXT, key TEXT, data BLOB);
CREATE INDEX IF NOT EXISTS heap_keys ON heap (kind, key);
"""
# Seconds that another process may take to make its index.
_PATIENCE = 60


class Damaged(BankError):
    """What is kept cannot be used."""


class Store:
    """What is kept. A context: what was written is kept only if it ends without a fault."""

    def __init__(self, file: Path | None) -> None:
        """Use `file`, which is made when it is missing; without one, or where it cannot be used, nothing is kept."""
        self._file = file
        self._base = self._opened()

    def __enter__(self) -> Self:
        """Return the store."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Keep what was written, unless something went wrong."""
        try:
            if error is None:
                with suppress(sqlite3.Error):
                    self._base.commit()
        finally:
            self._base.close()

    def _opened(self) -> sqlite3.Connection:
        if self._file is not None:
            try:
                self._file.parent.mkdir(parents=True, exist_ok=True)
                return _connected(str(self._file))
            except sqlite3.OperationalError as error:
                log.info("%s används inte: %s.", self._file, error)
            except (sqlite3.DatabaseError, OSError):
                log.warning("%s gick inte att läsa och görs på nytt.", self._file)
                with suppress(OSError, sqlite3.Error):
                    self._file.unlink()
                    return _connected(str(self._file))
        # A database of its own on disk, which is gone when it is closed.
        return _connected("")

    def get(self, kind: str, key: str) -> bytes | None:
        """Return a value, None where there is none; raises Damaged."""
        try:
            row = self._base.execute("SELECT data, digest FROM kept WHERE kind = ? AND key = ?", (kind, key)).fetchone()
        except sqlite3.Error as error:
            raise Damaged(str(error)) from error
        if row is None:
            return None
        data, digest = row
        if not isinstance(data, bytes) or digest != _digest(kind, key, data):
            raise Damaged(f"{kind} {key}")
        return data

    def put(self, kind: str, key: str, data: bytes) -> None:
        """Keep a value; raises Damaged."""
        row = (kind, key, data, _digest(kind, key, data))
        self._run("INSERT OR REPLACE INTO kept VALUES (?, ?, ?, ?)", row)

    def drop(self, kind: str, key: str) -> None:
        """Keep a value no longer; raises Damaged."""
        self._run("DELETE FROM kept WHERE kind = ? AND key = ?", (kind, key))

    def clear(self) -> None:
        """Keep nothing of what was kept."""
        try:
            self._base.execute("DELETE FROM kept")
            self._base.execute("DELETE FROM heap")
        except sqlite3.Error:
            self._base.close()
            if self._file is not None:
                log.warning("%s var skadad och görs på nytt.", self._file)
                with suppress(OSError):
                    self._file.unlink()
            self._base = self._opened()

    def heap(self, kind: str, key: str, data: bytes) -> None:
        """Lay data aside until `heaped` takes it up."""
        self._run("INSERT INTO heap VALUES (?, ?, ?)", (kind, key, data))

    def heaped(self, kind: str) -> Iterator[tuple[str, list[bytes]]]:
        """Return what was laid aside of a kind, by sorted key, all of one key together and in the order it came."""
        rows = self._base.execute("SELECT key, data FROM heap WHERE kind = ? ORDER BY key, rowid", (kind,))
        for key, those in groupby(rows, key=itemgetter(0)):
            yield key, [data for _, data in those]
        self._run("DELETE FROM heap WHERE kind = ?", (kind,))

    def _run(self, statement: str, values: tuple[object, ...]) -> None:
        try:
            self._base.execute(statement, values)
        except sqlite3.Error as error:
            raise Damaged(str(error)) from error


def _connected(name: str) -> sqlite3.Connection:
    base = sqlite3.connect(name, timeout=_PATIENCE)
    try:
        # What a crash of the machine leaves half written is told by its digest.
        base.execute("PRAGMA synchronous = OFF")
        base.execute("PRAGMA temp_store = FILE")
        base.execute("PRAGMA cache_size = -8000")
        base.executescript(_TABLES)
        base.execute("BEGIN IMMEDIATE")
    except sqlite3.Error:
        base.close()
        raise
    return base


def _digest(kind: str, key: str, data: bytes) -> bytes:
    found = blake2b(f"{kind}\0{key}\0".encode("utf-8", "surrogatepass"), digest_size=8)
    found.update(data)
    return found.digest()
