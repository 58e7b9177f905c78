"""Pages → pages that tell which words are of another language, so that a screen reader says them right."""

from __future__ import annotations

import re
from functools import cache
from html import escape
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kunskapsbank.model.vocabulary import Vocabularies

# What words stand in that cannot be marked: within tags, scripts, and what holds nothing but text.
_UNMARKED = r"<!--.*?-->|<(?P<name>script|style|title|textarea|option)\b.*?</(?P=name)\s*>|<[^>]*>"


def words(vocabularies: Vocabularies) -> tuple[tuple[str, str], ...]:
    """Return each foreign word of the vocabularies with its language, sorted."""
    return tuple(
        sorted(
            {
                (word, foreign.language)
                for terms in vocabularies.values()
                for term in terms
                for foreign in term.foreign
                for word in foreign.words
            }
        )
    )


def marked(html: str, known: tuple[tuple[str, str], ...]) -> str:
    """Return a page with the words in spans that tell their language, however they are capitalised."""
    if not known:
        return html
    languages = {escape(word, quote=False).lower(): language for word, language in known}
    # Most pages have none, and it takes long to pass over all tags.
    lowered = html.lower()
    if not any(word in lowered for word in languages):
        return html

    def part(match: re.Match[str]) -> str:
        # What is the same only by odd letters, as the long s, is left.
        language = languages.get((match["word"] or "").lower())
        return f'<span lang="{language}">{match[0]}</span>' if language else match[0]

    return _pattern(tuple(languages)).sub(part, html)


@cache
def _pattern(known: tuple[str, ...]) -> re.Pattern[str]:
    longest_first = sorted(known, key=lambda word: (-len(word), word))
    some = "|".join(map(re.escape, longest_first))
    return re.compile(rf"{_UNMARKED}|(?<!\w)(?P<word>{some})(?!\w)", re.DOTALL | re.IGNORECASE)
