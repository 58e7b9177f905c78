"""Bank → what a question can name: terms, words of the glossary, calls, pages; a question → which of it it names.

The browser's client does the same, in `naming.js`, from the rows that `rows` makes.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from kunskapsbank.model import addresses, facets, vocabulary
from kunskapsbank.model.kinds import Kind
from kunskapsbank.swedish.phrases import capitalised, listed
from kunskapsbank.swedish.pieces import pieces
from kunskapsbank.swedish.sentences import sentences
from kunskapsbank.swedish.text import normalise

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

    from kunskapsbank.bank import Bank
    from kunskapsbank.model.facets import Entry
    from kunskapsbank.model.record import Page
    from kunskapsbank.model.vocabulary import Term
    from kunskapsbank.search.meanings import Phrase
    from kunskapsbank.swedish.pieces import Piece

MOST_SHOWN = 3
"""How many boxes stand above the hits."""
LONGEST_NAME = 20
"""No name has more words."""
_BOXED = (facets.OWNER, facets.YEAR, facets.KIND, facets.THEME, facets.AUDIENCE, facets.METHOD)
STRONG = (facets.OWNER, facets.YEAR, facets.KIND)
"""The facets whose terms are offered as a filter wherever other words are asked for too."""
WEAK = (facets.THEME,)
"""The facets whose terms also tell what is looked for: offered only where still other words remain."""
PAGE_SHARE = (2, 3)
"""How large a part of a heading's words a question must have to name it, and it may have no others."""


@dataclass(frozen=True, slots=True)
class Named:
    """Something that a question can name: what it is, its name, a line about it, and its address on the site.

    `names` are its names as stems; `facet` and `term` are ids where it is a term that a search can be narrowed by:
    `is_strong` and `is_weak` tell how readily that is offered. `is_page` says that it is a page or a part of one, named
    by most of the words of its heading.
    """

    heading: str
    label: str
    note: str
    url: str
    names: tuple[Phrase, ...]
    facet: str = ""
    term: str = ""
    is_page: bool = False
    is_strong: bool = False
    is_weak: bool = False


@dataclass(frozen=True, slots=True)
class Found:
    """What a question names: what is shown above the hits, and the question with names taken as filters instead.

    `words` are the words that are left, `chosen` the ids of terms by the id of their facet; empty where there is
    nothing to offer.
    """

    boxes: tuple[Named, ...] = ()
    words: str = ""
    chosen: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    labels: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Match:
    """Words of the question, from one to another, and what they name."""

    first: int
    last: int
    named: tuple[Named, ...]

    @property
    def strong(self) -> Named | None:
        """The term that is offered as a filter whenever it is named."""
        return next((named for named in self.named if named.is_strong), None)

    @property
    def term(self) -> Named | None:
        """The term that may be offered as a filter."""
        return self.strong or next((named for named in self.named if named.is_weak), None)


class Names:
    """All that a question can name."""

    def __init__(self, everything: Iterable[Named]) -> None:
        """Take what there is, what is to be shown first at the beginning."""
        self.everything = tuple(everything)

    @cached_property
    def _by_stem(self) -> Mapping[str, list[tuple[Phrase, Named]]]:
        """By the stem that begins a name, the names that begin so, the longest first."""
        found = defaultdict(list)
        for named in self.everything:
            if not named.is_page:
                for phrase in named.names:
                    found[phrase[0]].append((phrase, named))
        for names in found.values():
            names.sort(key=lambda pair: -len(pair[0]))
        return found

    def found(self, question: str, text: str, quoted: Collection[str] = frozenset()) -> Found:
        """Return what a question names; `text` is it with its signs blanked out, `quoted` are words within quotes."""
        asked = pieces(text)
        if not asked or any(piece.text in quoted for piece in asked):
            return Found()
        stems = [piece.stem for piece in asked]
        matches = list(self._matches(stems))
        covered = sum(match.last - match.first for match in matches)
        boxes: list[Named] = []
        if covered == len(asked):
            boxes = [named for match in matches for named in match.named if len(matches) == 1 or not named.facet]
        boxes += (named for named in self.everything if named.is_page and _names_page(named, set(stems)))
        shown = tuple(boxes[:MOST_SHOWN])
        if len(matches) == 1 and covered == len(asked):
            return Found(shown)
        return _narrowed(shown, normalise(question), asked, matches)

    def _matches(self, stems: Sequence[str]) -> Iterator[_Match]:
        place = 0
        while place < len(stems):
            known = self._by_stem.get(stems[place], ())
            fits = [
                (len(phrase), named) for phrase, named in known if tuple(stems[place : place + len(phrase)]) == phrase
            ]
            if fits:
                longest = fits[0][0]
                named = dict.fromkeys(named for length, named in fits if length == longest)
                yield _Match(place, place + longest, tuple(named))
                place += longest
            else:
                place += 1

    def rows(self) -> list[list[object]]:
        """Return everything as it is written for the browser's client."""
        return [
            [
                one.heading,
                one.label,
                one.note,
                # The address of a term's page follows from its ids.
                "" if one.facet else one.url,
                [" ".join(name) for name in one.names],
                one.facet,
                one.term,
                1 if one.is_page else 2 if one.is_strong else 3 if one.is_weak else 0,
            ]
            for one in self.everything
        ]


