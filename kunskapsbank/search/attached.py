"""Catalogue → the text of the files beside its records: PDF and Office files that they link to, and originals."""

from __future__ import annotations

import hashlib
import posixpath
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import unquote

from kunskapsbank import attachments
from kunskapsbank.attachments.contents import UncheckedError
from kunskapsbank.kept import Kept
from kunskapsbank.swedish.text import normalise

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from kunskapsbank.model.catalogue import Catalogue
    from kunskapsbank.model.record import Record

SEARCHED = (".docx", ".ods", ".odt", ".pdf", ".pptx", ".xlsx")
MOST_LETTERS = 200_000
"""So much of the text of one file is searched, from its beginning."""
_TOO_LARGE = 200_000_000
# As Skapa rapport and `import` name an original beside its document.
_ORIGINAL = "-original"

Parts = tuple[tuple[str, str], ...]


class Attached(NamedTuple):
    """A file beside a record: its name, its address on the site, and its text with where each part of it stands."""

    name: str
    url: str
    parts: Parts


def attached(catalogue: Catalogue, cache: Path | None = None) -> dict[str, tuple[Attached, ...]]:
    """Return the files of each record by its id, those that have a text.

    In the folder `cache` is kept what was read, by the hash of the file; None keeps nothing.
    """
    kept = Kept[Parts](
        cache / "attached.jsonl.gz" if cache else None,
        attachments.version() if cache else "",
        lambda parts: [[*part] for part in parts],
        lambda written: tuple((str(place), str(text)) for place, text in written),
    )
    found = {}
    for record in catalogue.records:
        files = ((file, _text(catalogue.assets[file], kept)) for file in dict.fromkeys(_files(record, catalogue)))
        own = tuple(Attached(PurePosixPath(file).name, file, parts) for file, parts in files if parts)
        if own:
            found[record.id] = own
    kept.save()
    return found


def _files(record: Record, catalogue: Catalogue) -> Iterator[str]:
    """Yield the files that are named as a record is, and those that it links to."""
    stem = record.file.removesuffix(".md")
    for suffix in SEARCHED:
        yield from (file for file in (f"{stem}{suffix}", f"{stem}{_ORIGINAL}{suffix}") if file in catalogue.assets)
    for link in record.body.links:
        target = unquote(link.target.partition("#")[0].partition("?")[0])
        file = posixpath.normpath(posixpath.join(posixpath.dirname(record.file), target))
        if PurePosixPath(file).suffix.lower() in SEARCHED and file in catalogue.assets:
            yield file


def _text(path: Path, kept: Kept[Parts]) -> Parts:
    try:
        if path.stat().st_size >= _TOO_LARGE:
            return ()
        data = path.read_bytes()
    except OSError:
        # The checks tell of it.
        return ()
    suffix = path.suffix.lower()
    return kept.get(f"{hashlib.sha256(data).hexdigest()}{suffix}", lambda: _read(data, suffix))


def _read(data: bytes, suffix: str) -> Parts:
    try:
        parts = attachments.readable(attachments.read(data, suffix))
    except UncheckedError:
        return ()
    found, left = [], MOST_LETTERS
    for part in parts:
        text = normalise(part.text.strip())[:left]
        left -= len(text)
        if text:
            found.append((part.place, text))
    return tuple(found)
