"""Words apart from the terms → the files that tell of them: parts of compounds, what is misspelt, what is a word.

All are fetched only for a word that no text has.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kunskapsbank.search.documents import WORDS_IN_SHARD, word_key
from kunskapsbank.swedish.stem import stem
from kunskapsbank.swedish.words import unaccented

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from kunskapsbank.search.known import Known
    from kunskapsbank.search.lexicon import Lexicon
    from kunskapsbank.search.meanings import Meanings

_PARTS_IN_SHARD = 200
_KNOWN_IN_SHARD = 600
# A known stem; a form that begins compounds, a stem that ends them, a short form that may, a form that may not.
_KNOWN_AS = (1, 2, 4, 8, 16)

# Kind of part (first, last …) → form → what is written of it.
_Parts = dict[str, dict[str, list[object]]]


def part_shards(lexicon: Lexicon) -> list[tuple[str, dict[str, object]]]:
    """Return the parts by the first two letters of what they are looked up by, without å, ä and ö.

    Each shard has those of as many neighbouring pairs of letters as make it worth a request, with the first of them.
    """
    shards: dict[str, _Parts] = {}

    def put(kind: str, form: str, value: list[object]) -> None:
        shards.setdefault(unaccented(form)[:2], {}).setdefault(kind, {})[form] = value

    for form, part in lexicon.first.items():
        put("first", form, [part.cost] if stem(form) == part.stem else [part.cost, part.stem])
    for form, last in lexicon.last.items():
        put("last", form, [last.cost])
    for kind, forms in (("short", lexicon.short), ("never", lexicon.never), ("whole", lexicon.whole)):
        for form in forms:
            put(kind, form, [])
    return [(key, _part_shard(kinds)) for key, kinds in _merged(shards)]


def _merged(shards: Mapping[str, _Parts]) -> Iterator[tuple[str, _Parts]]:
    """Draw neighbouring shards together until each is worth a request; each is named by the first of its keys."""
    first, together, size = "", _Parts(), 0
    for key in sorted(shards):
        count = sum(map(len, shards[key].values()))
        if together and size + count > _PARTS_IN_SHARD:
            yield first, together
            first, together, size = "", _Parts(), 0
        first, size = first or key, size + count
        for kind, forms in shards[key].items():
            together.setdefault(kind, {}).update(forms)
    if together:
        yield first, together


def _part_shard(kinds: Mapping[str, Mapping[str, list[object]]]) -> dict[str, object]:
    return {
        "first": kinds.get("first", {}),
        "last": {form: value[0] for form, value in kinds.get("last", {}).items()},
        **{kind: sorted(kinds.get(kind, {})) for kind in ("short", "never", "whole")},
    }


def meanings_of(meanings: Meanings) -> list[str]:
    """Return the phrases of groups, a group a line, as they stand in the leaves of terms."""
    return ["|".join(" ".join(phrase) for phrase in meanings.of_group(group)) for group in meanings.names]


def meanings_told(meanings: Meanings) -> list[str]:
    """Return what is told of groups, a line each: the term, the name, the theme, and the broader groups by their places
    with how many steps off they are.
    """
    number = {term: place for place, term in enumerate(meanings.names)}
    lines = []
    for term, name in meanings.names.items():
        above = " ".join(f"{number[group]}:{steps}" for group, steps in meanings.broader.get(term, ()))
        theme = meanings.themes.get(term, "")
        # Where there is a theme to tell of, the group's own name is not told.
        lines.append("\t".join((term, "" if theme else name, theme, above)))
    return lines


def known_shards(known: Known) -> Iterator[tuple[str, list[str]]]:
    """Draw what is known and begins alike together until each shard is worth a request.

    A line is a stem or a form; where it is more than a known stem, a number tells what it is, the sum of `_KNOWN_AS`.
    """
    lexicon = known.lexicon
    kinds = (known.stems, lexicon.first, lexicon.last, lexicon.short, lexicon.never)
    by_key: dict[str, list[str]] = {}
    for text in sorted({text for kind in kinds for text in kind}):
        sort = sum(mark for mark, kind in zip(_KNOWN_AS, kinds, strict=True) if text in kind)
        by_key.setdefault(word_key(text), []).append(text if sort == 1 else f"{text} {sort}")
    first, together = "", list[str]()
    for key in sorted(by_key):
        if together and len(together) + len(by_key[key]) > _KNOWN_IN_SHARD:
            yield first, together
            first, together = "", []
        first = first or key
        together.extend(by_key[key])
    if together:
        yield first, together


def word_lines(words: Mapping[str, int]) -> list[str]:
    """Return words that begin alike, each with how many documents have it; of very many, those that most have."""
    found = sorted((-count, word) for word, count in words.items())
    return [f"{word} {-count}" for count, word in found[:WORDS_IN_SHARD]]
