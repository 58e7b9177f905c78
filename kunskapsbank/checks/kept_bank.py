"""What was kept of a bank when the whole of it was checked → what is told of a few of its files as they are now.

Of the files that are as they were, no text is read: for the check of a file the rest of the bank is its snapshot. It
says what a check of the whole says of the files that are asked for, and nothing where only the whole can tell.
"""

from __future__ import annotations

import json
import posixpath
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from typing import TYPE_CHECKING

from kunskapsbank import checks
from kunskapsbank.checks import allowed, attachments, links
from kunskapsbank.checks.duplicates import names
from kunskapsbank.checks.personal.local import Local
from kunskapsbank.checks.personal.patterns import discreet
from kunskapsbank.files import sign
from kunskapsbank.files.digest import digest_of
from kunskapsbank.kept import version
from kunskapsbank.model import vocabulary
from kunskapsbank.model.kinds import Kind
from kunskapsbank.model.snapshot import Snapshot, SnapshotError
from kunskapsbank.problems import BankError, Problem, Severity
from kunskapsbank.reading import folder, one_file, settings_file, together
from kunskapsbank.reading.loading import TEXTS
from kunskapsbank.reading.taken_apart import Shelf
from kunskapsbank.store import Store

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Container, Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from kunskapsbank.model.catalogue import Catalogue
    from kunskapsbank.model.document import Document
    from kunskapsbank.model.vocabulary import Vocabularies

_FILE = "bank.sqlite"
_BANK, _FILES, _SNAPSHOT, _RUNS, _NAMES = "bank", "files", "snapshot", "runs", "names"
# Of more files than this, the whole bank is soon looked at.
_MOST = 50
# What kept values that are not as they were written can raise.
_DAMAGED = (SnapshotError, ValueError, KeyError, TypeError, AttributeError, IndexError)


class _OnlyTheWhole(BankError):
    """Only a check of the whole bank can tell."""


def keep(catalogue: Catalogue, content: Path, cache: Path, began_ns: int) -> None:
    """Keep what of a bank the check of a few files needs, once the whole was read; nothing of one that is broken.

    `began_ns` are the nanoseconds from 1970 until it was begun to be read.
    """
    if catalogue.is_broken or catalogue.today is None:
        return
    snapshot = checks.snapshot(catalogue, cache)
    texts = {file: (digest, sign.sure(content / file, began_ns)) for file, digest in catalogue.digests.items()}
    files = {"day": catalogue.today.isoformat(), "texts": texts}
    store = Store(cache / _FILE, version())
    values = {
        _FILES: json.dumps(files),
        _SNAPSHOT: snapshot.to_json(),
        _RUNS: snapshot.runs_to_json(),
        _NAMES: names.to_json(snapshot),
    }
    for name, value in values.items():
        store.put(_BANK, name, value.encode("utf-8", "surrogatepass"))
    store.save()
    store.close()


def opened(content: Path, today: date, cache: Path) -> KeptBank | None:
    """Return what was kept of a bank; None where there is nothing that holds today."""
    store = Store(cache / _FILE, version())
    found = [store.get(_BANK, name) for name in (_FILES, _SNAPSHOT, _RUNS, _NAMES)]
    store.close()
    try:
        files, snapshot, runs, names = (value.decode("utf-8", "surrogatepass") for value in found if value is not None)
        kept = json.loads(files)
        # What was right on a day is so on later ones, as days and years are bounded by the last that can be.
        if (day := date.fromisoformat(kept["day"])) > today:
            return None
        texts = {str(file): (str(digest), str(told)) for file, (digest, told) in kept["texts"].items()}
        bank = Snapshot.from_json(snapshot).with_runs(runs)
    except _DAMAGED:
        return None
    return KeptBank(content, today, cache, folder.walk(content), bank, names, day, texts)


