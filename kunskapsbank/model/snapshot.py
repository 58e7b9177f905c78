"""What a check may know of the rest of the bank: values without texts, which can be stored, sent and read again.

`kunskapsbank check` makes a snapshot of the whole bank and looks at every document against it; the page *Skapa rapport*
reads one that was published with the site and lays the document at hand over it. So both are told the same.
"""

from __future__ import annotations

import json
import posixpath
from base64 import b64decode, b64encode
from bisect import bisect_left
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from struct import pack, unpack
from typing import TYPE_CHECKING, Any, TypeVar

from kunskapsbank.model import addresses, vocabulary
from kunskapsbank.model.codec import APART, Codec
from kunskapsbank.model.kinds import Kind
from kunskapsbank.model.known import Known
from kunskapsbank.model.vocabulary import Term, Vocabularies, Vocabulary
from kunskapsbank.problems import BankError
from kunskapsbank.settings import Settings

if TYPE_CHECKING:
    from kunskapsbank.model.document import Document
    from kunskapsbank.model.record import Record

FORMAT = 2
"""Of what `to_json` and `runs_to_json` write."""

T = TypeVar("T")


class SnapshotError(BankError):
    """Raised for a stored snapshot of another format, or one that is damaged; the message is in Swedish."""


Table = Callable[[Known], Iterable[Hashable]]
"""Tells under which keys a file is looked up."""


class _Layer:
    """Some of the bank's files, oldest first, and the tables of them that were asked for."""

    def __init__(self, documents: Iterable[Known]) -> None:
        self.by_file = {known.file: known for known in documents}
        self._tables: dict[Table, Mapping[Hashable, list[Known]]] = {}
        self._keys: dict[tuple[Table, str], frozenset[Hashable]] = {}

    def table(self, table: Table) -> Mapping[Hashable, list[Known]]:
        """Return the files under each key, oldest first."""
        if table not in self._tables:
            found: dict[Hashable, list[Known]] = {}
            for known in self._oldest_first:
                for key in table(known):
                    found.setdefault(key, []).append(known)
            self._tables[table] = found
        return self._tables[table]

    def keys(self, table: Table, file: str) -> frozenset[Hashable]:
        """Return the keys under which a table has a file; none for a file that is not here."""
        if (table, file) not in self._keys:
            known = self.by_file.get(file)
            self._keys[table, file] = frozenset(table(known)) if known else frozenset()
        return self._keys[table, file]

    @cached_property
    def _oldest_first(self) -> list[Known]:
        return sorted(self.by_file.values(), key=lambda known: known.arrival)


