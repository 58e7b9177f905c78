"""A PDF with text → simple HTML with its pictures; `pdf_layout` finds out what the lines are."""

from __future__ import annotations

import io
import math
from typing import TYPE_CHECKING, Any

from pypdf import PdfReader
from pypdf.errors import DependencyError, FileNotDecryptedError

from kunskapsbank.files.unreadable import Reason, UnreadableError
from kunskapsbank.intake import pdf_layout, pdf_lines, pdf_pictures
from kunskapsbank.intake.original import Original
from kunskapsbank.intake.pdf_lines import Line, Piece, Sheet

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pypdf import PageObject

# Of three readers tried, pypdf 7, pdfminer.six (26 MB with cryptography) and pypdfium2 (9 MB, binary), all find the
# same text. pypdf gives it in the order written with place, size and font, so that rows of a table stay together, which
# pdfminer takes apart; pypdfium2 is five times as fast, which a report of some pages does not need.

MOST_PAGES = 1_000
# Signs for two or three letters, as fonts draw them: no search finds "ﬁck".
_LIGATURES = str.maketrans({"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"})
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
    sheets = [Sheet(_lines(page), float(page.mediabox.height)) for page in reader.pages]
    written = "".join(line.text for sheet in sheets for line in sheet.lines)
    letters = sum(character.isalpha() for character in written)
    if letters < _LETTERS_PER_PAGE * max(1, len(sheets)):
        raise UnreadableError(Reason.NO_TEXT, _SCANNED)
    # A font without a table of what its signs mean gives signs of private use, or none.
    unknown = sum(character == "\ufffd" or "\ue000" <= character <= "\uf8ff" for character in written)
    if unknown > letters / 5:
        raise UnreadableError(Reason.NO_TEXT, _GARBLED)
    pictures, shown, lost = _pictures(reader.pages, sheets)
    layout = pdf_layout.arrange(sheets, shown)
    told = (
        (True, _CHECK_TEXT),
        (layout.has_tables, _CHECK_TABLES),
        (bool(pictures), _CHECK_PICTURES),
        (lost, _PICTURES_LEFT_OUT),
    )
    title = reader.metadata.title if reader.metadata else None
    return Original(layout.html, pictures, str(title or "").strip(), tuple(text for so, text in told if so))


def _lines(page: PageObject) -> list[Line]:
    """Return the page's text line by line, in the order written."""
    links = _links(page)
    pieces: list[Piece] = []

    def visit(text: str, cm: Sequence[float], tm: Sequence[float], font: Any, size: float) -> None:
        # The text's own matrix and the page's at that moment, multiplied.
        x = tm[4] * cm[0] + tm[5] * cm[2] + cm[4]
        y = tm[4] * cm[1] + tm[5] * cm[3] + cm[5]
        scale = math.hypot(tm[2], tm[3]) * math.hypot(cm[2], cm[3])
        shown = text.replace("\n", "").translate(_LIGATURES)
        if shown and all(map(math.isfinite, (x, y, scale))):
            name = str(font.get("/BaseFont", "")).lower() if font else ""
            bold = any(word in name for word in ("bold", "black", "heavy", "semibold"))
            target = next((uri for uri, box in links if _inside(x, y, shown, scale * size, box)), "")
            italic = "italic" in name or "oblique" in name
            pieces.append(Piece(shown, x, y, round(abs(scale * size), 1) or 1.0, bold, italic, target))

    def drawn(operator: bytes, operands: Sequence[Any], cm: Sequence[float], tm: Sequence[float]) -> None:
        if operator == b"Do" and operands:
            pieces.append(Piece("", cm[4], cm[5], 1.0, picture=str(operands[0])))

    page.extract_text(visitor_text=visit, visitor_operand_after=drawn)
    return pdf_lines.lines(pieces)


def _links(page: PageObject) -> list[tuple[str, tuple[float, float, float, float]]]:
    found = []
    for reference in page.get("/Annots") or ():
        note = reference.get_object()
        action = note.get("/A", {}).get_object() if note.get("/A") else {}
        if uri := action.get("/URI"):
            left, bottom, right, top = (float(number) for number in note["/Rect"])
            found.append((str(uri), (min(left, right), min(bottom, top), max(left, right), max(bottom, top))))
    return found


def _inside(x: float, y: float, text: str, size: float, box: tuple[float, float, float, float]) -> bool:
    left, bottom, right, top = box
    fits = x + pdf_lines.width(text, size) * 0.6 <= right + 2
    return left - 2 <= x <= right and bottom - 2 <= y <= top and fits and bool(text.strip())


def _pictures(
    pages: Sequence[PageObject], sheets: Sequence[Sheet]
) -> tuple[dict[str, bytes], dict[tuple[int, str], str], bool]:
    """Return the pictures by name, the names by page number and what the page calls them, and whether any was lost.

    What is drawn on several pages is a letterhead, and left out.
    """
    drawn: dict[bytes, list[tuple[int, str]]] = {}
    lost = False
    for number, (page, sheet) in enumerate(zip(pages, sheets, strict=True)):
        for key in dict.fromkeys(line.picture for line in sheet.lines if line.picture):
            if len(drawn) >= _MOST_PICTURES:
                lost = True
                break
            try:
                picture = _picture(page, key)
            except Exception:
                # As in `read`: a picture that cannot be unpacked costs no more than the picture.
                lost = True
                continue
            if picture:
                drawn.setdefault(picture, []).append((number, key))
    pictures: dict[str, bytes] = {}
    shown: dict[tuple[int, str], str] = {}
    for picture, places in drawn.items():
        # One that a page break cuts in two is drawn on both.
        if len({number for number, _ in places}) < min(3, max(2, len(pages))):
            name = f"bild-{len(pictures) + 1}"
            pictures[name] = picture
            shown[places[0]] = name
    return pictures, shown, lost


def _picture(page: PageObject, key: str) -> bytes | None:
    """Return the bytes of what is drawn on a page; None for what is no picture or too small to be one."""
    drawing = page["/Resources"]["/XObject"][key].get_object()  # type: ignore[index]
    if drawing.get("/Subtype") != "/Image":
        return None
    wide, high = int(drawing["/Width"]), int(drawing["/Height"])
    if min(wide, high) < _SMALLEST_PICTURE:
        return None
    if wide * high > _MOST_PIXELS:
        raise ValueError(key)
    return pdf_pictures.unpacked(drawing)
