"""Score rankings against the documents known to be right: two lists in, five numbers out."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from math import fsum, log2

DEPTH = 10


@dataclass(frozen=True, slots=True)
class Scores:
    """Means over all questions of a set, between 0 and 1; `no_hit` alone is best at 0."""

    ndcg: float
    mrr: float
    recall: float
    success: float
    no_hit: float


def score(rankings: Sequence[Sequence[str]], relevant: Sequence[Collection[str]]) -> Scores:
    """Return the means for rankings, best first, of questions whose right documents are `relevant`."""
    pairs = [(_distinct(ranking), right) for ranking, right in zip(rankings, relevant, strict=True)]
    if not pairs:
        raise ValueError("there is no question to score")
    return Scores(
        ndcg=_mean([ndcg(*pair) for pair in pairs]),
        mrr=_mean([reciprocal_rank(*pair) for pair in pairs]),
        recall=_mean([recall(*pair) for pair in pairs]),
        success=_mean([success(*pair) for pair in pairs]),
        no_hit=_mean([not ranking for ranking in rankings]),
    )


def ndcg(ranking: Sequence[str], relevant: Collection[str], depth: int = DEPTH) -> float:
    """Return the discounted gain, a right document counting one, as a share of the best possible."""
    gain = fsum(_discount(rank) for rank in _hits(ranking, relevant, depth))
    return gain / fsum(_discount(rank) for rank in range(1, min(len(relevant), depth) + 1))


def reciprocal_rank(ranking: Sequence[str], relevant: Collection[str], depth: int = DEPTH) -> float:
    """Return one over the rank of the first right document, 0 if it is not among the first `depth`."""
    return next((1 / rank for rank in _hits(ranking, relevant, depth)), 0.0)


def recall(ranking: Sequence[str], relevant: Collection[str], depth: int = DEPTH) -> float:
    """Return the share of the right documents that is found, of as many as there is room for."""
    return len(_hits(ranking, relevant, depth)) / min(len(relevant), depth)


def success(ranking: Sequence[str], relevant: Collection[str], depth: int = 1) -> float:
    """Return 1 if a right document is among the first `depth`, else 0."""
    return float(bool(_hits(ranking, relevant, depth)))


def _hits(ranking: Sequence[str], relevant: Collection[str], depth: int) -> list[int]:
    """Return the ranks, from 1, at which right documents stand."""
    return [rank for rank, document in enumerate(ranking[:depth], start=1) if document in relevant]


def _discount(rank: int) -> float:
    return 1 / log2(rank + 1)


def _distinct(ranking: Sequence[str]) -> list[str]:
    """Drop repeats: an engine that lists two passages of one document has found it once."""
    return list(dict.fromkeys(ranking))


def _mean(values: Sequence[float]) -> float:
    return fsum(values) / len(values)
