"""The pictures that a report uses → the names of their files, each once, decided before any picture is made.

Who makes them differs: Pillow on the command line, the browser's canvas on the page. What the Markdown says must not.
"""

from __future__ import annotations

import hashlib
import re
import struct
import zlib
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from kunskapsbank.intake.remarks import Remarks, Told, quoted
from kunskapsbank.swedish.text import slugify

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Mapping

# The widest a page's text becomes is 800 CSS pixels; twice that on sharp screens.
WIDEST = 1600
HIGHEST = 2400
# A picture of so many pixels takes 200 MB in memory.
MOST_PIXELS = 50_000_000
_LONGEST_NAME = 40

_UNREADABLE = Told(
    "Bild {which} och är utelämnad. Spara den som PNG och lägg till den.",
    "{count} bilder är utelämnade: bild {which}. Spara dem som PNG och lägg till dem.",
)
_TOO_LARGE = Told(
    "Bild {which} har för många bildpunkter och är utelämnad. Gör den mindre och lägg till den.",
    "{count} bilder har för många bildpunkter och är utelämnade: bild {which}. Gör dem mindre och lägg till dem.",
)
# Names that programs and cameras give pictures, which tell nobody what is seen.
_FILE = re.compile(
    r"\.(?:png|jpe?g|gif|bmp|tiff?|emf|wmf|svgz?|webp|heic|avif|ico|eps|ai|psd|pdf|docx?|pptx?|xlsx?|vsdx?|odt|html?)$"
    r"|(?:^|[\s\"'(])(?:[a-z]:[\\/]|\\\\\w|file:)|^~?/\S+/|^(?:https?://|ftp://|www\.|cid:)\S+$"
    r"|^(?:bild(?:objekt)?|picture|image|grafik|graphic|img|dsc[nf]?|p|skärm(?:bild|klipp|avbild)|screenshot)"
    r"[\s_-]*[\d\s_.-]*$",
    re.IGNORECASE,
)


class Unmade(StrEnum):
    """Why a picture could not be made ready for the web."""

    UNREADABLE = "unreadable"
    TOO_LARGE = "too large"


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture as it lay in the report, and the name of the file to make of it, whose ending (png, jpg) says how.

    `number` is its place among the report's pictures, from 1; `alt` its alternative text.
    """

    name: str
    data: bytes
    number: int
    alt: str = ""

    def tell(self, why: Unmade, remarks: Remarks) -> None:
        """Note what the editor is told where the picture could not be made."""
        shown = f"{self.number} ({quoted(self.alt, 60)})" if self.alt else str(self.number)
        if why is Unmade.TOO_LARGE:
            remarks.add(_TOO_LARGE, shown)
        else:
            remarks.add(_UNREADABLE, f"{shown} kan inte visas på webben ({_described(self.data)})")


def spoken(words: str) -> str:
    """Return an alternative text on one line; "" for one that is a path, an address or a file's name."""
    one_line = " ".join(words.split())
    return "" if _FILE.search(one_line) else one_line


def named(pictures: Mapping[str, bytes], alts: Mapping[str, str]) -> tuple[dict[str, str], tuple[Picture, ...]]:
    """Return the file name of each picture by its key, and the pictures to make, in order; identical ones are one.

    `alts` has the alternative texts by key, which name the files.
    """
    names: dict[str, str] = {}
    used: dict[bytes, Picture] = {}
    taken: set[str] = set()
    for number, (key, data) in enumerate(pictures.items(), 1):
        digest = hashlib.sha256(data).digest()
        if digest not in used:
            alt = alts.get(key, "")
            stem = _stem(alt, taken)
            taken.add(stem)
            used[digest] = Picture(f"{stem}.{'jpg' if _is_photograph(data) else 'png'}", data, number, alt)
        names[key] = used[digest].name
    return names, tuple(used.values())


def _stem(alt: str, taken: Container[str]) -> str:
    slug = slugify(alt)
    if len(slug) > _LONGEST_NAME:
        slug = slug[: _LONGEST_NAME + 1].rpartition("-")[0] or slug[:_LONGEST_NAME]
    number = 1
    stem = slug or "bild-1"
    while stem in taken:
        number += 1
        stem = f"{slug or 'bild'}-{number}"
    return stem


