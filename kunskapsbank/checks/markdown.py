"""Documents → Markdown that becomes something else than was meant: links and footnotes that are none, uneven tables."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from kunskapsbank.checks import telling
from kunskapsbank.checks.check import Check
from kunskapsbank.checks.links import short
from kunskapsbank.markup.blocks import Form
from kunskapsbank.markup.frontmatter import quoted
from kunskapsbank.markup.inline import on_one_line
from kunskapsbank.problems import Problem, Severity
from kunskapsbank.reading import schema
from kunskapsbank.swedish.letters import LETTER, LETTER_OR_DIGIT

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from kunskapsbank.markup.blocks import Block
    from kunskapsbank.model.document import Document
    from kunskapsbank.model.snapshot import Snapshot

ROWS, NOTE = "tabellrad", "oanvänd fotnot"

_WORDS = r"(?<![\[\]])\[[^\[\]\0]{1,200}\]"
_ADDRESS = r"(?:https?://|www\.|mailto:|\.{0,2}/)[^\s()<>\0]*|[^\s()<>\0]+\.(?:md|pdf|docx|xlsx|pptx|odt|png|jpe?g)"
# What is left of each in a text where Markdown made nothing of it.
_LEFT = re.compile(
    rf"(?P<note>\[\^(?P<name>[^\[\]\n\0]{{1,60}})\](?!:))|"
    rf"(?P<apart>{_WORDS}[ \n]{{1,2}}\((?P<target>{_ADDRESS})(?:#[^\s()]*)?\))|"
    rf"(?P<spaces>{_WORDS}\((?P<spaced>(?=[^()\n\0]*\S)[^()\n\0\"']* [^()\n\0]*)\))|"
    r"(?P<turned>\((?P<turned_words>[^()\0\n]{1,200})\)\[(?P<turned_target>(?:https?://|www\.|mailto:)[^\s\[\]]+)\])|"
    rf"(?P<open>{_WORDS}\((?:https?://|www\.|mailto:|\.\.?/)[^\s()<>\0]*(?=\s|$))|"
    rf"(?P<reference>{_WORDS}\[(?P<label>[^\[\]\n\0]{{0,100}})\])"
)
_LETTER, _LETTER_OR_DIGIT = re.compile(LETTER), re.compile(LETTER_OR_DIGIT)


def _look_for_errors(documents: Iterable[Document], _: Snapshot) -> Iterator[Problem]:
    """Yield what a reader would see as marks, or not see at all."""
    for document in documents:
        yield from _titles(document)
        yield from _fields_again(document)
        if document.body:
            yield from _left_over(document)
            yield from _headings(document, document.body.blocks)
            yield from _pictures_elsewhere(document, document.body.blocks)


def _look_for_remarks(documents: Iterable[Document], _: Snapshot) -> Iterator[Problem]:
    """Yield rows of tables that are not as long as the first, and footnotes that nothing leads to."""
    for document in documents:
        if document.body:
            yield from _rows(document, document.body.blocks)
            for name, line in document.body.uncalled_notes.items():
                hint = f"Skriv [^{name}] i texten där noten hör till, eller ta bort noten."
                yield telling.at_line(document, line, f"inget i texten hänvisar till fotnoten [^{name}]", hint, NOTE)


ERRORS = Check(frozenset(), Severity.ERROR, _look_for_errors, alone=True)
REMARKS = Check(frozenset({ROWS, NOTE}), Severity.REMARK, _look_for_remarks, alone=True)


def _titles(document: Document) -> Iterator[Problem]:
    title = document.record.title if document.record else document.page.title if document.page else None
    if title is not None and not _LETTER.search(title):
        hint = "Skriv vad sidan handlar om, med ord."
        yield telling.at_field(document, "title", f"är {quoted(title)}, utan en enda bokstav", hint, "")


def _fields_again(document: Document) -> Iterator[Problem]:
    """Yield each place of the text where the fields of a file begin once more."""
    body = document.source.body if document.source else ""
    if "\n---" not in f"\n{body}":
        return
    keys = {rule.key for rule in schema.FIELDS}
    lines = body.split("\n")
    for block in document.body.blocks if document.body else ():
        if block.form is Form.CODE:
            first = block.line - document.body_line
            last = first + block.markdown.count("\n") + 1
            lines[first:last] = [""] * (last - first)
    number = 0
    while number < len(lines):
        end = _end_of_fields(lines, number, keys)
        if end:
            hint = "Låt fälten överst gälla: flytta dit det som saknas där, och ta bort raderna från --- till ---."
            line = document.body_line + number
            yield Problem(document.file, line, "", "fälten står en gång till", hint)
        number = end or number + 1


def _end_of_fields(lines: list[str], start: int, keys: set[str]) -> int:
    """Return the line that ends the fields that begin at a line, 0 where none do."""
    if lines[start].rstrip() != "---":
        return 0
    known = False
    for number in range(start + 1, len(lines)):
        line = lines[number]
        if line.rstrip() in {"---", "..."}:
            return number if known else 0
        key = re.match(r"([^\W\d][\w ]*):(?:\s|$)", line)
        known = known or (key is not None and key[1] in keys)
        if not (key or re.match(r"\s+\S|- |#", line)):
            return 0
    return 0


def _left_over(document: Document) -> Iterator[Problem]:
    for left in document.body.left if document.body else ():
        for match in _LEFT.finditer(left.text):
            message, hint = _TOLD[match.lastgroup or ""](match)
            line = left.line + left.text.count("\n", 0, match.start())
            yield Problem(document.file, line, "", message, hint)


def _note(match: re.Match[str]) -> tuple[str, str]:
    return (
        f"fotnoten {match[0]} finns inte",
        f"Skriv noten på en egen rad sist i texten: {match[0]}: Det som ska stå i noten. Annars: ta bort {match[0]}",
    )


def _apart(match: re.Match[str]) -> tuple[str, str]:
    right = re.sub(r"\][ \n]+\(", "](", on_one_line(match[0]))
    return "ett mellanslag skiljer länkens text från dess adress", f"Skriv {short(right)}"


def _spaces(match: re.Match[str]) -> tuple[str, str]:
    words = match[0][: match[0].rindex("](") + 1]
    address = match["spaced"].strip()
    if not address.startswith(("http", "www.", ".", "/", "mailto:")) and not re.search(r"\.\w{2,4}(?:#|$)", address):
        return (
            f"det som står inom parentes efter {short(words)} är ingen adress",
            "Är det ingen länk: sätt ett mellanslag mellan ] och (. Annars: skriv adressen utan mellanslag.",
        )
    right = f"{words}({re.sub(' +', '%20', address)})"
    return f"adressen {quoted(address)} har mellanslag, så att länken inte fungerar", f"Skriv {short(right)}"


def _turned(match: re.Match[str]) -> tuple[str, str]:
    right = f"[{match['turned_words']}]({match['turned_target']})"
    return "länkens hakparentes och parentes har bytt plats", f"Skriv {short(right)}"


def _open(match: re.Match[str]) -> tuple[str, str]:
    return f"länken {short(on_one_line(match[0]))} är inte avslutad", "Sätt ) efter adressen."


def _reference(match: re.Match[str]) -> tuple[str, str]:
    name = match["label"] or match[0].rpartition("][")[0][1:]
    return (
        f"länken {short(on_one_line(match[0]))} har ingen adress",
        f"Skriv adressen direkt, [text](adress), eller lägg till en egen rad: [{on_one_line(name)}]: adress",
    )


_TOLD: Mapping[str, Callable[[re.Match[str]], tuple[str, str]]] = {
    "note": _note,
    "apart": _apart,
    "spaces": _spaces,
    "turned": _turned,
    "open": _open,
    "reference": _reference,
}


def _headings(document: Document, blocks: Iterable[Block]) -> Iterator[Problem]:
    for block in blocks:
        if block.form is Form.HEADING and (words := on_one_line(block.words)) and not _LETTER_OR_DIGIT.search(words):
            hint = "Skriv vad avsnittet handlar om, eller ta bort rubriken."
            yield Problem(document.file, block.line, "", f"rubriken {quoted(words)} har inga bokstäver", hint)


def _pictures_elsewhere(document: Document, blocks: Iterable[Block]) -> Iterator[Problem]:
    """Yield pictures that lie on other sites: the site's policy lets no browser fetch them."""
    for block in blocks:
        for picture in block.pictures:
            if re.match(r"\s*(?:https?:)?//", picture.target, re.IGNORECASE):
                host = _host(picture.target)
                message = f"bilden ligger på en annan webbplats{f' ({host})' if host else ''}"
                hint = "Spara bilden i samma mapp som texten, om ni får använda den, och skriv bara filens namn."
                yield Problem(document.file, picture.line, "", message, hint)


