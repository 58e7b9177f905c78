"""The plainest engine that knows Swedish, as a yardstick: BM25 over Snowball stems, no fields, no compounds."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from math import log
from pathlib import Path
from re import findall

from metrics import DEPTH
from questions import STOP_WORDS, Document


class Bm25Stems:
    """Shows what compound splitting and weights add, and what an engine looks like."""

    name = "BM25 over stems"
    saturation = 1.2  # k1
    length_weight = 0.75  # b

    def __init__(self) -> None:
        """Import the stemmer here: who runs other engines need not have it."""
        from snowballstemmer import stemmer

        self._stem = stemmer("swedish").stemWord

    def build(self, documents: Sequence[Document], folder: Path) -> None:
        """Count the stems of each document, in memory."""
        self._ids = [document.id for document in documents]
        counts = [Counter(self._terms(f"{document.title} {document.text}")) for document in documents]
        lengths = [count.total() for count in counts]
        mean = sum(lengths) / len(lengths) or 1
        # term -> (document's number, times it occurs, measured against the document's length)
        self._postings: dict[str, list[tuple[int, float]]] = defaultdict(list)
        for number, (count, length) in enumerate(zip(counts, lengths, strict=True)):
            norm = self.saturation * (1 - self.length_weight + self.length_weight * length / mean)
            for term, times in count.items():
                self._postings[term].append((number, times * (self.saturation + 1) / (times + norm)))

    def search(self, queries: Sequence[str]) -> list[list[str]]:
        """Return the best documents for each query; equal scores keep the order of the documents."""
        return [self._best(query) for query in queries]

    def _best(self, query: str) -> list[str]:
        scores: dict[int, float] = defaultdict(float)
        for term in sorted(set(self._terms(query))):
            postings = self._postings.get(term, [])
            rarity = log(1 + (len(self._ids) - len(postings) + 0.5) / (len(postings) + 0.5))
            for number, weight in postings:
                scores[number] += rarity * weight
        best = sorted(scores, key=lambda number: (-scores[number], number))[:DEPTH]
        return [self._ids[number] for number in best]

    def _terms(self, text: str) -> list[str]:
        return [self._stem(word) for word in findall(r"\w+", text.casefold()) if word not in STOP_WORDS]
