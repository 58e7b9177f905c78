"""A document and a question → the passage of the document's text that answers best, and that can be read by itself."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kunskapsbank.swedish.words import words

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kunskapsbank.search.analysis import Analyser
    from kunskapsbank.search.concepts import Concept
    from kunskapsbank.search.documents import Document

# About two lines on a wide screen, and how far back the beginning of a sentence is looked for; where it begins with a
# word that speaks of the sentence before, that one is looked for from as far back as `_FURTHEST`.
LENGTH = 220
_LEAD = 60
_SENTENCE = 140
_FURTHEST = 300
# What follows a place of the question's words goes with it, however long what is before.
_AFTER = LENGTH - _LEAD
_SHORTEST = 80

_PAGE = re.compile(r"på sidan (\d+)")
_BREAK = re.compile(r"[.!?…][\"”’»)\]]*\s+(?=[\"”’«(–-]*\s?[A-ZÅÄÖÉ0-9])|\n")
# How a sentence begins that says nothing without the one before.
_LEANING = re.compile(
    r"[\"”’«(–-]*\s?(?:"
    r"(?!(?:den|det|de) som\b|det finns\b|det fanns\b|det är (?:viktigt|svårt|lätt|vanligt|ovanligt|oklart)\b)"
    r"(?:det|den|de|detta|denna|dessa|dem|dess|deras|hans|hennes|han|hon|hen|där|då|dit|här|därför|därmed|därefter|"
    r"däremot|dessutom|dock|sedan|så|sådan|sådana|sådant|men|och|eller|utan|båda|bägge|samma|annars|ändå|även|också|"
    r"likaså|vidare|samtidigt|alltså|istället|tvärtom|följaktligen|exempelvis|varken|endera)\b"
    r"|(?:i stället|trots det|trots detta|på så sätt|på det sättet|till exempel|av dem|av dessa|en av dem|ingen av dem|"
    r"inget av dem|flera av dem|många av dem|de andra|den andra|efter det|för det)\b)",
    re.IGNORECASE,
)


def passage(document: Document, concepts: Sequence[Concept], analyser: Analyser) -> str:
    """Return some `LENGTH` characters of the summary or the body with as many of the question's words as can be.

    It begins with a sentence, and with one that can be read by itself where there is one; it is cut at word borders,
    with an ellipsis where something was left out. Where no word of the question stands in it (only in the title, say)
    its beginning is returned.
    """
    text = f"{document.summary}\n{document.body}"
    return _cut(text, _best(text, concepts, analyser)[1])


@dataclass(frozen=True, slots=True)
class InFile:
    """A passage of a file beside a document: where it stands, as readers say, the address, and the passage."""

    where: str
    url: str
    passage: str


def in_file(document: Document, concepts: Sequence[Concept], analyser: Analyser) -> InFile | None:
    """Return the passage of a file beside the document that has most different words of the question.

    None where no passage of the files has more of them than the document's own best.
    """
    most, _ = _best(f"{document.summary}\n{document.body}", concepts, analyser)
    found = None
    for file in document.attached:
        for place, text in file.parts:
            if most == len(concepts):
                return found
            different, start = _best(text, concepts, analyser)
            if different > most:
                most, page = different, _PAGE.fullmatch(place)
                url = f"{file.url}#page={page[1]}" if page else file.url
                found = InFile(where(file.name, place), url, _cut(text, start))
    return found


def where(name: str, place: str) -> str:
    """Return where in a file something stands: "I bilagan rapport.pdf, sidan 12"."""
    part = "" if place == "i texten" else f", {place.removeprefix('på ')}"
    return f"I bilagan {name}{part}"


def _best(text: str, concepts: Sequence[Concept], analyser: Analyser) -> tuple[int, int]:
    """Return how many different words of the question the best window of a text has, and from where it is shown."""
    places = _places(text, concepts, analyser)
    if not places:
        return 0, 0
    # The best window begins at one of the places: the one with most different words, then one that can be read by
    # itself, then most words, then the first.
    best = max(places, key=lambda place: (*_worth(text, places, place[0]), -place[0]))
    return _worth(text, places, best[0])[0], best[0]


def leans(sentence: str) -> bool:
    """Tell whether a sentence speaks of the one before, so that it cannot be read by itself."""
    return _LEANING.match(sentence) is not None


def _places(text: str, concepts: Sequence[Concept], analyser: Analyser) -> list[tuple[int, int]]:
    """Return where words of the question stand: (place in the text, number of the concept)."""
    wanted = {term.text: number for number, concept in reversed(list(enumerate(concepts))) for term in concept.terms}
    found = []
    for word in words(text):
        numbers = {wanted[term.text] for piece in word.pieces for term in analyser.terms(piece) if term.text in wanted}
        found += [(word.start, number) for number in sorted(numbers)]
    return found


def _worth(text: str, places: Sequence[tuple[int, int]], start: int) -> tuple[int, bool, int]:
    within = [number for place, number in places if start <= place < start + _AFTER]
    begin = _beginning(text, start)
    return len(set(within)), _begins_sentence(text, begin) and not leans(text[begin:start]), len(within)


def _beginning(text: str, place: int) -> int:
    """Return where a passage about `place` begins."""
    starts = list(_starts(text, place))
    near = [start for start in starts if place - start <= _SENTENCE]
    if not near:
        lead = text[max(0, place - _LEAD) : place]
        return place - len(lead) + (lead.find(" ") + 1)
    begin = near[-1]
    for earlier in reversed(starts[: starts.index(begin)]):
        if not leans(text[begin:]) or "\n" in text[earlier:begin]:
            break
        begin = earlier
    return begin


def _starts(text: str, place: int) -> Iterator[int]:
    """Yield where the sentences before `place` begin, ascending, from as far back as is looked."""
    lowest = max(0, place - _FURTHEST)
    if lowest == 0:
        yield 0
    yield from (match.end() for match in _BREAK.finditer(text, lowest, place + 1) if match.end() <= place)


def _begins_sentence(text: str, begin: int) -> bool:
    return begin == 0 or text[:begin].rstrip(" ")[-1:] in set('.!?…\n"”’»)]')


def _cut(text: str, place: int) -> str:
    begin = _beginning(text, place)
    end = max(begin + LENGTH, place + _AFTER)
    paragraph = text.find("\n", max(begin + _SHORTEST, place))
    if 0 <= paragraph < end:
        return f"{'' if _begins_sentence(text, begin) else '… '}{' '.join(text[begin:paragraph].split())}"
    if end < len(text):
        end = text.rfind(" ", begin, end)
    shown = " ".join(text[begin:end].split())
    return f"{'' if _begins_sentence(text, begin) else '… '}{shown}{' …' if end < len(text) else ''}"
