"""The pages of texts, as the last build of the whole made them, kept so that one of them can be had without the rest.

They are Python's pickles, of which only values of ours are read: a cache may come from elsewhere.
"""

from __future__ import annotations

import importlib
import io
import pickle
from dataclasses import dataclass, is_dataclass, replace
from datetime import date
from enum import Enum
from typing import TYPE_CHECKING, Any, TypeVar

from kunskapsbank.model.vocabulary import Term
from kunskapsbank.pages.retold import Around, Text
from kunskapsbank.search.documents import Document, told
from kunskapsbank.store import Store

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from kunskapsbank.markup.body import Body
    from kunskapsbank.model.vocabulary import Vocabularies
    from kunskapsbank.pages.models import SitePage

FILE = "retold.sqlite"
# Changes with what is kept.
_FORMAT = 1
_ALL, _AROUND, _TEXT, _SEARCHED = "", "around", "text", "searched"
_OURS = ("kunskapsbank.", "kunskapsbank_mkdocs.")
# What a value that is not as it was written can raise.
_DAMAGED = (pickle.UnpicklingError, ValueError, TypeError, KeyError, IndexError, AttributeError, EOFError, ImportError)

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Whole:
    """What is kept once: what is the same for all texts, and the pages of the navigation, without what they show."""

    around: Around
    in_nav: tuple[SitePage, ...]


class KeptTexts:
    """What is kept of one build."""

    def __init__(self, cache: Path, build: str) -> None:
        """Use a folder; `build` tells the build from all others. Of another one nothing is found, or left."""
        self._store = Store(cache / FILE, f"{_FORMAT} {build}")
        self._terms: Sequence[Term] = ()
        self._places: dict[int, int] = {}

    def keep(self, whole: Whole, texts: Iterable[tuple[str, Text]]) -> None:
        """Keep the texts of a bank by their files."""
        self._store.put(_ALL, _AROUND, self._written(whole))
        self.of(whole.around.vocabularies)
        for file, text in texts:
            self._store.put(file, _TEXT, self._written(text))

    def keep_searched(self, file: str, document: Document, beside: Iterable[str]) -> None:
        """Keep what is searched of a text by its file, and the sentences that come after it."""
        self._store.put(file, _SEARCHED, self._written((replace(document, body=""), tuple(beside))))

    def whole(self) -> Whole | None:
        """Return what is kept once; None where nothing is kept of the build. To be asked for before all else."""
        found = self._found(_ALL, _AROUND, Whole)
        if found:
            self.of(found.around.vocabularies)
        return found

    def text(self, file: str) -> Text | None:
        """Return the text of a file, None where it had no page of its own."""
        return self._found(file, _TEXT, Text)

    def searched(self, file: str, body: Body) -> Document | None:
        """Return what is searched of a file if its text is `body`, None where it is not searched."""
        if (found := self._found(file, _SEARCHED, tuple)) is None:
            return None
        document, beside = found
        return replace(document, body=told(body, beside)) if isinstance(document, Document) else None

    def of(self, vocabularies: Vocabularies) -> None:
        """Write and read terms by their places in these vocabularies: each stands in many records."""
        self._terms = [term for _, terms in sorted(vocabularies.items()) for term in terms]
        self._places = {id(term): place for place, term in enumerate(self._terms)}

    def close(self) -> None:
        """Write down what still waits for it, and let go of the file."""
        self._store.write()
        self._store.close()

    def _written(self, value: object) -> bytes:
        target = io.BytesIO()
        _Writing(target, self._places).dump(value)
        return target.getvalue()

    def _found(self, file: str, name: str, kind: type[T]) -> T | None:
        kept = self._store.get(file, name)
        if kept is None:
            return None
        try:
            found = _Reading(io.BytesIO(kept), self._terms).load()
        except _DAMAGED:
            return None
        return found if isinstance(found, kind) else None


class _Writing(pickle.Pickler):
    def __init__(self, target: io.BytesIO, places: dict[int, int]) -> None:
        super().__init__(target, protocol=5)
        self._places = places

    def persistent_id(self, value: object) -> int | None:
        return self._places.get(id(value)) if type(value) is Term else None


class _Reading(pickle.Unpickler):
    def __init__(self, source: io.BytesIO, terms: Sequence[Term]) -> None:
        super().__init__(source)
        self._terms = terms

    def persistent_load(self, place: Any) -> Term:
        found: Term = self._terms[place]
        return found

    def find_class(self, module: str, name: str) -> Any:
        if (module, name) == ("datetime", "date"):
            return date
        found = getattr(importlib.import_module(module), name, None) if module.startswith(_OURS) else None
        if not (isinstance(found, type) and (is_dataclass(found) or issubclass(found, Enum | tuple))):
            raise pickle.UnpicklingError(f"{module}.{name} is no value of ours")
        return found
