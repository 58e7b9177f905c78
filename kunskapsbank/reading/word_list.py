"""The file of words that mean something to each other → the word list, and what is wrong with it."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from kunskapsbank.files.faults import why_unread
from kunskapsbank.markup import frontmatter
from kunskapsbank.markup.frontmatter import Items, Table
from kunskapsbank.model.vocabulary import FOLDER
from kunskapsbank.model.word_list import WORD_LIST, Entry, WordList
from kunskapsbank.problems import ContentError, Problem, Severity
from kunskapsbank.reading.fields import (
    FieldRule,
    Reading,
    group,
    hint_of,
    list_of,
    local_rule,
    missing_fields,
    read_fields,
    rule_of,
    text,
    texts,
)
from kunskapsbank.swedish.phrases import listed
from kunskapsbank.swedish.pieces import pieces
from kunskapsbank.swedish.text import fold, nearest

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from kunskapsbank.model.vocabulary import Vocabularies

FILE = f"{FOLDER}/{WORD_LIST}.yml"

ENTRY_FIELDS = (
    FieldRule("ord", "word", "Ord", text, "uteliggare", "Ordet, så som någon kan skriva det när den söker."),
    FieldRule(
        "samma",
        "same",
        "Samma",
        texts,
        "[sover ute, bor på gatan]",
        "Ord som betyder samma sak: vardagens, yrkets, lagens, äldre ord, förkortningar.",
    ),
    FieldRule(
        "snävare",
        "narrower",
        "Snävare",
        texts,
        "[ett snävare ord]",
        "Ord för något som är en del eller en sort av ordet. Den som söker på ordet hittar dem också, men längre ned.",
    ),
    FieldRule(
        "vidare",
        "broader",
        "Vidare",
        texts,
        "[långvarig hemlöshet]",
        "Ord som är vidare: ett annat ord i listan, eller ett tema, en målgrupp eller en annan term.",
    ),
    FieldRule("not", "note", "Not", text, "Äldre ord.", "Varifrån ordet kommer, eller när det ska användas."),
    local_rule(),
)
_NEEDED = ("word",)
_ENTRIES = FieldRule(
    "ord",
    "entries",
    "Ord",
    list_of(group(ENTRY_FIELDS, Entry, required=_NEEDED)),
    "- ord: uteliggare\n  vidare: [långvarig hemlöshet]",
    "Orden, i den ordning som är lättast att hitta i.",
)
FILE_FIELDS = (
    FieldRule("beskrivning", "note", "Beskrivning", text, "Vad ord betyder.", "Vad listan är till för."),
    _ENTRIES,
)


def load(path: Path | None, vocabularies: Vocabularies) -> tuple[WordList, list[Problem]]:
    """Read the word list, and what is wrong with it; a bank can do without one (None)."""
    if path is None:
        return WordList(), []
    try:
        return parse(path.read_bytes(), vocabularies)
    except OSError as error:
        message = f"filen går inte att öppna ({why_unread(error)})"
        return WordList(), [Problem(FILE, 1, "", message, "Kontrollera filens behörighet.")]


def parse(data: bytes, vocabularies: Vocabularies) -> tuple[WordList, list[Problem]]:
    """Read the word list from its file's bytes; returns it without the entries at fault, and the problems."""
    reading = Reading(FILE, vocabularies, date.max, [])
    try:
        table = frontmatter.parse_fields(FILE, data)
    except ContentError as error:
        return WordList(), list(error.problems)
    values: dict[str, Any] = read_fields(table, FILE_FIELDS, reading, ("entries",))
    entries = tuple(entry for entry in values.get("entries") or () if entry)
    for rule in missing_fields(table, [_ENTRIES], FILE_FIELDS):
        hint = hint_of(rule, reading.vocabularies)
        reading.problems.append(Problem(FILE, 1, rule.key, "fältet saknas", hint))
    if not reading.problems:
        _check_words(entries, table, reading)
        _check_broader(entries, table, reading)
        _check_terms(entries, table, reading)
        _check_phrases(entries, table, reading)
    return WordList(values.get("note", ""), entries), reading.problems


def _tables(table: Table) -> list[Table]:
    listing = table.get(_ENTRIES.key)
    nodes = listing.value.values if listing and isinstance(listing.value, Items) else ()
    return [node for node in nodes if isinstance(node, Table)]


