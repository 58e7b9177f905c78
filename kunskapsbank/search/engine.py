"""Bank + a question → its answer: brings the index up to date, ranks, filters, counts and picks passages.

This is the command line's search, with Whoosh; the site's is made by `publishing`, without.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from kunskapsbank.search import attached, documents, ideas, language, naming
from kunskapsbank.search.asking import Asking
from kunskapsbank.search.index import Index
from kunskapsbank.search.passages import in_file, passage
from kunskapsbank.search.query import Hit, answer

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping, Sequence
    from pathlib import Path

    from kunskapsbank.bank import Bank
    from kunskapsbank.search.analysis import Analyser
    from kunskapsbank.search.concepts import Concept
    from kunskapsbank.search.documents import Document
    from kunskapsbank.search.ideas import Near
    from kunskapsbank.search.index import Reader
    from kunskapsbank.search.naming import Found, Named
    from kunskapsbank.search.passages import InFile
    from kunskapsbank.search.query import Choice

Given = TypeVar("Given")


@dataclass(frozen=True, slots=True)
class Narrowed:
    """A question with names taken as filters: the words left, the terms and their names, and how many hits it gives."""

    words: str
    chosen: Choice
    labels: tuple[str, ...]
    total: int


@dataclass(frozen=True, slots=True)
class Result:
    """All hits, best first, and for each facet how many there would be with each of its terms chosen instead.

    `notes` are sentences for the reader: what of the question was not understood, and words that no text has.
    `named` is what the question names, and `narrowed` how it is asked with names taken as filters.
    """

    hits: tuple[Hit, ...]
    counts: Mapping[str, Mapping[str, int]]
    concepts: tuple[Concept, ...]
    analyser: Analyser
    notes: tuple[str, ...] = ()
    named: tuple[Named, ...] = ()
    narrowed: Narrowed | None = None

    def passage(self, hit: Hit) -> str:
        """Return the passage of a hit that answers best; "" where no words were asked for."""
        return passage(hit.document, self.concepts, self.analyser) if self.concepts else ""

    def in_file(self, hit: Hit) -> InFile | None:
        """Return the passage of a file beside the hit, where one answers better than the hit's own text."""
        return in_file(hit.document, self.concepts, self.analyser) if self.concepts else None


def search(
    bank: Bank, folder: Path, question: str, chosen: Choice, *, newest: bool = False, examples: bool = False
) -> Result:
    """Ask the bank by words (none: everything, newest first) or in fields, and by chosen terms.

    What signs a question may have is told in `asked`; one that joins fields with AND, OR and NOT, such as
    titel:vräkning AND (år:2018 OR tema:skola), is asked of Whoosh. The index in `folder` is brought up to date
    first. With `newest` the newest come first of what answers nearly as much as the best; with `examples` the invented
    ones are asked too, in an index of their own beside it.
    """
    found = _documents(bank, folder, examples=examples)
    if examples:
        folder = folder.with_name(f"{folder.name}-exempel")
    index = _index(bank, folder)
    if not question.strip():
        index.update(found)
        answered = answer({document.id: document for document in found}, None, chosen, bank.index.facets)
        return Result(answered.hits, answered.counts, (), index.analyser)
    asking, ranked = _asked(index, found, bank, question)
    by_id = {document.id: document for document in found}
    answered = answer(by_id, ranked, chosen, bank.index.facets)
    named = naming.names(bank).found(question, asking.text, asking.quoted)
    return Result(
        _newest(answered.hits, found, asking.partly) if newest else answered.hits,
        answered.counts,
        asking.concepts,
        index.analyser,
        asking.notes(index.analyser.meanings),
        named.boxes,
        _narrowed(index, by_id, bank, named, chosen),
    )


def _newest(hits: Sequence[Hit], found: Sequence[Document], partly: Collection[str]) -> tuple[Hit, ...]:
    """Return the hits, the newest of those that answer nearly all first, and then the rest as they are ranked."""
    order = {document.id: place for place, document in enumerate(found)}
    rest = [hit for hit in hits if hit.document.id in partly]
    enough = sorted((hit for hit in hits if hit.document.id not in partly), key=lambda hit: order[hit.document.id])
    return (*enough, *rest)