def _names_page(named: Named, stems: set[str]) -> bool:
    part, whole = PAGE_SHARE
    return any(stems <= set(name) and len(stems) * whole >= len(set(name)) * part for name in named.names)


def _narrowed(boxes: tuple[Named, ...], question: str, asked: Sequence[Piece], matches: Sequence[_Match]) -> Found:
    """Return what is found, with the names of terms taken out of the question where that leaves something to ask."""
    strong = [match for match in matches if match.strong]
    both = [match for match in matches if match.term]
    used = sum(match.last - match.first for match in both)
    taken = both if used < len(asked) else strong
    chosen: dict[str, tuple[str, ...]] = {}
    terms = [term for match in taken if (term := match.term)]
    for term in terms:
        chosen[term.facet] = tuple(dict.fromkeys((*chosen.get(term.facet, ()), term.term)))
    words = question
    for match in reversed(taken):
        before = asked[match.first - 1].end if match.first else 0
        start, end = asked[match.first].start, asked[match.last - 1].end
        # "i skolan" goes as a whole; what is before the first word may be of a sign.
        if all(character.isalpha() or character.isspace() for character in words[before:start]):
            start = before
        words = f"{words[:start]} {words[end:]}"
    labels = tuple(dict.fromkeys(term.label for term in terms))
    return Found(boxes, _trimmed(words), chosen, labels)


def _trimmed(words: str) -> str:
    """Return what is left of a question without words that say nothing at its beginning; "" where all do."""
    left = pieces(words)
    if not left:
        return ""
    before = words[: left[0].start]
    is_plain = all(character.isalpha() or character.isspace() for character in before)
    return " ".join((words[left[0].start :] if is_plain else words).split())


def names(bank: Bank) -> Names:
    """Return all that a question can name: terms, calls, words of the glossary, pages about the bank."""
    return Names((*_terms(bank), *_calls(bank), *_words(bank), *_pages(bank)))


def _phrases(texts: Iterable[str]) -> tuple[Phrase, ...]:
    found = (tuple(piece.stem for piece in pieces(text)) for text in texts)
    return tuple(dict.fromkeys(phrase for phrase in found if phrase))


def _terms(bank: Bank) -> Iterator[Named]:
    for facet in _BOXED:
        for entry in bank.index.of(facet):
            named = _phrases(entry.term.names)
            label = capitalised(entry.term.label)
            heading, own = entry.facet.label, entry.facet.id
            filters = {"is_strong": facet in STRONG, "is_weak": facet in WEAK}
            yield Named(heading, label, _amount(entry), entry.url, named, own, entry.term.id, **filters)


def _amount(entry: Entry) -> str:
    documents = f"{len(entry.documents)} dokument" if entry.documents else ""
    projects = f"{len(entry.projects)} projekt" if entry.projects else ""
    return listed([part for part in (projects, documents) if part]) or "inget dokument än"


def _calls(bank: Bank) -> Iterator[Named]:
    label = bank.catalogue.vocabularies[vocabulary.KINDS].label(Kind.CALL)
    for call in bank.catalogue.of_kind(Kind.CALL):
        name = _phrases((call.title, *call.aliases))
        yield Named(capitalised(label), call.title, _first_sentence(call.summary), call.url, name)


def _words(bank: Bank) -> Iterator[Named]:
    """Yield the words of the glossary but for terms of facets, which have pages of their own."""
    of_facets = {facet.vocabulary for facet in bank.index.facets}
    for name, terms in bank.catalogue.vocabularies.items():
        if name not in of_facets:
            for term in terms:
                url = addresses.of_word(term.label)
                yield Named("Ord", _spelt_out(term), _first_sentence(term.scope_note), url, _phrases(term.names))


def _spelt_out(term: Term) -> str:
    """Return "LUM: lokala utvecklingsmedel", whichever of the two is the name."""
    if term.abbreviations:
        return f"{term.abbreviations[0]}: {term.label}"
    if term.label.isupper() and term.synonyms:
        return f"{term.label}: {term.synonyms[0]}"
    return term.label


def _pages(bank: Bank) -> Iterator[Named]:
    for page in bank.catalogue.pages:
        if page.url:
            yield Named("Om banken", page.title, page.summary, page.url, _phrases((page.title,)), is_page=True)
            yield from _parts(page)


def _parts(page: Page) -> Iterator[Named]:
    for heading in page.body.headings:
        if heading.level in {2, 3} and heading.id:
            name = _phrases((heading.text,))
            yield Named(page.title, heading.text, "", f"{page.url}#{heading.id}", name, is_page=True)


def _first_sentence(text: str) -> str:
    return next((sentence.text for sentence in sentences(text, 1)), "")
