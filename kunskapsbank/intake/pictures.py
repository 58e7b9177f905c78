"""A document's pictures → files for the web: no larger than they are shown, and without what cameras write in them."""

from __future__ import annotations

import hashlib
import io
import warnings
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from PIL import Image, ImageOps, features

from kunskapsbank.swedish.text import slugify

if TYPE_CHECKING:
    from collections.abc import Mapping

# The widest a page's text becomes is 800 CSS pixels; twice that on sharp screens.
WIDEST = 1600
HIGHEST = 2400
# A picture of so many pixels takes 200 MB in memory.
MOST_PIXELS = 50_000_000
_QUALITY = 82
# Drawings have few colours; photographs saved without loss (PNG, BMP, TIFF) have as many as pixels.
_COLOURS_OF_A_DRAWING = 4_096
_LONGEST_NAME = 40
# What Pillow is let read. WMF and EMF only Windows can draw; the rest of Pillow's formats no word processor writes.
_FORMATS = ("PNG", "JPEG", "GIF", "WEBP", "BMP", "DIB", "TIFF", "WMF", "JPEG2000", "MPO")

_UNREADABLE = (
    "Bild {number}{alt} kan inte visas på webben ({what}) och är utelämnad. Spara den som PNG och lägg till den."
)
_TOO_LARGE = "Bild {number}{alt} har för många bildpunkter och är utelämnad. Gör den mindre och lägg till den."


@dataclass(slots=True)
class Prepared:
    """What became of the pictures: key in the document → file name, file name → bytes, and what must be told."""

    names: dict[str, str] = field(default_factory=dict)
    files: dict[str, bytes] = field(default_factory=dict)
    remarks: list[str] = field(default_factory=list)


def prepare(pictures: Mapping[str, bytes], alts: Mapping[str, str]) -> Prepared:
    """Make every picture ready for the web; one that cannot be shown is left out, with a remark.

    `alts` has the alternative texts by key, which name the files. Identical pictures become one file.
    """
    prepared = Prepared()
    known: dict[bytes, str] = {}
    for number, (key, data) in enumerate(pictures.items(), 1):
        alt = alts.get(key, "")
        shown = f" (”{alt if len(alt) <= 60 else alt[:60] + '…'}”)" if alt else ""
        digest = hashlib.sha256(data).digest()
        if digest in known:
            prepared.names[key] = known[digest]
            continue
        try:
            converted, ending = _converted(data)
        except Image.DecompressionBombError:
            prepared.remarks.append(_TOO_LARGE.format(number=number, alt=shown))
            continue
        except Exception:
            # Pillow's many decoders raise whatever comes of broken bytes: OSError, SyntaxError, struct.error, KeyError.
            prepared.remarks.append(_UNREADABLE.format(number=number, alt=shown, what=_described(data)))
            continue
        name = _name(alt, ending, prepared.files)
        prepared.files[name] = converted
        prepared.names[key] = known[digest] = name
    return prepared


def _described(data: bytes) -> str:
    """Return what a picture is, in the words of the programs that make it."""
    for start, place, what in (
        (b"\x01\0\0\0", 0, "EMF"),
        (b"\xd7\xcd\xc6\x9a", 0, "WMF"),
        (b"<svg", -1, "SVG"),
        (b"VCLMTF", 0, "SVM"),
        (b"II*\0", 0, "TIFF"),
        (b"MM\0*", 0, "TIFF"),
    ):
        if (start in data[:1024]) if place < 0 else data.startswith(start, place):
            return what
    return "skadad eller okänt format"


def _name(alt: str, ending: str, taken: Mapping[str, bytes]) -> str:
    slug = slugify(alt)
    if len(slug) > _LONGEST_NAME:
        slug = slug[: _LONGEST_NAME + 1].rpartition("-")[0] or slug[:_LONGEST_NAME]
    number = 1
    name = f"{slug}.{ending}" if slug else f"bild-{number}.{ending}"
    stems = {known.rpartition(".")[0] for known in taken}
    while name.rpartition(".")[0] in stems:
        number += 1
        name = f"{slug or 'bild'}-{number}.{ending}"
    return name


def _converted(data: bytes) -> tuple[bytes, str]:
    """Return a picture as PNG, JPEG or GIF with nothing but the picture in it, and the ending of its file.

    Raises what Pillow raises.
    """
    with warnings.catch_warnings():
        # Pillow warns where it could raise, of sizes and of odd metadata, which is not kept.
        warnings.simplefilter("ignore")
        with Image.open(io.BytesIO(data), formats=[name for name in _FORMATS if _can_read(name)]) as image:
            if image.width * image.height > MOST_PIXELS:
                raise Image.DecompressionBombError(image.size)
            format_found = image.format
            if format_found == "GIF" and getattr(image, "is_animated", False):
                image.seek(0)
            # Photographs carry their turning in the metadata, which is left out.
            upright = ImageOps.exif_transpose(image)
            upright.load()
            picture = _plain(upright)
    if picture.width > WIDEST or picture.height > HIGHEST:
        picture.thumbnail((WIDEST, HIGHEST), Image.Resampling.LANCZOS)
    if _is_photograph(picture, format_found):
        return _saved(picture.convert("RGB"), "JPEG", quality=_QUALITY, optimize=True, progressive=True), "jpg"
    return _saved(picture, "PNG", optimize=True), "png"


def _can_read(name: str) -> bool:
    return name != "JPEG2000" or bool(features.check("jpg_2000"))


def _plain(image: Image.Image) -> Image.Image:
    """Return the picture's pixels alone, in a mode that PNG and browsers have."""
    has_alpha = "A" in image.getbands() or "transparency" in image.info
    mode = "RGBA" if has_alpha else "L" if image.mode in {"1", "L", "I", "I;16", "F"} else "RGB"
    if image.mode in {"I", "I;16"}:
        # Sixteen bits a pixel: the upper eight are what a screen shows.
        image = image.point(lambda value: value / 256).convert("L")
    converted = image.convert(mode)
    plain = Image.new(mode, converted.size)
    plain.paste(converted)
    return plain


def _is_photograph(picture: Image.Image, format_found: str | None) -> bool:
    if format_found in {"JPEG", "MPO"}:
        return True
    if picture.mode == "RGBA" and picture.getchannel("A").getextrema() != (255, 255):
        return False
    # getcolors gives None where there are more; a thumbnail would blur lines into more colours than there are.
    return picture.getcolors(_COLOURS_OF_A_DRAWING) is None and picture.width * picture.height > 100_000


def _saved(picture: Image.Image, format_name: str, **options: object) -> bytes:
    target = io.BytesIO()
    picture.save(target, format_name, **options)
    return target.getvalue()
