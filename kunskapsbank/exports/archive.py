"""A bank → a folder to keep: content, records, and a readable page of each document, with a manifest and checksums.

The form is BagIt (RFC 8493), by the Library of Congress' own library, so that an archive's programs can take it in and
anybody can tell years later whether a bit has changed.
"""

from __future__ import annotations

import logging
import shutil
from typing import TYPE_CHECKING

import bagit

from kunskapsbank.exports import package, readable, tables
from kunskapsbank.problems import BankError
from kunskapsbank.reading import folder

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from kunskapsbank.exports.package import About
    from kunskapsbank.exports.tables import Table
    from kunskapsbank.model.catalogue import Catalogue
    from kunskapsbank.model.record import Page, Record

_CONTENT, _TABLES, _READABLE = "innehall", "tabeller", "lasbart"
_CHECKSUMS = ["sha256", "sha512"]


class ArchiveError(BankError):
    """An archive that cannot be made or is not whole; the text says what, in Swedish."""


def write(catalogue: Catalogue, content: Path, place: Path, about: About, today: date) -> int:
    """Write the archive of a bank to the folder `place`, which must not hold anything; returns the number of files.

    `content` is the folder that the catalogue was read from. Raises ArchiveError, and OSError where nothing can be
    written; then what was begun is gone again.
    """
    if place.exists() and (not place.is_dir() or any(place.iterdir())):
        raise ArchiveError(f"{place} finns redan och är inte tom. Ange en ny mapp.")
    if content.resolve() == place.resolve() or content.resolve() in place.resolve().parents:
        raise ArchiveError(f"{place} ligger i bankens innehåll. Ange en mapp utanför {content}.")
    was_there = place.exists()
    try:
        place.mkdir(parents=True, exist_ok=True)
        _fill(catalogue, content, place, about)
        # The library tells each step; what matters is raised.
        logging.getLogger("bagit").setLevel(logging.CRITICAL)
        bag = bagit.make_bag(
            str(place),
            {
                "External-Description": about.description,
                "External-Identifier": about.title,
                "Bagging-Date": today.isoformat(),
            },
            checksums=_CHECKSUMS,
        )
    except BaseException:
        shutil.rmtree(place, ignore_errors=True)
        if was_there:
            place.mkdir(exist_ok=True)
        raise
    return len(list(bag.payload_files()))


def verify(place: Path) -> list[str]:
    """Return what is wrong with an archive, a Swedish sentence a file; nothing when it is as it was written.

    Raises ArchiveError where the folder is no archive.
    """
    logging.getLogger("bagit").setLevel(logging.CRITICAL)
    try:
        bag = bagit.Bag(str(place))
        # With the sum of all sizes it would stop at once, and not tell which file it is.
        bag.info.pop("Payload-Oxum", None)
        bag.validate()
    except bagit.BagValidationError as error:
        return sorted({_sentence(detail) for detail in error.details}) or [f"Arkivet är inte helt: {error.message}"]
    except bagit.BagError:
        raise ArchiveError(
            f"{place} är inget arkiv i formen BagIt: filen bagit.txt saknas eller går inte att läsa."
        ) from None
    return []


def _sentence(detail: object) -> str:
    if isinstance(detail, bagit.ChecksumMismatch):
        return f"{detail.path}: filen har ändrats sedan arkivet skrevs."
    if isinstance(detail, bagit.FileMissing):
        return f"{detail.path}: filen saknas."
    if isinstance(detail, bagit.UnexpectedFile):
        return f"{detail.path}: filen har lagts till sedan arkivet skrevs."
    return f"Arkivet är inte helt: {detail}"


def _fill(catalogue: Catalogue, content: Path, place: Path, about: About) -> None:
    at: dict[str, str] = {}
    for file, path in folder.walk(content).files:
        kept = place / _CONTENT / file
        kept.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, kept)
        at[file] = f"{_CONTENT}/{file}"
    pages: list[Record | Page] = [*catalogue.records, *catalogue.pages]
    at |= {page.file: f"{_READABLE}/{page.file.removesuffix('.md')}.html" for page in pages}
    found = tables.tables(catalogue)
    fields = _fields(found[0], catalogue)
    fields |= {record.file: [("Exempel", "ja, innehållet är påhittat")] for record in catalogue if record.example}
    for page in pages:
        text = readable.page(page.file, page.title, fields.get(page.file, ()), page.body.markdown, at)
        _write(place / at[page.file], text)
    for name, text in package.files(found, about).items():
        _write(place / _TABLES / name, text)


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8", newline="")


def _fields(records: Table, catalogue: Catalogue) -> dict[str, list[tuple[str, str]]]:
    """Return by file the names and values of a record's fields that stand in the table of records."""
    files = {record.id: record.file for record in catalogue.records}
    return {
        files[str(row[0])]: [
            (column.title, package.shown(value))
            for column, value in zip(records.columns, row, strict=True)
            if value not in (None, (), False)
        ]
        for row in records.rows
    }