@dataclass(frozen=True, eq=False)
class Snapshot:
    """The whole bank without its texts.

    `documents` are all Markdown files, `files` the names of everything else that lies there. `exceptions` has, by file,
    what its exceptions allow in other files: (file, rule). `whole` has, by file, the rules of the problems for which
    such an exception is needed: of what has no lines to stand on, and of documents that one is for. `settings` are the
    bank's. `today` is the day on which the bank is checked (None: nobody said), and is not stored.
    """

    vocabularies: Vocabularies
    documents: tuple[Known, ...] = ()
    files: tuple[str, ...] = ()
    whole: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    exceptions: Mapping[str, tuple[tuple[str, str], ...]] = field(default_factory=dict)
    settings: Settings = field(default_factory=Settings)
    today: date | None = field(default=None, repr=False, compare=False, metadata=APART)
    below: Snapshot | None = field(default=None, repr=False, compare=False, metadata=APART)

    @classmethod
    def of(
        cls,
        documents: Iterable[Document],
        files: Iterable[str],
        vocabularies: Vocabularies,
        settings: Settings,
        today: date | None = None,
    ) -> Snapshot:
        """Return a snapshot of documents, and of the names of what lies beside them.

        Vocabularies and settings are no documents.
        """
        known = (Known.of(one) for one in documents if _is_document(one.file))
        return cls(vocabularies, tuple(known), tuple(sorted(files)), settings=settings, today=today)

    def with_documents(self, documents: Iterable[Document], files: Iterable[str] = ()) -> Snapshot:
        """Return a snapshot where these documents lie too, in the place of those of the same name."""
        known = tuple(map(Known.of, documents))
        return replace(self, documents=known, files=tuple(files), below=self)

    # Looking up

    def having(self, table: Table, key: Hashable) -> list[Known]:
        """Return the files that `table` has under a key, oldest first among the stored and among those laid over."""
        return [
            known
            for layer, hidden in self._layers
            for known in layer.table(table).get(key, ())
            if known.file not in hidden
        ]

    def count(self, table: Table, key: Hashable) -> int:
        """Return how many files `having` would return."""
        return sum(
            len(layer.table(table).get(key, ())) - sum(key in layer.keys(table, file) for file in hidden)
            for layer, hidden in self._layers
        )

    def before(self, table: Table, key: Hashable, moment: tuple[date, str]) -> Known | None:
        """Return the last of the files under a key that came before a moment; see `Known.arrival`."""
        found = [_last(layer.table(table).get(key, ()), hidden, moment) for layer, hidden in self._layers]
        return max((known for known in found if known), key=lambda known: known.arrival, default=None)

    def once(self, make: Callable[[Snapshot], T]) -> T:
        """Return what `make` gives for the stored bank, made only once: for what documents laid over do not change."""
        if self.below:
            return self.below.once(make)
        if make not in self._made:
            self._made[make] = make(self)
        found: T = self._made[make]
        return found

    def get(self, file: str) -> Known | None:
        """Return what is known of a Markdown file, or None."""
        return next((layer.by_file[file] for layer, _ in reversed(self._layers) if file in layer.by_file), None)

    def has(self, file: str) -> bool:
        """Tell whether a file is there, of any sort, also as a page that the bank makes."""
        return self.get(file) is not None or file in self.other_files or file in self.generated

    @cached_property
    def names(self) -> tuple[str, ...]:
        """Every file that is there, also the pages that the bank makes, in order."""
        return tuple(sorted({*self.other_files, *self.generated, *(known.file for known in self)}))

    @cached_property
    def generated(self) -> frozenset[str]:
        """Where the Markdown of the pages that the bank makes would lie."""
        below = self.below
        if below and not any(below.get(known.file) for known in self.documents):
            made = addresses.generated(_records(self.documents), self.vocabularies, self.settings)
            return below.generated | made
        return addresses.generated(_records(self), self.vocabularies, self.settings)

    @cached_property
    def other_files(self) -> frozenset[str]:
        """The names of everything that lies there and is no text that could be looked at."""
        return frozenset(self.files) | (self.below.other_files if self.below else frozenset())

    def __iter__(self) -> Iterator[Known]:
        """Go through all Markdown files."""
        for layer, hidden in self._layers:
            yield from (known for file, known in layer.by_file.items() if file not in hidden)

    @cached_property
    def _layers(self) -> tuple[tuple[_Layer, frozenset[str]], ...]:
        """The files of the stored bank and those laid over it, each with the names that do not count in it."""
        own = _Layer(self.documents)
        if self.below is None:
            return ((own, frozenset()),)
        under = ((layer, hidden | own.by_file.keys()) for layer, hidden in self.below._layers)
        return (*under, (own, frozenset()))

    @cached_property
    def _made(self) -> dict[Any, Any]:
        return {}

    # What checks ask for

    def of_kind(self, kind: Kind) -> list[Record]:
        """Return the records of a kind, by id."""
        return sorted(_records(self.having(_kind, kind)), key=lambda record: record.id)

    def record(self, record_id: str) -> Record | None:
        """Return the record with an id, or None."""
        return next(_records(self.having(_id, record_id)), None)

    def project_of(self, record: Record) -> Record | None:
        """Return the project that a document belongs to, or None."""
        return self.record(record.project) if record.project else None

    def documents_of(self, project: Record) -> list[Record]:
        """Return the documents of a project: those that lie with it, and those that say so."""
        found = (*self.having(_folder, posixpath.dirname(project.file)), *self.having(_project, project.id))
        return list(_records(dict.fromkeys(found)))

    def project_in(self, folder: str) -> Record | None:
        """Return the project whose page lies in a folder, or None."""
        known = self.get(f"{folder}/index.md")
        return known.record if known else None

    def is_faulty(self, folder: str) -> bool:
        """Tell whether a project has a page in a folder that could not be read: its documents are not to blame."""
        known = self.get(f"{folder}/index.md")
        if known:
            return known.record is None
        within = (posixpath.split(file) for file in self.other_files)
        return any(parent == folder and name.casefold().startswith("index.m") for parent, name in within)

    @property
    def is_broken(self) -> bool:
        """Whether terms or settings are missing, so that what goes by them cannot be told right from wrong."""
        return is_broken(self.vocabularies, self.settings)

    # Storing

    def to_json(self) -> str:
        """Return the snapshot as JSON: the same letters for the same bank."""
        written = {
            "format": FORMAT,
            "vocabularies": _codec({}).write(_VOCABULARIES, self.vocabularies),
            "bank": _codec(self.vocabularies).write(Snapshot, replace(self, vocabularies={}, documents=_by_name(self))),
        }
        return json.dumps(written, ensure_ascii=False, separators=(",", ":"))

    @classmethod
    def from_json(cls, text: str) -> Snapshot:
        """Return the snapshot that `to_json` wrote; raises SnapshotError for another format and for damaged text."""
        written = _parsed(text)
        try:
            terms: Vocabularies = _codec({}).read(_VOCABULARIES, written["vocabularies"])
            found: Snapshot = _codec(terms).read(Snapshot, {**written["bank"], "vocabularies": {}})
        except (KeyError, TypeError, ValueError, AttributeError, IndexError):
            raise SnapshotError(_DAMAGED) from None
        return replace(found, vocabularies=terms)

    def runs_to_json(self) -> str:
        """Return the runs of words of all documents as JSON, for `with_runs`."""
        found = {known.file: _packed(runs) for known in _by_name(self) if (runs := known.runs_once())}
        return _runs_as_json(found)

    def with_runs(self, text: str) -> Snapshot:
        """Return the snapshot with the runs of words that `runs_to_json` wrote; without them no copy is found.

        Raises SnapshotError as `from_json`.
        """
        kept = _parsed(text).get("runs", {})
        try:
            documents = [replace(one, kept_runs=_unpacked(kept.get(one.file, ""))) for one in self.documents]
        except (TypeError, ValueError, AttributeError):
            raise SnapshotError(_DAMAGED) from None
        return replace(self, documents=tuple(documents))


