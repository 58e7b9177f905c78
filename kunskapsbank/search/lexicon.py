"""A weighted word list → the parts that Swedish compounds are made of.

A part is something that stands first in compounds ("kvinno", "arbets"), or last in them ("förvaltningen",
known by its stem), with a cost: ten times the negative logarithm of how large a share of all compounds it
begins or ends. So "arbets" costs 24 and a rare part 50, and the best division of a word is the cheapest.
Function words, endings and suffixes are no parts at all.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from kunskapsbank.swedish.stem import stem
from kunskapsbank.swedish.words import unaccented

if TYPE_CHECKING:
    from collections.abc import Container, Mapping, Sequence
    from pathlib import Path

BEGINNING = 3
"""So many letters of a word tell how long the forms are that it may begin with."""


@dataclass(frozen=True, slots=True)
class First:
    """A form that begins compounds: what it costs, and the stem of the word that it is a form of."""

    cost: int
    stem: str


@dataclass(frozen=True, slots=True)
class Last:
    """A stem that ends compounds: what it costs, and the stem itself as it stands in the index."""

    cost: int
    stem: str


@dataclass(frozen=True)
class Lexicon:
    """The parts of compounds.

    `first` is keyed by form, `last` by the stem of what is written. `short` are the forms of four letters or
    fewer that may be last, `never` the forms that may not although their stem may; `whole` are the stems of
    words that are not divided.
    """

    first: Mapping[str, First] = field(default_factory=dict)
    last: Mapping[str, Last] = field(default_factory=dict)
    short: frozenset[str] = frozenset()
    never: frozenset[str] = frozenset()
    whole: frozenset[str] = frozenset()

    @cached_property
    def sizes(self) -> Mapping[str, Sequence[int]]:
        """How long the forms are that begin compounds, by their first `BEGINNING` letters, or all of a shorter one."""
        found: dict[str, set[int]] = defaultdict(set)
        for form in self.first:
            found[form[:BEGINNING]].add(len(form))
        return {beginning: sorted(sizes) for beginning, sizes in found.items()}

    @property
    def stems(self) -> set[str]:
        """The stems of all parts, and of all forms that are told of."""
        firsts = {part.stem for part in self.first.values()}
        lasts = {part.stem for part in self.last.values()}
        return firsts | lasts | {stem(form) for form in (*self.short, *self.never)}

    def ending(self, form: str) -> Last | None:
        """Return `form` as the last part of a compound; None where it is none."""
        if form in self.never or (len(form) <= 4 and form not in self.short):
            return None
        # Without its dots "stöd" looks like a form of "stå".
        return self.last.get(stem(form)) or self.last.get(form)

    def within(self, stems: Container[str]) -> Lexicon:
        """Return the parts whose stems are among `stems`, those of an index: all that a question needs."""
        return Lexicon(
            {form: part for form, part in self.first.items() if part.stem in stems},
            {key: part for key, part in self.last.items() if part.stem in stems},
            frozenset(form for form in self.short if stem(form) in stems),
            frozenset(form for form in self.never if stem(form) in stems),
            self.whole,
        )

    def unaccented(self) -> Lexicon:
        """Return the lexicon for words typed without å, ä and ö: plain forms of the same stems."""
        first: dict[str, First] = {}
        for form, part in sorted(self.first.items(), key=lambda item: (item[1].cost, item[0])):
            first.setdefault(unaccented(form), part)
        last: dict[str, Last] = {}
        for key, end in sorted(self.last.items(), key=lambda item: (item[1].cost, item[0])):
            last.setdefault(unaccented(key), end)
        plain = (frozenset(map(unaccented, forms)) for forms in (self.short, self.never - self.short, self.whole))
        return Lexicon(first, last, *plain)


def load(path: Path) -> Lexicon:
    """Read a lexicon as `make_lexicon.py` writes it: sections in brackets, an entry a line, # for remarks."""
    first: dict[str, First] = {}
    last: dict[str, Last] = {}
    others: dict[str, set[str]] = {"short": set(), "never": set(), "whole": set()}
    section = ""
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.startswith("["):
            section = line.strip("[]")
        elif line and not line.startswith("#"):
            form, *rest = line.split()
            if section == "first":
                first[form] = First(int(rest[0]), rest[1] if len(rest) > 1 else stem(form))
            elif section == "last":
                last[form] = Last(int(rest[0]), form)
            else:
                others[section].add(form)
    return Lexicon(first, last, *(frozenset(others[name]) for name in ("short", "never", "whole")))
