"""Hits → those of one project together, where the best of them stands. The browser's client does the same."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kunskapsbank.search.query import Hit

EQUALS = 0.9
"""Hits whose scores are at least this share of the best one's answer as well: one with results stands first."""


def gathered(hits: Sequence[Hit], *, is_ranked: bool = True) -> list[tuple[Hit, ...]]:
    """Return the hits in groups, the best first: those of one project, and each that stands alone for itself.

    In a group the best is first, or one that answers as well and tells of results; the others keep their order.
    Where the hits are not ranked but in an order of time (`is_ranked`), it is the first.
    """
    groups: dict[str, list[Hit]] = {}
    for hit in hits:
        groups.setdefault(hit.document.project or f"/{hit.document.id}", []).append(hit)
    return [_results_first(group) if is_ranked else tuple(group) for group in groups.values()]


def _results_first(group: Sequence[Hit]) -> tuple[Hit, ...]:
    as_good = (hit for hit in group if hit.document.result and hit.score >= group[0].score * EQUALS)
    first = next(as_good, group[0])
    return (first, *(hit for hit in group if hit is not first))
