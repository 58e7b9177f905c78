"""What may be in the bank twice: a project under another name, a document beside its like. Copied texts: by_text.py.

Every remark stands at the newer of the two and names the older. Nothing here compares all with all, so that the time
grows with the bank and not with its square.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from kunskapsbank.checks import telling
from kunskapsbank.checks.check import Check
from kunskapsbank.model import vocabulary
from kunskapsbank.model.kinds import Kind
from kunskapsbank.model.known import arrival
from kunskapsbank.problems import Severity
from kunskapsbank.reading import schema
from kunskapsbank.swedish.phrases import date_text, years_text
from kunskapsbank.swedish.stem import stem
from kunskapsbank.swedish.stopwords import STOP_WORDS
from kunskapsbank.swedish.text import fold
from kunskapsbank.swedish.words import words

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence

    from kunskapsbank.model.document import Document
    from kunskapsbank.model.known import Known
    from kunskapsbank.model.record import Record
    from kunskapsbank.model.snapshot import Snapshot
    from kunskapsbank.model.vocabulary import Term, Vocabulary
    from kunskapsbank.problems import Problem

RULE = "dubblett"

# One slip of the keys in so many letters and two at most, but none in a name too short to be told from another.
_LETTERS_A_SLIP = 8
_MOST_SLIPS = 2
_SHORT_NAME = 5
# A swap of two letters changes four runs of three; any other slip fewer.
_RUNS_A_SLIP = 4
_YEAR = re.compile("(?:19|20)[0-9]{2}")
# A name of one word can be the whole of a longer one only if it is not a common short word.
_TELLING_WORD = 6
# For no more documents than this the bank is gone through for each; tables of all names cost more.
_FEW = 5


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


def _look(documents: Sequence[Document], bank: Snapshot) -> Iterator[Problem]:
    """Yield each project and document that seems to be in the bank already."""
    at_hand = [document for document in documents if document.record]
    way = _Names.met if len(at_hand) <= _FEW else _Names.near
    for document in at_hand:
        assert document.record
        if document.record.kind is Kind.PROJECT:
            yield from _as_project(document, document.record, bank, way)
        else:
            yield from _beside_its_like(document, document.record, bank)
            yield from _as_document(document, document.record, bank, way)


CHECK = Check(frozenset({RULE}), Severity.REMARK, _look)


def unnamed(bank: Snapshot) -> frozenset[str]:
    """Return the words of a title that only say what kind of document it is."""
    kinds = bank.vocabularies[vocabulary.KINDS]
    labels = [name for kind in kinds for name in kind.names]
    return frozenset({"exempel", "projektet", "rapport", *(word.text for label in labels for word in words(label))})


class _Names:
    """The names of the bank's records, each read once, and the tables to look them up in."""

    def __init__(self, bank: Snapshot) -> None:
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


def names_to_json(bank: Snapshot) -> str:
    """Return the names of a bank's records, taken apart, as JSON, for `with_names`."""
    names = bank.once(_Names)
    found = {name.text: [name.words, sorted(name.stems)] for record in _records(bank) for name in names.of(record)}
    return json.dumps(found, ensure_ascii=False, separators=(",", ":"))


def with_names(bank: Snapshot, written: str) -> Snapshot:
    """Return the bank, which need not take apart the names that `names_to_json` wrote of one with these vocabularies.

    Raises ValueError or TypeError for what that cannot have written.
    """
    bank.once(_Names).take(
        {text: (tuple(said), frozenset(stems)) for text, (said, stems) in json.loads(written).items()}
    )
    return bank


def _records(bank: Snapshot) -> Iterator[Record]:
    return (known.record for known in bank if known.record)


_Way = Callable[["_Names", Kind, Name, "Snapshot"], "set[Known]"]


def _as_project(document: Document, record: Record, bank: Snapshot, way: _Way) -> Iterator[Problem]:
    """Yield the older projects that seem to be this one."""
    for other in _older(record, bank, way):
        if names := _alike(record, other, bank):
            yield _of_project(document, (record, other), names)


def _older(record: Record, bank: Snapshot, way: _Way) -> list[Record]:
    """Return the older records of the same kind whose names may be near, by id."""
    names = bank.once(_Names)
    found = {known.file: known.record for name in names.of(record) for known in way(names, record.kind, name, bank)}
    older = [other for other in found.values() if other and arrival(other) < arrival(record)]
    return sorted(older, key=lambda other: other.id)


