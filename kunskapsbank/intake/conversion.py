"""A report's file, of whatever format → Markdown for the bank, its pictures and what an editor must look at."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from bs4 import BeautifulSoup

from kunskapsbank.files import formats
from kunskapsbank.files.formats import Format
from kunskapsbank.files.package import DAMAGED
from kunskapsbank.files.unreadable import UnreadableError
from kunskapsbank.intake import markdown, odt, pdf, pictures, webpage, word

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from kunskapsbank.intake.original import Original


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
    source = formats.read(path)
    try:
        return _converted(source, path)
    except RecursionError:
        # Parts nested in each other deeper than any document has them.
        raise UnreadableError(DAMAGED) from None
    except MemoryError:
        raise UnreadableError("filen är för stor för datorns minne. Dela upp den, eller gör bilderna mindre.") from None


def _converted(source: formats.Source, path: Path) -> Converted:
    original = _original(source, path)
    soup = BeautifulSoup(original.html, "html.parser")
    alts: dict[str, str] = {}
    for image in soup.find_all("img"):
        alts.setdefault(str(image.get("src") or ""), " ".join(str(image.get("alt") or "").split()))
    used = {key: picture for key, picture in original.pictures.items() if key in alts}
    prepared = pictures.prepare(used, alts)
    for image in soup.find_all("img"):
        if str(image.get("src") or "") not in prepared.names:
            image.decompose()
    written = markdown.write(str(soup), prepared.names)
    names = {prepared.names[key] for key in written.pictures}
    if not written.markdown.strip() and not names:
        raise UnreadableError("filen har ingen text. Öppna den och se efter att den innehåller rapporten.")
    return Converted(
        markdown=written.markdown,
        title=written.title or " ".join(original.title.split()),
        ending=source.format.value,
        original=None if source.has_code else source.data,
        pictures={name: data for name, data in prepared.files.items() if name in names},
        remarks=(*source.remarks, *original.remarks, *prepared.remarks, *written.remarks),
    )


def _original(source: formats.Source, path: Path) -> Original:
    if source.format is Format.WORD:
        return word.read(source.data)
    if source.format is Format.ODT:
        return odt.read(source.data)
    if source.format is Format.PDF:
        return pdf.read(source.data)
    return webpage.read(source.data, path.parent)
