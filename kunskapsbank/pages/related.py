"""Catalogue → for each record those most like it, and in what: shared terms that few have, and words of the field.

Compared are projects with projects and documents with documents of other projects. Exact, the same in every build, and
without a look at each pair: the records with a term are the bits of one number, and the sets of records that share the
same terms with one are found best first. Of the texts only words count that the word list or a vocabulary knows, as
others say nothing of what a text is about; they are looked up, and one that many projects have counts for nothing.
"""

from __future__ import annotations

import heapq
import re
from collections import defaultdict
from copy import copy
from dataclasses import dataclass
from functools import cached_property
from hashlib import blake2b
from typing import TYPE_CHECKING

from kunskapsbank.model import vocabulary
from kunskapsbank.pages.tokens import Tokens, tokens
from kunskapsbank.swedish.letters import LETTER_OR_DIGIT
from kunskapsbank.swedish.phrases import listed
from kunskapsbank.swedish.stem import stem
from kunskapsbank.swedish.text import sort_key

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence

    from kunskapsbank.model.catalogue import Catalogue
    from kunskapsbank.model.facets import FacetIndex
    from kunskapsbank.model.record import Record
    from kunskapsbank.model.vocabulary import Vocabularies
    from kunskapsbank.model.word_list import WordList

MOST = 5
"""How many related records a page shows: more than a screen of them is a list nobody asked for."""

FIELD = "field"
"""So begins the name by which it is kept which words of the field a text has."""

# What one divided by the number of records is in whole numbers, so that sums are the same on every machine.
_WHOLE = 1_000_000
# A shared word says a fifth of what a shared term does, and a word by itself nothing; one of more projects is common.
_OF_A_WORD, _FEWEST_WORDS, _FEW_PROJECTS = _WHOLE // 5, 2, 12
_REASONS, _WORDS_TOLD = 2, 3
_WORD = re.compile(rf"{LETTER_OR_DIGIT}+")


@dataclass(frozen=True, slots=True)
class Likeness:
    """A related record, and what it has in common: "samma metod: boendestöd", "liknande text om hyra och ekonomi"."""

    record: Record
    reasons: tuple[str, ...]


def words_of(vocabularies: Vocabularies, words: WordList) -> Callable[[Record], list[str]]:
    """Return what gives the words by which a record is compared with others, in a bank with such words."""
    return _Field(vocabularies, words).found


def tells_nothing(projects: int, changed: int) -> bool:
    """Tell whether a word makes no records alike, whichever of `changed` records have it by now.

    `projects` of the bank had it before.
    """
    return projects > _FEW_PROJECTS + changed or (projects == 0 and changed == 1)


