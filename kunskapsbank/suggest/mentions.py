"""A report's text → its sentences, and where in them the terms of a vocabulary are mentioned, however inflected.

The browser's twin is create/mentions.js; tests/cases/create/suggest.json holds the two together.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, TypedDict

from kunskapsbank.suggest.phrases_of_reports import CUES, LETTER
from kunskapsbank.swedish.stem import root, stem
from kunskapsbank.swedish.stopwords import STOP_WORDS
from kunskapsbank.swedish.text import normalise
from kunskapsbank.swedish.words import words

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from kunskapsbank.model.vocabulary import Term, Vocabulary

# What a mention counts by its place, in quarters, so that sums are the same in every language.
IN_TITLE, IN_HEADING, IN_SUMMARY, IN_TEXT = 16, 8, 8, 4
# How much of a name must be there, in per cent of what its words weigh.
ENOUGH = 60
# What a word counts that only shares its root with the name's, or is a part of a compound, in per cent.
SAME, AKIN = 100, 70
SHORTEST_PART = 6
LONGEST_PASSAGE = 160

# Words that stand in most reports: as parts of a name they say little. In stems.
COMMON = frozenset(stem(word) for word in "person socialtjänst stöd boende insats verksamhet arbete lång".split())
# Words of one meaning in reports, in stems: "ungdomar" are "unga".
SAME_MEANING = {stem(word): stem(other) for word, other in (("ungdom", "unga"), ("tonåring", "unga"))}

_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_MARKUP = (
    (re.compile(r"!\[([^\]\n]*)\]\([^)\n]*\)"), r"\1"),
    (re.compile(r"\[([^\]\n]*)\]\([^)\n]*\)"), r"\1"),
    (re.compile(r"\[\^[^\]\n]*\]:?"), ""),
    (re.compile(r"<[^>\n]*>"), ""),
    (re.compile(r"[*_`|]+"), " "),
    (re.compile(r"\\(.)"), r"\1"),
)
# What may follow "samlar" where it means one who collects, not the verb.
_AGENT = ("e", "en", "es", "ens", "na", "nas")
_WRITTEN = re.compile(f"[{LETTER}]+")
_SENTENCE_END = re.compile(r"(?<=[.!?])[ \t]+(?=[A-ZÅÄÖ”\"(0-9])")


def known_by(form: str) -> str:
    """Return the stem of a word in lower case; of two words that mean the same in reports, that of one."""
    stemmed = stem(form)
    return SAME_MEANING.get(stemmed, stemmed)


@dataclass(frozen=True)
class Sentence:
    """A sentence, heading or cell of a table; `weight` says how much what is mentioned here counts."""

    text: str
    weight: int
    heading: int = 0

    @cached_property
    def forms(self) -> dict[str, str]:
        """The words that say something, in lower case, with their stems; what stands between hyphens is a word."""
        pieces = (piece for word in words(self.text) for piece in word.pieces if piece not in STOP_WORDS)
        return {piece: known_by(piece) for piece in pieces}

    @cached_property
    def stems(self) -> frozenset[str]:
        """The stems of the words."""
        return frozenset(self.forms.values())

    @cached_property
    def roots(self) -> frozenset[str]:
        """The roots of the words."""
        return frozenset(map(root, self.stems))

    @cached_property
    def abbreviations(self) -> frozenset[str]:
        """The words as they are written, to tell MI from mi."""
        return frozenset(_WRITTEN.findall(self.text))

    @cached_property
    def lower(self) -> str:
        """The text in lower case."""
        return self.text.lower()

    def says(self, *cues: str) -> bool:
        """Tell whether there is something in the sentence for each of these cues."""
        return all(CUES[cue].search(self.lower) for cue in cues)

    @property
    def passage(self) -> str:
        """The sentence, shortened at a space."""
        if len(self.text) <= LONGEST_PASSAGE:
            return self.text
        whole_words = self.text[: LONGEST_PASSAGE + 1].rpartition(" ")[0]
        return f"{whole_words or self.text[:LONGEST_PASSAGE]} …"


def sentences(markdown: str) -> list[Sentence]:
    """Return the sentences of a text in Markdown, or plain text; the first heading of level 1 is the title."""
    found: list[Sentence] = []
    paragraph: list[str] = []
    weight = IN_TEXT

    def close() -> None:
        text = " ".join(" ".join(paragraph).split())
        found.extend(Sentence(part, weight) for part in _SENTENCE_END.split(text) if part)
        paragraph.clear()

    text = normalise(_COMMENT.sub(" ", markdown)).replace("\r\n", "\n")
    for line in text.split("\n"):
        heading = re.match(r"(#{1,6})[ \t]+(.*)", line)
        starts = re.match(r"[ \t]*([-*+]|[0-9]+[.)])[ \t]+", line)
        if heading or starts or not line.strip() or line.lstrip().startswith("|"):
            close()
        if heading:
            level, plain = len(heading[1]), _plain(heading[2])
            weight = IN_SUMMARY if CUES["summary"].search(plain.lower()) else IN_TEXT
            found.append(Sentence(plain, IN_TITLE if level == 1 else IN_HEADING, level))
            continue
        paragraph.append(_plain(line[starts.end() :] if starts else line))
    close()
    return [sentence for sentence in found if sentence.text]


def _plain(line: str) -> str:
    for pattern, replacement in _MARKUP:
        line = pattern.sub(replacement, line)
    return " ".join(line.split())


def patterns(terms: Vocabulary) -> list[Pattern]:
    """Return what the terms of a vocabulary are recognised by, as data that can be written as JSON.

    A word that several terms share weighs less in their names. The halves of "missbruk och beroende" are names too, but
    weaker ones: the rest of their weight is that of no word at all.
    """
    names = {term.id: [stems for name in term.names if (stems := _stems(name, term))] for term in terms}
    shared = Counter(word for own in names.values() for word in {word for stems in own for word in stems})
    found: list[Pattern] = []
    for term in terms:
        weighed = [[(word, (12 if word in COMMON else 60) // shared[word]) for word in own] for own in names[term.id]]
        halves = re.fullmatch(r"([^\W\d_]+) och ([^\W\d_]+)", term.label)
        weighed += [[(_name_part(half), ENOUGH), ("", 100 - ENOUGH)] for half in (halves.groups() if halves else ())]
        found.append({"label": term.label, "names": weighed, "exact": list(term.abbreviations)})
    return found


def _stems(name: str, term: Term) -> list[str]:
    if name in term.abbreviations:
        return []
    return list(dict.fromkeys(_name_part(form) for form in Sentence(name, 0).forms))


def _name_part(form: str) -> str:
    """Return what a word of a name is known by: its stem; for one in -are its beginning, as "samlade" has its stem."""
    return f"{form[:-1]}-" if form.endswith("are") else known_by(form)


class Pattern(TypedDict):
    """What a term is recognised by: names as stems with their weights, and abbreviations, which count as written."""

    label: str
    names: list[list[tuple[str, int]]]
    exact: list[str]


@dataclass(frozen=True, slots=True)
class Mention:
    """A term that a text mentions: how much in all, and the sentence that does so most."""

    label: str
    score: int
    passage: str


def mentioned(found: Sequence[Sentence], terms: Iterable[Pattern]) -> list[Mention]:
    """Return the terms that the sentences mention, most first, in the order of the vocabulary where they tie."""
    mentions = []
    for pattern in terms:
        score, best, passage = 0, 0, ""
        for sentence in found:
            if strength := _strength(sentence, pattern):
                worth = sentence.weight * strength
                score += worth
                if worth > best:
                    best, passage = worth, sentence.passage
        if score:
            mentions.append(Mention(pattern["label"], score, passage))
    return sorted(mentions, key=lambda mention: -mention.score)


def _strength(sentence: Sentence, pattern: Pattern) -> int:
    """Return how surely the sentence names the term, in per cent; 0 where too little of its name is there."""
    if any(abbreviation in sentence.abbreviations for abbreviation in pattern["exact"]):
        return 100
    best = 0
    for name in pattern["names"]:
        total = sum(weight for _, weight in name)
        there = sum(weight * _likeness(sentence, stemmed, len(name) > 1) for stemmed, weight in name)
        best = max(best, there // total)
    return best if best >= ENOUGH else 0


def _likeness(sentence: Sentence, wanted: str, among_others: bool) -> int:
    """Return how surely a word of a name stands in the sentence, in per cent; a word alone needs more than its root."""
    if wanted in sentence.stems:
        return SAME
    beginning = wanted.removesuffix("-")
    if beginning != wanted and any(f"{beginning}{ending}" in sentence.forms for ending in _AGENT):
        return SAME
    if among_others and root(wanted) in sentence.roots:
        return AKIN
    return AKIN if any(_is_part(form, beginning) for form in sentence.forms) else 0


def _is_part(form: str, wanted: str) -> bool:
    """Tell whether a word is a compound with `wanted` at its beginning or end."""
    return len(wanted) >= SHORTEST_PART and form != wanted and (form.startswith(wanted) or form.endswith(wanted))
