"""A question's phrases, fields and words that must not be there → which of the documents found are answers.

What the index knows is asked of the index; the rest is looked up in the texts of the best of what is left, as the
browser's client does, which has to fetch them.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kunskapsbank.search.asked import normal, years_asked
from kunskapsbank.swedish.pieces import pieces
from kunskapsbank.swedish.stem import stem
from kunskapsbank.swedish.words import folded, unaccented

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from kunskapsbank.search.asked import Asked, InText

MOST_READ = 60
"""The texts of so many documents are looked into, the best first."""
NOT_ALL_READ = f"Bara de {MOST_READ} bästa träffarna har jämförts med citat och fält ord för ord."
_PHRASED = ("title", "summary", "headings", "body")


class Conditions:
    """What a document must be besides ranked."""

    def __init__(self, asked: Asked) -> None:
        """Take what `asked` says."""
        self._asked = asked
        self.needed = tuple(dict.fromkeys(self._needed()))
        """The stems that a document must have."""
        self.barred = tuple(stem(phrase[0]) for phrase in asked.without if len(phrase) == 1)
        """The stems that it must not have."""
        self._barred_phrases = [phrase for phrase in asked.without if len(phrase) > 1]

    @property
    def must_read(self) -> bool:
        """Whether the texts must be looked into."""
        return bool(self._asked.phrases or self._asked.texts or self._barred_phrases)

    def _needed(self) -> list[str]:
        phrases = [" ".join(phrase) for phrase in self._asked.phrases]
        texts = [" ".join(text.words) for text in self._asked.texts if not text.is_prefix]
        return [piece.stem for words in (*phrases, *texts) for piece in pieces(words)]

    def hold(self, texts: Mapping[str, str]) -> bool:
        """Tell whether the texts of a document, by field, have all phrases as written and all words in fields."""
        normals = [normal(texts[name]) for name in _PHRASED]
        return (
            all(any(_has(words, phrase) for words in normals) for phrase in self._asked.phrases)
            and not any(_has(words, phrase) for phrase in self._barred_phrases for words in normals)
            and all(_stands_in(texts[wanted.attribute], wanted) for wanted in self._asked.texts)
        )

    def is_title(self, title: str) -> bool:
        """Tell whether the question is one phrase, and that is the whole title."""
        return self._asked.is_all_quoted and normal(title) == self._asked.phrases[0]


def _has(words: Sequence[str], phrase: Sequence[str]) -> bool:
    size = len(phrase)
    return any(tuple(words[place : place + size]) == tuple(phrase) for place in range(len(words) - size + 1))


def _stands_in(text: str, wanted: InText) -> bool:
    """Tell whether every word wanted is in the text, in any form; of a prefix, the last is the beginning of one."""
    found = normal(text)
    stems = {stem(word) for word in found}
    *whole, last = wanted.words
    begins = any(word.startswith(last) for word in found) if wanted.is_prefix else stem(last) in stems
    return begins and all(stem(word) in stems for word in whole)


def terms_meant(value: str, terms: Sequence[tuple[str, Sequence[str]]], is_years: bool) -> tuple[str, ...]:
    """Return the ids of the terms, given with their names, the label first, that are meant by what somebody typed.

    The whole label, another whole name ("MI"), the beginning of a label ("häg*"), years from and to, or else a word of
    the label.
    """
    years = years_asked(value, [term_id for term_id, _ in terms]) if is_years else None
    if years is not None:
        return years
    wanted = slug(value)
    if not wanted:
        return ()
    if value.endswith("*"):
        return tuple(term_id for term_id, (label, *_) in terms if slug(label).startswith(wanted))
    return (
        tuple(term_id for term_id, (label, *_) in terms if wanted in {term_id, slug(label)})
        or tuple(term_id for term_id, (_, *others) in terms if wanted in map(slug, others))
        or tuple(term_id for term_id, (label, *_) in terms if wanted in slug(label).split("-"))
    )


def slug(text: str) -> str:
    """Return a name as it stands in an address."""
    return re.sub(r"[^a-z0-9]+", "-", unaccented(folded(text))).strip("-")