def _described(data: bytes) -> str:
    """Return what a picture is, in the words of the programs that make it."""
    for start, place, what in (
        (b"\x01\0\0\0", 0, "EMF"),
        (b"\xd7\xcd\xc6\x9a", 0, "WMF"),
        (b"<svg", -1, "SVG"),
        (b"VCLMTF", 0, "SVM"),
        (b"II*\0", 0, "TIFF"),
        (b"MM\0*", 0, "TIFF"),
        (b"\0\0\0\x0cjP  ", 0, "JPEG 2000"),
        (b"\xff\x4f\xff\x51", 0, "JPEG 2000"),
    ):
        if (start in data[:1024]) if place < 0 else data.startswith(start, place):
            return what
    return "skadad eller okänt format"


# A drawing's like points side by side pack to a tenth of a byte or so each, a photograph's hardly at all.
_PACKED_BYTES_OF_A_PHOTOGRAPH = 0.75
_FEWEST_PIXELS_OF_A_PHOTOGRAPH = 100_000


def _is_photograph(data: bytes) -> bool:
    """Tell whether a picture is to be saved as a photograph: it is one already, or has been saved without loss.

    Judged by how small the points pack, as no decoder is at hand. One that may be transparent is none.
    """
    if data.startswith((b"\xff\xd8\xff", b"\0\0\0\x0cjP  ", b"\xff\x4f\xff\x51")):
        return True
    if data.startswith(b"RIFF") and data[12:16] == b"VP8 ":
        return True
    try:
        pixels, packed = _packed(data)
    except (struct.error, IndexError):
        return False
    return pixels > _FEWEST_PIXELS_OF_A_PHOTOGRAPH and packed > _PACKED_BYTES_OF_A_PHOTOGRAPH * pixels


def _packed(data: bytes) -> tuple[int, int]:
    """Return how many points in full colour a picture saved without loss has, and their packed size in bytes."""
    if data.startswith(b"\x89PNG") and data[12:16] == b"IHDR":
        wide, high, depth, colours = struct.unpack_from(">IIBB", data, 16)
        return (wide * high * depth // 8, len(data)) if colours == 2 and b"tRNS" not in data[:4096] else (0, 0)
    if data.startswith(b"BM"):
        wide, high, _, depth = struct.unpack_from("<iiHH", data, 18)
        return (abs(wide * high), len(zlib.compress(data, 1))) if depth == 24 else (0, 0)
    if data.startswith((b"II*\0", b"MM\0*")):
        tags = _tiff_tags(data)
        # TIFF 6.0: 256 ImageWidth, 257 ImageLength, 277 SamplesPerPixel.
        full = tags.get(277) == 3
        return (tags.get(256, 0) * tags.get(257, 0), len(zlib.compress(data, 1))) if full else (0, 0)
    return 0, 0


def _tiff_tags(data: bytes) -> dict[int, int]:
    """Return the whole numbers that a TIFF's first directory says of its picture."""
    order = "<" if data.startswith(b"II") else ">"
    (place,) = struct.unpack_from(f"{order}I", data, 4)
    (count,) = struct.unpack_from(f"{order}H", data, place)
    found = {}
    for entry in range(place + 2, place + 2 + 12 * count, 12):
        tag, kind, values = struct.unpack_from(f"{order}HHI", data, entry)
        if values == 1 and kind in {3, 4}:
            (found[tag],) = struct.unpack_from(f"{order}{'H' if kind == 3 else 'I'}", data, entry + 8)
    return found


def remarks(pictures: Iterable[Picture], made: Mapping[str, bytes | Unmade]) -> tuple[str, ...]:
    """Return what the editor is told of the pictures that nobody could make; one not in `made` is one of them."""
    found = Remarks()
    for picture in pictures:
        if isinstance(why := made.get(picture.name, Unmade.UNREADABLE), Unmade):
            picture.tell(why, found)
    return found.texts()
