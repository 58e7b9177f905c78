"""Statements + a vocabulary → the terms that are mentioned, however inflected."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kunskapsbank.suggest.evidence import Tally
from kunskapsbank.suggest.statements import Statement, known_by
from kunskapsbank.swedish.letters import LETTER
from kunskapsbank.swedish.stem import root, stem

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kunskapsbank.model.vocabulary import Term, Vocabulary

# How much of a name must be there, in per cent of what its words weigh.
_ENOUGH = 60
# What a word counts that only shares its root with the name's, or is a part of a compound, in per cent.
_SAME, _AKIN = 100, 70
_SHORTEST_PART = 6

# Words that stand in most reports: as parts of a name they say little. In stems.
_COMMON = frozenset(stem(word) for word in "person socialtjänst stöd boende insats verksamhet arbete lång".split())
_COMMON_WEIGHT, _WEIGHT = 12, 60
# What may follow "samlar" where it means one who collects, not the verb.
_AGENT = ("e", "en", "es", "ens", "na", "nas")
_HALVES = re.compile(rf"({LETTER}+) och ({LETTER}+)")

_Name = tuple[tuple[str, int], ...]
"""The words of a name in stems, each with what it weighs; "" is a word that is never there."""


@dataclass(frozen=True, slots=True)
class Mention:
    """A term that a text mentions: how much in all, and the passage that does so most."""

    label: str
    score: int
    passage: str


def mentioned(said: Sequence[Statement], terms: Vocabulary) -> list[Mention]:
    """Return the terms that the statements mention, most first, in the order of the vocabulary where they tie.

    A whole mention in running text scores 400: a hundred per cent of what its place counts.
    """
    tally = Tally()
    for term, names in _names(terms):
        for statement in said:
            if strength := _strength(statement, term, names):
                tally.add(term.label, statement.weight * strength, statement)
    return [Mention(label, tally.scores[label], tally.passages[label]) for label in tally.best_first()]


def _names(terms: Vocabulary) -> Iterator[tuple[Term, list[_Name]]]:
    """Yield each term with the names that it is recognised by.

    A word that several terms share weighs less in their names. The halves of "missbruk och beroende" are names too, but
    weaker ones: the rest of their weight is that of no word at all.
    """
    stems = {term.id: [known for name in term.names if (known := _stems(name, term))] for term in terms}
    shared = Counter(word for own in stems.values() for word in {word for name in own for word in name})
    for term in terms:
        names = [
            tuple((word, (_COMMON_WEIGHT if word in _COMMON else _WEIGHT) // shared[word]) for word in name)
            for name in stems[term.id]
        ]
        halves = _HALVES.fullmatch(term.label)
        names += [((_name_part(half), _ENOUGH), ("", 100 - _ENOUGH)) for half in (halves.groups() if halves else ())]
        yield term, names


def _stems(name: str, term: Term) -> list[str]:
    if name in term.abbreviations:
        return []
    return list(dict.fromkeys(_name_part(form) for form in Statement(name).forms))


def _name_part(form: str) -> str:
    """Return what a word of a name is known by: its stem; for one in -are its beginning, as "samlade" has its stem."""
    return f"{form[:-1]}-" if form.endswith("are") else known_by(form)


def _strength(statement: Statement, term: Term, names: Sequence[_Name]) -> int:
    """Return how surely the statement names the term, in per cent; 0 where too little of its name is there."""
    if not statement.written.isdisjoint(term.abbreviations):
        return 100
    best = 0
    for name in names:
        total = sum(weight for _, weight in name)
        there = sum(weight * _likeness(statement, word, len(name) > 1) for word, weight in name)
        best = max(best, there // total)
    return best if best >= _ENOUGH else 0


def _likeness(statement: Statement, wanted: str, among_others: bool) -> int:
    """Return how surely a word of a name is said, in per cent; a word alone needs more than its root."""
    if wanted in statement.stems:
        return _SAME
    beginning = wanted.removesuffix("-")
    if beginning != wanted and any(f"{beginning}{ending}" in statement.forms for ending in _AGENT):
        return _SAME
    if among_others and root(wanted) in statement.roots:
        return _AKIN
    return _AKIN if any(_is_part(form, beginning) for form in statement.forms) else 0


def _is_part(form: str, wanted: str) -> bool:
    """Tell whether a word is a compound with `wanted` at its beginning or end."""
    return len(wanted) >= _SHORTEST_PART and form != wanted and (form.startswith(wanted) or form.endswith(wanted))
