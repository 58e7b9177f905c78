"""The whole bank as values: its records, pages, files and vocabularies, and what is wrong with them."""

from __future__ import annotations

from collections import ChainMap
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, TypeVar, cast

from kunskapsbank.model.document import Document
from kunskapsbank.model.snapshot import Snapshot, is_broken
from kunskapsbank.model.vocabulary import HAS_RESULTS, RESULTS
from kunskapsbank.model.word_list import WordList
from kunskapsbank.problems import Problem, Severity
from kunskapsbank.settings import Settings
from kunskapsbank.swedish.phrases import capitalised

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from datetime import date
    from pathlib import Path

    from kunskapsbank.markup.body import Body
    from kunskapsbank.markup.frontmatter import ContentFile
    from kunskapsbank.model.account_words import AccountWords
    from kunskapsbank.model.kinds import Kind
    from kunskapsbank.model.record import Page, Record
    from kunskapsbank.model.vocabulary import Vocabularies

T = TypeVar("T")

# What may lie beside the documents and be published as it is.
ASSET_TYPES = frozenset(
    ".csv .docx .gif .jpeg .jpg .ods .odt .pdf .png .pptx .txt .webp .xlsx".split()
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Catalogue:
    """The whole bank: records by id, plain pages by file, the vocabularies, and all problems, sorted.

    `assets` tells where the files beside the documents lie on disk. `sources` and `bodies` have the fields and the text
    of every file that could be read, also of those with faulty fields, so that all of them are checked. `texts` has the
    whole text of these, of the vocabularies and of what could not be taken apart. `refused` are the names of all other
    files that lie there, which the bank does not publish. `account_words` are None where they could not be read.
    `words` is what words mean to each other, `settings` whose bank it is. `today` is the day on which all was read and
    checked. `digests` tell the files' bytes from all others. `asked` comes to hold which texts were read, by
    digest, and for what; None where nobody takes note of it.
    """

    records: tuple[Record, ...]
    pages: tuple[Page, ...]
    assets: Mapping[str, Path]
    sources: Mapping[str, ContentFile]
    bodies: Mapping[str, Body]
    vocabularies: Vocabularies
    problems: tuple[Problem, ...] = ()
    texts: Mapping[str, str] = field(default_factory=dict)
    refused: tuple[str, ...] = ()
    account_words: AccountWords | None = None
    words: WordList = field(default_factory=WordList)
    settings: Settings = field(default_factory=Settings)
    today: date | None = field(default=None, compare=False)
    digests: Mapping[str, str] = field(default_factory=dict)
    asked: set[tuple[str, str]] | None = field(default=None, repr=False, compare=False)
    _by_id: dict[str, Record] = field(init=False, repr=False, compare=False, default_factory=dict)
    _documents: dict[str, list[Record]] = field(init=False, repr=False, compare=False, default_factory=dict)
    _made: dict[str, Any] = field(init=False, repr=False, compare=False, default_factory=dict)

    def __post_init__(self) -> None:
        """Make the look-up tables by id and by project."""
        for record in self.records:
            self._by_id[record.id] = record
            if record.project:
                self._documents.setdefault(record.project, []).append(record)
        for documents in self._documents.values():
            documents.sort(key=lambda record: (record.latest_year, record.kind, record.id))

    def __iter__(self) -> Iterator[Record]:
        """Go through the records by id."""
        return iter(self.records)

    def get(self, record_id: str) -> Record | None:
        """Return the record with this id, or None."""
        return self._by_id.get(record_id)

    @property
    def real(self) -> tuple[Record, ...]:
        """The records but for invented examples, which count nowhere and are listed on a page of their own."""
        # Asked for each term, year and project anew.
        return self._once("real", lambda: tuple(record for record in self.records if not record.example))

    @property
    def real_projects(self) -> tuple[Record, ...]:
        """The projects but for invented ones, by id."""
        return self._once("projects", lambda: tuple(record for record in self.real if not record.is_document))

    def of_kind(self, kind: Kind) -> tuple[Record, ...]:
        """Return the records of one kind, by id."""
        return tuple(record for record in self.records if record.kind is kind)

    def documents_of(self, project: Record) -> tuple[Record, ...]:
        """Return the documents of a project, oldest first."""
        return tuple(self._documents.get(project.id, ()))

    def project_of(self, record: Record) -> Record | None:
        """Return the project that a document belongs to, or None."""
        return self._by_id.get(record.project) if record.project else None

    def result_told(self, record: Record) -> str:
        """Return in a few words that a record tells of results, and how the best known of them is known; else ""."""
        if not record.result:
            return ""
        strongest = max(record.evidence, key=lambda term: term.position, default=None)
        label = capitalised(self.vocabularies[RESULTS].label(HAS_RESULTS))
        return f"{label}: {strongest.label}" if strongest else label

    @property
    def documents(self) -> tuple[Document, ...]:
        """Every file that could be read as text, in the order in which they were read, with what is known of it."""
        return self._once("documents", self._all_documents)

    def _once(self, name: str, make: Callable[[], T]) -> T:
        if name not in self._made:
            self._made[name] = make()
        found: T = self._made[name]
        return found

    def _all_documents(self) -> tuple[Document, ...]:
        records = {record.file: record for record in self.records}
        pages = {page.file: page for page in self.pages}
        return tuple(
            Document(
                file,
                "" if file in self.sources else self.texts.get(file, ""),
                self.sources.get(file),
                self.bodies.get(file),
                records.get(file),
                pages.get(file),
                self.digests.get(file, ""),
            )
            for file in dict.fromkeys((*self.texts, *self.sources))
        )

    def with_problems(self, problems: Iterable[Problem]) -> Catalogue:
        """Return the catalogue with these problems, sorted; what was worked out of it holds for that too."""
        found = replace(self, problems=tuple(sorted(problems)))
        found._made.update(self._made)
        return found

    def rewritten(self, source: ContentFile, body: Body, digest: str) -> Catalogue:
        """Return the catalogue with another text of a file that has one, and with the same fields."""
        file = source.file
        return replace(
            self,
            records=tuple(replace(one, body=body) if one.file == file else one for one in self.records),
            pages=tuple(replace(one, body=body) if one.file == file else one for one in self.pages),
            sources={**self.sources, file: source},
            bodies={**self.bodies, file: body},
            # The texts of the others are not read for it.
            texts=ChainMap({file: source.text}, cast("dict[str, str]", self.texts)),
            digests={**self.digests, file: digest},
        )

    @property
    def is_broken(self) -> bool:
        """Whether terms or settings are missing, so that what goes by them cannot be told right from wrong."""
        return is_broken(self.vocabularies, self.settings)

    @property
    def snapshot(self) -> Snapshot:
        """What a check may know of the whole bank."""
        return self._once("snapshot", self._whole_snapshot)

    def _whole_snapshot(self) -> Snapshot:
        files = (*self.assets, *self.refused)
        return Snapshot.of(self.documents, files, self.vocabularies, self.settings, self.today)

    @property
    def errors(self) -> tuple[Problem, ...]:
        """The problems that stop a build."""
        return tuple(problem for problem in self.problems if problem.severity is Severity.ERROR)
