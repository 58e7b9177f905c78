"""A report's file, of whatever format → Markdown for the bank, its pictures and what an editor must look at.

In two steps, as pictures are made by whoever can: `read` gives the text and the pictures to make, `finish` takes what
became of them. The readers, and the libraries behind them, are loaded when a file needs them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from importlib import import_module
from typing import TYPE_CHECKING

from kunskapsbank.files import formats
from kunskapsbank.files.formats import Format
from kunskapsbank.files.unreadable import Reason, UnreadableError
from kunskapsbank.intake import used_pictures

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from kunskapsbank.intake.markdown import Written
    from kunskapsbank.intake.original import Original
    from kunskapsbank.intake.used_pictures import Picture, Unmade


# The module that reads each format; `read` of each takes the bytes and returns an Original.
_READERS = {
    Format.WORD: "word",
    Format.ODT: "odt",
    Format.PDF: "pdf",
    Format.WEB: "webpage",
}


@dataclass(frozen=True, slots=True)
class Read:
    """A report that has been read, before its pictures are made.

    `pictures` are those that the text shows, each to be made into the file that it names.
    """

    pictures: tuple[Picture, ...]
    html: str
    names: Mapping[str, str]
    written: Written
    title: str
    ending: str
    original: bytes | None
    remarks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Converted:
    """A report ready to be placed.

    `pictures` has the files that the Markdown links to by name. `remarks` say in Swedish what an editor must look at.
    `ending` is the true one of the file, without dot; `original` its bytes, None where it must not be published.
    """

    markdown: str
    title: str
    ending: str
    original: bytes | None = None
    pictures: Mapping[str, bytes] = field(default_factory=dict)
    remarks: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """The report with its title as a heading above, for finding suggestions in."""
        return f"# {self.title}\n\n{self.markdown}" if self.title else self.markdown


def convert(path: Path) -> Converted:
    """Read a .docx, .odt, .pdf or .html file; raises UnreadableError, in Swedish, for what cannot be taken in."""
    report = _read(formats.read(path), path.parent)
    return finish(report, import_module("kunskapsbank.intake.pictures").made(report.pictures))


def read(data: bytes, name: str) -> Read:
    """Read the bytes of a file that was called `name`; raises UnreadableError, in Swedish, as `convert` does.

    Nothing but the bytes is looked at: the pictures of a web page that lie beside it are not found.
    """
    return _read(formats.identified(data, name), None)


def finish(report: Read, made: Mapping[str, bytes | Unmade]) -> Converted:
    """Write the report with its pictures as they were made, by the names in `report.pictures`.

    One that could not be made is left out of the text, with a remark. Raises UnreadableError where nothing is left.
    """
    done = {name: picture for name, picture in made.items() if isinstance(picture, bytes)}
    written = report.written
    if any(picture.name not in done for picture in report.pictures):
        names = {key: name if name in done else "" for key, name in report.names.items()}
        written = _written(report.html, names)
    shown = {report.names[key] for key in written.pictures}
    if not (written.markdown.strip() or shown or written.title):
        raise UnreadableError(Reason.NO_TEXT)
    lost = used_pictures.remarks(report.pictures, made)
    return Converted(
        markdown=written.markdown,
        title=written.title or report.title,
        ending=report.ending,
        original=report.original,
        pictures={picture.name: done[picture.name] for picture in report.pictures if picture.name in shown},
        remarks=(*report.remarks, *lost, *written.remarks),
    )


def _read(source: formats.Source, folder: Path | None) -> Read:
    try:
        original = _original(source, folder)
        names, pictures = used_pictures.named(*_shown(original))
        written = _written(original.html, names)
    except RecursionError:
        # Parts nested in each other deeper than any document has them.
        raise UnreadableError(Reason.DAMAGED) from None
    except MemoryError:
        raise UnreadableError(Reason.NO_MEMORY) from None
    used = {names[key] for key in written.pictures}
    if not (written.markdown.strip() or used or written.title):
        raise UnreadableError(Reason.NO_TEXT)
    return Read(
        pictures=tuple(picture for picture in pictures if picture.name in used),
        html=original.html,
        names={key: name for key, name in names.items() if name in used},
        written=written,
        title=_stated(original.title),
        ending=source.format.value,
        original=None if source.has_code else source.data,
        remarks=(*source.remarks, *original.remarks),
    )


# What programs and templates state as the title of a file: its name, or that it has none.
_NO_TITLE = re.compile(
    r"microsoft (?:word|powerpoint|excel|office)\b.*|https?://.*|\S*[_\d]\S*|(?:rapport)?mall\b.*"
    r"|.*\.(?:docx?|docm|dotx?|odt|ott|pdf|rtf|txt|pptx?|xlsx?|pages|indd|html?)"
    r"|(?:word[ -]?)?(?:dokument|document|doc|presentation|bok|book)[ _-]*\d*"
    r"|(?:namnlös|untitled|utan titel|titel|title|rubrik)[ _-]*\d*",
    re.IGNORECASE,
)


def _stated(title: str) -> str:
    """Return the title that a file states about itself; "" for one that says nothing of what it is about."""
    one_line = " ".join(title.split())
    return "" if _NO_TITLE.fullmatch(one_line) or not any(map(str.isalpha, one_line)) else one_line


def _original(source: formats.Source, folder: Path | None) -> Original:
    module = import_module(f"kunskapsbank.intake.{_READERS[source.format]}")
    found: Original = module.read(source.data, folder) if source.format is Format.WEB else module.read(source.data)
    return found


def _shown(original: Original) -> tuple[dict[str, bytes], dict[str, str]]:
    """Return the pictures that the text shows, in the order that the file has them, and their alternative texts."""
    alts: dict[str, str] = import_module("kunskapsbank.intake.markdown").alternative_texts(original.html)
    return {key: picture for key, picture in original.pictures.items() if key in alts}, alts


def _written(html: str, names: Mapping[str, str]) -> Written:
    found: Written = import_module("kunskapsbank.intake.markdown").write(html, names)
    return found
