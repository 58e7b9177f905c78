"""What was worked out before of many texts, kept in a database by text and name, to be read one at a time.

Beside `kept`, whose files are read as a whole. A value is bytes, and stands with a digest: a damaged one is as good as
none, a damaged database is begun anew, and where none can be written, it is done without.
"""

from __future__ import annotations

import logging
import sqlite3
import weakref
import zlib
from contextlib import suppress
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

log = logging.getLogger(__name__)

_TABLE = "CREATE TABLE IF NOT EXISTS parts (text TEXT, name TEXT, value BLOB, PRIMARY KEY (text, name))"
_FIND = "SELECT value FROM parts WHERE text = ? AND name = ?"
_DIGEST = 4
# Values are written down after so many, so that few are held in memory.
_WAITING = 200
# As much that nobody asked for may be left as was asked for, and so much more: what was changed is often changed back.
_SPARE = 500
# Another process may write at the same time; so many seconds are waited for it.
_PATIENCE = 10.0
# What a database can raise; of a damaged one not even its messages can always be read.
_FAULTS = (sqlite3.Error, ValueError, OverflowError)
# The faults that are not the file's own, but of another process, the disk or a permission.
_AROUND = frozenset(
    {
        sqlite3.SQLITE_BUSY,
        sqlite3.SQLITE_LOCKED,
        sqlite3.SQLITE_READONLY,
        sqlite3.SQLITE_FULL,
        sqlite3.SQLITE_CANTOPEN,
        sqlite3.SQLITE_PERM,
    }
)


class Store:
    """Values by text, a digest of it, and name. Those of another version are none."""

    def __init__(self, file: Path, version: str) -> None:
        """Open a database, which need not be there; `version` is what must be the same for the values to hold."""
        self._file = file
        self._version = version
        self._asked: set[str] = set()
        self._waiting: dict[tuple[str, str], bytes] = {}
        self._database = self._opened()
        # What still waits when nobody knows the store any more, or the program ends.
        self._finish = weakref.finalize(self, _finish, self._database, self._waiting)

    def get(self, text: str, name: str) -> bytes | None:
        """Return what is kept of a text by a name, None where nothing is, or the value is damaged."""
        self._asked.add(text)
        if (text, name) in self._waiting:
            return self._waiting[text, name]
        if self._database is None:
            return None
        try:
            row = self._database.execute(_FIND, (text, name)).fetchone()
        except _FAULTS as error:
            self._lost(error)
            return None
        if row is None or not isinstance(row[0], bytes):
            return None
        found = row[0][_DIGEST:]
        return found if row[0][:_DIGEST] == _digest(text, name, found) else None

    def put(self, text: str, name: str, value: bytes) -> None:
        """Keep a value of a text by a name."""
        self._asked.add(text)
        if self._database is not None:
            self._waiting[text, name] = value
            if len(self._waiting) >= _WAITING:
                self.write()

    def save(self) -> None:
        """Write what waits, and take away texts of which nothing has been asked for, once there are many."""
        self.write()
        if self._database is None:
            return
        try:
            stale = {text for (text,) in self._database.execute("SELECT DISTINCT text FROM parts")} - self._asked
            if len(stale) > len(self._asked) + _SPARE:
                with self._database:
                    self._database.executemany("DELETE FROM parts WHERE text = ?", [(text,) for text in stale])
        except _FAULTS as error:
            self._lost(error)

    def close(self) -> None:
        """Let go of the file; values are no longer found."""
        self._waiting.clear()
        if self._database is not None:
            with suppress(*_FAULTS):
                self._database.close()
        self._database = None

    def write(self) -> None:
        """Write what waits, so that others can read it."""
        try:
            _write(self._database, self._waiting)
        except _FAULTS as error:
            self._lost(error)

    def _opened(self) -> sqlite3.Connection | None:
        try:
            self._file.parent.mkdir(parents=True, exist_ok=True)
            database = sqlite3.connect(self._file, timeout=_PATIENCE, check_same_thread=False)
        except (OSError, *_FAULTS):
            return None
        try:
            # Nothing is lost with it that could not be worked out again, and damage is seen by the digests.
            database.execute("PRAGMA synchronous = OFF")
            with database:
                database.execute("CREATE TABLE IF NOT EXISTS version (version TEXT)")
                database.execute(_TABLE)
                if database.execute("SELECT version FROM version").fetchall() != [(self._version,)]:
                    database.execute("DELETE FROM parts")
                    database.execute("DELETE FROM version")
                    database.execute("INSERT INTO version VALUES (?)", (self._version,))
        except _FAULTS as error:
            self._database = database
            self._lost(error)
            return self._database
        return database

    def _lost(self, error: Exception) -> None:
        """Do without the database from now on; one that is damaged is taken away, so that the next is begun anew."""
        self.close()
        if getattr(error, "sqlite_errorcode", sqlite3.SQLITE_CORRUPT) & 0xFF not in _AROUND:
            log.warning("%s gick inte att läsa och görs på nytt.", self._file)
            with suppress(OSError):
                self._file.unlink()


def _finish(database: sqlite3.Connection | None, waiting: dict[tuple[str, str], bytes]) -> None:
    with suppress(*_FAULTS):
        _write(database, waiting)


def _write(database: sqlite3.Connection | None, waiting: dict[tuple[str, str], bytes]) -> None:
    if database is not None and waiting:
        rows = [(text, name, _digest(text, name, value) + value) for (text, name), value in waiting.items()]
        with database:
            database.executemany("INSERT OR REPLACE INTO parts VALUES (?, ?, ?)", rows)
        waiting.clear()


def _digest(text: str, name: str, value: bytes) -> bytes:
    # Against damage, not against anybody.
    return zlib.crc32(value, zlib.crc32(f"{text} {name} ".encode())).to_bytes(_DIGEST, "little")
