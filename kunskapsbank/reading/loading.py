"""Content folder → Catalogue: every record that could be read, sorted, and every problem of every file."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING

from kunskapsbank.files.digest import digest_of
from kunskapsbank.files.faults import why_unread
from kunskapsbank.model import vocabulary
from kunskapsbank.model.catalogue import Catalogue
from kunskapsbank.model.document import Document
from kunskapsbank.model.snapshot import Snapshot
from kunskapsbank.problems import Problem
from kunskapsbank.progress import silent
from kunskapsbank.reading import (
    account_words,
    folder,
    one_file,
    settings_file,
    taken_apart,
    together,
    vocabulary_files,
    word_list,
)
from kunskapsbank.reading.taken_apart import Shelf

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date
    from pathlib import Path

    from kunskapsbank.model.account_words import AccountWords
    from kunskapsbank.model.vocabulary import Vocabularies
    from kunskapsbank.progress import Tell
    from kunskapsbank.reading.one_file import TakeApart
    from kunskapsbank.settings import Settings
    from kunskapsbank.store import Store


TEXTS = "texts.sqlite"
"""Where in a cache the texts are kept."""


def load(content: Path, today: date, store: Store | None = None, tell: Tell = silent) -> Catalogue:
    """Read and check a content folder.

    `today` bounds the years that are within reason. In `store` what was taken apart is kept; None keeps all texts in
    memory, for as long as the catalogue is. Nothing is raised for bad content: `problems` holds all of it and
    the files at fault are left out. Raises FileNotFoundError when there is no such folder.
    """
    if not content.is_dir():
        raise FileNotFoundError(content)
    walked = folder.walk(content)
    vocabularies, problems = vocabulary_files.load(content)
    files = dict(walked.files)
    settings, setting_problems = settings_file.load(files.get(settings_file.FILE), vocabularies, today)
    if setting_problems and settings_file.FILE not in files and folder.is_no_file(content / settings_file.FILE):
        # A link or a device: told where the folder is walked through.
        setting_problems = []
    accounts, account_problems = _account_words(content, settings, today, files)
    words, word_problems = word_list.load(files.get(word_list.FILE), vocabularies)
    vocabularies = settings_file.with_examples(vocabularies, settings)
    found_so_far = [*walked.problems, *problems, *setting_problems, *account_problems, *word_problems]
    shelf = Shelf(store) if store else None
    read = _Files(vocabularies, today, shelf, found_so_far)
    for done, (file, path) in enumerate(walked.files):
        tell("Läser texter", done, len(walked.files))
        read.add(path, file)
    if store:
        store.write()
    bank = Snapshot.of(read.documents, (*read.assets, *read.refused), vocabularies, settings)
    documents, found = together.settle(read.documents, bank)
    records = sorted((one.record for one in documents if one.record), key=lambda record: record.id)
    pages = sorted((one.page for one in documents if one.page), key=lambda page: page.file)
    return Catalogue(
        tuple(records),
        tuple(pages),
        read.assets,
        {one.file: one.source for one in documents if one.source},
        {one.file: one.body for one in documents if one.body},
        vocabularies,
        tuple(sorted({*read.problems, *found})),
        _Texts(documents),
        tuple(read.refused),
        accounts,
        words,
        settings,
        today,
        {one.file: one.digest for one in documents if one.digest},
        shelf.asked if shelf else None,
    )


def _account_words(
    content: Path, settings: Settings, today: date, files: Mapping[str, Path]
) -> tuple[AccountWords | None, list[Problem]]:
    file = f"{vocabulary.FOLDER}/{account_words.FILE}"
    if file not in files and folder.is_no_file(content / file):
        # A link or a device: told where the folder is walked through.
        return None, []
    return account_words.load(files.get(file), settings, today)


class _Texts(Mapping[str, str]):
    """The texts of files, which are read when they are asked for."""

    def __init__(self, documents: Iterable[Document]) -> None:
        self._documents = {document.file: document for document in documents}

    def __getitem__(self, file: str) -> str:
        return self._documents[file].text

    def __iter__(self) -> Iterator[str]:
        return iter(self._documents)

    def __len__(self) -> int:
        return len(self._documents)


class _Files:
    """Takes the files of a content folder one by one, each for what it is."""

    def __init__(self, vocabularies: Vocabularies, today: date, shelf: Shelf | None, problems: list[Problem]) -> None:
        self.vocabularies = vocabularies
        self.today = today
        self.shelf = shelf
        self.problems = problems
        self.documents: list[Document] = []
        self.assets: dict[str, Path] = {}
        self.refused: list[str] = []

    def add(self, path: Path, file: str) -> None:
        if file.startswith(f"{vocabulary.FOLDER}/") or file == settings_file.FILE:
            with suppress(OSError):
                data = path.read_bytes()
                self.documents.append(Document(file, one_file.seen(data), digest=digest_of(data)))
        else:
            self._take(path, file)

    def _take(self, path: Path, file: str) -> None:
        problem = one_file.refused(file)
        if problem is None and not one_file.is_text(file):
            self.assets[file] = path
            return
        if problem is None:
            try:
                data = path.read_bytes()
                document, found = one_file.read(file, data, self.vocabularies, self.today, self._take_apart(path))
            except OSError as error:
                message = f"filen går inte att öppna ({why_unread(error)})"
                problem = Problem(file, 1, "", message, "Kontrollera filens behörighet.")
            else:
                self.documents.append(document)
                self.problems += found
                return
        self.problems.append(problem)
        self.refused.append(problem.file)

    def _take_apart(self, path: Path) -> TakeApart:
        if self.shelf is None:
            return taken_apart.read
        return partial(self.shelf.read, again=path.read_bytes)
