"""Analysed texts kept on disk by the hash of the text, so that a build analyses only what is new."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any

from kunskapsbank.kept import Kept
from kunskapsbank.search.analysis import Analyser, Field

if TYPE_CHECKING:
    from pathlib import Path
    from types import TracebackType
    from typing import Self


class KeepingAnalyser(Analyser):
    """An analyser that looks a text up in a file before it analyses it. A context: the file is saved at its end.

    A text whose analysis is damaged is analysed anew; one that is not asked for this time is dropped from the file.
    """

    def __init__(self, analyser: Analyser, file: Path) -> None:
        """Analyse as `analyser` does; `file` is made when it is missing."""
        super().__init__(analyser.lexicon, analyser.meanings)
        self._kept = Kept(file, self.fingerprint, _written, _read)

    def __enter__(self) -> Self:
        """Return the analyser."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Write what was asked for, unless something went wrong."""
        if error is None:
            self._kept.save()

    def field(self, text: str, names: str = "") -> Field:
        """Return `text` as a field of an index, as Analyser does."""
        key = hashlib.sha256(f"{len(names)}\n{names}{text}".encode("utf-8", "surrogatepass")).hexdigest()
        return self._kept.get(key, lambda: super(KeepingAnalyser, self).field(text, names))


def _written(field: Field) -> list[Any]:
    places = {term: list(stands) for term, stands in field.blocks.items()}
    return [field.length, dict(field.weights), places, list(field.pieces)]


def _read(found: Any) -> Field:
    length, weights, places, pieces = found
    return Field(length, weights, {term: tuple(stands) for term, stands in places.items()}, tuple(pieces))
