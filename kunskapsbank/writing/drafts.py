"""Fields and a body → the text of a content file, and the place in the content folder where it belongs.

The rules are few: YAML in block form, and a value stands in quotation marks unless it is plainly a word or a number.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from kunskapsbank.markup.frontmatter import SUGGESTED
from kunskapsbank.model.kinds import Kind
from kunskapsbank.reading import schema
from kunskapsbank.swedish.text import normalise, slugify

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from kunskapsbank.model.vocabulary import Section

_PROGRAMS = {".docx": "Word-dokument", ".odt": "OpenDocument", ".pdf": "pdf"}

Value = str | Sequence["Value"] | Mapping[str, "Value"]

# Longer ones make paths that Windows cannot open: 260 characters in all, and the bank may lie deep in a folder.
LONGEST_SLUG = 60
# Windows keeps these names for devices, and the bank index and readme for itself.
RESERVED = frozenset(
    "aux com1 com2 com3 com4 com5 com6 com7 com8 com9 con index lpt1 lpt2 lpt3 lpt4 lpt5 lpt6 lpt7 lpt8 lpt9 nul prn "
    "readme".split()
)

_SPACE = re.compile(r"[ \t\r\n]+")
# What no editor shows and frontmatter.decode refuses, and halves of characters.
_INVISIBLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200b\u2028\u2029\u2060\ufeff\ufffe\uffff\ud800-\udfff]")
_STARTS_PLAINLY = re.compile(r"[A-Za-z0-9À-ÖØ-öø-ÿ(”]")
# A colon before a space or at the end makes a key, a hash after a space a comment.
_MISREAD = re.compile(r": | #|:$")
# The words that YAML readers take for nothing, or for true and false.
_WORDS = re.compile(r"(null|true|false|yes|no|on|off|y|n)", re.IGNORECASE | re.ASCII)


def written(fields: Mapping[str, Value], body: str, notes: Mapping[str, Sequence[str]] | None = None) -> str:
    """Return the text of a content file.

    `fields` has front matter keys, written in the order of the schema whatever the order given; an empty value gives
    the key alone. `notes` has per key the texts (without #) of the comment lines above its field, spaces before them
    kept; a key that has notes but no field gives the comments alone. `body` is Markdown. `frontmatter.parse` gives back
    every value as `cleaned` leaves it. Raises ValueError for a key that the schema lacks.
    """
    notes = notes or {}
    order = [rule.key for rule in schema.FIELDS]
    lines = ["---"]
    for key in sorted({*fields, *notes}, key=order.index):
        lines += [_comment(note) for note in notes.get(key, ())]
        if key in fields:
            lines += _entry(key, fields[key])
    text = normalise(body).replace("\r\n", "\n").strip("\n")
    return "\n".join([*lines, "---", *(["", text] if text else [])]) + "\n"


def _comment(note: str) -> str:
    indent = len(note) - len(note.lstrip(" "))
    return f"# {' ' * indent}{cleaned(note)}"


def _entry(key: str, value: Value) -> list[str]:
    nested = list(_nested(value))
    return [f"{key}:", *(f"  {line}" for line in nested)] if nested else [f"{key}: {scalar(value)}".rstrip()]


def _nested(value: Value) -> Iterator[str]:
    """Yield the lines of a list or a group, without indent; none for a text."""
    if isinstance(value, Mapping):
        for key, inner in value.items():
            yield from _entry(key, inner)
    elif not isinstance(value, str):
        for item in value:
            first, *rest = list(_nested(item)) or [scalar(item)]
            yield f"- {first}".rstrip()
            yield from (f"  {line}" for line in rest)


def scalar(value: Value) -> str:
    """Return a text as YAML writes it on one line, in quotation marks where it could be misread."""
    text = cleaned(value) if isinstance(value, str) else ""
    if not text or (_STARTS_PLAINLY.match(text) and not _MISREAD.search(text) and not _WORDS.fullmatch(text)):
        return text
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def cleaned(text: str) -> str:
    """Return `text` in normal form C on one line, with single spaces and without characters that nobody sees."""
    return _SPACE.sub(" ", normalise(without_invisible(text))).strip()


def without_invisible(text: str) -> str:
    """Return `text` without characters that nobody sees; its lines stay."""
    return _INVISIBLE.sub("", text)


def suggested(passage: str) -> str:
    """Return the note above a field that was filled in from a passage of the text, for the editor to confirm."""
    return f"{SUGGESTED}: ”{passage}”" if passage else SUGGESTED


def with_original(body: str, original: str) -> str:
    """Return a text that ends with a link to the file of the report itself, which lies beside."""
    name = _PROGRAMS[PurePosixPath(original).suffix]
    return f"{body.strip()}\n\n[Rapporten i original ({name})]({original})"


def place(kind: str, project: str, year: int | None, name: str) -> str:
    """Return where a file belongs, relative to the content folder: "projekt/samlarteam/2018-slutrapport.md".

    `kind` is the id of a kind of document. `project` is the folder of the project, and "" for what belongs to none; a
    new project's folder is made from `name`, its title. A travel report's name is the place it went to, a research
    report's its title. The parts are short enough, and no names that an operating system refuses.
    """
    *folders, file = Kind(kind).rule.path.split("/")
    folder = "/".join(folders).format(project=project or _slug(kind, name))
    if file == "index.md":
        return f"{folder}/{file}"
    return f"{folder}/{_slug(kind, PurePosixPath(file).stem.format(year=year or '', kind=kind, name=name))}.md"


def _slug(kind: str, name: str) -> str:
    slug = slugify(name)
    if len(slug) > LONGEST_SLUG:
        slug = slug[: LONGEST_SLUG + 1].rpartition("-")[0] or slug[:LONGEST_SLUG]
    return f"{slug}-{kind}" if slug in RESERVED else slug or "utan-namn"


def outline(sections: Iterable[Section], year: int | None) -> str:
    """Return a body with the headings of a kind of document, each with its help as a comment that is not published.

    `year` is that of the money: what is asked for from a later year on is left out. None takes everything.
    """
    asked = [section for section in sections if year is None or section.from_year <= year]
    # Two hyphens would end the comment.
    helps = (re.sub(r"-{2,}", "–", section.help) for section in asked)
    parts = [
        f"## {section.heading}\n" + (f"\n<!-- Hjälp: {note} -->\n" if note else "")
        for section, note in zip(asked, helps, strict=True)
    ]
    return "\n".join(parts)
