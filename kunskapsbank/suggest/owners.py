"""Statements + the administrations' names → those that a report is about, as they were called in its year."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kunskapsbank.reading import schema
from kunskapsbank.suggest.evidence import Suggestion, Tally
from kunskapsbank.swedish.letters import ENDS, LETTER_OR_DIGIT
from kunskapsbank.swedish.text import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from kunskapsbank.model.vocabulary import Term, Vocabulary
    from kunskapsbank.suggest.statements import Statement

# So many can be looked through; and what one must count, in per cent of the one named most: neighbours are named too.
_MOST, _SHARE = 4, 50
# All reports name the administrations for the whole city.
_LEAST_CITYWIDE = 12


def owners(said: Sequence[Statement], year: int | None, terms: Vocabulary) -> Iterator[Suggestion]:
    """Yield the administrations named most, by the name of the year."""
    names = [(fold(name), term.label) for term in terms for name in (term.label, *term.synonyms)]
    names.sort(key=lambda item: -len(item[0]))
    tally = Tally()
    for statement in said:
        for label in _named(statement.lower, names):
            tally.add(label, statement.weight, statement)
    by_label = {term.label: term for term in terms}
    labels = tally.best_first()[:_MOST]
    settled: dict[str, str] = {}
    for label in labels:
        if not by_label[label].is_district and tally.scores[label] < _LEAST_CITYWIDE:
            continue
        owner = _in_use(by_label[label], year, terms)
        if owner and tally.scores[label] * 100 >= tally.scores[labels[0]] * _SHARE:
            settled.setdefault(owner.label, tally.passages[label])
    yield from (Suggestion(schema.key_of("owners"), label, passage) for label, passage in settled.items())


def _named(text: str, names: Iterable[tuple[str, str]]) -> list[str]:
    """Return the owners that a statement names, also in the genitive; of names inside one another, the longest."""
    found = []
    for name, label in names:
        if name in text:
            itself = re.compile(rf"(?<!{LETTER_OR_DIGIT})(?<!-){re.escape(name)}(?::?s)?{ENDS}")
            if itself.search(text):
                found.append(label)
                text = itself.sub(" ", text)
    return found


def _in_use(owner: Term, year: int | None, terms: Vocabulary) -> Term | None:
    """Return what the owner was called in the year; None where that is one of several."""
    if year is None or owner.valid_in(year):
        return owner
    others = [other for other in (*terms.predecessors(owner), *terms.successors(owner)) if other.valid_in(year)]
    return others[0] if len(others) == 1 else None
