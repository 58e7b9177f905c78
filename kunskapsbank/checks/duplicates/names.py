"""The names of records, as what of them tells → which names may be one, written otherwise.

Nothing here compares all with all, so that the time grows with the bank and not with its square.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from kunskapsbank.model import vocabulary
from kunskapsbank.model.kinds import Kind
from kunskapsbank.swedish.stem import stem
from kunskapsbank.swedish.stopwords import STOP_WORDS
from kunskapsbank.swedish.text import fold
from kunskapsbank.swedish.words import words

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping

    from kunskapsbank.model.known import Known
    from kunskapsbank.model.record import Record
    from kunskapsbank.model.snapshot import Snapshot

# One slip of the keys in so many letters and two at most, but none in a name too short to be told from another.
_LETTERS_A_SLIP = 8
_MOST_SLIPS = 2
_SHORT_NAME = 5
# A swap of two letters changes four runs of three; any other slip fewer.
_RUNS_A_SLIP = 4
_YEAR = re.compile("(?:19|20)[0-9]{2}")
# A name of one word can be the whole of a longer one only if it is not a common short word.
_TELLING_WORD = 6


@dataclass(frozen=True)
class Name:
    """A title or alias, as `words` of it that tell: without the kind of document, its year and "exempel"."""

    text: str
    words: tuple[str, ...]

    @cached_property
    def joined(self) -> str:
        """The words as one text, to compare letter by letter."""
        return " ".join(self.words)

    @cached_property
    def stems(self) -> frozenset[str]:
        """The stems of the words, without those that say nothing where there are others."""
        telling = [word for word in self.words if word not in STOP_WORDS]
        return frozenset(map(stem, telling or self.words))

    @cached_property
    def numbers(self) -> frozenset[str]:
        """The words that are numbers: "Steg 1" and "Steg 2" differ in more than a letter."""
        return frozenset(word for word in self.words if word.isdecimal())

    @cached_property
    def letters(self) -> frozenset[str]:
        """Every three characters that stand in a row."""
        padded = f" {self.joined} "
        return frozenset(map("".join, zip(padded, padded[1:], padded[2:], strict=False)))

    @cached_property
    def longest(self) -> str:
        """The longest of the stems: the one that the fewest other names have, as a rule."""
        return max(self.stems, key=lambda one: (len(one), one))

    def may_be(self, other: Name) -> bool:
        """Tell whether another name has a stem of this one, or can be another writing of it by its length."""
        return abs(len(self.joined) - len(other.joined)) <= _MOST_SLIPS or not self.stems.isdisjoint(other.stems)

    @property
    def slips(self) -> int:
        """How many slips of the keys another writing of the name may have."""
        size = len(self.joined)
        return min(_MOST_SLIPS, max(1, size // _LETTERS_A_SLIP)) if size >= _SHORT_NAME else 0


def unnamed(bank: Snapshot) -> frozenset[str]:
    """Return the words of a title that only say what kind of document it is."""
    kinds = bank.vocabularies[vocabulary.KINDS]
    labels = [name for kind in kinds for name in kind.names]
    return frozenset({"exempel", "projektet", "rapport", *(word.text for label in labels for word in words(label))})


class Names:
    """The names of the bank's records, each read once, and the tables to look them up in."""

    def __init__(self, bank: Snapshot) -> None:
        """Take the bank by whose vocabularies names are read."""
        self._unnamed = unnamed(bank)
        self._read: dict[str, Name] = {}

    def read(self, text: str) -> Name:
        """Return a title or alias as a name."""
        if text not in self._read:
            found = [word.text for word in words(text)]
            telling = [word for word in found if word not in self._unnamed and not _YEAR.fullmatch(word)]
            self._read[text] = Name(text, tuple(telling or found or [fold(text)]))
        return self._read[text]

    def take(self, kept: Mapping[str, tuple[tuple[str, ...], frozenset[str]]]) -> None:
        """Take names that were read before, with their stems, which take longest."""
        for text, (said, stems) in kept.items():
            name = self._read[text] = Name(text, said)
            vars(name)["stems"] = stems

    def of(self, record: Record) -> list[Name]:
        """Return the names of a record, its title first: only a project is looked up by its aliases."""
        aliases = record.aliases if record.kind is Kind.PROJECT else ()
        return [self.read(text) for text in (record.title, *aliases)]

    def with_letters(self, known: Known) -> Iterator[Hashable]:
        """Yield every run of letters of a file's names, with its kind."""
        return self._keys(known, lambda name: name.letters)

    def with_stem(self, known: Known) -> Iterator[Hashable]:
        """Yield every stem of a file's names, with its kind."""
        return self._keys(known, lambda name: name.stems)

    def with_longest(self, known: Known) -> Iterator[Hashable]:
        """Yield the longest stem of each of a file's names, with its kind."""
        return self._keys(known, lambda name: {name.longest})

    def _keys(self, known: Known, of: Callable[[Name], Iterable[str]]) -> Iterator[Hashable]:
        record = known.record
        if record:
            yield from {(record.kind, key) for name in self.of(record) for key in of(name)}

    def near(self, kind: Kind, name: Name, bank: Snapshot) -> set[Known]:
        """Return the files of a kind that may have a name near this one, without comparing it with each.

        Names within `slips` of each other share one of the name's rarest runs of letters, as the slips cannot have
        changed them all. Of names of which one holds the other, or that have the same stems, the longer has the longest
        stem of the shorter.
        """
        rarest = sorted(name.letters, key=lambda run: (bank.count(self.with_letters, (kind, run)), run))
        letters = rarest[: _RUNS_A_SLIP * name.slips + 1]
        return {
            *(known for run in letters for known in bank.having(self.with_letters, (kind, run))),
            *bank.having(self.with_stem, (kind, name.longest)),
            *(known for stem in name.stems for known in bank.having(self.with_longest, (kind, stem))),
        }

    def met(self, kind: Kind, name: Name, bank: Snapshot) -> set[Known]:
        """Return the same, of the whole bank looked at once; it may be more, too.

        Names that are near have a stem in common, or are as long but for slips.
        """
        return {
            known
            for known in bank
            if known.record and known.record.kind is kind and any(map(name.may_be, self.of(known.record)))
        }