@dataclass(frozen=True)
class KeptBank:
    """A bank as it was when the whole of it was checked, on the day `day`.

    Of it was kept `snapshot`, `names` of its records, and of `texts`, its documents and all that they are read by, the
    digests and what was told of the files. `walked` is what lies in it now.
    """

    content: Path
    today: date
    cache: Path
    walked: folder.Folder
    snapshot: Snapshot
    names: str
    day: date
    texts: Mapping[str, tuple[str, str]]

    @property
    def files(self) -> list[str]:
        """The names of all files that lie in the content folder now."""
        return [file for file, _ in self.walked.files]

    def told(self, is_asked: Callable[[str], bool], only_errors: bool = False) -> list[Problem] | None:
        """Return what a check of the whole bank tells of the files that are asked for, by name, sorted.

        None where only such a check can tell: where what all is read by has changed, say, or too much has.
        """
        try:
            return sorted({discreet(problem) for problem in self._told(is_asked, only_errors)})
        except (_OnlyTheWhole, OSError):
            return None

    def _told(self, is_asked: Callable[[str], bool], only_errors: bool) -> Iterator[Problem]:
        paths = dict(self.walked.files)
        asked = {file for file in paths if is_asked(file)}
        if len(asked) > _MOST or any(map(_is_read_by, asked)):
            raise _OnlyTheWhole
        changed, gone = self._changes(paths)
        read = _Read(paths, self.snapshot.vocabularies, self.today, self.cache)
        read.add(changed | {file for file in asked if _is_text(file)})
        read.add(self._related(read.documents, changed | gone, paths))
        rest = names.with_names(self._rest(paths, away=read.files | gone, others=changed | gone), self.names)
        documents, problems = together.settle(read.documents, rest.with_documents(read.documents))
        bank = replace(rest.with_documents(documents), today=self.today)
        _demand_no_exceptions_for_others((one for one in documents if one.file in changed | asked), asked)
        found = [*self.walked.problems, *read.problems, *problems]
        found += self._by_checks([one for one in documents if one.file in asked], bank, paths, only_errors, asked)
        for problem in found:
            if is_asked(problem.file) and not (only_errors and problem.severity is not Severity.ERROR):
                yield problem

    def _by_checks(
        self,
        documents: Sequence[Document],
        bank: Snapshot,
        paths: Mapping[str, Path],
        only_errors: bool,
        asked: Iterable[str],
    ) -> Iterator[Problem]:
        """Yield what checks tell of the files that are asked for; `documents` are those of them that are texts."""
        if any(True for _ in links.to_places(documents, bank.generated)):
            # Of places on pages that the bank makes only those pages can tell.
            raise _OnlyTheWhole
        beside = [file for file in asked if not _is_text(file)]
        refused = {file: problem for file in beside if (problem := one_file.refused(file))}
        yield from refused.values()
        assets = {file: paths[file] for file in beside if file not in refused}
        local = Local.of(bank.settings, bank.vocabularies)
        of_assets = [*attachments.of_files(assets, local, self.cache, is_part=True)] if assets else []
        yield from checks.errors_of(documents, bank, [one for one in of_assets if one.severity is Severity.ERROR])
        if not only_errors:
            yield from checks.remarks_of(documents, bank, [one for one in of_assets if one.severity is Severity.REMARK])

    def _changes(self, paths: Mapping[str, Path]) -> tuple[set[str], set[str]]:
        """Return the texts that are others than they were, or new, and those that are gone."""
        gone = self.texts.keys() - paths.keys()
        changed = {file for file, path in paths.items() if self._may_be_another(file) and not self._is_same(file, path)}
        if self.day != self.today:
            # What was wrong with it may have been its day.
            changed |= {one.file for one in self.snapshot.documents if one.record is None and not one.is_page} - gone
        if len(changed) + len(gone) > _MOST or any(map(_is_read_by, changed | gone)):
            raise _OnlyTheWhole
        return changed, gone

    def _may_be_another(self, file: str) -> bool:
        return file in self.texts or _is_read_by(file) or _is_text(file)

    def _is_same(self, file: str, path: Path) -> bool:
        digest, told = self.texts.get(file, ("", ""))
        return bool(digest) and (sign.is_as(path, told) or digest_of(path.read_bytes()) == digest)

    def _related(self, documents: Iterable[Document], changed: Collection[str], paths: Mapping[str, Path]) -> set[str]:
        """Return the texts whose records may be others because of these: of the same project, and the project."""
        folders = {folder for file in changed if _PROJECT.may_lie_at(f"{(folder := posixpath.dirname(file))}/index.md")}
        found = {file for file in paths if posixpath.dirname(file) in folders and _is_text(file)}
        before = [known.record for file in changed if (known := self.snapshot.get(file))]
        now = [document.record for document in documents if document.file in changed]
        projects = {record.project for record in (*before, *now) if record and record.project}
        pages = {one.file for one in self.snapshot.documents if one.record and one.record.id in projects}
        return found | (pages & paths.keys())

    def _rest(self, paths: Mapping[str, Path], away: Collection[str], others: Collection[str]) -> Snapshot:
        """Return the snapshot without the texts that are `away`; `others` are not what they were."""
        kept = self.snapshot
        return replace(
            kept,
            documents=tuple(known for known in kept.documents if known.file not in away),
            files=tuple(sorted(file for file in paths if not self._may_be_another(file))),
            # All that an exception at hand is for is looked at with it, or only the whole can tell.
            whole={},
            exceptions={file: found for file, found in kept.exceptions.items() if file not in others},
        )


_PROJECT = Kind.PROJECT.rule


class _Read:
    """The texts that are read anew, each once."""

    def __init__(self, paths: Mapping[str, Path], vocabularies: Vocabularies, today: date, cache: Path) -> None:
        self._paths, self._vocabularies, self._today = paths, vocabularies, today
        self._shelf = Shelf(Store(cache / TEXTS, version()))
        self.files: set[str] = set()
        self.documents: list[Document] = []
        self.problems: list[Problem] = []

    def add(self, files: set[str]) -> None:
        for file in sorted(files - self.files):
            path = self._paths[file]
            take_apart = partial(self._shelf.read, again=path.read_bytes)
            document, found = one_file.read(file, path.read_bytes(), self._vocabularies, self._today, take_apart)
            self.documents.append(document)
            self.problems += found
        self.files |= files


def _demand_no_exceptions_for_others(documents: Iterable[Document], asked: Container[str]) -> None:
    """Demand that exceptions in these are for nothing but what is asked for with them; raises _OnlyTheWhole."""
    for file, found in allowed.in_other_files([*documents]).items():
        if file not in asked or any(other not in asked for other, _ in found):
            raise _OnlyTheWhole


def _is_read_by(file: str) -> bool:
    """Tell whether a file says how all others are read: a vocabulary, or the settings."""
    return file.startswith(f"{vocabulary.FOLDER}/") or file == settings_file.FILE


def _is_text(file: str) -> bool:
    return one_file.is_text(file) and not _is_read_by(file) and one_file.refused(file) is None
