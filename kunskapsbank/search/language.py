"""A bank → the analyser of its texts, and the words of Swedish that are never taken for misspelt."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from kunskapsbank.model import vocabulary
from kunskapsbank.model.word_list import WordList
from kunskapsbank.search import known, lexicon
from kunskapsbank.search.analysis import Analyser
from kunskapsbank.search.meanings import Meanings, meanings

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kunskapsbank.model.vocabulary import Vocabularies
    from kunskapsbank.search.known import Known

_LEXICON = Path(__file__).with_name("lexicon.txt")
_KNOWN = Path(__file__).with_name("known.txt")


def analyser(vocabularies: Vocabularies, words: WordList | None = None) -> Analyser:
    """Return the analyser of a bank: the Swedish lexicon, and what words mean to each other.

    The names of a term mean the same, and so do the words that the bank's list says do.
    """
    return Analyser(_lexicon(), _meanings(vocabularies, words or WordList()))


def _meanings(vocabularies: Vocabularies, words: WordList) -> Meanings:
    themes = {name: term.id for term in vocabularies.get(vocabulary.THEMES, ()) for name in term.names}
    return meanings(same(vocabularies, words), narrower(words), themes)


def same(vocabularies: Vocabularies, words: WordList) -> tuple[tuple[str, ...], ...]:
    """Return groups of phrases that mean the same: the names of each term, and what the word list says."""
    return (*_groups(vocabularies), *((entry.word, *entry.same) for entry in words.entries))


def narrower(words: WordList) -> tuple[tuple[str, str], ...]:
    """Return pairs of a phrase and one that is broader."""
    above = ((entry.word, word) for entry in words.entries for word in entry.broader)
    below = ((word, entry.word) for entry in words.entries for word in entry.narrower)
    return (*above, *below)


@cache
def known_words() -> Known:
    """Return the words that are never taken for misspelt."""
    return known.load(_KNOWN, _lexicon())


def parts() -> lexicon.Lexicon:
    """Return what Swedish compounds are made of."""
    return _lexicon()


@cache
def _lexicon() -> lexicon.Lexicon:
    return lexicon.load(_LEXICON)


def _groups(vocabularies: Vocabularies) -> Iterator[tuple[str, ...]]:
    for name, terms in vocabularies.items():
        if name not in {vocabulary.SOURCES, vocabulary.STATUSES}:
            yield from (term.names for term in terms if len(term.names) > 1)
