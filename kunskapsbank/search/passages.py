"""A document and a question → the passage of the document's text that answers best."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kunskapsbank.swedish.words import words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kunskapsbank.search.analysis import Analyser, Concept
    from kunskapsbank.search.documents import Document

# About two lines on a wide screen, and how far back the beginning of a sentence is looked for.
LENGTH = 220
_LEAD = 60


def passage(document: Document, concepts: Sequence[Concept], analyser: Analyser) -> str:
    """Return about `LENGTH` characters of the summary or the body with as many of the question's words as can be.

    The text is cut at word borders, with an ellipsis where something was left out. Where no word of the question stands
    in it (only in the title, say) its beginning is returned.
    """
    text = f"{document.summary}\n{document.body}"
    places = _places(text, concepts, analyser)
    if not places:
        return _cut(text, 0)
    # The best window begins at one of the places: the one with most different words, then most words, then the first.
    best = max(places, key=lambda place: (*_worth(places, place[0]), -place[0]))
    return _cut(text, best[0])


def _places(text: str, concepts: Sequence[Concept], analyser: Analyser) -> list[tuple[int, int]]:
    """Return where words of the question stand: (place in the text, number of the concept)."""
    wanted = {term.text: number for number, concept in reversed(list(enumerate(concepts))) for term in concept.terms}
    found = []
    for word in words(text):
        numbers = {wanted[term.text] for piece in word.pieces for term in analyser.terms(piece) if term.text in wanted}
        found += [(word.start, number) for number in sorted(numbers)]
    return found


def _worth(places: Sequence[tuple[int, int]], start: int) -> tuple[int, int]:
    within = [number for place, number in places if start <= place < start + LENGTH - _LEAD]
    return len(set(within)), len(within)


def _cut(text: str, place: int) -> str:
    begin = 0
    if place > _LEAD:
        # From the beginning of the sentence if it is near, else from a word.
        lead = text[place - _LEAD : place]
        sentence = max((match.end() for match in re.finditer(r"[.!?]\s+|\n", lead)), default=None)
        begin = place - _LEAD + (sentence if sentence is not None else lead.find(" ") + 1)
    end = begin + LENGTH
    if end < len(text):
        end = text.rfind(" ", begin, end)
    shown = " ".join(text[begin:end].split())
    starts_sentence = begin == 0 or text[:begin].rstrip(" ")[-1:] in ".!?\n"
    return f"{'' if starts_sentence else '… '}{shown}{' …' if end < len(text) else ''}"
