"""Swedish running text → its sentences, each with its line and its words."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kunskapsbank.swedish.letters import CAPITALS, LETTER, LETTER_OR_DIGIT

if TYPE_CHECKING:
    from collections.abc import Iterator

LINE_BREAK = "\u2028"
"""Stands in a text where its author broke the line on purpose: a sentence ends there too."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence as written, its first line, and its words."""

    text: str
    line: int
    words: tuple[str, ...]


# A full stop after these ends no sentence, though a name or a figure often follows. Left out are those that can end
# one (m.m., etc., kr.), as a capital letter after them means a new one, and those that are words too (med., ung.).
_ABBREVIATIONS = frozenset(
    "avd. bl.a. ca. d.v.s. dir. dnr. doc. dr. ds. dvs. e.g. ekon. enl. exkl. f.d. f.n. f.o.m. fig. fr.o.m. i.e. inkl. "
    "jfr. kap. kl. mom. mr. mrs. nr. omkr. p.g.a. pga. prof. prop. ref. resp. s.k. sid. skr. sou. t.ex. t.o.m. tel. "
    "tfn. vol. övers.".split()
)
# No abbreviation is longer, and no more need be looked at before a full stop.
_LONGEST = 20
# A sentence ends where the next begins: with a capital letter or a figure, perhaps after a quotation mark.
_END = re.compile(rf"""{LINE_BREAK}|[.!?…]+["”’')\]»]*(?=[ \n\u00a0{LINE_BREAK}]+["”’'(«–-]*[ ]*[{CAPITALS}0-9])""")
_LAST_WORD = re.compile(r"""[^ \n\u00a0("”’'«]*$""")
_INITIAL = re.compile(rf"[{CAPITALS}]\.")
_WORD = re.compile(rf"{LETTER_OR_DIGIT}+(?:[-’':.&/]?{LETTER_OR_DIGIT}+)*")
_LETTER = re.compile(LETTER)


def sentences(text: str, line: int) -> Iterator[Sentence]:
    """Yield the sentences of a paragraph that begins on `line`; what has no words is no sentence."""
    start = 0
    for match in _END.finditer(text):
        if not _is_abbreviated(text[max(start, match.end() - _LONGEST) : match.end()]):
            yield from _sentence(text, start, match.end(), line)
            start = match.end()
    yield from _sentence(text, start, len(text), line)


def words(text: str) -> tuple[str, ...]:
    """Return the words and numbers of a text in order; a word with hyphens, and "t.ex.", is one."""
    return tuple(_WORD.findall(text))


def count_letters(word: str) -> int:
    """Return how many letters a word has; figures and signs are none."""
    return len(_LETTER.findall(word))


def _sentence(text: str, start: int, end: int, line: int) -> Iterator[Sentence]:
    written = text[start:end].replace(LINE_BREAK, " ")
    if found := words(written):
        before = len(written) - len(written.lstrip(" \n\u00a0"))
        yield Sentence(" ".join(written.split()), line + text.count("\n", 0, start + before), found)


def _is_abbreviated(text: str) -> bool:
    found = _LAST_WORD.search(text)
    last = found[0] if found else ""
    return last.lower() in _ABBREVIATIONS or _INITIAL.fullmatch(last) is not None