def to_json(bank: Snapshot) -> str:
    """Return the names of a bank's records, taken apart, as JSON, for `with_names`."""
    names = bank.once(Names)
    found = {name.text: [name.words, sorted(name.stems)] for record in _records(bank) for name in names.of(record)}
    return json.dumps(found, ensure_ascii=False, separators=(",", ":"))


def with_names(bank: Snapshot, written: str) -> Snapshot:
    """Return the bank, which need not take apart the names that `to_json` wrote of one with these vocabularies.

    Raises ValueError or TypeError for what that cannot have written.
    """
    bank.once(Names).take(
        {text: (tuple(said), frozenset(stems)) for text, (said, stems) in json.loads(written).items()}
    )
    return bank


def _records(bank: Snapshot) -> Iterator[Record]:
    return (known.record for known in bank if known.record)


def is_near(name: Name, other: Name, same_owner: bool) -> bool:
    """Tell whether two names may be one, written otherwise; one within the other only counts for the same owner."""
    if name.numbers != other.numbers:
        return False
    if name.stems == other.stems:
        return True
    shorter, longer = sorted((name, other), key=lambda one: len(one.stems))
    if same_owner and shorter.stems < longer.stems:
        return len(shorter.stems) > 1 or any(len(word) >= _TELLING_WORD for word in shorter.words)
    slips = min(name.slips, other.slips)
    if len(name.letters & other.letters) < max(len(name.letters), len(other.letters)) - _RUNS_A_SLIP * slips:
        return False
    return slips > 0 and slips_between(name.joined, other.joined, slips) <= slips


def slips_between(one: str, other: str, most: int) -> int:
    """Return how many slips of the keys make one name of the other, or `most` + 1 when there are more.

    A letter put in, left out, changed, or swapped with the next is one slip: the
    optimal string alignment distance (Damerau 1964, as Wagner and Fischer compute it).
    """
    if abs(len(one) - len(other)) > most:
        return most + 1
    before: list[int] = []
    last = list(range(len(other) + 1))
    for row, letter in enumerate(one, 1):
        current = [row]
        for column, other_letter in enumerate(other, 1):
            cost = min(last[column] + 1, current[-1] + 1, last[column - 1] + (letter != other_letter))
            if row > 1 and column > 1 and letter == other[column - 2] and one[row - 2] == other_letter:
                cost = min(cost, before[column - 2] + 1)
            current.append(cost)
        if min(current) > most:
            return most + 1
        before, last = last, current
    return min(last[-1], most + 1)
