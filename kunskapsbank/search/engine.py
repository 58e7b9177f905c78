"""Bank + a question → its answer: brings the index up to date, ranks, filters, counts and picks passages.

This is the command line's search, with Whoosh; the site's is made by `publishing`, without.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kunskapsbank.search import documents, language
from kunskapsbank.search.asking import Asking
from kunskapsbank.search.index import Index
from kunskapsbank.search.passages import passage
from kunskapsbank.search.query import Hit, answer

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from kunskapsbank.bank import Bank
    from kunskapsbank.search.analysis import Analyser, Concept
    from kunskapsbank.search.query import Choice


@dataclass(frozen=True, slots=True)
class Result:
    """All hits, best first, and for each facet how many there would be with each of its terms chosen instead.

    `notes` are sentences for the reader: what of the question was not understood, and words that no text has.
    """

    hits: tuple[Hit, ...]
    counts: Mapping[str, Mapping[str, int]]
    concepts: tuple[Concept, ...]
    analyser: Analyser
    notes: tuple[str, ...] = ()

    def passage(self, hit: Hit) -> str:
        """Return the passage of a hit that answers best; "" where no words were asked for."""
        return passage(hit.document, self.concepts, self.analyser) if self.concepts else ""


def search(bank: Bank, folder: Path, question: str, chosen: Choice, *, examples: bool = False) -> Result:
    """Ask the bank by words (none: everything, newest first) or in fields, and by chosen terms.

    What signs a question may have is told in `asked`; one that joins fields with AND, OR and NOT, such as
    titel:vräkning AND (år:2018 OR stadsdel:Farsta), is asked of Whoosh. The index in `folder` is brought up to date
    first. With `examples` the invented ones are asked too, in an index of their own beside it.
    """
    found = list(documents.documents(bank.catalogue, bank.index, examples=examples))
    if examples:
        folder = folder.with_name(f"{folder.name}-exempel")
    swedish = language.analyser(bank.catalogue.vocabularies, bank.catalogue.words)
    index = Index(folder, swedish, language.known_words())
    if not question.strip():
        index.update(found)
        answered = answer({document.id: document for document in found}, None, chosen)
        return Result(answered.hits, answered.counts, (), index.analyser)
    asking = Asking(found, bank.index, question)
    ranked: list[tuple[str, float]] | None = None
    # Whatever comes of files that say of themselves that they are whole, but are not.
    with suppress(Exception), index.reader(found) as reader:
        ranked = asking.ranked(reader)
    if ranked is None:
        index.forget()
        with index.reader(found) as reader:
            ranked = asking.ranked(reader)
    answered = answer({document.id: document for document in found}, ranked, chosen)
    return Result(
        answered.hits, answered.counts, asking.concepts, index.analyser, asking.notes(index.analyser.meanings)
    )
