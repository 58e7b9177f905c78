"""Analysed texts kept on disk by the hash of the text, so that a build analyses only what is new."""

from __future__ import annotations

import hashlib
import json
import sqlite3
import zlib
from typing import TYPE_CHECKING

from kunskapsbank.search.analysis import Analyser, Field

if TYPE_CHECKING:
    from pathlib import Path
    from types import TracebackType
    from typing import Self


class KeepingAnalyser(Analyser):
    """An analyser that looks a text up in a file before it analyses it. A context: the file is saved at its end.

    A file that is damaged, or that another build is writing, is done without; texts that were not asked for this time
    are dropped from it.
    """

    def __init__(self, analyser: Analyser, file: Path) -> None:
        """Analyse as `analyser` does; `file` is made when it is missing."""
        super().__init__(analyser.lexicon, analyser.synonyms)
        self._file = file
        self._asked: dict[str, Field] = {}
        self._found: dict[str, bytes] = {}

    def __enter__(self) -> Self:
        """Read what is kept."""
        try:
            connection = sqlite3.connect(self._file) if self._file.is_file() else None
            if connection:
                self._found = dict(connection.execute("SELECT text, analysed FROM field"))
                connection.close()
        except sqlite3.Error:
            self._found = {}
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Write what was asked for, unless nothing was new or something went wrong."""
        if error is None and self._asked.keys() != self._found.keys():
            self._save()

    def field(self, text: str) -> Field:
        """Return `text` as a field of an index, as Analyser does."""
        key = hashlib.sha256(f"{self.fingerprint}\n{text}".encode()).hexdigest()
        if key not in self._asked:
            kept = self._found.get(key)
            self._asked[key] = _unpacked(kept) if kept else super().field(text)
        return self._asked[key]

    def _save(self) -> None:
        self._file.parent.mkdir(parents=True, exist_ok=True)
        new = self._file.with_suffix(".new")
        new.unlink(missing_ok=True)
        connection = sqlite3.connect(new)
        with connection:
            connection.execute("CREATE TABLE field (text TEXT PRIMARY KEY, analysed BLOB) WITHOUT ROWID")
            rows = ((key, self._found.get(key) or _packed(field)) for key, field in sorted(self._asked.items()))
            connection.executemany("INSERT INTO field VALUES (?, ?)", rows)
        connection.close()
        new.replace(self._file)


def _packed(field: Field) -> bytes:
    content = (field.length, dict(field.weights), {term: list(places) for term, places in field.blocks.items()})
    return zlib.compress(json.dumps(content, ensure_ascii=False).encode(), 1)


def _unpacked(data: bytes) -> Field:
    length, weights, places = json.loads(zlib.decompress(data))
    return Field(length, weights, {term: tuple(stands) for term, stands in places.items()})
