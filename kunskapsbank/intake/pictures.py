"""A report's pictures → files for the web, by Pillow: no larger than shown, and without what cameras write in them."""

from __future__ import annotations

import io
import warnings
from typing import TYPE_CHECKING

from PIL import Image, ImageOps, features

from kunskapsbank.intake.used_pictures import HIGHEST, MOST_PIXELS, WIDEST, Unmade

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kunskapsbank.intake.used_pictures import Picture

_QUALITY = 82
# What Pillow is let read. WMF and EMF only Windows can draw; the rest of Pillow's formats no word processor writes.
_FORMATS = ("PNG", "JPEG", "GIF", "WEBP", "BMP", "DIB", "TIFF", "WMF", "JPEG2000", "MPO")


def made(pictures: Iterable[Picture]) -> dict[str, bytes | Unmade]:
    """Return what each picture became, by its file name."""
    return {picture.name: _made(picture) for picture in pictures}


def _made(picture: Picture) -> bytes | Unmade:
    try:
        return _converted(picture.data, is_photograph=picture.name.endswith(".jpg"))
    except Image.DecompressionBombError:
        return Unmade.TOO_LARGE
    except Exception:
        # Pillow's many decoders raise whatever comes of broken bytes: OSError, SyntaxError, struct.error, KeyError.
        return Unmade.UNREADABLE


def _converted(data: bytes, *, is_photograph: bool) -> bytes:
    """Return a picture as JPEG or PNG with nothing but the picture in it; raises what Pillow raises."""
    with warnings.catch_warnings():
        # Pillow warns where it could raise, of sizes and of odd metadata, which is not kept.
        warnings.simplefilter("ignore")
        with Image.open(io.BytesIO(data), formats=[name for name in _FORMATS if _can_read(name)]) as image:
            if image.width * image.height > MOST_PIXELS:
                raise Image.DecompressionBombError(image.size)
            if image.format == "GIF" and getattr(image, "is_animated", False):
                image.seek(0)
            # Photographs carry their turning in the metadata, which is left out.
            upright = ImageOps.exif_transpose(image)
            upright.load()
            picture = _plain(upright)
    if picture.width > WIDEST or picture.height > HIGHEST:
        picture.thumbnail((WIDEST, HIGHEST), Image.Resampling.LANCZOS)
    if is_photograph:
        return _saved(picture.convert("RGB"), "JPEG", quality=_QUALITY, optimize=True, progressive=True)
    return _saved(picture, "PNG", optimize=True)


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


def _saved(picture: Image.Image, format_name: str, **options: object) -> bytes:
    target = io.BytesIO()
    picture.save(target, format_name, **options)
    return target.getvalue()