def _host(target: str) -> str:
    try:
        return urlsplit(target.strip()).hostname or ""
    except ValueError:
        return ""


def _rows(document: Document, blocks: Iterable[Block]) -> Iterator[Problem]:
    lines = document.source.body.split("\n") if document.source else []
    for block in blocks:
        if block.form is not Form.TABLE or not block.rows:
            continue
        columns = len(block.rows[0])
        # The head and the line of dashes come first.
        for line in range(block.line + 2, block.line + 1 + len(block.rows)):
            cells = _cells(lines[line - document.body_line])
            if cells == columns:
                continue
            has = f"raden har {cells} {'cell' if cells == 1 else 'celler'}, men tabellen {columns}"
            message = f"{has} {'kolumn' if columns == 1 else 'kolumner'}"
            hint = (
                "Det som är för mycket syns inte på sidan. Ta bort det, eller ge tabellen en kolumn till."
                if cells > columns
                else "Sätt | mellan cellerna, och lämna de tomma cellerna tomma: | 2018 | |"
            )
            yield telling.at_line(document, line, message, hint, ROWS)


def _cells(row: str) -> int:
    """Return how many cells a line of a table has; a | with a backslash before it is text (GFM, 4.10 Tables)."""
    bare = re.sub(r"^[ \t>]*", "", row).rstrip()
    inner = re.sub(r"\\.", "", bare).removeprefix("|").removesuffix("|")
    return inner.count("|") + 1
