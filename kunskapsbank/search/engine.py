"""Bank + a question → its answer: brings the index up to date, ranks, filters, counts and picks passages."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from kunskapsbank.model import vocabulary
from kunskapsbank.search import documents, export, lexicon
from kunskapsbank.search.analysis import Analyser, synonyms
from kunskapsbank.search.index import Changes, Index, bare_words, in_fields
from kunskapsbank.search.keeping import KeepingAnalyser
from kunskapsbank.search.passages import passage
from kunskapsbank.search.query import Hit, answer
from kunskapsbank.search.ranking import rank

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from kunskapsbank.bank import Bank
    from kunskapsbank.model.vocabulary import Vocabularies
    from kunskapsbank.search.analysis import Concept
    from kunskapsbank.search.documents import Document
    from kunskapsbank.search.index import Reader
    from kunskapsbank.search.query import Choice

_LEXICON = Path(__file__).with_name("lexicon.txt")


@dataclass(frozen=True, slots=True)
class Result:
    """All hits, best first, and for each facet how many there would be with each of its terms chosen instead."""

    hits: tuple[Hit, ...]
    counts: Mapping[str, Mapping[str, int]]
    concepts: tuple[Concept, ...]
    analyser: Analyser

    def passage(self, hit: Hit) -> str:
        """Return the passage of a hit that answers best; "" where no words were asked for."""
        return passage(hit.document, self.concepts, self.analyser) if self.concepts else ""


def analyser(vocabularies: Vocabularies) -> Analyser:
    """Return the analyser of a bank: the Swedish lexicon, and the other names of every term as synonyms."""
    return Analyser(_lexicon(), synonyms(_groups(vocabularies)))


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
    with KeepingAnalyser(analyser(bank.catalogue.vocabularies), folder.with_name("analysed.jsonl.gz")) as swedish:
        export.write(site_folder, found, bank.index, swedish)
        return Index(folder, swedish).update(found)


def search(bank: Bank, folder: Path, question: str, chosen: Choice) -> Result:
    """Ask the bank by words (none: everything, newest first) or in fields, and by chosen terms.

    A question in fields is such as titel:vräkning AND år:2018. The index in `folder` is brought up to date first.
    """
    found = list(documents.documents(bank.catalogue, bank.index))
    index = Index(folder, analyser(bank.catalogue.vocabularies))
    ranked: list[tuple[str, float]] | None = None
    concepts: tuple[Concept, ...] = ()
    if not question.strip():
        index.update(found)
    else:
        # Whatever comes of files that say of themselves that they are whole, but are not.
        with suppress(Exception):
            ranked, concepts = _asked(index, found, question)
        if ranked is None:
            index.forget()
            ranked, concepts = _asked(index, found, question)
    answered = answer({document.id: document for document in found}, ranked, chosen)
    return Result(answered.hits, answered.counts, concepts, index.analyser)


def _asked(
    index: Index, found: Sequence[Document], question: str
) -> tuple[list[tuple[str, float]], tuple[Concept, ...]]:
    with index.reader(found) as reader:
        matching = reader.matching(question) if in_fields(question) else None
        concepts = reader.question(bare_words(question) if matching is not None else question)
        return _ranked(found, concepts, reader, matching), concepts


def _ranked(
    found: Sequence[Document], concepts: Sequence[Concept], reader: Reader, matching: frozenset[str] | None
) -> list[tuple[str, float]]:
    numbers = {document.id: number for number, document in enumerate(found)}
    terms = dict.fromkeys(term.text for concept in concepts for term in concept.terms)
    hits = rank(concepts, reader.postings(terms, numbers), len(found))
    ranked = [(found[hit.document].id, hit.score) for hit in hits]
    if matching is None:
        return ranked
    scores = dict(ranked)
    rest = [document.id for document in found if document.id in matching and document.id not in scores]
    return [pair for pair in ranked if pair[0] in matching] + [(document_id, 0.0) for document_id in rest]
