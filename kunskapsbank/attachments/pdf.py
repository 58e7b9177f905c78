"""The bytes of a PDF → its text page by page, its links, notes, form fields and properties."""

from __future__ import annotations

import io
import logging
from typing import TYPE_CHECKING

from pypdf import PdfReader
from pypdf.errors import DependencyError, FileNotDecryptedError

from kunskapsbank.attachments.contents import Contents, Flaw, Part, UncheckedError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pypdf import PageObject

# pypdf logs in English what it mends by itself; editors are told only what they can do something about.
logging.getLogger("pypdf").setLevel(logging.CRITICAL)

# A PDF of 1 000 pages takes a minute to read, once.
MOST_PAGES = 1_000
# What draws one page, in bytes; a map has five million.
_LONGEST_PAGE = 20_000_000


def read(data: bytes) -> Contents:
    """Return what is written in a PDF; raises UncheckedError where it is damaged, locked or too large."""
    try:
        return _read(data)
    except (UncheckedError, MemoryError):
        raise
    except (DependencyError, FileNotDecryptedError):
        raise UncheckedError(Flaw.LOCKED) from None
    except Exception:
        # pypdf raises whatever comes of a broken file: KeyError, TypeError, AttributeError, RecursionError, its own.
        raise UncheckedError(Flaw.DAMAGED) from None


def _read(data: bytes) -> Contents:
    reader = PdfReader(io.BytesIO(data))
    # Many PDFs are locked with an empty password, which opens them.
    if reader.is_encrypted and not reader.decrypt(""):
        raise UncheckedError(Flaw.LOCKED)
    if len(reader.pages) > MOST_PAGES:
        raise UncheckedError(Flaw.TOO_LARGE)
    contents = Contents()
    for number, page in enumerate(reader.pages, 1):
        drawing = page.get_contents()
        if drawing and len(drawing.get_data()) > _LONGEST_PAGE:
            raise UncheckedError(Flaw.TOO_LARGE)
        text = page.extract_text()
        if not text.strip() and "/XObject" in (page.get("/Resources") or {}):
            contents.flaws.add(Flaw.NO_TEXT)
        contents.parts.append(Part(f"på sidan {number}", "\n".join((text, *_notes(page)))))
    stated = {key: str(value) for key, value in (reader.metadata or {}).items()}
    contents.names.append(stated.get("/Author", ""))
    if described := reader.xmp_metadata:
        creators = described.dc_creator or []
        contents.names += creators
        stated["xmp"] = "\n".join((*creators, *(described.dc_title or {}).values()))
    contents.parts.append(Part("i filens egenskaper", "\n".join(stated.values())))
    return contents


def _notes(page: PageObject) -> Iterator[str]:
    """Yield where links lead, what notes say, and what is filled in in forms."""
    for reference in page.get("/Annots") or ():
        note = reference.get_object()
        action = note.get("/A")
        target = action.get_object().get("/URI") if action else None
        yield from (str(value) for value in (target, note.get("/Contents"), note.get("/V")) if value)
