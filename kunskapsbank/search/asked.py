"""What somebody typed → what is asked: words to rank by, phrases that must stand as written, words that must not be
there, and fields.

    "motiverande samtal" -barn tema:skola år:2016-2018 år:>2016 titel:vräk*

What cannot be understood is told, and asked as words. The browser's client reads a question in the same way.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from kunskapsbank.search.concepts import MOST_WORDS
from kunskapsbank.swedish.pieces import pieces
from kunskapsbank.swedish.text import normalise
from kunskapsbank.swedish.words import folded, words

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

TEXTS = {"titel": "title", "sammanfattning": "summary", "rubriker": "headings", "text": "body"}
"""The texts that can be asked by name, and what they are called in a document."""

_QUOTE = '["“”„«»]'
_NO_QUOTE = '[^"“”„«»]'
_BEFORE = r"(?<![^ \t\r\n\u00a0(])"
_KEY = r"[^\W\d_]+"
_TOKEN = re.compile(
    rf"(?P<minus>{_BEFORE}-)?(?:{_BEFORE}(?P<of_phrase>{_KEY}):)?{_QUOTE}(?P<phrase>{_NO_QUOTE}*){_QUOTE}"
    rf"|{_BEFORE}-(?P<without>[^\W_][^ \t\r\n\u00a0\"“”„«»]*)"
    rf"|{_BEFORE}(?P<key>{_KEY}):(?P<value>(?:>=|<=|>|<)?[^\W_][^ \t\r\n\u00a0\"“”„«»)]*)"
)
_RANGE = re.compile(r"(?P<sign>>=|<=|>|<)?(?P<first>[0-9]{4})(?P<to>[-–—](?P<last>[0-9]{4})?)?")
_LONGEST_ENDING = 5


@dataclass(frozen=True, slots=True)
class InText:
    """Words that must stand in a text of the document: `attribute` names it, `is_prefix` says that a word may go on."""

    attribute: str
    words: tuple[str, ...]
    is_prefix: bool


@dataclass(frozen=True, slots=True)
class InFacet:
    """A term that the document must have, by the key of its facet and as it was typed."""

    key: str
    value: str


@dataclass(frozen=True, slots=True)
class Asked:
    """A question taken apart.

    `text` is the question with all signs blanked out, so that places in it are places in the question; `phrases` and
    `without` are words in normal form; `notes` are sentences on what was not understood. `is_all_quoted` says that it
    is one phrase and nothing else.
    """

    text: str
    phrases: tuple[tuple[str, ...], ...] = ()
    without: tuple[tuple[str, ...], ...] = ()
    texts: tuple[InText, ...] = ()
    facets: tuple[InFacet, ...] = ()
    notes: tuple[str, ...] = ()
    is_all_quoted: bool = False

    @property
    def beginning(self) -> str:
        """The beginning of a word that is asked for in a text; "" where none is."""
        return next((text.words[-1] for text in self.texts if text.is_prefix), "")

    @property
    def quoted(self) -> frozenset[str]:
        """The words of phrases: they are meant as they are written."""
        return frozenset(word for phrase in self.phrases for word in phrase)

    @property
    def is_empty(self) -> bool:
        """Whether no word is asked for."""
        return not any(True for _ in words(self.text))


@dataclass(slots=True)
class _Reading:
    """What has been read of a question so far."""

    text: str
    phrases: list[tuple[str, ...]] = field(default_factory=list)
    without: list[tuple[str, ...]] = field(default_factory=list)
    texts: list[InText] = field(default_factory=list)
    facets: list[InFacet] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def blank(self, start: int, end: int) -> None:
        self.text = self.text[:start] + " " * (end - start) + self.text[end:]


def parse(question: str, facet_keys: Collection[str]) -> Asked:
    """Take a question apart; `facet_keys` are the keys that a chosen term can be asked by."""
    written = normalise(question)
    reading = _Reading(written)
    for match in _TOKEN.finditer(written):
        if match["phrase"] is not None:
            _phrase(match, reading, facet_keys)
        elif match["without"] is not None:
            _without(match, reading)
        else:
            _in_field(match, reading, facet_keys)
    if re.search(_QUOTE, reading.text):
        reading.notes.append("Ett citattecken saknar sitt par, så orden söks vart för sig.")
        reading.text = re.sub(_QUOTE, " ", reading.text)
    asked = Asked(
        reading.text,
        tuple(reading.phrases),
        tuple(reading.without),
        tuple(reading.texts),
        tuple(reading.facets),
        is_all_quoted=len(reading.phrases) == 1 and normal(reading.text) == reading.phrases[0],
    )
    if asked.without and asked.is_empty and not asked.facets:
        reading.notes.append("Frågan säger bara vad som inte ska finnas med. Skriv också ett ord som du söker.")
    if len({piece.text for piece in pieces(asked.text)}) > MOST_WORDS:
        reading.notes.append(f"Frågan är lång. Bara de {MOST_WORDS} första orden används.")
    return replace(asked, notes=tuple(reading.notes))


def normal(text: str) -> tuple[str, ...]:
    """Return every word of a text in normal form, with what stands between hyphens apart."""
    return tuple(piece for word in words(text) for piece in word.pieces)


def _phrase(match: re.Match[str], reading: _Reading, facet_keys: Collection[str]) -> None:
    key, start, end = match["of_phrase"], *match.span("phrase")
    found = normal(match["phrase"])
    if key and _is_field(key, facet_keys):
        _ask_field(folded(key), match["phrase"], reading, match.span(), start)
    elif match["minus"] is not None:
        reading.blank(*match.span())
        if found:
            reading.without.append(found)
    else:
        reading.blank(start - 1, start)
        reading.blank(end, end + 1)
        if found:
            reading.phrases.append(found)


def _without(match: re.Match[str], reading: _Reading) -> None:
    # 2016 -2018 is from one year to another.
    if re.search(r"[0-9]{4} $", reading.text[: match.start()]) and re.match(r"[0-9]{4}(?![^\W_])", match["without"]):
        return
    reading.blank(*match.span())
    if found := normal(match["without"]):
        reading.without.append(found)


def _in_field(match: re.Match[str], reading: _Reading, facet_keys: Collection[str]) -> None:
    key, value = match["key"], match["value"]
    if _is_field(key, facet_keys):
        _ask_field(folded(key), value, reading, match.span(), match.start("value"))
    elif not ((key != key.lower() or len(key) < 3) and len(value) <= _LONGEST_ENDING):
        # "LVU:s" is a word with its ending.
        known = ", ".join((*TEXTS, *facet_keys))
        reading.notes.append(f"Det finns inget fält som heter ”{key}”. Fälten är {known}.")
        reading.blank(match.end("key"), match.end("key") + 1)


def _is_field(key: str, facet_keys: Iterable[str]) -> bool:
    return folded(key) in {*TEXTS, *map(folded, facet_keys)}


def _ask_field(key: str, value: str, reading: _Reading, span: tuple[int, int], start: int) -> None:
    if key not in TEXTS:
        reading.blank(*span)
        reading.facets.append(InFacet(key, value))
        return
    # The words are ranked by too.
    reading.blank(span[0], start)
    reading.blank(start + len(value), span[1])
    if found := normal(value):
        reading.texts.append(InText(TEXTS[key], found, value.endswith("*")))


def years_asked(value: str, years: Iterable[str]) -> tuple[str, ...] | None:
    """Return which of the years are meant by "2018", "2016-2018", "2016-" or ">2016"; None for anything else."""
    match = _RANGE.fullmatch(value)
    if not match:
        return None
    first, sign = int(match["first"]), match["sign"] or ""
    lowest = first + 1 if sign == ">" else first if not sign.startswith("<") else 0
    if sign.startswith("<"):
        highest = first if sign == "<=" else first - 1
    else:
        is_open = bool(sign or (match["to"] and not match["last"]))
        highest = 9999 if is_open else int(match["last"] or first)
    return tuple(year for year in years if year.isdecimal() and lowest <= int(year) <= highest)
