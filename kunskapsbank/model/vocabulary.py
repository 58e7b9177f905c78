"""The terms of a vocabulary: ids, names, synonyms, scope notes, and what a district was before and became."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from kunskapsbank.model.kinds import Kind
from kunskapsbank.swedish.letters import LETTER_OR_DIGIT
from kunskapsbank.swedish.text import fold, nearest

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

FOLDER = "vokabular"

# A name has no more words than this.
_LONGEST_NAME = 12

OWNERS = "ägare"
AUDIENCES = "målgrupper"
THEMES = "teman"
METHODS = "metoder"
KINDS = "dokumenttyper"
ANALYSIS_STATUSES = "jämställdhetsstatus"
ANALYSIS_METHODS = "jämställdhetsmetoder"
OUTCOMES = "utfall"
FUNDING = "medel"
STATUSES = "projektstatus"
SOURCES = "källor"
EVIDENCE = "belägg"
RESULTS = "resultat"
HOLDINGS = "innehav"
WORDS = "ord"

# The terms that rules in the code speak of, by their ids. Of a document without an analysis: not asked for, not told of
# (a digest can say no more than its source), and missing; an analysis not made yet, and one that is done.
NOT_ASKED_FOR, NOT_TOLD, MISSING, PLANNED = "ej-efterfragad", "framgar-inte-av-kallan", "saknas", "planerad"
DONE = frozenset({"genomford", "genomford-med-atgarder"})
WITHOUT_ANALYSIS = frozenset({NOT_ASKED_FOR, NOT_TOLD, MISSING})
# Of what came of the work the source tells nothing.
UNTOLD_RESULT = "ingen-redovisning"
# Whether a page tells what came of the work.
HAS_RESULTS, NO_RESULTS = "har-resultat", "inga-resultat"
# What the bank holds of a document: the document itself, its own digest of an account of it, or only the knowledge
# that it exists.
ORIGINAL, DIGEST, KNOWN = "original", "sammandrag", "uppgift"
# A project that goes on, and one that never began.
ONGOING, NEVER_STARTED = "pagaende", "aldrig-paborjat"

# Those that a vocabulary cannot be without: a check that looks for another finds nothing where it is not there.
SPOKEN_OF: Mapping[str, frozenset[str]] = {
    KINDS: frozenset(Kind),
    ANALYSIS_STATUSES: frozenset({NOT_ASKED_FOR, NOT_TOLD, MISSING, PLANNED}),
    STATUSES: frozenset({ONGOING}),
    EVIDENCE: frozenset({UNTOLD_RESULT}),
    RESULTS: frozenset({HAS_RESULTS, NO_RESULTS}),
    HOLDINGS: frozenset({ORIGINAL, DIGEST, KNOWN}),
}


@dataclass(frozen=True, slots=True)
class Section:
    """A section that a kind of document should have: its heading, what to write there, and the first year of money for
    which it is asked."""

    heading: str
    help: str = ""
    from_year: int = 0


@dataclass(frozen=True, slots=True)
class Foreign:
    """Words of another language than the bank's: its code (BCP 47) and the words as they stand in texts."""

    language: str
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Term:
    """One term of a vocabulary.

    `id` is permanent ASCII, `position` the place in the file (0-based). `valid_from` and `valid_to` are the first and
    last day of a name that came or went, `successors` the ids of what it became, `map_place` its column and row on the
    map of tiles, from 1; only districts have them. `is_shared` tells of an owner that works for the whole organisation
    and is no district. `is_local` says that the term belongs to this bank alone. `sections` are those of a kind of
    document, `foreign` its words of other languages.
    """

    id: str
    label: str
    synonyms: tuple[str, ...] = ()
    abbreviations: tuple[str, ...] = ()
    scope_note: str = ""
    related: tuple[str, ...] = ()
    valid_from: date | None = None
    valid_to: date | None = None
    successors: tuple[str, ...] = ()
    is_shared: bool = False
    is_local: bool = False
    map_place: tuple[int, int] | None = None
    sections: tuple[Section, ...] = ()
    foreign: tuple[Foreign, ...] = ()
    position: int = 0

    @property
    def names(self) -> tuple[str, ...]:
        """Every name a reader or an editor may use for the term, the label first."""
        return (self.label, *self.synonyms, *self.abbreviations)

    @property
    def is_district(self) -> bool:
        """Tell whether an owner is one of those that the organisation is divided into."""
        return not self.is_shared

    def valid_in(self, year: int) -> bool:
        """Tell whether the name was in use on any day of `year`."""
        begins = self.valid_from.year if self.valid_from else year
        ends = self.valid_to.year if self.valid_to else year
        return begins <= year <= ends

    def valid_on(self, day: date) -> bool:
        """Tell whether the name was in use on a day."""
        return (self.valid_from or day) <= day <= (self.valid_to or day)

    def is_used_with(self, other: Term) -> bool:
        """Tell whether there is a day on which both names were in use."""
        first, second = sorted((self, other), key=lambda term: term.valid_from or date.min)
        return second.valid_from is None or first.valid_to is None or second.valid_from <= first.valid_to


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The terms of one file in its order. `broken` says that the file had problems: terms may be missing.

    `shown` is the id of the term that hints show as an example, "" for the first that is in use.
    """

    name: str
    note: str = ""
    terms: tuple[Term, ...] = ()
    broken: bool = False
    shown: str = ""
    _by_name: dict[str, Term] = field(init=False, repr=False, compare=False, default_factory=dict)
    _by_words: dict[str, Term] = field(init=False, repr=False, compare=False, default_factory=dict)
    _order: dict[str, int] = field(init=False, repr=False, compare=False, default_factory=dict)
    _became: dict[str, list[Term]] = field(init=False, repr=False, compare=False, default_factory=dict)

    def __post_init__(self) -> None:
        """Make the look-up tables: of every id and name, and of what became what."""
        for place, term in enumerate(self.terms):
            self._order[term.id] = place
            for name in (term.id, *term.names):
                self._by_name.setdefault(fold(name), term)
            for name in term.names:
                self._by_words.setdefault(" ".join(_words(name)), term)
            for successor in term.successors:
                self._became.setdefault(successor, []).append(term)

    def __iter__(self) -> Iterator[Term]:
        """Go through the terms in the order of the file."""
        return iter(self.terms)

    @property
    def file(self) -> str:
        """Where the vocabulary is kept, relative to the content folder."""
        return f"{FOLDER}/{self.name}.yml"

    @property
    def example(self) -> str:
        """The name of a term that can be shown as an example; "" where there is none."""
        in_use = (term for term in self.terms if not term.successors)
        term = self.find(self.shown) if self.shown else next(in_use, None)
        return term.label if term else ""

    def find(self, name: str) -> Term | None:
        """Return the term with this id, label, synonym or abbreviation (case does not matter), or None."""
        return self._by_name.get(fold(name))

    def get(self, term_id: str) -> Term:
        """Return the term with this id; raises KeyError when there is none."""
        found = self._by_name[term_id]
        if found.id != term_id:
            raise KeyError(term_id)
        return found

    def label(self, term_id: str) -> str:
        """Return the label of a term, or the id itself where the file could not be read."""
        term = self._by_name.get(term_id)
        return term.label if term else term_id

    def suggestion(self, name: str) -> str | None:
        """Return the label of the term that was meant with `name`, or None when none is close.

        That is one whose name stands in it as a word, one that it is a word of, or the one most like it.
        """
        within = self.named_in(name)
        if len(within) == 1:
            return within[0].label
        words = _words(name)
        holding = [term for term in self.terms if any(_has(_words(known), words) for known in term.names)]
        if len(holding) == 1:
            return holding[0].label
        close = nearest(name, [known for term in self.terms for known in term.names])
        term = self.find(close) if close else None
        return term.label if term else None

    def named_in(self, text: str) -> list[Term]:
        """Return the terms whose names stand as whole words in a text, in the order of the text; the longest wins."""
        words = _words(text)
        found: list[Term] = []
        place = 0
        while place < len(words):
            ends = range(min(len(words), place + _LONGEST_NAME), place, -1)
            end, term = next(
                ((end, term) for end in ends if (term := self._named(words[place:end]))), (place + 1, None)
            )
            if term and term not in found:
                found.append(term)
            place = end
        return found

    def _named(self, words: list[str]) -> Term | None:
        """Return the term with a name of these words, also where the last has the s of a genitive."""
        text = " ".join(words)
        return self._by_words.get(text) or self._by_words.get(text.removesuffix("s"))

    def predecessors(self, term: Term) -> tuple[Term, ...]:
        """Return the terms that became `term`, in one step or several, in the order of the file."""
        found: dict[str, Term] = {}
        ways = [term.id]
        while ways:
            for other in self._became.get(ways.pop(), ()):
                if other.id not in found:
                    found[other.id] = other
                    ways.append(other.id)
        found.pop(term.id, None)
        return tuple(sorted(found.values(), key=lambda other: self._order[other.id]))

    def successors(self, term: Term) -> tuple[Term, ...]:
        """Return what `term` is called today, the end of the chain of successors; empty for a name still in use."""
        today: dict[str, Term] = {}
        ways = list(term.successors)
        passed: set[str] = set()
        while ways:
            current = self._by_name.get(ways.pop(0))
            # None where the file is broken and the successor one of the terms that could not be read.
            if current is None or current.id in passed:
                continue
            passed.add(current.id)
            ways.extend(current.successors)
            if not current.successors:
                today[current.id] = current
        return tuple(today.values())


def _words(text: str) -> list[str]:
    return re.findall(rf"{LETTER_OR_DIGIT}+", fold(text))


def _has(words: list[str], some: list[str]) -> bool:
    """Tell whether some words stand together among others."""
    return any(words[place : place + len(some)] == some for place in range(len(words) - len(some) + 1))


Vocabularies = dict[str, Vocabulary]
