"""Bank + a question → its answer: brings the index up to date, ranks, filters, counts and picks passages."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from kunskapsbank.model import vocabulary
from kunskapsbank.model.word_list import WordList
from kunskapsbank.search import documents, export, known, lexicon
from kunskapsbank.search.analysis import Analyser
from kunskapsbank.search.asking import Asking
from kunskapsbank.search.index import Changes, Index
from kunskapsbank.search.keeping import KeepingAnalyser
from kunskapsbank.search.meanings import Meanings, meanings
from kunskapsbank.search.passages import passage
from kunskapsbank.search.query import Hit, answer

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from kunskapsbank.bank import Bank
    from kunskapsbank.model.vocabulary import Vocabularies
    from kunskapsbank.search.analysis import Concept
    from kunskapsbank.search.known import Known
    from kunskapsbank.search.query import Choice

_LEXICON = Path(__file__).with_name("lexicon.txt")
_KNOWN = Path(__file__).with_name("known.txt")


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


def analyser(vocabularies: Vocabularies, words: WordList | None = None) -> Analyser:
    """Return the analyser of a bank: the Swedish lexicon, and what words mean to each other.

    The names of a term mean the same, and so do the words that the bank's list says do.
    """
    return Analyser(_lexicon(), _meanings(vocabularies, words or WordList()))


def _meanings(vocabularies: Vocabularies, words: WordList) -> Meanings:
    listed = ((entry.word, *entry.same) for entry in words.entries)
    above = ((entry.word, word) for entry in words.entries for word in entry.broader)
    below = ((word, entry.word) for entry in words.entries for word in entry.narrower)
    themes = {name: term.id for term in vocabularies.get(vocabulary.THEMES, ()) for name in term.names}
    return meanings((*_groups(vocabularies), *listed), (*above, *below), themes)


@cache
def known_words() -> Known:
    """Return the words that are never taken for misspelt."""
    return known.load(_KNOWN, _lexicon())


@cache
def _lexicon() -> lexicon.Lexicon:
    return lexicon.load(_LEXICON)


def _groups(vocabularies: Vocabularies) -> Iterator[tuple[str, ...]]:
    for name, terms in vocabularies.items():
        if name not in {vocabulary.SOURCES, vocabulary.STATUSES}:
            yield from (term.names for term in terms if len(term.names) > 1)


def publish(bank: Bank, folder: Path, site_folder: Path) -> Changes:
    """Bring the index in `folder` up to date with the bank, and write the browser's index into `site_folder`.

    Both are made from the same analysed texts, which are kept beside `folder` for the next time.
    """
    found = list(documents.documents(bank.catalogue, bank.index))
    with KeepingAnalyser(
        analyser(bank.catalogue.vocabularies, bank.catalogue.words), folder.with_name("analysed.jsonl.gz")
    ) as swedish:
        export.write(site_folder, found, bank.index, swedish, known_words())
        return Index(folder, swedish, known_words()).update(found)


def search(bank: Bank, folder: Path, question: str, chosen: Choice) -> Result:
    """Ask the bank by words (none: everything, newest first) or in fields, and by chosen terms.

    What signs a question may have is told in `asked`; one that joins fields with AND, OR and NOT, such as
    titel:vräkning AND (år:2018 OR stadsdel:Farsta), is asked of Whoosh. The index in `folder` is brought up to date
    first.
    """
    found = list(documents.documents(bank.catalogue, bank.index))
    index = Index(folder, analyser(bank.catalogue.vocabularies, bank.catalogue.words), known_words())
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
