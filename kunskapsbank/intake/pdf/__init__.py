"""A PDF with text → simple HTML with its pictures; `layout` finds out what the lines are."""

from __future__ import annotations

import io
import logging
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from pypdf import PdfReader
from pypdf.errors import DependencyError, FileNotDecryptedError

from kunskapsbank.files.unreadable import Reason, UnreadableError
from kunskapsbank.intake.original import Original
from kunskapsbank.intake.pdf.layout import arrange
from kunskapsbank.intake.pdf.lines import Piece, Sheet, lines
from kunskapsbank.intake.pdf.pictures import unpacked
from kunskapsbank.intake.pdf.text import drawn, links

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pypdf import PageObject

# Of three readers tried, pypdf 7, pdfminer.six (26 MB with cryptography) and pypdfium2 (9 MB, binary), all find the
# same text. pypdf gives it in the order written with place, size and font, so that rows of a table stay together, which
# pdfminer takes apart; pypdfium2 is five times as fast, which a report of some pages does not need.

# pypdf logs in English what it mends by itself; editors are told only what they can do something about.
logging.getLogger("pypdf").setLevel(logging.CRITICAL)

MOST_PAGES = 1_000
# A page with fewer letters than this on average is a picture of a page.
_LETTERS_PER_PAGE = 25
_MOST_PICTURES = 200
_MOST_PIXELS = 50_000_000
# Smaller ones are bullets and lines, in pixels.
_SMALLEST_PICTURE = 48

_DAMAGED = (
    "pdf-filen är skadad och går inte att läsa. Öppna originalet i Word och spara som pdf på nytt, eller ta Word-filen."
)
_LOCKED = (
    "pdf-filen är skyddad med lösenord eller mot kopiering. Ta originalet i Word, eller be den som gjort filen om en "
    "utan skydd."
)
_SCANNED = (
    "pdf-filen är en bild av text, troligen inläst i en skanner. Kör den genom ett program som känner igen text (OCR), "
    "eller ta originalet i Word."
)
_GARBLED = "pdf-filens bokstäver går inte att tyda. Ta originalet i Word, eller spara som pdf på nytt."
_TOO_LONG = f"pdf-filen har fler än {MOST_PAGES} sidor. Dela upp den."

_CHECK_TEXT = (
    "Texten kommer från en pdf-fil: jämför stycken, rubriker och listor med originalet. Diagram som är ritade i filen "
    "följer inte med."
)
_CHECK_TABLES = "Tabeller i en pdf-fil är bara text på rad: kontrollera varje tabell mot originalet."
_UNSURE_TABLES = (
    "Något i pdf-filen ser ut som en tabell men har blivit vanlig text, eftersom kolumnerna inte gick att läsa ut. "
    "Jämför med originalet."
)
_CHECK_PICTURES = "Bilderna kommer från en pdf-fil: kontrollera att de står på rätt ställe."
_PICTURES_LEFT_OUT = "En eller flera bilder i pdf-filen gick inte att ta ut och är utelämnade."


def read(data: bytes) -> Original:
    """Read a PDF; raises UnreadableError where it is damaged, locked, or holds pictures of text."""
    try:
        return _read(data)
    except (UnreadableError, MemoryError):
        raise
    except (DependencyError, FileNotDecryptedError):
        raise UnreadableError(Reason.LOCKED, _LOCKED) from None
    except Exception:
        # pypdf raises whatever comes of a broken file: KeyError, TypeError, AttributeError, RecursionError, its own.
        raise UnreadableError(Reason.DAMAGED, _DAMAGED) from None


