"""Run the project's own two readers of one analysis, Whoosh and the browser's client, on any documents."""

from __future__ import annotations

from typing import TYPE_CHECKING

import node
from metrics import DEPTH

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from pathlib import Path

    from questions import Document

    from kunskapsbank.search.analysis import Analyser
    from kunskapsbank.search.documents import Document as Searched

CLIENT = node.HERE.parents[1] / "plugins/kunskapsbank_mkdocs/theme/assets/kunskapsbank/js/search/client.js"


def searched(document: Document) -> Searched:
    """Return a bare document as the search sees one: a title and a body, filed under nothing."""
    from kunskapsbank.search.documents import Document as Searched

    return Searched(
        id=document.id,
        url=f"{document.id}/",
        title=document.title,
        kind="",
        years=(),
        owners=(),
        example=False,
        summary="",
        headings="",
        body=document.text,
        names="",
        facets={},
        facet_names={},
    )


def all_searched(documents: Iterable[Document]) -> list[Searched]:
    """Return bare documents as the search sees them."""
    return [searched(document) for document in documents]


def analyser() -> Analyser:
    """Return the analyser of a bank without vocabularies: the lexicon, and no synonyms."""
    from kunskapsbank.search import language

    return language.analyser({})


class _OfBank:
    """An engine of ours: what its documents are analysed with, and how they are filled."""

    def __init__(
        self,
        analyser: Callable[[], Analyser] = analyser,
        searched: Callable[[Sequence[Document]], Sequence[Searched]] = all_searched,
    ) -> None:
        """Use the words of a bank, and its way to fill the fields: without them, bare documents."""
        self._analyser = analyser
        self._searched = searched


class Whoosh(_OfBank):
    """The command line's side: the Whoosh index, asked as `kunskapsbank search` does."""

    name = "kunskapsbank (Whoosh)"

    def build(self, documents: Sequence[Document], folder: Path) -> None:
        """Analyse the documents and write the index."""
        from kunskapsbank.search import language
        from kunskapsbank.search.index import Index

        self._documents = self._searched(documents)
        self._index = Index(folder / "index", self._analyser(), language.known_words())
        self._index.update(self._documents)

    def search(self, queries: Sequence[str]) -> list[list[str]]:
        """Put the queries to the open index, one after another."""
        from kunskapsbank.search.numbering import numbered
        from kunskapsbank.search.ranking import rank

        numbers = {document.id: number for number, document in numbered(self._documents).items()}
        ids = {number: document for document, number in numbers.items()}
        rankings = []
        with self._index.reader(self._documents) as reader:
            for query in queries:
                concepts = reader.question(query)
                terms = dict.fromkeys(term.text for concept in concepts for term in concept.terms)
                hits = rank(concepts, reader.postings(terms, numbers), len(numbers))
                rankings.append([ids[hit.document] for hit in hits[:DEPTH]])
        return rankings


class Client(_OfBank):
    """The site's side: the exported shards, asked by the browser's client under Node.js."""

    name = "kunskapsbank (browser client)"

    def build(self, documents: Sequence[Document], folder: Path) -> None:
        """Analyse the documents and write the shards."""
        from kunskapsbank.search import export, language
        from kunskapsbank.search.numbering import numbered

        searched = self._searched(documents)
        self._ids = {number: document.id for number, document in numbered(searched).items()}
        self._folder = folder
        export.write(folder, searched, None, self._analyser(), language.known_words())

    def search(self, queries: Sequence[str]) -> list[list[str]]:
        """Ask in one run of Node.js, which reads the shards off the disk."""
        rankings = node.ask("client.mjs", queries, client=CLIENT.as_uri(), index=str(self._folder))
        return [[self._ids[int(number)] for number in ranking] for ranking in rankings]