def _check_words(entries: Sequence[Entry], table: Table, reading: Reading) -> None:
    """Note words that are listed twice, and words that are said to mean what they are."""
    lines: dict[str, int] = {}
    for entry, own in zip(entries, _tables(table), strict=True):
        key = fold(entry.word)
        if other := lines.get(key):
            hint = "Flytta orden till det ena stället, och ta bort det andra."
            reading.problems.append(Problem(FILE, own.line, "ord", f"'{entry.word}' står redan på rad {other}", hint))
        lines.setdefault(key, own.line)
        for attribute in ("same", "narrower", "broader"):
            for word in getattr(entry, attribute):
                if fold(word) == key:
                    _problem(reading, own, attribute, f"'{word}' är ordet självt", "Ta bort det ur listan.")


def _check_broader(entries: Sequence[Entry], table: Table, reading: Reading) -> None:
    """Note broader words that lead nowhere, and ways up that come back to where they began."""
    known = {fold(word): word for word in _known_words(entries, reading.vocabularies)}
    up: dict[str, set[str]] = {}
    for entry in entries:
        up.setdefault(fold(entry.word), set()).update(map(fold, entry.broader))
        for word in entry.narrower:
            up.setdefault(fold(word), set()).add(fold(entry.word))
    # A vocabulary that cannot be read may have the word; its own problem is told.
    is_whole = not any(terms.broken for terms in reading.vocabularies.values())
    for entry, own in zip(entries, _tables(table), strict=True):
        for word in entry.broader:
            if is_whole and fold(word) not in known:
                close = nearest(word, known.values())
                hint = f"Menade du {close}?" if close else f"Lägg till ordet i listan, med en egen rad: - ord: {word}"
                _problem(reading, own, "broader", f"'{word}' finns varken i listan eller bland bankens termer", hint)
        if _leads_back(fold(entry.word), up):
            message = f"leder tillbaka till '{entry.word}'"
            _problem(reading, own, "broader", message, "Ta bort det ord som inte är vidare.")


def _known_words(entries: Iterable[Entry], vocabularies: Vocabularies) -> Iterator[str]:
    for entry in entries:
        yield from (entry.word, *entry.same, *entry.narrower)
    for terms in vocabularies.values():
        for term in terms:
            yield from term.names


def _leads_back(word: str, up: dict[str, set[str]]) -> bool:
    ways, passed = list(up.get(word, ())), set[str]()
    while ways:
        current = ways.pop()
        if current == word:
            return True
        if current not in passed:
            passed.add(current)
            ways.extend(up.get(current, ()))
    return False


def _check_terms(entries: Sequence[Entry], table: Table, reading: Reading) -> None:
    """Note entries that make two terms of one vocabulary the same."""
    named = {fold(name) for terms in reading.vocabularies.values() for one in terms for name in (one.id, *one.names)}
    for entry, own in zip(entries, _tables(table), strict=True):
        words = [word for word in (entry.word, *entry.same) if fold(word) in named]
        for terms in reading.vocabularies.values() if len(words) > 1 else ():
            found = {term.id: term.label for word in words if (term := terms.find(word))}
            if len(found) > 1:
                message = f"gör {listed(sorted(found.values()))} till samma sak, men de är olika termer i {terms.file}"
                _problem(reading, own, "same", message, "Ta bort den ena, eller flytta den till snävare eller vidare.")


def _check_phrases(entries: Sequence[Entry], table: Table, reading: Reading) -> None:
    """Note phrases of which the search keeps one word: they mean what that word does, wherever it stands."""
    for entry, own in zip(entries, _tables(table), strict=True):
        for attribute in ("word", "same", "narrower"):
            value = getattr(entry, attribute)
            for phrase in (value,) if isinstance(value, str) else value:
                said = {piece.text for piece in pieces(phrase)} if len(phrase.split()) > 1 else set()
                if len(said) == 1:
                    kept = said.pop()
                    message = f"av '{phrase}' använder sökningen bara '{kept}', för de andra orden är för vanliga"
                    hint = f"Skriv {kept}, om det ordet ensamt betyder detta. Skriv annars en fras med fler egna ord."
                    _problem(reading, own, attribute, message, hint, Severity.REMARK)


def _problem(
    reading: Reading, own: Table, attribute: str, message: str, hint: str, severity: Severity = Severity.ERROR
) -> None:
    key = rule_of(ENTRY_FIELDS, attribute).key
    entry = own.get(key)
    line = entry.line if entry else own.line
    reading.problems.append(Problem(FILE, line, f"{_ENTRIES.key} → {key}", message, hint, severity))
