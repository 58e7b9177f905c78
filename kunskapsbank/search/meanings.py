"""What words mean to each other: groups of phrases that mean the same, and which group is narrower than which.

Every group is a term of its own. A text that has a phrase of a group has the group's term, and at lower weight those of
the groups that are broader; so who asks for "narkotika" also finds what is said of heroin, after what is said of
narcotics. A question for a word that no text has is asked of the broader groups instead.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from kunskapsbank.swedish.pieces import pieces

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

GROUP_MARK = "="
FURTHEST = 3
"""How many steps up a broader group is followed."""

Phrase = tuple[str, ...]


@dataclass(frozen=True)
class Meanings:
    """Groups of phrases, each known by its term.

    `phrases` has, per stem that begins a phrase, the phrases as stems, longest first, with the term of their group.
    `broader` has the terms of the groups that are broader, nearest first, with how many steps away; `names` how a group
    is called, and `themes` the id of the nearest theme. `words` are the phrases of one word, as they are written.
    """

    phrases: Mapping[str, tuple[tuple[Phrase, str], ...]] = field(default_factory=dict)
    broader: Mapping[str, tuple[tuple[str, int], ...]] = field(default_factory=dict)
    names: Mapping[str, str] = field(default_factory=dict)
    themes: Mapping[str, str] = field(default_factory=dict)
    words: frozenset[str] = frozenset()

    def at(self, stems: Sequence[str], place: int) -> Iterator[tuple[int, str]]:
        """Yield the length and the group of every phrase that begins at `place`, the longest first."""
        for phrase, group in self.phrases.get(stems[place], ()):
            if tuple(stems[place : place + len(phrase)]) == phrase:
                yield len(phrase), group

    @cached_property
    def _by_group(self) -> dict[str, list[Phrase]]:
        found: dict[str, list[Phrase]] = defaultdict(list)
        for phrases in self.phrases.values():
            for phrase, group in phrases:
                found[group].append(phrase)
        return {group: sorted(phrases) for group, phrases in found.items()}

    def of_group(self, group: str) -> Sequence[Phrase]:
        """Return the phrases of a group, sorted; the first gives it its term."""
        return self._by_group[group]

    def of_word(self, stem: str) -> str | None:
        """Return the group that the word alone is a phrase of."""
        return next((group for phrase, group in self.phrases.get(stem, ()) if phrase == (stem,)), None)


def meanings(
    same: Iterable[Sequence[str]],
    narrower: Iterable[tuple[str, str]] = (),
    themes: Mapping[str, str] | None = None,
) -> Meanings:
    """Return the meanings of phrases.

    `same` are groups such as ("MI", "motiverande samtal"), drawn together where they share a phrase; the first name of
    the first group is what a group is called. `narrower` are pairs of a phrase and a broader one; `themes` maps the
    name of a theme to its id.
    """
    narrower, themes = tuple(narrower), themes or {}
    groups = _Groups()
    for phrases in (*same, *((phrase,) for pair in narrower for phrase in pair), *((name,) for name in themes)):
        groups.add(phrases)
    terms = {key: GROUP_MARK + "_".join(min(members)) for key, members in groups.members().items()}
    term_of = {phrase: terms[groups.first(phrase)] for phrase in groups.names}
    found: dict[str, set[tuple[Phrase, str]]] = defaultdict(set)
    for phrase, term in term_of.items():
        found[phrase[0]].add((phrase, term))
    up: dict[str, dict[str, None]] = defaultdict(dict)
    for below, above in narrower:
        if (low := term_of.get(_stems(below))) and (high := term_of.get(_stems(above))) and low != high:
            up[low][high] = None
    names = {terms[groups.first(phrase)]: name for phrase, name in reversed(groups.names.items())}
    broader = {term: tuple(_above(term, up)) for term in sorted(up)}
    named = {term_of[_stems(name)]: theme for name, theme in themes.items() if _stems(name)}
    return Meanings(
        {key: tuple(sorted(found[key], key=lambda item: (-len(item[0]), item))) for key in sorted(found)},
        broader,
        {term: names[term] for term in sorted(names)},
        {term: theme for term in sorted(names) if (theme := _nearest_theme(term, broader, named))},
        frozenset(groups.words),
    )


def _stems(phrase: str) -> Phrase:
    return tuple(piece.stem for piece in pieces(phrase))


def _above(term: str, up: Mapping[str, Iterable[str]]) -> Iterator[tuple[str, int]]:
    """Yield the broader groups of a group, step by step, each once."""
    passed, level = {term}, [term]
    for steps in range(1, FURTHEST + 1):
        level = [high for low in level for high in up.get(low, ()) if high not in passed]
        for high in dict.fromkeys(level):
            yield high, steps
        passed.update(level)


def _nearest_theme(term: str, broader: Mapping[str, Sequence[tuple[str, int]]], named: Mapping[str, str]) -> str | None:
    return next((named[near] for near in (term, *(high for high, _ in broader.get(term, ()))) if near in named), None)


class _Groups:
    """Phrases drawn together; a phrase of no word that says something is left out."""

    def __init__(self) -> None:
        self.names: dict[Phrase, str] = {}
        self.words: set[str] = set()
        self._joined: dict[Phrase, Phrase] = {}

    def add(self, phrases: Sequence[str]) -> None:
        found = []
        for name in phrases:
            said = pieces(name)
            if len(said) == 1:
                self.words.add(said[0].text)
            if phrase := tuple(piece.stem for piece in said):
                self.names.setdefault(phrase, name)
                self._joined.setdefault(phrase, phrase)
                found.append(self.first(phrase))
        for other in found[1:]:
            self._joined[self.first(other)] = self.first(found[0])

    def first(self, phrase: Phrase) -> Phrase:
        """Return the phrase that stands for the group."""
        while (other := self._joined[phrase]) != phrase:
            phrase = other
        return phrase

    def members(self) -> dict[Phrase, list[Phrase]]:
        found: dict[Phrase, list[Phrase]] = defaultdict(list)
        for phrase in self._joined:
            found[self.first(phrase)].append(phrase)
        return found