def _alike(record: Record, other: Record, bank: Snapshot) -> tuple[Name, Name] | None:
    """Return the names by which two projects seem to be one, of several the first: the titles; None for two."""
    names = bank.once(_Names)
    same_owner = bool(owners_today(bank, record) & owners_today(bank, other))
    know_each_other = _links(record, other, bank) or _links(other, record, bank)
    for name in names.of(record):
        for other_name in names.of(other):
            if name.joined == other_name.joined:
                return name, other_name
            if not know_each_other and _is_near(name, other_name, same_owner):
                return name, other_name
    return None


def _is_near(name: Name, other: Name, same_owner: bool) -> bool:
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
    return slips > 0 and _slips(name.joined, other.joined, slips) <= slips


def _slips(one: str, other: str, most: int) -> int:
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


def as_called_today(owners: Vocabulary, owner: Term) -> set[str]:
    """Return the ids of what a district is called today, so that Rinkeby-Kista and Järva are known as one."""
    return {term.id for term in owners.successors(owner) or (owner,)}


def owners_today(bank: Snapshot, record: Record) -> set[str]:
    """Return the ids of what a record's owners are called today."""
    owners = bank.vocabularies[vocabulary.OWNERS]
    return {term for owner in record.owners for term in as_called_today(owners, owner)}


def _links(record: Record, other: Record, bank: Snapshot) -> bool:
    """Tell whether the text of a project links to another: then its author knows of it."""
    known = bank.get(record.file)
    return known is not None and other.file in known.leads_to


def age(newer: Record, older: Record) -> str:
    """Return a sentence that says which of the two came first, or that they came on the same day."""
    came = date_text(older.published)
    if newer.published == older.published:
        return f"Båda kom in i banken den {came}."
    return f"Den filen är äldre: den kom in i banken den {came}."


def _of_project(document: Document, pair: tuple[Record, Record], names: tuple[Name, Name]) -> Problem:
    newer, older = pair
    name, other = names
    how = "heter samma som" if name.joined == other.joined else "heter nästan samma som"
    known = f", som också kallas '{other.text}'" if other.text != older.title else ""
    own = f"det andra namnet '{name.text}'" if name.text != newer.title else "projektet"
    hint = (
        f"{age(newer, older)} Är det samma projekt: lägg dokumenten i den äldre mappen och skriv det andra namnet som "
        f"{schema.key_of('aliases')} där. Är det två projekt: skilj namnen åt, eller länka från det ena till det andra."
    )
    return telling.at_field(document, "title", f"{own} {how} {older.file}{known}", hint, RULE)


def _filed(known: Known) -> Iterable[Hashable]:
    """Where a document lies that is not named by anybody: it has its like in its project and year."""
    record = known.record
    if record and not record.kind.rule.name_of:
        yield record.kind, record.project, record.filed_under


def _beside_its_like(document: Document, record: Record, bank: Snapshot) -> Iterator[Problem]:
    """Yield a document where there is an older one of the kind in the same project and year."""
    if record.kind.rule.name_of:
        return
    like = bank.having(_filed, (record.kind, record.project, record.filed_under))
    oldest = min((known.record for known in like if known.record), key=arrival)
    if oldest.file != record.file:
        yield _same_place(document, bank, record, oldest)


def _as_document(document: Document, record: Record, bank: Snapshot, way: _Way) -> Iterator[Problem]:
    """Yield the older documents that have this one's title in another place.

    Documents of projects that seem to be one are let be: that is told already.
    """
    if not record.kind.rule.is_report:
        return
    names = bank.once(_Names)
    name = names.read(record.title)
    for other in _older(record, bank, way):
        other_name = names.read(other.title)
        if not _is_near(name, other_name, same_owner=False) or _is_apart(record, other, bank):
            continue
        how = "samma titel" if name.joined == other_name.joined else "nästan samma titel"
        hint = f"{age(record, other)} Är det samma dokument: ta bort det ena. Är det två: skriv titlar som skiljer."
        yield telling.at_field(document, "title", f"{how} som {other.file}", hint, RULE)


def _same_place(document: Document, bank: Snapshot, newer: Record, older: Record) -> Problem:
    label = bank.vocabularies[vocabulary.KINDS].label(newer.kind)
    message = f"det finns redan en {label} för {years_text(newer.filed_under)}: {older.file}"
    hint = f"{age(newer, older)} Är det samma dokument: ta bort det ena. Är året fel: rätta fältet {{}}."
    return telling.at_field(document, "title", message, hint.format(schema.key_of("years")), RULE)


def _is_apart(record: Record, other: Record, bank: Snapshot) -> bool:
    """Tell whether two documents cannot be one: of the same project, which has one title for all, or other years."""
    if record.project and record.project == other.project:
        return True
    project, other_project = bank.project_of(record), bank.project_of(other)
    if project and other_project and _alike(project, other_project, bank):
        return True
    years, other_years = set(record.filed_under), set(other.filed_under)
    return bool(years and other_years and not years & other_years)