class Related:
    """Finds the records of a bank that are most like one of them."""

    def __init__(self, catalogue: Catalogue, index: FacetIndex) -> None:
        """Take the bank; nothing is worked out until it is asked for. Invented examples are like nothing."""
        self._catalogue = catalogue
        self._index = index

    def read(self, record: Record) -> None:
        """Look for the words of the field in the texts of a record that may be compared with others."""
        if not record.example and (record.kind.rule.is_report or not record.is_document):
            self._field.words(record)

    def of(self, record: Record) -> tuple[Likeness, ...]:
        """Return the records most like this one, one a project, the likest first and of equals by id."""
        group = self._documents if record.is_document else self._projects
        features = self._features(record, group)
        hidden = group.hidden_from(record)
        told = group.words_shared(record, hidden)
        scores = {
            place: sum(one.weight for one in features if one.bits >> place & 1) + sum(words.values())
            for place, words in told.items()
        }
        # Those that share words are weighed one by one; of the others only the best can matter.
        rest = group.everyone & ~hidden & ~sum(1 << place for place in told)
        best = _firsts(_best_first(features, rest), group.subjects)
        scores |= dict(best)
        ranked = sorted(scores.items(), key=lambda item: (-item[1], item[0]))
        return tuple(
            Likeness(group.records[place], tuple(self._reasons(record, place, features, told.get(place, {}), group)))
            for place, _ in _firsts(ranked, group.subjects)
        )

    def projects_with_words(self) -> tuple[Mapping[str, int], Mapping[str, int]]:
        """Return in how many projects the documents, and the projects themselves, have each word of the field."""
        return self._documents.subjects_with_word(), self._projects.subjects_with_word()

    def rewritten(self, catalogue: Catalogue) -> Related:
        """Return the same of the bank with other texts, of which only those that are others are looked through."""
        found = Related(catalogue, self._index)
        old = {record.id: record.body for record in self._catalogue}
        vars(found)["_field"] = self._field.without({one.id for one in catalogue if one.body is not old[one.id]})
        return found

    @cached_property
    def _documents(self) -> _Group:
        return _Group([record for record in self._catalogue.real if record.kind.rule.is_report], self._field)

    @cached_property
    def _projects(self) -> _Group:
        return _Group(self._catalogue.real_projects, self._field)

    @cached_property
    def _field(self) -> _Field:
        return _Field(self._catalogue.vocabularies, self._catalogue.words)

    def _features(self, record: Record, group: _Group) -> list[_Feature]:
        """Return the terms of a record that others have too, the rarest first."""
        found = []
        for facet in self._index.facets:
            for term in facet.values(record, self._catalogue) if facet.about else ():
                members = self._index.entry(facet, term).members
                weight = _WHOLE // max(1, len(members))
                label = f"samma {facet.label.lower()}: {term.label}"
                found.append(_Feature(weight, label, group.bits(facet.id, term.id, members)))
        return sorted(found, key=lambda one: (-one.weight, one.label))

    def _reasons(
        self, record: Record, place: int, features: list[_Feature], words: dict[str, int], group: _Group
    ) -> Iterator[str]:
        shared = [one.label for one in features if one.bits >> place & 1]
        yield from shared[: _REASONS - bool(words)]
        if words:
            strongest = sorted(words, key=lambda word: (-words[word], sort_key(word)))[:_WORDS_TOLD]
            yield f"liknande text om {listed(strongest)}"


@dataclass(frozen=True, slots=True)
class _Feature:
    """A term of the record at hand: what it weighs, how it is told, and who has it."""

    weight: int
    label: str
    bits: int


