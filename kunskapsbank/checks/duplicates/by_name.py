"""What may be in the bank twice: a project under another name, a document beside its like. Copied texts: by_text.py.

Every remark stands at the newer of the two and names the older. Nothing here compares all with all, so that the time
grows with the bank and not with its square.
"""

from __future__ import annotations

import posixpath
import re
from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING
from urllib.parse import unquote

from kunskapsbank.checks import telling
from kunskapsbank.checks.check import Check
from kunskapsbank.model import vocabulary
from kunskapsbank.model.kinds import Kind
from kunskapsbank.problems import Severity
from kunskapsbank.reading import schema
from kunskapsbank.swedish.phrases import date_text, years_text
from kunskapsbank.swedish.stem import stem
from kunskapsbank.swedish.stopwords import STOP_WORDS
from kunskapsbank.swedish.text import fold, normalise
from kunskapsbank.swedish.words import words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from datetime import date

    from kunskapsbank.model.catalogue import Catalogue
    from kunskapsbank.model.document import Document
    from kunskapsbank.model.record import Record
    from kunskapsbank.model.vocabulary import Term, Vocabulary
    from kunskapsbank.problems import Problem

RULE = "dubblett"

# One slip of the keys in so many letters and two at most, but none in a name too short to be told from another.
_LETTERS_A_SLIP = 8
_MOST_SLIPS = 2
_SHORT_NAME = 5
# A swap of two letters changes four runs of three; any other slip fewer.
_RUNS_A_SLIP = 4
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

    @property
    def slips(self) -> int:
        """How many slips of the keys another writing of the name may have."""
        size = len(self.joined)
        return min(_MOST_SLIPS, max(1, size // _LETTERS_A_SLIP)) if size >= _SHORT_NAME else 0


def _look(documents: Iterable[Document], bank: Catalogue) -> Iterator[Problem]:
    """Yield each project and document that seems to be in the bank already."""
    told = {document.file: document for document in documents}
    alike = dict(_projects(bank))
    yield from (_of_project(told[pair[0].file], pair, names) for pair, names in alike.items() if pair[0].file in told)
    yield from _of_documents(told, bank, {frozenset(record.id for record in pair) for pair in alike})


CHECK = Check(frozenset({RULE}), Severity.REMARK, _look)


def unnamed(catalogue: Catalogue) -> frozenset[str]:
    """Return the words of a title that only say what kind of document it is."""
    kinds = catalogue.vocabularies[vocabulary.KINDS]
    labels = [name for kind in kinds for name in kind.names]
    return frozenset({"exempel", "projektet", "rapport", *(word.text for label in labels for word in words(label))})


def _name(text: str, telling_nothing: frozenset[str]) -> Name:
    found = [word.text for word in words(text)]
    telling = [word for word in found if word not in telling_nothing and not re.fullmatch("(?:19|20)[0-9]{2}", word)]
    return Name(text, tuple(telling or found or [fold(text)]))


def _projects(catalogue: Catalogue) -> Iterator[tuple[tuple[Record, Record], tuple[Name, Name]]]:
    """Yield the projects, newer and older, that seem to be one, with the names by which they do."""
    telling_nothing = unnamed(catalogue)
    named = [
        (_name(text, telling_nothing), record)
        for record in catalogue.of_kind(Kind.PROJECT)
        for text in (record.title, *record.aliases)
    ]
    found: dict[tuple[Record, Record], tuple[Name, Name]] = {}
    for one, other in _candidates([name for name, _ in named]):
        (name, record), (other_name, other_record) = named[one], named[other]
        if record is other_record:
            continue
        same_owner = bool(owners_today(catalogue, record) & owners_today(catalogue, other_record))
        if not (name.joined == other_name.joined or _is_near(name, other_name, same_owner)):
            continue
        if name.joined != other_name.joined and (_links(record, other_record) or _links(other_record, record)):
            continue
        pair = by_age(record, other_record)
        names = (name, other_name) if pair[0] is record else (other_name, name)
        # Of several names, the first: the titles.
        found.setdefault(pair, names)
    yield from found.items()


def _candidates(names: list[Name]) -> list[tuple[int, int]]:
    """Return the places of names that may be near, without comparing each with each.

    Names within `slips` of each other share one of the name's rarest runs of letters, as the slips cannot have changed
    them all; names of which one holds the other, or that have the same stems, share the rarest stem of the shorter.
    """
    with_letters: dict[str, list[int]] = defaultdict(list)
    with_stem: dict[str, list[int]] = defaultdict(list)
    for place, name in enumerate(names):
        for run in name.letters:
            with_letters[run].append(place)
        for word in name.stems:
            with_stem[word].append(place)
    found: set[tuple[int, int]] = set()
    for place, name in enumerate(names):
        rarest = sorted(name.letters, key=lambda run: (len(with_letters[run]), run))[: _RUNS_A_SLIP * name.slips + 1]
        others = {other for run in rarest for other in with_letters[run]}
        others.update(with_stem[min(sorted(name.stems), key=lambda word: len(with_stem[word]))])
        found |= {(min(place, other), max(place, other)) for other in others if other != place}
    return sorted(found)


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
    return last[-1]


def as_called_today(owners: Vocabulary, owner: Term) -> set[str]:
    """Return the ids of what a district is called today, so that Rinkeby-Kista and Järva are known as one."""
    return {term.id for term in owners.successors(owner) or (owner,)}


def owners_today(catalogue: Catalogue, record: Record) -> set[str]:
    """Return the ids of what a record's owners are called today."""
    owners = catalogue.vocabularies[vocabulary.OWNERS]
    return {term for owner in record.owners for term in as_called_today(owners, owner)}


def _links(record: Record, other: Record) -> bool:
    """Tell whether the text of `record` links to `other`: then its author knows of it."""
    folder = posixpath.dirname(record.file)
    targets = (normalise(unquote(link.target)).partition("#")[0] for link in record.body.links)
    return any(posixpath.normpath(posixpath.join(folder, target)) == other.file for target in targets if target)


def by_age(record: Record, other: Record) -> tuple[Record, Record]:
    """Return the two, the newer first: the one that came into the bank later."""
    older, newer = sorted((record, other), key=_arrival)
    return newer, older


def _arrival(record: Record) -> tuple[date, str]:
    """Return what records are sorted by, oldest first; of those of one day, "2018-slutrapport" before "…-2"."""
    return record.published, record.file.removesuffix(".md")


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


def _of_documents(told: Mapping[str, Document], catalogue: Catalogue, alike: set[frozenset[str]]) -> Iterator[Problem]:
    """Yield the documents that have their like in the same project and year, or its title in another place.

    Documents of the projects in `alike` are let be: that the projects are one is told already.
    """
    telling_nothing = unnamed(catalogue)
    filed: dict[tuple[object, ...], list[Record]] = defaultdict(list)
    for record in catalogue:
        # What is not named by anybody has its like in its project and year.
        if not record.kind.rule.name_of:
            filed[record.kind, record.project, record.filed_under].append(record)
    for records in filed.values():
        oldest, *others = sorted(records, key=_arrival)
        for record in others:
            if record.file in told:
                yield _same_place(told[record.file], catalogue, record, oldest)
    for kind in sorted({record.kind for record in catalogue if record.kind.rule.is_report}):
        records = list(catalogue.of_kind(kind))
        names = [_name(record.title, telling_nothing) for record in records]
        for one, other in _candidates(names):
            pair = records[one], records[other]
            if _is_apart(*pair, alike) or not _is_near(names[one], names[other], same_owner=False):
                continue
            newer, older = by_age(*pair)
            if newer.file not in told:
                continue
            how = "samma titel" if names[one].joined == names[other].joined else "nästan samma titel"
            hint = f"{age(newer, older)} Är det samma dokument: ta bort det ena. Är det två: skriv titlar som skiljer."
            yield telling.at_field(told[newer.file], "title", f"{how} som {older.file}", hint, RULE)


def _same_place(document: Document, catalogue: Catalogue, newer: Record, older: Record) -> Problem:
    label = catalogue.vocabularies[vocabulary.KINDS].label(newer.kind)
    message = f"det finns redan en {label} för {years_text(newer.filed_under)}: {older.file}"
    hint = f"{age(newer, older)} Är det samma dokument: ta bort det ena. Är året fel: rätta fältet {{}}."
    return telling.at_field(document, "title", message, hint.format(schema.key_of("years")), RULE)


def _is_apart(record: Record, other: Record, alike: set[frozenset[str]]) -> bool:
    """Tell whether two documents cannot be one: of the same project, which has one title for all, or other years."""
    if record.project and (record.project == other.project or frozenset((record.project, other.project)) in alike):
        return True
    years, other_years = set(record.filed_under), set(other.filed_under)
    return bool(years and other_years and not years & other_years)
