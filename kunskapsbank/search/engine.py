"""Bank + a question → its answer: brings the index up to date, ranks, filters, counts and picks passages.

This is the command line's search, with Whoosh; the site's is made by `publishing`, without.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kunskapsbank.search import documents, language, naming
from kunskapsbank.search.asking import Asking
from kunskapsbank.search.index import Index
from kunskapsbank.search.passages import passage
from kunskapsbank.search.query import Hit, answer

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from kunskapsbank.bank import Bank
    from kunskapsbank.search.analysis import Analyser, Concept
    from kunskapsbank.search.documents import Document
    from kunskapsbank.search.naming import Found, Named
    from kunskapsbank.search.query import Choice


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


def search(bank: Bank, folder: Path, question: str, chosen: Choice, *, examples: bool = False) -> Result:
    """Ask the bank by words (none: everything, newest first) or in fields, and by chosen terms.

    What signs a question may have is told in `asked`; one that joins fields with AND, OR and NOT, such as
    titel:vräkning AND (år:2018 OR tema:skola), is asked of Whoosh. The index in `folder` is brought up to date
    first. With `examples` the invented ones are asked too, in an index of their own beside it.
    """
    found = list(documents.documents(bank.catalogue, bank.index, examples=examples))
    if examples:
        folder = folder.with_name(f"{folder.name}-exempel")
    swedish = language.analyser(bank.catalogue.vocabularies, bank.catalogue.words)
    index = Index(folder, swedish, language.known_words(), bank.index.facets)
    if not question.strip():
        index.update(found)
        answered = answer({document.id: document for document in found}, None, chosen, bank.index.facets)
        return Result(answered.hits, answered.counts, (), index.analyser)
    asking, ranked = _asked(index, found, bank, question)
    by_id = {document.id: document for document in found}
    answered = answer(by_id, ranked, chosen, bank.index.facets)
    named = naming.names(bank).found(question, asking.text, asking.quoted)
    return Result(
        answered.hits,
        answered.counts,
        asking.concepts,
        index.analyser,
        asking.notes(index.analyser.meanings),
        named.boxes,
        _narrowed(index, by_id, bank, named, chosen),
    )


def _asked(
    index: Index, found: Sequence[Document], bank: Bank, question: str
) -> tuple[Asking, list[tuple[str, float]]]:
    """Return a question that has been asked, and the ids that answer it, best first, with their scores."""
    asking = Asking(found, bank.index, question)
    # Whatever comes of files that say of themselves that they are whole, but are not.
    with suppress(Exception), index.reader(found) as reader:
        return asking, asking.ranked(reader)
    index.forget()
    with index.reader(found) as reader:
        return asking, asking.ranked(reader)


def _narrowed(
    index: Index, documents: Mapping[str, Document], bank: Bank, named: Found, chosen: Choice
) -> Narrowed | None:
    if not named.labels:
        return None
    both = {**chosen, **{facet: frozenset(terms) for facet, terms in named.chosen.items()}}
    ranked = _asked(index, [*documents.values()], bank, named.words)[1] if named.words else None
    total = len(answer(documents, ranked, both, bank.index.facets).hits)
    return Narrowed(named.words, both, named.labels, total) if total else None
