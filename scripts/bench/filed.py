"""Generated documents, filed under the terms of the real vocabularies as real records are."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING

from ours import searched
from questions import read_documents

if TYPE_CHECKING:
    from kunskapsbank.bank import Bank
    from kunskapsbank.model.facets import FacetIndex
    from kunskapsbank.search.analysis import Analyser
    from kunskapsbank.search.documents import Document

CONTENT = Path(__file__).resolve().parents[2] / "content"


def real_bank() -> Bank:
    """Return the bank of the real content, whose vocabularies and search page are used."""
    from datetime import date

    from kunskapsbank.bank import open_bank

    return open_bank(CONTENT, date.today())


def filed(path: Path, bank: Bank) -> tuple[list[Document], FacetIndex, Analyser]:
    """Return the documents of a file under terms of the bank, and their index.

    A few terms are common and most are rare; years alone follow the documents' order, which is newest first.
    """
    from kunskapsbank.model.facets import YEAR, FacetIndex
    from kunskapsbank.search import language

    documents, counts = [], dict.fromkeys(((entry.facet.id, entry.term.id) for entry in bank.index), 0)
    years = sorted((entry.term.id for entry in bank.index.of(YEAR)), reverse=True)
    rows = read_documents(path)
    for number, document in enumerate(rows):
        random = Random(f"filed {document.id}")
        terms = {
            facet.id: _some([entry.term.id for entry in bank.index.of(facet)], random) for facet in bank.index.filters
        }
        terms[YEAR.id] = (years[number * len(years) // len(rows)],)
        for facet, chosen in terms.items():
            for term in chosen:
                counts[facet, term] += 1
        documents.append(replace(searched(document), facets=terms))
    entries = {
        facet: tuple(replace(entry, own=(), members=(None,) * counts[facet.id, entry.term.id]) for entry in those)
        for facet, those in bank.index.entries.items()
    }
    return documents, FacetIndex(entries), language.analyser(bank.catalogue.vocabularies, bank.catalogue.words)


def _some(terms: list[str], random: Random) -> tuple[str, ...]:
    count = random.choice((1, 1, 2))
    return tuple(sorted({terms[int(len(terms) * random.random() ** 2)] for _ in range(count)}))