def _asked(
    index: Index, found: Sequence[Document], bank: Bank, question: str
) -> tuple[Asking, list[tuple[str, float]]]:
    """Return a question that has been asked, and the ids that answer it, best first, with their scores."""
    asking = Asking(found, bank.index, question)
    return asking, _read(index, found, asking.ranked)


def _narrowed(
    index: Index, documents: Mapping[str, Document], bank: Bank, named: Found, chosen: Choice
) -> Narrowed | None:
    if not named.labels:
        return None
    both = {**chosen, **{facet: frozenset(terms) for facet, terms in named.chosen.items()}}
    ranked = _asked(index, [*documents.values()], bank, named.words)[1] if named.words else None
    total = len(answer(documents, ranked, both, bank.index.facets).hits)
    return Narrowed(named.words, both, named.labels, total) if total else None


@dataclass(frozen=True, slots=True)
class Comparison:
    """An idea beside the bank: the words that were asked for, the target groups it speaks of, the nearest projects."""

    words: tuple[str, ...]
    audiences: tuple[str, ...]
    projects: tuple[Near, ...]


def compare(bank: Bank, folder: Path, idea: str) -> Comparison:
    """Return the projects nearest to an idea, given in words. The index in `folder` is brought up to date first."""
    found = _documents(bank, folder)
    index = _index(bank, folder)
    known = index.analyser.meanings
    numbers = {document.id: number for number, document in enumerate(found)}
    projects = {document.id: document.project for document in found if document.project}

    def ask(reader: Reader) -> tuple[list[Concept], list[tuple[str, float]]]:
        return ideas.nearest(idea, reader, known, numbers, projects)

    asked, near = _read(index, found, ask)
    groups = [named for named in naming.names(bank).everything if named.facet == ideas.AUDIENCES]
    spoken = ideas.spoken_of(idea, groups, known)
    tried = {project.id: project for project in ideas.tried(bank.catalogue)}
    return Comparison(
        tuple(concept.word for concept in asked),
        tuple(group.label for group in spoken),
        tuple(ideas.compared(tried[project], score, spoken) for project, score in near),
    )


@dataclass(frozen=True, slots=True)
class Answered:
    """A question of a list: how many hits it has, what was told of it, and the words taken for misspelt in it."""

    question: str
    total: int
    notes: tuple[str, ...]
    misspelt: tuple[str, ...]


def answered(bank: Bank, folder: Path, questions: Sequence[str]) -> list[Answered]:
    """Return what becomes of each of the questions. The index in `folder` is brought up to date first."""
    found = _documents(bank, folder)
    index = _index(bank, folder)

    def ask(reader: Reader) -> list[Answered]:
        return [one(reader, question) for question in questions]

    def one(reader: Reader, question: str) -> Answered:
        asking = Asking(found, bank.index, question)
        total = len(asking.ranked(reader))
        misspelt = tuple(concept.word for concept in asking.concepts if concept.instead)
        return Answered(question, total, asking.notes(index.analyser.meanings), misspelt)

    return _read(index, found, ask)


def _index(bank: Bank, folder: Path) -> Index:
    swedish = language.analyser(bank.catalogue.vocabularies, bank.catalogue.words)
    return Index(folder, swedish, language.known_words(), bank.index.facets)


def _documents(bank: Bank, folder: Path, *, examples: bool = False) -> list[Document]:
    """Return the documents with the files beside them, whose texts are kept beside the index."""
    return list(
        documents.documents(
            bank.catalogue, bank.index, attached.attached(bank.catalogue, folder.parent), examples=examples
        )
    )


def _read(index: Index, found: Sequence[Document], ask: Callable[[Reader], Given]) -> Given:
    """Return what `ask` gets of the open index; one that says of itself that it is whole but is not is made anew."""
    # Whatever comes of such files.
    with suppress(Exception), index.reader(found) as reader:
        return ask(reader)
    index.forget()
    with index.reader(found) as reader:
        return ask(reader)