def with_other_runs(text: str, changed: Mapping[str, frozenset[int]]) -> str:
    """Return what `runs_to_json` would write if some documents had other runs; raises SnapshotError as `from_json`."""
    kept = _parsed(text).get("runs", {})
    kept |= {file: _packed(runs) for file, runs in changed.items()}
    return _runs_as_json({file: packed for file, packed in sorted(kept.items()) if packed})


def _runs_as_json(found: Mapping[str, str]) -> str:
    return json.dumps({"format": FORMAT, "runs": found}, ensure_ascii=False, separators=(",", ":"))


def is_broken(vocabularies: Vocabularies, settings: Settings) -> bool:
    """Tell whether some vocabulary or the settings could not be read whole."""
    return settings.broken or any(terms.broken for terms in vocabularies.values())


_DAMAGED = "Bankens uppgifter är skadade. Ladda om sidan."
_OTHER_FORMAT = "Bankens uppgifter har format {found}, men det ska vara {format}. Ladda om sidan."
_VOCABULARIES = Mapping[str, Vocabulary]
_NAMES = {one.__name__: one for one in (date, Kind, Term)} | {
    "Mapping": Mapping,
    "Vocabularies": _VOCABULARIES,
}


def _codec(vocabularies: Vocabularies) -> Codec:
    """Return a codec that writes a term as its place among all terms; without vocabularies, as all that it holds."""
    terms = [term for _, terms in sorted(vocabularies.items()) for term in terms]
    if not terms:
        return Codec(_NAMES, {})
    places = {id(term): place for place, term in enumerate(terms)}
    by_value = {term: place for place, term in enumerate(terms)}
    return Codec(_NAMES, {Term: (lambda term: places.get(id(term), by_value.get(term)), terms.__getitem__)})


def _parsed(text: str) -> dict[str, Any]:
    try:
        written = json.loads(text)
        found = written["format"]
    except (ValueError, KeyError, TypeError):
        raise SnapshotError(_DAMAGED) from None
    if found != FORMAT:
        raise SnapshotError(_OTHER_FORMAT.format(found=found, format=FORMAT))
    return dict(written)


def _packed(found: frozenset[int]) -> str:
    return b64encode(pack(f"<{len(found)}I", *sorted(found))).decode("ascii")


def _unpacked(written: str) -> frozenset[int]:
    data = b64decode(written, validate=True)
    return frozenset(unpack(f"<{len(data) // 4}I", data))


def _by_name(documents: Iterable[Known]) -> tuple[Known, ...]:
    return tuple(sorted(documents, key=lambda known: known.file))


def _is_document(file: str) -> bool:
    return file.endswith(".md") and not file.startswith(f"{vocabulary.FOLDER}/")


def _records(documents: Iterable[Known]) -> Iterator[Record]:
    return (known.record for known in documents if known.record)


def _last(found: Sequence[Known], hidden: frozenset[str], moment: tuple[date, str]) -> Known | None:
    place = bisect_left(found, moment, key=lambda known: known.arrival)
    return next((known for known in reversed(found[:place]) if known.file not in hidden), None)


def _kind(known: Known) -> Iterable[Hashable]:
    return (known.record.kind,) if known.record else ()


def _id(known: Known) -> Iterable[Hashable]:
    return (known.record.id,) if known.record else ()


def _project(known: Known) -> Iterable[Hashable]:
    return (known.record.project,) if known.record and known.record.project else ()


def _folder(known: Known) -> Iterable[Hashable]:
    return (posixpath.dirname(known.file),) if known.record and known.record.kind.rule.in_project else ()
