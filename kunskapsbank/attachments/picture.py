"""The bytes of a picture → what is written in it beside the pixels. What can be read in the picture itself is not."""

from __future__ import annotations

import io
import re
import warnings
from typing import TYPE_CHECKING

from PIL import ExifTags, Image

from kunskapsbank.attachments.contents import Contents, Flaw, Part, UncheckedError

if TYPE_CHECKING:
    from collections.abc import Iterator

# A picture of so many pixels takes 200 MB in memory once it is decoded.
MOST_PIXELS = 50_000_000
_FORMATS = ("PNG", "JPEG", "GIF", "WEBP", "MPO")
_LATITUDE, _LONGITUDE = 2, 4
_OWNERS = (ExifTags.Base.Artist, ExifTags.Base.CameraOwnerName, ExifTags.Base.XPAuthor)
# Texts that Windows writes, as UTF-16.
_WIDE = frozenset(tag for tag in ExifTags.Base if tag.name.startswith("XP"))
_PLACE_IN_XMP = re.compile(r"exif:GPS(?:Latitude|Longitude)")
_CREATOR_IN_XMP = re.compile(r"<dc:creator\b.*?</dc:creator>", re.DOTALL)
_NAMES = frozenset({"Author", "Artist", "Creator"})
_NO_TEXT = frozenset({"exif", "icc_profile"})


def read(data: bytes) -> Contents:
    """Return what a PNG, JPEG, GIF or WebP says; raises UncheckedError where it is damaged or too large."""
    try:
        with warnings.catch_warnings():
            # Pillow warns of large pictures and of odd metadata; both are judged here.
            warnings.simplefilter("ignore")
            return _read(data)
    except (UncheckedError, MemoryError):
        raise
    except Image.DecompressionBombError:
        raise UncheckedError(Flaw.TOO_LARGE) from None
    except Exception:
        # Pillow's decoders raise whatever comes of broken bytes: OSError, SyntaxError, struct.error, KeyError.
        raise UncheckedError(Flaw.DAMAGED) from None


def _read(data: bytes) -> Contents:
    picture = Image.open(io.BytesIO(data), formats=_FORMATS)
    if picture.width * picture.height > MOST_PIXELS:
        raise UncheckedError(Flaw.TOO_LARGE)
    exif = picture.getexif()
    place = exif.get_ifd(ExifTags.IFD.GPSInfo)
    tags = {**exif, **exif.get_ifd(ExifTags.IFD.Exif)}
    if picture.format == "PNG":
        # Texts may stand after the pixels, and are only seen once these are decoded.
        picture.load()
    texts = [_text(value, tag in _WIDE) for tag, value in tags.items() if isinstance(value, str | bytes)]
    names = [_text(tags[tag], tag in _WIDE) for tag in _OWNERS if isinstance(tags.get(tag), str | bytes)]
    said = list(_said(picture))
    names += [str(value) for key, value in picture.info.items() if key in _NAMES]
    names += [re.sub("<[^>]*>", " ", found) for text in said for found in _CREATOR_IN_XMP.findall(text)]
    is_placed = _LATITUDE in place or _LONGITUDE in place or any(map(_PLACE_IN_XMP.search, said))
    flaws = {Flaw.PLACE} if is_placed else set()
    return Contents([Part("i bildens egenskaper", "\n".join((*texts, *said)))], names, flaws)


def _said(picture: Image.Image) -> Iterator[str]:
    """Yield comments, text chunks, XMP and IPTC, whatever the format."""
    for key, value in picture.info.items():
        for part in value.values() if isinstance(value, dict) else (value,):
            if isinstance(part, str | bytes) and key not in _NO_TEXT:
                yield _text(part)


def _text(value: str | bytes, is_wide: bool = False) -> str:
    if isinstance(value, bytes):
        # A user comment names its encoding in eight bytes.
        if is_wide or value.startswith(b"UNICODE\0"):
            value = value.removeprefix(b"UNICODE\0").decode("utf-16-le", "replace")
        else:
            value = value.removeprefix(b"ASCII\0\0\0").decode("utf-8", "replace")
    return value.replace("\0", "")
