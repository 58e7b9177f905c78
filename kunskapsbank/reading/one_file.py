"""The bytes of one Markdown file → a document, as much of it as could be read, and what is wrong with it by itself."""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from kunskapsbank.files.digest import digest_of
from kunskapsbank.model import addresses, vocabulary
from kunskapsbank.model.catalogue import ASSET_TYPES
from kunskapsbank.model.document import Document
from kunskapsbank.model.kinds import Kind
from kunskapsbank.problems import ContentError, Problem
from kunskapsbank.reading import record_fields, schema, taken_apart
from kunskapsbank.swedish.phrases import listed
from kunskapsbank.swedish.text import normalise, slugify

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from kunskapsbank.markup.body import Body
    from kunskapsbank.markup.frontmatter import ContentFile
    from kunskapsbank.model.record import Record
    from kunskapsbank.model.vocabulary import Vocabularies

    TakeApart = Callable[[str, bytes], tuple[ContentFile, Body, list[Problem]]]

# What MkDocs takes for Markdown; ours all end in .md, so that there is one way.
_MARKDOWN_TYPES = frozenset({".md", ".markdown", ".mdown", ".mkdn", ".mkd"})

_PROJECTS = Kind.PROJECT.rule.folder
# Pages about the bank, which are no records.
_PAGES = "om"


def refused(file: str) -> Problem | None:
    """Return why the bank takes no file of this name in this place; None for a text, and for what lies beside one."""
    path = PurePosixPath(file)
    suffix = path.suffix.lower()
    if path.name != "index.md" and path.stem.casefold() == "index" and suffix in _MARKDOWN_TYPES:
        return Problem(file, 1, "", f"filen heter {path.name}", "Byt namn till index.md.")
    if suffix in _MARKDOWN_TYPES and path.suffix != ".md":
        return Problem(file, 1, "", f"filen slutar på {path.suffix}", "Byt namn så att den slutar på .md.")
    if path.suffix == ".md":
        return _misplaced(path)
    if suffix not in ASSET_TYPES:
        hint = f"Filer bredvid dokumenten får vara {listed(sorted(ASSET_TYPES), 'eller')}."
        what = f"filer som slutar på {suffix}" if suffix else "filer utan filändelse"
        return Problem(file, 1, "", f"{what} får inte publiceras", hint)
    return None


def is_text(file: str) -> bool:
    """Tell whether a file that is not refused is a text, and not something that lies beside one."""
    return file.endswith(".md")


def _misplaced(path: PurePosixPath) -> Problem | None:
    if path.stem.casefold() == "readme":
        message = f"banken visar inga filer som heter {path.name}"
        return Problem(str(path), 1, "", message, "Byt namn, eller ta bort filen.")
    if kinds_at(str(path)) is None:
        others = "".join(f", {kind.rule.plural} i {kind.rule.folder}/" for kind in Kind if kind.rule.plural)
        hint = f"Projekt ligger i {_PROJECTS}/<projektets namn>/{others} och sidor om banken i {_PAGES}/."
        return Problem(str(path), 1, "", "filen ligger på en plats som banken inte använder", hint)
    return None


def kinds_at(file: str) -> frozenset[Kind] | None:
    """Return which kinds of record may have this path; empty for a plain page, None for no place at all."""
    if file == "index.md" or file.startswith(f"{_PAGES}/") or file in addresses.WITH_TEXT:
        return frozenset()
    return Kind.where(lambda rule: rule.may_lie_at(file)) or None


def default_id(file: str) -> str:
    """Return the id of a record that states none, from its path: "stella-2016-slutrapport", "resor-2018-kopenhamn"."""
    path = PurePosixPath(file).with_suffix("")
    parts = path.parts[1:] if path.parts[0] == _PROJECTS else path.parts
    return slugify("-".join(parts[:-1] if parts[-1] == "index" else parts))


def read(
    file: str, data: bytes, vocabularies: Vocabularies, today: date, take_apart: TakeApart = taken_apart.read
) -> tuple[Document, list[Problem]]:
    """Read a text that is not refused; `today` bounds the years within reason. Bad content raises nothing.

    `take_apart` gives of a file and its bytes what `taken_apart.read` does.
    """
    digest = digest_of(data)
    try:
        content, text_body, problems = take_apart(file, data)
    except ContentError as error:
        return Document(file, seen(data), digest=digest), list(error.problems)
    is_sound = not problems
    record, page = None, None
    try:
        if kinds := kinds_at(file):
            record, found = _record(content, text_body, kinds, vocabularies, today)
            # What a faulty text leaves unread may be what a remark is about.
            problems += found if record is None or is_sound else []
        else:
            page = record_fields.read_page(content, text_body)
    except ContentError as error:
        problems += error.problems
    return Document(file, "", content, text_body, record if is_sound else None, page, digest), problems


def seen(data: bytes) -> str:
    """Return what can be seen of a file's text whatever is wrong with it: that it may be searched, never shown."""
    text = data.decode("utf-8", "ignore").replace("\0", "")
    return normalise(text.replace("\r\n", "\n").replace("\r", "\n"))


def _record(
    content: ContentFile, text_body: Body, kinds: frozenset[Kind], vocabularies: Vocabularies, today: date
) -> tuple[Record | None, list[Problem]]:
    """Return the record and its remarks, or None and what is wrong; raises ContentError for faulty fields."""
    file = content.file
    record, remarks = record_fields.read_record(content, text_body, default_id(file), vocabularies, today)
    if not record.id:
        hint = "Byt namn på mappen eller filen: små bokstäver a–z, siffror och bindestreck."
        return None, [Problem(file, 1, "", "filens namn saknar bokstäver som kan stå i en adress", hint)]
    if record.kind not in kinds:
        kind_label = vocabularies[vocabulary.KINDS].label
        labels = [kind_label(kind) for kind in Kind if kind in kinds]
        message = f"är {kind_label(record.kind)}, men den här platsen är för {listed(labels, 'eller')}"
        key = schema.key_of("kind")
        return None, [Problem(file, content.line_of(key), key, message, "Ändra typen, eller flytta filen.")]
    return record, remarks
