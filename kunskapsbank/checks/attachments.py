"""The files beside the documents → personal data in their text and properties. What pictures show is not looked at."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from kunskapsbank import attachments
from kunskapsbank.attachments.contents import Flaw, UncheckedError
from kunskapsbank.checks.personal import patterns, published
from kunskapsbank.checks.personal.local import UNKNOWN, Local
from kunskapsbank.checks.personal.published import ALLOW_FILE, WORDS
from kunskapsbank.kept import Kept
from kunskapsbank.problems import Problem, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from kunskapsbank.model.catalogue import Catalogue

DAMAGED, UNSEEN = "skadad bilaga", "okontrollerad bilaga"
PICTURE, PROPERTIES = "bildens uppgifter", "filens egenskaper"
RULES = (DAMAGED, PICTURE)
REMARK_RULES = (UNSEEN, PROPERTIES)

# A file of so many bytes or more is never read into memory.
TOO_LARGE = 200_000_000

# Each flaw: its rule, what is told, what to do about it.
_FLAWS: Mapping[Flaw, tuple[str, str, str]] = {
    Flaw.DAMAGED: (
        DAMAGED,
        "filen är skadad, så att det inte går att se vad som står i den",
        "Spara originalet på nytt och byt ut filen.",
    ),
    Flaw.TOO_LARGE: (
        DAMAGED,
        "filen är för stor för att kontrolleras",
        "Gör bilderna i den mindre, eller dela upp den.",
    ),
    Flaw.LOCKED: (
        UNSEEN,
        "filen är skyddad med lösenord, så att det inte går att se vad som står i den",
        "Läs igenom filen själv, eller byt ut den mot en utan lösenord.",
    ),
    Flaw.NO_TEXT: (
        UNSEEN,
        "filen har sidor som bara är bilder av text, och de kan inte kontrolleras",
        "Läs igenom sidorna själv, eller byt ut filen mot en som är sparad från originalet.",
    ),
    # Nothing that anybody could allow: whoever checks the whole bank can look into pictures.
    Flaw.NO_PICTURES: (
        "",
        "filen har bilder, och vad som står i deras uppgifter kontrolleras först när den lämnas in",
        "Du behöver inte göra något nu.",
    ),
    Flaw.CHANGES: (
        PROPERTIES,
        "filen har kommentarer eller spårade ändringar",
        "Godkänn ändringarna, ta bort kommentarerna och spara på nytt.",
    ),
    Flaw.NAME: (
        PROPERTIES,
        "filens egenskaper innehåller ett namn",
        "I Word: Arkiv, Info, Sök efter problem, Granska dokument. I Utforskaren: Egenskaper, Information, Ta bort "
        "egenskaper.",
    ),
    Flaw.PLACE: (
        PICTURE,
        "bildens uppgifter visar var den är tagen",
        "Ta bort platsen. I Utforskaren: Egenskaper, Information, Ta bort egenskaper.",
    ),
}

_NAME = re.compile(r"[A-ZÅÄÖÉ][\w.'-]+(?:,? [A-ZÅÄÖÉ][\w.'-]*)+")
_NO_NAME = re.compile(r"stad|förvaltning|nämnd|kommun|user|author|admin|office|microsoft|windows|\bAB\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True, order=True)
class _Found:
    """What was found in a file: a personal-data rule or a flaw, its place, and its line where the file has lines."""

    what: str
    place: str = ""
    line: int = 1


def errors(catalogue: Catalogue, cache: Path | None = None) -> Iterator[Problem]:
    """Yield an error for all personal data in attachments, and for attachments that cannot be looked into.

    In the folder `cache` is kept what was found in which file, but never the data itself: a file that was there the
    last time, whatever its name, is not read again. None keeps nothing.
    """
    return (problem for problem in problems(catalogue, cache) if problem.severity is Severity.ERROR)


def remarks(catalogue: Catalogue, cache: Path | None = None) -> Iterator[Problem]:
    """Yield a remark for names in properties, for comments, and for what only a person can read; `cache` as above."""
    return (problem for problem in problems(catalogue, cache) if problem.severity is Severity.REMARK)


def problems(catalogue: Catalogue, cache: Path | None = None) -> Iterator[Problem]:
    """Yield both; `cache` as above."""
    local = Local.of(catalogue.settings, catalogue.vocabularies)
    yield from of_files(catalogue.assets, local, cache)


def of_files(
    assets: Mapping[str, Path], local: Local, cache: Path | None = None, is_part: bool = False
) -> Iterator[Problem]:
    """Yield both of these files, by what is known of the organisation; `is_part` of a bank that has others too."""
    with_cache = _kept(cache, local)
    for file, path in sorted(assets.items()):
        yield from published.in_name(file, local)
        for found in _looked_into(path, with_cache, local):
            yield _told(file, found)
    with_cache.save(is_part)


def of_file(file: str, data: bytes, local: Local) -> Iterator[Problem]:
    """Yield both of one file that is at hand and not yet in the bank, by what is known of the organisation."""
    yield from published.in_name(file, local)
    for found in _at_hand(data, PurePosixPath(file).suffix.lower(), local):
        yield _told(file, found)


@lru_cache(maxsize=1)
def _at_hand(data: bytes, suffix: str, local: Local) -> list[_Found]:
    """Return what is in a file; whoever has one at hand asks again and again while the text beside it is written."""
    return [_Found(Flaw.TOO_LARGE)] if len(data) >= TOO_LARGE else look_into(data, suffix, local)


def _told(file: str, found: _Found) -> Problem:
    if found.what in WORDS:
        what, remedy = WORDS[found.what]
        rule, message, severity = found.what, f"{found.place or 'här'} står {what}", Severity.ERROR
    else:
        flaw = Flaw(found.what)
        rule, message, remedy = _FLAWS[flaw]
        severity = Severity.ERROR if rule in RULES else Severity.REMARK
    hint = f"{remedy} {ALLOW_FILE.format(rule=rule)}" if rule else remedy
    return Problem(file, found.line, "", message, hint, severity, rule)


def _looked_into(path: Path, kept: Kept[list[_Found]], local: Local) -> list[_Found]:
    try:
        if path.stat().st_size >= TOO_LARGE:
            return [_Found(Flaw.TOO_LARGE)]
        data = path.read_bytes()
    except OSError:
        return [_Found(Flaw.DAMAGED)]
    suffix = path.suffix.lower()
    return kept.get(f"{hashlib.sha256(data).hexdigest()}{suffix}", lambda: look_into(data, suffix, local))


def look_into(data: bytes, suffix: str, local: Local = UNKNOWN) -> list[_Found]:
    """Return what is in a file, each rule once for each place."""
    try:
        read = attachments.read(data, suffix)
    except UncheckedError as unchecked:
        return [_Found(unchecked.flaw)]
    found = {_Found(flaw) for flaw in read.flaws}
    for part in read.parts:
        for finding in patterns.find(part.text, local):
            line = part.text.count("\n", 0, finding.start) + 1
            found.add(
                _Found(finding.rule, "", line) if read.has_lines else _Found(finding.rule, patterns.masked(part.place))
            )
    for part in read.short_numbers:
        # A telephone number is not written as a number.
        rules = {finding.rule for finding in patterns.find(part.text, local)} - {patterns.PHONE}
        found |= {_Found(rule, patterns.masked(part.place)) for rule in rules}
    if any(_NAME.search(name) and not _NO_NAME.search(name) for name in read.names):
        found.add(_Found(Flaw.NAME))
    return sorted(found)


def _version(local: Local) -> str:
    """Return what must be the same for an earlier finding to hold: the rules, the readers, what they build on, and what
    is known of the organisation."""
    ours = (*sorted(Path(patterns.__file__).parent.glob("*.py")), Path(__file__))
    rules = (path.read_text("utf-8") for path in ours)
    known = repr(
        (local.mailboxes.domains, local.mailboxes.functions, sorted(local.mailboxes.units), local.squares, local.names)
    )
    return hashlib.sha256("\n".join((attachments.version(), *rules, known)).encode()).hexdigest()


def _kept(cache: Path | None, local: Local) -> Kept[list[_Found]]:
    """Return what was found the last time, by the hash of the file."""
    return Kept(
        cache / "attachments.jsonl" if cache else None,
        _version(local) if cache else "",
        lambda found: [[one.what, one.place, one.line] for one in found],
        lambda written: [_Found(str(what), str(place), int(line)) for what, place, line in written],
    )