class _Group:
    """Records that are compared with each other, each by its place among them in the order of ids."""

    def __init__(self, records: Sequence[Record], field: _Field) -> None:
        self.records = records
        self._field = field
        # Of the documents of one project only the best is shown.
        self.subjects = [record.project or record.id for record in records]
        self.everyone = (1 << len(records)) - 1
        self._places = {record.id: place for place, record in enumerate(records)}
        self._bits: dict[tuple[str, str], int] = {}
        self._of_project: dict[str, int] = defaultdict(int)
        for place, subject in enumerate(self.subjects):
            self._of_project[subject] |= 1 << place

    def bits(self, facet: str, term: str, members: Iterable[Record]) -> int:
        """Return those of the group that are among the members of a term."""
        key = (facet, term)
        if key not in self._bits:
            found = bytearray(len(self.records) // 8 + 1)
            for member in members:
                if (place := self._places.get(member.id)) is not None:
                    found[place >> 3] |= 1 << (place & 7)
            self._bits[key] = int.from_bytes(found, "little")
        return self._bits[key]

    def hidden_from(self, record: Record) -> int:
        """Return those that a record is not compared with: itself, and the other documents of its project."""
        return self._of_project.get(record.project or record.id, 0)

    def words_shared(self, record: Record, hidden: int) -> dict[int, dict[str, int]]:
        """Return for each other that shares rare words which these are, and what they weigh."""
        found: dict[int, dict[str, int]] = defaultdict(dict)
        for word in self._field.words(record):
            for place in self._with_word.get(word, ()):
                if not hidden >> place & 1:
                    found[place][word] = _OF_A_WORD // len(self._with_word[word])
        return {place: words for place, words in found.items() if len(words) >= _FEWEST_WORDS}

    @cached_property
    def _with_word(self) -> dict[str, list[int]]:
        """The places of the records with each word that few projects have."""
        counts = self.subjects_with_word()
        return {word: found for word, found in self._places_with_word().items() if 1 < counts[word] <= _FEW_PROJECTS}

    def subjects_with_word(self) -> dict[str, int]:
        """Return for each word how many projects have it in any of the records."""
        found = self._places_with_word().items()
        return {word: len({self.subjects[place] for place in places}) for word, places in found}

    def _places_with_word(self) -> dict[str, list[int]]:
        places: dict[str, list[int]] = defaultdict(list)
        for place, record in enumerate(self.records):
            for word in self._field.words(record):
                places[word].append(place)
        return places


class _Field:
    """The words of the field, by which texts are compared: those that stand by themselves in the word list and among
    the names of methods. The bank's own words (redovisning, slutrapport, stadsdelsförvaltning) are in any text."""

    def __init__(self, vocabularies: Vocabularies, words: WordList) -> None:
        # What a word means, by its stem: the word that the list has it under.
        self._by_stem: dict[str, str] = {}
        for name in (vocabulary.WORDS, vocabulary.KINDS, vocabulary.FUNDING):
            for term in vocabularies[name]:
                self._add("", term.names)
        own = {*self._by_stem}
        for entry in words.entries:
            if own.isdisjoint(stem(name.lower()) for name in (entry.word, *entry.same)):
                self._add(entry.word, (entry.word, *entry.same))
        for term in vocabularies[vocabulary.METHODS]:
            self._add(term.label, term.names)
        self._words: dict[str, list[str]] = {}

    def _add(self, meaning: str, names: Iterable[str]) -> None:
        for name in names:
            if _WORD.fullmatch(name):
                self._by_stem.setdefault(stem(name.lower()), meaning)

    def without(self, ids: Container[str]) -> _Field:
        """Return the same without what is known of some records."""
        found = copy(self)
        found._words = {name: words for name, words in self._words.items() if name not in ids}
        return found

    def words(self, record: Record) -> list[str]:
        """Return the words of the field that a record's texts have, each once, in order."""
        if record.id not in self._words:
            self._words[record.id] = self.found(record)
        return self._words[record.id]

    def found(self, record: Record) -> list[str]:
        """Return the same without taking note of it."""
        body = record.body
        known: Iterable[str] = body.once(
            f"{FIELD} {self._fingerprint}", lambda: sorted(self._meant_by(tokens(body.text)))
        )
        return sorted({*known, *self._meant_by(Tokens(f"{record.title} {record.summary} {record.result}"))})

    def _meant_by(self, found: Tokens) -> set[str]:
        return {*filter(None, map(self._by_stem.get, map(stem, found.parts)))}

    @cached_property
    def _fingerprint(self) -> str:
        return blake2b(repr(sorted(self._by_stem.items())).encode(), digest_size=8).hexdigest()


def _best_first(features: Sequence[_Feature], everyone: int) -> Iterator[tuple[int, int]]:
    """Yield (place, weight) of all that share any feature, the heaviest first and of equals the first place.

    A set of candidates is split by one feature after another, and what they can still come to bounds the search.
    """
    remaining = [0]
    for one in reversed(features):
        remaining.append(remaining[-1] + one.weight)
    remaining.reverse()
    waiting = [(-remaining[0], 0, 0, everyone)] if everyone else []
    settled: dict[int, int] = defaultdict(int)
    while waiting:
        bound, done, weight, bits = heapq.heappop(waiting)
        # Nobody that is still to come weighs as much as these.
        for heavier in sorted((own for own in settled if own > -bound), reverse=True):
            yield from ((place, heavier) for place in _places(settled.pop(heavier)))
        if done == len(features):
            if weight:
                settled[weight] |= bits
            continue
        one = features[done]
        for part, own in ((bits & one.bits, weight + one.weight), (bits & ~one.bits, weight)):
            if part:
                heapq.heappush(waiting, (-own - remaining[done + 1], done + 1, own, part))
    for last in sorted(settled, reverse=True):
        yield from ((place, last) for place in _places(settled[last]))


def _places(bits: int) -> Iterator[int]:
    while bits:
        lowest = bits & -bits
        yield lowest.bit_length() - 1
        bits ^= lowest


def _firsts(ranked: Iterable[tuple[int, int]], subjects: Sequence[str]) -> list[tuple[int, int]]:
    """Return the first of each subject, as many as are shown."""
    found: dict[str, tuple[int, int]] = {}
    for place, weight in ranked:
        found.setdefault(subjects[place], (place, weight))
        if len(found) == MOST:
            break
    return list(found.values())