def _read(data: bytes) -> Original:
    reader = PdfReader(io.BytesIO(data))
    # Many PDFs are locked with an empty password, which opens them.
    if reader.is_encrypted and not reader.decrypt(""):
        raise UnreadableError(Reason.LOCKED, _LOCKED)
    if len(reader.pages) > MOST_PAGES:
        raise UnreadableError(Reason.TOO_LARGE, _TOO_LONG)
    sheets = [_sheet(page) for page in reader.pages]
    written = "".join(line.text for sheet in sheets for line in sheet.lines)
    letters = sum(character.isalpha() for character in written)
    if letters < _LETTERS_PER_PAGE * max(1, len(sheets)):
        raise UnreadableError(Reason.NO_TEXT, _SCANNED)
    # A font without a table of what its signs mean gives signs of private use, or none.
    unknown = sum(character == "\ufffd" or "\ue000" <= character <= "\uf8ff" for character in written)
    if unknown > letters / 5:
        raise UnreadableError(Reason.NO_TEXT, _GARBLED)
    pictures, shown, lost = _pictures(sheets)
    layout = arrange(sheets, shown)
    told = (
        (True, _CHECK_TEXT),
        (layout.has_tables, _CHECK_TABLES),
        (layout.is_unsure, _UNSURE_TABLES),
        (bool(pictures), _CHECK_PICTURES),
        (lost, _PICTURES_LEFT_OUT),
    )
    title = reader.metadata.title if reader.metadata else None
    return Original(layout.html, pictures, str(title or "").strip(), tuple(text for so, text in told if so))


def _sheet(page: PageObject) -> Sheet:
    """Return the page's text line by line, and its images."""
    found = drawn(page)
    boxes = list(links(page))
    pieces = [_linked(piece, boxes) for piece in found.pieces] if boxes else found.pieces
    is_turned = int(page.get("/Rotate", 0) or 0) % 180 == 90
    box = page.mediabox
    return Sheet(lines(pieces), float(box.width if is_turned else box.height), found.images, found.rules)


def _linked(piece: Piece, boxes: Sequence[tuple[str, tuple[float, float, float, float]]]) -> Piece:
    if piece.picture:
        return piece
    target = next((uri for uri, box in boxes if _inside(piece, box)), "")
    return replace(piece, link=target) if target else piece


def _inside(piece: Piece, box: tuple[float, float, float, float]) -> bool:
    left, bottom, right, top = box
    fits = piece.x + 0.6 * (piece.end - piece.x) <= right + 2
    return left - 2 <= piece.x <= right and bottom - 2 <= piece.y <= top and fits


def _pictures(sheets: Sequence[Sheet]) -> tuple[dict[str, bytes], dict[tuple[int, str], str], bool]:
    """Return the pictures by name, the names by page number and what the page calls them, and whether any was lost.

    What is drawn on several pages is a letterhead, and left out.
    """
    found: dict[bytes, list[tuple[int, str]]] = {}
    lost = False
    for number, sheet in enumerate(sheets):
        for key in dict.fromkeys(line.picture for line in sheet.lines if line.picture):
            if len(found) >= _MOST_PICTURES:
                lost = True
                break
            try:
                picture = _picture(sheet.images[key], key)
            except Exception:
                # As in `read`: a picture that cannot be unpacked costs no more than the picture.
                lost = True
                continue
            if picture:
                found.setdefault(picture, []).append((number, key))
    pictures: dict[str, bytes] = {}
    shown: dict[tuple[int, str], str] = {}
    for picture, places in found.items():
        # One that a page break cuts in two is drawn on both.
        if len({number for number, _ in places}) < min(3, max(2, len(sheets))):
            name = f"bild-{len(pictures) + 1}"
            pictures[name] = picture
            shown[places[0]] = name
    return pictures, shown, lost


def _picture(drawing: Any, key: str) -> bytes | None:
    """Return the bytes of an image; None for what is too small to be a picture."""
    wide, high = int(drawing["/Width"]), int(drawing["/Height"])
    if min(wide, high) < _SMALLEST_PICTURE:
        return None
    if wide * high > _MOST_PIXELS:
        raise ValueError(key)
    return unpacked(drawing)
