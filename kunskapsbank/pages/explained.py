"""Vocabularies + a text → the abbreviations and terms in it that a reader may need explained where they stand."""

from __future__ import annotations

import re
from functools import cached_property
from hashlib import blake2b
from itertools import chain
from typing import TYPE_CHECKING

from kunskapsbank.model import addresses, facets, vocabulary
from kunskapsbank.pages.models import Explained
from kunskapsbank.pages.tokens import Tokens, tokens
from kunskapsbank.swedish.phrases import capitalised
from kunskapsbank.swedish.stem import stem

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from kunskapsbank.markup.body import Body
    from kunskapsbank.model.vocabulary import Term, Vocabularies

EXPLAINED = "explained"
"""So begins the name by which it is kept which words of a text are explained."""

# Whose terms are explained; of all others the abbreviations are.
_TERMS = (vocabulary.WORDS, vocabulary.METHODS, vocabulary.ANALYSIS_METHODS, vocabulary.FUNDING)
# What is read letter by letter, or nearly: at least two capitals, and not all a name ("FoU", "LIHF", "4R").
_ABBREVIATION = re.compile(r"(?=(?:[^A-ZÅÄÖ]*[A-ZÅÄÖ]){2})[A-ZÅÄÖa-zåäö0-9]{2,6}|[0-9][A-ZÅÄÖ]")


class Explaining:
    """Finds the words of the vocabularies in texts."""

    def __init__(self, vocabularies: Vocabularies) -> None:
        """Take the vocabularies of the bank."""
        # Words in a row, each by its stem or, in an abbreviation, as it is → what they are explained with.
        self._names: dict[tuple[str, ...], tuple[str, Explained]] = {}
        self._longest: dict[str, int] = {}
        folders = {facet.vocabulary: facet.id for facet in facets.FACETS}
        for name, terms in vocabularies.items():
            for term in terms:
                if term.scope_note and name != vocabulary.SOURCES:
                    self._add(name, folders.get(name), term)

    def _add(self, name: str, folder: str | None, term: Term) -> None:
        url = f"{folder}/{term.id}/" if folder else addresses.of_word(term.label)
        for known in term.names:
            if name not in _TERMS and not _ABBREVIATION.fullmatch(known):
                continue
            key = tuple(_key(word) for word in Tokens(known).in_order)
            if key:
                self._names.setdefault(key, (known, Explained((), _meaning(term, known), term.scope_note, url)))
                self._longest[key[0]] = max(len(key), self._longest.get(key[0], 0))

    def of(self, text: str) -> tuple[Explained, ...]:
        """Return what is explained in a text, in the order of the text, each with the forms in which it stands there.

        No term is explained twice, under whichever of its names it comes.
        """
        return self._told(self._found(text))

    def of_bodies(self, bodies: Iterable[Body]) -> tuple[Explained, ...]:
        """Return the same of several texts in a row."""
        return self._told(chain.from_iterable(map(self._found_in, bodies)))

    def read(self, body: Body) -> None:
        """Look for words in a text, so that what is found is kept where texts are."""
        self._found_in(body)

    def _found_in(self, body: Body) -> Iterable[tuple[str, tuple[str, ...]]]:
        found: Iterable[tuple[str, tuple[str, ...]]] = body.once(
            f"{EXPLAINED} {self._fingerprint}", lambda: tuple(self._found(body.text))
        )
        return found

    @cached_property
    def _fingerprint(self) -> str:
        return blake2b(repr(sorted(self._names.items(), key=repr)).encode(), digest_size=8).hexdigest()

    def _told(self, parts: Iterable[tuple[str, tuple[str, ...]]]) -> tuple[Explained, ...]:
        found: dict[str, tuple[Explained, dict[str, None]]] = {}
        for form, name in parts:
            _, explained = self._names[name]
            _, forms = found.setdefault(explained.url + explained.text, (explained, {}))
            forms[form] = None
        return tuple(Explained(tuple(forms), one.meaning, one.text, one.url) for one, forms in found.values())

    def _found(self, text: str) -> Iterator[tuple[str, tuple[str, ...]]]:
        found = tokens(text)
        words = found.in_order
        # Most words begin nothing that is explained, and most of them repeat.
        stems = map(stem, map(str.lower, found.distinct))
        pairs = zip(found.distinct, stems, strict=True)
        likely = [word for word, one in pairs if one in self._longest or word in self._longest]
        begins = {word: self._longest[key] for word in likely if (key := _key(word)) in self._longest}
        after = 0
        for place, word in enumerate(words) if begins else ():
            if word not in begins or place < after:
                continue
            for length in range(min(begins[word], len(words) - place), 0, -1):
                name = tuple(map(_key, words[place : place + length]))
                if name in self._names and _is_form_of(form := found.written(place, length), self._names[name][0]):
                    yield form, name
                    after = place + length
                    break


def _key(word: str) -> str:
    """Return what words are compared by: the stem or, of an abbreviation, the word as it is."""
    if not (word.islower() or word[1:].islower()) and _ABBREVIATION.fullmatch(word):
        # The s of a genitive, and the ending after a colon, are not part of it.
        return word
    return stem(word.lower())


def _is_form_of(form: str, name: str) -> bool:
    """Tell whether words that have the stems of a name are the name: "anmäla" is not "anmälan", nor "sju" "Sjuan"."""
    # Words of different lines stand in different blocks.
    return "\n" not in form and len(form) >= len(name) and not (name[0].isupper() and form[0].islower())


def _meaning(term: Term, known: str) -> str:
    """Return what a name stands for: of an abbreviation the words, else the name of the term where it is another."""
    if _ABBREVIATION.fullmatch(known):
        return next((capitalised(name) for name in term.names if not _ABBREVIATION.fullmatch(name)), "")
    return "" if known == term.label else capitalised(term.label)
