"""Personal data in documents, pages, vocabularies and the names of files: errors, which quote none of it."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from kunskapsbank.checks.check import Check
from kunskapsbank.checks.personal.local import Local
from kunskapsbank.checks.personal.patterns import ADDRESS, COORDINATION, MAIL, NUMBER, PHONE, RULES, find
from kunskapsbank.problems import Problem, Severity

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from kunskapsbank.markup.frontmatter import ContentFile
    from kunskapsbank.model.document import Document
    from kunskapsbank.model.snapshot import Snapshot

_REMOVE_NUMBER = "Ta bort numret: det får inte publiceras."
# For each rule what was found, with its article, and what to do about it.
WORDS: Mapping[str, tuple[str, str]] = {
    NUMBER: ("ett personnummer", _REMOVE_NUMBER),
    COORDINATION: ("ett samordningsnummer", _REMOVE_NUMBER),
    PHONE: ("ett telefonnummer", "Ta bort numret."),
    MAIL: ("en e-postadress", "Ta bort adressen, eller skriv en funktionsbrevlåda i stället."),
    ADDRESS: ("en gatuadress", "Ta bort adressen, eller skriv bara området."),
}
_IN_TEXT = "här står {what}"
_IN_NAME = "filens namn innehåller {what}"
_RENAME = "Byt namn på filen."
# How an exception is written in the text, among the fields, and for a file that has no lines of its own.
ALLOW_IN_TEXT = "Om det får stå här: skriv skälet på samma rad, <!-- tillåt {rule}: skälet -->"
ALLOW_IN_FIELDS = "Om det får stå här: skriv skälet på samma rad, # tillåt {rule}: skälet"
ALLOW_FILE = "Om det får stå där: skriv skälet på raden som länkar till filen, <!-- tillåt {rule}: skälet -->"


def _look(documents: Iterable[Document], bank: Snapshot) -> Iterator[Problem]:
    """Yield each line with personal data, and each name of a file that has some."""
    local = _local(bank)
    for document in documents:
        yield from in_text(document.file, document.text, document.source, local)
        yield from in_name(document.file, local)


# Documents are looked at one by one, and the bank that they belong to is one.
@lru_cache(maxsize=1)
def _local(bank: Snapshot) -> Local:
    return Local.of(bank.settings, bank.vocabularies)


CHECK = Check(frozenset(RULES), Severity.ERROR, _look, alone=True)


def in_name(file: str, local: Local) -> Iterator[Problem]:
    """Yield an error for each rule that a file's name breaks."""
    for rule in dict.fromkeys(finding.rule for finding in find(file, local)):
        message = _IN_NAME.format(what=WORDS[rule][0])
        yield Problem(file, 1, "", message, f"{_RENAME} {ALLOW_FILE.format(rule=rule)}", rule=rule)


def in_text(file: str, text: str, source: ContentFile | None, local: Local) -> Iterator[Problem]:
    """Yield an error for each rule and line; `source` tells fields from body, None where the file has only fields."""
    told: set[tuple[int, str]] = set()
    line, counted = 1, 0
    for finding in find(text, local):
        line += text.count("\n", counted, finding.start)
        counted = finding.start
        if (line, finding.rule) in told:
            continue
        told.add((line, finding.rule))
        what, remedy = WORDS[finding.rule]
        in_body = source is not None and line >= source.body_line
        allow = (ALLOW_IN_TEXT if in_body else ALLOW_IN_FIELDS).format(rule=finding.rule)
        field = "" if in_body or source is None else field_at(source, line)
        yield Problem(file, line, field, _IN_TEXT.format(what=what), f"{remedy} {allow}", rule=finding.rule)


def field_at(source: ContentFile, line: int) -> str:
    """Return the key of the field that has this line of the file; "" in the body and above the first field."""
    if line >= source.body_line - 1:
        return ""
    return next((entry.key for entry in reversed(source.fields.entries) if entry.line <= line), "")
